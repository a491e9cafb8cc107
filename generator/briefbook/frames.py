"""A page's place in, the frame that belongs around it and the whole page out.

The engine draws each frame once, around a page that holds slots in the place of words; every page
of the same outline is that frame with its own words put in. So the cost of the engine grows with
the outlines, of which there are some dozens, and not with the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

DEEPEST = 6
"""Folders that an address may have."""
SLOTS = ("title", "head", "contents", "body")
"""What of a page stands in its frame."""
_TOKEN = "c2b1f6a04e"  # noqa: S105 - no secret: a word that nobody writes
_SLOT = re.compile(rf"bb-slot-({'|'.join(SLOTS)})-{_TOKEN}")


@dataclass(frozen=True, slots=True, order=True)
class Outline:
    """What of a page its frame depends on.

    `section` is the address of the tab that is marked, `depth` how many folders down the page
    stands, `landing` whether it is the very page that the tab leads to.
    """

    section: str
    depth: int
    landing: bool

    @property
    def address(self) -> str:
        """Where a page with this outline may stand."""
        if self.landing:
            return self.section or "/"
        return f"/bb-slot-{self.section.strip('/')}" + "/bb-slot" * (self.depth - 1) + "/"


def outline(address: str, section: str) -> Outline:
    """The outline of a page."""
    depth = address.count("/") - 1
    return Outline(section, depth, address == (section or "/"))


def outlines(sections: Iterable[str]) -> Iterator[Outline]:
    """Every outline that a page can have; `sections` are the addresses of the tabs, "/" of home."""
    for tab in sections:
        section = tab if tab != "/" else ""
        yield outline(tab, section)
        yield from (Outline(section, depth, landing=False) for depth in range(1, DEEPEST + 1))


def slot(name: str) -> str:
    """What stands in a frame until the page's own words do."""
    return f"bb-slot-{name}-{_TOKEN}"


def head_lines(description: str, address: str, site: str | None) -> str:
    """The lines in the head of a page that are its own: description and canonical address."""
    lines = [f'<meta name="description" content="{escape(description)}">'] if description else []
    if site:
        base = site if site.endswith("/") else f"{site}/"
        lines.append(f'<link rel="canonical" href="{escape(base + address.lstrip("/"))}">')
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Framed:
    """A frame cut at its slots: text, name of a slot, text, and so on."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, drawn: str) -> Framed:
        """The frame of a page that was drawn with slots."""
        return cls(tuple(_SLOT.split(drawn)))

    def around(self, words: Mapping[str, str]) -> str:
        """The whole page: `title` is plain text; `head`, `contents` and `body` are HTML."""
        pieces = list(self.pieces)
        pieces[1::2] = [
            str(escape(words[name])) if name == "title" else words[name] for name in pieces[1::2]
        ]
        return "".join(pieces)
