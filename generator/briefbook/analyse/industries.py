"""Industries and our accounts in, what a parent adds up and pains by capability out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from briefbook.analyse.results import FactUse, Standing
from briefbook.analyse.tree import IndustryTree
from briefbook.load import Record
from briefbook.model import Industry
from briefbook.quantity import Quantity

Records = Mapping[str, Record[Industry]]
SEVERITIES = ("high", "medium", "low", None)
"""The gravest first; a pain that nobody has weighed stands last."""


@dataclass(frozen=True, slots=True)
class Size:
    """A market size of one period; `of` names the industries below whose sizes it adds up."""

    value: Quantity
    period: str
    last: date
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RollUp:
    """An industry with all below it.

    `brought` adds the contributions of `year`, the latest of the Book, in the book's currency,
    over the `known` accounts that have one; None where none has. `size` is the latest written
    one; a parent without has the sum of all industries right below, if they share period and
    currency. `lacking` names those below that have no size at all.
    """

    accounts: tuple[str, ...]
    year: str
    known: int
    brought: Decimal | None
    size: Size | None
    lacking: tuple[str, ...]
    pains: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class PainRow:
    """A pain, the capabilities that answer it, and what the accounts with it bring in a year."""

    industry: str
    id: str
    severity: str | None
    answered_by: tuple[str, ...]
    accounts: int
    brought: Decimal


@dataclass(frozen=True, slots=True)
class Answers:
    """How many pains a capability answers, how many of them are grave, in how many industries."""

    capability: str
    pains: int
    high: int
    industries: int


@dataclass(frozen=True, slots=True)
class PainMatrix:
    """Pains that nobody answers first, then by severity and revenue; capabilities by use."""

    rows: tuple[PainRow, ...]
    capabilities: tuple[Answers, ...]

    @property
    def unanswered(self) -> int:
        """How many pains no capability answers."""
        return sum(1 for row in self.rows if not row.answered_by)


def roll_ups(
    industries: Records,
    tree: IndustryTree,
    accounts_in: Mapping[str, tuple[str, ...]],
    standings: Mapping[str, Standing],
) -> Mapping[str, RollUp]:
    """Each industry with what stands below it, every account counted once."""
    year = max((one.year for one in standings.values() if one.year), default="")
    order = [id for root in tree.roots for id in tree.under(root)]
    sizes: dict[str, Mapping[_Key, Size]] = {}
    found: dict[str, RollUp] = {}
    for id in reversed(order):  # children before their parents
        below = tree.children.get(id, ())
        sizes[id] = _sizes(industries[id].value) or _sum([(one, sizes[one]) for one in below])
        pains = industries[id].value.pains.values()
        accounts = (*accounts_in.get(id, ()), *(a for one in below for a in found[one].accounts))
        brought = [
            standings[one].contribution for one in accounts if standings[one].year == year != ""
        ]
        known = [amount for amount in brought if amount is not None]
        found[id] = RollUp(
            accounts=accounts,
            year=year,
            known=len(known),
            brought=sum(known, Decimal(0)) if known else None,
            size=max(sizes[id].values(), key=_order, default=None),
            lacking=tuple(one for one in below if not sizes[one]),
            pains=len(pains) + sum(found[one].pains for one in below),
            unanswered=sum(not pain.answered_by for pain in pains)
            + sum(found[one].unanswered for one in below),
        )
    return {id: found[id] for id in order}


_Key = tuple[str, str, str]


def _sizes(industry: Industry) -> Mapping[_Key, Size]:
    market = industry.market
    return {
        (size.period.text, size.value.unit, size.value.per): Size(
            size.value, size.period.text, size.period.last
        )
        for size in (market.size if market else ())
    }


def _order(size: Size) -> tuple[date, str, str, str]:
    """The latest period, whatever the order in which sizes were found."""
    return size.last, size.period, size.value.unit, size.value.per


def _sum(below: Sequence[tuple[str, Mapping[_Key, Size]]]) -> Mapping[_Key, Size]:
    """The sizes that all of them have for one period in one currency, added up."""
    shared = set.intersection(*(set(sizes) for _, sizes in below)) if below else set()
    ids = tuple(id for id, _ in below)
    return {key: _added([sizes[key] for _, sizes in below], ids) for key in sorted(shared)}


def _added(sizes: Sequence[Size], of: tuple[str, ...]) -> Size:
    """Their sum: about, where one of them is not exact."""
    first = sizes[0].value
    number = sum((size.value.number for size in sizes), Decimal(0))
    exact = not any(size.value.qualifier for size in sizes)
    value = Quantity(
        "money", number, first.unit, f"{number} {first.unit}", first.per, "" if exact else "about"
    )
    return Size(value, sizes[0].period, sizes[0].last, of)


def pain_matrix(
    industries: Records, rolled: Mapping[str, RollUp], capabilities: Sequence[str]
) -> PainMatrix:
    """Every pain of every industry by what we offer."""
    rows = [
        PainRow(
            industry=id,
            id=name,
            severity=pain.severity,
            answered_by=tuple(dict.fromkeys(pain.answered_by)),
            accounts=len(rolled[id].accounts),
            brought=rolled[id].brought or Decimal(0),
        )
        for id in rolled
        for name, pain in industries[id].value.pains.items()
    ]
    rows.sort(key=lambda row: (bool(row.answered_by), SEVERITIES.index(row.severity), -row.brought))
    answers = [_answers(one, rows) for one in capabilities]
    answers.sort(key=lambda one: (-one.pains, -one.high))
    return PainMatrix(tuple(rows), tuple(answers))


def _answers(capability: str, rows: Sequence[PainRow]) -> Answers:
    mine = [row for row in rows if capability in row.answered_by]
    return Answers(
        capability=capability,
        pains=len(mine),
        high=sum(row.severity == "high" for row in mine),
        industries=len({row.industry for row in mine}),
    )


def definitions(industries: Records) -> tuple[FactUse, ...]:
    """Definitions that name a source: they have no date, so they never become stale."""
    return tuple(
        FactUse(
            record=("industry", id),
            path=("definition",),
            text=record.value.definition or "",
            kind="other",
            sources=record.value.definition_source,
            dated=None,
            stale_since=None,
        )
        for id, record in industries.items()
        if record.value.definition_source
    )
