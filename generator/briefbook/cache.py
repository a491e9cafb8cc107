"""The last release in, those of its files that are still right out, to be linked.

Beside the releases stands `parts.json`: which part of the site made which files of the last one,
and from what. It is believed only if it is whole, ours, and of the release that is there, which
`last.json` names.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefbook.frames import Framed, Outline
from briefbook.pages.all import LAST as LATE
from briefbook.pages.answers import Rows, Told
from briefbook.pages.seen import Read
from briefbook.prepare import Prepared
from briefbook.publish import MANIFEST
from briefbook.record import DOUBTS, ours, read_record, write_record
from briefbook.search import ENTRY, FOLDER
from briefbook.untouched import note, untouched
from briefbook.work import Made, Piece, read_frames, write_frames

RECORD, LAST = "parts.json", "last.json"


@dataclass(frozen=True, slots=True)
class Before:
    """A release of an earlier build, and what its parts were made from; `sums` are of all files.

    `untouched` says that all files are right; else each is read before it is kept. `said` is what
    the site then answered to all that the parts had read of it, and `told` of what files it was.
    """

    release: Path
    sums: Mapping[str, str]
    untouched: bool = False
    frame_key: str = ""
    frames: Mapping[Outline, Framed] = field(default_factory=dict)
    key: str = ""
    said: Mapping[Read, str] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
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

    def kept(self, prepared: Prepared) -> dict[str, Piece]:
        """Parts that would be made again as they are, by name."""
        if self.key != prepared.key:
            return {}
        other = prepared.answers.other(self.said, self.told)
        found = {}
        for name in (*(part.name for part in prepared.parts), LATE):
            piece = self.pieces.get(name)
            if piece and other.isdisjoint(piece.reads) and self.whole(piece.files):
                found[name] = piece
        return found

    def indexes(self, searched: Mapping[str, str]) -> bool:
        """Whether the search index is one of these very pages (sums by file)."""
        return self.searched != "" and self.searched == _digest_of(searched)

    def index(self) -> tuple[str, ...]:
        """The files of the search index, whatever it is of, if they are whole."""
        names = [name for name in self.sums if name.startswith(f"{FOLDER}/")]
        there = f"{FOLDER}/{ENTRY}" in self.sums  # without it there is no index
        return tuple(names) if there and self.whole(names) else ()

    def again(self, release: Path, sums: Mapping[str, str], searched: Mapping[str, str]) -> Before:
        """The same, as a release that has the search of these pages (sums by file)."""
        return replace(self, release=release, sums=sums, searched=_digest_of(searched))

    def whole(self, names: Iterable[str]) -> bool:
        """Whether files are what the manifest says; a link or a pipe never is."""
        if self.untouched:
            return all(name in self.sums for name in names)
        return all(map(self._whole, names))

    def _whole(self, name: str) -> bool:
        path = self.release / name
        try:
            plain = ".." not in path.parts and ours(path)
            return plain and _digest(path.read_bytes()) == self.sums.get(name)
        except (OSError, ValueError):
            return False


def before(
    cache: Path, release: Path | None, made: object = None, stands: bool | None = None
) -> Before | None:
    """What is known of the last release; of a record that is missing or damaged, its sums alone.

    Of the release that was `made` by this process nothing is read. `stands` says whether it is
    untouched, if somebody has looked.
    """
    if release is None:
        return None
    whole = untouched(cache, release) if stands is None else stands
    if isinstance(made, Before) and made.release == release:
        return _with_theme(replace(made, untouched=whole))
    sums = _sums(release)
    if sums is None:
        return None
    only = Before(release, sums, whole)
    try:
        last = read_record(cache / LAST)
        if last["release"] != release.name:
            raise ValueError(release.name)
        known = _read(only, read_record(cache / RECORD, last["parts"]))
        return _with_theme(replace(known, searched=str(last["searched"])))
    except DOUBTS:
        return only


def _with_theme(made: Before) -> Before:
    """Without its frames, unless all that the theme has brought is whole."""
    return made if made.whole(made.theme_files) else replace(made, frame_key="", frames={})


def _read(only: Before, record: dict[str, Any]) -> Before:
    """A release with what a record says of its parts, which are most of it: they are used up."""
    # Names are many, and the same again and again.
    said = {tuple(map(sys.intern, read)): str(answer) for answer, *read in _taken(record["reads"])}
    reads, links = tuple(said), tuple(map(str, record["links"]))
    pieces = {name: _piece(only.sums, reads, links, name, *rest)
              for name, *rest in _taken(record["parts"])}  # fmt: skip
    return replace(
        only, frame_key=str(record["frame"]), frames=read_frames(record["frames"]),
        key=str(record["key"]), said=said, told=_told(record["told"]), pieces=pieces,
    )  # fmt: skip


def _told(record: Mapping[str, Any]) -> Told:
    rows = {path: Rows(tuple(names), of) for path, (names, of) in record["rows"].items()}
    return Told(record["files"], rows)


def _taken(rows: list[Any]) -> Iterator[Any]:
    """Each row of a list, which no longer holds it then."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _piece(
    sums: Mapping[str, str],
    reads: Sequence[Read],
    links: Sequence[str],
    name: str,
    pages: Any,
    files: Sequence[str],
    leads: Sequence[int],
    read: Sequence[int],
    named: Mapping[str, Sequence[str]],
) -> Piece:
    made = tuple(
        Made(str(address), str(title), str(section), bool(searchable))
        for address, title, section, searchable in pages
    )
    mine = {file: sums[file] for file in files}
    seen = tuple(map(reads.__getitem__, read))
    terms = {str(record): tuple(map(str, ids)) for record, ids in named.items()}
    leading = tuple(map(links.__getitem__, leads))
    return Piece(name, made, mine, leading, {}, reads=seen, named=terms)


def remember(
    cache: Path, prepared: Prepared, frames: Mapping[Outline, Framed], pieces: Sequence[Piece]
) -> str:
    """Write down what the parts of a site were made from; the SHA-256 of the record comes back."""
    reads = {
        read: at for at, read in enumerate(sorted({each for one in pieces for each in one.reads}))
    }
    links = {
        link: at for at, link in enumerate(sorted({each for one in pieces for each in one.links}))
    }
    told = prepared.answers.told(reads)
    record = {
        "frame": prepared.frame_key,
        "frames": write_frames(frames),
        "key": prepared.key,
        "reads": ((prepared.answers.of(read), *read) for read in reads),
        "told": {
            "files": dict(told.files),
            "rows": {path: (rows.names, rows.of) for path, rows in told.rows.items()},
        },
        "links": list(links),
        "parts": (_written(one, reads, links) for one in pieces),
    }
    return write_record(cache / RECORD, record)


def _written(one: Piece, reads: Mapping[Read, int], links: Mapping[str, int]) -> tuple[Any, ...]:
    pages = [(page.address, page.title, page.section, page.searchable) for page in one.pages]
    leads = sorted(links[each] for each in one.links)
    seen = [reads[each] for each in one.reads]
    return one.name, pages, list(one.files), leads, seen, dict(one.named)


def point(cache: Path, release: Path, parts: str, searched: Mapping[str, str]) -> None:
    """Write down which release the record of parts is of, and that it stands as it was made.

    `searched` are sums of the pages in its index.
    """
    note(cache, release)
    told = {"release": release.name, "parts": parts, "searched": _digest_of(searched)}
    write_record(cache / LAST, told)


def recall(
    release: Path,
    sums: Mapping[str, str],
    prepared: Prepared,
    frames: Mapping[Outline, Framed],
    pieces: Sequence[Piece],
    searched: Mapping[str, str],
) -> Before:
    """What `before` would read of a release, for the process that has just made it."""
    reads = {each for one in pieces for each in one.reads}
    return Before(
        release, sums, frame_key=prepared.frame_key, frames=frames, key=prepared.key,
        said={read: prepared.answers.of(read) for read in reads},
        pieces={one.name: replace(one, ids={}) for one in pieces},
        told=prepared.answers.told(reads), searched=_digest_of(searched),
    )  # fmt: skip


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
