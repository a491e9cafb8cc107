"""The site's pages in a fixed order: an explicit list, nothing is discovered."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.pages import (
    accounts,
    chain_pages,
    companies,
    facts,
    home,
    industries,
    learn,
    sources,
    strategy,
)
from briefbook.pages.here import Site
from briefbook.pages.page import Page

KINDS = (home, accounts, industries, companies, strategy, sources, facts, learn, chain_pages)


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site."""
    for kind in KINDS:
        yield from kind.pages(site)
