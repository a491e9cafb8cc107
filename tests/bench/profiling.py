"""A project in, where the time of a command goes in it out, by the parts of the program.

The command runs in one process under cProfile. Time of a library is counted to the part of ours
that called it, so the shares add up to the whole. cProfile makes many small calls dearer than they
are: shares are to be compared, seconds are not.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from tests.bench.runs import run

Function = tuple[str, int, str]
"""File, line and name."""
ROUNDS = 60
"""How far up a chain of library calls the caller of ours is looked for."""
WAY = """
import cProfile, os, sys
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core: no other processes
from briefbook.shells.cli import main
seen, (target, *sys.argv[1:]) = cProfile.Profile(), sys.argv[1:]
sys.argv[0] = "briefbook"
try:
    seen.runcall(main)
except SystemExit as end:
    if end.code:
        raise
finally:
    seen.dump_stats(target)
"""
STAGES = {
    "read": "source load trees decode files blocks spelling",
    "model": "model shape reference quantity",
    "check": "checks examine excerpt problem",
    "analyse": "analyse",
    "history": "history",
    "pages": "pages links words look",
    "charts": "charts",
    "render": "theme prose",
    "frame": "frames",
    "write": "work publish headers",
    "search": "search lean chunks cbor",
    "keep": "cache last record settings untouched",
    "site": "site prepare",
    "shell": "shells",
}
"""What modules of ours belong to, as the pipeline reads; `theme` is the templates."""
FINER = {
    "pages.render": "render", "shells.drawing": "frame", "shells.mkdocs_plugin": "frame",
    "shells.workers": "write",
}  # fmt: skip
"""Modules that belong elsewhere than their package does."""
IMPORT = "import"
"""What runs when a module is read, whatever it calls in libraries: classes of the model, mostly."""
OUTSIDE = "start"
"""What is called by nobody of ours."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Seconds in all, shares by stage, and the function of each module with the most below it."""

    seconds: float
    shares: Mapping[str, float]
    functions: Sequence[tuple[str, float]]


def profiled(folder: Path, *arguments: str, most: int = 16) -> Profile:
    """Where the time of one of our commands goes."""
    target = folder.parent / "profile"
    run([sys.executable, "-c", WAY, target, *arguments], folder)
    stats = marshal.loads(target.read_bytes())  # noqa: S302 - written just now, by ourselves
    target.unlink()
    return summed(stats, most)


def summed(stats: Mapping[Function, Any], most: int = 16) -> Profile:
    """Shares and functions of what cProfile has written down."""
    own = {one: found for one in stats if (found := stage(one[0], one[2]))}
    times = _billed(stats, own)
    whole = sum(times.values()) or 1.0
    shares = {name: times[name] / whole for name in sorted(times, key=lambda name: -times[name])}
    best: dict[str, tuple[float, str]] = {}
    for one in own:
        best[one[0]] = max(best.get(one[0], (0.0, "")), (stats[one][3], _called(one)))
    below = sorted(best.values(), reverse=True)
    return Profile(whole, shares, [(name, time) for time, name in below[:most]])


def _billed(stats: Mapping[Function, Any], own: Mapping[Function, str]) -> dict[str, float]:
    """Seconds by stage: what a function of a library took is handed up to who called it."""
    found = dict.fromkeys((*own.values(), OUTSIDE), 0.0)
    open_ = {one: row[2] for one, row in stats.items() if row[2]}
    for _ in range(ROUNDS):
        above: dict[Function, float] = {}
        for one, time in open_.items():
            if one in own:
                found[own[one]] += time
                continue
            for caller, share in _callers(stats[one]):
                above[caller] = above.get(caller, 0.0) + time * share
            if not stats[one][4]:
                found[OUTSIDE] += time
        open_ = above
    found[OUTSIDE] += sum(open_.values())  # libraries that call themselves in circles
    return {name: time for name, time in found.items() if time}


def _callers(row: Any) -> Iterator[tuple[Function, float]]:
    """Who called a function, each with a share of its time."""
    weights = {caller: edge[3] or edge[2] for caller, edge in row[4].items()}
    whole = sum(weights.values())
    for caller, weight in weights.items():
        yield caller, weight / whole if whole else 1 / len(weights)


def stage(file: str, name: str = "") -> str:
    """The stage that a function of ours belongs to, "" of any other."""
    parts = PurePath(file).with_suffix("").parts
    if file.endswith((".html", ".xml")) and "theme" in parts[-4:]:
        return "render"
    if "briefbook" not in parts:
        return ""
    # The package's own folder is the last of that name; a checkout may be called so as well.
    words = parts[len(parts) - parts[::-1].index("briefbook") :]
    if name == "<module>":
        return IMPORT
    found = (stage for stage, some in STAGES.items() if words and words[0] in some.split())
    return FINER.get(".".join(words[:2])) or next(found, words[0] if words else "")


def _called(one: Function) -> str:
    """A function as it is spoken of: module and name."""
    parts = PurePath(one[0]).with_suffix("").parts
    return f"{'.'.join(parts[-2:])}.{one[2]}".replace("briefbook.", "", 1)
