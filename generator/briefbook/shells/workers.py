"""A number of processes in, the pool that makes pages in them out."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any

from briefbook.executors import Workers, inline

GARBAGE = 20_000
"""Fresh values among which a worker looks for garbage: a page leaves more than reading does."""
LOOK = 0.2
"""Seconds between two looks of a worker at whether its parent is still there."""


def processes(count: int | None = None) -> Workers:
    """Makes a pool of so many processes, one for each core if not told; of one, this process."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    count = count or cores
    return inline if count == 1 else partial(_pool, count)


def cluster(address: str) -> Workers:
    """Makes a pool of the workers of a Dask scheduler; they must see the same folders as we do.

    Raises `WorkersError`, when it is asked for a pool, if there is none at the address.
    """
    return partial(_cluster, address)


class WorkersError(Exception):
    """There are no workers, or no more; the message says why."""


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        hint = "Install `briefbook[cluster]`."
        raise WorkersError(
            f"Work is handed to a cluster by Dask, which is missing. {hint}"
        ) from None
    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call]  # it has no types
    except (OSError, ValueError) as bad:
        raise WorkersError(f"No Dask scheduler answers at {address}: {bad}") from None
    with client:
        yield client.get_executor()  # type: ignore[no-untyped-call]


@contextmanager
def _pool(count: int | None) -> Iterator[Executor]:
    try:
        if sys.platform == "linux":
            yield _Forks(count)
        else:  # a fork is not safe there
            with _processes(count, "spawn") as pool:
                yield pool
    except BrokenProcessPool:
        hint = "If memory ran out, try `--jobs 1`."
        raise WorkersError(
            f"A process that made pages was ended by something else. {hint}"
        ) from None


class _Forks(Executor):
    """Processes that are forked anew for each `map`, and find the content in their memory.

    They share it with this one, but whatever they look at they copy, since Python counts there who
    refers to it. The copies go with them.
    """

    def __init__(self, count: int | None) -> None:
        self.count = count

    def map(self, fn: Callable[..., Any], *iterables: Any, **how: Any) -> Iterator[Any]:
        """As of any executor, but for when it begins: as soon as a result is asked for."""
        with _processes(self.count, "fork") as pool:
            yield from pool.map(fn, *iterables, **how)


@contextmanager
def _processes(count: int | None, way: str) -> Iterator[Executor]:
    gc.freeze()  # what is shared with the workers is not touched, and so not copied, by the gc
    pool = ProcessPoolExecutor(
        count, multiprocessing.get_context(way), initializer=begin, initargs=(os.getpid(),)
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def begin(parent: int) -> None:
    """Die with the parent, at once and without a word, whatever ends it."""
    _, *older = gc.get_threshold()  # whoever forked us may look for none
    gc.set_threshold(GARBAGE, *older)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)
