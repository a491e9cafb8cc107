"""What is typed in, what is said and with which exit code out: in this process, without builds."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from briefbook.audit import SiteError
from briefbook.checks.rules import RULES
from briefbook.model import FOLDERS
from briefbook.publish import BusyError, RefusedTargetError
from briefbook.scaffold import NEW
from briefbook.search import SearchError
from briefbook.shells import cli, publishing
from tests.shells.project import EPOCH, SMALL, Said, project

Run = Callable[..., Said]
BROKEN = {**SMALL, "accounts/new-one.yml": "name: New\nindustry: retail\nnope: 1\n"}


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """`run("check")` types the command in the test's own folder."""
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def typed(*arguments: str) -> Said:
        monkeypatch.setattr("sys.argv", ["briefbook", *arguments])
        with pytest.raises(SystemExit) as done:
            cli.main()
        out, err = capsys.readouterr()
        assert isinstance(done.value.code, int)
        return Said(done.value.code, out, err)

    yield typed
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("name", [(), *((name,) for name in sorted(cli.group.commands))], ids=str)
def test_help_says_what_each_command_does(run: Run, name: tuple[str, ...]) -> None:
    """Every command, option and argument has its sentence, and nothing is run."""
    said = run(*name, "--help")
    assert said.code == 0
    assert said.out.startswith("Usage: briefbook")
    command = cli.group.commands[name[0]] if name else cli.group
    assert command.help
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert not [one.name for one in options if not one.help]


def test_help_tells_the_exit_codes(run: Run) -> None:
    """Those of the README."""
    said = " ".join(run("-h").out.split())
    for code in ("0 fine", "1 errors", "2 wrong usage", "75 another build", "130 interrupted"):
        assert code in said


def test_version(run: Run) -> None:
    """The one of the package."""
    assert re.fullmatch(r"briefbook, version \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check", "--format", "xml"],
        ["check", "--fail-on", "never"],
        ["build", "--nope"],
        ["init"],
        ["new", "account"],
        ["new", "acount", "x"],
        ["new", "account", "../x"],
        ["-C", "nowhere", "check"],
        ["-C", "file", "check"],
        ["serve", "--port", "70000"],
        ["demo", "d", "--accounts", "0"],
        ["demo", "."],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_with_2(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    """And nothing is written."""
    project(tmp_path)
    (tmp_path / "file").touch()
    before = sorted(tmp_path.rglob("*"))
    said = run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err
    assert sorted(tmp_path.rglob("*")) == before


def test_check_of_good_content_is_quiet(run: Run, tmp_path: Path) -> None:
    """Nothing to say, and 0."""
    project(tmp_path)
    said = run("check")
    assert (said.code, said.out) == (0, "")
    assert said.err.endswith("No problems.\n")


def test_check_tells_all_problems_of_all_files(run: Run, tmp_path: Path) -> None:
    """Each on its line, in the order of places, and 1."""
    project(tmp_path, {**BROKEN, "companies/b.yml": "name: [\n", "industries/x.yml": "no\n"})
    said = run("check")
    assert said.code == 1
    places = [line.partition(": ")[0] for line in said.out.splitlines()]
    assert {place.partition(":")[0] for place in places} == {
        "accounts/new-one.yml", "companies/b.yml", "industries/x.yml",
    }  # fmt: skip
    assert said.err.endswith("in 3 files.\n")


def test_warnings_fail_only_if_asked(run: Run, tmp_path: Path) -> None:
    """A stale fact stops a team's build when the team says so."""
    pain = "name: Retail\npains:\n  late: {pain: Goods come late}\n"
    project(tmp_path, {**SMALL, "industries/retail.yml": pain})
    said = run("check")
    assert said.code == 0
    assert "warning no-evidence" in said.out
    assert run("check", "--fail-on", "warning").code == 1
    assert run("check", "--fail-on", "error").code == 0


@pytest.mark.parametrize("format", ["json", "gitlab"])
def test_machine_formats_are_json_even_without_problems(
    run: Run, tmp_path: Path, format: str
) -> None:
    """An empty report is a report."""
    project(tmp_path)
    said = json.loads(run("check", "--format", format).out)
    assert said == ([] if format == "gitlab" else {"version": 1, "problems": []})


def test_paths_for_hosts_begin_at_the_root_of_the_repository(run: Run, tmp_path: Path) -> None:
    """Also where the project is a folder of it."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    project(tmp_path / "books", BROKEN)
    said = run("-C", "books", "check", "--format", "github")
    assert "file=books/content/accounts/new-one.yml," in said.out


def test_github_gets_the_whole_list_as_summary(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is added to what other steps have written."""
    page = tmp_path / "summary.md"
    page.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    project(tmp_path, BROKEN)
    run("check", "--format", "github")
    text = page.read_text("utf-8")
    assert text.startswith("before\n### Briefbook: 1 error")
    assert "unknown-field" in text


def test_content_that_is_missing_is_told(run: Run) -> None:
    """With what to do about it."""
    said = run("check")
    assert said.code == 1
    assert "no-content" in said.out
    assert "briefbook init" in said.out


def test_content_that_is_a_file_is_told(run: Run, tmp_path: Path) -> None:
    """A located problem, as any other."""
    (tmp_path / "content").touch()
    said = run("check")
    assert said.code == 1
    assert "no-content" in said.out


def test_content_that_is_a_link_is_refused(run: Run, tmp_path: Path) -> None:
    """A pull request could point it at any folder of the machine that builds."""
    project(tmp_path / "elsewhere")
    (tmp_path / "content").symlink_to(tmp_path / "elsewhere" / "content")
    said = run("check")
    assert said.code == 1
    assert "symbolic-link" in said.out


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained(run: Run, rule: str) -> None:
    """What it wants, and why."""
    said = run("explain", rule)
    assert said.code == 0
    assert RULES[rule].summary in said.out
    assert RULES[rule].why in said.out


def test_explain_lists_the_rules(run: Run) -> None:
    """When none is named."""
    said = run("explain")
    assert [line.split()[0] for line in said.out.splitlines()] == list(RULES)


def test_an_unknown_rule_is_wrong_usage_with_the_nearest_one(run: Run) -> None:
    """As with an unknown field."""
    said = run("explain", "stale-facts")
    assert said.code == 2
    assert "stale-fact`?" in said.err


@pytest.mark.parametrize("kind", NEW)
def test_new_writes_a_record_that_passes(run: Run, tmp_path: Path, kind: str) -> None:
    """Its shape holds as written; only what it refers to is still to come."""
    project(tmp_path)
    said = run("new", kind, "some-id")
    assert said.code == 0
    written = said.out.removeprefix("Wrote ").rstrip()
    folder = "pages" if kind == "page" else FOLDERS[kind][0]
    assert written.startswith(f"content/{folder}/some-id.")
    found = json.loads(run("check", "--format", "json").out)["problems"]
    assert {one["rule"] for one in found} <= {"unknown-reference", "strategy-incomplete"}
    again = run("new", kind, "some-id")
    assert again.code == 2
    assert "here already" in again.err


def test_init_writes_a_project_that_passes(run: Run, tmp_path: Path) -> None:
    """Content, schemas and a README; no code and no configuration of the engine."""
    assert run("init", "books", "--name", "Our company").code == 0
    made = [path for path in (tmp_path / "books").rglob("*") if path.is_file()]
    assert {path.suffix for path in made} == {".json", ".md", ".yml", ""}
    assert not list((tmp_path / "books").glob("*.yml"))
    assert 'name: "Our company"' in (tmp_path / "books/content/book.yml").read_text("utf-8")
    assert run("-C", "books", "check").code == 0
    assert run("-C", "books", "schema", "--check").code == 0
    assert run("init", "books").code == 2


def test_schema_check_tells_what_is_stale(run: Run, tmp_path: Path) -> None:
    """And writing them makes it quiet; a second time nothing is written."""
    project(tmp_path)
    said = run("schema", "--check")
    assert said.code == 1
    assert ".schema/account.json is stale" in said.out
    assert run("schema").code == 0
    assert run("schema", "--check") == Said(0, "", "")
    assert "up to date" in run("schema").out


def test_demo_writes_where_c_says(run: Run, tmp_path: Path) -> None:
    """`-C` comes before every path, as with git."""
    (tmp_path / "sub").mkdir()
    assert run("-C", "sub", "demo", "d", "--accounts", "1").code == 0
    assert (tmp_path / "sub/d/content/book.yml").is_file()


@pytest.mark.parametrize("epoch", ["soon", "9" * 30, "-1e3"])
def test_a_date_that_is_none_is_wrong_usage(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    """A build that silently takes today would not be the same tomorrow."""
    project(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    said = run("check")
    assert said.code == 2
    assert "SOURCE_DATE_EPOCH" in said.err


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (BusyError("x"), 75, "Another build"),
        (RefusedTargetError("/ is the root."), 2, "/ is the root."),
        (SiteError("dead link"), 1, "dead link"),
        (SearchError("no index"), 1, "no index"),
        (OSError(28, "No space left on device", "/x/y"), 1, "/x/y: No space left on device"),
        (OSError(98, "Address already in use"), 1, "briefbook: Address already in use"),
        (KeyboardInterrupt(), 130, "Interrupted"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_expected_failures_are_one_message_and_a_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int, said: str
) -> None:
    """No traceback is shown for what a person can do something about."""

    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(publishing, "publish", fail)
    ended = run("build")
    assert ended.code == code
    assert said in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "out", ["/", "~", ".", "..", "content", "content/accounts", ".cache", "notes", "file", "link"]
)
def test_a_dangerous_target_is_refused_before_any_write(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    """What is not ours is not replaced, whatever it is; not even the lock is made."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("home", "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "letter.txt").touch()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("notes")
    project(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    target = str(tmp_path / "home") if out == "~" else out
    said = run("build", "--out", target, "--copy")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("briefbook: ")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_name_that_is_no_text_is_told_in_every_format(run: Run, tmp_path: Path) -> None:
    """As an escape, on one line."""
    project(tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/content/accounts/\xff\x1b.yml")).touch()
    for format in ("text", "json", "github", "gitlab"):
        said = run("check", "--format", format)
        assert said.code == 1
        assert "\x1b" not in said.out
        if format in ("json", "gitlab"):
            assert json.loads(said.out)
