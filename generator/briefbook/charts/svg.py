"""Names of SVG elements, attributes and text in, escaped markup out: nothing else can be made."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from briefbook.escaped import escaped, marked

_ELEMENTS: Final = frozenset(
    {"svg", "g", "a", "title", "desc", "rect", "circle", "path", "line", "text", "tspan"}
)
_OPEN: Final = frozenset({"title", "desc", "text", "tspan"})
"""Elements that hold text, and are closed as such even where there is none."""
_ATTRIBUTES: Final = frozenset(
    {
        "id", "class", "role", "lang", "href", "viewBox", "width", "height", "focusable",
        "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d", "dx", "dy", "transform",
        "text-anchor", "aria-label", "aria-labelledby", "aria-hidden", "aria-describedby",
    }
)  # fmt: skip
_SCHEMES: Final = frozenset({"", "http", "https", "mailto"})
# What XML 1.0 cannot hold, and what turns the direction of the text around it.
_NOT_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

Attribute = str | int | float | None


@lru_cache(maxsize=1 << 14)  # boxes and rows begin in the same few places
def number(value: float) -> str:
    """A coordinate with at most two decimals; raises ValueError if it is no number."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer():
        return str(int(value))
    if not math.isfinite(value):
        raise ValueError(f"{value} is no coordinate")
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def clean(text: str) -> str:
    """Text as it may stand in an element or between quotes; Markup passes as it is."""
    if isinstance(text, Markup):
        return text
    # What can be printed is none of what no text may hold.
    return escaped(text if text.isprintable() else _NOT_TEXT.sub("", text))


def element(tag: str, *children: str, **attributes: Attribute) -> Markup:
    """One element. `class_` and `text_anchor` stand for class and text-anchor; None leaves out.

    Raises ValueError for an element or attribute that no diagram of ours needs, such as script,
    style or an event.
    """
    values = [
        clean(value) if isinstance(value, str) else number(value)
        for value in attributes.values()
        if value is not None
    ]
    if len(values) < len(attributes):
        attributes = {key: value for key, value in attributes.items() if value is not None}
    opening = _opening(tag, *attributes) % tuple(values)
    inner = "".join([clean(child) for child in children])
    return marked(f"{opening}>{inner}</{tag}>" if inner or tag in _OPEN else f"{opening}/>")


def together(parts: Iterable[str], between: str = "") -> Markup:
    """Parts one after the other."""
    return marked(between.join([clean(part) for part in parts]))


@cache
def _opening(tag: str, *keys: str) -> str:
    """How an element begins, with a place for the value of each of its attributes."""
    if tag not in _ELEMENTS:
        raise ValueError(f"{tag} is not an element of our diagrams")
    return f"<{tag}" + "".join([f' {_name(key)}="%s"' for key in keys])


def _name(key: str) -> str:
    name = key.rstrip("_").replace("_", "-")
    if name not in _ATTRIBUTES:
        raise ValueError(f"{name} is not an attribute of our diagrams")
    return name


def is_safe(href: str) -> bool:
    """Whether an address leads to a page: relative, or over HTTP or mail."""
    try:
        scheme = urlsplit(_NOT_TEXT.sub("", href).strip()).scheme
    except ValueError:
        return False
    return scheme.lower() in _SCHEMES


def link(href: str | None, *children: str, **attributes: Attribute) -> Markup:
    """Children inside a link, or alone where there is no address or none that is safe."""
    if not href or not is_safe(href):
        return together(children)
    return element("a", *children, href=href, **attributes)


def path(*commands: str | float) -> str:
    """The `d` of a path from letters and coordinates."""
    parts: list[str] = []
    apart = False
    for command in commands:
        if isinstance(command, str):
            parts.append(command)
        else:
            text = number(command)
            parts.append(f" {text}" if apart and text[0] != "-" else text)
        apart = not isinstance(command, str)
    return "".join(parts)
