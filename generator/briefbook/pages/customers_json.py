"""The results of whom to serve in, the JSON beside the pages under `/customers/` out.

Shape, version 1. Amounts are texts of plain decimals in the book's currency, days ISO, shares of 1.

- `/customers/index.json`: `tiers.revenue` and `tiers.size` list
  `{tier, accounts, revenue, share, unpriced}`, `tiers.both` lists
  `{size, revenue, accounts, amount}` (a tier or an amount that is not known is null); `source` is
  `{rule, tier, reason, first, second, lead, aim}`; `goal`; `ranked` and `unranked` as on the lists
  below, the first twelve; `chosen` are the accounts that `ideal`, a list of
  `{field, values, from, to, by_hand, known, quartiles}` with `region` beside it, and `buyer` are
  drawn from; `unused` names idle fields; `fit` has the first twelve of the list; `focus` is
  `{cap, accounts}`.
- Pages of the list of fits: `{page, pages, fit}`, each fit
  `{account, prospect, matches, differs, unknown}` with names of fields.
- Pages of candidates: `{page, pages, ranked, unranked}`, each ranked
  `{account, rank, days, contribution, since}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.customers import Candidate, Customers, Group
from briefbook.analyse.profile_fit import CustomerFit, Pattern
from briefbook.model import Book
from briefbook.pages.here import MOST

VERSION = 1
"""Version of the shape; a change that breaks readers raises it."""


def head() -> dict[str, Any]:
    """What every file begins with."""
    return {"version": VERSION, "kind": "customers"}


def whole(found: Customers, book: Book) -> dict[str, Any]:
    """What stands beside `/customers/`."""
    source = found.source
    return {
        **head(),
        "currency": book.currency,
        "tiers": {
            "revenue": [_group(one) for one in found.by_revenue],
            "size": [_group(one) for one in found.by_size],
            "both": [
                {
                    "size": size,
                    "revenue": tier,
                    "accounts": count,
                    "amount": plain(amount) if tier else None,
                }
                for (size, tier), (count, amount) in sorted(found.cross.items(), key=str)
            ],
        },
        "source": {
            "rule": "revenue-tiers",
            "tier": source.tier,
            "reason": source.reason,
            "first": source.first,
            "second": source.second,
            "lead": plain(source.lead),
            "aim": book.tiers.aim,
        },
        "goal": book.goal,
        **candidates(found.ranked[:MOST], found.unranked[:MOST]),
        "chosen": list(found.chosen),
        "ideal": [_pattern(one) for one in found.ideal.patterns],
        "region": found.ideal.region,
        "buyer": {
            "people": found.buyer.people,
            "attributes": {
                one.name: {"known": one.known, "most": [list(each) for each in one.counts]}
                for one in found.buyer.attributes
                if not one.off
            },
        },
        "unused": {
            "profile": dict(found.unused.profile[:MOST]),
            "buyer": list(found.unused.buyer),
        },
        "fit": fits(found.fits[:MOST]),
        "focus": {"cap": book.focus_cap, "accounts": list(found.focus)},
    }


def candidates(ranked: Iterable[Candidate], unranked: Sequence[str]) -> dict[str, Any]:
    """Some of the ranking, and of those without the field that it goes by."""
    return {
        "ranked": [
            {
                "account": one.account,
                "rank": one.rank,
                "days": plain(one.days),
                "contribution": plain(one.contribution),
                "since": one.since.isoformat() if one.since else None,
            }
            for one in ranked
        ],
        "unranked": list(unranked),
    }


def fits(found: Iterable[CustomerFit]) -> list[dict[str, Any]]:
    """Some accounts with the fields that match, differ, or are not known."""
    return [
        {
            "account": one.account,
            "prospect": one.prospect,
            "matches": list(one.matches),
            "differs": list(one.differs),
            "unknown": list(one.unknown),
        }
        for one in found
    ]


def _group(one: Group) -> dict[str, Any]:
    silent = one.accounts > 0 and one.unpriced == one.accounts
    return {
        "tier": one.tier,
        "accounts": one.accounts,
        "revenue": None if silent else plain(one.revenue),
        "share": None if silent else plain(one.revenue_share),
        "unpriced": one.unpriced,
    }


def _pattern(one: Pattern) -> dict[str, Any]:
    return {
        "field": one.field,
        "values": list(one.values),
        "from": plain(one.low),
        "to": plain(one.high),
        "by_hand": one.by_hand,
        "known": one.known,
        "quartiles": [plain(each) for each in one.quartiles] if one.quartiles else None,
    }


def plain(value: Decimal | None) -> str | None:
    """A decimal without exponent or idle zeros."""
    return None if value is None else f"{value.normalize() + 0:f}"
