"""What is invested in a class in, the JSON and the table beside the page of a class out.

Shape of `/classes/<letter>/index.json`, version 1. Amounts are texts of plain decimals in the
book's currency, ratios shares of 1; what is not known is null.

- `{version, kind: "class", class, currency, accounts, contribution, potential, left}`: number of
  accounts and sums over what is known;
- `investment`: `{money, days, unknown, ratio, median, ratios, quartiles, fences}`, where `unknown`
  counts accounts of which neither money nor days are written;
- `outliers`, `to_d`, `none_at_c`: ids of at most twelve accounts, `counts` says how many there are.

`accounts.csv` beside it has a line for each account:
`account,name,owner,year,contribution,potential,left,money,days,ratio,outlier`.
"""

from __future__ import annotations

from typing import Any

from briefbook.analyse.investment import ClassEffort, Effort, Investment
from briefbook.pages.customers_json import plain
from briefbook.pages.here import MOST, Here
from briefbook.pages.table_csv import csv_text

VERSION = 1
"""Version of the shape; a change that breaks readers raises it."""
COLUMNS = (
    "account", "name", "owner", "year", "contribution", "potential", "left", "money", "days",
    "ratio", "outlier",
)  # fmt: skip


def class_json(found: Investment, one: ClassEffort, currency: str) -> dict[str, Any]:
    """What stands beside the page of a class."""
    first = {
        "outliers": one.outliers,
        "to_d": found.to_d if one.letter == "d" else (),
        "none_at_c": found.none_at_c if one.letter == "c" else (),
    }
    return {
        "version": VERSION,
        "kind": "class",
        "class": one.letter,
        "currency": currency,
        "accounts": len(one.accounts),
        "contribution": plain(one.contribution),
        "potential": plain(one.potential),
        "left": plain(one.left),
        "investment": {
            "money": plain(one.money),
            "days": one.days,
            "unknown": one.unknown,
            "ratio": plain(one.ratio),
            "median": plain(one.median),
            "ratios": one.ratios,
            "quartiles": [plain(each) for each in one.quartiles] if one.quartiles else None,
            "fences": [plain(each) for each in one.fences] if one.fences else None,
        },
        **{name: list(ids[:MOST]) for name, ids in first.items()},
        "counts": {name: len(ids) for name, ids in first.items()},
    }


def class_csv(here: Here, one: ClassEffort) -> str:
    """All accounts of a class, the largest contribution first."""
    found = here.site.results.investment.accounts
    return csv_text(COLUMNS, (_line(here, found[id]) for id in one.accounts))


def _line(here: Here, one: Effort) -> tuple[object, ...]:
    record = here.site.content.accounts[one.account]
    return (
        one.account, record.name, record.value.owner, one.year, plain(one.contribution),
        plain(one.potential), plain(one.left), plain(one.money), one.days, plain(one.ratio),
        one.outlier,
    )  # fmt: skip
