"""A project folder in; what was found in it, its site published, out: the same input only once."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from briefbook.last import BUILT, CHECKED, Last, key, published, seen, tell, told
from briefbook.look import look
from briefbook.problem import ContentError, Problem
from briefbook.settings import Settings
from briefbook.shells.cli import ERR, progress
from briefbook.shells.frame import draw, settings

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from briefbook.executors import Workers
    from briefbook.memory import Memory
    from briefbook.pages.templates import Codes
    from briefbook.prepare import Prepared
    from briefbook.search import Run
    from briefbook.settings import Past

Result = TypeVar("Result")


@contextmanager
def seldom_collected(fresh: int = 200_000) -> Iterator[None]:
    """Look for garbage among so many fresh values only: almost all of them stay to the end.

    Reading a thousand accounts takes a third less time so. Of 0 nothing is looked for.
    """
    usual = gc.get_threshold()
    gc.set_threshold(fresh, 50, 1_000_000)
    try:
        yield
    finally:
        # All that is left counts as looked through; else it would be, as soon as this ends.
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*usual)


def problems(folder: Path, wanted: Settings) -> tuple[Problem, ...]:
    """Every problem of the content."""
    files = seen(wanted.content)
    asked = key(wanted, files) if files is not None else ""
    if files is not None and (last := told(folder / ".cache", CHECKED, asked)):
        return last.problems
    return _examined(folder, wanted, asked)


def _examined(folder: Path, wanted: Settings, asked: str) -> tuple[Problem, ...]:
    """Every problem of the content; `asked` is the key of what was seen before it was read."""
    from briefbook.examine import examined

    # No value refers back to what holds it, so that none outlives its use.
    with progress() as tick, seldom_collected(0):
        found = examined(wanted, tick, workers=_readers, beside=_apart)
    if found.content and asked == key(wanted, found.content.digests):
        with suppress(OSError):  # a folder that may only be read is checked as well
            tell(folder / ".cache", CHECKED, asked, Last(found.problems))
    return found.problems


def _readers() -> AbstractContextManager[Executor]:
    from briefbook.shells.workers import processes  # slow to import, and not always needed

    return processes()()


def _apart(work: Callable[[], Result], /) -> AbstractContextManager[Callable[[], Result]]:
    from briefbook.shells.beside import beside  # as above

    return beside(work)


def publish(
    folder: Path,
    target: Path,
    *,
    copy: bool = False,
    past: Past | None = None,
    workers: Workers | None = None,
    shown: Callable[[Last], None] = lambda _: None,
    known: Memory | None = None,
    run: Run = subprocess.run,
) -> Last:
    """Build the site of a project folder, of today or of a past day; of the same input only once.

    `copy` and a past are always built: nothing is kept of what they were made from. `workers` are
    as many processes as there are cores if not given. Changed pages are published before they are
    indexed; `shown` is told when, and `run` runs what indexes them then. `known` is what a process
    remembers that builds again and again.
    """
    wanted = settings(folder, folder / "content", past)
    cache, plain = folder / ".cache", not copy and past is None
    files, seems = seen(wanted.content) if plain else None, look(wanted.theme)
    if files is not None and (last := published(cache, target, key(wanted, files, seems))):
        return last
    from briefbook.executors import inline
    from briefbook.shells.beside import beside
    from briefbook.shells.workers import processes

    workers = workers or processes()
    alone = workers is inline or known is not None  # who builds again has compiled its templates
    apart = nullcontext() if alone else beside(partial(_compiled, wanted))
    # What is read leaves none, and pages do so in the processes that make them, if there are any.
    garbage = seldom_collected() if workers is inline else seldom_collected(0)
    with garbage, apart as codes, progress() as tick:
        from briefbook.site import build as make  # while templates are compiled

        made = make(wanted, target, cache, draw, copy=copy, tick=tick, homes=[Path.home()],
                    workers=workers, known=known, run=run, codes=codes,
                    beside=nullcontext if alone else beside,
                    shown=(lambda one: shown(_last(one))) if plain else None)  # fmt: skip
    last = _last(made)
    if not wanted.commit and (why := _mute(folder)):
        ERR.print(f"{why} The site is built without its history.")
    if plain:
        asked = key(wanted, made.site.content.digests, seems)
        tell(cache, BUILT, asked, last, target.resolve().name)
    return last


def warm(folder: Path, known: Memory) -> None:
    """Understand everything and compile every template before somebody waits for it."""
    from briefbook.cache import before
    from briefbook.prepare import prepare

    with suppress(ContentError), seldom_collected():
        prepared = prepare(settings(folder, folder / "content"), known=known)
        prepared.renderer.ready()
        known.built = old = before(folder / ".cache", (folder / "site").resolve(), known.built)
        if old:
            old.kept(prepared)  # what the site says is remembered, once it was asked


def _compiled(wanted: Settings) -> tuple[str, Codes]:
    """The code of all templates, and the language of its words; nothing if something is wrong."""
    from briefbook.files import Folder
    from briefbook.pages.templates import compiled
    from briefbook.source import ORDINARY, read
    from briefbook.words import LOCALES, Words

    with suppress(Exception):  # who needs what is wrong finds it, and says so
        raw = Folder(wanted.content).read("book.yml", ORDINARY.size)
        tree, _ = read(raw, "book.yml", ORDINARY)
        said = tree.data.get("language") if tree else None
        language = said if said in LOCALES else "en"
        return language, compiled(wanted.theme / "briefbook", Words(language))
    return "", {}


def _mute(folder: Path) -> str:
    """Why git says nothing of a folder in a repository: it belongs to somebody else, for one."""
    if not any((one / ".git").exists() for one in (folder, *folder.parents)):
        return ""
    from briefbook.history.git import GitError, open_repository

    try:
        open_repository(folder)
    except GitError as bad:
        return str(bad)
    return ""


def _last(made: Prepared) -> Last:
    story = made.site.story
    return Last(made.problems, made.skipped, bool(story and story.shallow))
