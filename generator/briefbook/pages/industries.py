"""`/industries/`: the tree with its figures, then a brief for each industry."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.pages import brief, pains
from briefbook.pages.here import Here, Site
from briefbook.pages.industry_row import row
from briefbook.pages.page import Page


def pages(site: Site) -> Iterator[Page]:
    """The index, pains by capability, then a brief for each industry."""
    yield _index(site)
    yield from pains.pages(site)
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
