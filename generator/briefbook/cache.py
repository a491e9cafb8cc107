"""The last release in, those of its files that are still right out, to be linked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefbook.publish import MANIFEST

ENTRY = "pagefind/pagefind-entry.json"
"""Without this file there is no search index."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of an older release that can stand in the new one as it is, and its SHA-256."""

    name: str
    path: Path
    sum: str


@dataclass(frozen=True, slots=True)
class Reuse:
    """What of an older release still holds: pages by address and, if all do, what belongs to them.

    `frame` is the 404 page and the assets, `index` the search index; both are empty unless the
    site has the very pages that it had.
    """

    pages: Mapping[str, Kept] = field(default_factory=dict)
    frame: tuple[Kept, ...] = ()
    index: tuple[Kept, ...] = ()

    @property
    def sums(self) -> dict[str, str]:
        """SHA-256 by file of all that is kept: each was read to know that it is whole."""
        return {one.name: one.sum for one in (*self.pages.values(), *self.frame, *self.index)}


@dataclass(frozen=True, slots=True)
class _Before:
    """What an older release says of itself: digests of its pages, sums of its files."""

    folder: Path
    pages: Mapping[str, object]
    sums: Mapping[str, str]

    def file(self, name: str) -> Kept:
        """A file that is whole."""
        return Kept(name, self.folder / name, self.sums[name])

    def whole(self, name: str) -> bool:
        """Whether a file is what the manifest says; a link never is."""
        path = self.folder / name
        try:
            plain = ".." not in path.parts and not path.is_symlink()
            return plain and hashlib.sha256(path.read_bytes()).hexdigest() == self.sums.get(name)
        except (OSError, ValueError):
            return False


def kept(previous: Path | None, digests: Mapping[str, str]) -> Reuse:
    """What can be kept of a release, for pages of these digests; `digests` cover the frame too.

    A manifest that is missing, old or damaged keeps nothing.
    """
    before = _before(previous) if previous else None
    if before is None:
        return Reuse()
    pages = {
        address: before.file(name)
        for address, digest in digests.items()
        if before.pages.get(address) == digest and before.whole(name := file_of(address))
    }
    if pages.keys() != before.pages.keys() or pages.keys() != digests.keys():
        return Reuse(pages)
    return _rest(before, pages)


def _rest(before: _Before, pages: Mapping[str, Kept]) -> Reuse:
    frame = [name for name in before.sums if name == "404.html" or name.startswith("assets/")]
    index = [name for name in before.sums if name.startswith(ENTRY.partition("/")[0] + "/")]
    named = {"404.html", ENTRY} <= before.sums.keys()
    if not named or not all(map(before.whole, (*frame, *index))):
        return Reuse(pages)
    kept_frame, kept_index = (tuple(map(before.file, sorted(one))) for one in (frame, index))
    return Reuse(pages, kept_frame, kept_index)


def _before(previous: Path) -> _Before | None:
    try:
        raw = (previous / MANIFEST).read_bytes()
        # A release is named after its manifest, so damage to the one shows in the other.
        if not previous.name.endswith(f"-{hashlib.sha256(raw).hexdigest()[:12]}"):
            return None
        record = json.loads(raw)
        return _Before(previous, dict(json.loads(record["pages"])), dict(record["files"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def file_of(address: str) -> str:
    """The file of a page: `/a/b/` is `a/b/index.html`."""
    return f"{address.strip('/')}/index.html".lstrip("/")


def keep(files: Iterable[Kept], staging: Path) -> None:
    """Link the files into the new release; copy them where a link cannot be made."""
    for file in files:
        target = staging / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file.path, target)
        except OSError:
            shutil.copyfile(file.path, target)
