"""The people of an account and the words for them in, their chart for a phone out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefbook.analyse.organisation_plan import Node, plan, reading
from briefbook.charts.organisation import framed
from briefbook.charts.organisation_box import Content, content, drawn
from briefbook.charts.organisation_view import OrganisationWords, People, Person, drawable
from briefbook.charts.svg import element, path

WIDTH = 358.0
_INDENT = 16.0
_MOST_INDENT = 96.0
_BETWEEN = 8.0


@dataclass(frozen=True, slots=True)
class Entry:
    """Someone in the indented list: the box in px and what it holds."""

    person: Person
    held: Content
    x: float
    y: float

    @property
    def width(self) -> float:
        """The width of the box in px."""
        return WIDTH - 1 - self.x


def organisation_svg_narrow(view: People, words: OrganisationWords) -> Markup:
    """The chart 358 px wide: an indented list, influence told in words inside each box."""
    shown = drawable(view)
    entries = arranged_narrow(shown)
    end = entries[-1].y + entries[-1].held.height + 2 if entries else 24.0
    return framed(
        words,
        f"{view.prefix}-narrow",
        "bb-org-narrow",
        (WIDTH, end),
        element("g", *_lines(entries), aria_hidden="true"),
        *(
            drawn(one.person, one.held, one.x, one.y, one.width, one.held.height, view.scale)
            for one in entries
        ),
    )


def arranged_narrow(shown: People) -> tuple[Entry, ...]:
    """The list from the top: each person before the own team, people apart last."""
    people = {one.id: one for one in shown.people}
    order = reading(plan([Node(one.id, one.above, one.apart) for one in shown.people]))
    step = (
        min(_INDENT, _MOST_INDENT / max((depth for _, depth in order), default=0))
        if any(depth for _, depth in order)
        else 0.0
    )
    said: dict[str, list[str]] = {}
    for one in shown.influences:
        said.setdefault(one.source, []).append(one.text)
    entries = []
    y = 1.0
    for id, depth in order:
        x = 0.5 + step * depth
        held = content(people[id], WIDTH - 1 - x, tuple(said.get(id, ())))
        entries.append(Entry(people[id], held, x, y))
        y += held.height + _BETWEEN
    return tuple(entries)


def _lines(entries: tuple[Entry, ...]) -> list[Markup]:
    """From under each boss down and right to everybody who reports there."""
    placed = {one.person.id: one for one in entries}
    lines = []
    for one in entries:
        up = placed.get(one.person.above or "")
        if up is None or one.x <= up.x:
            continue
        spine, y = (up.x + one.x) / 2, one.y + 16
        d = path("M", spine, up.y + up.held.height, "V", y, "H", one.x)
        lines.append(element("path", class_="bb-org-reports", d=d))
    return lines
