"""Boxes of given size and the links between them in, a layered drawing's coordinates out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefbook.analyse.chain import back_edges
from briefbook.analyse.layering import Ladder, inversions, ladder, levels, untangled
from briefbook.analyse.routing import Box, Gaps, Link, Passage, Route, routed

__all__ = ["Box", "Gaps", "Item", "Layout", "Link", "Route", "crossings", "layout"]

_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Item:
    """A box to place, in px; its layer counts from 0 at the left, None: where its links put it."""

    id: str
    width: float
    height: float
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies, in px; the first layer's boxes begin at x 0, the highest at y 0.

    `body` is the height of the boxes, `height` also that of the links that lead back below them.
    """

    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    columns: tuple[tuple[float, float], ...]
    width: float
    body: float
    height: float

    def box(self, node: str) -> Box:
        """The box of one item; raises KeyError for an item that is not drawn."""
        return {box.id: box for box in self.boxes}[node]


def layout(
    items: Sequence[Item],
    links: Sequence[Link],
    gaps: Gaps | None = None,
    most_layers: int | None = None,
    *,
    ordered: bool = True,
) -> Layout:
    """Places boxes in layers from left to right, with few crossings, the same each time.

    Links to items that are not there are left out. `ordered=False` keeps the order of ids, to
    measure what the ordering gains.
    """
    gaps = gaps or Gaps()
    items = sorted(items, key=lambda item: item.id)
    number = {item.id: at for at, item in enumerate(items)}
    links = [link for link in links if link.source in number and link.target in number]
    ends = [(link.source, link.target) for link in links]
    given = {item.id: item.layer for item in items}
    back = set(back_edges([item.id for item in items], ends, given))
    forward = [end for at, end in enumerate(ends) if at not in back]
    layer_of = levels([item.id for item in items], forward, given, most_layers)
    edges = [(number[source], number[target]) for source, target in ends]
    steps = ladder([layer_of[item.id] for item in items], edges)
    if ordered:
        beside = {
            (min(edge), max(edge))
            for edge, (source, target) in zip(edges, ends, strict=True)
            if layer_of[source] == layer_of[target] and source != target
        }
        steps = untangled(steps, sorted(beside))
    columns = _columns(items, steps, gaps)
    passages = _passages(items, links, steps)
    middles = _Column(steps, passages, gaps, _joined(links, number)).settled()
    boxes = tuple(
        Box(
            item.id,
            layer_of[item.id],
            columns[layer_of[item.id]][0],
            middles[at] - item.height / 2,
            columns[layer_of[item.id]][1],
            item.height,
        )
        for at, item in enumerate(items)
    )
    body = max((y + passage.below for y, passage in zip(middles, passages, strict=True)), default=0)
    tops = {at: middles[at] for at in range(len(items), len(middles))}
    routes, height = routed(boxes, links, back, steps, tops, columns, gaps, body)
    end = columns[-1][0] + columns[-1][1] if columns else 0.0
    return Layout(boxes, routes, columns, end, body, height)


def _columns(items: Sequence[Item], steps: Ladder, gaps: Gaps) -> tuple[tuple[float, float], ...]:
    """Where each layer begins and how wide it is."""
    columns = []
    x = 0.0
    for layer in steps.layers:
        wide = max((items[at].width for at in layer if at < len(items)), default=0.0)
        columns.append((x, wide))
        x += wide + gaps.across
    return tuple(columns)


def _joined(links: Sequence[Link], number: dict[str, int]) -> set[tuple[int, int]]:
    pairs = {(number[link.source], number[link.target]) for link in links}
    return pairs | {(target, source) for source, target in pairs}


def _passages(items: Sequence[Item], links: Sequence[Link], steps: Ladder) -> list[Passage]:
    """The room above and below each vertex's line: half a box, or what a passing link asks for.

    A long link gets the room that its label needs once, halfway.
    """
    passages = [Passage(item.height / 2, item.height / 2) for item in items]
    count = sum(map(len, steps.layers)) - len(items)
    passages.extend([Passage(5, 5, is_box=False)] * count)
    for at, path in steps.paths.items():
        if len(path) > 2:
            halfway = path[(len(path) - 1) // 2]
            passages[halfway] = Passage(links[at].above, links[at].below, is_box=False)
    return passages


class _Column:
    """Heights of all vertices, pulled towards their neighbours without changing the order."""

    def __init__(
        self,
        steps: Ladder,
        passages: Sequence[Passage],
        gaps: Gaps,
        joined: set[tuple[int, int]],
    ) -> None:
        self.layers = steps.layers
        self.offsets = [_offsets(layer, passages, gaps, joined) for layer in steps.layers]
        self.y = [0.0] * len(passages)
        self.left: list[list[int]] = [[] for _ in passages]
        self.right: list[list[int]] = [[] for _ in passages]
        for path in steps.paths.values():
            for source, target in pairwise(path):
                self.right[source].append(target)
                self.left[target].append(source)
        self.around = [left + right for left, right in zip(self.left, self.right, strict=True)]
        self.heights = [
            (offsets[-1] + passages[layer[-1]].below) if layer else 0.0
            for layer, offsets in zip(self.layers, self.offsets, strict=True)
        ]
        self.tallest = max(self.heights, default=0.0)

    def settled(self) -> list[float]:
        """The height of the middle line of each vertex."""
        for level, layer in enumerate(self.layers):
            start = (self.tallest - self.heights[level]) / 2
            for vertex, offset in zip(layer, self.offsets[level], strict=True):
                self.y[vertex] = start + offset
        for turn in range(_ROUNDS):
            order = range(len(self.layers))
            side = self.right if turn % 2 else self.left
            for level in reversed(order) if turn % 2 else order:
                self._pull(level, side if turn < _ROUNDS - 2 else self.around)
        return [round(y, 2) for y in self.y]

    def _pull(self, level: int, neighbours: Sequence[Sequence[int]]) -> None:
        layer, offsets = self.layers[level], self.offsets[level]
        if not layer:
            return
        wishes = []
        for vertex, offset in zip(layer, offsets, strict=True):
            near = [self.y[other] for other in neighbours[vertex]]
            wish = sum(near) / len(near) if near else self.y[vertex]
            wishes.append((wish - offset, len(near) + 0.05))
        room = self.tallest - self.heights[level]
        for vertex, offset, free in zip(layer, offsets, _monotone(wishes), strict=True):
            self.y[vertex] = offset + min(max(free, 0.0), room)


def _offsets(
    layer: Sequence[int],
    passages: Sequence[Passage],
    gaps: Gaps,
    joined: set[tuple[int, int]],
) -> list[float]:
    """The least distance of each vertex's line from the layer's upper end."""
    offsets: list[float] = []
    for at, vertex in enumerate(layer):
        here = passages[vertex]
        if not at:
            offsets.append(here.above)
            continue
        last = layer[at - 1]
        linked = (last, vertex) in joined
        gap = gaps.linked if linked else gaps.between
        if not (here.is_box and passages[last].is_box):
            gap = gaps.passing
        offsets.append(offsets[-1] + passages[last].below + gap + here.above)
    return offsets


def _monotone(wishes: Sequence[tuple[float, float]]) -> list[float]:
    """The non-decreasing values nearest to weighted wishes (pool adjacent violators, Ayer 1955)."""
    pools: list[tuple[float, float, int]] = []
    for wish in wishes:
        value, weight, count = *wish, 1
        while pools and pools[-1][0] > value:
            other, heavy, many = pools.pop()
            value = (value * weight + other * heavy) / (weight + heavy)
            weight, count = weight + heavy, count + many
        pools.append((value, weight, count))
    return [value for value, _, count in pools for _ in range(count)]


def crossings(drawing: Layout) -> int:
    """How often two links that lead forward cross between layers."""
    gaps: dict[float, list[tuple[float, float]]] = {}
    for route in drawing.routes:
        if route.kind == "forward":
            for (x, start), (_, end) in zip(route.points[::2], route.points[1::2], strict=True):
                gaps.setdefault(x, []).append((start, end))
    return sum(inversions([end for _, end in sorted(gap)]) for gap in gaps.values())
