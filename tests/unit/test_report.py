"""Problems as people, GitHub and GitLab read them: complete, in bounds, and escaped."""

import json
import re
from dataclasses import replace

import pytest

from briefbook.problem import Place, Problem
from briefbook.shells.report import (
    FORMATS,
    GITHUB_MOST,
    SUMMARY_MOST,
    report,
    step_summary,
    summary,
)

COMMAND = re.compile(
    r"::(error|warning) file=([^,:\n]*),line=(\d+),col=(\d+),title=([^,:\n]*)::([^\n]*)"
)
ONE = Problem("unknown-field", "error", Place("accounts/a.yml", 3, 5), "`x` is no field.", "Y?")
WARNING = replace(ONE, severity="warning", rule="stale-fact")
HOSTILE = Problem(
    "id",
    "error",
    Place("accounts/a,b:c%\n\udcff\u202e.yml", 1, 1),
    "100% <b>\r\n::error::forged\x1b[31m \u202e",
    "a, b: c",
)


def test_text_is_one_line_each() -> None:
    """As a compiler says it; what is hostile in a name stays on its line."""
    said = report([ONE, HOSTILE], "text").split("\n")
    assert said[0] == "accounts/a.yml:3:5: error unknown-field: `x` is no field. (Y?)"
    assert len(said) == 2
    assert said[1].isprintable()


def test_json_holds_everything() -> None:
    """What a program reads is what a person reads, in parts."""
    said = json.loads(report([ONE], "json", "content/"))
    assert said == {
        "version": 1,
        "problems": [
            {
                "file": "content/accounts/a.yml",
                "line": 3,
                "column": 5,
                "severity": "error",
                "rule": "unknown-field",
                "message": "`x` is no field.",
                "hint": "Y?",
            }
        ],
    }


def test_github_gets_commands_with_the_path_from_its_root() -> None:
    """Else the annotation hangs nowhere."""
    assert report([ONE], "github", "content/") == (
        "::error file=content/accounts/a.yml,line=3,col=5,title=unknown-field::`x` is no field. Y?"
    )


def test_github_shows_ten_of_a_kind_errors_first_and_counts_the_rest() -> None:
    """It would drop more in silence."""
    many = [
        replace(one, place=Place("a.yml", line))
        for line in range(1, GITHUB_MOST + 4)
        for one in (WARNING, ONE)
    ]
    said = report(many, "github").split("\n")
    kinds = [line[2:].partition(" ")[0] for line in said]
    assert kinds == ["error"] * 10 + ["notice"] + ["warning"] * 10 + ["notice"]
    assert "3 more errors" in said[10]
    assert "3 more warnings" in said[-1]


def test_github_cannot_be_given_a_command_by_content() -> None:
    """A file name or a value stays inside its own command."""
    (line,) = report([HOSTILE], "github").split("\n")
    found = COMMAND.fullmatch(line)
    assert found
    assert found[2].startswith("accounts/a%2Cb%3Ac%25")
    assert found[6].startswith("100%25 <b>")
    assert line.isprintable()


def test_the_step_summary_holds_all_and_is_plain_text() -> None:
    """Markdown and HTML of a value show as typed."""
    said = step_summary([ONE, HOSTILE], "content/")
    items = [line for line in said.split("\n") if line.startswith("- ")]
    assert len(items) == 2
    assert "content/accounts/a.yml:3:5" in items[0]
    assert "&lt;b&gt;" in items[1]
    assert "<b>" not in said


def test_the_step_summary_stays_within_its_limit() -> None:
    """GitHub takes 1 MiB, and drops all of what is longer."""
    many = [replace(ONE, message="x" * 500)] * (SUMMARY_MOST + 1)
    said = step_summary(many, "")
    assert len(said.encode()) < 1024 * 1024
    assert "1 more problem." in said


def fingerprints(problems: list[Problem]) -> list[str]:
    """What GitLab knows the problems by."""
    return [one["fingerprint"] for one in json.loads(report(problems, "gitlab", "content/"))]


def test_gitlab_gets_a_code_quality_report() -> None:
    """With the fields that it asks for, and severities that it knows."""
    said = json.loads(report([ONE, WARNING], "gitlab", "content/"))
    assert [one["severity"] for one in said] == ["major", "minor"]
    assert said[0]["description"] == "`x` is no field. Y?"
    assert said[0]["check_name"] == "unknown-field"
    assert said[0]["location"] == {"path": "content/accounts/a.yml", "lines": {"begin": 3}}


def test_gitlab_fingerprints_are_unique() -> None:
    """Of two equal ones it would show one."""
    same = [replace(ONE, place=Place("a.yml", line)) for line in (1, 2, 3)]
    assert len(set(fingerprints([*same, ONE, WARNING, HOSTILE]))) == 6


def test_gitlab_fingerprints_stay_when_lines_move() -> None:
    """Else every old problem would be new in a merge request that adds a line above it."""
    before = [replace(ONE, message="`x` stands here and on line 3."), ONE]
    after = [
        replace(one, place=Place("accounts/a.yml", one.place.line + 7), message=message)
        for one, message in zip(
            before, ("`x` stands here and on line 10.", ONE.message), strict=True
        )
    ]
    assert fingerprints(before) == fingerprints(after)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_can_be_written_whatever_a_file_is_called(format: str) -> None:
    """A name on the disk need not be text; what is written is UTF-8 all the same."""
    said = report([HOSTILE], format, "content/").encode("utf-8", "backslashreplace")
    if format in ("json", "gitlab"):
        assert json.loads(said)


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ([], "No problems."),
        ([ONE], "1 error, 0 warnings in 1 file."),
        ([ONE, WARNING, HOSTILE, WARNING], "2 errors, 2 warnings in 2 files."),
    ],
)
def test_the_summary_counts(problems: list[Problem], said: str) -> None:
    """In whole words."""
    assert summary(problems) == said
