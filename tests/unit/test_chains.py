"""Value chains: who depends on whom, what is critical, and how industries are joined."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.analyse.chains import (
    ChainStudy,
    Critical,
    Exposure,
    Joint,
    SingleSource,
    WeakLink,
    chains,
    neighbourhood,
    stands,
)
from briefbook.analyse.portfolio import analyse
from briefbook.analyse.reach import Earned, Reach, exposures, following
from briefbook.checks import check_content
from briefbook.load import Content, Record
from briefbook.model import Industry
from briefbook.model.industry import ValueChain
from briefbook.model.types import Frozen
from briefbook.source import pack
from tests.samples import tree, written
from tests.small import TODAY, content

RETAIL = """\
name: Retail
value_chain:
  stages: [supply, platform, logistics, consumer]
  nodes:
    shops: {stage: supply, name: Shops}
    platforms: {stage: platform, name: Platforms, companies: [jd]}
    couriers: {stage: logistics, name: Couriers}
    homes: {stage: consumer, name: Households}
  flows:
    - {from: shops, to: platforms, what: Stock, pain: Hours old, severity: medium}
    - {from: platforms, to: couriers, what: Orders, pain: Peaks, answered_by: [stock-sync]}
    - {from: platforms, to: platforms, what: Campaigns}
    - {from: couriers, to: homes, what: Parcels, pain: Too late, severity: high}
    - {from: homes, to: platforms, what: Orders}
"""
FOOD = """\
name: Food
value_chain:
  stages: [supply, guest]
  nodes:
    farms: {stage: supply, name: Farms, companies: [grower]}
    apps: {stage: guest, name: Apps, companies: [jd, grower]}
    guests: {stage: guest, name: Guests}
  flows: [{from: farms, to: apps}, {from: apps, to: guests}]
"""
FILES = {
    "book.yml": "name: N\ncurrency: CNY\ncapabilities: {stock-sync: {name: Stock sync}}\n",
    "industries/retail.yml": RETAIL,
    "industries/food.yml": FOOD,
    "industries/none.yml": "name: None\nvalue_chain: {applies: no, because: No goods}\n",
    "companies/jd.yml": "name: JD.com\nstands_at: [retail/platforms, retail/couriers]\n",
    "companies/grower.yml": "name: Grower\n",
    "companies/nowhere.yml": "name: Nowhere\n",
    "accounts/one.yml": "name: One\nindustry: retail\nstands_at: [couriers]\n"
    "value_to_us: {contribution: {2025: 3 m CNY}}\n",
    "accounts/two.yml": "name: Two\nindustry: retail\nstands_at: [platforms, couriers]\n",
    "accounts/three.yml": "name: Three\nindustry: food\nstands_at: [guests]\n"
    "value_to_us: {contribution: {2025: 1 m CNY}}\n",
    "accounts/four.yml": "name: Four\nindustry: none\n"
    "value_to_us: {contribution: {2025: 4 m CNY}}\n",
}


@cache
def base() -> Content:
    """Two industries with a chain, one without, three companies and four accounts."""
    return content(FILES)


def chain(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> ValueChain:
    """A chain of one stage; every flow hurts."""
    return ValueChain.model_validate(
        {
            "stages": ["all"],
            "nodes": {node: {"stage": "all", "name": node} for node in nodes},
            "flows": [{"from": one, "to": two, "what": "x", "pain": "p"} for one, two in edges],
        }
    )


def studied(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> ChainStudy:
    """The study of a chain of these nodes, without accounts."""
    made = Industry.model_validate({"name": "Made", "value_chain": chain(nodes, edges)})
    packed = pack(tree(written({"name": "M"})))
    record = Record("industry", "made", "industries/made.yml", made, packed)
    found: Content = replace(base(), industries=Frozen({"made": record}), accounts=Frozen({}))
    return chains(found, {})["made"]


def names(count: int) -> list[str]:
    return [f"n{at:04d}" for at in range(count)]


def test_only_chains_that_apply_are_studied() -> None:
    """A chain that was set aside with a reason has no groups to speak of."""
    assert list(analyse(base(), TODAY).chains) == ["food", "retail"]


def test_return_flows_make_nobody_upstream_of_himself() -> None:
    """Orders of households close a cycle: it is listed, and up and down are told without it."""
    study = analyse(base(), TODAY).chains["retail"]
    assert study.upstream["platforms"] == ("shops",)
    assert study.downstream["platforms"] == ("couriers", "homes")
    assert [one.shortest for one in study.shape.cycles] == [("platforms",)]
    assert study.shape.cycles[0].members == ("couriers", "homes", "platforms")
    assert study.shape.returning == (2, 4)


def test_critical_nodes() -> None:
    """A node without which the chain falls apart comes first; the rest by what passes through."""
    edges = [("a", "hub"), ("hub", "b"), ("b", "c"), ("hub", "d"), ("d", "c"), ("b", "d")]
    hub, *others = studied(["a", "b", "c", "d", "hub"], edges).critical
    # Of 12 ordered pairs, a to b, d and c lead through the hub.
    assert hub == Critical("hub", articulation=True, betweenness=3 / 12)
    # And b and d each stand on one of two shortest ways from a and from the hub to c.
    assert [(one.node, one.articulation) for one in others] == [("b", False), ("d", False)]
    assert [one.betweenness for one in others] == pytest.approx([1 / 12, 1 / 12])


def test_single_sources() -> None:
    """All that a node takes comes from one group; a flow of a group to itself is no supply."""
    edges = [("a", "b"), ("a", "b"), ("b", "b"), ("a", "c"), ("b", "c"), ("d", "d")]
    assert studied("abcd", edges).single == (SingleSource("b", "a", 0), SingleSource("b", "a", 1))


def test_weak_links_begin_with_the_worst() -> None:
    """High before medium before unrated, and whether a capability of ours answers."""
    assert analyse(base(), TODAY).chains["retail"].weak == (
        WeakLink(3, "high", answered=False),
        WeakLink(0, "medium", answered=False),
        WeakLink(1, None, answered=True),
    )


def test_among_equal_pains_the_busier_flow_comes_first() -> None:
    """A pain between nodes through which more passes reaches more of the chain."""
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]
    assert [one.flow for one in studied("abcde", edges).weak] == [1, 2, 0, 3]


def test_exposure_counts_accounts_at_the_node_and_below() -> None:
    """Each once, with what is known to come from them and its share of all that we earn."""
    study = analyse(base(), TODAY).chains["retail"]
    both = (Decimal(3_000_000), 1, Decimal("0.375"))
    assert study.exposure["shops"] == Exposure("shops", ("one", "two"), *both)
    assert study.exposure["couriers"] == Exposure("couriers", ("one", "two"), *both)
    assert study.exposure["homes"] == Exposure("homes", (), Decimal(0), 0, Decimal(0))
    assert study.accounts["platforms"] == ("two",)
    assert study.companies["couriers"] == ("jd",)


def test_share_is_unknown_where_nobody_brings_anything() -> None:
    """A share of nothing is no number."""
    found: Mapping[str, Exposure] = exposures({"a": ()}, {"x": ("a",)}, Earned({}, Decimal()))
    assert found["a"] == Exposure("a", ("x",), Decimal(), 1, None)


def test_companies_stand_where_they_say_and_where_they_are_named() -> None:
    """The union of both; every company is told, also one that stands nowhere."""
    assert stands(base()) == {
        "grower": (("food", "apps"), ("food", "farms")),
        "jd": (("food", "apps"), ("retail", "couriers"), ("retail", "platforms")),
        "nowhere": (),
    }


def test_industries_are_joined_by_who_stands_in_both() -> None:
    """Groups of one industry are joined by its flows alone, whoever stands at them."""
    joined = analyse(base(), TODAY).joined
    assert joined.joints == (
        Joint(("food", "apps"), ("retail", "couriers"), ("company/jd",)),
        Joint(("food", "apps"), ("retail", "platforms"), ("company/jd",)),
    )
    assert ("food", "farms") in joined.upstream["retail", "homes"]
    assert ("retail", "homes") not in joined.upstream["food", "farms"]
    assert joined.exposure["food", "farms"].accounts == ("one", "three", "two")
    assert joined.exposure["retail", "shops"].share == Decimal("0.5")
    assert joined.exposure["retail", "homes"].accounts == ()
    assert len(joined.places) == 7


def test_a_company_everywhere_joins_without_every_pair() -> None:
    """Sixty industries with one company are one graph by 59 joints, not by 1,770."""
    one = "value_chain:\n  stages: [a]\n  nodes: {n: {stage: a, name: N, companies: [jd]}}\n"
    files = {f"industries/i{at}.yml": f"name: I {at}\n{one}" for at in range(60)}
    found = analyse(content({**files, "companies/jd.yml": "name: JD\n"}), TODAY).joined
    assert len(found.joints) == 59
    assert {len(found.upstream[place]) for place in found.places} == {59}


def test_neighbourhood_is_near_first_and_says_what_is_missing() -> None:
    """The node, its neighbours either way, theirs; within a ring accounts of ours come first."""
    study = analyse(base(), TODAY).chains["retail"]
    assert neighbourhood(study, "shops").nodes == ("shops", "platforms", "couriers", "homes")
    few = neighbourhood(study, "shops", most=3)
    assert (few.nodes, few.more) == (("shops", "platforms", "couriers"), 1)
    assert neighbourhood(study, "platforms", 2).nodes == ("platforms", "couriers")


def test_neighbourhood_of_a_star_is_forty_nodes() -> None:
    """All others are named by their number."""
    star = names(200)
    study = studied(star, [(star[0], leaf) for leaf in star[1:]])
    for node in (star[0], star[7]):
        found = neighbourhood(study, node)
        assert (found.nodes[0], len(set(found.nodes)), found.more) == (node, 40, 160)


@pytest.mark.parametrize("seed", range(5))
def test_order_of_nodes_and_flows_changes_nothing_but_positions(seed: int) -> None:
    """Results do not hang on the order in which a chain was written, also where sampled."""
    chance = random.Random(seed)
    nodes = names(40 if seed else 600)
    edges = sorted({(min(pair), max(pair)) for pair in
                    (chance.sample(nodes, 2) for _ in range(3 * len(nodes)))})  # fmt: skip
    one = studied(nodes, edges)
    mixed = chance.sample(nodes, len(nodes)), chance.sample(edges, len(edges))
    other = studied(*mixed)
    assert (one.critical, one.betweenness, one.rank) == (
        other.critical, other.betweenness, other.rank,
    )  # fmt: skip
    assert one.sampled is (seed == 0)


def test_extremes() -> None:
    """A ring of 1,000, a star of 5,000, a dense graph, one node: each has its study."""
    ring = names(1000)
    found = studied(ring, zip(ring, [*ring[1:], ring[0]], strict=True))
    assert (found.sampled, found.upstream["n0999"]) == (True, tuple(ring[:-1]))
    assert not any(one.articulation for one in found.critical)

    star = names(5000)
    both = [pair for leaf in star[1:] for pair in ((star[0], leaf), (leaf, star[0]))]
    found = studied(star, both)
    assert [one.node for one in found.critical] == ["n0000"]
    assert found.critical[0].betweenness == pytest.approx(1)
    assert len(found.single) == 4999

    dense = names(67)
    pairs = [(one, two) for one in dense for two in dense]
    found = studied(dense, random.Random(1).sample(pairs, 2819))
    assert (found.sampled, len(found.betweenness)) == (False, 67)
    assert not any(set(found.upstream[node]) & set(found.downstream[node]) for node in dense)

    alone = studied(["a"], [("a", "a")])
    assert (alone.critical, alone.single, alone.upstream["a"]) == ((), (), ())
    assert neighbourhood(alone, "a").nodes == ("a",)


GRAPHS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=24)


@given(GRAPHS)
def test_upstream_is_downstream_seen_from_below(edges: list[tuple[str, str]]) -> None:
    """One is the transpose of the other, and no node is both up and down of another."""
    study = studied("abcdefgh", edges)
    for node in "abcdefgh":
        assert all(node in study.downstream[above] for above in study.upstream[node])
        assert all(node in study.upstream[below] for below in study.downstream[node])
        assert not {node, *study.upstream[node]} & set(study.downstream[node])


@given(GRAPHS, st.dictionaries(st.integers(0, 30), st.sets(st.sampled_from("abcdefgh"))))
def test_exposure_is_what_can_be_reached(
    edges: list[tuple[str, str]], at: dict[int, set[str]]
) -> None:
    """Cycles or not: those who stand at the node or below; a source has all that is below it."""
    after = following("abcdefgh", edges)
    standing = {f"x{number}": tuple(sorted(nodes)) for number, nodes in at.items() if nodes}
    brought = {f"x{number}": None if number % 5 == 4 else Decimal(number) for number in at}
    total = sum((one for one in brought.values() if one is not None), Decimal())
    found = exposures(after, standing, Earned(brought, total))
    for node, below in Reach(after).items():
        ids = sorted(id for id, nodes in standing.items() if {node, *below} & set(nodes))
        known = [amount for id in ids if (amount := brought[id]) is not None]
        assert found[node].accounts == tuple(ids)
        assert (found[node].revenue, found[node].unknown) == (sum(known), len(ids) - len(known))
        assert all(found[node].revenue >= found[one].revenue for one in below)


def told(**changed: str) -> list[tuple[str, str]]:
    """Rule and sentence of what checks say with some industries put in."""
    files = {f"industries/{id}.yml": text for id, text in changed.items()}
    return [(one.rule, one.message) for one in check_content(content({**FILES, **files}))]


def test_a_chain_that_is_begun_is_no_mistake() -> None:
    """Stages before groups, groups before flows, and flows of different things."""
    begun = "name: Begun\nvalue_chain:\n  stages: [a, b]\n"
    groups = f"{begun}  nodes: {{n: {{stage: a, name: N}}, m: {{stage: b, name: M}}}}\n"
    flows = "  flows: [{from: n, to: m, what: Goods}, {from: n, to: m}]\n"
    for text in (begun, groups, groups + flows):
        assert told(begun=text) == []


def test_one_mistake_of_a_chain_is_told_once() -> None:
    """A misspelt stage leaves no stage empty, and a misspelt end no group alone."""
    assert [rule for rule, _ in told(retail=RETAIL.replace("stage: consumer", "stage: user"))] == [
        "unknown-reference"
    ]
    assert [rule for rule, _ in told(retail=RETAIL.replace("from: shops", "from: shop"))] == [
        "unknown-reference"
    ]


def test_a_group_elsewhere_is_told_with_where_it_is() -> None:
    """Of many industries with a group of that id, five are named."""
    other = "value_chain:\n  stages: [a]\n  nodes: {couriers: {stage: a, name: C}}\n"
    many = {f"i{at}": f"name: I {at}\n{other}" for at in range(7)}
    without = RETAIL.replace("couriers", "riders")
    found = told(retail=without, **many)
    sentence = (
        "`couriers` is a group of i0, i1, i2, i3, i4 and 2 more, and the account belongs to retail."
    )
    assert [one for one in found if one[0] == "foreign-node"] == [("foreign-node", sentence)] * 2
