"""What the reader knows of a text in, its parts with their exact places out, where that is sure.

The reader tells where each part begins; where it ends follows from how it begins. It costs a tenth
of what the parser of ruamel.yaml does, which is asked where something is unusual.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from briefbook.edit.node import BLOCK_TEXT, Node
from briefbook.source import INDUSTRY, Marks, Tree, read

Mark = tuple[int, int]
_QUOTED = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL),
    "'": re.compile(r"'(?:[^']|'')*'", re.DOTALL),
}
_BETWEEN = re.compile(r"(?:[\s,]|(?<=\s)#[^\n]*)*")
_HEADER = re.compile(r"[|>][-+]?(?=[ \t]*(?:#[^\n]*)?(?:\n|$))")


class UnsureError(Exception):
    """Something is written in a way that does not tell where it ends."""


def located(text: str, tree: Tree | None = None) -> Node:
    """The parts of a text, of which somebody may have the tree; raises `UnsureError`."""
    if not unicodedata.is_normalized("NFC", text):
        raise UnsureError  # the reader counts in composed characters
    if tree is None:
        tree, _ = read(text.encode(), "text.yml", INDUSTRY)
    if tree is None:
        raise UnsureError
    return _Places(text).node(tree.data, tree.marks, flow=False)


class _Places:
    """Finds the end of each part of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for line in text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def node(self, data: Any, marks: Marks | Mark, *, flow: bool) -> Node:
        """A part that begins at a mark."""
        if isinstance(data, str):
            assert isinstance(marks, tuple)
            return self._text(data, self._at(marks))
        assert isinstance(marks, Marks)
        start = self._at(marks.at)
        opened = self.text[start : start + 1]
        if opened in ("{", "["):
            return self._collection(data, marks, start, flow=True)
        if flow or (isinstance(data, list) and opened != "-"):
            raise UnsureError
        return self._collection(data, marks, start, flow=False)

    def _at(self, mark: Mark) -> int:
        return self.starts[mark[0] - 1] + mark[1] - 1

    def _collection(self, data: Any, marks: Marks, start: int, *, flow: bool) -> Node:
        children = marks.children
        if isinstance(data, list):
            items = tuple(
                self.node(one, children[number], flow=flow) for number, one in enumerate(data)
            )
            last = items[-1].end if items else start + 1
            end = self._closed(last, "]") if flow else last
            return Node("list", start, end, flow=flow, items=items)
        pairs = tuple(
            (self._text(key, self._at(marks.keys[key])), self.node(one, children[key], flow=flow))
            for key, one in data.items()
        )
        last = pairs[-1][1].end if pairs else start + 1
        return Node("map", start, self._closed(last, "}") if flow else last, flow=flow, pairs=pairs)

    def _closed(self, last: int, sign: str) -> int:
        """After the bracket that closes what ends at `last`."""
        found = _BETWEEN.match(self.text, last)
        end = found.end() if found else last
        if self.text[end : end + 1] != sign:
            raise UnsureError
        return end + 1

    def _text(self, value: str, start: int) -> Node:
        style = self.text[start : start + 1]
        if style in _QUOTED:
            found = _QUOTED[style].match(self.text, start)
            if not found:
                raise UnsureError
            return Node("text", start, found.end(), value=value, style=style)
        if style in BLOCK_TEXT:
            return Node("text", start, self._block(start), value=value, style=style)
        if self.text.startswith(value, start):
            return Node("text", start, start + len(value), value=value)
        folded = re.compile(r"\s+".join(map(re.escape, value.split())))
        lines = folded.match(self.text, start)
        if not lines:
            raise UnsureError
        return Node("text", start, lines.end(), value=value)

    def _block(self, start: int) -> int:
        """The end of the last line of a block of text that is not blank."""
        header = _HEADER.match(self.text, start)
        if not header or "+" in header[0]:
            raise UnsureError
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        last, indent, at = end, 0, end + 1
        while at < len(self.text):
            stop = self.text.find("\n", at)
            stop = len(self.text) if stop < 0 else stop
            line = self.text[at:stop]
            if line.strip(" "):
                own = len(line) - len(line.lstrip(" "))
                indent = indent or own
                if own < indent or not own:
                    break
                last = stop
            at = stop + 1
        return start + len(self.text[start:last].rstrip())
