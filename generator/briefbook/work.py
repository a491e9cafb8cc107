"""Some parts of a site in; their files in a folder, and what must be known of them, out.

A job goes to any process that sees the same folders: it holds no more than names. A process that
was forked from one that has read the content finds it in its memory; any other reads it first.
"""

from __future__ import annotations

import hashlib
import html
import json
import pickle
import posixpath
import sys
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from briefbook.analyse.terms import Named, named
from briefbook.frames import Framed, Outline, outline
from briefbook.headers import foreign_scripts, inline_scripts, script_hash
from briefbook.pages.all import Part
from briefbook.pages.data import BASE as DATA
from briefbook.pages.page import Page
from briefbook.pages.render import ends
from briefbook.pages.seen import Read, shortened, watched
from briefbook.pages.table_csv import ENDINGS, Table
from briefbook.prepare import Prepared, prepare
from briefbook.publish import naming
from briefbook.settings import Settings

ELSEWHERE = ("http://", "https://", "data:")
"""How a link begins that leaves the site, or needs none of its files."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the rest of the site must know of a page."""

    address: str
    title: str
    section: str
    searchable: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A part as it was made: its pages, SHA-256 of each file, where its links lead.

    `ids` are the anchors of each page, by its address; `links` are addresses of the site without
    a slash at the end, with their anchors, but for those that lead to what the part itself holds;
    `wrong` tells of scripts that no template holds; `named` are the terms of the records that the
    part is of.
    """

    name: str
    pages: tuple[Made, ...]
    files: Mapping[str, str]
    links: Collection[str]
    ids: Mapping[str, Collection[str]]
    wrong: tuple[str, ...] = ()
    reads: tuple[Read, ...] = ()
    named: Named = field(default_factory=dict)

    @property
    def searched(self) -> tuple[str, ...]:
        """The files of its pages that search covers."""
        return tuple(file_of(page.address) for page in self.pages if page.searchable)

    def lean(self, known: dict[Read, Read]) -> Piece:
        """The same with the texts and reads (`known`) of others: it came with copies of its own."""
        reads = (known.get(one) or _interned(one) for one in self.reads)
        return replace(
            self,
            links=_interned(self.links),
            ids={address: _interned(ids) for address, ids in self.ids.items()},
            reads=tuple(known.setdefault(one, one) for one in reads),
        )


def _interned(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(sys.intern, texts))


@dataclass(frozen=True, slots=True)
class Parcel:
    """Pieces as they are sent, and kept until all are there: in a sixth of their memory."""

    pages: int
    data: bytes

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pieces that were packed."""
        made: Sequence[Piece] = pickle.loads(zlib.decompress(self.data))  # noqa: S301 (our workers)
        return made


@dataclass(frozen=True, slots=True)
class Job:
    """Parts of a site by their numbers; `frames` is a file that holds its frames."""

    settings: Settings
    staging: Path
    frames: Path
    parts: tuple[int, ...]


_HELD: dict[Path, Prepared] = {}
"""The content of the build at work in this process, by its staging folder."""


def hold(prepared: Prepared, staging: Path) -> None:
    """Keep the content at hand for jobs of this build, here and in processes forked from now on."""
    _HELD.clear()
    _HELD[staging] = prepared


def let_go() -> None:
    """Forget the content."""
    _HELD.clear()


def do(job: Job) -> Parcel:
    """Make the parts of a job."""
    if job.staging not in _HELD:
        hold(prepare(job.settings), job.staging)
    prepared, frames = _HELD[job.staging], _frames(job.frames)
    pieces = [made(prepared, prepared.parts[one], frames, job.staging) for one in job.parts]
    return Parcel(sum(len(one.pages) for one in pieces), zlib.compress(pickle.dumps(pieces), 1))


def made(prepared: Prepared, part: Part, frames: Mapping[Outline, Framed], staging: Path) -> Piece:
    """Render, frame and write a part, and note what it has read of the site."""
    reads: set[Read] = set()
    site = watched(prepared.site, reads)
    table = part.table(site) if part.table else None
    done = piece(prepared, part.name, part.pages(site), frames, staging, table)
    records = (site.content.of(kind)[id] for kind, id in part.records)
    terms = named(records, prepared.prose) if part.records else {}
    return replace(done, reads=shortened(prepared.site, reads), named=terms)


@lru_cache(maxsize=1)
def _frames(file: Path) -> Mapping[Outline, Framed]:
    return read_frames(file.read_text("utf-8"))


def write_frames(frames: Mapping[Outline, Framed]) -> str:
    """Frames as text."""
    return json.dumps(
        [[one.section, one.depth, one.landing, frame.pieces] for one, frame in frames.items()]
    )


def read_frames(text: str) -> Mapping[Outline, Framed]:
    """Frames from what `write_frames` wrote; raises ValueError, KeyError or TypeError."""
    return {
        Outline(section, depth, landing): Framed(tuple(pieces))
        for section, depth, landing, pieces in json.loads(text)
    }


def piece(
    prepared: Prepared,
    name: str,
    pages: Iterable[Page],
    frames: Mapping[Outline, Framed],
    staging: Path,
    table: Table | None = None,
) -> Piece:
    """Render, frame and write pages that are made together, or a table."""
    maker = _Maker(staging)
    if table:
        maker.write_table(table)
    for page in pages:
        one = prepared.rendered(page)
        frame = frames[outline(page.address, page.section)]
        words = {
            "title": page.title, "head": one.head, "contents": one.contents, "body": one.body,
        }  # fmt: skip
        maker.write(file_of(page.address), frame.around(words))
        maker.add(page, one.contents + one.body, ())
    return maker.piece(name)


def written(prepared: Prepared, staging: Path) -> Piece:
    """All pages of a site whose HTML somebody else has written; their data is added here."""
    maker = _Maker(staging)
    nothing = (staging / "404.html").read_text("utf-8")
    allowed = tuple(map(script_hash, inline_scripts(nothing)))
    for page in prepared.pages:
        raw = (staging / file_of(page.address)).read_bytes()
        maker.sums[file_of(page.address)] = hashlib.sha256(raw).hexdigest()
        maker.add(page, raw.decode(), allowed)
    for part in prepared.parts:
        if part.table:
            maker.write_table(part.table(prepared.site))
    return maker.piece("all")


def file_of(address: str) -> str:
    """The file of a page: `/a/b/` is `a/b/index.html`."""
    return f"{address.strip('/')}/index.html".lstrip("/")


def addressed(attribute: str, address: str) -> str:
    """Where a link leads, from its attribute as it is written in the page."""
    return absolute(html.unescape(attribute), address)


def absolute(target: str, address: str) -> str:
    """Where a link of the page at `address` leads: a site address with its anchor, no slash.

    What leaves the site is "". What is no address at all stays as it is. Nearly every link is
    another one, so none is remembered.
    """
    if target.startswith(ELSEWHERE):
        return ""
    path, mark, anchor = target.partition("#")
    path = path.partition("?")[0]
    full = posixpath.normpath(path if path.startswith("/") else address + path) if path else address
    return f"{full.rstrip('/')}{mark}{anchor}"


class _Maker:
    """Writes files below a folder, and gathers what must be known of their pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums: dict[str, str] = {}
        self.made: list[Made] = []
        self.links: set[str] = set()
        self.ids: dict[str, Set[str]] = {}
        self.wrong: list[str] = []

    def add(self, page: Page, text: str, allowed: Sequence[str]) -> None:
        """Take in a page whose HTML is written, and write what stands beside it."""
        self._write_data(page)
        found = ends(text)
        self.ids[page.address] = found.ids
        self.links |= {addressed(each, page.address) for each in found.targets}
        self.wrong += [
            f"{page.address}: script {each[:60]!r}" for each in foreign_scripts(text, allowed)
        ]
        self.made.append(Made(page.address, page.title, page.section, page.searchable))

    def piece(self, name: str) -> Piece:
        """All that was gathered."""
        links = tuple(sorted(link for link in self.links if not self._holds(link)))
        ids = {address: tuple(sorted(found)) for address, found in self.ids.items()}
        return Piece(name, tuple(self.made), self.sums, links, ids, tuple(self.wrong))

    def _holds(self, link: str) -> bool:
        """Whether a link leads to a page or a file of these, or out of the site."""
        path, _, anchor = link.partition("#")
        if f"{path}/" in self.ids:
            return not anchor or anchor in self.ids[f"{path}/"]
        return not link or path.lstrip("/") in self.sums

    def write(self, name: str, text: str) -> None:
        """A whole file; its folder is made if need be."""
        raw = text.encode()
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming(path):
            path.write_bytes(raw)
        self.sums[name] = hashlib.sha256(raw).hexdigest()

    def _write_data(self, page: Page) -> None:
        """What stands beside a page for other programs."""
        folder = file_of(page.address).removesuffix("index.html")
        for file, text in page.files.items():
            self.write(posixpath.normpath(folder + file), text)
        if page.json is not None:
            text = json.dumps(page.json, ensure_ascii=False, sort_keys=True)
            self.write(f"{folder}index.json", text + "\n")

    def write_table(self, table: Table) -> None:
        """Write the files of a table, each row as it is made: none is ever whole in memory."""
        folder = DATA.strip("/")
        (self.folder / folder).mkdir(exist_ok=True)
        names = {ending: f"{folder}/{table.name}.{ending}" for ending in ENDINGS}
        sums = {ending: hashlib.sha256() for ending in ENDINGS}
        with ExitStack() as closing:
            streams = {
                ending: closing.enter_context((self.folder / name).open("wb"))
                for ending, name in names.items()
            }
            for ending, text in table.files():
                raw = text.encode()
                sums[ending].update(raw)
                streams[ending].write(raw)
        self.sums |= {names[ending]: sums[ending].hexdigest() for ending in ENDINGS}
