"""The nine-box and the totals by class, as data for home and strategy."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from briefbook.analyse.results import LEVELS, Level, Standing
from briefbook.analyse.standing import CLASSES, LETTERS
from briefbook.model.book import Thresholds
from briefbook.pages.here import Here
from briefbook.quantity import Quantity

NAMED = 6
"""Names in a cell of the nine-box; beyond, the cell links to the table."""
HIGH_FIRST: tuple[Level, ...] = tuple(reversed(LEVELS))


def nine_box(here: Here) -> dict[str, Any]:
    """The grid of the `nine_box` part: contribution up, potential across from low to high."""
    t, book = here.t, here.site.content.book.value
    cells: defaultdict[tuple[Level, Level], list[str]] = defaultdict(list)
    for id, place in here.site.results.standings.items():
        if place.level and place.potential_level:
            cells[place.level, place.potential_level].append(id)
    standings = here.site.results.standings.values()
    most = max((one.contribution or Decimal(0) for one in standings), default=Decimal(0))
    return {
        "label": t("nine-box.label"),
        "none": t("none"),
        "columns": [
            {"head": t(f"potential.{level}"), "note": _range(here, book.nine_box.potential, level)}
            for level in LEVELS
        ],
        "rows": [
            {
                "head": t(f"contribution.{row}"),
                "note": _range(here, book.nine_box.contribution, row),
                "cells": [_cell(here, row, column, cells[row, column], most) for column in LEVELS],
            }
            for row in HIGH_FIRST
        ],
    }


def _range(here: Here, thresholds: Thresholds, level: Level) -> str:
    def short(amount: Quantity) -> str:
        return here.quantity(amount).removesuffix(f" {amount.unit}")

    t = here.t
    if level == "low":
        return t("range.under", high=short(thresholds.medium))
    if level == "high":
        return t("range.over", low=short(thresholds.high))
    return t("range.between", low=short(thresholds.medium), high=short(thresholds.high))


def _cell(here: Here, row: Level, column: Level, ids: list[str], most: Decimal) -> dict[str, Any]:
    letter = CLASSES[row, column].upper()
    standings = here.site.results.standings
    total = sum((standings[id].contribution or Decimal(0) for id in ids), Decimal(0))
    ordered = here.accounts(ids)
    rest = len(ordered) - NAMED
    table = here.to("/accounts/") + f"?class={letter}&level={row}&potential={column}"
    return {
        "letter": letter,
        "count_text": str(len(ids)) if ids else "",
        "href": table if ids else None,
        "sum": here.t.amount(total) if ids else None,
        "accounts": [_dot(here, one, standings[one["id"]], most) for one in ordered[:NAMED]],
        "more": {"href": table, "label": here.t("more", n=rest)} if rest > 0 else None,
    }


def _dot(here: Here, account: dict[str, Any], place: Standing, most: Decimal) -> dict[str, Any]:
    value = place.contribution or Decimal(0)
    overdue = any(due.overdue for due in here.site.results.dues_of.get(account["id"], ()))
    return {
        **account,
        "value": here.t.millions(value),
        "share": float(place.share) if place.share is not None else None,
        "area": float(max(value, Decimal(0)) / most) if most else 0.0,
        "mark": {"kind": "overdue", "label": here.t("due.overdue")} if overdue else None,
    }


def classes(here: Here) -> list[dict[str, Any]]:
    """A row for each class: accounts, contribution, potential, what is invested."""
    t, results = here.t, here.site.results
    rows = []
    totals = [_totals(here, letter) for letter in LETTERS]
    scale = max((one["potential"] for one in totals), default=Decimal(0))
    for letter, one in zip(LETTERS, totals, strict=True):
        rows.append(
            {
                "letter": letter.upper(),
                "label": t(f"class.{letter}"),
                "note": t(f"class.{letter}.do"),
                "count": one["count"],
                "href": here.to("/accounts/") + f"?class={letter.upper()}",
                "contribution": t.millions(one["contribution"]),
                "potential": t.millions(one["potential"]),
                "share": t.share(one["contribution"] / one["potential"])
                if one["potential"]
                else None,
                "part": float(one["contribution"]),
                "whole": float(one["potential"]),
                "scale": float(scale),
            }
        )
    unknown = sum(1 for place in results.standings.values() if place.letter is None)
    if unknown:
        rows.append(
            {
                "letter": None,
                "label": t("class.none"),
                "count": unknown,
                "note": t("class.none.do"),
                "href": here.to("/accounts/") + "?class=-",
            }
        )
    return rows


def _totals(here: Here, letter: str) -> dict[str, Any]:
    places = [place for place in here.site.results.standings.values() if place.letter == letter]
    return {
        "count": len(places),
        "contribution": sum((place.contribution or Decimal(0) for place in places), Decimal(0)),
        "potential": sum((place.potential or Decimal(0) for place in places), Decimal(0)),
    }


def class_sentence(here: Here, place: Standing) -> str:
    """Why the class is what it is, in one sentence."""
    t = here.t
    if place.letter is None:
        return t("why.class.missing", what=t.listed([t(f"missing.{one}") for one in place.missing]))
    assert place.contribution is not None
    assert place.absolute
    assert place.level
    assert place.potential is not None
    values = {
        "year": here.year(place.year),
        "contribution": _exact(here, place.contribution),
        "potential": _exact(here, place.potential),
        "absolute": t(f"level.{place.absolute}"),
        "level": t(f"level.{place.level}"),
        "potential_level": t(f"level.{place.potential_level}"),
        "letter": place.letter.upper(),
        "share": _share(here, place),
    }
    key = "why.class.lowered" if place.level != place.absolute else "why.class"
    if place.share is None:
        key = "why.class.no-share"
    return t(key, **values)


def _exact(here: Here, amount: Decimal, rounding: str = ROUND_HALF_UP) -> str:
    """An amount to the unit, so that 4,999,999 beside a threshold of 5 m is not called 5 m."""
    amount, currency = amount.to_integral_value(rounding), here.site.content.book.value.currency
    if here.t.amount(amount, digits=3) == here.t.amount(amount, digits=9):
        return here.t.amount(amount, currency, digits=3)
    return f"{here.t.number(amount)} {currency}"


def _share(here: Here, place: Standing) -> str:
    """The share of the potential, with decimals where it would be rounded up to the limit."""
    if place.share is None:
        return ""
    limit = here.site.content.book.value.nine_box.relative_share.number
    for digits in (0, 2, 4):
        shown = place.share.quantize(Decimal(1).scaleb(-digits - 2), ROUND_HALF_UP)
        if (shown * 100 >= limit) == (place.share * 100 >= limit):
            break
    return here.t.share(shown, digits)


def move_sentence(here: Here, place: Standing) -> str:
    """What would move the class: the smallest change of contribution, and of potential."""
    t, parts = here.t, []
    for name, move in (("contribution", place.by_contribution), ("potential", place.by_potential)):
        if move:
            way = "up" if move.up else "down"
            amount = _exact(here, move.amount, ROUND_CEILING if move.up else ROUND_FLOOR)
            parts.append(t(f"move.{name}.{way}", amount=amount, letter=move.letter.upper()))
    if not parts:
        return t("move.none") if place.letter else ""
    return " ".join(parts)


def fit_sentence(here: Here, id: str) -> str:
    """Why a strategy fits or does not."""
    t, fit = here.t, here.site.results.fits[id]
    account = here.site.content.accounts[id].value
    strategies = here.site.content.strategies
    exception = account.strategy.because if account.strategy else None
    written = f" {t('why.strategy.exception', because=exception)}" if exception else ""
    if not fit.fitting:
        return t("why.strategy.no-class") + written
    names = t.listed([strategies[one].name for one in fit.fitting], either=True)
    values = {
        "letter": str(fit.why.numbers["letter"]).upper(),
        "fitting": names,
        "first": strategies[fit.first].name if fit.first else "",
        "lifecycle": t(f"word.{account.lifecycle}") if account.lifecycle else t("unknown"),
    }
    key = "why.strategy.one" if len(fit.fitting) == 1 else "why.strategy"
    sentence = t("why.strategy.unusual" if fit.unusual else key, **values)
    if fit.fits is False:
        sentence += " " + t("why.strategy.misfit")
    return sentence + written
