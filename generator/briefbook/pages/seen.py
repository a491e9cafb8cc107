"""A site in; the same site for pages that are made together, and what they have read of it, out.

What pages show follows from what they read and from nothing else. Each entry of a table that is
looked up is noted, also in vain; so is each list of a table's keys, and each other value. As long
as the answers to all of that are the same, the pages would be the same, and are not made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field, is_dataclass
from inspect import isfunction
from types import MethodType
from typing import Any, TypeVar, cast

from briefbook.load import Guide, Record
from briefbook.pages.here import Site
from briefbook.words import Words

Key = TypeVar("Key")
Value = TypeVar("Value")
Read = tuple[str, ...]
"""Names of attributes joined by dots; then, of a table or a set, the one entry that was read."""
Note = Callable[[Read], None]
KEYS = "[]"
"""Stands behind the name of a table whose keys were read, and not yet what stands there."""
NESTED = 2
"""Attributes of the site, and those of its results, are noted one by one; what they hold, whole."""


class _Table(Mapping[Key, Value]):
    """A table whose readers are noted."""

    def __init__(self, of: Mapping[Key, Value], path: str, note: Note) -> None:
        self._of, self._path, self._note = of, path, note

    def __getitem__(self, key: Key) -> Value:
        self._note(_entry(self._path, key))
        return self._of[key]

    def __iter__(self) -> Iterator[Key]:
        self._note((self._path + KEYS,))
        return iter(self._of)

    def __len__(self) -> int:
        self._note((self._path + KEYS,))
        return len(self._of)


class _Members(Set[Key]):
    """A set whose readers are noted."""

    def __init__(self, of: Set[Key], path: str, note: Note) -> None:
        self._of, self._path, self._note = of, path, note

    def __contains__(self, key: object) -> bool:
        self._note(_entry(self._path, key))
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

    def _seen(self, name: str) -> Any:
        value = getattr(self._of, name)
        path = f"{self._path}.{name}".lstrip(".")
        if isinstance(value, Words):  # the language is that of all pages
            return value
        made = is_dataclass(value)
        if isinstance(value, Mapping) and not made:  # one that is computed says all of itself
            return _Table(value, path, self._note)
        if isinstance(value, Set):
            return _Members(value, path, self._note)
        if made and path.count(".") < NESTED and not isinstance(value, (Mapping, Record)):
            return _Watched(value, path, self._note)
        self._note((path,))
        return value


def _entry(path: str, key: Any) -> Read:
    """What names an entry can be written down; of one with another key, all is taken for read."""
    names = key if isinstance(key, tuple) and len(key) > 1 else (key,)
    return (path, *names) if all(isinstance(one, str) for one in names) else (path,)


def watched(site: Site, reads: set[Read]) -> Site:
    """The site for pages whose reads are to be gathered."""
    return cast("Site", _Watched(site, "", reads.add))


@dataclass(frozen=True, slots=True)
class Answers:
    """What a site says to those who read of it, each thing in short and found once."""

    site: Site
    found: dict[Read, str] = field(default_factory=dict)

    def of(self, read: Read) -> str:
        """SHA-256 over the answer to one read."""
        if read not in self.found:
            self.found[read] = hashlib.sha256(self._said(read).encode()).hexdigest()
        return self.found[read]

    def _said(self, read: Read) -> str:
        """All of a value, for one that differs must not pass as the same; "" where none is."""
        path, *entry = read
        value: Any = self.site
        for name in path.removesuffix(KEYS).split("."):
            value = getattr(value, name, None)
        if path.endswith(KEYS):
            return repr(tuple(value or ()))
        key = entry[0] if len(entry) == 1 else tuple(entry)
        if entry and isinstance(value, Mapping):
            return self._text(value[key]) if key in value else ""
        if entry and isinstance(value, Set):
            return str(key in value)
        return self._text(value)

    def _text(self, value: Any) -> str:
        if isinstance(value, (Record, Guide)):
            return self.site.content.digests.get(value.file, "")
        return repr(sorted(value) if isinstance(value, Set) else value)
