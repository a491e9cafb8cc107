"""The lines of a chain and what their labels say in, places for labels and pain numbers out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from briefbook.charts.place import Candidates, Places, Point, Rect
from briefbook.charts.strokes import Section, Where
from briefbook.charts.text import SLACK, fit, narrowest, width

SIZE = 12
LEADING = 14.0
DIAMOND = 21.0
_AIR = 4.0
_NEAR_BOX = 4.0
# Where a pain's number stands best: between lanes, and on the lines that are its own.
_DEAR: dict[Where, float] = {"gap": 0, "track": 0, "upright": 0, "side": 0, "lane": 8, "turn": 12}


@dataclass(frozen=True, slots=True)
class Diamond:
    """The number of a pain, about `middle`."""

    number: int
    middle: Point

    @property
    def rect(self) -> Rect:
        """The square that holds it."""
        return Rect.around(self.middle, DIAMOND, DIAMOND)


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text in a rectangle; `on_lane` says which ground it stands on."""

    flow: int
    lines: tuple[str, ...]
    rect: Rect
    on_lane: bool


def diamonds(
    pains: Sequence[tuple[int, Sequence[Section]]], places: Places
) -> tuple[tuple[Diamond, ...], tuple[int, ...]]:
    """Numbers on their lines, each in a free place, and those for which there was none.

    Short lines choose first; where a line is wholly taken, its number stands close beside it.
    """
    found, without = [], []
    for number, sections in sorted(pains, key=lambda pain: (_length(pain[1]), pain[0])):
        best = places.best(_on_line(sections), per_point=0.3)
        best = best or places.best(_off_line(sections), per_point=0.3)
        if best is None:
            without.append(number)
            continue
        middle = (best.rect.x + DIAMOND / 2, best.rect.y + DIAMOND / 2)
        places.take(best.rect)
        found.append(Diamond(number, middle))
    return tuple(sorted(found, key=lambda one: one.number)), tuple(sorted(without))


def _length(sections: Sequence[Section]) -> int:
    return sum(len(section.points) for section in sections)


def _on_line(sections: Sequence[Section]) -> Candidates:
    penalties: list[float] = []
    for section in sections:
        away = _distances(section, section.points[len(section.points) // 2])
        penalties += [_DEAR[section.where] + one / 10 for one in away]
    return _squares(penalties, [point for section in sections for point in section.points])


def _off_line(sections: Sequence[Section]) -> Candidates:
    shifts = [
        (away, dx, dy)
        for away in (8.0, 14.0, 20.0)
        for dx, dy in ((0, -away), (0, away), (away, 0), (-away, 0))
    ]
    points = [point for section in sections for point in section.points]
    return _squares(
        [away for away, _, _ in shifts] * len(points),
        [(x + dx, y + dy) for x, y in points for _, dx, dy in shifts],
    )


def _squares(penalties: Sequence[float], middles: Sequence[Point]) -> Candidates:
    return Candidates(penalties, lambda at: Rect.around(middles[at], DIAMOND, DIAMOND))


def _distances(section: Section, anchor: Point) -> list[float]:
    """How far each point of a line is from one near it, across and down."""
    left, top = anchor
    return [abs(x - left) + abs(y - top) for x, y in section.points]


def label(
    flow: int,
    text: str,
    sections: Sequence[Section],
    diamond: Diamond | None,
    places: Places,
    lane: float,
) -> Label | None:
    """The text of a flow at its line in at most two lines, or nothing: then the table has it.

    `lane` is the width in px of a box: the room that a label has where its line passes a lane.
    """
    # A line that passes a lane has room of its own there; between lanes it has company.
    detour = 3 if len(sections) > 1 else 0
    best, least = None, math.inf
    for section in sections:
        if section.where == "turn":
            continue
        penalty = 0 if section.where != "gap" else detour
        for lines in _variants(text, _room(section, lane)):
            found = places.best(_beside(section, lines, diamond, penalty), under=least)
            if found:
                on_lane = section.where in {"lane", "upright"}
                best, least = Label(flow, lines, found.rect, on_lane), found.cost
    if best:
        places.take(best.rect)
    return best


def _room(section: Section, lane: float) -> float:
    if section.where == "gap":
        return section.points[-1][0] - section.points[0][0] + 7 - 2 * _NEAR_BOX
    if section.where == "track":
        return max(abs(section.points[-1][0] - section.points[0][0]) - 24, 0)
    return lane - 48 if section.where == "upright" else lane - 8


def _variants(text: str, room: float) -> list[tuple[str, ...]]:
    """One line if it fits, and two about equally long ones."""
    room /= SLACK
    wanted = min(narrowest(text, SIZE) + 0.01, room)
    variants = [fit(text, room, SIZE, max_lines=1), fit(text, wanted, SIZE, max_lines=2)]
    return list(dict.fromkeys(lines for lines in variants if lines))


def _size(lines: Sequence[str]) -> tuple[float, float]:
    wide = max(width(line, SIZE) for line in lines) * SLACK
    return wide, len(lines) * LEADING


def _beside(
    section: Section, lines: Sequence[str], diamond: Diamond | None, penalty: float
) -> Candidates:
    """Rectangles on, above, below and beside a line, near its middle or its diamond."""
    wide, high = _size(lines)
    anchor = section.points[len(section.points) // 2]
    if diamond is not None and any(diamond.rect.holds(point) for point in section.points):
        anchor = diamond.middle
    shifts = _shifts(section.where, wide, high / 2 + _AIR + 1)
    first, last = _reach(section, wide)

    def rect(at: int) -> Rect:
        point, shift = divmod(at, len(shifts))
        x, y = section.points[point]
        dx, dy, _ = shifts[shift]
        return Rect.around((_between(x + dx, first, last), y + dy), wide, high)

    away = _distances(section, anchor)
    return Candidates([one / 8 + dear + penalty for one in away for _, _, dear in shifts], rect)


def _reach(section: Section, wide: float) -> tuple[float, float]:
    """Between which places across the middle of a label may lie."""
    left, right = sorted((section.points[0][0], section.points[-1][0]))
    if section.where == "gap":
        return left + _NEAR_BOX + wide / 2, right + 3 - wide / 2
    if section.where == "lane":
        return left + wide / 2, right - wide / 2
    return -math.inf, math.inf


def _shifts(where: Where, wide: float, apart: float) -> tuple[tuple[float, float, float], ...]:
    """Distances from a point of the line, and what speaks against them."""
    above, below, on = (0.0, -apart, 0.0), (0.0, apart, 1.0), (0.0, 0.0, 4.0)
    far_above, far_below = (0.0, -apart - 11, 1.5), (0.0, apart + 11, 2.0)
    aside, other = (wide / 2 + 7, 0.0, 0.0), (-wide / 2 - 7, 0.0, 3.0)
    if where == "upright":
        return aside, other
    if where == "side":
        far = (wide / 2 + 15, 0.0, 1.0)
        return on, aside, far, other
    if where == "gap":
        return above, below, on, far_above, far_below
    return above, far_above, below


def _between(value: float, low: float, high: float) -> float:
    return min(max(value, low), high) if low <= high else (low + high) / 2
