"""The live server: what it answers, what it refuses, how it renews the page."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from briefbook import headers
from briefbook.problem import Place, Problem
from briefbook.shells.live import locate
from briefbook.shells.serve import Outcome, Round, serve
from tests.browser import Visitor

PATIENCE = 60  # seconds until a test that hangs has failed
BROKEN = Problem("field.unknown", "error", Place("accounts/x.yml", 3, 5), "</script><b>", "hint")


class Project:
    """Content that is watched, and a site that a fake build makes of it."""

    def __init__(self, folder: Path) -> None:
        self.content, self.site = folder / "content", folder / "site"
        self.content.mkdir()
        self.builds = 0
        self.failure: Exception | None = None
        self.write("one")

    def write(self, text: str) -> None:
        fresh = self.content / ".page.yml"
        fresh.write_text(text, "utf-8")
        fresh.replace(self.content / "page.yml")

    def build(self, _: object = None) -> Outcome:
        self.builds += 1
        if self.failure:
            raise self.failure
        text = (self.content / "page.yml").read_text("utf-8")
        if text == "broken":
            return Outcome((BROKEN,), ok=False)
        release = self.site.with_name("cache") / str(self.builds)
        (release / "a b").mkdir(parents=True)
        for name in ("index.html", "a b/index.html", "404.html"):
            html = f"<link rel=icon href=data:,><body><h1>{text} {name}</h1></body>"
            (release / name).write_text(html, "utf-8")
        (release / "x.wasm").write_bytes(b"\0asm")
        fresh = self.site.with_name(".fresh")
        fresh.symlink_to(release)
        fresh.replace(self.site)
        return Outcome((), ok=True)


class Client:
    """A browser in a few lines."""

    def __init__(self, address: str) -> None:
        self.host = address.removeprefix("http://").rstrip("/")

    def ask(self, path: str, method: str = "GET", **more: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request(method, path, headers={"Connection": "close", **more})
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        connection.close()
        return answer

    def text(self, path: str) -> str:
        body: bytes = self.ask(path).body  # type: ignore[attr-defined]
        return body.decode()

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, Any]]]:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request("GET", "/__briefbook/events")
        answer = connection.getresponse()
        lines = (line.decode() for line in iter(answer.readline, b""))
        try:
            yield (json.loads(line[6:]) for line in lines if line.startswith("data: "))
        finally:
            answer.close()
            connection.close()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Content and nothing built yet."""
    return Project(tmp_path)


@contextmanager
def served(project: Project, said: Queue[str], **more: Any) -> Iterator[Client]:
    stop = threading.Event()
    thread = threading.Thread(
        target=serve,
        args=(project.build, [project.content], project.site),
        kwargs={"port": 0, "stop": stop, "echo": said.put, "headers": headers.headers([]), **more},
    )
    thread.start()
    try:
        found = re.search(r"http://[^ ]+", said.get(timeout=PATIENCE))
        assert found
        yield Client(found[0])
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


@pytest.fixture
def said() -> Queue[str]:
    """What the server tells the terminal."""
    return Queue()


@pytest.fixture
def client(project: Project, said: Queue[str]) -> Iterator[Client]:
    """A browser, after the first build."""
    with served(project, said) as found:
        assert said.get(timeout=PATIENCE) == "Built"
        yield found


def test_a_page_carries_the_headers_and_the_live_script(client: Client, project: Project) -> None:
    """The script is in what is sent, never in the file."""
    answer = client.ask("/")
    text = client.text("/")
    assert answer.status == 200
    assert dict(headers.headers([])).items() <= dict(answer.getheaders()).items()
    assert "<h1>one index.html</h1><script src=" in text
    assert "live.js" not in (project.site / "index.html").read_text("utf-8")


def test_own_files_are_sent_with_a_type(client: Client) -> None:
    """And other files as they are."""
    for name, kind in (("live.js", "text/javascript"), ("live.css", "text/css")):
        assert str(client.ask(f"/__briefbook/{name}").getheader("Content-Type")).startswith(kind)
    assert client.ask("/x.wasm").getheader("Content-Length") == "4"
    assert client.ask("/x.wasm").getheader("Content-Type") == "application/wasm"
    assert client.ask("/", method="HEAD").getheader("Content-Length") != "0"


def test_answers_to_what_is_not_there(client: Client) -> None:
    """The site's own page, and no way out of the site."""
    assert client.ask("/nothing/").status == 404
    assert "one 404.html" in client.text("/nothing/")
    for path in ("/../content/page.yml", "/%2e%2e/content/page.yml", "/%00", "/" + "x" * 5000):
        assert client.ask(path).status == 404
    assert client.ask("/__briefbook/other").status == 404
    assert client.ask("/", method="POST").status == 501


def test_a_folder_without_a_slash_leads_to_the_one_with(client: Client) -> None:
    """Never to another host."""
    for path in ("/a%20b", "//a%20b"):
        answer = client.ask(path)
        assert (answer.status, answer.getheader("Location")) == (301, "/a%20b/")
    assert "one a b/index.html" in client.text("/a%20b/")


def test_other_names_of_this_machine_are_refused(client: Client) -> None:
    """A page elsewhere must not read the site by a name of its own that points here."""
    assert client.ask("/", Host="evil.example").status == 403
    assert client.ask("/", Host="localhost:1").status == 200


def test_a_change_renews_the_page(client: Client, project: Project) -> None:
    """Each good build is another site to the browser, which then loads it."""
    with client.events() as events:
        shown = next(events)["site"]
        assert f'data-site="{shown}"' in client.text("/")
        project.write("two")
        assert next(events)["site"] != shown
    assert "two index.html" in client.text("/")


def test_broken_content_is_shown_and_the_site_stays(
    client: Client, project: Project, said: Queue[str]
) -> None:
    """The browser gets the problems as data; the page it has is still the right one."""
    with client.events() as events:
        shown = next(events)
        project.write("broken")
        assert next(events) == shown
        answer = json.loads(client.text("/__briefbook/problems.json"))
        assert answer == {
            "ok": False,
            "problems": [
                {
                    "rule": "field.unknown",
                    "severity": "error",
                    "file": "accounts/x.yml",
                    "line": 3,
                    "column": 5,
                    "message": "</script><b>",
                    "hint": "hint",
                }
            ],
        }
        assert said.get(timeout=PATIENCE) == str(BROKEN)
        assert "one index.html" in client.text("/")
        project.write("whole")
        assert next(events) != shown
    assert json.loads(client.text("/__briefbook/problems.json")) == {"ok": True, "problems": []}


def test_a_browser_shows_the_problems_and_then_the_new_site(
    client: Client, project: Project, page: Visitor
) -> None:
    """Under the policy of the site, as text, and gone when all is well."""
    shown = page(f"http://{client.host}/")
    project.write("broken")
    panel = shown.get_by_role("status")
    expect(panel).to_contain_text("1 error, 0 warnings. This is the last good site.")
    expect(panel).to_contain_text("accounts/x.yml:3:5")
    expect(panel).to_contain_text("</script><b>")
    expect(panel).to_have_css("position", "fixed")
    expect(shown.get_by_role("heading", name="one index.html")).to_be_visible()
    project.write("two")
    expect(shown.get_by_role("heading", name="two index.html")).to_be_visible()
    expect(panel).to_have_count(0)


def test_an_answer_that_is_overtaken_shows_nothing(
    client: Client, project: Project, said: Queue[str], page: Visitor
) -> None:
    """What was asked last is what the browser shows, whenever the answer before it comes."""
    shown = page(f"http://{client.host}/")
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    shown.route("**/__briefbook/problems.json", hold_first)
    project.write("broken")
    with shown.expect_request("**/__briefbook/problems.json"):
        assert said.get(timeout=PATIENCE) == str(BROKEN)
    project.write("broken")
    panel = shown.get_by_role("status")
    expect(panel).to_contain_text("accounts/x.yml:3:5")
    with shown.expect_response("**/__briefbook/problems.json"):
        held[0].fulfill(json={"ok": True, "problems": []})
    shown.evaluate("new Promise(done => setTimeout(done, 50))")
    expect(panel).to_contain_text("accounts/x.yml:3:5")


def test_content_that_is_broken_from_the_start(project: Project, said: Queue[str]) -> None:
    """There is no site yet, but a page that shows why and renews itself."""
    project.write("broken")
    with served(project, said) as client:
        said.get(timeout=PATIENCE)
        said.get(timeout=PATIENCE)
        assert client.ask("/").status == 404
        assert "/__briefbook/live.js" in client.text("/")
        assert json.loads(client.text("/__briefbook/problems.json"))["problems"]


def test_a_full_disk_does_not_end_the_server(
    client: Client, project: Project, said: Queue[str]
) -> None:
    """It is told, and the next change tries again."""
    project.failure = OSError(28, "No space left on device", "x")
    project.write("two")
    assert "No space left" in said.get(timeout=PATIENCE)
    assert "one index.html" in client.text("/")
    project.failure = None
    project.write("three")
    assert said.get(timeout=PATIENCE) == "Built"
    assert "three index.html" in client.text("/")


def test_what_is_newer_breaks_off_what_follows_the_pages(
    project: Project, said: Queue[str], tmp_path: Path
) -> None:
    """The pages of the second edit need not wait for the search index of the first one."""
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    sleeps = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(600)"

    def build(now: Round) -> Outcome:
        outcome = Project.build(project)
        if project.builds == 2:
            now.tell(outcome)
            try:
                now.run([sys.executable, "-c", sleeps], cwd=tmp_path, env={}, errors="strict")
            finally:
                ended.touch()
        return outcome

    project.build = build  # type: ignore[assignment,method-assign]
    with served(project, said) as client:
        assert said.get(timeout=PATIENCE) == "Built"
        project.write("two")
        while not begun.exists():
            time.sleep(0.01)
        assert "two index.html" in client.text("/")
        project.write("three")
        assert said.get(timeout=PATIENCE) == "Built"
        assert ended.exists()
        assert "three index.html" in client.text("/")


def test_a_program_that_is_left_in_peace_is_run(tmp_path: Path) -> None:
    """As `subprocess.run` does it."""
    now = Round(lambda _: None, lambda: False)
    text = "import sys; print(1); sys.exit('x')"
    done = now.run([sys.executable, "-c", text], cwd=tmp_path, env={}, errors="strict")
    assert (done.returncode, done.stdout, done.stderr) == (1, "1\n", "x\n")


def test_rest_comes_once_after_the_first_build(project: Project, said: Queue[str]) -> None:
    """What is done ahead holds up neither the first site nor later ones."""
    at: list[int] = []
    with served(project, said, rest=lambda: at.append(project.builds)):
        assert said.get(timeout=PATIENCE) == "Built"
        project.write("two")
        assert said.get(timeout=PATIENCE) == "Built"
    assert at == [1]


def test_what_builds_write_starts_no_build(project: Project, said: Queue[str]) -> None:
    """Even where the folder that is watched holds the site."""
    project.content = project.content.parent
    project.write("one")
    releases = project.content / "cache"
    with served(project, said):
        assert said.get(timeout=PATIENCE) == "Built"
        (releases / "file.html").write_text("", "utf-8")
        (project.content / ".hidden.yml").write_text("", "utf-8")
        project.write("two")
        assert said.get(timeout=PATIENCE) == "Built"
    assert project.builds <= 3


def test_links_that_leave_the_site_are_not_followed(tmp_path: Path) -> None:
    """Though no build makes any."""
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    (tmp_path / "site" / "out.txt").symlink_to("../secret.txt")
    (tmp_path / "site" / "loop").symlink_to("loop")
    assert locate(tmp_path / "site", "/out.txt") is None
    assert locate(tmp_path / "site", "/loop") is None
    assert locate(tmp_path / "none", "/") is None


PROGRAM = """
import sys
from pathlib import Path
from briefbook.shells.serve import Outcome, serve

folder = Path(sys.argv[1])
serve(lambda tell: Outcome((), True), [folder], folder / "site", port=0,
      echo=lambda text: print(text, flush=True))
print("clean", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C and what a process manager sends."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert "Serving" in child.stdout.readline()
        assert child.stdout.readline() == "Built\n"
        child.send_signal(number)
        out, err = child.communicate(timeout=PATIENCE)
    assert (out, err, child.returncode) == ("Stopped\nclean\n", "", 0)


def test_a_port_that_is_taken_is_an_error_before_any_build(
    client: Client, project: Project
) -> None:
    """Two servers are a mistake of the person, not of the content."""
    before = project.builds
    with pytest.raises(OSError, match="Address already in use"):
        serve(project.build, [], project.site, port=int(client.host.rpartition(":")[2]))
    assert project.builds == before
