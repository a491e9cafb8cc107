"""A built site and its YAML in, what a peer has to make to be its equal out.

A peer's page shows the keys and values of one YAML record, repeated until its text is as long
as ours, in a frame as heavy as ours; each value carries so many elements and so much markup
that the whole page has as many of both.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

FOLDERS = ("accounts", "companies", "industries")
ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_MARK = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_ELEMENT = re.compile(r"<[a-z]")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_MAGIC = b"pagefind_dcd"
_BETWEEN = "\u200b"
"""Stands between the words of a text in an index."""
VALUE = len('<p class=""><b></b> </p>')
"""Bytes of markup around a value without a weight of its own, which is OWN elements."""
OWN = 2
MARK = len("<i></i>")
"""Bytes of an element that is there for the sake of their number."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a built site: bytes of its HTML, and of its text, as search reads it if it does."""

    address: str
    title: str
    html: int
    text: int
    elements: int
    searched: bool


@dataclass(frozen=True, slots=True)
class Total:
    """What two sites are compared by."""

    pages: int
    html: int
    elements: int
    searched: int
    text: int


@dataclass(frozen=True, slots=True)
class Record:
    """A YAML file: bytes of text and number of values below each key, sorted as Hugo does."""

    folder: str
    id: str
    keys: tuple[tuple[int, int], ...]

    @property
    def text(self) -> int:
        """Bytes of text of all keys and values."""
        return sum(text for text, _ in self.keys)


@dataclass(frozen=True, slots=True)
class Planned:
    """A page of a peer: a record `times` over, then its first `rest` keys once more.

    Each value carries `weight` bytes of markup and `marks` elements; the page itself carries
    `filler` bytes and `left` elements, which is what it lacks then.
    """

    address: str
    title: str
    folder: str
    id: str
    times: int
    rest: int
    weight: int
    filler: int
    marks: int
    left: int
    searched: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """By how much a peer's pages have to differ from what was counted, to come out equal."""

    html: float = 1.0
    elements: float = 1.0
    text: float = 1.0


def shown(site: Path) -> tuple[Shown, ...]:
    """Every page of a site that has an index of Pagefind's."""
    root, searched = site.resolve(), searched_text(site)
    return tuple(
        _page(file, f"/{file.parent.relative_to(root).as_posix()}/".replace("/./", "/"), searched)
        for file in sorted(root.rglob("index.html"))
    )


def _page(file: Path, address: str, searched: Mapping[str, int]) -> Shown:
    text = file.read_text("utf-8")
    title = _TITLE.search(text)
    length = searched.get(address)
    if length is None:
        found = ARTICLE.search(text)
        length = len(_MARK.sub("", found[1] if found else text).encode())
    name = html.unescape(title[1]).strip() if title else address
    elements = len(_ELEMENT.findall(text))
    return Shown(address, name, len(text.encode()), length, elements, address in searched)


def searched_text(site: Path) -> dict[str, int]:
    """Bytes of text that Pagefind has indexed, by the address of the page.

    An entry may hold pages below its own, each after a heading whose id is the name of the page.
    """
    found = {}
    for file in (site / "pagefind" / "fragment").glob("*.pf_fragment"):
        told = json.loads(gzip.decompress(file.read_bytes()).removeprefix(_MAGIC))
        words = told["content"].split(_BETWEEN)
        starts = [(0, ""), *((one["location"], one["id"]) for one in told["anchors"]
                             if one["id"].endswith("/")), (len(words), "")]  # fmt: skip
        for (start, name), (end, _) in pairwise(starts):
            found[told["url"] + name] = len(_BETWEEN.join(words[start:end]).encode())
    return found


def total(pages: Sequence[Shown]) -> Total:
    """The sums over a site."""
    searched = [page.text for page in pages if page.searched]
    html_bytes, elements = (sum(getattr(page, name) for page in pages)
                            for name in ("html", "elements"))  # fmt: skip
    return Total(len(pages), html_bytes, elements, len(searched), sum(searched))


def frame(page: str) -> tuple[str, str]:
    """What of a page stands before and after its article."""
    found = ARTICLE.search(page)
    if not found:
        raise ValueError("The page has no article.")
    return page[: found.start()], page[found.end() :]


def records(content: Path) -> dict[tuple[str, str], Record]:
    """Every YAML record that pages can be made from, by folder and id."""
    files = [file for folder in FOLDERS for file in sorted((content / folder).glob("*.yml"))]
    found = [_record(file) for file in files]
    return {(one.folder, one.id): one for one in found}


def _record(file: Path) -> Record:
    read = yaml.load(file.read_bytes(), yaml.CSafeLoader)
    keys = [size(str(name), read[name]) for name in sorted(read, key=str)]
    return Record(file.parent.name, file.stem, tuple(keys))


def size(name: str, value: Any) -> tuple[int, int]:
    """Bytes of text and number of values that stand below a key."""
    if isinstance(value, dict):
        below = [size(str(key), one) for key, one in value.items()]
    elif isinstance(value, list):
        below = [size("", one) for one in value]
    else:
        return len(f"{name} {value}".encode()), 1
    return len(name.encode()) + sum(one for one, _ in below), sum(count for _, count in below)


def planned(
    pages: Sequence[Shown], known: Mapping[tuple[str, str], Record], around: str, measure: Measure
) -> Iterator[Planned]:
    """What a peer makes for each page; pages of no record are made from accounts in turn.

    `around` is the frame that stands around each.
    """
    bare = len(around.encode()), len(_ELEMENT.findall(around))
    spare = [one for key, one in known.items() if key[0] == FOLDERS[0]]
    for number, page in enumerate(pages):
        words = page.address.strip("/").split("/")
        record = known.get((words[0], words[1]) if len(words) > 1 else ("", ""))
        yield fitted(page, record or spare[number % len(spare)], bare, measure)


def fitted(page: Shown, record: Record, bare: tuple[int, int], measure: Measure) -> Planned:
    """How often a record is repeated, and how heavy its values are, for a page to be the equal.

    `bare` is the bytes and the elements of the frame.
    """
    times, left = divmod(int(page.text * measure.text), max(record.text, 1))
    rest = _nearest([text for text, _ in record.keys], left)
    again = record.keys[:rest]
    values = times * sum(count for _, count in record.keys) + sum(count for _, count in again)
    text = times * record.text + sum(text for text, _ in again)
    elements = max(0, round(page.elements * measure.elements) - bare[1] - values * OWN)
    weight = round(page.html * measure.html) - bare[0] - text - values * VALUE - elements * MARK
    return Planned(
        page.address, page.title, record.folder, record.id, times, rest,
        *_shared(weight, values), *_shared(elements, values), page.searched,
    )  # fmt: skip


def _shared(amount: int, values: int) -> tuple[int, int]:
    """An amount as a share of each value and what is left for the page."""
    return divmod(max(0, amount), values) if values else (0, max(0, amount))


def _nearest(sizes: Sequence[int], wanted: int) -> int:
    """How many of the first come nearest to a sum."""
    sums = [sum(sizes[:count]) for count in range(len(sizes) + 1)]
    return min(range(len(sums)), key=lambda count: abs(sums[count] - wanted))


def corrected(measure: Measure, wanted: Total, made: Total) -> Measure:
    """A better measure, from what came out with this one."""
    return Measure(*(
        getattr(measure, name) * getattr(wanted, name) / max(1, getattr(made, name))
        for name in ("html", "elements", "text")
    ))  # fmt: skip


def equal(one: Total, other: Total, within: float = 0.1) -> bool:
    """Whether two sites have as many pages, and all else within a share of each other."""
    sizes = ((one.html, other.html), (one.elements, other.elements), (one.text, other.text))
    close = all(abs(two - first) <= within * first for first, two in sizes)
    return (one.pages, one.searched) == (other.pages, other.searched) and close
