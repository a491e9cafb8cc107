"""The text of a map of columns in, what an import does with each of them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, ValidationError

from briefbook.edit import values
from briefbook.edit.change import Path
from briefbook.edit.known import Known, known, way
from briefbook.edit.problem import EditError
from briefbook.model import FOLDERS
from briefbook.model.types import (
    EMPTY,
    Flag,
    Frozen,
    Id,
    Line,
    Many,
    Part,
    When,
    choice,
    given,
    needed,
)
from briefbook.problem import ContentError, Place, Problem, error
from briefbook.source import Tree, read

Decimals = Literal["point", "comma"]


class ColumnText(Part):
    """A column as it is written in the map."""

    field: Line = needed("Field of the record", "profile.annual_revenue")
    values: Mapping[str, Line] = given("Words of the export and ours", "{Gold: large}",
                                       default=EMPTY)  # fmt: skip
    unit: Line | None = given("Scale, or word of the unit", "m")
    currency: Line | None = given("ISO 4217 code", "CNY")
    date: Line | None = given("How days are written", "DD/MM/YYYY")
    split: Line | None = given("What stands between entries of a list", ";")


def _column(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


class MapText(Part):
    """The whole map as it is written."""

    kind: choice(*FOLDERS) = given("Kind of record", "account", default="account")  # type: ignore[valid-type]
    key: Line = needed("Column that names the record", "Account ID")
    match: choice("crm_id", "id") = given("Field that it names it by", "crm_id",  # type: ignore[valid-type]
                                          default="crm_id")  # fmt: skip
    create: Flag = given("Whether new rows make new files", "no", default=False)
    id: Line | None = given("Column with the id of a new file", "Briefbook ID")
    ids: Mapping[str, Line] = given("Ids of new files by key", "{001A: lantern-fresh}",
                                    default=EMPTY)  # fmt: skip
    fixed: Mapping[str, Line] = given("Fields of new files", "{industry: retail}", default=EMPTY)
    columns: Mapping[str, Annotated[ColumnText, BeforeValidator(_column)]] = needed(
        "Fields by column", "{Account Name: name}"
    )
    owns: Many[Line] = given("Fields that the CRM owns", "[name]", default=())
    source: Id | None = given("Source of every fact that the import writes", "crm")
    as_of: When | None = given("The day that these facts hold for", "2026-11-01")
    sheet: Line | None = given("Sheet of a workbook", "Accounts")
    encoding: Line | None = given("Encoding of a CSV file", "cp1252")
    separator: choice(",", ";", "tab", "|") | None = given("Between cells", ";")  # type: ignore[valid-type]
    decimal: choice("point", "comma") = given("Sign of decimals", "comma", default="point")  # type: ignore[valid-type]


@dataclass(frozen=True, slots=True)
class Column:
    """What becomes of the cells of a column."""

    header: str
    path: Path
    known: Known
    owned: bool
    text: ColumnText


@dataclass(frozen=True, slots=True)
class Plan:
    """A map that fits the model."""

    text: MapText
    columns: tuple[Column, ...]
    fixed: Mapping[Path, str]

    @property
    def evidence(self) -> Mapping[str, str]:
        """What stands beside the facts that the import writes."""
        day = self.text.as_of.text if self.text.as_of else None
        said = {"source": self.text.source, "as_of": day}
        return {name: value for name, value in said.items() if value}

    @property
    def separator(self) -> str:
        """What stands between cells, empty if it is to be found out."""
        return {"tab": "\t", None: ""}.get(self.text.separator, self.text.separator or "")


def plan(raw: bytes, file: str) -> Plan:
    """The map of a file; raises `ContentError` with every mistake in it."""
    tree, problems = read(raw, file)
    if tree is None:
        raise ContentError(problems)
    try:
        text = MapText.model_validate(tree.data)
    except ValidationError as bad:
        raise ContentError(_problem(tree, one["loc"], one["type"], one["msg"])
                           for one in bad.errors(include_url=False)) from None  # fmt: skip
    found = list(_mistakes(text, tree))
    if found:
        raise ContentError(found)
    columns = tuple(_planned(text, header, one) for header, one in text.columns.items())
    fixed = {values.path(text.kind, name): one for name, one in text.fixed.items()}
    return Plan(text, columns, Frozen(fixed))  # type: ignore[arg-type]


def _planned(text: MapText, header: str, one: ColumnText) -> Column:
    path = values.path(text.kind, one.field)
    owned = one.field in text.owns
    return Column(header, path, known(text.kind, way(text.kind, path) or ()) or Known(), owned, one)


def _problem(tree: Tree, loc: tuple[str | int, ...], rule: str, message: str) -> Problem:
    if rule == "missing":
        return error("missing-field", tree.place(loc[:-1]), f"`{loc[-1]}` is missing.")
    if rule == "extra_forbidden":
        return error("unknown-field", tree.place(loc, key=True), f"`{loc[-1]}` is no field here.")
    return error("import-map", tree.place(loc), message)


def _mistakes(text: MapText, tree: Tree) -> list[Problem]:
    found = []
    named: dict[str, str] = {}
    for header, one in text.columns.items():
        place = tree.place(("columns", header))
        found += _field(text.kind, one.field, place)
        if one.field in named:
            message = f"`{named[one.field]}` and `{header}` both fill `{one.field}`."
            found.append(error("import-map", place, message))
        named[one.field] = header
    for number, field in enumerate(text.owns):
        if field not in named:
            place = tree.place(("owns", number))
            found.append(error("import-map", place, f"No column fills `{field}`."))
    for field in text.fixed:
        found += _field(text.kind, field, tree.place(("fixed", field), key=True))
    if text.create and text.match == "crm_id" and not (text.id or text.ids):
        message = "New files need an id: `id:` names its column, or `ids:` gives it by key."
        found.append(error("import-map", tree.place(("create",)), message,
                           "`--suggest` proposes ids."))  # fmt: skip
    return found


def _field(kind: str, field: str, place: Place) -> list[Problem]:
    try:
        path = values.path(kind, field)
    except EditError as bad:
        return [error("unknown-field", place, str(bad))]
    here = known(kind, way(kind, path) or ()) or Known()
    listed = here.many == "list" and not here.fields
    if not here.text and not listed:
        return [error("import-map", place, f"`{field}` holds fields, not one value.")]
    return []
