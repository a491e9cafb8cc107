"""The rows and columns of a chart of people and their heights in, where each box lies out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefbook.analyse.organisation_plan import Head, Plan, Row

BAND = 36.0
BETWEEN = 12.0


@dataclass(frozen=True, slots=True)
class Box:
    """Someone's rectangle in px, and the column that it lies in."""

    id: str
    x: float
    y: float
    width: float
    height: float
    column: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The ground of some steps below a top, in px; `more` where deeper steps lie in it as well.

    `steps` is None for people whose place is not known.
    """

    steps: int | None
    more: bool
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Widths in px: what stands left of the columns, a column's boxes, a gap beside them."""

    left: float
    box: float
    gutter: float

    def column(self, at: int) -> float:
        """Where a column's boxes begin."""
        return self.left + self.gutter + at * (self.box + self.gutter)


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes in the order of reading, reporting lines as runs of points, lanes, the height."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[tuple[float, float], ...], ...]
    lanes: tuple[Lane, ...]
    height: float


def place(made: Plan, frame: Frame, heights: Mapping[str, float]) -> Layout:
    """Where everything lies, once it is known how high each box is."""
    placer = _Placer(made, frame, heights)
    y = 0.0
    for tree in made.trees:
        y = placer.tree(tree, y)
    if made.apart:
        y = placer.rows(None, made.apart, y - (BAND - 10 if made.trees else BAND - 8), None, 0)
    return Layout(tuple(placer.boxes), tuple(placer.lines), tuple(placer.lanes), max(y, 24.0))


@dataclass(slots=True)
class _Placer:
    """The walk down the rows, gathering boxes, lines and lanes."""

    plan: Plan
    frame: Frame
    heights: Mapping[str, float]
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[tuple[float, float], ...]] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)

    def tree(self, head: Head, y: float) -> float:
        """A top and all below it; returns where it ends."""
        top = y + 8
        box = self._box(head.id, top, self.heights[head.id])
        self.lanes.append(Lane(0, False, y, box.height + 16))
        return self.rows(box, head.rows, top + box.height, 1, 0) + BETWEEN

    def rows(
        self, parent: Box | None, rows: Sequence[Row], y: float, steps: int | None, depth: int
    ) -> float:
        """Rows below each other, each with a lane for its heads and one for what hangs there."""
        first: float | None = None
        trunk = self.frame.column(0) - 12 + 4 * min(depth, 2)
        end = y + 8
        for row in rows:
            bus = y + BAND / 2
            y += BAND
            high = max(self.heights[head.id] for head in row.heads)
            heads = [self._box(head.id, y, high) for head in row.heads]
            if parent:
                self._bus(parent, heads, bus, first, trunk)
                first = bus if first is None else first
            self.lanes.append(Lane(steps, False, y - 8, high + 16))
            below = None if steps is None else steps + 1
            hung = [
                self._hang(head, box, y + high + 18)
                for head, box in zip(row.heads, heads, strict=True)
                if head.hanging
            ]
            y += high
            if hung:
                deep = any(depth > 1 for head in row.heads for _, depth in head.hanging)
                self.lanes.append(Lane(below, deep, y + 9, max(hung) - y - 1))
                y = max(hung)
            end = y + 8
            for head, box in zip(row.heads, heads, strict=True):
                if head.rows:
                    end = self.rows(box, head.rows, y, below, depth + 1)
                    y = end - 8
        return end

    def _box(self, id: str, y: float, height: float) -> Box:
        indent = self.plan.indent[id]
        at = self.plan.column[id]
        box = Box(id, self.frame.column(at) + indent, y, self.frame.box - indent, height, at)
        self.boxes.append(box)
        return box

    def _hang(self, head: Head, box: Box, y: float) -> float:
        """A list below a head, joined to it by lines at its left; returns where it ends."""
        placed = {head.id: box}
        for id, _ in head.hanging:
            placed[id] = self._box(id, y, self.heights[id])
            y += placed[id].height + BETWEEN
            up = placed[self.plan.above[id]]
            spine = (up.x + placed[id].x) / 2
            middle = placed[id].y + placed[id].height / 2
            self.lines.append(((spine, up.y + up.height), (spine, middle), (placed[id].x, middle)))
        return y - BETWEEN

    def _bus(
        self, parent: Box, heads: Sequence[Box], bus: float, first: float | None, trunk: float
    ) -> None:
        """A level line above a row, from the boss or, for further rows, from the trunk."""
        x = parent.x + parent.width / 2
        if first is None:
            self.lines += [_joined((x, parent.y + parent.height), bus, head) for head in heads]
            return
        self.lines.append(((x, first), (trunk, first), (trunk, bus)))
        self.lines += [_joined((trunk, bus), bus, head) for head in heads]


def _joined(start: tuple[float, float], bus: float, head: Box) -> tuple[tuple[float, float], ...]:
    end = head.x + head.width / 2
    return (start, (start[0], bus), (end, bus), (end, head.y))
