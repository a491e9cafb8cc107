"""A folder of files in, `build.json` with their digests out; and what differs from it later."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from briefbook.publish.disk import naming

MANIFEST = "build.json"
FORMAT = "briefbook-site/1"


def write_manifest(staging: Path, extra: Mapping[str, str]) -> None:
    """Write `build.json`: what the caller knows of the build, and the SHA-256 of every file."""
    sums = {name: _digest(staging / name) for name in files(staging) if name != MANIFEST}
    record = {**extra, "format": FORMAT, "files": sums}
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    target = staging / MANIFEST
    target.unlink(missing_ok=True)  # it may be linked to the one of an older release
    with naming(target):
        target.write_text(text, "utf-8")


def verify(site: Path) -> tuple[str, ...]:
    """How a site differs from its manifest, a line for each file; empty when it does not."""
    planned = read_manifest(site)
    if planned is None:
        return (f"{MANIFEST}: missing or not readable",)
    present = set(files(site)) - {MANIFEST}
    return tuple(
        [f"{name}: missing" for name in sorted(planned.keys() - present)]
        + [f"{name}: not in the manifest" for name in sorted(present - planned.keys())]
        + [
            f"{name}: changed"
            for name in sorted(present & planned.keys())
            if (site / name).is_symlink() or _digest(site / name) != planned[name]
        ]
    )


def unplanned(staging: Path, planned: Collection[str]) -> tuple[str, ...]:
    """Files (relative, with /) that nobody planned."""
    return tuple(sorted(set(files(staging)) - set(planned) - {MANIFEST}))


def missing(staging: Path, planned: Collection[str]) -> tuple[str, ...]:
    """Planned files (relative, with /) that nobody wrote."""
    return tuple(sorted(set(planned) - set(files(staging))))


def read_manifest(site: Path) -> dict[str, str] | None:
    try:
        record = json.loads((site / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        return None
    files = record.get("files")
    return files if isinstance(files, dict) else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files(folder: Path) -> Iterator[str]:
    """Everything below a folder that is no folder, links included and not followed."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(place) / name).relative_to(folder).as_posix()
