"""Rectangles that are taken and lines that should stay free in, free places for labels out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
_CELL = 48.0
_NEAR = 1.0
"""Candidates are looked at first against which no more than this speaks beyond the least."""


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle in px."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, middle: Point, width: float, height: float) -> Rect:
        """The rectangle of this size about a point."""
        return cls(middle[0] - width / 2, middle[1] - height / 2, width, height)

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside."""
        return (
            self.x <= point[0] <= self.x + self.width and self.y <= point[1] <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places that could be taken: what speaks against each before lines are counted, and which.

    A label has hundreds of which a few are looked at, so `rect` makes the one at a position.
    """

    penalties: Sequence[float]
    rect: Callable[[int], Rect]


@dataclass(frozen=True, slots=True)
class Found:
    """The best of some candidates, and all that speaks against it."""

    rect: Rect
    cost: float


class Places:
    """What is taken so far: rectangles never, lines rather not."""

    def __init__(self, frame: Rect) -> None:
        self._frame = frame
        self._taken: dict[tuple[int, int], list[Rect]] = {}
        self._lines: dict[tuple[int, int], list[Point]] = {}

    def take(self, rect: Rect) -> None:
        """Nothing else may lie here."""
        for cell in _cells(rect):
            self._taken.setdefault(cell, []).append(rect)

    def draw(self, points: Iterable[Point]) -> None:
        """A line runs through these points, which lie close to each other."""
        for point in points:
            cell = (int(point[0] // _CELL), int(point[1] // _CELL))
            self._lines.setdefault(cell, []).append(point)

    def is_free(self, rect: Rect) -> bool:
        """Whether a rectangle lies in the frame and on nothing that is taken."""
        frame = self._frame
        inside = (
            rect.x >= frame.x
            and rect.y >= frame.y
            and rect.x + rect.width <= frame.x + frame.width
            and rect.y + rect.height <= frame.y + frame.height
        )
        return inside and not any(
            rect.overlaps(other) for cell in _cells(rect) for other in self._taken.get(cell, ())
        )

    def crossed(self, rect: Rect) -> int:
        """How many points of lines lie in a rectangle."""
        left, top, right, bottom = rect.x, rect.y, rect.x + rect.width, rect.y + rect.height
        return sum(
            [
                left <= x <= right and top <= y <= bottom
                for cell in _cells(rect)
                for x, y in self._lines.get(cell, ())
            ]
        )

    def best(
        self, given: Candidates, per_point: float = 1.0, under: float = math.inf
    ) -> Found | None:
        """The free candidate with the least against it, the first of equals; None if none is.

        Those against which least speaks come first, so most need not be looked at. What speaks
        against the one that is found is less than `under`.
        """
        best, least = None, (under, -1)
        for at in _least_first(given.penalties):
            penalty = given.penalties[at]
            if penalty > least[0]:
                break
            rect = given.rect(at)
            if self.is_free(rect):
                cost = (penalty + per_point * self.crossed(rect), at)
                if cost < least:
                    best, least = Found(rect, cost[0]), cost
        return best


def _least_first(penalties: Sequence[float]) -> Iterator[int]:
    """Positions by what stands there; most who ask want a few, so the others are sorted later."""
    near = min(penalties, default=0.0) + _NEAR
    few = [at for at, penalty in enumerate(penalties) if penalty <= near]
    yield from sorted(few, key=penalties.__getitem__)
    rest = [at for at, penalty in enumerate(penalties) if penalty > near]
    yield from sorted(rest, key=penalties.__getitem__)


def _cells(rect: Rect) -> list[tuple[int, int]]:
    columns = range(int(rect.x // _CELL), int((rect.x + rect.width) // _CELL) + 1)
    rows = range(int(rect.y // _CELL), int((rect.y + rect.height) // _CELL) + 1)
    return [(column, row) for column in columns for row in rows]
