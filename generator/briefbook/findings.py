"""What was found in files in, the same for a later run out, as far as it must be the same.

A file is not checked again if it, and all that was looked up for it, says what it said then: on the
same day, by the same code, with the same files at the top of the content.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from sys import intern
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from briefbook.load import Content
from briefbook.memory import SINGLE, TABLES, Answer, Args, Calls, Problems, Read, Thing, noting
from briefbook.problem import of_row
from briefbook.record import DOUBTS, read_record, write_record
from briefbook.source import Folded
from briefbook.trees import Trees

FOUND, INSIDE = "found.json", "inside.txt"
Said = tuple[str, list[str], Sequence[Sequence[Any]]]
"""SHA-256 of a file, what was looked up for it, and its problems."""

Noted = tuple[dict[str, dict[str, Said]], bool]
"""Of files by what was asked of them, and whether all of it was known."""


class Findings(Calls):
    """Asks of a file only what another run has not written down at a path."""

    def __init__(self, path: Path, engine: str, today: date) -> None:
        self.today = today
        self._path, self._asked = path, [engine, today.isoformat()]
        self._key, self._tables = "", dict[str, dict[str, str]]()
        self._before: Mapping[str, Mapping[str, Said]] | None = None
        self._now: dict[str, dict[str, Said]] = {}
        self._same = True
        self._digests: Mapping[str, str] = {}
        self._inside = Trees()

    def alone(
        self, function: Callable[[Thing, *Args], Answer], thing: Thing, *args: *Args
    ) -> Answer:
        """What the one function that is asked for says, or said in another run; after `each`."""
        form, digest = _form(function), self._digests.get(thing.file, "")
        if (said := self._inside.data(thing.file, digest)) is not None:
            known: Answer = form.validate_json(said)
            return known
        found = function(thing, *args)
        self._inside.add(Folded(thing.file, form.dump_json(found), array("H")), digest)
        return found

    def each(
        self, function: Callable[[Content, Thing], Problems], content: Content,
        things: Iterable[Thing],
    ) -> Iterator[Problems]:  # fmt: skip
        """What a function says of each thing, or said in another run."""
        if self._before is None:
            self._before = self._read(content)
        known, now = self._before.get(function.__name__, {}), dict[str, Said]()
        reads = dict[Read, Any]()
        watched = noting(content, reads)
        for one in things:
            if said := known.get(one.file):
                found = tuple(map(of_row, said[2]))
            else:
                reads.clear()
                found = function(watched, one)
                seen = sorted({_name(*read) for read in reads})
                said = content.digests.get(one.file, ""), seen, [one.row for one in found]
            now[one.file] = said
            yield found
        self._same &= now.keys() == known.keys()
        self._now[function.__name__] = now

    def anew(self, content: Content) -> bool:
        """Whether of no file anything is known."""
        self._before = self._read(content)
        return not self._before

    @property
    def noted(self) -> Noted:
        """What is to be kept so far, for one who asks for the rest."""
        return self._now, self._same

    def take(self, noted: Noted) -> None:
        """Go on where another has begun."""
        self._now, self._same = noted

    def write(self) -> None:
        """After all was asked: keep the answers to that; where nothing can be kept, none are."""
        with self._inside:  # which now ends
            pass
        if self._same:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_record(self._path, {"key": self._key, "tables": self._tables, "found": self._now})

    def _read(self, content: Content) -> Mapping[str, Mapping[str, Said]]:
        """What was found in files that are the same, and of which all that was looked up is."""
        digests = content.digests
        top = [digests.get(getattr(content, name).file) for name in SINGLE if name != "broken"]
        asked = [*self._asked, *top, digests.get("sources.yml"), sorted(content.broken)]
        self._key = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
        self._digests, self._inside = digests, Trees(self._path.with_name(INSIDE), self._key)
        self._tables = {
            name: {id: digests[one.file] for id, one in getattr(content, name).items()}
            for name in TABLES
            if name != "sources"
        }
        try:
            record = read_record(self._path)
            if record["key"] != self._key:
                return {}
            other = set(_other(record["tables"], self._tables))
            return {
                function: {
                    file: said for file, said in files.items()
                    if said[0] == digests.get(file, "") and other.isdisjoint(said[1])
                }
                for function, files in record["found"].items()
            }  # fmt: skip
        except DOUBTS:
            return {}


@cache
def _form(function: Callable[..., Answer]) -> TypeAdapter[Answer]:
    return TypeAdapter(get_type_hints(function)["return"])


def _name(table: str, id: str | None) -> str:
    return table if id is None else intern(f"{table}/{id}")


def _other(
    then: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Names of what is not what it was: entries of tables, and tables by their lists of keys."""
    for table, entries in now.items():
        before = then[table]
        if [*before] != [*entries]:
            yield table
        for id in before.keys() | entries.keys():
            if before.get(id) != entries.get(id):
                yield _name(table, id)
