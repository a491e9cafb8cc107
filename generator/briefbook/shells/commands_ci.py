"""`briefbook ci` and `briefbook codeowners`: what a host's own machinery needs of a project."""

from __future__ import annotations

from pathlib import Path

import click

from briefbook.shells.cli import ERR, ERRORS, group

HOSTS = ("github", "gitlab")
_WRITTEN = "# Written by `briefbook codeowners` from `owner:` and `handle:`; changes are lost."


@group.command()
@click.argument("host", type=click.Choice(HOSTS))
@click.option("--install", help="What pip is given: a version, or a wheel in the repository.")
@click.option("--print", "only_print", is_flag=True, help="Write nothing; show the files.")
@click.pass_obj
def ci(folder: Path, host: str, install: str | None, only_print: bool) -> None:
    """Write workflows that check pull requests, build every night, and publish.

    On GitLab the build of every night is a schedule that is set up by hand; the command says how.
    """
    from briefbook.files import Folder
    from briefbook.load import load_book
    from briefbook.scaffold.files import write_new
    from briefbook.scaffold.workflows import BY_HAND, INSTALL, workflows

    top, inside = _place(folder)
    try:
        book = load_book(Folder(folder / "content"))
    except OSError:
        book = None
    files = workflows(host, install=install or INSTALL, project=inside,
                      branch=book.branch if book else "main")  # fmt: skip
    if only_print:
        for name, raw in files.items():
            click.echo(f"# {name}\n{raw.decode()}")
        return
    write_new(top, files)
    click.echo("\n".join(f"Wrote {name}" for name in files))
    if host in BY_HAND:
        ERR.print(BY_HAND[host])


def _place(folder: Path) -> tuple[Path, str]:
    """The top of the repository, and the way from it to the project; the folder without git."""
    from briefbook.history.git import GitError, open_repository

    try:
        inside = open_repository(folder).inside
    except GitError:
        return folder, ""
    return folder.parents[inside.count("/") - 1] if inside else folder, inside


@group.command()
@click.option("--write", is_flag=True, help="Write CODEOWNERS at the top of the repository.")
@click.option("--check", "only_check", is_flag=True, help="Exit 1 if that file is not up to date.")
@click.pass_obj
def codeowners(folder: Path, write: bool, only_check: bool) -> None:
    """Say who must review which account: the owner's name at the host, for GitHub and GitLab."""
    from briefbook.scaffold.files import ScaffoldError, replace

    top, inside = _place(folder)
    made, path = _owners(folder, inside), top / "CODEOWNERS"
    there = path.read_text("utf-8") if path.is_file() and not path.is_symlink() else None
    if only_check:
        if there != made:
            click.echo("CODEOWNERS is not up to date; `briefbook codeowners --write` writes it.")
        raise click.exceptions.Exit(ERRORS if there != made else 0)
    if not write:
        click.echo(made, nl=False)
        return
    if path.is_symlink() or (there is not None and not there.startswith(_WRITTEN)):
        raise ScaffoldError("CODEOWNERS is there and not ours; print it and merge by hand.")
    replace(path, made.encode())
    click.echo("Wrote CODEOWNERS")


def _owners(folder: Path, inside: str) -> str:
    from briefbook.load import load
    from briefbook.problem import ContentError

    content, problems = load(folder / "content")
    if content is None:
        raise ContentError(problems)
    team = content.book.value.team
    lines, without = [], set()
    for record in content.accounts.values():
        owner = record.value.owner
        handle = team[owner].handle if owner and owner in team else None
        if handle:
            place = f"/{inside}content/{record.file}"
            lines.append(f"{_escaped(place)} {handle}")
        elif owner:
            without.add(owner)
    lacks = [f"# no `handle:` in book.yml: {', '.join(sorted(without))}"] if without else []
    return "\n".join([_WRITTEN, *lacks, *lines]) + "\n"


def _escaped(path: str) -> str:
    return "".join(f"\\{sign}" if sign in " #!*?[]\\" else sign for sign in path)
