"""Text, its size and its weight in, the room that it takes and the lines that it fills out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate
from typing import Final

# Another sans than ours may be wider: whoever reserves room reserves this much more.
SLACK: Final = 1.05
_WIDE_EM: Final = 1000
_UNKNOWN_EM: Final = 600
# What may not begin a line of Chinese, and what may not end one.
_CLOSING: Final = "、。，．：；？！）》」』】〉”’…—)]}>,.:;?!%"
_OPENING: Final = "（《「『【〈“‘([{<"
_PIECES: Final = re.compile(
    r"\s+|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff]"
    r"|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff]+"
)


@cache
def _advances() -> dict[int, dict[str, int]]:
    """Advance widths by weight and character, in thousandths of an em (Inter's hmtx table)."""
    file = resources.files("briefbook.charts") / "inter-advances.json"
    tables: dict[str, dict[str, int]] = json.loads(file.read_text("utf-8"))
    return {int(weight): table for weight, table in tables.items()}


@cache
def _advance(char: str, weight: int) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cc", "Cf"}:
        return 0
    tables = _advances()
    nearest = min(tables, key=lambda known: (abs(known - weight), known))
    known = tables[nearest].get(char)
    if known is not None:
        return known
    return _WIDE_EM if unicodedata.east_asian_width(char) in "WF" else _UNKNOWN_EM


def width(text: str, size: float, weight: int = 400) -> float:
    """The width in px of one line of text set at `size` px."""
    return _ems(text, weight) * size / 1000


@lru_cache(maxsize=1 << 14)  # names and labels are measured again for each drawing they stand in
def _ems(text: str, weight: int) -> int:
    composed = unicodedata.normalize("NFC", text)
    return sum([_advance(char, weight) for char in composed])


@lru_cache(maxsize=1 << 14)
def _pieces(text: str) -> Sequence[str]:
    """The parts between which a line may end; a space stands at the end of the part before it."""
    pieces: list[str] = []
    glue = False
    for piece in _PIECES.findall(" ".join(text.split())):
        closes = len(piece) == 1 and piece in _CLOSING
        if pieces and (piece.isspace() or glue or (closes and not pieces[-1].endswith(" "))):
            pieces[-1] += piece
        else:
            pieces.append(piece)
        glue = not piece.isspace() and piece[-1] in _OPENING
    return pieces


def _graphemes(text: str) -> list[str]:
    """Characters, each with the marks that stand on it."""
    parts: list[str] = []
    for char in text:
        if parts and unicodedata.combining(char):
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _fill(pieces: Sequence[str], room: float, size: float, weight: int) -> list[str]:
    """Pieces of composed text in lines; their widths are added up, for words come again."""
    lines: list[str] = []
    line, ems = "", 0
    for piece in pieces:
        if line and (ems + _ems(piece.rstrip(), weight)) * size / 1000 > room:
            lines.append(line.rstrip())
            line, ems = "", 0
        line += piece
        ems += _ems(piece, weight)
    return [*lines, line.rstrip()] if line.strip() else lines


@lru_cache(maxsize=1 << 14)
def wrap(
    text: str, room: float, size: float, weight: int = 400, max_lines: int | None = None
) -> tuple[str, ...]:
    """Lines of at most `room` px; as many as the text needs, for nothing is ever cut.

    Lines end at spaces, Chinese and Japanese anywhere but beside its brackets, and a word longer
    than a line wherever it must. `max_lines` is a wish: if it takes more, words are broken too
    where that saves a line.
    """
    text = unicodedata.normalize("NFC", text)
    pieces: list[str] = []
    for piece in _pieces(text):
        long = width(piece.rstrip(), size, weight) > room
        pieces.extend(_graphemes(piece) if long else [piece])
    lines = _fill(pieces, room, size, weight)
    if max_lines is not None and len(lines) > max_lines:
        tight = _fill(_graphemes(" ".join(text.split())), room, size, weight)
        lines = tight if len(tight) < len(lines) else lines
    return tuple(lines)


def fit(
    text: str, room: float, size: float, weight: int = 400, max_lines: int = 2
) -> tuple[str, ...] | None:
    """The lines of a text that keeps to so many without breaking a word, else nothing."""
    if any(width(piece.rstrip(), size, weight) > room for piece in _pieces(text)):
        return None
    lines = wrap(text, room, size, weight)
    return lines if len(lines) <= max_lines else None


@lru_cache(maxsize=1 << 12)
def narrowest(text: str, size: float, weight: int = 400) -> float:
    """The least room in px in which a text keeps to two lines without breaking a word."""
    pieces = _pieces(unicodedata.normalize("NFC", text))
    space = width(" ", size, weight)
    reached = list(accumulate((width(piece, size, weight) for piece in pieces), initial=0.0))
    whole = reached[-1] - space * (pieces[-1:] != [] and pieces[-1].endswith(" "))
    splits = (
        max(before - space * piece.endswith(" "), whole - before)
        for before, piece in zip(reached[1:-1], pieces, strict=False)
    )
    return min(splits, default=whole)
