"""A built site in, bytes of its pages out, plain and as a server would compress them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers import is_account

PACKED = frozenset(
    {".css", ".csv", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".wasm", ".xml"}
)
"""Files that a server compresses; all others are compressed in themselves."""
WIDE = ("classes/", "strategy/", "team/", "plans/")
"""Where the pages stand that tell of all accounts at once: nine-box, strategy, team, plan."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A page: bytes of its HTML, and of the same compressed."""

    address: str
    html: int
    packed: int


def packed(raw: bytes, suffix: str) -> bytes:
    """A file as it goes over the wire (gzip, the level that servers use)."""
    return gzip.compress(raw, 6, mtime=0) if suffix in PACKED else raw


def weight(site: Path, address: str) -> Weight:
    """What a page weighs."""
    raw = (site / address.strip("/") / "index.html").read_bytes()
    return Weight(address, len(raw), len(packed(raw, ".html")))


def typical(site: Path) -> Weight:
    """The middle one of the account pages, by bytes of HTML."""
    return _middle([one for one in _sizes(site, "accounts/") if is_account(one[1])], site, 0.5)


def heavy(site: Path) -> Weight:
    """The account page that nineteen of twenty are lighter than."""
    return _middle([one for one in _sizes(site, "accounts/") if is_account(one[1])], site, 0.95)


def _middle(sizes: Sequence[tuple[int, str]], site: Path, share: float) -> Weight:
    chosen = sorted(sizes)[min(len(sizes) - 1, int(len(sizes) * share))]
    return weight(site, chosen[1])


def _sizes(site: Path, below: str) -> Iterator[tuple[int, str]]:
    root = site.resolve()
    for file in (root / below).rglob("index.html"):
        yield file.stat().st_size, f"{file.parent.relative_to(root).as_posix()}/"


def heaviest(site: Path) -> Mapping[str, Weight]:
    """The heaviest page of each section that tells of all accounts at once."""
    found = {below: list(_sizes(site, below)) for below in WIDE}
    return {below: weight(site, max(sizes)[1]) for below, sizes in found.items() if sizes}


def table(site: Path) -> Weight:
    """The page of the accounts table."""
    return weight(site, "accounts/")
