"""A content folder in, whom to serve out, computed from the YAML alone: nothing of Briefbook.

Written anew from rules 16 and 17 to hold the pages against; `python -m tests.independent.customers
content 2026-11-22` prints it. It reads what the sample content uses: plain quantities, whole days.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import yaml

SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}
YEARLY = {"year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365}


def read(path: Path) -> Any:
    """A file with every scalar as text."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader) or {}  # noqa: S506 (text only)


def bare(value: Any) -> Any:
    """The value of a fact, written short or long."""
    return value["value"] if isinstance(value, dict) and "value" in value else value


def money(text: Any, book: Any) -> Fraction | None:
    """An amount in the book's currency; a rate as a year's sum."""
    if bare(text) is None:
        return None
    words = str(bare(text)).replace(",", "").split()
    while words and words[0] in {"about", "over", "under", "at", "least", "most"}:
        words.pop(0)
    number = Fraction(words.pop(0).replace("\u2212", "-"))
    if words[0] in SCALES:
        number *= SCALES[words.pop(0)]
    currency = words.pop(0)
    if currency != book.get("currency", "CNY"):
        number *= Fraction(book["rates"][currency])
    return number * (YEARLY[words[-1]] if words else 1)


def count(text: Any) -> Fraction:
    """The number of a count such as `about 200 employees`."""
    return Fraction(
        next(word for word in str(bare(text)).replace(",", "").split() if word.isdigit())
    )


def percent(text: Any) -> Fraction | None:
    """The number of a share."""
    return None if bare(text) is None else Fraction(str(bare(text)).split()[-1].rstrip("%"))


def tier(amount: Fraction | None, large: Fraction, medium: Fraction) -> str | None:
    """Large, medium or small; what is not known is of no tier."""
    if amount is None:
        return None
    return "large" if amount >= large else "medium" if amount >= medium else "small"


def contribution(account: Any, book: Any, today: date) -> Fraction | None:
    """What the account brought in the latest calendar year that has ended."""
    years = (account.get("value_to_us") or {}).get("contribution") or {}
    past = [year for year in years if int(year.removeprefix("FY")) < today.year]
    return money(years[max(past)], book) if past else None


def size(account: Any, book: Any) -> str | None:
    """The tier of the employees, else the size as written."""
    profile, limits = account.get("profile") or {}, book["tiers"]["customer_size"]
    if "employees" in profile:
        return tier(count(profile["employees"]), count(limits["large"]), count(limits["medium"]))
    found: str | None = profile.get("size")
    return found


def deal_days(account: Any) -> Fraction | None:
    """Median days of signed deals with both days."""
    deals = (account.get("opportunities") or {}).values()
    days = [
        (date.fromisoformat(one["signed"]) - date.fromisoformat(one["opened"])).days
        for one in deals
        if one.get("stage", "signed") == "signed" and "signed" in one and "opened" in one
    ]
    return Fraction(median([Fraction(each) for each in days])) if days else None


def shares(groups: dict[str | None, list[Fraction | None]]) -> dict[str, Fraction]:
    """The share of each known tier in all revenue."""
    total = sum(amount for some in groups.values() for amount in some if amount is not None)
    return {
        name: sum((one for one in some if one is not None), Fraction(0)) / total
        for name, some in groups.items()
        if name
    }


def source(part: dict[str, Fraction], aim: str | None) -> str | None:
    """The tier that leads by ten points or more, else the one that the book aims at."""
    (most, first), (following, _) = sorted(((part[one], one) for one in part), reverse=True)[:2]
    return first if most - following >= Fraction(1, 10) else aim


def ranked(goal: str, rows: dict[str, Any]) -> list[str]:
    """Accounts in the order of the goal; those without its field are left out."""
    field, sign = {"speed": ("days", 1), "profit": ("paid", -1), "loyalty": ("since", 1)}[goal]
    known = [id for id in rows if rows[id][field] is not None]
    return sorted(known, key=lambda id: (sign * rows[id][field], -(rows[id]["paid"] or 0), id))


def top(values: list[Any]) -> list[str]:
    """Values that are equally common and stand more than once; at most three."""
    said = [value for value in values if value is not None]
    most = max((said.count(one) for one in said), default=0)
    found = sorted({one for one in said if said.count(one) == most})
    return found if len(found) <= 3 and (most > 1 or len(values) == 1) else []


def quartile(values: list[Fraction], part: Fraction) -> Fraction:
    """A quantile with linear interpolation between the ordered values."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * part
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def above(industry: str, folder: Path) -> list[str]:
    """The industry and all above it."""
    path = folder / "industries" / f"{industry}.yml"
    parent = read(path).get("parent") if path.is_file() else None
    return [industry, *(above(parent, folder) if parent else [])]


def wanted(rows: dict[str, Any], chosen: list[str], book: Any) -> dict[str, Any]:
    """The ideal customer: words to match, or bounds."""
    some = [rows[id] for id in chosen]
    hand = book.get("ideal_customer") or {}
    own = top([one["industry"][0] for one in some])
    made: dict[str, Any] = {"industry": own or top([one["industry"][-1] for one in some])}
    for name in ("type", "size", "place", "market_position"):
        made[name] = top([one[name] for one in some])
    for name in ("annual_revenue", "growth"):
        known = [one[name] for one in some if one[name] is not None]
        enough = len(known) > 1
        made[name] = (
            (quartile(known, Fraction(1, 4)), quartile(known, Fraction(3, 4))) if enough else None
        )
    for name, value in hand.items():
        if name == "annual_revenue":
            made[name] = tuple(money(value.get(end), book) for end in ("from", "to"))
        elif name == "growth":
            made[name] = tuple(percent(value.get(end)) for end in ("from", "to"))
        elif name not in {"because", "region"}:
            made["place" if name == "country" else name] = (
                value if isinstance(value, list) else [value]
            )
    return {name: value for name, value in made.items() if value}


def verdict(row: Any, name: str, ideal: Any) -> str:
    """Whether one field of an account matches."""
    value = row[name]
    if value is None:
        return "unknown"
    if name == "industry":
        good = bool(set(value) & set(ideal))
    elif isinstance(ideal, tuple):
        low, high = ideal
        good = (low is None or value >= low) and (high is None or value <= high)
    else:
        good = value in ideal
    return "matches" if good else "differs"


def row(account: Any, book: Any, folder: Path, today: date) -> dict[str, Any]:
    """What one account says."""
    profile, limits = account.get("profile") or {}, book["tiers"]["revenue"]
    since = account.get("customer_since")
    paid = contribution(account, book, today)
    large, medium = money(limits["large"], book), money(limits["medium"], book)
    assert large is not None
    assert medium is not None
    return {
        "paid": paid, "tier": tier(paid, large, medium), "size": size(account, book),
        "days": deal_days(account), "since": date.fromisoformat(since).toordinal() if since
        else None, "industry": above(account["industry"], folder), "type": profile.get("type"),
        "place": profile.get("country"), "market_position": profile.get("market_position"),
        "annual_revenue": money(profile.get("annual_revenue"), book),
        "growth": percent(profile.get("growth")),
    }  # fmt: skip


def compute(folder: Path, today: date, goal: str = "") -> dict[str, Any]:
    """Tiers, source, ranking, chosen accounts, ideal customer, and each account's fit."""
    book = read(folder / "book.yml")
    accounts = {path.stem: read(path) for path in sorted((folder / "accounts").glob("*.yml"))}
    rows = {id: row(one, book, folder, today) for id, one in accounts.items()}
    found: dict[str, Any] = {}
    for name, key in (("revenue", "tier"), ("size", "size")):
        groups: dict[str | None, list[Fraction | None]] = {
            one: [rows[id]["paid"] for id in rows if rows[id][key] == one]
            for one in ("large", "medium", "small", None)
        }
        found[name] = {one: len(some) for one, some in groups.items()}
        found[f"{name}_share"] = shares(groups)
    chosen_tier = source(found["revenue_share"], book["tiers"].get("aim"))
    within = {id: one for id, one in rows.items() if chosen_tier in {None, one["tier"]}}
    order = ranked(goal or book.get("goal", "profit"), within)
    cap = int(book.get("focus_cap", 10))
    chosen = order[: min(max(-(-len(order) // 2), 3), cap, len(order))]
    ideal = wanted(rows, chosen, book)
    fit = {
        id: {name: verdict(one, name, ideal[name]) for name in ideal} for id, one in rows.items()
    }
    return {**found, "tier": chosen_tier, "ranked": order,
            "unranked": sorted(set(within) - set(order)), "chosen": chosen, "ideal": ideal,
            "fit": fit}  # fmt: skip


if __name__ == "__main__":
    made = compute(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), *sys.argv[3:4])
    sys.stdout.write(json.dumps({str(k): v for k, v in made.items()}, default=str, indent=1) + "\n")
