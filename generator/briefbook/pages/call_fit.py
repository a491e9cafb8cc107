"""What a call sheet would like to say in, how much of it one A4 page holds out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefbook.charts.text import SLACK, width
from briefbook.prose import plain

# A4 less its margins, in CSS px, and the sizes of the sheet's own style.
ROOM_WIDE, ROOM_HIGH = 680, 1015
_SIZE, _LINE, _ROW = 12, 17, 25
_HEAD, _HEADINGS, _GROUP, _WRITE, _FOOT = 60, 165, 20, 27, 20
_TITLE, _TITLE_LINE = 22, 30
_MOST = (9, 4, 5, 6)
_LEAST = ((4, 2, 3, 3), (3, 1, 2, 2), (2, 1, 1, 1), (0, 0, 0, 0))
"""Questions, promises, needs and people: at most, and by rounds what is kept of each."""
_LEAST_LINES, _MOST_LINES = 2, 6
_LONGEST = 170


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fitted:
    """How many entries of each part stand on the sheet, and lines to write on."""

    questions: int
    promises: int
    needs: int
    people: int
    lines: int


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Whole sentences up to a length; a first one that is longer ends at a word, marked so."""
    said = plain(text)
    if len(said) <= longest:
        return said
    head = said[:longest]
    ends = [found.end() for found in re.finditer(r"[.!?。！？](?=\s|$)|[。！？]", head)]
    if ends:
        return head[: ends[-1]]
    return head[: head.rfind(" ")] + " …" if " " in head else head + "…"


def fitted(
    head: tuple[str, str, str],
    situation: Sequence[str],
    people: Sequence[Row],
    needs: Sequence[Row],
    questions: Sequence[Row],
    promises: Sequence[str],
) -> Fitted:
    """What matters least goes first, questions before promises, needs and people, until all fits.

    `head` is the name, what stands under it, and the aim.
    """
    tall: list[list[float]] = [
        [_asked(one) for one in questions],
        [_lines(text, ROOM_WIDE - 30) * _LINE + 4 for text in promises],
        [_ROW + (_tall(one, ("need", "party"), 250, "answers", 150) - 1) * _LINE for one in needs],
        [_ROW + (_tall(one, ("name", "title"), 230, "moves", 220) - 1) * _LINE for one in people],
    ]  # fmt: skip
    counts = [min(len(part), most) for part, most in zip(tall, _MOST, strict=True)]
    room = ROOM_HIGH - _tall_head(*head) - _told(situation) - _HEADINGS - _FOOT
    while True:
        groups = len({one["stage"] for one in questions[: counts[0]]}) * _GROUP
        used = sum(sum(each[:count]) for each, count in zip(tall, counts, strict=True))
        lines = min(int((room - groups - used) // _WRITE), _MOST_LINES)
        at = next((at for least in _LEAST for at in range(4) if counts[at] > least[at]), None)
        if lines >= _LEAST_LINES or at is None:
            return Fitted(counts[0], counts[1], counts[2], counts[3], max(lines, 1))
        counts[at] -= 1


def _lines(text: str, room: float, size: float = _SIZE) -> int:
    """Lines of a text; a long one loses a word's room at the end of each."""
    lost = 40 if width(text, size) > room else 0
    return max(math.ceil(width(text, size) * SLACK / (room - lost)), 1)


def _tall_head(title: str, under: str, aim: str) -> float:
    name = _lines(title, ROOM_WIDE - 190, _TITLE) * _TITLE_LINE
    return _HEAD + name + (_lines(under, ROOM_WIDE - 190) + _lines(aim, ROOM_WIDE - 100)) * _LINE


def _told(situation: Sequence[str]) -> float:
    """Three answers side by side, and the other lines under them."""
    third = ROOM_WIDE / 3 - 10
    answers = max((_lines(text, third) + 1 for text in situation[:3]), default=1)
    return (answers + sum(_lines(text, ROOM_WIDE - 90) for text in situation[3:])) * _LINE


def _asked(one: Row) -> float:
    said = f"{one['text']} {one['why']} {one['field']}"
    return _lines(said, ROOM_WIDE - 30) * _LINE + _WRITE


def _tall(row: Row, left: tuple[str, ...], left_room: float, right: str, room: float) -> int:
    head = " ".join(str(row[name] or "") for name in left)
    return max(_lines(head, left_room), _lines(str(row[right] or ""), room))
