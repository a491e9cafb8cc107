"""A theme and content in, code of the templates out: compiled beside a build, by another process.

What a build does before it needs a template goes on one core. Whatever becomes of the process,
templates whose code is not there are compiled where they are needed.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from briefbook.shells.workers import begin

if TYPE_CHECKING:
    from briefbook.pages.templates import Codes

Compiled = Callable[[str], "Codes"]
"""Waits for the code of templates with the words of a language; none may come."""
PATIENCE = 10
"""Seconds to wait: longer than it takes to compile."""


@contextmanager
def compiling(theme: Path, content: Path) -> Iterator[Compiled]:
    """Compile templates with the words of some content; who leaves ends it, done or not."""
    if sys.platform != "linux":  # a fork is not safe there
        yield lambda _: {}
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(there, theme, content, os.getpid()), daemon=True)
    with here:
        with there, suppress(OSError):  # no more processes may be allowed
            child.start()
        try:
            yield lambda language: _received(here, language)
        finally:
            if child.pid:
                child.kill()
                child.join()


def _received(pipe: Connection, language: str) -> Codes:
    made: tuple[str, Codes] = ("", {})
    with suppress(EOFError, OSError):  # it was ended by something else
        if pipe.poll(PATIENCE):
            made = pipe.recv()
    return made[1] if made[0] == language else {}


def _send(pipe: Connection, theme: Path, content: Path, parent: int) -> None:
    begin(parent)
    # Not above: our parent imports at the same time what it needs first.
    from briefbook.files import Folder
    from briefbook.pages.templates import compiled
    from briefbook.source import ORDINARY, read
    from briefbook.words import LOCALES, Words

    with suppress(Exception):  # our parent finds out for itself what is wrong, and says so
        tree, _ = read(Folder(content).read("book.yml", ORDINARY.size), "book.yml", ORDINARY)
        said = tree.data.get("language") if tree else None
        language = said if said in LOCALES else "en"
        pipe.send((language, compiled(theme / "briefbook", Words(language))))
