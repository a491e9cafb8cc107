"""A text in, how YAML writes it out: plain where it can be, in quotes where it must be."""

from __future__ import annotations

import json
import re

_UNSAFE_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`<=")
_BREAKS = re.compile(r": |:$| #|\t|\n|\r|^---|^\.\.\.|^ | $")
_FLOW = re.compile(r"[,\[\]{}]")


def plain(value: str, *, flow: bool) -> bool:
    """Whether a text stays itself without quotes, inside brackets or outside."""
    if not value or not value.isprintable() or _BREAKS.search(value):
        return False
    first = value[0]
    if first in _UNSAFE_FIRST and not (first == "-" and value[1:2].isalnum()):
        return False
    return not (flow and _FLOW.search(value))


def written(value: str, *, flow: bool) -> str:
    """A text on one line."""
    if plain(value, flow=flow):
        return value
    if '"' in value and "\\" not in value and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def block(value: str, indent: int) -> str:
    """A text of several lines as a block of its own, after `key: `; one line where it is one."""
    if "\n" not in value.strip("\n") or value != value.strip() or not _simple(value):
        return written(value, flow=False)
    lines = (" " * indent + line if line else "" for line in value.split("\n"))
    return "|-\n" + "\n".join(lines)


def _simple(value: str) -> bool:
    return all(line == line.rstrip() and line.isprintable() for line in value.split("\n"))
