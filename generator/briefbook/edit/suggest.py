"""The headers and cells of an export in, a map to read, correct and keep out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefbook.edit.canonical import reading
from briefbook.edit.cells import NUMBERS
from briefbook.edit.emit import inline
from briefbook.edit.files import content_files, read
from briefbook.edit.headers import KEY, field_of, of
from briefbook.edit.known import Known
from briefbook.edit.records import kind_of, limits
from briefbook.edit.tables import Table
from briefbook.files import Files
from briefbook.model.types import ID, RESERVED
from briefbook.source import read as read_tree
from briefbook.spelling import fold

FEW = 25
"""So many words of a column are listed; more are no choice."""
LOOKED_AT = 2_000
_SIGNS = (("₫", "VND"), ("đ", "VND"), ("￥", "CNY"), ("¥", "CNY"), ("€", "EUR"), ("£", "GBP"),
          ("$", "USD"))  # fmt: skip


def suggestion(source: Files, table: Table, name: str, kind: str = "account") -> str:
    """A map as YAML: what was recognised, what was not as comment, ids for rows that are new."""
    fields = _fields(table, kind)
    key = next((header for header, field in fields.items() if field == KEY), "")
    known_fields = {header: field for header, field in fields.items() if field not in ("", KEY)}
    lines = [f"# Proposed from the headers of {' '.join(name.split())}. Read each line before use.",
             f"kind: {kind}"]  # fmt: skip
    lines += [f"key: {inline(key)}"] if key else ["# Which column holds the id of the CRM?", "key:"]
    lines += _decimal(table, known_fields, kind)
    lines.append("columns:" if known_fields else "columns: {}")
    for header, field in known_fields.items():
        lines += _column(table, header, field, kind)
    lines += [f"  # {inline(one)}:" for one, field in fields.items() if not field]
    lines += ["# Of these the CRM is right; the others are only filled in where they are empty.",
              f"owns: {inline(list(known_fields.values()))}",
              "# Of each fact that is written: a source of sources.yml, and the day of the export.",
              "# source:", "# as_of:"]  # fmt: skip
    return "\n".join([*lines, *_new(source, table, kind, key, fields)]) + "\n"


def _fields(table: Table, kind: str) -> dict[str, str]:
    """The field of each column; one field is filled by one column, the first that names it."""
    found: dict[str, str] = {}
    for header in table.headers:
        field = field_of(header, kind)
        found[header] = "" if field in found.values() else field
    return found


def _cells(table: Table, header: str) -> list[str]:
    return [cell for row in table.rows[:LOOKED_AT] if (cell := row.cells.get(header, ""))]


def _decimal(table: Table, fields: dict[str, str], kind: str) -> list[str]:
    """`decimal: comma` where numbers can be read in no other way."""
    for header, field in fields.items():
        here = of(kind, field) or Known()
        if here.type in NUMBERS:
            for cell in _cells(table, header):
                if re.search(r"[0-9],[0-9]{1,2}$|\.[0-9]{3},|\.[0-9]{3}\.", cell.rstrip("% ")):
                    return ["decimal: comma"]
    return []


def _column(table: Table, header: str, field: str, kind: str) -> Iterator[str]:
    here, cells = of(kind, field) or Known(), _cells(table, header)
    more = {"field": field}
    if here.type == "money" and not any(_reads(cell, "money") for cell in cells):
        more["currency"] = _currency(header, cells)
    if here.type in {"day", "when"} and (format := _format(cells)):
        more["date"] = format
    start = f"  {inline(header)}:"
    words = _words(here, cells)
    if words:
        yield start
        yield from (f"    {name}: {inline(value)}" for name, value in more.items())
        yield "    values:"
        yield from (f"      {inline(cell)}: {inline(word)}" for cell, word in words)
    else:
        yield f"{start} {inline(more) if len(more) > 1 else inline(field)}"


def _reads(cell: str, type: str) -> bool:
    parse = reading(type)
    try:
        return parse is not None and bool(parse(cell))
    except ValueError:
        return False


def _currency(header: str, cells: Sequence[str]) -> str:
    """The code in the header or the sign of the cells; what nobody can know is left open."""
    code = re.search(r"\b[A-Z]{3}\b", header)
    signs = (code for sign, code in _SIGNS if any(sign in cell for cell in cells))
    return code[0] if code else next(signs, "???")


def _format(cells: Sequence[str]) -> str:
    """How days are written, as far as the cells tell it."""
    for sign in ("/", ".", "-"):
        parts = [
            cell.split(sign)
            for cell in cells
            if re.fullmatch(
                rf"[0-9]{{1,4}}{re.escape(sign)}[0-9]{{1,2}}{re.escape(sign)}[0-9]{{1,4}}", cell
            )
        ]
        if not parts:
            continue
        if all(len(one[0]) == 4 for one in parts):
            return "" if sign == "-" else f"YYYY{sign}MM{sign}DD"
        first = max(int(one[0]) for one in parts)
        second = max(int(one[1]) for one in parts)
        order = ("DD", "MM") if first > 12 else ("MM", "DD") if second > 12 else ("??", "??")
        return sign.join((*order, "YYYY"))
    return ""


def _words(here: Known, cells: Sequence[str]) -> list[tuple[str, str]]:
    """Each word of a column of choices or references with ours, or what is to be written for it."""
    if not (here.choices and here.type != "flag") and not here.refers_to:
        return []
    found = list(dict.fromkeys(cells))
    if len(found) > FEW:
        return []
    made = []
    for cell in found:
        word = fold(cell).replace(" ", "-")
        fits = word in here.choices if here.choices else bool(re.fullmatch(ID, cell))
        if not fits or (here.choices and word != cell):
            made.append((cell, word if here.choices and fits else "???"))
    return made


def _new(source: Files, table: Table, kind: str, key: str, fields: dict[str, str]) -> Iterator[str]:
    """Ids for rows that have no record, as comment: a person decides what a record is called."""
    name = next((header for header, field in fields.items() if field == "name"), "")
    there, taken = _there(source, kind)
    fresh = [row for row in table.rows if key and row.cells.get(key, "") not in {"", *there}]
    if not fresh:
        return
    yield f"# Rows without a record: {len(fresh)}. Take the marks away to make one, and name it."
    yield "# create: yes"
    yield "# fixed: {industry: ???}"
    yield "# ids:"
    for row in fresh[:LOOKED_AT]:
        id = _id(row.cells.get(name, ""), row.cells[key], taken)
        taken.add(id)
        yield f"#   {inline(row.cells[key])}: {id}"


def _there(source: Files, kind: str) -> tuple[set[str], set[str]]:
    keys, ids = set(), set(RESERVED)
    for file in content_files(source):
        if kind_of(file) == kind:
            tree, _ = read_tree(read(source, file), file, limits(file))
            ids.add(file.rpartition("/")[2].removesuffix(".yml"))
            if tree and isinstance(tree.data.get("crm_id"), str):
                keys.add(tree.data["crm_id"])
    return keys, ids


def _id(name: str, key: str, taken: set[str]) -> str:
    """An id of a name in Latin letters, else of the key; with a number where it is taken."""
    plain = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:50].strip("-")
    foreign = any(ord(char) > 0x2E7F for char in name)
    base = plain if plain and not foreign else "-".join(re.findall(r"[a-z0-9]+", fold(key)))[:50]
    base = base or "record"
    numbers = (f"{base}-{number}" for number in range(2, 100_000))
    return base if base not in taken else next(one for one in numbers if one not in taken)
