"""Files of a small book in, its site and pages out: no build, no frame."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from briefbook.analyse.portfolio import analyse
from briefbook.load import Content, Record, load
from briefbook.model import FOLDERS, Account, Book
from briefbook.model.types import Frozen
from briefbook.pages.all import pages
from briefbook.pages.all import parts as parts_of
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.pages.render import Renderer
from briefbook.problem import failed
from briefbook.shape import shape
from briefbook.source import pack
from briefbook.words import Words
from tests.browser import REPO
from tests.samples import book, tree, written

TODAY = date(2026, 11, 22)
STRATEGIES = {
    "acquire": "[c]", "promote": "[c]", "retain": "[a, b]", "win-back": "[a, b]", "static": "[d]",
}  # fmt: skip
STAGES = {"acquire": "acquire", "promote": "improve", "retain": "stable", "win-back": "decline"}


def content(files: Mapping[str, str]) -> Content:
    """The content of some files beside a book; it has no error of shape."""
    with tempfile.TemporaryDirectory() as folder:
        found, problems = load(book(Path(folder), files))
    assert found is not None
    assert not failed(problems), problems
    return found


def strategies() -> dict[str, str]:
    """The five strategies of the seeds, as far as rule 6 reads them."""
    return {
        f"strategies/{id}.yml": f"name: {id.capitalize()}\nfits: {{classes: {letters}"
        + (f", lifecycles: [{STAGES[id]}]" if id in STAGES else "")
        + "}\n"
        for id, letters in STRATEGIES.items()
    }


def site(found: Content, today: date = TODAY, language: str = "en") -> Site:
    """The site of some content, in one language."""
    return Site(found, analyse(found, today), Words(language), None)


@cache
def renderer(language: str = "en") -> Renderer:
    """The templates of the theme."""
    return Renderer(REPO / "theme", Words(language))


def page(of: Site, address: str) -> Page:
    """The page at an address."""
    return next(one for one in pages(of) if one.address == address)


@cache
def sample() -> Site:
    """The site of the repository's own content, made once: nothing of it can be changed."""
    found, _ = load(REPO / "content")
    assert found is not None
    return site(found)


@cache
def sample_pages() -> Mapping[str, Page]:
    """Every page of it by address."""
    return {one.address: one for one in pages(sample())}


def pages_of(of: Site, *kinds: str) -> Iterator[Page]:
    """The pages of some parts of a site: "team" is one, "member" has one for each of them."""
    made = (part for part in parts_of(of) if part.name.partition("/")[0] in kinds)
    return (one for part in made for one in part.pages(of))


def html(of: Site, address: str) -> str:
    """The body of the page at an address."""
    return renderer(of.words.language).html(page(of, address))


def whole(of: Site, address: str) -> str:
    """The body of the page at an address, and of those below it that tell its parts in full."""
    parts_ = (f"{address}people/", f"{address}research/")
    made = (one for one in pages(of) if one.address in {address, *parts_})
    return "".join(map(renderer(of.words.language).html, made))


def record(kind: str, id: str, data: Mapping[str, Any]) -> Record[Any]:
    """A record as the loader makes it."""
    folder, model = FOLDERS[kind]
    made = tree(written(data), f"{folder}/{id}.yml")
    value, problems = shape(kind, model, made)
    assert value is not None, problems
    return Record(kind, id, f"{folder}/{id}.yml", value, pack(made))


def having(found: Content, one: Record[Any]) -> Content:
    """The content with a record put in or replaced."""
    changed: dict[str, Any] = {
        FOLDERS[one.kind][0]: Frozen(dict(found.of(one.kind)) | {one.id: one})
    }
    return replace(found, **changed)


def account(**fields: Any) -> Account:
    """An account with some fields as they would be written."""
    value = record("account", "some", {"name": "Some", "industry": "retail", **fields}).value
    assert isinstance(value, Account)
    return value


def policy(text: str = "") -> Book:
    """A book with some lines of policy."""
    return content({"book.yml": f"name: Northstar CRM\n{text}"}).book.value


def parts(node: Any) -> Iterator[Any]:
    """Every value of a tree."""
    yield node
    below = node.values() if isinstance(node, Mapping) else node if _listed(node) else ()
    for one in below:
        yield from parts(one)


def _listed(node: Any) -> bool:
    return isinstance(node, (list, tuple))
