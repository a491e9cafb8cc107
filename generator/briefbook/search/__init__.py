"""Pages of a built site in, a Pagefind index beside them out: one index for every language.

Pagefind knows no part of an index: one page that changes makes it read all. So the pages are dealt
to shards, each has an index of its own, and these are merged. With a cache only those shards are
made again whose pages have changed; the bundle is the same, byte by byte.
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
from briefbook.search.bundle import ENTRY, FOLDER, LANGUAGE, Index, SearchError
from briefbook.search.dealing import deal
from briefbook.search.merging import merge
from briefbook.search.program import Run
from briefbook.search.proof import proves
from briefbook.search.shard import Job, Shard, make, opened

SHARD = ".shard"

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
) -> Index:
    """Index pages of a site, whose files are told with digests; the same give the same bytes.

    Shards are kept in a cache for the same `engine`, which names all code that they come from.
    Raises `SearchError` when the binary is missing or fails, `OSError` when the disk does.
    """
    bundle = site / FOLDER
    if bundle.exists():
        shutil.rmtree(bundle)
    # Beside the site, and under a name that the next build clears up if this one is killed.
    with TemporaryDirectory(".tmp", f"{site.name}-", site.parent) as work, ExitStack() as closing:
        shelf = cache / "search" if cache else Path(work, "shards")
        shelf.mkdir(parents=True, exist_ok=True)
        jobs = [
            Job(site, some, shelf / _key(engine, some, pages), Path(work), run)
            for some in deal(pages)
        ]
        shards = _shards(jobs, workers, closing)
        for path in {*shelf.glob(f"*{SHARD}*")} - {job.target for job in jobs}:
            path.unlink()
        return merge(shards, bundle)


def _key(engine: str, some: Sequence[str], pages: Mapping[str, str]) -> str:
    """A name for the shard of these very pages."""
    of = json.dumps([engine, [(page, pages[page]) for page in some]])
    return hashlib.sha256(of.encode()).hexdigest() + SHARD


def _shards(jobs: Sequence[Job], workers: Workers, closing: ExitStack) -> list[Shard]:
    """The shards of jobs: those that are there, and the others when they are made."""
    found = {job.target: opened(job.target, closing) for job in jobs}
    wanted = [job for job in jobs if not found[job.target]]
    here = len(wanted) < 2 or any(job.run is not subprocess.run for job in wanted)
    with (inline if here else workers)() as pool:
        for _ in pool.map(make, wanted):
            pass
    shards = [found[job.target] or opened(job.target, closing) for job in jobs]
    whole = [one for one in shards if one]
    if len(whole) < len(jobs):
        raise SearchError("A shard of the index was changed while it was made.")
    return whole


def check_index(made: Index, expected_pages: int) -> None:
    """Raise `SearchError` unless the index holds exactly the pages that were planned for it."""
    if made.pages != expected_pages:
        raise SearchError(
            f"The search index holds {made.pages} pages, but {expected_pages} were planned: "
            "is data-pagefind-body missing from a template?"
        )
