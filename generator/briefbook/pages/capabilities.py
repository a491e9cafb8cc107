"""`/capabilities/`: what we offer, and which account uses, needs or lacks it; then a page each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefbook.analyse.capabilities import Capable, Wanted
from briefbook.pages import capability
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.seen import shared
from briefbook.pages.sheets import by_contribution, firsts, pager, sheet
from briefbook.pages.table_csv import csv_text

BASE = "/capabilities/"
Lacking = Mapping[str, Mapping[str, Wanted]]
"""White space by account and capability."""


def sheets(site: Site) -> Iterator[str]:
    """Each page of 200 accounts, by its first row."""
    return map(str, firsts(len(site.content.accounts)))


def matrix(site: Site, first: str) -> Iterator[Page]:
    """A page of the matrix, the first with the overview; each names other accounts."""
    yield _page(site, by_contribution(site), _lacking(site), int(first))


@shared
def _lacking(site: Site) -> Lacking:
    lacking: dict[str, dict[str, Wanted]] = {}
    for of in site.results.capabilities.values():
        for one in of.white:
            lacking.setdefault(one.account, {})[of.id] = one
    return lacking


def of(site: Site, id: str) -> Iterator[Page]:
    """The page of a capability."""
    yield capability.page(site, site.results.capabilities[id])


def _page(site: Site, ids: Sequence[str], lacking: Lacking, first: int) -> Page:
    here, t = Here(site, sheet(BASE, first)), site.words
    found = site.results.capabilities
    shown = ids[first : first + MOST_ROWS] if found else ()
    data = {
        "title": t("capabilities.title"),
        "trail": [{"href": here.to(BASE), "label": t("capabilities.title")}] if first else [],
        "sample": site.sample,
        "lede": t("capabilities.lede"),
        "rows": [] if first else [_line(here, one) for one in found.values()],
        "currency": site.content.book.value.currency,
        "columns": [
            {"name": here.capability(id), "href": here.record("capability", id)} for id in found
        ],
        "matrix": [_row(here, id, lacking.get(id, {})) for id in shown],
        "pager": pager(here, BASE, first, len(ids)),
        "csv": {"href": here.to(BASE) + "accounts.csv", "label": t("table.csv")},
    }
    return Page(
        address=here.base,
        template="capabilities.html",
        title=t("capabilities.title"),
        kind="capabilities",
        section="/strategy/",
        searchable=not first,
        filters=(("kind", t("kind.capabilities")),),
        foot=here.foot("book.yml"),
        edit="book.yml",
        data=data,
        files={} if first else {"accounts.csv": _csv(here, ids, lacking)},
    )


def _line(here: Here, one: Capable) -> dict[str, Any]:
    t, offered = here.t, here.site.content.book.value.capabilities[one.id]
    return {
        "name": offered.name,
        "href": here.record("capability", one.id),
        "what": here.prose(offered.what),
        "pains": len(one.pains),
        "users": len(one.users),
        "active": t.share(one.active) if one.active is not None else None,
        "part": float(one.active or 0),
        "white": len(one.white),
        "potential": t.millions(left) if (left := capability.potential(one)) is not None else None,
        "deals": sum(deal.open for deal in one.deals),
    }


def _row(here: Here, id: str, lacking: Mapping[str, Wanted]) -> dict[str, Any]:
    uses = here.site.content.accounts[id].value.uses
    cells = []
    for one in here.site.results.capabilities:
        active = uses[one].active if one in uses else None
        cells.append(
            {
                "kind": state(here.site, id, one, lacking),
                "active": here.quantity(active) if active else None,
                "part": float(active.number) if active else None,
            }
        )
    return {**here.account(id), "cells": cells}


def state(site: Site, account: str, id: str, lacking: Mapping[str, Wanted]) -> str | None:
    """`used`, `need` (open, or a step that hurts), `pain` of the industry, or nothing."""
    if id in site.content.accounts[account].value.uses:
        return "used"
    one = lacking.get(id)
    if one is None:
        return None
    return "need" if one.needs or one.steps else "pain"


def _csv(here: Here, ids: Sequence[str], lacking: Lacking) -> str:
    """The whole matrix, for a spreadsheet."""
    site = here.site
    rows = (
        (id, site.content.accounts[id].name, site.results.letters[id] or "",
         *(state(site, id, one, lacking.get(id, {})) for one in site.results.capabilities))
        for id in ids
    )  # fmt: skip
    return csv_text(("account", "name", "class", *site.results.capabilities), rows)
