"""Names of the files of a Pagefind bundle in, what they hold out, and the way back."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefbook.search.cbor import decode

FOLDER = "pagefind"
ENTRY = "pagefind-entry.json"
LANGUAGE = "zh"  # its word breaker is the only one that serves all our languages in one index
FACETS = "facets.json"
"""The values of each filter and how many pages have them: all that is shown before one is chosen,
in a small part of the bytes that say which pages these are."""
SCRIPTS = ("pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind")
"""What asks the index; the ready-made user interfaces, which are larger, nobody here needs."""
META, FILTER, CHUNK = "pagefind.{}.pf_meta", "filter/{}.pf_filter", "index/{}.pf_index"
FRAGMENT = "fragment/{}.pf_fragment"
MAGIC = b"pagefind_dcd"
LEVEL = 5
"""How hard files are compressed: 6 takes half as long again, and saves one byte of a hundred."""


class SearchError(Exception):
    """The index cannot be made, or does not hold what it should."""


@dataclass(frozen=True, slots=True)
class Index:
    """What an index holds: how many pages."""

    pages: int


def file(bundle: Path, kind: str, name: str) -> Path:
    return bundle / kind.format(name)


def write(bundle: Path, kind: str, value: bytes) -> str:
    """Write a file under a name made from its content; the name comes back."""
    data = MAGIC + value
    name = f"{LANGUAGE}_{hashlib.sha256(data).hexdigest()[:10]}"
    file(bundle, kind, name).write_bytes(zlib.compress(data, LEVEL, wbits=31))
    return name


def raw(path: Path) -> bytes:
    """What a file holds."""
    try:
        data = zlib.decompress(path.read_bytes(), wbits=31)
    except zlib.error as problem:
        raise SearchError(f"{path.name} is not a file of a Pagefind index: {problem}") from problem
    if not data.startswith(MAGIC):
        raise SearchError(f"{path.name} is not a file of a Pagefind index.")
    return data[len(MAGIC) :]


def read(path: Path) -> list[Any]:
    """The list that a file holds."""
    data = raw(path)
    try:
        value, end = decode(data, 0)
    except (IndexError, ValueError) as problem:
        raise SearchError(f"{path.name} is not a file of a Pagefind index: {problem}") from problem
    if end != len(data) or not isinstance(value, list):
        raise SearchError(f"{path.name} is not a file of a Pagefind index.")
    return value
