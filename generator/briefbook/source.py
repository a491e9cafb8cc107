"""The only reader of YAML: bytes in, a tree of text with the place of every key and value out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from briefbook.problem import Place, Problem, error


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: bytes, nodes and levels of nesting."""

    size: int = 256_000
    nodes: int = 20_000
    depth: int = 12


ORDINARY = Limits()
INDUSTRY = Limits(size=2_000_000, nodes=100_000)


@dataclass(slots=True)
class Marks:
    """Where a node and its children stand: lines and columns count from 1."""

    at: tuple[int, int]
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    children: dict[str | int, Marks] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's content as text, lists and mappings, with the place of each part."""

    file: str
    data: dict[str, Any]
    marks: Marks

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; the nearest known parent otherwise."""
        marks = self.marks
        for depth, part in enumerate(path):
            if key and depth == len(path) - 1 and part in marks.keys:
                return Place(self.file, *marks.keys[str(part)])
            child = marks.children.get(part)
            if child is None:
                break
            marks = child
        return Place(self.file, *marks.at)


class _RefusedError(Exception):
    """One problem ended the reading of this file."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


# Characters that no reader sees, or that turn the direction of what follows.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]"
)
_UNSAFE_KEYS = frozenset({"__proto__", "constructor", "prototype", "__class__"})
_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)


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
    except _RefusedError as refused:
        return None, (refused.problem,)


def decode(raw: bytes, file: str, limits: Limits = ORDINARY) -> str:
    """UTF-8 bytes as NFC text with plain line ends; raises at the first bad place."""
    if len(raw) > limits.size:
        raise _RefusedError(
            error(
                "file-too-large", Place(file),
                f"The file has more than {limits.size:,} bytes.",
                "Split the record or shorten its texts.",
            )
        )  # fmt: skip
    _refuse_other_files(raw, file)
    text = _plain_lines(_utf8(raw, file))
    conflict = _CONFLICT.search(text)
    if conflict:
        raise _RefusedError(
            error(
                "conflict-marker",
                Place(file, text.count("\n", 0, conflict.start()) + 1, 1),
                "A git merge conflict is left in the file.",
                "Keep one side and remove the marker lines.",
            )
        )
    _refuse_characters(text, file)
    return unicodedata.normalize("NFC", text)


def _refuse_other_files(raw: bytes, file: str) -> None:
    """What is plainly something else gets a message that says so."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _RefusedError(
            error("not-utf8", Place(file, 1, 1), "The file is UTF-16, not UTF-8.",
                  "Save it as UTF-8.")
        )  # fmt: skip
    if raw.startswith(b"version https://git-lfs"):
        raise _RefusedError(
            error("lfs-pointer", Place(file, 1, 1), "This is a Git LFS pointer, not the file.",
                  "Run `git lfs pull`, or keep content out of LFS.")
        )  # fmt: skip


def _utf8(raw: bytes, file: str) -> str:
    body = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as bad:
        before = _plain_lines(body[: bad.start].decode("utf-8")).split("\n")
        offset = len(raw) - len(body) + bad.start
        raise _RefusedError(
            error(
                "not-utf8", Place(file, len(before), len(before[-1]) + 1),
                f"Byte {offset} (0x{raw[offset]:02x}) is not UTF-8.", "Save the file as UTF-8.",
            )
        ) from None  # fmt: skip


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_characters(text: str, file: str) -> None:
    for pattern, rule, what, hint in (
        (
            _FORBIDDEN,
            "forbidden-character",
            "is a control or direction character",
            "Delete it; it cannot be seen.",
        ),
        (_INVISIBLE, "invisible-character", "cannot be seen", "Delete it."),
    ):
        found = pattern.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise _RefusedError(
                error(rule, Place(file, line, column), f"U+{ord(found.group()):04X} {what}.", hint)
            )


class _Builder:
    """Turns parser events into a tree and stops at the first limit or forbidden construct."""

    def __init__(self, file: str, limits: Limits, text: str) -> None:
        self.file = file
        self.limits = limits
        self.text = text
        self.nodes = 0

    def tree(self) -> Tree:
        try:
            # A tag or an anchor cannot act here: only events are read, nothing is constructed.
            events = yaml.parse(self.text, Loader=yaml.CSafeLoader)
            return self._document(events)
        except yaml.MarkedYAMLError as bad:
            raise _RefusedError(self._syntax(bad)) from None
        except yaml.YAMLError as bad:
            raise _RefusedError(error("yaml-syntax", Place(self.file), str(bad))) from None

    def _syntax(self, bad: yaml.MarkedYAMLError) -> Problem:
        unclosed = bad.problem in _UNCLOSED and bad.context_mark
        mark = bad.context_mark if unclosed else bad.problem_mark or bad.context_mark
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
        words = ", ".join(part for part in (bad.context, bad.problem) if part)
        hint = _SYNTAX_HINTS.get(bad.problem or "", "Quote the value, or check the indentation.")
        return error("yaml-syntax", place, f"Not YAML: {words}.", hint)

    def _document(self, events: Iterator[Any]) -> Tree:
        next(events)  # stream start
        start = next(events)
        if isinstance(start, yaml.StreamEndEvent):
            raise self._refuse(
                "empty-file",
                None,
                "The file holds nothing.",
                "Write at least the required fields, or delete the file.",
            )
        if start.tags:
            raise self._refuse("yaml-tag", start, "A %TAG directive is not allowed.", "Remove it.")
        root = next(events)
        if not isinstance(root, yaml.MappingStartEvent):
            self._guard(root)
            empty = isinstance(root, yaml.ScalarEvent) and not root.value
            rule, words = (
                ("empty-file", "The file holds nothing.")
                if empty
                else ("not-a-mapping", "The file must hold `field: value` lines.")
            )
            raise self._refuse(rule, root, words, "Begin with `name: ...`.")
        self._guard(root)
        data, marks = self._mapping(root, events, 1)
        next(events)  # document end
        if not isinstance(extra := next(events), yaml.StreamEndEvent):
            raise self._refuse(
                "many-documents",
                extra,
                "A second document begins here.",
                "One file holds one record: remove the `---` line.",
            )
        return Tree(self.file, data, marks)

    def _refuse(self, rule: str, event: Any, message: str, hint: str = "") -> _RefusedError:
        mark = event.start_mark if event is not None else None
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file, 1, 1)
        return _RefusedError(error(rule, place, message, hint))

    def _guard(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            raise self._refuse(
                "too-many-values",
                event,
                f"More than {self.limits.nodes:,} values.",
                "Split the record.",
            )
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(
                "yaml-alias",
                event,
                f"`*{event.anchor}` refers to another place.",
                "Write the value out, or quote the text if it begins with *.",
            )
        if event.anchor is not None:
            raise self._refuse(
                "yaml-anchor",
                event,
                f"`&{event.anchor}` names a place.",
                "Remove it, or quote the text if it begins with &.",
            )
        if event.tag is not None:
            raise self._refuse(
                "yaml-tag",
                event,
                f"The tag {event.tag} is not allowed.",
                "Remove it, or quote the text if it begins with !.",
            )

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Any, Marks]:
        self._guard(event)
        at = (event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_ragged(event)
            if _unseen(event.value):
                raise self._refuse(
                    "forbidden-character",
                    event,
                    "An escape stands for a character that cannot be seen.",
                    "Remove the escape.",
                )
            return unicodedata.normalize("NFC", event.value), Marks(at)
        if depth >= self.limits.depth:
            raise self._refuse(
                "too-deep",
                event,
                f"More than {self.limits.depth} levels deep.",
                "Flatten the structure.",
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth + 1)
        return self._mapping(event, events, depth + 1)

    def _refuse_ragged(self, event: Any) -> None:
        """Readers disagree on a block of text whose last line is spaces without a line break."""
        last = event.style in ("|", ">") and event.end_mark.index >= len(self.text)
        if last and self.text.endswith(" ") and not self.text.rpartition("\n")[2].strip():
            raise self._refuse(
                "yaml-syntax",
                event,
                "The file ends in a line of spaces.",
                "Remove them, or end the file with a line break.",
            )

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> tuple[list[Any], Marks]:
        items: list[Any] = []
        marks = Marks((start.start_mark.line + 1, start.start_mark.column + 1))
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            value, child = self._node(event, events, depth)
            marks.children[len(items)] = child
            items.append(value)
        return items, marks

    def _mapping(
        self, start: Any, events: Iterator[Any], depth: int
    ) -> tuple[dict[str, Any], Marks]:
        data: dict[str, Any] = {}
        marks = Marks((start.start_mark.line + 1, start.start_mark.column + 1))
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, marks)
            marks.keys[key] = (event.start_mark.line + 1, event.start_mark.column + 1)
            following = next(events)
            # The C parser takes the sign for a mark of its own and drops it.
            if start.flow_style and self.text.endswith("?", 0, event.start_mark.index):
                raise self._refuse(
                    "yaml-syntax",
                    event,
                    f"`?{key}` begins with a question mark.",
                    "Quote the text.",
                )
            if start.flow_style and _is_empty(following):
                raise self._refuse(
                    "flow-comma",
                    event,
                    f"`{key}` has no value: in {{...}} a comma ends the value before it.",
                    "Quote the text that has the comma.",
                )
            data[key], marks.children[key] = self._node(following, events, depth)
        return data, marks

    def _key(self, event: Any, marks: Marks) -> str:
        self._guard(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(
                "key-not-text", event, "A key must be plain text.", "Write `field: value`."
            )
        key: str = unicodedata.normalize("NFC", event.value)
        if key == "<<" and not event.style:
            raise self._refuse(
                "yaml-merge", event, "Merge keys (`<<`) are not allowed.", "Write the values out."
            )
        if key in _UNSAFE_KEYS or not key or _unseen(key):
            raise self._refuse("unsafe-key", event, f"`{key}` cannot be a key.", "Rename it.")
        if key in marks.keys:
            first = marks.keys[key][0]
            raise self._refuse(
                "duplicate-key",
                event,
                f"`{key}` stands here and on line {first}.",
                "Keep one of the two.",
            )
        return key


def _is_empty(value: Any) -> bool:
    """Whether nothing is written: in a flow map that is the rest of a text with a comma in it."""
    return isinstance(value, yaml.ScalarEvent) and value.value == "" and not value.style


def _unseen(text: str) -> bool:
    return bool(_FORBIDDEN.search(text) or _INVISIBLE.search(text))


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


def read_text(
    raw: bytes, file: str, limits: Limits = ORDINARY
) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file of prose in NFC, or the problem that keeps it from being read."""
    try:
        return decode(raw, file, limits), ()
    except _RefusedError as refused:
        return None, (refused.problem,)
