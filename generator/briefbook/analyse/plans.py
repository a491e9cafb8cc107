"""An account's plan in, its quarters, four counters and reviews out (rules 5, 8 and 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from briefbook.analyse.due import held_for, review_days, year_start
from briefbook.analyse.money import in_book
from briefbook.model import Account, Book
from briefbook.model.account import Counters, Plan, Review
from briefbook.quantity import Quantity, same

COUNTERS = ("incubate", "capture", "sign", "receive")


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of one counter: opportunities, or money in the book's currency.

    `actual` is computed where opportunities carry dates, else as a review says; None if neither
    knows, and for quarters to come. `authored` is what the review of the quarter says.
    """

    number: int
    target: Decimal | None
    actual: Decimal | None
    authored: Decimal | None
    running: bool
    to_come: bool

    @property
    def differs(self) -> bool:
        """Whether a review says something else than the opportunities."""
        known = self.actual is not None and self.authored is not None
        return known and not self.running and self.actual != self.authored


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter over the fiscal year; `pace` is the target up to the last quarter that ended.

    `total` adds up the quarters that are known; `gaps` counts quarters that ended and are not.
    """

    name: str
    target: Decimal | None
    total: Decimal | None
    pace: Decimal | None
    gaps: int
    quarters: tuple[Quarter, ...]

    @property
    def behind(self) -> Decimal | None:
        """How much is missing to the pace; zero on pace, None where a target or a figure lacks."""
        if self.pace is None or self.total is None or self.gaps:
            return None
        return max(self.pace - self.total, Decimal(0))


@dataclass(frozen=True, slots=True)
class Held:
    """A review day of the year and the review that was held for it, if any."""

    day: date
    review: Review | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class PlanState:
    """Where the plan of a fiscal year stands on a day; `quarter` is the running one, 0 if none."""

    year: int
    first: date
    last: date
    quarter: int
    counters: tuple[Counter, ...]
    reviews: tuple[Held, ...]


def plan_required(letter: str | None, *, important: bool) -> bool:
    """Class A and important C need a plan; others don't (Yang Jun, CRM30, l. 95)."""
    return letter == "a" or important


def plan_state(account: Account, book: Book, today: date) -> PlanState | None:
    """The state of the account's plan; None without one."""
    plan = account.plan
    if plan is None:
        return None
    edges = _edges(book, plan.year)
    quarter = next((n for n in range(1, 5) if edges[n - 1] <= today < edges[n]), 0)
    held = held_for(plan, book, today)
    return PlanState(
        year=plan.year,
        first=edges[0],
        last=edges[4] - timedelta(days=1),
        quarter=quarter,
        counters=tuple(_counter(name, account, plan, book, edges, held, today)
                       for name in COUNTERS),
        reviews=_reviews(held, review_days(book, plan.year), today),
    )  # fmt: skip


def _edges(book: Book, year: int) -> tuple[date, ...]:
    """First days of the four quarters, and of the next year."""
    after = review_days(book, year)
    return (year_start(book, year), *after[:3], after[3] + timedelta(days=1))


def _reviews(held: Sequence[Review | None], days: Sequence[date], today: date) -> tuple[Held, ...]:
    return tuple(
        Held(day, one, one is None and day < today) for day, one in zip(days, held, strict=True)
    )


def _counter(
    name: str,
    account: Account,
    plan: Plan,
    book: Book,
    edges: Sequence[date],
    held: Sequence[Review | None],
    today: date,
) -> Counter:
    targets = plan.targets
    year = _figure(targets.year if targets else None, name, book)
    counted = _counted(account, name, book)
    quarters = []
    for number in range(1, 5):
        first, end = edges[number - 1], edges[number]
        written = getattr(targets, f"q{number}") if targets else None
        review = held[number - 1]
        authored = _figure(review.actual, name, book) if review else None
        computed = counted(first, min(end, today + timedelta(days=1)))
        actual = computed if computed is not None else authored
        quarters.append(
            Quarter(number, _figure(written, name, book), actual if first <= today else None,
                    authored, first <= today < end, first > today)
        )  # fmt: skip
    known = [one.actual for one in quarters if one.actual is not None]
    total = sum(known, Decimal(0)) if known else None
    ended = sum(1 for number in range(1, 5) if edges[number] <= today)
    gaps = sum(1 for one in quarters[:ended] if one.actual is None)
    return Counter(name, year, total, _pace(year, quarters, ended), gaps, tuple(quarters))


def _pace(year: Decimal | None, quarters: Sequence[Quarter], ended: int) -> Decimal | None:
    given = [one.target for one in quarters[:ended]]
    if given and all(one is not None for one in given):
        return sum((one for one in given if one is not None), Decimal(0))
    return year * ended / 4 if year is not None else None


def _figure(counters: Counters | None, name: str, book: Book) -> Decimal | None:
    value = getattr(counters, name) if counters else None
    if isinstance(value, Quantity):
        return in_book(value, book)
    return None if value is None else same(Decimal(value))


Counted = Callable[[date, date], Decimal | None]


def _counted(account: Account, name: str, book: Book) -> Counted:
    """A counter's figure from the first day up to, not with, the last; None if nobody can know."""
    dated = _dated(account, book)[name]

    def count(first: date, end: date) -> Decimal | None:
        if dated is None:
            return None
        return same(sum((amount for day, amount in dated if first <= day < end), Decimal(0)))

    return count


def _dated(account: Account, book: Book) -> Mapping[str, list[tuple[date, Decimal]] | None]:
    """What happened on which day by counter; None where nothing is dated that should be."""
    one = Decimal(1)
    deals = account.opportunities.values()
    money = {id(deal): in_book(deal.value, book) if deal.value else None for deal in deals}
    paid = [
        (each.date.date, in_book(each.amount, book)) for deal in deals for each in deal.received
    ]
    found = {
        "incubate": [(deal.opened.date, one) for deal in deals if deal.opened],
        "capture": [(deal.captured.date, one) for deal in deals if deal.captured],
        "sign": [
            (deal.signed.date, value)
            for deal in deals
            if deal.signed and (value := money[id(deal)]) is not None
        ],
        "receive": [(day, amount) for day, amount in paid if amount is not None],
    }
    reached = {
        "incubate": bool(account.opportunities),
        "capture": any(deal.stage in {"captured", "signed"} for deal in deals),
        "sign": any(deal.stage == "signed" for deal in deals),
        "receive": any(deal.stage == "signed" for deal in deals),
    }
    known = bool(found["incubate"])
    return {
        name: pairs if pairs or (known and not reached[name]) else None
        for name, pairs in found.items()
    }
