"""A folder and a name in, a new project or a new record in it out; nothing is overwritten."""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path

from briefbook.model import FOLDERS, Book
from briefbook.model.types import ID, RESERVED
from briefbook.scaffold.files import ScaffoldError, write_new
from briefbook.scaffold.schemas import schemas, stale_schemas, write_schemas
from briefbook.scaffold.starter import OWN, starter_files
from briefbook.scaffold.template import commented, template
from briefbook.scaffold.workflows import workflows
from briefbook.shape import shape
from briefbook.source import read

__all__ = [
    "NEW", "ScaffoldError", "commented", "init", "new", "schemas", "stale_schemas",
    "starter_files", "template", "write_schemas",
]  # fmt: skip
NEW = (*FOLDERS, "page")
"""Kinds that `new` makes a file of."""


def new(content: Path, kind: str, id: str) -> Path:
    """Writes the template of a new record into a content folder; nothing is ever overwritten."""
    if kind not in NEW:
        near = difflib.get_close_matches(kind, NEW, 1, 0.5)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise ScaffoldError(f"`{kind}` is no kind of record. {hint}Kinds are {', '.join(NEW)}.")
    if not re.fullmatch(ID, id) or id in RESERVED:
        raise ScaffoldError(
            f"`{id}` cannot be an id. Use a-z, 0-9 and hyphens, at most 63 characters, "
            "and no name that the site or a file system keeps for itself."
        )
    if not content.is_dir():
        raise ScaffoldError(f"There is no content folder {content}. Run `briefbook init` first.")
    folder, ending = ("pages", "md") if kind == "page" else (FOLDERS[kind][0], "yml")
    name = f"{folder}/{id}.{ending}"
    write_new(content, {name: template(kind, id).encode()})
    return content / name


def init(folder: Path, name: str | None = None, ci: str | None = None) -> tuple[Path, ...]:
    """Writes the starter project into a folder, or nothing if any file of it is there already.

    `ci` names the host that workflows are written for.
    """
    files = {f"content/{path}": raw for path, raw in starter_files().items()}
    files["content/book.yml"] = _named(files["content/book.yml"], name)
    files |= {f".schema/{path}": raw for path, raw in schemas().items()}
    files[".gitignore"] = (OWN / "gitignore").read_bytes()
    files["README.md"] = (OWN / "README.md").read_bytes()
    return write_new(folder, files | (workflows(ci) if ci else {}))


def _named(book: bytes, name: str | None) -> bytes:
    if name is None:
        return book
    written = json.dumps(" ".join(name.split()), ensure_ascii=False)
    made = re.sub(rb"(?m)^name: .*$", lambda _: f"name: {written}".encode(), book, count=1)
    parsed, problems = read(made, "book.yml")
    if parsed:
        problems = shape("book", Book, parsed)[1]
    if problems:
        raise ScaffoldError(f"The name cannot be used. {problems[0].message} {problems[0].hint}")
    return made
