"""Nodes and the edges between them in, their layers out, ordered so that few edges cross."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import networkx as nx

# Beyond so many vertices and segments the search for a better order begins once only, and beyond
# the second number neighbours are not swapped: time grows faster than crossings fall.
_SEARCHED, _SWAPPED = 1_000, 4_000
_SWEEPS = 12
_SHUFFLES = 6

Vertex = int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Vertices in layers: real nodes come first in numbering, then places that edges pass through.

    `paths` holds, for each edge that leads forward, its vertices from layer to layer.
    """

    layers: tuple[tuple[Vertex, ...], ...]
    paths: Mapping[int, tuple[Vertex, ...]]


def levels(
    nodes: Sequence[str],
    edges: Sequence[tuple[str, str]],
    given: Mapping[str, int | None],
    most: int | None = None,
) -> dict[str, int]:
    """The layer of each node: the one given, else by the longest path of `edges` to it.

    `edges` close no cycle. At most `most` layers are made where none are given: neighbours share.
    """
    stated = {node: level for node, level in given.items() if level is not None}
    if len(stated) == len(nodes):
        return stated
    graph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(sorted(set(edges)))
    highest = max(stated.values(), default=None)
    found: dict[str, int] = {}
    for node in nx.lexicographical_topological_sort(graph):
        known = given.get(node)
        before = [found[earlier] + 1 for earlier in graph.predecessors(node)]
        found[node] = known if known is not None else _free(graph, node, given, before)
        if highest is not None:
            found[node] = min(found[node], highest)
    if highest is None:
        found = _late_sources(graph, found)
        found = _squeezed(found, most)
    return found


def _free(graph: nx.DiGraph, node: str, given: Mapping[str, int | None], before: list[int]) -> int:
    """The layer of a node that has none of its own: behind what it takes, before what it gives."""
    if before:
        return max(before)
    after = [given.get(later) for later in graph.successors(node)]
    return max(min((level for level in after if level is not None), default=1) - 1, 0)


def _late_sources(graph: nx.DiGraph, found: Mapping[str, int]) -> dict[str, int]:
    """Nodes that nothing leads to, moved next to the first that they lead to: shorter edges."""
    moved = dict(found)
    for node in found:
        if not graph.in_degree(node) and graph.out_degree(node):
            moved[node] = min(found[later] for later in graph.successors(node)) - 1
    return moved


def _squeezed(found: Mapping[str, int], most: int | None) -> dict[str, int]:
    count = max(found.values(), default=0) + 1
    if most is None or count <= most:
        return dict(found)
    return {node: level * most // count for node, level in found.items()}


def ladder(levels_of: Sequence[int], edges: Sequence[tuple[int, int]]) -> Ladder:
    """Layers in which every edge that leads forward goes one layer at a time.

    `levels_of` is by vertex, `edges` by vertex; vertices are numbered in the order that ties keep.
    """
    count = max(levels_of, default=-1) + 1
    layers: list[list[Vertex]] = [[] for _ in range(count)]
    for vertex, level in enumerate(levels_of):
        layers[level].append(vertex)
    paths = {}
    added = len(levels_of)
    # Sorted, so that the order in which edges are given changes nothing.
    for (source, target), at in sorted((edge, at) for at, edge in enumerate(edges)):
        first, last = levels_of[source], levels_of[target]
        if first < last:
            passed = range(added, added + last - first - 1)
            added += len(passed)
            for vertex, level in zip(passed, range(first + 1, last), strict=True):
                layers[level].append(vertex)
            paths[at] = (source, *passed, target)
    return Ladder(tuple(map(tuple, layers)), paths)


def untangled(ladder: Ladder, beside: Sequence[tuple[int, int]] = ()) -> Ladder:
    """The same ladder with its layers ordered for few crossings (barycentre and transposition).

    `beside` are edges within a layer, which want their ends next to each other. Sugiyama, Tagawa
    and Toda 1981; Gansner et al. 1993 for the transposition.
    """
    best: _Order | None = None
    for start in _starts(ladder):
        order = _Order(start, ladder.paths, beside)
        order.sweep()
        if best is None or order.best_cost < best.best_cost:
            best = order
        if not best.best_cost:
            break  # there is none better
    return Ladder(best.best if best else ladder.layers, ladder.paths)


def _starts(ladder: Ladder) -> Iterator[list[list[Vertex]]]:
    """Orders to begin from: the one given, the other way round, and shuffled the same each time."""
    given = [list(layer) for layer in ladder.layers]
    yield given
    if sum(map(len, given)) + sum(map(len, ladder.paths.values())) > _SEARCHED:
        return
    yield [layer[::-1] for layer in given]
    shuffle = Random(1)  # noqa: S311 - no secret hangs on it
    for _ in range(_SHUFFLES):
        yield [shuffle.sample(layer, len(layer)) for layer in given]


class _Order:
    """One attempt at an order, with the best that it has seen."""

    def __init__(
        self,
        layers: Sequence[Sequence[Vertex]],
        paths: Mapping[int, tuple[Vertex, ...]],
        beside: Sequence[tuple[int, int]],
    ) -> None:
        self.layers = [list(layer) for layer in layers]
        self.left: dict[Vertex, list[Vertex]] = {v: [] for layer in layers for v in layer}
        self.right: dict[Vertex, list[Vertex]] = {v: [] for layer in layers for v in layer}
        self.near: dict[Vertex, list[Vertex]] = {v: [] for layer in layers for v in layer}
        for path in paths.values():
            for source, target in pairwise(path):
                self.right[source].append(target)
                self.left[target].append(source)
        for source, target in beside:
            self.near[source].append(target)
            self.near[target].append(source)
        self.position = {v: at for layer in self.layers for at, v in enumerate(layer)}
        size = len(self.position) + sum(map(len, self.right.values()))
        self.swaps = 20 if size <= _SEARCHED else 2 if size <= _SWAPPED else 0
        self.best = tuple(map(tuple, self.layers))
        self.best_cost = self.cost()

    def sweep(self) -> None:
        if not self.best_cost:
            return
        for turn in range(_SWEEPS):
            forward = turn % 2 == 0
            order = range(len(self.layers)) if forward else range(len(self.layers) - 1, -1, -1)
            for level in order:
                self._sort(level, self.left if forward else self.right)
            self._transpose()
            cost = self.cost()
            if cost < self.best_cost:
                self.best, self.best_cost = tuple(map(tuple, self.layers)), cost
            if not cost:
                return

    def _sort(self, level: int, fixed: Mapping[Vertex, list[Vertex]]) -> None:
        def barycentre(vertex: Vertex) -> tuple[float, int]:
            around = fixed[vertex] or self.near[vertex] or [vertex]
            middle = sum([self.position[other] for other in around]) / len(around)
            return middle, self.position[vertex]

        self.layers[level].sort(key=barycentre)
        self._number(level)

    def _number(self, level: int) -> None:
        for at, vertex in enumerate(self.layers[level]):
            self.position[vertex] = at

    def _transpose(self) -> None:
        """Swaps neighbours as long as that saves crossings or brings partners together."""
        for _ in range(self.swaps):
            gained = False
            for layer in self.layers:
                for at in range(len(layer) - 1):
                    if self._gain(layer[at], layer[at + 1]) > 0:
                        layer[at], layer[at + 1] = layer[at + 1], layer[at]
                        self.position[layer[at]], self.position[layer[at + 1]] = at, at + 1
                        gained = True
            if not gained:
                return

    def _gain(self, upper: Vertex, lower: Vertex) -> int:
        gain = 0
        for side in (self.left, self.right):
            ours = sorted([self.position[other] for other in side[upper]])
            theirs = sorted([self.position[other] for other in side[lower]])
            gain += _inverted(ours, theirs) - _inverted(theirs, ours)
        return gain + self._closer(upper, lower, 1) + self._closer(lower, upper, -1)

    def _closer(self, vertex: Vertex, passed: Vertex, step: int) -> int:
        here = self.position[vertex]
        others = (self.position[other] for other in self.near[vertex] if other != passed)
        return sum(abs(here - other) - abs(here + step - other) for other in others)

    def cost(self) -> int:
        """Crossings between layers, and the distance of those that want to be neighbours."""
        crossed = 0
        for layer in self.layers:
            ends = [sorted([self.position[other] for other in self.right[v]]) for v in layer]
            crossed += inversions([end for group in ends for end in group])
        apart = sum(
            abs(self.position[vertex] - self.position[other]) - 1
            for vertex, others in self.near.items()
            for other in others
        )
        return crossed + apart // 2


def _inverted(upper: Sequence[int], lower: Sequence[int]) -> int:
    """Pairs of which the end of the upper one lies below that of the lower one; both sorted."""
    count, at = 0, 0
    for end in upper:
        while at < len(lower) and lower[at] < end:
            at += 1
        count += at
    return count


def inversions(ends: Sequence[float]) -> int:
    """Pairs in the wrong order; equal ends count as in order."""
    count = 0
    before: list[float] = []
    for end in ends:
        place = bisect_right(before, end)
        count += len(before) - place
        before.insert(place, end)
    return count
