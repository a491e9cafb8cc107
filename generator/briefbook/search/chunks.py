"""The words of an index in, chunks of it that are cheap to fetch out.

Pagefind ends a chunk with the word that fills it, which may stand on every page, and counts words
whose spellings have marks for nothing. Whoever looks for a rare word beside them would fetch all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefbook.search.cbor import LIST, head

MOST = 64_000
"""Bytes of a chunk, before they are compressed to a third; a single word may have more."""


class Chunk(NamedTuple):
    """A chunk: between which letters its words stand, and its bytes."""

    first: str
    last: str
    data: bytes


def chunks(words: Iterable[tuple[str, bytes]], most: int = MOST) -> Iterator[Chunk]:
    """Words with their bytes, in the same order, in as few chunks as stay below so many bytes."""
    first = last = ""
    group: list[bytes] = []
    size = 0
    for word, data in words:
        if group and size + len(data) > most:
            before, after = _told(last, word)
            yield Chunk(first, before if before >= first else last, _chunk(group))
            first, group, size = after, [], 0
        first = first or word
        last = word
        group.append(data)
        size += len(data)
    if group:
        yield Chunk(first, last, _chunk(group))


def _told(word: str, following: str) -> tuple[str, str]:
    """As few letters of neighbours as tell the one from the other, as Pagefind names them."""
    size = next(n for n in range(1, len(following) + 1) if word[:n] != following[:n])
    return word[:size], following[:size]


def _chunk(words: list[bytes]) -> bytes:
    return head(LIST, 1) + head(LIST, len(words)) + b"".join(words)
