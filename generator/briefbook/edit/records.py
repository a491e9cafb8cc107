"""The name of a content file and its bytes in, its kind, its tree and what is wrong with it out."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.load import TOP
from briefbook.model import FOLDERS
from briefbook.problem import Problem
from briefbook.shape import shape, shape_sources
from briefbook.source import INDUSTRY, ORDINARY, Limits, Tree, read

PAGE = "page"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read: no tree where it is no YAML, no problems where its shape holds."""

    tree: Tree | None
    problems: tuple[Problem, ...]


def kind_of(file: str) -> str:
    """The kind of a content file by its place: `accounts/x.yml` is an account."""
    folder, _, name = file.rpartition("/")
    if folder == "pages":
        return PAGE
    kinds = (kind for kind, (place, _) in FOLDERS.items() if place == folder)
    return next(kinds, name.removesuffix(".yml"))


def file_of(kind: str, id: str) -> str:
    """The content file of a record: `account`, `x` is accounts/x.yml."""
    return f"pages/{id}.md" if kind == PAGE else f"{FOLDERS[kind][0]}/{id}.yml"


def limits(file: str) -> Limits:
    """What a file may cost."""
    return INDUSTRY if file.startswith("industries/") else ORDINARY


def checked(raw: bytes, file: str) -> Checked:
    """A YAML file, read and held against the model."""
    tree, problems = read(raw, file, limits(file))
    if tree is None:
        return Checked(None, problems)
    kind = kind_of(file)
    if kind == "sources":
        return Checked(tree, shape_sources(tree)[1])
    return Checked(tree, shape(kind, FOLDERS[kind][1] if kind in FOLDERS else TOP[kind], tree)[1])
