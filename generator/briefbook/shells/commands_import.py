"""`briefbook import`: an export of a CRM and a map of its columns in, changed content files out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefbook.problem import escape
from briefbook.shells.changing import broken
from briefbook.shells.cli import ERR, ERRORS, group, progress
from briefbook.shells.commands_edit import CONTENT, told

if TYPE_CHECKING:
    from briefbook.edit.importing import FieldChange, Import, Misfit
    from briefbook.edit.mapping import Plan

FILE = click.Path(dir_okay=False, path_type=Path)


@group.command("import")
@click.argument("file", type=FILE)
@click.option("--map", "map_file", type=FILE, help="Which columns fill which fields.")
@click.option("--suggest", is_flag=True, help="Propose a map from the headers; change nothing.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
@click.option("--strict", is_flag=True, help="Write nothing if a row does not fit.")
@click.option("--json", "as_json", is_flag=True, help="Say it for a program.")
@click.pass_obj
def import_(
    folder: Path, file: Path, map_file: Path | None, suggest: bool, dry_run: bool, strict: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Bring an export of a CRM, CSV or XLSX, into content.

    Only the fields that the map says the CRM owns are overwritten; others are filled in where they
    are empty. Comments, order and all else stay. Rows that do not fit are listed with their column
    and change nothing. The same import a second time changes nothing.

    Source and dates of a fact that is overwritten spoke of its old value: they go, and the report
    says so, or those of the map (`source:`, `as_of:`) take their place.
    """
    if suggest == (map_file is not None):
        raise click.UsageError("Give either --map MAP.yml or --suggest.")
    if suggest or map_file is None:
        _suggest(folder, folder / file)
        return
    made = _planned(folder, folder / file, folder / map_file)
    write = not dry_run and not (strict and made.misfits)
    if write:
        from briefbook.edit.files import write as put

        put(folder / CONTENT, made.files)
    _tell(made, written=write, as_json=as_json)
    if made.misfits:
        raise click.exceptions.Exit(ERRORS)


def _suggest(folder: Path, file: Path) -> None:
    from briefbook.edit.suggest import suggestion
    from briefbook.edit.tables import table
    from briefbook.files import Folder

    click.echo(suggestion(Folder(folder / CONTENT), table(_bytes(file)), file.name), nl=False)


def _planned(folder: Path, file: Path, map_file: Path) -> Import:
    from briefbook.edit.importing import plan_import
    from briefbook.edit.mapping import plan
    from briefbook.edit.tables import table
    from briefbook.files import Folder

    wanted = plan(_bytes(map_file), map_file.name)
    text = wanted.text
    rows = table(_bytes(file), text.encoding or "", wanted.separator, text.sheet or "")
    with progress(len(rows.rows)) as tick:
        made = plan_import(Folder(folder / CONTENT), rows, wanted, tick)
        tick("verify", len(rows.rows))
        _leave_out(folder / CONTENT, made, wanted)
    return made


def _leave_out(content: Path, made: Import, wanted: Plan) -> None:
    """Take out what would break the meaning of content, until nothing does."""
    from briefbook.edit.importing import misfits_of
    from briefbook.edit.records import checked

    headers = {one.path: one.header for one in wanted.columns}
    while made.files and (found := broken(content, made.files)):
        mine = {one.place.file for one in found} & set(made.files)
        for file in sorted(mine or made.files):
            raw = made.files[file].after
            tree = checked(raw, file).tree if raw else None
            some = [one for one in found if one.place.file == file or not mine]
            made.without(file, misfits_of(some, tree, made.rows[file], headers))


def _bytes(path: Path) -> bytes:
    from briefbook.edit.problem import EditError
    from briefbook.edit.tables import MOST_BYTES

    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as bad:
        raise EditError(f"{path.name} cannot be read: {bad.strerror}.") from None


def _tell(made: Import, *, written: bool, as_json: bool) -> None:
    if as_json:
        said: dict[str, Any] = {
            "written": written,
            "changed": list(made.files),
            "changes": [asdict(one) for one in made.changes],
            "misfits": [asdict(one) for one in made.misfits],
            "unknown": [one.number for one in made.unknown],
        }
        click.echo(told(said, ()))
        return
    for one in made.changes:
        line = f"{one.record}: {one.field}: {_shown(one.old)} -> {_shown(one.new)}"
        click.echo(escape(line + _evidence(one)))
    _misfits(made.misfits)
    ERR.print(_summary(made, written=written))


def _evidence(one: FieldChange) -> str:
    """What became of source and dates, which spoke of the old value."""
    said = [f"{name} {value}" for name, value in one.evidence.items() if value]
    gone = [name for name, value in one.evidence.items() if value is None]
    said += [f"{' and '.join(gone)} of the old value dropped"] if gone else []
    return f" ({'; '.join(said)})" if said else ""


def _misfits(found: Sequence[Misfit]) -> None:
    for one in sorted(found, key=lambda each: (each.row, each.column)):
        column = f", column {one.column}" if one.column else ""
        click.echo(escape(f"row {one.row}{column}: {one.rule}: {one.message}"))


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _summary(made: Import, *, written: bool) -> str:
    rows = len({one.row for one in made.misfits})
    parts = [f"{len(made.changes)} values of {len(made.files)} records"]
    parts.append("written" if written else "would change; nothing was written")
    said = f"{parts[0]} {parts[1]}." if made.files else "Nothing changes."
    if made.unknown:
        said += f" {len(made.unknown)} rows have no record (`create: yes` makes files for them)."
    return said + (f" {rows} rows do not fit." if rows else "")
