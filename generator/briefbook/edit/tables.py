"""The bytes of an export in, its headers and rows of text out: CSV of any separator, or XLSX."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefbook.edit import xlsx
from briefbook.edit.problem import EditError

MOST_BYTES = 50_000_000
MOST_ROWS = 200_000
SEPARATORS = (",", ";", "\t", "|")
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells by header."""

    number: int
    cells: dict[str, str]
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Headers in their order, and the rows below them."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def table(raw: bytes, encoding: str = "", separator: str = "", sheet: str = "") -> Table:
    """The table of an export; raises `EditError` where it is none."""
    if len(raw) > MOST_BYTES:
        raise EditError(f"The export has more than {MOST_BYTES:,} bytes. Split it.")
    if raw.startswith(b"PK\x03\x04"):
        return _table(xlsx.rows(raw, sheet))
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise EditError("This is an old .xls workbook. Save it as .xlsx or CSV.")
    return _table(_csv(_text(raw, encoding), separator))


def _text(raw: bytes, encoding: str) -> str:
    guess = next((name for mark, name in MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding or guess)
    except LookupError:
        raise EditError(f"There is no encoding `{encoding}`. Write utf-8 or cp1252.") from None
    except UnicodeDecodeError as bad:
        line = raw.count(b"\n", 0, bad.start) + 1
        raise EditError(
            f"Line {line} of the export is not {encoding or 'UTF-8'}. Save it as CSV UTF-8, or "
            "write `encoding: cp1252` (Western Windows), cp1258 (Vietnamese) or gb18030 (Chinese) "
            "in the map."
        ) from None


def _csv(text: str, separator: str) -> Iterator[list[str]]:
    sign = separator or _separator(text)
    csv.field_size_limit(1_000_000)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    except csv.Error as bad:
        raise EditError(f"The export is no CSV with `{sign}` between its cells: {bad}.") from None


def _separator(text: str) -> str:
    """What stands most often in the first line, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and len(first) == 5:  # a hint of Excel's
        return first[4]
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _table(rows: Iterable[list[str]]) -> Table:
    numbered = ((number, [_clean(cell) for cell in row]) for number, row in enumerate(rows, 1))
    filled = ((number, row) for number, row in numbered if any(row))
    number, headers = next(filled, (0, []))
    if headers[:1] and headers[0].lower().startswith("sep="):
        number, headers = next(filled, (0, []))
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise EditError("The export holds no row of headers.")
    for name in headers:
        if not name or headers.count(name) > 1:
            raise EditError(f"The column `{name}` stands in the export twice." if name else
                            "A column of the export has no header.")  # fmt: skip
    found: list[Row] = []
    for number, row in filled:
        if len(found) >= MOST_ROWS:
            raise EditError(f"The export has more than {MOST_ROWS:,} rows. Split it.")
        cells = dict(zip(headers, row, strict=False))
        found.append(Row(number, cells, extra=any(row[len(headers) :])))
    return Table(tuple(headers), tuple(found))


def _clean(cell: str) -> str:
    """A cell in NFC without spaces around it; line ends are those of content."""
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
