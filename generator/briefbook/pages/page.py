"""What a page is: an address, a template, and all that the template may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is rendered.

    `section` is the address of the tab that it belongs to; `toc` lists id and title of its parts;
    `filters` are the facets that search offers for it; `json` goes to `index.json` beside it,
    `files` are further files by their way from its folder. With `within`, search tells of it by
    that name in the entry of the page above it.
    """

    address: str
    template: str
    title: str
    kind: str
    section: str
    data: Mapping[str, Any]
    toc: tuple[tuple[str, str], ...] = ()
    description: str = ""
    searchable: bool = True
    within: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    json: Mapping[str, Any] | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    edit: str = ""
    foot: Mapping[str, Any] = field(default_factory=dict)
