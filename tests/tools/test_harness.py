"""The tests' own tools: what they hide would hide in every test."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError

from tests.browser import NoBrowser, Visitor, candidates, foreign
from tests.compiled import once
from tests.conftest import Serve
from tests.server import header_rules, headers_for
from tests.shells import project, warm

HEADERS = """\
# for static hosts
/*
  Content-Security-Policy: default-src 'none'; script-src 'self'
  X-Content-Type-Options: nosniff
/assets/*
  Cache-Control: max-age=60
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of two pages and a script that its policy forbids."""
    (tmp_path / "_headers").write_text(HEADERS)
    (tmp_path / "index.html").write_text("<!doctype html><title>Home</title><h1>Home</h1>")
    (tmp_path / "404.html").write_text("<!doctype html><title>Lost</title><h1>Lost</h1>")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/index.html").write_text(
        "<!doctype html><title>Bad</title><script>document.title = 'ran'</script>"
    )
    return tmp_path


def test_rules_of_a_pattern_follow_it() -> None:
    """Every rule keeps its pattern, and a value keeps its colons."""
    rules = header_rules("/*\n  A: b:c\n\n/x/*\n  D: e\n")
    assert rules == (("/*", "A", "b:c"), ("/x/*", "D", "e"))


def test_headers_add_up_by_path() -> None:
    """A path gets what every matching pattern says, and nothing else."""
    rules = header_rules(HEADERS)
    assert "Cache-Control" not in headers_for("/index.html", rules)
    assert headers_for("/assets/a.js", rules)["Cache-Control"] == "max-age=60"


def test_a_missing_page_is_the_sites_own(folder: Path, serve_site: Serve) -> None:
    """A missing page answers 404 with the site's page and the policy."""
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(serve_site(folder) + "nowhere/")
    with missing.value as answer:
        assert answer.code == 404
        assert b"Lost" in answer.read()
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_prefix_is_the_only_way_in(folder: Path, serve_site: Serve) -> None:
    """A project site answers under its sub-path and nowhere else."""
    address = serve_site(folder, "/playbooks/")
    with urllib.request.urlopen(address) as answer:
        assert b"Home" in answer.read()
    with pytest.raises(urllib.error.HTTPError) as outside:
        urllib.request.urlopen(address.removesuffix("playbooks/"))
    outside.value.close()


def test_a_page_that_breaks_its_policy_is_seen(
    folder: Path, serve_site: Serve, page: Visitor
) -> None:
    """The forbidden script does not run, and the visit says so."""
    opened = page(serve_site(folder) + "bad/")
    assert opened.title() == "Bad"
    assert any("Content Security Policy" in error for error in page.errors)
    page.errors.clear()


def test_a_page_opens_as_asked(folder: Path, serve_site: Serve, page: Visitor) -> None:
    """Width and colour scheme reach the page, and what it requests is kept."""
    address = serve_site(folder)
    opened = page(address, width=390, scheme="dark")
    assert opened.evaluate("innerWidth") == 390
    assert opened.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert address in page.requests


def test_requests_for_other_hosts_are_told_apart() -> None:
    """Only another host is foreign: data and this machine are not."""
    urls = ("http://127.0.0.1:1/a", "data:image/png;base64,AA", "https://example.org/a")
    assert foreign(urls) == ("https://example.org/a",)


def test_a_named_browser_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong BRIEFBOOK_BROWSER is said, never replaced by a guess."""
    monkeypatch.setenv("BRIEFBOOK_BROWSER", "/nowhere/chromium")
    with pytest.raises(NoBrowser, match="/nowhere/chromium"):
        candidates()


FILTERS = {mark: (lambda said, mark=mark: f"{said}{mark}") for mark in "?!"}


def drawn(text: str, mark: str = "?", *, trim: bool = False) -> str:
    """What a template of this text says in an environment with this filter and setting."""
    made = Environment(loader=DictLoader({"a.html": text}), autoescape=True, trim_blocks=trim)
    made.filters["mark"] = FILTERS[mark]
    return made.get_template("a.html").render(x="<")


def test_templates_share_code_only_where_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another text, another setting or another filter of constants is compiled anew."""
    made: list[object] = []
    real = Environment.compile

    def counted(self: Environment, *arguments: object) -> object:
        made.append(arguments)
        return real(self, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", once(counted))  # type: ignore[arg-type]
    assert drawn("{{ x }}") == drawn("{{ x }}") == "&lt;"
    first = len(made)
    assert drawn("{{ x }}.") == "&lt;."
    text = "{% if x %}\n{{ 'a'|mark }}{% endif %}"
    assert drawn(text) == drawn(text) == "\na?"
    assert drawn(text, trim=True) == "a?"
    assert drawn(text, "!") == "\na!"
    assert len(made) == first + 4
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError):
            drawn("{{ x")


def test_a_warm_command_is_as_one_that_starts_from_nothing(tmp_path: Path) -> None:
    """Code, words, variables and what it makes: nothing of one command is left for the next."""
    one, other = (project.project(tmp_path / name) for name in ("one", "other"))
    for arguments in (["build"], ["build", "--ref", "x"]):
        said = warm.command(*arguments, cwd=one)
        assert said == project.command(*arguments, cwd=other)
    assert project.tree(one / "site") == project.tree(other / "site")
    later = str(project.EPOCH + 86_400 * 400)
    for arguments in (["build"], ["verify"]):
        assert warm.command(*arguments, cwd=one, SOURCE_DATE_EPOCH=later).code == 0
    assert "2027-07-02" in (one / "site/build.json").read_text("utf-8")
    assert "2026-05-28" in (other / "site/build.json").read_text("utf-8")


def test_a_warm_command_that_fails_badly_is_seen(tmp_path: Path) -> None:
    """A traceback fails the test, as with any other command."""
    with pytest.raises(AssertionError, match="Traceback"):
        warm.command("build", cwd=tmp_path / "gone")
