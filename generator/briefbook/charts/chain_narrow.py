"""A value chain and the words for it in, its drawing for a phone out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.charts import chain_box
from briefbook.charts.chain import layers
from briefbook.charts.chain_labels import Diamond, diamonds
from briefbook.charts.chain_parts import Drawing, Lane, line, svg
from briefbook.charts.chain_view import ChainFlow, ChainView, ChainWords, Group, drawable
from briefbook.charts.place import Places, Rect
from briefbook.charts.strokes import Stroke, turning
from briefbook.charts.text import SLACK, width, wrap

WIDTH = 358.0
_FIRST, _LAST = 13.0, 12.0
_LINE = 9.0
# Beyond so many lines beside each other, flows to the same group share one.
_MOST_LINES = 12
_LEAST_BOX = 206.0
_MOST_LEFT = 62.0
_PORT = 9.0
_HEADING = 16.0
_BETWEEN = 10.0


@dataclass(frozen=True, slots=True)
class _Arc:
    """A flow beside the stack: the rows of its ends, its side, and which line of the side it is."""

    flow: int
    source: int
    target: int
    side: str
    line: int

    @property
    def span(self) -> int:
        return abs(self.source - self.target)


def chain_svg_narrow(view: ChainView, words: ChainWords) -> Markup:
    """The chain 358 px wide: stages below each other, back flows left of them, others right."""
    drawing = arranged_narrow(view, words)
    return svg(drawing, words, f"{view.prefix}-narrow", "bb-chain-narrow")


def arranged_narrow(view: ChainView, words: ChainWords) -> Drawing:
    """Where each part of the narrow drawing lies; it has no labels, for its table follows."""
    shown = drawable(view, words)
    level = layers(shown)
    groups = sorted(shown.groups, key=lambda group: level[group.id])
    row = {group.id: at for at, group in enumerate(groups)}
    arcs = (*_arcs(shown.flows, row, "left"), *_arcs(shown.flows, row, "right"))
    left, right = (_margin(arcs, side) for side in ("left", "right"))
    wide = WIDTH - left - right
    held = [chain_box.content(group, wide, words, taps=True) for group in groups]
    lanes, rects, height = _stacked(shown, groups, held, arcs, left, wide)
    strokes = _strokes(arcs, rects, len(shown.flows))
    return Drawing(
        width=WIDTH,
        height=height,
        lanes=lanes,
        boxes=tuple(zip(groups, held, rects, strict=True)),
        lines=tuple(line(flow, stroke) for flow, stroke in zip(shown.flows, strokes, strict=True)),
        diamonds=_numbers(shown.flows, strokes, (*rects, *map(_heading_rect, lanes)), height),
        labels=(),
    )


def _numbers(
    flows: Sequence[ChainFlow], strokes: Sequence[Stroke], taken: Sequence[Rect], height: float
) -> tuple[Diamond, ...]:
    """The numbers of pains, off everything that is taken."""
    pains = [
        (flow.pain, stroke.sections())
        for flow, stroke in zip(flows, strokes, strict=True)
        if flow.pain is not None
    ]
    if not pains:
        return ()
    places = Places(Rect(0, 0, WIDTH, height))
    for rect in taken:
        places.take(rect)
    numbers, _ = diamonds(pains, places)
    return numbers


def _arcs(flows: Sequence[ChainFlow], row: dict[str, int], side: str) -> tuple[_Arc, ...]:
    """The flows of one side, each on the innermost line that is free along all of its way."""
    ends = [
        (at, row[flow.source], row[flow.target])
        for at, flow in enumerate(flows)
        if ("left" if flow.back or flow.source == flow.target else "right") == side
    ]
    single = [(min(end[1:]), max(end[1:]), (at,)) for at, end in enumerate(ends)]
    lines = _lines(single)
    if max(lines.values(), default=0) >= _MOST_LINES:
        lines = _lines(_bundled(ends))
    return tuple(
        _Arc(flow, source, target, side, lines[at])
        for at, (flow, source, target) in enumerate(ends)
    )


def _bundled(ends: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """One way for all that leads to the same group: the rows that it spans, and its ends."""
    members: dict[int, list[int]] = {}
    for at, (_, _, target) in enumerate(ends):
        members.setdefault(target, []).append(at)
    return [
        (
            min(target, *(ends[at][1] for at in group)),
            max(target, *(ends[at][1] for at in group)),
            tuple(group),
        )
        for target, group in members.items()
    ]


def _lines(ways: Sequence[tuple[int, int, tuple[int, ...]]]) -> dict[int, int]:
    """The line of each end: short ways inside, each on the first line free along all of it."""
    lines: list[list[tuple[int, int]]] = []
    found: dict[int, int] = {}
    for first, last, members in sorted(ways, key=lambda way: (way[1] - way[0], way)):
        free = (
            line
            for line, taken in enumerate(lines)
            if all(last <= begin or end <= first for begin, end in taken) and first < last
        )
        line = next(free, len(lines))
        if line == len(lines):
            lines.append([])
        lines[line].append((first, last))
        found.update(dict.fromkeys(members, line))
    return found


def _margin(arcs: Sequence[_Arc], side: str) -> float:
    """The room beside the boxes: pitched as wide as fits, and closer for many lines."""
    count = max((arc.line + 1 for arc in arcs if arc.side == side), default=0)
    if not count:
        return 0.0
    most = _MOST_LEFT if side == "left" else WIDTH - _MOST_LEFT - _LEAST_BOX
    return min(_FIRST + _LINE * (count - 1) + _LAST, most)


def _stacked(
    view: ChainView,
    groups: Sequence[Group],
    held: Sequence[chain_box.Content],
    arcs: Sequence[_Arc],
    left: float,
    wide: float,
) -> tuple[tuple[Lane, ...], tuple[Rect, ...], float]:
    """Headings and boxes from the top, and where the last of them ends."""
    labels = dict(zip((stage.id for stage in view.stages), view.headings, strict=True))
    lanes, rects = [], []
    y = 0.0
    for at, (group, text) in enumerate(zip(groups, held, strict=True)):
        if labels and (not at or groups[at - 1].stage != group.stage):
            lines = wrap(labels[group.stage or ""], (WIDTH - left - 24) / SLACK, 12, 600)
            ground = Rect(0, y, WIDTH, 8 + _HEADING * len(lines))
            lanes.append(Lane(lines, ground, (left + 8 if left else 12, y + 16)))
            y += ground.height + _BETWEEN
        high = max(text.height, _PORT * (_most_ends(arcs, at) + 1))
        rects.append(Rect(left + 0.5, y + 0.5, wide - 1, high))
        last = at + 1 == len(groups) or groups[at + 1].stage != group.stage
        y += high + (16 if last and labels else _BETWEEN)
    end = rects[-1].y + rects[-1].height if rects else 24.0
    return tuple(lanes), tuple(rects), end + 2


def _most_ends(arcs: Sequence[_Arc], row: int) -> int:
    ends = {
        side: sum((arc.source == row) + (arc.target == row) for arc in arcs if arc.side == side)
        for side in ("left", "right")
    }
    return max(ends.values())


def _heading_rect(lane: Lane) -> Rect:
    """The room that a stage's heading takes; lines may cross the ground beside it."""
    wide = max((width(line, 12, 600) for line in lane.heading), default=0) * SLACK
    return Rect(lane.start[0], lane.rect.y, wide, lane.rect.height)


def _ports(arcs: Sequence[_Arc], rects: Sequence[Rect]) -> dict[tuple[int, bool], float]:
    """The height of each end: lines from above in the upper part, those to below in the lower."""
    sides: dict[tuple[int, str], list[tuple[tuple[int, int], int, bool]]] = {}
    for arc in arcs:
        down = arc.target - arc.source
        for row, far, is_source in ((arc.source, down, True), (arc.target, -down, False)):
            order = (0, -far) if far < 0 else (1, -far)
            sides.setdefault((row, arc.side), []).append((order, arc.flow, is_source))
    ports = {}
    for (row, _), ends in sides.items():
        rect = rects[row]
        pitch = min(14.0, rect.height / (len(ends) + 1))
        first = rect.y + rect.height / 2 - pitch * (len(ends) - 1) / 2
        for place, (_, flow, is_source) in enumerate(sorted(ends)):
            ports[flow, is_source] = first + pitch * place
    return ports


def _pitch(arcs: Sequence[_Arc], side: str) -> float:
    """How far apart the lines of a side run."""
    last = max((arc.line for arc in arcs if arc.side == side), default=0)
    return (_margin(arcs, side) - _FIRST - _LAST) / last if last else 0.0


def _strokes(arcs: Sequence[_Arc], rects: Sequence[Rect], count: int) -> list[Stroke]:
    """The line of each flow, in the order of flows."""
    ports = _ports(arcs, rects)
    pitch = {side: _pitch(arcs, side) for side in ("left", "right")}
    found: dict[int, Stroke] = {}
    for arc in arcs:
        away = _FIRST + pitch[arc.side] * arc.line
        box = rects[arc.source]
        x = box.x if arc.side == "left" else box.x + box.width
        out = x - away if arc.side == "left" else x + away
        start, end = ports[arc.flow, True], ports[arc.flow, False]
        points = ((x, start), (out, start), (out, end), (x, end))
        found[arc.flow] = turning(points, own=(1, "side"))
    return [found[at] for at in range(count)]
