"""A page in, its HTML out; and HTML in, where its links lead out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from briefbook.look import look
from briefbook.pages.explain import Terms
from briefbook.pages.page import Page
from briefbook.pages.templates import Codes, Templates
from briefbook.spelling import LETTERS, also_spelled
from briefbook.words import Words


class Renderer:
    """The page templates of a theme folder, in one language, and the terms that they explain."""

    def __init__(self, theme: Path, words: Words, terms: Terms | None = None) -> None:
        self.terms, self.language = terms, words.language
        self.look = look(theme)
        self.environment = _templates(theme / "briefbook", self.look, words)

    def html(self, page: Page) -> str:
        """The body of the page."""
        template = self.environment.get_template(page.template)
        data = dict(page.data)
        # `else` is a word of the template language.
        made = template.render(
            **data,
            self_else=data.pop("else", ()),
            kind=page.kind,
            foot=page.foot,
            filters=page.filters if page.searchable else (),
            searchable=page.searchable,
            within=page.within,
        )
        if page.searchable:
            made = made.replace(ALSO, also_spelled(_texts(made)), 1)
        return self.terms.explained(made, page.address, page.kind) if self.terms else made

    def take(self, language: str, codes: Codes) -> None:
        """Use templates that were compiled elsewhere, if with words of the same language."""
        if language == self.language:
            self.environment.take(codes)

    def ready(self) -> None:
        """Compile every template now, for all processes that are forked from this one."""
        self.environment.ready()

    def contents(self, page: Page) -> str:
        """The table of contents of the page, empty where it has none."""
        if not page.toc:
            return ""
        return self.environment.get_template("contents.html").render(toc=page.toc)


@lru_cache(maxsize=1)
def _templates(folder: Path, _look: str, words: Words) -> Templates:
    """Templates that look like this, compiled once in a process that builds again and again."""
    made = Templates(folder)
    made.globals["t"] = words
    return made


ALSO = "briefbook-also-spelled"
"""Stands in page.html where words with đ are spelled once more for the search index."""


def _texts(html: str) -> str:
    """Texts between tags that have such a word."""
    return " ".join(text for letter in LETTERS for text in _around(letter, html))


def _around(letter: str, html: str) -> Iterator[str]:
    """Few texts have the letter: to look for it is faster than to look at each of them."""
    at = html.find(letter)
    while at >= 0:
        start = html.find(">", html.rfind("<", 0, at)) + 1
        end = html.find("<", at)
        end = end if end >= 0 else len(html)
        yield html[start:end]
        at = html.find(letter, end)


# One at a time: what begins with letters is found much faster than one of several. In a tag only:
# text may say href="x" too, but behind that, or behind a quote without an end, stands a "<" before
# any ">", which is escaped there, as both are in values.
_ID, _HREF, _SRC = (
    re.compile(rf'{name}=(?<=\s{name}=)"([^"<>]*)"(?=[^<>]*>)') for name in ("id", "href", "src")
)


@dataclass(frozen=True, slots=True)
class Ends:
    """Where links can lead to in a page, and where its own lead, still escaped as attributes."""

    ids: frozenset[str]
    targets: frozenset[str]


def ends(html: str) -> Ends:
    """Ids of a page, and what its links and pictures lead to."""
    targets = _HREF.findall(html) + _SRC.findall(html)
    return Ends(frozenset(_ID.findall(html)), frozenset(targets))
