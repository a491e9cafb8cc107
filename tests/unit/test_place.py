"""Free places for labels: nothing is laid on what is taken, and the best place is found."""

from __future__ import annotations

import math
import random

import pytest

from briefbook.charts.place import Candidates, Places, Rect

FRAME = Rect(0, 0, 400, 300)


def crowded(seed: int) -> tuple[Places, list[Rect], list[tuple[float, float]], random.Random]:
    """Some rectangles and points of lines, scattered."""
    chance = random.Random(seed)
    places = Places(FRAME)
    taken = [
        Rect(chance.uniform(-20, 400), chance.uniform(-20, 300), chance.uniform(1, 90), 40)
        for _ in range(12)
    ]
    points = [(chance.uniform(0, 400), chance.uniform(0, 300)) for _ in range(150)]
    for rect in taken:
        places.take(rect)
    places.draw(points)
    return places, taken, points, chance


def is_inside(rect: Rect) -> bool:
    """Whether a rectangle lies in the frame."""
    return (
        rect.x >= 0 and rect.y >= 0 and rect.x + rect.width <= 400 and rect.y + rect.height <= 300
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_best_place_is_the_one_that_a_look_at_all_would_find(seed: int) -> None:
    """Free, with the least against it, the first of equals; nothing where all are worse."""
    places, taken, points, chance = crowded(seed)
    rects = [
        Rect(chance.uniform(-20, 390), chance.uniform(-20, 290), chance.uniform(5, 60), 14)
        for _ in range(80)
    ]
    penalties = [float(chance.randrange(4)) for _ in rects]
    costs = [
        (penalty + 0.5 * sum(rect.holds(point) for point in points), at)
        for at, (rect, penalty) in enumerate(zip(rects, penalties, strict=True))
        if is_inside(rect) and not any(rect.overlaps(other) for other in taken)
    ]
    cost, at = min(costs)
    candidates = Candidates(penalties, rects.__getitem__)
    found = places.best(candidates, per_point=0.5)
    assert found is not None
    assert (found.rect, found.cost) == (rects[at], cost)
    assert places.best(candidates, per_point=0.5, under=cost) is None
    assert places.best(candidates, per_point=0.5, under=math.nextafter(cost, 9)) == found


def test_what_is_taken_is_free_no_more() -> None:
    """Not even its corner; beside it there is room."""
    places = Places(FRAME)
    places.take(Rect(40, 40, 20, 20))
    assert not places.is_free(Rect(59, 59, 10, 10))
    assert places.is_free(Rect(60, 40, 10, 10))
    assert not places.is_free(Rect(395, 10, 10, 10))
