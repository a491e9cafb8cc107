"""Industries, companies and accounts in, what the value chain of each industry says out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest

import networkx as nx

from briefbook.analyse.chain import ChainNode, ChainResult
from briefbook.analyse.chain import Flow as Edge
from briefbook.analyse.chain import study as shape_of
from briefbook.analyse.joined import Joined, Joint, joined
from briefbook.analyse.placement import (
    Place,
    account_places,
    applying,
    leading,
    real,
    stands,
    turned,
)
from briefbook.analyse.reach import Earned, Exposure, Reach, earned, exposures, following
from briefbook.analyse.results import LEVELS, Number, Standing, Why
from briefbook.load import Content
from briefbook.model.industry import ValueChain

__all__ = [
    "ChainStudy", "Critical", "Exposure", "Joined", "Joint", "Neighbourhood", "Place",
    "SingleSource", "WeakLink", "chains", "joined", "neighbourhood", "stands",
]  # fmt: skip
EXACT = 500
"""Nodes up to which betweenness is exact (rule 23)."""
SAMPLES = 100
"""Nodes from which betweenness is estimated beyond that, always the same ones."""
MOST = 40
"""Nodes that a neighbourhood holds at most (rule 23)."""


@dataclass(frozen=True, slots=True)
class Critical:
    """A node whose loss cuts the chain in two, or through which much of it passes.

    `betweenness` is the share of shortest ways between all other pairs of nodes that lead through
    it, along the flows, from 0 to 1 (Freeman, A set of measures of centrality, 1977).
    """

    node: str
    articulation: bool
    betweenness: float


@dataclass(frozen=True, slots=True)
class SingleSource:
    """A flow to a node that takes from one group only; `flow` is its position."""

    node: str
    source: str
    flow: int


@dataclass(frozen=True, slots=True)
class WeakLink:
    """A flow that carries a pain; `answered` where it names a capability of ours."""

    flow: int
    severity: str | None
    answered: bool


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A node and what stands next to it; `more` nodes as near were left out."""

    nodes: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ChainStudy:
    """What the chain of one industry says; flows are positions in `value_chain: flows:`.

    Upstream, downstream and exposure leave out flows that close a cycle (`shape.returning`): else
    each group of a cycle were upstream and downstream of every other. All else counts them too.
    `accounts` and `companies` are those that stand at a node. `near` are the nodes next to one,
    whichever way things flow, by `rank`: accounts of ours, pains, betweenness, id. Where `sampled`
    is set, betweenness is an estimate from nodes drawn with a fixed seed (rule 23).
    """

    industry: str
    shape: ChainResult
    upstream: Mapping[str, tuple[str, ...]]
    downstream: Mapping[str, tuple[str, ...]]
    critical: tuple[Critical, ...]
    betweenness: Mapping[str, float]
    single: tuple[SingleSource, ...]
    weak: tuple[WeakLink, ...]
    exposure: Mapping[str, Exposure]
    accounts: Mapping[str, tuple[str, ...]]
    companies: Mapping[str, tuple[str, ...]]
    near: Mapping[str, tuple[str, ...]]
    rank: Mapping[str, int]
    sampled: bool
    why: Why


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rest of the book says of the nodes of chains."""

    accounts: Mapping[Place, tuple[str, ...]]
    companies: Mapping[Place, tuple[str, ...]]
    brought: Earned


def chains(content: Content, standings: Mapping[str, Standing]) -> Mapping[str, ChainStudy]:
    """Every industry with a chain that applies and has nodes."""
    accounts, companies = turned(account_places(content)), turned(stands(content))
    around = _Around(accounts, companies, earned(standings))
    return {id: _study(id, chain, around) for id, chain in applying(content)}


def neighbourhood(study: ChainStudy, node: str, most: int = MOST) -> Neighbourhood:
    """The node, its neighbours, then theirs, each by rank; `most` nodes at most."""
    first = study.near[node]
    second = {far for one in first for far in study.near[one]} - {node, *first}
    nodes = (node, *first, *nsmallest(most, second, key=study.rank.__getitem__))
    return Neighbourhood(nodes[:most], max(0, 1 + len(first) + len(second) - most))


def _study(id: str, chain: ValueChain, around: _Around) -> ChainStudy:
    nodes, shape = sorted(chain.nodes), _shape(chain)
    flows = [(flow.from_, flow.to) for _, flow in real(chain)]
    gives, takes = following(nodes, flows), following(nodes, _turned_round(flows))
    onward = [(flow.from_, flow.to) for flow in leading(chain, shape.returning)]
    downstream, upstream = following(nodes, onward), following(nodes, _turned_round(onward))
    sampled = len(nodes) > EXACT
    between = _betweenness(gives, sampled)
    accounts = {node: around.accounts.get((id, node), ()) for node in nodes}
    rank = _rank(chain, accounts, between)
    return ChainStudy(
        industry=id,
        shape=shape,
        upstream=Reach(upstream),
        downstream=Reach(downstream),
        critical=_critical(gives, between),
        betweenness=between,
        single=_single(chain, takes),
        weak=_weak(chain, between),
        exposure=exposures(downstream, _standing(accounts), around.brought),
        accounts=accounts,
        companies={node: around.companies.get((id, node), ()) for node in nodes},
        near={
            node: tuple(sorted({*gives[node], *takes[node]}, key=rank.__getitem__))
            for node in nodes
        },
        rank=rank,
        sampled=sampled,
        why=Why("chain", _numbers(nodes, flows, shape, sampled)),
    )


def _turned_round(flows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(target, source) for source, target in flows]


def _shape(chain: ValueChain) -> ChainResult:
    nodes = [ChainNode(id, one.stage, one.name) for id, one in chain.nodes.items()]
    flows = [
        Edge(one.from_, one.to, one.what or "", one.pain, one.opportunity) for one in chain.flows
    ]
    return shape_of(nodes, flows, chain.stages)


def _standing(accounts: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for node, ids in accounts.items():
        for id in ids:
            found.setdefault(id, []).append(node)
    return {id: tuple(nodes) for id, nodes in found.items()}


def _betweenness(after: Mapping[str, tuple[str, ...]], sampled: bool) -> Mapping[str, float]:
    found: Mapping[str, float] = nx.betweenness_centrality(
        _graph(after), k=SAMPLES if sampled else None, seed=0
    )
    return found


def _graph(after: Mapping[str, tuple[str, ...]]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(after)
    graph.add_edges_from((node, target) for node in after for target in after[node])
    return graph


def _critical(
    after: Mapping[str, tuple[str, ...]], between: Mapping[str, float]
) -> tuple[Critical, ...]:
    """Nodes that cut the chain first, then by how much passes through them."""
    cutting = set(nx.articulation_points(_graph(after).to_undirected()))
    found = [
        Critical(node, node in cutting, between[node])
        for node in after
        if node in cutting or between[node] > 0
    ]
    return tuple(sorted(found, key=lambda one: (not one.articulation, -one.betweenness, one.node)))


def _single(chain: ValueChain, before: Mapping[str, tuple[str, ...]]) -> tuple[SingleSource, ...]:
    return tuple(
        SingleSource(flow.to, flow.from_, at)
        for at, flow in real(chain)
        if before[flow.to] == (flow.from_,)
    )


def _weak(chain: ValueChain, between: Mapping[str, float]) -> tuple[WeakLink, ...]:
    """The worst first; among equals the flow between the nodes through which more passes."""
    found = [
        (
            LEVELS.index(flow.severity) if flow.severity else -1,
            between[flow.from_] + between[flow.to],
            WeakLink(at, flow.severity, bool(flow.answered_by)),
        )
        for at, flow in real(chain)
        if flow.pain
    ]
    return tuple(one for _, _, one in sorted(found, key=lambda one: (-one[0], -one[1])))


def _rank(
    chain: ValueChain, accounts: Mapping[str, tuple[str, ...]], between: Mapping[str, float]
) -> Mapping[str, int]:
    pains = dict.fromkeys(accounts, 0)
    for _, flow in real(chain):
        for end in {flow.from_, flow.to} if flow.pain else ():
            pains[end] += 1
    order = sorted(
        accounts, key=lambda node: (-len(accounts[node]), -pains[node], -between[node], node)
    )
    return {node: at for at, node in enumerate(order)}


def _numbers(
    nodes: list[str], edges: list[tuple[str, str]], shape: ChainResult, sampled: bool
) -> Mapping[str, Number]:
    numbers: dict[str, Number] = {
        "nodes": len(nodes),
        "flows": len(edges),
        "cycles": len(shape.cycles),
        "exact_to": EXACT,
    }
    return {**numbers, "samples": SAMPLES} if sampled else numbers
