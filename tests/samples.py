"""A kind in, a record with every field of it out: made from the examples of the schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from briefbook.model.schema import Schema, is_fact, item, long_form, resolve, schema
from briefbook.source import Tree, read
from tests.browser import REPO

CORPORA = REPO / "tests" / "corpora"
PLAIN = re.compile(r"[^\W_](?:[\w./%-]| (?=[\w./%-]))*")
DEPTH = 9
Path_ = tuple[str | int, ...]


def tree(text: str, file: str = "accounts/x.yml") -> Tree:
    """The tree of a text that is sound YAML."""
    made, problems = read(text.encode(), file)
    assert made is not None, problems
    return made


@cache
def full(kind: str) -> dict[str, Any]:
    """A record with every field, each with its own example."""
    root = schema(kind)
    made: dict[str, Any] = _full(root, root, "", 0)
    return made


def _full(root: Schema, node: Schema, example: str, depth: int) -> Any:
    node = resolve(root, node)
    example = (node.get("examples") or [example])[0]
    short = {"value": example} if is_fact(node) else {}
    node = long_form(node) or node
    if "properties" in node and (node["properties"] or depth):
        fields = node["properties"].items()
        return {
            name: short.get(name) or _full(root, one, "", depth + 1)
            for name, one in fields
            if depth < DEPTH - 2 or not _nests(root, one)
        }
    inner = item(root, node)
    if inner is None or not _nests(root, inner):
        return _read(example)
    parsed = _read(example)
    first = next(iter(parsed.values()), "") if isinstance(parsed, dict) else ""
    made = _full(root, inner, first if isinstance(first, str) else "", depth + 1)
    return [made] if "items" in node else {_key(node): made}


def _nests(root: Schema, node: Schema) -> bool:
    node = resolve(root, node)
    return "properties" in (long_form(node) or node) or item(root, node) is not None


def _key(node: Schema) -> str:
    return "2025" if any("(FY)" in pattern for pattern in node["patternProperties"]) else "some-id"


def _read(example: str) -> Any:
    made, _ = read(f"x: {example}".encode(), "example.yml")
    return made.data["x"] if made else example


def written(data: Mapping[str, Any]) -> str:
    """A tree in block style, scalars plain where that is safe."""
    return "\n".join(_lines(data, 0)) + "\n"


def scalar(value: str) -> str:
    """A scalar as it stands in the text."""
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _lines(data: Any, indent: int) -> Iterator[str]:
    pairs = (
        ((f"{scalar(key)}:", value) for key, value in data.items())
        if isinstance(data, Mapping)
        else (("-", value) for value in data)
    )
    for head, value in pairs:
        if isinstance(value, str):
            yield f"{' ' * indent}{head} {scalar(value)}"
        elif not value:
            yield f"{' ' * indent}{head} {'{}' if isinstance(value, Mapping) else '[]'}"
        else:
            yield f"{' ' * indent}{head}"
            yield from _lines(value, indent + 2)


def walk(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every node below the root with its path."""
    pairs = data.items() if isinstance(data, Mapping) else enumerate(data)
    for step, value in pairs:
        yield (*path, step), value
        if not isinstance(value, str):
            yield from walk(value, (*path, step))


def replaced(data: Any, path: Path_, value: Any) -> Any:
    """A copy of a tree with another value at a path."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(data, Mapping):
        return {k: replaced(v, rest, value) if k == head else v for k, v in data.items()}
    return [replaced(v, rest, value) if n == head else v for n, v in enumerate(data)]


def book(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A content folder with a book and these files."""
    for name, text in {"book.yml": "name: Northstar CRM\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder
