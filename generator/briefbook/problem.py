"""What is wrong in the content, as values: where, by which rule, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a content file; line and column count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{escape(self.file)}:{max(self.line, 1)}:{max(self.column, 1)}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: the rule that holds it, how grave it is, and what to do about it."""

    rule: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({escape(self.hint)})" if self.hint else ""
        return f"{self.place}: {self.severity} {self.rule}: {escape(self.message)}{hint}"

    @property
    def row(self) -> tuple[str | int, ...]:
        """All that it says, plain; `of_row` makes the same of it again."""
        at = self.place
        return self.rule, self.severity, at.file, at.line, at.column, self.message, self.hint


def of_row(row: Sequence[Any]) -> Problem:
    """The problem that said so; raises ValueError if none did."""
    rule, severity, file, line, column, message, hint = row
    return Problem(rule, severity, Place(file, line, column), message, hint)


class ContentError(Exception):
    """Raised once, with every problem, when content cannot become a site."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = ordered(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without repeats, by place, then rule: the same for any order of files."""

    def key(one: Problem) -> tuple[str | int, ...]:
        at = one.place
        return at.file, at.line, at.column, one.severity, one.rule, one.message, one.hint

    return tuple(sorted(set(problems), key=key))


def error(rule: str, place: Place, message: str, hint: str = "") -> Problem:
    """A problem that stops the build."""
    return Problem(rule, "error", place, message, hint)


def warning(rule: str, place: Place, message: str, hint: str = "") -> Problem:
    """A problem that is worth a look and stops nothing."""
    return Problem(rule, "warning", place, message, hint)


def failed(problems: Iterable[Problem]) -> bool:
    """Whether any of them is an error."""
    return any(problem.severity == "error" for problem in problems)


def escape(text: str) -> str:
    """Text from outside on one line of a terminal: no control character, no direction change."""
    return "".join(
        char if char.isprintable() else f"\\u{ord(char):04x}" for char in text.replace("\n", "\\n")
    )
