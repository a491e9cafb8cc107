"""`/industries/`: the tree with its figures, and a brief for each industry."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.pages import brief, pains
from briefbook.pages.here import Here, Site
from briefbook.pages.industry_row import row
from briefbook.pages.page import Page


def pages(site: Site) -> Iterator[Page]:
    """The index, then pains by capability."""
    yield _index(site)
    yield from pains.pages(site)


def of(site: Site, id: str) -> Iterator[Page]:
    """The brief of one industry."""
    yield brief.page(site, site.content.industries[id])


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
            "rows": [row(here, id) for root in tree.roots for id in tree.under(root)],
            "pains_href": here.to(pains.BASE),
            "chains_href": here.to("/value-chain/"),
            "note": _note(here),
            "currency": site.content.book.value.currency,
        },
    )


def _note(here: Here) -> str:
    """Whose figures a total holds: contributions of one year, so that industries compare."""
    year = max((one.year for one in here.site.results.industries.values()), default="")
    said = here.t("industries.note", year=here.year(year)) if year else ""
    return here.t.sentences((said, here.t("industries.verdict-note")))
