"""File contents by name in, files that appear whole and overwrite nothing out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


class ScaffoldError(Exception):
    """A file cannot be made; the message says why."""


def write_new(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Writes files that are not there yet: all of them, or none."""
    _refuse_links(folder, files)
    there = [name for name in files if os.path.lexists(folder / name)]
    if there:
        raise ScaffoldError(f"Nothing was written, as this is here already: {', '.join(there)}.")
    written: list[Path] = []
    try:
        for name, raw in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, raw)
            written.append(path)
    except OSError as bad:
        for path in written:
            path.unlink(missing_ok=True)
        raise ScaffoldError(f"{folder} cannot be written: {bad.strerror}.") from None
    return tuple(written)


def _refuse_links(folder: Path, files: Mapping[str, bytes]) -> None:
    for part in sorted({parent for name in files for parent in Path(name).parents}):
        if part != Path() and (folder / part).is_symlink():
            raise ScaffoldError(f"{folder / part} is a symbolic link.")


def replace(path: Path, raw: bytes) -> None:
    """The whole file appears at once, or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)  # of a run that was killed
    try:
        with part.open("xb") as stream:
            stream.write(raw)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
