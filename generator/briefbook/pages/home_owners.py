"""The glance at the portfolio by owner: as a table of the home page, and as JSON."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.glance import Glance, glance
from briefbook.pages.here import MOST, Here, Site

COUNTS = ("overdue", "soon", "contracts", "silent", "stale", "unplanned")


def by_owner(site: Site, year: str) -> dict[str | None, Glance]:
    """Owners with accounts, those with most overdue first; None for accounts that nobody owns."""
    groups: dict[str | None, list[str]] = {}
    for id, record in site.content.accounts.items():
        groups.setdefault(record.value.owner, []).append(id)
    found = {owner: glance(site.content, site.results, ids, year) for owner, ids in groups.items()}
    order = sorted(found, key=lambda id: (-found[id].overdue, -found[id].accounts, id or ""))
    return {id: found[id] for id in order}


def owner_rows(here: Here, owners: dict[str | None, Glance]) -> dict[str, Any]:
    """Twelve rows at most, and how many more there are."""
    t, team = here.t, here.site.content.book.value.team
    rows = [
        {
            "name": here.member(id) if id else t("home.nobody"),
            "href": here.to(f"/team/{id}/") if id in team else None,
            "accounts": {"text": t.number(one.accounts),
                         "href": here.to("/accounts/") + f"?owner={id or '-'}"},
            "contribution": t.millions(one.contribution) if one.known else None,
            "counts": [getattr(one, name) for name in COUNTS],
            "complete": t.share(one.complete) if one.complete is not None else None,
            "part": float(one.complete or 0),
        }
        for id, one in list(owners.items())[:MOST]
    ]  # fmt: skip
    rest = len(owners) - MOST
    heads = [t(f"home.count.{name}") for name in COUNTS]
    return {"rows": rows, "heads": heads, "more": t("more", n=rest) if rest > 0 else None}


def owner_json(one: Glance) -> dict[str, Any]:
    """The numbers of some accounts, amounts in the book's currency as exact text."""
    return {
        "accounts": one.accounts,
        "year": one.year,
        "known": one.known,
        "contribution": str(one.contribution),
        "both": str(one.both),
        "potential": str(one.potential),
        "overdue": one.overdue,
        "soon": one.soon,
        "contracts": one.contracts,
        "silent": one.silent,
        "signs": dict(sorted(one.signs.items())),
        "stale": one.stale,
        "unplanned": one.unplanned,
        "complete": None if one.complete is None else str(round(one.complete, 6)),
    }
