"""Charts of a market: bars and lines keep their proportions, and no two texts overlap."""

from __future__ import annotations

import random
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from briefbook.charts.market import (
    LEADING,
    ROOM,
    SIZE,
    Bar,
    Heading,
    Point,
    Threshold,
    bars_svg,
    drawn_bars,
    line_svg,
)
from briefbook.charts.place import Rect
from briefbook.charts.text import width

HEADING = Heading("x-size", "Market size, bn CNY", "2024: 100; 2025: 110")
LIMITS = (Threshold(30, "30 %: low below"), Threshold(60, "60 %: high above"))


def parsed(svg: Markup) -> ElementTree.Element:
    """The drawing as a tree; it is sound XML."""
    return ElementTree.fromstring(str(svg))  # noqa: S314 - our own


def texts(root: ElementTree.Element) -> list[tuple[str, Rect]]:
    """Each text with the room that it takes."""
    found = []
    for one in root.iter("text"):
        text = one.text or ""
        wide = width(text, SIZE, 600)
        x, anchor = float(one.attrib["x"]), one.attrib["text-anchor"]
        left = x - wide / 2 if anchor == "middle" else x
        found.append((text, Rect(left, float(one.attrib["y"]) - 10, wide, 12)))
    return found


def assert_legible(root: ElementTree.Element) -> None:
    """Every text lies inside the drawing and on no other."""
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    known = texts(root)
    for text, rect in known:
        assert rect.x >= -0.5, text
        assert rect.x + rect.width <= wide + 0.5, text
        assert rect.y >= 0, text
        assert rect.y + rect.height <= high, text
    for (one, first), (other, second) in combinations(known, 2):
        assert not first.overlaps(second), (one, other)


def bars(*values: float | None) -> tuple[Bar, ...]:
    """A bar for each value, from 2020 on."""
    return tuple(
        Bar(str(2020 + at), value, "not known" if value is None else f"{value:g}", ("+4 %",))
        for at, value in enumerate(values)
    )


def test_bars_stand_on_one_line_from_zero() -> None:
    """Twice the size is twice the height; the last bar is marked."""
    root = parsed(bars_svg(bars(50, 100), HEADING))
    rects = list(root.iter("rect"))
    heights = [float(one.attrib["height"]) for one in rects]
    assert heights[1] == pytest.approx(2 * heights[0])
    assert len({float(one.attrib["y"]) + float(one.attrib["height"]) for one in rects}) == 1
    assert [one.attrib["class"] for one in rects] == ["bb-bar-past", "bb-bar-now"]


def test_what_is_not_known_is_no_bar() -> None:
    """A year between without a figure is marked and keeps its place; an implied one is outlined."""
    drawn = (Bar("2019", 40, "40", ("implied",), implied=True), *bars(50, None, 70))
    root = parsed(bars_svg(drawn, HEADING))
    assert [one.attrib["class"] for one in root.iter("rect")] == [
        "bb-bar-implied", "bb-bar-past", "bb-bar-now",
    ]  # fmt: skip
    assert len(list(root.iter("circle"))) == 1
    assert_legible(root)


def test_only_as_many_bars_as_have_room() -> None:
    """The latest are drawn, and the first of them is one that is known."""
    many = bars(*range(1, 41))
    drawn = drawn_bars(many)
    assert 2 <= len(drawn) < len(many)
    assert drawn[-1] is many[-1]
    assert drawn_bars(bars(1, None, None, 4, 5))[0].value == 1
    assert [bar.label for bar in drawn_bars(bars(1, *[None] * 20, 4, 5))] == ["2041", "2042"]
    assert drawn_bars(bars(None)) == ()


@pytest.mark.parametrize("seed", range(25))
def test_bars_never_overlap(seed: int) -> None:
    """Whatever their texts; the drawing is at most as wide as a phone has room."""
    chance = random.Random(seed)
    made = tuple(
        Bar(
            chance.choice(["2020", "FY2021", "2020-04..2021-03"]),
            chance.choice([0, 0.01, 5, 1e15, None]),
            chance.choice(["0", "149", "about 1,234,567.8", "at least 12.5", "khoảng 12,5"]),
            chance.choice([(), ("+35.1 %",), ("at least 3 %",), ("implied",)]),
        )
        for _ in range(chance.randrange(1, 30))
    )
    drawn = drawn_bars(made)
    if drawn:
        root = parsed(bars_svg(drawn, HEADING))
        assert_legible(root)
        assert float(root.attrib["width"]) <= ROOM


def points(*values: float, step: float = 1) -> tuple[Point, ...]:
    """A point for each value, from 2016 on."""
    return tuple(
        Point(2016 + at * step, value, str(2016 + at), f"{value:g} %")
        for at, value in enumerate(values)
    )


def test_line_rises_as_the_ratios_do() -> None:
    """More is higher, later is further right, and the two levels lie at their values."""
    root = parsed(line_svg(points(18, 20, 26), LIMITS, 60, HEADING))
    spots = [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in root.iter("circle")]
    assert all(a[0] < b[0] and a[1] > b[1] for a, b in pairwise(spots))
    axis, *levels = sorted((float(one.attrib["y1"]) for one in root.iter("line")), reverse=True)
    assert (axis - levels[1]) == pytest.approx(2 * (axis - levels[0]), abs=0.05)
    assert (axis - spots[0][1]) / (axis - levels[0]) == pytest.approx(18 / 30, abs=0.01)


def test_years_that_are_not_known_break_the_line() -> None:
    """From one known point to the next it is dashed where a year lies between."""
    root = parsed(line_svg((*points(18, 20), Point(2020, 22, "2020", "22 %")), LIMITS, 60, HEADING))
    assert [one.attrib["class"] for one in root.iter("path")] == ["bb-line-data", "bb-line-gap"]


@pytest.mark.parametrize("seed", range(40))
def test_labels_of_a_line_never_overlap(seed: int) -> None:
    """Wherever the last value lies, and however close the thresholds are to each other."""
    chance = random.Random(seed)
    values = [round(chance.uniform(0, 100), 1) for _ in range(chance.randrange(2, 11))]
    low = chance.choice([0.0, 30.0, 59.0])
    limits = (Threshold(low, f"{low:g} %: low below"),
              Threshold(low + chance.choice([0.5, 30]), "60 %: high above"))  # fmt: skip
    root = parsed(line_svg(points(*values), limits, max(60, *values), HEADING))
    side = [
        pair for pair in texts(root) if pair[0] != f"{values[0]:g} %" or values[0] == values[-1]
    ]
    for (one, first), (other, second) in combinations(side, 2):
        assert not first.overlaps(second), (one, other)
    assert_inside(root)


def assert_inside(root: ElementTree.Element) -> None:
    """Nothing is cut off."""
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    for text, rect in texts(root):
        assert rect.y >= 0, text
        assert rect.y + rect.height <= high, text
        assert rect.x >= -0.5, text
        assert rect.x + rect.width <= wide + 0.5, text


def test_long_labels_stand_in_several_lines() -> None:
    """Words of another language leave the line its room."""
    long = "60 %: trên mức này thị trường được coi là rất tập trung"
    root = parsed(line_svg(points(18, 20), (Threshold(60, long),), 60, HEADING))
    axis = max(root.iter("line"), key=lambda one: float(one.attrib["y1"]))
    assert float(axis.attrib["x2"]) >= 120
    assert_inside(root)
    assert LEADING > SIZE


def test_screen_readers_hear_title_and_figures() -> None:
    """Both charts are one picture with a name and a description; nothing else can be made."""
    for svg in (bars_svg(bars(1, 2), HEADING), line_svg(points(1, 2), LIMITS, 60, HEADING)):
        root = parsed(svg)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-labelledby"] == "x-size-title x-size-desc"
        assert [one.attrib.get("id") for one in root[:2]] == ["x-size-title", "x-size-desc"]
        assert "style" not in svg


def test_text_is_escaped() -> None:
    """What a book writes as a unit or a period is text."""
    svg = bars_svg((Bar("<b>", 1, "<i>"), Bar("2", 2, "&")), Heading("x", "<script>", "</desc>"))
    assert "<script>" not in svg
    assert "<b>" not in svg
    assert parsed(svg)[0].text == "<script>"
