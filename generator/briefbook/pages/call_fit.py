"""What a call sheet would like to say in, how much of it one A4 page holds out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefbook.charts.text import SLACK, width, wrap
from briefbook.prose import plain

Row = Mapping[str, Any]
Columns = tuple[tuple[tuple[str, ...], float], ...]
Heights = tuple[Sequence[float], ...]

# A4 less its margins and the room that browsers keep, in CSS px, and the sizes of the sheet's own
# style: see `.bb-call` in briefbook.css, which also fixes the columns of its tables.
ROOM_WIDE, ROOM_HIGH = 680, 980
_SIZE, _LINE, _ROW, _TABLE = 12, 17, 8, 30
_HEAD, _HEADINGS, _GROUP, _WRITE, _FOOT = 50, 125, 20, 27, 40
_TITLE, _TITLE_LINE = 22, 30
_MOST = (9, 4, 5, 6)
_LEAST = ((4, 2, 3, 3), (3, 1, 2, 2), (2, 1, 1, 1), (0, 0, 0, 0))
"""Questions, promises, needs and people: at most, and by rounds what is kept of each."""
_PEOPLE: Columns = ((("name", "title"), 215), (("roles",), 115), (("closeness",), 75),
                    (("moves",), 215))  # fmt: skip
_NEEDS: Columns = ((("need", "party"), 230), (("lever",), 80), (("size",), 80),
                   (("answers",), 135), (("met",), 80))  # fmt: skip
"""What stands in a column, and its room."""
_LEAST_LINES, _MOST_LINES = 2, 6
_LONGEST = 170


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


def heights(
    people: Sequence[Row], needs: Sequence[Row], questions: Sequence[Row], promises: Sequence[str]
) -> Heights:
    """The room that each entry takes that may stand there: questions, promises, needs, people."""
    return (
        [_asked(one) for one in questions[: _MOST[0]]],
        [_lines(text, ROOM_WIDE - 30) * _LINE + 4 for text in promises[: _MOST[1]]],
        [_row(one, _NEEDS) for one in needs[: _MOST[2]]],
        [_row(one, _PEOPLE) for one in people[: _MOST[3]]],
    )


def fitted(
    head: tuple[str, str, str], situation: Sequence[str], questions: Sequence[Row], tall: Heights
) -> Fitted:
    """What matters least goes first, questions before promises, needs and people, until all fits.

    `head` is the name, what stands under it, and the aim.
    """
    counts = [min(len(part), most) for part, most in zip(tall, _MOST, strict=True)]
    room = ROOM_HIGH - _tall_head(*head) - _told(situation) - _HEADINGS - 2 * _TABLE - _FOOT
    while True:
        groups = len({one["stage"] for one in questions[: counts[0]]}) * _GROUP
        used = sum(sum(each[:count]) for each, count in zip(tall, counts, strict=True))
        lines = min(int((room - groups - used) // _WRITE), _MOST_LINES)
        at = next((at for least in _LEAST for at in range(4) if counts[at] > least[at]), None)
        if lines >= _LEAST_LINES or at is None:
            return Fitted(counts[0], counts[1], counts[2], counts[3], max(lines, 1))
        counts[at] -= 1


@lru_cache(maxsize=1 << 12)  # a sheet is measured with and without its last line
def _lines(text: str, room: float, size: float = _SIZE) -> int:
    room /= SLACK
    return 1 if width(text, size) <= room else len(wrap(text, room, size))


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


def _row(row: Row, columns: Columns) -> float:
    texts = ((" ".join(str(row[name] or "") for name in names), room) for names, room in columns)
    return _ROW + max(_lines(text, room) for text, room in texts) * _LINE
