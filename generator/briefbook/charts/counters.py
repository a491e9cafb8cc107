"""A counter's four quarters in, small bars with their targets out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.charts.svg import element, path
from briefbook.charts.text import width

SIZE, WEIGHT = 12, 600
_BODY, _TOP, _FOOT = 56, 32, 18
_STEP, _BAR, _EDGE, _LINE = 36, 24, 2, 13


@dataclass(frozen=True, slots=True)
class Bar:
    """One quarter: its name, its figure and target in any one unit, and both in words."""

    name: str
    actual: float | None
    text: str
    target: float | None
    running: bool


@dataclass(frozen=True, slots=True)
class _Label:
    """A figure over its bar: the middle of its foot, and half of how wide it is."""

    x: float
    y: float
    half: float


def counter_svg(bars: Sequence[Bar], title: str, desc: str, id: str) -> Markup:
    """Bars from zero on one scale; a dotted line is a quarter's target, dashes are running."""
    top = max((max(bar.actual or 0, bar.target or 0, 0) for bar in bars), default=0) or 1
    ground, height = _TOP + _BODY, _TOP + _BODY + _FOOT
    widest = max((_half(bar) for bar in bars), default=0.0)
    named = math.ceil(max((width(bar.name, SIZE) for bar in bars), default=0.0))
    first = max(math.ceil(widest), named / 2, _BAR / 2) + _EDGE
    step = max(_STEP, math.ceil(widest) + 13, named + 6)
    wide = 2 * first + step * max(len(bars) - 1, 0)
    labels = _labels(bars, first, step, top)
    drawn = [_bar(bar, first + at * step, ground, top, labels[at]) for at, bar in enumerate(bars)]
    return element(
        "svg",
        element("title", title, id=f"{id}-title"),
        element("desc", desc, id=f"{id}-desc"),
        *drawn,
        element("path", d=path("M", 0, ground, "H", wide), class_="bb-axis"),
        viewBox=f"0 0 {wide:g} {height}",
        width=wide,
        height=height,
        role="img",
        aria_labelledby=f"{id}-title {id}-desc",
        class_="bb-diagram bb-counter-bars",
    )


def _half(bar: Bar) -> float:
    return width(bar.text, SIZE, WEIGHT) / 2 if bar.actual is not None else 0.0


def _tall(value: float, top: float) -> float:
    return max(value, 0) / top * _BODY


def _labels(
    bars: Sequence[Bar], first: float, step: float, top: float
) -> tuple[_Label | None, ...]:
    """A label stands on its bar; every second one moves above its neighbours if they would touch.

    A step is wide enough for labels two bars apart, so one more line always suffices.
    """
    own = [
        _Label(first + at * step, _TOP + _BODY - _tall(bar.actual, top) - 4, _half(bar))
        if bar.actual is not None
        else None
        for at, bar in enumerate(bars)
    ]
    return tuple(
        _above(one, [each for each in own[at - 1 : at + 2 : 2] if each]) if one and at % 2 else one
        for at, one in enumerate(own)
    )


def _above(one: _Label, beside: Sequence[_Label]) -> _Label:
    near = [each.y for each in beside if abs(one.x - each.x) < one.half + each.half + 2]
    if all(abs(one.y - y) >= _LINE for y in near):
        return one
    return _Label(one.x, min(one.y, min(near) - _LINE), one.half)


def _bar(bar: Bar, middle: float, ground: float, top: float, label: _Label | None) -> Markup:
    x = middle - _BAR / 2
    parts = [element("text", bar.name, x=middle, y=ground + 14)]
    if bar.actual is not None and label:
        if tall := _tall(bar.actual, top):
            kind = "bb-bar-running" if bar.running else "bb-bar-now"
            parts.append(
                element("rect", x=x, y=ground - tall, width=_BAR, height=tall, class_=kind)
            )
        parts.append(element("text", bar.text, x=middle, y=label.y, class_="bb-text-strong"))
    if bar.target is not None:
        y = ground - _tall(bar.target, top)
        line = path("M", x - 3, y, "H", x + _BAR + 3)
        parts.append(element("path", d=line, class_="bb-threshold"))
    return element("g", *parts)
