"""A content folder and names of files in, which of them another form would change out."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from briefbook.edit.files import Change, read
from briefbook.edit.format import Formatted, formatted
from briefbook.files import Folder
from briefbook.problem import Problem, ordered

FEW = 80
"""So many files are done before a second process has started."""
Tick = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Done:
    """Files that would be written otherwise, and what forbids it for others."""

    changes: dict[str, Change]
    problems: tuple[Problem, ...]


def format_files(content: Path, names: Sequence[str], tick: Tick = lambda *_: None) -> Done:
    """The canonical form of content files; nothing is written."""
    source = Folder(content)
    before = {name: read(source, name) for name in names}
    changes: dict[str, Change] = {}
    problems: list[Problem] = []
    for number, (name, made) in enumerate(_formatted(before), 1):
        tick("format", number)
        problems += made.problems
        if made.raw != before[name]:
            changes[name] = Change(before[name], made.raw)
    return Done(changes, ordered(problems))


def _formatted(files: dict[str, bytes]) -> Iterator[tuple[str, Formatted]]:
    """Each file's form; many of them on every core, since reading them for places is slow."""
    cores = os.cpu_count() or 1
    if len(files) < FEW or cores == 1:
        yield from ((name, formatted(raw, name)) for name, raw in files.items())
        return
    fresh = multiprocessing.get_context("spawn")  # a fork would copy threads of the progress bar
    with ProcessPoolExecutor(min(cores, 8), mp_context=fresh) as pool:
        made = pool.map(formatted, files.values(), files.keys(), chunksize=20)
        yield from zip(files, made, strict=True)
