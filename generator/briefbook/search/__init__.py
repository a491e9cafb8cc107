"""Pages of a built site in, a Pagefind index beside them out: one index for every language.

Pagefind knows no part of an index: one page that changes makes it read all. So the pages are dealt
to shards, each has an index of its own, and these are merged. With a cache only those shards are
made again of whose pages search reads something else; the bundle is the same, byte by byte.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from briefbook.executors import Workers, inline
from briefbook.record import clear, folder
from briefbook.search.bundle import ENTRY, FOLDER, LANGUAGE, Index, SearchError
from briefbook.search.dealing import deal
from briefbook.search.making import Job, Wanted, make
from briefbook.search.merging import merge
from briefbook.search.program import Run
from briefbook.search.proof import proves
from briefbook.search.shard import opened
from briefbook.search.shelf import kept

SHARD = ".shard"
RUN = 1000
"""Pages that Pagefind reads at a time: more need more memory, with fewer it must begin often."""

__all__ = [
    "ENTRY",
    "FOLDER",
    "LANGUAGE",
    "Index",
    "Run",
    "SearchError",
    "check_index",
    "index",
    "proves",
]


def index(
    site: Path,
    pages: Mapping[str, str],
    cache: Path | None = None,
    engine: str = "",
    workers: Workers = inline,
    run: Run = subprocess.run,
    into: Path | None = None,
) -> Index:
    """Index pages of a site, whose files are told with digests; the same give the same bytes.

    Shards are kept in a cache for the same `engine`, which names all code that they come from.
    What search needs is written `into` another folder than that of the site, if that is told.
    Raises `SearchError` when the binary is missing or fails, `OSError` when the disk does.
    """
    bundle = (into or site) / FOLDER
    if bundle.exists():
        shutil.rmtree(bundle)
    # Beside the site, and under a name that the next build clears up if this one is killed.
    with TemporaryDirectory(".tmp", f"{site.name}-", site.parent) as work, ExitStack() as closing:
        shelf = cache / "search" if cache else Path(work, "shards")
        folder(shelf)
        wanted = [
            Wanted(some, tuple(pages[page] for page in some), shelf / _name(engine, some))
            for some in deal(pages)
        ]
        found = {one.target: kept(site, one, closing) for one in wanted}
        runs = _runs([one for one in wanted if not found[one.target]])
        _make([Job(site, some, Path(work), run) for some in runs], workers)
        shards = [found[one.target] or opened(one.target, closing) for one in wanted]
        for path in {*shelf.glob(f"*{SHARD}*")} - {*found}:
            clear(path)
        whole = [one for one in shards if one]
        if len(whole) < len(shards):
            raise SearchError("A shard of the index was changed while it was made.")
        return merge(whole, bundle)


def _name(engine: str, some: Sequence[str]) -> str:
    """A name for the shard of these pages, whatever stands in them."""
    return hashlib.sha256(json.dumps([engine, some]).encode()).hexdigest() + SHARD


def _runs(wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    """Shards that Pagefind makes at a time: not too many, and all runs about as long."""
    count = max(2, -(-sum(len(one.pages) for one in wanted) // RUN))
    runs: list[list[Wanted]] = [[] for _ in wanted[:count]]
    for one in sorted(wanted, key=lambda one: -len(one.pages)):
        min(runs, key=lambda run: sum(len(each.pages) for each in run)).append(one)
    return runs


def _make(jobs: Sequence[Job], workers: Workers) -> None:
    """Do jobs; a single one, and what somebody else runs, in this very process."""
    here = len(jobs) < 2 or jobs[0].run is not subprocess.run
    with (inline if here else workers)() as pool:
        for _ in pool.map(make, jobs):
            pass


def check_index(made: Index, expected_pages: int) -> None:
    """Raise `SearchError` unless the index holds exactly the pages that were planned for it."""
    if made.pages != expected_pages:
        raise SearchError(
            f"The search index holds {made.pages} pages, but {expected_pages} were planned: "
            "is data-pagefind-body missing from a template?"
        )
