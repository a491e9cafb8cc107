"""Answers of the quiz, computed a second time from the YAML alone: which are right, which are not.

Nothing of Briefbook is imported; `python -m tests.independent.quiz content 2026-11-22` prints them.
It reads what the sample content uses: calendar years, plain quantities, English names of months.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from tests.independent.closeness import first_day, read
from tests.independent.counters import money
from tests.independent.home import bare, last_day, place, unheld

OVER = {"done", "dropped"}
SEVERITY = ("high", "medium", "low")
LINKS = {"cost_per_customer": "Acquisition", "conversion_rate": "Conversion",
         "repurchase_rate": "Retention and repurchase"}  # fmt: skip
CLASSES = {"a": "Class A: high on both", "b": "Class B: high contribution",
           "c": "Class C: room to grow", "d": "Class D: low potential"}  # fmt: skip


class Book:
    """A content folder on a day."""

    def __init__(self, folder: Path, today: date) -> None:
        self.today = today
        self.book = read(folder / "book.yml")
        kinds = {"account": "accounts", "industry": "industries", "company": "companies",
                 "strategy": "strategies"}  # fmt: skip
        self.of: dict[str, dict[str, Any]] = {
            kind: {one.stem: read(one) for one in sorted((folder / name).glob("*.yml"))}
            for kind, name in kinds.items()
        }

    @cache  # noqa: B019 (one folder a run)
    def right(self, kind: str, about: str, ask: str = "") -> tuple[frozenset[str], frozenset[str]]:
        """Right answers to a question, and all that would be right too: no wrong one is in it."""
        of, _, id = about.partition("/")
        found: tuple[set[str], set[str]] = JUDGES[kind](self, self.of[of][id], ask)
        return frozenset(found[0]), frozenset(found[0] | found[1])


def shown(day: date) -> str:
    """A day as English pages show it."""
    return f"{day.day} {day:%b %Y}"


def _class(all_: Book, account: Any, _: str) -> tuple[set[str], set[str]]:
    letter = place(account, all_.book, all_.today)["letter"]
    return {CLASSES[letter]} if letter else set(), set()


def _strategy(all_: Book, account: Any, _: str) -> tuple[set[str], set[str]]:
    letter = place(account, all_.book, all_.today)["letter"]
    fits = {id: one.get("fits") or {} for id, one in all_.of["strategy"].items()}
    fitting = [id for id, one in fits.items() if letter in (one.get("classes") or ())]
    stage = account.get("lifecycle")
    best = [id for id in fitting if stage in (fits[id].get("lifecycles") or ())] or fitting
    names = {id: all_.of["strategy"][id]["name"] for id in fitting}
    return {names[best[0]]} if best else set(), set(names.values())


def _tactic(all_: Book, account: Any, _: str) -> tuple[set[str], set[str]]:
    def name(one: Any) -> str:
        strategy, _, tactic = one["tactic"].partition("/")
        return str(all_.of["strategy"][strategy]["tactics"][tactic]["name"])

    uses = account.get("tactics") or []
    hand = [one for one in uses if "due" in one and one.get("status") not in OVER]
    first = min((one["due"] for one in hand), default="")
    return {name(one) for one in hand if one["due"] == first}, {name(one) for one in uses}


def _review(all_: Book, account: Any, _: str) -> tuple[set[str], set[str]]:
    left = unheld(account.get("plan") or {}, all_.book, all_.today)
    return {shown(left[0])} if left else set(), set()


def _action(_: Book, account: Any, __: str) -> tuple[set[str], set[str]]:
    actions = ((account.get("plan") or {}).get("actions") or {}).values()
    left = [one for one in actions
            if "due" in one and "done" not in one and one.get("status") not in OVER]  # fmt: skip
    first = min((last_day(one["due"]) for one in left), default=None)
    return {one["what"] for one in left if last_day(one["due"]) == first}, set()


def _decides(all_: Book, account: Any, _: str) -> tuple[set[str], set[str]]:
    people = (account.get("people") or {}).values()
    here = [one for one in people if "left" not in one or first_day(one["left"]) > all_.today]
    return {one.get("name") or one["title"] for one in here
            if "decision-maker" in (one.get("roles") or ())}, set()  # fmt: skip


def _link(all_: Book, account: Any, _: str) -> tuple[set[str], set[str]]:
    own = account.get("business_model") or {}
    norm = (all_.of["industry"].get(account["industry"]) or {}).get("business_model") or {}
    gaps = {}
    for field, name in LINKS.items():
        if field in own and field in norm:
            one, other = (_number(bare(side[field]), all_.book) for side in (own, norm))
            gap = (one - other) / other
            gaps[name] = -gap if field == "cost_per_customer" else gap
    worst = min(gaps.values(), default=Fraction(0))
    behind = len(gaps) > 1 and worst < 0
    return {name for name, gap in gaps.items() if behind and gap == worst}, set()


def _number(text: str, book: Any) -> Fraction:
    if "%" in text:
        return Fraction(text.split("%", maxsplit=1)[0].strip().rpartition(" ")[2])
    amount = money(text, book)
    assert amount is not None
    return amount


def _pain(_: Book, industry: Any, __: str) -> tuple[set[str], set[str]]:
    pains = [one for one in (industry.get("pains") or {}).values() if "severity" in one]
    worst = min((SEVERITY.index(one["severity"]) for one in pains), default=0)
    return {one["pain"] for one in pains if SEVERITY.index(one["severity"]) == worst}, set()


def _answered(all_: Book, industry: Any, ask: str) -> tuple[set[str], set[str]]:
    meant = [one for one in industry["pains"].values() if one["pain"] in ask]
    assert len(meant) == 1, ask
    offered = all_.book["capabilities"]
    return {offered[id]["name"] for id in meant[0]["answered_by"]}, set()


def _lesson(all_: Book, industry: Any, ask: str) -> tuple[set[str], set[str]]:
    def name(one: Any) -> str:
        kind = "company" if "company" in one else "account"
        return str(all_.of[kind][one[kind]]["name"])

    def flat(text: str) -> str:
        return " ".join(text.split())

    here = [one for one in industry["benchmarks"] if f"from {name(one)}?" in ask]
    assert here, ask
    meant = name(here[0])
    everywhere = {flat(one["lesson"]) for each in all_.of["industry"].values()
                  for one in each.get("benchmarks") or () if "lesson" in one
                  if name(one) == meant}  # fmt: skip
    return {flat(one["lesson"]) for one in here if "lesson" in one}, everywhere


JUDGES = {
    "class": _class, "fitting-strategy": _strategy, "next-tactic": _tactic, "next-review": _review,
    "next-action": _action, "decides": _decides, "weakest-link": _link, "worst-pain": _pain,
    "pain-answer": _answered, "lesson": _lesson,
}  # fmt: skip


def wrong(all_: Book, question: Mapping[str, Any]) -> list[str]:
    """What is wrong with a drawn question of the page's JSON, in words."""
    right, near = all_.right(question["kind"], question["about"], question["ask"])
    answer = question["answer"]
    others = [one for one in question["options"] if one != answer]
    found = [] if _among(answer, right) else [f"{answer} is not right, but {sorted(right)}"]
    found += [f"{one} is right too" for one in others if _among(one, near)]
    return found + ([] if others else ["there is nothing to choose from"])


def _among(text: str, some: frozenset[str]) -> bool:
    """Whether it is one of them, or the first sentences of one."""
    head = text.removesuffix("…").strip()
    return text in some or any(one.startswith(head) and len(head) > 60 for one in some)


if __name__ == "__main__":
    book = Book(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    told = {f"{kind} {id}": sorted(book.right(kind, f"account/{id}")[0])
            for id in book.of["account"]
            for kind in ("class", "fitting-strategy", "next-tactic", "next-review", "next-action",
                         "decides", "weakest-link")}  # fmt: skip
    print(json.dumps(told, ensure_ascii=False, indent=1))  # noqa: T201
