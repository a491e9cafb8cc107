"""Stays of an account in the nine-box in, its way through the nine cells as SVG out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from briefbook.charts.svg import element, path
from briefbook.charts.text import SLACK, width

CELL, HIGH, RADIUS = 88.0, 60.0, 10.0
_HEAD, _FOOT, _GAP = 20.0, 40.0, 8.0
Cell = tuple[int, int]
"""Row from the top and column from the left, counted from 0."""


@dataclass(frozen=True, slots=True)
class Way:
    """The cells of each stay, the earliest first; `letters` are the classes of the cells by row.

    `axes` name what goes up and what goes across.
    """

    stays: tuple[Cell, ...]
    letters: tuple[tuple[str, ...], ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    axes: tuple[str, str]
    title: str
    description: str


def trajectory(way: Way) -> Markup:
    """The nine cells, a numbered mark for each stay, and a line from each to the next."""
    left = max(width(label, 12) * SLACK for label in way.rows) + _GAP
    centers = _centers(way.stays, left)
    parts = [_cells(way, left), _labels(way, left)]
    parts += [
        element("path", class_="bb-trail-line", d=path("M", *one, "L", *other))
        for one, other in pairwise(centers)
    ]
    for number, (x, y) in enumerate(centers, 1):
        last = number == len(centers)
        mark = "bb-trail-mark bb-trail-mark--last" if last else "bb-trail-mark"
        parts.append(element("circle", class_=mark, cx=x, cy=y, r=RADIUS))
        said = "bb-trail-number bb-trail-number--last" if last else "bb-trail-number"
        parts.append(element("text", str(number), class_=said, x=x, y=y + 4, text_anchor="middle"))
    wide, high = left + 3 * CELL, _HEAD + 3 * HIGH + _FOOT
    return element(
        "svg", element("title", way.title, id="trail-title"),
        element("desc", way.description, id="trail-desc"), *parts,
        class_="bb-trail", role="img", aria_labelledby="trail-title trail-desc",
        viewBox=f"0 0 {wide:.0f} {high:.0f}", width=round(wide), height=round(high),
    )  # fmt: skip


def _centers(stays: tuple[Cell, ...], left: float) -> list[tuple[float, float]]:
    """Marks of one cell stand in rows of four beside its letter."""
    seen: Counter[Cell] = Counter()
    found = []
    for row, column in stays:
        turn = seen[row, column]
        seen[row, column] += 1
        across, down = turn % 3, turn // 3 % 2
        x = left + column * CELL + 24 + across * (2 * RADIUS + 4)
        found.append((x, _HEAD + row * HIGH + 18 + down * (2 * RADIUS + 4)))
    return found


def _cells(way: Way, left: float) -> Markup:
    parts = Markup()
    for row, letters in enumerate(way.letters):
        for column, letter in enumerate(letters):
            x, y = left + column * CELL, _HEAD + row * HIGH
            parts += element("rect", class_=f"bb-trail-cell bb-trail-cell--{letter.lower()}",
                             x=x, y=y, width=CELL, height=HIGH)  # fmt: skip
            parts += element("text", letter, class_="bb-trail-letter", x=x + CELL - 6,
                             y=y + HIGH - 6, text_anchor="end")  # fmt: skip
    return parts


def _labels(way: Way, left: float) -> Markup:
    up, across = way.axes
    foot = _HEAD + 3 * HIGH
    parts = element("text", up, class_="bb-trail-label", x=0, y=12)
    parts += element("text", across, class_="bb-trail-label", x=left + 1.5 * CELL, y=foot + 34,
                     text_anchor="middle")  # fmt: skip
    for row, label in enumerate(way.rows):
        parts += element("text", label, class_="bb-trail-label", x=left - _GAP,
                         y=_HEAD + row * HIGH + HIGH / 2 + 4, text_anchor="end")  # fmt: skip
    for column, label in enumerate(way.columns):
        parts += element("text", label, class_="bb-trail-label", x=left + column * CELL + CELL / 2,
                         y=foot + 16, text_anchor="middle")  # fmt: skip
    return parts
