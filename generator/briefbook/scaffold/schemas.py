"""The model in, a project's `.schema` folder out: what editors check files against."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from briefbook.model.schema import KINDS, schema
from briefbook.scaffold.files import ScaffoldError, replace


def schemas() -> dict[str, bytes]:
    """JSON Schema of every kind of file, by file name."""
    return {f"{kind}.json": _schema(kind) for kind in (*KINDS, "sources")}


@cache
def _schema(kind: str) -> bytes:
    made = json.dumps(schema(kind), ensure_ascii=False, indent=1, sort_keys=True)
    return made.encode() + b"\n"


def stale_schemas(folder: Path) -> tuple[str, ...]:
    """Names of schemas of a project that are missing or differ from the model."""
    return tuple(
        name for name, made in schemas().items() if _bytes(folder / ".schema" / name) != made
    )


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Brings a project's schemas up to date; the paths of those that were written."""
    place = folder / ".schema"
    stale = stale_schemas(folder)
    if stale and place.is_symlink():
        raise ScaffoldError(f"{place} is a symbolic link.")
    try:
        for name in stale:
            place.mkdir(parents=True, exist_ok=True)
            replace(place / name, schemas()[name])
    except OSError as bad:
        raise ScaffoldError(f"{place} cannot be written: {bad.strerror}.") from None
    return tuple(place / name for name in stale)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
