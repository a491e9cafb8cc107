"""An export, a map and content in, the files that change and the rows that do not fit out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefbook.edit import values
from briefbook.edit.assign import rewritten
from briefbook.edit.cells import CellError, same, told
from briefbook.edit.change import Path, shown
from briefbook.edit.emit import fields
from briefbook.edit.evidence import beside, without
from briefbook.edit.files import Change, content_files, read
from briefbook.edit.mapping import Column, Plan
from briefbook.edit.problem import EditError
from briefbook.edit.records import checked, file_of, kind_of, limits
from briefbook.edit.tables import Row, Table
from briefbook.files import Files
from briefbook.model.types import ID, RESERVED
from briefbook.problem import Problem
from briefbook.source import Tree
from briefbook.source import read as read_tree

Tick = Callable[[str, int], None]
Wanted = tuple[tuple[Column, Any], ...]
"""What a row says: values by column."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell, or a row as a whole, that cannot become content."""

    row: int
    column: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value of one record, before and after; `old` is None where there was none.

    `evidence` is what becomes of source and dates of a fact: None for what spoke of the old value
    and is gone.
    """

    record: str
    row: int
    field: str
    old: Any
    new: Any
    evidence: Mapping[str, str | None]


@dataclass(slots=True)
class Import:
    """What an export would do: changed files, single changes, what does not fit, what is new."""

    files: dict[str, Change] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    unknown: list[Row] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def without(self, file: str, why: Sequence[Misfit]) -> None:
        """Take a file out whose content would not hold; none is half-written."""
        self.files.pop(file, None)
        record = file.removesuffix(".yml")
        self.changes = [one for one in self.changes if one.record != record]
        self.misfits += why


def plan_import(source: Files, table: Table, plan: Plan, tick: Tick = lambda *_: None) -> Import:
    """All rows of an export against content; nothing is written. Raises `EditError`."""
    _refuse_headers(table, plan)
    records = _Records.of(source, plan)
    made = Import()
    for number, row in enumerate(table.rows, 1):
        tick("import", number)
        found = list(_row(made, records, row, plan))
        made.misfits += found
    made.misfits.sort(key=lambda one: one.row)
    return made


def _refuse_headers(table: Table, plan: Plan) -> None:
    wanted = [plan.text.key, *(one.header for one in plan.columns)]
    wanted += [plan.text.id] if plan.text.id else []
    absent = [name for name in wanted if name not in table.headers]
    if absent:
        raise EditError(f"The export has no column {', '.join(f'`{name}`' for name in absent)}. "
                        f"Its columns are: {', '.join(table.headers)}.")  # fmt: skip


@dataclass(slots=True)
class _Records:
    """Trees and bytes of the records of a kind by file, and their files by key."""

    source: Files
    trees: dict[str, Tree]
    raw: dict[str, bytes]
    by_key: dict[str, list[str]]
    names: frozenset[str]
    seen: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Files, plan: Plan) -> _Records:
        """The records that an export may change; a file that does not read is not known."""
        names = content_files(source)
        made = cls(source, {}, {}, {}, frozenset(names))
        for file in names:
            if kind_of(file) != plan.text.kind:
                continue
            raw = read(source, file)
            tree, _ = read_tree(raw, file, limits(file))
            if tree:
                made.trees[file], made.raw[file] = tree, raw
                key = _id(file) if plan.text.match == "id" else tree.data.get("crm_id")
                made.by_key.setdefault(str(key), []).append(file)
        return made


def _id(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yml")


def _row(made: Import, records: _Records, row: Row, plan: Plan) -> Iterator[Misfit]:
    key = row.cells.get(plan.text.key, "")
    if problem := _key_problem(records, row, key, plan):
        yield problem
        return
    records.seen[key] = row.number
    wanted, misfits = _wanted(row, plan)
    files = records.by_key.get(key, [])
    if misfits:
        yield from misfits
    elif files:
        yield from _update(made, records, row, files[0], plan, wanted)
    elif plan.text.create:
        yield from _create(made, records, row, key, plan, wanted)
    else:
        made.unknown.append(row)


def _key_problem(records: _Records, row: Row, key: str, plan: Plan) -> Misfit | None:
    column = plan.text.key
    if row.extra:
        return Misfit(row.number, "", "columns", "The row has more cells than there are headers.")
    if not key:
        return Misfit(row.number, column, "key", "The cell that names the record is empty.")
    if key in records.seen:
        return Misfit(row.number, column, "key", f"`{key}` stands in row {records.seen[key]} too.")
    if len(files := records.by_key.get(key, [])) > 1:
        return Misfit(row.number, column, "key", f"`{key}` is the key of {' and '.join(files)}.")
    return None


def _wanted(row: Row, plan: Plan) -> tuple[Wanted, list[Misfit]]:
    """Values by column; an empty cell says nothing and changes nothing."""
    wanted = []
    misfits = []
    for column in plan.columns:
        if cell := row.cells.get(column.header, ""):
            try:
                wanted.append((column, told(cell, column, plan.text.decimal)))
            except CellError as bad:
                misfits.append(Misfit(row.number, column.header, bad.rule, bad.message))
    return tuple(wanted), misfits


def _update(
    made: Import, records: _Records, row: Row, file: str, plan: Plan, wanted: Wanted
) -> Iterator[Misfit]:
    tree = records.trees[file]
    new: dict[Path, Any] = {}
    gone: list[Path] = []
    changes = []
    for column, value in wanted:
        old = values.at(tree, column.path)
        if same(old, value, column.known.type) or (old is not None and not column.owned):
            continue
        stale, fresh = beside(tree, column.path), _evidence(plan, column)
        gone += [(*column.path, name) for name in stale if name not in fresh]
        gone += [
            at for name in fresh if isinstance(values.at(tree, at := (*column.path, name)), list)
        ]
        new |= {column.path: value, **{(*column.path, name): one for name, one in fresh.items()}}
        told = {**dict.fromkeys(stale), **fresh}
        changes.append(_change(file, row, column.path, old, value, told))
    if not new:
        return
    raw = records.raw[file]
    try:
        after = rewritten(raw, lambda text: _written(text, tree, gone, new))
    except EditError as bad:
        yield Misfit(row.number, "", "edit", str(bad))
        return
    paths = {column.path: column.header for column, _ in wanted}
    yield from _keep(made, row, file, Change(raw, after), changes, paths)


def _written(text: str, tree: Tree, gone: Sequence[Path], new: Mapping[Path, Any]) -> str:
    text, tree = without(text, tree, gone)
    return values.assigned(text, tree.file, new, tree)


def _evidence(plan: Plan, column: Column) -> Mapping[str, str]:
    """Source and day of a fact that is written, as the map says them; of other fields nothing."""
    return plan.evidence if column.known.fact else {}


def _keep(
    made: Import, row: Row, file: str, change: Change, changes: list[FieldChange],
    headers: Mapping[Path, str],
) -> Iterator[Misfit]:  # fmt: skip
    """Take a changed file over, unless its shape does not hold."""
    assert change.after is not None
    found = checked(change.after, file)
    if found.problems:
        before = checked(change.before, file).problems if change.before else ()
        known = {(one.rule, one.message) for one in before}
        fresh = [one for one in found.problems if (one.rule, one.message) not in known]
        if fresh:
            yield from misfits_of(fresh, found.tree, row.number, headers)
            return
    made.files[file] = change
    made.changes += changes
    made.rows[file] = row.number


def misfits_of(
    problems: Sequence[Problem], tree: Tree | None, row: int, headers: Mapping[Path, str]
) -> list[Misfit]:
    """Problems of a file as misfits of its row, with the column that stands at their place."""
    places = {tree.place(path): header for path, header in headers.items()} if tree else {}
    return [
        Misfit(row, places.get(one.place, ""), one.rule, f"{one.message} {one.hint}".strip())
        for one in problems
    ]


def _create(
    made: Import, records: _Records, row: Row, key: str, plan: Plan, wanted: Wanted
) -> Iterator[Misfit]:
    id, problem = _new_id(records, made, row, key, plan)
    if problem:
        yield problem
        return
    kind, file = plan.text.kind, file_of(plan.text.kind, id)
    data: Any = {}
    for path, value in plan.fixed.items():
        data = values.put(data, path, value, kind)
    for column, value in wanted:
        data = values.put(data, column.path, value, kind)
        for name, one in _evidence(plan, column).items():
            data = values.put(data, (*column.path, name), one, kind)
    if plan.text.match == "crm_id":
        data["crm_id"] = key
    head = f"# yaml-language-server: $schema=../../.schema/{kind}.json"
    text = "\n".join([head, *fields(kind, (), data, 0)]) + "\n"
    paths = {column.path: column.header for column, _ in wanted}
    changes = [_change(file, row, path, None, value, {}) for path, value in _leaves(data)]
    yield from _keep(made, row, file, Change(None, text.encode()), changes, paths)


def _new_id(
    records: _Records, made: Import, row: Row, key: str, plan: Plan
) -> tuple[str, Misfit | None]:
    """The id of a new file: written by somebody, in the export or in the map, never made up."""
    column = plan.text.id or ""
    id = plan.text.ids.get(key) or row.cells.get(column, "")
    if plan.text.match == "id":
        id, column = id or key, column or plan.text.key
    if not id:
        return "", Misfit(row.number, column, "id", f"`{key}` is new and has no id.")
    if not re.fullmatch(ID, id) or "\n" in id or id in RESERVED:
        return "", Misfit(row.number, column, "id", f"`{id}` cannot be an id: use a-z, 0-9 and "
                          "hyphens.")  # fmt: skip
    file = file_of(plan.text.kind, id)
    if file in records.names or file in made.files:
        return "", Misfit(row.number, column, "id", f"{file} is another record already.")
    return id, None


def _change(
    file: str, row: Row, path: Path, old: Any, new: Any,
    evidence: Mapping[str, str | None],
) -> FieldChange:  # fmt: skip
    return FieldChange(file.removesuffix(".yml"), row.number, shown(path), old, new, evidence)


def _leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(data, Mapping):
        for key, one in data.items():
            yield from _leaves(one, (*path, key))
    else:
        yield path, data
