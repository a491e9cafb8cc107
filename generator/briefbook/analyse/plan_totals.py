"""Plans of all accounts in, who must have one, reviews owed and counters added up out (rules 5-9).

Source: Yang Jun, CRM30, lines 95 to 104.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from briefbook.analyse.due import review_days, year_start
from briefbook.analyse.plans import COUNTERS, Counter, PlanState, Quarter, plan_required
from briefbook.analyse.results import Due, Standing
from briefbook.analyse.standing import last_full_year
from briefbook.load import Record
from briefbook.model import Account, Book

Because = Literal["a", "important"]


@dataclass(frozen=True, slots=True)
class Planned:
    """An account that must have a plan, or has one; `year` is that of its plan.

    `because` is None where no plan is asked for; `left` is potential less contribution, by which
    accounts are ranked.
    """

    account: str
    owner: str | None
    because: Because | None
    year: int | None
    left: Decimal
    overdue: int

    def stands(self, running: int) -> Literal["running", "earlier", "later", "none"]:
        """Whether its plan is one of the running year."""
        if self.year is None:
            return "none"
        if self.year == running:
            return "running"
        return "earlier" if self.year < running else "later"


@dataclass(frozen=True, slots=True)
class Part:
    """A quarter or a year of a counter added up over plans; money in the book's currency.

    `actual` adds up what is known, None where nothing is; `unknown` counts plans of which nobody
    knows the figure although the time has begun. The same for `target` and `untargeted`.
    """

    actual: Decimal | None
    unknown: int
    target: Decimal | None
    untargeted: int


@dataclass(frozen=True, slots=True)
class Total:
    """A counter of a group of plans: its four quarters, the year, the target up to now."""

    counter: str
    quarters: tuple[Part, Part, Part, Part]
    year: Part
    pace: Decimal | None


@dataclass(frozen=True, slots=True)
class Group:
    """Plans that belong together: those of an owner, an industry, a class, or all of them."""

    key: str | None
    plans: int
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """What one of us owes to plans: reviews and actions that are overdue, the oldest first."""

    owner: str | None
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """The running fiscal year: who must have a plan, what is owed, what was reached."""

    year: int
    first: date
    reviews: tuple[date, date, date, date]
    quarter: int
    planned: tuple[Planned, ...]
    overdue: tuple[Owed, ...]
    all: Group
    by_owner: tuple[Group, ...]
    by_industry: tuple[Group, ...]
    by_class: tuple[Group, ...]

    @property
    def required(self) -> tuple[Planned, ...]:
        """Accounts that must have a plan."""
        return tuple(one for one in self.planned if one.because)

    @property
    def lacking(self) -> tuple[Planned, ...]:
        """Of those, the ones without a plan of the running year."""
        return tuple(one for one in self.required if one.stands(self.year) != "running")


def running_year(book: Book, today: date) -> int:
    """The label of the fiscal year that is running; a year is named after its end (rule 8)."""
    return last_full_year(book, today) + 1


def plan_totals(
    accounts: Mapping[str, Record[Account]],
    standings: Mapping[str, Standing],
    important: frozenset[str],
    plans: Mapping[str, PlanState],
    dues: Iterable[Due],
    book: Book,
    today: date,
) -> PlanTotals:
    """Everything that `/plans/` tells."""
    year = running_year(book, today)
    mine = {id: state for id, state in plans.items() if state.year == year}
    owed = [one for one in dues if one.overdue and one.kind in {"review", "action"}]
    late = defaultdict(int)  # type: defaultdict[str, int]
    for one in owed:
        late[one.account] += one.kind == "review"
    days = review_days(book, year)
    return PlanTotals(
        year=year,
        first=year_start(book, year),
        reviews=days,
        quarter=next((n for n, day in enumerate(days[:3], 1) if today < day), 4),
        planned=_planned(accounts, standings, important, plans, late),
        overdue=_owed(owed),
        all=_group(None, list(mine.values())),
        by_owner=_groups(mine, {id: accounts[id].value.owner for id in mine}),
        by_industry=_groups(mine, {id: accounts[id].value.industry for id in mine}),
        by_class=_groups(mine, {id: standings[id].letter for id in mine}),
    )


def _planned(
    accounts: Mapping[str, Record[Account]],
    standings: Mapping[str, Standing],
    important: frozenset[str],
    plans: Mapping[str, PlanState],
    late: Mapping[str, int],
) -> tuple[Planned, ...]:
    """Those without a plan first, then those with reviews overdue; each by what is left to win."""
    found = []
    for id, record in accounts.items():
        letter = standings[id].letter
        needed = plan_required(letter, important=id in important)
        if needed or id in plans:
            because: Because | None = ("a" if letter == "a" else "important") if needed else None
            found.append(
                Planned(id, record.value.owner, because, plans[id].year if id in plans else None,
                        _left(standings[id]), late.get(id, 0))
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.year is not None, -one.overdue,
                                                -one.left, one.account)))  # fmt: skip


def _left(place: Standing) -> Decimal:
    return max((place.potential or Decimal(0)) - (place.contribution or Decimal(0)), Decimal(0))


def _owed(dues: Sequence[Due]) -> tuple[Owed, ...]:
    """By owner, whoever owes most first; what nobody owns is told last."""
    groups: defaultdict[str | None, list[Due]] = defaultdict(list)
    for one in dues:
        groups[one.owner].append(one)
    return tuple(
        Owed(owner, tuple(sorted(some, key=lambda one: (one.day, one.account, one.what))))
        for owner, some in sorted(
            groups.items(), key=lambda pair: (pair[0] is None, -len(pair[1]), pair[0] or "")
        )
    )


def _groups(plans: Mapping[str, PlanState], keys: Mapping[str, str | None]) -> tuple[Group, ...]:
    some: defaultdict[str | None, list[PlanState]] = defaultdict(list)
    for id, state in plans.items():
        some[keys[id]].append(state)
    ordered = sorted(some, key=lambda key: (key is None, key or ""))
    return tuple(_group(key, some[key]) for key in ordered)


def _group(key: str | None, plans: Sequence[PlanState]) -> Group:
    totals = tuple(
        _total(name, [state.counters[at] for state in plans]) for at, name in enumerate(COUNTERS)
    )
    return Group(key, len(plans), totals)


def _total(name: str, counters: Sequence[Counter]) -> Total:
    one, two, three, four = (_quarter(counters, at) for at in range(4))
    reached = [each.total for each in counters]
    return Total(
        counter=name,
        quarters=(one, two, three, four),
        year=Part(
            _sum(reached), sum(1 for each in counters if each.total is None or each.gaps),
            _sum(each.target for each in counters),
            sum(1 for each in counters if each.target is None),
        ),
        pace=_sum(each.pace for each in counters),
    )  # fmt: skip


def _quarter(counters: Sequence[Counter], at: int) -> Part:
    quarters = [each.quarters[at] for each in counters]
    targets = [quarter_target(each, each.quarters[at]) for each in counters]
    return Part(
        actual=_sum(each.actual for each in quarters),
        unknown=sum(1 for each in quarters if each.actual is None and not each.to_come),
        target=_sum(targets),
        untargeted=sum(1 for each in targets if each is None),
    )


def quarter_target(counter: Counter, quarter: Quarter) -> Decimal | None:
    """The quarter's own target, else a quarter of the year's."""
    if quarter.target is not None or counter.target is None:
        return quarter.target
    return counter.target / 4


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None of nothing."""
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None
