"""Classes, investments and plans of a content folder, computed a second time from the YAML alone.

Rules 1 to 9, written anew: nothing of Briefbook is imported.
`python -m tests.independent.plan_totals content 2026-11-22` prints them as JSON.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

from tests.independent.closeness import first_day, read
from tests.independent.counters import counters, money, plain, quarters

CELLS = {"high": "abb", "medium": "ccd", "low": "ccd"}
"""Classes by contribution, for a potential that is high, medium, low (check 1)."""
LEVELS = ("low", "medium", "high")
NAMES = ("incubate", "capture", "sign", "receive")


def level(amount: Fraction, limits: dict[str, Any], book: dict[str, Any]) -> str:
    """A threshold belongs to the level that it opens."""
    high, medium = money(limits["high"], book), money(limits["medium"], book)
    assert high is not None
    assert medium is not None
    return "high" if amount >= high else "medium" if amount >= medium else "low"


def running(book: dict[str, Any], today: date) -> int:
    """The fiscal year of the day, named after the year in which it ends."""
    later = today.year + 1
    return later if quarters(book, later)[0] <= today else today.year


def latest(value: dict[str, Any], book: dict[str, Any], today: date) -> tuple[str, Fraction | None]:
    """The latest year that has ended with a contribution."""
    ended = running(book, today) - 1
    years = {key.removeprefix("FY"): one for key, one in (value.get("contribution") or {}).items()}
    full = [year for year in years if int(year) <= ended]
    if not full:
        return str(ended), None
    return max(full), money(plain(years[max(full)]), book)


def letter(came: Fraction | None, most: Fraction | None, book: dict[str, Any]) -> str | None:
    """The class; none without both amounts."""
    if came is None or most is None:
        return None
    box = book["nine_box"]
    row = LEVELS.index(level(came, box["contribution"], book))
    if came < most * Fraction(box["relative_share"].rstrip("% ")) / 100:
        row = max(row - 1, 0)
    column = 2 - LEVELS.index(level(most, box["potential"], book))
    return CELLS[LEVELS[row]][column]


def account(data: dict[str, Any], book: dict[str, Any], today: date) -> dict[str, Any]:
    """What one account brings, could bring, and takes."""
    value = data.get("value_to_us") or {}
    year, came = latest(value, book, today)
    most = money(plain(value["potential"]), book) if "potential" in value else None
    spent = (value.get("investment") or {}).get(year) or {}
    paid = money(spent["money"], book) if "money" in spent else None
    return {
        "class": letter(came, most, book), "came": came, "most": most, "paid": paid,
        "days": int(spent["days"]) if "days" in spent else None,
        "ratio": paid / came if paid is not None and came else None,
        "left": max(most - came, Fraction(0)) if most is not None and came is not None else None,
    }  # fmt: skip


def total(rows: list[dict[str, Any]], name: str) -> Fraction:
    """The sum of what is known."""
    return sum((row[name] for row in rows if row[name] is not None), Fraction(0))


def outside(rows: dict[str, dict[str, Any]]) -> list[str]:
    """Accounts beyond 1.5 interquartile ranges, quartiles interpolated; five are needed."""
    known = sorted(row["ratio"] for row in rows.values() if row["ratio"] is not None)
    if len(known) < 5:
        return []

    def at(part: Fraction) -> Fraction:
        place = part * (len(known) - 1)
        low = int(place)
        high = min(low + 1, len(known) - 1)
        return Fraction(known[low] + (known[high] - known[low]) * (place - low))

    low, high = at(Fraction(1, 4)), at(Fraction(3, 4))
    reach = (high - low) * Fraction(3, 2)
    return sorted(id for id, row in rows.items() if row["ratio"] is not None
                  and not low - reach <= row["ratio"] <= high + reach)  # fmt: skip


def classes(rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Sums, ratio and outliers of each class."""
    found = {}
    for name in "abcd":
        group = {id: row for id, row in rows.items() if row["class"] == name}
        both = [row for row in group.values() if row["ratio"] is not None]
        some = list(group.values())
        found[name] = {
            "accounts": len(group), "contribution": total(some, "came"),
            "potential": total(some, "most"), "left": total(some, "left"),
            "money": total(some, "paid"), "days": int(total(some, "days")),
            "unknown": sum(row["paid"] is None and row["days"] is None for row in some),
            "ratio": total(both, "paid") / total(both, "came") if both else None,
            "median": median(row["ratio"] for row in both) if both else None,
            "outliers": outside(group),
        }  # fmt: skip
    return found


def to_d(rows: dict[str, dict[str, Any]], middle: Fraction | None) -> list[str]:
    """Class D above the median of C."""
    return sorted(id for id, row in rows.items() if row["class"] == "d"
                  and row["ratio"] is not None and middle is not None
                  and row["ratio"] > middle)  # fmt: skip


def parts(plans: list[dict[str, Any]], book: dict[str, Any], today: date) -> dict[str, Any]:
    """Each counter by quarter over some plans: the sum of what is known, and of the targets."""
    edges = quarters(book, running(book, today))
    ended = sum(1 for edge in edges[1:5] if edge <= today)
    found = {}
    for name in NAMES:
        rows = [counters(plan, book, today)[name] for plan in plans]
        wanted = [targets(plan["plan"], name, book) for plan in plans]
        found[name] = {
            "actual": [known([row[n] for row in rows]) for n in range(4)],
            "unknown": [sum(row[n] is None for row in rows) if edges[n] <= today else 0
                        for n in range(4)],
            "target": [known([want[n] for want in wanted]) for n in range(4)],
            "year": known([each for row in rows for each in row]),
            "silent": sum(all(each is None for each in row) or None in row[:ended]
                          for row in rows),
        }  # fmt: skip
    return found


def targets(plan: dict[str, Any], name: str, book: dict[str, Any]) -> list[Fraction | None]:
    """A quarter's own target, else a quarter of the year's."""
    given = plan.get("targets") or {}
    year = amount((given.get("year") or {}).get(name), name, book)
    own = [amount((given.get(f"q{n}") or {}).get(name), name, book) for n in range(1, 5)]
    return [one if one is not None else year / 4 if year is not None else None for one in own]


def amount(text: str | None, name: str, book: dict[str, Any]) -> Fraction | None:
    """A number of deals, or money."""
    if text is None:
        return None
    return money(text, book) if name in {"sign", "receive"} else Fraction(text)


def known(values: list[Any]) -> Fraction | None:
    """The sum of what is known; None of nothing."""
    some = [Fraction(one) for one in values if one is not None]
    return sum(some, Fraction(0)) if some else None


def reviews(book: dict[str, Any], year: int) -> list[date]:
    """Three, six and nine months on, and the last day (check 12)."""
    edges = quarters(book, year)
    return [*edges[1:4], edges[4] - timedelta(days=1)]


def overdue(
    accounts: dict[str, Any], book: dict[str, Any], today: date
) -> dict[str, dict[str, int]]:
    """Reviews that were not held and actions that were not done, by owner."""
    late: defaultdict[str, dict[str, int]] = defaultdict(lambda: {"review": 0, "action": 0})
    for data in accounts.values():
        plan = data.get("plan")
        if not plan:
            continue
        year = int(plan["year"])
        begins = quarters(book, year)[0]
        held = sum(begins <= first_day(one["date"]) <= today for one in plan.get("reviews") or ())
        missed = sum(day < today for day in reviews(book, year)[held:])
        if missed:
            late[data.get("owner", "")]["review"] += missed
        for one in (plan.get("actions") or {}).values():
            open_ = one.get("status") not in {"done", "dropped"} and "done" not in one
            if open_ and "due" in one and first_day(one["due"]) < today:
                late[one.get("owner", "")]["action"] += 1
    return {owner: {kind: n for kind, n in each.items() if n} for owner, each in late.items()}


def compute(folder: Path, today: date) -> dict[str, Any]:
    """Everything for a content folder."""
    book = read(folder / "book.yml")
    data = {path.stem: read(path) for path in sorted((folder / "accounts").glob("*.yml"))}
    rows = {id: account(one, book, today) for id, one in data.items()}
    year, of = running(book, today), classes(rows)
    gap = money(book["important_gap"], book)
    assert gap is not None
    must = [id for id, row in rows.items()
            if row["class"] == "a" or "important" in data[id]
            or (row["class"] == "c" and row["most"] - row["came"] >= gap)]  # fmt: skip
    mine = {id: one for id, one in data.items()
            if one.get("plan") and int(one["plan"]["year"]) == year}  # fmt: skip
    groups: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for id, one in mine.items():
        keys = {"all": "", "class": rows[id]["class"] or "", "owner": one.get("owner", ""),
                "industry": one["industry"]}  # fmt: skip
        for by, key in keys.items():
            groups[by, key].append(one)
    return {
        "year": year,
        "reviews": [day.isoformat() for day in reviews(book, year)],
        "classes": of,
        "accounts": rows,
        "to_d": to_d(rows, of["c"]["median"]),
        "required": len(must),
        "lacking": sum(id not in mine for id in must),
        "overdue": overdue(data, book, today),
        "totals": {"/".join(key): parts(some, book, today) for key, some in groups.items()},
    }


if __name__ == "__main__":
    made = compute(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    sys.stdout.write(json.dumps(made, default=str, ensure_ascii=False, indent=1) + "\n")
