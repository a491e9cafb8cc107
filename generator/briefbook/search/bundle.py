"""Pagefind's bundle in, the same in fixed order, smaller and named by its content, out."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefbook.search.cbor import decode, encode
from briefbook.search.chunks import Part, split

FOLDER = "pagefind"
ENTRY = "pagefind-entry.json"
LANGUAGE = "zh"  # its word breaker is the only one that serves all our languages in one index
FACETS = "facets.json"
"""The values of each filter and how many pages have them: all that is shown before one is chosen,
in a small part of the bytes that say which pages these are."""
KEPT = (
    "pagefind.js", "pagefind-worker.js", ENTRY, "wasm.unknown.pagefind", FACETS,
)  # fmt: skip
HEAVY = 40_000
"""Bytes from which a chunk is split, for a search is to fetch some 60 kB at most."""
_KEPT_SUFFIXES = (".pf_meta", ".pf_filter", ".pf_fragment", ".pf_index")
META, FILTER, CHUNK = "pagefind.{}.pf_meta", "filter/{}.pf_filter", "index/{}.pf_index"
_MAGIC = b"pagefind_dcd"


class SearchError(Exception):
    """The index cannot be made, or does not hold what it should."""


@dataclass(frozen=True, slots=True)
class Index:
    """What an index holds: how many pages, and in which languages Pagefind takes them to be."""

    pages: int
    languages: tuple[str, ...]


def prune(bundle: Path) -> None:
    """Remove the ready-made user interfaces: three quarters of a small bundle, all unused."""
    for path in sorted(bundle.iterdir()):
        if path.is_file() and path.name not in KEPT and path.suffix not in _KEPT_SUFFIXES:
            path.unlink()


# Pagefind writes filters, their values and sorts in the order of a seeded hash map, and names
# files by their content, so equal input gives other names. Sorted and named again, it does not.


def settle(bundle: Path) -> Index:
    entry = json.loads((bundle / ENTRY).read_text("utf-8"))
    for language in entry["languages"].values():
        language["hash"] = _settle_language(bundle, language["hash"])
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (bundle / ENTRY).write_text(text, "utf-8")
    counts = {name: int(value["page_count"]) for name, value in entry["languages"].items()}
    return Index(sum(counts.values()), tuple(sorted(counts)))


def _settle_language(bundle: Path, name: str) -> str:
    version, pages, chunks, filters, sorts, fields = read(file(bundle, META, name))
    file(bundle, META, name).unlink()
    settled = sorted(_settle_filter(bundle, digest) for _, digest in filters)
    _write_facets(bundle, {facet: values for facet, _, values in settled})
    split = [part for chunk in chunks for part in _split(bundle, *chunk)]
    named = [[facet, digest] for facet, digest, _ in settled]
    meta = [version, pages, split, named, sorted(sorts), fields]
    return _write(bundle, META, name, encode(meta))


def _settle_filter(bundle: Path, name: str) -> tuple[str, str, list[Any]]:
    """Name of a filter, of its new file, and its values with their pages."""
    facet, values = read(file(bundle, FILTER, name))
    file(bundle, FILTER, name).unlink()
    values.sort()
    return facet, _write(bundle, FILTER, name, encode([facet, values])), values


def _write_facets(bundle: Path, filters: Mapping[str, list[Any]]) -> None:
    counts = {
        facet: {value: len(pages) for value, pages in values} for facet, values in filters.items()
    }
    text = json.dumps(counts, ensure_ascii=False, separators=(",", ":"))
    (bundle / FACETS).write_text(text, "utf-8")


def _split(bundle: Path, first: str, last: str, name: str) -> list[list[str]]:
    """A chunk of the index with its name or, where it is heavy, those that it is split into."""
    path = file(bundle, CHUNK, name)
    if path.stat().st_size <= HEAVY:
        return [[first, last, name]]
    data = zlib.decompress(path.read_bytes(), wbits=31).removeprefix(_MAGIC)
    path.unlink()
    return [
        [part.first, part.last, _write(bundle, CHUNK, name, part.data)]
        for part in split(Part(first, last, data))
    ]


def file(bundle: Path, kind: str, name: str) -> Path:
    return bundle / kind.format(name)


def _write(bundle: Path, kind: str, name: str, value: bytes) -> str:
    """Write a settled file under a name made from its content; the name comes back."""
    data = _MAGIC + value
    renamed = f"{name.rpartition('_')[0]}_{hashlib.sha256(data).hexdigest()[:10]}"
    file(bundle, kind, renamed).write_bytes(zlib.compress(data, 9, wbits=31))
    return renamed


def read(path: Path) -> list[Any]:
    try:
        data = zlib.decompress(path.read_bytes(), wbits=31)
        value, end = decode(data, len(_MAGIC))
    except (zlib.error, IndexError, ValueError) as problem:
        raise SearchError(f"{path.name} is not a file of a Pagefind index: {problem}") from problem
    if not data.startswith(_MAGIC) or end != len(data) or not isinstance(value, list):
        raise SearchError(f"{path.name} is not a file of a Pagefind index.")
    return value
