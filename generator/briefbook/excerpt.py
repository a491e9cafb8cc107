"""The text of a YAML file, its tree and a field in, the lines that write the field out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefbook.source import Marks, Tree

CLOSING = ("}", "]")


def excerpt(text: str, tree: Tree, fields: Sequence[str]) -> str:
    """The lines of some fields as they stand in the file, in its order, each with those above it.

    A field is its path with dots; one that stands within a line in braces gives the whole line.
    """
    lines = text.split("\n")
    return "\n".join(lines[number - 1] for number in numbers(text, tree, fields))


def numbers(text: str, tree: Tree, fields: Sequence[str]) -> tuple[int, ...]:
    """The numbers of these lines, counted from 1."""
    lines = text.split("\n")
    kept = {one for field in fields for one in _lines(lines, tree.marks, field.split("."))}
    return tuple(sorted(kept))


def lines_of(marks: Marks) -> Iterator[int]:
    """Every line on which a key or a value of some part begins."""
    yield marks.at[0]
    for line, _ in marks.keys.values():
        yield line
    for child in marks.children.values():
        yield from lines_of(child) if isinstance(child, Marks) else (child[0],)


def known(tree: Tree, field: str) -> bool:
    """Whether the file writes the field of this path."""
    marks: Marks | None = tree.marks
    for name in field.split("."):
        if marks is None or name not in marks.keys:
            return False
        child = marks.children[name]
        marks = child if isinstance(child, Marks) else None
    return True


def _lines(lines: Sequence[str], marks: Marks, path: Sequence[str]) -> Iterator[int]:
    """Numbers from 1 of the lines of a field and of the keys above it."""
    at: Marks = marks
    for depth, name in enumerate(path):
        line, column = at.keys[name]
        yield line
        child = at.children[name]
        if depth == len(path) - 1:
            yield from _body(lines, line, column)
        elif isinstance(child, Marks):
            at = child


def _body(lines: Sequence[str], first: int, column: int) -> Iterator[int]:
    """What follows the line of a key and belongs to it: what stands deeper, or lists beside it."""
    found = first
    indent = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    if indent + 1 != column:
        return  # within braces: the line is all that can be shown
    for number in range(first + 1, len(lines) + 1):
        text = lines[number - 1].lstrip()
        depth = len(lines[number - 1]) - len(text)
        if text and depth <= indent and not (depth == indent and text.startswith(("- ", *CLOSING))):
            break
        if text and not text.startswith("#"):
            yield from range(found + 1, number + 1)
            found = number
