"""The last release in, those of its files that are still right out, to be linked.

Beside the releases stands `parts.json`: which part of the site made which files of the last one,
and from what. It is believed only if it is whole, ours, and of the release that is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefbook.frames import Framed, Outline
from briefbook.pages.seen import Read
from briefbook.prepare import Prepared
from briefbook.publish import MANIFEST
from briefbook.record import DOUBTS, read_record, write_record
from briefbook.search import ENTRY, FOLDER
from briefbook.work import Made, Piece, read_frames, write_frames

RECORD = "parts.json"


@dataclass(frozen=True, slots=True)
class Before:
    """A release of an earlier build, and what its parts were made from; `sums` are of all files.

    `said` is what the site then answered to all that the parts had read of it.
    """

    release: Path
    sums: Mapping[str, str]
    frame_key: str = ""
    frames: Mapping[Outline, Framed] = field(default_factory=dict)
    key: str = ""
    said: Mapping[Read, str] = field(default_factory=dict)
    pieces: Mapping[str, Piece] = field(default_factory=dict)
    searched: str = ""

    @property
    def theme_files(self) -> tuple[str, ...]:
        """The 404 page and the files of the theme, if all are whole."""
        return tuple(name for name in self.sums if name == "404.html" or name.startswith("assets/"))

    @property
    def links(self) -> frozenset[str]:
        """Where its pages lead, which was found to be right."""
        return frozenset[str]().union(*(piece.links for piece in self.pieces.values()))

    def kept(self, prepared: Prepared, staging: Path) -> dict[str, Piece]:
        """Parts that would be made again as they are, by name; their files are linked."""
        if self.key != prepared.key:
            return {}
        other = prepared.answers.other(self.said)
        found = {}
        for part in prepared.parts:
            piece = self.pieces.get(part.name)
            if piece and other.isdisjoint(piece.reads) and self.whole(piece.files):
                found[part.name] = piece
                keep(self.release, piece.files, staging)
        return found

    def index(self, searched: Mapping[str, str]) -> tuple[str, ...]:
        """The files of the search index, if it is one of these very pages (sums by file)."""
        same = self.searched and self.searched == _digest_of(searched)
        return self.stale_index() if same else ()

    def stale_index(self) -> tuple[str, ...]:
        """The files of the search index, whatever it is of."""
        names = [name for name in self.sums if name.startswith(f"{FOLDER}/")]
        there = f"{FOLDER}/{ENTRY}" in self.sums  # without it there is no index
        return tuple(names) if there and self.whole(names) else ()

    def whole(self, names: Iterable[str]) -> bool:
        """Whether files are what the manifest says; a link never is."""
        return all(map(self._whole, names))

    def _whole(self, name: str) -> bool:
        path = self.release / name
        try:
            plain = ".." not in path.parts and not path.is_symlink()
            return plain and _digest(path.read_bytes()) == self.sums.get(name)
        except (OSError, ValueError):
            return False


def before(cache: Path, release: Path | None) -> Before | None:
    """What is known of the last release; of a record that is missing or damaged, its sums alone."""
    sums = _sums(release) if release else None
    if release is None or sums is None:
        return None
    try:
        record = read_record(cache / RECORD)
        if record["release"] != release.name:
            raise ValueError(release.name)
        frames, found = read_frames(record["frames"]), str(record["searched"])
        said = {tuple(map(str, read)): str(answer) for answer, *read in record["reads"]}
        reads = tuple(said)
        pieces = {name: _piece(name, reads, *rest) for name, *rest in record["parts"]}
        made = Before(release, sums, str(record["frame"]), frames, str(record["key"]), said,
                      pieces, found)  # fmt: skip
        return made if made.whole(made.theme_files) else replace(made, frame_key="", frames={})
    except DOUBTS:
        return Before(release, sums)


def _piece(
    name: str,
    reads: Sequence[Read],
    pages: Any,
    files: Mapping[str, str],
    links: Sequence[str],
    read: Sequence[int],
) -> Piece:
    made = tuple(
        Made(str(address), str(title), str(section), bool(searchable))
        for address, title, section, searchable in pages
    )
    seen = tuple(reads[at] for at in read)
    return Piece(name, made, dict(files), frozenset(links), {}, reads=seen)


def remember(
    cache: Path,
    release: Path,
    prepared: Prepared,
    frames: Mapping[Outline, Framed],
    pieces: Sequence[Piece],
    searched: Mapping[str, str],
) -> None:
    """Write down what a release was made from; `searched` are sums of the pages in its index."""
    reads = {
        read: at for at, read in enumerate(sorted({each for one in pieces for each in one.reads}))
    }
    record = {
        "release": release.name,
        "frame": prepared.frame_key,
        "frames": write_frames(frames),
        "searched": _digest_of(searched),
        "key": prepared.key,
        "reads": [(prepared.answers.of(read), *read) for read in reads],
        "parts": [_written(one, reads) for one in pieces],
    }
    write_record(cache / RECORD, record)


def _written(one: Piece, reads: Mapping[Read, int]) -> tuple[Any, ...]:
    pages = [(page.address, page.title, page.section, page.searchable) for page in one.pages]
    return one.name, pages, one.files, sorted(one.links), [reads[each] for each in one.reads]


def _sums(release: Path) -> dict[str, str] | None:
    try:
        raw = (release / MANIFEST).read_bytes()
        # A release is named after its manifest, so damage to the one shows in the other.
        if not release.name.endswith(f"-{_digest(raw)[:12]}"):
            return None
        if release.stat().st_uid != os.getuid():
            return None
        return dict(json.loads(raw)["files"])
    except DOUBTS:
        return None


def _digest_of(searched: Mapping[str, str]) -> str:
    return _digest(json.dumps(sorted(searched.items())).encode()) if searched else ""


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def keep(release: Path, names: Iterable[str], staging: Path) -> None:
    """Link files of a release into the new one; copy them where a link cannot be made."""
    folders = set()
    for name in names:
        target, folder = staging / name, name.rpartition("/")[0]
        if folder not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        try:
            os.link(release / name, target)
        except OSError:
            shutil.copyfile(release / name, target)
