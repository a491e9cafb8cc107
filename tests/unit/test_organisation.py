"""The chart of people: nothing on top of each other, no line through a box, at 3, 30 and 150."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

import pytest

from briefbook.analyse.organisation import Box, Frame, Layout, place
from briefbook.analyse.organisation_plan import MOST_COLUMNS, Node, Plan, plan, reading
from briefbook.analyse.organisation_routes import MARK, Influence, Route, route

FRAME = Frame(66.0, 176.0, 36.0)
SHAPES = ("any", "star", "ladder", "teams", "forest", "one-large")


def company(count: int, shape: str, seed: int = 7) -> list[Node]:
    """Some people who report to each other in a certain way."""
    chance = random.Random(f"{shape} {count} {seed}")
    shapes: dict[str, Callable[[int], int | None]] = {
        "any": chance.randrange,
        "star": lambda _: 0,
        "ladder": lambda at: at - 1,
        "teams": lambda at: 0 if at <= 6 else 1 + at % 6,
        "forest": lambda at: None if at % 5 == 0 else at - at % 5,
        "one-large": lambda at: 0 if at <= 3 else 1,
    }
    above = shapes[shape]
    nodes = [Node("p0")]
    for at in range(1, count):
        boss = above(at)
        nodes.append(Node(f"p{at}", None if boss is None else f"p{boss}"))
    leading = {node.above for node in nodes}
    return [
        Node(node.id, node.above, apart=node.above is None and node.id not in leading)
        for node in nodes
    ]


def made(count: int, shape: str, edges: int = 25) -> tuple[Plan, Layout, tuple[Route, ...]]:
    """Plan, places and ways of a company whose boxes are of many heights."""
    nodes = company(count, shape)
    chance = random.Random(count)
    heights = {node.id: chance.choice([44.0, 60.0, 93.0, 118.0]) for node in nodes}
    done = plan(nodes)
    layout = place(done, FRAME, heights)
    ids = [node.id for node in nodes]
    pairs = [tuple(chance.sample(ids, 2)) for _ in range(min(edges, count)) if count > 1]
    return done, layout, route(layout, FRAME, [Influence(one, two) for one, two in pairs])


def overlap(one: Box, two: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        one.x < two.x + two.width and two.x < one.x + one.width
        and one.y < two.y + two.height and two.y < one.y + one.height
    )  # fmt: skip


def crosses(points: Sequence[tuple[float, float]], box: Box) -> bool:
    """Whether a line of level and upright parts runs through the inside of a box."""
    left, right, top, bottom = box.x + 0.5, box.x + box.width - 0.5, box.y + 0.5, 0.0
    bottom = box.y + box.height - 0.5
    for (ax, ay), (bx, by) in pairwise(points):
        assert ax == bx or ay == by
        low_x, high_x, low_y, high_y = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if low_x < right and high_x > left and low_y < bottom and high_y > top:
            return True
    return False


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [1, 2, 3, 12, 30, 150])
def test_no_two_boxes_overlap(count: int, shape: str) -> None:
    """Everybody has a box of the own, inside the drawing, and lanes lie below each other."""
    done, layout, _ = made(count, shape)
    assert sorted(box.id for box in layout.boxes) == sorted(f"p{at}" for at in range(count))
    assert not [(a.id, b.id) for a, b in combinations(layout.boxes, 2) if overlap(a, b)]
    for box in layout.boxes:
        assert FRAME.left < box.x < box.x + box.width <= FRAME.column(done.columns)
        assert 0 <= box.y < box.y + box.height <= layout.height
    for one, two in pairwise(layout.lanes):
        assert one.y + one.height <= two.y + 1e-6
    assert layout.lanes[-1].y + layout.lanes[-1].height <= layout.height + 1e-6
    assert done.columns <= MOST_COLUMNS


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [3, 30, 150])
def test_influence_runs_around_all_boxes(count: int, shape: str) -> None:
    """No line of influence goes through a box, and no number lies on a box or a number."""
    _, layout, routes = made(count, shape)
    assert routes
    for way in routes:
        assert not [box.id for box in layout.boxes if crosses(way.points, box)]
    marks = [way.mark for way in routes if way.mark]
    assert len(marks) >= len(routes) * 0.9
    for x, y in marks:
        disc = Box("", x - MARK, y - MARK, 2 * MARK, 2 * MARK, 0)
        assert not any(overlap(disc, box) for box in layout.boxes)
    for (ax, ay), (bx, by) in combinations(marks, 2):
        assert abs(ax - bx) >= 2 * MARK or abs(ay - by) >= 2 * MARK


@pytest.mark.parametrize("shape", SHAPES)
def test_reporting_lines_cross_no_box(shape: str) -> None:
    """From a boss to each person who reports there, around everybody else."""
    done, layout, _ = made(150, shape)
    boxes = {box.id: box for box in layout.boxes}
    ends = {(round(box.x + box.width / 2, 3), round(box.y, 3)): id for id, box in boxes.items()} | {
        (round(box.x, 3), round(box.y + box.height / 2, 3)): id for id, box in boxes.items()
    }
    reached = {ends.get((round(line[-1][0], 3), round(line[-1][1], 3))) for line in layout.lines}
    assert set(done.above) <= reached
    for line in layout.lines:
        assert not [box.id for box in layout.boxes if crosses(line, box)]


def test_a_small_company_stands_in_levels() -> None:
    """The top above the middle of its team, the team beside each other, their teams below."""
    nodes = [Node("ceo"), Node("coo", "ceo"), Node("cfo", "ceo"), Node("cmo", "ceo"),
             Node("ops", "coo")]  # fmt: skip
    layout = place(plan(nodes), FRAME, {node.id: 60.0 for node in nodes})
    at = {box.id: box for box in layout.boxes}
    assert at["coo"].y == at["cfo"].y == at["cmo"].y > at["ceo"].y + 60
    assert at["coo"].x < at["cfo"].x == at["ceo"].x < at["cmo"].x
    assert at["ops"].x > at["coo"].x
    assert [(lane.steps, lane.more) for lane in layout.lanes] == [
        (0, False), (1, False), (2, False)
    ]  # fmt: skip


def test_loops_and_unknown_bosses_are_drawn_as_tops() -> None:
    """Whatever is written, everybody is drawn once."""
    nodes = [Node("a", "b"), Node("b", "a"), Node("c", "nobody"), Node("d", "d")]
    layout = place(plan(nodes), FRAME, {node.id: 60.0 for node in nodes})
    assert sorted(box.id for box in layout.boxes) == ["a", "b", "c", "d"]
    assert not layout.lines


def test_nobody_makes_an_empty_chart() -> None:
    """No person, no box, no error."""
    layout = place(plan([]), FRAME, {})
    assert layout.boxes == ()
    assert layout.height > 0


def test_reading_puts_each_team_behind_its_boss() -> None:
    """The list for phones has everybody once, below the boss and one step further in."""
    done = plan(company(150, "any"))
    order = reading(done)
    depth = dict(order)
    assert len(order) == len(depth) == 150
    seen: set[str] = set()
    for id, steps in order:
        boss = done.above.get(id)
        assert boss is None or (boss in seen and depth[boss] == steps - 1)
        seen.add(id)


def test_layout_is_the_same_each_time_and_quick() -> None:
    """150 people take some 20 ms; 250 allow for a busy machine."""
    first = made(150, "any")
    start = time.process_time()
    again = made(150, "any")
    assert time.process_time() - start < 0.25
    assert first == again
