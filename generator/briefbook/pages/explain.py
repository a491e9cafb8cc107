"""A page's HTML in; the same with a link to the glossary where each term first stands out.

What the links explain is told in place by terms.js, from one file for the whole site: written out,
the definitions were a tenth of each page.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from markupsafe import escape

from briefbook.analyse.terms import Names, names, spellings
from briefbook.links import relative
from briefbook.load import Content
from briefbook.words import Words

SILENT = frozenset({"glossary", "fields", "moved"})
"""Kinds of pages on which nothing is explained: they explain, or hold no prose."""
_WHOLE = "|".join(
    rf"{begins}\b(?:[^<]*+<)+?/{begins.partition('(')[0]}"
    for begins in (
        "a", "button", "caption", "code", "footer", "h[1-6]", "label", "legend", "nav", "option",
        "pre", "script", "select", "style", "summary", "svg", "template", "textarea",
        r"th(?=[^>]*\sdata-sort-by=)",
    )
)  # fmt: skip
# A tag, or an element in which a term would break a link, a heading, what sorts a table, or code.
_TAG = rf"<(?:/[^>]*+>|(?:{_WHOLE})>|[^>]*+>)\s*+"
# All between two texts in one go, for most tags part none. The first tag is written out, so that
# the pattern begins with a sign of its own and is found faster than one that may repeat.
_NOISE = re.compile(rf"({_TAG}(?:{_TAG})*+)")
_TAGS = re.compile(rf"<(?:(/)[^>]*+>|({_WHOLE})>|((?:input|br|hr|img|col|wbr)\b)?([^>]*+>))")
_QUIET = re.compile(r'\s(?:lang="([^"]*)"|hidden[ >=]|aria-hidden="true"|class="bb-(?:sr|badge)\b)')
_NEAR = 60
"""Tags before a text in which what holds it is looked for."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader is told of a term; `alone` where only a label of its own is explained."""

    name: str
    text: str
    lang: str
    alone: bool


Named = tuple[str, int, int]
"""The id of a term, and where a text begins and ends to name it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a site in its language, ready to be found; `alone` are everyday words."""

    alone: Mapping[str, bool]
    language: str
    digest: str
    named: Callable[[str], tuple[Named, ...]]

    def explained(self, html: str, base: str, kind: str) -> str:
        """The page at `base` with a link at the first use of each term."""
        if kind in SILENT:
            return html
        told: set[str] = set()
        way = relative("/glossary/", base)
        pieces = _NOISE.split(html)  # a text, what stands between, a text, and so on
        for place, found in enumerate(map(self.named, pieces[::2])):
            done, made, at = 0, "", 2 * place
            for id, start, end in found:
                if id not in told and self._fits(id, pieces, at, start, end):
                    told.add(id)
                    made += pieces[at][done:start] + _link(id, pieces[at][start:end], way)
                    done = end
            if done:
                pieces[at] = made + pieces[at][done:]
        return "".join(pieces)

    def _fits(self, id: str, pieces: Sequence[str], at: int, start: int, end: int) -> bool:
        """Whether it stands as a word in the open, and alone where it is an everyday word."""
        text = pieces[at]
        if self.alone[id] and (text[:start] + text[end:]).strip():
            return False
        return text[start - 1 : start] not in {"&", "#", "-"} and not self._quiet(pieces, at)

    def _quiet(self, pieces: Sequence[str], at: int) -> bool:
        """Whether an element around the text is hidden, or in another language."""
        kinds = ""
        for before in range(at - 1, 0, -2):
            kinds += _kinds(pieces[before], self.language)
            if len(kinds) >= _NEAR:
                break
        return "!" in kinds and _open_and_quiet(kinds[:_NEAR])


def _open_and_quiet(kinds: str) -> bool:
    """Whether one of these tags begins something quiet that none of those after it ends."""
    closed = 0
    for kind in kinds:
        if kind == "/":
            closed += 1
        elif closed and kind != " ":
            closed -= 1
        elif kind == "!":
            return True
    return False


@lru_cache(maxsize=1 << 10)  # templates write much the same between texts
def _kinds(noise: str, language: str) -> str:
    """A sign for each tag, the last one first: / ends, + begins, ! begins something quiet."""
    return "".join(
        [
            "/" if ends else " " if whole or void else _begun(tag, language)
            for ends, whole, void, tag in reversed(_TAGS.findall(noise))
        ]
    )


def _begun(tag: str, language: str) -> str:
    mark = _QUIET.search(tag)
    return "!" if mark and mark[1] != language else "+"


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
    digest = hashlib.sha256(seen.encode()).hexdigest()
    return Terms(alone, words.reads, digest, lru_cache(maxsize=1 << 14)(partial(_named, found)))


def _named(found: Names, text: str) -> tuple[Named, ...]:
    """The terms of a text; labels stand on thousands of pages, and prose on several."""
    each = found.pattern.finditer(text)
    return tuple([(id, *one.span()) for one in each if (id := found.id(one[0]))])


def _languages(content: Content, words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys((content.book.value.language, words.reads)))
