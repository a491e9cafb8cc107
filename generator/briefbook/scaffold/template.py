"""A kind and an id in, the commented text of a new file out, made from the model."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from briefbook.reference import Field, tree, way
from briefbook.source import read

_COLUMN = 44
_OWN_ID = "An id of your own"
_OTHER = "Instead of "
"""How the help of a field begins that excludes the one before it."""
_KEYS = {"capability": "Id of a capability", "year": "A year"}
_PAGE = """# {title}

## What it is for

Say in two sentences whom this page helps, and with what.

## The rule

Write the rule itself, with its numbers.

## An example

The block below draws the fullest record of the site; `ref:account/some-id` after it names one.

```example answers
```

## How to write it

```fields account in_short
```

## Common mistakes

- The mistake that is made most often.

## Where it comes from

Name the source, and link to it as `ref:source/some-id`.
"""
_INTRO = """\
## Take the comment mark away from a field to use it; what you do not know may stay away.
## A fact may carry its evidence: `field: {value: ..., source: annual-report, as_of: 2025-12-31}`.
"""


def template(kind: str, id: str) -> str:
    """The text of a new record: what is required filled in, all else as comment with its help."""
    if kind == "page":
        return _PAGE.format(title=_title(id))
    blocks = sorted(tree(kind), key=lambda field: not field.required)
    out = [f"# yaml-language-server: $schema=../../.schema/{kind}.json", _INTRO.rstrip()]
    seen: set[str] = set()
    apart = False
    for field in blocks:
        lines = _block(field, 0, seen)
        if field.name == "name":
            lines = [(f"name: {_title(id)}", field.help)]
        if apart or len(lines) > 1:
            out.append("")
        apart = len(lines) > 1
        mark = "" if field.required else "# "
        out += [_line(mark + text, help) for text, help in lines]
    return "\n".join(out) + "\n"


def commented(kind: str, paths: Sequence[str]) -> str:
    """The lines of some fields with their help, each below the fields that hold it.

    A path is one of `reference.way`; what two of them share is written once.
    """
    out: list[tuple[str, str]] = []
    above: tuple[Field, ...] = ()
    for path in paths:
        *held, field = way(kind, path)
        for depth, one in enumerate(held):
            if one not in above:
                out += _head(one, _depth(held[:depth]))
        above = tuple(held)
        out += _block(field, _depth(held), set())
    wide = min(max((len(text) for text, help in out if help), default=0), _COLUMN)
    return "\n".join(f"{text.ljust(wide)}  # {help}" if help else text for text, help in out)


def _depth(held: Sequence[Field]) -> int:
    """The indentation below some fields: a map by id takes two steps."""
    return sum(4 if one.many else 2 for one in held)


def _head(field: Field, indent: int) -> list[tuple[str, str]]:
    lines = [(" " * indent + field.name + ":", "")]
    if field.many:
        key = _entries(field, _data(field.example))[0][0] if field.many == "map" else "-"
        lines.append((" " * (indent + 2) + key + (":" if field.many == "map" else ""), ""))
    return lines


def _title(id: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in id.split("-") if word)


def _line(text: str, help: str) -> str:
    return f"{text.ljust(_COLUMN)}  # {help}" if help else text


def _block(field: Field, indent: int, seen: set[str], told: Any = None) -> list[tuple[str, str]]:
    """Lines of a field and their help; a part that was shown once returns as its example.

    What the example of the part above says of a field, `told`, goes before the field's own
    example: so examples that belong together agree.
    """
    start = " " * indent + field.name + ":"
    if not field.fields or field.short or field.part in seen or _tiny(field):
        example = field.example if told is None else _flow(told)
        return [(f"{start} {example}", _help(field))]
    seen.add(field.part)
    lines = [(start, _help(field))]
    entries = _entries(field, _data(field.example) if told is None else told)
    key, first = entries[0]
    if field.many == "map":
        indent += 2
        lines.append((" " * indent + key + ":", _KEYS.get(field.keys, _OWN_ID)))
    lines += _inner(field, indent, seen, first if isinstance(first, dict) else {})
    at = indent if field.many == "map" else indent + 2
    return lines + [(" " * at + f"{key} {_flow(one)}".lstrip(), "") for key, one in _more(entries)]


def _inner(
    field: Field, indent: int, seen: set[str], told: dict[str, Any]
) -> list[tuple[str, str]]:
    """The fields of a part; the first one of a list's entry carries its dash."""
    deeper = indent + (4 if field.many == "list" else 2)
    inner: list[tuple[str, str]] = []
    for child in field.fields:
        block = _block(child, deeper, seen, told.get(child.name))
        inner += [_aside(line) for line in block] if child.help.startswith(_OTHER) else block
    if field.many == "list":
        text, help = inner[0]
        inner[0] = (" " * (indent + 2) + "- " + text.lstrip(), help)
    return inner


def _aside(line: tuple[str, str]) -> tuple[str, str]:
    """A line that stays a comment when those around it are used."""
    text = line[0].lstrip()
    return " " * (len(line[0]) - len(text)) + "# " + text, line[1]


def _entries(field: Field, data: Any) -> list[tuple[str, Any]]:
    """What an example holds: by id, one after the other, or as the only one."""
    if field.many == "map":
        return list(data.items()) if isinstance(data, dict) else [("some-id", None)]
    if field.many == "list":
        return [("-", one) for one in data] if isinstance(data, list) else [("-", None)]
    return [("", data)]


def _more(entries: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """All entries but the first, which is shown with every field."""
    return [(key if key == "-" else f"{key}:", one) for key, one in entries[1:]]


def _data(example: str) -> Any:
    parsed, _ = read(f"x: {example}".encode(), "example.yml")
    return parsed.data["x"] if parsed else example


def _flow(data: Any) -> str:
    """A value on one line, quoted where a sign of YAML would end it."""
    if isinstance(data, dict):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in data.items())}}}"
    if isinstance(data, list):
        return f"[{', '.join(map(_flow, data))}]"
    return json.dumps(data, ensure_ascii=False) if _SIGNS.search(data) else str(data)


_SIGNS = re.compile(r"""[,\[\]{}#"]|: |^[-?:&*!|>'%@`]""")


def _tiny(field: Field) -> bool:
    """Whether a part reads better on one line."""
    return len(field.fields) < 3 and not any(
        child.fields or child.type == "prose" for child in field.fields
    )


def _help(field: Field) -> str:
    choices = ", ".join(field.choices)
    if field.type == "choice" and len(choices) < 60 and field.choices[0] not in field.help:
        return f"{field.help}: {choices}"
    return field.help
