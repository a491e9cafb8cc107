"""A page's HTML in, its elements, texts, ids and links out; what is not well-formed is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
KIND = re.compile(r"\bbb-page-([\w-]+)")
UNSEEN = frozenset({"script", "style", "template"})


@dataclass(frozen=True, eq=False)
class Element:
    """An element as it opens: tag, attributes, and the tags around it from the root."""

    tag: str
    attributes: Mapping[str, str]
    around: tuple[Element, ...] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @cached_property
    def hidden(self) -> bool:
        """Whether a reader without scripts never meets it."""
        chain = (*self.around, self)
        return any(one.tag in UNSEEN or "hidden" in one.attributes for one in chain)


@dataclass(frozen=True, eq=False)
class Text:
    """A text node and the elements around it."""

    text: str
    around: tuple[Element, ...] = field(repr=False)


@dataclass(frozen=True)
class Document:
    """A page that was read."""

    elements: tuple[Element, ...] = field(repr=False)
    texts: tuple[Text, ...] = field(repr=False)
    size: int

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All ids, in order, doubles too."""
        return tuple(one["id"] for one in self.elements if "id" in one.attributes)

    @cached_property
    def kind(self) -> str:
        """What kind of page the body says it is."""
        classes = (one["class"] for one in self.elements)
        return next((found[1] for name in classes if (found := KIND.search(name))), "404")

    @cached_property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Level and text of every heading."""
        levels = re.compile(r"h([1-6])")
        return tuple(
            (int(found[1]), self.text(one).strip())
            for one in self.elements
            if (found := levels.fullmatch(one.tag))
        )

    @cached_property
    def links(self) -> tuple[tuple[Element, str], ...]:
        """Every element that leads somewhere or loads something, and where."""
        names = ("href", "src", "action", "poster", "data", "xlink:href", "formaction", "srcset")
        return tuple(
            (one, one.attributes[name])
            for one in self.elements
            for name in names
            if name in one.attributes
        )

    def named(self, tag: str) -> Iterator[Element]:
        """All elements of a tag."""
        return (one for one in self.elements if one.tag == tag)

    def text(self, element: Element) -> str:
        """All text inside an element."""
        return "".join(one.text for one in self.texts if element in one.around)


class MalformedError(Exception):
    """HTML that a strict reader refuses."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Element] = []
        self.elements: list[Element] = []
        self.texts: list[Text] = []

    def fail(self, message: str) -> None:
        line, column = self.getpos()
        raise MalformedError(f"{line}:{column}: {message}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.fail(f"<{tag}> has an attribute twice: {names}")
        one = Element(tag, {name: value or "" for name, value in attrs}, tuple(self.open))
        self.elements.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1].tag != tag:
            self.fail(f"</{tag}> closes {self.open[-1].tag if self.open else 'nothing'}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(Text(data, tuple(self.open)))

    def handle_pi(self, data: str) -> None:
        self.fail(f"a processing instruction: {data[:40]}")

    def unknown_decl(self, data: str) -> None:
        self.fail(f"an unknown declaration: {data[:40]}")


def document(html: str) -> Document:
    """Read a page; raises `MalformedError` where tags do not match."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open:
        reader.fail(f"<{reader.open[-1].tag}> is not closed")
    return Document(tuple(reader.elements), tuple(reader.texts), len(html))
