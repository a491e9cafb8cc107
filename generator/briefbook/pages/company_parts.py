"""A company in, what its file says of it out: figures by year, profile, goals and shifts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from briefbook.analyse.companies import in_order, margin, turns
from briefbook.analyse.facts import last_day
from briefbook.load import Record
from briefbook.model import Company
from briefbook.model.parts import Statement
from briefbook.pages.here import Here
from briefbook.quantity import Qualifier, Quantity

FIGURES = (
    "revenue",
    "cost_of_revenue",
    "net_income",
    "total_assets",
    "average_assets",
    "equity",
    "average_equity",
    "reported_roe",
    "inventory_days",
    "cash",
    "operating_cash_flow",
)
TURNED: dict[str, Qualifier] = {
    "over": "under", "under": "over", "at least": "at most", "at most": "at least",
}  # fmt: skip
"""What more days than written mean for the turns."""
NO_FACT: dict[str, Any] = {"source": None, "as_of": None, "stale": None}


def figure(here: Here, record: Record[Company], one: Statement, name: str) -> dict[str, Any] | None:
    """A figure of a statement with its source and date, or the statement's."""
    fact = getattr(one, name)
    shown = here.fact(fact, record, "finance")
    if fact is None or shown is None:
        return None
    if shown["source"] is None:
        shown["source"] = here.sources(one.source, record)
    if not (fact.as_of or fact.checked):
        starts = record.value.finance.year_starts if record.value.finance else None
        shown |= here.age(last_day(one.period, starts), "finance")
    return shown


def figures(here: Here, record: Record[Company]) -> dict[str, Any] | None:
    """Rows of figures and of what follows from them, a column for each year."""
    statements = in_order(record.value.finance)
    if not statements:
        return None
    rows: list[dict[str, Any]] = []
    for name in FIGURES:
        cells = [figure(here, record, one, name) for one in statements]
        rows += [{"label": here.t(f"field.{name}"), "computed": False, "cells": cells}]
        if made := COMPUTED.get(name):
            label, cell = made
            cells = [cell(here, one) for one in statements]
            rows += [{"label": here.t(label), "computed": True, "cells": cells}]
    return {
        "periods": [one.period.text for one in statements],
        "rows": [row for row in rows if any(row["cells"])],
        "notes": [{"period": one.period.text, "text": one.note} for one in statements if one.note],
    }


def _turns(here: Here, one: Statement) -> dict[str, Any] | None:
    if one.inventory_days is None or one.inventory_days.value.number <= 0:
        return None
    days = one.inventory_days.value
    return {**NO_FACT, "text": turned(here, days), "note": turns_why(here, days.days)}


def turned(here: Here, days: Quantity) -> str:
    """Turns of so many days, as exact as they are: over 40 days are under 9.1 turns."""
    text = here.t.number(turns(days.days), 1)
    way = TURNED.get(days.qualifier, days.qualifier)
    return here.t(f"qualifier.{way}", value=text) if way else text


def turns_why(here: Here, days: Decimal) -> str:
    """How turns follow from days."""
    return here.t("company.turns.why", days=here.t.number(days))


def net_margin(here: Here, one: Statement) -> dict[str, Any] | None:
    """Net income / revenue, with the two values that it is made from."""
    share = margin(one)
    if share is None or one.net_income is None or one.revenue is None:
        return None
    income, revenue = one.net_income.value, one.revenue.value
    text = here.t.share(share, 1)
    if income.qualifier or revenue.qualifier:
        text = here.t("qualifier.about", value=text)
    why = here.t("company.margin.why", income=here.quantity(income), revenue=here.quantity(revenue))
    return {**NO_FACT, "text": text, "note": why}


COMPUTED = {
    "net_income": ("company.margin", net_margin),
    "inventory_days": ("company.turns", _turns),
}
"""What follows from a figure stands in the row below it."""


def profile(here: Here, record: Record[Company]) -> list[dict[str, Any]]:
    """The fields of the profile that are known."""
    one, t = record.value.profile, here.t
    if one is None:
        return []
    words = {
        "type": one.type,
        "size": t(f"word.{one.size}") if one.size else None,
        "country": one.country,
        "region": one.region,
        "market_position": t(f"word.{one.market_position}") if one.market_position else None,
        "founded": here.when(one.founded) if one.founded else None,
    }
    facts = {
        name: here.fact(getattr(one, name), record, "other")
        for name in ("employees", "annual_revenue", "growth")
    }
    rows = [
        {"label": t(f"field.{name}"), "fact": facts.get(name) or _plain(words.get(name))}
        for name in PROFILE
    ]
    rows += [{"label": name, "fact": _plain(text)} for name, text in one.extra.items()]
    return [row for row in rows if row["fact"]]


PROFILE = (
    "type",
    "size",
    "employees",
    "annual_revenue",
    "growth",
    "market_position",
    "country",
    "region",
    "founded",
)


def _plain(text: str | None) -> dict[str, Any] | None:
    return {"text": text} if text else None


def goals(here: Here, record: Record[Company]) -> list[dict[str, Any]]:
    """Stated goals, each with its measure and source."""
    return [
        {
            "period": here.when(one.period),
            "goal": here.prose(one.goal),
            "measure": one.measure,
            "source": here.sources(one.source, record),
        }
        for one in record.value.goals
    ]


def shifts(here: Here, record: Record[Company]) -> list[dict[str, Any]]:
    """Changes of strategy, what each implies, and what we offer."""
    return [
        {
            "date": here.when(one.date),
            "was": one.from_,
            "to": one.to,
            "implication": here.prose(one.implication),
            "offer": here.prose(one.our_offer),
            "source": here.sources(one.source, record),
        }
        for one in record.value.shifts
    ]
