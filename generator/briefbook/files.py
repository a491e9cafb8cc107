"""A folder in, its names and bytes out: the one way content is read, on disk or elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Sort = Literal["file", "folder", "link", "other"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder, and what stands under it."""

    name: str
    sort: Sort


class Files(Protocol):
    """Where content is read from; `folder` is "" for the top. Both raise OSError with a reason."""

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds, in no order."""
        ...

    def read(self, file: str, limit: int) -> bytes:
        """The bytes of a file, at most one beyond the limit."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """Content in a folder on disk; links are never followed."""

    path: Path

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds, in no order."""
        found = os.scandir(self.path / folder if folder else self.path)
        return [Entry(one.name, _sort(one)) for one in found]

    def read(self, file: str, limit: int) -> bytes:
        """The bytes of a regular file, at most one beyond the limit."""
        handle = os.open(f"{self.path}/{file}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                raise OSError(0, "it is not a regular file")
            return b"".join(_pieces(handle, about.st_size, limit + 1))
        finally:
            os.close(handle)


def _pieces(handle: int, about: int, most: int) -> Iterator[bytes]:
    """What a file holds, up to so many bytes; room for all of them would take longer than it."""
    size = max(about + 1, 1 << 12)
    while most and (piece := os.read(handle, min(size, most))):
        yield piece
        most -= len(piece)


def _sort(entry: os.DirEntry[str]) -> Sort:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


@dataclass(frozen=True, slots=True)
class Some:
    """Of other files those that are wanted, and all at the top that are named."""

    of: Files
    wanted: Collection[str]

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds of what is wanted."""
        below = f"{folder}/" if folder else ""
        return [one for one in self.of.entries(folder) if self._wants(below + one.name, one)]

    def _wants(self, name: str, entry: Entry) -> bool:
        return entry.sort == "folder" or name in self.wanted

    def read(self, file: str, limit: int) -> bytes:
        """The bytes of a file."""
        return self.of.read(file, limit)


@dataclass(frozen=True, slots=True)
class Instead:
    """Other files, but one at the top is taken from elsewhere."""

    of: Files
    name: str
    elsewhere: Files

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds, the one file included where it is elsewhere."""
        if folder:
            return self.of.entries(folder)
        kept = [one for one in self.of.entries("") if one.name != self.name]
        return [*kept, *(one for one in self.elsewhere.entries("") if one.name == self.name)]

    def read(self, file: str, limit: int) -> bytes:
        """The bytes of a file."""
        return (self.elsewhere if file == self.name else self.of).read(file, limit)
