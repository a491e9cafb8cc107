"""A page's HTML in; the same with a link to the glossary where each term first stands out.

What the links explain is told in place by terms.js, from one file for the whole site: written out,
the definitions were a tenth of each page.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from markupsafe import escape

from briefbook.analyse.terms import Names, names, spellings
from briefbook.links import relative
from briefbook.load import Content
from briefbook.words import Words

SILENT = frozenset({"glossary", "fields", "moved"})
"""Kinds of pages on which nothing is explained: they explain, or hold no prose."""
_NOISE = re.compile(
    r"(<(a|button|h[1-6]|summary|label|svg|code|pre|script|style|template|option|select|textarea"
    r"|legend|nav|footer|caption|th(?=[^>]*\sdata-sort-by=))\b.*?</\2>|<[^>]*>)",
    re.DOTALL,
)
# A tag, or an element in which a term would break a link, a heading, what sorts a table, or code.
_EVERY = 3  # a split gives text, noise, and the name of a whole element
_QUIET = re.compile(r'\s(?:lang="([^"]*)"|hidden[ >=]|aria-hidden="true"|class="bb-(?:sr|badge)\b)')
_VOID = re.compile(r"<(?:input|br|hr|img|col|wbr)\b")
_NEAR = 60
"""Tags before a text in which what holds it is looked for."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader is told of a term; `alone` where only a label of its own is explained."""

    name: str
    text: str
    lang: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a site in its language, ready to be found; `alone` are everyday words."""

    found: Names
    alone: Mapping[str, bool]
    language: str
    digest: str

    def explained(self, html: str, base: str, kind: str) -> str:
        """The page at `base` with a link at the first use of each term."""
        if kind in SILENT:
            return html
        pieces: list[str | None] = list(_NOISE.split(html))
        texts = pieces[::_EVERY]
        begins = [0, *accumulate(len(one or "") + 1 for one in texts)]
        told: dict[str, tuple[int, int, int]] = {}
        way = relative("/glossary/", base)
        for one in self.found.pattern.finditer("\0".join(one or "" for one in texts)):
            id = self.found.id(one[0])
            if id is None or id not in self.alone or id in told:
                continue
            at = bisect_right(begins, one.start()) - 1
            place = (at, one.start() - begins[at], one.end() - begins[at])
            if self._fits(id, pieces, *place):
                told[id] = place
        for id, (at, start, end) in reversed(told.items()):
            text = pieces[at * _EVERY] or ""
            pieces[at * _EVERY] = text[:start] + _link(id, text[start:end], way) + text[end:]
        pieces[2::_EVERY] = [None] * (len(pieces) // _EVERY)
        return "".join([one for one in pieces if one])

    def _fits(self, id: str, pieces: Sequence[str | None], at: int, start: int, end: int) -> bool:
        """Whether it stands as a word in the open, and alone where it is an everyday word."""
        text = pieces[at * _EVERY] or ""
        if self.alone[id] and (text[:start] + text[end:]).strip():
            return False
        return text[start - 1 : start] not in {"&", "#", "-"} and not self._quiet(pieces, at)

    def _quiet(self, pieces: Sequence[str | None], at: int) -> bool:
        """Whether an element around the text is hidden, or in another language."""
        closed = 0
        for back in range(at - 1, max(at - 1 - _NEAR, -1), -1):
            tag = pieces[back * _EVERY + 1] or ""
            if pieces[back * _EVERY + 2] or _VOID.match(tag):
                continue
            if tag.startswith("</"):
                closed += 1
            elif closed:
                closed -= 1
            elif (mark := _QUIET.search(tag)) and mark[1] != self.language:
                return True
        return False


def _link(id: str, text: str, way: str) -> str:
    return f'<a class="bb-term" href="{way}#{id}">{text}</a>'


def notes(content: Content, words: Words) -> dict[str, Note]:
    """What is told of each term that has a definition in the book's or the reader's language."""
    told = {}
    for id, term in content.glossary.value.of.items():
        for lang in (*_languages(content, words), "en"):
            text = getattr(term.definition, lang, None)
            name = next(iter(spellings(term, lang)), None)
            if text and name:
                told[id] = Note(name, text, lang, bool(term.everyday))
                break
    return told


def notes_json(content: Content, words: Words) -> str:
    """What terms.js tells: name, text and language of each term, and what the link is called."""
    told: dict[str, Any] = {
        id: [one.name, one.text, *([one.lang] if one.lang != words.reads else [])]
        for id, one in notes(content, words).items()
    }
    return json.dumps({"label": words("glossary.in"), "of": told}, ensure_ascii=False) + "\n"


def terms(content: Content, words: Words) -> Terms:
    """The terms that have a definition, in the book's language and in that of the interface."""
    of, told = content.glossary.value.of, notes(content, words)
    languages = _languages(content, words)
    found = names({id: of[id] for id in told}, languages, lambda name: str(escape(name)))
    alone = {id: one.alone for id, one in told.items()}
    seen = repr((found.pattern.pattern, alone, words.reads))
    return Terms(found, alone, words.reads, hashlib.sha256(seen.encode()).hexdigest())


def _languages(content: Content, words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys((content.book.value.language, words.reads)))
