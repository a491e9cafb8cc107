"""The site's pages in a fixed order: an explicit list, nothing is discovered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

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
)
from briefbook.pages.here import Site
from briefbook.pages.page import Page


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that are made together, by themselves."""

    name: str
    pages: Callable[[Site], Iterable[Page]]


KINDS = (
    ("home", home.pages),
    ("owed", owed.pages),
    ("accounts", accounts.tables),
    ("industries", industries.pages),
    ("companies", companies.pages),
    ("strategy", strategy.pages),
    ("classes", classes.pages),
    ("plans", plans.pages),
    ("customers", customers.pages),
    ("team", team.pages),
    ("sources", sources.pages),
    ("quality", quality.pages),
    ("facts", facts.pages),
    ("data", data.pages),
    ("capabilities", capabilities.pages),
    ("methods", methods.pages),
    ("learn", learn.pages),
    ("glossary", glossary.pages),
    ("quiz", quiz.pages),
    ("start", start.pages),
    ("chains", chain_pages.pages),
    ("changes", changes.pages),
)
OF_RECORDS = (
    ("industry", "industries", industries.of),
    ("chain", "industries", chain_pages.of),
    ("company", "companies", companies.of),
    ("account", "accounts", accounts.of),
)
"""Kinds of pages that each record of a kind has for itself."""


def parts(site: Site) -> Iterator[Part]:
    """Every part of the site; what moved is told of last, by `moved`."""
    for name, made in KINDS:
        yield Part(name, made)
    for name, records, of in OF_RECORDS:
        for id in getattr(site.content, records):
            yield Part(f"{name}/{id}", partial(of, id=id))


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site."""
    made: list[Page] = []
    for part in parts(site):
        for page in part.pages(site):
            made.append(page)
            yield page
    yield from moved.pages(site, made)
