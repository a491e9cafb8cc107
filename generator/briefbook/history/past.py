"""Blobs of git in, records of the past and what changed between them out; results are kept."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefbook.analyse.closeness import INFLUENCE, MEASURES, has_left, overall, weighted
from briefbook.analyse.due import held_for
from briefbook.analyse.results import Class, Level, Number
from briefbook.analyse.standing import standing
from briefbook.history.compare import Edit, Step, edits
from briefbook.history.consequences import Consequence, consequences, state
from briefbook.history.difference import Changed, Status
from briefbook.history.log import Touched
from briefbook.history.tree import Blobs
from briefbook.load import Content, Record
from briefbook.model import FOLDERS, Account
from briefbook.model.types import ID
from briefbook.shape import shape
from briefbook.source import INDUSTRY, ORDINARY, Packed, pack, read

VERSION = 1
_ID = re.compile(ID)
_PARSED = 256
"""Values of the past in memory: whoever asks goes through one account after the other."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an account stood at the end of a day, by today's rules; closeness on the book's scale.

    None stands for what was not known then.
    """

    day: date
    letter: Class | None
    level: Level | None
    potential_level: Level | None
    closeness: Decimal | None


@dataclass(frozen=True, slots=True)
class Marks:
    """A person's three measures on the book's scale; None stands for what was not known."""

    relation: int | None
    solution: int | None
    price: int | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan's fiscal year, and for each of its four review days when its review was held."""

    year: int
    held: tuple[date | None, ...]


class Reader:
    """Records by blob. What follows is judged by today's book, strategies and sources.

    Results are kept from build to build, for as long as rules and code stay; a file that is
    missing or damaged keeps nothing.
    """

    def __init__(self, blobs: Blobs, content: Content, cache: Path, engine: str) -> None:
        self._blobs, self._content, self._cache = blobs, content, cache
        self._key = _key(content, engine)
        self._kept: Mapping[str, Any] = _loaded(cache, self._key)
        self._used: dict[str, Any] = {}
        self._now = {content.digests.get(one.file): one for one in content.records()}
        self._parsed = lru_cache(_PARSED)(self._read)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None and self._used != self._kept:
            _save(self._cache, {"version": VERSION, "key": self._key, "results": self._used})

    def changed(self, one: Touched, folder: str, day: date) -> Changed | None:
        """What a commit changed in a file, judged on its day; None if nothing in its meaning.

        Of a merge it is what neither side had said: how somebody settled a conflict. What follows
        is not told there, since it follows from both sides.
        """
        old, new = (
            name.removeprefix(folder) if record_of(name.removeprefix(folder)) else ""
            for name in (one.old, one.new)
        )
        key = ":".join([one.old_blob, *one.others, one.new_blob, str(day), old, new])
        if key in self._kept:
            self._used[key] = self._kept[key]
        elif key not in self._used:
            made = self._changed(one, old, new, day) if old or new else None
            self._used[key] = _packed(made) if made else None
        packed = self._used[key]
        return _unpacked(packed) if packed else None

    def _changed(self, one: Touched, old_file: str, file: str, day: date) -> Changed | None:
        old = self._record(one.old_blob, old_file) if old_file else None
        new = self._record(one.new_blob, file) if file else None
        kind, id = record_of(file or old_file) or ("", "")
        name = new.name if new else old.name if old else id
        status = _status(old_file, file, old, new)
        found = tuple(edits(old.value, new.value)) if old and new else ()
        for other in (self._record(blob, file) for blob in one.others):
            found = _both(found, tuple(edits(other.value, new.value))) if other and new else ()
        if status == "changed" and not found:
            return None
        follows: tuple[Consequence, ...] = ()
        if kind == "account" and old and new and not one.others:
            states = (state(each, self._content, day) for each in (old, new))
            follows = consequences(*states)
        return Changed(kind, id, name, file, old_file, status, found, follows)

    def place(self, blob: str, day: date) -> Place | None:
        """Where the account of a blob stood at the end of a day; None if it is no account."""
        found = self._of(f"{blob}:{day}", blob, lambda one: _placed(one, self._content, day))
        if found is None:
            return None
        letter, level, potential, close = found
        return Place(day, letter, level, potential, None if close is None else Decimal(close))

    def people(self, blob: str) -> Mapping[str, Marks] | None:
        """The measures of each person of an account's blob; None if it is no account."""
        found = self._of(f"{blob}:people", blob, _measured)
        return None if found is None else {id: Marks(*marks) for id, marks in found.items()}

    def plan(self, blob: str) -> Planned | None:
        """The plan of an account's blob and the reviews in it; None without one."""
        found = self._of(f"{blob}:plan", blob, lambda one: _planned(one, self._content))
        if not found:
            return None
        year, held = found
        return Planned(year, tuple(day and date.fromisoformat(day) for day in held))

    def _of(self, key: str, blob: str, made: Callable[[Account], Any]) -> Any:
        """A result that is kept, or made now, in plain values; None if the blob is no account."""
        if key in self._kept:
            self._used[key] = self._kept[key]
        elif key not in self._used:
            found = self._parsed(blob, "account")
            self._used[key] = made(found[0]) if found else None
        return self._used[key]

    def _record(self, blob: str, file: str) -> Record[Any] | None:
        kind, id = record_of(file) or ("", "")
        found = self._parsed(blob, kind)
        return Record(kind, id, file, *found) if found else None

    def _read(self, blob: str, kind: str) -> tuple[Any, Packed] | None:
        """Value and tree of a blob: of one that lies there today they are known already."""
        limits = INDUSTRY if kind == "industry" else ORDINARY
        try:
            raw = self._blobs.read(blob, limits.size)
        except OSError:
            return None
        now = self._now.get(hashlib.sha256(raw).hexdigest())
        if now is not None and now.kind == kind:
            return now.value, now.packed
        tree, _ = read(raw, f"{FOLDERS[kind][0]}/x.yml", limits)
        value = shape(kind, FOLDERS[kind][1], tree)[0] if tree else None
        return (value, pack(tree)) if value and tree else None


def _both(some: Sequence[Edit], others: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits to a value that stood on neither side; of what is not told nobody knows."""
    known = {(one.path, one.new) for one in others if (one.old, one.new) != (None, None)}
    return tuple(one for one in some if (one.path, one.new) in known)


def _placed(account: Account, content: Content, day: date) -> list[str | None]:
    book = content.book.value
    found = standing(account, book, day)
    marks = [
        (mark, INFLUENCE.get(one.influence or "", 1))
        for one in account.people.values()
        if not has_left(one, day)
        and (mark := overall(one, book.closeness.weights, "now")) is not None
    ]
    close = weighted(marks)
    known = None if close is None else str(round(close, 2))
    return [found.letter, found.level, found.potential_level, known]


def _measured(account: Account) -> dict[str, list[int | None]]:
    return {
        id: [measure.now if (measure := getattr(one, name)) else None for name in MEASURES]
        for id, one in account.people.items()
    }


def _planned(account: Account, content: Content) -> list[Any]:
    """Rule 8, for all days to come: who asks leaves out what was held after the day of asking."""
    plan = account.plan
    if plan is None:
        return []
    held = held_for(plan, content.book.value, date.max)
    return [plan.year, [one and one.date.date.isoformat() for one in held]]


def record_of(file: str) -> tuple[str, str] | None:
    """Kind and id of the record that a file of the content folder holds, if it is one.

    A name that is no id was never a record: it need not even be text.
    """
    folder, _, base = file.rpartition("/")
    kind = next((kind for kind, (name, _) in FOLDERS.items() if name == folder), None)
    id = base.removesuffix(".yml")
    return (kind, id) if kind and id != base and _ID.fullmatch(id) else None


def _status(old_file: str, file: str, old: Record[Any] | None, new: Record[Any] | None) -> Status:
    if not file:
        return "removed"
    if not old_file:
        return "added"
    if old is None or new is None:
        return "unreadable"
    return "changed" if old_file == file else "renamed"


def _key(content: Content, engine: str) -> str:
    """What results rest on besides the blobs: rules, strategies, sources, and our code."""
    digest = hashlib.sha256(engine.encode())
    ruling = [content.book.tree.data, *(one.tree.data for one in content.strategies.values())]
    digest.update(json.dumps(ruling, sort_keys=True).encode())
    digest.update(repr(sorted(content.sources.items())).encode())
    return digest.hexdigest()


def _loaded(cache: Path, key: str) -> Mapping[str, Any]:
    try:
        found = json.loads(cache.read_bytes())
        same = (found["version"], found["key"]) == (VERSION, key)
        results = found["results"]
        whole = found["sum"] == _sum(results)
        return results if same and whole and isinstance(results, dict) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _sum(results: object) -> str:
    return hashlib.sha256(json.dumps(results, sort_keys=True).encode()).hexdigest()


def _save(cache: Path, what: dict[str, Any]) -> None:
    """The whole file at once; a disk that refuses costs only time."""
    part = cache.with_name(f"{cache.name}.{os.getpid()}.part")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({**what, "sum": _sum(what["results"])}), "utf-8")
        part.replace(cache)
    except OSError:
        part.unlink(missing_ok=True)


def _packed(one: Changed) -> dict[str, Any]:
    return {
        "of": [one.kind, one.id, one.name, one.file, one.old_file, one.status],
        "edits": [[[[step.key, step.name] for step in each.path], each.old, each.new]
                  for each in one.edits],
        "follows": [[each.rule, [[key, *_number(value)] for key, value in each.numbers.items()]]
                    for each in one.consequences],
    }  # fmt: skip


def _number(value: Number) -> tuple[str, str]:
    kinds = {Decimal: "decimal", int: "int"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), ""), str(value)


def _unpacked(packed: Mapping[str, Any]) -> Changed:
    kinds = {"decimal": Decimal, "int": int, "": str}
    found = tuple(
        Edit(tuple(Step(*step) for step in path), old, new) for path, old, new in packed["edits"]
    )
    follows = tuple(
        Consequence(rule, {key: kinds[kind](value) for key, kind, value in numbers})
        for rule, numbers in packed["follows"]
    )
    kind, id, name, file, old_file, status = packed["of"]
    return Changed(kind, id, name, file, old_file, status, found, follows)
