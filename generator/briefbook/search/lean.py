"""Pages of a built site in, copies of them with no more in them than search reads out.

Pagefind spends more on what it skips than on what it reads: the frame, drawings, what is marked to
be ignored, whole pages. These are our own pages, so a few marks tell where to cut: whatever people
write is escaped in them, and a quoted value never ends early. Titles and filters of a page stand
in attributes inside of its body.

A page that tells one part of the page above it in full has no entry of its own: its text follows
in that of the page above. One entry costs less than several, in making and in fetching, and whoever
searches finds what belongs together in one place. search.js undoes it: it leads to the page that a
word stands on, by the headings, whose ids begin with its name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from briefbook.search.flat import flat

BODY = b"data-pagefind-body"
IGNORED = b"data-pagefind-ignore"
_START = b"<html><body>"
_WITHIN = re.compile(rb'<div [^>]*\bdata-bb-within="([^"]*)"')
_REPEATED = re.compile(
    rb'<span hidden data-pagefind-(?:meta="title|filter="(?!kind))[^>]*></span>'
    rb'|<header class="bb-head">.*?</header>',
    re.DOTALL,
)
"""What a page says that the page above says too: title, all filters but one, and the head."""
_HEADING = re.compile(rb'<h[1-6](?: [^>]*)? id="')


class Lean(NamedTuple):
    """How many of some lean copies stand within another's, and the sum of each page's own."""

    within: int
    sums: list[str]


def write_lean(site: Path, pages: Iterable[str], target: Path) -> Lean:
    """Write lean copies of pages, those above before those below."""
    inside, sums = 0, []
    for page in pages:
        lean = lean_page((site / page).read_bytes())
        sums.append(_sum(lean))
        inside += bool(lean) and _put(lean, target / page)
    return Lean(inside, sums)


def lean_sum(page: Path) -> str:
    """Another one if search reads something else of a page; raises OSError."""
    return _sum(lean_page(page.read_bytes()))


def _sum(lean: bytes) -> str:
    return hashlib.sha256(lean).hexdigest()


def _put(lean: bytes, copy: Path) -> bool:
    """Write a lean copy to its place or, which is told, to the end of that of the page above."""
    label, above = _WITHIN.match(lean, len(_START)), copy.parent.with_name(copy.name)
    if label and above.is_file():
        with above.open("ab") as file:
            file.write(within(lean, copy.parent.name.encode(), label[1]))
        return True
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(_START + flat(lean.removeprefix(_START)))
    return False


def lean_page(page: bytes) -> bytes:
    """What search reads of a page; nothing of a page that it does not cover."""
    found = _marked(page, BODY, 0)
    if not found:
        return b""
    return _START + _without_ignored(_without_drawings(page[slice(*found)]))


def within(lean: bytes, name: bytes, label: bytes) -> bytes:
    """A lean copy as it follows in that of the page above, under a first heading of its own."""
    body = _REPEATED.sub(b"", lean.removeprefix(_START))
    body = _HEADING.sub(lambda found: found[0] + name + b"/", body)
    # Of two values by one name, Pagefind would forget the first.
    body = body.replace(b'data-pagefind-meta="also[', b'data-pagefind-meta="also-%s[' % name)
    return b'<h2 id="%s/" %s>%s</h2>' % (name, BODY, label) + flat(body)


def _without_drawings(body: bytes) -> bytes:
    first, *rest = body.split(b"<svg")  # none stands in another
    return first + b"".join(part.partition(b"</svg>")[2] for part in rest)


def _without_ignored(body: bytes) -> bytes:
    kept, at = [], 0
    while found := _marked(body, IGNORED, at):
        start, end = found
        kept.append(body[at:start])
        at = end
    return b"".join(kept) + body[at:]


def _marked(html: bytes, mark: bytes, at: int) -> tuple[int, int] | None:
    """Where the first element with this attribute, after a place, begins and ends."""
    while (at := html.find(mark, at)) >= 0:
        start = html.rfind(b"<", 0, at)
        if (tag := _tag(mark).match(html, start)) and (end := _end(html, tag)):
            return start, end
        at += len(mark)  # a word in a text or in a value
    return None


def _end(html: bytes, tag: re.Match[bytes]) -> int:
    """Where an element ends; 0 if it is never closed."""
    depth = 1
    for other in _tags(tag[1]).finditer(html, tag.end()):
        depth += -1 if other[1] else 1
        if not depth:
            return other.end()
    return 0


@lru_cache
def _tag(mark: bytes) -> re.Pattern[bytes]:
    """A start tag with an attribute of this name, whatever else it has."""
    return re.compile(rb'<(\w+)(?:\s+[\w:-]+(?:="[^"]*")?)*?\s+%s(?:="[^"]*")?(?=[\s>])' % mark)


@lru_cache
def _tags(name: bytes) -> re.Pattern[bytes]:
    """The start and end tags of elements of one name."""
    return re.compile(rb"<(/?)%s(?=[\s>])[^>]*>" % name)
