"""A chunk of Pagefind's word index in; its words with all their postings, ready to be joined, out.

A posting says where on a page a word stands. There are millions of them, so no number of theirs
is read but that of the page, which is told as the step from the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise
from operator import sub
from typing import NamedTuple

from briefbook.search.cbor import LIST, decode, encode, head, read_head

_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4}|[\x1b\x3b].{8})"
_NUMBERS = rb"(?:[\x00-\x17\x20-\x37]++|" + _NUMBER + rb")*+"
_LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})" + _NUMBERS
_STEP, _PLACES = rb"\x83" + _NUMBER, _LIST + _LIST
"""How a posting begins, and its places: those in the text, then those in fields."""
_RUN = re.compile(rb"(?:" + _STEP + _PLACES + rb")*+", re.DOTALL)
_POSTING = re.compile(rb"(" + _STEP + rb")(" + _PLACES + rb")", re.DOTALL)
_IN_FIELDS = re.compile(
    rb"((?:" + _STEP + _LIST + rb"\x80)*+" + _STEP + _LIST + rb")((?!\x80)" + _LIST + rb")",
    re.DOTALL,
)
"""Postings of words that stand in no field, and the next one that does, with its fields."""


class Postings(NamedTuple):
    """A list of postings: how many, the first and last page, and all behind that first number."""

    length: int
    first: int
    last: int
    body: bytes


class Word(NamedTuple):
    """A word, in the bytes of its text, with postings; and those of each spelling with marks."""

    text: bytes
    plain: Postings
    spellings: Sequence[tuple[bytes, Postings]]


class Numbers(NamedTuple):
    """How many pages of an index stand before some, and which numbers it gives to their fields."""

    before: int
    fields: tuple[int, ...] = ()


NOWHERE = Postings(0, 0, 0, b"")


def words(data: bytes, pages: Sequence[int], shards: Sequence[int]) -> Iterator[tuple[int, Word]]:
    """The words of a chunk, each with its shard.

    `pages` are the new numbers of its pages, and `shards` those that each shard begins with, in
    order, and the one that is behind all.
    Raises ValueError or LookupError if it is no chunk.
    """
    reader = _Reader(data, pages, shards)
    _, count, at = read_head(data, 1)
    for _ in range(count):
        text, at = reader.text(at, 3)
        plain, at = reader.postings(at)
        _, forms, at = read_head(data, at)
        spellings: dict[int, list[tuple[bytes, Postings]]] = {}
        for _ in range(forms):
            form, at = reader.text(at, 2)
            there, at = reader.postings(at)
            for shard, postings in there.items():
                spellings.setdefault(shard, []).append((form, postings))
        for shard in sorted({*plain, *spellings}):
            yield shard, Word(text, plain.get(shard, NOWHERE), spellings.get(shard, ()))
    if at != len(data):
        raise ValueError("a chunk goes on behind its end")


class _Reader:
    """Reads what stands at a place of a chunk, and where it ends."""

    def __init__(self, data: bytes, pages: Sequence[int], shards: Sequence[int]) -> None:
        self._data, self._pages, self._shards = data, pages, shards
        self._heads = [_step(number) for number in range(len(pages))]
        self._steps = {step: number for number, step in enumerate(self._heads)}

    def text(self, at: int, of: int) -> tuple[bytes, int]:
        """The text that begins a list of so many values."""
        start = read_head(self._data, at)
        kind, size, at = read_head(self._data, at + 1)
        if start[:2] != (LIST, of) or kind != 3:
            raise ValueError("a word of another form")
        return self._data[at : at + size], at + size

    def postings(self, at: int) -> tuple[dict[int, Postings], int]:
        """Postings by shard, in the new order of their pages."""
        kind, count, at = read_head(self._data, at)
        run = _RUN.match(self._data, at)
        end = run.end() if run else at
        found = _POSTING.findall(self._data, at, end)
        if kind != LIST or len(found) != count:
            raise ValueError("postings of another form")
        return dict(self._by_shard(found)) if found else {}, end

    def _by_shard(self, found: Sequence[tuple[bytes, bytes]]) -> Iterator[tuple[int, Postings]]:
        # There are millions of postings: no line of our own is run for one of them.
        steps, unsorted = zip(*found, strict=True)
        numbers = accumulate(map(self._steps.__getitem__, steps))
        pages, places = zip(
            *sorted(zip(map(self._pages.__getitem__, numbers), unsorted, strict=True)), strict=True
        )
        start = 0
        for shard, (first, following) in enumerate(pairwise(self._shards)):
            end = bisect_left(pages, following, start)
            if end > start:
                between = map(sub, pages[start + 1 : end], pages[start : end - 1])
                heads = chain((b"",), map(self._heads.__getitem__, between))
                body = b"".join(chain.from_iterable(zip(heads, places[start:end], strict=True)))
                last = pages[end - 1] - first
                yield shard, Postings(end - start, pages[start] - first, last, body)
            start = end


@cache
def _step(number: int) -> bytes:
    return b"\x83" + head(0, number)


def entry(text: bytes, some: Iterable[tuple[Numbers, Word]]) -> bytes:
    """A word in the form of a chunk, from what parts of the index have of it, in their order."""
    plain, spellings = [], dict[bytes, list[tuple[Numbers, Postings]]]()
    for numbers, word in some:
        plain.append((numbers, word.plain))
        for form, postings in word.spellings:
            spellings.setdefault(form, []).append((numbers, postings))
    forms = (b"\x82" + _told(form) + _joined(of) for form, of in sorted(spellings.items()))
    return b"".join([
        b"\x83", _told(text), _joined(plain), head(LIST, len(spellings)), *forms,
    ])  # fmt: skip


def _told(text: bytes) -> bytes:
    return head(3, len(text)) + text


def _joined(some: Sequence[tuple[Numbers, Postings]]) -> bytes:
    """Lists of postings as one: of each but the first, the first step is another one."""
    parts = [head(LIST, sum(one.length for _, one in some))]
    page = 0
    for (before, fields), one in some:
        if one.length:
            body = of_fields(one.body, fields) if fields else one.body
            parts += _step(before + one.first - page), body
            page = before + one.last
    return b"".join(parts)


def others(own: Sequence[str], fields: Sequence[str]) -> tuple[int, ...]:
    """The numbers that some fields have among others, by their own; nothing if they are the same.

    What is not among them is nowhere used.
    """
    numbers = tuple(fields.index(one) if one in fields else 0 for one in own)
    return () if numbers == tuple(range(len(own))) else numbers


def of_fields(body: bytes, fields: tuple[int, ...]) -> bytes:
    """The same postings, with other numbers of the fields."""
    some, at = _step(0) + body, 0
    parts: list[bytes] = []
    while found := _IN_FIELDS.match(some, at):
        parts += found[1], _renamed(found[2], fields)
        at = found.end()
    return (b"".join(parts) + some[at:])[len(_step(0)) :]


@lru_cache(maxsize=10_000)
def _renamed(places: bytes, fields: tuple[int, ...]) -> bytes:
    """Places in fields, where a field stands as a negative number, before places in it."""
    numbers, _ = decode(places, 0)
    return encode([-1 - fields[-1 - one] if one < 0 else one for one in numbers])
