"""An account or a company in, what the examples of methods show of it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.analyse.asking import STEPS, Asked, asking, stage
from briefbook.analyse.deals import bant as judged
from briefbook.analyse.profile_fit import AMOUNTS, CustomerFit
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.book import LANGUAGES
from briefbook.pages import account_plan, playbook_head
from briefbook.pages.account_deals import opportunities
from briefbook.pages.account_research import research as researched
from briefbook.pages.customers_profile import amount, chosen, profile, value
from briefbook.pages.finance import finance
from briefbook.pages.here import Here
from briefbook.pages.people import decision_chain

EACH = 2
"""Findings of a method, and questions of a step, that an example shows."""


def nine_box(here: Here, record: Record[Account]) -> dict[str, Any]:
    """Where the account stands, why, and what would move it."""
    place = here.site.results.standings[record.id]
    return {
        **playbook_head.standing(here, record)["class"],
        "letter": place.letter and place.letter.upper(),
        "thresholds": here.thresholds,
        "facts": [
            {"label": here.t("account.contribution"), "value": here.amount(place.contribution),
             "note": here.year(place.year)},
            {"label": here.t("field.potential"), "value": here.amount(place.potential)},
            {"label": here.t("methods.share"),
             **({"value": here.t.share(place.share)} if place.share is not None
                else {"missing": here.t("not-known")})},
        ],
    }  # fmt: skip


def strategy(here: Here, record: Record[Account]) -> dict[str, Any]:
    """The strategy in use, why it fits or not, and the tactics that are used."""
    used = account_plan.tactics(here, record)
    rows = [*used["rows"], *used["other"]] if used else []
    lifecycle = record.value.lifecycle
    letter = here.site.results.letters[record.id]
    return {
        **playbook_head.standing(here, record)["strategy"],
        "letter": letter and letter.upper(),
        "lifecycle": {"id": lifecycle, "label": here.t(f"word.{lifecycle}")} if lifecycle else None,
        "tactics": [one for one in rows if one["used"]],
        "unused": sum(1 for one in rows if not one["used"]),
    }


def answers(here: Here, record: Record[Account]) -> dict[str, Any]:
    """The three answers that every study leads to."""
    return {"rows": playbook_head.answers(here, record)}


def research(here: Here, record: Record[Account]) -> dict[str, Any]:
    """How many entries each of the four ways has, and the first findings of each."""
    found = researched(here, record) or {"coverage": [], "methods": []}
    return {
        "coverage": found["coverage"],
        "methods": [{**one, "rows": one["rows"][:EACH]} for one in found["methods"]],
    }


def questions(here: Here, record: Record[Account]) -> dict[str, Any]:
    """What the kit asks of this account in its stage, step by step."""
    now = stage(record.value)
    asked = [one for one in _asked(here, record) if one.question]
    some = [one for one in asked if one.stage == now] or asked
    return {
        "stage": here.t(f"ask.{some[0].stage}" if some else f"ask.{now}"),
        "steps": [
            {
                "label": here.t(f"questions.{step}"),
                "rows": [_question(here, one) for one in some if one.step == step][:EACH],
            }
            for step in STEPS
        ],
        "sheet": here.to(f"/accounts/{record.id}/call/"),
    }


def _asked(here: Here, record: Record[Account]) -> tuple[Asked, ...]:
    site, book = here.site, here.site.content.book.value
    uses = site.results.facts_of.get(("account", record.id), ())
    deals = {id: judged(one, book) for id, one in record.value.opportunities.items()}
    stale = [one for one in uses if one.stale_since]
    return asking(record, site.content.questions.value, deals, stale)


def _question(here: Here, one: Asked) -> dict[str, Any]:
    """The question in the reader's language, else in one that it has."""
    order = (here.t.reads, *LANGUAGES)
    said = ((each, getattr(one.question, each, None)) for each in order)
    lang, text = next(((each, text) for each, text in said if text), ("", one.field))
    return {"text": text, "lang": lang, "why": here.t(f"ask.why.{one.reason}"), "field": one.field}


def dupont(here: Here, record: Record[Any]) -> dict[str, Any]:
    """The three factors of the latest year, and the comparison with peers and the industry."""
    found = finance(here, record) or {}
    return dict(found["does"])


def people(here: Here, record: Record[Account]) -> dict[str, Any]:
    """The organisation, the roles that must be known, and the closeness of all and of parts."""
    return dict(decision_chain(here, record) or {})


def bant(here: Here, record: Record[Account], anchor: str) -> dict[str, Any]:
    """One opportunity with its four letters: the named one, else the first that has them."""
    rows = [one for one in opportunities(here, record)["rows"] if one["bant"]]
    return next(one for one in rows if anchor in {"", one["id"]})


def counters(here: Here, record: Record[Account]) -> dict[str, Any]:
    """The four counters of the plan against their targets."""
    return _plan(here, record)


def reviews(here: Here, record: Record[Account]) -> dict[str, Any]:
    """The three horizons of the plan, and its reviews by quarter."""
    return _plan(here, record)


def _plan(here: Here, record: Record[Account]) -> dict[str, Any]:
    return dict(account_plan.plan(here, record) or {})


def fit(here: Here, record: Record[Account]) -> dict[str, Any]:
    """Field by field what our ideal customer is like, and what this account is like."""
    found = next((one for one in _fits(here) if one.account == record.id), None)
    patterns = here.site.results.customers.ideal.patterns
    rows = profile(here)["rows"]
    asked = (*found.matches, *found.differs, *found.unknown) if found else ()
    return {
        "why": chosen(here)["why"],
        "rows": [
            {**row, "value": _said(here, record.id, one.field), **_verdict(here, found, one.field)}
            for one, row in zip(patterns, rows, strict=True)
        ],
        "text": here.t("customers.known", n=len(found.matches), all=len(asked)) if found else None,
    }


def _fits(here: Here) -> Iterator[CustomerFit]:
    yield from here.site.results.customers.fits


def _said(here: Here, account: str, field: str) -> str | None:
    said: Any = here.site.results.customers.said[account]
    found = said.industry[-1] if field == "industry" else getattr(said, field)
    if found is None:
        return None
    return amount(here, field, found) if field in AMOUNTS else value(here, field, found)["text"]


def _verdict(here: Here, found: CustomerFit | None, field: str) -> dict[str, Any]:
    kinds = {"matches": "good", "differs": "warn"}
    for name, kind in kinds.items():
        if found and field in getattr(found, name):
            return {"kind": kind, "label_of": here.t(f"methods.{name}")}
    return {"kind": None, "label_of": None}
