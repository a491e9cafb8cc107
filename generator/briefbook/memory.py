"""A function and what it is asked about in, its answer out: that of last time where it must be.

A process that builds again and again changes few files between. Of every other file the very same
record comes back, and what follows from it alone is not computed again. Whatever is asked here
must therefore follow from its arguments and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, TypeVarTuple

from briefbook.problem import Problem

if TYPE_CHECKING:
    from briefbook.load import Content, Known


class OfFile(Protocol):
    """What a file says, or a part of that."""

    @property
    def file(self) -> str:
        """The name of the file."""


Args = TypeVarTuple("Args")
Thing = TypeVar("Thing", bound=OfFile)
Answer = TypeVar("Answer")
Problems = tuple[Problem, ...]
Read = tuple[str, Any]
"""The name of a table of the content and what was looked up in it; with None, all of its keys."""
TABLES = ("industries", "companies", "accounts", "strategies", "sources", "guides")
_PLAIN = frozenset({str, date, bool, frozenset})
SINGLE = ("book", "glossary", "questions", "quiz", "redirects", "broken")


class Calls:
    """Asks every time anew, as a process does that builds once."""

    def of(self, function: Callable[[*Args], Answer], *args: *Args) -> Answer:
        """What a function says."""
        return function(*args)

    def alone(
        self, function: Callable[[Thing, *Args], Answer], thing: Thing, *args: *Args
    ) -> Answer:
        """What a function says of a thing, of those at the top of the content and of the day."""
        return function(thing, *args)

    def each(
        self,
        function: Callable[[Content, Thing], Problems],
        content: Content,
        things: Iterable[Thing],
    ) -> Iterator[Problems]:
        """What a function says of each thing, which may look up others of the content for it."""
        for one in things:
            yield function(content, one)


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer; the arguments are held so that no other object takes the place of one."""

    answer: Any
    args: tuple[Any, ...]
    reads: Mapping[Read, Any] = field(default_factory=dict)


class Memory(Calls):
    """Asks again only if an argument is another object, or something that was looked up is.

    `files` is what was read, `built` the release that was made of it, as the cache has it.
    """

    def __init__(self) -> None:
        self.files: Known = {}
        self.built: object = None
        self._before: dict[Hashable, _Said] = {}
        self._now: dict[Hashable, _Said] = {}
        self._sources: Mapping[str, Any] = {}

    def of(self, function: Callable[[*Args], Answer], *args: *Args) -> Answer:
        """What a function says, or said of the very same."""
        key = (function, _sign(args))
        said = self._known(key) or _Said(function(*args), args)
        self._now[key] = said
        answer: Answer = said.answer
        return answer

    def each(
        self,
        function: Callable[[Content, Thing], Problems],
        content: Content,
        things: Iterable[Thing],
    ) -> Iterator[Problems]:
        """The same, as long as all that it has looked up in the content is what it was."""
        single = tuple(getattr(content, name) for name in SINGLE)
        about, reads = _sign(single), dict[Read, Any]()
        watched = noting(content, reads)
        for one in things:
            key = (function, about, _sign(one))
            said = self._known(key)
            if said is None or not _same(content, said.reads):
                reads.clear()
                said = _Said(function(watched, one), (single, one), reads.copy())
            self._now[key] = said
            yield said.answer

    def settled(self, content: Content) -> Content:
        """The content with the sources of last time, if they say the same: no file is theirs."""
        if content.sources != self._sources:
            self._sources = content.sources
        return replace(content, sources=self._sources)

    def forget(self) -> None:
        """After all was asked: keep no more than the answers to that."""
        self._before, self._now = self._now, {}

    def _known(self, key: Hashable) -> _Said | None:
        return self._now.get(key) or self._before.get(key)


def _sign(value: Any) -> Hashable:
    """What two values have in common only if they are one, or plain and the same."""
    kind = type(value)
    if kind in _PLAIN:
        return kind, value
    return (kind, *map(_sign, value)) if isinstance(value, tuple) else id(value)


class _Table(Mapping[str, Any]):
    """A table that notes what it was asked for and what it said."""

    def __init__(self, of: Mapping[str, Any], name: str, reads: dict[Read, Any]) -> None:
        self._of, self._name, self._reads = of, name, reads

    def __getitem__(self, key: str) -> Any:
        self._reads[self._name, key] = self._of.get(key)
        return self._of[key]

    def __iter__(self) -> Iterator[str]:
        self._reads[self._name, None] = tuple(self._of)
        return iter(self._of)

    def __len__(self) -> int:
        self._reads[self._name, None] = tuple(self._of)
        return len(self._of)


def noting(content: Content, reads: dict[Read, Any]) -> Content:
    """The content for a function whose look-ups are to be gathered."""
    tables: Any = {name: _Table(getattr(content, name), name, reads) for name in TABLES}
    return replace(content, sources_tree=None, digests={}, quoted={}, **tables)


def _same(content: Content, reads: Mapping[Read, Any]) -> bool:
    for (name, key), said in reads.items():
        table = getattr(content, name)
        if tuple(table) != said if key is None else table.get(key) is not said:
            return False
    return True
