"""A site in; the same site for pages that are made together, and what they have read of it, out.

What pages show follows from what they read and from nothing else. Each entry of a table that is
looked up is noted, also in vain; so is each list of a table's keys, and each other value. Of a
record each field is noted by itself. As long as the answers to all of that are the same, the pages
would be the same, and are not made again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import is_dataclass
from functools import cache, wraps
from inspect import isfunction
from types import MethodType
from typing import Any, Literal, TypeVar, cast

from briefbook.load import Record
from briefbook.model import Part
from briefbook.pages.gists import GISTS, Gists, gist_of
from briefbook.pages.here import Site
from briefbook.words import Words

Key = TypeVar("Key")
Value = TypeVar("Value")
Read = tuple[str, ...]
"""Names of attributes joined by dots; then, of a table or a set, the one entry that was read.

Behind an entry that is a record stands the field, "" where it was only asked whether it is there.
"""
Note = Callable[[Read], None]
KEYS = "[]"
"""Stands behind the name of a table whose keys were read, and not yet what stands there.

With a field behind it, that field was read of all records of the table.
"""
RECORDS = frozenset({"content.accounts", "content.companies", "content.industries",
                     "content.strategies"})  # fmt: skip
"""Tables of records."""
NESTED = 2
"""Attributes of the site, and those of its results, are noted one by one; what they hold, whole."""
FIELDS = 8
"""Of a record of which more fields were read, all is taken for read."""
ENTRIES = 24
"""Of a table of which more entries were read, and most, all is taken for read."""


class _Fields:
    """Stands in the place of what a record says; its fields are noted one by one."""

    def __init__(self, of: Part, entry: Read, note: Note) -> None:
        self._of, self._entry, self._note = of, entry, note

    def __getattr__(self, name: str) -> Any:
        as_written = name in _as_written(type(self._of))
        self._note((*self._entry, name) if as_written else self._entry)
        found = self.__dict__[name] = getattr(self._of, name)
        return found


@cache
def _as_written(model: type[Part]) -> frozenset[str]:
    """Fields that have the same name in the file."""
    return frozenset(name for name, one in model.model_fields.items() if one.alias is None)


class _Record:
    """Stands in the place of a record."""

    def __init__(self, of: Record[Any], entry: Read, note: Note) -> None:
        self._of, self._entry, self._note = of, entry, note
        self.kind, self.id, self.file = of.kind, of.id, of.file
        self.value = _Fields(of.value, entry, note)

    @property
    def name(self) -> str:
        self._note((*self._entry, "name"))
        return self._of.name

    def written(self, name: str) -> Any:
        self._note((*self._entry, name))
        return self._of.written(name)

    def __getattr__(self, name: str) -> Any:
        self._note(self._entry)
        return getattr(self._of, name)


class _Table(Mapping[Key, Value]):
    """A table whose readers are noted."""

    def __init__(self, of: Mapping[Key, Value], path: str, note: Note) -> None:
        self._of, self._path, self._note = of, path, note

    def __getitem__(self, key: Key) -> Value:
        self._note(entry_of(self._path, key))
        return self._of[key]

    def __iter__(self) -> Iterator[Key]:
        self._note((self._path + KEYS,))
        return iter(self._of)

    def __len__(self) -> int:
        self._note((self._path + KEYS,))
        return len(self._of)


class _Records(_Table[str, Any]):
    """A table of records, which are the same for the same key."""

    def __init__(self, of: Mapping[str, Any], path: str, note: Note) -> None:
        super().__init__(of, path, note)
        self._made: dict[str, _Record] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._made:
            entry = (self._path, key)
            self._note((*entry, ""))
            self._made[key] = _Record(self._of[key], entry, self._note)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        self._note((self._path, str(key), ""))
        return key in self._of


class _Members(Set[Key]):
    """A set whose readers are noted."""

    def __init__(self, of: Set[Key], path: str, note: Note) -> None:
        self._of, self._path, self._note = of, path, note

    def __contains__(self, key: object) -> bool:
        self._note(entry_of(self._path, key))
        return key in self._of

    def __iter__(self) -> Iterator[Key]:
        self._note((self._path,))
        return iter(self._of)

    def __len__(self) -> int:
        self._note((self._path,))
        return len(self._of)


class _Watched:
    """Stands in the place of a value whose attributes are read one by one."""

    def __init__(self, of: Any, path: str, note: Note) -> None:
        self._of, self._path, self._note = of, path, note

    def __getattr__(self, name: str) -> Any:
        made = getattr(type(self._of), name, None)
        found = MethodType(made, self) if isfunction(made) else self._seen(name)
        self.__dict__[name] = found
        return found

    def once(self, find: Callable[[Site], Value]) -> Value:
        """What is found once, now read here as well."""
        made, reads = _once(self._of, find)
        for read in reads:
            self._note(read)
        return made

    def gist(self, path: str, id: str) -> Any:
        """A gist of an account, of which nothing else is read here."""
        self._note((path, id))
        return gist_of(self._of, path, id)

    def _seen(self, name: str) -> Any:
        value = getattr(self._of, name)
        of: Any = type(value)
        path, sort = f"{self._path}.{name}" if self._path else name, _sort(of)
        if sort == "words":  # the language is that of all pages
            return value
        if sort == "table":
            return (_Records if path in RECORDS else _Table)(value, path, self._note)
        if sort == "members":
            return _Members(value, path, self._note)
        if sort == "attributes" and path.count(".") < NESTED:
            return _Watched(value, path, self._note)
        self._note((path,))
        return value


@cache
def _sort(of: type[Any]) -> Literal["words", "table", "members", "attributes", "whole"]:
    """How values of a type are read; a table that is computed says all of itself."""
    made = is_dataclass(of)
    if issubclass(of, Words):
        return "words"
    if issubclass(of, Mapping):
        return "whole" if made else "table"
    if issubclass(of, Set):
        return "members"
    return "attributes" if made and not issubclass(of, Record) else "whole"


def entry_of(path: str, key: Any) -> Read:
    """What names an entry can be written down; of one with another key, all is taken for read."""
    if isinstance(key, str):
        return path, key
    names = key if isinstance(key, tuple) and len(key) > 1 else (key,)
    return (path, *names) if all(isinstance(one, str) for one in names) else (path,)


def value(site: Site, path: str) -> Any:
    """What stands at a path, None where nothing does."""
    if path in GISTS:
        return Gists(site, path)
    found: Any = site
    for name in path.removesuffix(KEYS).split("."):
        found = getattr(found, name, None)
    return found


def shortened(site: Site, reads: Set[Read]) -> tuple[Read, ...]:
    """Reads of a site in order, those of most entries of a table as one: pages list all of many."""
    wide = {path for path, count in Counter(one[0] for one in reads).items() if count > ENTRIES}
    columns = {one: _column(one) for one in reads if one[0] in wide}
    whole = {
        column
        for column, count in Counter(filter(None, columns.values())).items()
        if count > ENTRIES and 2 * count > len(value(site, column[0]))
    }
    single = [one for one in reads if columns.get(one) not in whole]
    fields = Counter(one[:2] for one in single if one[0] in RECORDS)
    found = {one[:2] if fields[one[:2]] > FIELDS else one for one in single}
    told = {one for one in found if one[-1] or fields[one[:2]] < 2}
    return tuple(sorted(told | whole))


def _column(read: Read) -> Read | None:
    """What stands for this read and its like of all other entries."""
    path = read[0]
    if len(read) > 2 and path in RECORDS:
        return (path + KEYS, read[2]) if read[2] else (path + KEYS,)
    return None if len(read) == 1 or path.endswith(KEYS) else (path,)


def watched(site: Site, reads: set[Read]) -> Site:
    """The site for pages whose reads are to be gathered."""
    return cast("Site", _Watched(site, "", reads.add))


def shared(find: Callable[[Site], Value]) -> Callable[[Site], Value]:
    """Find once what many parts need; each of them has read all that it follows from.

    It must hold nothing of the site that is noted, such as a record.
    """

    @wraps(find)
    def found(site: Site) -> Value:
        seen: Any = site
        return seen.once(find) if isinstance(seen, _Watched) else _once(site, find)[0]

    return found


def _once(site: Site, find: Callable[[Site], Value]) -> tuple[Value, tuple[Read, ...]]:
    """What is found of a site, and what it follows from."""
    if find not in site.shared:
        reads = set[Read]()
        made = find(watched(site, reads))
        site.shared[find] = made, shortened(site, reads)
    found: tuple[Value, tuple[Read, ...]] = site.shared[find]
    return found
