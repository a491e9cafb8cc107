"""`/industries/`: the tree with its figures, then a brief for each industry."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from briefbook.pages import brief
from briefbook.pages.brief_parts import latest_size, ready
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page


def pages(site: Site) -> Iterator[Page]:
    """The index, then a brief for each industry."""
    yield _index(site)
    for record in site.content.industries.values():
        yield brief.page(site, record)


def _index(site: Site) -> Page:
    here = Here(site, "/industries/")
    t = site.words
    tree = site.results.tree
    return Page(
        address=here.base,
        template="industries.html",
        title=t("industries.title"),
        kind="industries",
        section="/industries/",
        searchable=False,
        foot=here.foot("industries/"),
        data={
            "title": t("industries.title"),
            "sample": site.sample,
            "lede": t("industries.lede", n=len(site.content.industries)),
            "rows": [_row(here, id) for root in tree.roots for id in tree.under(root)],
            "currency": site.content.book.value.currency,
        },
    )


def _row(here: Here, id: str) -> dict[str, Any]:
    record = here.site.content.industries[id]
    results = here.site.results
    accounts = [
        one for below in results.tree.under(id) for one in results.accounts_in.get(below, ())
    ]
    revenue = sum(
        (results.standings[one].contribution or Decimal(0) for one in accounts), Decimal(0)
    )
    size = latest_size(record.value)
    return {
        "name": record.name,
        "href": here.record("industry", id),
        "depth": len(results.tree.path[id]) - 1,
        "size": here.fact_text(size.value, size.source, record, "market", size.period.last)
        if size
        else None,
        "size_year": size.period.text if size else "",
        "growth": here.quantity(size.growth) if size and size.growth else None,
        "accounts": len(accounts),
        "revenue": here.t.millions(revenue),
        "revenue_sort": str(revenue),
        "ready": ready(record.value),
        "pains": len(record.value.pains),
        "leaf": results.tree.leaf(id),
    }
