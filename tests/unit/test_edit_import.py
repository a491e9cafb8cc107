"""`import` brings what a CRM owns into content, row by row, and leaves all else as it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefbook.edit.cells import CellError, same, told
from briefbook.edit.files import write
from briefbook.edit.headers import KEY, field_of
from briefbook.edit.importing import Import, plan_import
from briefbook.edit.mapping import Plan, plan
from briefbook.edit.problem import EditError
from briefbook.edit.suggest import suggestion
from briefbook.edit.tables import Table, table
from briefbook.files import Folder
from briefbook.problem import ContentError
from tests.samples import book, tree

A = """\
# head
name: A  # the name
industry: retail
crm_id: 001
profile:
  # ours
  size: large
  employees: 3200
  annual_revenue: 5,000 k CNY
owner: mai
"""
FILES = {
    "accounts/a.yml": A,
    "accounts/b.yml": "name: B\nindustry: retail\ncrm_id: 002\n",
    "accounts/c.yml": "name: C\nindustry: retail\n",
}
MAP = """\
key: Id
columns:
  Name: name
  Size: {field: profile.size, values: {Big: large}}
  Employees: profile.employees
  Revenue: {field: profile.annual_revenue, currency: CNY}
  Until: {field: contract.until, date: DD/MM/YYYY}
owns: [profile.employees, profile.annual_revenue, contract.until]
"""
HEADERS = "Id,Name,Size,Employees,Revenue,Until\n"


def columns(text: str = MAP) -> Plan:
    """A map that holds."""
    return plan(text.encode(), "map.yml")


def imported(folder: Path, rows: str, text: str = MAP) -> Import:
    """What an export of these rows changes; it is written."""
    made = plan_import(Folder(folder), table((HEADERS + rows).encode()), columns(text))
    write(folder, made.files)
    return made


def misfits(made: Import) -> list[tuple[int, str, str]]:
    """Row, column and rule of what does not fit."""
    return [(one.row, one.column, one.rule) for one in made.misfits]


def test_the_crm_overwrites_what_it_owns_and_fills_in_what_is_empty(tmp_path: Path) -> None:
    """All else, comments and order stay, and a second time nothing changes."""
    folder = book(tmp_path, FILES)
    rows = "001,Other name,Small,3300,6000000,31/12/2027\n002,B,Big,7,,\n"
    made = imported(folder, rows)
    assert not made.misfits
    assert (folder / "accounts/a.yml").read_text("utf-8") == A.replace("3200", "3300").replace(
        "5,000 k CNY", "6 m CNY"
    ) + "contract:\n  until: 2027-12-31\n"
    assert tree((folder / "accounts/b.yml").read_text("utf-8")).data["profile"] == {
        "size": "large", "employees": "7",
    }  # fmt: skip
    assert [(one.record, one.field, one.old, one.new) for one in made.changes][:2] == [
        ("accounts/a", "profile.employees", "3200", "3300"),
        ("accounts/a", "profile.annual_revenue", "5,000 k CNY", "6 m CNY"),
    ]
    again = imported(folder, rows)
    assert (again.files, again.changes, again.misfits) == ({}, [], [])


def test_an_amount_that_is_only_spelled_otherwise_stays(tmp_path: Path) -> None:
    """5,000 k is 5 m; an empty cell says nothing."""
    made = imported(book(tmp_path, FILES), "001,,,,5000000,\n")
    assert (made.files, made.misfits) == ({}, [])


PROVEN = A.replace("employees: 3200", "employees: {value: 3200, source: report, as_of: 2025-12-31, "
                   "checked: 2026-01-05, note: with interns}").replace(
    "annual_revenue: 5,000 k CNY", """annual_revenue:
    value: 5 m CNY
    source:
      - report
      - talk
    as_of: 2025""")  # fmt: skip


def test_what_spoke_of_the_old_value_goes_with_it(tmp_path: Path) -> None:
    """Source and dates of a fact that is overwritten; its note, and facts that stay, keep all."""
    folder = book(tmp_path, {**FILES, "accounts/a.yml": PROVEN})
    made = imported(folder, "001,,,3300,5000000,\n")
    text = PROVEN.replace(
        "{value: 3200, source: report, as_of: 2025-12-31, checked: 2026-01-05, note: with interns}",
        "{value: 3300, note: with interns}",
    )
    assert (folder / "accounts/a.yml").read_text("utf-8") == text
    assert [(one.field, one.evidence) for one in made.changes] == [
        ("profile.employees", {"source": None, "as_of": None, "checked": None})
    ]
    imported(folder, "001,,,3300,6000000,\n")
    assert (folder / "accounts/a.yml").read_text("utf-8") == text.replace(
        """    value: 5 m CNY
    source:
      - report
      - talk
    as_of: 2025
""",
        "    value: 6 m CNY\n",
    )


def test_a_map_may_say_where_its_facts_come_from(tmp_path: Path) -> None:
    """Facts that are written carry it, old, new and in new files; other fields have none."""
    folder = book(tmp_path, {**FILES, "accounts/a.yml": PROVEN})
    text = f"source: crm\nas_of: 2026-11-01\n{NEW}ids: {{009: nine}}\n{MAP}"
    rows = "001,,,3300,6000000,31/12/2027\n002,B,Big,7,,\n009,Nine,,8,,\n"
    made = imported(folder, rows, text)
    assert not made.misfits
    data = {name: tree((folder / f"accounts/{name}.yml").read_text("utf-8")).data
            for name in ("a", "b", "nine")}  # fmt: skip
    said = {"source": "crm", "as_of": "2026-11-01"}
    assert data["a"]["profile"]["employees"] == {"value": "3300", **said, "note": "with interns"}
    assert data["a"]["profile"]["annual_revenue"] == {"value": "6 m CNY", **said}
    assert data["b"]["profile"] == {"size": "large", "employees": {"value": "7", **said}}
    assert data["nine"]["profile"]["employees"] == {"value": "8", **said}
    assert data["b"]["name"] == "B"
    assert made.changes[0].evidence == {**said, "checked": None}
    assert imported(folder, rows, text).files == {}


def test_a_comment_beside_an_old_source_is_never_lost(tmp_path: Path) -> None:
    """The row is told instead, and the file stays."""
    files = {**FILES, "accounts/a.yml": PROVEN.replace("as_of: 2025\n", "as_of: 2025  # p. 12\n")}
    folder = book(tmp_path, files)
    made = imported(folder, "001,,,,6000000,\n")
    assert [(one.rule, "comment" in one.message) for one in made.misfits] == [("edit", True)]
    assert (folder / "accounts/a.yml").read_text("utf-8") == files["accounts/a.yml"]
    assert not imported(folder, "001,,,,6000000,\n", f"as_of: 2026-11-01\n{MAP}").misfits


def test_rows_that_do_not_fit_are_told_and_change_nothing(tmp_path: Path) -> None:
    """With row, column and rule; the good rows are taken."""
    folder = book(tmp_path, FILES)
    made = imported(
        folder,
        "001,X,Huge,1,,\n"
        ",X,,,,\n"
        "002,B,,8,many,30/02/2027\n"
        "002,B,,8,,\n"
        "001,X,,3301,1,1/2/2027,more\n",
    )
    assert misfits(made) == [
        (2, "Size", "choice"), (3, "Id", "key"), (4, "Until", "date"), (5, "Id", "key"),
        (6, "", "columns"),
    ]  # fmt: skip
    assert made.files == {}
    assert (folder / "accounts/a.yml").read_text("utf-8") == A
    made = imported(folder, "001,X,,abc,,\n002,B,,9,,\n")
    assert misfits(made) == [(2, "Employees", "quantity")]
    assert list(made.files) == ["accounts/b.yml"]


def test_rows_without_a_record_are_left_alone(tmp_path: Path) -> None:
    """Unless the map says otherwise."""
    made = imported(book(tmp_path, FILES), "009,New,,1,,\n")
    assert [row.number for row in made.unknown] == [2]
    assert (made.files, made.misfits) == ({}, [])


NEW = "create: yes\nfixed: {industry: retail, sample: yes}\n"


def test_new_rows_make_files_with_an_id_that_somebody_wrote(tmp_path: Path) -> None:
    """None is made of a name."""
    folder = book(tmp_path, FILES)
    text = f"{NEW}ids: {{009: nine, 010: a, 011: Not an id}}\n{MAP}"
    made = imported(folder, "009,Nine,Big,1,,\n008,Eight,,,,\n010,Ten,,,,\n011,E,,,,\n", text)
    assert misfits(made) == [(3, "", "id"), (4, "", "id"), (5, "", "id")]
    assert (folder / "accounts/nine.yml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../.schema/account.json\n"
        "name: Nine\nsample: yes\nindustry: retail\ncrm_id: 009\n"
        "profile:\n  size: large\n  employees: 1\n"
    )
    assert imported(folder, "009,Nine,Big,1,,\n", text).files == {}


def test_a_new_row_without_what_a_record_needs_is_told(tmp_path: Path) -> None:
    """By the rule that `check` would name."""
    made = imported(book(tmp_path, FILES), "009,,,1,,\n", f"create: yes\nids: {{009: nine}}\n{MAP}")
    assert {rule for _, _, rule in misfits(made)} == {"missing-field"}
    assert made.files == {}


def test_records_can_be_named_by_their_files(tmp_path: Path) -> None:
    """Where the export has our ids."""
    made = imported(book(tmp_path, FILES), "c,C,,5,,\n", f"match: id\n{MAP}")
    assert list(made.files) == ["accounts/c.yml"]


def test_two_records_of_one_key_are_told(tmp_path: Path) -> None:
    """Nobody knows which one is meant."""
    files = {**FILES, "accounts/d.yml": FILES["accounts/b.yml"]}
    assert misfits(imported(book(tmp_path, files), "002,B,,5,,\n")) == [(2, "Id", "key")]


def test_hostile_text_is_text(tmp_path: Path) -> None:
    """Quoted where it must be, and read back equal."""
    folder = book(tmp_path, FILES)
    name = "x: y # [z]\n- {a}, 'b' \"c\" &d *e !f <script>"
    made = imported(
        folder, f'002,"{name.replace(chr(34), chr(34) * 2)}",,,,\n', f"{MAP[:-2]}, name]\n"
    )
    assert not made.misfits
    data = tree((folder / "accounts/b.yml").read_text("utf-8")).data
    assert data["name"] == " ".join(name.split())


# Cells


@pytest.mark.parametrize(
    ("field", "more", "cell", "expected"),
    [
        ("profile.annual_revenue", "currency: CNY", "12,500,000", "12.5 m CNY"),
        ("profile.annual_revenue", "currency: CNY", "¥ 900", "900 CNY"),
        ("profile.annual_revenue", "currency: USD", "$1,234.5", "1,234.5 USD"),
        ("profile.annual_revenue", "currency: VND, unit: m", "1185", "1.185 bn VND"),
        ("profile.annual_revenue", "currency: CNY", "1234567.89", "1,234,567.89 CNY"),
        ("profile.annual_revenue", "", "5m CNY", "5 m CNY"),
        ("profile.annual_revenue", "currency: CNY", "0", "0 CNY"),
        ("profile.growth", "", "35.5", "35.5%"),
        ("profile.growth", "", "35.5 %", "35.5%"),
        ("profile.growth", "unit: fraction", "0.355", "35.5%"),
        ("profile.growth", "unit: fraction", "35.5%", "35.5%"),
        ("profile.employees", "", "3,200", "3200"),
        ("profile.employees", "unit: employees", "12", "12 employees"),
        ("contract.notice", "unit: months", "3", "3 months"),
        ("contract.until", "date: MM/DD/YYYY", "2/28/2027", "2027-02-28"),
        ("contract.until", "date: DD.MM.YYYY", "28.02.2027", "2027-02-28"),
        ("contract.until", "date: DD/MM/YYYY", "2027-02-28T00:00:00Z", "2027-02-28"),
        ("contract.until", "", "2027-02-28 13:05:00", "2027-02-28"),
        ("sample", "", "TRUE", "yes"),
        ("profile.size", "", "Large", "large"),
        ("profile.market_position", "", "New entrant", "new-entrant"),
        ("name", "", "A  \n B\u200b", "A B"),
        ("in_short.earns", "", "A\nB", "A\nB"),
        ("aliases", 'split: ";"', "A; B;", ["A", "B"]),
        ("aliases", "", "A; B", ["A; B"]),
        ("owner", "values: {Mai Trần: mai}", "Mai Trần", "mai"),
    ],
)
def test_cell_becomes(field: str, more: str, cell: str, expected: Any) -> None:
    """What content would say for it."""
    assert told(cell, _column(field, more), "point") == expected


def _column(field: str, more: str) -> Any:
    inner = f", {more}" if more else ""
    return columns(f"key: Id\ncolumns: {{Cell: {{field: {field}{inner}}}}}\n").columns[0]


@pytest.mark.parametrize(
    ("field", "more", "cell", "rule"),
    [
        ("name", "", '=HYPERLINK("x")', "formula"),
        ("profile.employees", "", "#DIV/0!", "formula"),
        ("name", "", "#N/A", "formula"),
        ("profile.annual_revenue", "", "5", "currency"),
        ("profile.annual_revenue", "currency: CNY, unit: million", "5", "quantity"),
        ("contract.until", "", "1/2/2027", "date"),
        ("contract.until", "date: DD/MM/YYYY", "31/02/2027", "date"),
        ("contract.until", "date: quarter", "Q1", "date"),
        ("profile.size", "", "Enormous", "choice"),
        ("sample", "", "perhaps", "choice"),
    ],
)
def test_cell_is_refused(field: str, more: str, cell: str, rule: str) -> None:
    """Rather than guessed."""
    with pytest.raises(CellError) as bad:
        told(cell, _column(field, more), "point")
    assert bad.value.rule == rule


def test_decimal_commas_are_read_where_the_map_says_so() -> None:
    """1.234,5 is a number in many countries, and 1,234.5 in others."""
    column = _column("profile.annual_revenue", "currency: CNY")
    assert told("1.234,5", column, "comma") == "1,234.5 CNY"
    assert told("1,234.5", column, "point") == "1,234.5 CNY"
    assert told("1.234,5", column, "point") == "1.234,5"  # the rule `decimal-comma` refuses it


def test_values_are_compared_by_what_they_mean() -> None:
    """Spelling is no change."""
    assert same("5,000 k CNY", "5 m CNY", "money")
    assert not same("5 m CNY", "5 m USD", "money")
    assert same("a  b", "a b", "line")
    assert not same(None, "a", "line")


# Maps


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("columns: {Name: name}\n", "missing-field", 1),
        ("key: Id\ncolumns: {Name: nme}\n", "unknown-field", 2),
        ("key: Id\ncolumns: {Name: profile}\n", "import-map", 2),
        ("key: Id\ncolumns: {Name: name, N2: name}\n", "import-map", 2),
        ("key: Id\ncolumns: {Name: name}\nowns: [owner]\n", "import-map", 3),
        ("key: Id\ncolumns: {Name: name}\ncreate: yes\n", "import-map", 3),
        ("key: Id\nkind: nothing\ncolumns: {Name: name}\n", "import-map", 2),
        ("key: Id\nkeys: x\ncolumns: {Name: name}\n", "unknown-field", 2),
        ("key: Id\ncolumns: {Name: {field: name, of: x}}\n", "unknown-field", 2),
        ("key: Id\nfixed: {nope: x}\ncolumns: {Name: name}\n", "unknown-field", 2),
        ("key: [\n", "yaml-syntax", 2),
    ],
)
def test_a_map_that_does_not_hold_is_told(text: str, rule: str, line: int) -> None:
    """At its place, before anything is read."""
    with pytest.raises(ContentError) as bad:
        plan(text.encode(), "map.yml")
    assert [(one.rule, one.place.line) for one in bad.value.problems] == [(rule, line)]


def test_a_column_that_the_export_has_not_is_told(tmp_path: Path) -> None:
    """With those that it has."""
    with pytest.raises(EditError, match="no column `Until`"):
        plan_import(
            Folder(book(tmp_path, FILES)), table(b"Id,Name,Size,Employees,Revenue\n"), columns()
        )


# Tables


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("\ufeffA,B\r\nđ,\"x\r\ny\"\r\n".encode(), ""),
        ("A;B\nđ;\"x\ny\"\n".encode(), ""),
        ("A\tB\nđ\t\"x\ny\"\n".encode("utf-16"), ""),
        ("sep=|\nA|B\nđ|\"x\ny\"\n".encode(), ""),
        ("A,B\nđ,\"x\ny\"\n".encode("cp1258"), "cp1258"),
        ("\n\nA,B,\n\nđ,\"x\ny\"\n".encode(), ""),
        ("A,B\nd\u0111,\"x\ny\"\n".replace("d\u0111", "đ").encode(), ""),
    ],
    ids=["bom", "semicolon", "utf-16", "sep", "cp1258", "blank", "plain"],
)  # fmt: skip
def test_csv_of_any_program_is_read(raw: bytes, encoding: str) -> None:
    """Whatever stands between the cells, and however lines end."""
    found = table(raw, encoding)
    assert found.headers == ("A", "B")
    assert [row.cells for row in found.rows] == [{"A": "đ", "B": "x\ny"}]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"A,B\n\xe9,2\n", "cp1252"),
        (b"", "no row of headers"),
        (b"A,A\n1,2\n", "twice"),
        (b"A,,B\n1,2,3\n", "no header"),
        (b'A,B\n"1,2\n', "no CSV"),
        (b"\xd0\xcf\x11\xe0rest", "old .xls"),
        (b"PK\x03\x04rest", "no workbook"),
    ],
)
def test_an_export_that_cannot_be_read_is_told(raw: bytes, said: str) -> None:
    """With what to do about it."""
    with pytest.raises(EditError, match=said):
        table(raw)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CELLS = """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>B</t></is></c>
<c r="D1" t="str"><v>D</v></c><c r="C1" t="s"><v>1</v></c></row>"""
SHEET = """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>B</t></is></c>
<c r="C1" t="s"><v>1</v></c><c r="E1"><v>5</v></c><c r="D1" t="str"/></row>"""
ROWS = """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>B</t></is></c>
<c r="C1" t="s"><v>1</v></c><c r="D1" t="str"><v>D</v></c></row>
<row r="3"><c r="A3" s="1"><v>46348</v></c><c r="B3" s="2"><v>0.355</v></c>
<c r="C3" t="b"><v>1</v></c><c r="D3"><v>12345.678000000001</v></c></row>
<row r="4"><c r="A4" t="e"><v>#DIV/0!</v></c><c r="B4"><f>1+1</f></c>
<c r="C4"><f>1+1</f><v>2</v></c><c r="D4" s="3"><v>1E-7</v></c></row>"""


def workbook(rows: str, *, main: str = MAIN, top: str = "", more: Mapping[str, str] = {}) -> bytes:
    """A workbook of one sheet with these rows."""
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{RELS}">{top}<sheets>'
        '<sheet name="Accounts" sheetId="1" r:id="rId7"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="x">'
        '<Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}'
        "</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>A</t></si>'
        "<si><r><t>客</t></r><r><t>户</t></r><rPh><t>ke</t></rPh></si></sst>",
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>'
        '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.0%"/>'
        '<numFmt numFmtId="166" formatCode="&quot;day&quot; 0"/></numFmts><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>'
        "</cellXfs></styleSheet>",
        **more,
    }  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return made.getvalue()


STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@pytest.mark.parametrize("main", [MAIN, STRICT], ids=["transitional", "strict"])
def test_a_workbook_is_read(main: str) -> None:
    """Texts, days, shares, truths, results of formulas; what has no result is told as formula."""
    found = table(workbook(ROWS, main=main))
    assert found.headers == ("A", "B", "客户", "D")
    assert [(row.number, list(row.cells.values())) for row in found.rows] == [
        (3, ["2026-11-22", "35.5%", "yes", "12345.678"]),
        (4, ["#DIV/0!", "=", "2", "0.0000001"]),
    ]
    later = workbook(ROWS, main=main, top='<workbookPr date1904="1"/>')
    assert table(later).rows[0].cells["A"] == "2030-11-23"


@pytest.mark.parametrize(
    "raw",
    [
        workbook(SHEET),
        workbook(CELLS),
        workbook(ROWS, more={"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
        workbook(ROWS, more={"xl/workbook.xml": "<x>"}),
        workbook(ROWS, more={"xl/_rels/workbook.xml.rels": "<x/>"}),
        workbook('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
        workbook('<row r="900000000"><c r="A1" t="s"><v>0</v></c></row>'),
        workbook('<row r="1"><c r="XFD1" t="s"><v>0</v></c></row>'),
    ],
)
def test_a_workbook_that_is_none_is_told(raw: bytes) -> None:
    """No traceback, and no entity is ever resolved."""
    with pytest.raises(EditError):
        table(raw)


def test_a_sheet_is_found_by_its_name() -> None:
    """And what there is, if it is not."""
    assert table(workbook(ROWS), sheet="Accounts").headers[0] == "A"
    with pytest.raises(EditError, match="Accounts"):
        table(workbook(ROWS), sheet="Sheet1")


# Proposals


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Account ID", KEY), ("Record ID", KEY), ("Mã khách hàng", KEY), ("客户编号", KEY),
        ("Account Name", "name"), ("Company name", "name"), ("Tên công ty", "name"), ("客户名称",
         "name"),
        ("Annual Revenue (USD)", "profile.annual_revenue"), ("annualrevenue",
         "profile.annual_revenue"),
        ("Doanh thu", "profile.annual_revenue"), ("年收入", "profile.annual_revenue"),
        ("NumberOfEmployees", "profile.employees"), ("Số nhân viên", "profile.employees"),
        ("Contract End Date", "contract.until"), ("到期日", "contract.until"),
        ("crm_id", KEY), ("contract.notice", "contract.notice"), ("Payment terms",
         "contract.payment"),
        ("Favourite colour", ""),
    ],
)  # fmt: skip
def test_headers_are_known_in_three_languages(header: str, field: str) -> None:
    """As CRMs name them, and as the model itself does."""
    assert field_of(header) == field


def test_every_field_that_habit_names_is_one() -> None:
    """When the model changes, a name that leads nowhere is seen."""
    from briefbook.edit.headers import NAMES, of

    assert [field for field in NAMES if field != KEY and not of("account", field)] == []


def proposal(rows: str, folder: Path) -> str:
    """What is proposed for an export."""
    found: Table = table(rows.encode())
    return suggestion(Folder(folder), found, "export.csv")


def test_a_proposal_is_a_map_once_it_is_filled_in(tmp_path: Path) -> None:
    """What nobody can know is asked for, and ids of new files wait as comment."""
    folder = book(tmp_path, FILES)
    rows = (
        "Account ID;Account Name;Owner;Annual Revenue;Contract End Date;Colour\n"
        "001;A;Mai Trần;1.200,5;31/12/2027;red\n009;Cửa hàng Đỏ;;;;\n010;上海好店;;;;\n011;A;;;;\n"
    )
    said = proposal(rows, folder)
    assert "decimal: comma" in said
    assert "date: DD/MM/YYYY" in said
    assert "  # Colour:" in said
    assert "#   009: cua-hang-do" in said
    assert "#   010: 010" in said
    assert "#   011: a-2" in said
    assert said.count('"???"') == 2
    filled = said.replace('Mai Trần: "???"', "Mai Trần: mai").replace('"???"', "CNY")
    made = plan_import(Folder(folder), table(rows.encode()), columns(filled))
    assert not made.misfits
    assert made.changes[-1].new == "2027-12-31"


def test_days_that_can_be_read_in_two_ways_are_asked_for(tmp_path: Path) -> None:
    """A wrong guess would be a wrong date."""
    said = proposal("Account ID,Contract End Date\n1,01/02/2027\n", book(tmp_path, FILES))
    assert "??/??/YYYY" in said
    assert "YYYY/MM/DD" in proposal("Account ID,到期日\n1,2027/1/2\n", tmp_path)
