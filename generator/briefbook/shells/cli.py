"""The `briefbook` command: what is typed in, text and an exit code out."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from briefbook import __version__
from briefbook.problem import ContentError, Problem, escape, failed
from briefbook.publish import BusyError, ManifestError, RefusedTargetError
from briefbook.shells.report import FORMATS, report, step_summary, summary

if TYPE_CHECKING:
    from briefbook.last import Last

ERRORS, USAGE, BUSY, INTERRUPTED, TERMINATED = 1, 2, 75, 130, 143
STEPS = {"read": "Reading", "render": "Rendering", "check": "Checking the site",
         "search": "Indexing for search", "publish": "Publishing", "write": "Writing",
         "format": "Formatting", "import": "Importing", "verify": "Checking"}  # fmt: skip
ERR = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


class Here(click.Path):
    """A folder, as a Path."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefbook")
@click.option("-C", "folder", type=Here(), default=Path(), help="Run as if started in this folder.")
@click.pass_context
def group(context: click.Context, folder: Path) -> None:
    """Turns YAML about industries and accounts into a searchable site.

    Exit codes: 0 fine (warnings included), 1 errors, 2 wrong usage, 75 another build is running,
    130 interrupted.
    """
    if not folder.is_dir():
        raise click.BadParameter(f"{folder} is no folder.", param_hint="-C")
    context.obj = folder.resolve()


def main() -> NoReturn:
    """Run the command; every expected failure is one message and an exit code, no traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # file names need not be text, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not os.environ.get("SOURCE_DATE_EPOCH", "0"):
        del os.environ["SOURCE_DATE_EPOCH"]  # empty is none; MkDocs would stumble over it
    ended = threading.Event()
    signal.signal(signal.SIGTERM, partial(_end, ended))  # builds clean up
    try:
        # click hands back the code of an `Exit` rather than raising it, and None otherwise
        code = group.main(prog_name="briefbook", standalone_mode=False) or 0
    except click.ClickException as bad:
        bad.show()
        sys.exit(bad.exit_code)
    except (click.Abort, KeyboardInterrupt):
        ERR.print("Interrupted.")
        sys.exit(INTERRUPTED)
    except ContentError as bad:
        click.echo(report(bad.problems, "text"))
        ERR.print(f"{summary(bad.problems)} Nothing was written.")
        sys.exit(ERRORS)
    except BusyError:
        ERR.print("Another build of this project is running. Try again when it has ended.")
        sys.exit(BUSY)
    except BrokenPipeError:
        # Who reads our output has gone; nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ERRORS)
    except _expected() as bad:
        sys.exit(_code(bad, ended))
    gc.freeze()  # what is left goes with the process: nobody need look through it before
    # Not above: what an exit raises would be held against `_expected`, which imports everything.
    sys.exit(code)


def _end(ended: threading.Event, *_: object) -> NoReturn:
    ended.set()
    sys.exit(TERMINATED)


def _code(bad: Exception, ended: threading.Event) -> int:
    """Tell what went wrong, and say by which code."""
    if ended.is_set():  # whoever ended us may have ended our workers first
        return TERMINATED
    ERR.print(f"briefbook: {escape(_said(bad))}")
    return USAGE if isinstance(bad, _misused()) else ERRORS


def _misused() -> tuple[type[Exception], ...]:
    from briefbook.edit.problem import EditError
    from briefbook.history.git import GitError
    from briefbook.scaffold import ScaffoldError
    from briefbook.shells.frame import DateError

    return DateError, EditError, GitError, ManifestError, RefusedTargetError, ScaffoldError


def _expected() -> tuple[type[Exception], ...]:
    from briefbook.audit import SiteError
    from briefbook.search import SearchError
    from briefbook.shells.workers import WorkersError

    return (*_misused(), OSError, SearchError, SiteError, WorkersError)


def _said(bad: Exception) -> str:
    if isinstance(bad, OSError) and bad.strerror:
        name = bad.filename2 or bad.filename  # of two, what was to be written is the second
        place = f"{name}: " if name else ""
        return f"{place}{bad.strerror}. The published site is whole."
    return str(bad)


@contextmanager
def progress(total: int | None = None) -> Iterator[Callable[[str, int], None]]:
    """A bar on a terminal, a plain line for each step elsewhere."""
    if not ERR.is_terminal:
        seen: set[str] = set()

        def line(step: str, _: int) -> None:
            if step not in seen:
                seen.add(step)
                ERR.print(STEPS.get(step, step) + "...")

        yield line
        return
    columns = (TextColumn("{task.description:<22}"), BarColumn(), TextColumn("{task.completed}"))
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task("", total=total)
        now = [""]

        def tick(step: str, done: int) -> None:
            now[0] = step
            bar.update(task, description=STEPS.get(step, step), completed=done)

        yield tick


@group.command()
@click.argument("target", metavar="DIR", type=Here())
@click.option("--name", help="Name of your company.")
@click.option("--ci", type=click.Choice(("github", "gitlab")), help="Write workflows for a host.")
@click.pass_obj
def init(folder: Path, target: Path, name: str | None, ci: str | None) -> None:
    """Start a project in DIR: starter content to rewrite, schemas for editors."""
    from briefbook.scaffold import init as start
    from briefbook.scaffold.workflows import BY_HAND

    made = start(folder / target, name, ci)
    click.echo(f"Wrote {len(made)} files to {target}. Next: briefbook -C {target} build")
    if ci in BY_HAND:
        ERR.print(BY_HAND[ci])


@group.command()
@click.argument("kind")
@click.argument("id")
@click.pass_obj
def new(folder: Path, kind: str, id: str) -> None:
    """Write the commented template of a new record: briefbook new account lantern-fresh."""
    from briefbook.scaffold import new as write

    click.echo(f"Wrote {shown(write(folder / 'content', kind, id), folder)}")


def shown(path: Path, folder: Path) -> str:
    """A path as seen from the project folder."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


@group.command()
@click.option(
    "--format", "format", type=click.Choice(FORMATS), default="text", help="How to say it."
)
@click.option("--fail-on", type=click.Choice(("error", "warning")), default="error",
              help="Exit with 1 on these.")  # fmt: skip
@click.pass_obj
def check(folder: Path, format: str, fail_on: str) -> None:
    """Report every problem of every file at once."""
    from briefbook.shells.frame import settings
    from briefbook.shells.publishing import problems as examined

    wanted = settings(folder, folder / "content")
    problems = examined(folder, wanted)
    said = report(problems, format, "" if format == "text" else wanted.folder)
    if said:
        click.echo(said)
    _summarise(problems, wanted.folder if format == "github" else None)
    ERR.print(summary(problems))
    if failed(problems) or (problems and fail_on == "warning"):
        raise click.exceptions.Exit(ERRORS)


def _summarise(problems: Sequence[Problem], folder: str | None) -> None:
    """Add the whole list to the page of a GitHub job, which shows only some of it by itself."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page and problems and folder is not None:
        with Path(page).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(step_summary(problems, folder))


@group.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", help="Who may ask; only this machine if not given.")
@click.pass_obj
def serve(folder: Path, port: int, host: str) -> None:
    """Serve the site here and follow every edit; problems are shown in the page."""
    from briefbook.headers import headers
    from briefbook.memory import Memory
    from briefbook.shells.frame import theme_folder
    from briefbook.shells.publishing import publish, warm
    from briefbook.shells.serve import Outcome, Round
    from briefbook.shells.serve import serve as run

    target = folder / "site"

    known = Memory()

    def once(now: Round) -> Outcome:
        def shown(last: Last) -> None:
            now.tell(Outcome(last.problems, ok=True))

        try:
            last = publish(folder, target, shown=shown, known=known, run=now.run)
            return Outcome(last.problems, ok=True)
        except ContentError as bad:
            click.echo(report(bad.problems, "text"))
            return Outcome(bad.problems, ok=False)

    run(once, [folder / "content", theme_folder()], target, host=host, port=port,
        headers=headers(()), echo=click.echo, rest=partial(warm, folder, known))  # fmt: skip


@group.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if any is stale.")
@click.pass_obj
def schema(folder: Path, only_check: bool) -> None:
    """Write the JSON Schema of each kind of file to .schema/, for editors."""
    from briefbook.scaffold import stale_schemas, write_schemas

    if only_check:
        stale = stale_schemas(folder)
        for name in stale:
            click.echo(f".schema/{name} is stale")
        raise click.exceptions.Exit(ERRORS if stale else 0)
    made = write_schemas(folder)
    click.echo(f"Wrote {len(made)} schemas to .schema/" if made else "The schemas are up to date.")


@group.command()
@click.argument("target", metavar="DIR", type=Here())
@click.option("--accounts", type=click.IntRange(1, 1_000_000), default=100, show_default=True,
              help="How many.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Another one, another world.")
@click.pass_obj
def demo(folder: Path, target: Path, accounts: int, seed: int) -> None:
    """Write a made-up project to DIR, of any size, to try things on."""
    from briefbook.demo import write_demo

    with progress() as tick:
        done = [0]

        def written(_: str) -> None:
            done[0] += 1
            tick("write", done[0])

        write_demo(folder / target, accounts, seed, written)
    click.echo(f"Wrote {accounts} accounts to {target}. Next: briefbook -C {target} build")


# Each adds its commands to the group above.
from briefbook.shells import (  # noqa: E402, F401
    commands_ci,
    commands_edit,
    commands_explain,
    commands_git,
    commands_import,
    commands_verify,
)
