"""Trees of files in, lines of a file out, from which a later run takes those of the same bytes.

A line is believed only if it is whole, ours, and of this very code: a checksum begins it, which
covers the name of the code as well. So no limit of reading needs another look: the same code has
read the same bytes. No more is held of either file than the line at hand, and a tree stays in the
file until somebody asks for it: together they would be a fifth of all memory. Where nothing is
known of many files, workers read them, and what they hand back are the same lines.
"""

from __future__ import annotations

import binascii
import errno
import hashlib
import os
import stat
import sys
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from io import FileIO
from pathlib import Path
from types import TracebackType

from briefbook.executors import Workers
from briefbook.files import Files
from briefbook.record import clear, put
from briefbook.source import Folded, Packed, Tree, limits_of, pack, read

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
    """A file, SHA-256 of its bytes, and the line that tells what it said."""

    file: str
    digest: str
    line: bytes


class _Shelf:
    """A file of lines that can be read as long as anybody may ask, whatever becomes of its name."""

    def __init__(self, path: Path, engine: str) -> None:
        self.path, self.engine, self.size = path, engine, 0
        self._stream = FileIO(path, "x+")

    def __del__(self) -> None:
        if hasattr(self, "_stream"):  # it could be opened
            self._stream.close()

    def put(self, line: bytes) -> int:
        """Where a line stands now; raises OSError if it does not, or not whole."""
        if self._stream.write(line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.size += len(line)
        return self.size - len(line)

    def line(self, at: int, size: int) -> bytes:
        """The line that stands there; raises OSError if somebody has changed it."""
        line = os.pread(self._stream.fileno(), size, at)
        if not _is_whole(line, self.engine):
            raise OSError(errno.EIO, "it was changed by somebody else", str(self.path))
        return line


@dataclass(frozen=True, slots=True, eq=False)
class Shelved:
    """A tree that is on disk until somebody asks for it."""

    file: str
    shelf: _Shelf
    at: int
    size: int

    @property
    def tree(self) -> Tree:
        """The tree that was packed; raises OSError if it is no longer what it was."""
        return _taken(self)


@lru_cache(maxsize=32)
def _taken(one: Shelved) -> Tree:
    """What works on an account asks for its tree again and again."""
    return _folded(one.shelf.line(one.at, one.size)).unfolded()


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
        self._fresh: _Shelf | None = None
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

    def of(self, name: str, digest: str) -> tuple[Packed, Tree] | None:
        """What a file of these bytes says: for who asks again, and for who needs it at once."""
        if (line := self._line_of(name, digest)) is None:
            return None
        folded = _folded(line)
        return self._put(name, line) or folded, folded.unfolded()

    def data(self, name: str, digest: str) -> bytes | None:
        """The same as JSON, for who needs it at once and never again."""
        if (line := self._line_of(name, digest)) is None:
            return None
        self._put(name, line)
        return _folded(line).data

    def _line_of(self, name: str, digest: str) -> bytes | None:
        while self._next and _order(self._next.file) < _order(name):
            self._advance()
            self._same = False
        said = self._next
        if said is None or (said.file, said.digest) != (name, digest):
            return None
        self._advance()
        return said.line

    def add(self, tree: Folded, digest: str) -> Packed:
        """Take in what a file of these bytes says; the same in less memory comes back."""
        self._same = False
        shelved = self._path and self._put(tree.file, _line(tree, digest, self._engine))
        return shelved or tree

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
            if _is_whole(line, self._engine):
                _, name, digest, _ = line.split(b"\t", 3)
                yield _Said(name.decode(), digest.decode(), line)

    def _put(self, name: str, line: bytes) -> Shelved | None:
        """A folder that may only be read, or a full disk, keeps nothing: that is no problem."""
        if self._path is None:
            return None
        try:
            if self._fresh is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                fresh = self._path.with_name(f"{self._path.name}.tmp")
                clear(fresh)
                self._fresh = _Shelf(fresh, self._engine)
            return Shelved(name, self._fresh, self._fresh.put(line), len(line))
        except OSError:
            self._path = None
            return None

    def _finish(self, *, wanted: bool) -> None:
        """Put what was read in the place of what was known, if that is wanted."""
        if self._fresh is None:
            return
        with suppress(OSError):  # as above
            fresh = self._fresh.path
            if wanted and self._path:
                put(fresh, self._path)
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


def _line(tree: Folded, digest: str, engine: str) -> bytes:
    places = binascii.b2a_base64(tree.places.tobytes(), newline=False)
    told = f"{tree.file}\t{digest}\t{tree.places.typecode}".encode()
    rest = b"\t".join((told, places, tree.data)) + b"\n"
    return _checksum(rest, engine) + b"\t" + rest


def _folded(line: bytes) -> Folded:
    _, name, _, code, places, data = line[:-1].split(b"\t")
    return Folded(name.decode(), data, array(code.decode(), binascii.a2b_base64(places)))


def _is_whole(line: bytes, engine: str) -> bool:
    checksum, _, rest = line.partition(b"\t")
    return checksum == _checksum(rest, engine)


def _checksum(rest: bytes, engine: str) -> bytes:
    checksum = hashlib.sha256(f"{engine} {sys.byteorder}\n".encode())
    checksum.update(rest)
    return checksum.hexdigest().encode()


def _order(name: str) -> tuple[str, str, str]:
    """How files are walked: by their names at the top, then by those in a folder."""
    return name.partition("/")
