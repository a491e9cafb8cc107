"""What is typed for a record, a field and a value in, a file, a path and a tree out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from briefbook.edit.canonical import canonical
from briefbook.edit.change import Path, changed, shown
from briefbook.edit.known import Known, known, way
from briefbook.edit.problem import EditError
from briefbook.edit.records import PAGE, file_of, kind_of, limits
from briefbook.load import TOP
from briefbook.model import FOLDERS
from briefbook.source import Tree, read

TOPS = (*TOP, "sources")


def record(name: str) -> tuple[str, str]:
    """Kind and id of `account/x`, `accounts/x` or `accounts/x.yml`; of `book` the kind alone."""
    plain = name.removeprefix("content/").removesuffix(".yml").removesuffix(".md")
    if plain in TOPS:
        return plain, ""
    folder, _, id = plain.partition("/")
    kinds = {**{kind: kind for kind in FOLDERS}, PAGE: PAGE, "pages": PAGE}
    kinds |= {place: kind for kind, (place, _) in FOLDERS.items()}
    if folder not in kinds or not id:
        near = difflib.get_close_matches(folder, [*kinds, *TOPS], 1, 0.6)
        hint = f" Did you mean `{near[0]}`?" if near else ""
        raise EditError(f"`{name}` is no record.{hint} Write `accounts/some-id` or `book`.")
    return kinds[folder], id


def file(name: str) -> str:
    """The content file of what is named."""
    kind, id = record(name)
    return file_of(kind, id) if id else f"{kind}.yml"


def path(kind: str, typed: str) -> Path:
    """`plan.actions.a1.due` as keys and positions; what the model does not know is refused."""
    found: Path = ()
    for part in typed.split("."):
        steps = way(kind, found)
        here = known(kind, steps) if steps is not None else None
        if here is None or not _holds(here, part):
            raise EditError(_unknown(shown(found), part, here or Known()))
        step: str | int = int(part) if here.many == "list" else part
        found = (*found, step)
    if way(kind, found) is None:
        raise EditError(f"`{typed}` is no field here.")
    return found


def _holds(here: Known, part: str) -> bool:
    if here.many == "list":
        return part.isdecimal() and len(part) < 6
    return bool(part) and (part in here.fields or here.many != "" or here.loose)


def _unknown(above: str, part: str, here: Known) -> str:
    where = f" of `{above}`" if above else ""
    if here.many == "list":
        return f"`{above}` is a list: name its entries by number, from 0."
    near = difflib.get_close_matches(part, here.fields, 1, 0.6)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    known_ = f" Known here: {', '.join(here.fields)}." if here.fields and not near else ""
    return f"`{part}` is no field{where}.{hint}{known_}"


def value(kind: str, at: Path, typed: str) -> Any:
    """What is typed as the tree that stands at a path: text as it is, lists and maps as YAML."""
    here = known(kind, way(kind, at) or ()) or Known()
    if here.text and not (typed.startswith("[") and here.refers_to == "source"):
        return canonical(typed, here.type).strip()
    tree, problems = read(f"x: {typed}".encode(), "value.yml")
    if tree is None:
        raise EditError(f"`{typed}` cannot be read. {problems[0].message} {problems[0].hint}")
    return tree.data["x"]


def assigned(text: str, file: str, new: Mapping[Path, Any], tree: Tree | None = None) -> str:
    """The text of a file with values at some paths; what comes out has been read back.

    Raises `EditError` where one cannot be written, or a comment would be lost. `tree` is that of
    the text, if somebody has read it.
    """
    before = tree or read(text.encode(), file, limits(file))[0]
    if before is None:
        raise EditError(f"{file} cannot be read.")
    kind, data = kind_of(file), before.data
    made = changed(text, kind, new, before)
    for at, one in new.items():
        data = put(data, at, one, kind)
    after, problems = read(made.encode(), file, limits(file))
    if after is None or after.data != data:
        why = f" {problems[0].message}" if problems else " Change it by hand."
        raise EditError(f"`{shown(next(iter(new)))}` cannot be written to {file}.{why}")
    return made


def put(data: Any, at: Path, new: Any, kind: str, done: Path = ()) -> Any:
    """A tree with another value at a path, short forms made long where the path goes deeper."""
    here = known(kind, way(kind, done) or ()) or Known()
    if not at:
        short = isinstance(data, dict) and isinstance(new, str) and here.short
        return {**data, here.short: new} if short else new
    if isinstance(data, str):
        data = {here.short: data}
    step = at[0]
    if isinstance(step, int):
        items = list(data or [])
        old = items[step] if step < len(items) else None
        items[step : step + 1] = [put(old, at[1:], new, kind, (*done, step))]
        return items
    below = put((data or {}).get(step), at[1:], new, kind, (*done, step))
    return {**(data or {}), step: below}


def at(tree: Tree, path: Path) -> Any:
    """What a tree holds at a path; None where nothing is. Of a fact with evidence, its value."""
    here: Any = tree.data
    kind = kind_of(tree.file)
    for number, step in enumerate(path):
        if isinstance(here, str):
            known_ = known(kind, way(kind, path[:number]) or ()) or Known()
            here = {known_.short: here}
        if isinstance(here, list):
            here = here[step] if isinstance(step, int) and step < len(here) else None
        else:
            here = here.get(step) if isinstance(here, dict) else None
        if here is None:
            return None
    end = known(kind, way(kind, path) or ()) or Known()
    return here.get(end.short) if isinstance(here, dict) and end.short else here
