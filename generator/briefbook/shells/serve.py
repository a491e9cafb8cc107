"""A build and folders to watch in, a site on this machine that renews itself out."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from briefbook.publish import BusyError
from briefbook.shells.live import Headers, Live, Outcome, listening

__all__ = ["Outcome", "Round", "serve"]

BURST = 2000
"""Milliseconds for which changes that follow each other at once are waited for."""
QUIET = 20
"""Milliseconds without a change after which those that came are built."""
LOOK = 0.1
"""Seconds between two looks at whether something has changed."""
Echo = Callable[[str], object]
Tell = Callable[[Outcome], None]


class NewerError(Exception):
    """What is being made is of content that has changed since."""


@dataclass(frozen=True, slots=True)
class Round:
    """One build: `tell` takes what is known before its end, `newer` says if it should end now."""

    tell: Tell
    newer: Callable[[], bool]

    def run(
        self, args: Sequence[str], *, cwd: Path, env: Mapping[str, str], errors: str, **_: object
    ) -> subprocess.CompletedProcess[str]:
        """As `subprocess.run` for the text that a program writes, until something has changed."""
        pipe = subprocess.PIPE
        with subprocess.Popen(
            args, cwd=cwd, env=env, stdout=pipe, stderr=pipe, text=True, errors=errors
        ) as process:
            try:
                while True:
                    try:
                        out, err = process.communicate(timeout=LOOK)
                    except subprocess.TimeoutExpired:
                        if self.newer():
                            raise NewerError from None
                    else:
                        return subprocess.CompletedProcess(args, process.returncode, out, err)
            finally:
                process.kill()


def serve(
    build: Callable[[Round], Outcome],
    watched: Sequence[Path],
    site: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    headers: Headers = (),
    echo: Echo = print,
    stop: threading.Event | None = None,
    rest: Callable[[], object] = lambda: None,
) -> None:
    """Build, serve what `site` shows, build again after each change, until Ctrl-C or SIGTERM.

    `headers` go with every answer; `stop` ends it from another thread. Raises `OSError` if the
    port is taken. `build` may tell of an outcome before it returns the last one; `rest` is what can
    be done ahead, when the first one is told.
    """
    live = Live(site)
    halt = stop or threading.Event()
    with listening(host, port, live, headers) as address, _terminable():
        echo(f"Serving on {address} (Ctrl-C stops)")
        try:
            changed = _Changes(_rounds(watched, site, halt))
            live.tell(_built(build, Round(live.tell, changed.any), echo))
            rest()
            while not changed.over:
                if changed.any():
                    changed.seen()
                    live.tell(_built(build, Round(live.tell, changed.any), echo))
        except KeyboardInterrupt:
            echo("Stopped")


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end things as Ctrl-C does; only the main thread of a program may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _rounds(
    watched: Sequence[Path], site: Path, halt: threading.Event
) -> Iterator[set[tuple[Change, str]]]:
    """What changed since the last round, some times a second; mostly nothing."""
    usual, shown = DefaultFilter(), site.absolute()

    def made(file: Path) -> bool:
        releases = site.resolve().parent if site.is_symlink() else shown
        return file.is_relative_to(shown) or file.is_relative_to(releases)

    def matters(change: Change, path: str) -> bool:
        hidden = Path(path).name.startswith(".")
        return usual(change, path) and not hidden and not made(Path(path))

    return watch(
        *watched,
        watch_filter=matters,
        stop_event=halt,
        rust_timeout=int(LOOK * 1000),
        yield_on_timeout=True,
        raise_interrupt=True,
        debounce=BURST,
        step=QUIET,
    )


class _Changes:
    """Whether anything has changed that nobody has seen yet."""

    def __init__(self, rounds: Iterator[set[tuple[Change, str]]]) -> None:
        self._rounds, self._fresh, self.over = rounds, False, False
        self.any()  # what changes from here on is not missed
        self.seen()

    def any(self) -> bool:
        """Look for a moment; also true when it is over, and there is nothing to wait for."""
        if not self._fresh and not self.over:
            changes = next(self._rounds, None)
            self._fresh, self.over = bool(changes), changes is None
        return self._fresh or self.over

    def seen(self) -> None:
        """From here on later changes count."""
        self._fresh = False


def _built(build: Callable[[Round], Outcome], now: Round, echo: Echo) -> Outcome | None:
    """Build once; a full disk or another build at work is told, and the last site stays."""
    try:
        outcome = build(now)
    except NewerError:  # the pages are there, and what follows them is made after the next ones
        return None
    except (OSError, BusyError) as problem:
        echo(f"Not built: {problem}")
        return None
    for found in outcome.problems:
        echo(str(found))
    echo("Built" if outcome.ok else f"{len(outcome.problems)} problems; the last good site stays")
    return outcome
