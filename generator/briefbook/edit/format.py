"""Bytes of a content file in, its one canonical form out, or the problems that forbid it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from briefbook.decode import RefusedError, decode
from briefbook.edit.canonical import canonical
from briefbook.edit.known import EACH, Known, Steps, known
from briefbook.edit.layout import Layout
from briefbook.edit.problem import EditError
from briefbook.edit.records import PAGE, checked, kind_of, limits
from briefbook.edit.syntax import Source, comments, parse
from briefbook.problem import Place, Problem, error
from briefbook.source import Tree, read

_CODE = re.compile(r"U\+([0-9A-F]{4,6})")


@dataclass(frozen=True, slots=True)
class Formatted:
    """The canonical bytes of a file; with problems they are the bytes that came in."""

    raw: bytes
    problems: tuple[Problem, ...] = ()


def formatted(raw: bytes, file: str) -> Formatted:
    """The canonical form of a file; one with an error stays untouched."""
    try:
        text = _visible(raw, file)
    except RefusedError as refused:
        return Formatted(raw, (refused.problem,))
    if kind_of(file) == PAGE:
        return Formatted(_page(text).encode())
    found = checked(text.encode(), file)
    if found.problems or found.tree is None:
        return Formatted(raw, found.problems)
    try:
        return Formatted(_yaml(text, file, found.tree).encode())
    except EditError as bad:
        return Formatted(raw, (error("not-formatted", Place(file), str(bad)),))


def _visible(raw: bytes, file: str) -> str:
    """The text of a file in NFC without the characters that nobody sees; others are refused."""
    while True:
        try:
            return decode(raw, file, limits(file))
        except RefusedError as refused:
            found = _CODE.search(refused.problem.message)
            if refused.problem.rule != "invisible-character" or not found:
                raise
            raw = raw.replace(chr(int(found[1], 16)).encode(), b"")


def _yaml(text: str, file: str, tree: Tree) -> str:
    kind = kind_of(file)
    before = parse(text, tree)
    made = Layout(before, kind).text()
    if made != text:
        _hold(before, made, file, meaning(kind, tree.data))
    return made


def _hold(before: Source, made: str, file: str, data: Any) -> None:
    """The promise of a form: the same meaning, and every comment."""
    tree, problems = read(made.encode(), file, limits(file))
    if tree is None or meaning(kind_of(file), tree.data) != data:
        why = f" ({problems[0].message})" if problems else ""
        raise EditError(f"A text is written in a way that no other form keeps{why}.")
    kept, after = comments(before), comments(parse(made, tree))
    if sorted(kept) != sorted(after):
        raise EditError("A comment stands where no other form keeps it. Put it on its own line.")


def meaning(kind: str, data: Any, steps: Steps = ()) -> Any:
    """What a tree says: its texts in canonical spelling; keys in any order are equal."""
    here = known(kind, steps) or Known()
    if isinstance(data, str):
        return canonical(data, here.type).strip()
    if isinstance(data, list):
        return [meaning(kind, one, (*steps, EACH)) for one in data]
    return {key: meaning(kind, one, (*steps, here.step(key))) for key, one in data.items()}


def _page(text: str) -> str:
    """Prose as it is; two spaces at the end of a line are a line break of CommonMark."""
    lines = (line if line.endswith("  ") and line.strip() else line.rstrip()
             for line in text.split("\n"))  # fmt: skip
    return "\n".join(lines).strip("\n") + "\n"
