"""Rows of a table in, the text of a CSV file out that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180 with a head line; nothing that is not known stays empty."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    """A cell that begins like a formula is prefixed, as OWASP advises against CSV injection."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
