"""Industries in, their tree out: children, ancestors, leaves, and loops that are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefbook.load import Record
from briefbook.model import Industry
from briefbook.spelling import alphabetical


@dataclass(frozen=True, slots=True)
class IndustryTree:
    """Children by id in order of name, roots, the path from the root down to each, and loops."""

    roots: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]
    path: Mapping[str, tuple[str, ...]]
    loops: tuple[tuple[str, ...], ...]

    def leaf(self, id: str) -> bool:
        """Whether nothing stands below."""
        return not self.children.get(id)

    def under(self, id: str) -> tuple[str, ...]:
        """The industry and all below it, each before its children."""
        found, waiting = [], [id]
        while waiting:
            found.append(waiting.pop())
            waiting += reversed(self.children.get(found[-1], ()))
        return tuple(found)


def industry_tree(industries: Mapping[str, Record[Industry]]) -> IndustryTree:
    """The tree of parents; members of a loop, and children of unknown parents, become roots."""
    parent = {
        id: record.value.parent
        for id, record in industries.items()
        if record.value.parent in industries
    }
    loops = parent_loops(parent)
    looped = {id for loop in loops for id in loop}
    above = {id: up for id, up in parent.items() if up is not None and id not in looped}

    def by_name(ids: list[str]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=lambda id: (alphabetical(industries[id].name), id)))

    below: dict[str, list[str]] = {id: [] for id in industries}
    for id, up in above.items():
        below[up].append(id)
    children = {id: by_name(ids) for id, ids in below.items()}
    roots = by_name([id for id in industries if id not in above])
    path: dict[str, tuple[str, ...]] = {id: (id,) for id in roots}
    waiting = list(roots)
    while waiting:
        id = waiting.pop()
        for child in children[id]:
            path[child] = (*path[id], child)
            waiting.append(child)
    return IndustryTree(roots, children, path, loops)


def parent_loops(parent: Mapping[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """Loops among parents, each from its smallest id on; loops of one included."""
    loops, seen = [], set[str]()
    for id in parent:
        way: list[str] = []
        up: str | None = id
        while up is not None and up not in seen:
            seen.add(up)
            way.append(up)
            up = parent.get(up)
        if up in way:  # back where this way has been before
            loop = way[way.index(up) :]
            first = loop.index(min(loop))
            loops.append((*loop[first:], *loop[:first]))
    return tuple(sorted(loops))
