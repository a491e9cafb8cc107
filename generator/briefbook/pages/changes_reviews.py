"""Reviews that plans owed in, how many of them stand in a commit and which do not out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from briefbook.history.reviews import Owed
from briefbook.history.story import Story
from briefbook.pages.here import Here

MOST = 50
"""Missing reviews that are named."""


def reviews(here: Here, story: Story) -> dict[str, Any]:
    """A row for each review day, the latest first, and the reviews that no commit holds."""
    by_day: defaultdict[date, list[Owed]] = defaultdict(list)
    for one in story.owed:
        by_day[one.day].append(one)
    days = sorted(by_day, reverse=True)
    lacking = [(day, id) for day in days for id in _lacking(here, by_day[day])]
    more = len(lacking) - MOST
    return {
        "plans": here.to("/plans/"),
        "rows": [_row(here, day, by_day[day]) for day in days],
        "lacking": [_missing(here, day, id) for day, id in lacking[:MOST]],
        "more": here.t("more", n=more) if more > 0 else None,
    }


def _row(here: Here, day: date, owed: Sequence[Owed]) -> dict[str, Any]:
    held = [one.committed for one in owed if one.committed]
    return {
        "day": here.t.day(day),
        "owed": len(owed),
        "committed": len(held),
        "late": sum(when > day for when in held),
        "lacking": len(owed) - len(held),
    }


def _lacking(here: Here, owed: Sequence[Owed]) -> list[str]:
    """Accounts without it, those that bring most first."""
    return here.in_order(one.account for one in owed if not one.committed)


def _missing(here: Here, day: date, id: str) -> dict[str, Any]:
    owner = here.site.content.accounts[id].value.owner
    return {**here.account(id), "day": here.t.day(day), "owner": here.member(owner)}
