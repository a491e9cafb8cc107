"""Redirects and the pages of today in, a page at each old address that says where it is now, out.

A plain page: it works without scripts, keeps what stands behind the `#` out of the way, and tells
people to take the new address along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from briefbook.links import FOLDER
from briefbook.model.redirects import Redirects
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page

PLACES = {"industry": ("industry", "chain")}
"""Kinds of record with pages in more than one place."""


class Target(Protocol):
    """What must be known of a page to lead to it."""

    @property
    def address(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def section(self) -> str: ...


def pages(site: Site, made: Sequence[Target]) -> Iterator[Page]:
    """A page for each address that a renamed record had."""
    redirects = site.content.redirects.value
    for kind in Redirects.model_fields:
        for old, new in redirects.of(kind).items():
            for place in PLACES.get(kind, (kind,)):
                yield from _of(site, made, f"/{FOLDER[place]}/", (old, new))


def _of(site: Site, made: Sequence[Target], folder: str, ids: tuple[str, str]) -> Iterator[Page]:
    old, new = ids
    for page in made:
        if page.address.startswith(f"{folder}{new}/"):
            below = page.address.removeprefix(f"{folder}{new}/")
            yield _page(site, f"{folder}{old}/{below}", page)


def _page(site: Site, address: str, to: Target) -> Page:
    here = Here(site, address)
    t = site.words
    return Page(
        address=address,
        template="moved.html",
        title=t("moved.title", name=to.title),
        kind="moved",
        section=to.section,
        searchable=False,
        data={
            "title": t("moved.title", name=to.title),
            "text": t("moved.text"),
            "link": {"href": here.to(to.address), "name": to.title, "address": to.address},
        },
    )
