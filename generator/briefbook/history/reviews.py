"""Committed versions of accounts in, the reviews that their plans owed and when each came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.analyse.due import review_days, year_start
from briefbook.history.past import Planned, Reader
from briefbook.model import Book

DAYS = 8
"""Review days that are told of, the latest ones."""
Versions = Mapping[str, Sequence[tuple[date, str]]]
"""By account: the day and the blob of each version on the branch, oldest first."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A review that an account's plan asked for on a day that has passed (rule 8).

    `committed` is the day of the first commit that holds it, None while none does.
    """

    account: str
    day: date
    committed: date | None


def owed(
    versions: Versions, reader: Reader, book: Book, today: date, since: date
) -> tuple[Owed, ...]:
    """Every review of the last review days, by day and account; before `since` git is silent."""
    days = [one for one in _days(book, today) if one[0] >= since]
    if not days:
        return ()
    first = year_start(book, days[0][1])
    found = [
        one
        for id, some in versions.items()
        for one in _of(id, _plans(some, reader, first, today), days, today)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.account)))


def _days(book: Book, today: date) -> list[tuple[date, int, int]]:
    """Review days that have passed, each with its fiscal year and its number from 0."""
    years = range(today.year - DAYS // 4 - 1, today.year + 2)
    days = [(day, year, at) for year in years for at, day in enumerate(review_days(book, year))]
    return sorted(one for one in days if one[0] < today)[-DAYS:]


def _plans(
    some: Sequence[tuple[date, str]], reader: Reader, first: date, today: date
) -> list[tuple[date, Planned]]:
    """The plans of versions since a day, and of the one that stood then."""
    before = [one for one in some if one[0] < first]
    wanted = [*before[-1:], *(one for one in some if first <= one[0] <= today)]
    return [(day, plan) for day, blob in wanted if (plan := reader.plan(blob))]


def _of(
    id: str, plans: Sequence[tuple[date, Planned]], days: Sequence[tuple[date, int, int]],
    today: date,
) -> Iterator[Owed]:  # fmt: skip
    """A plan's last version says what was owed and held; a review taken out again was not held."""
    for day, year, number in days:
        held = [(when, plan.held[number]) for when, plan in plans if plan.year == year]
        if held:
            known = held[-1][1]
            is_held = known is not None and known <= today
            yield Owed(id, day, next(when for when, one in held if one) if is_held else None)
