"""Accounts and their results in, what each CSM, team and country brings and owes out.

Source: SimCRM article, lines 70 to 81: KPI and sales by country, employee and team.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from briefbook.analyse.due import year_start
from briefbook.analyse.money import in_book
from briefbook.analyse.pipeline import Pipeline, pipeline
from briefbook.analyse.plans import PlanState
from briefbook.analyse.results import Due, FactUse, Standing
from briefbook.analyse.signs import Sign
from briefbook.analyse.standing import last_full_year
from briefbook.analyse.sums import Sum, add_up
from briefbook.load import Content
from briefbook.model import Account, Book

DONE = frozenset({"done", "dropped"})


@dataclass(frozen=True, slots=True)
class Found:
    """Results of the accounts that the team's are made from."""

    standings: Mapping[str, Standing]
    plans: Mapping[str, PlanState]
    signs: Mapping[str, tuple[Sign, ...]]
    dues: tuple[Due, ...]
    facts: tuple[FactUse, ...]


@dataclass(frozen=True, slots=True)
class Kpis:
    """What a group of accounts brings; money in the book's currency, accounts by class.

    `grown` is the change as a share of 1, over the accounts of which both years are known.
    `signed` and `received` add up deals and payments of the running fiscal year, `talks` counts
    its talks; `held` and `owed` count reviews of the plans, whatever their year.
    """

    accounts: tuple[str, ...]
    letters: Mapping[str, int]
    revenue: Sum
    before: Sum
    grown: Decimal | None
    potential: Sum
    signed: Sum
    received: Sum
    talks: int
    held: int
    owed: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk of one of the team: things to do by who is in charge of them.

    `actions` counts open ones, with and without a day. The rest is of the accounts that they own:
    `silent` and `renewals` are pairs of a day and an account, the earliest first; `warned` are
    accounts with warning signs, the best class first; `stale` are facts to verify.
    """

    actions: int
    dues: tuple[Due, ...]
    silent: tuple[tuple[date, str], ...]
    renewals: tuple[tuple[date, str], ...]
    warned: tuple[str, ...]
    stale: tuple[FactUse, ...]

    @property
    def overdue(self) -> int:
        """How many things are late."""
        return sum(1 for one in self.dues if one.overdue)


@dataclass(frozen=True, slots=True)
class Team:
    """The team on a day. `year` is the one of revenue and working days, `running` the fiscal year.

    Groups stand by revenue, the largest first; "" is that of accounts without owner, of owners
    without team, of accounts without country, and stands last. `countries_of` has the accounts of
    each owner by country.
    """

    year: str
    running: int
    employees: Mapping[str, Kpis]
    teams: Mapping[str, Kpis]
    countries: Mapping[str, Kpis]
    countries_of: Mapping[str, Mapping[str, Kpis]]
    whole: Kpis
    desks: Mapping[str, Desk]
    pipeline: Pipeline


@dataclass(frozen=True, slots=True)
class _Row:
    """One account's part of all groups."""

    id: str
    letter: str
    revenue: Decimal | None
    before: Decimal | None
    potential: Decimal | None
    signed: tuple[Decimal | None, ...]
    received: tuple[Decimal | None, ...]
    talks: int
    held: int
    owed: int


def team(content: Content, found: Found, today: date) -> Team:
    """KPIs of every member, team and country, desks, and the deals that are open."""
    book, last = content.book.value, last_full_year(content.book.value, today)
    year = max((one.year for one in found.standings.values() if one.year), default=str(last))
    first = year_start(book, last + 1)
    rows = _ordered(
        _row(id, record.value, found, book, (year, first, today))
        for id, record in content.accounts.items()
    )
    owner = {id: record.value.owner or "" for id, record in content.accounts.items()}
    country = {id: _country(record.value) for id, record in content.accounts.items()}
    lead = {id: one.team or "" for id, one in book.team.items()}
    return Team(
        year=year,
        running=last + 1,
        employees=_grouped(rows, owner, book.team),
        teams=_grouped(rows, {id: lead.get(one, "") for id, one in owner.items()}),
        countries=_grouped(rows, country),
        countries_of={
            id: _grouped(some, country) for id, some in _by(rows, owner, book.team).items()
        },
        whole=_kpis(rows),
        desks=_desks(content, found, owner),
        pipeline=pipeline(content, year),
    )


def in_charge(one: Due, owner: Mapping[str, str]) -> str:
    """Who has to do it: whom the entry names, else the account's owner."""
    return one.owner or owner[one.account]


def _country(account: Account) -> str:
    return (account.profile.country if account.profile else None) or ""


def _row(id: str, account: Account, found: Found, book: Book, when: tuple[str, date, date]) -> _Row:
    year, first, today = when
    place, plan = found.standings[id], found.plans.get(id)
    revenue, before = _two_years(place, year)
    deals = account.opportunities.values()
    reviews = plan.reviews if plan else ()
    return _Row(
        id=id,
        letter=place.letter or "",
        revenue=revenue,
        before=before,
        potential=place.potential,
        signed=tuple(
            in_book(one.value, book) if one.value else None
            for one in deals
            if one.signed and first <= one.signed.date <= today
        ),
        received=tuple(
            in_book(paid.amount, book)
            for one in deals
            for paid in one.received
            if first <= paid.date.date <= today
        ),
        talks=sum(1 for one in account.contacts if first <= one.date.date <= today),
        held=sum(1 for one in reviews if one.review),
        owed=sum(1 for one in reviews if one.overdue),
    )


def _two_years(place: Standing, year: str) -> tuple[Decimal | None, Decimal | None]:
    """Contribution of the year and of the one before it."""
    if place.year == year:
        return place.contribution, place.before
    return None, place.contribution if place.year == str(int(year) - 1) else None


def _ordered(rows: Iterable[_Row]) -> list[_Row]:
    """By class, then by revenue; accounts without a class last."""
    return sorted(rows, key=lambda row: (row.letter or "z", -(row.revenue or 0), row.id))


def _grouped(
    rows: Iterable[_Row], key: Mapping[str, str], known: Iterable[str] = ()
) -> Mapping[str, Kpis]:
    made = {name: _kpis(some) for name, some in _by(rows, key, known).items()}
    order = sorted(made, key=lambda name: (not name, -(made[name].revenue.amount or 0), name))
    return {name: made[name] for name in order}


def _by(
    rows: Iterable[_Row], key: Mapping[str, str], known: Iterable[str] = ()
) -> Mapping[str, list[_Row]]:
    groups: defaultdict[str, list[_Row]] = defaultdict(list, {one: [] for one in known})
    for row in rows:
        groups[key[row.id]].append(row)
    return groups


def _kpis(rows: list[_Row]) -> Kpis:
    both = [
        (row.revenue, row.before)
        for row in rows
        if row.revenue is not None and row.before is not None
    ]
    now, then = (sum((pair[at] for pair in both), Decimal(0)) for at in (0, 1))
    return Kpis(
        accounts=tuple(row.id for row in rows),
        letters=Counter(row.letter for row in rows),
        revenue=add_up(row.revenue for row in rows),
        before=add_up(row.before for row in rows),
        grown=(now - then) / then if then > 0 else None,
        potential=add_up(row.potential for row in rows),
        signed=add_up(one for row in rows for one in row.signed),
        received=add_up(one for row in rows for one in row.received),
        talks=sum(row.talks for row in rows),
        held=sum(row.held for row in rows),
        owed=sum(row.owed for row in rows),
    )


def _desks(content: Content, found: Found, owner: Mapping[str, str]) -> Mapping[str, Desk]:
    actions = Counter(_open_actions(content, owner))
    dues: defaultdict[str, list[Due]] = defaultdict(list)
    silent: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    renewals: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    warned: defaultdict[str, list[str]] = defaultdict(list)
    stale: defaultdict[str, list[FactUse]] = defaultdict(list)
    for one in found.dues:
        dues[in_charge(one, owner)].append(one)
        if one.kind == "contract":
            renewals[owner[one.account]].append((one.day, one.account))
    for id, some in found.signs.items():
        if some:
            warned[owner[id]].append(id)
        silent[owner[id]] += [(day, id) for sign in some for day in _since(sign)]
    for fact in found.facts:
        if fact.stale_since and fact.record[0] == "account":
            stale[owner[fact.record[1]]].append(fact)

    def rank(id: str) -> tuple[str, int, str]:
        return (found.standings[id].letter or "z", -len(found.signs[id]), id)

    return {
        id: Desk(
            actions=actions[id],
            dues=tuple(dues[id]),
            silent=tuple(sorted(silent[id])),
            renewals=tuple(sorted(renewals[id])),
            warned=tuple(sorted(warned[id], key=rank)),
            stale=tuple(sorted(stale[id], key=_age)),
        )
        for id in dict.fromkeys((*content.book.value.team, *owner.values(), ""))
    }


def _since(sign: Sign) -> Iterator[date]:
    since = sign.why.numbers.get("since")
    if sign.kind == "silent" and isinstance(since, date):
        yield since


def _age(fact: FactUse) -> tuple[date, tuple[str, str], str]:
    return (fact.stale_since or date.max, fact.record, str(fact.path))


def _open_actions(content: Content, owner: Mapping[str, str]) -> Iterator[str]:
    """Who is in charge of each action that is open."""
    for id, record in content.accounts.items():
        if record.value.plan:
            for one in record.value.plan.actions.values():
                if one.status not in DONE and not one.done:
                    yield one.owner or owner[id]
