"""Rows of a table in, the text of its CSV, JSON and JSON Schema files out, row by row.

The JSON files of `/data/` have this shape, version 1:
`{version, table, day, columns: [{name, type, unit, help}], rows: [[...], ...]}`; each row has a
value for each column, in their order, null where nothing is known. Types: `text`, `id`, `list` (of
ids), `number`, `integer`, `date` (ISO), `yes-no` (true or false). `day` is the day of the build,
from which "stale" and "overdue" are told. `<table>.schema.json` beside it is its JSON Schema.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, Literal

VERSION = 1
"""Version of the shape of JSON files; a change that breaks readers raises it."""
Type = Literal["text", "id", "list", "number", "integer", "date", "yes-no"]
Ending = Literal["csv", "json", "schema.json"]
ENDINGS: tuple[Ending, ...] = ("csv", "json", "schema.json")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SCHEMA: dict[Type, dict[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "id": {"type": ["string", "null"], "pattern": "^[^ ]+$"},
    "list": {"type": "array", "items": {"type": "string", "pattern": "^[^ ]+$"}},
    "number": {"type": ["number", "null"]},
    "integer": {"type": ["integer", "null"]},
    "date": {"type": ["string", "null"], "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "yes-no": {"type": ["boolean", "null"]},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its values are, their unit (or ""), and what it says."""

    name: str
    type: Type
    unit: str
    help: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is written as it is read: `rows` makes them anew, one at a time."""

    name: str
    day: date
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[Any, ...]]]

    def files(self) -> Iterator[tuple[Ending, str]]:
        """Pieces of its three files in turn: ending and text, every row made once."""
        yield "schema.json", json.dumps(schema(self), ensure_ascii=False, indent=1) + "\n"
        yield "csv", csv_text([one.name for one in self.columns], ())
        yield "json", _head(self)
        before = ""
        out = StringIO()
        write = csv.writer(out, lineterminator="\r\n").writerow
        for row in self.rows():
            out.seek(0)
            write([_written(value) for value in row])
            out.truncate()
            yield "csv", out.getvalue()
            yield "json", f"{before}\n{_LINE(row)}"
            before = ","
        yield "json", "\n]}\n"


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180 with a head line, if there is one; nothing that is not known stays empty."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if head:
        writer.writerow(head)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    """A cell that begins like a formula is prefixed, as OWASP advises against CSV injection."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in _FORMULA else text


def _written(value: object) -> str:
    """A value for a cell: yes and no, ids apart by spaces, days as ISO has them."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _cell(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return _cell(" ".join(value))
    if isinstance(value, Decimal):
        return _cell(f"{value.normalize() + 0:f}")
    return _cell(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat()


_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def _head(table: Table) -> str:
    head = {
        "version": VERSION,
        "table": table.name,
        "day": table.day.isoformat(),
        "columns": _columns(table),
    }
    return json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "rows": ['


def _columns(table: Table) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "type": one.type, "unit": one.unit or None, "help": one.help}
        for one in table.columns
    ]


def schema(table: Table) -> dict[str, Any]:
    """The JSON Schema of a table's JSON file."""
    row = {
        "type": "array",
        "prefixItems": [
            {"title": one.name, "description": one.help, **_SCHEMA[one.type]}
            for one in table.columns
        ],
        "minItems": len(table.columns),
        "items": False,
    }
    fields = {
        "version": {"const": VERSION},
        "table": {"const": table.name},
        "day": {**_SCHEMA["date"], "type": "string"},
        "columns": {"const": _columns(table)},
        "rows": {"type": "array", "items": row},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
