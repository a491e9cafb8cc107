"""The nine-box as data: names where a cell holds few, dots with codes where many, else counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefbook.analyse.results import LEVELS, Level, Standing
from briefbook.analyse.standing import CLASSES
from briefbook.model.book import Thresholds
from briefbook.pages.codes import codes
from briefbook.pages.here import Here

NAMED = 6
"""Most names in a cell of the nine-box; beyond, dots with codes stand in it."""
DOTTED = 300
"""Most accounts of the whole nine-box that are drawn one by one; beyond, it counts."""
HIGH_FIRST: tuple[Level, ...] = tuple(reversed(LEVELS))


def nine_box(here: Here) -> dict[str, Any]:
    """The grid of the `nine_box` part: contribution up, potential across from low to high."""
    t, book = here.t, here.site.content.book.value
    cells: defaultdict[tuple[Level, Level], list[str]] = defaultdict(list)
    for id, place in here.site.results.standings.items():
        if place.level and place.potential_level:
            cells[place.level, place.potential_level].append(id)
    drawn = _drawn(here, cells)
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
                "cells": [_cell(here, row, column, cells[row, column], drawn) for column in LEVELS],
            }
            for row in HIGH_FIRST
        ],
        **_names(here, cells, drawn),
        "legend": _legend(here, drawn),
    }


@dataclass(frozen=True, slots=True)
class _Drawn:
    """How the grid is drawn: scales, and a code for each account that stands as a dot.

    `counted` is whether there are too many accounts to draw each.
    """

    most: Decimal
    largest: Decimal
    codes: Mapping[str, str]
    counted: bool


def _drawn(here: Here, cells: Mapping[tuple[Level, Level], list[str]]) -> _Drawn:
    paid = {id: one.contribution or Decimal(0) for id, one in here.site.results.standings.items()}
    counted = sum(map(len, cells.values())) > DOTTED
    dotted = [id for ids in cells.values() if len(ids) > NAMED for id in ids]
    names = here.site.content.accounts
    return _Drawn(
        most=max(paid.values(), default=Decimal(0)),
        largest=max((sum(map(paid.__getitem__, ids), Decimal(0)) for ids in cells.values()),
                    default=Decimal(0)),
        codes={} if counted else codes({id: names[id].name for id in dotted}),
        counted=counted,
    )  # fmt: skip


def _legend(here: Here, drawn: _Drawn) -> str:
    currency = here.site.content.book.value.currency
    if drawn.counted:
        return here.t("nine-box.counted", n=DOTTED)
    said = here.t("nine-box.legend", currency=currency)
    return f"{said} {here.t('nine-box.codes', n=NAMED)}" if drawn.codes else said


def _names(
    here: Here, cells: Mapping[tuple[Level, Level], list[str]], drawn: _Drawn
) -> dict[str, Any]:
    """Whom the codes stand for, cell by cell in the order of the grid."""
    t = here.t
    groups = [
        {
            "letter": CLASSES[row, column].upper(),
            "head": f"{t(f'contribution.{row}')} · {t(f'potential.{column}')}",
            "accounts": [_coded(here, one, drawn) for one in here.accounts(cells[row, column])],
        }
        for row in HIGH_FIRST
        for column in LEVELS
        if not drawn.counted and len(cells[row, column]) > NAMED
    ]
    return {"names": groups, "names_label": t("nine-box.names", n=len(drawn.codes))}


def _coded(here: Here, account: dict[str, Any], drawn: _Drawn) -> dict[str, Any]:
    place = here.site.results.standings[account["id"]]
    return {
        **_dot(here, account, place, drawn.most),
        "code": drawn.codes[account["id"]],
    }


def _range(here: Here, thresholds: Thresholds, level: Level) -> str:
    """From where to where a level goes; both ends name their currency unless it is the same."""
    t, low, high = here.t, thresholds.medium, thresholds.high
    if level == "low":
        return t("range.under", high=here.quantity(low))
    if level == "high":
        return t("range.over", low=here.quantity(high))
    first = here.quantity(low)
    if low.unit == high.unit:
        first = first.removesuffix(f" {low.unit}")
    return t("range.between", low=first, high=here.quantity(high))


def _cell(here: Here, row: Level, column: Level, ids: list[str], drawn: _Drawn) -> dict[str, Any]:
    standings = here.site.results.standings
    total = sum((standings[id].contribution or Decimal(0) for id in ids), Decimal(0))
    ordered = here.accounts(ids) if not drawn.counted else ()
    few = len(ordered) <= NAMED
    table = here.to("/accounts/") + f"?potential={column}&contribution={row}"
    return {
        "letter": CLASSES[row, column].upper(),
        "count": len(ids),
        "count_text": here.t.number(len(ids)) if ids else "",
        "href": table if ids else None,
        "sum": here.t.amount(total) if ids else None,
        "bar": float(total / drawn.largest) if ids and drawn.counted and drawn.largest else None,
        "accounts": [_dot(here, one, standings[one["id"]], drawn.most) for one in ordered if few],
        "dots": [_coded(here, one, drawn) for one in ordered if not few],
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
