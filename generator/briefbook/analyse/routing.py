"""Placed boxes and the links between them in, the points that each link runs through out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from briefbook.analyse.layering import Ladder

Kind = Literal["forward", "within", "return"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Distances in px: between layers, between boxes, around passing links, beside the drawing."""

    across: float = 72
    between: float = 20
    linked: float = 44
    passing: float = 8
    margin: float = 36


@dataclass(frozen=True, slots=True)
class Link:
    """A link to draw, and the room in px that it wants above and below where it runs level."""

    source: str
    target: str
    above: float = 5
    below: float = 5


@dataclass(frozen=True, slots=True)
class Box:
    """A box that has its place, in px."""

    id: str
    layer: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Passage:
    """The room above and below a line: half a box on both sides, or less where a link passes."""

    above: float
    below: float
    is_box: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """The way of link number `link`; `back` if it closes a cycle or leads to an earlier layer.

    A forward route alternates between gaps (where it bends) and layers (where it runs level);
    routes within a layer and returns turn at right angles.
    """

    link: int
    source: str
    target: str
    kind: Kind
    back: bool
    points: tuple[Point, ...]


# Pitch of ports on a side, of lines beside each other, and the first line's distance from a box.
_PORT = 14.0
_LINE = 7.0
_FIRST = 12.0
_UPRIGHT = 4
# How many rows of returns are tried for a free place before a new one is opened.
_ROWS = 60


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a link at a side of a box, with what its place among the others follows from."""

    order: tuple[float, float]
    link: int
    is_source: bool


class _Router:
    """Ports first, then lines: what each box's sides hold decides where each route bends."""

    def __init__(
        self,
        boxes: Sequence[Box],
        links: Sequence[Link],
        steps: Ladder,
        tops: Mapping[int, float],
        columns: Sequence[tuple[float, float]],
        gaps: Gaps,
    ) -> None:
        self.boxes = boxes
        self.links = links
        self.steps = steps
        self.tops = tops
        self.columns = columns
        self.gaps = gaps
        self.number = {box.id: at for at, box in enumerate(boxes)}
        self.upright = self._upright()
        self.ports = self._ports()

    def ends(self, at: int) -> tuple[Box, Box]:
        link = self.links[at]
        return self.boxes[self.number[link.source]], self.boxes[self.number[link.target]]

    def kind(self, at: int) -> Kind:
        if at in self.steps.paths:
            return "forward"
        source, target = self.ends(at)
        return "within" if source.layer == target.layer else "return"

    def _upright(self) -> dict[int, Point]:
        """For links between neighbours in a layer: how many share their place, and which it is."""
        neighbours: set[tuple[int, int]] = set()
        for layer in self.steps.layers:
            real = [vertex for vertex in layer if vertex < len(self.boxes)]
            neighbours.update(pairwise(real))
        shared: dict[tuple[int, int], list[int]] = {}
        for at, link in enumerate(self.links):
            source, target = self.number[link.source], self.number[link.target]
            for pair in ((source, target), (target, source)):
                if pair in neighbours:
                    shared.setdefault(pair, []).append(at)
        return {
            at: (place, min(len(group), _UPRIGHT))
            for group in shared.values()
            for place, at in enumerate(group[:_UPRIGHT])
        }

    def _ports(self) -> dict[tuple[int, bool], float]:
        """The height of each end of each link that leaves or enters a box at its side."""
        sides: dict[tuple[int, str], list[_End]] = {}
        for at in range(len(self.links)):
            if at not in self.upright:
                for vertex, side, end in self._side_ends(at):
                    sides.setdefault((vertex, side), []).append(end)
        ports = {}
        for (vertex, _), ends in sides.items():
            box = self.boxes[vertex]
            pitch = min(_PORT, box.height / (len(ends) + 1))
            first = box.y + box.height / 2 - pitch * (len(ends) - 1) / 2
            ordered = sorted(ends, key=lambda end: (end.order, end.link, end.is_source))
            for place, end in enumerate(ordered):
                ports[end.link, end.is_source] = round(first + pitch * place, 2)
        return ports

    def _side_ends(self, at: int) -> Iterable[tuple[int, str, _End]]:
        source, target = (self.number[box.id] for box in self.ends(at))
        kind = self.kind(at)
        if kind == "forward":
            path = self.steps.paths[at]
            yield source, "right", _End((1, self._height(path[1])), at, is_source=True)
            yield target, "left", _End((1, self._height(path[-2])), at, is_source=False)
        elif kind == "within":
            reach = self._height(target) - self._height(source)
            for vertex, far in ((source, reach), (target, -reach)):
                # Short ways lie inside long ones: up from the upper ports, down from the lower.
                order = (0.0, -far) if far < 0 else (2.0, -far)
                yield vertex, "right", _End(order, at, is_source=vertex == source)
            if source == target:
                yield source, "right", _End((2.0, 0.0), at, is_source=False)
        else:
            yield source, "right", _End((3, 0), at, is_source=True)
            yield target, "left", _End((3, 0), at, is_source=False)

    def _height(self, vertex: int) -> float:
        if vertex in self.tops:
            return self.tops[vertex]
        return self.boxes[vertex].y + self.boxes[vertex].height / 2

    def forward(self, at: int) -> tuple[Point, ...]:
        source, target = self.ends(at)
        points = [(source.x + source.width, self.ports[at, True])]
        for level, vertex in enumerate(self.steps.paths[at][1:-1], source.layer + 1):
            x, wide = self.columns[level]
            points += [(x, self.tops[vertex]), (x + wide, self.tops[vertex])]
        return (*points, (target.x, self.ports[at, False]))

    def straight(self, at: int) -> tuple[Point, ...]:
        """Down or up between two boxes that lie one above the other."""
        source, target = self.ends(at)
        place, count = self.upright[at]
        x = source.x + min(34.0, source.width / 3) + place * (source.width - 40) / count
        if source.y < target.y:
            return (x, source.y + source.height), (x, target.y)
        return (x, source.y), (x, target.y + target.height)

    def lines(self) -> dict[tuple[int, bool], float]:
        """The x at which a route that turns leaves its source, or enters its target."""
        beside: dict[tuple[int, str], list[tuple[tuple[float, float], int, bool]]] = {}
        for at in range(len(self.links)):
            kind = self.kind(at)
            source, target = self.ends(at)
            if kind == "within" and at not in self.upright:
                span = abs(self.ports[at, True] - self.ports[at, False])
                beside.setdefault((source.layer, "right"), []).append(((0, span), at, True))
            elif kind == "return":
                leaves, enters = -self.ports[at, True], -self.ports[at, False]
                beside.setdefault((source.layer, "right"), []).append(((1, leaves), at, True))
                beside.setdefault((target.layer, "left"), []).append(((1, enters), at, False))
        found = {}
        for (level, side), members in beside.items():
            x, wide = self.columns[level]
            outer = level == (0 if side == "left" else len(self.columns) - 1)
            room = (self.gaps.margin - 4 if outer else self.gaps.across / 2 - 2) - _FIRST
            pitch = min(_LINE, room / max(len(members) - 1, 1))
            for place, (_, at, is_source) in enumerate(sorted(members)):
                away = _FIRST + pitch * place
                found[at, is_source] = x + wide + away if side == "right" else x - away
        return found


def _tracks(
    returns: Sequence[tuple[int, float, float]], links: Sequence[Link], start: float
) -> tuple[dict[int, float], float]:
    """Heights of the level parts of returns (number, left, right) below `start`, and their end.

    Short ones come first, so that long ones run around them; those that do not meet share one.
    """
    rows: list[list[tuple[int, float, float]]] = []
    for one in sorted(returns, key=lambda each: (each[2] - each[1], each)):
        _, left, right = one
        for row in rows[-_ROWS:]:
            if all(right + 12 < other[1] or left - 12 > other[2] for other in row):
                row.append(one)
                break
        else:
            rows.append([one])
    heights = {}
    y = start
    for row in rows:
        y += max(links[at].above for at, _, _ in row)
        heights.update({at: round(y, 2) for at, _, _ in row})
        y += max(links[at].below for at, _, _ in row)
    return heights, y


def routed(
    boxes: Sequence[Box],
    links: Sequence[Link],
    back: set[int],
    steps: Ladder,
    tops: Mapping[int, float],
    columns: Sequence[tuple[float, float]],
    gaps: Gaps,
    body: float,
) -> tuple[tuple[Route, ...], float]:
    """The route of each link, in the order of links, and where the lowest of them ends."""
    router = _Router(boxes, links, steps, tops, columns, gaps)
    lines = router.lines()
    kinds = [router.kind(at) for at in range(len(links))]
    returns = [
        (at, min(lines[at, True], lines[at, False]), max(lines[at, True], lines[at, False]))
        for at, kind in enumerate(kinds)
        if kind == "return"
    ]
    tracks, height = _tracks(returns, links, body + 14) if returns else ({}, body)
    routes = []
    for at, kind in enumerate(kinds):
        if kind == "forward":
            points = router.forward(at)
        elif at in router.upright:
            points = router.straight(at)
        else:
            points = _turning(router, at, lines, tracks.get(at))
        link = links[at]
        routes.append(Route(at, link.source, link.target, kind, at in back, points))
    return tuple(routes), height


def _turning(
    router: _Router, at: int, lines: Mapping[tuple[int, bool], float], track: float | None
) -> tuple[Point, ...]:
    source, target = router.ends(at)
    leaves, enters = router.ports[at, True], router.ports[at, False]
    out = lines[at, True]
    if track is None:
        right = source.x + source.width
        return (right, leaves), (out, leaves), (out, enters), (right, enters)
    into = lines[at, False]
    return (
        (source.x + source.width, leaves),
        (out, leaves),
        (out, track),
        (into, track),
        (into, enters),
        (target.x, enters),
    )
