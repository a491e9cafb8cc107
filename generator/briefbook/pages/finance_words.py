"""Measures and why there is none in, their words out: shares, days, times, points."""

from __future__ import annotations

from decimal import Decimal

from briefbook.analyse.finance import Ratio
from briefbook.analyse.peers import Value
from briefbook.pages.here import Here

_TIMES = frozenset({"turnover", "multiplier", "turns"})


def measure(here: Here, id: str, value: Decimal) -> str:
    """`7.1 %`, `1.91` or `36.5 days`."""
    t = here.t
    if id in _TIMES:
        return t.number(value, 2)
    if id == "inventory_days":
        return days(here, value)
    return t.share(value, 1)


def days(here: Here, value: Decimal) -> str:
    """`36.5 days`."""
    return f"{here.t.number(value, 1)} {here.t('unit.day', n=value)}"


def change(here: Here, id: str, value: Decimal) -> str:
    """A difference with its sign: of shares in points."""
    if id in _TIMES:
        shown = here.t.number(value, 2)
    elif id == "inventory_days":
        shown = days(here, value)
    else:
        shown = points(here, value * 100)
    return signed(value, shown)


def points(here: Here, value: Decimal, digits: int = 1) -> str:
    """`1.4 points`."""
    return f"{here.t.number(value, digits)} {here.t('unit.point', n=value)}"


def signed(value: Decimal, shown: str) -> str:
    """A plus before what is more than zero."""
    return f"+{shown}" if value > 0 else shown


def reason(here: Here, ratio: Ratio) -> str:
    """Why a measure has no value."""
    if ratio.reason == "missing":
        fields = here.t.listed([here.t(f"field.{name}").lower() for name in ratio.missing])
        return here.t("finance.reason.missing", fields=fields)
    return here.t(f"finance.reason.{ratio.reason}")


def cell(here: Here, id: str, ratio: Ratio) -> dict[str, str | None]:
    """A computed value, or why there is none."""
    if ratio.value is None:
        return {"text": None, "missing": reason(here, ratio)}
    return {"text": measure(here, id, ratio.value), "missing": None}


def dated(here: Here, id: str, value: Value) -> str:
    """A value with the year that it is of."""
    return here.t("finance.dated", value=measure(here, id, value.value), period=value.period)
