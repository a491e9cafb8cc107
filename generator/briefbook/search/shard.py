"""Some pages of a site in, a file with all that the search index needs of them out.

Pagefind can only index all the pages of an index at once. So it makes an index of each shard, and
what has become of the shard is kept in a file: pages and fields, then scripts and fragments, and at
the end the words, to be read one after the other. It numbers pages in the order in which a disk
tells of files; here they are in the order of their addresses.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import Any

from briefbook.search.bundle import (
    CHUNK,
    ENTRY,
    FILTER,
    FRAGMENT,
    LANGUAGE,
    META,
    SCRIPTS,
    SearchError,
    file,
    raw,
    read,
)
from briefbook.search.lean import write_lean
from briefbook.search.postings import Postings, Word, words
from briefbook.search.program import Run, run_pagefind

DOUBTS = (OSError, ValueError, LookupError, TypeError)
"""What reading a file may raise that is damaged: then it is as if it were not there."""
BUFFER = 1 << 18
"""Bytes of a file that are read at a time; so much is held of each shard."""
_SIZES = struct.Struct("<6I")
"""Of a word: its bytes, its spellings, and of its postings the number, pages and bytes."""


@dataclass(frozen=True, slots=True)
class Job:
    """Pages of a site, the file that their shard goes to, and a folder for what is made before.

    The name of the file tells what the shard is made of.
    """

    site: Path
    pages: tuple[str, ...]
    target: Path
    work: Path
    run: Run = subprocess.run


@dataclass(frozen=True, slots=True)
class Told:
    """What a shard says of itself: `pages` by digest, count of words and bytes of its fragment.

    `within` is how many more pages stand within those.
    """

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


def make(job: Job) -> None:
    """Index pages, and write their shard."""
    folder = job.work / job.target.name
    pages, bundle = folder / "pages", folder / "bundle"
    pages.mkdir(parents=True)
    within = write_lean(job.site, job.pages, pages)
    if any(pages.iterdir()):
        run_pagefind(pages.absolute(), bundle.absolute(), job.run)
        _write(job.target, *_read(bundle, within))
    else:
        _write(job.target, Told(), [])
    shutil.rmtree(folder)


def opened(path: Path, closing: ExitStack) -> Shard | None:
    """The shard of a file; nothing if it is damaged, a link, or of another user."""
    try:
        if path.is_symlink() or path.stat().st_uid != os.getuid():
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


def _write(target: Path, told: Told, parts: Iterable[bytes]) -> None:
    head = json.dumps(asdict(told), ensure_ascii=False).encode("utf-8", "surrogateescape")
    data = b"".join([head, b"\n", *parts])
    fresh = target.with_name(f"{target.name}.tmp")
    fresh.unlink(missing_ok=True)
    with fresh.open("wb") as stream:
        stream.write(_line(hashlib.sha256(target.name.encode() + data).hexdigest()))
        stream.write(data)
    fresh.replace(target)


def _line(digest: str) -> bytes:
    return digest.encode() + b"\n"


def _read(bundle: Path, within: int) -> tuple[Told, list[bytes]]:
    """What is kept of the bundle that Pagefind made."""
    entry = json.loads((bundle / ENTRY).read_text("utf-8"))
    _, pages, chunks, filters, sorts, fields = read(
        file(bundle, META, entry["languages"][LANGUAGE]["hash"])
    )
    if sorts:
        raise SearchError("Pages that are sorted cannot be indexed in parts.")
    fragments = [_fragment(file(bundle, FRAGMENT, name)) for name, _ in pages]
    order = sorted(range(len(pages)), key=lambda number: fragments[number][0])
    new = sorted(range(len(pages)), key=order.__getitem__)
    scripts = [(bundle / name).read_bytes() for name in SCRIPTS]
    told = Told(
        within, [(fragments[one][1], pages[one][1], len(fragments[one][2])) for one in order],
        fields, dict(_filter(file(bundle, FILTER, name), new) for _, name in filters), entry,
        [len(one) for one in scripts],
    )  # fmt: skip
    return told, [*scripts, *(fragments[one][2] for one in order), *_words(bundle, chunks, new)]


def _fragment(path: Path) -> tuple[str, str, bytes]:
    """The address of a page, SHA-256 of what search shows of it, and that as it is sent."""
    text = raw(path)
    return json.loads(text)["url"], hashlib.sha256(text).hexdigest(), path.read_bytes()


def _filter(path: Path, new: Sequence[int]) -> tuple[str, dict[str, list[int]]]:
    name, values = read(path)
    return name, {value: sorted(new[one] for one in pages) for value, pages in values}


def _words(bundle: Path, chunks: Iterable[Sequence[str]], new: Sequence[int]) -> Iterator[bytes]:
    for *_, name in chunks:
        path = file(bundle, CHUNK, name)
        try:
            for word in words(raw(path), new):
                yield _record(word.text, word.plain, len(word.spellings))
                yield from (_record(*one) for one in word.spellings)
        except (ValueError, LookupError) as problem:
            raise SearchError(f"{path.name} is not of a known form: {problem}") from problem


def _record(text: bytes, postings: Postings, spellings: int = 0) -> bytes:
    length, first, last, body = postings
    sizes = _SIZES.pack(len(text), spellings, length, first, last, len(body))
    return b"".join((sizes, text, body))
