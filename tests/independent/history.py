"""Classes, measures and reviews of the past, computed a second time with git and YAML alone."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.independent.closeness import read
from tests.independent.home import unheld
from tests.independent.team import letter

MEASURES = ("relation", "solution", "price")


def git(root: Path, *arguments: str) -> str:
    """What a command of git prints."""
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
    return done.stdout.decode()


def commits(root: Path) -> list[tuple[date, str]]:
    """Day (in UTC) and id of each commit of the branch, the earliest first."""
    lines = git(root, "log", "--reverse", "--first-parent", "--format=%ct %H").splitlines()
    pairs = [line.split(" ") for line in lines]
    return [(datetime.fromtimestamp(int(when), UTC).date(), id) for when, id in pairs]


def accounts(root: Path, commit: str) -> dict[str, Any]:
    """The accounts of a commit that are there today, under their ids of today."""
    redirects = root / "content" / "redirects.yml"
    ids = (read(redirects).get("account") or {}) if redirects.exists() else {}
    now = {path.stem for path in (root / "content/accounts").glob("*.yml")}
    names = git(root, "ls-tree", "--name-only", commit, "content/accounts/").splitlines()
    found = {}
    for name in names:
        id = Path(name).stem
        text = git(root, "show", f"{commit}:{name}")
        with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            found[ids.get(id, id)] = read(Path(file.name))
    return {id: one for id, one in found.items() if id in now}


def ends(today: date) -> list[date]:
    """The last eight ends of calendar quarters, and today."""
    found = [today]
    day = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    while len(found) < 9:
        last = day - timedelta(days=1)
        found.append(last)
        day = date(last.year, last.month - 2, 1)
    return found[::-1]


def review_days(today: date) -> list[date]:
    """The last eight review days of calendar years that have passed."""
    years = range(today.year - 3, today.year + 1)
    days = [
        date(year, *at) for year in years for at in ((4, 1), (7, 1), (10, 1), (12, 31))
    ]  # fmt: skip
    return [day for day in days if day < today][-8:]


def compute(root: Path, today: date) -> dict[str, Any]:
    """All that the pages of the past say in numbers."""
    book = read(root / "content" / "book.yml")
    past = [(day, accounts(root, id)) for day, id in commits(root)]
    days = [day for day in ends(today) if day >= past[0][0]]
    states = {day: [state for when, state in past if when <= day][-1] for day in days}
    classes = {
        day: {id: letter(one, book, day) for id, one in state.items()}
        for day, state in states.items()
    }
    return {
        "counts": {day: dict(Counter(of.values())) for day, of in classes.items()},
        "classes": classes,
        "measures": measures(states),
        "reviews": {day: reviews(past, book, day, today) for day in review_days(today)},
    }


def measures(states: dict[date, dict[str, Any]]) -> dict[tuple[str, str], list[Any]]:
    """By account and person of today: the three marks on each day on which the account was there.

    Only of people of whom they changed.
    """
    last = list(states.values())[-1]
    found = {}
    for id, account in last.items():
        for person in account.get("people") or {}:
            line = [
                marks((state[id].get("people") or {}).get(person))
                for state in states.values()
                if id in state
            ]
            if len({str(one) for one in line if one is not None}) > 1:
                found[id, person] = line
    return found


def marks(person: Any) -> list[int | None] | None:
    """Relation, solution, price; None for a person who is not there."""
    if person is None:
        return None
    given = [(person.get(name) or {}).get("now") for name in MEASURES]
    return [None if mark is None else int(mark) for mark in given]


def reviews(
    past: list[tuple[date, dict[str, Any]]], book: Any, day: date, today: date
) -> dict[str, date | None]:
    """By account that owed a review on the day: when a commit first held it, None for never."""
    found: dict[str, date | None] = {}
    for id in past[-1][1]:
        plans = [(when, state[id]["plan"]) for when, state in past if state.get(id, {}).get("plan")]
        of_year = [(when, plan) for when, plan in plans if int(plan["year"]) == day.year]
        if of_year:
            held = [when for when, plan in of_year if day not in unheld(plan, book, today)]
            is_held = day not in unheld(of_year[-1][1], book, today)
            found[id] = held[0] if is_held else None
    return found


if __name__ == "__main__":
    said = compute(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    for key, value in said.items():
        sys.stdout.write(f"{key}: {value}\n")
