"""The model in, JSON Schema out: what editors with YAML 1.2 types see, and docs are made from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from briefbook.model import FOLDERS, Book, Glossary, Part, Questions, Quiz, Redirects
from briefbook.model.parts import Source
from briefbook.model.types import ID

Schema = dict[str, Any]

KINDS: dict[str, type[Part]] = {
    "book": Book,
    **{kind: model for kind, (_, model) in FOLDERS.items()},
    "glossary": Glossary,
    "questions": Questions,
    "quiz": Quiz,
    "redirects": Redirects,
}
BY_ID = {"glossary", "quiz", "sources"}
"""Kinds whose file is one map by id."""


class _Generator(GenerateJsonSchema):
    """Pydantic's, which tells no defaults: they are values of ours, and costly to write down."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        """That of the value itself."""
        return self.generate_inner(schema["schema"])


@cache
def schema(kind: str) -> Schema:
    """JSON Schema (draft 7) of a kind of file."""
    model = Source if kind == "sources" else KINDS[kind]
    made = model.model_json_schema(by_alias=True, schema_generator=_Generator)
    defs = made.pop("$defs", {})
    if kind == "sources":
        defs["Source"] = made
        made = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Source"}}
    made = _clean(made)
    if kind in BY_ID:
        inner = made.pop("additionalProperties")
        made["patternProperties"] = {ID: inner}
        made["additionalProperties"] = False
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Briefbook: {kind}",
        **made,
        "$defs": {name: _clean(part) for name, part in sorted(defs.items())},
    }


def _clean(node: Any) -> Any:
    """Without what pydantic adds for itself: titles, and null for what may be missing."""
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    properties = node.get("properties")
    rest = {key: _clean(value) for key, value in node.items() if key not in {"title", "properties"}}
    if properties is not None:
        rest["properties"] = {name: _clean(value) for name, value in properties.items()}
    choices = [choice for choice in rest.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del rest["anyOf"]
        rest = {**choices[0], **rest}
    if "patternProperties" in rest:
        rest["additionalProperties"] = False
    return rest


def resolve(root: Schema, node: Schema) -> Schema:
    """The node, with its reference followed and its own description kept."""
    if "$ref" not in node:
        return node
    target: Schema = root["$defs"][node["$ref"].rpartition("/")[2]]
    return {**target, **{key: value for key, value in node.items() if key != "$ref"}}


def long_form(node: Schema) -> Schema | None:
    """The mapping of a node that may be written short, such as a fact."""
    return next((one for one in node.get("anyOf", ()) if "properties" in one), None)


def is_fact(node: Schema) -> bool:
    """Whether a resolved node takes a value or `{value, source, as_of, checked, note}`."""
    long = long_form(node)
    return long is not None and "checked" in long["properties"]


def fields(root: Schema, node: Schema) -> Iterator[tuple[str, Schema]]:
    """Name and resolved node of each field of a mapping with known fields."""
    for name, child in node.get("properties", {}).items():
        yield name, resolve(root, child)


def item(root: Schema, node: Schema) -> Schema | None:
    """The resolved node of the entries of a list or of a map by id, if it is one."""
    if "items" in node and isinstance(node["items"], dict):
        return resolve(root, node["items"])
    for inner in node.get("patternProperties", {}).values():
        return resolve(root, inner)
    return None


def at(root: Schema, path: tuple[str | int, ...]) -> Schema | None:
    """The node for a path of keys and positions, or None where nothing is known."""
    node = root
    for part in path:
        known = node.get("properties", {})
        if isinstance(part, str) and part in known:
            node = resolve(root, known[part])
        elif long := long_form(node):
            if part not in long["properties"]:
                return None
            node = resolve(root, long["properties"][str(part)])
        else:
            inner = item(root, node)
            if inner is None:
                return None
            node = inner
    return node
