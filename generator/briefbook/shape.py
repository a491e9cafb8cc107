"""A tree and its kind in, a frozen record or located problems out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Set
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from briefbook.model import Part
from briefbook.model.compact import reader
from briefbook.model.parts import Source
from briefbook.model.schema import BY_ID, at, is_fact, long_form, schema
from briefbook.model.types import ById
from briefbook.problem import Problem, error
from briefbook.quantity import shorten
from briefbook.source import Tree

Model = TypeVar("Model", bound=Part)
Path = tuple[str | int, ...]
SOURCES = ById[Source]


def shape(kind: str, model: type[Model], tree: Tree) -> tuple[Model | None, tuple[Problem, ...]]:
    """The record of a tree, or one problem for each mistake in it."""
    try:
        return reader(model)(tree.data), ()
    except ValidationError as bad:
        return None, _problems(kind, tree, bad)


def shape_sources(tree: Tree) -> tuple[Mapping[str, Source], tuple[Problem, ...]]:
    """The sources of sources.yml by id, or one problem for each mistake."""
    try:
        return reader(SOURCES)(tree.data), ()
    except ValidationError as bad:
        return {}, _problems("sources", tree, bad)


def _problems(kind: str, tree: Tree, bad: ValidationError) -> tuple[Problem, ...]:
    details = bad.errors(include_url=False, include_input=False)
    missing = {one["loc"] for one in details if one["type"] == "missing"}
    misspelt = {
        one["loc"]: near
        for one in details
        if one["type"] == "extra_forbidden" and (near := _near(kind, one["loc"], missing))
    }
    # A misspelt name that is needed is one mistake: it is told as the unknown field alone.
    told = {(*loc[:-1], near) for loc, near in misspelt.items()}
    return tuple(
        _problem(kind, tree, one, misspelt.get(one["loc"], ""))
        for one in details
        if one["type"] != "missing" or one["loc"] not in told
    )


def _problem(kind: str, tree: Tree, detail: ErrorDetails, near: str) -> Problem:
    path, rule = detail["loc"], detail["type"]
    if rule == "missing":
        return error("missing-field", tree.place(path[:-1]), f"`{path[-1]}` is missing.",
                     _example(kind, path))  # fmt: skip
    if rule == "extra_forbidden":
        return error("unknown-field", tree.place(path, key=True),
                     f"`{shorten(str(path[-1]))}` is no field here.",
                     f"Did you mean `{near}`?" if near else _fields(kind, path))  # fmt: skip
    hint = str(detail.get("ctx", {}).get("hint", ""))
    if path and path[-1] == "[key]":
        return error(rule, tree.place(path[:-1], key=True), detail["msg"], hint)
    return error(rule, tree.place(path, key=_is_key(kind, path, rule)), detail["msg"], hint)


def _is_key(kind: str, path: Path, rule: str) -> bool:
    """Whether a key is what is wrong in a file that is one map by id; pydantic does not say so."""
    return kind in BY_ID and len(path) == 1 and rule != "shape"


def _example(kind: str, path: Path) -> str:
    node = at(schema(kind), path[:-1])
    if node is None or not is_fact(node):  # the example of a fact is that of its value
        node = at(schema(kind), path)
    examples = (node or {}).get("examples") or ["..."]
    return f"Write `{path[-1]}: {examples[0]}`."


def _near(kind: str, path: Path, missing: Set[Path]) -> str:
    """The field that was meant: rather one that is missing, else any that is written much alike."""
    written, known = str(path[-1]).lower(), _known(kind, path[:-1])
    wanted = [name for name in known if (*path[:-1], name) in missing]
    near = difflib.get_close_matches(written, wanted, 1, 0.6)
    near = near or difflib.get_close_matches(written, known, 1, 0.7)
    return near[0] if near else ""


def _fields(kind: str, path: Path) -> str:
    known = _known(kind, path[:-1])
    return "Known here: " + ", ".join(known) + "." if known else ""


def _known(kind: str, path: Path) -> list[str]:
    node = at(schema(kind), path) or {}
    long = long_form(node)
    return list((long or node).get("properties", {}))
