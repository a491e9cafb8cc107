"""A folder in; every file below it out, or a folder filled with files of another one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Entry = os.DirEntry[str]


def entries(folder: Path) -> Iterator[tuple[str, Entry]]:
    """Everything below a folder that is no folder, by its name; links included, not followed.

    The order is that of names, folder by folder. What cannot be read must not pass for empty.
    """
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(f"{folder}/{inside}") as found:
            for one in sorted(found, key=_name):
                if one.is_dir(follow_symlinks=False):
                    waiting.append(f"{inside}{one.name}/")
                else:
                    yield inside + one.name, one


def _name(one: Entry) -> str:
    return one.name


def files(folder: Path) -> Iterator[str]:
    """The names of everything below a folder that is no folder."""
    return (name for name, _ in entries(folder))


def fill(
    staging: Path, source: Path, names: Iterable[str], spare: Path | None, waste: Path
) -> None:
    """Link files of a release into a folder; copy them where a link cannot be made.

    `spare` is a release that nobody needs any more: an empty folder takes over its folders, with
    all links that are the wanted ones already. What else it holds is moved to `waste`: to remove
    it takes the disk its time.
    """
    wanted = {name: os.lstat(f"{source}/{name}").st_ino for name in names}
    there = _taken_over(spare, staging, wanted, waste) if spare else set()
    folders = _Folders(staging)
    for name in wanted:
        if name not in there:
            folders.make(name.rpartition("/")[0])
            try:
                os.link(f"{source}/{name}", f"{staging}/{name}")
            except OSError:
                shutil.copyfile(source / name, staging / name)


class _Folders:
    """Folders below another one, each made once."""

    def __init__(self, top: Path) -> None:
        self.top, self.made = top, {""}

    def make(self, name: str) -> None:
        """Make a folder with all above it; one that is there is no mistake."""
        if name not in self.made:
            self.make(name.rpartition("/")[0])
            (self.top / name).mkdir(exist_ok=True)
            self.made.add(name)


def _taken_over(spare: Path, staging: Path, wanted: Mapping[str, int], waste: Path) -> set[str]:
    """Let `staging` be the spare release without anything that is not wanted; what is left of it.

    What is wanted is known by its number: so it is the very same file.
    """
    there: set[str] = set()
    try:
        unwanted = _unwanted(f"{spare}/", "", wanted, there)
        if 2 * len(there) < len(wanted):  # it would be more work than to begin anew
            return set()
        spare.rename(staging)  # a folder that holds something is not replaced
    except (OSError, RecursionError):
        return set()
    waste.mkdir()
    for number, name in enumerate(unwanted):
        (staging / name).rename(waste / str(number))
    return there


def _unwanted(top: str, inside: str, wanted: Mapping[str, int], there: set[str]) -> list[str]:
    """What holds nothing wanted, whole folders as such; what is wanted and there is noted."""
    found, empty = [], True
    with os.scandir(top + inside) as listed:
        for one in listed:
            name = inside + one.name
            if one.is_dir(follow_symlinks=False):
                below = _unwanted(top, f"{name}/", wanted, there)
                found += below
                empty &= below == [f"{name}/"]
            elif wanted.get(name) == one.inode():
                there.add(name)
                empty = False
            else:
                found.append(name)
    return [inside] if empty else found
