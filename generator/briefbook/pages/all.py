"""The site's pages in a fixed order: an explicit list, nothing is discovered."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.pages import (
    accounts,
    capabilities,
    chain_pages,
    changes,
    classes,
    companies,
    customers,
    data,
    facts,
    home,
    industries,
    learn,
    moved,
    owed,
    plans,
    quality,
    sources,
    strategy,
    team,
)
from briefbook.pages.here import Site
from briefbook.pages.page import Page

KINDS = (
    home,
    owed,
    accounts,
    industries,
    companies,
    strategy,
    classes,
    plans,
    customers,
    team,
    sources,
    quality,
    facts,
    data,
    capabilities,
    learn,
    chain_pages,
    changes,
)


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site."""
    made: list[Page] = []
    for kind in KINDS:
        for page in kind.pages(site):
            made.append(page)
            yield page
    yield from moved.pages(site, made)
