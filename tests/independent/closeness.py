"""Rule 11, computed a second time from the YAML alone, so that a mistake of ours is not shared."""

from __future__ import annotations

import json
import re
import sys
from collections import deque
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

WEIGHT = {"high": 3, "medium": 2, "low": 1}
DEFAULT_WEIGHTS = {"relation": "40%", "solution": "35%", "price": "25%"}
DEFAULT_ROLES = ["decision-maker", "champion", "sponsor"]


class Text(SafeConstructor):
    """Leaves dates and numbers as they were written."""


for tag in ("timestamp", "int", "float", "bool"):
    Text.add_constructor(f"tag:yaml.org,2002:{tag}", lambda made, node: made.construct_scalar(node))


def read(path: Path) -> Any:
    """A file as texts."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Text
    return yaml.load(path.read_text("utf-8")) or {}


def first_day(text: str) -> date:
    """The first day of what stands there: a day, a month, a quarter or a year."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return date(int(found[1]), int(found[2]) * 3 - 2, 1)
    year, _, month = text.partition("-")
    return date(int(year), int(month or 1), 1)


def months_on(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    at = day.year * 12 + day.month - 1 + months
    last = date((at + 1) // 12, (at + 1) % 12 + 1, 1) - timedelta(days=1)
    return date(last.year, last.month, min(day.day, last.day))


def mean(pairs: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The weighted mean, None of nothing."""
    total = sum((weight for _, weight in pairs), Fraction(0))
    return sum((value * weight for value, weight in pairs), Fraction(0)) / total if total else None


def rounded(value: Fraction | None) -> str | None:
    """Four decimals, a half to the even neighbour."""
    if value is None:
        return None
    units = round(value * 10000)
    sign = "-" if units < 0 else ""
    text = f"{sign}{abs(units) // 10000}.{abs(units) % 10000:04d}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def overall(person: dict[str, Any], weights: dict[str, Fraction], side: str) -> Fraction | None:
    """A person's mean of the measures that are known."""
    known = [
        (Fraction(person[name][side]), weight)
        for name, weight in weights.items()
        if side in (person.get(name) or {})
    ]
    return mean(known)


def group(people: list[dict[str, Any]]) -> dict[str, Any]:
    """Means of a department or of the account, weighted by influence."""
    there = [one for one in people if not one["left"]]
    now = mean([(one["now"], Fraction(one["weight"])) for one in there if one["now"] is not None])
    target = mean(
        [(one["target"], Fraction(one["weight"])) for one in there if one["target"] is not None]
    )
    gap = None if now is None or target is None else target - now
    return {"now": rounded(now), "target": rounded(target), "gap": rounded(gap),
            "people": len(there), "known": sum(one["now"] is not None for one in there),
            "old": sum(one["old"] for one in there)}  # fmt: skip


def distances(people: dict[str, Any]) -> dict[str, int | None]:
    """Steps below the only person who reports to nobody; unknown where there are several."""
    tops = [id for id, one in people.items() if one.get("reports_to") not in people]
    steps: dict[str, int | None] = dict.fromkeys(people)
    if len(tops) != 1:
        return steps
    steps[tops[0]] = 0
    waiting = deque(tops)
    while waiting:
        boss = waiting.popleft()
        for id, one in people.items():
            if one.get("reports_to") == boss and steps[id] is None:
                steps[id] = (steps[boss] or 0) + 1
                waiting.append(id)
    return steps


def account(data: dict[str, Any], book: dict[str, Any], today: date) -> dict[str, Any]:
    """What the page of one account should say."""
    rule = book.get("closeness") or {}
    written = {**DEFAULT_WEIGHTS, **(rule.get("weights") or {})}
    weights = {name: Fraction(text.rstrip("% ")) for name, text in written.items()}
    fresh = re.fullmatch(r"(\d+) months?", (book.get("fresh_for") or {}).get("person", "6 months"))
    assert fresh, "this script reads months only"
    people = data.get("people") or {}
    steps = distances(people)
    found: dict[str, dict[str, Any]] = {}
    for id, one in people.items():
        seen = one.get("verified")
        found[id] = {
            "now": overall(one, weights, "now"),
            "target": overall(one, weights, "target"),
            "weight": WEIGHT.get(one.get("influence", ""), 1),
            "left": "left" in one and first_day(one["left"]) <= today,
            "old": seen is None or months_on(first_day(seen), int(fresh[1])) < today,
            "distance": steps[id],
            "department": one.get("department", ""),
        }
    roles = book.get("must_have_roles", DEFAULT_ROLES)
    departments = {one["department"] for one in found.values() if not one["left"]}
    return {
        "account": group(list(found.values())),
        "departments": {
            name: group([one for one in found.values() if one["department"] == name])
            for name in sorted(departments)
        },
        "people": {
            id: {**one, "now": rounded(one["now"]), "target": rounded(one["target"])}
            for id, one in found.items()
        },
        "lacking": [
            role
            for role in roles
            if not any(
                role in people[id].get("roles", ()) and not found[id]["left"] for id in people
            )
        ],
    }


def accounts(content: Path, today: date) -> dict[str, Any]:
    """Every account file of a content folder."""
    book = read(content / "book.yml")
    return {
        path.stem: account(read(path), book, today)
        for path in sorted((content / "accounts").glob("*.yml"))
    }


if __name__ == "__main__":
    said = accounts(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
