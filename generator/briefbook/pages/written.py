"""A value as the content writes it in, the same in the reader's language out."""

from __future__ import annotations

import re
from functools import lru_cache

from briefbook.quantity import Day, Period, Quantity, QuantityError, measure
from briefbook.quantity import when as read_day
from briefbook.words import Words

_MONTH = len("2026-11")
_DATED = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_MEASURED = frozenset({"money", "share", "duration"})
# Most texts are prose: five patterns need not tell so, one after another.
_BEGINS = re.compile(r"\s*(?:about|over|under|at least|at most|~)?\s*[-+\u2212]?[0-9]")
_COUNTED = frozenset({"employees"})
"""What the tool itself counts by, so that the catalogue has a word for it."""
_SMALL = 1000
"""Amounts below are told without decimals, if not exactly."""
_EXACT = 9
"""Decimals of a value that stands beside an older one: all that anybody writes."""


def quantity(t: Words, value: Quantity, *, exact: bool = False) -> str:
    """A quantity with its qualifier and its period; to all its decimals where it is `exact`."""
    if value.kind == "words":
        return value.text
    shown = _told(t, value, exact=exact)
    if value.per:
        shown = t("unit.per", value=shown, per=t(f"unit.per.{value.per}"))
    return t(f"qualifier.{value.qualifier}", value=shown) if value.qualifier else shown


def _told(t: Words, value: Quantity, *, exact: bool) -> str:
    """The number with its unit."""
    digits = _EXACT if exact else 2
    if value.unit == "%":
        return t.percent(value.number, digits)
    if value.kind in {"share", "duration"}:
        return f"{t.number(value.number, digits)} {t(f'unit.{value.unit}', n=value.number)}"
    unit = t(f"unit.{value.unit}", n=value.number) if value.unit in _COUNTED else value.unit
    if exact and abs(value.number) < _SMALL:
        return f"{t.number(value.number, digits)} {unit}".strip()
    return t.amount(value.number, unit, digits=_EXACT if exact else 1)


def written(t: Words, text: str, *, exact: bool = False) -> str:
    """Text of the content; where it is money, a share or a time, in the reader's language."""
    return (_BEGINS.match(text) and _measured(t.language, text, exact=exact)) or text


@lru_cache(maxsize=1 << 12)  # a fact stands on several pages of its account
def _measured(language: str, text: str, *, exact: bool) -> str | None:
    try:
        found = measure(text)
    except QuantityError:
        return None
    return quantity(Words(language), found, exact=exact) if found.kind in _MEASURED else None


def when(t: Words, value: Day | Period | str) -> str:
    """A day, a month or a span of them as the language writes it; all else as the content does."""
    text = value if isinstance(value, str) else value.text
    first, _, last = text.partition("..")
    if not last:
        return _date(t, text)
    return t("range.between", low=_date(t, first), high=_date(t, last))


def _date(t: Words, text: str) -> str:
    if not _DATED.fullmatch(text):
        return text
    try:
        day = read_day(text).date
    except QuantityError:
        return text
    return t.month(day) if len(text) == _MONTH else t.day(day)
