"""Sizes and ratios by year in, bars and a line with its thresholds out as SVG.

Both are at most `ROOM` px wide, so that one form serves a page and a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from briefbook.charts.svg import element, path
from briefbook.charts.text import SLACK, width, wrap

ROOM = 340.0
"""The widest that a chart becomes, in px."""
SIZE, LEADING = 12.0, 15.0
_STRONG = 600
_BAR, _SLOT, _GAP = 40.0, 52.0, 10.0
_BASE, _PLOT, _LINE_PLOT = 147.0, 112.0, 132.0
# Both charts stand on one line; above the bars there is room for two lines of text.
_LEFT, _RIGHT = 20.0, 10.0
_SHORT = 8
_LABEL = 150.0


@dataclass(frozen=True, slots=True)
class Heading:
    """What a screen reader is told, and the id that makes both unique on the page."""

    id: str
    title: str
    desc: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: its size (None where it is not known), the text on the bar, the texts below it."""

    label: str
    value: float | None
    text: str
    below: tuple[str, ...] = ()
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One ratio: when (in years), how much (in percent), its year, its text."""

    at: float
    value: float
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A level line and its label."""

    value: float
    text: str


def drawn_bars(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """The latest bars that have room, from one that is known; the table beside holds all."""
    most = max(int(ROOM // _slot(bars)), 2)
    drawn = bars[-most:]
    start = next((at for at, bar in enumerate(drawn) if bar.value is not None), len(drawn))
    return tuple(drawn[start:])


def bars_svg(bars: Sequence[Bar], heading: Heading) -> Markup:
    """Bars from zero, the value on top, the year and what else is known of it below."""
    slot = _slot(bars)
    top = max((bar.value or 0.0 for bar in bars), default=0.0) or 1.0
    foot = max((len(bar.below) for bar in bars), default=0) * LEADING
    wide = slot * len(bars)
    parts = [
        _bar(bar, slot * at, slot, _PLOT * (bar.value or 0.0) / top, now=bar is bars[-1])
        for at, bar in enumerate(bars)
    ]
    axis = element("line", class_="bb-axis", x1=0, x2=wide, y1=_BASE, y2=_BASE)
    return _svg(heading, wide, _BASE + 20 + foot, *parts, axis)


def _slot(bars: Sequence[Bar]) -> float:
    """The room of one bar: its widest text, or that of any other."""
    texts = [one for bar in bars for one in (*_words(bar.text), bar.label, *bar.below)]
    widest = max((width(one, SIZE, _STRONG) for one in texts), default=0.0)
    return max(_SLOT, min(widest * SLACK + _GAP, ROOM))


def _words(text: str) -> tuple[str, ...]:
    """A qualifier stands above its number, so that bars stay close."""
    return tuple(text.rsplit(" ", 1)) if len(text) > _SHORT else (text,)


def _bar(bar: Bar, x: float, slot: float, height: float, *, now: bool) -> Markup:
    middle, left = x + slot / 2, x + (slot - _BAR) / 2
    css = "bb-text-strong" if now else None
    parts = []
    if bar.value is None:
        parts.append(element("circle", class_="bb-bar-missing", cx=middle, cy=_BASE - 9, r=5))
    else:
        kind = "bb-bar-implied" if bar.implied else "bb-bar-now" if now else "bb-bar-past"
        parts.append(
            element("rect", class_=kind, x=left, y=_BASE - height, width=_BAR, height=height)
        )
        lines = _words(bar.text)
        start = _BASE - height - 6 - LEADING * (len(lines) - 1)
        parts += [_text(one, middle, start + LEADING * at, css) for at, one in enumerate(lines)]
    parts.append(_text(bar.label, middle, _BASE + 16, css))
    parts += [
        _text(one, middle, _BASE + 16 + LEADING * at, "bb-text-note")
        for at, one in enumerate(bar.below, 1)
    ]
    return element("g", *parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where years and percent lie in the drawing of a line."""

    first: float
    last: float
    top: float
    right: float
    base: float = _BASE

    def x(self, at: float) -> float:
        """A year from the left."""
        part = (at - self.first) / (self.last - self.first) if self.last > self.first else 1.0
        return _LEFT + part * (self.right - 2 * _LEFT)

    def y(self, value: float) -> float:
        """A percentage from the top."""
        return self.base - _LINE_PLOT * value / self.top


def line_svg(
    points: Sequence[Point], limits: Sequence[Threshold], top: float, heading: Heading
) -> Markup:
    """The ratios as a line from zero to `top`, the level lines of the book, labels at the right.

    Charts that are compared get the same `top`.
    """
    notes = max(_room(text) for text in (points[-1].text, *(one.text for one in limits)))
    frame = _Frame(points[0].at, points[-1].at, top * 1.1 or 1.0, ROOM - notes - _RIGHT)
    parts = [
        *(_level(frame, one) for one in limits),
        element("line", class_="bb-axis", x1=0, x2=frame.right, y1=frame.base, y2=frame.base),
        *(_stroke(frame, *pair) for pair in pairwise(points)),
        *(_dot(frame, one, now=one is points[-1]) for one in points),
        *_years(frame, points),
        _first(frame, points),
        *_notes(frame, points[-1], limits),
    ]
    return _svg(heading, ROOM, frame.base + 22, *parts)


def _room(text: str) -> float:
    return max(width(one, SIZE, _STRONG) for one in _lines(text)) * SLACK


def _lines(text: str) -> tuple[str, ...]:
    return wrap(text, _LABEL, SIZE, _STRONG)


def _level(frame: _Frame, limit: Threshold) -> Markup:
    y = frame.y(limit.value)
    return element("line", class_="bb-threshold", x1=0, x2=frame.right, y1=y, y2=y)


def _stroke(frame: _Frame, start: Point, end: Point) -> Markup:
    """From point to point, dashed across years of which nothing is known."""
    css = "bb-line-gap" if end.at - start.at > 1.01 else "bb-line-data"
    way = path("M", frame.x(start.at), frame.y(start.value), "L", frame.x(end.at),
               frame.y(end.value))  # fmt: skip
    return element("path", class_=css, d=way)


def _dot(frame: _Frame, point: Point, *, now: bool) -> Markup:
    css = "bb-point-now" if now else "bb-point"
    return element("circle", class_=css, cx=frame.x(point.at), cy=frame.y(point.value),
                   r=4 if now else 2.6)  # fmt: skip


def _first(frame: _Frame, points: Sequence[Point]) -> Markup:
    """The value of the first point, on the side that the line leaves free."""
    y = frame.y(points[0].value)
    below = points[1].value >= points[0].value and y + 22 < frame.base
    x = max(frame.x(points[0].at) - 12, 0)
    return _text(points[0].text, x, y + 18 if below else y - 9, "bb-halo", "start")


def _years(frame: _Frame, points: Sequence[Point]) -> list[Markup]:
    """The last year, the first, and those between that leave a gap."""
    taken: list[tuple[float, float]] = []
    made: dict[int, Markup] = {}
    for at in dict.fromkeys((len(points) - 1, 0, *range(len(points) - 2, 0, -1))):
        half = width(points[at].label, SIZE, _STRONG) * SLACK / 2
        x = max(frame.x(points[at].at), half)
        if all(x + half + 4 <= low or x - half - 4 >= high for low, high in taken):
            taken.append((x - half, x + half))
            css = "bb-text-strong" if at == len(points) - 1 else None
            made[at] = _text(points[at].label, x, frame.base + 16, css)
    return [made[at] for at in sorted(made)]


def _notes(frame: _Frame, last: Point, limits: Sequence[Threshold]) -> list[Markup]:
    """Labels beside the lines' ends, from the top, none on another."""
    wanted = [(frame.y(one.value), _lines(one.text), "bb-text-note") for one in limits]
    wanted.append((frame.y(last.value), _lines(last.text), "bb-text-strong"))
    wanted.sort(key=lambda one: one[0])
    heights = [len(lines) * LEADING for _, lines, _ in wanted]
    starts = _apart([y - LEADING / 2 for y, _, _ in wanted], heights, frame.base + 4)
    x = frame.right + _RIGHT
    return [
        _text(line, x, start + LEADING * row + 11.5, css, "start")
        for start, (_, lines, css) in zip(starts, wanted, strict=True)
        for row, line in enumerate(lines)
    ]


def _apart(wanted: Sequence[float], heights: Sequence[float], bottom: float) -> list[float]:
    """Starts in the same order, as near to those wanted as the heights and the bottom allow."""
    starts: list[float] = []
    for at, start in enumerate(wanted):
        free = starts[-1] + heights[at - 1] if starts else 0.0
        starts.append(max(start, free))
    for at in range(len(starts) - 1, -1, -1):
        starts[at] = min(starts[at], bottom - heights[at])
        bottom = starts[at]
    return starts


def _text(text: str, x: float, y: float, css: str | None = None, anchor: str = "middle") -> Markup:
    return element("text", text, x=x, y=y, class_=css, text_anchor=anchor)


def _svg(heading: Heading, wide: float, high: float, *parts: Markup) -> Markup:
    return element(
        "svg",
        element("title", heading.title, id=f"{heading.id}-title"),
        element("desc", heading.desc, id=f"{heading.id}-desc"),
        *parts,
        class_="bb-diagram",
        role="img",
        aria_labelledby=f"{heading.id}-title {heading.id}-desc",
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        width=round(wide),
        height=round(high),
    )
