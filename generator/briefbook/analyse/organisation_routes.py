"""A chart of people and who influences whom in, ways around all boxes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefbook.analyse.organisation import Box, Frame, Layout

Gap = tuple[float, float]
_LEAST = 8.0
_PORT = 14.0
MARK = 9.0
"""Half of the room in px that an influence's number takes on its line."""


@dataclass(frozen=True, slots=True)
class Influence:
    """An edge of influence between two who are drawn."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Route:
    """The corners of a line in px, and the middle of its number, None where there is no room."""

    points: tuple[tuple[float, float], ...]
    mark: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class _Way:
    """An edge with the gaps between columns that it leaves and enters by."""

    source: Box
    target: Box
    out: int
    into: int


def route(layout: Layout, frame: Frame, edges: Sequence[Influence]) -> tuple[Route, ...]:
    """A line for each edge: out at a side, along the gaps between columns, in at a side.

    No line crosses a box: gaps between columns hold none, and a line crosses a column only where
    a level gap goes all the way.
    """
    boxes = {box.id: box for box in layout.boxes}
    ways = [_way(boxes[one.source], boxes[one.target]) for one in edges]
    ports = _ports(ways)
    levels = _levels(ways, ports, layout)
    tracks = _tracks(ways, ports, levels, frame)
    taken: list[tuple[float, float]] = []
    return tuple(_route(at, way, ports, levels, tracks, taken) for at, way in enumerate(ways))


def _way(source: Box, target: Box) -> _Way:
    """Towards the other's column; within a column around its right side."""
    if source.column == target.column:
        return _Way(source, target, source.column + 1, source.column + 1)
    if source.column < target.column:
        return _Way(source, target, source.column + 1, target.column)
    return _Way(source, target, source.column, target.column + 1)


def _ports(ways: Sequence[_Way]) -> dict[tuple[int, bool], float]:
    """The height at which each edge leaves and enters: spread along a side, by where it leads."""
    sides: dict[tuple[str, bool], list[tuple[float, int, bool]]] = {}
    for at, way in enumerate(ways):
        for box, gap, other, leaves in (
            (way.source, way.out, way.target, True),
            (way.target, way.into, way.source, False),
        ):
            right = gap > box.column
            sides.setdefault((box.id, right), []).append((other.y, at, leaves))
    boxes = {box.id: box for way in ways for box in (way.source, way.target)}
    found = {}
    for (id, _), ends in sides.items():
        box = boxes[id]
        pitch = min(_PORT, (box.height - 16) / (len(ends) + 1))
        first = box.y + box.height / 2 - pitch * (len(ends) - 1) / 2
        for place, (_, at, leaves) in enumerate(sorted(ends)):
            found[at, leaves] = first + pitch * place
    return found


def _levels(
    ways: Sequence[_Way], ports: Mapping[tuple[int, bool], float], layout: Layout
) -> dict[int, float]:
    """For edges between far columns, the height at which they cross those between."""
    free: dict[tuple[int, int], list[Gap]] = {}
    users: dict[Gap, list[int]] = {}
    for at, way in enumerate(ways):
        first, last = sorted((way.out, way.into))
        if first == last:
            continue
        if (first, last) not in free:
            free[first, last] = _free(layout, range(first, last))
        start, end = ports[at, True], ports[at, False]
        best = min(free[first, last], key=lambda gap: (_detour(gap, start, end), gap))
        users.setdefault(best, []).append(at)
    return {
        at: low + (high - low) * (place + 1) / (len(ats) + 1)
        for (low, high), ats in users.items()
        for place, at in enumerate(sorted(ats, key=lambda at: (ports[at, False], at)))
    }


def _detour(gap: Gap, start: float, end: float) -> float:
    middle = (gap[0] + gap[1]) / 2
    return abs(middle - start) + abs(middle - end)


def _free(layout: Layout, columns: range) -> list[Gap]:
    """The level gaps that no box of some columns reaches into, above and below all of them too."""
    taken = sorted((box.y, box.y + box.height) for box in layout.boxes if box.column in columns)
    gaps, end = [], -2.0
    for low, high in taken:
        if low - end >= _LEAST:
            gaps.append((end + 2, low - 2))
        end = max(end, high)
    return [*gaps, (end + 2, max(layout.height, end + 2 + _LEAST))]


def _tracks(
    ways: Sequence[_Way],
    ports: Mapping[tuple[int, bool], float],
    levels: Mapping[int, float],
    frame: Frame,
) -> dict[tuple[int, int], float]:
    """The place in a gap between columns of each upright part, so that few lie on each other."""
    parts: dict[int, list[tuple[float, float, int]]] = {}
    for at, way in enumerate(ways):
        stops = [ports[at, True], *([levels[at]] if at in levels else []), ports[at, False]]
        for gap, low, high in zip((way.out, way.into), stops, stops[1:], strict=False):
            parts.setdefault(gap, []).append((min(low, high), max(low, high), at))
    found = {}
    for gap, spans in parts.items():
        lines = _lines(spans)
        left = frame.column(gap) - frame.gutter
        room = frame.gutter - 2 * MARK
        for at, line in lines.items():
            found[at, gap] = left + MARK + room * (line + 1) / (max(lines.values()) + 2)
    return found


def _lines(spans: Sequence[tuple[float, float, int]]) -> dict[int, int]:
    """The first line that is free along each span."""
    ends: list[float] = []
    found = {}
    for low, high, at in sorted(spans):
        line = next((n for n, end in enumerate(ends) if end + 4 < low), len(ends))
        ends[line : line + 1] = [high]
        found[at] = line
    return found


def _route(
    at: int,
    way: _Way,
    ports: Mapping[tuple[int, bool], float],
    levels: Mapping[int, float],
    tracks: Mapping[tuple[int, int], float],
    taken: list[tuple[float, float]],
) -> Route:
    start, end = ports[at, True], ports[at, False]
    out, into = tracks[at, way.out], tracks[at, way.into]
    middle = ((out, levels[at]), (into, levels[at])) if at in levels else ()
    points = (
        (_side(way.source, way.out), start), (out, start), *middle, (into, end),
        (_side(way.target, way.into), end),
    )  # fmt: skip
    uprights = [(out, start, levels.get(at, end))]
    uprights += [(into, levels[at], end)] if at in levels else []
    return Route(points, _mark(uprights, taken))


def _side(box: Box, gap: int) -> float:
    return box.x + box.width if gap > box.column else box.x


def _mark(
    uprights: Sequence[tuple[float, float, float]], taken: list[tuple[float, float]]
) -> tuple[float, float] | None:
    """The place on an upright part, the longest first, that is nearest to its middle and free."""
    for x, one, other in sorted(uprights, key=lambda part: -abs(part[1] - part[2])):
        middle, half = (one + other) / 2, abs(one - other) / 2
        steps = range(int(half // MARK) + 1)
        for y in (middle + sign * MARK * step for step in steps for sign in (1, -1)):
            if all(abs(x - a) > 2 * MARK or abs(y - b) > 2 * MARK for a, b in taken):
                taken.append((x, y))
                return x, y
    return None
