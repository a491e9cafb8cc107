"""What a run is asked for in; what the last run found of the very same input, if any, out.

This is what makes a command quick when nothing has changed: it reads every file, but neither
understands them nor imports what would.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefbook.files import Folder
from briefbook.problem import Problem, of_row
from briefbook.publish import ManifestError, verify
from briefbook.record import DOUBTS, read_record, write_record
from briefbook.settings import Settings
from briefbook.untouched import untouched

BUILT, CHECKED = "built.json", "checked.json"
LARGEST = 4 * 1024 * 1024
"""Bytes of a content file; larger ones are refused when they are read."""


@dataclass(frozen=True, slots=True)
class Last:
    """What a run said: problems, files of the past that were left out, whether history is short."""

    problems: tuple[Problem, ...]
    skipped: tuple[Problem, ...] = ()
    shallow: bool = False


def seen(content: Path) -> Mapping[str, str] | None:
    """SHA-256 of each file of a content folder, by its name; None where something odd stands."""
    files = Folder(content)
    try:
        if content.is_symlink():
            return None
        names = list(_names(files, ""))
        return {name: hashlib.sha256(files.read(name, LARGEST)).hexdigest() for name in names}
    except (OSError, _OddError):
        return None


class _OddError(Exception):
    """Something that the content may not hold."""


def _names(files: Folder, folder: str) -> list[str]:
    found = []
    for one in files.entries(folder):
        if one.name.startswith("."):
            continue
        name = f"{folder}{one.name}"
        if one.sort == "folder" and not folder:
            found += _names(files, f"{name}/")
        elif one.sort != "file" or (files.path / name).stat().st_size > LARGEST:
            raise _OddError(name)
        else:
            found.append(name)
    return found


def key(settings: Settings, files: Mapping[str, str], look: str = "") -> str:
    """SHA-256 over all that a run depends on; `look` is that of the theme, if pages are made."""
    asked = [
        settings.engine, settings.today.isoformat(), settings.folder, sorted(files.items()), look,
        [settings.commit, settings.shallow] if look else [],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(asked).encode("utf-8", "surrogateescape")).hexdigest()


def told(cache: Path, name: str, wanted: str) -> Last | None:
    """What the last run with this key said."""
    try:
        record = read_record(cache / name)
        if record["key"] != wanted:
            return None
        return _last(record)
    except DOUBTS:
        return None


def published(cache: Path, out: Path, wanted: str) -> Last | None:
    """What the last build with this key said, if `out` still shows its site, and that is whole."""
    try:
        record = read_record(cache / BUILT)
        release = cache / "site" / str(record["release"])
        shown = out.is_symlink() and out.resolve() == release.resolve()
        if record["key"] != wanted or not shown or release.stat().st_uid != os.getuid():
            return None
        whole = untouched(cache, release) or not verify(release)
        return _last(record) if whole else None
    except (*DOUBTS, ManifestError):
        return None


def tell(cache: Path, name: str, wanted: str, last: Last, release: str = "") -> None:
    """Write down what a run has said."""
    cache.mkdir(parents=True, exist_ok=True)
    value = {
        "key": wanted, "release": release, "problems": [one.row for one in last.problems],
        "skipped": [one.row for one in last.skipped], "shallow": last.shallow,
    }  # fmt: skip
    write_record(cache / name, value)


def _last(record: Mapping[str, Any]) -> Last:
    problems, skipped = (tuple(map(of_row, record[name])) for name in ("problems", "skipped"))
    return Last(problems, skipped, bool(record["shallow"]))
