"""A command in; what it cost, out: seconds of the clock and of the processors, and its memory.

Clock seconds depend on who else uses the machine; processor seconds, its children's included,
hardly do. Memory and the costs of a command that still runs are read from /proc: Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import IO

DATE = {"SOURCE_DATE_EPOCH": "1767225600"}
PROC = Path("/proc")
BRIEFBOOK = (sys.executable, "-m", "briefbook")
ENVIRONMENT = {name: value for name, value in os.environ.items()
               if name != "PYTHONDONTWRITEBYTECODE"}  # fmt: skip
"""Ours; but an installed package keeps its byte code from run to run, wherever this one runs."""
LOOK, GLANCE = 0.05, 0.004
"""Seconds between two looks at the memory of a command, and at whether its work is there."""
TOLD = 2000
"""Letters of what a command said that are repeated if it ends badly."""
Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock, and of all processors together."""

    wall: float
    cpu: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


@dataclass(frozen=True, slots=True)
class Process:
    """A line of the process table: megabytes are proportional set size, shared pages divided."""

    id: int
    parent: int
    name: str
    cpu: float


@dataclass(slots=True)
class Peak:
    """Megabytes at their highest: our own processes together, and Pagefind's."""

    own: float = 0.0
    pagefind: float = 0.0


@dataclass
class Costs:
    """What was measured so often, by name."""

    by_name: dict[str, list[Cost]] = field(default_factory=dict)

    def add(self, name: str, cost: Cost) -> None:
        """One more run."""
        self.by_name.setdefault(name, []).append(cost)

    def median(self, name: str) -> Cost | None:
        """The medians of the clock and of the processors; None if it was not measured."""
        found = self.by_name.get(name)
        if not found:
            return None
        return Cost(median(one.wall for one in found), median(one.cpu for one in found))


class FailedError(Exception):
    """A command of the bench ended badly."""


@dataclass(frozen=True, slots=True)
class Started:
    """A command at work since some moment of the clock, and what it says."""

    process: subprocess.Popen[bytes]
    begun: float
    said: IO[bytes]

    def works(self) -> bool:
        """Whether it has not ended yet; its cost can be asked for afterwards."""
        look = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.process.pid, look) is None

    def ended(self) -> Cost:
        """Wait for it and add up what it cost."""
        _, status, used = os.wait4(self.process.pid, 0)
        wall = time.perf_counter() - self.begun
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode:
            raise FailedError(f"{self.process.args!r} ended badly: {self.words()[-TOLD:]}")
        return Cost(wall, used.ru_utime + used.ru_stime)

    def words(self) -> str:
        """What it has said so far."""
        size = os.fstat(self.said.fileno()).st_size
        return os.pread(self.said.fileno(), size, 0).decode("utf-8", "replace")


@contextmanager
def started(command: Command, folder: Path) -> Iterator[Started]:
    """A command at work; it is ended with the block if it still works then."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=folder, stdout=said, stderr=subprocess.STDOUT,
            env={**ENVIRONMENT, **DATE, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            yield Started(process, begun, said)
        finally:
            if process.returncode is None:
                process.terminate()
                process.wait(timeout=60)


def run(command: Command, folder: Path) -> Cost:
    """The cost of a command from its start to its end."""
    with started(command, folder) as one:
        return one.ended()


def until(command: Command, folder: Path, there: Callable[[], bool]) -> tuple[Cost, Cost]:
    """The cost of a command until something is there, and to its end."""
    first: Cost | None = None
    with started(command, folder) as one:
        while first is None and one.works():
            if there():
                first = Cost(time.perf_counter() - one.begun, cpu_of(one.process.pid))
            time.sleep(GLANCE)
        whole = one.ended()
    if first is None and not there():
        raise FailedError(f"{command!r} ended, and what it should make is not there")
    return first or whole, whole


def peak(command: Command, folder: Path) -> Peak:
    """The highest memory of a command: its processes together, Pagefind apart."""
    found = Peak()
    with started(command, folder) as one:
        while one.works():
            tree = list(family(one.process.pid))
            search = [each for each in tree if each.name.startswith("pagefind")]
            own = (_megabytes(each.id) for each in tree if each not in search)
            found.own = max(found.own, sum(own))
            found.pagefind = max(found.pagefind, sum(_megabytes(each.id) for each in search))
            time.sleep(LOOK)
        one.ended()
    return found


def cpu_of(process: int) -> float:
    """Seconds of the processors that a process and its children took so far."""
    return sum(one.cpu for one in family(process))


def family(process: int) -> Iterator[Process]:
    """A process and all that come from it."""
    everyone = {one.id: one for one in _everyone()}
    children: dict[int, list[int]] = {}
    for one in everyone.values():
        children.setdefault(one.parent, []).append(one.id)
    waiting = [process]
    while waiting:
        id = waiting.pop()
        if id in everyone:
            yield everyone[id]
        waiting += children.get(id, [])


def _everyone() -> Iterator[Process]:
    for folder in PROC.iterdir() if PROC.is_dir() else ():
        if folder.name.isdigit():
            try:
                yield parsed((folder / "stat").read_text("utf-8", "replace"))
            except OSError:  # it has gone
                continue


def parsed(line: str, ticks: int = 0) -> Process:
    """A line of /proc/*/stat, whose name may hold anything, brackets and spaces too."""
    id, _, rest = line.partition(" (")
    name, _, rest = rest.rpartition(") ")
    words = rest.split()
    # Its own user and system time, and those of the children that it has waited for.
    used = sum(map(int, words[11:15])) / (ticks or os.sysconf("SC_CLK_TCK"))
    return Process(int(id), int(words[1]), name, used)


def _megabytes(process: int) -> float:
    """Proportional set size of a process."""
    try:
        text = (PROC / str(process) / "smaps_rollup").read_text("utf-8")
    except OSError:
        return 0.0
    return pss(text)


def pss(text: str) -> float:
    """Megabytes of proportional set size in a `smaps_rollup` file."""
    lines = (line.split() for line in text.splitlines())
    return next((int(words[1]) / 1024 for words in lines if words[:1] == ["Pss:"]), 0.0)
