"""The lines of a chain and what their labels say in, places for labels and pain numbers out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefbook.charts.place import Candidate, Places, Point, Rect
from briefbook.charts.strokes import Section, Stroke, Where
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
    pains: Sequence[tuple[int, Stroke]], places: Places
) -> tuple[tuple[Diamond, ...], tuple[int, ...]]:
    """Numbers on their lines, each in a free place, and those for which there was none.

    Short lines choose first; where a line is wholly taken, its number stands close beside it.
    """
    found, without = [], []
    for number, stroke in sorted(pains, key=lambda pain: (_length(pain[1]), pain[0])):
        best = places.best(_on_line(stroke), per_point=0.3)
        best = best or places.best(_off_line(stroke), per_point=0.3)
        if best is None:
            without.append(number)
            continue
        middle = (best.rect.x + DIAMOND / 2, best.rect.y + DIAMOND / 2)
        places.take(best.rect)
        found.append(Diamond(number, middle))
    return tuple(sorted(found, key=lambda one: one.number)), tuple(sorted(without))


def _length(stroke: Stroke) -> int:
    return sum(len(section.points) for section in stroke.sections)


def _on_line(stroke: Stroke) -> Iterator[Candidate]:
    for section in stroke.sections:
        middle = section.points[len(section.points) // 2]
        for point in section.points:
            away = abs(point[0] - middle[0]) + abs(point[1] - middle[1])
            yield Candidate(point, DIAMOND, DIAMOND, _DEAR[section.where] + away / 10)


def _off_line(stroke: Stroke) -> Iterator[Candidate]:
    for section in stroke.sections:
        for x, y in section.points:
            for away in (8.0, 14.0, 20.0):
                for dx, dy in ((0, -away), (0, away), (away, 0), (-away, 0)):
                    yield Candidate((x + dx, y + dy), DIAMOND, DIAMOND, away)


def label(
    flow: int, text: str, stroke: Stroke, diamond: Diamond | None, places: Places, lane: float
) -> Label | None:
    """The text of a flow at its line in at most two lines, or nothing: then the table has it.

    `lane` is the width in px of a box: the room that a label has where its line passes a lane.
    """
    # A line that passes a lane has room of its own there; between lanes it has company.
    detour = 3 if len(stroke.sections) > 1 else 0
    options = [
        (one, lines, section.where in {"lane", "upright"})
        for section in stroke.sections
        if section.where != "turn"
        for lines in _variants(text, _room(section, lane))
        for one in _beside(section, lines, diamond, 0 if section.where != "gap" else detour)
    ]
    best = places.best([one for one, _, _ in options], per_point=1.0)
    if best is None:
        return None
    _, lines, on_lane = next(option for option in options if option[0] is best)
    places.take(best.rect)
    return Label(flow, lines, best.rect, on_lane)


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
) -> Iterator[Candidate]:
    """Rectangles on, above, below and beside a line, near its middle or its diamond."""
    wide, high = _size(lines)
    left, right = sorted((section.points[0][0], section.points[-1][0]))
    anchor = section.points[len(section.points) // 2]
    apart = high / 2 + _AIR + 1
    if diamond is not None and any(diamond.rect.holds(point) for point in section.points):
        anchor = diamond.middle
    for point in section.points:
        away = (abs(point[0] - anchor[0]) + abs(point[1] - anchor[1])) / 8
        for dx, dy, dear in _shifts(section.where, wide, apart):
            x, y = point[0] + dx, point[1] + dy
            if section.where == "gap":
                x = _between(x, left + _NEAR_BOX + wide / 2, right + 3 - wide / 2)
            elif section.where == "lane":
                x = _between(x, left + wide / 2, right - wide / 2)
            yield Candidate((x, y), wide, high, away + dear + penalty)


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
