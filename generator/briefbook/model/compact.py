"""A type in, what reads it out: as the type does itself, but with records of a third of the memory.

A thousand accounts are a hundred thousand parts. What pydantic makes is a part with a `__dict__`
of its own; so parts are made here, of the fields that pydantic has read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator

from briefbook.model.types import Part

Fields = tuple[dict[str, Any], dict[str, Any] | None, set[str]]
"""Values by name, what is beyond the known fields where that is allowed, and what was written."""

SMALL, ALIKE = 4, 1 << 12
"""Written fields of a part that others may be the same as, and how many parts are remembered."""
_ALIKE: dict[tuple[Any, ...], Part] = {}
_WRITTEN: dict[frozenset[str], set[str]] = {}
_put = object.__setattr__


@cache
def reader(type_: Any) -> Callable[[Any], Any]:
    """What makes a value of the type of what was written, or raises a ValidationError."""
    return SchemaValidator(_compact(TypeAdapter(type_).core_schema)).validate_python


_WITHIN = frozenset(
    "schema definitions items_schema keys_schema values_schema extras_schema".split()
)
"""Where a schema holds others."""


def _compact(node: Any, extra: str = "forbid") -> Any:
    """The same schema, but that parts are made by us."""
    if isinstance(node, list):
        return [_compact(one) for one in node]
    if node["type"] == "model":
        inner = _compact(node["schema"], node["config"]["extra_fields_behavior"])
        made = {"type": "function-after", "schema": inner,
                "function": {"type": "no-info", "function": _maker(node["cls"])}}  # fmt: skip
        return made | ({"ref": node["ref"]} if "ref" in node else {})
    made = {key: _compact(value, extra) if key in _WITHIN else value for key, value in node.items()}
    if node["type"] == "model-fields":
        made["fields"] = {name: _compact(field) for name, field in node["fields"].items()}
        made["extra_behavior"] = extra
    return made


def _maker(model: type[Part]) -> Callable[[Fields], Part]:
    def make(fields: Fields) -> Part:
        """A part of fields that were read.

        Attributes that are set one by one share their names with all parts of the class, and the
        same fields are written again and again. So are small parts: one of which the very same is
        written stands for all of them.
        """
        values, extra, written = fields
        written = _WRITTEN.setdefault(frozenset(written), written)
        key: tuple[Any, ...] = ()
        if extra is None and len(written) <= SMALL:
            key = (model, id(written), *map(id, map(values.get, written)))
            if alike := _ALIKE.get(key):
                return alike
        lean = object.__new__(model)
        for name, value in values.items():
            _put(lean, name, value)
        _put(lean, "__pydantic_fields_set__", written)
        _put(lean, "__pydantic_extra__", extra)
        _put(lean, "__pydantic_private__", None)
        if key:
            _remember(key, lean)
        return lean

    return make


def _remember(key: tuple[Any, ...], part: Part) -> None:
    if len(_ALIKE) >= ALIKE:
        _ALIKE.clear()
    _ALIKE[key] = part
