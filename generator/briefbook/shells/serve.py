"""A build and folders to watch in, a site on this machine that renews itself out."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from briefbook.publish import BusyError
from briefbook.shells.live import Headers, Live, Outcome, listening

__all__ = ["Outcome", "serve"]

Echo = Callable[[str], object]
Tell = Callable[[Outcome], None]


def serve(
    build: Callable[[Tell], Outcome],
    watched: Sequence[Path],
    site: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    headers: Headers = (),
    echo: Echo = print,
    stop: threading.Event | None = None,
) -> None:
    """Build, serve what `site` shows, build again after each change, until Ctrl-C or SIGTERM.

    `headers` go with every answer; `stop` ends it from another thread. Raises `OSError` if the
    port is taken. `build` may tell of an outcome before it returns the last one.
    """
    live = Live(site)
    halt = stop or threading.Event()
    with listening(host, port, live, headers) as address, _terminable():
        echo(f"Serving on {address} (Ctrl-C stops)")
        try:
            # The first round comes without a change: what changes from here on is not missed.
            for number, changes in enumerate(_rounds(watched, site, halt)):
                if changes or number == 0:
                    live.tell(_built(build, live.tell, echo))
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
    """What changed since the last round, ten times a second; mostly nothing."""
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
        rust_timeout=100,
        yield_on_timeout=True,
        raise_interrupt=True,
        debounce=400,
    )


def _built(build: Callable[[Tell], Outcome], tell: Tell, echo: Echo) -> Outcome | None:
    """Build once; a full disk or another build at work is told, and the last site stays."""
    try:
        outcome = build(tell)
    except (OSError, BusyError) as problem:
        echo(f"Not built: {problem}")
        return None
    for found in outcome.problems:
        echo(str(found))
    echo("Built" if outcome.ok else f"{len(outcome.problems)} problems; the last good site stays")
    return outcome
