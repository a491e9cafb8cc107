"""A site in, its search index out; a bundle in, what it says, however its pages are numbered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefbook import search
from briefbook.search.bundle import CHUNK, ENTRY, FILTER, FRAGMENT, META, file, raw, read

Places = dict[str, tuple[list[int], dict[str, list[int]]]]
"""By address of a page: places and weights in its text, and places in each field."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an index holds: all that a search can tell."""

    pages: dict[str, tuple[int, dict[str, Any]]]
    fields: list[str]
    filters: dict[str, dict[str, set[str]]]
    words: dict[str, dict[str, Places]]


def searched(site: Path) -> dict[str, str]:
    """All pages of a folder, with their sums."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*.html")
    }


def index(site: Path, **how: Any) -> search.Index:
    """Index all pages of a folder."""
    return search.index(site, searched(site), **how)


def meaning(bundle: Path) -> Meaning:
    """All that a bundle says; words by spelling, those without marks under ""."""
    entry = json.loads((bundle / ENTRY).read_bytes())
    [language] = entry["languages"].values()
    _, pages, chunks, filters, sorts, fields = read(file(bundle, META, language["hash"]))
    assert (sorts, language["page_count"]) == ([], len(pages))
    shown = [json.loads(raw(file(bundle, FRAGMENT, name))) for name, _ in pages]
    urls = [one["url"] for one in shown]
    assert len(set(urls)) == len(urls)
    listed = [word for *_, name in chunks for word in read(file(bundle, CHUNK, name))[0]]
    texts = [text for text, *_ in listed]
    assert texts == sorted(set(texts))
    return Meaning(
        {one["url"]: (words, one) for (_, words), one in zip(pages, shown, strict=True)},
        sorted(fields),
        dict(_filter(file(bundle, FILTER, name), urls) for _, name in filters),
        {text: dict(_spellings(plain, more, urls, fields)) for text, plain, more in listed},
    )


def _filter(path: Path, urls: Sequence[str]) -> tuple[str, dict[str, set[str]]]:
    name, values = read(path)
    return name, {value: {urls[page] for page in pages} for value, pages in values}


def _spellings(
    plain: list[Any], more: list[Any], urls: Sequence[str], fields: Sequence[str]
) -> Iterator[tuple[str, Places]]:
    for form, postings in (("", plain), *more):
        page, places = 0, {}
        for step, text, inside in postings:
            page += step
            places[urls[page]] = (text, _by_field(inside, fields))
        assert len(places) == len(postings)
        yield form, places


def _by_field(inside: Sequence[int], fields: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in inside:
        if one < 0:
            name = fields[-1 - one]
            found[name] = []
        else:
            found[name].append(one)
    return found
