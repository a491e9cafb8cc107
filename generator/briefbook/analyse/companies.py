"""Records in, the stock turns of public companies and who names whom out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from briefbook.analyse.facts import last_day
from briefbook.load import Content
from briefbook.model.parts import Finance, Statement

Role = Literal["benchmark", "peer", "competitor", "stands"]


@dataclass(frozen=True, slots=True)
class Stock:
    """Companies whose latest inventory days are known, as turns a year, and who turns fastest.

    `best` is empty with fewer than two of them: there is nothing to be better than.
    """

    turns: Mapping[str, Decimal]
    days: Mapping[str, Decimal]
    best: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a record is named: as what, by which record, and at which entry of it."""

    role: Role
    by: tuple[str, str]
    entry: str


def turns(days: Decimal) -> Decimal:
    """Turns of the stock in a year: 365 / inventory days (rule 14; DingTalk, l. 46)."""
    return Decimal(365) / days


def in_order(finance: Finance | None) -> tuple[Statement, ...]:
    """The statements of a record, the oldest first."""
    if finance is None:
        return ()
    starts = finance.year_starts
    return tuple(sorted(finance.statements, key=lambda one: last_day(one.period, starts)))


def stock(content: Content) -> Stock:
    """The latest inventory days of each company; fewer are better (DingTalk, l. 46)."""
    days = {
        id: known[-1]
        for id, record in content.companies.items()
        if (known := _days(record.value.finance))
    }
    least = min(days.values(), default=Decimal(0))
    return Stock(
        turns={id: turns(one) for id, one in days.items()},
        days=days,
        best=tuple(id for id, one in days.items() if one == least and len(days) > 1),
    )


def _days(finance: Finance | None) -> list[Decimal]:
    values = (one.inventory_days for one in in_order(finance))
    return [one.value.days for one in values if one and one.value.number > 0]


def margin(one: Statement) -> Decimal | None:
    """Net margin of a statement as a share of 1: net income / revenue (DuPont's first factor).

    None without both in one currency, or without any revenue.
    """
    if one.net_income is None or one.revenue is None:
        return None
    income, revenue = one.net_income.value, one.revenue.value
    alike = (income.unit, income.per) == (revenue.unit, revenue.per)
    return income.number / revenue.number if alike and revenue.number > 0 else None


def mentions(content: Content) -> Mapping[str, tuple[Mention, ...]]:
    """Every place that names a company or an account, by `kind/id` of who is named."""
    found: defaultdict[str, dict[Mention, None]] = defaultdict(dict)
    for name, one in (*_by_industries(content), *_by_companies(content), *_by_accounts(content)):
        found[name][one] = None  # a company may stand at a node by both files: told once
    return {name: tuple(ones) for name, ones in found.items()}


def _by_industries(content: Content) -> Iterator[tuple[str, Mention]]:
    for id, record in content.industries.items():
        by = ("industry", id)
        for at, one in enumerate(record.value.benchmarks):
            if one.company:
                yield f"company/{one.company}", Mention("benchmark", by, str(at))
            if one.account:
                yield f"account/{one.account}", Mention("benchmark", by, str(at))
        chain = record.value.value_chain
        for name, node in chain.nodes.items() if chain else ():
            for company in node.companies:
                yield f"company/{company}", Mention("stands", by, name)


def _by_companies(content: Content) -> Iterator[tuple[str, Mention]]:
    for id, record in content.companies.items():
        for place in record.value.stands_at:
            industry, _, node = place.partition("/")
            yield f"company/{id}", Mention("stands", ("industry", industry), node)


def _by_accounts(content: Content) -> Iterator[tuple[str, Mention]]:
    for id, record in content.accounts.items():
        by = ("account", id)
        for peer in record.value.finance.peers if record.value.finance else ():
            yield peer, Mention("peer", by, "")
        for name, one in record.value.opportunities.items():
            for rival in one.competitors:
                yield rival, Mention("competitor", by, name)
