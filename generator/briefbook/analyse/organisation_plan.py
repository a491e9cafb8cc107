"""People and who stands above whom in, the rows and columns of their chart out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefbook.analyse.tree import parent_loops

MOST_COLUMNS = 4
MOST_HANGING = 7
"""A team of more people gets a row of its own, so that no column becomes endless."""
_MOST_NESTED = 3
INDENT = 16.0
_MOST_INDENT = 48.0


@dataclass(frozen=True, slots=True)
class Node:
    """Someone to draw; `above` is None at a top, `apart` where no place in the tree is known."""

    id: str
    above: str | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """Someone in a row, and the team: hanging below with its depth, or in rows of its own."""

    id: str
    column: int
    hanging: tuple[tuple[str, int], ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Heads beside each other."""

    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands where before heights are known: trees, people apart, and indents in px."""

    columns: int
    trees: tuple[Head, ...]
    apart: tuple[Row, ...]
    above: Mapping[str, str]
    column: Mapping[str, int]
    indent: Mapping[str, float]


def plan(nodes: Sequence[Node]) -> Plan:
    """Rows and columns for some people: teams beside each other, their members hanging below."""
    ids = {node.id for node in nodes}
    known = {node.id: node.above for node in nodes if node.above in ids}
    looped = {id for loop in parent_loops(known) for id in loop}
    above = {id: up for id, up in known.items() if up and id not in looped}
    below: dict[str, list[str]] = {node.id: [] for node in nodes}
    for id, up in above.items():
        below[up].append(id)
    tops = [node.id for node in nodes if node.id not in above and not node.apart]
    apart = [node.id for node in nodes if node.id not in above and node.apart]
    size = _sizes(below, tops + apart)
    wide = _columns(below, size, tops, len(apart))
    trees = tuple(
        Head(top, _middle(below, top, wide), rows=_rows(below, size, below[top], wide, 1))
        for top in tops
    )
    rows = _rows(below, size, apart, wide, 1)
    column: dict[str, int] = {}
    indent: dict[str, float] = {}
    deepest = max(_depths(trees, rows), default=0)
    for head in (*trees, *(one for row in rows for one in row.heads)):
        _noted(head, column, indent, min(INDENT, _MOST_INDENT / max(deepest, 1)))
    return Plan(wide, trees, rows, above, column, indent)


def _sizes(below: Mapping[str, Sequence[str]], tops: Sequence[str]) -> dict[str, int]:
    """How many people stand below each."""
    order, waiting = [], list(tops)
    while waiting:
        order.append(waiting.pop())
        waiting += below[order[-1]]
    size: dict[str, int] = {}
    for id in reversed(order):
        size[id] = sum(size[child] + 1 for child in below[id])
    return size


def _is_wide(below: Mapping[str, Sequence[str]], size: Mapping[str, int], id: str) -> bool:
    return size[id] > MOST_HANGING and len(below[id]) > 1


def _columns(
    below: Mapping[str, Sequence[str]], size: Mapping[str, int], tops: Sequence[str], apart: int
) -> int:
    """As many columns as the broadest row would take, up to four."""
    broad = [len(below[id]) for id in size if id in tops or _is_wide(below, size, id)]
    return min(MOST_COLUMNS, max((*broad, apart, 1)))


def _middle(below: Mapping[str, Sequence[str]], top: str, wide: int) -> int:
    """A top stands over the middle of the row below it."""
    return (min(max(len(below[top]), 1), wide) - 1) // 2


def _rows(
    below: Mapping[str, Sequence[str]],
    size: Mapping[str, int],
    ids: Sequence[str],
    wide: int,
    depth: int,
) -> tuple[Row, ...]:
    """Small teams beside each other, then each large one in rows of its own."""
    large = [id for id in ids if depth <= _MOST_NESTED and _is_wide(below, size, id)]
    small = [id for id in ids if id not in large]
    rows = [
        Row(tuple(
            Head(id, at, hanging=_hanging(below, id))
            for at, id in enumerate(small[first : first + wide])
        ))
        for first in range(0, len(small), wide)
    ]  # fmt: skip
    rows += [
        Row((Head(id, 0, rows=_rows(below, size, below[id], wide, depth + 1)),)) for id in large
    ]
    return tuple(rows)


def _hanging(below: Mapping[str, Sequence[str]], id: str) -> tuple[tuple[str, int], ...]:
    """Everybody below, each before the own team, with the steps down from the head."""
    found: list[tuple[str, int]] = []
    waiting = [(child, 1) for child in reversed(below[id])]
    while waiting:
        child, depth = waiting.pop()
        found.append((child, depth))
        waiting += [(each, depth + 1) for each in reversed(below[child])]
    return tuple(found)


def _depths(trees: Sequence[Head], rows: Sequence[Row]) -> list[int]:
    waiting = [*trees, *(head for row in rows for head in row.heads)]
    depths = []
    while waiting:
        head = waiting.pop()
        depths += [depth for _, depth in head.hanging]
        waiting += [one for row in head.rows for one in row.heads]
    return depths


def _noted(head: Head, column: dict[str, int], indent: dict[str, float], step: float) -> None:
    column[head.id], indent[head.id] = head.column, 0.0
    for id, depth in head.hanging:
        column[id], indent[id] = head.column, step * depth
    for row in head.rows:
        for one in row.heads:
            _noted(one, column, indent, step)


def reading(made: Plan) -> tuple[tuple[str, int], ...]:
    """Everybody as a list: each before the own team, with the steps down from the top."""
    found: list[tuple[str, int]] = []
    waiting = [(head, 0) for head in _reversed(made)]
    while waiting:
        head, depth = waiting.pop()
        found.append((head.id, depth))
        found += [(id, depth + below) for id, below in head.hanging]
        below = [one for row in head.rows for one in row.heads]
        waiting += [(one, depth + 1) for one in reversed(below)]
    return tuple(found)


def _reversed(made: Plan) -> list[Head]:
    heads = [*made.trees, *(head for row in made.apart for head in row.heads)]
    return heads[::-1]
