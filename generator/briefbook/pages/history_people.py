"""The course of people's measures in, their rows on the page of an account out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from briefbook.analyse.closeness import MEASURES
from briefbook.history.measures import Courses
from briefbook.history.past import Marks
from briefbook.pages.here import Here
from briefbook.pages.people_chart import called

Line = Sequence[Marks | None]


def people(here: Here, id: str) -> dict[str, Any] | None:
    """Each person whose measures changed, at the first and last day and those with a change."""
    found = here.site.story.courses.get(id) if here.site.story else None
    if found is None:
        return None
    account = here.site.content.accounts[id].value
    shown = _shown(found)
    return {
        "days": [here.t.day(found.days[at]) for at in shown],
        "rows": [
            {
                "name": called(account, person),
                "href": here.person(id, person),
                "measures": [
                    _measure(here, name, line, shown) for name in MEASURES if _known(line, name)
                ],
            }
            for person, line in found.people.items()
        ],
        "same": here.t("history.people-same", n=found.same) if found.same else None,
    }


def _shown(found: Courses) -> list[int]:
    """Days that say something new."""
    last = len(found.days) - 1
    changed = {
        at
        for line in found.people.values()
        for at, (old, new) in enumerate(pairwise(line), 1)
        if old != new
    }
    return sorted({0, *changed, last})


def _known(line: Line, name: str) -> bool:
    return any(getattr(marks, name, None) is not None for marks in line)


def _measure(here: Here, name: str, line: Line, shown: Sequence[int]) -> dict[str, Any]:
    """Its mark on each day; `turn` says whether it rose or fell since the last known one."""
    values: list[int | None] = [getattr(marks, name, None) for marks in line]
    cells: list[dict[str, Any]] = []
    before: int | None = None
    for at in shown:
        value = values[at]
        moved = value is not None and before is not None and value != before
        turn = ("up" if (value or 0) > (before or 0) else "down") if moved else None
        cells.append({"value": value, "turn": turn})
        before = before if value is None else value
    return {"label": here.t(f"field.{name}"), "cells": cells, "values": values}
