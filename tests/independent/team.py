"""The team's KPIs, desks, deals and calendar, computed a second time from the YAML alone.

`python -m tests.independent.team content 2026-11-22` prints them (rules 1 to 4, 8, 17 and 19).
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

from tests.independent.closeness import first_day, months_on, read
from tests.independent.counters import money, quarters

GRID = {
    "high high": "a", "high medium": "b", "high low": "b", "medium high": "c",
    "medium medium": "c", "medium low": "d", "low high": "c", "low medium": "c", "low low": "d",
}  # fmt: skip
LEVELS = ["low", "medium", "high"]
EVERY = {"a": "14 days", "b": "30 days", "c": "21 days", "d": "90 days"}
UNITS = {
    "day": Fraction(1), "week": Fraction(7), "month": Fraction(365, 12),
    "quarter": Fraction(365, 4), "year": Fraction(365),
}  # fmt: skip


def bare(value: Any) -> Any:
    """The value of a fact, written short or long."""
    return value["value"] if isinstance(value, dict) and "value" in value else value


def day(text: str) -> date:
    """A whole day."""
    return date.fromisoformat(text)


def last_day(text: str) -> date:
    """The last day of a day, month, quarter or year."""
    first = first_day(text)
    months = {10: 0, 7: 3 if "Q" in text else 1, 4: 12}[len(text)]
    return months_on(first, months) - timedelta(days=1) if months else first


def later(start: date, text: str) -> date:
    """Some days, weeks or whole months on."""
    number, unit = text.split()
    unit = unit.rstrip("s")
    if unit in {"month", "quarter", "year"} and Fraction(number).denominator == 1:
        return months_on(start, int(number) * {"month": 1, "quarter": 3, "year": 12}[unit])
    return start + timedelta(days=int(Fraction(number) * UNITS[unit]))


def amounts(account: Any, book: Any) -> dict[int, Fraction | None]:
    """Contribution by year."""
    table = (account.get("value_to_us") or {}).get("contribution") or {}
    return {int(year.removeprefix("FY")): money(bare(one), book) for year, one in table.items()}


def latest(account: Any, book: Any, today: date) -> int | None:
    """The last year that has ended and of which the contribution is known."""
    ended = today.year - 1 if quarters(book, today.year)[0] == date(today.year, 1, 1) else None
    assert ended is not None, "this script reads calendar years only"
    known = [year for year, one in amounts(account, book).items() if one is not None]
    return max((year for year in known if year <= ended), default=None)


def level(amount: Fraction, limits: Any, book: Any) -> str:
    """Low, medium or high; a threshold opens its level."""
    high, medium = money(limits["high"], book), money(limits["medium"], book)
    assert high is not None
    assert medium is not None
    return "high" if amount >= high else "medium" if amount >= medium else "low"


def potential(account: Any, book: Any) -> Fraction | None:
    """The largest revenue that it could bring."""
    text = bare((account.get("value_to_us") or {}).get("potential"))
    return money(text, book) if text else None


def letter(account: Any, book: Any, today: date) -> str:
    """Class by the nine-box; "" where something is not known."""
    year, most = latest(account, book, today), potential(account, book)
    if year is None or most is None:
        return ""
    brought, box = amounts(account, book)[year], book["nine_box"]
    assert brought is not None
    own = level(brought, box["contribution"], book)
    if brought < most * Fraction(box["relative_share"].rstrip("%")) / 100:
        own = LEVELS[max(LEVELS.index(own) - 1, 0)]
    return GRID[f"{own} {level(most, box['potential'], book)}"]


def reviews(account: Any, book: Any, today: date) -> list[tuple[date, bool]]:
    """The four review days of the plan's year, and whether each was held."""
    plan = account.get("plan")
    if not plan:
        return []
    edges = quarters(book, int(plan["year"]))
    days = [*edges[1:4], edges[4] - timedelta(days=1)]
    held = sum(1 for one in plan.get("reviews") or () if edges[0] <= day(one["date"]) <= today)
    return [(one, at < held) for at, one in enumerate(days)]


def todo(account: Any, book: Any, today: date) -> list[tuple[date | None, str, str, str]]:
    """Day, kind, words and person of everything that is open."""
    owner, found = account.get("owner", ""), []
    actions = ((account.get("plan") or {}).get("actions") or {}).values()
    for one in actions:
        if one.get("status") not in {"done", "dropped"} and "done" not in one:
            due = day(one["due"]) if "due" in one else None
            found.append((due, "action", one["what"], one.get("owner", owner)))
    found += [(one, "review", "", owner) for one, held in reviews(account, book, today) if not held]
    for talk in account.get("contacts") or ():
        promise = talk.get("promised")
        if promise and "by" in promise and promise.get("done", "no") == "no":
            found.append((day(promise["by"]), "promise", promise["what"], owner))
    once: dict[Any, tuple[date | None, str, str, str]] = {}
    for at, one in enumerate(found):
        once.setdefault((one[0], one[2]) if one[2] and one[0] else at, one)
    return list(once.values())


def talk_due(account: Any, book: Any, today: date) -> date | None:
    """Until when the class asks for the next talk."""
    of = letter(account, book, today)
    held = [day(one["date"]) for one in account.get("contacts") or () if day(one["date"]) <= today]
    since = account.get("customer_since")
    last = max(held) if held else last_day(since) if since else None
    every = (book.get("contact_every") or {}).get(of) or EVERY.get(of)
    return later(last, every) if last and every else None


def calendar(account: Any, book: Any, today: date) -> list[tuple[str, str]]:
    """Kind and day of every entry, in order."""
    found = [(kind, one) for one, kind, _, _ in todo(account, book, today) if one]
    contract = account.get("contract") or {}
    if "until" in contract and day(contract["until"]) >= today:
        until = day(contract["until"])
        found.append(("contract", until))
        if "notice" in contract:
            number, unit = contract["notice"].split()
            days = int(Fraction(number) * UNITS[unit.rstrip("s")])
            found.append(("notice", until - timedelta(days=days)))
    if next_talk := talk_due(account, book, today):
        found.append(("talk", next_talk))
    return sorted((kind, one.isoformat()) for kind, one in found)


def total(values: list[Fraction | None]) -> dict[str, Any]:
    """A sum, of how many it is known, and of how many it is one."""
    known = [one for one in values if one is not None]
    return {"amount": sum(known, Fraction(0)) if known else None, "known": len(known),
            "of": len(values)}  # fmt: skip


def group(accounts: dict[str, Any], book: Any, today: date, year: int) -> dict[str, Any]:
    """What some accounts bring."""
    first, some = quarters(book, today.year)[0], list(accounts.values())
    deals = [one for each in some for one in (each.get("opportunities") or {}).values()]
    signed = [one for one in deals if "signed" in one and first <= day(one["signed"]) <= today]
    paid = [pay for one in deals for pay in one.get("received") or ()]
    held = [(one, done) for each in some for one, done in reviews(each, book, today)]
    classes: dict[str, int] = defaultdict(int)
    for each in some:
        classes[letter(each, book, today)] += 1
    return {
        "accounts": len(some),
        "by_class": dict(classes),
        "revenue": total([amounts(each, book).get(year) for each in some]),
        "before": total([amounts(each, book).get(year - 1) for each in some]),
        "signed": total([money(one["value"], book) if "value" in one else None for one in signed]),
        "received": total([money(pay["amount"], book) for pay in paid
                           if first <= day(pay["date"]) <= today]),
        "talks": sum(1 for each in some for one in each.get("contacts") or ()
                     if first <= day(one["date"]) <= today),
        "held": sum(1 for _, done in held if done),
        "owed": sum(1 for one, done in held if not done and one < today),
    }  # fmt: skip


def open_deals(account: Any) -> list[str]:
    """Stages of the deals that may still be signed."""
    return [one.get("stage", "") for one in (account.get("opportunities") or {}).values()
            if one.get("stage") not in {"signed", "lost"} and not {"signed", "lost"} & set(one)
            ]  # fmt: skip


def cycle(accounts: list[Any]) -> dict[str, Any]:
    """Median days from opened to signed."""
    days = [
        (day(one["signed"]) - day(one["opened"])).days
        for each in accounts
        for one in (each.get("opportunities") or {}).values()
        if {"signed", "opened"} <= set(one) and one.get("stage", "signed") == "signed"
    ]
    known = [one for one in days if one >= 0]
    return {"days": Fraction(median(known)) if known else None, "deals": len(known)}


def spent(accounts: dict[str, Any], year: int) -> dict[str, dict[str, Any]]:
    """Working days by the furthest open stage of the account that they went into."""
    found: dict[str, list[Fraction | None]] = {
        stage: [] for stage in ("captured", "incubating", "", "idle")
    }
    for one in accounts.values():
        stages = open_deals(one)
        place = next((each for each in ("captured", "incubating", "") if each in stages), "idle")
        days = ((one.get("value_to_us") or {}).get("investment") or {}).get(str(year), {})
        found[place].append(Fraction(days["days"]) if "days" in days else None)
    return {stage: total(some) for stage, some in found.items()}


def compute(folder: Path, today: date) -> dict[str, Any]:
    """Groups by owner, team and country, desks by person, deals, and the calendar by account."""
    book = read(folder / "book.yml")
    accounts = {path.stem: read(path) for path in sorted((folder / "accounts").glob("*.yml"))}
    year = max(filter(None, (latest(one, book, today) for one in accounts.values())))
    team = book.get("team") or {}
    owners = [*team, *sorted({one.get("owner", "") for one in accounts.values()} - set(team))]
    of = {
        "employees": {id: one.get("owner", "") for id, one in accounts.items()},
        "countries": {id: (one.get("profile") or {}).get("country", "")
                      for id, one in accounts.items()},
    }  # fmt: skip
    of["teams"] = {id: (team.get(one) or {}).get("team", "") for id, one in of["employees"].items()}
    made: dict[str, Any] = {"year": year, "total": group(accounts, book, today, year)}
    for name, key in of.items():
        members = owners if name == "employees" else sorted(set(key.values()))
        made[name] = {
            one: group({id: each for id, each in accounts.items() if key[id] == one}, book, today,
                       year)
            for one in members
        }  # fmt: skip
    open_ = [one for each in accounts.values() for one in todo(each, book, today)]
    actions = [
        action.get("owner", each.get("owner", ""))
        for each in accounts.values()
        for action in ((each.get("plan") or {}).get("actions") or {}).values()
        if action.get("status") not in {"done", "dropped"} and "done" not in action
    ]
    mine = {
        owner: {id: one for id, one in accounts.items() if one.get("owner", "") == owner}
        for owner in owners
    }
    silent = {
        id for id, one in accounts.items()
        if (until := talk_due(one, book, today)) and until < today
    }  # fmt: skip
    made["desks"] = {
        owner: {
            "actions": actions.count(owner),
            "overdue": sum(1 for when, _, _, who in open_ if who == owner and when
                           and when < today),
            "silent": len(silent & set(mine[owner])),
        }
        for owner in owners
    }  # fmt: skip
    made["open"] = sum(len(open_deals(one)) for one in accounts.values())
    made["cycle"] = cycle(list(accounts.values()))
    made["cycles"] = {owner: cycle(list(some.values())) for owner, some in mine.items()}
    made["days"] = {owner: spent(some, year) for owner, some in mine.items() if some}
    made["calendar"] = {id: calendar(one, book, today) for id, one in accounts.items()}
    return made


if __name__ == "__main__":
    told = compute(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    sys.stdout.write(json.dumps(told, default=str, indent=1) + "\n")
