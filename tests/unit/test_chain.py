"""The shape of a value chain: roles, cycles, what flows back, who reaches whom."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from briefbook.analyse.chain import (
    ChainNode,
    Cycle,
    Flow,
    back_edges,
    cycles,
    study,
)

RETAIL = [
    ChainNode("shops", "supply", "Local shops"),
    ChainNode("platforms", "platform", "Platforms"),
    ChainNode("couriers", "logistics", "Couriers"),
    ChainNode("homes", "consumer", "Households"),
    ChainNode("press", None, "Press"),
]
FLOWS = [
    Flow("shops", "platforms", "stock"),
    Flow("platforms", "couriers", "orders"),
    Flow("couriers", "homes", "parcels"),
    Flow("homes", "platforms", "orders, reviews"),
    Flow("homes", "nobody"),
]


def names(count: int) -> list[str]:
    return [f"n{at:04d}" for at in range(count)]


def test_roles() -> None:
    """What only gives is a source, what only takes a sink; a loop makes neither."""
    assert dict(study(RETAIL, FLOWS).roles) == {
        "shops": "source",
        "platforms": "between",
        "couriers": "between",
        "homes": "between",
        "press": "alone",
    }
    result = study([ChainNode("a", None, "A"), ChainNode("b", None, "B")], [Flow("a", "b")])
    assert (result.role("a"), result.role("b")) == ("source", "sink")
    assert study([ChainNode("a", None, "A")], [Flow("a", "a")]).role("a") == "alone"


def test_flows_to_an_earlier_stage_lead_back() -> None:
    """The stages' order is the one given, or the one in which the nodes name them."""
    assert study(RETAIL, FLOWS).back == (3,)
    other_way = ("consumer", "logistics", "platform", "supply")
    assert study(RETAIL, FLOWS, other_way).back == (0, 1, 2)


def test_unknown_ends_are_named() -> None:
    """A flow to a group that is not there counts nowhere and is said."""
    result = study(RETAIL, FLOWS)
    assert result.unknown == (4,)
    assert "nobody" not in dict(result.roles)


def test_cycle_has_its_members_and_a_shortest_way() -> None:
    """The whole component is named, and one shortest way round from its least id."""
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"), ("c", "a"), ("x", "a")]
    assert cycles("abcdx", edges) == (Cycle(("a", "b", "c", "d"), ("a", "b", "c")),)


def test_two_cycles_and_a_loop() -> None:
    """Each component is one cycle; a loop of a node to itself is the shortest there is."""
    edges = [("a", "b"), ("b", "a"), ("c", "c"), ("d", "e"), ("e", "f"), ("f", "d"), ("e", "e")]
    assert [cycle.shortest for cycle in cycles("abcdef", edges)] == [("a", "b"), ("c",), ("e",)]


@pytest.mark.parametrize("seed", range(20))
def test_shortest_cycle_is_shortest(seed: int) -> None:
    """No closed walk through any node is shorter (counted by powers of reachability)."""
    chance = random.Random(seed)
    nodes = names(12)
    edges = {(one, two) for one, two in zip(nodes, [*nodes[1:], nodes[0]], strict=True)}
    edges |= {tuple(sorted(chance.sample(nodes, 2))) for _ in range(4)}  # type: ignore[misc]
    (found,) = cycles(nodes, edges)
    reached = {(node, node) for node in nodes}
    for length in range(1, 13):
        reached = {(one, two) for one, mid in reached for start, two in edges if start == mid}
        if any((node, node) in reached for node in nodes):
            assert len(found.shortest) == length
            break
    ring = (*found.shortest, found.shortest[0])
    assert all(pair in edges for pair in pairwise(ring))


@pytest.mark.parametrize("seed", range(10))
def test_without_the_flows_back_there_is_no_cycle(seed: int) -> None:
    """Also where some have a stage and some have none."""
    chance = random.Random(seed)
    nodes = names(30)
    edges = [(chance.choice(nodes), chance.choice(nodes)) for _ in range(120)]
    levels = {node: chance.choice([None, 0, 1, 2]) for node in nodes}
    back = back_edges(nodes, edges, levels)
    left = [edge for at, edge in enumerate(edges) if at not in back]
    assert cycles(nodes, edges) != ()
    assert cycles(nodes, left) == ()


def test_only_what_closes_a_cycle_returns() -> None:
    """A flow to an earlier stage that leads round nothing is no return flow; a loop is one."""
    assert study(RETAIL, FLOWS).returning == (3,)
    flows = [Flow("shops", "couriers"), Flow("couriers", "platforms"), Flow("press", "press")]
    result = study(RETAIL, flows)
    assert (result.back, result.returning) == ((1, 2), (2,))


def test_extremes() -> None:
    """A ring of 1,000, a star of 5,000 and the densest table of activities have their answers."""
    ring = names(1000)
    edges = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    (found,) = cycles(ring, edges)
    assert (len(found.members), found.shortest) == (1000, tuple(ring))
    assert back_edges(ring, edges, {}) == (999,)

    star = names(5000)
    both = [pair for leaf in star[1:] for pair in ((star[0], leaf), (leaf, star[0]))]
    (found,) = cycles(star, both)
    assert (len(found.members), len(found.shortest)) == (5000, 2)

    activities = names(67)
    pairs = [(one, two) for one in activities for two in activities]
    (found,) = cycles(activities, random.Random(1).sample(pairs, 2819))
    assert (len(found.members), len(found.shortest)) == (67, 1)


def test_nothing() -> None:
    """An empty chain has empty results."""
    result = study([], [Flow("a", "b")])
    assert (result.roles, result.cycles, result.back, result.unknown) == ((), (), (), (0,))
