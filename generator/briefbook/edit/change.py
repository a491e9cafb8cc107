"""A text, the way to one value and that value in, the text with it and nothing else changed out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from briefbook.edit.emit import entry, inline
from briefbook.edit.known import Known, Steps, known, way
from briefbook.edit.node import BLOCK_TEXT, Node
from briefbook.edit.problem import EditError
from briefbook.edit.scalar import block
from briefbook.edit.syntax import Source, comments, parse
from briefbook.source import Tree

Path = tuple[str | int, ...]


def changed(text: str, kind: str, values: Mapping[Path, Any], tree: Tree | None = None) -> str:
    """The text with values (text, list or mapping) at some paths; missing parents are made.

    Only the lines of the values change, or lines are put in, in the order of the model. Raises
    `EditError` where a path does not fit the file or a comment would be lost. `tree` is that of
    the text, if somebody has read it.
    """
    before = source = parse(text, tree)
    for number, (path, value) in enumerate(values.items()):
        source = source if not number else parse(text)
        text = _Change(source, kind, path).text(value)
    if sorted(comments(before)) != sorted(comments(parse(text))):
        raise EditError(f"A comment beside `{shown(next(iter(values)))}` would be lost. "
                        "Change it by hand.")  # fmt: skip
    return text


def shown(path: Sequence[str | int]) -> str:
    """A path as it is typed."""
    return ".".join(map(str, path))


class _Change:
    """Finds the deepest part of a path that is there, and puts the rest in."""

    def __init__(self, source: Source, kind: str, path: Path) -> None:
        self.source, self.kind, self.path = source, kind, path
        self.node, self.depth = source.root, 0
        self.flow = source.root.flow
        self.key: Node | None = None
        while self.depth < len(path) and self._deeper():
            pass

    def _deeper(self) -> bool:
        step = self.path[self.depth]
        if self.node.sort == "map":
            found = next((pair for pair in self.node.pairs if pair[0].value == step), None)
            if found is None:
                return False
            self.flow = self.node.flow
            self.key, self.node = found
        elif self.node.sort == "list" and isinstance(step, int) and step < len(self.node.items):
            self.flow = self.node.flow
            self.key, self.node = None, self.node.items[step]
        else:
            return False
        self.depth += 1
        return True

    def text(self, value: Any) -> str:
        """The whole text with the value in its place."""
        rest = self.path[self.depth :]
        here = known(self.kind, self._steps(self.depth)) or Known()
        if not rest:
            if isinstance(value, str) and self.node.sort == "map" and here.short:
                return _Change(self.source, self.kind, (*self.path, here.short)).text(value)
            return self._replaced(value)
        if self.node.sort == "map":
            return self._inserted(str(rest[0]), _nested(rest[1:], value))
        if self.node.sort == "list":
            if rest[0] != len(self.node.items):
                raise EditError(f"`{shown(self.path[: self.depth])}` has {len(self.node.items)} "
                                "entries, counted from 0.")  # fmt: skip
            return self._appended(_nested(rest[1:], value))
        if here.short:
            return self._replaced({here.short: self.node.value, **_nested(rest, value)})
        raise EditError(f"`{shown(self.path[: self.depth])}` is a text and holds no fields.")

    def _steps(self, depth: int) -> Steps:
        return way(self.kind, self.path[:depth]) or ()

    def _replaced(self, value: Any) -> str:
        node, text = self.node, self.source.text
        if node.sort != "text" and isinstance(value, str):
            raise EditError(f"`{shown(self.path)}` is no text. Name a field below it.")
        if self.key is not None and (node.start == node.end or not self._beside(node)):
            colon = text.index(":", self.key.end) + 1
            rest = self.source.rest(colon)
            end = max(node.end, colon + len(rest))
            new = self._written(value, self.source.column(self.key.start))
            return f"{text[:colon]} {new}{rest}{text[end:]}"
        column = self.source.column(self.key.start if self.key else node.start)
        return text[: node.start] + self._written(value, column) + text[node.end :]

    def _beside(self, node: Node) -> bool:
        """Whether a value begins on the line of its key."""
        assert self.key is not None
        return self.source.line(self.key.end) == self.source.line(node.start)

    def _written(self, value: Any, indent: int) -> str:
        if isinstance(value, str) and not self.flow:
            return block(value, indent + 2)
        return inline(value)

    def _inserted(self, name: str, value: Any) -> str:
        steps = self._steps(self.depth)
        here = known(self.kind, steps) or Known()
        before = self._before(name, here)
        if self.node.flow:
            return self._in_brackets(f"{inline(name)}: {inline(value)}", before)
        column = self.source.column(self.node.pairs[0][0].start)
        lines = entry(self.kind, (*steps, here.step(name)), name, value, column)
        pad = " " * column
        if before < 0:
            return self._first(lines, pad)
        after = self._last_line(self.node.pairs[before][1], column)
        at = self.source.starts[after] + len(self.source.lines[after])
        new = "\n".join(["", pad + lines[0], *lines[1:]])
        return self.source.text[:at] + new + self.source.text[at:]

    def _before(self, name: str, here: Known) -> int:
        """The position of the field that a new one follows; -1 where it comes first."""
        names = [key.value for key, _ in self.node.pairs]
        if here.many == "years":
            label = name.removeprefix("FY")
            earlier = [at for at, one in enumerate(names) if one.removeprefix("FY") < label]
            return max(earlier, default=-1)
        if name not in here.fields:
            return len(names) - 1
        place = here.fields.index(name)
        above = here.fields[:place]
        return max((at for at, one in enumerate(names) if one in above), default=-1)

    def _in_brackets(self, new: str, before: int) -> str:
        text, pairs = self.source.text, self.node.pairs
        if not pairs:
            return f"{text[: self.node.start]}{{{new}}}{text[self.node.end :]}"
        if before < 0:
            at = pairs[0][0].start
            return f"{text[:at]}{new}, {text[at:]}"
        at = pairs[before][1].end
        return f"{text[:at]}, {new}{text[at:]}"

    def _first(self, lines: list[str], pad: str) -> str:
        """Before all other fields, and before the comment that speaks of the first of them."""
        key = self.node.pairs[0][0]
        number = self.source.line(key.start)
        prefix = self.source.lines[number][: len(pad)]
        while pad and not prefix.strip() and self.source.lines[number - 1].startswith(f"{pad}#"):
            number -= 1  # what stands above the first field of a file speaks of the file
        if prefix.strip():
            at, new = key.start, "\n".join([*lines, pad])
        else:
            at, new = self.source.starts[number], "\n".join([pad + lines[0], *lines[1:], ""])
        return self.source.text[:at] + new + self.source.text[at:]

    def _last_line(self, value: Node, column: int) -> int:
        """The last line of a value, with comments below it that are indented deeper."""
        last = number = self.source.line(max(value.end - (value.style in BLOCK_TEXT), 0))
        for line in self.source.lines[number + 1 :]:
            number += 1
            text = line.lstrip()
            if text and not (text.startswith("#") and len(line) - len(text) > column):
                break
            last = number if text else last
        return last

    def _appended(self, value: Any) -> str:
        node, text = self.node, self.source.text
        if node.flow:
            if not node.items:
                return f"{text[: node.start]}[{inline(value)}]{text[node.end :]}"
            at = node.items[-1].end
            return f"{text[:at]}, {inline(value)}{text[at:]}"
        column = self.source.column(node.start)
        last = self._last_line(node.items[-1], column)
        at = self.source.starts[last] + len(self.source.lines[last])
        steps = self._steps(self.depth)
        lines = entry(self.kind, steps, "-", [value], column - 2)[1:]
        return (
            text[:at] + "\n" + "\n".join(lines or [f"{' ' * column}- {inline(value)}"]) + text[at:]
        )


def _nested(path: Sequence[str | int], value: Any) -> Any:
    for step in reversed(path):
        if isinstance(step, int):
            if step:
                raise EditError("A new list begins with entry 0.")
            value = [value]
        else:
            value = {step: value}
    return value


def node_at(source: Source, path: Path) -> Node | None:
    """The part of a text at a path of keys and positions."""
    node: Node | None = source.root
    for step in path:
        if node is None:
            return None
        if isinstance(step, int):
            node = node.items[step] if step < len(node.items) else None
        else:
            node = node.get(step)
    return node


def retold(text: str, paths: Iterable[Path], tell: Callable[[str], str]) -> str:
    """The text with what stands at some paths told anew, as it stands there, quotes included."""
    source = parse(text)
    found = [node for path in paths if (node := node_at(source, path))]
    for node in sorted(found, key=lambda one: -one.start):
        text = text[: node.start] + tell(text[node.start : node.end]) + text[node.end :]
    return text


def removed(text: str, path: Path, tree: Tree | None = None) -> str:
    """The text without a key and its value, which hold lines or a place in brackets."""
    source = parse(text, tree)
    parent = node_at(source, path[:-1])
    if parent is None or parent.get(str(path[-1])) is None:
        raise EditError(f"There is no `{shown(path)}`.")
    at = [key.value for key, _ in parent.pairs].index(str(path[-1]))
    key, value = parent.pairs[at]
    if len(parent.pairs) == 1:
        if len(path) == 1:
            raise EditError(f"`{shown(path)}` is all that the file holds.")
        return removed(text, path[:-1], tree)
    if parent.flow:
        start = parent.pairs[at - 1][1].end if at else key.start
        end = value.end if at else parent.pairs[1][0].start
        return text[:start] + text[end:]
    first, last = source.line(key.start), source.line(value.end)
    kept = [*source.lines[:first], *source.lines[last + 1 :]]
    return "\n".join(kept)
