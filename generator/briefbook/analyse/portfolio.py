"""All records and the day of the build in, every result that pages and checks use out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from briefbook.analyse.alone import alone, order
from briefbook.analyse.business import WeakestLink, weakest_links
from briefbook.analyse.capabilities import Capable, capabilities
from briefbook.analyse.chains import ChainStudy, Joined, Place, chains, joined, stands
from briefbook.analyse.companies import Mention, Stock, mentions, stock
from briefbook.analyse.completeness import Completeness
from briefbook.analyse.customers import Customers, customers
from briefbook.analyse.facts import record_facts
from briefbook.analyse.finance import Year, years
from briefbook.analyse.industries import (
    PainMatrix,
    PainRow,
    RollUp,
    definitions,
    pain_matrix,
    roll_ups,
)
from briefbook.analyse.investment import Investment, investment
from briefbook.analyse.market import MarketFigures, market_figures
from briefbook.analyse.neighbours import Neighbour, neighbours
from briefbook.analyse.people import DecisionChain
from briefbook.analyse.plan_totals import PlanTotals, plan_totals
from briefbook.analyse.plans import PlanState
from briefbook.analyse.quality import Quality, quality
from briefbook.analyse.ready import Ready, Seen, ready
from briefbook.analyse.reminders import Reminder, reminders
from briefbook.analyse.results import Class, Due, FactUse, Fit, Standing
from briefbook.analyse.signs import Sign
from briefbook.analyse.strategies import Strategies, strategy_uses
from briefbook.analyse.team import Found, Team, team
from briefbook.analyse.tree import IndustryTree, industry_tree
from briefbook.analyse.turns import Turns, turns
from briefbook.load import Content
from briefbook.memory import Calls

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Results:
    """What is computed of a Book on one day.

    `letters` and `contributions` are those of `standings`: many pages show of an account no more.
    """

    today: date
    tree: IndustryTree
    industries: Mapping[str, RollUp]
    pains: PainMatrix
    pains_of: Mapping[str, tuple[PainRow, ...]]
    markets: Mapping[str, MarketFigures]
    standings: Mapping[str, Standing]
    letters: Mapping[str, Class | None]
    contributions: Mapping[str, Decimal | None]
    fits: Mapping[str, Fit]
    important: frozenset[str]
    dues: tuple[Due, ...]
    facts: tuple[FactUse, ...]
    accounts_in: Mapping[str, tuple[str, ...]]
    dues_of: Mapping[str, tuple[Due, ...]]
    source_uses: Mapping[tuple[str, str], tuple[FactUse, ...]]
    customers: Customers
    years: Mapping[str, tuple[Year, ...]]
    investment: Investment
    strategies: Strategies
    plans: Mapping[str, PlanState]
    plan_totals: PlanTotals
    signs: Mapping[str, tuple[Sign, ...]]
    team: Team
    reminders: tuple[Reminder, ...]
    complete: Mapping[str, Completeness]
    people: Mapping[str, DecisionChain]
    neighbours: Mapping[str, tuple[Neighbour, ...]]
    facts_of: Mapping[tuple[str, str], tuple[FactUse, ...]]
    chains: Mapping[str, ChainStudy]
    joined: Joined
    stands: Mapping[str, tuple[Place, ...]]
    business: Mapping[str, WeakestLink]
    stock: Stock
    mentions: Mapping[str, tuple[Mention, ...]]
    capabilities: Mapping[str, Capable]
    quality: Quality
    ready: Ready
    turns: Turns

    @property
    def stale(self) -> tuple[FactUse, ...]:
        """Facts that are stale, the longest first."""
        late = [fact for fact in self.facts if fact.stale_since]
        return tuple(sorted(late, key=lambda fact: (fact.stale_since, fact.record, str(fact.path))))


def analyse(content: Content, today: date, calls: Calls | None = None) -> Results:
    """Every result of the content on the day `today`."""
    book = content.book.value
    calls, strategies = calls or Calls(), tuple(content.strategies.values())
    own = {
        id: calls.of(alone, record, book, strategies, content.sources, today, calls)
        for id, record in content.accounts.items()
    }
    standings = {id: one.standing for id, one in own.items()}
    tree = industry_tree(content.industries)
    found = tuple(
        fact
        for record in content.records()
        for fact in (
            own[record.id].facts
            if record.kind == "account"
            else calls.of(record_facts, record, content.sources, book, today)
        )
    )
    studies = chains(content, standings)
    accounts_in = _grouped((record.value.industry, id) for id, record in content.accounts.items())
    rolled = roll_ups(content.industries, tree, accounts_in, standings)
    pains = pain_matrix(content.industries, rolled, tuple(book.capabilities))
    dues = tuple(sorted((due for one in own.values() for due in one.dues), key=order))
    chosen = frozenset(id for id, one in own.items() if one.important)
    fits = {id: one.fit for id, one in own.items()}
    plans = {id: one.plan for id, one in own.items() if one.plan}
    warnings = {id: one.signs for id, one in own.items()}
    people = {id: one.people for id, one in own.items() if one.people}
    complete = {id: one.complete for id, one in own.items()}
    known = _grouped((one.record, one) for one in found)
    reminded = reminders(content, standings, plans, today)
    met = ready(content, Seen(standings, fits, people, known, reminded))
    return Results(
        today=today,
        tree=tree,
        industries=rolled,
        pains=pains,
        pains_of=_grouped((row.industry, row) for row in pains.rows),
        markets={
            id: market_figures(record.value, book) for id, record in content.industries.items()
        },
        standings=standings,
        letters={id: one.letter for id, one in standings.items()},
        contributions={id: one.contribution for id, one in standings.items()},
        fits=fits,
        important=chosen,
        dues=dues,
        facts=found,
        accounts_in=accounts_in,
        dues_of=_grouped((one.account, one) for one in dues),
        customers=customers(content, standings, tree, today),
        years={
            f"{kind}/{id}": calls.of(years, record.value.finance, book)
            for kind in ("account", "company")
            for id, record in content.of(kind).items()
            if record.value.finance
        },
        investment=investment(content.accounts, standings, book, today),
        strategies=strategy_uses(content.accounts, content.strategies, standings, fits),
        plans=plans,
        plan_totals=plan_totals(content.accounts, standings, chosen, plans, dues, book, today),
        signs=warnings,
        team=team(content, Found(standings, plans, warnings, dues, found), today),
        reminders=reminded,
        people=people,
        neighbours=neighbours(content.accounts, calls),
        facts_of=known,
        complete=complete,
        source_uses=_uses(content, (*definitions(content.industries), *found)),
        chains=studies,
        joined=joined(content, {id: one.shape for id, one in studies.items()}, standings),
        stands=stands(content),
        business=weakest_links(content),
        stock=stock(content),
        mentions=mentions(content),
        capabilities=capabilities(content, standings, pains.rows),
        quality=quality(content, standings, chosen, complete, people, found),
        ready=met,
        turns=turns(content, standings, chosen, met, today),
    )


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> Mapping[Key, tuple[Value, ...]]:
    groups: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _uses(
    content: Content, found: tuple[FactUse, ...]
) -> Mapping[tuple[str, str], tuple[FactUse, ...]]:
    """Facts by source; the key is (file's record id or "", source id), "" for the registry."""
    return _grouped(
        ((_owner(content, fact.record, source), source), fact)
        for fact in found
        for source in fact.sources
    )


def _owner(content: Content, record: tuple[str, str], source: str) -> str:
    kind, id = record
    return f"{kind}/{id}" if source in content.of(kind)[id].value.sources else ""
