"""A built site in, copies of its pages with no more in them than search reads out.

Pagefind spends more on what it skips than on what it reads: the frame, drawings, what is marked to
be ignored, whole pages. These are our own pages, so a few marks tell where to cut: whatever people
write is escaped in them, and a quoted value never ends early. Titles and filters of a page stand
in attributes inside of its body.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

BODY = b"data-pagefind-body"
IGNORED = b"data-pagefind-ignore"


def write_lean(site: Path, target: Path) -> None:
    """Write the lean copies of the pages that search covers, at the same places below `target`."""
    for path in site.rglob("*.html"):
        if lean := lean_page(path.read_bytes()):
            copy = target / path.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(lean)


def lean_page(page: bytes) -> bytes:
    """What search reads of a page; nothing of a page that it does not cover."""
    found = _marked(page, BODY, 0)
    if not found:
        return b""
    body = _without_ignored(_without_drawings(page[slice(*found)]))
    return b"<html><body>" + body + b"</body></html>"


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
