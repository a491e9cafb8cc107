"""Accounts and their plans in, every day that a calendar should remind of out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefbook.analyse.plans import PlanState
from briefbook.analyse.results import Standing
from briefbook.analyse.signs import notice_by, talk_due
from briefbook.load import Content
from briefbook.model import Account, Book

Kind = Literal["review", "action", "promise", "contract", "notice", "talk"]
DONE = frozenset({"done", "dropped"})


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to do about an account on a day.

    `path` tells the entry from all others of its kind and holds no day that may move, so that a
    calendar that somebody subscribed to moves the entry too. `owner` is who is in charge, or "".
    """

    account: str
    kind: Kind
    path: str
    day: date
    what: str
    owner: str


def reminders(
    content: Content, standings: Mapping[str, Standing], plans: Mapping[str, PlanState], today: date
) -> tuple[Reminder, ...]:
    """Reviews not held, open actions and promises, contracts, next talks; in order of days."""
    book = content.book.value
    found = [
        one
        for id, record in content.accounts.items()
        for one in _once(_of(id, record.value, standings[id], plans.get(id), book, today))
        if date.min < one.day < date.max  # beyond the calendar
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.account, one.kind, one.path)))


def _once(found: Iterator[Reminder]) -> Iterator[Reminder]:
    """What is both an action and a promise of the same day comes once, as in the due list."""
    seen = set()
    for one in found:
        if not one.what or (one.day, one.what) not in seen:
            seen.add((one.day, one.what))
            yield one


def _of(
    id: str, account: Account, place: Standing, plan: PlanState | None, book: Book, today: date
) -> Iterator[Reminder]:
    owner = account.owner or ""
    yield from _actions(id, account)
    for number, one in enumerate(plan.reviews if plan else (), 1):
        if plan and one.review is None:
            yield Reminder(id, "review", f"plan/{plan.year}/reviews/{number}", one.day, "", owner)
    yield from _promises(id, account)
    until = account.contract.until.date if account.contract and account.contract.until else None
    if until and until >= today:
        yield Reminder(id, "contract", "contract/until", until, "", owner)
        if (notice := notice_by(account)) and notice != until:
            yield Reminder(id, "notice", "contract/notice", notice, "", owner)
    if talk := talk_due(account, place, book, today):
        yield Reminder(id, "talk", "contacts/next", talk, "", owner)


def _actions(id: str, account: Account) -> Iterator[Reminder]:
    plan = account.plan
    for name, one in plan.actions.items() if plan else ():
        if plan and one.due and one.status not in DONE and not one.done:
            yield Reminder(id, "action", f"plan/{plan.year}/actions/{name}", one.due.date,
                           one.what, one.owner or account.owner or "")  # fmt: skip


def _promises(id: str, account: Account) -> Iterator[Reminder]:
    """A promise is named after its talk: entries of a list have no id, and their place moves."""
    talks: Counter[str] = Counter()
    for one in account.contacts:
        promise, talk = one.promised, one.date.date.isoformat()
        if promise is None:
            continue
        talks[talk] += 1
        if promise.by and promise.done in {None, "no"}:
            yield Reminder(id, "promise", f"contacts/{talk}/{talks[talk]}", promise.by.date,
                           promise.what, account.owner or "")  # fmt: skip
