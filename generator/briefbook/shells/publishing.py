"""A project folder in; what was found in it, its site published, out: the same input only once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from briefbook.last import BUILT, CHECKED, Last, key, published, seen, tell, told
from briefbook.look import look
from briefbook.problem import Problem
from briefbook.settings import Settings
from briefbook.shells.cli import progress
from briefbook.shells.frame import draw, settings

if TYPE_CHECKING:
    from briefbook.settings import Past


def problems(folder: Path, wanted: Settings) -> tuple[Problem, ...]:
    """Every problem of the content."""
    files = seen(wanted.content)
    asked = key(wanted, files) if files is not None else ""
    if files is not None and (last := told(folder / ".cache", CHECKED, asked)):
        return last.problems
    return _examined(folder, wanted, asked)


def _examined(folder: Path, wanted: Settings, asked: str) -> tuple[Problem, ...]:
    """Every problem of the content; `asked` is the key of what was seen before it was read."""
    from briefbook.prepare import check as examine

    with progress() as tick:
        content, _, problems = examine(wanted, tick)
    if content and asked == key(wanted, content.digests):
        with suppress(OSError):  # a folder that may only be read is checked as well
            tell(folder / ".cache", CHECKED, asked, Last(problems))
    return problems


def publish(folder: Path, target: Path, *, copy: bool, past: Past | None = None) -> Last:
    """Build the site of a project folder, of today or of a past day; of the same input only once.

    `copy` and a past are always built: nothing is kept of what they were made from.
    """
    wanted = settings(folder, folder / "content", past)
    cache, plain = folder / ".cache", not copy and past is None
    files, seems = seen(wanted.content) if plain else None, look(wanted.theme)
    if files is not None and (last := published(cache, target, key(wanted, files, seems))):
        return last
    from briefbook.shells.workers import workers
    from briefbook.site import build as make

    with progress() as tick:
        made = make(wanted, target, cache, draw, copy=copy, tick=tick, homes=[Path.home()],
                    workers=workers())  # fmt: skip
    story = made.site.story
    last = Last(made.problems, made.skipped, bool(story and story.shallow))
    if plain:
        asked = key(wanted, made.site.content.digests, seems)
        tell(cache, BUILT, asked, last, target.resolve().name)
    return last
