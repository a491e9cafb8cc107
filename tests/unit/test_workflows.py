"""Workflows fit the schemas of their hosts, run commands that exist, and hold no power to lose."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from briefbook.scaffold import ScaffoldError, init
from briefbook.scaffold.workflows import BY_HAND, HOSTS, workflows
from briefbook.shells.cli import group
from tests.browser import REPO

SCHEMAS = {"github": "github-workflow.json", "gitlab": "gitlab-ci.json"}


@cache
def validator(host: str) -> Any:
    """The schema that the host publishes."""
    path = REPO / "tests" / "corpora" / "ci-schemas" / SCHEMAS[host]
    return Draft7Validator(json.loads(path.read_text("utf-8")))


def parsed(raw: bytes) -> Any:
    """A workflow as its host reads it: `on` is a key, not a truth value."""
    return yaml.load(raw, Loader=yaml.BaseLoader)  # noqa: S506  # text only


def typed(raw: bytes) -> Any:
    """The same with numbers and truth values, as schemas want them."""
    found = yaml.safe_load(raw)
    return {"on" if key is True else key: value for key, value in found.items()}


OPTIONS: dict[str, dict[str, str]] = {
    "plain": {},
    "below the top": {"project": "play books/one/", "branch": "release/2026"},
    "a wheel": {"install": "./tools/briefbook-0.1.0-py3-none-any.whl"},
    "hashes": {"install": "--require-hashes -r requirements.txt"},
}


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("host", HOSTS)
def test_workflows_fit_the_schema_of_the_host(host: str, options: str) -> None:
    """Whatever is asked for."""
    for raw in workflows(host, **OPTIONS[options]).values():
        assert [one.message for one in validator(host).iter_errors(typed(raw))] == []
        assert b"@INSTALL@" not in raw
        assert b"@PROJECT@" not in raw


@pytest.mark.parametrize("host", HOSTS)
def test_the_schemas_refuse_what_is_wrong(host: str) -> None:
    """A schema that takes anything would prove nothing."""
    wrong = {"on": "push", "jobs": {"a": {"steps": 5}}, "pages": {"script": {"a": 1}}}
    assert list(validator(host).iter_errors(wrong))


def runs(node: Any) -> Iterator[str]:
    """Every command line of a workflow."""
    if isinstance(node, dict):
        for key, value in node.items():
            lines = value if isinstance(value, list) else [value]
            if key in {"run", "script", "before_script"}:
                yield from (line for line in lines if isinstance(line, str))
            else:
                yield from runs(value)
    elif isinstance(node, list):
        for one in node:
            yield from runs(one)


@pytest.mark.parametrize("host", HOSTS)
def test_every_command_and_option_exists(host: str) -> None:
    """A workflow never calls what this version does not know."""
    called = []
    for raw in workflows(host, project="a b/").values():
        for line in runs(parsed(raw)):
            words = shlex.split(re.split(r" (?:>|\||\|\|)+ ", line)[0])
            if words[0] == "briefbook":
                assert words[1:3] == ["-C", "a b"]
                called.append(words[3])
                command = group.commands[words[3]]
                known = {name for one in command.params for name in one.opts}
                assert {word for word in words if word.startswith("--")} <= known
    assert {"check", "format", "diff", "build"} <= set(called)


def test_github_has_no_more_power_than_it_needs() -> None:
    """Read-only, no secrets, nothing that runs foreign code with them, actions by their commit."""
    for raw in workflows("github").values():
        text = raw.decode()
        assert "secrets." not in text
        assert "pull_request_target" not in text
        assert text.count("persist-credentials: false") == text.count("actions/checkout@") > 0
        for used in re.findall(r"uses: (\S+)(.*)", text):
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", used[0])
            assert re.fullmatch(r" # v[0-9.]+", used[1])
        made = parsed(raw)
        assert made["permissions"] == {"contents": "read"}
        extra = {name: job.get("permissions") for name, job in made["jobs"].items()}
        pages = {"pages": "write", "id-token": "write"}
        assert extra in ({"check": None}, {"build": None, "publish": pages})
        # What others may name is handed over as a value, never pasted into a command.
        assert not any("${{" in line for line in runs(made))


def test_github_builds_every_night() -> None:
    """Dates move without commits."""
    publish = parsed(workflows("github")[".github/workflows/briefbook-publish.yml"])
    (when,) = publish["on"]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* \*", when["cron"])


def test_gitlab_says_that_the_nights_are_set_up_by_hand(tmp_path: Path) -> None:
    """In the file, by `ci` and by `init --ci`; a schedule runs what publishes."""
    raw = workflows("gitlab")[".gitlab-ci.yml"]
    assert "Pipeline schedules" in raw.decode().partition("workflow:")[0]
    project(tmp_path, BOOK)
    done = CliRunner().invoke(group, ["-C", str(tmp_path), "ci", "gitlab"])
    assert done.stdout == "Wrote .gitlab-ci.yml\n"
    new = CliRunner().invoke(group, ["init", str(tmp_path / "new"), "--ci", "gitlab"])
    plain = CliRunner().invoke(group, ["init", str(tmp_path / "other"), "--ci", "github"])
    assert [BY_HAND["gitlab"] in one.stderr.replace("\n", " ") for one in (done, new, plain)] == [
        True, True, False,
    ]  # fmt: skip
    assert parsed(raw)["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


@pytest.mark.parametrize(
    "text", ["a; rm -rf", "a: b", "a:", "$(x)", "`x`", "a\nb", "a' b", 'a"b', "#x", "é", ""]
)
def test_text_that_could_be_something_else_is_refused(text: str) -> None:
    """Neither a shell nor YAML reads more into it."""
    with pytest.raises(ScaffoldError):
        workflows("github", install=text)


@pytest.mark.parametrize("host", HOSTS)
def test_a_new_project_brings_them_if_asked(tmp_path: Path, host: str) -> None:
    """`init --ci`."""
    made = {path.relative_to(tmp_path).as_posix() for path in init(tmp_path, ci=host)}
    assert set(HOSTS[host]) <= made


def project(folder: Path, book: str) -> None:
    """Three accounts, two of them with an owner."""
    files = {
        "book.yml": book,
        "industries/retail.yml": "name: Retail\n",
        "accounts/a.yml": "name: A\nindustry: retail\nowner: mai\n",
        "accounts/b.yml": "name: B\nindustry: retail\nowner: linh\n",
        "accounts/c.yml": "name: C\nindustry: retail\n",
    }
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


BOOK = 'name: X\nteam:\n  mai: {name: Mai, handle: "@mai-tran"}\n  linh: {name: Linh}\n'
OWNERS = """\
# Written by `briefbook codeowners` from `owner:` and `handle:`; changes are lost.
# no `handle:` in book.yml: linh
/content/accounts/a.yml @mai-tran
"""


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """The command's code and output."""
    done = CliRunner().invoke(group, ["-C", str(folder), *arguments])
    said = str(done.exception) if isinstance(done.exception, ScaffoldError) else done.output
    return done.exit_code, said


def test_owners_become_reviewers(tmp_path: Path) -> None:
    """A line for each account whose owner has a name at the host; written, checked, kept."""
    project(tmp_path, BOOK)
    assert run(tmp_path, "codeowners") == (0, OWNERS)
    assert run(tmp_path, "codeowners", "--check")[0] == 1
    assert run(tmp_path, "codeowners", "--write")[0] == 0
    assert (tmp_path / "CODEOWNERS").read_text() == OWNERS
    assert run(tmp_path, "codeowners", "--check")[0] == 0
    (tmp_path / "CODEOWNERS").write_text("* @boss\n")
    assert "not ours" in run(tmp_path, "codeowners", "--write")[1]
    assert (tmp_path / "CODEOWNERS").read_text() == "* @boss\n"


@pytest.mark.parametrize(
    "handle", ["mai@example.com", "mai tran", "@", "@a b", "@a\nb", "@-x", "@a#b"]
)
def test_a_handle_is_a_name_at_a_host(tmp_path: Path, handle: str) -> None:
    """Never an address of e-mail, nor anything that CODEOWNERS reads otherwise."""
    project(tmp_path, f"name: X\nteam:\n  mai: {{name: Mai, handle: {json.dumps(handle)}}}\n")
    done = CliRunner().invoke(group, ["-C", str(tmp_path), "check"])
    assert done.exit_code == 1
    assert "book.yml:3:" in done.output


def test_ci_writes_and_overwrites_nothing(tmp_path: Path) -> None:
    """Files that are there stay; `--print` shows what would be written."""
    project(tmp_path, BOOK.replace("name: X", "name: X\nbranch: trunk"))
    code, said = run(tmp_path, "ci", "github", "--print")
    assert code == 0
    assert 'branches: ["trunk"]' in said
    assert not (tmp_path / ".github").exists()
    assert run(tmp_path, "ci", "github")[0] == 0
    assert "here already" in run(tmp_path, "ci", "github")[1]


def test_pre_commit_hooks_name_commands_that_exist() -> None:
    """The definition at the top of this repository."""
    hooks = yaml.safe_load((REPO / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [one["id"] for one in hooks] == ["briefbook-check", "briefbook-format"]
    for one in hooks:
        assert {"id", "name", "entry", "language"} <= one.keys()
        assert one["entry"].split()[1] in group.commands
