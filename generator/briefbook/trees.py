"""Trees of files in, lines of a file out, from which a later run takes those of the same bytes.

A line is believed only if it is whole, ours, and of this very code: a checksum begins it, which
covers the name of the code as well. So no limit of reading needs another look: the same code has
read the same bytes. No more is held of either file than the line at hand. Where nothing is known
of many files, workers read them, and what they hand back are the same lines.
"""

from __future__ import annotations

import binascii
import hashlib
import os
import stat
import sys
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from briefbook.executors import Workers
from briefbook.files import Files
from briefbook.source import Packed, limits_of, pack, read

LONGEST = 1 << 24
"""Bytes of a line: more than that of the largest file that is read."""
MANY = 300
"""Files that are read faster by workers, which must be started first."""
SHARE = 25
"""Files that a worker reads at a time: few, so that all are done at about the same time."""

NO_WORKERS = (BrokenExecutor, OSError, NotImplementedError)
"""Why there are none, or no more; files that they have not read are read here."""


@dataclass(frozen=True, slots=True)
class Share:
    """Files that a worker reads, and the code that it must be to be believed."""

    source: Files
    names: Sequence[str]
    engine: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What a file said, SHA-256 of its bytes, and the line that tells so."""

    packed: Packed
    digest: str
    line: bytes


class Trees:
    """What files said when they were last read, asked for in the order in which they are walked.

    Of no path nothing is known, and nothing is written down.
    """

    def __init__(
        self, path: Path | None = None, engine: str = "", workers: Workers | None = None
    ) -> None:
        self._path, self._engine, self._workers = path, engine, workers
        self._old = self._believed(_lines(path) if path else iter(()))
        self._next = next(self._old, None)
        self._fresh: BinaryIO | None = None
        self._same = True
        self._closing = ExitStack()

    def __enter__(self) -> Trees:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish(wanted=kind is None and (not self._same or self._next is not None))
        self._closing.__exit__(kind, problem, trace)

    def ahead(self, source: Files, names: Sequence[str]) -> None:
        """Have files read by workers that will be asked for, if they are many and none is known."""
        if self._workers and self._next is None and len(names) > MANY:
            self._old = self._believed(self._handed(self._workers, source, names))
            self._same = False
            self._advance()

    def of(self, name: str, digest: str) -> Packed | None:
        """What a file of these bytes says."""
        while self._next and _order(self._next.packed.file) < _order(name):
            self._advance()
            self._same = False
        said = self._next
        if said is None or (said.packed.file, said.digest) != (name, digest):
            return None
        self._advance()
        self._write(said.line)
        return said.packed

    def add(self, packed: Packed, digest: str) -> None:
        """Take in what a file of these bytes says."""
        self._same = False
        if self._path:
            self._write(_line(packed, digest, self._engine))

    def _advance(self) -> None:
        self._next = next(self._old, None)

    def _handed(self, workers: Workers, source: Files, names: Sequence[str]) -> Iterator[bytes]:
        shares = [Share(source, names[first : first + SHARE], self._engine)
                  for first in range(0, len(names), SHARE)]  # fmt: skip
        with suppress(*NO_WORKERS):
            pool = self._closing.enter_context(workers())
            for lines in pool.map(read_share, shares):
                yield from lines

    def _believed(self, lines: Iterator[bytes]) -> Iterator[_Said]:
        for line in lines:
            checksum, _, rest = line.partition(b"\t")
            if checksum == _checksum(rest, self._engine):
                name, digest, code, places, data = rest[:-1].split(b"\t")
                where = array(code.decode(), binascii.a2b_base64(places))
                yield _Said(Packed(name.decode(), data, where), digest.decode(), line)

    def _write(self, line: bytes) -> None:
        """A folder that may only be read, or a full disk, keeps nothing: that is no problem."""
        if self._path is None:
            return
        try:
            if self._fresh is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                fresh = self._path.with_name(f"{self._path.name}.tmp")
                fresh.unlink(missing_ok=True)
                self._fresh = fresh.open("xb")
            self._fresh.write(line)
        except OSError:
            self._path = None

    def _finish(self, *, wanted: bool) -> None:
        """Put what was read in the place of what was known, if that is wanted."""
        if self._fresh is None:
            return
        with suppress(OSError):  # as above
            self._fresh.close()
            fresh = Path(self._fresh.name)
            if wanted and self._path:
                fresh.replace(self._path)
            else:
                fresh.unlink()


def read_share(share: Share) -> list[bytes]:
    """A line for each of some files; those without a tree are left to who asks."""
    made = []
    for name in share.names:
        limits = limits_of(name)
        with suppress(OSError):
            raw = share.source.read(name, limits.size)
            if tree := read(raw, name, limits)[0]:
                made.append(_line(pack(tree), hashlib.sha256(raw).hexdigest(), share.engine))
    return made


def _lines(path: Path) -> Iterator[bytes]:
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            about = os.fstat(handle)
            if about.st_uid == os.getuid() and stat.S_ISREG(about.st_mode):
                yield from iter(partial(stream.readline, LONGEST), b"")


def _line(packed: Packed, digest: str, engine: str) -> bytes:
    places = binascii.b2a_base64(packed.places.tobytes(), newline=False)
    told = f"{packed.file}\t{digest}\t{packed.places.typecode}".encode()
    rest = b"\t".join((told, places, packed.data)) + b"\n"
    return _checksum(rest, engine) + b"\t" + rest


def _checksum(rest: bytes, engine: str) -> bytes:
    checksum = hashlib.sha256(f"{engine} {sys.byteorder}\n".encode())
    checksum.update(rest)
    return checksum.hexdigest().encode()


def _order(name: str) -> tuple[str, str, str]:
    """How files are walked: by their names at the top, then by those in a folder."""
    return name.partition("/")
