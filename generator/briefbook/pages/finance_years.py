"""Statements with what is computed of them in, the table of all years out: a column for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefbook.analyse.finance import FIGURES, Year, industry_mean
from briefbook.load import Record
from briefbook.model.parts import Finance, Statement
from briefbook.pages.finance_words import cell, points
from briefbook.pages.here import Here

FACTORS = ("roe", "margin", "turnover", "multiplier")
OTHERS = ("turns", "growth", "cash_to_revenue")
EXPECTED = ("revenue", "net_income", "total_assets", "equity", "cash")
"""Figures that an account should have, cash among them (DingTalk, l. 37): else shown as missing."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A statement and its measures; the industry's mean is one too."""

    statement: Statement
    year: Year
    mean: bool


def figures(here: Here, record: Record[Any], years: Sequence[Year]) -> dict[str, Any] | None:
    """Heads and rows, the latest year first; the industry's mean stands last."""
    finance: Finance = record.value.finance
    columns = [_Column(finance.statements[one.index], one, False) for one in reversed(years)]
    mean = industry_mean(finance, here.site.content.book.value)
    if finance.industry_mean and mean:
        columns.append(_Column(finance.industry_mean, mean, True))
    if not columns:
        return None
    return {
        "heads": [_head(here, record, one) for one in columns],
        "rows": [*_written(here, record, columns), *_computed(here, columns)],
    }


def _head(here: Here, record: Record[Any], column: _Column) -> dict[str, Any]:
    period = column.year.period.text
    return {
        "period": here.t("finance.mean-of", period=period) if column.mean else period,
        "until": here.t("finance.until", date=here.t.day(column.year.last)),
        "source": here.sources(column.statement.source, record),
        "stale": here.age(column.year.last, "finance")["stale"],
        "note": column.statement.note,
    }


def _written(here: Here, record: Record[Any], columns: Sequence[_Column]) -> list[dict[str, Any]]:
    """The figures as they were written; one that no year has is shown where it is expected."""
    own = record.kind == "account" and not columns[0].mean
    named = [
        name
        for name in FIGURES
        if (own and name in EXPECTED) or any(getattr(one.statement, name) for one in columns)
    ]
    return [
        {
            "label": here.t(f"field.{name}"),
            "computed": False,
            "cells": [_figure(here, record, one, name) for one in columns],
        }
        for name in named
    ]


def _figure(here: Here, record: Record[Any], column: _Column, name: str) -> dict[str, Any]:
    """A figure; its own source and dates stand beside it, those of the statement in the head."""
    fact = getattr(column.statement, name)
    shown = here.fact(fact, record, "finance")
    if shown is None:
        return {"fact": None, "text": None, "missing": here.t("not-known"), "chip": None}
    if not (fact.as_of or fact.checked):
        of_head = {"as_of": None, "stale": None}
        shown |= here.age(column.year.last, "finance") if fact.source else of_head
    chip = _agreement(here, column.year) if name == "reported_roe" else None
    return {"fact": shown, "text": None, "missing": None, "chip": chip}


def _agreement(here: Here, year: Year) -> dict[str, str] | None:
    """Whether the reported return agrees with the computed one (rule 14)."""
    if year.off is None:
        return None
    if year.agrees:
        return {"kind": "good", "label": here.t("finance.agrees")}
    return {"kind": "warn", "label": here.t("finance.off", points=points(here, year.off))}


def agreement(here: Here, year: Year) -> dict[str, Any] | None:
    """The reported return of a year, and whether it agrees."""
    chip = _agreement(here, year)
    if chip is None or year.reported is None:
        return None
    return {"text": here.t("finance.reported", share=here.t.share(year.reported / 100, 2)), **chip}


def _computed(here: Here, columns: Sequence[_Column]) -> list[dict[str, Any]]:
    """What follows from the figures; the factors stand there as soon as one can be computed."""
    some = {
        id
        for id in (*FACTORS, *OTHERS)
        if any(getattr(one.year, id).value is not None for one in columns)
    }
    named = [
        id for id in (*FACTORS, *OTHERS) if id in some or (id in FACTORS and some & {*FACTORS})
    ]
    return [
        {
            "label": here.t(f"finance.{id}"),
            "computed": True,
            "cells": [
                {**cell(here, id, getattr(one.year, id)), "fact": None, "chip": None}
                for one in columns
            ],
        }
        for id in named
    ]
