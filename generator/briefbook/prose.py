"""CommonMark that people wrote in, safe HTML out: raw HTML off, then an allow-list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul", "s", "del",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "ol": {"start"}}
# One line of letters and such marks as mean nothing in CommonMark and in HTML, wherever they stand:
# four in five texts that people write. A test holds it against the reader.
_PLAIN = re.compile(
    r"[^\W\d_](?:[\w ,.;:?()%/\u2019\u2013\u3001\u3002\uff0c\uff1a-]*[\w.,;:?()%])?"
)
Resolve = Callable[[str], str | None]
"""`kind/id#anchor` to the way there, or None where nothing is."""


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: the words after its signs, what it holds, its line from 0.

    `inner` says that it stands within a list or a quotation.
    """

    info: str
    content: str
    line: int
    inner: bool


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable("image")  # a picture would be loaded from elsewhere
    return parser


_PARSER = _parser()


def prose(text: str, resolve: Resolve, *, heading: int = 2) -> Markup:
    """HTML of a text; `ref:` links are resolved, headings begin at level `heading`.

    Where that is 2 the text is a page of its own: its headings get the ids of `headings`.
    """
    if _is_plain(text):
        return Markup(f"<p>{text}</p>\n")  # noqa: S704 (nothing in it means anything)
    return _html(_parsed(text, resolve, heading))


def _is_plain(text: str) -> bool:
    return "_" not in text and _PLAIN.fullmatch(text) is not None


def pieces(
    text: str, resolve: Resolve, ours: Callable[[Fence], bool]
) -> tuple[Markup | Fence, ...]:
    """A text that is a page of its own, cut at those of its fences that are `ours` to draw.

    What stands between is HTML as `prose` gives it; what we draw never passes through it.
    """
    made: list[Markup | Fence] = []
    run: list[Token] = []
    for token in _parsed(text, resolve, 2):
        fence = _fence(token)
        if fence is None or fence.inner or not ours(fence):
            run.append(token)
            continue
        made += [_html(run)] if run else []
        made.append(fence)
        run = []
    return (*made, *([_html(run)] if run else []))


def fences(text: str) -> tuple[Fence, ...]:
    """The fenced blocks of a text, as the reader of CommonMark sees them."""
    return tuple(fence for token in _PARSER.parse(text) if (fence := _fence(token)))


def _fence(token: Token) -> Fence | None:
    if token.type != "fence":
        return None
    return Fence(token.info, token.content, (token.map or [0])[0], token.level > 0)


def _parsed(text: str, resolve: Resolve, heading: int) -> list[Token]:
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = int(token.tag[1]) - 2 + heading
            token.tag = f"h{min(max(level, heading), 4)}"
        for child in token.children or ():
            _link(child, resolve)
    if heading == 2:
        _ids(tokens)
    return tokens


def _html(tokens: list[Token]) -> Markup:
    made = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None
    )
    return Markup(clean)  # noqa: S704 (it has just passed the allow-list)


def _link(token: Token, resolve: Resolve) -> None:
    if token.type != "link_open":
        return
    href = str(token.attrGet("href") or "")
    if href.startswith("ref:"):
        token.attrSet("href", resolve(href.removeprefix("ref:")) or "#")
    elif not href.startswith(("http://", "https://", "#")):
        token.attrSet("href", "#")


def _ids(tokens: list[Token]) -> None:
    """Headings get ids by their order: a title may be in any language."""
    count = 0
    for token in tokens:
        if token.type == "heading_open":
            count += 1
            token.attrSet("id", f"part-{count}")


def headings(text: str) -> tuple[tuple[str, str], ...]:
    """Id and title of the headings of the top level, as `prose` gives them."""
    found = []
    tokens = _PARSER.parse(text)
    count = 0
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            count += 1
            if token.tag in {"h1", "h2"}:
                found.append((f"part-{count}", _words(tokens[index + 1])))
    return tuple(found)


def _words(inline: Token) -> str:
    return "".join(
        child.content for child in inline.children or () if child.type in {"text", "code_inline"}
    )


def links(text: str) -> tuple[tuple[str, int], ...]:
    """Target and line (from 0) of every link of a text, as the reader of CommonMark sees it."""
    return tuple(found for token in _PARSER.parse(text) for found in _links(token))


def _links(block: Token) -> Iterator[tuple[str, int]]:
    line = (block.map or [0])[0]
    for child in block.children or ():
        if child.type == "link_open":
            yield str(child.attrGet("href") or ""), line
        line += child.type in {"softbreak", "hardbreak"}


def plain(text: str) -> str:
    """The words of a text on one line: no marks, no addresses."""
    return " ".join((text if _is_plain(text) else _said(text)).split())


def _said(text: str) -> str:
    lines = (
        "".join(child.content or " " * child.type.endswith("break") for child in token.children)
        if token.children
        else token.content
        for token in _PARSER.parse(text)
    )
    return " ".join(lines)
