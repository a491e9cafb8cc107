"""Classes at the ends of quarters in, the flow between them and a matrix for each quarter out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from briefbook.analyse.results import Class
from briefbook.analyse.standing import LETTERS
from briefbook.charts.flow import Flow, Lane, Stop, flow_narrow, flow_wide
from briefbook.history.story import Story
from briefbook.pages.effort import class_address
from briefbook.pages.here import Here

PERIODS = 4
"""Quarters whose moves between classes are shown in full, the latest first."""
LANES: tuple[Class | None, ...] = (*LETTERS, None)
Classes = Mapping[date, Mapping[str, Class | None]]
"""By day and account: its class; None where it had none."""


def classes(story: Story) -> Classes:
    """Where the accounts of today stood, day by day, the earliest first."""
    found: defaultdict[date, dict[str, Class | None]] = defaultdict(dict)
    for id, trail in story.trails.items():
        for place in trail:
            found[place.day][id] = place.letter
    return dict(sorted(found.items()))


def _moves(old: Mapping[str, Class | None], new: Mapping[str, Class | None]) -> Counter[Any]:
    return Counter((old[id], letter) for id, letter in new.items() if id in old)


def flow(here: Here, found: Classes) -> dict[str, Any] | None:
    """The drawing in both widths and its numbers; None before the first quarter has ended."""
    if len(found) < 2:
        return None
    days = list(found)
    moves = [_moves(found[old], found[new]) for old, new in pairwise(days)]
    counts = [Counter(found[day].values()) for day in days]
    came = [len(found[new].keys() - found[old].keys()) for old, new in pairwise(days)]
    drawn = _drawn(here, days, counts, moves)
    return {
        "wide": flow_wide(drawn),
        "narrow": flow_narrow(drawn),
        "letters": [letter and letter.upper() for letter in LANES],
        "rows": [
            {
                "day": here.t.day(day),
                "counts": [count[letter] for letter in LANES],
                "moves": _listed(moves[at - 1]) if at else [],
                "came": here.t("changes.came", n=came[at - 1]) if at and came[at - 1] else None,
                "first": not at,
            }
            for at, (day, count) in enumerate(zip(days, counts, strict=True))
        ],
    }


def _listed(moves: Mapping[Any, int]) -> list[dict[str, Any]]:
    return [
        {"old": old and old.upper(), "new": new and new.upper(), "count": moves[old, new]}
        for old in LANES
        for new in LANES
        if old != new and moves.get((old, new))
    ]


def _drawn(
    here: Here, days: list[date], counts: list[Counter[Any]], moves: list[Counter[Any]]
) -> Flow:
    """Classes that no account was ever in have no lane."""
    t = here.t
    lanes = [letter for letter in LANES if any(count[letter] for count in counts)]
    at = {letter: number for number, letter in enumerate(lanes)}
    return Flow(
        prefix="flow",
        title=t("changes.flow"),
        desc=t("changes.flow-desc", first=t.day(days[0]), last=t.day(days[-1])),
        lanes=tuple(_lane(here, letter) for letter in lanes),
        stops=tuple(
            Stop(t.day(day), tuple(count[letter] for letter in lanes))
            for day, count in zip(days, counts, strict=True)
        ),
        moves=tuple({(at[old], at[new]): n for (old, new), n in some.items()} for some in moves),
    )


def _lane(here: Here, letter: Class | None) -> Lane:
    if letter is None:
        return Lane(here.t("part.no-class"), "?", "none")
    name, sign = here.t("changes.class", letter=letter.upper()), letter.upper()
    return Lane(name, sign, letter, here.to(class_address(letter)))


def periods(here: Here, found: Classes) -> list[dict[str, Any]]:
    """Moves between classes from the end of one quarter to the next, the latest first."""
    return [_period(here, found, *pair) for pair in reversed(list(pairwise(found))[-PERIODS:])]


def _period(here: Here, found: Classes, first: date, last: date) -> dict[str, Any]:
    old, new = found[first], found[last]
    moves = _moves(old, new)
    return {
        "title": here.t("changes.period", first=here.t.day(first), last=here.t.day(last)),
        "letters": [letter and letter.upper() for letter in LANES],
        "rows": [
            {"letter": row and row.upper(),
             "cells": [{"count": moves[row, column], "same": row == column} for column in LANES]}
            for row in LANES
        ],
        "moved": [
            {**one, "accounts": here.accounts(_who(old, new, one))} for one in _listed(moves)
        ],
    }  # fmt: skip


def _who(
    old: Mapping[str, Class | None], new: Mapping[str, Class | None], move: Mapping[str, Any]
) -> list[str]:
    pair = tuple(letter and letter.lower() for letter in (move["old"], move["new"]))
    return [id for id, letter in new.items() if id in old and (old[id], letter) == pair]
