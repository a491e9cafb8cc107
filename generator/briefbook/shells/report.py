"""Problems in, what people, GitHub and GitLab read of them out."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence

from briefbook.problem import Problem, escape

FORMATS = ("text", "json", "github", "gitlab")
GITHUB_MOST = 10
"""GitHub shows ten errors and ten warnings of a step; more are counted in a last line."""
SUMMARY_MOST = 500
_LINE = re.compile(r"\blines? \d+")


def report(problems: Sequence[Problem], format: str, folder: str = "") -> str:
    """All problems in one of FORMATS; `folder` is put before file names for hosts."""
    return _WRITERS[format](problems, folder)


def summary(problems: Sequence[Problem]) -> str:
    """One line: how many errors and warnings, in how many files."""
    count = Counter(problem.severity for problem in problems)
    if not problems:
        return "No problems."
    files = len({problem.place.file for problem in problems})
    return (f"{_n(count['error'], 'error')}, {_n(count['warning'], 'warning')} in "
            f"{_n(files, 'file')}.")  # fmt: skip


def _n(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _text(problems: Sequence[Problem], _: str) -> str:
    return "\n".join(str(problem) for problem in problems)


def _json(problems: Sequence[Problem], folder: str) -> str:
    rows = [
        {
            "file": folder + one.place.file, "line": one.place.line, "column": one.place.column,
            "severity": one.severity, "rule": one.rule, "message": one.message, "hint": one.hint,
        }
        for one in problems
    ]  # fmt: skip
    return json.dumps({"version": 1, "problems": rows}, ensure_ascii=False, indent=1)


def _github(problems: Sequence[Problem], folder: str) -> str:
    """Workflow commands, errors first, since only so many are shown."""
    lines = []
    for severity in ("error", "warning"):
        some = [one for one in problems if one.severity == severity]
        lines += [_command(one, folder) for one in some[:GITHUB_MOST]]
        if len(some) > GITHUB_MOST:
            rest = _n(len(some) - GITHUB_MOST, f"more {severity}")
            lines.append(f"::notice title=briefbook::{rest}; run `briefbook check` to see all")
    return "\n".join(lines)


def step_summary(problems: Sequence[Problem], folder: str) -> str:
    """Every problem as an item of a list, for the summary of a GitHub job; 1 MiB at most."""
    shown = [
        f"- <code>{html.escape(folder + str(one))}</code>\n" for one in problems[:SUMMARY_MOST]
    ]
    more = len(problems) - len(shown)
    rest = f"\n{_n(more, 'more problem')}.\n" if more else ""
    return f"### Briefbook: {summary(problems)}\n\n{''.join(shown)}{rest}"


def _command(one: Problem, folder: str) -> str:
    place = f"file={_property(escape(folder + one.place.file))},line={max(one.place.line, 1)}"
    message = escape(f"{one.message} {one.hint}".strip())
    return (f"::{one.severity} {place},col={max(one.place.column, 1)},"
            f"title={_property(one.rule)}::{_data(message)}")  # fmt: skip


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _gitlab(problems: Sequence[Problem], folder: str) -> str:
    """A code quality report; fingerprints carry no line number, so that moved text stays known."""
    seen: Counter[str] = Counter()
    rows = []
    for one in problems:
        message = _LINE.sub("line", one.message)
        key = f"{folder}{one.place.file}\0{one.rule}\0{message}"
        seen[key] += 1
        raw = f"{key}\0{seen[key]}".encode(errors="backslashreplace")
        print_of = hashlib.sha256(raw).hexdigest()
        rows.append({
            "description": f"{one.message} {one.hint}".strip(), "check_name": one.rule,
            "fingerprint": print_of, "severity": "major" if one.severity == "error" else "minor",
            "location": {"path": folder + one.place.file,
                         "lines": {"begin": max(one.place.line, 1)}},
        })  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=1)


_WRITERS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "text": _text, "json": _json, "github": _github, "gitlab": _gitlab,
}  # fmt: skip
