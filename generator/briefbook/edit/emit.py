"""A tree and what the model says of it in, new YAML text out, in the form that `format` keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefbook.edit.known import EACH, Known, Steps, known
from briefbook.edit.layout import INDENT
from briefbook.edit.scalar import block, written


def inline(data: Any) -> str:
    """A value in brackets, or a text that can stand in them."""
    if isinstance(data, str):
        return written(data, flow=True)
    if isinstance(data, Mapping):
        pairs = (f"{written(key, flow=True)}: {inline(one)}" for key, one in data.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(map(inline, data))}]"


def entry(kind: str, steps: Steps, name: str, data: Any, indent: int) -> list[str]:
    """Lines of a field; the first one is not indented, so that it can stand anywhere."""
    key = written(name, flow=False) + ":"
    if isinstance(data, str):
        return f"{key} {block(data, indent + INDENT)}".split("\n")
    if _short(kind, steps, data):
        return [f"{key} {inline(data)}"]
    return [key, *_below(kind, steps, data, indent + INDENT)]


def _below(kind: str, steps: Steps, data: Any, indent: int) -> list[str]:
    pad = " " * indent
    if isinstance(data, Mapping):
        return fields(kind, steps, data, indent)
    lines = []
    for one in data:
        if isinstance(one, Mapping) and one:
            first, *more = fields(kind, (*steps, EACH), one, indent + INDENT)
            lines += [f"{pad}- {first.strip()}", *more]
        else:
            lines.append(f"{pad}- {inline(one)}")
    return lines


def fields(kind: str, steps: Steps, data: Mapping[str, Any], indent: int) -> list[str]:
    """Lines of the fields of a part, in the order of the model."""
    here = known(kind, steps) or Known()
    place = {name: number for number, name in enumerate(here.fields)}
    lines = []
    for name in sorted(data, key=lambda one: place.get(one, len(place))):
        first, *more = entry(kind, (*steps, here.step(name)), name, data[name], indent)
        lines += [" " * indent + first, *more]
    return lines


def _short(kind: str, steps: Steps, data: Any) -> bool:
    """Whether a map or list reads better on one line: texts by year, a fact, a list of texts."""
    here = known(kind, steps) or Known()
    values = list(data.values()) if isinstance(data, Mapping) else list(data)
    texts = all(isinstance(one, str) and len(one) < 60 and "\n" not in one for one in values)
    if isinstance(data, Mapping):
        return not data or (texts and (here.fact or here.many in ("years", "map")))
    return texts
