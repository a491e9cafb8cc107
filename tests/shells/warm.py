"""A command's arguments in, how it ended and what it wrote out, by a process that starts warm.

The command is a process of its own as it is for people, but forked from one that has imported the
package and compiled the templates: most of what a command costs is spent on these. What a start
from nothing does, and signals, terminals and limits, is tested with `tests.shells.project.command`.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

from tests.shells.project import PATIENCE, Said, environment


@cache
def _server() -> ForkServerContext:
    """The process to fork from, which ends with this one."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.shells.warmed"])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = environment()["PYTHONPATH"]
    try:
        forkserver.ensure_running()
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before
    return made


def command(*arguments: str | Path, cwd: Path, **more: str) -> Said:
    """Run the command in a process of its own; it never shows a traceback."""
    with tempfile.TemporaryDirectory() as folder:
        given = (tuple(map(str, arguments)), str(cwd), environment(**more), folder)
        process = _server().Process(target=_run, args=given)
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(arguments)
        out, err = ((Path(folder) / name).read_text("utf-8") for name in ("out", "err"))
        assert "Traceback" not in out + err, err
        return Said(process.exitcode, out, err)


def _run(arguments: Sequence[str], cwd: str, variables: Mapping[str, str], folder: str) -> None:
    """What `python -m briefbook` does: a session of its own, its own streams and variables."""
    os.setsid()
    os.environ.clear()
    os.environ.update(variables)
    for number, name in ((1, "out"), (2, "err")):
        opened = os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(cwd)
    sys.argv = ["briefbook", *arguments]
    runpy.run_module("briefbook", run_name="__main__", alter_sys=True)
