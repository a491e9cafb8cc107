"""`/sources/`: the registry and what is stale; and the sources of one record, on its own page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefbook.load import Record
from briefbook.model.parts import Source
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.home import stale_row
from briefbook.pages.page import Page

SHOWN = tuple(
    f"sources.*.{name}"
    for name in "title url publisher kind credibility published quotes licence note".split()
)
"""What a record's own page shows of its sources; see `pages.other`."""
ROWS = 200
"""Rows of a long table on one page."""


def pages(site: Site) -> Iterator[Page]:
    """The one page of all sources."""
    here = Here(site, "/sources/")
    t = site.words
    registry = [_row(here, id, "", one) for id, one in site.content.sources.items()]
    local = [
        {"name": one.title, "href": here.record(record.kind, record.id, f"source-{id}"),
         "kind": t(f"source.{one.kind}"), "record": record.name}
        for record in site.content.records()
        for id, one in record.value.sources.items()
    ]  # fmt: skip
    stale = site.results.stale
    yield Page(
        address=here.base,
        template="sources.html",
        title=t("sources.title"),
        kind="sources",
        section="/methods/",
        searchable=False,
        foot=here.foot("sources.yml"),
        edit="sources.yml",
        toc=tuple(
            (id, t(f"sources.{id}")) for id in ("all", "local", "stale") if local or id != "local"
        ),
        data={
            "title": t("sources.title"),
            "lede": t("sources.lede", n=len(registry) + len(local)),
            "rows": registry,
            "local": local[:ROWS],
            "local_more": max(len(local) - ROWS, 0),
            "stale": [stale_row(here, one) for one in stale[:ROWS]],
            "stale_more": max(len(stale) - ROWS, 0),
            "stale_count": len(stale),
        },
    )


def own_sources(here: Here, record: Record[Any]) -> list[dict[str, Any]]:
    """The sources that a record keeps for itself, with how many of its facts name each."""
    local: Mapping[str, Source] = record.value.sources
    owner = f"{record.kind}/{record.id}"
    return [_row(here, id, owner, one) for id, one in local.items()]


def _row(here: Here, id: str, owner: str, source: Source) -> dict[str, Any]:
    uses = here.site.results.source_uses.get((owner, id), ())
    records = [] if owner else list(dict.fromkeys(use.record for use in uses))
    places = [
        {"name": here.site.content.of(kind)[one].name, "href": here.record(kind, one)}
        for kind, one in records
    ]
    return {
        "id": f"source-{id}" if owner else id,
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "kind": here.t(f"source.{source.kind}"),
        "credibility": here.t(f"word.{source.credibility}") if source.credibility else None,
        "published": source.published.text if source.published else None,
        "quotes": source.quotes,
        "licence": source.licence,
        "note": here.prose(source.note),
        "uses": places[:MOST],
        "uses_more": max(len(places) - MOST, 0),
        "count": len(uses),
    }
