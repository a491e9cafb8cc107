"""`/accounts/`: the table of all accounts, 100 a page; and the playbook of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefbook.pages import playbook
from briefbook.pages.accounts_filters import Applied, applied
from briefbook.pages.accounts_table import (
    FROM_FILTERS,
    Column,
    columns,
    in_order,
    others,
    rows,
    scale_of,
    table_json,
)
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page
from briefbook.pages.seen import shared
from briefbook.pages.sheets import firsts, pager, sheet

BASE = "/accounts/"
DATA = "table.json"
"""The file with all rows, for the script; in the page itself where one page holds them."""
ROWS = 100
"""On a page, and what the script of the table shows at a time: more are slow to sort."""
NAMED = 8
"""Values of a filter that its description names."""
SIGNED = ("acquire", "promote", "retain", "win-back", "static")
"""Strategies that have a sign of their own."""


def of(site: Site, id: str) -> Iterator[Page]:
    """The pages of one account."""
    return playbook.pages(site, site.content.accounts[id])


def sheets(site: Site) -> Iterator[str]:
    """Each page of the table, by its first row."""
    return map(str, firsts(len(site.content.accounts), ROWS))


def in_table(site: Site, which: str) -> Iterator[Page]:
    """A page by itself; the first can be filtered, and knows all accounts."""
    first, whole = int(which), _whole(site)
    here = Here(site, BASE)
    if first:
        ids = whole.ids[first : first + ROWS]
        found, filters = columns(here, ids, whole.scale), applied(here, ids, FROM_FILTERS)
    else:
        ids = whole.ids
        found = {**columns(here, ids, whole.scale), "other": others(here, ids)}
        filters = applied(here, ids)
    yield _page(site, found, filters, first, whole)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What each page knows of all accounts: their order, their scale, strategies in use."""

    ids: tuple[str, ...]
    scale: Decimal
    strategies: tuple[str, ...]


@shared
def _whole(site: Site) -> _Whole:
    here = Here(site, BASE)
    ids = in_order(here)
    used = applied(here, ids, {"strategy"})[0].values
    return _Whole(ids, scale_of(here), tuple(id for id in used if id in site.content.strategies))


def _page(
    site: Site, found: Mapping[str, Column], filters: Sequence[Applied], first: int, whole: _Whole
) -> Page:
    here, t, count = Here(site, sheet(BASE, first, ROWS)), site.words, len(whole.ids)
    data = {
        "title": t("accounts.title"),
        "sample": site.sample,
        "lede": t("accounts.lede", n=count),
        "trail": [{"href": here.to(BASE), "label": t("accounts.title")}] if first else [],
        "rows": rows(found, filters, min(ROWS, count - first)),
        "to": here.to(BASE) if first else "",
        "currency": site.content.book.value.currency,
        "strategies": [
            {"id": id, "label": here.strategy(id), "signed": id in SIGNED}
            for id in whole.strategies
        ],
        "pager": pager(here, BASE, first, count, ROWS),
        "total": None if first else _total(here),
        "script": None if first else _script(here, found, filters),
        "data_href": here.to("/data/"),
    }
    return Page(
        address=here.base,
        template="accounts.html",
        title=t("accounts.title"),
        kind="accounts",
        section=BASE,
        searchable=False,
        foot=here.foot("accounts/"),
        data=data,
        files={DATA: table_json(found, filters) + "\n"} if count > ROWS and not first else {},
    )


def _script(here: Here, found: Mapping[str, Column], filters: Sequence[Applied]) -> dict[str, Any]:
    """What the script needs: facets, names of filters, where the rows stand."""
    count = len(found["id"].texts)
    small = count <= ROWS
    names = (name for one in filters for name in (one.filter.name, one.filter.also) if name)
    return {
        "names": " ".join(names),
        "count": count,
        "source": None if small else DATA,
        "json": table_json(found, filters) if small else None,
        "facets": [_facet(here, one) for one in filters if one.filter.shown],
        "filters": [_described(here, one) for one in filters],
    }


def _described(here: Here, one: Applied) -> dict[str, Any]:
    """A filter as an address says it, with its most frequent values."""
    rest = len(one.values) - NAMED
    return {
        "name": one.filter.name,
        "title": one.title,
        "shown": one.values[:NAMED],
        "more": here.t("more", n=rest) if rest > 0 else None,
    }


def _facet(here: Here, one: Applied) -> dict[str, Any]:
    """The most frequent values of a filter; the script adds the others."""
    rest = len(one.values) - MOST
    return {
        "name": one.filter.name,
        "title": one.title,
        "options": [
            {
                "value": value,
                "label": label,
                "count": count,
                "letter": value if one.filter.name == "class" and value != "-" else None,
            }
            for value, label, count in zip(
                one.values[:MOST], one.labels[:MOST], one.counts[:MOST], strict=True
            )
        ],
        "more": here.t("more", n=rest) if rest > 0 else None,
    }


def _total(here: Here) -> dict[str, str]:
    """The last row: sums of what is known, and the share of those of which both are."""
    t, places = here.t, here.site.results.standings.values()
    both = [
        (one.contribution, one.potential)
        for one in places
        if one.contribution is not None and one.potential is not None
    ]
    room = sum((one for _, one in both), Decimal(0))
    brought = sum((one for one, _ in both), Decimal(0))
    done = here.site.results.quality.total
    return {
        "label": t("accounts.total"),
        "contribution": t.millions(_sum(one.contribution for one in places)),
        "potential": t.millions(_sum(one.potential for one in places)),
        "share": t.share(brought / room) if room else "",
        "complete": t.share(Decimal(done.have) / done.expected) if done.expected else "",
    }


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one is not None), Decimal(0))
