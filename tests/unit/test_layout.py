"""The layered layout: few crossings, nothing on top of each other, the same result each time."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from briefbook.analyse.layering import inversions
from briefbook.analyse.layout import Gaps, Item, Layout, Link, crossings, layout


def seeded(nodes: int, edges: int, layers: int, seed: int) -> tuple[list[Item], list[Link]]:
    """A random layered graph: no layer is empty, and long edges are rarer than short ones."""
    chance = random.Random(seed)
    layer = {f"n{at:02d}": at if at < layers else chance.randrange(layers) for at in range(nodes)}
    pairs = [(one, two) for one in layer for two in layer if layer[one] < layer[two]]
    weights = [6.0 ** (layer[one] - layer[two]) for one, two in pairs]
    chosen: set[tuple[str, str]] = set()
    while len(chosen) < edges:
        chosen.add(chance.choices(pairs, weights)[0])
    items = [Item(name, 120, 40, level) for name, level in layer.items()]
    return items, [Link(*pair) for pair in sorted(chosen)]


def like(
    nodes: int, edges: int, layers: int, unordered: int
) -> list[tuple[list[Item], list[Link]]]:
    """The graphs of forty seeds whose crossings in the order of ids come near `unordered`."""
    graphs = [seeded(nodes, edges, layers, seed) for seed in range(40)]
    return [
        graph
        for graph in graphs
        if abs(crossings(layout(*graph, ordered=False)) - unordered) < unordered * 0.05
    ]


@pytest.mark.parametrize(
    ("nodes", "edges", "layers", "unordered", "most"),
    [(29, 54, 7, 150, 45), (79, 152, 9, 1056, 420)],
)
def test_ordering_saves_crossings(
    nodes: int, edges: int, layers: int, unordered: int, most: int
) -> None:
    """At most 45 of about 150 crossings stay, and at most 420 of about 1,056."""
    graphs = like(nodes, edges, layers, unordered)
    assert len(graphs) >= 3
    assert max(crossings(layout(*graph)) for graph in graphs) <= most


def test_crossings_counts_pairs_of_links() -> None:
    """Two links that change places cross once; two that end at one box do not."""
    items = [Item(name, 10, 10, level) for name, level in (("a", 0), ("b", 0), ("c", 1), ("d", 1))]
    across = [Link("a", "d"), Link("b", "c")]
    assert crossings(layout(items, across, ordered=False)) == 1
    assert crossings(layout(items, across)) == 0
    assert crossings(layout(items, [Link("a", "c"), Link("b", "c")])) == 0


@pytest.mark.parametrize(("ends", "pairs"), [([1, 2, 3], 0), ([3, 2, 1], 3), ([2, 2, 1, 1], 4)])
def test_inversions(ends: list[float], pairs: int) -> None:
    """Equal ends are no inversion."""
    assert inversions(ends) == pairs


def test_order_of_input_does_not_matter() -> None:
    """Shuffled items give the same boxes, shuffled links the same ways."""
    items, links = seeded(29, 54, 7, 3)
    first = layout(items, links)
    chance = random.Random(5)
    again = layout(chance.sample(items, len(items)), chance.sample(links, len(links)))
    assert again.boxes == first.boxes
    assert sorted(route.points for route in again.routes) == sorted(
        route.points for route in first.routes
    )


@pytest.mark.parametrize("seed", range(4))
def test_nothing_lies_on_a_box(seed: int) -> None:
    """Boxes keep apart, and links that lead forward pass between them."""
    items, links = seeded(40, 70, 5, seed)
    drawing = layout(items, [*links, Link("n39", "n00"), Link("n20", "n21")])
    for one, two in combinations(drawing.boxes, 2):
        apart = one.x + one.width <= two.x or two.x + two.width <= one.x
        assert apart or one.y + one.height <= two.y or two.y + two.height <= one.y
    for route in drawing.routes:
        for (x, y), (end_x, end_y) in pairwise(route.points):
            assert not any(
                min(x, end_x) < box.x + box.width
                and max(x, end_x) > box.x
                and min(y, end_y) < box.y + box.height
                and max(y, end_y) > box.y
                for box in drawing.boxes
                if route.kind == "return" or (y == end_y and route.kind == "forward")
            )


def test_layers_by_longest_path() -> None:
    """Without given layers a box stands behind all that leads to it, and a cycle's end is back."""
    links = [Link("a", "b"), Link("b", "c"), Link("a", "c"), Link("c", "a")]
    drawing = layout([Item(name, 10, 10) for name in "abc"], links)
    assert [drawing.box(name).layer for name in "abc"] == [0, 1, 2]
    assert [route.back for route in drawing.routes] == [False, False, False, True]
    assert drawing.routes[3].kind == "return"


def test_a_box_without_a_layer_finds_one_among_those_given() -> None:
    """It stands behind what leads to it and never opens a layer of its own."""
    items = [Item("a", 10, 10, 0), Item("b", 10, 10, 1), Item("free", 10, 10), Item("last", 10, 10)]
    drawing = layout(items, [Link("a", "free"), Link("b", "last")])
    assert drawing.box("free").layer == 1
    assert drawing.box("last").layer == 1


def test_links_to_nowhere_are_left_out() -> None:
    """A link that names no box is not drawn."""
    assert layout([Item("a", 10, 10)], [Link("a", "x")]).routes == ()


def test_returns_run_below_the_boxes_each_on_its_own_height() -> None:
    """Back links that meet share no height, and none runs through the boxes."""
    items = [Item(f"n{at}", 50, 30, at) for at in range(4)]
    links = [Link("n3", "n0"), Link("n2", "n1"), Link("n2", "n0")]
    drawing = layout(items, links, Gaps())
    heights = [route.points[2][1] for route in drawing.routes]
    assert len(set(heights)) == 3
    assert min(heights) > drawing.body
    assert max(heights) < drawing.height


def cycle(count: int) -> tuple[list[Item], list[Link]]:
    names = [f"n{at:04d}" for at in range(count)]
    links = [Link(name, names[(at + 1) % count]) for at, name in enumerate(names)]
    return [Item(name, 100, 40) for name in names], links


def star(count: int) -> tuple[list[Item], list[Link]]:
    names = [f"n{at:04d}" for at in range(count)]
    links = [link for name in names[1:] for link in (Link(names[0], name), Link(name, names[0]))]
    return [Item(name, 100, 40) for name in names], links


def dense() -> tuple[list[Item], list[Link]]:
    names = [f"n{at:02d}" for at in range(67)]
    pairs = random.Random(1).sample([(one, two) for one in names for two in names], 2819)
    return [Item(name, 100, 40) for name in names], [Link(*pair) for pair in pairs]


@pytest.mark.parametrize(
    ("items", "links"),
    [([], []), ([Item("a", 1, 1)], [Link("a", "a")]), cycle(1000), star(2000), dense()],
    ids=["nothing", "loop", "ring of 1,000", "star of 2,000", "dense"],
)
def test_any_graph_is_placed(items: list[Item], links: list[Link]) -> None:
    """Cycles, loops, stars and dense graphs end in a drawing of everything."""
    drawing: Layout = layout(items, links, most_layers=8)
    assert len(drawing.boxes) == len(items)
    assert len(drawing.routes) == len(links)
    assert len(drawing.columns) <= 8
