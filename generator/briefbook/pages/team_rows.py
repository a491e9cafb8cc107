"""KPIs in, rows of the tables under `/team/` out: names, sums and classes in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefbook.analyse.standing import LETTERS
from briefbook.analyse.sums import Sum
from briefbook.analyse.team import Kpis
from briefbook.pages.here import Here

ROWS = 100
"""Rows of a page: a member stands in three tables of it, and the marks of a deal are long."""


def address(id: str) -> str:
    """The site address of a member's page."""
    return f"/team/{id}/"


def years(here: Here) -> dict[str, str]:
    """Labels of the year of revenue, the one before, and the running one."""
    found = here.site.results.team
    return {
        "revenue": here.year(found.year),
        "before": here.year(str(int(found.year) - 1)),
        "running": here.year(str(found.running)),
    }


def named(here: Here, id: str) -> dict[str, Any]:
    """Name and page of a member."""
    known = id in here.site.content.book.value.team
    return {"label": here.member(id), "href": here.to(address(id)) if known else None}


def groups(here: Here, found: Mapping[str, Kpis], unknown: str) -> list[dict[str, Any]]:
    """A row for each team or country."""
    return [
        kpi_row(here, {"label": name or unknown, "href": None}, one) for name, one in found.items()
    ]


def kpi_row(here: Here, name: Mapping[str, Any], one: Kpis) -> dict[str, Any]:
    """What a group brings, in words; a sum says how much of it is known."""
    t, grown = here.t, one.grown
    return {
        **name,
        "accounts": len(one.accounts),
        "revenue": told(here, one.revenue),
        "before": told(here, one.before),
        "grown": ("+" if grown > 0 else "") + t.share(grown) if grown is not None else None,
        "signed": told(here, one.signed),
        "received": told(here, one.received),
        "talks": one.talks,
        "held": one.held,
        "owed": one.owed,
    }


def told(here: Here, one: Sum) -> dict[str, Any]:
    """A sum in millions; `none` where there is nothing to add up."""
    part = here.t("team.known", known=one.known, of=one.of) if 0 < one.known < one.of else None
    text = here.t.millions(one.amount) if one.amount is not None else None
    return {"text": text, "note": part, "none": not one.of}


def letters(one: Kpis) -> list[dict[str, Any]]:
    """How many accounts there are of each class."""
    return [
        {"letter": letter.upper(), "count": one.letters[letter]}
        for letter in (*LETTERS, "")
        if one.letters.get(letter)
    ]
