"""The arranged parts of a value chain in, its SVG out; the same for a wide page and a phone."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefbook.charts import chain_box
from briefbook.charts.chain_labels import LEADING, SIZE, Diamond, Label
from briefbook.charts.chain_view import ChainFlow, ChainWords, Group
from briefbook.charts.place import Point, Rect
from briefbook.charts.strokes import Stroke
from briefbook.charts.svg import element, path, together


@dataclass(frozen=True, slots=True)
class Lane:
    """The ground of a stage, and its heading with the start of its first line."""

    heading: tuple[str, ...]
    rect: Rect
    start: Point


@dataclass(frozen=True, slots=True)
class Line:
    """A flow's line and arrow head as paths."""

    line: str
    head: str
    back: bool
    pain: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All parts of a drawing with their places in px."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[tuple[Group, chain_box.Content, Rect], ...]
    lines: tuple[Line, ...]
    diamonds: tuple[Diamond, ...]
    labels: tuple[Label, ...]


def line(flow: ChainFlow, stroke: Stroke) -> Line:
    """How a flow looks: its way, its arrow head if it has one, whether it is sore or leads back."""
    return Line(stroke.line, stroke.head if flow.arrow else "", flow.back, flow.pain is not None)


def svg(drawing: Drawing, words: ChainWords, prefix: str, css: str) -> Markup:
    """The drawing as SVG: grounds, lines, then groups in the order of reading, then labels.

    Lines and labels are hidden from screen readers, for the table beside says the same in words.
    """
    boxes = _groups(drawing, words)
    grounds = together(_ground(lane) for lane in drawing.lanes)
    lines = together(_line(line) for line in _quiet_first(drawing.lines))
    marks = together([*map(_label, drawing.labels), *map(_diamond, drawing.diamonds)])
    linked = "<a " in boxes
    return element(
        "svg",
        element("title", words.title, id=f"{prefix}-title"),
        element("desc", words.desc, id=f"{prefix}-desc"),
        grounds,
        element("g", lines, aria_hidden="true"),
        boxes,
        element("g", marks, aria_hidden="true"),
        class_=f"bb-chain {css}",
        role="group" if linked else "img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        viewBox=f"0 0 {drawing.width:.0f} {drawing.height:.0f}",
        width=round(drawing.width),
        height=round(drawing.height),
    )


def _groups(drawing: Drawing, words: ChainWords) -> Markup:
    """Each stage's heading, then its groups, as they are read."""
    parts = []
    headings = list(drawing.lanes)
    for group, held, rect in drawing.boxes:
        while headings and headings[0].rect.x <= rect.x and headings[0].rect.y <= rect.y:
            parts.append(_heading(headings.pop(0)))
        parts.append(chain_box.drawn(group, held, rect.x, rect.y, rect.width, rect.height, words))
    return together(parts)


def _quiet_first(lines: tuple[Line, ...]) -> list[Line]:
    """Lines with a pain lie on top of those without."""
    return sorted(lines, key=lambda line: line.pain)


def _ground(lane: Lane) -> Markup:
    rect = lane.rect
    return element(
        "rect", class_="bb-chain-lane", x=rect.x, y=rect.y,
        width=rect.width, height=rect.height, rx=3,
    )  # fmt: skip


def _heading(lane: Lane) -> Markup:
    lines = (
        element("text", line, class_="bb-chain-stage", x=lane.start[0], y=lane.start[1] + 16 * at)
        for at, line in enumerate(lane.heading)
    )
    return together(lines)


def _line(line: Line) -> Markup:
    css = "bb-chain-flow"
    css += " bb-chain-flow--back" if line.back else ""
    css += " bb-chain-flow--pain" if line.pain else ""
    return element(
        "g",
        element("path", class_="bb-chain-line", d=line.line),
        element("path", class_="bb-chain-head", d=line.head) if line.head else "",
        class_=css,
    )


def _diamond(diamond: Diamond) -> Markup:
    x, y = diamond.middle
    size = 10.0
    d = path("M", x, y - size, "L", x + size, y, "L", x, y + size, "L", x - size, y, "Z")
    return element(
        "g",
        element("path", d=d),
        element("text", str(diamond.number), x=x, y=y + 4.3, text_anchor="middle"),
        class_="bb-chain-pain",
    )


def _label(label: Label) -> Markup:
    css = "bb-chain-label bb-chain-label--lane" if label.on_lane else "bb-chain-label"
    x = label.rect.x + label.rect.width / 2
    first = label.rect.y + SIZE * 0.93
    return together(
        element("text", line, class_=css, x=x, y=first + at * LEADING, text_anchor="middle")
        for at, line in enumerate(label.lines)
    )


def signs() -> dict[str, Markup]:
    """The legend's pictures, to stand before words: flows, our accounts, companies."""
    level = Line("M 0 8 H 23", "M 30 8 L 22 3.8 V 12.2 Z", back=False, pain=False)
    plain = Line("M 0 8 H 30", "", back=False, pain=False)
    sore = Line("M 0 8 H 34", "", back=False, pain=True)
    returning = Line("M 0 8 H 30", "", back=True, pain=False)
    ring = element("circle", class_="bb-chain-ring", cx=7, cy=8, r=4)
    edge = element("rect", class_="bb-chain-ours", x=2, y=1, width=4, height=14, rx=1)
    number = element(
        "g", element("path", d="M 17 0 L 25 8 L 17 16 L 9 8 Z"), class_="bb-chain-pain"
    )
    return {
        "flow": _sign(30, _line(level)),
        "joint": _sign(30, _line(plain)),
        "pain": _sign(34, _line(sore), number),
        "back": _sign(30, _line(returning)),
        "ours": _sign(8, edge),
        "account": _sign(16, chain_box.badge("C", 0, 0)),
        "company": _sign(14, ring),
    }


def _sign(wide: int, *drawn: Markup) -> Markup:
    return element(
        "svg",
        *drawn,
        class_="bb-chain bb-chain-sign",
        viewBox=f"0 0 {wide} 16",
        width=wide,
        height=16,
        aria_hidden="true",
    )
