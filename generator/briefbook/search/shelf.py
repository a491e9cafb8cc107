"""A shard that is asked for in, the one of the cache out if it says what search reads of its pages.

Most pages that an edit changes name what was edited where search does not look, or as a link. So it
is their lean copies that are compared, and none is made of a page that is the same.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from briefbook.search.lean import lean_sum
from briefbook.search.making import Wanted
from briefbook.search.shard import Shard, opened, write


def kept(site: Path, wanted: Wanted, closing: ExitStack) -> Shard | None:
    """The shard that is there; nothing if there is none of use."""
    shard = opened(wanted.target, closing)
    if not shard or [of for of, _ in shard.told.read] == [*wanted.sums]:
        return shard
    pages = zip(wanted.pages, wanted.sums, shard.told.read, strict=True)
    if any(sum != of and lean_sum(site / page) != lean for page, sum, (of, lean) in pages):
        return None
    # The next time, they are known by their sums.
    leans = (lean for _, lean in shard.told.read)
    told = replace(shard.told, read=[*zip(wanted.sums, leans, strict=True)])
    write(wanted.target, told, [shard.file.read()], ())
    return opened(wanted.target, closing)
