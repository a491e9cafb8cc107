"""A folder of finished files in, a release out: published whole by one switch, or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from briefbook.publish.disk import (
    beside,
    copy_tree,
    flush,
    fsync,
    naming,
    recover,
    switch,
)
from briefbook.publish.manifest import (
    MANIFEST,
    Differs,
    Manifest,
    ManifestError,
    compare,
    read_manifest,
    verify,
    write_manifest,
)
from briefbook.publish.target import RefusedTargetError, check_target, located, refuse_foreign
from briefbook.publish.tree import entries, files, fill
from briefbook.record import DOUBTS, clear, folder, ours, put

__all__ = [
    "MANIFEST",
    "BusyError",
    "Differs",
    "Manifest",
    "ManifestError",
    "RefusedTargetError",
    "Release",
    "check_target",
    "compare",
    "entries",
    "files",
    "naming",
    "read_manifest",
    "release",
    "verify",
    "write_manifest",
]

KEPT_RELEASES = 3
_STAGING = ".tmp"
_WASTE = ".waste.tmp"
_LINKS = "links.json"  # every place that may point at a release, so that none of those is dropped


class BusyError(Exception):
    """Another build works with the same cache folder."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release in the making: fill `staging`, call `write_manifest`, then `commit`.

    `previous` is the last whole release; its files may be linked into the new one, never changed.
    `spare` is one that goes when this one comes.
    """

    staging: Path
    previous: Path | None
    spare: Path | None
    out: Path
    copy: bool

    def keep(self, release: Path, names: Iterable[str]) -> None:
        """Link files of an older release into this one, which best holds nothing yet."""
        fill(self.staging, release, names, self.spare, self.staging.with_suffix(_WASTE))

    def commit(self) -> Path:
        """Put everything on the disk, switch the published site over; the release comes back."""
        releases = self.staging.parent
        refuse_foreign(self.out, releases)
        final = _finish(self.staging)
        self.out.parent.mkdir(parents=True, exist_ok=True)
        fresh = beside(self.out)
        if self.copy:
            copy_tree(final, fresh)
            flush(fresh)
        else:
            _remember(releases, self.out)
            fresh.symlink_to(os.path.relpath(final, self.out.parent))
        switch(fresh, self.out)
        fsync(self.out.parent)
        return final

    def prune(self) -> None:
        """Remove what is not needed any more, as is done in any case when the work is done."""
        _prune(self.staging.parent)


@contextmanager
def release(out: Path, cache: Path, *, copy: bool = False) -> Iterator[Release]:
    """A fresh staging folder under a lock; without `commit` it vanishes and `out` stays as it was.

    `out` becomes a link into `cache`, with `copy` a folder of its own.
    Raises `BusyError`, `RefusedTargetError`, and `OSError` with the name of the file.
    """
    out, releases = located(out), cache.resolve() / "site"
    with _lock(cache):
        recover(out)
        refuse_foreign(out, releases)
        folder(releases)
        _sweep(releases)
        staging = releases / f"{_last_number(releases) + 1:06d}{_STAGING}"
        staging.mkdir()
        previous = _previous(releases, out)
        dropped = [one for one in _dropped(releases, KEPT_RELEASES - 1) if one != previous]
        try:
            yield Release(staging, previous, dropped[-1] if dropped else None, out, copy)
            _prune(releases)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            shutil.rmtree(staging.with_suffix(_WASTE), ignore_errors=True)
            with suppress(OSError):
                clear(beside(out))


@contextmanager
def _lock(cache: Path) -> Iterator[None]:
    """Hold the cache for one build; the system lets go of it when the process dies."""
    cache.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        if not stat.S_ISREG((cache / "lock").lstat().st_mode):  # so nobody holds it
            clear(cache / "lock")
    handle = os.open(cache / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise BusyError(f"Another build holds {cache / 'lock'}.") from problem
        yield
    finally:
        os.close(handle)


def _finish(staging: Path) -> Path:
    """Give a release its final name, which says that all of it is on the disk."""
    digest = hashlib.sha256((staging / MANIFEST).read_bytes()).hexdigest()
    final = staging.with_name(f"{staging.stem}-{digest[:12]}")
    flush(staging)
    staging.rename(final)
    fsync(final.parent)
    return final


def _numbered(releases: Path) -> tuple[Path, ...]:
    """Everything that has the name of a release, oldest first."""
    found = (path for path in releases.glob("[0-9]*-*") if path.suffix != _STAGING)
    return tuple(sorted(path for path in found if path.name.partition("-")[0].isdecimal()))


def _releases(releases: Path) -> tuple[Path, ...]:
    """Whole releases, oldest first."""
    return tuple(path for path in _numbered(releases) if (path / MANIFEST).is_file())


def _last_number(releases: Path) -> int:
    return max((int(path.name.partition("-")[0]) for path in _numbered(releases)), default=0)


def _previous(releases: Path, out: Path) -> Path | None:
    """The release that is published, else the newest one."""
    made = _releases(releases)
    if out.is_symlink() and out.resolve() in made:
        return out.resolve()
    return made[-1] if made else None


def _sweep(releases: Path) -> None:
    """Clear up what killed builds have left."""
    for path in releases.glob(f"*{_STAGING}"):
        clear(path)


def _dropped(releases: Path, kept: int) -> tuple[Path, ...]:
    """All but the last few whole releases, and those that a link still shows."""
    shown = {Path(link).resolve() for link in _links(releases)}
    last = _releases(releases)[-kept:]
    return tuple(one for one in _numbered(releases) if one not in shown and one not in last)


def _prune(releases: Path) -> None:
    """Keep the last few releases, and nothing that was left over from older ones."""
    for path in releases.glob(f"*{_WASTE}"):
        shutil.rmtree(path, ignore_errors=True)
    for path in _dropped(releases, KEPT_RELEASES):
        # Renamed first: a kill in the middle must not leave half a release under a whole name.
        with suppress(OSError):
            clear(path.rename(path.with_name(path.name + _STAGING)))


def _links(releases: Path) -> tuple[str, ...]:
    try:
        there = releases / _LINKS
        links = json.loads(there.read_text("utf-8")) if ours(there) else ()
        return tuple(link for link in links if Path(link).is_symlink())
    except DOUBTS:
        return ()


def _remember(releases: Path, out: Path) -> None:
    links = sorted({*_links(releases), str(out)})
    fresh = releases / f"{_LINKS}{_STAGING}"
    fresh.write_text(json.dumps(links), "utf-8")
    put(fresh, releases / _LINKS)
