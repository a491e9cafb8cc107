"""A content folder in, a published site out: the pipeline, read aloud."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import filterfalse
from pathlib import Path

from briefbook import __version__
from briefbook.audit import SiteError, check_files, check_links
from briefbook.cache import Before, before, point, recall, remember
from briefbook.examine import Tick
from briefbook.executors import Beside, Workers, inline
from briefbook.frames import Framed, Outline
from briefbook.headers import header_files, inline_scripts, script_hash
from briefbook.memory import Memory
from briefbook.pages.all import LAST, last
from briefbook.pages.seen import Read, shortened, watched
from briefbook.pages.templates import Codes
from briefbook.prepare import Prepared, prepare
from briefbook.publish import Release, check_target, release, write_manifest
from briefbook.search import Run, index
from briefbook.searching import add_search, follow, searched_pages, without_search
from briefbook.settings import Settings
from briefbook.untouched import untouched
from briefbook.work import Job, Parcel, Piece, do, hold, let_go, piece, write_frames

Draw = Callable[[Prepared, Path], Mapping[Outline, Framed]]
"""Draws the frames of a site, and writes its 404 page and the theme's files into a folder."""
BATCH = 4
"""Accounts of one job: few, so that all processes are done at about the same time."""
WAVE = 500
"""Accounts between two renewals of processes, which forget what they have gathered and copied; of
`PLENTY` of parts half as many, for each process has copied more of them then."""
FEW = 12
"""Parts of a site that are made faster here than by processes that must be started first."""
MANY = 200
"""Parts for which every template is needed, and compiled once, before there are processes."""
PLENTY = 4000
"""Parts that no process is told of only to write them down, or to make a few: it copies what it
looks at, and that is nearly all."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is taken over from the last release: parts, and `sums` of other files.

    `index` says that its search is among them; `proven` is as in `audit.check_links`.
    """

    pieces: Mapping[str, Piece] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    index: bool = False
    proven: Set[str] = frozenset()


NOTHING = Kept()


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
    shown: Callable[[Prepared], None] | None = None,
    known: Memory | None = None,
    run: Run = subprocess.run,
    codes: Callable[[], tuple[str, Codes]] | None = None,
    beside: Beside = nullcontext,
) -> Prepared:
    """Build the site of a content folder and publish it at `out`, whole or not at all.

    With `shown`, changed pages are published before they are indexed: with the search of the last
    release, and again when the new one is there. `shown` is called in between, and `run` runs what
    indexes them. `known` is what a process that builds again and again remembers. `codes` are
    those of templates and the language of their words, where somebody has compiled them; `beside`
    lets something be done while this goes on.

    Raises `ContentError`, `SiteError`, `search.SearchError`, `publish.BusyError`,
    `publish.RefusedTargetError`, or `OSError`; the published site is whole then: as it was, or
    with changed pages and the search of the last release if `shown` was called.
    """
    check_target(out, settings.content, cache, homes)
    last = out.resolve()
    with beside(partial(untouched, cache, last)) as stands:  # every file of it is looked at
        prepared = prepare(settings, tick, known, workers, beside)
        whole = stands()
    make = partial(index, cache=cache, engine=settings.engine, workers=workers)
    with release(out, cache, copy=copy) as fresh, ExitStack() as closing:
        looked = whole if fresh.previous == last else None
        old = before(cache, fresh.previous, known.built if known else None, looked)
        same = bool(old and old.frames and old.frame_key == prepared.frame_key)
        frames = old.frames if old and same else draw(prepared, fresh.staging)
        kept = _kept(prepared, fresh, old, same) if old else NOTHING
        if codes:
            prepared.renderer.take(*codes())
        pieces = _made(prepared, fresh.staging, frames, kept.pieces, workers, tick)
        # A record that is of use is not touched as long as this release may fail.
        early = beside if not kept.pieces and len(pieces) < PLENTY else nullcontext
        written = closing.enter_context(early(partial(remember, cache, prepared, frames, pieces)))
        sums = finish(fresh.staging, frames, pieces, tick, kept)
        searched = searched_pages(pieces, sums)
        usual = bool(old and kept.index and old.indexes(searched))
        later = bool(kept.index and shown and not usual)
        if not usual and not later:
            add_search(prepared, searched, fresh.staging, tick, make)
            sums = without_search(sums)
        made, sums = _publish(prepared, fresh, sums, tick)
        if later and shown:
            shown(prepared)
        fresh.prune()
        parts, indexed = written(), {} if later else searched
        point(cache, made, parts, indexed)
        built = recall(made, sums, prepared, frames, pieces, indexed) if known else None
    if later:
        with release(out, cache, copy=copy) as fresh:
            if known:  # it may be broken off from here on
                known.built = built
            sums = without_search(sums)
            search = partial(add_search, prepared, searched, made, tick, partial(make, run=run))
            follow(fresh, made, sums, search)
            made, sums = _publish(prepared, fresh, sums, tick)
            fresh.prune()
            point(cache, made, parts, searched)
    if known and built:
        known.built = built.again(made, sums, searched)
    return prepared


def complete(prepared: Prepared, staging: Path, pieces: Sequence[Piece]) -> None:
    """Make a whole site of pages that somebody else has framed: check it, index it, sum it up."""
    sums = finish(staging, {}, pieces)
    add_search(prepared, searched_pages(pieces, sums), staging, lambda *_: None, index)
    _sum_up(prepared, staging, without_search(sums))


def _publish(
    prepared: Prepared, fresh: Release, sums: Mapping[str, str], tick: Tick
) -> tuple[Path, Mapping[str, str]]:
    """The release that is published now, and the sums of all its files."""
    found = _sum_up(prepared, fresh.staging, sums)
    tick("publish", 1)
    return fresh.commit(), found


def _sum_up(prepared: Prepared, staging: Path, sums: Mapping[str, str]) -> Mapping[str, str]:
    return write_manifest(
        staging,
        {
            "version": __version__,
            "built": prepared.settings.today.isoformat(),
            "commit": prepared.settings.commit,
        },
        sums,
    )


def _kept(prepared: Prepared, fresh: Release, old: Before, theme: bool) -> Kept:
    """Link what of the last release is right for this one; `theme`: that of the frames as well."""
    pieces, index = old.kept(prepared), old.index()
    other = (*(old.theme_files if theme else ()), *index)
    fresh.keep(old.release, [*other, *(name for one in pieces.values() for name in one.files)])
    return Kept(pieces, {name: old.sums[name] for name in other}, bool(index), old.links)


def _made(
    prepared: Prepared,
    staging: Path,
    frames: Mapping[Outline, Framed],
    kept: Mapping[str, Piece],
    workers: Workers,
    tick: Tick,
) -> tuple[Piece, ...]:
    """Every part of the site, in its folder: as it was, or made by workers."""
    wanted = [number for number, part in enumerate(prepared.parts) if part.name not in kept]
    text = staging.with_name(f"{staging.name}.frames")
    text.write_text(write_frames(frames), "utf-8")
    hold(prepared, staging)
    try:
        jobs = [[Job(prepared.settings, staging, text, some) for some in wave]
                for wave in waves(prepared, wanted)]  # fmt: skip
        if len(wanted) > MANY:
            prepared.renderer.ready()
        few = MANY if len(prepared.parts) > PLENTY else FEW
        with (workers if len(wanted) > few else inline)() as pool:
            parcels = [*_done(pool, jobs, tick)]
    finally:
        let_go()
        text.unlink()
    known = dict[Read, Read]()
    fresh = (one.lean(known) for parcel in parcels for one in parcel.pieces)
    pieces = [*(one for name, one in kept.items() if name != LAST), *fresh]
    return (*pieces, _made_last(prepared, pieces, frames, staging, kept.get(LAST)))


def _made_last(
    prepared: Prepared,
    pieces: Sequence[Piece],
    frames: Mapping[Outline, Framed],
    staging: Path,
    kept: Piece | None,
) -> Piece:
    """The pages that tell of others: as they were, where the others say the same of themselves."""
    moves = prepared.site.content.redirects.value
    moved = any(moves.of(kind) for kind in type(moves).model_fields)
    told = [page for one in pieces for page in one.pages] if moved else []
    named = {record: tuple(ids) for one in pieces for record, ids in one.named.items()}
    rows = sorted((one.address, one.title, one.section) for one in told)
    said = repr((rows, sorted(named.items())))
    key = ("pieces", hashlib.sha256(said.encode()).hexdigest())
    if kept and key in kept.reads:
        return kept
    for name in kept.files if kept else ():
        (staging / name).unlink()  # it is that of the last release as well
    reads: set[Read] = set()
    late = last(watched(prepared.site, reads), told, named)
    done = piece(prepared, LAST, late, frames, staging)
    return replace(done, reads=(*shortened(prepared.site, reads), key))


def waves(prepared: Prepared, wanted: Sequence[int]) -> Iterator[list[tuple[int, ...]]]:
    """Numbers of parts by job, and jobs by wave: accounts some at a time, all else before them.

    What is no account reads nearly all of the content: of several waves each has one job of that,
    so that not every process copies it.
    """

    def of_account(number: int) -> bool:
        return prepared.parts[number].name.startswith("account/")

    accounts = [*filter(of_account, wanted)]
    others = [*filterfalse(of_account, wanted)]
    most = WAVE if len(prepared.parts) < PLENTY else WAVE // 2
    count = -(-len(accounts) // most) or 1
    for at in range(count):
        some = others[at::count]
        first, last = (len(accounts) * end // count for end in (at, at + 1))
        jobs = [tuple(some)] if some and count > 1 else [(number,) for number in some]
        yield jobs + [tuple(accounts[one : min(one + BATCH, last)])
                      for one in range(first, last, BATCH)]  # fmt: skip


def _done(pool: Executor, waves: Iterable[Sequence[Job]], tick: Tick) -> Iterator[Parcel]:
    count = 0
    for wave in waves:
        for parcel in pool.map(do, wave):
            count += parcel.pages
            tick("render", count)
            yield parcel


def finish(
    staging: Path,
    frames: Mapping[Outline, Framed],
    pieces: Sequence[Piece],
    tick: Tick = lambda *_: None,
    kept: Kept = NOTHING,
) -> Mapping[str, str]:
    """Add headers to the pages of a site, and check it against its plan: SHA-256 of each file."""
    tick("check", 1)
    addresses = [page.address for one in pieces for page in one.pages]
    if len(set(addresses)) < len(addresses):
        raise SiteError("Two pages have the same address.")
    sums = {**kept.sums, **{name: sum for one in pieces for name, sum in one.files.items()}}
    # Inline scripts of the frame are those of the 404 page, which shows nothing of the content.
    hashes = sorted(map(script_hash, inline_scripts((staging / "404.html").read_text("utf-8"))))
    for name, data in header_files(hashes).items():
        (staging / name).write_bytes(data)
    check_files(staging, {*sums, *header_files(hashes), "404.html"})
    check_links(pieces, frames, staging, hashes, kept.proven)
    return sums
