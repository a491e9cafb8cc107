"""Numbers of accounts in, a table out: how long `check` and three kinds of build take, and memory.

Run as `python -m tests.bench 100 300`; `make bench` does. Each number is one made-up project.
Seconds are medians of ROUNDS runs of the whole command, Python's own start included; a number in
brackets is the share of the cold build of the same run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROUNDS = 3
HEAD = ("accounts", "cold s", "same s", "one edit s", "check s", "cold MB")
ROW = "{:>8}  {:>10}  {:>16}  {:>16}  {:>16}  {:>8}"
DATE = {"SOURCE_DATE_EPOCH": "1767225600"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, and peak megabytes of the command's own process."""

    seconds: float
    megabytes: float


def main(arguments: list[str]) -> int:
    """Measure each size in turn."""
    print(ROW.format(*HEAD), flush=True)
    for size in map(int, arguments or ["100", "300"]):
        with tempfile.TemporaryDirectory() as folder:
            print(_row(size, Path(folder) / "project"), flush=True)
    return 0


def _row(size: int, project: Path) -> str:
    _run("demo", str(project), "--accounts", str(size))
    cold = _median(project, _forget, "build")
    same = _median(project, lambda _: None, "build")
    edited = _median(project, _edit, "build")
    check = _median(project, lambda _: None, "check")
    shares = (f"{one.seconds:.2f} ({one.seconds / cold.seconds:.2f})"
              for one in (same, edited, check))  # fmt: skip
    return ROW.format(size, f"{cold.seconds:.2f}", *shares, f"{cold.megabytes:.0f}")


def _median(project: Path, prepare: Callable[[Path], None], command: str) -> Cost:
    """The cost of a command in a project that is brought into its state before each run."""
    costs = []
    for _ in range(ROUNDS):
        prepare(project)
        costs.append(_run("-C", str(project), command))
    return Cost(median(one.seconds for one in costs), median(one.megabytes for one in costs))


def _forget(project: Path) -> None:
    """Leave nothing of earlier builds."""
    (project / "site").unlink(missing_ok=True)
    shutil.rmtree(project / ".cache", ignore_errors=True)


def _edit(project: Path) -> None:
    """Change the name of the first account, as a pull request would."""
    file = min((project / "content" / "accounts").glob("*.yml"))
    lines = file.read_text("utf-8").splitlines(keepends=True)
    changed = (f"{line.rstrip()} again\n" if line.startswith("name:") else line for line in lines)
    file.write_text("".join(changed), "utf-8")


def _run(*arguments: str) -> Cost:
    """One command; the processes that it starts are in its seconds, not in its megabytes."""
    command = [sys.executable, "-m", "briefbook", *arguments]
    nothing = subprocess.DEVNULL
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=nothing, stderr=nothing, env={**os.environ, **DATE})
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return Cost(taken, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
