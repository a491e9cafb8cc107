"""Accounts in, what they owe and when out: actions, promises, reviews, contracts that end."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from briefbook.analyse.results import Due
from briefbook.load import Record
from briefbook.model import Account, Book
from briefbook.model.account import Plan, Review

SOON = timedelta(days=30)
RENEWAL = timedelta(days=90)


def year_start(book: Book, year: int) -> date:
    """First day of the fiscal year that carries this label (named after its end, rule 8)."""
    return _year_start(book.fiscal_year_starts, year)


@cache
def _year_start(starts: str, year: int) -> date:
    month, day = (int(part) for part in starts.split("-"))
    first = year if (month, day) == (1, 1) else year - 1
    return _clamped(first, month, day)


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def review_days(book: Book, year: int) -> tuple[date, date, date, date]:
    """Rule 8: +3, +6, +9 months and the year's last day."""
    return _review_days(book.fiscal_year_starts, year)


@cache
def _review_days(starts: str, year: int) -> tuple[date, date, date, date]:
    start = _year_start(starts, year)
    day = int(starts.split("-")[1])

    def after(months: int) -> date:
        index = start.year * 12 + start.month - 1 + months
        return _clamped(index // 12, index % 12 + 1, day)

    return after(3), after(6), after(9), after(12) - timedelta(days=1)


def due(record: Record[Account], book: Book, today: date) -> Iterator[Due]:
    """What the account owes: all that is overdue, and what the next 30 days bring.

    What is both an action and a promise of the same day is owed once.
    """
    seen = set()
    for one in _due(record, book, today):
        if not one.what or (one.day, one.what) not in seen:
            seen.add((one.day, one.what))
            yield one


def _due(record: Record[Account], book: Book, today: date) -> Iterator[Due]:
    account, id = record.value, record.id
    if account.plan:
        for action in account.plan.actions.values():
            if action.due and action.status not in {"done", "dropped"} and not action.done:
                yield from _soon(id, action.due.date, "action", action.what, action.owner, today)
        for day in _owed(account.plan, book, today):
            yield from _soon(id, day, "review", "", account.owner, today)
    for contact in account.contacts:
        promise = contact.promised
        if promise and promise.by and promise.done in {None, "no"}:
            yield from _soon(id, promise.by.date, "promise", promise.what, account.owner, today)
    if account.contract and account.contract.until:
        until = account.contract.until.date
        if today <= until <= today + RENEWAL:
            yield Due(id, until, "contract", "", account.owner, overdue=False)


def _soon(
    id: str, day: date, kind: str, what: str, owner: str | None, today: date
) -> Iterator[Due]:
    if day <= today + SOON:
        yield Due(id, day, kind, what, owner, overdue=day < today)  # type: ignore[arg-type]


def next_review(account: Account, book: Book, today: date) -> date | None:
    """The first review of the plan that is not held yet."""
    return next(iter(_owed(account.plan, book, today)), None) if account.plan else None


def _owed(plan: Plan, book: Book, today: date) -> tuple[date, ...]:
    """Days of reviews that are not held yet; reviews of earlier years count for those years."""
    days = review_days(book, plan.year)
    return tuple(
        day for day, one in zip(days, held_for(plan, book, today), strict=True) if one is None
    )


EARLY = timedelta(days=30)
"""A review held this much before its day counts for it; one held later counts for the last day."""


def held_for(plan: Plan, book: Book, today: date) -> tuple[Review | None, ...]:
    """The review that was held for each of the year's four review days, None where none was.

    Of two for the same day the later one takes the next day that is free.
    """
    days = review_days(book, plan.year)
    start = year_start(book, plan.year)
    held: list[Review | None] = [None] * len(days)
    for one in sorted(plan.reviews, key=lambda one: one.date.date):
        if start <= one.date.date <= today:
            meant = max(sum(day - EARLY <= one.date.date for day in days) - 1, 0)
            free = next((at for at in range(meant, len(days)) if held[at] is None), None)
            if free is not None:
                held[free] = one
    return tuple(held)
