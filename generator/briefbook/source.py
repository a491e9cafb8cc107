"""The only reader of YAML: bytes in, a tree of text with the place of every key and value out."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

import yaml
from pydantic_core import from_json, to_json
from yaml import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from briefbook.decode import INDUSTRY, ORDINARY, Limits, RefusedError, decode, unseen
from briefbook.problem import Place, Problem, error

__all__ = ["INDUSTRY", "ORDINARY", "Limits", "Marks", "Tree", "read", "read_text", "texts"]
Mark = tuple[int, int]
"""Line and column, counted from 1."""


@dataclass(slots=True)
class Marks:
    """Where a list or mapping and what it holds stand; of a text the mark alone is kept."""

    at: Mark
    keys: dict[str, Mark] = field(default_factory=dict)
    children: dict[str | int, Marks | Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's content as text, lists and mappings, with the place of each part.

    `places` holds line and column of each part in the order of the file, a key before its value.
    """

    file: str
    data: dict[str, Any]
    places: array[int]

    @property
    def marks(self) -> Marks:
        """The places as a tree of their own."""
        return _marked(self.data, iter(self.places))

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; the nearest known parent otherwise."""
        node: Any = self.data
        at = 0
        for depth, part in enumerate(path):
            if (found := _child(node, part)) is None:
                break
            at += found[0]
            if key and depth == len(path) - 1 and isinstance(node, dict):
                at -= 1  # its key stands right before it
            node = found[1]
        return Place(self.file, *self.places[2 * at : 2 * at + 2])


def _child(node: Any, part: str | int) -> tuple[int, Any] | None:
    """How many parts begin before a child, the one that holds it included, and the child."""
    if isinstance(node, dict) and part in node:
        before = 2  # the node itself, and the child's key
        for name, child in node.items():
            if name == part:
                return before, child
            before += 1 + _count(child)
    if isinstance(node, list) and isinstance(part, int) and 0 <= part < len(node):
        return 1 + sum(map(_count, node[:part])), node[part]
    return None


def _count(node: Any) -> int:
    """How many places a part takes: its own, and those of all that it holds."""
    if isinstance(node, str):
        return 1
    count, inner = 1, node
    if isinstance(node, dict):
        count, inner = 1 + len(node), node.values()
    for child in inner:  # most are texts, which need no call
        count += 1 if isinstance(child, str) else _count(child)
    return count


def _marked(data: Any, places: Iterator[int]) -> Marks:
    marks = Marks((next(places), next(places)))
    for key, child in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(key, str):
            marks.keys[key] = next(places), next(places)
        text = isinstance(child, str)
        marks.children[key] = (next(places), next(places)) if text else _marked(child, places)
    return marks


class Packed(Protocol):
    """A tree that takes little memory, or none, until somebody asks for it."""

    @property
    def file(self) -> str:
        """The file that it is of."""
        ...

    @property
    def tree(self) -> Tree:
        """The tree that was packed."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A tree in a sixth of the memory.

    `data` is JSON: of all that may be read from a disk it is the quickest.
    """

    file: str
    data: bytes
    places: array[int]

    @property
    def tree(self) -> Tree:
        """The tree that was packed; who works on an account asks for it again and again."""
        return _unpacked(self)

    def unfolded(self) -> Tree:
        """The same, for who remembers it."""
        return Tree(self.file, from_json(self.data), self.places)


def pack(tree: Tree) -> Folded:
    """A tree in little memory."""
    small = max(tree.places) < 1 << 16
    places = array("H", tree.places) if small else tree.places
    return Folded(tree.file, to_json(tree.data), places)


@lru_cache(maxsize=32)
def _unpacked(packed: Folded) -> Tree:
    return packed.unfolded()


def limits_of(file: str) -> Limits:
    """What a file of the content may cost, by its place there."""
    return INDUSTRY if file.startswith("industries/") else ORDINARY


_UNSAFE_KEYS = frozenset({"__proto__", "constructor", "prototype", "__class__"})


def read(
    raw: bytes, file: str, limits: Limits = ORDINARY
) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree of one YAML file, or the problems that keep it from being one.

    Only the events of the parser are used: limits on bytes, nodes and depth hold before anything
    is composed, and tags, anchors, aliases and merge keys never act. All scalars stay text.
    """
    try:
        text = decode(raw, file, limits)
        return _Builder(file, limits, text).tree(), ()
    except RefusedError as refused:
        return None, (refused.problem,)


def read_text(
    raw: bytes, file: str, limits: Limits = ORDINARY
) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file of prose in NFC, or the problem that keeps it from being read."""
    try:
        return decode(raw, file, limits), ()
    except RefusedError as refused:
        return None, (refused.problem,)


class _Builder:
    """Turns parser events into a tree and stops at the first limit or forbidden construct.

    Reading is most of what a check costs: a text takes one look at its event, and what is refused
    is told apart only once something is.
    """

    def __init__(self, file: str, limits: Limits, text: str) -> None:
        self.file = file
        self.limits = limits
        self.text = text
        self.most = 2 * limits.nodes
        self.places: list[int] = []
        self.next: Callable[[], Any] = lambda: None

    def tree(self) -> Tree:
        # A tag or an anchor cannot act here: only events are read, nothing is constructed.
        parser = yaml.CSafeLoader(self.text)
        self.next = parser.get_event
        try:
            return self._document()
        except yaml.MarkedYAMLError as bad:
            raise RefusedError(self._syntax(bad)) from None
        except yaml.YAMLError as bad:
            raise RefusedError(error("yaml-syntax", Place(self.file), str(bad))) from None
        finally:
            parser.dispose()

    def _syntax(self, bad: yaml.MarkedYAMLError) -> Problem:
        unclosed = bad.problem in _UNCLOSED and bad.context_mark
        mark = bad.context_mark if unclosed else bad.problem_mark or bad.context_mark
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
        words = ", ".join(part for part in (bad.context, bad.problem) if part)
        hint = _SYNTAX_HINTS.get(bad.problem or "", "Quote the value, or check the indentation.")
        return error("yaml-syntax", place, f"Not YAML: {words}.", hint)

    def _document(self) -> Tree:
        self.next()  # stream start
        start = self.next()
        if isinstance(start, yaml.StreamEndEvent):
            hint = "Write at least the required fields, or delete the file."
            raise self._refuse("empty-file", None, "The file holds nothing.", hint)
        if start.tags:
            raise self._refuse("yaml-tag", start, "A %TAG directive is not allowed.", "Remove it.")
        root = self.next()
        self._take(root)
        if not isinstance(root, yaml.MappingStartEvent):
            hint = "Begin with `name: ...`."
            if isinstance(root, ScalarEvent) and not root.value:
                raise self._refuse("empty-file", root, "The file holds nothing.", hint)
            message = "The file must hold `field: value` lines."
            raise self._refuse("not-a-mapping", root, message, hint)
        data = self._mapping(root, 1)
        self.next()  # document end
        if not isinstance(extra := self.next(), yaml.StreamEndEvent):
            hint = "One file holds one record: remove the `---` line."
            raise self._refuse("many-documents", extra, "A second document begins here.", hint)
        return Tree(self.file, data, array("I", self.places))

    def _refuse(self, rule: str, event: Any, message: str, hint: str = "") -> RefusedError:
        place = Place(self.file, *_mark(event)) if event else Place(self.file, 1, 1)
        return RefusedError(error(rule, place, message, hint))

    def _take(self, event: Any) -> None:
        """Note where a node stands, and refuse what gives YAML a will of its own."""
        places = self.places
        if event.anchor is not None or event.tag is not None or len(places) >= self.most:
            raise self._forbidden(event)
        mark = event.start_mark
        places += (mark.line + 1, mark.column + 1)

    def _forbidden(self, event: Any) -> RefusedError:
        if isinstance(event, AliasEvent):
            hint = "Write the value out, or quote the text if it begins with *."
            message = f"`*{event.anchor}` refers to another place."
            return self._refuse("yaml-alias", event, message, hint)
        if len(self.places) >= self.most:
            message = f"More than {self.limits.nodes:,} values."
            return self._refuse("too-many-values", event, message, "Split the record.")
        if event.anchor is not None:
            hint = "Remove it, or quote the text if it begins with &."
            return self._refuse("yaml-anchor", event, f"`&{event.anchor}` names a place.", hint)
        hint = "Remove it, or quote the text if it begins with !."
        return self._refuse("yaml-tag", event, f"The tag {event.tag} is not allowed.", hint)

    def _node(self, event: Any, depth: int) -> Any:
        if type(event) is ScalarEvent:
            self._take(event)
            return event.value if event.style in _PLAIN else self._written(event)
        if type(event) is AliasEvent:  # it has no tag to look at
            raise self._forbidden(event)
        self._take(event)
        if depth >= self.limits.depth:
            message = f"More than {self.limits.depth} levels deep."
            raise self._refuse("too-deep", event, message, "Flatten the structure.")
        if type(event) is SequenceStartEvent:
            return self._sequence(depth + 1)
        return self._mapping(event, depth + 1)

    def _written(self, event: Any) -> str:
        """A quoted or block text: only these hold escapes, or end in a ragged line."""
        self._refuse_ragged(event)
        if unseen(event.value):
            message = "An escape stands for a character that cannot be seen."
            raise self._refuse("forbidden-character", event, message, "Remove the escape.")
        return unicodedata.normalize("NFC", event.value)

    def _refuse_ragged(self, event: Any) -> None:
        """Readers disagree on a block of text whose last line is spaces without a line break."""
        last = event.style in ("|", ">") and event.end_mark.index >= len(self.text)
        if last and self.text.endswith(" ") and not self.text.rpartition("\n")[2].strip():
            message = "The file ends in a line of spaces."
            hint = "Remove them, or end the file with a line break."
            raise self._refuse("yaml-syntax", event, message, hint)

    def _sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next()) is not SequenceEndEvent:
            items.append(self._node(event, depth))
        return items

    def _mapping(self, start: Any, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first, flow = len(self.places) - 2, start.flow_style
        while type(event := self.next()) is not MappingEndEvent:
            key = self._key(event)
            if key in data:
                line = _marked(data, iter(self.places[first:])).keys[key][0]
                message = f"`{key}` stands here and on line {line}."
                raise self._refuse("duplicate-key", event, message, "Keep one of the two.")
            following = self.next()
            if flow:
                self._refuse_flow(key, event, following)
            data[key] = self._node(following, depth)
        return data

    def _refuse_flow(self, key: str, event: Any, following: Any) -> None:
        # The C parser takes the sign for a mark of its own and drops it.
        if self.text.endswith("?", 0, event.start_mark.index):
            message = f"`?{key}` begins with a question mark."
            raise self._refuse("yaml-syntax", event, message, "Quote the text.")
        if _is_empty(following):
            message = f"`{key}` has no value: in {{...}} a comma ends the value before it."
            raise self._refuse("flow-comma", event, message, "Quote the text that has the comma.")

    def _key(self, event: Any) -> str:
        if type(event) is AliasEvent:
            raise self._forbidden(event)
        self._take(event)
        if type(event) is not ScalarEvent:
            message = "A key must be plain text."
            raise self._refuse("key-not-text", event, message, "Write `field: value`.")
        key: str = event.value
        if event.style not in _PLAIN:
            key = unicodedata.normalize("NFC", key)
            if unseen(key):
                raise self._refuse("unsafe-key", event, f"`{key}` cannot be a key.", "Rename it.")
        elif key == "<<":
            message = "Merge keys (`<<`) are not allowed."
            raise self._refuse("yaml-merge", event, message, "Write the values out.")
        if not key or key in _UNSAFE_KEYS:
            raise self._refuse("unsafe-key", event, f"`{key}` cannot be a key.", "Rename it.")
        return key


_PLAIN = ("", None)
"""Styles of a text without quotes, as parsers name it."""


def _mark(event: Any) -> Mark:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _is_empty(value: Any) -> bool:
    """Whether nothing is written: in a flow map that is the rest of a text with a comma in it."""
    return isinstance(value, ScalarEvent) and value.value == "" and value.style in _PLAIN


_UNCLOSED = frozenset({
    "found unexpected end of stream", "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
})  # fmt: skip
"""What ends elsewhere than where the mistake is: the place is where it was opened."""

_OVER = "For amounts write `over 70%`, not `>70%`."
_SYNTAX_HINTS = {
    "did not find expected ',' or ']'": "Close the bracket, or quote text that has : or [ in it.",
    "did not find expected ',' or '}'": "Close the brace, or quote text that has : or { in it.",
    "found character that cannot start any token":
        f"Indent with spaces, not tabs, and quote text that begins with @, `, %, > or |. {_OVER}",
    "did not find expected comment or line break":
        f"Quote text that begins with > or |. {_OVER}",
    "mapping values are not allowed in this context":
        "Quote text that has a colon followed by a space.",
    "did not find expected key": "Check the indentation and that quotes are closed.",
    "found unexpected end of stream": "A quote or bracket is not closed.",
}  # fmt: skip


def texts(node: Any) -> list[str]:
    """Every text of a tree, in its order; keys are none."""
    found: list[str] = []
    _gather((node,), found)
    return found


def _gather(nodes: Iterable[Any], found: list[str]) -> None:
    """Add the texts of trees; a list that grows costs a third of what nested generators do."""
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif isinstance(node, (dict, list)):
            _gather(node.values() if isinstance(node, dict) else node, found)
