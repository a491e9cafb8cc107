"""A kind and an id in, the commented text of a new file out, made from the model."""

from __future__ import annotations

import re

from briefbook.reference import Field, tree

_COLUMN = 44
_OWN_ID = "An id of your own"
_KEYS = {"capability": "Id of a capability", "year": "A year"}
_PAGE = """# {title}

Say in two sentences whom this page helps, and with what.

## The rule

Write the rule itself, with its numbers.

## How to write it

Show the fields, and link to a record that does it well.

## Common mistakes

- The mistake that is made most often.

## Where it comes from

Name the source.
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


def _title(id: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in id.split("-") if word)


def _line(text: str, help: str) -> str:
    return f"{text.ljust(_COLUMN)}  # {help}"


def _block(field: Field, indent: int, seen: set[str]) -> list[tuple[str, str]]:
    """Lines of a field and their help; a part that was shown once returns as its example."""
    start = " " * indent + field.name + ":"
    if not field.fields or field.short or field.part in seen or _tiny(field):
        return [(f"{start} {field.example}", _help(field))]
    seen.add(field.part)
    lines = [(start, _help(field))]
    if field.many == "map":
        indent += 2
        lines.append((" " * indent + _key(field.example) + ":", _KEYS.get(field.keys, _OWN_ID)))
    deeper = indent + (4 if field.many == "list" else 2)
    inner = [line for child in field.fields for line in _block(child, deeper, seen)]
    if field.many == "list":
        text, help = inner[0]
        inner[0] = (" " * (indent + 2) + "- " + text.lstrip(), help)
    return lines + inner


def _tiny(field: Field) -> bool:
    """Whether a part reads better on one line."""
    return len(field.fields) < 3 and not any(
        child.fields or child.type == "prose" for child in field.fields
    )


def _key(example: str) -> str:
    found = re.match(r"\{([^:]+):", example)
    return found[1] if found else "some-id"


def _help(field: Field) -> str:
    choices = ", ".join(field.choices)
    if field.type == "choice" and len(choices) < 60 and field.choices[0] not in field.help:
        return f"{field.help}: {choices}"
    return field.help
