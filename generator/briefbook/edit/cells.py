"""A cell of an export and its column in, the value as content writes it out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from briefbook.decode import unseen
from briefbook.edit.canonical import canonical, reading
from briefbook.edit.mapping import Column
from briefbook.quantity import QuantityError, shorten

_SCALES = (("tn", 12), ("bn", 9), ("m", 6), ("k", 3), ("", 0))
_POINT = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_COMMA = re.compile(r"[-+]?(?:[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_SIGNS = re.compile(r"^(?:US\$|[$€£¥₫￥元])\s*|\s*(?:[$€£¥₫￥元]|đ)$")
_YES, _NO = {"yes", "true", "1", "y", "có", "是"}, {"no", "false", "0", "n", "không", "否"}
_PARTS = {"YYYY": r"(?P<y>[0-9]{4})", "MM": r"(?P<m>[0-9]{1,2})", "DD": r"(?P<d>[0-9]{1,2})"}
NUMBERS = frozenset({"money", "share", "duration", "count", "points", "whole", "number"})


class CellError(Exception):
    """A cell does not fit its field: the rule, and a sentence."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule, self.message = rule, message
        super().__init__(message)


def told(cell: str, column: Column, decimal: str) -> Any:
    """The value that a cell stands for; raises `CellError`."""
    if cell.startswith("=") or (cell.startswith("#") and cell.endswith(("!", "?", "/A"))):
        raise CellError("formula", "A formula or its error, not a value. Export values only.")
    if unseen(cell):
        cell = "".join(char for char in cell if not unseen(char))
    mapped = column.text.values.get(cell)
    if mapped is not None:
        return mapped
    if column.known.many == "list":
        parts = cell.split(column.text.split) if column.text.split else [cell]
        return [one.strip() for one in parts if one.strip()]
    return _typed(cell, column, decimal)


def _typed(cell: str, column: Column, decimal: str) -> str:
    type = column.known.type
    if column.known.choices and type == "flag":
        return _flag(cell)
    if column.known.choices:
        return _choice(cell, column)
    if column.known.refers_to:
        return cell
    if type in {"day", "when"}:
        return _day(cell, column.text.date)
    if type in NUMBERS:
        return canonical(_quantity(cell, column, decimal), type)
    return cell if type == "prose" else " ".join(cell.split())


def _flag(cell: str) -> str:
    text = cell.lower()
    if text in _YES or text in _NO:
        return "yes" if text in _YES else "no"
    raise CellError("choice", f"`{shorten(cell)}` is neither yes nor no.")


def _choice(cell: str, column: Column) -> str:
    folded = cell.lower().replace(" ", "-")
    if folded in column.known.choices:
        return folded
    raise CellError("choice", f"`{shorten(cell)}` is none of {', '.join(column.known.choices)}: "
                    f"say what it stands for in `values:` of the column.")  # fmt: skip


def _day(cell: str, format: str | None) -> str:
    text = re.sub(r"[T ][0-9]{2}:[0-9]{2}(:[0-9.]+)?(Z|[+-][0-9:]+)?$", "", cell)
    if format is None:
        if re.search(r"[0-9]/[0-9]|[0-9]\.[0-9]", text):
            raise CellError("date", f"`{shorten(cell)}` may be read in two ways: write "
                            "`date: DD/MM/YYYY` or the like in the column.")  # fmt: skip
        return text
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):  # a workbook knows its days
        return text
    pattern = re.escape(format.upper())
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part, 1)
    found = re.fullmatch(pattern, text)
    try:
        if not found:
            raise ValueError
        return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
    except (ValueError, IndexError):
        raise CellError("date", f"`{shorten(cell)}` is no day as {format}.") from None


def _quantity(cell: str, column: Column, decimal: str) -> str:
    """A bare number with the unit of its column; what names its unit itself is taken as it is."""
    text = _SIGNS.sub("", cell.replace("\u00a0", " ").replace("\u2212", "-")).strip()
    share = text.endswith("%") and column.known.type == "share"
    number = _number(text.removesuffix("%").strip() if share else text, decimal)
    if number is None:
        return cell
    unit, type = column.text.unit or "", column.known.type
    if type == "money":
        return _money(number, unit, column.text.currency)
    if type == "share":
        return _plain(number * (100 if unit == "fraction" and not share else 1)) + "%"
    if type == "duration":
        return f"{_plain(number)} {unit or 'days'}"
    return f"{_plain(number)} {unit}".strip() if type == "count" else _plain(number)


def _number(text: str, decimal: str) -> Decimal | None:
    if decimal == "comma" and _COMMA.fullmatch(text):
        return Decimal(text.replace(".", "").replace(" ", "").replace(",", "."))
    if decimal == "point" and _POINT.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return None


def _money(number: Decimal, unit: str, currency: str | None) -> str:
    """The largest scale in which the amount is exact with three decimals at most."""
    if currency is None:
        raise CellError("currency", "The amount has no currency: write `currency: CNY` or the like "
                        "in the column.")  # fmt: skip
    powers = dict(_SCALES)
    if unit not in powers:
        raise CellError("quantity", f"`{unit}` is no scale: write k, m, bn or tn in `unit:`.")
    amount = number.scaleb(powers[unit])
    for name, power in _SCALES:
        scaled = amount.scaleb(-power).normalize()
        if abs(scaled) >= 1 and -int(scaled.as_tuple().exponent) <= 3:
            return f"{_plain(scaled)} {name}".strip() + f" {currency}"
    return f"{_plain(amount)} {currency}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def same(old: Any, new: Any, type: str) -> bool:
    """Whether two values mean the same, however they are spelled: 5,000 k CNY is 5 m CNY."""
    if not isinstance(old, str) or not isinstance(new, str):
        return bool(old == new)
    one, other = meant(old, type), meant(new, type)
    return bool(one == other)


def meant(text: str, type: str) -> Any:
    """What a text says, apart from its spelling."""

    parse = reading(type)
    if parse is None:
        return " ".join(text.split())
    try:
        return replace(parse(" ".join(text.split())), text="")
    except QuantityError:
        return text
