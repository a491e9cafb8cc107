"""Edges of a graph in; what each node reaches, and which accounts stand there, out.

Nothing here holds a pair for every two nodes: a chain of 5,000 groups must fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress
from typing import TypeVar

import networkx as nx

from briefbook.analyse.results import Standing

Key = TypeVar("Key", bound="str | tuple[str, str]")


@dataclass(frozen=True, slots=True, eq=False)
class Reach(Mapping[Key, tuple[Key, ...]]):
    """All that something from a node reaches, itself left out; walked when asked for."""

    after: Mapping[Key, tuple[Key, ...]]

    def __getitem__(self, node: Key) -> tuple[Key, ...]:
        found, waiting = {node}, list(self.after[node])
        while waiting:
            if (one := waiting.pop()) not in found:
                found.add(one)
                waiting += self.after[one]
        return tuple(sorted(found - {node}))

    def __iter__(self) -> Iterator[Key]:
        return iter(self.after)

    def __len__(self) -> int:
        return len(self.after)


def following(
    nodes: Iterable[Key], edges: Iterable[tuple[Key, Key]]
) -> Mapping[Key, tuple[Key, ...]]:
    """What stands right behind each node, each once and in order; loops are left out."""
    after: dict[Key, set[Key]] = {node: set() for node in sorted(nodes)}
    for source, target in edges:
        if source != target:
            after[source].add(target)
    return {node: tuple(sorted(targets)) for node, targets in after.items()}


@dataclass(frozen=True, slots=True)
class Exposure:
    """Our accounts that stand at a node or downstream of it, and what they bring.

    `revenue` is the sum of their latest contributions in the book's currency; `unknown` counts
    accounts without a known one. `share` is revenue / that of all our accounts, None where
    that is not above zero.
    """

    node: str
    accounts: tuple[str, ...]
    revenue: Decimal
    unknown: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Earned:
    """What each account brought in its latest year, in the book's currency, and their sum."""

    of: Mapping[str, Decimal | None]
    total: Decimal


def earned(standings: Mapping[str, Standing]) -> Earned:
    """The latest contribution of every account."""
    of = {id: one.contribution for id, one in standings.items()}
    return Earned(of, sum((one for one in of.values() if one is not None), Decimal()))


@dataclass(frozen=True, slots=True)
class _Group:
    """Accounts that stand at the same nodes: summed once for every node above them."""

    accounts: tuple[str, ...]
    revenue: Decimal
    unknown: int


@dataclass(frozen=True, slots=True, eq=False)
class Exposures(Mapping[Key, Exposure]):
    """The exposure of each node; a node holds one bit for each group of accounts."""

    bits: Mapping[Key, int]
    groups: tuple[_Group, ...]
    total: Decimal

    def __getitem__(self, node: Key) -> Exposure:
        marks = (mark == "1" for mark in bin(self.bits[node])[:1:-1])
        groups = tuple(compress(self.groups, marks))
        revenue = sum((one.revenue for one in groups), Decimal())
        return Exposure(
            node=node if isinstance(node, str) else node[1],
            accounts=tuple(sorted(id for one in groups for id in one.accounts)),
            revenue=revenue,
            unknown=sum(one.unknown for one in groups),
            share=self._share(revenue),
        )

    def _share(self, revenue: Decimal) -> Decimal | None:
        if self.total <= 0:
            return None
        return revenue / self.total if revenue else Decimal()  # 0 / x would be written 0E+1

    def __iter__(self) -> Iterator[Key]:
        return iter(self.bits)

    def __len__(self) -> int:
        return len(self.bits)


def exposures(
    after: Mapping[Key, tuple[Key, ...]],
    standing: Mapping[str, tuple[Key, ...]],
    brought: Earned,
) -> Exposures[Key]:
    """The exposure of every node, from where accounts stand and what each has brought."""
    alike: dict[tuple[Key, ...], list[str]] = {}
    for account in sorted(standing):
        alike.setdefault(tuple(sorted(set(standing[account]))), []).append(account)
    own: dict[Key, int] = dict.fromkeys(after, 0)
    for at, nodes in enumerate(alike):
        for node in nodes:
            own[node] |= 1 << at
    groups = tuple(_group(accounts, brought) for accounts in alike.values())
    return Exposures(_gathered(after, own), groups, brought.total)


def _group(accounts: list[str], brought: Earned) -> _Group:
    known = [amount for id in accounts if (amount := brought.of.get(id)) is not None]
    return _Group(tuple(accounts), sum(known, Decimal()), len(accounts) - len(known))


def _gathered(after: Mapping[Key, tuple[Key, ...]], own: Mapping[Key, int]) -> Mapping[Key, int]:
    """The bits of each node and of all that it reaches, in one walk from the ends upwards."""
    graph = nx.DiGraph()
    graph.add_nodes_from(after)
    graph.add_edges_from((node, target) for node in after for target in after[node])
    shrunk = nx.condensation(graph)
    of: dict[int, int] = {}
    for part in reversed(list(nx.topological_sort(shrunk))):
        bits = 0
        for node in shrunk.nodes[part]["members"]:
            bits |= own[node]
        for below in shrunk.successors(part):
            bits |= of[below]
        of[part] = bits
    part_of = shrunk.graph["mapping"]
    return {node: of[part_of[node]] for node in after}
