"""Numbers of accounts in, a table out: how long `check` and three kinds of build take, and memory.

Run as `python -m tests.bench 100 1000`; `make bench` does. Each number is one made-up project.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEAD = ("accounts", "check s", "cold s", "same s", "one edit s", "cold MB")
ROW = "{:>8}  {:>10}  {:>10}  {:>10}  {:>10}  {:>10}"
DATE = {"SOURCE_DATE_EPOCH": "1767225600"}


def main(arguments: list[str]) -> int:
    """Measure each size in turn."""
    print(ROW.format(*HEAD), flush=True)
    for size in map(int, arguments or ["100", "1000"]):
        with tempfile.TemporaryDirectory() as folder:
            print(_row(size, Path(folder) / "project"), flush=True)
    return 0


def _row(size: int, project: Path) -> str:
    _run("demo", str(project), "--accounts", str(size))
    check, _ = _run("-C", str(project), "check")
    cold, memory = _run("-C", str(project), "build")
    same, _ = _run("-C", str(project), "build")
    _edit(project)
    edited, _ = _run("-C", str(project), "build")
    seconds = (f"{taken:.2f}" for taken in (check, cold, same, edited))
    return ROW.format(size, *seconds, f"{memory:.0f}")


def _edit(project: Path) -> None:
    """Change the name of the first account, as a pull request would."""
    file = min((project / "content" / "accounts").glob("*.yml"))
    lines = file.read_text("utf-8").splitlines(keepends=True)
    changed = (f"{line.rstrip()} again\n" if line.startswith("name:") else line for line in lines)
    file.write_text("".join(changed), "utf-8")


def _run(*arguments: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one command, its own processes not counted."""
    command = [sys.executable, "-m", "briefbook", *arguments]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **DATE})
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return taken, usage.ru_maxrss / unit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
