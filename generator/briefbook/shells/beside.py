"""Work in, its result out: done by a process beside this one, which goes on with something else.

It is forked, so it finds in its memory all that this one knows, and hands back no more than the
result. Whatever becomes of it: where it brings none, the work is done here.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

from briefbook.shells.workers import begin

Result = TypeVar("Result")
POLITE = 5
"""How far such a process stands back where there is no core for it: a third of the time is its."""


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin some work; who asks waits for its result, and who leaves ends it, done or not."""
    if sys.platform != "linux":  # a fork is not safe there
        yield work
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(there, work, os.getpid()), daemon=True)
    with here:
        with there, suppress(OSError):  # no more processes may be allowed
            child.start()
        try:
            yield lambda: _received(here, work)
        finally:
            if child.pid:
                child.kill()
                child.join()


def _received(pipe: Connection, work: Callable[[], Result]) -> Result:
    try:
        result: Result = pipe.recv()
    except (EOFError, OSError):  # it failed, or was ended by something else
        return work()
    return result


def _send(pipe: Connection, work: Callable[[], object], parent: int) -> None:
    begin(parent)
    os.nice(POLITE)
    with suppress(Exception):  # it comes again where the work is done once more
        pipe.send(work())
