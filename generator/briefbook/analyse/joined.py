"""The chains of all industries in, one graph of them and who depends on whom in it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from briefbook.analyse.chain import ChainResult
from briefbook.analyse.placement import Place, account_places, applying, leading, stands
from briefbook.analyse.reach import Exposure, Reach, earned, exposures, following
from briefbook.analyse.results import Standing
from briefbook.load import Content

PAIRS = 40
"""Groups of one company of which each two make a joint; beyond, each is joined to the first."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Two groups of different industries at which the same company or account stands."""

    a: Place
    b: Place
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """All chains as one graph, joined where somebody stands at groups of two industries.

    What reaches one group of a company reaches its other groups too: a joint counts both ways.
    """

    places: tuple[Place, ...]
    joints: tuple[Joint, ...]
    upstream: Mapping[Place, tuple[Place, ...]]
    downstream: Mapping[Place, tuple[Place, ...]]
    exposure: Mapping[Place, Exposure]


def joined(
    content: Content, shapes: Mapping[str, ChainResult], standings: Mapping[str, Standing]
) -> Joined:
    """Every chain that applies, with the joints between them; `shapes` are theirs."""
    places = sorted((id, node) for id, chain in applying(content) for node in chain.nodes)
    at = account_places(content)
    holders = {f"company/{id}": one for id, one in stands(content).items()}
    holders |= {f"account/{id}": one for id, one in at.items()}
    joints = _joints(holders)
    edges = [*_edges(content, shapes, joints)]
    after = following(places, edges)
    return Joined(
        places=tuple(places),
        joints=joints,
        upstream=Reach(following(places, ((target, source) for source, target in edges))),
        downstream=Reach(after),
        exposure=exposures(after, at, earned(standings)),
    )


def _edges(
    content: Content, shapes: Mapping[str, ChainResult], joints: tuple[Joint, ...]
) -> Iterator[tuple[Place, Place]]:
    for id, chain in applying(content):
        for flow in leading(chain, shapes[id].returning):
            yield (id, flow.from_), (id, flow.to)
    for one in joints:
        yield one.a, one.b
        yield one.b, one.a


def _joints(holders: Mapping[str, tuple[Place, ...]]) -> tuple[Joint, ...]:
    via: dict[tuple[Place, Place], list[str]] = {}
    for holder in sorted(holders):
        for a, b in _pairs(holders[holder]):
            if a[0] != b[0]:
                via.setdefault((a, b), []).append(holder)
    return tuple(Joint(a, b, tuple(by)) for (a, b), by in sorted(via.items()))


def _pairs(places: tuple[Place, ...]) -> Iterator[tuple[Place, Place]]:
    """Each two places; of very many only those with the first, which join as much."""
    if len(places) <= PAIRS:
        return combinations(places, 2)
    return ((places[0], other) for other in places[1:])
