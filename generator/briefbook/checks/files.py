"""Content in, every file with its text values and what the schema says of each out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from briefbook.load import Content, Record
from briefbook.model.schema import Schema, item, long_form, resolve, schema
from briefbook.problem import Place
from briefbook.source import Tree

Path = tuple[str | int, ...]
EACH = "*"
"""Stands for any position or id in the steps to a node of the schema."""


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
    """One YAML file that passed its shape check; `value` is its record, or the sources by id."""

    kind: str
    id: str
    value: Any
    tree: Tree
    values: tuple[Value, ...]

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at a path stands, or its key."""
        return self.tree.place(path, key=key)

    def of(self, *types: str) -> Iterator[Value]:
        """The values of some types."""
        return (value for value in self.values if value.type in types)


@dataclass(frozen=True, slots=True)
class _Node:
    """What the schema says of one place: the type of a text there, and what a reference means."""

    type: str = ""
    refers_to: str = ""
    keys: str = ""
    known: frozenset[str] = frozenset()


def files(content: Content) -> Iterator[File]:
    """Every file, one at a time: nothing of a file is kept when the next one comes."""
    tops: tuple[Record[Any], ...] = (
        content.book, content.glossary, content.questions, content.quiz,
        content.redirects,
    )  # fmt: skip
    for record in chain(tops, content.records()):
        yield _file(record.kind, record.id, record.value, record.tree)
    if content.sources_tree and ("sources", "") not in content.broken:
        yield _file("sources", "sources", content.sources, content.sources_tree)


def _file(kind: str, id: str, value: Any, tree: Tree) -> File:
    values: list[Value] = []
    _gather(kind, tree.data, (), (), values)
    return File(kind, id, value, tree, tuple(values))


def _gather(kind: str, data: Any, path: Path, steps: tuple[str, ...], values: list[Value]) -> None:
    """Add the values below a path; a list that grows costs half of what nested generators do."""
    node = _node(kind, steps)
    if isinstance(data, str):
        values.append(Value(path, steps, data, node.type, node.refers_to))
    elif isinstance(data, list):
        for index, each in enumerate(data):
            _gather(kind, each, (*path, index), (*steps, EACH), values)
    else:
        for name, each in data.items():
            if node.keys:
                values.append(Value((*path, name), (*steps, EACH), name, "id", node.keys, key=True))
            step = name if name in node.known else EACH
            _gather(kind, each, (*path, name), (*steps, step), values)


@cache
def _node(kind: str, steps: tuple[str, ...]) -> _Node:
    root = schema(kind)
    found = _schema(root, steps)
    if found is None:
        return _Node()
    long = long_form(found) or found
    text = next(iter(found.get("anyOf", ())), found)
    return _Node(
        type=str(text.get("x-type", "")),
        refers_to=str(text.get("x-ref", "")),
        keys=str(found.get("x-keys", "")),
        known=frozenset(long.get("properties", ())),
    )


def _schema(root: Schema, steps: tuple[str, ...]) -> Schema | None:
    node: Schema | None = root
    for step in steps:
        if node is None:
            return None
        long = long_form(node) or node
        inner = long.get("properties", {}).get(step)
        node = resolve(root, inner) if inner is not None else _entry(root, node)
    return node


def _entry(root: Schema, node: Schema) -> Schema | None:
    """The node of the entries of a list, of a map by id, or of a value that may be a list."""
    for option in (node, *node.get("anyOf", ())):
        if found := item(root, option):
            return found
    more = node.get("additionalProperties")
    return resolve(root, more) if isinstance(more, dict) else None


def described(kind: str, path: Path) -> frozenset[str]:
    """The fields that the schema knows at a path of a file of this kind."""
    steps: tuple[str, ...] = ()
    for part in path:
        known = _node(kind, steps).known
        steps = (*steps, part if isinstance(part, str) and part in known else EACH)
    return _node(kind, steps).known


def references_known(kind: str) -> frozenset[str]:
    """Every kind of reference that the schema of a kind of file names."""
    return frozenset(_named(schema(kind)))


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node[key] for key in ("x-ref", "x-keys") if isinstance(node.get(key), str))
    if isinstance(node, (dict, list)):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _named(child)
