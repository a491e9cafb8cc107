"""Accounts in, their open deals by where time goes out: BANT over the portfolio.

Source: SimCRM article, lines 34 to 39: length of the deal cycle, later solvency, where sales time
goes, who decides; for old and for new customers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from briefbook.analyse.deals import LETTERS, Bant, bant, is_open
from briefbook.analyse.money import in_book
from briefbook.analyse.sums import Sum, add_up
from briefbook.load import Content
from briefbook.model import Account

STAGES = ("captured", "incubating", "")
"""Stages of open deals, the furthest first; "" where the file names none."""
IDLE = "idle"
"""Instead of a stage: an account without an open deal."""
COLUMNS = (*STAGES, IDLE)


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal that may still be signed; `days` are those that went into its account in the year.

    `value` is in the book's currency; `judged` is None where the file says nothing of BANT.
    """

    account: str
    deal: str
    owner: str
    stage: str
    days: int | None
    value: Decimal | None
    judged: Bant | None


@dataclass(frozen=True, slots=True)
class Allocation:
    """Working days of one owner by the furthest open stage of the accounts that they went into."""

    owner: str
    by_stage: Mapping[str, Sum]
    whole: Sum


@dataclass(frozen=True, slots=True)
class Cycle:
    """Median days from opened to signed, over the deals that carry both dates."""

    days: Decimal | None
    deals: int


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Open deals, and where time goes, in the order of the days; "" is nobody's.

    `verdicts` counts open deals by letter and verdict, `weakest` those that are not wholly yes by
    their weakest letter; deals without BANT are in neither but in `unjudged`.
    """

    year: str
    open: tuple[OpenDeal, ...]
    verdicts: Mapping[tuple[str, str], int]
    weakest: Mapping[str, int]
    no_prospect: int
    unjudged: int
    allocation: tuple[Allocation, ...]
    cycle: Cycle
    cycles: Mapping[str, Cycle]


def pipeline(content: Content, year: str) -> Pipeline:
    """BANT over the portfolio; `year` is the one whose working days count."""
    deals = sorted(_open(content, year), key=_place)
    judged = [one.judged for one in deals if one.judged]
    cycles = _cycles(content)
    return Pipeline(
        year=year,
        open=tuple(deals),
        verdicts=Counter((each.name, each.verdict) for one in judged for each in one.letters),
        weakest={
            name: sum(1 for one in judged if one.verdict != "yes" and one.weakest == name)
            for name in LETTERS
        },
        no_prospect=sum(1 for one in judged if not one.prospect),
        unjudged=len(deals) - len(judged),
        allocation=_allocation(content, deals, year),
        cycle=_cycle([day for days in cycles.values() for day in days]),
        cycles={owner: _cycle(days) for owner, days in cycles.items()},
    )


def days_in(account: Account, year: str) -> int | None:
    """Working days that went into an account in a year; None where nobody wrote them down."""
    table = account.value_to_us.investment if account.value_to_us else {}
    spent = table.get(year) or table.get(f"FY{year}")
    return spent.days if spent else None


def _open(content: Content, year: str) -> Iterator[OpenDeal]:
    book = content.book.value
    for id, record in content.accounts.items():
        account = record.value
        days = days_in(account, year)
        for name, deal in account.opportunities.items():
            if is_open(deal):
                yield OpenDeal(
                    id, name, account.owner or "", deal.stage or "", days,
                    in_book(deal.value, book) if deal.value else None,
                    bant(deal, book) if deal.bant else None,
                )  # fmt: skip


def _place(one: OpenDeal) -> tuple[int, int, Decimal, str, str]:
    """Most days first, unknown ones last; then the furthest stage and the largest value."""
    days = -1 if one.days is None else one.days
    return (-days, STAGES.index(one.stage), -(one.value or Decimal(0)), one.account, one.deal)


def _allocation(content: Content, deals: list[OpenDeal], year: str) -> tuple[Allocation, ...]:
    furthest: dict[str, str] = {}
    for one in sorted(deals, key=lambda one: STAGES.index(one.stage)):
        furthest.setdefault(one.account, one.stage)
    cells: defaultdict[str, defaultdict[str, list[int | None]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for id, record in content.accounts.items():
        stage = furthest.get(id, IDLE)
        cells[record.value.owner or ""][stage].append(days_in(record.value, year))
    made = [
        Allocation(
            owner,
            {stage: add_up(row[stage]) for stage in COLUMNS},
            add_up(days for some in row.values() for days in some),
        )
        for owner, row in cells.items()
    ]
    return tuple(sorted(made, key=lambda one: (-(one.whole.amount or 0), one.owner)))


def _cycles(content: Content) -> Mapping[str, list[int]]:
    """Days from opened to signed by owner; a day before the first is a mistake and left out."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for record in content.accounts.values():
        for deal in record.value.opportunities.values():
            if deal.opened and deal.signed and deal.stage in {None, "signed"}:
                days = (deal.signed.date - deal.opened.date).days
                if days >= 0:
                    found[record.value.owner or ""].append(days)
    return found


def _cycle(days: list[int]) -> Cycle:
    return Cycle(median(map(Decimal, days)) if days else None, len(days))
