"""Changed files in, what they would break or what was written out: shared by commands that edit."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefbook.files import Folder
from briefbook.problem import Problem, failed
from briefbook.shells.cli import ERR, ERRORS
from briefbook.shells.frame import build_date
from briefbook.shells.report import report, summary

if TYPE_CHECKING:
    from briefbook.edit.files import Change, Changes


def broken(content: Path, changes: Changes) -> tuple[Problem, ...]:
    """Errors that content would have after some changes and has not now."""
    from briefbook.edit.files import Changed
    from briefbook.examine import examine

    after = examine(Changed(Folder(content), changes), build_date()).problems
    if not failed(after):
        return ()
    known = Counter(_told(one) for one in examine(content, build_date()).problems)
    fresh = []
    for one in after:
        if known[_told(one)]:
            known[_told(one)] -= 1
        elif one.severity == "error":
            fresh.append(one)
    return tuple(fresh)


def _told(one: Problem) -> tuple[str, str, str]:
    """A problem without its line, which moves when lines are put in above."""
    return one.place.file, one.rule, one.message


def write_checked(content: Path, changes: Changes) -> tuple[str, ...]:
    """Write changes that break nothing; otherwise tell what they would break, and exit with 1."""
    problems = broken(content, changes)
    if problems:
        click.echo(report(problems, "text"))
        ERR.print(f"{summary(problems)} Nothing was written.")
        raise click.exceptions.Exit(ERRORS)
    from briefbook.edit.files import write

    return write(content, changes)


def differences(changes: Changes) -> str:
    """A unified diff of all changes."""
    return "".join(line for file, one in sorted(changes.items()) for line in _diff(file, one))


def _diff(file: str, one: Change) -> Iterator[str]:
    before, after = (_lines(raw) for raw in (one.before, one.after))
    names = ("/dev/null" if one.before is None else f"a/content/{file}",
             "/dev/null" if one.after is None else f"b/content/{file}")  # fmt: skip
    for line in difflib.unified_diff(before, after, *names):
        yield line if line.endswith("\n") else f"{line}\n"


def _lines(raw: bytes | None) -> list[str]:
    return (raw or b"").decode("utf-8", "replace").splitlines(keepends=True)
