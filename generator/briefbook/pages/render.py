"""A page in, its HTML out; and the digest that says whether it must be made again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from briefbook.pages.page import Page
from briefbook.spelling import also_spelled
from briefbook.words import Words


class Renderer:
    """The page templates of a theme folder, in one language."""

    def __init__(self, theme: Path, words: Words) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(theme / "briefbook"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals["t"] = words
        self.look = look(theme)

    def html(self, page: Page) -> str:
        """The body of the page."""
        template = self.environment.get_template(page.template)
        data = dict(page.data)
        # `else` is a word of the template language.
        made = template.render(
            **data,
            self_else=data.pop("else", ()),
            kind=page.kind,
            foot=page.foot,
            filters=page.filters if page.searchable else (),
            searchable=page.searchable,
        )
        return made.replace(ALSO, also_spelled(_text(made)), 1) if page.searchable else made

    def digest(self, page: Page, frame: str) -> str:
        """SHA-256 over the page, the theme, and what its frame shows."""
        shown = json.dumps(
            [
                page.template,
                page.title,
                page.description,
                page.section,
                page.toc,
                page.filters,
                page.searchable,
                page.edit,
                dict(page.foot),
                _plain(page.data),
                self.look,
                frame,
            ],
            sort_keys=True,
            ensure_ascii=False,
            default=str,
        )
        return hashlib.sha256(shown.encode()).hexdigest()


ALSO = "briefbook-also-spelled"
"""Stands in page.html where words with đ are spelled once more for the search index."""


def _text(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", html)


def look(theme: Path) -> str:
    """SHA-256 over all files of the theme: what pages look like."""
    digest = hashlib.sha256()
    for path in sorted(theme.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(theme)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Markup) else value


# Inside a tag only: text may say href="x" too, but its "<" is always escaped.
ID = re.compile(r'<[a-zA-Z][^<>]*?\sid="([^"]*)"')
LINK = re.compile(r'<[a-zA-Z][^<>]*?\s(?:href|src)="([^"]*)"')


def anchors(html: str) -> frozenset[str]:
    """Ids of a page."""
    return frozenset(ID.findall(html))


def targets(html: str) -> Iterator[str]:
    """What a page's links and pictures lead to, still escaped as attributes are."""
    yield from LINK.findall(html)
