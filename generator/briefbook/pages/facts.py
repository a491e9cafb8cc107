"""`/quality/facts/`: facts that are stale or have no source, by industry; and one row of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefbook.analyse.facts import fresh_limits
from briefbook.analyse.results import FactUse
from briefbook.load import Content, Record
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.fact_label import anchor, label
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.seen import shared
from briefbook.pages.sheets import firsts, pager, sheet
from briefbook.quantity import shorten

BASE = "/quality/facts/"
Counts = Mapping[str, tuple[int, int]]
"""By industry: facts that are stale, figures without a source."""
MOST_TEXT = 80
"""Characters of a value; the whole of it stands where the link leads."""
KINDS = ("industry", "account", "company", "strategy")
"""Order within an industry: its own facts, then its accounts and companies."""


@dataclass(frozen=True, slots=True)
class Work:
    """A fact that needs work: stale, or a figure without a source; `industry` is "" outside all."""

    industry: str
    record: tuple[str, str]
    path: tuple[str | int, ...]
    text: str
    stale: FactUse | None


def sheets(site: Site) -> Iterator[str]:
    """Each page of 200 facts that need work, by its first row."""
    return map(str, firsts(len(site.results.stale) + len(site.results.quality.bare)))


def of(site: Site, first: str) -> Iterator[Page]:
    """A page by itself: each names other records."""
    yield _page(site, work(site), _counts(site), int(first))


@shared
def work(site: Site) -> list[Work]:
    """Stale facts and figures without a source, industry by industry along the tree."""
    content, tree = site.content, site.results.tree
    order = [id for root in tree.roots for id in tree.under(root)]
    place = {id: at for at, id in enumerate([*order, ""])}
    found = [
        Work(_industry(content, one.record, place), one.record, one.path, one.text, one)
        for one in site.results.stale
    ]
    found += [
        Work(_industry(content, one.record, place), one.record, one.path, _text(one.node), None)
        for one in site.results.quality.bare
    ]
    found.sort(key=lambda one: (place[one.industry], KINDS.index(one.record[0]), one.record[1]))
    return found


def _industry(content: Content, record: tuple[str, str], known: dict[str, int]) -> str:
    kind, id = record
    of = id if kind == "industry" else getattr(content.of(kind)[id].value, "industry", None)
    return of if of in known else ""


def _text(node: Any) -> str:
    if isinstance(node, str):
        return node
    for key in ("value", "share", "revenue"):
        if isinstance(node.get(key), str):
            return str(node[key])
    return ""


def _page(site: Site, rows: Sequence[Work], counts: Counts, first: int) -> Page:
    here, t = Here(site, sheet(BASE, first)), site.words
    shown = rows[first : first + MOST_ROWS]
    groups = _groups(here, shown, counts)
    late, bare = (sum(one[at] for one in counts.values()) for at in (0, 1))
    data = {
        "title": t("facts.title"),
        "trail": [{"href": here.to(BASE), "label": t("facts.title")}] if first else [],
        "sample": site.sample,
        "lede": _said(here, late, bare),
        "kinds": [] if first else _kinds(here),
        "groups": groups,
        "pager": pager(here, BASE, first, len(rows)),
    }
    toc = [("kinds", t("facts.kinds"))] * (not first)
    return Page(
        address=here.base,
        template="facts.html",
        title=t("facts.title"),
        kind="facts",
        section="/quality/",
        searchable=False,
        toc=(*toc, *((one["id"], one["name"]) for one in groups)),
        data=data,
        foot=here.foot(None),
    )


def _groups(here: Here, rows: Sequence[Work], all_of: Counts) -> list[dict[str, Any]]:
    """The rows of a page by industry, with how many of each sort there are on all pages."""
    by: defaultdict[str, list[Work]] = defaultdict(list)
    for row in rows:
        by[row.industry].append(row)
    made = []
    for id, members in by.items():
        link = here.industry(id)
        made.append({
            "id": f"industry-{id}" if link else "elsewhere",
            "name": link["name"] if link else here.t("facts.elsewhere"),
            "href": link["href"] if link else None,
            "note": _said(here, *all_of[id]),
            "rows": [_row(here, one) for one in members],
        })  # fmt: skip
    return made


@shared
def _counts(site: Site) -> Counts:
    rows = work(site)
    late = Counter(one.industry for one in rows if one.stale)
    bare = Counter(one.industry for one in rows if not one.stale)
    return {id: (late[id], bare[id]) for id in (*late, *bare)}


def _said(here: Here, late: int, bare: int) -> str:
    """How many facts are stale and how many figures have no source, where there are any."""
    said = [here.t("home.stale", n=late)] if late else []
    return here.t.listed([*said, here.t("facts.unsourced", n=bare)] if bare else said)


def _row(here: Here, one: Work) -> dict[str, Any]:
    if one.stale:
        return stale_row(here, one.stale)
    kind, id = one.record
    return {**_fact(here, here.site.content.of(kind)[id], one.path, one.text), "as_of": None,
            "limit": None, "since": None}  # fmt: skip


def stale_row(here: Here, fact: FactUse) -> dict[str, Any]:
    """One line of a table of stale facts."""
    kind, id = fact.record
    assert fact.stale_since
    assert fact.dated
    limit = getattr(here.site.content.book.value.fresh_for, fact.kind)
    return {
        **_fact(here, here.site.content.of(kind)[id], fact.path, fact.text),
        "as_of": here.t.month(fact.dated),
        "limit": here.quantity(limit),
        "since": here.t("stale.since", date=here.t.month(fact.stale_since)),
    }


def used(here: Here, fact: FactUse) -> dict[str, Any]:
    """One line of the facts that rest on a source."""
    kind, id = fact.record
    return _fact(here, here.site.content.of(kind)[id], fact.path, fact.text)


def _fact(
    here: Here, record: Record[Any], path: tuple[str | int, ...], text: str
) -> dict[str, Any]:
    named = label(here, record, path)
    return {
        "record": record.name,
        "kind": here.t(f"kind.{record.kind}"),
        "href": here.record(record.kind, record.id, anchor(record, path)),
        "path": named,
        "value": shorten(here.written(text), MOST_TEXT) if text and text not in named else None,
        "whole": not text,
    }


def _kinds(here: Here) -> list[dict[str, Any]]:
    """Each kind of fact with its limit, how many there are and how many are stale."""
    limits = here.site.content.book.value.fresh_for
    facts = here.site.results.facts
    return [
        {
            "name": here.t(f"fresh.{kind}"),
            "limit": here.quantity(getattr(limits, kind)),
            "count": sum(1 for one in facts if one.kind == kind),
            "undated": sum(1 for one in facts if one.kind == kind and one.dated is None),
            "stale": sum(1 for one in facts if one.kind == kind and one.stale_since),
        }
        for kind in fresh_limits(limits)
    ]
