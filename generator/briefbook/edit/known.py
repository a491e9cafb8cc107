"""A kind of file and the way to a part of it in, what the model says of that part out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefbook.edit.order import ordered
from briefbook.model.schema import Schema, is_fact, item, long_form, resolve, schema

EACH = "*"
"""Stands for any position or id in the steps to a part."""
Steps = tuple[str, ...]
Many = Literal["", "list", "map", "years"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a part may be: a text of a type, fields in their order, a list, or a map by id.

    `short` is the field that may stand for the whole part; `refers_to` and `keys` name what a
    text and the keys of a map refer to.
    """

    type: str = ""
    refers_to: str = ""
    keys: str = ""
    choices: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    short: str = ""
    fact: bool = False
    many: Many = ""
    loose: bool = False
    help: str = ""

    def step(self, key: str | int) -> str:
        """How a key is named in the steps to what it holds."""
        return key if isinstance(key, str) and key in self.fields else EACH

    @property
    def text(self) -> bool:
        """Whether it can be a text."""
        return bool(self.type or self.refers_to or self.choices)


@cache
def known(kind: str, steps: Steps) -> Known | None:
    """What the model says of a part of a file of this kind; None where it knows nothing."""
    root = schema(kind)
    node: Schema | None = root
    for step in steps:
        if node is None:
            return None
        node = _below(root, node, step)
    return None if node is None else _known(root, node)


def way(kind: str, path: Sequence[str | int]) -> Steps | None:
    """The steps of a path of keys and positions, None where the model knows nothing of it."""
    steps: Steps = ()
    for key in path:
        here = known(kind, steps)
        if here is None:
            return None
        steps = (*steps, here.step(key))
    return steps if known(kind, steps) else None


def _below(root: Schema, node: Schema, step: str) -> Schema | None:
    long = long_form(node) or node
    inner = long.get("properties", {}).get(step)
    if inner is not None:
        return resolve(root, inner)
    if step != EACH:
        return None
    for option in (node, *node.get("anyOf", ())):
        if found := item(root, option):
            return found
    more = node.get("additionalProperties")
    return resolve(root, more) if isinstance(more, dict) else None


def _known(root: Schema, node: Schema) -> Known:
    long = long_form(node)
    inner = (long or node).get("properties", {})
    options = node.get("anyOf", ())
    text = next((resolve(root, one) for one in options), node) if options else node
    needed = tuple((long or node).get("required", ()))
    return Known(
        type=str(text.get("x-type", "")),
        refers_to=str(text.get("x-ref", "")),
        keys=str(node.get("x-keys", "")),
        choices=tuple(map(str, text.get("enum", ()))),
        fields=ordered(tuple(inner)),
        required=needed,
        short=needed[0] if long else "",
        fact=is_fact(node),
        many=_many(node),
        loose=isinstance(node.get("additionalProperties"), dict),
        help=str(node.get("description", "")),
    )


def _many(node: Schema) -> Many:
    if isinstance(node.get("items"), dict):
        return "list"
    patterns = tuple(node.get("patternProperties", ()))
    return ("years" if "(FY)" in patterns[0] else "map") if patterns else ""
