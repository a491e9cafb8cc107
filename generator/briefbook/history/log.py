"""A range of commits in, who changed which files and what they said of it out: one pass of git."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from briefbook.history.git import Repository

_FIELDS = ("%H", "%P", "%ct", "%aN", "%s", "%b", "%(trailers)", "%(trailers:only,unfold)")
_AT_ONCE = 1000
"""Ids on one command line."""
_TRAILER = re.compile(r"([A-Za-z0-9-]+)\s*:\s*(.*)")


@dataclass(frozen=True, slots=True)
class Touched:
    """A file in a commit: its names and blobs before and after, "" where it was not there.

    `others` are its blobs in the further parents of a merge that is like none of them.
    """

    old: str
    new: str
    old_blob: str
    new_blob: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """One commit; `body` is its message without subject and trailers. E-mail is never asked for."""

    id: str
    parents: tuple[str, ...]
    day: date
    author: str
    subject: str
    body: str
    trailers: tuple[tuple[str, str], ...]
    touched: tuple[Touched, ...]

    def trailer(self, name: str) -> tuple[str, ...]:
        """The values of a trailer, however its name is capitalised."""
        return tuple(value for key, value in self.trailers if key.lower() == name and value)


def log(repository: Repository, span: str, folder: str) -> tuple[Logged, ...]:
    """Commits of a range, children first, with what they did below a folder.

    A merge shows what it brought to its first parent. Renamed files are one.
    """
    told = repository.lines(
        "log", "-z", "--topo-order", "--raw", "--no-abbrev", "-M", "--diff-merges=first-parent",
        "--no-ext-diff", "--no-textconv", "--no-relative", "--full-history", "--no-notes",
        "--format=" + "".join(f"%x00{field}" for field in _FIELDS),
        "--end-of-options", span, "--", folder,
    )  # fmt: skip
    return tuple(_commits(told))


def settled(
    repository: Repository, merges: Sequence[str], folder: str
) -> Mapping[str, tuple[Touched, ...]]:
    """Files that are in a merge as in none of its parents: where somebody may have settled a thing.

    Renamed files and files that one side had not are none of them.
    """
    found: dict[str, list[Touched]] = {}
    for start in range(0, len(merges), _AT_ONCE):
        told = repository.lines(
            "log", "-z", "--no-walk=unsorted", "-c", "--raw", "--no-abbrev", "--no-renames",
            "--no-ext-diff", "--no-textconv", "--no-relative", "--full-history", "--format=%x00%H",
            *merges[start : start + _AT_ONCE], "--", folder,
        )  # fmt: skip
        for commit, one in _combined(told):
            found.setdefault(commit, []).append(one)
    return {commit: tuple(touched) for commit, touched in found.items()}


def _combined(told: Sequence[str]) -> Iterator[tuple[str, Touched]]:
    """The words of a merge: its id, then for each file a line of modes and blobs, and its name."""
    commit, words = "", iter(told)
    for word in words:
        line = word.lstrip("\n")
        if not line.startswith(":"):
            commit = line or commit
            continue
        parents, name = len(line) - len(line.lstrip(":")), next(words)
        modes_and_blobs = line.lstrip(":").split(" ")
        first, *others, made = modes_and_blobs[parents + 1 : 2 * parents + 2]
        if not any(set(blob) == {"0"} for blob in (first, *others, made)):
            yield commit, Touched(name, name, first, made, tuple(others))


def _commits(told: Sequence[str]) -> Iterator[Logged]:
    """Before the fields of each commit stands an empty word: no file's name is empty."""
    at = 0
    while at + len(_FIELDS) < len(told):
        fields = told[at + 1 : at + 1 + len(_FIELDS)]
        at += 1 + len(_FIELDS)
        touched = []
        while at < len(told) and told[at]:
            one, at = _touched(told, at)
            touched.append(one)
        yield _commit(fields, tuple(touched))


def _touched(told: Sequence[str], at: int) -> tuple[Touched, int]:
    _, _, old_blob, new_blob, sort = told[at].lstrip("\n:").split(" ")
    old = told[at + 1]
    renamed = sort[0] in "RC"
    new = told[at + 2] if renamed else old
    old, new = ("" if sort[0] in "AC" else old), ("" if sort[0] == "D" else new)
    return Touched(old, new, old_blob, new_blob), at + (3 if renamed else 2)


def _commit(fields: Sequence[str], touched: tuple[Touched, ...]) -> Logged:
    id, parents, when, *words = fields
    author, subject, body, trailers, parsed = map(_text, words)
    body = body.strip()
    return Logged(
        id=id,
        parents=tuple(parents.split()),
        day=datetime.fromtimestamp(int(when), UTC).date(),
        author=" ".join(author.split()),
        subject=subject.strip(),
        body=body.removesuffix(trailers.strip()).strip(),
        trailers=tuple(
            (found[1], found[2].strip())
            for line in parsed.splitlines()
            if (found := _TRAILER.fullmatch(line))
        ),
        touched=touched,
    )


def _text(words: str) -> str:
    """What git hands on as bytes of any kind, as text that can be printed."""
    return os.fsencode(words).decode("utf-8", "replace")
