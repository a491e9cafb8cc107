"""A content folder and changed files in, the same folder with all of them written, or none, out."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefbook.edit.problem import EditError
from briefbook.edit.records import limits
from briefbook.files import Entry, Files, Folder
from briefbook.load import TOP
from briefbook.model import FOLDERS

ENDINGS = {**{folder: ".yml" for folder, _ in FOLDERS.values()}, "pages": ".md"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a file held and what it is to hold; None where it is not there."""

    before: bytes | None
    after: bytes | None


Changes = Mapping[str, Change]


def content_files(source: Files) -> tuple[str, ...]:
    """Every file of a content folder that is read as content, in order."""
    return tuple(sorted(_named(source)))


def _named(source: Files) -> Iterator[str]:
    tops = {f"{kind}.yml" for kind in (*TOP, "sources")}
    for entry in source.entries(""):
        if entry.sort == "folder" and entry.name in ENDINGS:
            for one in source.entries(entry.name):
                if one.sort == "file" and one.name.endswith(ENDINGS[entry.name]):
                    yield f"{entry.name}/{one.name}"
        elif entry.sort == "file" and entry.name in tops:
            yield entry.name


def read(source: Files, file: str) -> bytes:
    """The bytes of a content file; raises `EditError` where it cannot be read."""
    try:
        return source.read(file, limits(file).size)
    except FileNotFoundError:
        raise EditError(f"There is no file {file}.") from None
    except OSError as bad:
        raise EditError(f"{file} cannot be read: {bad.strerror}.") from None


@dataclass(frozen=True, slots=True)
class Changed:
    """Content as it would be after some changes."""

    of: Files
    changes: Changes

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds then."""
        kept = [one for one in self.of.entries(folder) if _in(folder, one.name) not in self.changes]
        for file, change in self.changes.items():
            parent, _, name = file.rpartition("/")
            if parent == folder and change.after is not None:
                kept.append(Entry(name, "file"))
        return kept

    def read(self, file: str, limit: int) -> bytes:
        """The bytes of a file then."""
        change = self.changes.get(file)
        if change is None:
            return self.of.read(file, limit)
        if change.after is None:
            raise FileNotFoundError(2, os.strerror(2), file)
        return change.after[: limit + 1]


def _in(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def write(folder: Path, changes: Changes) -> tuple[str, ...]:
    """Writes all changes or, where one cannot be, none; the names of files that differ now.

    Each file appears whole: it is written beside its place and renamed. Links are not followed,
    and a file that is no longer what it was read as is left alone.
    """
    wanted = {file: one for file, one in changes.items() if one.before != one.after}
    for file, change in wanted.items():
        _refuse(folder, file, change)
    done: list[str] = []
    try:
        for file, change in wanted.items():
            _put(folder / file, change.after)
            done.append(file)
    except OSError as bad:
        for file in done:
            with suppress(OSError):
                _put(folder / file, wanted[file].before)
        raise EditError(f"Nothing was written: {bad.filename}: {bad.strerror}.") from None
    return tuple(done)


def _refuse(folder: Path, file: str, change: Change) -> None:
    path = folder / file
    links = [one for one in (path, path.parent, folder) if one.is_symlink()]
    if links:
        raise EditError(f"{links[0]} is a symbolic link. Put the file itself there.")
    if change.before is None:
        if os.path.lexists(path):
            raise EditError(f"{file} is here already.")
        return
    now = read(Folder(folder), file)
    if now != change.before:
        raise EditError(f"{file} has changed since it was read. Try again.")
    if not path.stat().st_mode & stat.S_IWUSR:
        raise EditError(f"{file} is read-only.")


def _put(path: Path, raw: bytes | None) -> None:
    """The whole file appears at once with the permissions it had, or not at all."""
    if raw is None:
        path.unlink(missing_ok=True)
        return
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)  # of a run that was killed
    path.parent.mkdir(exist_ok=True)
    try:
        with part.open("xb") as stream:
            stream.write(raw)
            if path.exists():
                os.fchmod(stream.fileno(), stat.S_IMODE(path.stat().st_mode))
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def under(names: Sequence[str], wanted: Collection[str]) -> tuple[str, ...]:
    """Of file names those that are named, or that lie in a folder that is."""
    if "" in wanted:
        return tuple(names)
    folders = tuple(f"{one.rstrip('/')}/" for one in wanted)
    return tuple(one for one in names if one in wanted or one.startswith(folders))
