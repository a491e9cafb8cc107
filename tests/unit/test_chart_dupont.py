"""The drawn DuPont tree, strips and bars: nothing overlaps or leaves the frame, all can be read."""

from __future__ import annotations

import random
import re
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest

from briefbook.charts.bars import Bar, Bars, bars_svg
from briefbook.charts.dupont import DupontView, Factor, dupont_svg, dupont_svg_narrow
from briefbook.charts.strip import Mark, Strip
from briefbook.charts.text import width
from tests.browser import REPO

NAMES = (
    "Walmart",
    "JD.com",
    "晨光连锁超市",
    "Phương Nam Express",
    "A" * 60,
    "Target",
    "Lotus Media",
)
SIZES = {"bb-dupont-big": (22, 650), "bb-text-name": (13, 600), "bb-text-strong": (12, 600)}
FORMS = (dupont_svg, dupont_svg_narrow)


def factor(chance: random.Random, name: str, **more: Any) -> Factor:
    """A factor with peers, or as `more` says."""
    own = chance.uniform(-2, 4)
    others = tuple(
        Mark(value := chance.uniform(-2, 4), f"{chance.choice(NAMES)} {value:.2f}")
        for _ in range(chance.randrange(9))
    )
    mean = Mark(own + 0.2, "mean 1.2") if chance.random() < 0.7 else None
    made = {
        "name": name, "meaning": "ability: what is left of a sale", "value": f"{own:.2f}",
        "missing": "", "before": "1.7 (FY2025)",
        "inputs": (("Net income", "13.5 m CNY"), ("Average equity", "190 m CNY")),
        "values": (1.0, None, own), "strip": Strip(Mark(own, f"Lantern {own:.2f}"), others, mean),
        "verdict": "rank 2 of 4, rising",
    }  # fmt: skip
    return Factor(**{**made, **more})


def view(seed: int, **more: Any) -> DupontView:
    """A tree made by chance."""
    chance = random.Random(seed)
    product = factor(chance, "Return on equity", strip=None)
    names = ("Net profit margin", "Asset turnover", "Equity multiplier")
    return DupontView("dupont-x", "Return on equity of X", "Return on equity 7 %", product,
                      tuple(factor(chance, name, **more) for name in names))  # fmt: skip


def tree(drawn: str) -> ElementTree.Element:
    """The drawing as elements."""
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing


def boxes(drawn: str) -> list[tuple[str, float, float, float, float]]:
    """Each text with left, top, right and bottom in px."""
    found: list[tuple[str, float, float, float, float]] = []
    _walk(tree(drawn), 0.0, found)
    return found


def _walk(node: Any, down: float, found: list[tuple[str, float, float, float, float]]) -> None:
    moved = re.fullmatch(r"translate\(0 ([\d.]+)\)", node.get("transform", ""))
    down += float(moved[1]) if moved else 0.0
    if node.tag == "text" and node.text:
        size, weight = SIZES.get(node.get("class", ""), (12, 400))
        wide = width(node.text, size, weight)
        x, y = float(node.get("x")), float(node.get("y")) + down
        left = x - wide * {"middle": 0.5, "end": 1.0}.get(node.get("text-anchor"), 0.0)
        found.append((node.text, left, y - size * 0.75, left + wide, y + 2))
    for child in node:
        _walk(child, down, found)


def clear(drawn: str) -> list[tuple[str, str]]:
    """Texts that lie on each other."""
    return [
        (one[0], other[0])
        for one, other in combinations(boxes(drawn), 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(40))
def test_no_text_lies_on_another_or_outside(seed: int, form: Any) -> None:
    """Labels of up to eight peers, in both forms."""
    drawn = form(view(seed))
    assert clear(drawn) == []
    root = tree(drawn)
    for text, left, top, right, bottom in boxes(drawn):
        assert left >= -0.5, text
        assert right <= float(root.get("width", "0")) + 0.5, text
        assert top >= 0, text
        assert bottom <= float(root.get("height", "0")) + 0.5, text


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_stands_in_the_drawing(form: Any) -> None:
    """Value, value before, inputs and verdict of the product and of each factor."""
    one = view(3)
    told = " ".join(text for text, *_ in boxes(form(one)))
    for part in (one.product, *one.factors):
        for text in (
            part.value,
            part.before,
            part.verdict,
            *(each for pair in part.inputs for each in pair),
        ):
            assert text
            assert text in told


@pytest.mark.parametrize("form", FORMS)
def test_a_missing_factor_is_told_in_words(form: Any) -> None:
    """No number, no line, no mark: the reason instead."""
    drawn = form(view(1, value=None, missing="equity is negative", strip=None, values=(None,)))
    assert "equity is" in drawn
    assert clear(drawn) == []
    assert "bb-dupont-ring" not in drawn


@pytest.mark.parametrize("form", FORMS)
def test_the_drawing_has_a_name_and_classes_that_exist(form: Any) -> None:
    """Title and description are named; no class is without a style, no style is inline."""
    drawn = form(view(2))
    root = tree(drawn)
    ids = [node.get("id") for node in root if node.tag in {"title", "desc"}]
    assert root.get("aria-labelledby", "").split() == ids
    css = "".join(
        path.read_text("utf-8") for path in (REPO / "theme/assets/briefbook").glob("*.css")
    )
    used = {name for node in root.iter() for name in node.get("class", "").split()}
    assert len(used) > 5
    assert {name for name in used if f".{name}" not in css} <= {"bb-dupont"}
    assert "style" not in drawn


def series(*values: float | None) -> str:
    """Bars of some years."""
    bars = tuple(Bar(f"FY{2020 + at}", value, "not known" if value is None else f"{value:g} m CNY")
                 for at, value in enumerate(values))  # fmt: skip
    return bars_svg(Bars("bars-x", "Cash", "Cash by year", bars))


@pytest.mark.parametrize(
    "values", [(77, 81, 74), (5, None, 3), (-4, 6, -2), (0, 0), (1, 2, 3, 4, 5, 6, 7, 8), (-1, -2)]
)
def test_bars_stand_apart(values: tuple[float | None, ...]) -> None:
    """Figures and years never touch, below zero and where one is missing either."""
    drawn = series(*values)
    assert clear(drawn) == []
    assert all(left >= -0.5 and right <= 286.5 for _, left, _, right, _ in boxes(drawn))


def test_bars_begin_at_zero() -> None:
    """Twice the value is twice as tall; what is missing is dashed and no bar."""
    rects = tree(series(20, 40, None)).findall("rect")
    first, second, missing = (float(one.get("height", "0")) for one in rects)
    assert second == pytest.approx(2 * first)
    assert rects[2].get("class") == "bb-bar-missing"
    assert missing > 0
