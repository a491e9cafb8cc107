"""Content in, every file with its text values and what the schema says of each out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from briefbook.load import Content, Record
from briefbook.model.schema import Schema, item, long_form, resolve, schema
from briefbook.problem import Place
from briefbook.source import Packed, Tree

Path = tuple[str | int, ...]
EACH = "*"
"""Stands for any position or id in the steps to a node of the schema."""


_PLAIN = frozenset({
    "choice", "count", "day", "duration", "flag", "number", "period", "points", "share", "when",
    "whole",
})  # fmt: skip
"""Types of which every text in ASCII is as good as another: nothing is left to check."""


WRITTEN = ("line", "prose", "measure")
"""Types of texts that people write as they like."""


class Value(NamedTuple):
    """A text of a file: its path, what type the schema names, and to what it refers.

    `steps` is the path with `*` for positions and ids; `key` is true where a key refers.
    """

    path: Path
    steps: tuple[str, ...]
    text: str
    type: str
    refers_to: str
    key: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """One YAML file that passed its shape check; `value` is its record, or the sources by id.

    `values` are those that are names, prose, amounts or references, or not in ASCII. `text` is all
    lines and prose: what is not in it is in none of them, and need not be looked for in each.
    """

    kind: str
    id: str
    value: Any
    tree: Tree
    values: tuple[Value, ...]
    text: str

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at a path stands, or its key."""
        return self.tree.place(path, key=key)

    def of(self, *types: str) -> Iterator[Value]:
        """The values of some types."""
        return (value for value in self.values if value.type in types)


@dataclass(slots=True)
class _Node:
    """What the schema says of one place: the type of a text there, and what a reference means.

    `below` are the places within it that have been asked for.
    """

    root: Schema
    schema: Schema | None
    steps: tuple[str, ...]
    type: str = ""
    refers_to: str = ""
    keys: str = ""
    plain: bool = False
    known: frozenset[str] = frozenset()
    below: dict[str | int, _Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.schema is not None:
            text = next(iter(self.schema.get("anyOf", ())), self.schema)
            self.type = str(text.get("x-type", ""))
            self.refers_to = str(text.get("x-ref", ""))
            self.keys = str(self.schema.get("x-keys", ""))
            self.plain = self.type in _PLAIN
            self.known = frozenset(_properties(self.schema))

    def at(self, name: str | int) -> _Node:
        """The place of a field, or of any entry where no field has the name."""
        step = name if name in self.known else EACH
        found = self.below.get(step)
        if found is None:
            inner = _inner(self.root, self.schema, str(step))
            found = self.below[step] = _Node(self.root, inner, (*self.steps, str(step)))
        return found


class Closed(NamedTuple):
    """A file that nobody has looked into yet."""

    kind: str
    id: str
    value: Any
    tree: Packed | Tree

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.tree.file


def files(content: Content) -> Iterator[Closed]:
    """Every file that passed its shape check."""
    tops: tuple[Record[Any], ...] = (
        content.book, content.glossary, content.questions, content.quiz,
        content.redirects,
    )  # fmt: skip
    for record in chain(tops, content.records()):
        yield Closed(record.kind, record.id, record.value, record.packed)
    if content.sources_tree and ("sources", "") not in content.broken:
        yield Closed("sources", "sources", content.sources, content.sources_tree)


def opened(one: Closed) -> File:
    """A file to be checked: one at a time, for of none anything is kept when the next one comes."""
    tree = one.tree if isinstance(one.tree, Tree) else one.tree.tree
    values: list[Value] = []
    _gather(_top(one.kind), tree.data, (), values)
    text = "\n".join(value.text for value in values if value.type in WRITTEN)
    return File(one.kind, one.id, one.value, tree, tuple(values), text)


def _gather(node: _Node, data: Any, path: Path, values: list[Value]) -> None:
    """Add the values below a path; a list that grows costs half of what nested generators do."""
    pairs: Iterable[Any] = data.items() if isinstance(data, dict) else enumerate(data)
    keys, below = node.keys, node.below
    for name, each in pairs:
        at = below.get(name) or node.at(name)
        if keys:
            values.append(Value((*path, name), at.steps, name, "id", keys, key=True))
        if not isinstance(each, str):
            _gather(at, each, (*path, name), values)
        elif not at.plain or not each.isascii():
            values.append(Value((*path, name), at.steps, each, at.type, at.refers_to))


@cache
def _top(kind: str) -> _Node:
    root = schema(kind)
    return _Node(root, root, ())


def _properties(node: Schema) -> Schema:
    found: Schema = (long_form(node) or node).get("properties", {})
    return found


def _inner(root: Schema, node: Schema | None, step: str) -> Schema | None:
    if node is None:
        return None
    inner = _properties(node).get(step)
    return resolve(root, inner) if inner is not None else _entry(root, node)


def _entry(root: Schema, node: Schema) -> Schema | None:
    """The node of the entries of a list, of a map by id, or of a value that may be a list."""
    for option in (node, *node.get("anyOf", ())):
        if found := item(root, option):
            return found
    more = node.get("additionalProperties")
    return resolve(root, more) if isinstance(more, dict) else None


def described(kind: str, path: Path) -> frozenset[str]:
    """The fields that the schema knows at a path of a file of this kind."""
    node = _top(kind)
    for part in path:
        node = node.at(part)
    return node.known


def references_known(kind: str) -> frozenset[str]:
    """Every kind of reference that the schema of a kind of file names."""
    return frozenset(_named(schema(kind)))


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node[key] for key in ("x-ref", "x-keys") if isinstance(node.get(key), str))
    if isinstance(node, (dict, list)):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _named(child)
