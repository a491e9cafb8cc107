"""A value chain and the words for it in, its drawing for a wide page and for a phone out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain as chained

from markupsafe import Markup

from briefbook.analyse.layout import Box, Gaps, Item, Layout, Link, Route, layout
from briefbook.charts import chain_box
from briefbook.charts.chain_labels import DIAMOND, LEADING, Diamond, Label, diamonds, label
from briefbook.charts.chain_parts import Drawing, Lane, line, svg
from briefbook.charts.chain_view import ChainView, ChainWords, Group, drawable
from briefbook.charts.place import Places, Rect
from briefbook.charts.strokes import Section, Stroke, curved, turning, upright
from briefbook.charts.text import SLACK, narrowest, wrap

WIDTH = 938.0
_PAD = 7.0
_BESIDE = 28.0
_LEAST_LANE, _MOST_LANE = 136.0, 300.0
_LEAST_GAP, _MOST_GAP = 58.0, 180.0
_MOST_LAYERS = 5
_PORT = 9.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """Widths in px of a drawing: lanes, the gaps between them, what stands left and right."""

    lane: float
    gap: float
    left: float
    width: float

    @property
    def box(self) -> float:
        return self.lane - 2 * _PAD


def chain_svg(view: ChainView, words: ChainWords) -> Markup:
    """The chain in lanes from left to right, 938 px wide or, with many stages, wider."""
    return svg(arranged(view, words), words, f"{view.prefix}-wide", "bb-chain-wide")


def arranged(view: ChainView, words: ChainWords) -> Drawing:
    """Where each part of the wide drawing lies; its labels are those that found room."""
    shown = drawable(view, words)
    level = layers(shown)
    frame = _frame(shown, level)
    held = {group.id: chain_box.content(group, frame.box, words) for group in shown.groups}
    busiest = _busiest(shown)
    items = [
        Item(group.id, frame.box, _height(held[group.id], busiest[group.id]), level[group.id])
        for group in shown.groups
    ]
    links = [_link(flow.source, flow.target, flow.label, flow.pain) for flow in shown.flows]
    gaps = Gaps(across=frame.gap + 2 * _PAD, margin=_BESIDE + _PAD)
    placed = layout(items, links, gaps)
    return _assembled(shown, frame, placed, held)


def layers(view: ChainView) -> dict[str, int]:
    """The lane of each group: its stage's, or the one that the flows put it in."""
    if view.stages:
        rank = {stage.id: at for at, stage in enumerate(view.stages)}
        return {group.id: rank[group.stage or ""] for group in view.groups}
    items = [Item(group.id, 1, 1) for group in view.groups]
    links = [Link(flow.source, flow.target) for flow in view.flows]
    boxes = layout(items, links, most_layers=_MOST_LAYERS, ordered=False).boxes
    return {box.id: box.layer for box in boxes}


def _frame(view: ChainView, level: dict[str, int]) -> _Frame:
    count = max(level.values(), default=0) + 1
    ends = [(level[flow.source], level[flow.target]) for flow in view.flows]
    left = _BESIDE if any(target == 0 < source for source, target in ends) else 0.0
    last = count - 1
    right = _BESIDE if any(source == last and target <= last for source, target in ends) else 0.0
    free = WIDTH - left - right
    wanted = max((narrowest(flow.label, 12) for flow in view.flows if flow.label), default=0.0)
    gap = min(max(wanted * SLACK + 4, _LEAST_GAP + 10), 100.0)
    lane = (free - gap * last) / count
    if lane < 160 and last:
        gap = _LEAST_GAP
        lane = max((free - gap * last) / count, _LEAST_LANE)
    if lane > _MOST_LANE and last:
        gap = min((free - _MOST_LANE * count) / last, _MOST_GAP)
    lane = min(lane, _MOST_LANE)
    return _Frame(lane, gap, left, max(WIDTH, left + right + lane * count + gap * last))


def _busiest(view: ChainView) -> Counter[str]:
    """The most ends of flows at one side of each box."""
    out = Counter(flow.source for flow in view.flows)
    into = Counter(flow.target for flow in view.flows)
    return out | into


def _height(held: chain_box.Content, ends: int) -> float:
    return max(held.height, _PORT * (ends + 1))


def _link(source: str, target: str, text: str, pain: int | None) -> Link:
    """The room that a flow needs where it runs level: for its number, and its label above it."""
    around = 5.0 if pain is None else DIAMOND / 2 + 2
    return Link(source, target, above=around + (LEADING + 2 if text else 0), below=around)


def _assembled(
    view: ChainView,
    frame: _Frame,
    placed: Layout,
    held: dict[str, chain_box.Content],
) -> Drawing:
    lanes, head = _lanes(view.headings, placed, frame)
    dx, dy = frame.left + _PAD, head
    moved = {box.id: _moved(box, dx, dy) for box in placed.boxes}
    strokes = [_stroke(route, dx, dy) for route in placed.routes]
    height = dy + max(placed.height + 4, placed.body + 12)
    places = Places(Rect(0, head - 6, frame.width, height - head + 6))
    for rect in moved.values():
        places.take(rect)
    sections = [stroke.sections() for stroke in strokes]
    for section in chained.from_iterable(sections):
        places.draw(section.points)
    numbers, texts = _labelled(view, sections, places, frame)
    return Drawing(
        width=frame.width,
        height=height,
        lanes=lanes,
        boxes=tuple((group, held[group.id], moved[group.id]) for group in _read(view, placed)),
        lines=tuple(line(flow, stroke) for flow, stroke in zip(view.flows, strokes, strict=True)),
        diamonds=numbers,
        labels=texts,
    )


def _moved(box: Box, dx: float, dy: float) -> Rect:
    return Rect(box.x + dx, box.y + dy, box.width, box.height)


def _read(view: ChainView, placed: Layout) -> list[Group]:
    """Groups in the order of reading: lane by lane, from the top."""
    place = {box.id: (box.layer, box.y) for box in placed.boxes}
    return sorted(view.groups, key=lambda group: place[group.id])


def _lanes(
    headings: Sequence[str], placed: Layout, frame: _Frame
) -> tuple[tuple[Lane, ...], float]:
    """The grounds of the lanes with their headings, and where the boxes begin."""
    texts = [wrap(heading, (frame.lane - 20) / SLACK, 12, 600) for heading in headings] or [
        ()
    ] * len(placed.columns)
    most = max(map(len, texts), default=0)
    head = 22.0 + 16 * most if most else 12.0
    lanes = tuple(
        Lane(
            lines,
            Rect(frame.left + x, 0, wide + 2 * _PAD, head + placed.body + 12),
            (frame.left + x + 10, 22.0),
        )
        for lines, (x, wide) in zip(texts, placed.columns, strict=True)
    )
    return lanes, head


def _stroke(route: Route, dx: float, dy: float) -> Stroke:
    points = [(x + dx, y + dy) for x, y in route.points]
    if route.kind == "forward":
        return curved(points)
    if len(points) == 2:
        return upright(points)
    return turning(points, own=(2, "track") if route.kind == "return" else (1, "side"))


def _labelled(
    view: ChainView, sections: Sequence[tuple[Section, ...]], places: Places, frame: _Frame
) -> tuple[tuple[Diamond, ...], tuple[Label, ...]]:
    pains = [
        (flow.pain, way)
        for flow, way in zip(view.flows, sections, strict=True)
        if flow.pain is not None
    ]
    numbers, _ = diamonds(pains, places)
    standing = {diamond.number: diamond for diamond in numbers}
    texts = []
    for at, (flow, way) in enumerate(zip(view.flows, sections, strict=True)):
        own = standing.get(flow.pain) if flow.pain is not None else None
        found = label(at, flow.label, way, own, places, frame.box) if flow.label else None
        texts += [found] if found else []
    return numbers, tuple(texts)
