"""The people of an account and the words for them in, their chart for a wide page out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefbook.analyse.organisation import Frame, Lane, Layout, place
from briefbook.analyse.organisation_plan import Node, plan
from briefbook.analyse.organisation_routes import Influence as Edge
from briefbook.analyse.organisation_routes import Route, route
from briefbook.charts.organisation_box import Content, content, drawn
from briefbook.charts.organisation_view import Influence, OrganisationWords, People, drawable
from briefbook.charts.strokes import turning
from briefbook.charts.svg import element, path, together
from briefbook.charts.text import SLACK, wrap

WIDTH = 938.0
_LEFT = 66.0
_MOST_BOX = 220.0
_GUTTER, _QUIET_GUTTER = 36.0, 20.0
_MARK = 8.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """All parts of a drawing with their places in px."""

    view: People
    width: float
    layout: Layout
    held: dict[str, Content]
    routes: tuple[Route, ...]


def organisation_svg(view: People, words: OrganisationWords) -> Markup:
    """The chart 938 px wide: tops above their teams, influence in the gaps between columns."""
    drawing = arranged(view)
    return framed(
        words,
        f"{view.prefix}-wide",
        "bb-org-wide",
        (drawing.width, drawing.layout.height),
        together(_lane(lane, drawing.width, words) for lane in drawing.layout.lanes),
        element("g", *map(_reports, drawing.layout.lines), aria_hidden="true"),
        together(_boxes(drawing)),
        element("g", *_influences(drawing), aria_hidden="true"),
    )


def framed(
    words: OrganisationWords, prefix: str, css: str, size: tuple[float, float], *parts: str
) -> Markup:
    """A described drawing of some size in px."""
    return element(
        "svg",
        element("title", words.title, id=f"{prefix}-title"),
        element("desc", words.desc, id=f"{prefix}-desc"),
        *parts,
        class_=f"bb-diagram bb-org {css}",
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        viewBox=f"0 0 {size[0]:.0f} {size[1]:.0f}",
        width=round(size[0]),
        height=round(size[1]),
    )


def arranged(view: People) -> Drawing:
    """Where each part of the wide drawing lies."""
    shown = drawable(view)
    made = plan([Node(one.id, one.above, one.apart) for one in shown.people])
    gutter = _GUTTER if shown.influences else _QUIET_GUTTER
    room = (WIDTH - _LEFT - gutter) / made.columns - gutter
    frame = Frame(_LEFT, min(room, _MOST_BOX), gutter)
    held = {one.id: content(one, frame.box - made.indent[one.id]) for one in shown.people}
    layout = place(made, frame, {id: one.height for id, one in held.items()})
    edges = [Edge(one.source, one.target) for one in shown.influences]
    width = frame.column(made.columns)
    return Drawing(shown, width, layout, held, route(layout, frame, edges))


def _lane(lane: Lane, wide: float, words: OrganisationWords) -> Markup:
    label = words.apart if lane.steps is None else words.steps(lane.steps, lane.more)
    ground = element(
        "rect", class_="bb-org-lane", x=0, y=lane.y, width=wide, height=lane.height, rx=3
    )
    lines = wrap(label, (_LEFT - 8) / SLACK, 12)
    texts = (
        element("text", line, class_="bb-org-steps", x=8, y=lane.y + 20 + 15 * at)
        for at, line in enumerate(lines)
    )
    return ground + element("g", *texts)


def _reports(points: tuple[tuple[float, float], ...]) -> Markup:
    commands: list[str | float] = ["M", *points[0]]
    for point in points[1:]:
        commands += ["L", *point]
    return element("path", class_="bb-org-reports", d=path(*commands))


def _boxes(drawing: Drawing) -> list[Markup]:
    people = {one.id: one for one in drawing.view.people}
    return [
        drawn(
            people[box.id], drawing.held[box.id], box.x, box.y, box.width, box.height,
            drawing.view.scale,
        )
        for box in drawing.layout.boxes
    ]  # fmt: skip


def _influences(drawing: Drawing) -> list[Markup]:
    pairs = list(zip(drawing.view.influences, drawing.routes, strict=True))
    lines = [_influence(one, way) for one, way in pairs]
    return lines + [number(one.number, *way.mark) for one, way in pairs if way.mark]


def _influence(one: Influence, way: Route) -> Markup:
    stroke = turning(way.points, own=(1, "side"))
    return element(
        "g",
        element("path", class_="bb-org-line", d=stroke.line),
        element("path", class_="bb-org-head", d=stroke.head),
        class_=f"bb-org-influence bb-org-influence--{one.strength or 'unknown'}",
    )


def number(at: int, x: float, y: float) -> Markup:
    """The number of an influence in the list below the drawing."""
    ring = element("circle", cx=x, cy=y, r=_MARK)
    sign = element("text", str(at), x=x, y=y + 4.2, text_anchor="middle")
    return element("g", ring, sign, class_="bb-org-number")
