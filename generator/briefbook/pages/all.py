"""The site's pages in a fixed order: an explicit list, nothing is discovered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from briefbook.analyse.standing import LETTERS
from briefbook.analyse.terms import Named, named, prose_names
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
    glossary,
    home,
    industries,
    learn,
    methods,
    moved,
    owed,
    plans,
    quality,
    quiz,
    sources,
    start,
    strategy,
    team,
    team_deals,
)
from briefbook.pages.data_rows import TABLES
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.pages.table_csv import Table


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that are made together, by themselves; or a table beside the page of all data.

    `records` are kind and id of those whose pages they are, as far as there are such.
    """

    name: str
    pages: Callable[[Site], Iterable[Page]]
    table: Callable[[Site], Table] | None = None
    records: tuple[tuple[str, str], ...] = ()


LAST = "last"
"""What the part is called that tells of all others."""
KINDS = (
    ("home", home.pages),
    ("owed", owed.pages),
    ("industries", industries.pages),
    ("companies", companies.pages),
    ("strategy", strategy.pages),
    ("plans", plans.pages),
    ("customers", customers.pages),
    ("team", team.pages),
    ("sources", sources.pages),
    ("quality", quality.pages),
    ("data", data.pages),
    ("methods", methods.pages),
    ("learn", learn.pages),
    ("quiz", quiz.pages),
    ("start", start.pages),
    ("chains", chain_pages.pages),
    ("changes", changes.pages),
)
Ids = Callable[[Site], Iterable[str]]
OF_EACH: tuple[tuple[str, Ids, Callable[[Site, str], Iterable[Page]]], ...] = (
    ("industry", lambda site: site.content.industries, industries.of),
    ("chain", lambda site: site.content.industries, chain_pages.of),
    ("company", lambda site: site.content.companies, companies.of),
    ("start", lambda site: site.content.book.value.team, start.of),
    ("member", lambda site: site.content.book.value.team, team.of),
    ("capability", lambda site: site.results.capabilities, capabilities.of),
    ("class", lambda _: LETTERS, classes.of),
    ("source", sources.sheets, sources.of),
    ("method", methods.ids, methods.of),
    ("accounts", accounts.sheets, accounts.in_table),
    ("strategy", lambda site: site.content.strategies, strategy.of),
    ("classes", classes.sheets, classes.reasons),
    ("capabilities", capabilities.sheets, capabilities.matrix),
    ("customers", customers.sheets, customers.in_list),
    ("quality", quality.sheets, quality.in_list),
    ("deals", team_deals.sheets, team_deals.of),
    ("quiz", quiz.owners, quiz.of),
    ("due", owed.sheets, owed.of),
    ("facts", facts.sheets, facts.of),
    ("owner", lambda site: filter(None, site.results.quality.of_owner), quality.of),
    ("account", lambda site: site.content.accounts, accounts.of),
)
"""Kinds of pages that each of something has for itself; those of accounts come last."""
RECORDS = frozenset({"industry", "company", "account", "strategy"})
"""Those whose names are kinds of records."""


def parts(site: Site) -> Iterator[Part]:
    """Every part of the site but for its `last` pages."""
    for name, made in KINDS:
        yield Part(name, made)
    for name in TABLES:
        yield Part(f"data/{name}", _none, partial(data.table, name=name))
    for name, ids, of in OF_EACH:
        for id in ids(site):
            records = ((name, id),) if name in RECORDS else ()
            yield Part(f"{name}/{id}", partial(_one, of, id), records=records)


def last(site: Site, made: Sequence[moved.Target], named: Named) -> Iterator[Page]:
    """Pages that tell of others: where each term stands, and what moved."""
    yield from glossary.pages(site, named)
    yield from moved.pages(site, made)


def _none(_: Site) -> Iterable[Page]:
    return ()


def _one(of: Callable[[Site, str], Iterable[Page]], id: str, site: Site) -> Iterable[Page]:
    return of(site, id)


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site."""
    made: list[Page] = []
    for part in parts(site):
        for page in part.pages(site):
            made.append(page)
            yield page
    of = prose_names(site.content.glossary.value.of)
    yield from last(site, made, named(site.content.records(), of))
