"""Accounts, their standings and the book in, whom to serve out: tiers, source, ranking, profile.

Rules 16 and 17; the six steps are those of the TMS article, lines 12 to 43.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Literal

from briefbook.analyse.buyers import ATTRIBUTES, PERSONAL, Buyer, buyer, deciders, values
from briefbook.analyse.money import in_book
from briefbook.analyse.profile_fit import (
    CustomerFit,
    Ideal,
    Stated,
    Tier,
    customer_fit,
    ideal,
    stated,
)
from briefbook.analyse.results import Standing
from briefbook.analyse.tree import IndustryTree
from briefbook.load import Content
from briefbook.model import Account, Book

TIERS: tuple[Tier, ...] = ("large", "medium", "small")
CLEAR = Decimal("0.10")
"""Rule 16: a tier leads clearly with this much more of the revenue than the next."""
FEW = Decimal("0.20")
"""A field that a smaller share of accounts fills is one that nobody uses (requirement 20)."""
LEAST = 3
"""The profile is drawn from this many accounts at least, where there are as many."""
_PROFILE = (
    "type", "size", "employees", "country", "region", "annual_revenue", "market_position",
    "growth", "founded",
)  # fmt: skip
Known = Tier | None


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts of one tier (None: not known), and what they bring in the book's currency.

    `revenue_share` is of the revenue of all, None where that is not positive; `unpriced` counts
    accounts whose contribution is not known.
    """

    tier: Known
    accounts: int
    account_share: Decimal
    revenue: Decimal
    revenue_share: Decimal | None
    unpriced: int


@dataclass(frozen=True, slots=True)
class Source:
    """Rule 16: the tier to serve. `lead` is the first tier's share less the next one's."""

    tier: Known
    reason: Literal["clear", "close", "no-revenue"]
    first: Known
    second: Known
    lead: Decimal | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account in the ranking: median days of its signed deals, contribution, customer since."""

    account: str
    rank: int
    days: Decimal | None
    contribution: Decimal | None
    since: date | None


@dataclass(frozen=True, slots=True)
class Unused:
    """Fields that hardly an account fills, with how many do; attributes that no buyer has."""

    profile: tuple[tuple[str, int], ...]
    buyer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Customers:
    """Whom to serve, and why."""

    by_revenue: tuple[Group, ...]
    by_size: tuple[Group, ...]
    cross: Mapping[tuple[Known, Known], tuple[int, Decimal]]
    revenue_tier: Mapping[str, Known]
    size_tier: Mapping[str, Known]
    year: str
    earlier: int
    source: Source
    ranked: tuple[Candidate, ...]
    unranked: tuple[str, ...]
    chosen: tuple[str, ...]
    ideal: Ideal
    buyer: Buyer
    unused: Unused
    said: Mapping[str, Stated]
    fits: tuple[CustomerFit, ...]
    focus: tuple[str, ...]


def customers(
    content: Content, standings: Mapping[str, Standing], tree: IndustryTree, today: date
) -> Customers:
    """Everything about whom to serve, in one walk over the accounts a question."""
    book = content.book.value
    accounts = {id: record.value for id, record in content.accounts.items()}
    said = {id: stated(one, book, tree) for id, one in accounts.items()}
    paid = {id: standings[id].contribution for id in accounts}
    revenue_tier = {id: revenue_tier_of(amount, book) for id, amount in paid.items()}
    size = {id: one.size for id, one in said.items()}
    by_revenue = _groups(revenue_tier, paid)
    source = _source(by_revenue, book)
    candidates = [id for id in accounts if source.tier in {None, revenue_tier[id]}]
    ranked, unranked = ranking(candidates, accounts, paid, book.goal, today)
    chosen = tuple(one.account for one in ranked[: how_many(len(ranked), book.focus_cap)])
    profile = ideal([said[id] for id in chosen], book.ideal_customer, book)
    latest = max((place.year for place in standings.values()), default="")
    return Customers(
        by_revenue=by_revenue,
        by_size=_groups(size, paid),
        cross=_cross(size, revenue_tier, paid),
        revenue_tier=revenue_tier,
        size_tier=size,
        year=latest,
        earlier=sum(1 for place in standings.values() if place.year and place.year != latest),
        source=source,
        ranked=ranked,
        unranked=unranked,
        chosen=chosen,
        ideal=profile,
        buyer=buyer([accounts[id] for id in chosen], today, book.personal_attributes.allowed),
        unused=_unused(accounts, book, today),
        said=said,
        fits=_fits(accounts, said, paid, profile),
        focus=_by_amount((id for id, one in accounts.items() if one.focus), paid),
    )


def revenue_tier_of(amount: Decimal | None, book: Book) -> Known:
    """The tier of what an account brings in a year; None where it, or the limit, is not known."""
    limits = book.tiers.revenue
    large, medium = in_book(limits.large, book), in_book(limits.medium, book)
    if amount is None or large is None or medium is None:
        return None
    if amount >= large:
        return "large"
    return "medium" if amount >= medium else "small"


def _groups(tier: Mapping[str, Known], paid: Mapping[str, Decimal | None]) -> tuple[Group, ...]:
    total = sum((amount for amount in paid.values() if amount is not None), Decimal(0))
    groups: dict[Known, list[Decimal | None]] = {one: [] for one in (*TIERS, None)}
    for id, one in tier.items():
        groups[one].append(paid[id])
    return tuple(_group(one, amounts, total, len(tier)) for one, amounts in groups.items())


def _group(tier: Known, amounts: list[Decimal | None], total: Decimal, accounts: int) -> Group:
    known = [amount for amount in amounts if amount is not None]
    revenue = sum(known, Decimal(0))
    return Group(
        tier=tier,
        accounts=len(amounts),
        account_share=Decimal(len(amounts)) / accounts if accounts else Decimal(0),
        revenue=revenue,
        revenue_share=revenue / total if total > 0 else None,
        unpriced=len(amounts) - len(known),
    )


def _cross(
    size: Mapping[str, Known], tier: Mapping[str, Known], paid: Mapping[str, Decimal | None]
) -> Mapping[tuple[Known, Known], tuple[int, Decimal]]:
    """Accounts and revenue by size of the company and size of the revenue."""
    counts: Counter[tuple[Known, Known]] = Counter()
    sums: dict[tuple[Known, Known], Decimal] = {}
    for id, amount in paid.items():
        cell = size[id], tier[id]
        counts[cell] += 1
        sums[cell] = sums.get(cell, Decimal(0)) + (amount or Decimal(0))
    return {cell: (count, sums[cell]) for cell, count in counts.items()}


def _source(groups: tuple[Group, ...], book: Book) -> Source:
    shares = [(one.revenue_share, one.tier) for one in groups if one.tier is not None]
    known = [(share, tier) for share, tier in shares if share is not None]
    if not known or not any(one.accounts for one in groups if one.tier):
        return Source(book.tiers.aim, "no-revenue", None, None, None)
    (most, first), (next_, second) = sorted(known, key=lambda one: -one[0])[:2]
    if most - next_ >= CLEAR:
        return Source(first, "clear", first, second, most - next_)
    return Source(book.tiers.aim, "close", first, second, most - next_)


def deal_days(account: Account) -> Decimal | None:
    """Median days from opened to signed of the signed deals that carry both dates."""
    days = [
        (one.signed.date - one.opened.date).days
        for one in account.opportunities.values()
        if one.stage in {None, "signed"} and one.signed and one.opened
    ]
    known = [Decimal(each) for each in days if each >= 0]
    return median(known) if known else None


def customer_since(account: Account, today: date) -> date | None:
    """Since when it is a customer; a day to come is none."""
    since = account.customer_since
    return since.date if since and since.date <= today else None


def measured(id: str, account: Account, paid: Decimal | None, today: date) -> Candidate:
    """What every goal would rank an account by; its rank is still 0."""
    return Candidate(id, 0, deal_days(account), paid, customer_since(account, today))


def ranking(
    ids: Iterable[str], accounts: Mapping[str, Account], paid: Mapping[str, Decimal | None],
    goal: str, today: date,
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:  # fmt: skip
    """Accounts in the order of the goal, equal ones with an equal rank; those without its field."""
    found: list[Candidate] = []
    without: list[Candidate] = []
    for id in ids:
        one = measured(id, accounts[id], paid[id], today)
        (found if sort_key(one, goal) is not None else without).append(one)
    found.sort(key=lambda one: (sort_key(one, goal), -(one.contribution or 0), one.account))
    ranked: list[Candidate] = []
    for place, one in enumerate(found, 1):
        same = ranked and sort_key(ranked[-1], goal) == sort_key(one, goal)
        rank = ranked[-1].rank if same else place
        ranked.append(Candidate(one.account, rank, one.days, one.contribution, one.since))
    return tuple(ranked), _by_amount((one.account for one in without), paid)


def sort_key(one: Candidate, goal: str) -> Decimal | int | None:
    """Rule 17: what the goal ranks by, the smallest first; None where it is missing."""
    if goal == "speed":
        return one.days
    if goal == "loyalty":
        return one.since.toordinal() if one.since else None
    return -one.contribution if one.contribution is not None else None


def how_many(ranked: int, cap: int) -> int:
    """How many of the best-ranked the profile is drawn from: the better half, within bounds."""
    return min(max((ranked + 1) // 2, LEAST), cap, ranked)


def is_prospect(account: Account) -> bool:
    """No contract, nothing signed, and nothing brought in any year."""
    signed = any(one.signed or one.stage == "signed" for one in account.opportunities.values())
    table = account.value_to_us.contribution if account.value_to_us else {}
    brought = any(fact.value.number > 0 for fact in table.values())
    return not (account.contract or signed or brought)


def _fits(
    accounts: Mapping[str, Account], said: Mapping[str, Stated],
    paid: Mapping[str, Decimal | None], profile: Ideal,
) -> tuple[CustomerFit, ...]:  # fmt: skip
    """Fits, the best first; among equals fewer differences, then more contribution."""
    fits = [customer_fit(id, said[id], is_prospect(one), profile) for id, one in accounts.items()]
    fits.sort(key=lambda one: (-len(one.matches), len(one.differs), -(paid[one.account] or 0),
                               one.account))  # fmt: skip
    return tuple(fits)


def _by_amount(ids: Iterable[str], paid: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda id: (-(paid[id] or Decimal(0)), id)))


def _unused(accounts: Mapping[str, Account], book: Book, today: date) -> Unused:
    filled: Counter[str] = Counter(dict.fromkeys(_PROFILE, 0))
    for account in accounts.values():
        if profile := account.profile:
            filled.update(name for name in _PROFILE if getattr(profile, name) is not None)
            filled.update(f"extra.{name}" for name in profile.extra)
    few = [(name, count) for name, count in filled.items() if count < FEW * len(accounts)]
    people = deciders(tuple(accounts.values()), today)
    allowed = book.personal_attributes.allowed
    nobody = [name for name in ATTRIBUTES
              if people and (allowed or name not in PERSONAL)
              and not any(True for one in people for _ in values(one, name))]  # fmt: skip
    return Unused(tuple(sorted(few, key=lambda one: (one[1], one[0]))), tuple(nobody))
