"""Counters added up over plans in, pictures and tables of targets against actuals out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.plan_totals import Group, Part, Total
from briefbook.charts.counters import Bar, counter_svg
from briefbook.pages.account_plan import MONEY
from briefbook.pages.here import Here

MOST_GROUPS = 60
"""Groups of a table on the page; the CSV has all."""


def pictures(here: Here, group: Group, prefix: str) -> list[dict[str, Any]]:
    """The four counters of a group: quarters as bars with targets, the year as a meter."""
    return [_picture(here, one, prefix) for one in group.totals]


def _picture(here: Here, one: Total, prefix: str) -> dict[str, Any]:
    t = here.t
    title = t(f"field.{one.counter}")
    bars = [
        Bar(t("plan.quarter", n=n), _float(each.actual), _text(here, each.actual),
            _float(each.target), n == here.site.results.plan_totals.quarter)
        for n, each in enumerate(one.quarters, 1)
    ]  # fmt: skip
    said = here.t.clauses(_says(here, n, each) for n, each in enumerate(one.quarters, 1))
    return {
        "title": title,
        "unit": unit(here, one.counter),
        "svg": counter_svg(bars, title, said, f"{prefix}-{one.counter}"),
        **_year(here, one),
    }


def unit(here: Here, counter: str) -> str:
    """What a counter counts: deals, or the book's currency."""
    return here.site.content.book.value.currency if counter in MONEY else here.t("plan.deals")


def _says(here: Here, n: int, one: Part) -> str:
    t, quarter = here.t, here.t("plan.quarter", n=n)
    if one.target is None:
        return t("plan.quarter-counts", quarter=quarter, actual=_text(here, one.actual))
    return t("plan.quarter-says", quarter=quarter, actual=_text(here, one.actual),
             target=_text(here, one.target))  # fmt: skip


def _year(here: Here, one: Total) -> dict[str, Any]:
    """The year's total against its target, and what nobody knows."""
    t, year = here.t, one.year
    both = year.actual is not None and year.target is not None
    behind = max(one.pace - year.actual, Decimal(0)) if one.pace and year.actual is not None else 0
    return {
        "part": _float(year.actual) or 0.0,
        "whole": _float(year.target) or 0.0,
        "meter": t("plan.of", have=_text(here, year.actual), all=_text(here, year.target))
        if both
        else None,
        "lacking": t("plan.no-target")
        if year.target is None
        else t("plan.no-figures", target=_text(here, year.target)),
        "had": _text(here, year.actual) if year.actual is not None else None,
        "state": _state(here, one, behind),
        "unknown": t("plans.unknown", n=year.unknown) if year.unknown else None,
        "untargeted": t("plans.untargeted", n=year.untargeted) if year.untargeted else None,
    }


def _state(here: Here, one: Total, behind: Decimal | int) -> dict[str, str] | None:
    """On pace or behind, where every figure and target is known."""
    year = one.year
    if one.pace is None or year.actual is None or year.unknown or year.untargeted:
        return None
    if behind:
        return {"kind": "warn", "label": here.t("plan.behind", by=here.t.amount(Decimal(behind)))}
    return {"kind": "good", "label": here.t("plan.on-pace")}


def table(here: Here, groups: Sequence[Group], by: str) -> dict[str, Any]:
    """A row for each group with the year of its four counters, and the same by quarter."""
    ranked = sorted(groups, key=lambda one: (one.key is None, *_rank(one)))
    shown = sorted(ranked[:MOST_GROUPS], key=lambda one: (one.key is None, one.key or ""))
    running = here.site.results.plan_totals.quarter
    return {
        "id": f"by-{by}",
        "title": here.t(f"plans.by.{by}"),
        "rows": [
            {
                **_named(here, one.key, by),
                "plans": one.plans,
                "totals": [_year(here, each) for each in one.totals],
                "counters": [
                    {"title": here.t(f"field.{each.counter}"), "unit": unit(here, each.counter),
                     "quarters": [cell(here, part, to_come=n > running)
                                  for n, part in enumerate(each.quarters, 1)]}
                    for each in one.totals
                ],
            }
            for one in shown
        ],
        "more": here.t("plans.more-groups", n=len(groups) - MOST_GROUPS)
        if len(groups) > MOST_GROUPS
        else None,
    }  # fmt: skip


def _rank(one: Group) -> tuple[Decimal, str]:
    """By what they mean to sign."""
    signs = next((each.year.target for each in one.totals if each.counter == "sign"), None)
    return -(signs or Decimal(0)), one.key or ""


def _named(here: Here, key: str | None, by: str) -> dict[str, Any]:
    """The name of a group and the way to its accounts."""
    table = here.to("/accounts/")
    if key is None:
        return {"name": here.t("class.none" if by == "class" else "not-known"), "letter": None,
                "href": f"{table}?{by}=-"}  # fmt: skip
    if by == "class":
        return {"name": here.t(f"class.{key}"), "letter": key.upper(),
                "href": f"{table}?class={key.upper()}"}  # fmt: skip
    industry = here.industry(key) if by == "industry" else None
    name = industry["name"] if industry else here.member(key) if by == "owner" else key
    return {"name": name, "letter": None, "href": f"{table}?{by}={key}"}


def quarters(here: Here, group: Group) -> list[dict[str, Any]]:
    """The four counters by quarter, as a table beside the pictures."""
    running = here.site.results.plan_totals.quarter
    return [
        {
            "title": here.t(f"field.{one.counter}"),
            "unit": unit(here, one.counter),
            "quarters": [cell(here, part, to_come=n > running)
                         for n, part in enumerate(one.quarters, 1)],
            "year": cell(here, one.year, to_come=False),
        }
        for one in group.totals
    ]  # fmt: skip


def cell(here: Here, one: Part, *, to_come: bool) -> dict[str, Any]:
    """A figure, its target, and how many plans do not know it."""
    t = here.t
    return {
        "actual": _text(here, one.actual) if one.actual is not None else None,
        "missing": t("plan.to-come" if to_come else "not-known"),
        "target": t("plan.target", n=_text(here, one.target)) if one.target is not None else None,
        "unknown": t("plans.unknown", n=one.unknown)
        if one.unknown and one.actual is not None
        else None,
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _text(here: Here, value: Decimal | None) -> str:
    return here.t("not-known") if value is None else here.t.amount(value)
