"""What is known of a part of a search index in, a file of it out, and the way back.

In the file come what it is, scripts and fragments of pages, and its words, to be read one after the
other, so that none is held longer than it is needed.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import Any

from briefbook.record import DOUBTS, in_place_of, ours
from briefbook.search.postings import Postings, Word

BUFFER = 1 << 16
"""Bytes of a file that are read at a time; so much is held of each shard."""
_SIZES = struct.Struct("<6I")
"""Of a word: its bytes, its spellings, and of its postings the number, pages and bytes."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a shard says of itself: `pages` by digest, count of words and bytes of its fragment.

    `read` are the pages that it was made of: the sum of each, and that of its lean copy. `within`
    is how many of them have no entry of their own; `scripts` are the bytes of each.
    """

    read: Sequence[tuple[str, str]] = ()
    within: int = 0
    pages: Sequence[tuple[str, int, int]] = ()
    fields: Sequence[str] = ()
    filters: Mapping[str, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    entry: Mapping[str, Any] = field(default_factory=dict)
    scripts: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard, and its file, which stands where the scripts begin."""

    told: Told
    file: BufferedIOBase

    def words(self) -> Iterator[Word]:
        """Its words, in order, once all before them is read."""
        while sizes := self.file.read(_SIZES.size):
            size, spellings, *rest = _SIZES.unpack(sizes)
            text, postings = self.file.read(size), self._postings(*rest)
            yield Word(text, postings, [self._spelling() for _ in range(spellings)])

    def _spelling(self) -> tuple[bytes, Postings]:
        size, _, *rest = _SIZES.unpack(self.file.read(_SIZES.size))
        return self.file.read(size), self._postings(*rest)

    def _postings(self, length: int, first: int, last: int, size: int) -> Postings:
        return Postings(length, first, last, self.file.read(size))


def opened(path: Path, closing: ExitStack) -> Shard | None:
    """The shard of a file; nothing if it is damaged, renamed, a link, or of another user."""
    try:
        if not ours(path):
            return None
        stream = closing.enter_context(BufferedReader(path.open("rb", 0), BUFFER))
        line = stream.readline(100)
        digest = hashlib.file_digest(stream, lambda: hashlib.sha256(path.name.encode()))
        if line != _line(digest.hexdigest()):
            return None
        stream.seek(len(line))
        return Shard(Told(**json.loads(stream.readline())), stream)
    except DOUBTS:
        return None


def write(target: Path, told: Told, files: Iterable[bytes], words: Iterable[Word]) -> None:
    """Write a shard, with its scripts and fragments, in the place of an older one at once."""
    head = json.dumps(asdict(told), ensure_ascii=False).encode("utf-8", "surrogateescape")
    data = b"".join([head, b"\n", *files, *(part for word in words for part in _parts(word))])
    with in_place_of(target) as stream:
        stream.write(_line(hashlib.sha256(target.name.encode() + data).hexdigest()))
        stream.write(data)


def _line(digest: str) -> bytes:
    return digest.encode() + b"\n"


def _parts(word: Word) -> Iterator[bytes]:
    yield from _record(word.text, word.plain, len(word.spellings))
    for form, postings in word.spellings:
        yield from _record(form, postings)


def _record(text: bytes, postings: Postings, spellings: int = 0) -> tuple[bytes, ...]:
    length, first, last, body = postings
    return _SIZES.pack(len(text), spellings, length, first, last, len(body)), text, body
