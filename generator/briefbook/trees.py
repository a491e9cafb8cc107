"""Trees of files in, lines of a file out, from which a later run takes those of the same bytes.

A line is believed only if it is whole, ours, and of this very code: a checksum begins it, which
covers the name of the code as well. So no limit of reading needs another look: the same code has
read the same bytes. No more is held of either file than the line at hand.
"""

from __future__ import annotations

import binascii
import hashlib
import os
import stat
import sys
from array import array
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from briefbook.source import Packed

LONGEST = 1 << 24
"""Bytes of a line: more than that of the largest file that is read."""


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

    def __init__(self, path: Path | None = None, engine: str = "") -> None:
        self._path = path
        self._seed = hashlib.sha256(f"{engine} {sys.byteorder}\n".encode())
        self._old = self._known()
        self._next = next(self._old, None)
        self._fresh: BinaryIO | None = None
        self._same = True

    def __enter__(self) -> Trees:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Put what was read in the place of what was known, where they differ."""
        changed = not self._same or self._next is not None
        self._old.close()
        if self._fresh is None or self._path is None:
            return
        with suppress(OSError):  # as in `_write`
            self._fresh.close()
            fresh = Path(self._fresh.name)
            if kind is None and changed:
                fresh.replace(self._path)
            else:
                fresh.unlink()

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
            places = binascii.b2a_base64(packed.places.tobytes(), newline=False)
            told = f"{packed.file}\t{digest}\t{packed.places.typecode}".encode()
            rest = b"\t".join((told, places, packed.data)) + b"\n"
            self._write(self._checksum(rest) + b"\t" + rest)

    def _advance(self) -> None:
        self._next = next(self._old, None)

    def _known(self) -> Generator[_Said, None, None]:
        if self._path is None:
            return
        with suppress(OSError):
            handle = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as stream:
                about = os.fstat(handle)
                if about.st_uid == os.getuid() and stat.S_ISREG(about.st_mode):
                    lines = iter(partial(stream.readline, LONGEST), b"")
                    yield from filter(None, map(self._said, lines))

    def _said(self, line: bytes) -> _Said | None:
        checksum, _, rest = line.partition(b"\t")
        if checksum != self._checksum(rest):
            return None
        name, digest, code, places, data = rest[:-1].split(b"\t")
        read = array(code.decode(), binascii.a2b_base64(places))
        return _Said(Packed(name.decode(), data, read), digest.decode(), line)

    def _checksum(self, rest: bytes) -> bytes:
        checksum = self._seed.copy()
        checksum.update(rest)
        return checksum.hexdigest().encode()

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


def _order(name: str) -> tuple[str, str, str]:
    """How files are walked: by their names at the top, then by those in a folder."""
    return name.partition("/")
