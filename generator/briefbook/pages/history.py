"""What git tells of an account in, that part of its playbook out: changes, classes, who knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from briefbook.analyse.results import LEVELS
from briefbook.analyse.standing import CLASSES
from briefbook.charts.trajectory import Way, trajectory
from briefbook.history.past import Place
from briefbook.history.story import Event
from briefbook.pages.change_words import Telling
from briefbook.pages.here import Here
from briefbook.pages.history_people import people

_TOP = tuple(reversed(LEVELS))
MOST_KNOWN = 5


def history(here: Here, id: str) -> dict[str, Any] | None:
    """The past of an account; None where git tells nothing of it."""
    story = here.site.story
    events = story.events.get(("account", id), ()) if story else ()
    trail = story.trails.get(id, ()) if story else ()
    if story is None or not (events or trail):
        return None
    known = [
        here.t("history.commits", name=name or here.t("history.someone"), n=n)
        for name, n in story.known.get(id, ())[:MOST_KNOWN]
    ]
    return {
        "changes": here.to("/changes/"),
        "events": [event(here, one) for one in events],
        "trail": _trail(here, trail),
        "people": people(here, id),
        "known": here.t.listed(known) if known else None,
        "shallow": here.t("history.shallow") if story.shallow else None,
    }


def event(here: Here, one: Event) -> dict[str, Any]:
    """One change: when, who, what in one sentence, the values, and the reason."""
    telling = Telling(here.t, here.site.content)
    return {
        "day": here.t.day(one.day),
        "author": one.author or here.t("history.someone"),
        "name": one.changed.name,
        "what": telling.what(one.changed),
        "edits": () if _is_told(one) else telling.edits(one.changed),
        "reason": one.reason,
    }


def _is_told(one: Event) -> bool:
    """Whether the one sentence says all already."""
    return not one.changed.consequences and len(one.changed.edits) < 2


@dataclass(frozen=True, slots=True)
class _Stay:
    """Days in a row on which an account stood at the same place."""

    first: date
    last: date
    place: Place


def _stays(trail: Sequence[Place]) -> list[_Stay]:
    groups = groupby(trail, key=lambda one: (one.level, one.potential_level))
    found = []
    for _, some in groups:
        places = list(some)
        found.append(_Stay(places[0].day, places[-1].day, places[-1]))
    return found


def _trail(here: Here, trail: Sequence[Place]) -> dict[str, Any] | None:
    """The table of the ends of quarters, and the drawing of the stays that are known."""
    if not trail:
        return None
    stays = [one for one in _stays(trail) if one.place.level and one.place.potential_level]
    numbers = {one.first: number for number, one in enumerate(stays, 1)}
    rows, number = [], None
    for one in trail:
        number = numbers.get(one.day, number)
        is_known = one.level is not None and one.potential_level is not None
        rows.append(_row(here, one, number if is_known else None))
    return {"drawing": _drawing(here, stays) if stays else None, "rows": rows}


def _row(here: Here, one: Place, number: int | None) -> dict[str, Any]:
    t = here.t
    return {
        "number": str(number) if number else None,
        "day": t.day(one.day),
        "letter": one.letter and one.letter.upper(),
        "level": t(f"level.{one.level}") if one.level else None,
        "potential": t(f"level.{one.potential_level}") if one.potential_level else None,
        "closeness": t.number(one.closeness, 1) if one.closeness is not None else None,
    }


def _drawing(here: Here, stays: Sequence[_Stay]) -> Markup:
    t = here.t
    words = [
        t("history.stay", n=number, letter=(one.place.letter or "").upper(), first=t.day(one.first),
          last=t.day(one.last))
        for number, one in enumerate(stays, 1)
    ]  # fmt: skip
    return trajectory(
        Way(
            stays=tuple(
                (_TOP.index(one.place.level), LEVELS.index(one.place.potential_level))
                for one in stays
                if one.place.level and one.place.potential_level
            ),
            letters=tuple(tuple(CLASSES[row, column].upper() for column in LEVELS) for row in _TOP),
            rows=tuple(t(f"level.{level}") for level in _TOP),
            columns=tuple(t(f"level.{level}") for level in LEVELS),
            axes=(t("field.contribution"), t("field.potential")),
            title=t("history.trail"),
            description=t.clauses(words),
        )
    )
