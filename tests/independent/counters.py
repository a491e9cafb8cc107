"""Counters, completeness and BANT, computed a second time from the YAML alone (rules 9, 10, 18).

`python -m tests.independent.counters content 2026-11-22` prints them as JSON.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.independent.closeness import first_day, months_on, read

A_YEAR = {"": 1, "year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365}
SCALE: dict[str, int] = {"": 0, "k": 3, "m": 6, "bn": 9, "tn": 12}
WANTED = {
    "head": "value_to_us.potential value_to_us.contribution owner lifecycle strategy "
            "in_short.earns in_short.heads_for in_short.should_reinforce",
    "profile": "profile.type profile.size profile.employees profile.country "
               "profile.annual_revenue profile.market_position profile.growth",
    "people": "people people.*.reports_to people.*.roles people.*.relation",
    "contacts": "contacts",
    "relationship": "contract.until uses health satisfaction",
    "needs": "needs needs.*.answered_by",
    "deals": "opportunities opportunities.*.bant",
    "business": "process business_model goals",
    "finance": "finance.statements finance.statements.*.cash finance.segments",
    "plan": "plan.priorities plan.targets plan.actions plan.reviews",
    "research": "look listen ask feel",
}  # fmt: skip
"""What a playbook is made of, by importance; `*` is any entry."""


def money(text: str, book: dict[str, Any]) -> Fraction | None:
    """An amount a year in the book's currency; None without a rate."""
    found = re.search(r"([\d,.]+)\s*(k|m|bn|tn)?\s+([A-Z]{3})(?:\s+an?\s+(\w+))?$", text.strip())
    assert found, text
    rates = book.get("rates") or {}
    unit = "1" if found[3] == book.get("currency", "CNY") else rates.get(found[3])
    if unit is None:
        return None
    number = Fraction(found[1].replace(",", "")) * Fraction(10 ** SCALE[found[2] or ""])
    return number * Fraction(unit) * A_YEAR[found[4] or ""]


def quarters(book: dict[str, Any], year: int) -> list[date]:
    """First days of the quarters of a fiscal year and of the next year; a day may be clamped."""
    month, day = map(int, str(book.get("fiscal_year_starts", "01-01")).split("-"))
    began = year if (month, day) == (1, 1) else year - 1
    first = months_on(date(began, month, 1), 0)
    return [on_day(months_on(first, 3 * n), day) for n in range(5)]


def on_day(month: date, day: int) -> date:
    """A day of the month, or its last one."""
    after = months_on(month, 1)
    return min(month + timedelta(days=day - 1), after - timedelta(days=1))


def counters(account: dict[str, Any], book: dict[str, Any], today: date) -> dict[str, Any]:
    """The four counters by quarter; None is what nobody knows and what is to come."""
    plan = account.get("plan")
    if not plan:
        return {}
    edges = quarters(book, int(plan["year"]))
    deals = list((account.get("opportunities") or {}).values())
    held = sorted(first_day(one["date"]) for one in plan.get("reviews") or ()
                  if edges[0] <= first_day(one["date"]) <= today)  # fmt: skip
    by_day = {first_day(one["date"]): one.get("actual") or {} for one in plan.get("reviews") or ()}
    said: list[dict[str, Any]] = [{}] * 4
    taken = set()
    for day in held:  # the last review day that is at most 30 days ahead, or the next free one
        dues = [*edges[1:4], edges[4] - timedelta(days=1)]
        meant = max([at for at, due in enumerate(dues) if due - timedelta(days=30) <= day] or [0])
        free = [at for at in range(meant, 4) if at not in taken]
        if free:
            taken.add(free[0])
            said[free[0]] = by_day[day]
    return {
        name: [
            quarter(name, happened(name, deals, book), said[n], edges[n], edges[n + 1], book, today)
            for n in range(4)
        ]
        for name in ("incubate", "capture", "sign", "receive")
    }


def happened(
    name: str, deals: list[dict[str, Any]], book: dict[str, Any]
) -> list[tuple[date, Fraction]] | None:
    """What was counted on which day, or None where deals do not carry the days."""
    one = Fraction(1)
    found: list[tuple[date, Fraction | None]] = []
    for deal in deals:
        if name == "incubate" and "opened" in deal:
            found.append((first_day(deal["opened"]), one))
        if name == "capture" and "captured" in deal:
            found.append((first_day(deal["captured"]), one))
        if name == "sign" and "signed" in deal and "value" in deal:
            found.append((first_day(deal["signed"]), money(deal["value"], book)))
        if name == "receive":
            found += [(first_day(each["date"]), money(each["amount"], book))
                      for each in deal.get("received") or ()]  # fmt: skip
    known = [(day, amount) for day, amount in found if amount is not None]
    later = {"capture": {"captured", "signed"}, "sign": {"signed"}, "receive": {"signed"}}
    reached = any(deal.get("stage") in later.get(name, set()) for deal in deals)
    dated = any("opened" in deal for deal in deals)
    return known if known or (dated and name != "incubate" and not reached) else None


def quarter(
    name: str, days: list[tuple[date, Fraction]] | None, said: dict[str, Any], first: date,
    after: date, book: dict[str, Any], today: date,
) -> str | None:  # fmt: skip
    """The figure of one quarter."""
    if first > today:
        return None
    if days is not None:
        return text(sum((n for day, n in days if first <= day < after and day <= today),
                        Fraction(0)))  # fmt: skip
    if name not in said:
        return None
    return text(money(said[name], book) if name in {"sign", "receive"} else Fraction(said[name]))


def text(value: Fraction | None) -> str | None:
    """A whole number as it is, another with four decimals."""
    if value is None:
        return None
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.4f}"


def bant(deal: dict[str, Any], book: dict[str, Any]) -> dict[str, Any]:
    """The four letters, the weakest, and whether this is a prospect."""
    letters = deal.get("bant") or {}
    found = {name: (letters.get(name) or {}).get("verdict", "unknown")
             for name in ("budget", "authority", "need", "timeline")}  # fmt: skip
    amount = (letters.get("budget") or {}).get("amount")
    if amount and deal.get("value"):
        has, costs = money(amount, book), money(deal["value"], book)
        if has is not None and costs is not None:
            unknown = found["budget"] == "unknown"
            found["budget"] = "no" if has < costs else "yes" if unknown else found["budget"]
    weakest = next(name for verdict in ("no", "unknown", "partly", "yes") for name in found
                   if found[name] == verdict)  # fmt: skip
    prospect = found["need"] != "no"
    weakest = weakest if prospect else "need"
    return {"letters": found, "weakest": weakest, "verdict": found[weakest], "prospect": prospect}


def present(node: Any, steps: list[str]) -> bool:
    """Whether something stands at the end of the steps."""
    if not steps:
        return node not in (None, "", [], {})
    if steps[0] == "*":
        below = list(node.values()) if isinstance(node, dict) else node or []
        return any(present(one, steps[1:]) for one in below)
    return isinstance(node, dict) and present(node.get(steps[0]), steps[1:])


def complete(account: dict[str, Any], parts: list[str]) -> dict[str, str]:
    """Present of expected, by part."""
    methods = {one["method"] for one in (account.get("research") or {}).values()}
    shares = {}
    for part in parts:
        paths = WANTED[part].split()
        have = [path in methods if part == "research" else present(account, path.split("."))
                for path in paths]  # fmt: skip
        shares[part] = f"{sum(have)}/{len(have)}"
    return shares


def asked_of(letter: str | None, *, important: bool) -> list[str]:
    """The parts that a class asks for."""
    if letter == "a" or important:
        return list(WANTED)
    few = ("head", "profile", "people", "contacts")
    most = [part for part in WANTED if part not in ("plan", "research")]
    return most if letter in ("b", "c") else list(few)


def is_important(account: dict[str, Any], letter: str | None, gap: Fraction | None) -> bool:
    """Rule 5, default of the book: 20 m between potential and contribution, or a written reason."""
    return "important" in account or (letter == "c" and gap is not None and gap >= 20_000_000)


def accounts(folder: Path, today: date, letters: dict[str, str | None]) -> dict[str, Any]:
    """All three for every account; its class is given, for golden cases hold that."""
    book = read(folder / "book.yml")
    found = {}
    for path in sorted((folder / "accounts").glob("*.yml")):
        account, letter = read(path), letters.get(path.stem)
        value = account.get("value_to_us") or {}
        gap = potential_gap(value, book, today)
        important = is_important(account, letter, gap)
        found[path.stem] = {
            "counters": counters(account, book, today),
            "parts": complete(account, asked_of(letter, important=important)),
            "bant": {id: bant(deal, book)
                     for id, deal in (account.get("opportunities") or {}).items()},
        }  # fmt: skip
    return found


def potential_gap(value: dict[str, Any], book: dict[str, Any], today: date) -> Fraction | None:
    """Potential less the contribution of the latest full year, for calendar years."""
    full = [year for year in value.get("contribution") or {} if int(year[-4:]) < today.year]
    if not full or "potential" not in value:
        return None
    amounts = [plain(value["potential"]), plain(value["contribution"][max(full)])]
    potential, brought = (money(amount, book) for amount in amounts)
    return None if potential is None or brought is None else potential - brought


def plain(fact: Any) -> str:
    """The value of a fact, written long or short."""
    return str(fact["value"] if isinstance(fact, dict) else fact)


if __name__ == "__main__":
    told = accounts(Path(sys.argv[1]), first_day(sys.argv[2]), {})
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
