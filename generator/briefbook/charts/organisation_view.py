"""The people of an account as plain data in, those that a chart can show legibly out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

MOST = 150
"""Beyond so many the chart shows the top and the people with roles; the table has all."""
MOST_FULL = 40
"""Up to so many each measure has a line of its own; beyond, the overall closeness alone."""
MOST_INFLUENCES = 24
"""The strongest are drawn; more lines than that nobody can follow, and the list has all."""
_STRENGTH = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """A measure on the scale, now and wanted, and the same in words."""

    label: str
    now: float | None
    target: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """A box: who it is, in the reader's words; `notes` are the quiet lines.

    `dashed` is for people not known by name and roles that nobody has; `apart` for those whose
    place in the tree is not known; `warning` says that it is not verified lately.
    """

    id: str
    name: str
    above: str | None = None
    title: str = ""
    department: str = ""
    roles: str = ""
    notes: str = ""
    marks: tuple[Mark, ...] = ()
    overall: Mark | None = None
    warning: str = ""
    left: str = ""
    decides: bool = False
    dashed: bool = False
    apart: bool = False
    key: bool = False


@dataclass(frozen=True, slots=True)
class Influence:
    """An edge: its number in the list, what it says about the other, how strong it is."""

    number: int
    source: str
    target: str
    text: str
    strength: str


@dataclass(frozen=True, slots=True)
class People:
    """All to draw; `prefix` begins the ids of the drawing, `scale` is the highest mark."""

    prefix: str
    people: tuple[Person, ...]
    influences: tuple[Influence, ...]
    scale: int


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """What the drawing says by itself, in the reader's language."""

    title: str
    desc: str
    apart: str
    steps: Callable[[int, bool], str]


def drawable(view: People) -> People:
    """Up to 150 people as they are, else the top, those with roles, and those between them."""
    people = view.people
    if len(people) > MOST:
        people = _important(people)
    if len(people) > MOST_FULL:
        people = tuple(
            replace(one, marks=(one.overall,) if one.overall else (), notes="") for one in people
        )
    ids = {one.id for one in people}
    influences = [
        one
        for one in view.influences
        if {one.source, one.target} <= ids and one.source != one.target
    ]
    influences.sort(key=lambda one: _STRENGTH.get(one.strength, 2))
    drawn = sorted(influences[:MOST_INFLUENCES], key=lambda one: one.number)
    return replace(view, people=people, influences=tuple(drawn))


def _important(people: Sequence[Person]) -> tuple[Person, ...]:
    """Tops, then people with roles and all above them, as long as there is room; in order."""
    above = {one.id: one.above for one in people}
    chosen: set[str] = set()
    first = [one for one in people if not one.above and not one.apart]
    for one in (*first, *(each for each in people if each.key), *people):
        way, at = [], one.id
        while at in above and at not in chosen and at not in way:
            way.append(at)
            at = above[at] or ""
        if len(chosen) + len(way) <= MOST:
            chosen.update(way)
    return tuple(one for one in people if one.id in chosen)
