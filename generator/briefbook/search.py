"""A built site in, a Pagefind index beside its pages out: one index for every language."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import pagefind_bin_extended  # type: ignore[import-untyped]  # it ships no types

from briefbook.cbor import decode, encode
from briefbook.chunks import Part, split
from briefbook.lean import write_lean
from briefbook.spelling import fold

FOLDER = "pagefind"
LANGUAGE = "zh"  # its word breaker is the only one that serves all our languages in one index
FACETS = "facets.json"
"""The values of each filter and how many pages have them: all that is shown before one is chosen,
in a small part of the bytes that say which pages these are."""
KEPT = (
    "pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.unknown.pagefind", FACETS,
)  # fmt: skip
HEAVY = 40_000
"""Bytes from which a chunk is split, for a search is to fetch some 60 kB at most."""
_KEPT_SUFFIXES = (".pf_meta", ".pf_filter", ".pf_fragment", ".pf_index")
_META, _FILTER, _CHUNK = "pagefind.{}.pf_meta", "filter/{}.pf_filter", "index/{}.pf_index"
_MAGIC = b"pagefind_dcd"


class SearchError(Exception):
    """The index cannot be made, or does not hold what it should."""


@dataclass(frozen=True, slots=True)
class Index:
    """What Pagefind says it has made."""

    pages: int
    languages: tuple[str, ...]


class Run(Protocol):
    """The part of `subprocess.run` that is used here."""

    def __call__(
        self,
        args: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        capture_output: bool,
        text: bool,
        errors: str,
        check: bool,
    ) -> subprocess.CompletedProcess[str]: ...


def index(site: Path, run: Run = subprocess.run) -> Index:
    """Index the pages that carry `data-pagefind-body`; the same pages give the same bytes.

    Raises `SearchError` when the binary is missing or fails, `OSError` when the disk does.
    """
    bundle = site / FOLDER
    if bundle.exists():
        shutil.rmtree(bundle)  # Pagefind adds to what it finds there
    # Beside the site, and under a name that the next build clears up if this one is killed.
    with TemporaryDirectory(".tmp", f"{site.name}-", site.parent) as lean:
        write_lean(site, Path(lean))
        _run_pagefind(Path(lean), bundle.absolute(), run)
    if not (bundle / "pagefind-entry.json").is_file():
        raise SearchError("Pagefind ended well but wrote no index.")
    _prune(bundle)
    return _settle(bundle)


def check_index(made: Index, expected_pages: int) -> None:
    """Raise `SearchError` unless the index holds exactly the pages that were planned for it."""
    if made.pages != expected_pages:
        raise SearchError(
            f"The search index holds {made.pages} pages, but {expected_pages} were planned: "
            "is data-pagefind-body missing from a template?"
        )


def proves(site: Path, words: Mapping[str, str]) -> None:
    """Raise `SearchError` unless every sample (language: words) is found in the index.

    Each sample is looked up the way the browser does it: marks and case folded, Chinese cut
    into the words that the index knows, and one page must hold them all. What it leaves to the
    browser test is Pagefind's own script, ranking, and the order of the words.
    """
    bundle = site / FOLDER
    lookup = _Lookup(bundle)
    missing = [
        f"{text!r} ({language})"
        for language, text in sorted(words.items())
        if not _found(lookup, text)
    ]
    if missing:
        raise SearchError(f"The search index does not find {', '.join(missing)}.")


def _run_pagefind(pages: Path, bundle: Path, run: Run) -> None:
    # An empty environment and its own working folder: Pagefind takes settings from both.
    try:
        done = run(
            [
                str(pagefind_bin_extended.get_executable()),
                *("--site", "."),
                *("--output-path", str(bundle)),
                *("--force-language", LANGUAGE),
                "--silent",
            ],
            cwd=pages,
            env={},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as problem:
        raise SearchError(f"Pagefind's extended binary cannot be started: {problem}") from problem
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise SearchError(f"Pagefind ended with status {done.returncode}: {said}")


def _prune(bundle: Path) -> None:
    """Remove the ready-made user interfaces: three quarters of a small bundle, all unused."""
    for path in sorted(bundle.iterdir()):
        if path.is_file() and path.name not in KEPT and path.suffix not in _KEPT_SUFFIXES:
            path.unlink()


# Pagefind writes filters, their values and sorts in the order of a seeded hash map, and names
# files by their content, so equal input gives other names. Sorted and named again, it does not.


def _settle(bundle: Path) -> Index:
    entry = json.loads((bundle / "pagefind-entry.json").read_text("utf-8"))
    for language in entry["languages"].values():
        language["hash"] = _settle_language(bundle, language["hash"])
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (bundle / "pagefind-entry.json").write_text(text, "utf-8")
    counts = {name: int(value["page_count"]) for name, value in entry["languages"].items()}
    return Index(sum(counts.values()), tuple(sorted(counts)))


def _settle_language(bundle: Path, name: str) -> str:
    version, pages, chunks, filters, sorts, fields = _read(_file(bundle, _META, name))
    _file(bundle, _META, name).unlink()
    settled = sorted(_settle_filter(bundle, digest) for _, digest in filters)
    _write_facets(bundle, {facet: values for facet, _, values in settled})
    split = [part for chunk in chunks for part in _split(bundle, *chunk)]
    named = [[facet, digest] for facet, digest, _ in settled]
    meta = [version, pages, split, named, sorted(sorts), fields]
    return _write(bundle, _META, name, encode(meta))


def _settle_filter(bundle: Path, name: str) -> tuple[str, str, list[Any]]:
    """Name of a filter, of its new file, and its values with their pages."""
    facet, values = _read(_file(bundle, _FILTER, name))
    _file(bundle, _FILTER, name).unlink()
    values.sort()
    return facet, _write(bundle, _FILTER, name, encode([facet, values])), values


def _write_facets(bundle: Path, filters: Mapping[str, list[Any]]) -> None:
    counts = {
        facet: {value: len(pages) for value, pages in values} for facet, values in filters.items()
    }
    text = json.dumps(counts, ensure_ascii=False, separators=(",", ":"))
    (bundle / FACETS).write_text(text, "utf-8")


def _split(bundle: Path, first: str, last: str, name: str) -> list[list[str]]:
    """A chunk of the index with its name or, where it is heavy, those that it is split into."""
    path = _file(bundle, _CHUNK, name)
    if path.stat().st_size <= HEAVY:
        return [[first, last, name]]
    data = zlib.decompress(path.read_bytes(), wbits=31).removeprefix(_MAGIC)
    path.unlink()
    return [
        [part.first, part.last, _write(bundle, _CHUNK, name, part.data)]
        for part in split(Part(first, last, data))
    ]


def _file(bundle: Path, kind: str, name: str) -> Path:
    return bundle / kind.format(name)


def _write(bundle: Path, kind: str, name: str, value: bytes) -> str:
    """Write a settled file under a name made from its content; the name comes back."""
    data = _MAGIC + value
    renamed = f"{name.rpartition('_')[0]}_{hashlib.sha256(data).hexdigest()[:10]}"
    _file(bundle, kind, renamed).write_bytes(zlib.compress(data, 9, wbits=31))
    return renamed


class _Lookup:
    """The pages of a word, from the chunks of the index that may hold it, each read once."""

    def __init__(self, bundle: Path) -> None:
        self._bundle = bundle
        entry = json.loads((bundle / "pagefind-entry.json").read_text("utf-8"))
        name = entry["languages"][LANGUAGE]["hash"]
        self._chunks = _read(bundle / f"pagefind.{name}.pf_meta")[2]
        self._words: dict[str, dict[str, frozenset[int]]] = {}

    def pages(self, word: str) -> frozenset[int]:
        # A chunk names its last word by as few letters as tell it from the next chunk.
        chunks = [
            name
            for first, last, name in self._chunks
            if first <= word and (word <= last or word.startswith(last))
        ]
        return frozenset().union(*(self._chunk(name).get(word, frozenset()) for name in chunks))

    def _chunk(self, name: str) -> dict[str, frozenset[int]]:
        if name not in self._words:
            [words] = _read(self._bundle / "index" / f"{name}.pf_index")
            self._words[name] = {entry[0]: frozenset(_pages(entry)) for entry in words}
        return self._words[name]


def _pages(entry: Sequence[Any]) -> Iterator[int]:
    """Page numbers of a word and of its spellings with marks; stored as differences."""
    _, plain, spellings = entry
    for occurrences in (plain, *(pages for _, pages in spellings)):
        page = 0
        for step, *_ in occurrences:
            page += step
            yield page


def _found(lookup: _Lookup, text: str) -> bool:
    words = re.findall(r"\w+", fold(text))
    return bool(words) and _together(lookup, words)


def _together(lookup: _Lookup, words: Sequence[str]) -> bool:
    """Whether one page holds every word, each cut where needed into words of the index."""
    pages: frozenset[int] | None = None
    for word in words:
        found = _cut(lookup, word)
        pages = found if pages is None else pages & found
    return bool(pages)


def _cut(lookup: _Lookup, word: str) -> frozenset[int]:
    """Pages of a word or, longest piece first, pages that hold all the pieces it falls into."""
    if whole := lookup.pages(word):
        return whole
    for end in range(len(word) - 1, 0, -1):
        if (head := lookup.pages(word[:end])) and (both := head & _cut(lookup, word[end:])):
            return both
    return frozenset()


def _read(path: Path) -> list[Any]:
    try:
        data = zlib.decompress(path.read_bytes(), wbits=31)
        value, end = decode(data, len(_MAGIC))
    except (zlib.error, IndexError, ValueError) as problem:
        raise SearchError(f"{path.name} is not a file of a Pagefind index: {problem}") from problem
    if not data.startswith(_MAGIC) or end != len(data) or not isinstance(value, list):
        raise SearchError(f"{path.name} is not a file of a Pagefind index.")
    return value
