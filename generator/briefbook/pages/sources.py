"""`/sources/`: the registry and what is stale; and the sources of one record, on its own page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefbook.checks.industries import EXPECTED
from briefbook.load import Record
from briefbook.model.parts import Source
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.facts import BASE as FACTS_PAGE
from briefbook.pages.facts import stale_row, used
from briefbook.pages.gists import gist
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.other import public
from briefbook.pages.page import Page
from briefbook.pages.sheets import firsts, pager, sheet

SHOWN = tuple(
    f"sources.*.{name}"
    for name in "title url publisher kind credibility published quotes licence note".split()
)
"""What a record's own page shows of its sources; see `pages.other`."""
ROWS = 200
"""Rows of a long table on one page."""
FACTS = 1500
"""Facts in the whole registry; a registry of more sources names fewer of each."""


def pages(site: Site) -> Iterator[Page]:
    """The one page of all sources."""
    yield _registry(site)


def sheets(site: Site) -> Iterator[str]:
    """Each page of the sources that many facts rest on, by their id and its first row."""
    for id in site.content.sources:
        count = len(site.results.source_uses.get(("", id), ()))
        if count > MOST:
            yield from (f"{id}/{first}" for first in firsts(count))


def of(site: Site, which: str) -> Iterator[Page]:
    """A page by itself: each names other records."""
    id, _, first = which.partition("/")
    yield _page(site, id, site.content.sources[id], int(first))


def _registry(site: Site) -> Page:
    here = Here(site, "/sources/")
    t = site.words
    sources = site.content.sources
    most = min(MOST, max(1, FACTS // max(len(sources), 1)))
    registry = [_row(here, id, "", one, most) for id, one in sources.items()]
    local = [(record, id) for record in site.content.records() for id in _shown(site, record)]
    stale = site.results.stale
    return Page(
        address=here.base,
        template="sources.html",
        title=t("sources.title"),
        kind="sources",
        section="/quality/",
        searchable=False,
        foot=here.foot("sources.yml"),
        edit="sources.yml",
        toc=tuple(
            (id, t(f"sources.{id}"))
            for id in ("all", "local", "expected", "stale")
            if local or id != "local"
        ),
        data={
            "title": t("sources.title"),
            "lede": t("sources.lede", n=len(registry) + len(local)),
            "rows": registry,
            "local": [_of_record(here, *one) for one in local[:ROWS]],
            "local_more": max(len(local) - ROWS, 0),
            "expected": [_expected(here, part) for part in EXPECTED],
            "stale": [stale_row(here, one) for one in stale[:MOST]],
            "stale_count": len(stale),
            "facts_href": here.to(FACTS_PAGE),
        },
    )


def _of_record(here: Here, record: Record[Any], id: str) -> dict[str, Any]:
    one, owner = record.value.sources[id], f"{record.kind}/{record.id}"
    return {
        "name": one.title,
        "href": here.record(record.kind, record.id, f"source-{id}"),
        "kind": here.t(f"source.{one.kind}"),
        "record": record.name,
        "count": len(here.site.results.source_uses.get((owner, id), ())),
    }


def _expected(here: Here, part: str) -> dict[str, str]:
    """A part of a brief and the kinds of source that it should rest on (rule `source-kind`)."""
    kinds = [here.t(f"source.{kind}") for kind in EXPECTED[part]]
    return {"part": here.t(f"field.{part}"), "kinds": here.t.listed(kinds, either=True)}


def _page(site: Site, id: str, source: Source, first: int) -> Page:
    base, uses = f"/sources/{id}/", site.results.source_uses["", id]
    here, t = Here(site, sheet(base, first)), site.words
    return Page(
        address=here.base,
        template="source.html",
        title=source.title,
        kind="source",
        section="/quality/",
        searchable=False,
        foot=here.foot("sources.yml"),
        edit="sources.yml",
        data={
            "title": source.title,
            "trail": [{"href": here.to("/sources/"), "label": t("sources.title")}],
            "rows": [_row(here, id, "", source, 0)],
            "facts": [used(here, one) for one in uses[first : first + MOST_ROWS]],
            "lede": t("sources.rest-on", n=len(uses)),
            "pager": pager(here, base, first, len(uses)),
        },
    )


def own_sources(here: Here, record: Record[Any]) -> list[dict[str, Any]]:
    """The sources that a record keeps for itself, with the facts that rest on each."""
    owner, own = f"{record.kind}/{record.id}", record.value.sources
    return [_row(here, id, owner, own[id], MOST) for id in _shown(here.site, record)]


def _shown(site: Site, record: Record[Any]) -> Iterable[str]:
    """A record's own sources but for those that only confidential entries name."""
    own: Mapping[str, Source] = record.value.sources
    if not any(one.confidential for one in getattr(record.value, "research", {}).values()):
        return own
    return public_sources(site, record.id)


@gist
def public_sources(site: Site, id: str) -> list[str]:
    """The sources of an account that something names which is not confidential."""
    record = site.content.accounts[id]
    told = public(record).get("sources", {})
    return [id for id in record.value.sources if id in told]


def _row(here: Here, id: str, owner: str, source: Source, most: int) -> dict[str, Any]:
    uses = here.site.results.source_uses.get((owner, id), ())
    paged = not owner and len(uses) > MOST
    return {
        "id": f"source-{id}" if owner else id,
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "kind": here.t(f"source.{source.kind}"),
        "credibility": here.t(f"word.{source.credibility}") if source.credibility else None,
        "published": here.when(source.published) if source.published else None,
        "quotes": source.quotes,
        "licence": source.licence,
        "note": here.prose(source.note),
        "own": bool(owner),
        "uses": [used(here, one) for one in uses[:most]],
        "uses_more": max(len(uses) - most, 0) if most else 0,
        "uses_href": here.to(f"/sources/{id}/") if paged else None,
        "count": len(uses),
    }
