"""A content folder in, a published site out: the pipeline, read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from briefbook import __version__
from briefbook.cache import Before, before, keep, remember
from briefbook.frames import Framed, Outline
from briefbook.headers import foreign_scripts, header_files, inline_scripts, script_hash
from briefbook.load import Content
from briefbook.pages import moved
from briefbook.pages.render import ends
from briefbook.prepare import Prepared, Tick, prepare
from briefbook.publish import check_target, release, unplanned, write_manifest
from briefbook.search import check_index, index, proves
from briefbook.settings import Settings
from briefbook.work import (
    Inline,
    Job,
    Piece,
    absolute,
    addressed,
    do,
    file_of,
    hold,
    let_go,
    piece,
    write_frames,
)

Workers = Callable[[], AbstractContextManager[Executor]]
Draw = Callable[[Prepared, Path], Mapping[Outline, Framed]]
"""Draws the frames of a site, and writes its 404 page and the theme's files into a folder."""
BATCH = 16
"""Accounts of one job."""
FEW = 24
"""Parts of a site that is made faster here than by processes that must be started first."""


class SiteError(Exception):
    """The site that was built is not the site that was planned."""


def inline() -> AbstractContextManager[Executor]:
    """Workers that are this process itself."""
    return nullcontext(Inline())


def build(
    settings: Settings,
    out: Path,
    cache: Path,
    draw: Draw,
    *,
    copy: bool = False,
    tick: Tick = lambda *_: None,
    homes: Sequence[Path] = (),
    workers: Workers = inline,
) -> Prepared:
    """Build the site of a content folder and publish it at `out`, whole or not at all.

    Raises `ContentError`, `SiteError`, `search.SearchError`, `publish.BusyError`,
    `publish.RefusedTargetError`, or `OSError`; the published site is untouched then.
    """
    check_target(out, settings.content, cache, homes)
    prepared = prepare(settings, tick)
    with release(out, cache, copy=copy) as fresh:
        old = before(cache, fresh.previous)
        frames = _frames(prepared, fresh.staging, old, draw)
        pieces = _made(prepared, fresh.staging, frames, old, workers, tick)
        finish(prepared, fresh.staging, frames, pieces, old, tick)
        tick("publish", 1)
        remember(cache, fresh.commit(), prepared, frames, pieces)
    return prepared


def _frames(
    prepared: Prepared, staging: Path, old: Before | None, draw: Draw
) -> Mapping[Outline, Framed]:
    """The frames of the site, those of the last release where nothing in them has changed."""
    if old and old.frames and old.frame_key == prepared.frame_key:
        keep(old.release, old.theme_files, staging)
        return old.frames
    return draw(prepared, staging)


def _made(
    prepared: Prepared,
    staging: Path,
    frames: Mapping[Outline, Framed],
    old: Before | None,
    workers: Workers,
    tick: Tick,
) -> tuple[Piece, ...]:
    """Every part of the site, in its folder: as it was, or made by workers."""
    kept = old.kept(prepared, staging) if old else {}
    wanted = [number for number, part in enumerate(prepared.parts) if part.name not in kept]
    text = staging.with_name(f"{staging.name}.frames")
    text.write_text(write_frames(frames), "utf-8")
    hold(prepared, staging)
    try:
        jobs = [Job(prepared.settings, staging, text, some)
                for some in _batches(prepared, wanted)]  # fmt: skip
        with (workers if len(wanted) > FEW else inline)() as pool:
            fresh = [*_done(pool, jobs, tick)]
    finally:
        let_go()
        text.unlink()
    pieces = [*kept.values(), *fresh]
    told = [page for one in pieces for page in one.pages]
    return (*pieces, piece(prepared, "moved", moved.pages(prepared.site, told), frames, staging))


def _batches(prepared: Prepared, wanted: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Numbers of parts by job: accounts some at a time, all else by itself and before them."""
    accounts = [number for number in wanted if prepared.parts[number].digest]
    yield from ((number,) for number in wanted if not prepared.parts[number].digest)
    for first in range(0, len(accounts), BATCH):
        yield tuple(accounts[first : first + BATCH])


def _done(pool: Executor, jobs: Sequence[Job], tick: Tick) -> Iterator[Piece]:
    count = 0
    for pieces in pool.map(do, jobs):
        for one in pieces:
            count += len(one.pages)
            tick("render", count)
            yield one


def finish(
    prepared: Prepared,
    staging: Path,
    frames: Mapping[Outline, Framed],
    pieces: Sequence[Piece],
    old: Before | None,
    tick: Tick = lambda *_: None,
) -> None:
    """Add headers, search and manifest to the pages of a site, and check it against its plan."""
    tick("check", 1)
    addresses = [page.address for one in pieces for page in one.pages]
    if len(set(addresses)) < len(addresses):
        raise SiteError("Two pages have the same address.")
    sums = {name: digest for one in pieces for name, digest in one.files.items()}
    # Inline scripts of the frame are those of the 404 page, which shows nothing of the content.
    hashes = sorted(map(script_hash, inline_scripts((staging / "404.html").read_text("utf-8"))))
    for name, data in header_files(hashes).items():
        (staging / name).write_bytes(data)
    _check_files(staging, {*sums, *header_files(hashes), "404.html"})
    _check_links(pieces, frames, staging, hashes)
    searched = {name: sums[name] for one in pieces for name in one.searched}
    if old and (found := old.index(searched)):
        keep(old.release, found, staging)
    else:
        tick("search", 1)
        check_index(index(staging), len(searched))
        proves(staging, sample_words(prepared.site.content))
    write_manifest(
        staging,
        {
            "version": __version__,
            "built": prepared.settings.today.isoformat(),
            "commit": prepared.settings.commit,
        },
        sums,
    )


def _check_files(staging: Path, planned: set[str]) -> None:
    """Everything planned is there and nothing else; the theme's own files stand under assets/."""
    extra = [
        name
        for name in unplanned(staging, planned)
        if not name.startswith("assets/") or name.endswith((".yml", ".yaml", ".map"))
    ]
    absent = sorted(name for name in planned if not (staging / name).is_file())
    if extra or absent:
        raise SiteError(
            f"Files that nobody planned: {extra or 'none'}; missing: {absent or 'none'}"
        )


def _check_links(
    pieces: Sequence[Piece],
    frames: Mapping[Outline, Framed],
    staging: Path,
    hashes: Sequence[str],
) -> None:
    """Every internal link, anchor and asset leads somewhere; no script but those of templates."""
    known = _Known(staging, frozenset(page.address for one in pieces for page in one.pages))
    for one in pieces:
        known.ids |= one.ids
    wrong = [each for one in pieces for each in one.wrong]
    for each, frame in frames.items():
        text = "".join(frame.pieces[::2])
        own = ends(text)
        mine = {f"#{id}" for id in own.ids}
        found = {absolute(target, each.address) for target in own.targets - mine}
        wrong += [f"{each.address}: {one}" for one in known.dead(found)]
        wrong += [f"{each.address}: script {one[:60]!r}" for one in foreign_scripts(text, hashes)]
    for one in pieces:
        if dead := known.dead(one.links):
            wrong += _blamed(one, dead, staging)
    if wrong:
        raise SiteError("Dead links or foreign scripts:\n" + "\n".join(sorted(wrong)[:50]))


class _Known:
    """What links of a site can lead to; ids of a page are read when they are asked for."""

    def __init__(self, staging: Path, addresses: frozenset[str]) -> None:
        self.staging, self.addresses = staging, addresses
        self.ids: dict[str, frozenset[str]] = {}

    def dead(self, links: frozenset[str] | set[str]) -> list[str]:
        """Those of some links that lead nowhere."""
        return [link for link in links if link and not self._leads(link)]

    def _leads(self, link: str) -> bool:
        path, _, anchor = link.partition("#")
        if f"{path}/" in self.addresses:
            return not anchor or anchor in self._ids(f"{path}/")
        return path.startswith("/") and (self.staging / path.lstrip("/")).is_file()

    def _ids(self, address: str) -> frozenset[str]:
        if address not in self.ids:
            text = (self.staging / file_of(address)).read_text("utf-8")
            self.ids[address] = ends(text).ids
        return self.ids[address]


def _blamed(one: Piece, dead: Sequence[str], staging: Path) -> Iterator[str]:
    """Pages of a part with their dead links, as they are written there."""
    for page in one.pages:
        text = (staging / file_of(page.address)).read_text("utf-8")
        for target in ends(text).targets:
            if addressed(target, page.address) in dead:
                yield f"{page.address}: {target}"


def sample_words(content: Content) -> dict[str, str]:
    """A word of each language that names of the content are written in."""
    found: dict[str, str] = {}
    names = [record.name for record in content.records() if record.kind in {"account", "industry"}]
    for name in names:
        for word in name.split():
            if all("\u4e00" <= char <= "\u9fff" for char in word):
                found.setdefault("zh", word)
            elif any(
                char in "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
                for char in word.lower()
            ):
                found.setdefault("vi", word)
            elif word.isascii() and word.isalpha() and len(word) > 3:
                found.setdefault("en", word)
    return found
