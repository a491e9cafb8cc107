"""A built site and its plan in, an error that names what does not hold out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from briefbook.frames import Framed, Outline
from briefbook.headers import foreign_scripts
from briefbook.pages.render import ends
from briefbook.publish import MANIFEST, files
from briefbook.work import Piece, absolute, addressed, file_of


class SiteError(Exception):
    """The site that was built is not the site that was planned."""


def check_files(staging: Path, planned: set[str]) -> None:
    """Everything planned is there and nothing else; the theme's own files stand under assets/."""
    present = set(files(staging)) - {MANIFEST}
    extra = [
        name
        for name in sorted(present - planned)
        if not name.startswith("assets/") or name.endswith((".yml", ".yaml", ".map"))
    ]
    absent = sorted(planned - present)
    if extra or absent:
        raise SiteError(
            f"Files that nobody planned: {extra or 'none'}; missing: {absent or 'none'}"
        )


def check_links(
    pieces: Sequence[Piece],
    frames: Mapping[Outline, Framed],
    staging: Path,
    hashes: Sequence[str],
    proven: Set[str] = frozenset(),
) -> None:
    """Every internal link, anchor and asset leads somewhere; no script but those of templates.

    `proven` are links of an older site: their anchors are not looked up in pages kept from there.
    """
    known = _Known(staging, frozenset(page.address for one in pieces for page in one.pages), proven)
    for one in pieces:
        known.fresh |= one.ids
        known.files.update(one.files)
    wrong = [each for one in pieces for each in one.wrong]
    for each, frame in frames.items():
        text = "".join(frame.pieces[::2])
        own = ends(text)
        mine = {f"#{id}" for id in own.ids}
        found = {absolute(target, each.address) for target in own.targets - mine}
        wrong += [f"{each.address}: {one}" for one in known.dead(found)]
        wrong += [f"{each.address}: script {one[:60]!r}" for one in foreign_scripts(text, hashes)]
    dead = frozenset(known.dead(frozenset[str]().union(*(one.links for one in pieces))))
    for one in pieces:
        if not dead.isdisjoint(one.links):
            wrong += _blamed(one, dead, staging)
    if wrong:
        raise SiteError("Dead links or foreign scripts:\n" + "\n".join(sorted(wrong)[:50]))


class _Known:
    """What links of a site can lead to; ids of a page are read when they are asked for."""

    def __init__(self, staging: Path, addresses: frozenset[str], proven: Set[str]) -> None:
        self.staging, self.addresses, self.proven = staging, addresses, proven
        self.ids: dict[str, frozenset[str]] = {}
        self.files: set[str] = set()
        self.fresh: dict[str, Collection[str]] = {}

    def dead(self, links: Iterable[str]) -> list[str]:
        """Those of some links that lead nowhere."""
        return [link for link in links if link and not self._leads(link)]

    def _leads(self, link: str) -> bool:
        path, _, anchor = link.partition("#")
        page, name = f"{path}/", path.lstrip("/")
        if page in self.addresses:
            told = not anchor or (link in self.proven and page not in self.fresh)
            return told or anchor in self._ids(page)
        return path.startswith("/") and (name in self.files or (self.staging / name).is_file())

    def _ids(self, address: str) -> frozenset[str]:
        if address not in self.ids:
            told = self.fresh.get(address)
            self.ids[address] = self._read(address) if told is None else frozenset(told)
        return self.ids[address]

    def _read(self, address: str) -> frozenset[str]:
        return ends((self.staging / file_of(address)).read_text("utf-8")).ids


def _blamed(one: Piece, dead: Set[str], staging: Path) -> Iterator[str]:
    """Pages of a part with their dead links, as they are written there."""
    for page in one.pages:
        text = (staging / file_of(page.address)).read_text("utf-8")
        for target in ends(text).targets:
            if addressed(target, page.address) in dead:
                yield f"{page.address}: {target}"
