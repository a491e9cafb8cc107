"""Results in, the rows of every table under `/data/` out: nothing confidential, nothing personal.

Of people only what the work needs is given: no behaviour, experience, education, personality, age
or gender, whatever a book allows on pages. Confidential findings are in no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefbook.analyse.closeness import Standing
from briefbook.analyse.deals import bant, is_open
from briefbook.analyse.due import next_review
from briefbook.analyse.money import in_book
from briefbook.analyse.plans import plan_required
from briefbook.links import address
from briefbook.model import Account
from briefbook.model.account import Opportunity
from briefbook.model.people import Person
from briefbook.pages.here import Site
from briefbook.pages.table_csv import Type
from briefbook.quantity import Quantity

MONEY = "currency"
"""Stands for the book's currency, a rate as a year's sum."""
SHARE = "of-1"
SCALE = "scale"
Row = tuple[Any, ...]
Columns = tuple[tuple[str, Type] | tuple[str, Type, str], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A table: name, type and unit of its columns, how many rows it has, and the rows."""

    columns: Columns
    count: Callable[[Site], int]
    rows: Callable[[Site], Iterator[Row]]


ACCOUNTS: Columns = (
    ("id", "id"), ("name", "text"), ("page", "text"), ("crm_id", "text"), ("sample", "yes-no"),
    ("class", "id"), ("important", "yes-no"), ("focus", "yes-no"),
    ("contribution", "number", MONEY), ("contribution_year", "integer"),
    ("contribution_before", "number", MONEY), ("potential", "number", MONEY),
    ("share", "number", SHARE), ("contribution_level", "id"), ("potential_level", "id"),
    ("industry", "id"), ("country", "text"), ("region", "text"), ("language", "id"),
    ("size", "id"), ("employees", "number"), ("annual_revenue", "number", MONEY),
    ("market_position", "id"), ("parent", "id"), ("owner", "id"), ("team", "text"),
    ("lifecycle", "id"), ("strategy", "id"), ("strategy_fits", "yes-no"), ("tactics", "list"),
    ("uses", "list"), ("customer_since", "date"), ("contract_until", "date"), ("health", "id"),
    ("signs", "list"), ("last_talk", "date"), ("plan_year", "integer"), ("plan_asked", "yes-no"),
    ("next_review", "date"), ("overdue", "integer"), ("fields", "integer"),
    ("fields_expected", "integer"), ("stale", "integer"), ("unsourced", "integer"),
    ("people", "integer"), ("unverified", "integer"),
)  # fmt: skip


def _accounts(site: Site) -> Iterator[Row]:
    for id in site.content.accounts:
        yield (
            *_standing(site, id),
            *_described(site, id),
            *_managed(site, id),
            *_quality(site, id),
        )


def _standing(site: Site, id: str) -> Row:
    record, place = site.content.accounts[id], site.results.standings[id]
    account = record.value
    year = place.year[-4:]
    return (
        id, record.name, address("account", id), account.crm_id, account.sample,
        place.letter and place.letter.upper(), id in site.results.important, bool(account.focus),
        place.contribution, int(year) if year.isdigit() else None, place.before, place.potential,
        place.share and round(place.share, 6), place.level, place.potential_level,
    )  # fmt: skip


def _described(site: Site, id: str) -> Row:
    account = site.content.accounts[id].value
    profile, book = account.profile, site.content.book.value
    people = profile and profile.employees and profile.employees.value.number
    revenue = profile and profile.annual_revenue and in_book(profile.annual_revenue.value, book)
    return (
        account.industry, profile and profile.country, profile and profile.region,
        account.language, profile and profile.size, people, revenue,
        profile and profile.market_position, account.parent,
    )  # fmt: skip


def _managed(site: Site, id: str) -> Row:
    account, results = site.content.accounts[id].value, site.results
    book = site.content.book.value
    team = book.team.get(account.owner or "")
    talks = [one.date.date for one in account.contacts if one.date.date <= results.today]
    asked = plan_required(results.standings[id].letter, important=id in results.important)
    return (
        account.owner, team and team.team,
        account.lifecycle, account.strategy and account.strategy.is_, results.fits[id].fits,
        tuple(dict.fromkeys(one.tactic for one in account.tactics)), tuple(account.uses),
        account.customer_since and account.customer_since.date,
        account.contract and account.contract.until and account.contract.until.date,
        account.health and account.health.is_,
        tuple(dict.fromkeys(one.kind for one in results.signs[id])), max(talks, default=None),
        account.plan and account.plan.year, asked, next_review(account, book, results.today),
        sum(one.overdue for one in results.dues_of.get(id, ())),
    )  # fmt: skip


def _quality(site: Site, id: str) -> Row:
    one = site.results.quality.accounts[id]
    return one.have, one.expected, one.stale, one.unsourced, one.people, one.unverified


OPPORTUNITIES: Columns = (
    ("account", "id"), ("id", "id"), ("name", "text"), ("stage", "id"), ("open", "yes-no"),
    ("value", "number", MONEY), ("opened", "date"), ("captured", "date"), ("expected", "date"),
    ("signed", "date"), ("lost", "date"), ("received", "number", MONEY), ("answers", "list"),
    ("offers", "list"), ("competitors", "list"), ("budget", "id"), ("authority", "id"),
    ("need", "id"), ("timeline", "id"), ("weakest", "id"), ("prospect", "yes-no"),
)  # fmt: skip


def _opportunities(site: Site) -> Iterator[Row]:
    for id, account in _each(site):
        for key, deal in account.opportunities.items():
            yield id, key, deal.name, deal.stage, is_open(deal), *_deal(site, deal)


def _deal(site: Site, deal: Opportunity) -> Row:
    book = site.content.book.value
    judged = bant(deal, book)
    paid = [in_book(one.amount, book) for one in deal.received]
    known = [one for one in paid if one is not None]
    days = (deal.opened, deal.captured, deal.expected, deal.signed, deal.lost)
    return (
        in_book(deal.value, book) if deal.value else None, *(day and day.date for day in days),
        sum(known, Decimal(0)) if known else None, deal.answers, deal.offers, deal.competitors,
        *(one.verdict for one in judged.letters), judged.weakest, judged.prospect,
    )  # fmt: skip


PEOPLE: Columns = (
    ("account", "id"), ("id", "id"), ("name", "text"), ("title", "text"), ("department", "text"),
    ("reports_to", "id"), ("steps", "integer"), ("roles", "list"), ("stance", "id"),
    ("influence", "id"), ("relation_now", "integer", SCALE), ("relation_target", "integer", SCALE),
    ("solution_now", "integer", SCALE), ("solution_target", "integer", SCALE),
    ("price_now", "integer", SCALE), ("price_target", "integer", SCALE),
    ("closeness_now", "number", SCALE), ("closeness_target", "number", SCALE), ("left", "yes-no"),
    ("verified", "date"), ("verified_stale", "yes-no"),
)  # fmt: skip


def _people(site: Site) -> Iterator[Row]:
    for id, account in _each(site):
        for key, one in account.people.items():
            yield id, *_person(key, one, site.results.people[id].people[key])


def _person(id: str, one: Person, place: Standing) -> Row:
    measures = [
        side
        for each in (one.relation, one.solution, one.price)
        for side in ((each.now, each.target) if each else (None, None))
    ]
    close = [side and round(side, 2) for side in (place.closeness.now, place.closeness.target)]
    return (
        id, one.name, one.title, one.department, one.reports_to, place.distance, one.roles,
        one.stance, one.influence, *measures, *close, place.gone, place.verified, place.old,
    )  # fmt: skip


FACTS: Columns = (
    ("kind", "id"), ("record", "id"), ("path", "text"), ("text", "text"), ("freshness", "id"),
    ("sources", "list"), ("dated", "date"), ("stale_since", "date"),
)  # fmt: skip


def _facts(site: Site) -> Iterator[Row]:
    for one in site.results.facts:
        path = ".".join(map(str, one.path))
        yield (*one.record, path, one.text, one.kind, one.sources, one.dated, one.stale_since)


PAINS: Columns = (
    ("industry", "id"), ("id", "id"), ("pain", "text"), ("severity", "id"), ("answered_by", "list"),
    ("accounts", "integer"), ("brought", "number", MONEY),
)  # fmt: skip


def _pains(site: Site) -> Iterator[Row]:
    found = {(one.industry, one.id): one for one in site.results.pains.rows}
    for industry, record in site.content.industries.items():
        for id, pain in record.value.pains.items():
            row = found[industry, id]
            yield (
                industry, id, pain.pain, pain.severity, pain.answered_by, row.accounts, row.brought,
            )  # fmt: skip


FLOWS: Columns = (
    ("industry", "id"), ("from", "id"), ("to", "id"), ("what", "text"), ("pain", "text"),
    ("severity", "id"), ("opportunity", "text"), ("answered_by", "list"), ("flow_value", "text"),
    ("sources", "list"),
)  # fmt: skip


def _flows(site: Site) -> Iterator[Row]:
    for industry, record in site.content.industries.items():
        chain = record.value.value_chain
        for one in chain.flows if chain else ():
            value = one.value.value if one.value else None
            text = value.text if isinstance(value, Quantity) else value
            yield (
                industry, one.from_, one.to, one.what, one.pain, one.severity, one.opportunity,
                one.answered_by, text, one.source,
            )  # fmt: skip


REVIEWS: Columns = (
    ("account", "id"), ("owner", "id"), ("plan_year", "integer"), ("review_due", "date"),
    ("held", "date"), ("rating", "id"), ("review_overdue", "yes-no"), ("summary", "text"),
)  # fmt: skip


def _reviews(site: Site) -> Iterator[Row]:
    for id, state in site.results.plans.items():
        owner = site.content.accounts[id].value.owner
        for one in state.reviews:
            held = one.review
            yield (
                id, owner, state.year, one.day, held and held.date.date, held and held.rating,
                one.overdue, held and held.summary,
            )  # fmt: skip


COUNTERS: Columns = (
    ("account", "id"), ("owner", "id"), ("plan_year", "integer"), ("counter", "id"),
    ("quarter", "integer"), ("running", "yes-no"), ("target", "number"), ("actual", "number"),
    ("authored", "number"),
)  # fmt: skip


def _counters(site: Site) -> Iterator[Row]:
    for id, state in site.results.plans.items():
        owner = site.content.accounts[id].value.owner
        for counter in state.counters:
            for one in counter.quarters:
                yield (
                    id, owner, state.year, counter.name, one.number, one.running, one.target,
                    one.actual, one.authored,
                )  # fmt: skip


def _each(site: Site) -> Iterator[tuple[str, Account]]:
    return ((id, record.value) for id, record in site.content.accounts.items())


def _quarters(site: Site) -> int:
    return sum(len(one.quarters) for state in site.results.plans.values() for one in state.counters)


TABLES: Mapping[str, Kind] = {
    "accounts": Kind(ACCOUNTS, lambda site: len(site.content.accounts), _accounts),
    "opportunities": Kind(
        OPPORTUNITIES,
        lambda site: sum(len(one.opportunities) for _, one in _each(site)),
        _opportunities,
    ),
    "people": Kind(PEOPLE, lambda site: sum(len(one.people) for _, one in _each(site)), _people),
    "facts": Kind(FACTS, lambda site: len(site.results.facts), _facts),
    "pains": Kind(PAINS, lambda site: len(site.results.pains.rows), _pains),
    "flows": Kind(FLOWS, lambda site: sum(1 for _ in _flows(site)), _flows),
    "reviews": Kind(
        REVIEWS,
        lambda site: sum(len(one.reviews) for one in site.results.plans.values()),
        _reviews,
    ),
    "counters": Kind(COUNTERS, _quarters, _counters),
}
"""Every table by name."""
