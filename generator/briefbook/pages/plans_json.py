"""Plans of the running year in, the JSON and the table beside `/plans/` out.

Shape of `/plans/index.json`, version 1. Amounts are texts of plain decimals (deals, or money in the
book's currency), days ISO; what is not known is null, never zero.

- `{version, kind: "plans", year, from, reviews, quarter, currency}`: the running fiscal year;
- `required`, `lacking`: how many accounts must have a plan, and how many of them have none for it;
- `overdue`: `{owner: {review, action}}`, how many of each are overdue;
- `totals`: `{plans, counters}`, where `counters` maps a counter to
  `{quarters: [part x 4], year: part, pace}`; a part is
  `{actual, unknown, target, untargeted}`: sums over what is known, and how many plans lack it.

`totals.csv` beside it has a line for each group, counter and quarter:
`by,key,plans,counter,quarter,actual,unknown,target,untargeted` (quarter `year` for the whole).
"""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Iterator
from typing import Any

from briefbook.analyse.plan_totals import Group, Part, PlanTotals, Total
from briefbook.pages.customers_json import plain
from briefbook.pages.table_csv import csv_text

VERSION = 1
"""Version of the shape; a change that breaks readers raises it."""
COLUMNS = (
    "by", "key", "plans", "counter", "quarter", "actual", "unknown", "target", "untargeted",
)  # fmt: skip


def plans_json(found: PlanTotals, currency: str) -> dict[str, Any]:
    """What stands beside `/plans/`."""
    return {
        "version": VERSION,
        "kind": "plans",
        "year": found.year,
        "from": found.first.isoformat(),
        "reviews": [one.isoformat() for one in found.reviews],
        "quarter": found.quarter,
        "currency": currency,
        "required": len(found.required),
        "lacking": len(found.lacking),
        "overdue": {
            one.owner or "": dict(sorted(Count(due.kind for due in one.dues).items()))
            for one in found.overdue
        },
        "totals": {
            "plans": found.all.plans,
            "counters": {one.counter: _total(one) for one in found.all.totals},
        },
    }


def _total(one: Total) -> dict[str, Any]:
    return {
        "quarters": [_part(each) for each in one.quarters],
        "year": _part(one.year),
        "pace": plain(one.pace),
    }


def _part(one: Part) -> dict[str, Any]:
    return {
        "actual": plain(one.actual),
        "unknown": one.unknown,
        "target": plain(one.target),
        "untargeted": one.untargeted,
    }


def plans_csv(found: PlanTotals) -> str:
    """Totals of all plans, then by class, owner and industry."""
    return csv_text(COLUMNS, _lines(found))


def _lines(found: PlanTotals) -> Iterator[tuple[object, ...]]:
    kinds = (
        ("all", (found.all,)), ("class", found.by_class), ("owner", found.by_owner),
        ("industry", found.by_industry),
    )  # fmt: skip
    for by, groups in kinds:
        for group in groups:
            yield from _group(by, group)


def _group(by: str, group: Group) -> Iterator[tuple[object, ...]]:
    for total in group.totals:
        parts = [*enumerate(total.quarters, 1), ("year", total.year)]
        for quarter, one in parts:
            yield (
                by, group.key, group.plans, total.counter, quarter, plain(one.actual), one.unknown,
                plain(one.target), one.untargeted,
            )  # fmt: skip
