"""Maps, lists and texts in, YAML as a person would write it out; much faster than a dumper.

A dict stands in block style, a `Flow` on one line, a list as `- ` items, a tuple as `[a, b]`.
"""

from __future__ import annotations

import json
import re
from typing import Any

_BLOCK = re.compile(r"(?:[^\W_]|-\d)[^:#\"\n]*")
_FLOW = re.compile(r"(?:[^\W_]|-\d)[^:#\",\[\]{}\n]*")


class Flow(dict[str, Any]):
    """A map that is written on one line."""


def document(kind: str, data: dict[str, Any], up: str = "../..") -> bytes:
    """A whole file, with the line that points editors at the schema of its kind."""
    lines = [f"# yaml-language-server: $schema={up}/.schema/{kind}.json"]
    _block(data, "", lines)
    lines.append("")
    return "\n".join(lines).encode()


def _block(data: dict[str, Any], indent: str, lines: list[str]) -> None:
    for key, value in data.items():
        _entry(indent + key + ":", value, indent, lines)


def _entry(start: str, value: Any, indent: str, lines: list[str]) -> None:
    if isinstance(value, str):
        lines.append(f"{start} {_scalar(value, _BLOCK)}")
    elif type(value) is dict:
        lines.append(start)
        _block(value, indent + "  ", lines)
    elif isinstance(value, list):
        lines.append(start)
        for item in value:
            _item(item, indent + "  ", lines)
    else:
        lines.append(f"{start} {_flow(value)}")


def _item(item: Any, indent: str, lines: list[str]) -> None:
    if type(item) is not dict:
        lines.append(f"{indent}- {_flow(item)}")
        return
    first = len(lines)
    _block(item, indent + "  ", lines)
    lines[first] = f"{indent}- {lines[first].lstrip()}"


def _flow(value: Any) -> str:
    if isinstance(value, Flow):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(str(value), _FLOW)


def _scalar(text: str, plain: re.Pattern[str]) -> str:
    return text if plain.fullmatch(text) else json.dumps(text, ensure_ascii=False)
