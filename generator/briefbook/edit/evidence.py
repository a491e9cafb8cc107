"""A fact in, the evidence of its old value out: what stands there, and the text without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefbook.edit.change import Path, removed, shown
from briefbook.edit.problem import EditError
from briefbook.edit.records import limits
from briefbook.edit.syntax import comments, parse
from briefbook.source import Tree
from briefbook.source import read as read_tree

EVIDENCE = ("source", "as_of", "checked")


def beside(tree: Tree, at: Path) -> tuple[str, ...]:
    """Which fields of EVIDENCE stand beside the value at a path."""
    data: Any = tree.data
    for step in at:
        data = data[step] if _has(data, step) else None
    return tuple(one for one in EVIDENCE if isinstance(data, dict) and one in data)


def _has(data: Any, step: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


def without(text: str, tree: Tree, paths: Sequence[Path]) -> tuple[str, Tree]:
    """The text of a tree without some fields, and its tree.

    Raises `EditError` where more would be lost than these.
    """
    if not paths:
        return text, tree
    made, data = removed(text, paths[0], tree), _less(tree.data, paths[0])
    for path in paths[1:]:
        made, data = removed(made, path), _less(data, path)
    after, _ = read_tree(made.encode(), tree.file, limits(tree.file))
    names = " and ".join(f"`{shown(path)}`" for path in paths)
    if after is None or after.data != data:
        raise EditError(f"{names} cannot be taken out. Change it by hand.")
    if sorted(comments(parse(text, tree))) != sorted(comments(parse(made, after))):
        raise EditError(f"A comment beside {names} would be lost. Change it by hand.")
    return made, after


def _less(data: Any, path: Sequence[str | int]) -> Any:
    """A tree without the key at the end of a path."""
    if isinstance(data, list):
        return [_less(one, path[1:]) if at == path[0] else one for at, one in enumerate(data)]
    if len(path) == 1:
        return {key: one for key, one in data.items() if key != path[0]}
    return {key: _less(one, path[1:]) if key == path[0] else one for key, one in data.items()}
