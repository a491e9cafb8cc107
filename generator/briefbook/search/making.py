"""Pages of a site in, the shards of its search index that they make out.

Pagefind numbers pages in the order in which a disk tells of them, and is slow to begin with. So it
reads the pages of some shards at a time, and here its index is taken apart: each shard has its
pages in the order of their addresses, and those fields and filters that they have themselves.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from briefbook.search.bundle import (
    CHUNK,
    ENTRY,
    FILTER,
    FRAGMENT,
    LANGUAGE,
    META,
    SCRIPTS,
    SearchError,
    file,
    raw,
    read,
)
from briefbook.search.lean import write_lean
from briefbook.search.postings import Postings, Word, of_fields, others, words
from briefbook.search.program import Run, run_pagefind
from briefbook.search.shard import Told, write


class Wanted(NamedTuple):
    """A shard that is asked for: its pages with their sums, and the file that it goes to."""

    pages: tuple[str, ...]
    sums: tuple[str, ...]
    target: Path


@dataclass(frozen=True, slots=True)
class Job:
    """Shards of a site that are made at a time, and a folder for what is made before."""

    site: Path
    shards: Sequence[Wanted]
    work: Path
    run: Run = subprocess.run


@dataclass(frozen=True, slots=True)
class _Fragment:
    """What search shows of a page, as it is sent too; `digest` is its SHA-256."""

    address: str
    fields: tuple[str, ...]
    digest: str
    words: int
    data: bytes


@dataclass(frozen=True, slots=True)
class _Part:
    """What has become of the pages of a shard."""

    fragments: list[_Fragment] = field(default_factory=list)
    filters: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)

    @property
    def fields(self) -> list[str]:
        """All that its pages have."""
        return sorted({name for one in self.fragments for name in one.fields})


def make(job: Job) -> None:
    """Index pages, and write their shards."""
    folder = job.work / job.shards[0].target.name
    pages, bundle = folder / "pages", folder / "bundle"
    pages.mkdir(parents=True)
    copies = [write_lean(job.site, one.pages, pages) for one in job.shards]
    parts, entry = [_Part() for _ in job.shards], {}
    if any(pages.iterdir()):
        run_pagefind(pages.absolute(), bundle.absolute(), job.run)
        entry = _read(bundle, [one.pages for one in job.shards], parts)
    for copied, part, one in zip(copies, parts, job.shards, strict=True):
        scripts = [(bundle / name).read_bytes() for name in SCRIPTS if part.fragments]
        told = Told(
            [*zip(one.sums, copied.sums, strict=True)], copied.within,
            [(each.digest, each.words, len(each.data)) for each in part.fragments],
            part.fields, part.filters, entry, [len(script) for script in scripts],
        )  # fmt: skip
        write(one.target, told, [*scripts, *(each.data for each in part.fragments)], part.words)
    shutil.rmtree(folder)


def _read(bundle: Path, shards: Sequence[Sequence[str]], parts: Sequence[_Part]) -> dict[str, Any]:
    """Take an index apart; the entry of its bundle comes back."""
    entry: dict[str, Any] = json.loads((bundle / ENTRY).read_text("utf-8"))
    _, listed, chunks, filters, sorts, fields = read(
        file(bundle, META, entry["languages"][LANGUAGE]["hash"])
    )
    if sorts:
        raise SearchError("Pages that are sorted cannot be indexed in parts.")
    fragments = [_fragment(file(bundle, FRAGMENT, name), count) for name, count in listed]
    pages = _pages(shards, fragments, parts)
    starts = [*accumulate((len(part.fragments) for part in parts), initial=0)]
    for _, name in filters:
        _take_filter(file(bundle, FILTER, name), pages, starts, parts)
    renamed = [others(fields, part.fields) for part in parts]
    for *_, name in chunks:
        for shard, word in _words(file(bundle, CHUNK, name), pages, starts):
            own = renamed[shard]
            parts[shard].words.append(_renamed(word, own) if own else word)
    return entry


def _fragment(path: Path, words: int) -> _Fragment:
    text = raw(path)
    shown = json.loads(text)
    digest = hashlib.sha256(text).hexdigest()
    return _Fragment(shown["url"], tuple(shown["meta"]), digest, words, path.read_bytes())


def _pages(
    shards: Sequence[Sequence[str]], fragments: Sequence[_Fragment], parts: Sequence[_Part]
) -> list[int]:
    """Numbers of pages by shard and address; each shard has its fragments then."""
    at = {_address(page): shard for shard, some in enumerate(shards) for page in some}
    order = sorted(
        range(len(fragments)), key=lambda one: (at[fragments[one].address], fragments[one].address)
    )
    for one in order:
        parts[at[fragments[one].address]].fragments.append(fragments[one])
    return sorted(range(len(order)), key=order.__getitem__)


def _address(page: str) -> str:
    """The address of a page as Pagefind makes it from the name of a file."""
    return "/" + page.replace("index.html", "")


def _take_filter(
    path: Path, pages: Sequence[int], starts: Sequence[int], parts: Sequence[_Part]
) -> None:
    facet, values = read(path)
    for value, having in values:
        for number in sorted(pages[one] for one in having):
            shard = bisect_right(starts, number) - 1
            of = parts[shard].filters.setdefault(facet, {}).setdefault(value, [])
            of.append(number - starts[shard])


def _words(path: Path, pages: Sequence[int], starts: Sequence[int]) -> Iterator[tuple[int, Word]]:
    try:
        yield from words(raw(path), pages, starts)
    except (ValueError, LookupError) as problem:
        raise SearchError(f"{path.name} is not of a known form: {problem}") from problem


def _renamed(word: Word, fields: tuple[int, ...]) -> Word:
    """The same word, with other numbers of the fields."""

    def of(postings: Postings) -> Postings:
        return postings._replace(body=of_fields(postings.body, fields))

    spellings = [(form, of(postings)) for form, postings in word.spellings]
    return Word(word.text, of(word.plain), spellings)
