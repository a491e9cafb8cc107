"""Ratios of accounts by class in, a strip of dots for each class on one scale out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.charts.svg import element, path
from briefbook.charts.text import SLACK, width

MOST_DOTS = 300
"""Accounts up to which each has its dot; beyond, bars count them."""
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_STEP, _DOT, _BIN = 7.0, 3.0, 8.0
_HEAD, _GAP, _FOOT, _TALLEST = 18.0, 12.0, 22.0, 42.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One account: its ratio (of 1) and its name; an outlier is named in the picture."""

    ratio: float
    label: str
    outlier: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One class: its letter, what its head says, and where its middle half lies."""

    letter: str
    head: str
    dots: tuple[Dot, ...]
    median: float | None
    half: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Effort:
    """All classes that are compared, and the words of the picture."""

    prefix: str
    title: str
    desc: str
    strips: tuple[Strip, ...]
    beyond: str = "+"
    percent: Callable[[float], str] = "{:.0%}".format


def cap(ratios: Sequence[float]) -> float:
    """The right end of the scale: the highest ratio, but at most four times the middle one."""
    ordered = sorted(ratios)
    if not ordered:
        return 1.0
    return min(ordered[-1], 4 * ordered[len(ordered) // 2]) or ordered[-1] or 1.0


def ticks(top: float, room: float) -> tuple[float, ...]:
    """Round values from zero to the top, as many as have room for their names."""
    most = max(int(room // 70), 2)
    step = next((one for one in TICKS if top / one <= most), top)
    return tuple(step * at for at in range(int(top / step + 1e-9) + 1))


def effort_svg(view: Effort, wide: float, css: str) -> Markup:
    """Dots stacked over an axis for each class; a bar is the middle half, a tick the median."""
    ratios = [dot.ratio for strip in view.strips for dot in strip.dots]
    scale = _Scale(cap(ratios), wide - 2 * _STEP - 8)
    counted = len(ratios) > MOST_DOTS
    most = max((_fullest(strip, scale) for strip in view.strips), default=1)
    drawn, y = [], 0.0
    for strip in view.strips:
        part, y = _strip(strip, y, scale, most, counted=counted)
        drawn.append(part)
    beyond = view.beyond if max(ratios, default=0) > scale.top else ""
    drawn.append(_axis(scale, y, beyond, view.percent))
    height = y + _FOOT
    name = f"{view.prefix}-{css}"
    return element(
        "svg",
        element("title", view.title, id=f"{name}-title"),
        element("desc", view.desc, id=f"{name}-desc"),
        *drawn,
        viewBox=f"0 0 {wide:g} {height:g}",
        width=wide,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_=f"bb-diagram bb-effort bb-effort-{css}",
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Ratios to px; what lies beyond the top stands at the right edge."""

    top: float
    room: float

    def at(self, ratio: float) -> float:
        """The place of a ratio."""
        return _STEP + max(min(ratio / self.top, 1.0), 0.0) * self.room

    def column(self, ratio: float, size: float) -> int:
        """The column of dots or of a bar that a ratio belongs to."""
        return int((self.at(ratio) - _STEP) / size)


def _fullest(strip: Strip, scale: _Scale) -> int:
    counts = Counter(scale.column(dot.ratio, _BIN) for dot in strip.dots)
    return max(counts.values(), default=1)


def _strip(
    strip: Strip, top: float, scale: _Scale, most: int, *, counted: bool
) -> tuple[Markup, float]:
    """A class from `top` on, and where the next one begins."""
    stacks = Counter(scale.column(dot.ratio, _STEP) for dot in strip.dots)
    tall = _TALLEST if counted else max(stacks.values(), default=1) * _STEP
    ground = top + _HEAD + 4 + (_HEAD if not counted and _named(strip) else 0) + tall
    parts = [
        element("text", strip.letter, x=0, y=top + 13, class_="bb-text-strong"),
        element("text", strip.head, x=16, y=top + 13, class_="bb-text-note"),
        element("path", d=path("M", 0, ground, "H", scale.room + 2 * _STEP), class_="bb-axis"),
        *_middle(strip, ground, scale, tall),
    ]
    draw = _bars if counted else _dots
    parts.append(draw(strip, ground, scale, most))
    return element("g", *parts), ground + _GAP


def _middle(strip: Strip, ground: float, scale: _Scale, tall: float) -> list[Markup]:
    parts = []
    if strip.half:
        low, high = (scale.at(one) for one in strip.half)
        parts.append(
            element("rect", x=low, y=ground, width=max(high - low, 1), height=4,
                    class_=f"bb-fill-{strip.letter.lower()}")
        )  # fmt: skip
    if strip.median is not None:
        x = scale.at(strip.median)
        parts.append(
            element("path", d=path("M", x, ground - tall, "V", ground + 6), class_="bb-dupont-mean")
        )
    return parts


def _dots(strip: Strip, ground: float, scale: _Scale, _: int) -> Markup:
    """Each account a linked dot, stacked where several would stand at one place."""
    stacks: Counter[int] = Counter()
    parts = []
    for dot in sorted(strip.dots, key=lambda one: one.ratio):
        column = scale.column(dot.ratio, _STEP)
        y = ground - _STEP / 2 - stacks[column] * _STEP
        stacks[column] += 1
        x = _STEP + (column + 0.5) * _STEP
        css = "bb-effort-ring" if dot.outlier else f"bb-fill-{strip.letter.lower()}"
        parts.append(element("circle", cx=x, cy=y, r=_DOT, class_=css))
    return Markup("").join([*parts, *_names(strip, ground, scale, stacks)])


def _named(strip: Strip) -> list[Dot]:
    return sorted((dot for dot in strip.dots if dot.outlier), key=lambda one: one.ratio)


def _names(strip: Strip, ground: float, scale: _Scale, stacks: Counter[int]) -> list[Markup]:
    """Outliers are named above their dots, as far as the names find room beside each other."""
    tall = max(stacks.values(), default=1) * _STEP
    parts, taken = [], 0.0
    for dot in _named(strip):
        wide = width(dot.label, 12) * SLACK
        x = min(max(scale.at(dot.ratio) - wide / 2, taken), scale.room + 2 * _STEP - wide)
        if x >= taken:
            parts.append(element("text", dot.label, x=x, y=ground - tall - 5))
            taken = x + wide + 10
    return parts


def _bars(strip: Strip, ground: float, scale: _Scale, most: int) -> Markup:
    """How many accounts stand at each place, all classes on one scale."""
    counts = Counter(scale.column(dot.ratio, _BIN) for dot in strip.dots)
    parts = [
        element("rect", x=_STEP + at * _BIN, y=ground - max(n / most * _TALLEST, 1),
                width=_BIN - 1, height=max(n / most * _TALLEST, 1),
                class_=f"bb-fill-{strip.letter.lower()}")
        for at, n in sorted(counts.items())
    ]  # fmt: skip
    return element("g", *parts)


def _axis(scale: _Scale, top: float, beyond: str, percent: Callable[[float], str]) -> Markup:
    """Names of the ticks below all classes; the last says if something lies beyond."""
    values = ticks(scale.top, scale.room)
    labels = [percent(one) for one in values]
    right = scale.room + 2 * _STEP
    parts = []
    for value, label in zip(values, labels, strict=True):
        x = scale.at(value)
        parts.append(element("path", d=path("M", x, top - 6, "V", top - 1), class_="bb-axis"))
        half = width(label, 12) / 2
        parts.append(
            element("text", label, x=min(max(x, half), right - half), y=top + 12,
                    text_anchor="middle", class_="bb-text-note")
        )  # fmt: skip
    if beyond and right - scale.at(values[-1]) > width(beyond, 12) + width(labels[-1], 12):
        parts.append(
            element("text", beyond, x=right, y=top + 12, text_anchor="end", class_="bb-text-note")
        )
    return element("g", *parts)
