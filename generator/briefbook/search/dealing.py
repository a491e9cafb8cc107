"""Searched pages in, the shards that they are indexed in out: as many pages, as many shards."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection

SHARD = 100
"""Pages of a shard: more make an edit dear, fewer a cold build, for each has its start."""
MOST = 256
"""Shards of a folder: all are open at once while they are merged, and a process may open 1,024."""


def deal(pages: Collection[str]) -> list[tuple[str, ...]]:
    """Files of pages by shard, in order; a page stands with those above it.

    A folder of many pages, which are one record each, is dealt by digests of their names: an edit
    changes one of them. All other pages, which gather what many records say, stay together. The
    shards of a folder are a power of two, so that most records come and go without new shards.
    """
    below: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        below[_top(page, pages)].append(page)
    folders: dict[str, list[str]] = defaultdict(list)
    for top in below:
        folders[top.partition("/")[0]].append(top)
    dealt: dict[tuple[str, int], list[str]] = defaultdict(list)
    for folder, tops in folders.items():
        count = _shards(len(tops))
        for top in tops:
            dealt[(folder, _number(top) % count) if count > 1 else ("", 0)] += below[top]
    return [tuple(sorted(dealt[key], key=above_first)) for key in sorted(dealt)]


def above_first(page: str) -> list[str]:
    """An order of files in which a page comes before those below it."""
    return page.split("/")[:-1]


def _top(page: str, pages: Collection[str]) -> str:
    """The first of the pages that stand above each other, of which this is the last."""
    while (above := _above(page)) in pages:
        page = above
    return page


def _above(page: str) -> str:
    """The file of the page above; nothing of the first."""
    folder, _, file = page.rpartition("/")
    return f"{folder.rpartition('/')[0]}/{file}".lstrip("/") if folder else ""


def _shards(tops: int) -> int:
    return min(MOST, 1 << (-(-tops // SHARD) - 1).bit_length())


def _number(top: str) -> int:
    digest = hashlib.sha256(top.encode("utf-8", "surrogateescape")).digest()
    return int.from_bytes(digest[:8], "big")
