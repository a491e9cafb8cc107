"""`briefbook format`, `set` and `rename`: what is typed in, changed content files out."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from briefbook.problem import Problem, escape, failed
from briefbook.shells.changing import broken, differences, write_checked
from briefbook.shells.cli import ERR, ERRORS, group, progress
from briefbook.shells.report import report, summary

CONTENT = "content"


@group.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if any differs.")
@click.option("--json", "as_json", is_flag=True, help="Say it for a program.")
@click.pass_obj
def format_(folder: Path, paths: tuple[Path, ...], only_check: bool, as_json: bool) -> None:
    """Bring content to one form: order of fields, quantities, quotes, indentation, characters.

    PATHS are files or folders of content; without any, all of it. Comments stay at their places
    and meaning never changes. A file with an error is left as it is and told.
    """
    from briefbook.edit.bulk import format_files
    from briefbook.edit.files import content_files, under, write
    from briefbook.files import Folder

    content = folder / CONTENT
    names = under(content_files(Folder(content)), _inside(folder, content, paths))
    with progress(len(names)) as tick:
        done = format_files(content, names, tick)
    if not only_check:
        write(content, done.changes)
    _tell_format(list(done.changes), done.problems, only_check=only_check, as_json=as_json)
    if failed(done.problems) or (only_check and done.changes):
        raise click.exceptions.Exit(ERRORS)


def _inside(folder: Path, content: Path, paths: Sequence[Path]) -> Sequence[str]:
    """Paths as typed, as names below the content folder; "" is all of it."""
    if not paths:
        return [""]
    return [_below(folder / path, path, content) for path in paths]


def _below(path: Path, typed: Path, content: Path) -> str:
    for one in (path, content / typed):
        plain = Path(os.path.normpath(one))
        if plain.exists() and plain.is_relative_to(content):
            name = plain.relative_to(content).as_posix()
            return "" if name == "." else name
    raise click.UsageError(f"{typed} is no file or folder of {CONTENT}/.")


def _tell_format(
    names: Sequence[str], problems: Sequence[Problem], *, only_check: bool, as_json: bool
) -> None:
    if as_json:
        click.echo(told({"changed": list(names)}, problems))
        return
    if problems:
        click.echo(report(problems, "text"))
    for name in names:
        click.echo(f"{'Would format' if only_check else 'Formatted'} {CONTENT}/{escape(name)}")
    if problems:
        ERR.print(f"{summary(problems)} Files with errors are left as they are.")
    elif not names:
        ERR.print("Everything is in form.")


def told(said: dict[str, Any], problems: Sequence[Problem]) -> str:
    """What a command did, with its problems, for a program."""
    rows = json.loads(report(problems, "json"))["problems"]
    return json.dumps({"version": 1, **said, "problems": rows}, ensure_ascii=False, indent=1)


@group.command("set")
@click.argument("name", metavar="KIND/ID")
@click.argument("path")
@click.argument("value")
@click.option("--dry-run", is_flag=True, help="Write nothing; show the difference.")
@click.option("--json", "as_json", is_flag=True, help="Say it for a program.")
@click.pass_obj
def set_(folder: Path, name: str, path: str, value: str, dry_run: bool, as_json: bool) -> None:
    """Change one value in place: briefbook set accounts/x value_to_us.contribution.2026 "5 m CNY".

    PATH names fields with dots, entries of a list by number from 0. Parents that are missing are
    made. Nothing is written if the content would have an error that it has not now.
    """
    from briefbook.edit.assign import assign
    from briefbook.files import Folder

    content = folder / CONTENT
    made = assign(Folder(content), name, path, value)
    changes = {made.file: made.change}
    if dry_run:
        problems = broken(content, changes)
        click.echo(differences(changes), nl=False)
        if problems:
            click.echo(report(problems, "text"))
            raise click.exceptions.Exit(ERRORS)
        return
    done = write_checked(content, changes)
    if as_json:
        said = {"file": made.file, "path": path, "old": made.old, "new": made.new,
                "changed": list(done)}  # fmt: skip
        click.echo(told(said, ()))
        return
    click.echo(f"Set {path} in {CONTENT}/{made.file}" if done else f"{path} is that already.")
    if done and made.evidence:
        ERR.print(f"Its {', '.join(made.evidence)} stayed: check that they still hold.")


@group.command()
@click.argument("name", metavar="KIND/ID")
@click.argument("new_id", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="Write nothing; show the difference.")
@click.option("--json", "as_json", is_flag=True, help="Say it for a program.")
@click.pass_obj
def rename(folder: Path, name: str, new_id: str, dry_run: bool, as_json: bool) -> None:
    """Give a record another id: its file, every reference to it, and a redirect from its address.

    All of it is written or nothing, and nothing if the content would have an error that it has
    not now.
    """
    from briefbook.edit.rename import rename as plan
    from briefbook.edit.values import record
    from briefbook.files import Folder

    content = folder / CONTENT
    kind, old = record(name)
    if not old:
        raise click.UsageError(f"{name} has no id.")
    made = plan(Folder(content), kind, old, new_id)
    if dry_run:
        problems = broken(content, made.changes)
        click.echo(differences(made.changes), nl=False)
        if problems:
            click.echo(report(problems, "text"))
            raise click.exceptions.Exit(ERRORS)
        return
    done = write_checked(content, made.changes)
    if as_json:
        said = {"kind": kind, "old": old, "new": new_id, "references": made.references,
                "changed": list(done)}  # fmt: skip
        click.echo(told(said, ()))
        return
    count = made.references
    follow = "1 reference follows" if count == 1 else f"{count} references follow"
    click.echo(f"Renamed {kind}/{old} to {kind}/{new_id}; {follow}, and its old address.")
