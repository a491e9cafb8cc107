"""A chunk of Pagefind's word index in; its words with all their postings, ready to be joined, out.

A posting says where on a page a word stands. There are millions of them, so no number of theirs
is read but that of the page, which is told as the step from the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
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


class Pages(NamedTuple):
    """The numbers of some pages among those of the whole index, and of their fields, if others."""

    before: int
    fields: tuple[int, ...] = ()


NOWHERE = Postings(0, 0, 0, b"")


def words(data: bytes, pages: Sequence[int]) -> Iterator[Word]:
    """The words of a chunk; `pages` are the new numbers of its pages.

    Raises ValueError, LookupError or UnicodeDecodeError if it is none.
    """
    steps = {_step(number): number for number in range(len(pages))}
    heads = [*steps]
    _, count, at = read_head(data, 1)
    for _ in range(count):
        text, at = _text(data, at, 3)
        plain, at = _postings(data, at, steps, heads, pages)
        _, forms, at = read_head(data, at)
        spellings = []
        for _ in range(forms):
            form, at = _text(data, at, 2)
            there, at = _postings(data, at, steps, heads, pages)
            spellings.append((form, there))
        yield Word(text, plain, spellings)
    if at != len(data):
        raise ValueError("a chunk goes on behind its end")


def _text(data: bytes, at: int, of: int) -> tuple[bytes, int]:
    """The text that begins a list of so many values."""
    start = read_head(data, at)
    kind, size, at = read_head(data, at + 1)
    if start[:2] != (LIST, of) or kind != 3:
        raise ValueError("a word of another form")
    return data[at : at + size], at + size


def _postings(
    data: bytes, at: int, steps: Mapping[bytes, int], heads: Sequence[bytes], pages: Sequence[int]
) -> tuple[Postings, int]:
    """The postings that begin at a place, in the new order of their pages, and where they end."""
    kind, count, at = read_head(data, at)
    run = _RUN.match(data, at)
    end = run.end() if run else at
    page, found = 0, []
    for step, places in _POSTING.findall(data, at, end):
        page += steps[step]
        found.append((pages[page], places))
    if kind != LIST or len(found) != count:
        raise ValueError("postings of another form")
    if not found:
        return NOWHERE, end
    found.sort()
    first = before = found[0][0]
    body = [found[0][1]]
    for page, places in found[1:]:
        body += heads[page - before], places
        before = page
    return Postings(count, first, before, b"".join(body)), end


def _step(number: int) -> bytes:
    return b"\x83" + head(0, number)


def entry(text: bytes, some: Iterable[tuple[Pages, Word]]) -> bytes:
    """A word in the form of a chunk, from what parts of the index have of it, in their order."""
    plain, spellings = [], dict[bytes, list[tuple[Pages, Postings]]]()
    for pages, word in some:
        plain.append((pages, word.plain))
        for form, postings in word.spellings:
            spellings.setdefault(form, []).append((pages, postings))
    forms = (b"\x82" + _told(form) + _joined(of) for form, of in sorted(spellings.items()))
    return b"".join([
        b"\x83", _told(text), _joined(plain), head(LIST, len(spellings)), *forms,
    ])  # fmt: skip


def _told(text: bytes) -> bytes:
    return head(3, len(text)) + text


def _joined(some: Sequence[tuple[Pages, Postings]]) -> bytes:
    """Lists of postings as one: of each but the first, the first step is another one."""
    parts = [head(LIST, sum(one.length for _, one in some))]
    page = 0
    for (before, fields), one in some:
        if one.length:
            body = _of_fields(one.body, fields) if fields else one.body
            parts += _step(before + one.first - page), body
            page = before + one.last
    return b"".join(parts)


def _of_fields(body: bytes, fields: tuple[int, ...]) -> bytes:
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
