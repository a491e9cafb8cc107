"""The model's schema in, every field of every kind as plain data for docs and templates out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefbook.model import FOLDERS
from briefbook.model.schema import KINDS, Schema, fields, is_fact, long_form, resolve, schema

Many = Literal["", "list", "map"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the model with its parts.

    `many` says whether the value is a list or a map by id of such values; `part` is the name of
    the mapping that a value is, empty for text; `short` names the field that may stand alone.
    """

    name: str
    type: str
    help: str
    example: str
    required: bool = False
    fact: bool = False
    many: Many = ""
    keys: str = ""
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    part: str = ""
    short: str = ""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldReference:
    """One row of the field reference; `path` has `[]` for a list and `<id>` for a map by id."""

    path: str
    type: str
    required: bool
    help: str
    example: str
    fact: bool
    choices: tuple[str, ...]
    refers_to: str


@dataclass(frozen=True, slots=True)
class KindReference:
    """A kind of file: where it lies, what it is, and its fields in the order of the model."""

    kind: str
    place: str
    help: str
    fields: tuple[FieldReference, ...]


@cache
def reference() -> tuple[KindReference, ...]:
    """The field reference of all kinds of file."""
    return tuple(
        KindReference(kind, _place(kind), _help(kind), tuple(_rows(tree(kind), _root(kind))))
        for kind in (*KINDS, "sources")
    )


@cache
def tree(kind: str) -> tuple[Field, ...]:
    """The fields of a kind with their parts; where a part holds itself, the inner one is empty."""
    root = schema(kind)
    inner = _entries(root)
    return _fields(root, resolve(root, inner) if inner else root, ())


def way(kind: str, path: str) -> tuple[Field, ...]:
    """The field at a path as the reference writes it, after those above it; empty if none is."""
    found: list[Field] = []
    below = tree(kind)
    for name in _SHAPES.sub("", path).split("."):
        one = next((field for field in below if field.name == name), None)
        if one is None:
            return ()
        found.append(one)
        below = one.fields
    return tuple(found)


_SHAPES = re.compile(r"\.<[a-z]+>|\[\]")
"""What a path has for an id, a year or a list."""


def _place(kind: str) -> str:
    return f"{FOLDERS[kind][0]}/<id>.yml" if kind in FOLDERS else f"{kind}.yml"


def _help(kind: str) -> str:
    return str(schema(kind).get("description", "Where facts come from, by id."))


def _root(kind: str) -> str:
    return "<id>." if _entries(schema(kind)) else ""


def _entries(node: Schema) -> Schema | None:
    """What the entries of a map by id are, unresolved."""
    return next(iter(node.get("patternProperties", {}).values()), None)


def _fields(root: Schema, node: Schema, above: tuple[str, ...]) -> tuple[Field, ...]:
    needed = set(node.get("required", ()))
    return tuple(
        _field(root, name, name in needed, node["properties"][name], child, above)
        for name, child in fields(root, node)
    )


def _field(
    root: Schema, name: str, required: bool, raw: Schema, node: Schema, above: tuple[str, ...]
) -> Field:
    many, keys, value = _repeated(raw, node)
    inner = resolve(root, value) if many else node
    fact, long = is_fact(inner), long_form(inner)
    kind, choices, refers_to = _text(long["properties"]["value"] if fact and long else inner)
    part = "" if fact else str(value.get("$ref", "")).rpartition("/")[2]
    below = _fields(root, long or inner, (*above, part)) if part and part not in above else ()
    return Field(
        name=name, type=kind, required=required, fact=fact, many=many, keys=keys, choices=choices,
        help=str(node.get("description", "")), example=str(node.get("examples", [""])[0]),
        refers_to=refers_to, part=part, short=str(long["required"][0]) if long and not fact else "",
        fields=below,
    )  # fmt: skip


def _repeated(raw: Schema, node: Schema) -> tuple[Many, str, Schema]:
    """Whether a field holds a list or a map, what the map's keys are, and what it holds."""
    if isinstance(node.get("items"), dict):
        return "list", "", node["items"]
    if entries := _entries(node):
        years = "(FY)" in next(iter(node["patternProperties"]))
        return "map", str(node.get("x-keys", "year" if years else "id")), entries
    return "", "currency" if isinstance(node.get("additionalProperties"), dict) else "", raw


def _text(node: Schema) -> tuple[str, tuple[str, ...], str]:
    """Type, choices and kind of reference of a node."""
    options = node.get("anyOf", ())
    if to := node.get("x-ref") or (options and options[0].get("x-ref")):
        return "reference", (), str(to)
    if "properties" in node or options:
        return "fields", (), ""
    return str(node.get("x-type", "text")), tuple(map(str, node.get("enum", ()))), ""


def _rows(children: tuple[Field, ...], prefix: str) -> Iterator[FieldReference]:
    for one in children:
        path = prefix + one.name
        yield _row(path, one)
        step = {"": "", "list": "[]", "map": ".<year>" if one.keys == "year" else ".<id>"}[one.many]
        if one.keys and not one.many:
            yield FieldReference(
                f"{path}.<{one.keys}>", "number", False, one.help, "", False, (), ""
            )
        yield from _rows(one.fields, f"{path}{step}.")


def _row(path: str, one: Field) -> FieldReference:
    label = {"": one.type, "list": f"list of {one.type}", "map": f"{one.type} by {one.keys}"}
    return FieldReference(
        path, label[one.many], one.required, one.help, one.example, one.fact, one.choices,
        one.refers_to,
    )  # fmt: skip
