"""Shards in, the one bundle that Pagefind would have made of all their pages out.

The order of words and pages follows from the pages alone, and so does every byte. No more is held
than the word at hand and some chunks on their way to the disk.
"""

from __future__ import annotations

import json
import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from heapq import merge as merged
from itertools import accumulate, groupby, repeat
from pathlib import Path

from briefbook.search.bundle import (
    CHUNK,
    ENTRY,
    FACETS,
    FILTER,
    FRAGMENT,
    LANGUAGE,
    META,
    SCRIPTS,
    Index,
    SearchError,
    file,
    write,
)
from briefbook.search.cbor import encode
from briefbook.search.chunks import chunks
from briefbook.search.postings import Numbers, Word, entry, others
from briefbook.search.shard import Shard, Told

SHORT, LONG = 7, 16
"""Digits of a digest that name a fragment; the long ones where the short are those of another."""


def merge(shards: Sequence[Shard], bundle: Path) -> Index:
    """Write the bundle of some shards into a folder that is not there; raises `SearchError`."""
    some = [one for one in shards if one.told.pages]
    if not some:
        raise SearchError("There is no page that search covers.")
    for kind in (FRAGMENT, FILTER, CHUNK):
        file(bundle, kind, "").parent.mkdir(parents=True)
    told = [one.told for one in some]
    starts = [*accumulate((len(one.pages) for one in told), initial=0)]
    fields = _fields(told)
    renamed = (others(one.fields, fields) for one in told)
    numbers = [Numbers(*both) for both in zip(starts, renamed, strict=False)]
    entry = told[0].entry
    meta = [
        entry["version"], _fragments(some, bundle), [*_chunks(some, numbers, bundle)],
        _filters(told, starts, bundle), [], fields,
    ]  # fmt: skip
    name = write(bundle, META, encode(meta))
    languages = {LANGUAGE: {**entry["languages"][LANGUAGE], "hash": name, "page_count": starts[-1]}}
    _write_text(bundle / ENTRY, {**entry, "languages": languages})
    return Index(starts[-1] + sum(one.told.within for one in shards))


def _fields(told: Iterable[Told]) -> list[str]:
    """All fields; first those of most shards as they are, so that few are given other numbers."""
    lists = Counter(tuple(one.fields) for one in told)
    usual = max(lists, key=lambda one: (lists[one], one))
    return [*usual, *sorted({field for one in lists for field in one} - {*usual})]


def _fragments(shards: Sequence[Shard], bundle: Path) -> list[list[str | int]]:
    """Write what search shows of pages; names and counts of words of all come back."""
    digests = Counter(digest[:SHORT] for one in shards for digest, *_ in one.told.pages)
    pages: list[list[str | int]] = []
    for shard in shards:
        for name, size in zip(SCRIPTS, shard.told.scripts, strict=True):
            (bundle / name).write_bytes(shard.file.read(size))
        for digest, words, size in shard.told.pages:
            name = f"{LANGUAGE}_{digest[: SHORT if digests[digest[:SHORT]] == 1 else LONG]}"
            file(bundle, FRAGMENT, name).write_bytes(shard.file.read(size))
            pages.append([name, words])
    return pages


def _filters(told: Sequence[Told], starts: Sequence[int], bundle: Path) -> list[list[str]]:
    """Write which pages have which values; names of the files by filter come back."""
    filters: dict[str, dict[str, list[int]]] = {}
    for start, one in zip(starts, told, strict=False):
        for facet, values in one.filters.items():
            for value, pages in values.items():
                all_pages = filters.setdefault(facet, {}).setdefault(value, [])
                all_pages += [start + page for page in pages]
    values_of = {facet: sorted(values.items()) for facet, values in sorted(filters.items())}
    _write_text(bundle / FACETS, {
        facet: {value: len(pages) for value, pages in values} for facet, values in values_of.items()
    })  # fmt: skip
    return [
        [facet, write(bundle, FILTER, encode([facet, [[*value] for value in values]]))]
        for facet, values in values_of.items()
    ]


def _write_text(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _chunks(
    shards: Sequence[Shard], numbers: Sequence[Numbers], bundle: Path
) -> Iterator[list[str]]:
    """Write all words; first and last letters and names of the chunks come back."""
    count = os.cpu_count() or 1
    waiting: deque[tuple[str, str, Future[str]]] = deque()
    with ThreadPoolExecutor(count) as pool:
        for first, last, data in chunks(_words(shards, numbers)):
            waiting.append((first, last, pool.submit(write, bundle, CHUNK, data)))
            if len(waiting) > 2 * count:
                yield _done(*waiting.popleft())
        yield from (_done(*one) for one in waiting)


def _done(first: str, last: str, name: Future[str]) -> list[str]:
    return [first, last, name.result()]


def _words(shards: Sequence[Shard], numbers: Sequence[Numbers]) -> Iterator[tuple[str, bytes]]:
    """All words in order, each with its bytes."""
    streams = [zip(repeat(its), shard.words()) for shard, its in zip(shards, numbers, strict=True)]
    ordered = merged(*streams, key=_text)
    return ((text.decode(), entry(text, some)) for text, some in groupby(ordered, _text))


def _text(one: tuple[Numbers, Word]) -> bytes:
    return one[1].text
