"""A content folder in, every number of the home page out, from the YAML alone (rules 1-5, 18, 19).

Nothing of Briefbook is imported; `python -m tests.independent.home content 2026-11-22` prints it.
It reads what the sample content uses: calendar years, plain quantities, limits in days and months.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.independent.closeness import DEFAULT_ROLES, first_day, months_on, read
from tests.independent.counters import asked_of, complete, money, quarters

LETTERS = {"high": "abb", "medium": "ccd", "low": "ccd"}
ACROSS = ("high", "medium", "low")
EVERY = {"a": "14 days", "b": "30 days", "c": "21 days", "d": "90 days"}
FRESH = {"market": "24 months", "pain": "24 months", "finance": "15 months", "person": "6 months",
         "research": "12 months", "other": "18 months"}  # fmt: skip
KIND = {"market": "market", "pains": "pain", "business_model": "market", "finance": "finance",
        "in_short": "research", "people": "person", "research": "research"}  # fmt: skip
FOLDERS = ("industries", "companies", "accounts", "strategies")


def last_day(text: str) -> date:
    """The last day of a day, month, quarter, year or span of months."""
    text = text.rsplit("..", maxsplit=1)[-1].removeprefix("FY").strip()
    if found := re.fullmatch(r"(\d{4})-?Q([1-4])", text):
        return months_on(date(int(found[1]), int(found[2]) * 3, 1), 1) - timedelta(days=1)
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return months_on(date(parts[0], month, 1), 1) - timedelta(days=1)


def later(day: date, span: str) -> date:
    """A day some days or months on."""
    number, unit = span.split()
    return months_on(day, int(number)) if "month" in unit else day + timedelta(days=int(number))


def bare(value: Any) -> Any:
    """The value of a fact, written short or long."""
    return value["value"] if isinstance(value, dict) else value


def level(amount: Fraction, limits: dict[str, str], book: Any) -> str:
    """A threshold belongs to the level that it opens."""
    for name in ("high", "medium"):
        limit = money(limits[name], book)
        if limit is not None and amount >= limit:
            return name
    return "low"


def place(account: Any, book: Any, today: date) -> dict[str, Any]:
    """Latest full year, contribution, potential, cell and class."""
    value = account.get("value_to_us") or {}
    years = {int(year.removeprefix("FY")): bare(one)
             for year, one in (value.get("contribution") or {}).items()}  # fmt: skip
    year = max((one for one in years if one < today.year), default=None)
    paid = money(years[year], book) if year else None
    before = money(years[year - 1], book) if year and year - 1 in years else None
    potential = money(bare(value["potential"]), book) if "potential" in value else None
    found = {"year": str(year or ""), "paid": paid, "before": before, "potential": potential,
             "letter": None, "cell": None}  # fmt: skip
    if paid is None or potential is None:
        return found
    limits = book["nine_box"]
    up, across = level(paid, limits["contribution"], book), level(potential, limits["potential"],
                                                                  book)  # fmt: skip
    share = Fraction(limits.get("relative_share", "50%").rstrip("%")) / 100
    if paid < potential * share and up != "low":
        up = "medium" if up == "high" else "low"
    return {**found, "letter": LETTERS[up][ACROSS.index(across)], "cell": f"{up}/{across}"}


def owed(account: Any, book: Any, today: date) -> list[tuple[str, date]]:
    """Kind and day of all that is overdue or falls due in 30 days, each once."""
    plan, found = account.get("plan") or {}, {}
    for one in (plan.get("actions") or {}).values():
        if "due" in one and one.get("status") not in {"done", "dropped"} and "done" not in one:
            found[last_day(one["due"]), one["what"]] = "action"
    for one in account.get("contacts") or ():
        promise = one.get("promised") or {}
        if "by" in promise and promise.get("done", "no") == "no":
            found.setdefault((last_day(promise["by"]), promise["what"]), "promise")
    rows = [(kind, day) for (day, _), kind in found.items()]
    rows += [("review", day) for day in unheld(plan, book, today)]
    return [(kind, day) for kind, day in rows if day <= today + timedelta(days=30)]


def unheld(plan: Any, book: Any, today: date) -> list[date]:
    """Days of the year's reviews beyond those that were held."""
    if not plan:
        return []
    edges = quarters(book, int(plan["year"]))
    days = [*edges[1:4], edges[4] - timedelta(days=1)]
    held = [one for one in plan.get("reviews") or ()
            if edges[0] <= last_day(one["date"]) <= today]  # fmt: skip
    return days[len(held) :]


def ends(account: Any, today: date) -> bool:
    """Whether the contract ends within 90 days."""
    until = (account.get("contract") or {}).get("until")
    return until is not None and today <= last_day(until) <= today + timedelta(days=90)


def signs(account: Any, at: dict[str, Any], book: Any, today: date) -> Iterator[str]:
    """Kinds of warning signs, some of them several times."""
    if silent(account, at["letter"], book, today):
        yield "silent"
    if ends(account, today):
        opened = last_day(account["contract"]["until"]) - timedelta(days=90)
        deals = (account.get("opportunities") or {}).values()
        if not any(opened <= last_day(one["signed"]) <= today for one in deals if "signed" in one):
            yield "renewal"
    if None not in {at["paid"], at["before"]} and at["paid"] < at["before"]:
        yield "falling"
    yield from roles(account, book, today)
    late = {kind for kind, day in owed(account, book, today) if day < today}
    yield from (f"{kind}-overdue" for kind in ("review", "promise") if kind in late)
    scores = sorted((last_day(one["date"]), Fraction(one["score"]) / int(one.get("of", 10)))
                    for one in account.get("satisfaction") or ())[-2:]  # fmt: skip
    if len(scores) == 2 and scores[1][1] < scores[0][1]:
        yield "satisfaction"


def silent(account: Any, letter: str | None, book: Any, today: date) -> bool:
    """Whether the last talk, else the first day as a customer, is too long ago for the class."""
    held = [day for one in account.get("contacts") or () if (day := last_day(one["date"])) <= today]
    if "customer_since" in account:
        held = held or [last_day(account["customer_since"])]
    every = {**EVERY, **(book.get("contact_every") or {})}
    return bool(letter and held) and later(max(held), every[letter or ""]) < today


def roles(account: Any, book: Any, today: date) -> Iterator[str]:
    """Roles that nobody holds, where people are known at all."""
    people = (account.get("people") or {}).values()
    for role in book.get("must_have_roles") or DEFAULT_ROLES if people else ():
        having = [one for one in people if role in (one.get("roles") or ())]
        if all("left" in one and first_day(one["left"]) <= today for one in having):
            yield "role-gone" if having else "role-missing"


def stale(record: Any, book: Any, registry: Any, today: date) -> int:
    """Facts of a file that are older than their kind may be."""
    limits = {**FRESH, **(book.get("fresh_for") or {})}
    known = {**registry, **(record.get("sources") or {})}
    starts = (record.get("finance") or {}).get("year_starts", "01-01")
    dated = (
        found
        for part, node in record.items()
        if part != "sources"
        for found in facts(node, KIND.get(part, "other"), [], None, known, starts)
    )
    return sum(day is not None and later(day, limits[kind]) < today for kind, day in dated)


def facts(
    node: Any, kind: str, ids: list[str], day: date | None, known: Any, starts: str
) -> Iterator[tuple[str, date | None]]:
    """Kind and day of each fact below; a fact without a day has that of its part, or its source."""
    if isinstance(node, list):
        for one in node:
            yield from facts(one, kind, ids, day, known, starts)
    if not isinstance(node, dict) or node.get("confidential") == "yes":
        return
    own = node.get("source") or []
    ids = ([own] if isinstance(own, str) else own) or ids
    day = own_day(node, starts) or day
    if (
        "source" in node
        or "verified" in node
        or ("value" in node and {"as_of", "checked"} & {*node})
    ):
        published = [last_day(known[one]["published"]) for one in ids
                     if "published" in known.get(one, {})]  # fmt: skip
        yield kind, day or max(published, default=None)
    for below in node.values():
        yield from facts(below, kind, ids, day, known, starts)


def own_day(node: Any, starts: str) -> date | None:
    """The first date that the part itself gives; FYn ends in n where the year begins."""
    for name in ("checked", "verified", "as_of", "date", "period", "published"):
        text = node.get(name)
        if isinstance(text, str) and re.match(r"(FY ?)?\d{4}", text):
            if text.startswith("FY") and starts != "01-01" and "Q" not in text:
                month, day = map(int, starts.split("-"))
                return date(int(text[-4:]), month, day) - timedelta(days=1)
            return last_day(text)
    return None


def glance(rows: list[dict[str, Any]], year: str) -> dict[str, Any]:
    """Counts and sums over some accounts."""
    known = [one for one in rows if one["paid"] is not None and one["year"] == year]
    both = [one for one in known if one["potential"]]
    due = [each for one in rows for each in one["owed"]]
    shares = [one["complete"] for one in rows]
    return {
        "accounts": len(rows),
        "year": year,
        "known": len(known),
        "contribution": sum(one["paid"] for one in known),
        "both": sum(one["paid"] for one in both),
        "potential": sum(one["potential"] for one in both),
        "overdue": sum(late for _, late in due),
        "soon": sum(not late for _, late in due),
        "contracts": sum(one["ends"] for one in rows),
        "silent": sum("silent" in one["signs"] for one in rows),
        "signs": dict(sorted(Counter(kind for one in rows for kind in one["signs"]).items())),
        "stale": sum(one["stale"] for one in rows),
        "unplanned": sum(one["unplanned"] for one in rows),
        "complete": sum(shares, Fraction(0)) / len(shares) if shares else None,
    }


def row(account: Any, book: Any, registry: Any, today: date) -> dict[str, Any]:
    """Everything that one account adds."""
    at = place(account, book, today)
    gap = None if at["letter"] is None else at["potential"] - at["paid"]
    limit = money(book.get("important_gap", "20 m CNY"), book)
    assert limit is not None
    important = "important" in account or bool(at["letter"] == "c" and gap and gap >= limit)
    parts = complete(account, asked_of(at["letter"], important=important)).values()
    have, of = (sum(int(one.split("/")[n]) for one in parts) for n in (0, 1))
    return {
        **at,
        "owner": account.get("owner", ""),
        "owed": [(kind, day < today) for kind, day in owed(account, book, today)],
        "ends": ends(account, today),
        "signs": set(signs(account, at, book, today)),
        "stale": stale(account, book, registry, today),
        "unplanned": (at["letter"] == "a" or important) and "plan" not in account,
        "complete": Fraction(have, of),
    }


def compute(folder: Path, today: date) -> dict[str, Any]:
    """The numbers of the page: the whole, by owner, by cell, by class."""
    book, registry = read(folder / "book.yml"), read(folder / "sources.yml")
    rows = [row(read(path), book, registry, today)
            for path in sorted((folder / "accounts").glob("*.yml"))]  # fmt: skip
    year = max((one["year"] for one in rows), default="")
    files = [read(path) for name in FOLDERS for path in sorted((folder / name).glob("*.yml"))]
    cells = Counter(one["cell"] for one in rows if one["cell"])
    owners = {one["owner"] for one in rows}
    return {
        **glance(rows, year),
        "stale_facts": sum(stale(one, book, registry, today) for one in files),
        "nine_box": {f"{up}/{across}": {"class": LETTERS[up][n].upper(),
                                        "accounts": cells[f"{up}/{across}"]}
                     for up in ACROSS for n, across in enumerate(ACROSS)},
        "classes": {letter.upper(): of_class(rows, letter) for letter in "abcd"},
        "owners": {id: glance([one for one in rows if one["owner"] == id], year) for id in owners},
    }  # fmt: skip


def of_class(rows: list[dict[str, Any]], letter: str) -> dict[str, Any]:
    """How many accounts of a class there are, and their sums."""
    mine = [one for one in rows if one["letter"] == letter]
    return {"accounts": len(mine), "contribution": sum(one["paid"] for one in mine),
            "potential": sum(one["potential"] for one in mine)}  # fmt: skip


if __name__ == "__main__":
    made = compute(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    sys.stdout.write(json.dumps(made, default=str, indent=1) + "\n")
