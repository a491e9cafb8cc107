"""An account and its results in, computed warning signs out; authored health stays beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from briefbook.analyse.due import RENEWAL
from briefbook.analyse.facts import add
from briefbook.analyse.people import coverage
from briefbook.analyse.results import Due, Number, Standing, Why
from briefbook.model import Account, Book


@dataclass(frozen=True, slots=True)
class Sign:
    """One warning sign (rule 19) and the numbers that it saw; `part` is where to look it up."""

    kind: str
    part: str
    why: Why


def signs(
    account: Account, place: Standing, dues: Sequence[Due], book: Book, today: date
) -> tuple[Sign, ...]:
    """The signs of an account on a day, in the order of rule 19."""
    return tuple(_signs(account, place, dues, book, today))


def _sign(kind: str, part: str, **numbers: Number) -> Sign:
    return Sign(kind, part, Why("warning-signs", MappingProxyType(numbers)))


def _signs(
    account: Account, place: Standing, dues: Sequence[Due], book: Book, today: date
) -> Iterator[Sign]:
    yield from _silence(account, place, book, today)
    yield from _renewal(account, today)
    now, before = place.contribution, place.before
    if now is not None and before is not None and now < before:
        yield _sign("falling", "value", now=now, before=before, year=place.year)
    for role, gone in missing_roles(account, book, today):
        yield _sign("role-gone" if gone else "role-missing", "people", role=role)
    for kind in ("review", "promise"):
        late = [one.day for one in dues if one.kind == kind and one.overdue]
        if late:
            yield _sign(f"{kind}-overdue", "plan" if kind == "review" else "contacts",
                        day=min(late), n=len(late))  # fmt: skip
    yield from _satisfaction(account)


def talk_due(account: Account, place: Standing, book: Book, today: date) -> date | None:
    """The day until which the class asks for the next talk.

    An account that nobody ever talked with counts from when it became a customer, or has no day.
    """
    if place.letter is None:
        return None
    held = [one.date.date for one in account.contacts if one.date.date <= today]
    began = account.customer_since.date if account.customer_since else None
    last = max(held, default=began)
    if last is None:
        return None
    return add(last, getattr(book.contact_every, place.letter))


def silent_since(account: Account, place: Standing, book: Book, today: date) -> date | None:
    """The day on which a talk was due by the class, if it has passed without one."""
    until = talk_due(account, place, book, today)
    return until if until and until < today else None


def _silence(account: Account, place: Standing, book: Book, today: date) -> Iterator[Sign]:
    since = silent_since(account, place, book, today)
    if since is not None and place.letter:
        every = getattr(book.contact_every, place.letter)
        yield _sign("silent", "contacts", since=since, every=every.text, letter=place.letter)


def _renewal(account: Account, today: date) -> Iterator[Sign]:
    """A contract that ends within 90 days, and nothing signed since those days began."""
    until = account.contract.until.date if account.contract and account.contract.until else None
    if until is None or not today <= until <= today + RENEWAL:
        return
    opened = until - RENEWAL
    signed = (one.signed.date for one in account.opportunities.values() if one.signed)
    if not any(opened <= day <= today for day in signed):
        yield _sign("renewal", "contract", until=until)


def notice_by(account: Account) -> date | None:
    """The last day on which the contract can be ended in time."""
    contract = account.contract
    if contract is None or contract.until is None or contract.notice is None:
        return None
    try:
        return contract.until.date - timedelta(days=int(contract.notice.days))
    except OverflowError:  # beyond the calendar
        return date.min


def missing_roles(account: Account, book: Book, today: date) -> Iterator[tuple[str, bool]]:
    """Roles that the book asks for and nobody here has; True where somebody left with it."""
    if account.people:
        for one in coverage(account.people, book.must_have_roles, today):
            if not one.holders:
                yield one.role, bool(one.gone)


def _satisfaction(account: Account) -> Iterator[Sign]:
    """The latest score lower than the one before it, each as a share of its highest."""
    scores = sorted(account.satisfaction, key=lambda one: one.date.date)[-2:]
    if len(scores) == 2:
        before, now = (Decimal(one.score) / one.of for one in scores)
        if now < before:
            yield _sign("satisfaction", "satisfaction", now=now, before=before,
                        day=scores[1].date.date)  # fmt: skip
