"""A text with its parts in, the same in one form out: order, indentation, spaces, quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from briefbook.edit.canonical import canonical
from briefbook.edit.known import EACH, Known, Steps, known
from briefbook.edit.node import BLOCK_TEXT, Node
from briefbook.edit.problem import EditError
from briefbook.edit.scalar import written
from briefbook.edit.syntax import Source

INDENT = 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines of a key or an entry: comments above, its own, and comments below that are deeper.

    The first of its own has no indentation, so that it can follow a dash.
    """

    lead: tuple[str, ...]
    lines: tuple[str, ...]
    tail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text of a kind of file is laid out."""

    source: Source
    kind: str
    _nothing: Known = field(default_factory=Known)

    def text(self) -> str:
        """The whole text, its comments at their places."""
        root = self.source.root
        first, last = self.source.line(root.start), self.source.line(max(root.end - 1, 0))
        head, lead = _head(self.source.lines[:first])
        after = self.source.lines[last + 1 :]
        if root.flow:
            body = [*lead, *self._inline(root, (), 0, 0)]
        else:
            if self.source.column(root.pairs[0][0].start):
                raise EditError("The first field is not at the beginning of its line.")
            made = self._map(root, (), 0, lead)
            body = [*made.lead, *made.lines]
        return "\n".join([*head, *body, *_once(after)]).rstrip() + "\n"

    def _known(self, steps: Steps) -> Known:
        return known(self.kind, steps) or self._nothing

    # In blocks

    def _map(self, node: Node, steps: Steps, indent: int, lead: Sequence[str]) -> Chunk:
        here = self._known(steps)
        old = self.source.column(node.pairs[0][0].start)
        chunks: list[Chunk] = []
        above: Sequence[str] = lead
        for number, (key, value) in enumerate(node.pairs):
            if number:
                above, below = self._between(node.pairs[number - 1][1], key, old)
                chunks[-1] = _with_tail(chunks[-1], _moved(below, indent - old))
                above = _moved(above, indent - old)
            self._refuse_prefix(key)
            lines = self._pair(key, value, (*steps, here.step(key.value)), indent)
            chunks.append(Chunk(tuple(above), lines))
        order = _order([key.value for key, _ in node.pairs], here)
        return _joined([chunks[at] for at in order], " " * indent)

    def _refuse_prefix(self, key: Node) -> None:
        line = self.source.lines[self.source.line(key.start)]
        if line[: self.source.column(key.start)].strip(" -"):
            raise EditError(f"`{key.value}` does not begin its line. Write `field: value` lines.")

    def _between(self, before: Node, after: Node, column: int) -> tuple[list[str], list[str]]:
        """Whole lines between two parts: those above the later one, those that belong before."""
        first, last = self.source.line(before.end), self.source.line(after.start)
        lines = list(self.source.lines[first + 1 : last])
        mine = 0
        for number, line in enumerate(lines, 1):
            text = line.lstrip()
            if text and len(line) - len(text) <= column:
                break
            mine = number if text else mine
        return lines[mine:], lines[:mine]

    def _pair(self, key: Node, value: Node, steps: Steps, indent: int) -> tuple[str, ...]:
        name = self._scalar(key, (), flow=False) + ":"
        above, comment = self._gap(key, value)
        deeper = " " * (indent + INDENT)
        if value.sort == "text" or value.flow:
            lines = self._inline(value, steps, indent, self.source.column(key.start))
            if comment or above:
                return (name + comment, *above, deeper + lines[0], *lines[1:])
            return (f"{name} {lines[0]}".rstrip(), *lines[1:])
        made = self._collection(value, steps, indent + INDENT, above)
        return (name + comment, *made.lead, deeper + made.lines[0], *made.lines[1:])

    def _gap(self, key: Node, value: Node) -> tuple[tuple[str, ...], str]:
        """What stands between a key and its value on lines of its own, and after the colon."""
        first, last = self.source.line(key.end), self.source.line(value.start)
        if first == last or (value.sort == "text" and value.start == value.end):
            return (), ""
        colon = self.source.rest(key.end).lstrip()
        if not colon.startswith(":"):
            raise EditError(f"`{key.value}` has its colon on another line.")
        above = tuple(line.rstrip() for line in self.source.lines[first + 1 : last])
        prefix = self.source.lines[last][: self.source.column(value.start)]
        if prefix.strip() and value.sort == "text":
            raise EditError(f"The value of `{key.value}` does not begin its line.")
        text = colon[1:].strip()
        return above, f"  {text}" if text else ""

    def _collection(self, node: Node, steps: Steps, indent: int, lead: Sequence[str]) -> Chunk:
        """A map or list in block style; comments above its first entry come in as they are."""
        first = node.pairs[0][0] if node.sort == "map" else node
        old = self.source.column(first.start)
        moved = _moved(lead, indent - old)
        make = self._map if node.sort == "map" else self._list
        return make(node, steps, indent, moved)

    def _list(self, node: Node, steps: Steps, indent: int, lead: Sequence[str]) -> Chunk:
        old = self.source.column(node.start)
        chunks: list[Chunk] = []
        above: Sequence[str] = lead
        dash = self.source.line(node.start)
        for number, item in enumerate(node.items):
            if number:
                dash = self._dash(node.items[number - 1], item)
                marker = _Marker(self.source.starts[dash] + old)
                above, below = self._between(node.items[number - 1], marker.node, old)
                chunks[-1] = _with_tail(chunks[-1], _moved(below, indent - old))
                above = _moved(above, indent - old)
            made = self._entry(item, (*steps, EACH), indent, dash)
            chunks.append(Chunk((*above, *made.lead), made.lines))
        return _joined(chunks, " " * indent)

    def _dash(self, before: Node, item: Node) -> int:
        """The line of the dash before an entry."""
        number = self.source.line(before.end) + 1
        last = self.source.line(item.start)
        while number < last and not self.source.lines[number].lstrip().startswith("-"):
            number += 1
        return number

    def _entry(self, item: Node, steps: Steps, indent: int, dash: int) -> Chunk:
        inner = indent + INDENT
        line = self.source.line(item.start)
        if line != dash:
            after = self.source.lines[dash].lstrip()[1:].strip()
            above = tuple(one.rstrip() for one in self.source.lines[dash + 1 : line])
            made = self._item(item, steps, inner, above)
            if after:
                return Chunk((), (f"- {after}", *made.lead, " " * inner + made.lines[0],
                                  *made.lines[1:]))  # fmt: skip
        else:
            made = self._item(item, steps, inner, ())
        lead = tuple(one[INDENT:] if one.startswith(" " * inner) else one for one in made.lead)
        return Chunk(lead, (f"- {made.lines[0]}".rstrip(), *made.lines[1:]))

    def _item(self, item: Node, steps: Steps, inner: int, above: tuple[str, ...]) -> Chunk:
        if item.sort == "text" or item.flow:
            outer = inner - INDENT
            column = self.source.column(item.start) - INDENT
            return Chunk(above, tuple(self._inline(item, steps, outer, column)))
        return self._collection(item, steps, inner, above)

    # On one line

    def _inline(self, node: Node, steps: Steps, indent: int, old: int) -> list[str]:
        """A text or a value in brackets, with the comment behind it.

        Later lines follow what holds them from the column `old` to `indent`.
        """
        if node.style in BLOCK_TEXT:
            return self._block_text(node, indent)
        if node.flow:
            first, *more = self._flow(node, steps).split("\n")
            lines = [first.rstrip(), *(_shifted(one, indent - old) for one in more)]
        else:
            first, *more = self._scalar(node, steps, flow=False).split("\n")
            pad = " " * (indent + INDENT)
            lines = [first.rstrip(), *(pad + one.strip() if one.strip() else "" for one in more)]
        lines[-1] += self._comment(node.end)
        return lines

    def _comment(self, end: int) -> str:
        """The comment behind a value with the spaces before it, two at least."""
        rest = self.source.rest(end)
        text = rest.strip()
        if not text:
            return ""
        return " " * max(len(rest) - len(rest.lstrip()), 2) + text

    def _block_text(self, node: Node, indent: int) -> list[str]:
        header, *body = self.source.raw(node).split("\n")
        first = next((one for one in body if one.strip()), "")
        old = len(first) - len(first.lstrip(" "))
        sign = header.partition("#")[0]
        if any(char.isdigit() for char in sign):
            return [header.rstrip(), *(one if one.strip() else "" for one in body)]
        pad = " " * (indent + INDENT)
        return [header.rstrip(), *(pad + one[old:] if one.strip() else "" for one in body)]

    def _scalar(self, node: Node, steps: Steps, *, flow: bool) -> str:
        raw = self.source.raw(node)
        if "\n" in raw or not raw:
            return raw
        wanted = canonical(node.value, self._known(steps).type) if steps else node.value
        if wanted == node.value and not node.style:
            return raw
        made = written(wanted, flow=flow)
        keeps = wanted == node.value and made[0] in "\"'"
        return raw if keeps else made

    def _flow(self, node: Node, steps: Steps) -> str:
        """What stands in brackets: on one line in one form, on several with its own spaces."""
        if node.sort == "text":
            return self._scalar(node, steps, flow=True)
        here = self._known(steps)
        if node.sort == "list":
            parts = [(item, self._flow(item, (*steps, EACH))) for item in node.items]
        else:
            order = _order([key.value for key, _ in node.pairs], here)
            pairs = [node.pairs[at] for at in order]
            if self._told(node):
                pairs = list(node.pairs)
            parts = [(key, self._flow_pair(key, value, steps)) for key, value in pairs]
        if "\n" not in self.source.raw(node):
            inner = ", ".join(text for _, text in parts)
            return f"[{inner}]" if node.sort == "list" else f"{{{inner}}}"
        return self._refilled(node, [text for _, text in parts])

    def _flow_pair(self, key: Node, value: Node, steps: Steps) -> str:
        name = self._scalar(key, (), flow=True)
        made = self._flow(value, (*steps, self._known(steps).step(key.value)))
        gap = self.source.text[key.end : value.start]
        return f"{name}{gap if '#' in gap or chr(10) in gap else ': '}{made}"

    def _told(self, node: Node) -> bool:
        """Whether comments stand in brackets: what they speak of must stay where it is."""
        places = [place for key, value in node.pairs for place in (key.start, value.end)]
        inner = [node.start, *places, node.end]
        return any(
            "#" in self.source.text[a:b] for a, b in zip(inner[::2], inner[1::2], strict=True)
        )

    def _refilled(self, node: Node, parts: Sequence[str]) -> str:
        """Brackets over several lines keep what stands between their parts."""
        spans = [(one.start, one.end) for one in node.items] or [
            (key.start, value.end) for key, value in node.pairs
        ]
        text, last = "", node.start
        for (start, end), part in zip(spans, parts, strict=True):
            text += self.source.text[last:start] + part
            last = end
        return text + self.source.text[last : node.end]


@dataclass(frozen=True, slots=True)
class _Marker:
    """A place as a part without length."""

    at: int

    @property
    def node(self) -> Node:
        return Node("text", self.at, self.at)


def _order(names: Sequence[str], here: Known) -> list[int]:
    """Positions in the order of the model; what the model does not name keeps its order, last."""
    if not here.fields:
        return list(range(len(names)))
    place = {name: number for number, name in enumerate(here.fields)}
    return sorted(range(len(names)), key=lambda at: (place.get(names[at], len(place)), at))


def _joined(chunks: Sequence[Chunk], pad: str) -> Chunk:
    first = chunks[0]
    lines = [*first.lines, *first.tail]
    for one in chunks[1:]:
        lines += [*one.lead, pad + one.lines[0], *one.lines[1:], *one.tail]
    lead = first.lead
    while lead and not lead[0].strip():
        lead = lead[1:]
    return Chunk(lead, tuple(lines))


def _with_tail(chunk: Chunk, tail: tuple[str, ...]) -> Chunk:
    return Chunk(chunk.lead, chunk.lines, tail)


def _moved(lines: Sequence[str], shift: int) -> tuple[str, ...]:
    """Comments move with what they stand above; those at the margin stay there."""
    moved = (_shifted(one, shift if one.startswith(" ") else 0) for one in lines)
    return _once(tuple(moved))


def _shifted(line: str, shift: int) -> str:
    text = line.strip()
    if not text:
        return ""
    indent = len(line) - len(line.lstrip())
    return " " * max(indent + shift, 0) + text


def _head(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """What stands above the first field: the head of the file, and what speaks of that field."""
    kept = list(lines)
    while kept and not kept[0].strip():
        kept.pop(0)
    blank = max((at for at, line in enumerate(kept) if not line.strip()), default=len(kept) - 1)
    return list(_once(kept[: blank + 1])), _once(kept[blank + 1 :])


def _once(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines with no more than one blank one in a row, and no spaces at their ends."""
    kept = [line.rstrip() for line in lines]
    return tuple(line for at, line in enumerate(kept) if line or not at or kept[at - 1])
