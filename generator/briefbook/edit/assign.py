"""A record, a field and a value as typed in, the changed file out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefbook.edit import values
from briefbook.edit.evidence import beside
from briefbook.edit.files import Change, read
from briefbook.edit.problem import EditError
from briefbook.edit.records import PAGE, kind_of, limits
from briefbook.files import Files
from briefbook.source import read as read_tree


@dataclass(frozen=True, slots=True)
class Assigned:
    """One value of one file, before and after; `evidence` names what stands beside it."""

    file: str
    change: Change
    old: Any
    new: Any
    evidence: tuple[str, ...] = ()


def assign(source: Files, name: str, path: str, typed: str) -> Assigned:
    """The file of a record with a value at a path; raises `EditError`."""
    file = values.file(name)
    kind = kind_of(file)
    if kind == PAGE:
        raise EditError("A page is prose: change it in an editor.")
    at = values.path(kind, path)
    new = values.value(kind, at, typed)
    raw = read(source, file)
    tree, problems = read_tree(raw, file, limits(file))
    if tree is None:
        raise EditError(f"{problems[0]}")
    old = values.at(tree, at)
    if old == new:
        return Assigned(file, Change(raw, raw), old, new)
    after = rewritten(raw, lambda text: values.assigned(text, file, {at: new}))
    return Assigned(file, Change(raw, after), old, new, beside(tree, at))


def rewritten(raw: bytes, change: Any) -> bytes:
    """Bytes after a change of their text; line ends and a mark at the beginning stay."""
    text = raw.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    ending = "\r\n" if "\r\n" in text else "\n"
    plain = text.removeprefix(mark).replace("\r\n", "\n")
    made: str = change(plain)
    return (mark + made.replace("\n", ending)).encode()
