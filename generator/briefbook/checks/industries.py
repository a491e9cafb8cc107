"""Industries in, codes that no table knows and parts without a source of their own kind out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from briefbook.checks.files import File
from briefbook.load import Content
from briefbook.model.isic import codes, nearest, title
from briefbook.model.parts import Source
from briefbook.problem import Problem, error, warning
from briefbook.quantity import shorten

EXPECTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "definition": ("encyclopedia", "industry-site", "official-site", "other"),
        "market": ("industry-report", "research-report", "financial-report"),
        "pains": ("media", "industry-report", "research-report", "interview", "own-visit"),
        "benchmarks": ("ranking", "financial-report", "industry-report"),
        "value_chain": ("industry-site", "industry-report"),
    }
)
"""Kinds of source that a part of a brief should rest on (Maowen, lines 57 to 99).

`other` stands for published classifications such as ISIC. An article that names what it `quotes`
counts everywhere: the original is known, and can be looked up.
"""


def unknown_codes(_: Content, file: File) -> Iterator[Problem]:
    """ISIC codes that the shipped table does not have."""
    code = file.value.isic if file.kind == "industry" else None
    if code is None or code in codes():
        return
    near = [f"`{one}` ({title(one)})" for one in nearest(code)]
    hint = f"Did you mean {' or '.join(near)}?" if near else "Write a code such as `4711`."
    yield error(
        "isic", file.place(("isic",)), f"`{shorten(code)}` is no code of ISIC Rev. 4.", hint
    )


def sources_of_other_kinds(content: Content, file: File) -> Iterator[Problem]:
    """Parts that name sources, none of a kind that knows such things; invented ones need none."""
    if file.kind != "industry" or file.value.sample or content.book.value.sample:
        return
    for part, kinds in EXPECTED.items():
        named = [_source(content, file, id) for id in _of_part(file.tree.data, part)]
        known = [one for one in named if one]
        if known and not any(expected(one, part) for one in known):
            said = ", ".join(dict.fromkeys(one.kind for one in known))
            yield warning("source-kind", file.place((part,), key=True),
                          f"`{part}` rests on {said} only.",
                          f"Add a source of kind {_or(kinds)}.")  # fmt: skip


def expected(source: Source, part: str) -> bool:
    """Whether a source is of a kind that the part should rest on."""
    return source.kind in EXPECTED[part] or (source.kind == "article" and bool(source.quotes))


def _or(kinds: tuple[str, ...]) -> str:
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}"


def _source(content: Content, file: File, id: str) -> Source | None:
    local: Mapping[str, Source] = file.value.sources
    return local.get(id) or content.sources.get(id)


def _of_part(data: Mapping[str, Any], part: str) -> list[str]:
    """Ids of all sources that a part names; those of the definition stand beside it."""
    if part == "definition":
        return _listed(data.get("definition_source")) if "definition" in data else []
    return list(_named(data.get(part)))


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _named(item)
    elif isinstance(node, Mapping):
        yield from _listed(node.get("source"))
        for key, item in node.items():
            if key != "source":
                yield from _named(item)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])
