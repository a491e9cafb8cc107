"""The points that a link runs through in, its drawn line, arrow head and places for labels out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Literal

from briefbook.charts.place import Point
from briefbook.charts.svg import path

Where = Literal["gap", "lane", "track", "upright", "side", "turn"]

_HEAD, _HALF = 8.0, 4.2
_STEP = 4.0
_CORNER = 6.0


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a line: where it runs, and points along it some 4 px apart."""

    where: Where
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line and its arrow head as paths, its corners and where it runs between them."""

    line: str
    head: str
    corners: tuple[Point, ...]
    wheres: tuple[Where, ...]

    def sections(self) -> tuple[Section, ...]:
        """Points along the line; reckoned for whoever asks, for most lines carry nothing."""
        return tuple(
            Section(where, (_bezier if where == "gap" else _straight)(start, end))
            for where, (start, end) in zip(self.wheres, pairwise(self.corners), strict=True)
        )


def curved(points: Sequence[Point]) -> Stroke:
    """A line that bends between every first and second point and runs level from there on."""
    *_, (end_x, end_y) = points
    drawn = (*points[:-1], (end_x - _HEAD + 1, end_y))
    commands: list[str | float] = ["M", *drawn[0]]
    wheres: list[Where] = []
    for at, (start, end) in enumerate(pairwise(drawn)):
        if at % 2:
            commands += ["H", end[0]]
            wheres.append("lane")
        else:
            bend = (end[0] - start[0]) / 2
            commands += ["C", start[0] + bend, start[1], end[0] - bend, end[1], *end]
            wheres.append("gap")
    head = _head(points[-2], (end_x, end_y), level=True)
    return Stroke(path(*commands), head, drawn, tuple(wheres))


def upright(points: Sequence[Point]) -> Stroke:
    """A straight line up or down."""
    (x, start), (_, end) = points
    stop = end - _HEAD + 1 if end > start else end + _HEAD - 1
    head = _head((x, start), (x, end))
    return Stroke(path("M", x, start, "V", stop), head, ((x, start), (x, stop)), ("upright",))


def turning(points: Sequence[Point], *, own: tuple[int, Where]) -> Stroke:
    """A line with right-angled, rounded turns; `own` says which part is its main one, and where."""
    end, before = points[-1], points[-2]
    stop = end[0] - _HEAD + 1 if end[0] > before[0] else end[0] + _HEAD - 1
    drawn = (*points[:-1], (stop, end[1]))
    commands: list[str | float] = ["M", *drawn[0]]
    for last, corner, following in zip(drawn, drawn[1:], drawn[2:], strict=False):
        into, out = _towards(corner, last), _towards(corner, following)
        commands += ["L", *into, "Q", *corner, *out]
    commands += ["L", *drawn[-1]]
    wheres = tuple([own[1] if at == own[0] else "turn" for at in range(len(drawn) - 1)])
    return Stroke(path(*commands), _head(before, end, level=True), drawn, wheres)


def _towards(corner: Point, other: Point) -> Point:
    """The point of a rounded corner's beginning, on the way to another point."""
    length = hypot(other[0] - corner[0], other[1] - corner[1])
    if not length:
        return corner
    part = min(_CORNER, length / 2) / length
    return (
        corner[0] + (other[0] - corner[0]) * part,
        corner[1] + (other[1] - corner[1]) * part,
    )


def _head(before: Point, tip: Point, *, level: bool = False) -> str:
    """A triangle that points from `before` to `tip`."""
    x, y = tip
    if level:
        back = x - _HEAD if x > before[0] else x + _HEAD
        return path("M", x, y, "L", back, y - _HALF, "V", y + _HALF, "Z")
    back = y - _HEAD if y > before[1] else y + _HEAD
    return path("M", x, y, "L", x - _HALF, back, "H", x + _HALF, "Z")


def _straight(start: Point, end: Point) -> tuple[Point, ...]:
    x, y = start
    dx, dy = end[0] - x, end[1] - y
    steps = max(int(hypot(dx, dy) / _STEP), 2)
    return tuple([(x + dx * at / steps, y + dy * at / steps) for at in range(steps + 1)])


def _bezier(start: Point, end: Point) -> tuple[Point, ...]:
    """Points on the cubic whose handles lie level, halfway."""
    steps = max(int((abs(end[0] - start[0]) + abs(end[1] - start[1])) / _STEP), 4)
    half = (start[0] + end[0]) / 2
    return tuple(
        [
            (a * start[0] + bc * half + d * end[0], ab * start[1] + cd * end[1])
            for a, ab, bc, cd, d in _weights(steps)
        ]
    )


@lru_cache(maxsize=128)
def _weights(steps: int) -> tuple[tuple[float, ...], ...]:
    """What the ends of a cubic and its handles weigh at so many places along it.

    Two points share their height and two their place across, so they are added up.
    """
    weights = []
    for at in range(steps + 1):
        t = at / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        weights.append((a, a + b, b + c, c + d, d))
    return tuple(weights)
