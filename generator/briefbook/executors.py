"""Work in, its results out: whoever hands out work asks for an executor, and this is the simplest.

Those of other processes are known to the shells only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")
Workers = Callable[[], AbstractContextManager[Executor]]


class Beside(Protocol):
    """Begins some work; what comes back waits for its result, or does it then."""

    def __call__(
        self, work: Callable[[], Result], /
    ) -> AbstractContextManager[Callable[[], Result]]:
        """The work, in a context that it does not outlive."""


def inline() -> AbstractContextManager[Executor]:
    """Workers that are this process itself."""
    return nullcontext(Inline())


class Inline(Executor):
    """An executor that works at once, in this very process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The result, or the error, is there already."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(problem)
        return future

    def map(
        self,
        fn: Callable[..., Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[Any]:
        """Each result when it is asked for: no more than one is there at a time."""
        return map(fn, *iterables)
