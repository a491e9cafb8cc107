"""A chunk of Pagefind's word index in, chunks that are cheap to fetch out.

Pagefind ends a chunk with the word that fills it, which may stand on every page, and counts words
whose spellings have marks for nothing. Whoever looks for a rare word beside them would fetch all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from briefbook.search.cbor import LIST, decode, head, read_head

MOST = 64_000
"""Bytes of a chunk, before they are compressed to a third; a single word may have more."""


class Part(NamedTuple):
    """A chunk: between which letters its words stand, and its bytes."""

    first: str
    last: str
    data: bytes


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def split(whole: Part, most: int = MOST) -> tuple[Part, ...]:
    """The words of a chunk, in the same order, in as few chunks as stay below so many bytes."""
    groups: list[list[_Word]] = []
    for word in _words(whole.data):
        if groups and word.end - groups[-1][0].start <= most:
            groups[-1].append(word)
        else:
            groups.append([word])
    told = [_told(one[-1].text, other[0].text) for one, other in pairwise(groups)]
    firsts = [whole.first, *(after for _, after in told)]
    lasts = [*(before for before, _ in told), whole.last]
    return tuple(
        Part(first, last, _chunk(whole.data, words))
        for first, last, words in zip(firsts, lasts, groups, strict=True)
    )


_PLAIN = re.compile(
    rb"(?:[\x00-\x17\x20-\x37\x80-\x97]++"
    rb"|[\x18\x38\x98].|[\x19\x39\x99]..|[\x1a\x3a\x9a].{4}|[\x1b\x3b\x9b].{8})*+",
    re.DOTALL,
)
"""Numbers and heads of lists, one after the other: all that stands between two texts."""
_OF_WORD = b"\x83"
"""Head of a list of three, before the text that it begins with; spellings stand in pairs."""


def _words(data: bytes) -> Iterator[_Word]:
    """The words of a chunk, which is a list in a list of one, with the places of their bytes.

    The numbers, of which there are millions, are passed over and not read.
    """
    first = start = read_head(data, 1)[2]
    at, word = first + 1, ""
    while at < len(data):
        text, after = decode(data, at)
        if data[at - 1 : at] == _OF_WORD:
            if at - 1 > first:
                yield _Word(word, start, at - 1)
            start, word = at - 1, text
        passed = _PLAIN.match(data, after)
        at = passed.end() if passed else after
    yield _Word(word, start, len(data))


def _told(word: str, following: str) -> tuple[str, str]:
    """As few letters of neighbours as tell the one from the other, as Pagefind names them."""
    size = next(n for n in range(1, len(following) + 1) if word[:n] != following[:n])
    return word[:size], following[:size]


def _chunk(data: bytes, words: list[_Word]) -> bytes:
    return head(LIST, 1) + head(LIST, len(words)) + data[words[0].start : words[-1].end]
