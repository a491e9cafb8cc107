"""Business models in, how each account stands beside its industry, link by link, out (rule 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from briefbook.analyse.money import in_book
from briefbook.analyse.results import Number, Why
from briefbook.load import Content
from briefbook.model.book import Book
from briefbook.model.parts import BusinessModel
from briefbook.quantity import Quantity

Link = Literal["acquisition", "conversion", "retention"]
LINKS: tuple[tuple[Link, str], ...] = (
    ("acquisition", "cost_per_customer"),
    ("conversion", "conversion_rate"),
    ("retention", "repurchase_rate"),
)
"""The three links in their order, each with the field that measures it (Maowen, l. 103-111)."""
ENOUGH = 2
"""Links known on both sides from which on there is a verdict."""


@dataclass(frozen=True, slots=True)
class LinkGap:
    """One link on both sides: costs in the book's currency, rates in percent.

    `gap` is (account - industry) / industry, signed so that worse is negative; None where a value
    is missing, where the industry's is not above zero, or where the two rates differ in period.
    """

    link: Link
    account: Decimal | None
    industry: Decimal | None
    gap: Decimal | None


@dataclass(frozen=True, slots=True)
class WeakestLink:
    """The three links, how many compare, and the one that is furthest behind, if any is."""

    links: tuple[LinkGap, ...]
    compared: int
    weakest: Link | None
    why: Why

    @property
    def enough(self) -> bool:
        """Whether enough links are known on both sides for a verdict."""
        return self.compared >= ENOUGH


def weakest_links(content: Content) -> Mapping[str, WeakestLink]:
    """The comparison of each account that has a business model, by id."""
    book, found = content.book.value, {}
    for id, record in content.accounts.items():
        model = record.value.business_model
        if model is None or model.applies is False:
            continue
        industry = content.industries.get(record.value.industry)
        other = industry.value.business_model if industry else None
        found[id] = weakest_link(model, other, book)
    return found


def weakest_link(model: BusinessModel, other: BusinessModel | None, book: Book) -> WeakestLink:
    """An account's business model beside its industry's; equal gaps: the earlier link."""
    if other is not None and other.applies is False:
        other = None
    links = tuple(_gap(link, field, model, other, book) for link, field in LINKS)
    known = [(one.gap, at) for at, one in enumerate(links) if one.gap is not None]
    worst, at = min(known, default=(Decimal(0), 0))
    behind = len(known) >= ENOUGH and worst < 0
    numbers: dict[str, Number] = {one.link: one.gap for one in links if one.gap is not None}
    return WeakestLink(
        links=links,
        compared=len(known),
        weakest=links[at].link if behind else None,
        why=Why("weakest-link", {"compared": len(known), **numbers}),
    )


def _gap(
    link: Link, field: str, model: BusinessModel, other: BusinessModel | None, book: Book
) -> LinkGap:
    own, norm = _quantity(model, field), _quantity(other, field)
    ours, theirs = _number(own, book), _number(norm, book)
    gap = None
    if ours is not None and theirs is not None and theirs > 0 and _alike(own, norm):
        gap = (ours - theirs) / theirs
        gap = -gap if link == "acquisition" else gap  # a lower cost is better
    return LinkGap(link, ours, theirs, gap)


def _quantity(model: BusinessModel | None, field: str) -> Quantity | None:
    fact = getattr(model, field, None)
    return fact.value if fact else None


def _number(value: Quantity | None, book: Book) -> Decimal | None:
    if value is None:
        return None
    return in_book(value, book) if value.kind == "money" else value.number


def _alike(one: Quantity | None, other: Quantity | None) -> bool:
    """A rate of a month does not compare with one of a year."""
    return one is not None and other is not None and one.per == other.per
