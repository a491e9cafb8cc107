"""The text of a page in, the blocks that it asks us to draw out, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefbook.prose import Fence, fences

WORDS = ("example", "fields", "yaml-of")
"""What the first word after the signs of a fence may ask for; any other is a language."""
REFERENCE = "ref:"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a fence and its column, counted from 1."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """What one fence asks for: a word, the words after it, its line from 0, and what it holds."""

    word: Word
    rest: tuple[Word, ...]
    line: int
    content: str = ""
    inner: bool = False

    @property
    def references(self) -> tuple[Word, ...]:
        """The words that name a record, as `ref:kind/id` with or without an anchor."""
        return tuple(one for one in self.rest if one.text.startswith(REFERENCE))

    @property
    def names(self) -> tuple[Word, ...]:
        """The other words: an example's name, a kind, fields."""
        return tuple(one for one in self.rest if not one.text.startswith(REFERENCE))

    @property
    def target(self) -> tuple[str, str, str] | None:
        """Kind, id and anchor of the record that it is about."""
        for one in self.references:
            path, _, anchor = one.text.removeprefix(REFERENCE).partition("#")
            kind, _, id = path.partition("/")
            return kind, id, anchor
        return None

    @property
    def quoted(self) -> tuple[str, str, tuple[Word, ...]]:
        """Of a `yaml-of`: kind and id of the file, no id where it is at the top, and its fields."""
        if self.target:
            return *self.target[:2], self.names
        return (self.names[0].text, "", self.names[1:]) if self.names else ("", "", ())


def is_block(fence: Fence) -> bool:
    """Whether a fence is ours to draw, and not code to show."""
    return fence.info.split()[:1] in [[word] for word in WORDS]


def block(fence: Fence, line: str = "") -> Block:
    """What a fence asks for; `line` is the line it begins on, for the columns of its words."""
    at = line.find(fence.info) + 1 if fence.info and fence.info in line else 1
    first, *rest = (
        Word(found[0], at + found.start()) for found in _WORD.finditer(fence.info or "-")
    )
    return Block(first, tuple(rest), fence.line, fence.content, fence.inner)


def blocks(text: str) -> Iterator[Block]:
    """The fences of a page that ask for something: those whose first word stands not alone.

    A language of code is one word, so a fence of several words is meant for us.
    """
    lines = text.split("\n")
    for fence in fences(text):
        if is_block(fence) or len(fence.info.split()) > 1:
            yield block(fence, lines[fence.line])
