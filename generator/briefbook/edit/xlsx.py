"""The bytes of a workbook in, the rows of one sheet as text out.

The format is a zip of XML (ECMA-376): what an export needs of it is read here in so few lines that
no library is asked for, and the limits on a file from outside are ours.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from briefbook.edit.problem import EditError

MOST_BYTES = 80_000_000
"""Of one unpacked part."""
MOST_COLUMNS = 1_000
FORMULA = "="
"""What stands for a formula of which no result is stored."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_UNSAFE = (b"<!DOCTYPE", b"<!ENTITY", b"\x00")
"""What no export has: definitions of its own, and another encoding that would hide them."""
_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
_PERCENT_FORMATS = frozenset({9, 10})


def rows(raw: bytes, sheet: str = "") -> Iterator[list[str]]:
    """The cells of a sheet, the first one if none is named; raises `EditError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            yield from _rows(_Workbook(parts), sheet)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError,
            NotImplementedError, RuntimeError) as bad:  # fmt: skip
        raise EditError(f"This is no workbook that can be read: {bad}.") from None


@dataclass(frozen=True, slots=True)
class _Workbook:
    parts: zipfile.ZipFile

    def xml(self, name: str) -> ElementTree.Element:
        """A part as XML; one that is huge or brings entities of its own is refused."""
        with self.parts.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES or any(one in data for one in _UNSAFE):
            raise EditError(f"The part {name} of the workbook is not read: too large or unsafe.")
        plain = data.replace(_STRICT[1:-1].encode(), _MAIN[1:-1].encode())
        return ElementTree.fromstring(plain)  # noqa: S314 - without a DTD there are no entities

    def has(self, name: str) -> bool:
        return name in self.parts.namelist()


def _rows(book: _Workbook, wanted: str) -> Iterator[list[str]]:
    top = book.xml("xl/workbook.xml")
    sheets = {str(one.get("name")): one for one in top.iter(f"{_MAIN}sheet")}
    if wanted and wanted not in sheets:
        raise EditError(f"There is no sheet `{wanted}`. There are: {', '.join(sheets)}.")
    chosen = sheets[wanted] if wanted else next(iter(sheets.values()))
    link = next(value for key, value in chosen.attrib.items() if key.endswith("}id"))
    links = book.xml("xl/_rels/workbook.xml.rels")
    target = next(str(one.get("Target")) for one in links if one.get("Id") == link)
    name = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
    epoch = _epoch(top)
    texts, formats = _texts(book), _formats(book)
    last = 0
    for row in book.xml(name).iter(f"{_MAIN}row"):
        number = int(row.get("r") or last + 1)
        if number - last > 100_000:
            raise ValueError("too many empty rows")
        yield from ([] for _ in range(number - last - 1))
        last = number
        yield _cells(row, texts, formats, epoch)


def _epoch(top: ElementTree.Element) -> datetime:
    """Day 0 of the numbers that stand for days: two calendars are in use."""
    properties = top.find(f"{_MAIN}workbookPr")
    later = properties is not None and properties.get("date1904") in {"1", "true"}
    return datetime(1904, 1, 1, tzinfo=UTC) if later else datetime(1899, 12, 30, tzinfo=UTC)


def _texts(book: _Workbook) -> list[str]:
    if not book.has("xl/sharedStrings.xml"):
        return []
    return [_written(one) for one in book.xml("xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _written(node: ElementTree.Element) -> str:
    """The text of a node without the readings that stand above East Asian words."""
    found = []
    for part in node:
        if part.tag == f"{_MAIN}t":
            found.append(part.text or "")
        elif part.tag == f"{_MAIN}r":
            found += [one.text or "" for one in part.iter(f"{_MAIN}t")]
    return "".join(found)


def _formats(book: _Workbook) -> list[str]:
    """For each style of cells whether its numbers are days, shares or neither."""
    if not book.has("xl/styles.xml"):
        return []
    styles = book.xml("xl/styles.xml")
    own = {int(one.get("numFmtId", "0")): str(one.get("formatCode", ""))
           for one in styles.iter(f"{_MAIN}numFmt")}  # fmt: skip
    cells = styles.find(f"{_MAIN}cellXfs")
    return [
        _sort(int(one.get("numFmtId", "0")), own) for one in (cells if cells is not None else ())
    ]


def _sort(id: int, own: dict[int, str]) -> str:
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", own.get(id, "")).lower()
    if id in _DATE_FORMATS or ("y" in code or "d" in code or "年" in own.get(id, "")):
        return "day"
    return "share" if id in _PERCENT_FORMATS or "%" in code else ""


def _cells(
    row: ElementTree.Element, texts: list[str], formats: list[str], epoch: datetime
) -> list[str]:
    made: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        at = _column(str(cell.get("r") or ""), len(made))
        made += [""] * (at - len(made))
        made.append(_cell(cell, texts, formats, epoch))
    return made


def _column(name: str, following: int) -> int:
    letters = re.match(r"[A-Z]{1,3}", name)
    if not letters:
        return following
    at = 0
    for letter in letters[0]:
        at = at * 26 + ord(letter) - 64
    if at > MOST_COLUMNS or at <= following:
        raise ValueError(f"the cell {name} stands in no order")
    return at - 1


def _cell(cell: ElementTree.Element, texts: list[str], formats: list[str], epoch: datetime) -> str:
    sort, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
    if sort == "inlineStr":
        inner = cell.find(f"{_MAIN}is")
        return _written(inner) if inner is not None else ""
    if not value:
        return FORMULA if cell.find(f"{_MAIN}f") is not None else ""
    if sort == "s":
        return texts[int(value)]
    if sort == "b":
        return "yes" if value == "1" else "no"
    if sort == "d":
        return value.partition("T")[0]
    if sort != "n":
        return value
    style = int(cell.get("s") or 0)
    return _number(value, formats[style] if style < len(formats) else "", epoch)


def _number(value: str, sort: str, epoch: datetime) -> str:
    try:
        number = Decimal(value)
        if sort == "day" and 0 < number < 2_958_466:
            return (epoch + timedelta(days=int(number))).date().isoformat()
        # Spreadsheets keep 15 digits; what is beyond comes from binary fractions.
        plain = Decimal(f"{number * 100 if sort == 'share' else number:.15g}")
    except InvalidOperation:
        return value
    text = f"{plain:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if sort == "share" else text
