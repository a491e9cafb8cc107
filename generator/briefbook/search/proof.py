"""A settled index and words in, an error out unless it finds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from briefbook.search.bundle import CHUNK, ENTRY, FOLDER, LANGUAGE, META, SearchError, file, read
from briefbook.spelling import fold


def proves(site: Path, words: Mapping[str, str]) -> None:
    """Raise `SearchError` unless every sample (language: words) is found in the index.

    Each sample is looked up the way the browser does it: marks and case folded, Chinese cut
    into the words that the index knows, and one page must hold them all. What it leaves to the
    browser test is Pagefind's own script, ranking, and the order of the words.
    """
    bundle = site / FOLDER
    lookup = _Lookup(bundle)
    missing = [
        f"{text!r} ({language})"
        for language, text in sorted(words.items())
        if not _found(lookup, text)
    ]
    if missing:
        raise SearchError(f"The search index does not find {', '.join(missing)}.")


class _Lookup:
    """The pages of a word, from the chunks of the index that may hold it, each read once."""

    def __init__(self, bundle: Path) -> None:
        self._bundle = bundle
        entry = json.loads((bundle / ENTRY).read_text("utf-8"))
        name = entry["languages"][LANGUAGE]["hash"]
        self._chunks = read(file(bundle, META, name))[2]
        self._words: dict[str, dict[str, frozenset[int]]] = {}

    def pages(self, word: str) -> frozenset[int]:
        # A chunk names its last word by as few letters as tell it from the next chunk.
        chunks = [
            name
            for first, last, name in self._chunks
            if first <= word and (word <= last or word.startswith(last))
        ]
        return frozenset().union(*(self._chunk(name).get(word, frozenset()) for name in chunks))

    def _chunk(self, name: str) -> dict[str, frozenset[int]]:
        if name not in self._words:
            [words] = read(file(self._bundle, CHUNK, name))
            self._words[name] = {entry[0]: frozenset(_pages(entry)) for entry in words}
        return self._words[name]


def _pages(entry: Sequence[Any]) -> Iterator[int]:
    """Page numbers of a word and of its spellings with marks; stored as differences."""
    _, plain, spellings = entry
    for occurrences in (plain, *(pages for _, pages in spellings)):
        page = 0
        for step, *_ in occurrences:
            page += step
            yield page


def _found(lookup: _Lookup, text: str) -> bool:
    words = re.findall(r"\w+", fold(text))
    return bool(words) and _together(lookup, words)


def _together(lookup: _Lookup, words: Sequence[str]) -> bool:
    """Whether one page holds every word, each cut where needed into words of the index."""
    pages: frozenset[int] | None = None
    for word in words:
        found = _cut(lookup, word)
        pages = found if pages is None else pages & found
    return bool(pages)


def _cut(lookup: _Lookup, word: str) -> frozenset[int]:
    """Pages of a word or, longest piece first, pages that hold all the pieces it falls into."""
    if whole := lookup.pages(word):
        return whole
    for end in range(len(word) - 1, 0, -1):
        if (head := lookup.pages(word[:end])) and (both := head & _cut(lookup, word[end:])):
            return both
    return frozenset()
