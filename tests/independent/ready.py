"""Who is ready to meet, and the order of reading, computed a second time from the YAML alone.

`python -m tests.independent.ready content 2026-11-22` prints both (rules 1 to 6; rows of
`analyse/ready.py` and `analyse/turns.py` in words). Nothing of Briefbook is imported.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.independent.closeness import first_day, months_on, read
from tests.independent.counters import money
from tests.independent.home import FRESH, KIND, facts, place
from tests.independent.home import later as after
from tests.independent.team import letter, open_deals, todo

RANK = ["high", "medium", "low", None]
ORDER = ["decline", "acquire", "improve", "stable", None]
NEEDED = ["pains", "benchmarks", "people", "decides", "class", "strategy", "next"]


def three(written: object, good: object) -> str:
    """Done, not done, or not known where nothing is written."""
    return "unknown" if not written else "done" if good else "not-done"


def grave(industry: Any) -> list[Any]:
    """The three worst pains."""
    pains = list((industry.get("pains") or {}).values())
    return sorted(pains, key=lambda one: RANK.index(one.get("severity")))[:3]


def answers(industry: Any) -> int:
    """How many of the three worst have an answer, a capability or words."""
    return sum(bool(one.get("answered_by") or one.get("answer")) for one in grave(industry))


def brief(industry: Any) -> dict[str, str]:
    """What stands in an industry's file: at least two answers, at least two lessons."""
    shown = industry.get("benchmarks") or []
    lessons = sum("lesson" in one for one in shown)
    return {
        "pains": three(grave(industry), answers(industry) >= min(2, len(grave(industry)))),
        "benchmarks": three(shown, lessons >= 2),
        "questions": "done" if industry.get("questions") else "not-done",
    }


def fresh(record: Any, book: Any, registry: Any, today: date) -> str:
    """Whether no dated fact is older than its kind may be."""
    limits = {**FRESH, **(book.get("fresh_for") or {})}
    known = {**registry, **(record.get("sources") or {})}
    starts = (record.get("finance") or {}).get("year_starts", "01-01")
    dated = [
        (kind, day)
        for part, node in record.items()
        if part != "sources"
        for kind, day in facts(node, KIND.get(part, "other"), [], None, known, starts)
        if day is not None
    ]
    return three(dated, all(after(day, limits[kind]) >= today for kind, day in dated))


def there(account: Any, today: date) -> list[Any]:
    """People who have not left."""
    people = (account.get("people") or {}).values()
    return [one for one in people if "left" not in one or first_day(one["left"]) > today]


def lately(person: Any, book: Any, today: date) -> bool:
    """Whether somebody has verified the person within the limit of the book."""
    months = int((book.get("fresh_for") or FRESH)["person"].split()[0])
    if "verified" not in person:
        return False
    return months_on(date.fromisoformat(person["verified"]), months) >= today


def reasoned(account: Any, strategies: Any, of: str) -> bool:
    """Whether a strategy is chosen that fits the class, or that says why it need not."""
    chosen = account.get("strategy")
    if not chosen:
        return False
    used, because = (chosen, None) if isinstance(chosen, str) else (
        chosen["is"], chosen.get("because"))  # fmt: skip
    classes = {id: (one.get("fits") or {}).get("classes") or [] for id, one in strategies.items()}
    fitting = [id for id, some in classes.items() if of and of in some]
    return not fitting or used in fitting or bool(because)


def following(account: Any, book: Any, today: date) -> tuple[bool, date | None]:
    """Whether there is a next thing to do, and its day."""
    open_ = todo(account, book, today)
    days = [one for one, _, _, _ in open_ if one]
    if days:
        return True, min(days)
    steps = any(
        "next_step" in one
        for one in (account.get("opportunities") or {}).values()
        if one.get("stage") not in {"signed", "lost"} and not {"signed", "lost"} & set(one)
    )
    return bool(open_) or steps, None


def kit(account: Any, questions: Any) -> int:
    """Questions for where the sale stands."""
    deals = [one.get("stage") for one in (account.get("opportunities") or {}).values()]
    if "captured" in deals:
        stage = "during"
    elif account.get("uses") or "signed" in deals:
        stage = "after"
    else:
        stage = "during" if open_deals(account) else "before"
    steps = questions.get(stage) or {}
    return sum(len(one) for one in steps.values())


def checks(account: Any, folder: Any, today: date) -> dict[str, str]:
    """The list of one account."""
    book = folder["book"]
    industry = folder["industries"][account["industry"]]
    people, of = there(account, today), letter(account, book, today)
    known = [one for one in people if "name" in one or "title" in one]
    asked = industry.get("questions") and kit(account, folder["questions"])
    return {
        **brief(industry),
        "people": three(account.get("people"), known),
        "decides": three(people, any("decision-maker" in one.get("roles", ()) for one in known)),
        "verified": three(people, all(lately(one, book, today) for one in people)),
        "class": "done" if of else "unknown",
        "strategy": "done" if reasoned(account, folder["strategies"], of) else "not-done",
        "next": "done" if following(account, book, today)[0] else "not-done",
        "questions": "done" if asked else "not-done",
        "fresh": fresh(account, book, folder["sources"], today),
    }


def rank(account: Any, book: Any, today: date) -> str:
    """Class A, then what is important, then the other classes."""
    of = letter(account, book, today)
    at = place(account, book, today)
    gap = money(book.get("important_gap", "20 m CNY"), book)
    far = of == "c" and gap is not None and at["potential"] - at["paid"] >= gap
    if of == "a":
        return "a"
    return "important" if "important" in account or far else of or "none"


def when(day: date | None, today: date) -> str:
    """How urgent a day is."""
    if day is None:
        return "none"
    if day < today:
        return "late"
    return "soon" if day <= today + timedelta(days=30) else "later"


def place_of(id: str, accounts: Any, book: Any, today: date) -> Any:
    """What the order goes by: class, day, stage, accounts of the industry."""
    one, (_, day) = accounts[id], following(accounts[id], book, today)
    mates = sum(each["industry"] == one["industry"] for each in accounts.values())
    return (["a", "important", "b", "c", "d", "none"].index(rank(one, book, today)),
            ["late", "soon", "later", "none"].index(when(day, today)),
            ORDER.index(one.get("lifecycle")), -mates, day or date.max, id)  # fmt: skip


def order(accounts: Any, book: Any, today: date) -> list[tuple[str, list[str]]]:
    """Industries at the place of their first account, with all their accounts in order."""
    places: dict[str, list[str]] = {}
    for id in sorted(accounts, key=lambda id: place_of(id, accounts, book, today)):
        places.setdefault(accounts[id]["industry"], []).append(id)
    return list(places.items())


def model(folder: Any, states: Any, today: date) -> list[str]:
    """For each industry an account to practise on, the best of them first."""
    accounts, book = folder["accounts"], folder["book"]

    def better(id: str) -> Any:
        one = accounts[id]
        foreign = one.get("language", book["language"]) != book["language"]
        open_ = answers(folder["industries"][one["industry"]]) < 3
        return open_, foreign, place_of(id, accounts, book, today)

    able = [id for id, one in states.items() if all(one[name] == "done" for name in NEEDED)]
    best: dict[str, str] = {}
    for id in sorted(able, key=better):
        best.setdefault(accounts[id]["industry"], id)
    return list(best.values())


def compute(content: Path, today: date) -> dict[str, Any]:
    """States by rule of every account and industry, the order by owner, accounts to practise."""
    folder: dict[str, Any] = {
        name: read(content / f"{name}.yml") for name in ("book", "sources", "questions")
    }
    for name in ("accounts", "industries", "strategies"):
        folder[name] = {path.stem: read(path) for path in sorted((content / name).glob("*.yml"))}
    accounts, book = folder["accounts"], folder["book"]
    states = {id: checks(one, folder, today) for id, one in accounts.items()}
    owners = sorted({one.get("owner", "") for one in accounts.values()})
    return {
        "accounts": states,
        "industries": {
            id: {**brief(one), "fresh": fresh(one, book, folder["sources"], today)}
            for id, one in folder["industries"].items()
        },
        "everybody": order(accounts, book, today),
        "owners": {
            owner: order({id: one for id, one in accounts.items()
                          if one.get("owner", "") == owner}, book, today)
            for owner in owners
        },
        "model": model(folder, states, today),
    }  # fmt: skip


if __name__ == "__main__":
    told = compute(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    sys.stdout.write(json.dumps(told, default=str, indent=1) + "\n")
