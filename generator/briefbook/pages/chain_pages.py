"""Chains of all industries in, the pages of their groups and of long tables out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from briefbook.pages import chain_node, value_chains
from briefbook.pages.chain_read import MOST_ROWS, Known, known
from briefbook.pages.chain_tables import flow_rows, group_rows
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.sheets import pager, sheet

Item = TypeVar("Item")


def pages(site: Site) -> Iterator[Page]:
    """All chains joined."""
    chains = [found for one in site.content.industries.values() if (found := known(site, one))]
    yield from value_chains.pages(site, chains)


def of(site: Site, id: str) -> Iterator[Page]:
    """The long tables of an industry's chain, and a page for each of its groups."""
    one = known(site, site.content.industries[id])
    if one is None:
        return
    if one.large:
        yield from _tables(site, one)
    for node in one.chain.nodes:
        if node in one.paged:
            yield chain_node.page(site, one, node)


def _tables(site: Site, one: Known) -> Iterator[Page]:
    def flows(here: Here, some: Sequence[int]) -> dict[str, Any]:
        return {"flows": flow_rows(here, one, some, one.numbers), "groups": []}

    def groups(here: Here, some: Sequence[str]) -> dict[str, Any]:
        return {"flows": [], "groups": group_rows(here, one, some)}

    yield from _sheets(site, one, "flows", range(len(one.chain.flows)), flows)
    yield from _sheets(site, one, "groups", tuple(one.chain.nodes), groups)


def _sheets(
    site: Site,
    one: Known,
    name: str,
    items: Sequence[Item],
    rows: Callable[[Here, Sequence[Item]], dict[str, Any]],
) -> Iterator[Page]:
    base = f"/industries/{one.id}/{name}/"
    for first in range(0, len(items), MOST_ROWS):
        here = Here(site, sheet(base, first))
        turn = pager(here, base, first, len(items))
        yield _sheet(here, one, name, {"pager": turn, **rows(here, items[first:][:MOST_ROWS])})


def _sheet(here: Here, one: Known, name: str, data: dict[str, Any]) -> Page:
    """One page of a long table."""
    t = here.t
    title = t(f"chain.{name}-of", name=one.record.name)
    csv = {"href": here.to(f"/industries/{one.id}/{name}.csv"), "label": t("table.csv")}
    sample = t("sample.record") if one.record.value.sample else None
    return Page(
        address=here.base,
        template="chain_table.html",
        title=title,
        kind="chain-table",
        section="/industries/",
        searchable=False,
        foot=here.foot(one.record.file, 1),
        data={"title": title, "trail": trail(here, one), "sample": sample, "csv": csv, **data},
    )


def trail(here: Here, one: Known) -> list[dict[str, str]]:
    """The way down to a page about an industry's chain."""
    t = here.t
    return [
        {"href": here.to("/industries/"), "label": t("industries.title")},
        {"href": here.record("industry", one.id, "value-chain"), "label": one.record.name},
    ]
