"""Someone in an account and the room for the box in, its lines and the drawn box out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from markupsafe import Markup

from briefbook.charts.organisation_view import Mark, Person
from briefbook.charts.svg import element, number, path, together
from briefbook.charts.text import SLACK, width, wrap

Kind = Literal["name", "title", "roles", "note", "warning", "influence", "mark"]

NAME, TEXT = 13, 12
_STRONG = 600
_STRONG_SLACK = 1.12
_LEFT, _RIGHT, _TOP = 9.0, 7.0, 7.0
_LINE = 16.0
_SIGN = 14.0
_LEAST_AXIS, _MOST_AXIS = 34.0, 110.0


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of one kind, or a measure."""

    kind: Kind
    lines: tuple[str, ...]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a box holds, the height in px that it needs, and the widths of its measures' words."""

    rows: tuple[Row, ...]
    height: float
    label: float
    figure: float


def content(person: Person, wide: float, influences: tuple[str, ...] = ()) -> Content:
    """The lines of a box `wide` px wide; `influences` are told in words, on a phone."""
    room = (wide - _LEFT - _RIGHT) / SLACK
    strong = (wide - _LEFT - _RIGHT) / _STRONG_SLACK
    texts: list[tuple[Kind, str]] = [
        ("title", person.title),
        ("note", person.department),
        ("roles", person.roles),
        ("note", person.notes),
    ]
    rows = [Row("name", wrap(person.name, strong, NAME, _STRONG))]
    rows += [
        Row(kind, wrap(text, strong if kind == "roles" else room, TEXT, _weight(kind)))
        for kind, text in texts
        if text
    ]
    rows += [Row("mark", (mark.label,), mark) for mark in person.marks]
    rows += [Row("warning", wrap(person.warning, room - _SIGN, TEXT))] if person.warning else []
    rows += [Row("note", wrap(person.left, room, TEXT))] if person.left else []
    rows += [Row("influence", wrap(text, room - _SIGN, TEXT)) for text in influences]
    label = max((width(mark.label, TEXT) for mark in person.marks), default=0) * SLACK + 6
    known = [mark for mark in person.marks if _is_known(mark)]
    figure = max((width(mark.text, TEXT) for mark in known), default=0) * SLACK + 4
    height = 2 * _TOP + _LINE * sum(len(row.lines) for row in rows)
    if wide - _LEFT - _RIGHT - label - figure < _LEAST_AXIS:
        figure = 0.0  # the words stand on a line of their own
        height += _LINE * len(known)
    return Content(tuple(rows), height, label, figure)


def _is_known(mark: Mark) -> bool:
    return mark.now is not None or mark.target is not None


def _weight(kind: Kind) -> int:
    return _STRONG if kind in {"name", "roles"} else 400


def drawn(
    person: Person, held: Content, x: float, y: float, wide: float, high: float, scale: int
) -> Markup:
    """The box with its upper left corner at `x`, `y`, its lines from the top.

    Places inside are counted from the box: what many boxes hold is written the same in each.
    """
    parts = [element("rect", class_="bb-org-box", x=-_LEFT, y=0, width=wide, height=high, rx=6)]
    base = _TOP + 12
    for row in held.rows:
        if row.mark is not None:
            size = (held.label, held.figure, wide - _LEFT - _RIGHT)
            parts.append(_mark(row.mark, size, scale, base))
            base += _LINE * (1 if held.figure or not _is_known(row.mark) else 2)
            continue
        inset = _SIGN if row.kind in {"warning", "influence"} else None
        parts += [_moved(_sign(row.kind), 0, base)] if inset else []
        for line in row.lines:
            parts.append(_text(line, row.kind, inset, base))
            base += _LINE
    return _moved(together(parts), x + _LEFT, y, _css(person))


@lru_cache(maxsize=4096)  # on a phone most lines are the same, and roles are in all accounts
def _text(line: str, kind: Kind, x: float | None, base: float) -> Markup:
    return element("text", line, class_=f"bb-org-{kind}", x=x, y=base)


def _moved(part: Markup, x: float, y: float, css: str | None = None) -> Markup:
    return element("g", part, class_=css, transform=f"translate({number(x)} {number(y)})")


def _css(person: Person) -> str:
    css = "bb-org-person"
    css += " bb-org-person--decides" if person.decides and not person.left else ""
    css += " bb-org-person--left" if person.left else ""
    return css + (" bb-org-person--dashed" if person.dashed else "")


@cache
def _sign(kind: Kind) -> Markup:
    """An hourglass before what is old, an arrow before an influence; on the base line."""
    if kind == "warning":
        d = path(
            "M", 0, -9, "h", 8, "M", 0, 1, "h", 8,
            "M", 1, -9, "v", 2, "l", 6, 6, "v", 2, "M", 7, -9, "v", 2, "l", -6, 6, "v", 2,
        )  # fmt: skip
        return element("path", class_="bb-org-old", d=d)
    d = path("M", 0, -4, "h", 9, "m", -3, -3.5, "l", 3.5, 3.5, "l", -3.5, 3.5)
    return element("path", class_="bb-org-arrow", d=d)


@lru_cache(maxsize=4096)
def _mark(mark: Mark, size: tuple[float, float, float], scale: int, base: float) -> Markup:
    """A measure: its name, a dumbbell from 0 to the highest mark, and the figures.

    `size` is the room for the name, for the figures and for all. Kept, since the boxes of all
    drawings hold the same few many times.
    """
    wide, figure, room = size
    beside = bool(figure) or not _is_known(mark)
    figure = figure if _is_known(mark) else width(mark.text, TEXT) * SLACK + 4
    room = min(room, wide + 8 + figure + _MOST_AXIS)
    start, end = wide + 4, room - (figure or 4) - 4
    label = element("text", mark.label, class_="bb-org-label")
    said = element("text", mark.text, class_="bb-org-figure", x=room, y=None if beside else _LINE)
    drawn = dumbbell(mark.now, mark.target, start, end, scale)
    return _moved(together((label, drawn, said)), 0, base)


def dumbbell(
    now: float | None, target: float | None, start: float, end: float, scale: int
) -> Markup:
    """Filled where we are, a ring where we want to be, on an axis with a tick for each mark.

    Drawn over a base line at 0.
    """
    if now is None and target is None:
        return element(
            "path", class_="bb-dumbbell-none", d=path("M", start, -4, "H", max(start, end))
        )
    pitch = (end - start) / scale
    ticks: list[str | float] = ["M", start, -4, "H", end, "M", start, -6, "v", 4]
    ticks += ["m", pitch, -4, "v", 4] * scale
    parts = [element("path", class_="bb-dumbbell-axis", d=path(*ticks))]
    here, there = (
        None if value is None else start + min(max(value, 0), scale) * pitch
        for value in (now, target)
    )
    if there is not None and here is not None and there != here:
        parts.append(element("path", class_="bb-dumbbell-gap", d=path("M", here, -4, "H", there)))
    if there is not None and there != here:
        parts.append(element("circle", class_="bb-dumbbell-target", cx=there, cy=-4, r=3))
    if here is not None:
        parts.append(element("circle", class_="bb-dumbbell-now", cx=here, cy=-4, r=3.4))
    return together(parts)
