"""Chosen accounts and hand edits in, the ideal customer and every account's fit to it out.

Rule 17; the fields are those of the TMS article, lines 28 to 36. A name is no pattern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles
from typing import Literal

from briefbook.analyse.money import in_book
from briefbook.analyse.tree import IndustryTree
from briefbook.model import Account, Book
from briefbook.model.book import CountTiers, IdealCustomer
from briefbook.quantity import Quantity

Tier = Literal["large", "medium", "small"]
Field = Literal[
    "industry", "type", "size", "place", "annual_revenue", "market_position", "growth"
]  # fmt: skip
Verdict = Literal["matches", "differs", "unknown"]
Counts = tuple[tuple[str, int], ...]
WORDS: tuple[Field, ...] = ("industry", "type", "size", "place", "market_position")
AMOUNTS: tuple[Field, ...] = ("annual_revenue", "growth")
FIELDS: tuple[Field, ...] = (
    "industry", "type", "size", "place", "annual_revenue", "market_position", "growth",
)  # fmt: skip
TIED = 3
"""More values than these that are equally common are no pattern."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What an account says of itself; money in the book's currency, growth in percent.

    `industry` is the way from the top of the tree down to the account's own.
    """

    industry: tuple[str, ...]
    type: str | None
    size: Tier | None
    place: str | None
    region: str | None
    market_position: str | None
    annual_revenue: Decimal | None
    growth: Decimal | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One field of the ideal customer: words of which one is wanted, or bounds that belong to it.

    `counts` and `quartiles` (low, median, high) are what the chosen accounts say, of which `known`
    say anything; they stay beside a value that was written by hand. `above` is true where no
    industry but a wider one is common.
    """

    field: Field
    values: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    known: int = 0
    counts: Counts = ()
    quartiles: tuple[Decimal, Decimal, Decimal] | None = None
    by_hand: bool = False
    above: bool = False

    @property
    def asks(self) -> bool:
        """Whether there is anything to compare with."""
        return bool(self.values) or self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Ideal:
    """The ideal customer: a pattern a field, and the region where one was written by hand."""

    patterns: tuple[Pattern, ...]
    regions: Counts
    region: str | None

    @property
    def asked(self) -> tuple[Field, ...]:
        """The fields that accounts are compared in."""
        return tuple(
            one.field
            for one in self.patterns
            if one.asks or (one.field == "place" and self.region is not None)
        )


@dataclass(frozen=True, slots=True)
class CustomerFit:
    """How an account fits the ideal customer, field by field."""

    account: str
    prospect: bool
    matches: tuple[Field, ...]
    differs: tuple[Field, ...]
    unknown: tuple[Field, ...]

    @property
    def share(self) -> Decimal | None:
        """Matching fields / fields of the profile; what is not known matches nothing yet."""
        asked = len(self.matches) + len(self.differs) + len(self.unknown)
        return Decimal(len(self.matches)) / asked if asked else None


def stated(account: Account, book: Book, tree: IndustryTree) -> Stated:
    """What the profile of an account says, as far as it can be compared."""
    profile = account.profile
    industry = tree.path.get(account.industry, (account.industry,))
    if profile is None:
        return Stated(industry, None, None, None, None, None, None, None)
    revenue = profile.annual_revenue
    return Stated(
        industry=industry,
        type=profile.type,
        size=size_tier(account, book.tiers.customer_size),
        place=profile.country,
        region=profile.region,
        market_position=profile.market_position,
        annual_revenue=in_book(revenue.value, book) if revenue else None,
        growth=profile.growth.value.number if profile.growth else None,
    )


def size_tier(account: Account, tiers: CountTiers) -> Tier | None:
    """Size by employees; the size that the profile names where they are not known."""
    profile = account.profile
    if profile is None:
        return None
    if profile.employees is None:
        return profile.size  # a choice of the same words
    return tier_by_employees(profile.employees.value, tiers)


def tier_by_employees(employees: Quantity, tiers: CountTiers) -> Tier:
    """The tier of a number of employees; "under 200" is below 200, a threshold opens its tier."""

    def reaches(limit: Decimal) -> bool:
        if employees.qualifier == "under":
            return employees.number > limit
        return employees.number >= limit

    if reaches(tiers.large.number):
        return "large"
    return "medium" if reaches(tiers.medium.number) else "small"


def counted(values: Iterable[str | None]) -> Counts:
    """Values with how often they occur, the most common first; capitals make no difference."""
    spelled: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for value in values:
        if value is not None:
            key = value.casefold()
            counts[spelled.setdefault(key, value)] += 1
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def leading(counts: Counts, chosen: int) -> tuple[str, ...]:
    """The most common value, several where they tie; none where no two of the chosen agree."""
    if not counts or (counts[0][1] < 2 and chosen > 1):
        return ()
    tied = tuple(value for value, count in counts if count == counts[0][1])
    return tied if len(tied) <= TIED else ()


def quartiles(amounts: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Lower quartile, median, upper quartile, interpolated (Hyndman and Fan 1996, type 7)."""
    if len(amounts) < 2:
        return None
    low, _, high = quantiles(amounts, n=4, method="inclusive")
    return low, median(amounts), high


def ideal(chosen: Sequence[Stated], hand: IdealCustomer | None, book: Book) -> Ideal:
    """The ideal customer that the chosen accounts have in common, with hand edits over it."""
    drawn = {field: _words(chosen, field) for field in WORDS}
    drawn |= {field: _amounts(chosen, field) for field in AMOUNTS}
    edits = _edits(hand, book)
    patterns = tuple(edits[field](drawn[field]) if field in edits else drawn[field]
                     for field in FIELDS)  # fmt: skip
    here = {value.casefold() for value in drawn["place"].values}
    regions = counted(one.region for one in chosen if (one.place or "").casefold() in here)
    return Ideal(patterns, regions, hand.region if hand else None)


def _words(chosen: Sequence[Stated], field: Field) -> Pattern:
    if field == "industry":
        return _industry(chosen)
    counts = counted(getattr(one, field) for one in chosen)
    known = sum(count for _, count in counts)
    return Pattern(field, leading(counts, len(chosen)), known=known, counts=counts)


def _industry(chosen: Sequence[Stated]) -> Pattern:
    """The common industry; where all differ, the common one at the top of the tree."""
    own = counted(one.industry[-1] for one in chosen)
    top = counted(one.industry[0] for one in chosen)
    wider = not leading(own, len(chosen)) and bool(leading(top, len(chosen)))
    counts = top if wider else own
    return Pattern("industry", leading(counts, len(chosen)), known=len(chosen), counts=counts,
                   above=wider)  # fmt: skip


def _amounts(chosen: Sequence[Stated], field: Field) -> Pattern:
    known = [value for one in chosen if (value := getattr(one, field)) is not None]
    found = quartiles(known)
    low, high = (found[0], found[2]) if found else (None, None)
    return Pattern(field, low=low, high=high, known=len(known), quartiles=found)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What was written by hand of one field."""

    values: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    def __call__(self, drawn: Pattern) -> Pattern:
        """The pattern with the hand's values; what the accounts say stays beside them."""
        return Pattern(drawn.field, self.values, self.low, self.high, drawn.known, drawn.counts,
                       drawn.quartiles, by_hand=True, above=drawn.above)  # fmt: skip


def _edits(hand: IdealCustomer | None, book: Book) -> Mapping[Field, _Edit]:
    if hand is None:
        return {}
    words: tuple[tuple[Field, tuple[str | None, ...]], ...] = (
        ("industry", hand.industry), ("type", (hand.type,)), ("size", (hand.size,)),
        ("place", (hand.country,)), ("market_position", (hand.market_position,)),
    )  # fmt: skip
    found = {field: _Edit(kept) for field, values in words if (kept := tuple(filter(None, values)))}
    if revenue := hand.annual_revenue:
        bounds = (in_book(one, book) if one else None for one in (revenue.from_, revenue.to))
        found["annual_revenue"] = _Edit((), *bounds)
    if growth := hand.growth:
        limits = (one.number if one else None for one in (growth.from_, growth.to))
        found["growth"] = _Edit((), *limits)
    return found


def customer_fit(id: str, one: Stated, prospect: bool, profile: Ideal) -> CustomerFit:
    """Each field of the profile that the account matches, that differs, and that is not known."""
    found: dict[Verdict, list[Field]] = {"matches": [], "differs": [], "unknown": []}
    asked = profile.asked
    for pattern in profile.patterns:
        if pattern.field in asked:
            region = profile.region if pattern.field == "place" else None
            found[_verdict(one, pattern, region)].append(pattern.field)
    return CustomerFit(id, prospect, *(tuple(found[name]) for name in found))


def _verdict(one: Stated, pattern: Pattern, region: str | None) -> Verdict:
    if pattern.field == "industry":
        return "matches" if set(one.industry) & set(pattern.values) else "differs"
    if pattern.field in AMOUNTS:
        return _within(getattr(one, pattern.field), pattern)
    if pattern.field == "place" and region is not None:
        return _both(_among(one.place, pattern.values), _among(one.region, (region,)))
    return _among(getattr(one, pattern.field), pattern.values)


def _within(value: Decimal | None, pattern: Pattern) -> Verdict:
    if value is None:
        return "unknown"
    above = pattern.low is None or value >= pattern.low
    below = pattern.high is None or value <= pattern.high
    return "matches" if above and below else "differs"


def _among(value: str | None, wanted: tuple[str, ...]) -> Verdict:
    if not wanted:
        return "matches"
    if value is None:
        return "unknown"
    return "matches" if value.casefold() in {one.casefold() for one in wanted} else "differs"


def _both(country: Verdict, region: Verdict) -> Verdict:
    if "differs" in {country, region}:
        return "differs"
    return "unknown" if "unknown" in {country, region} else "matches"
