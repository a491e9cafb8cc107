"""Data out: every table as CSV and JSON, by its schema, row by row, and nothing private."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from briefbook.analyse.portfolio import analyse
from briefbook.demo import write_demo
from briefbook.load import load
from briefbook.pages.accounts_filters import FILTERS, UNKNOWN, applied
from briefbook.pages.accounts_table import columns, in_order, scale_of, table_json
from briefbook.pages.all import parts
from briefbook.pages.data_rows import ACCOUNTS, TABLES
from briefbook.pages.here import Here, Site
from briefbook.pages.table_csv import Column, Table, Type, schema
from briefbook.words import Words
from tests.browser import REPO
from tests.site.reader import document
from tests.small import TODAY, content, html, site

RETAIL = {"industries/retail.yml": "name: Retail\n"}
CANARY = "zqcanary"


def of_folder(folder: Path) -> Site:
    """The site of a content folder."""
    made, _ = load(folder)
    assert made
    return Site(made, analyse(made, TODAY), Words("en"), None)


@pytest.fixture(scope="module")
def sample() -> Site:
    """The repository's own content."""
    return of_folder(REPO / "content")


def written(table: Table) -> dict[str, str]:
    """The files of a table as a whole."""
    made: dict[str, str] = {}
    for ending, text in table.files():
        made[ending] = made.get(ending, "") + text
    return made


def tables(of: Site) -> Mapping[str, Table]:
    """All tables of a site by name."""
    return {one.name: one for one in (part.table(of) for part in parts(of) if part.table)}


def read(text: str) -> list[dict[str, str]]:
    """A CSV file as spreadsheets read it."""
    return list(csv.DictReader(StringIO(text, newline="")))


def told(table: Table) -> list[dict[str, Any]]:
    """The rows of a JSON file by the names of columns."""
    made = json.loads(written(table)["json"])
    names = [one["name"] for one in made["columns"]]
    return [dict(zip(names, row, strict=True)) for row in made["rows"]]


@pytest.mark.parametrize("name", TABLES)
def test_json_is_valid_by_its_own_schema(sample: Site, name: str) -> None:
    """Shape, version, types of each cell; the schema is one itself, and the sample fills it."""
    files = written(tables(sample)[name])
    made, rule = json.loads(files["json"]), json.loads(files["schema.json"])
    Draft202012Validator.check_schema(rule)
    Draft202012Validator(rule, format_checker=FormatChecker()).validate(made)
    assert made["version"] == 1
    assert made["table"] == name
    assert made["day"] == TODAY.isoformat()
    assert len(made["rows"]) == TABLES[name].count(sample) > 0


@pytest.mark.parametrize(
    "change",
    [lambda made: made.update(version=2), lambda made: made["rows"][0].pop(),
     lambda made: made["rows"][0].append(1), lambda made: made["columns"][0].update(name="x"),
     lambda made: made.update(more=1), lambda made: made["rows"][0].__setitem__(0, 5)],
)  # fmt: skip
def test_the_schema_refuses_another_shape(sample: Site, change: Any) -> None:
    """Another version, a cell more or less or of another type, another column, another field."""
    files = written(tables(sample)["accounts"])
    made, rule = json.loads(files["json"]), json.loads(files["schema.json"])
    change(made)
    with pytest.raises(ValidationError):
        Draft202012Validator(rule).validate(made)


@pytest.mark.parametrize("name", TABLES)
def test_csv_says_what_json_says(sample: Site, name: str) -> None:
    """RFC 4180: CRLF, a head of names, as many cells as the head; the same values as text."""
    table = tables(sample)[name]
    text = written(table)["csv"]
    assert text.endswith("\r\n")
    rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert rows[0] == [one.name for one in table.columns]
    assert {len(row) for row in rows} == {len(table.columns)}
    for row, expected in zip(read(text), told(table), strict=True):
        for key, value in expected.items():
            assert row[key].removeprefix("'") == as_text(value), key


def as_text(value: Any) -> str:
    """A value of JSON as a cell has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value)
    return f"{Decimal(str(value)).normalize() + 0:f}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_begins_like_a_formula(sign: str) -> None:
    """A name, and a negative amount, stand behind an apostrophe; JSON has them as they are."""
    name = f"{sign}cmd|' /C calc'!A0"
    text = f'name: "{name}"\nindustry: retail\n'
    text += "value_to_us: {contribution: {2025: -5 m CNY}, potential: 9 m CNY}\n"
    of = site(content({**RETAIL, "accounts/x.yml": text}))
    files = written(tables(of)["accounts"])
    (row,) = read(files["csv"])
    assert row["name"] == f"'{name}"
    assert row["contribution"] == "'-5000000"
    assert told(tables(of)["accounts"])[0]["name"] == name
    for line in csv.reader(StringIO(files["csv"], newline="")):
        assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_nothing_confidential_and_nothing_personal_is_given() -> None:
    """Whatever the book allows on pages: no confidential finding, no attribute of a person."""
    hidden = (
        "research:\n  secret:\n    {method: ask, date: 2026-10-01, confidential: yes, "
        f"finding: {CANARY} one, diagnosis: {CANARY} two, source: whisper}}\n"
        "  said: {method: look, date: 2026-10-01, finding: seen, source: whisper}\n"
        "people:\n  coo:\n    title: COO\n    verified: 2026-10-01\n"
        f"    behaviour: {CANARY} three\n    experience: {CANARY} four\n"
        f"    education: {CANARY} five\n    note: {CANARY} six\n    drivers: [{CANARY}]\n"
        f"    personal: {{gender: {CANARY} seven, age: {CANARY} 8, personality: {CANARY} 9}}\n"
        "sources: {whisper: {title: Whisper, kind: interview}}\n"
    )
    files = {
        **RETAIL,
        "book.yml": "name: N\npersonal_attributes: {allowed: yes, because: Agreed}\n",
        "accounts/x.yml": f"name: X\nindustry: retail\n{hidden}",
    }
    made = {name: written(one) for name, one in tables(site(content(files))).items()}
    assert "seen" in made["facts"]["csv"]
    assert "COO" in made["people"]["json"]
    for name, texts in made.items():
        for ending, text in texts.items():
            assert CANARY not in text, f"{name}.{ending}"


def test_the_same_content_gives_the_same_bytes(sample: Site) -> None:
    """Read and computed a second time."""
    again = tables(of_folder(REPO / "content"))
    for name, one in tables(sample).items():
        assert written(one) == written(again[name])


def test_rows_are_written_as_they_are_made() -> None:
    """No row is asked for before the one before it is written, to both files."""
    asked: list[int] = []

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(3):
            asked.append(number)
            yield (number,)

    table = Table("n", TODAY, (Column("number", "integer", "", "A number"),), rows)
    pieces = table.files()
    seen: list[tuple[str, int]] = []
    for ending, _ in pieces:
        seen.append((ending, len(asked)))
    assert seen[3:9] == [("csv", 1), ("json", 1), ("csv", 2), ("json", 2), ("csv", 3), ("json", 3)]
    assert json.loads(written(table)["json"])["rows"] == [[0], [1], [2]]


def test_an_empty_table_is_valid() -> None:
    """A book without accounts gives tables without rows."""
    for table in tables(site(content(RETAIL))).values():
        files = written(table)
        Draft202012Validator(json.loads(files["schema.json"])).validate(json.loads(files["json"]))
        assert read(files["csv"]) == []


@pytest.mark.parametrize(
    ("type", "value", "cell", "said"),
    [("number", Decimal("12400000.00"), "12400000", 12400000),
     ("number", Decimal("0.5"), "0.5", 0.5), ("number", Decimal("1E+3"), "1000", 1000),
     ("date", date(2026, 1, 2), "2026-01-02", "2026-01-02"), ("yes-no", True, "yes", True),
     ("yes-no", False, "no", False), ("list", ("a", "b"), "a b", ["a", "b"]),
     ("list", (), "", []), ("text", 'a "b", c\nd', 'a "b", c\nd', 'a "b", c\nd'),
     ("text", "Đỗ 云", "Đỗ 云", "Đỗ 云"), ("text", None, "", None)],
)  # fmt: skip
def test_a_value_is_written_by_its_type(type: Type, value: Any, cell: str, said: Any) -> None:
    """Amounts without exponent or idle zeros, ISO days, yes and no, ids apart by spaces."""
    table = Table("t", TODAY, (Column("x", type, "", "X"),), lambda: iter([(value,)]))
    files = written(table)
    made = json.loads(files["json"])
    assert read(files["csv"]) == [{"x": cell}]
    assert made["rows"] == [[said]]
    Draft202012Validator(schema(table)).validate(made)


def test_accounts_carry_what_analysis_found(sample: Site) -> None:
    """Class, amounts, share, levels, signs: one row for each account, by its id."""
    rows = {row["id"]: row for row in told(tables(sample)["accounts"])}
    assert list(rows) == list(sample.content.accounts)
    for id, place in sample.results.standings.items():
        row = rows[id]
        assert row["class"] == (place.letter and place.letter.upper())
        assert row["contribution"] == place.contribution
        assert (row["share"] is None) == (place.share is None)
        assert row["signs"] == list(dict.fromkeys(one.kind for one in sample.results.signs[id]))
        assert row["page"] == f"/accounts/{id}/"


def test_every_column_is_explained_on_the_page(sample: Site) -> None:
    """Its name, and a sentence; every file is linked."""
    made = html(sample, "/data/")
    read_ = document(made)
    texts = [one.text for one in read_.texts]
    links = {href for _, href in read_.links}
    for name, table in tables(sample).items():
        assert {f"{name}.csv", f"{name}.json", f"{name}.schema.json"} <= links
        assert all(one.name in texts and one.help in texts for one in table.columns)
    assert len({one[0] for one in ACCOUNTS}) == len(ACCOUNTS)


# ---- what the table of accounts can be filtered by --------------------------------------------


def filtered(of: Site) -> dict[str, dict[str, tuple[str, ...]]]:
    """Values by filter and account."""
    here = Here(of, "/accounts/")
    ids = in_order(here)
    return {
        one.filter.name: {
            id: tuple(one.values[at] for at in indexes)
            for id, indexes in zip(ids, one.of, strict=True)
        }
        for one in applied(here, ids)
    }


def test_every_filter_gives_every_account_a_value(sample: Site) -> None:
    """Known or `-`; each value has a label, and counts add up to what accounts have."""
    here = Here(sample, "/accounts/")
    for one in applied(here, in_order(here)):
        assert all(one.of)
        assert len(one.values) == len(one.labels) == len(one.counts) == len(set(one.values))
        assert all(one.labels)
        assert sum(one.counts) == sum(map(len, one.of))


def test_filters_say_what_the_tables_say(sample: Site) -> None:
    """The same class, levels, owner, strategy, signs and tactics as in the data."""
    rows = {row["id"]: row for row in told(tables(sample)["accounts"])}
    found = filtered(sample)
    for filter, column in (("class", "class"), ("owner", "owner"), ("strategy", "strategy"),
                           ("lifecycle", "lifecycle"), ("contribution", "contribution_level"),
                           ("potential", "potential_level"), ("industry", "industry"),
                           ("country", "country"), ("region", "region"), ("health", "health"),
                           ("team", "team")):  # fmt: skip
        for id, values in found[filter].items():
            assert values == (rows[id][column] or UNKNOWN,), (filter, id)
    for filter, column in (("sign", "signs"), ("tactic", "tactics"), ("uses", "uses")):
        for id, values in found[filter].items():
            assert values == (tuple(rows[id][column]) or (UNKNOWN,))
    for id, values in found["important"].items():
        assert values == ("yes" if rows[id]["important"] else "no",)
    for id, (plan,) in found["plan"].items():
        row = rows[id]
        asked = "missing" if row["plan_asked"] else "not-asked"
        assert plan == (asked if row["plan_year"] is None else "there")


def test_filters_have_names_of_their_own() -> None:
    """No two filters share a name, nor one with what else an address holds."""
    names = [name for one in FILTERS for name in (one.name, one.also) if name]
    assert len(names) == len(set(names))
    assert not {"find", "sort", "page"} & set(names)


def test_the_script_reads_all_rows_in_the_order_of_the_table(tmp_path: Path) -> None:
    """Largest contribution first, zero before what is not known; as many cells as accounts."""
    write_demo(tmp_path, 30, 2)
    of = of_folder(tmp_path / "content")
    here = Here(of, "/accounts/")
    ids = in_order(here)
    made = json.loads(table_json(columns(here, ids, scale_of(here)), applied(here, ids)))
    assert made["count"] == len(ids) == 30
    assert made["columns"]["id"]["text"] == list(ids)
    keys = made["columns"]["contribution"]["key"]
    known = [key for key in keys if key is not None]
    assert known == sorted(known, reverse=True) == keys[: len(known)]
    for one in made["columns"].values():
        assert len(one.get("text") or one["of"]) == 30
    for one in made["filters"]:
        assert len(one["of"]) == 30


def test_a_contribution_of_zero_is_known() -> None:
    """It stands before what nobody knows."""
    zero = "name: Z\nindustry: retail\nvalue_to_us: {contribution: {2025: 0 CNY}}\n"
    files = {"accounts/a.yml": "name: A\nindustry: retail\n", "accounts/z.yml": zero}
    assert in_order(Here(site(content({**RETAIL, **files})), "/accounts/")) == ("z", "a")
