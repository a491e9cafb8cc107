"""`briefbook build` of today or of a past commit, and `briefbook diff` of two: what git adds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefbook.shells.cli import ERR, ERRORS, group, shown
from briefbook.shells.report import report, summary

if TYPE_CHECKING:
    from briefbook.executors import Workers
    from briefbook.history.git import Repository
    from briefbook.settings import Past
    from briefbook.shells.differences import Told


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-03-31.", param, ctx)


@group.command()
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to publish; `site` if not given."
)
@click.option("--copy", is_flag=True, help="A real folder instead of a link to the release.")
@click.option("--ref", help="Content of this commit, branch or tag, without a checkout.")
@click.option("--as-of", type=Day(), help="Content of the branch at the end of this day, in UTC.")
@click.option("--book", type=click.Choice(("then", "today")), default="then", show_default=True,
              help="Whose rules count, with --ref or --as-of.")  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes to work in; else one for each core."
)
@click.option("--cluster", help="Address of a Dask scheduler whose workers see these folders.")
@click.pass_obj
def build(
    folder: Path,
    out: Path | None,
    copy: bool,
    ref: str | None,
    as_of: date | None,
    book: str,
    jobs: int | None,
    cluster: str | None,
) -> None:
    """Build the site; the one published before stays whole if anything fails."""
    from briefbook.shells.publishing import publish

    target = folder / (out or "site")
    wanted = past_of(folder, ref or "HEAD", as_of, book) if ref or as_of else nullcontext()
    with wanted as past:
        made = publish(folder, target, copy=copy, past=past, workers=_workers(jobs, cluster))
    if made.skipped:
        click.echo(report(made.skipped, "text"))
        ERR.print("These files do not fit today's rules and are left out.")
    if made.shallow:
        ERR.print("This clone is shallow: what happened before it is not told.")
    if made.problems:
        ERR.print(f"{summary(made.problems)} `briefbook check` lists them.")
    click.echo(f"The site is in {shown(target, folder)}")


def _workers(jobs: int | None, cluster: str | None) -> Workers | None:
    if jobs and cluster:
        raise click.UsageError("Work is done by --jobs here or by a --cluster, not by both.")
    if not jobs and not cluster:
        return None
    from briefbook.shells import workers

    return workers.cluster(cluster) if cluster else workers.processes(jobs)


@contextmanager
def past_of(folder: Path, ref: str, as_of: date | None, book: str) -> Iterator[Past]:
    """The content of a commit while git is open to read it."""
    from briefbook.files import Folder, Instead
    from briefbook.history.git import open_repository
    from briefbook.history.tree import blobs, git_files
    from briefbook.load import load_book
    from briefbook.settings import Past

    repository = open_repository(folder)
    commit = repository.on_day(ref, as_of) if as_of else repository.commit(ref)
    content = repository.inside + "content/"
    with blobs(folder) as source:
        files = git_files(repository, commit.id, content, source)
        day = as_of or commit.day
        if book == "then":
            yield Past(files, commit.id, day)
            return
        now = Folder(folder / "content")
        if not (now.path / "book.yml").is_file():  # a bare repository
            head = repository.commit("HEAD").id
            yield Past(Instead(files, "book.yml", git_files(repository, head, content, source)),
                       commit.id, day, load_book(files))  # fmt: skip
            return
        yield Past(Instead(files, "book.yml", now), commit.id, day, load_book(files))


@group.command()
@click.argument("span", metavar="[A..B]", default="HEAD")
@click.option("--format", "format", type=click.Choice(("text", "markdown", "json")),
              default="text", help="How to say it.")  # fmt: skip
@click.option("--gate", is_flag=True,
              help="Exit with 1 where the book asks for a reason or a review.")  # fmt: skip
@click.pass_obj
def diff(folder: Path, span: str, format: str, gate: bool) -> None:
    """Say what changed in the content and what follows from it.

    A..B compares two commits, A...B what B brings since both parted, A alone that commit with the
    files as they lie here.
    """
    from briefbook.shells.differences import told

    if gate and ".." not in span:
        raise click.UsageError("--gate reads commits: name them as A..B.")
    found = _difference(folder, span)
    click.echo(told(found, format))
    if not gate:
        return
    if found.found.content is None:
        ERR.print("The book does not read, so nothing can be judged.")
    if found.missing or found.found.content is None:
        raise click.exceptions.Exit(ERRORS)


def _difference(folder: Path, span: str) -> Told:
    from briefbook.files import Folder
    from briefbook.history.difference import difference
    from briefbook.history.gate import missing
    from briefbook.history.git import open_repository
    from briefbook.history.log import log
    from briefbook.history.tree import blobs, git_files
    from briefbook.shells.differences import Told
    from briefbook.shells.frame import build_date
    from briefbook.words import Words, spoken

    repository = open_repository(folder)
    content = repository.inside + "content/"
    old, new = _ends(repository, span)
    changes = tuple(one.below(content) for one in repository.changes(old, new, content))
    with blobs(folder) as source:
        before = (git_files(repository, old, content, source)
                  if repository.exists(old, content) == "tree" else None)  # fmt: skip
        after = git_files(repository, new, content, source) if new else Folder(folder / "content")
        found = difference(before, after, changes, build_date())
    commits = log(repository, f"{old}..{new}", content) if new and found.asks else ()
    lacks = missing(found.changed, found.rules, commits, content) if found.rules and new else ()
    language = found.rules.language if found.rules else "en"
    return Told(found, lacks, Words(spoken(language)), content)


def _ends(repository: Repository, span: str) -> tuple[str, str | None]:
    """The two commits of a range; None is what lies in the folder."""
    if ".." not in span:
        return repository.commit(span).id, None
    left, _, right = span.partition("...") if "..." in span else span.partition("..")
    old, new = (repository.commit(one or "HEAD").id for one in (left, right))
    return (repository.base(old, new) if "..." in span else old), new
