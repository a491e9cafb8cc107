"""A content folder in, the files that are to be read and a problem for each that is none out."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from briefbook.files import Entry, Files, Folder
from briefbook.model import FOLDERS
from briefbook.model.types import ID, RESERVED
from briefbook.problem import Place, Problem, error, escape

_ID = re.compile(ID)


@dataclass(slots=True)
class Walked:
    """Names of files in a fixed order, problems, and kind and id of what cannot be read."""

    source: Files
    problems: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)


def walk(found: Walked, tops: Set[str]) -> None:
    """Gather the files of a folder; `tops` are the kinds that are one file at its top."""
    source = found.source
    try:
        entries = sorted(source.entries(""), key=_name)
    except OSError as bad:
        found.problems.append(
            error(
                "no-content",
                Place(source.path.name if isinstance(source, Folder) else "content"),
                f"The content folder cannot be read: {bad.strerror}.",
                "Run `briefbook init`, or name the folder with -C.",
            )
        )
        return
    for entry in entries:
        if not entry.name.startswith("."):
            _at_top(found, entry, {f"{kind}.yml" for kind in (*tops, "sources")})


def _at_top(found: Walked, entry: Entry, files: Set[str]) -> None:
    folders = {folder for folder, _ in FOLDERS.values()} | {"pages"}
    if entry.sort == "link":
        refuse(found, entry.name, "symbolic-link", "A symbolic link.", "Put the file itself here.")
    elif entry.name in folders and entry.sort == "folder":
        _walk_kind(found, entry.name)
    elif entry.name in files:
        found.files.append(entry.name)
    else:
        refuse(
            found,
            entry.name,
            "unexpected-file",
            "Nothing of this name belongs here.",
            "Content is book.yml, sources.yml, glossary.yml, questions.yml, quiz.yml, "
            "redirects.yml and " + ", ".join(f"{name}/" for name in sorted(folders)) + ".",
        )


def _name(entry: Entry) -> str:
    return entry.name


def _walk_kind(found: Walked, name: str) -> None:
    ending = ".md" if name == "pages" else ".yml"
    kind = next((kind for kind, (place, _) in FOLDERS.items() if place == name), "page")
    try:
        entries = sorted(found.source.entries(name), key=_name)
    except OSError as bad:
        refuse(found, name, "unreadable", f"The folder cannot be read: {bad.strerror}.")
        return
    for entry in entries:
        if entry.name.startswith(".") and not entry.name.startswith(".."):
            continue
        file = f"{name}/{entry.name}"
        stem = entry.name.removesuffix(ending)
        if entry.sort == "link":
            refuse(found, file, "symbolic-link", "A symbolic link.", "Put the file itself here.")
        elif not entry.name.endswith(ending) or entry.sort != "file":
            refuse(
                found,
                file,
                "unexpected-file",
                "Nothing of this kind belongs here.",
                f"What belongs here are files that end in {ending}.",
            )
        elif not _ID.fullmatch(stem) or "\n" in stem or stem in RESERVED:
            refuse(
                found,
                file,
                "id",
                f"`{escape(stem)}` cannot be an id.",
                "Rename the file: a-z, 0-9 and hyphens, at most 63 characters, "
                "and no name that the site or a file system keeps for itself.",
            )
        else:
            found.files.append(file)
            continue
        found.broken.add((kind, entry.name.partition(".")[0]))


def refuse(found: Walked, file: str, rule: str, message: str, hint: str = "") -> None:
    """Take in an error of a file as a whole."""
    found.problems.append(error(rule, Place(file), message, hint))
