"""A strategy in, its page out: meaning, tactics with what came of them, accounts, exceptions.

Beside it stand `index.json` (shape of every record) and `uses.csv`, a line for each use of one of
its tactics: `tactic,account,name,class,strategy,owner,status,due,outcome`.
"""

from __future__ import annotations

from typing import Any

from briefbook.analyse.standing import LETTERS
from briefbook.analyse.strategies import STATES, StrategyUse, TacticUses, Used
from briefbook.load import Record
from briefbook.model import Strategy
from briefbook.pages.account_plan import STATES as SIGNS
from briefbook.pages.derived import record_json
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.other import everything_else
from briefbook.pages.page import Page
from briefbook.pages.portfolio import fit_sentence
from briefbook.pages.sources import SHOWN as OF_SOURCES
from briefbook.pages.sources import own_sources
from briefbook.pages.table_csv import csv_text

SHOWN = frozenset(("name", "means", "demands", "fits", "tactics", *OF_SOURCES))
COLUMNS = ("tactic", "account", "name", "class", "strategy", "owner", "status", "due", "outcome")


def page(site: Site, record: Record[Strategy]) -> Page:
    """The page of one strategy."""
    here = Here(site, f"/strategy/{record.id}/")
    t, used = site.words, site.results.strategies.uses[record.id]
    data = {
        "id": record.id,
        "title": record.name,
        "trail": [{"href": here.to("/strategy/"), "label": t("strategy.title")}],
        **_meaning(here, record.value),
        "tactics": [
            {
                "id": id,
                "name": one.name,
                "what": here.prose(one.what),
                "when": one.when,
                **_used(here, used.tactics[id]),
            }
            for id, one in record.value.tactics.items()
        ],
        "note": _note(here, record.value, used),
        "foreign": t("strategy.foreign", n=used.foreign) if used.foreign else None,
        **_accounts(here, record.id, used),
        "csv": {"href": "uses.csv", "label": t("table.csv")}
        if any(one.uses for one in used.tactics.values())
        else None,
        "sources": own_sources(here, record),
        "else": everything_else(record, here, SHOWN),
    }
    toc = [
        ("tactics", True),
        ("accounts", True),
        ("misfits", bool(used.misfits)),
        ("exceptions", bool(used.exceptions)),
        ("sources", bool(data["sources"])),
        ("else", bool(data["else"])),
    ]
    return Page(
        address=here.base,
        template="strategy.html",
        title=record.name,
        kind="strategy",
        section="/strategy/",
        data=data,
        toc=tuple((id, t(f"strategy.{id}")) for id, there in toc if there),
        description=t("strategy.description", name=record.name),
        filters=(("kind", t("kind.strategy")),),
        json=record_json(here, record, _derived(here, used)),
        files={"uses.csv": _csv(here, used)},
        foot=here.foot(record.file, 1, json=True),
        edit=record.file,
    )


def _meaning(here: Here, strategy: Strategy) -> dict[str, Any]:
    fits, t = strategy.fits, here.t
    return {
        "means": here.prose(strategy.means),
        "demands": strategy.demands,
        "classes": [one.upper() for one in fits.classes] if fits else [],
        "lifecycles": [{"id": one, "label": t(f"word.{one}")} for one in fits.lifecycles]
        if fits
        else [],
    }


def _note(here: Here, strategy: Strategy, used: StrategyUse) -> str:
    """How many tactics there are, and how many are in use."""
    busy = sum(1 for one in used.tactics.values() if one.uses)
    return here.t("strategy.tactics-used", n=busy, all=len(strategy.tactics))


def _used(here: Here, found: TacticUses) -> dict[str, Any]:
    """A tactic's counts by state, who uses it, and what came of it."""
    t, number = here.t, len(found.uses)
    told = len(found.told)
    return {
        "count": t("strategy.tactic-uses", n=number) if number else None,
        "states": [
            {"kind": SIGNS[state], "label": t("strategy.state", state=t(f"word.{state}"), n=n)}
            for state in STATES
            if (n := found.states.get(state, 0))
        ],
        "unsaid": t("strategy.unsaid", n=n) if (n := found.states.get("", 0)) else None,
        "outcomes": t("strategy.outcomes", n=told, all=number) if number else None,
        "uses": [_use(here, one) for one in found.uses[:MOST]],
        "more": t("more", n=number - MOST) if number > MOST else None,
    }


def _use(here: Here, one: Used) -> dict[str, Any]:
    use, today = one.use, here.site.results.today
    status = use.status
    late = bool(use.due and use.due.date < today and status not in {"done", "dropped"})
    return {
        **here.account(one.account),
        "kind": "bad" if late else SIGNS.get(status or "", "neutral"),
        "label": here.t(f"word.{status}") if status else None,
        "late": here.t("due.overdue") if late else None,
        "owner": here.member(use.owner),
        "due": here.t.day(use.due.date) if use.due else None,
        "outcome": here.prose(use.outcome),
    }


def judged(here: Here, id: str) -> dict[str, Any]:
    """An account with the strategy in use, those that fit, and why."""
    account = here.site.content.accounts[id].value
    return {
        **here.account(id),
        "strategy": here.strategy(account.strategy.is_) if account.strategy else None,
        "why": fit_sentence(here, id),
    }


def _accounts(here: Here, id: str, used: StrategyUse) -> dict[str, Any]:
    """Who uses it, by class; those whose class asks for another; written exceptions."""
    t, table = here.t, here.to("/accounts/") + f"?strategy={id}"
    return {
        "accounts": [here.account(one) for one in used.accounts[:MOST]],
        "accounts_count": len(used.accounts),
        "accounts_href": table,
        "by_class": [
            {"letter": letter.upper(), "count": n, "href": f"{table}&class={letter.upper()}"}
            for letter in LETTERS
            if (n := used.classes.get(letter, 0))
        ],
        "misfits": [judged(here, one) for one in used.misfits[:MOST]],
        "misfits_more": t("more", n=len(used.misfits) - MOST) if len(used.misfits) > MOST else None,
        "exceptions": [judged(here, one) for one in used.exceptions[:MOST]],
        "exceptions_more": t("more", n=len(used.exceptions) - MOST)
        if len(used.exceptions) > MOST
        else None,
    }


def _csv(here: Here, used: StrategyUse) -> str:
    """Every use of one of the tactics."""
    lines = (
        _line(here, tactic, one) for tactic, found in used.tactics.items() for one in found.uses
    )
    return csv_text(COLUMNS, lines)


def _line(here: Here, tactic: str, one: Used) -> tuple[object, ...]:
    use, results = one.use, here.site.results
    letter = results.letters[one.account]
    return (
        tactic, one.account, here.site.content.accounts[one.account].name,
        letter and letter.upper(), results.fits[one.account].used, use.owner, use.status,
        use.due.date.isoformat() if use.due else None, use.outcome,
    )  # fmt: skip


def _derived(here: Here, used: StrategyUse) -> list[dict[str, Any]]:
    t = here.t
    found = [
        {
            "name": "accounts",
            "rule": "strategy",
            "value": len(used.accounts),
            "numbers": {letter: used.classes.get(letter, 0) for letter in LETTERS}
            | {"misfits": len(used.misfits), "exceptions": len(used.exceptions)},
            "sentence": t("strategy.used-by", n=len(used.accounts)),
        }
    ]
    for id, one in used.tactics.items():
        states = {state: one.states.get(state, 0) for state in STATES}
        found.append(
            {
                "name": "tactic",
                "of": id,
                "rule": "tactic",
                "value": len(one.uses),
                "numbers": states | {"unsaid": one.states.get("", 0), "told": len(one.told)},
                "sentence": t("strategy.tactic-uses", n=len(one.uses)),
            }
        )
    return found
