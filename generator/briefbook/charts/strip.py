"""An own value, a mean and those of others in; a line with a mark and a label for each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.charts.svg import element, path, together
from briefbook.charts.text import SLACK, width

_LABEL = 18.0
_AXIS = 16.0
_APART = 8.0
_BELOW = 17.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A value and the words that stand at it."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Ours is filled, the others are rings, the mean is a tick."""

    own: Mark
    others: tuple[Mark, ...]
    mean: Mark | None


def strip(of: Strip, x: float, top: float, room: float) -> tuple[Markup, float]:
    """The drawing and its height in px; labels that find no room are left to the table."""
    values = [one.value for one in (of.own, *of.others, *([of.mean] if of.mean else []))]
    low, high = min(values), max(values)
    scale = _Scale(low, (high - low) or 1.0, x + 8, room - 16)
    shown = _spread(of, scale, x, room)
    axis = top + (_LABEL + 10 if shown else 0) + 8
    own, height = _own(of, scale, axis, x, room)
    parts = [
        element("path", class_="bb-axis", d=path("M", x, axis, "H", x + room)),
        *(_labelled(mark, center, scale.at(mark.value), axis) for mark, center in shown),
        *(
            element("circle", class_="bb-dupont-ring", cx=scale.at(one.value), cy=axis, r=4)
            for one in of.others
        ),
        own,
    ]
    return together(parts), axis - top + height


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values to px; a single value stands in the middle of nothing, at the left."""

    low: float
    span: float
    start: float
    room: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        return self.start + (value - self.low) / self.span * self.room


def _spread(of: Strip, scale: _Scale, x: float, room: float) -> list[tuple[Mark, float]]:
    """The labels above the line, side by side, each as near to its mark as the others let it."""
    near = sorted(of.others, key=lambda one: abs(one.value - of.own.value))
    chosen: list[Mark] = []
    for one in near:
        if sum(_wide(each) + _APART for each in (*chosen, one)) - _APART <= room:
            chosen.append(one)
    chosen.sort(key=lambda one: (one.value, one.label))
    centers = _pushed([scale.at(one.value) for one in chosen], [_wide(one) for one in chosen],
                      x, x + room)  # fmt: skip
    return list(zip(chosen, centers, strict=True))


def _wide(mark: Mark) -> float:
    return width(mark.label, 12) * SLACK


def _pushed(
    wanted: Sequence[float], widths: Sequence[float], left: float, right: float
) -> list[float]:
    """Centres moved apart until nothing overlaps, first to the right, then back to the left."""
    placed: list[float] = []
    edge = left
    for center, wide in zip(wanted, widths, strict=True):
        placed.append(max(center, edge + wide / 2))
        edge = placed[-1] + wide / 2 + _APART
    edge = right
    for at in reversed(range(len(placed))):
        placed[at] = min(placed[at], edge - widths[at] / 2)
        edge = placed[at] - widths[at] / 2 - _APART
    return placed


def _labelled(mark: Mark, center: float, at: float, axis: float) -> Markup:
    """A label above the line and its leader."""
    y = axis - _LABEL - 6
    leader = path("M", center, y + 4, "L", at, axis - 5)
    return together(
        (
            element("path", class_="bb-dupont-leader", d=leader),
            element("text", mark.label, x=center, y=y, text_anchor="middle"),
        )
    )


def _own(of: Strip, scale: _Scale, axis: float, x: float, room: float) -> tuple[Markup, float]:
    """Our mark and the mean's tick, with their labels below; in two rows where one is too short."""
    parts, taken, height = [], None, _AXIS + 6
    if of.mean:
        at = scale.at(of.mean.value)
        tick = path("M", at, axis - 7, "V", axis + 7)
        parts.append(element("path", class_="bb-dupont-mean", d=tick))
    parts.append(element("circle", class_="bb-point-now", cx=scale.at(of.own.value), cy=axis, r=5))
    for mark, css in ((of.own, "bb-text-strong"), (of.mean, "bb-text-note")):
        if mark is None:
            continue
        half = min(_wide(mark) * 1.08, room) / 2  # the own label is bold
        center = min(max(scale.at(mark.value), x + half), x + room - half)
        crowded = taken is not None and abs(center - taken[0]) < half + taken[1] + _APART
        y = axis + _BELOW + (_AXIS if crowded else 0)
        height += _AXIS if crowded else 0
        text = element("text", mark.label, class_=css, x=center, y=y, text_anchor="middle")
        parts.append(text)
        taken = (center, half)
    return together(parts), height
