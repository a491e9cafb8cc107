"""Counts by class on some days and the moves between them in, bands from day to day as SVG out.

Wide, days go to the right and classes lie below each other; narrow, days go down and classes stand
side by side. Geometry knows one form only: `along` is the way of time, `across` that of classes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from briefbook.charts.svg import element, link, path
from briefbook.charts.text import SLACK, width

SIZE = 12.0
_STRONG = 600
_LINE, _GAP, _PAD = 16.0, 8.0, 6.0
# One account is at most this thick, so that few of them do not look like many.
_THICKEST, _THINNEST = 14.0, 1.0
_WIDE_ROOM, _NARROW_ROOM = 260.0, 358.0
_LEAST_NODE, _LEAST_STEP = 24.0, 60.0
_NARROW_STEP = 62.0
Move = tuple[int, int]
"""From which lane to which, counted from 0."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A class: its name, a sign of it for phones, the ending of its CSS classes, and its page."""

    name: str
    sign: str
    css: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A day: its label and how many accounts stood in each lane."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Days, the earliest first, and between each two the accounts that went from lane to lane."""

    prefix: str
    title: str
    desc: str
    lanes: tuple[Lane, ...]
    stops: tuple[Stop, ...]
    moves: tuple[Mapping[Move, int], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """The accounts of a lane on a day: where they begin across, and how thick they are together."""

    stop: int
    lane: int
    count: int
    start: float
    thick: float


@dataclass(frozen=True, slots=True)
class Band:
    """Accounts on their way: where they leave and arrive across; `stop` is where they leave."""

    stop: int
    move: Move
    count: int
    leave: float
    arrive: float
    thick: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything lies across; `slots` are the first and last px of each lane's room."""

    slots: tuple[tuple[float, float], ...]
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]
    room: float


def planned(flow: Flow, heads: Sequence[float], room: float) -> Plan:
    """Bands as thick as their count: each lane has a head, then room for the most it ever held.

    `heads` is what each lane needs before its accounts, for a label; all lanes together take at
    most `room` px besides heads and gaps, where one px an account allows it.
    """
    most = [max((stop.counts[at] for stop in flow.stops), default=0) for at in range(len(heads))]
    unit = min(_THICKEST, room / max(sum(most), 1))
    rooms = [head + max(high * unit, _THINNEST) for head, high in zip(heads, most, strict=True)]
    ends = list(accumulate(one + _GAP for one in rooms))
    slots = tuple((end - _GAP - one, end - _GAP) for end, one in zip(ends, rooms, strict=True))
    starts = [slot[0] + head for slot, head in zip(slots, heads, strict=True)]
    nodes = tuple(
        Node(number, lane, count, starts[lane], max(count * unit, _THINNEST))
        for number, stop in enumerate(flow.stops)
        for lane, count in enumerate(stop.counts)
        if count
    )
    bands = tuple(
        band
        for number, moves in enumerate(flow.moves)
        for band in _bands(number, moves, starts, unit)
    )
    return Plan(slots, nodes, bands, ends[-1] - _GAP if ends else 0.0)


def _bands(
    number: int, moves: Mapping[Move, int], starts: Sequence[float], unit: float
) -> list[Band]:
    """Bands leave in the order in which they arrive, so that those of one lane do not cross."""
    left, reached = list(starts), list(starts)
    leave, arrive = {}, {}
    some = [move for move, count in moves.items() if count]
    for old, new in sorted(some):
        leave[old, new] = left[old]
        left[old] += moves[old, new] * unit
    for old, new in sorted(some, key=lambda move: (move[1], move[0])):
        arrive[old, new] = reached[new]
        reached[new] += moves[old, new] * unit
    return [
        Band(number, move, moves[move], leave[move], arrive[move],
             max(moves[move] * unit, _THINNEST))
        for move in sorted(some, key=lambda move: (move[0] != move[1], move))
    ]  # fmt: skip


def flow_wide(flow: Flow) -> Markup:
    """Days to the right: the class's name at the left of its lane, each count above its node."""
    left = max((_text_width(lane.name) for lane in flow.lanes), default=0.0) + _GAP
    node = max(_LEAST_NODE, _widest_count(flow) + _PAD)
    step = max(_LEAST_STEP + node, _widest_label(flow) + 2 * _PAD)
    plan = planned(flow, [_LINE] * len(flow.lanes), _WIDE_ROOM)
    edge = max((_widest_label(flow) - node) / 2, 0.0)
    first = max(left, edge)
    parts = [_band(one, first + one.stop * step + node, step - node, _across) for one in plan.bands]
    parts += [
        _node(flow, one, (first + one.stop * step, _LINE + one.start, node, one.thick))
        for one in plan.nodes
    ]
    parts += [
        _text(str(one.count), first + one.stop * step + node / 2, _LINE + one.start - 4,
              "bb-shift-count")
        for one in plan.nodes
    ]  # fmt: skip
    parts += [
        _text(stop.label, first + at * step + node / 2, 11, "bb-shift-day")
        for at, stop in enumerate(flow.stops)
    ]
    parts += [
        _name(lane, lane.name, first - _GAP, _LINE + slot[0] + _LINE - 4)
        for lane, slot in zip(flow.lanes, plan.slots, strict=True)
    ]
    wide = first + (len(flow.stops) - 1) * step + node + edge
    return _svg(flow, "wide", wide, _LINE + plan.room + 2, parts)


def flow_narrow(flow: Flow) -> Markup:
    """Days down: each day at the left of its row, each count at the left of its node."""
    left = _widest_label(flow) + _GAP
    count = _widest_count(flow)
    heads = [max(count, _text_width(lane.sign)) + 4 for lane in flow.lanes]
    room = _NARROW_ROOM - left - sum(heads) - _GAP * len(heads)
    plan = planned(flow, heads, max(room, 40.0))
    top = _LINE + 4
    parts = [
        _band(one, top + one.stop * _NARROW_STEP + _LINE, _NARROW_STEP - _LINE, _down(left))
        for one in plan.bands
    ]
    parts += [
        _node(flow, one, (left + one.start, top + one.stop * _NARROW_STEP, one.thick, _LINE))
        for one in plan.nodes
    ]
    parts += [
        _text(str(one.count), left + one.start - 4, top + one.stop * _NARROW_STEP + 12,
              "bb-shift-count", "end")
        for one in plan.nodes
    ]  # fmt: skip
    parts += [
        _text(stop.label, 0, top + at * _NARROW_STEP + 12, "bb-shift-day", "start")
        for at, stop in enumerate(flow.stops)
    ]
    parts += [
        _name(lane, lane.sign, left + slot[0] + head - 4, 11)
        for lane, slot, head in zip(flow.lanes, plan.slots, heads, strict=True)
    ]
    high = top + (len(flow.stops) - 1) * _NARROW_STEP + _LINE + 2
    return _svg(flow, "narrow", left + plan.room + 2, high, parts)


def _text_width(text: str) -> float:
    return width(text, SIZE, _STRONG) * SLACK


def _widest_label(flow: Flow) -> float:
    return max((_text_width(stop.label) for stop in flow.stops), default=0.0)


def _widest_count(flow: Flow) -> float:
    return max((_text_width(str(max(stop.counts))) for stop in flow.stops), default=0.0)


Turn = Callable[[float, float], tuple[float, float]]
"""From along and across to x and y."""


def _across(along: float, across: float) -> tuple[float, float]:
    return along, _LINE + across


def _down(left: float) -> Turn:
    return lambda along, across: (left + across, along)


def _band(band: Band, begin: float, long: float, turn: Turn) -> Markup:
    """A ribbon that leaves and arrives straight."""
    middle, end = begin + long / 2, begin + long
    near, far = band.leave, band.arrive
    low, deep = near + band.thick, far + band.thick
    d = path(
        "M", *turn(begin, near), "C", *turn(middle, near), *turn(middle, far), *turn(end, far),
        "L", *turn(end, deep), "C", *turn(middle, deep), *turn(middle, low), *turn(begin, low), "Z",
    )  # fmt: skip
    kind = "stay" if band.move[0] == band.move[1] else "move"
    return element("path", class_=f"bb-shift-band bb-shift-{kind}", d=d)


def _node(flow: Flow, node: Node, box: tuple[float, float, float, float]) -> Markup:
    x, y, wide, high = box
    css = f"bb-shift-node bb-shift-node--{flow.lanes[node.lane].css}"
    return element("rect", class_=css, x=x, y=y, width=wide, height=high)


def _text(text: str, x: float, y: float, css: str, anchor: str = "middle") -> Markup:
    return element("text", text, class_=css, x=x, y=y, text_anchor=anchor)


def _name(lane: Lane, said: str, x: float, y: float) -> Markup:
    text = _text(said, x, y, "bb-shift-name", "end")
    return link(lane.href, text, aria_label=None if said == lane.name else lane.name)


def _svg(flow: Flow, form: str, wide: float, high: float, parts: Sequence[Markup]) -> Markup:
    title, desc = f"{flow.prefix}-{form}-title", f"{flow.prefix}-{form}-desc"
    linked = any(lane.href for lane in flow.lanes)
    return element(
        "svg", element("title", flow.title, id=title), element("desc", flow.desc, id=desc), *parts,
        class_=f"bb-shift bb-shift-{form}", role="group" if linked else "img",
        aria_labelledby=f"{title} {desc}", viewBox=f"0 0 {wide:.0f} {high:.0f}",
        width=round(wide), height=round(high),
    )  # fmt: skip
