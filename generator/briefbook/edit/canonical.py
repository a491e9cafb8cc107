"""A text and the type of its field in, the one way to write it out; its meaning never changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from briefbook import quantity
from briefbook.quantity import Day, Period, Quantity, QuantityError

_NUMBER = re.compile(r"([-+\u2212]?)([0-9][0-9,]*)(\.[0-9]+)?")
_YEAR = re.compile(r"(?:(FY) ?)?([0-9]{4})(?:-?(Q[1-4]))?")


def canonical(value: str, type: str) -> str:
    """`5m CNY` becomes `5 m CNY`, `~30%` `about 30%`, `2026Q3` `2026-Q3`; else as it was."""
    return _spelled(value, type) if type in _TYPES else value


@lru_cache(1 << 14)  # files say the same days, shares and years again and again
def _spelled(value: str, type: str) -> str:
    parse, spell = _TYPES[type]
    text = " ".join(value.split())
    try:
        meant = parse(text)
        made = spell(text, meant)
        return made if _same(meant, parse(made)) else value
    except QuantityError:
        return value


def _same(one: Any, other: Any) -> bool:
    """Whether two readings differ in nothing but what was written."""
    return bool(replace(one, text="") == replace(other, text=""))


def _quantity(text: str, meant: Quantity) -> str:
    if meant.kind == "words":
        return text
    number = _NUMBER.search(text)
    if number is None:
        return text
    rest = re.sub(r" an? (\w+)$", r" a \1", text[number.end() :])
    made = f"{_number(number, meant)}{_UNITS[meant.kind](rest, meant)}"
    return f"{meant.qualifier} {made}" if meant.qualifier else made


def _number(found: re.Match[str], meant: Quantity) -> str:
    """Money in groups of three; what is counted as it is written, since in brackets it must be."""
    whole = found[2]
    if meant.kind == "money":
        whole = f"{int(whole.replace(',', '')):,}"
    sign = "-" if found[1] in ("-", "\u2212") else ""
    return f"{sign}{whole}{found[3] or ''}"


def _spaced(rest: str, _: Quantity) -> str:
    words = " ".join(rest.split())
    return f" {words}" if words else ""


def _share(_: str, meant: Quantity) -> str:
    unit = "%" if meant.unit == "%" else f" {_plural('point', meant.number)}"
    return unit + (f" a {meant.per}" if meant.per else "")


def _plural(word: str, number: Decimal) -> str:
    return word if abs(number) == 1 else word + "s"


_UNITS: Mapping[str, Callable[[str, Quantity], str]] = {
    "money": _spaced,
    "count": _spaced,
    "share": _share,
    "duration": lambda _, meant: f" {_plural(meant.unit, meant.number)}",
}


def _period(text: str, _: Day | Period) -> str:
    found = _YEAR.fullmatch(text)
    if not found:
        return text
    return (found[1] or "") + found[2] + (f"-{found[3]}" if found[3] else "")


_TYPES: Mapping[str, tuple[Callable[[str], Any], Callable[[str, Any], str]]] = {
    "money": (quantity.money, _quantity),
    "share": (quantity.share, _quantity),
    "points": (quantity.points, _quantity),
    "duration": (quantity.duration, _quantity),
    "count": (quantity.count, _quantity),
    "measure": (quantity.measure, _quantity),
    "day": (quantity.day, lambda text, _: text),
    "when": (quantity.when, _period),
    "period": (quantity.period, _period),
}


def reading(type: str) -> Callable[[str], Any] | None:
    """How a text of a type is read, None where it stands for itself."""
    return _TYPES.get(type, (None, None))[0]
