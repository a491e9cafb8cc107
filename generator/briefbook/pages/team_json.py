"""Results of the team in, the JSON beside `/team/` and `/team/<id>/` out.

Shape, version 1. Amounts are texts of plain decimals in the book's currency, null where nothing is
known; days are ISO. A sum is `{amount, known, of}`: what `known` of `of` values add up to.

- A group is `{accounts, by_class, revenue, before, grown, potential, signed, received, talks, held,
  owed}`; `by_class` counts accounts, "" without a class; `grown` is a share of 1.
- `/team/index.json`: `year` of revenue and days, `running` fiscal year, `total`, and `employees`,
  `teams`, `countries`: groups with their `id`, "" for what is not known, employees with
  `{actions, overdue, silent, warned, stale, cycle}` too; `deals` is `{open, verdicts, weakest,
  no_prospect, unjudged, cycle, allocation}`, each allocation `{owner, days}` with a sum by stage.
- `/team/<id>/index.json`: the member's own group and desk with `{accounts, due, silent, renewals}`
  in full, and `countries`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefbook.analyse.deals import LETTERS, WEAKEST_FIRST
from briefbook.analyse.pipeline import COLUMNS, Cycle, Pipeline
from briefbook.analyse.sums import Sum
from briefbook.analyse.team import Desk, Kpis
from briefbook.pages.here import Site

VERSION = 1
"""Version of the shape; a change that breaks readers raises it."""


def whole(site: Site) -> dict[str, Any]:
    """What stands beside `/team/`."""
    found = site.results.team
    return {
        **_head("team", site),
        "total": _group(found.whole),
        "employees": [
            {"id": id, **_group(one), **_counts(found.desks[id]),
             "cycle": _cycle(found.pipeline.cycles.get(id))}
            for id, one in found.employees.items()
        ],
        "teams": _groups(found.teams),
        "countries": _groups(found.countries),
        "deals": _deals(found.pipeline),
    }  # fmt: skip


def member(site: Site, id: str) -> dict[str, Any]:
    """What stands beside `/team/<id>/`."""
    found = site.results.team
    desk, book = found.desks[id], found.employees[id]
    return {
        **_head("member", site),
        "id": id,
        **_group(book),
        **_counts(desk),
        "accounts": list(book.accounts),
        "due": [
            {"account": one.account, "day": one.day.isoformat(), "kind": one.kind,
             "what": one.what, "overdue": one.overdue}
            for one in desk.dues
        ],
        "silent": [{"account": one, "since": day.isoformat()} for day, one in desk.silent],
        "renewals": [{"account": one, "until": day.isoformat()} for day, one in desk.renewals],
        "countries": _groups(found.countries_of[id]),
    }  # fmt: skip


def _head(kind: str, site: Site) -> dict[str, Any]:
    found = site.results.team
    return {"version": VERSION, "kind": kind, "year": found.year, "running": found.running}


def _groups(found: Mapping[str, Kpis]) -> list[dict[str, Any]]:
    return [{"id": id, **_group(one)} for id, one in found.items()]


def _group(one: Kpis) -> dict[str, Any]:
    return {
        "accounts": len(one.accounts),
        "by_class": dict(one.letters),
        "revenue": _sum(one.revenue),
        "before": _sum(one.before),
        "grown": None if one.grown is None else str(one.grown),
        "potential": _sum(one.potential),
        "signed": _sum(one.signed),
        "received": _sum(one.received),
        "talks": one.talks,
        "held": one.held,
        "owed": one.owed,
    }


def _counts(desk: Desk) -> dict[str, Any]:
    return {
        "actions": desk.actions,
        "overdue": desk.overdue,
        "silent": len(desk.silent),
        "warned": len(desk.warned),
        "stale": len(desk.stale),
    }


def _deals(found: Pipeline) -> dict[str, Any]:
    return {
        "open": len(found.open),
        "verdicts": {
            name: {one: found.verdicts.get((name, one), 0) for one in WEAKEST_FIRST}
            for name in LETTERS
        },
        "weakest": dict(found.weakest),
        "no_prospect": found.no_prospect,
        "unjudged": found.unjudged,
        "cycle": _cycle(found.cycle),
        "allocation": [
            {"owner": one.owner, "days": {name: _sum(one.by_stage[name]) for name in COLUMNS}}
            for one in found.allocation
        ],
    }


def _sum(one: Sum) -> dict[str, Any]:
    amount = None if one.amount is None else f"{one.amount.normalize():f}"
    return {"amount": amount, "known": one.known, "of": one.of}


def _cycle(one: Cycle | None) -> dict[str, Any]:
    return {"days": str(one.days) if one and one.days is not None else None,
            "deals": one.deals if one else 0}  # fmt: skip
