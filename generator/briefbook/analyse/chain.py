"""Groups of a value chain and the flows between them in, roles, cycles and back flows out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import networkx as nx

Role = Literal["source", "between", "sink", "alone"]


@dataclass(frozen=True, slots=True)
class ChainNode:
    """A group of companies; its stage is None where the chain does not say."""

    id: str
    stage: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Flow:
    """What goes from one group to another, what hurts in it, and what we could do about it."""

    source: str
    target: str
    what: str = ""
    pain: str | None = None
    opportunity: str | None = None


@dataclass(frozen=True, slots=True)
class Cycle:
    """Groups that reach each other, and one shortest way round, from its least id."""

    members: tuple[str, ...]
    shortest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainResult:
    """What a chain's shape says; `back`, `returning` and `unknown` are positions of flows.

    `returning` are those of `back` that close a cycle; without them no group is both upstream and
    downstream of another. An unknown flow names a group that the chain does not have; it counts
    nowhere else.
    """

    roles: tuple[tuple[str, Role], ...]
    cycles: tuple[Cycle, ...]
    back: tuple[int, ...]
    returning: tuple[int, ...]
    unknown: tuple[int, ...]

    def role(self, node: str) -> Role:
        """The role of one group; raises KeyError for a group that the chain does not have."""
        return dict(self.roles)[node]


def study(
    nodes: Sequence[ChainNode], flows: Sequence[Flow], stages: Sequence[str] = ()
) -> ChainResult:
    """Everything that the shape of a chain says; stages are ordered from source to user.

    Without `stages` they count in the order in which the nodes name them.
    """
    known = {node.id for node in nodes}
    real = [at for at, flow in enumerate(flows) if {flow.source, flow.target} <= known]
    edges = [(flows[at].source, flows[at].target) for at in real]
    order = stages or tuple(dict.fromkeys(node.stage for node in nodes if node.stage))
    rank = {stage: at for at, stage in enumerate(order)}
    levels = {node.id: rank.get(node.stage) if node.stage else None for node in nodes}
    closing = back_edges([node.id for node in nodes], edges, levels)
    round_ = cycles(known, edges)
    inside = {member: at for at, cycle in enumerate(round_) for member in cycle.members}
    return ChainResult(
        roles=_roles(known, edges),
        cycles=round_,
        back=tuple(real[at] for at in closing),
        returning=tuple(
            real[at] for at in closing if inside.get(edges[at][0], -1) == inside.get(edges[at][1])
        ),
        unknown=tuple(sorted(set(range(len(flows))) - set(real))),
    )


def _graph(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted(set(edges)))
    return graph


def _roles(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> tuple[tuple[str, Role], ...]:
    gives, takes = set(), set()
    for source, target in edges:
        if source != target:
            gives.add(source)
            takes.add(target)
    roles: dict[tuple[bool, bool], Role] = {
        (True, False): "source",
        (True, True): "between",
        (False, True): "sink",
        (False, False): "alone",
    }
    return tuple((node, roles[node in gives, node in takes]) for node in sorted(nodes))


def cycles(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> tuple[Cycle, ...]:
    """Strongly connected components of more than one node, and loops of a node to itself."""
    graph = _graph(nodes, edges)
    found = []
    for component in nx.strongly_connected_components(graph):
        members = tuple(sorted(component))
        if len(members) > 1 or graph.has_edge(members[0], members[0]):
            found.append(Cycle(members, _shortest_cycle(graph, members)))
    return tuple(sorted(found, key=lambda cycle: cycle.members))


def _shortest_cycle(graph: nx.DiGraph, members: tuple[str, ...]) -> tuple[str, ...]:
    inside = set(members)
    after = {node: sorted(inside.intersection(graph.successors(node))) for node in members}
    loops = (node for node in members if node in after[node])
    loop = next(loops, None)
    if loop is not None:
        return (loop,)
    # Every cycle but a bare ring has a node with a choice of ways: the others need no search.
    starts = [node for node in members if len(after[node]) > 1] or [members[0]]
    best: tuple[str, ...] = ()
    for start in starts:
        best = _way_round(after, start, len(best) or len(members) + 1) or best
        if len(best) == 2:
            break
    least = best.index(min(best))
    return best[least:] + best[:least]


def _way_round(after: Mapping[str, list[str]], start: str, below: int) -> tuple[str, ...]:
    """A shortest cycle through `start` of fewer than `below` nodes, if any (breadth first)."""
    came: dict[str, str] = {}
    waiting = deque([(start, 1)])
    while waiting:
        node, length = waiting.popleft()
        if length >= below:
            return ()
        for following in after[node]:
            if following == start:
                return _trace(came, start, node)
            if following not in came:
                came[following] = node
                waiting.append((following, length + 1))
    return ()


def _trace(came: Mapping[str, str], start: str, last: str) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))


def back_edges(
    nodes: Sequence[str], edges: Sequence[tuple[str, str]], levels: Mapping[str, int | None]
) -> tuple[int, ...]:
    """Positions of the edges to an earlier level, and of those that close what is left of a cycle.

    The order of `nodes` says where a cycle begins when nothing else does.
    """
    back = set()
    for at, (source, target) in enumerate(edges):
        here, there = levels.get(source), levels.get(target)
        if source == target or (here is not None and there is not None and there < here):
            back.add(at)
    left = [(at, edge) for at, edge in enumerate(edges) if at not in back]
    closing = _closing(nodes, {edge for _, edge in left})
    return tuple(sorted(back | {at for at, edge in left if edge in closing}))


def _closing(nodes: Sequence[str], edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Edges whose removal leaves no cycle: those that a depth-first walk finds leading back."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for source, reached in sorted(edges):
        after[source].append(reached)
    entered = {reached for _, reached in edges}
    roots = [node for node in nodes if node not in entered]
    state: dict[str, int] = {}
    closing = set()
    for root in [*roots, *nodes]:
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(after[root]))]
        while stack:
            node, following = stack[-1]
            target = next(following, None)
            if target is None:
                state[node] = 2
                stack.pop()
            elif state.get(target) == 1:
                closing.add((node, target))
            elif target not in state:
                state[target] = 1
                stack.append((target, iter(after[target])))
    return closing
