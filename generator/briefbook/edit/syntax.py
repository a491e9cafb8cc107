"""A text that has been read once without a problem in, its parts with their exact places out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML, events
from ruamel.yaml.error import YAMLError

from briefbook.edit.node import BLOCK_TEXT, Node
from briefbook.edit.places import UnsureError, located
from briefbook.edit.problem import EditError
from briefbook.source import Tree


@dataclass(frozen=True, slots=True)
class Source:
    """A text, its lines and its parts."""

    text: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]
    root: Node

    def line(self, at: int) -> int:
        """The number of the line, from 0, that holds a position."""
        return bisect_right(self.starts, at) - 1

    def column(self, at: int) -> int:
        """How far from the beginning of its line a position is."""
        return at - self.starts[self.line(at)]

    def rest(self, at: int) -> str:
        """What is left of the line after a position."""
        number = self.line(at)
        return self.lines[number][at - self.starts[number] :]

    def raw(self, node: Node) -> str:
        """The text of a part as it stands."""
        return self.text[node.start : node.end]


def parse(text: str, tree: Tree | None = None) -> Source:
    """The parts of a text; it has passed the reader, so only what is unusual is refused here.

    Whoever has read this very text hands its tree on: reading is most of what parts cost.
    """
    try:
        root = located(text, tree)
    except UnsureError:
        root = parsed(text)
    lines = text.split("\n")
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return Source(text, tuple(lines), tuple(starts), root)


def parsed(text: str) -> Node:
    """The parts of a text as ruamel.yaml tells them."""
    try:
        # The plain parser: comments are read off the text between the parts, none is moved.
        stream = YAML(typ="safe", pure=True).parse(text)
        tokens = (one for one in stream if not isinstance(one, _AROUND))
        return _node(text, next(tokens), tokens)
    except YAMLError as bad:
        mark = getattr(bad, "problem_mark", None)
        where = f" on line {mark.line + 1}" if mark else ""
        raise EditError(f"The text{where} is read in two ways. Write it more simply.") from None


_AROUND = (
    events.StreamStartEvent, events.StreamEndEvent,
    events.DocumentStartEvent, events.DocumentEndEvent,
)  # fmt: skip


def _node(text: str, event: Any, tokens: Iterator[Any]) -> Node:
    start = event.start_mark.index
    if isinstance(event, events.ScalarEvent):
        return _text(text, event)
    flow = bool(event.flow_style)
    if isinstance(event, events.SequenceStartEvent):
        items = []
        while not isinstance(last := next(tokens), events.SequenceEndEvent):
            items.append(_node(text, last, tokens))
        end = last.end_mark.index if flow else items[-1].end
        return Node("list", start, end, flow=flow, items=tuple(items))
    pairs = []
    while not isinstance(last := next(tokens), events.MappingEndEvent):
        key = _node(text, last, tokens)
        pairs.append((key, _node(text, next(tokens), tokens)))
    end = last.end_mark.index if flow else pairs[-1][1].end
    return Node("map", start, end, flow=flow, pairs=tuple(pairs))


def _text(text: str, event: Any) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    style = event.style or ""
    if style in BLOCK_TEXT:
        style_end = text.find("\n", start)
        keeps = "+" in text[start : style_end if style_end >= 0 else len(text)].partition("#")[0]
        if not keeps:
            end = start + len(text[start:end].rstrip())
        elif text[start:end].endswith("\n"):
            end -= 1
    return Node("text", start, end, value=event.value, style=style)


def comments(source: Source) -> tuple[str, ...]:
    """Every comment of a text in the order of places, from its sign to the end of its line."""
    found = []
    last = 0
    for node in (*_texts(source.root), None):
        gap = source.text[last : node.start if node else len(source.text)]
        found += [line[line.index("#") :].rstrip() for line in gap.split("\n") if "#" in line]
        if node and node.style in BLOCK_TEXT:
            header = source.text[node.start : node.end].partition("\n")[0]
            found += [header[header.index("#") :].rstrip()] if "#" in header else []
        last = node.end if node else last
    return tuple(found)


def _texts(node: Node) -> Iterator[Node]:
    """Keys and texts in the order of places."""
    if node.sort == "text":
        yield node
    for item in node.items:
        yield from _texts(item)
    for key, value in node.pairs:
        yield key
        yield from _texts(value)
