"""What one run knows in, a file that a later run believes only if it is whole and ours out.

After its SHA-256 it has a line for each entry, and for some rows of a long list: neither who writes
it nor who reads it ever holds its text, which may be as long as all that it says.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

DOUBTS = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading a record may raise, or taking apart what it says: then nothing is known."""
ROWS = 500
"""Rows of a list that stand on one line."""


def write_record(path: Path, value: Mapping[str, Any]) -> str:
    """Write a record, in the place of an older one at once; its SHA-256 comes back.

    Iterators in it are written as lists.
    """
    digest = hashlib.sha256()
    with in_place_of(path) as stream:
        stream.write(b"%s\n" % digest.hexdigest().encode())  # in the place of that of all lines
        for line in _lines(value):
            digest.update(line)
            stream.write(line)
        stream.seek(0)
        stream.write(digest.hexdigest().encode())
    return digest.hexdigest()


@contextmanager
def in_place_of(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of an older one at once, when all of it is written."""
    fresh = path.with_name(f"{path.name}.tmp")
    clear(fresh)
    with fresh.open("xb") as stream:
        yield stream
    put(fresh, path)


def put(fresh: Path, path: Path) -> None:
    """Give a file its name, whatever has it."""
    if path.is_dir():  # no file can take its place
        clear(path)
    fresh.replace(path)


def folder(path: Path) -> None:
    """Make a folder, in the place of anything else that has its name."""
    if path.is_symlink() or not path.is_dir():
        clear(path)
    path.mkdir(parents=True, exist_ok=True)


def clear(path: Path) -> None:
    """Remove a link, a file or a whole folder; nothing there is no mistake."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def ours(path: Path) -> bool:
    """Whether a file is of this user, and no link or pipe; raises OSError if there is none."""
    about = path.lstat()
    return stat.S_ISREG(about.st_mode) and about.st_uid == os.getuid()


def _lines(value: Mapping[str, Any]) -> Iterator[bytes]:
    for name, said in value.items():
        for some in _some(said) if isinstance(said, (list, Iterator)) else (said,):
            text = json.dumps((name, some), ensure_ascii=False)
            yield text.encode("utf-8", "surrogateescape") + b"\n"


def _some(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Some rows at a time, at least once: of an empty list it is told as well."""
    left = iter(rows)
    yield list(islice(left, ROWS))
    for first in left:
        yield list(chain((first,), islice(left, ROWS - 1)))


def read_record(path: Path, wanted: str = "") -> dict[str, Any]:
    """What a record says; raises one of DOUBTS if it is damaged, a link, or of another user.

    With `wanted` it must be the one of this SHA-256.
    """
    if not ours(path):
        raise ValueError(path.name)
    found: dict[str, Any] = {}
    with path.open("rb") as stream:
        digest = stream.readline().decode().removesuffix("\n")
        begin = stream.tell()
        if {digest} != {hashlib.file_digest(stream, "sha256").hexdigest(), wanted or digest}:
            raise ValueError(path.name)
        stream.seek(begin)
        for line in stream:
            name, said = json.loads(line)
            if name in found:
                found[name] += said
            else:
                found[name] = said
    return found
