"""Committed versions of accounts in, the course of each person's three measures out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.history.past import Marks, Reader
from briefbook.history.reviews import Versions
from briefbook.load import Content


@dataclass(frozen=True, slots=True)
class Courses:
    """The measures of an account's people at the end of some days, oldest first.

    `people` are those of today's file whose measures changed between these days, each with one
    entry a day: None where the file did not name the person yet. `same` counts the others. Whoever
    was taken out of the file is not told of: git may remember, the site does not.
    """

    days: tuple[date, ...]
    people: Mapping[str, tuple[Marks | None, ...]]
    same: int


def courses(
    versions: Versions, reader: Reader, content: Content, days: Sequence[date]
) -> Mapping[str, Courses]:
    """Of accounts in which a measure changed; a file that stayed the same is not read."""
    found = {id: _of(id, some, reader, content, days) for id, some in versions.items()}
    return {id: one for id, one in found.items() if one and one.people}


def _of(
    id: str, some: Sequence[tuple[date, str]], reader: Reader, content: Content,
    days: Sequence[date],
) -> Courses | None:  # fmt: skip
    blobs = [(day, blob) for day in days if (blob := blob_on(some, day))]
    if len({blob for _, blob in blobs}) < 2:
        return None
    read = [(day, found) for day, blob in blobs if (found := reader.people(blob)) is not None]
    now = content.accounts[id].value.people
    lines = {person: tuple(people.get(person) for _, people in read) for person in now}
    moved = {person: line for person, line in lines.items() if _moved(line)}
    return Courses(tuple(day for day, _ in read), moved, len(lines) - len(moved))


def _moved(line: Sequence[Marks | None]) -> bool:
    return len({marks for marks in line if marks is not None}) > 1


def blob_on(some: Sequence[tuple[date, str]], day: date) -> str | None:
    """The version that stood at the end of a day."""
    return next((blob for when, blob in reversed(some) if when <= day), None)
