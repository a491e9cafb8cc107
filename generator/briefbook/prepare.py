"""A content folder in; its problems, or all that its pages are made of, out."""

from __future__ import annotations

import hashlib
import json
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from briefbook.analyse.terms import Names, prose_names
from briefbook.examine import Tick, examined, past_label
from briefbook.executors import Beside, Workers
from briefbook.frames import head_lines
from briefbook.history.story import story
from briefbook.links import Forge
from briefbook.memory import Calls, Memory
from briefbook.pages.all import Part, pages, parts
from briefbook.pages.answers import Answers
from briefbook.pages.explain import terms
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.pages.render import Renderer
from briefbook.problem import ContentError, Problem, failed
from briefbook.settings import Settings
from briefbook.words import Words, spoken


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page with its body, what stands in its head, and its table of contents, as HTML."""

    page: Page
    body: str
    head: str
    contents: str


@dataclass(frozen=True)
class Prepared:
    """Everything about the site before its pages are made."""

    site: Site
    renderer: Renderer
    problems: tuple[Problem, ...]
    settings: Settings
    skipped: tuple[Problem, ...] = ()
    label: str = ""
    calls: Calls = field(default_factory=Calls)

    @property
    def name(self) -> str:
        """What the site is called."""
        return self.site.content.book.value.name

    @property
    def built(self) -> str:
        """The day of the build, in words."""
        return self.site.words.day(self.settings.today)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What the site is made of, in a fixed order."""
        return tuple(parts(self.site))

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, without its HTML."""
        return tuple(pages(self.site))

    @cached_property
    def frame_key(self) -> str:
        """SHA-256 over all that shows in frames."""
        book = self.site.content.book.value
        shown = [
            self.settings.engine, self.renderer.look, self.built, book.name, book.language,
            book.site, self.label,
        ]  # fmt: skip
        return _digest(shown)

    @cached_property
    def key(self) -> str:
        """SHA-256 over all that any page may show besides what it reads of the site."""
        past, content = self.settings.past, self.site.content
        terms = content.digests.get(content.glossary.file)
        return _digest([self.frame_key, self.settings.folder, repr(past and past.book), terms])

    @cached_property
    def prose(self) -> Names:
        """What finds the terms of the glossary in prose."""
        return prose_names(self.site.content.glossary.value.of)

    @cached_property
    def answers(self) -> Answers:
        """What the site says to those who read of it."""
        return Answers(self.site, self.calls)

    def rendered(self, page: Page) -> Rendered:
        """A page with its HTML."""
        site = self.site.content.book.value.site
        return Rendered(
            page,
            self.renderer.html(page),
            head_lines(page.description, page.address, site),
            self.renderer.contents(page),
        )


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def prepare(
    settings: Settings,
    tick: Tick = lambda *_: None,
    known: Memory | None = None,
    workers: Workers | None = None,
    beside: Beside = nullcontext,
) -> Prepared:
    """Read, check and analyse; raises `ContentError` with all problems; `known` as in `examine`."""
    found = examined(settings, tick, known, workers, beside)
    content, results = found.content, found.results
    if content is None or results is None or failed(found.problems):
        raise ContentError((*found.problems, *found.skipped))
    book = content.book.value
    words = Words(spoken(book.language))
    forge = None
    if book.repository:
        forge = Forge(book.repository, book.branch, settings.folder, book.host)
    past = story(settings.history, content, settings.today) if settings.history else None
    return Prepared(
        site=Site(content, results, words, forge, past),
        renderer=Renderer(settings.theme, words, terms(content, words)),
        problems=found.problems,
        settings=settings,
        skipped=found.skipped,
        label=past_label(settings.past, found.skipped, words),
        calls=known or Calls(),
    )
