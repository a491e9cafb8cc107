"""The bars of a counter: nothing overlaps, nothing is zero that is not known."""

from __future__ import annotations

import random
import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from briefbook.charts.counters import SIZE, WEIGHT, Bar, counter_svg
from briefbook.charts.text import width
from briefbook.words import Words
from tests.browser import REPO

TEXTS = ("0", "2", "12", "500,000", "999,999", "12.5 m", "999.9 m", "−999,999", "1.2 bn")


def quarter(number: int, actual: float | None, text: str = "", target: float | None = None,
            running: bool = False) -> Bar:  # fmt: skip
    """A quarter with a figure."""
    return Bar(f"Q{number}", actual, text or str(actual), target, running)


def drawn(*bars: Bar) -> ElementTree.Element:
    """The drawing as a tree."""
    return ElementTree.fromstring(counter_svg(bars, "Sign", "Q1: 2", "c"))  # noqa: S314 (ours)


def boxes(made: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each text, as wide as our own font makes it."""
    found = []
    for one in made.iter("text"):
        half = width(one.text or "", SIZE, WEIGHT if one.get("class") else 400) / 2
        x, y = float(one.attrib["x"]), float(one.attrib["y"])
        found.append((x - half, y - 11, x + half, y + 1))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_no_text_touches_another_or_leaves_the_frame(seed: int) -> None:
    """Figures of seven characters over bars of any height, in any language's digits."""
    chance = random.Random(seed)
    bars = [
        quarter(at, chance.choice((None, 0.0, chance.random(), 1.0, -0.5)), chance.choice(TEXTS),
                chance.choice((None, 0.0, 1.5)), running=at == 3)
        for at in range(1, 5)
    ]  # fmt: skip
    made = drawn(*bars)
    _, _, wide, high = map(float, made.attrib["viewBox"].split())
    found = boxes(made)
    for left, top, right, bottom in found:
        assert left >= 0
        assert top >= 0
        assert right <= wide
        assert bottom <= high
    for one, other in combinations(found, 2):
        assert (one[2] <= other[0] or other[2] <= one[0]
                or one[3] <= other[1] or other[3] <= one[1])  # fmt: skip
    assert wide < 320


def test_what_is_not_known_has_no_bar_and_no_figure() -> None:
    """A quarter to come is empty; one of zero says 0 and has no bar either."""
    made = drawn(quarter(1, 2.0, "2"), quarter(2, 0.0, "0"), quarter(3, None, "not known"))
    assert [one.text for one in made.iter("text")] == ["Q1", "2", "Q2", "0", "Q3"]
    assert len(list(made.iter("rect"))) == 1


def height(line: ElementTree.Element) -> float:
    """Where a level line runs: the second number of its path."""
    return float(re.findall(r"[-.\d]+", line.attrib["d"])[1])


def test_bars_and_targets_share_one_scale() -> None:
    """From zero: half the figure is half as high, and a target stands where its bar would end."""
    made = drawn(quarter(1, 4.0, target=2.0), quarter(2, 2.0), quarter(3, 1.0, target=4.0))
    first, second, third = made.iter("rect")
    heights = [float(one.attrib["height"]) for one in (first, second, third)]
    assert heights == [heights[0], heights[0] / 2, heights[0] / 4]
    ends = [float(one.attrib["y"]) + float(one.attrib["height"]) for one in (first, second, third)]
    assert len(set(ends)) == 1
    lines = [height(one) for one in made.iter("path") if one.get("class") == "bb-threshold"]
    assert lines == [float(second.attrib["y"]), float(first.attrib["y"])]


def test_a_target_above_all_figures_stays_inside() -> None:
    """The scale is made for targets too; nothing at all is no error."""
    (line,) = (one for one in drawn(quarter(1, 1.0, target=100.0)).iter("path")
               if one.get("class") == "bb-threshold")  # fmt: skip
    assert height(line) >= 0
    assert not list(drawn().iter("rect"))
    assert not list(drawn(quarter(1, None), quarter(2, None)).iter("rect"))


def test_the_running_quarter_is_drawn_otherwise() -> None:
    """Its figure is not final; both looks exist in the style sheet."""
    first, second = drawn(quarter(1, 1.0), quarter(2, 1.0, running=True)).iter("rect")
    assert first.attrib["class"] != second.attrib["class"]
    style = (REPO / "theme" / "assets" / "briefbook" / "briefbook.css").read_text("utf-8")
    for kind in (first.attrib["class"], second.attrib["class"], "bb-threshold", "bb-axis"):
        assert f".{kind}" in style


def test_the_drawing_is_named_and_described() -> None:
    """Whoever does not see it hears its title and its figures; names are escaped."""
    made = ElementTree.fromstring(  # noqa: S314 (ours)
        counter_svg([quarter(1, 2.0)], "<b>Sign", Words("en")("plan.quarter", n=1), "c")
    )
    assert [made.attrib["role"], made.attrib["aria-labelledby"]] == ["img", "c-title c-desc"]
    assert [made[0].text, made[1].text] == ["<b>Sign", "Q1"]
