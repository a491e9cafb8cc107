"""A value for each of some years in; small bars with the figures at them out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefbook.charts.svg import element, path, together
from briefbook.charts.text import SLACK, width, wrap

WIDTH = 286.0
_TALL = 64.0
_LINE = 15.0
MOST = 6
"""Bars that find room; the table has all years."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `text` is its figure, or says that there is none."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of one measure, the last of them the one to look at."""

    prefix: str
    title: str
    desc: str
    bars: tuple[Bar, ...]


def bars_svg(view: Bars) -> Markup:
    """Bars from zero, 286 px wide: what is below zero hangs, what is missing is dashed."""
    shown = view.bars[-MOST:]
    column = WIDTH / max(len(shown), 3)
    known = [bar.value for bar in shown if bar.value is not None]
    high, low = max([*known, 0.0]), min([*known, 0.0])
    scale = _TALL / ((high - low) or 1.0)
    lines = [wrap(bar.text, (column - 4) / SLACK, 12, 600) for bar in shown]
    zero = max(map(len, lines), default=1) * _LINE + 4 + high * scale
    floor = zero - low * scale
    parts = element("path", class_="bb-axis", d=path("M", 0, zero, "H", column * len(shown)))
    for at, (bar, text) in enumerate(zip(shown, lines, strict=True)):
        middle = column * (at + 0.5)
        last = at == len(shown) - 1
        parts += _bar(bar, text, middle, zero, scale, last=last)
        parts += _label(bar.label, middle, floor + 16, column)
    height = floor + 22
    return element(
        "svg",
        element("title", view.title, id=f"{view.prefix}-title"),
        element("desc", view.desc, id=f"{view.prefix}-desc"),
        parts,
        class_="bb-diagram",
        role="img",
        aria_labelledby=f"{view.prefix}-title {view.prefix}-desc",
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        width=round(WIDTH),
        height=round(height),
    )


def _bar(
    bar: Bar, text: tuple[str, ...], middle: float, zero: float, scale: float, *, last: bool
) -> Markup:
    """A bar and its figure above it; a figure of a bar that hangs stands on the axis."""
    tall = abs(bar.value or 0.0) * scale
    top = zero - tall if (bar.value or 0.0) >= 0 else zero
    if bar.value is None:
        top = zero - 14
        mark = element("rect", class_="bb-bar-missing", x=middle - 14, y=top, width=28, height=14)
    else:
        css = "bb-bar-now" if last else "bb-bar-past"
        mark = element("rect", class_=css, x=middle - 14, y=top, width=28, height=max(tall, 0.5))
    first = top - 4 - _LINE * (len(text) - 1)
    css = "bb-text-note" if bar.value is None else "bb-text-strong"
    return mark + together(
        element("text", line, class_=css, x=middle, y=first + _LINE * at, text_anchor="middle")
        for at, line in enumerate(text)
    )


def _label(text: str, middle: float, y: float, room: float) -> Markup:
    """The year below its bar, if it fits: the table names it too."""
    if width(text, 12) * SLACK > room:
        return Markup("")
    return element("text", text, class_="bb-text-note", x=middle, y=y, text_anchor="middle")
