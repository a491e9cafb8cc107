"""A folder of files in, `build.json` with their digests out; and what differs from it later."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import re
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, Literal, NoReturn

from briefbook.problem import escape
from briefbook.publish.disk import naming
from briefbook.publish.tree import files

MANIFEST = "build.json"
FORMAT = "briefbook-site/1"
MOST_BYTES = 1 << 27
"""A manifest takes some 200 bytes a file; this is one of 600,000 files."""
Tick = Callable[[str, int], None]
How = Literal["missing", "changed", "not in the manifest", "not readable"]


class ManifestError(Exception):
    """There is no `build.json` that says what a site holds; the message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a site says of itself: SHA-256 by name of file, and by what and when it was built."""

    files: Mapping[str, str]
    version: str = ""
    built: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Differs:
    """A file that is not as its site says."""

    name: str
    how: How

    def __str__(self) -> str:
        return f"{escape(self.name)}: {self.how}"


def write_manifest(
    staging: Path, extra: Mapping[str, str], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Write `build.json`: what the caller knows of the build, and the SHA-256 of every file.

    `known` are sums of files that the caller has read already: these are not read again. All sums
    come back.
    """
    known = known or {}
    sums = {
        name: known.get(name) or _digest(staging / name)
        for name in files(staging)
        if name != MANIFEST
    }
    target = staging / MANIFEST
    target.unlink(missing_ok=True)  # it may be linked to the one of an older release
    with naming(target):
        target.write_text(_text({**extra, "format": FORMAT}, sums), "utf-8")
    return sums


def _text(told: Mapping[str, str], sums: Mapping[str, str]) -> str:
    """A manifest, a line for each file, as `indent=1` writes it in five times the time."""
    lines = json.dumps(sums, ensure_ascii=False, sort_keys=True, separators=(",\n  ", ": "))
    text = json.dumps({**told, "files": {}}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.replace('"files": {}', f'"files": {{\n  {lines[1:-1]}\n }}', 1) if sums else text


def verify(site: Path, tick: Tick = lambda *_: None) -> tuple[Differs, ...]:
    """How a site differs from its manifest, each file once; raises `ManifestError`."""
    return compare(site, read_manifest(site), tick)


def compare(site: Path, manifest: Manifest, tick: Tick = lambda *_: None) -> tuple[Differs, ...]:
    """How a site differs from a manifest: what is missing, what is more, what is changed.

    Each file is read once and no link is followed but the one that is the site.
    """
    planned, present = manifest.files, set(files(site)) - {MANIFEST}
    found = [Differs(name, "missing") for name in sorted(planned.keys() - present)]
    found += [Differs(name, "not in the manifest") for name in sorted(present - planned.keys())]
    for number, name in enumerate(sorted(planned.keys() & present), 1):
        tick("verify", number)
        if how := _differs(site / name, planned[name]):
            found.append(Differs(name, how))
    return tuple(found)


def _differs(path: Path, sum: str) -> How | None:
    if path.is_symlink():
        return "changed"
    try:
        with _plain(path) as file:
            return None if hashlib.file_digest(file, "sha256").hexdigest() == sum else "changed"
    except _NotPlainError:
        return "changed"
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "not readable"


class _NotPlainError(OSError):
    """A link, a pipe, a socket or a device where a file should be."""


def _plain(path: Path) -> BufferedReader:
    """A plain file, open; a pipe would let us wait for ever."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise _NotPlainError(f"{path.name} is no plain file.")


def read_manifest(site: Path) -> Manifest:
    """What a site says of itself; raises `ManifestError` unless a build can have written it."""
    record = _record(site)
    if record.get("format") != FORMAT:
        _refuse(f"its `format` is not {FORMAT}")
    sums = record.get("files")
    if not isinstance(sums, dict):
        _refuse("it has no `files`")
    for name, sum in sums.items():
        if not _inside(name):
            _refuse(f"`{escape(name)}` is no name of a file of the site")
        if not isinstance(sum, str) or not re.fullmatch("[0-9a-f]{64}", sum):
            _refuse(f"the sum of `{escape(name)}` is no SHA-256")
    told = [record.get(key, "") for key in ("version", "built", "commit")]
    if not all(isinstance(one, str) for one in told):
        _refuse("`version`, `built` and `commit` are texts")
    return Manifest(sums, *told)


def _record(site: Path) -> dict[str, Any]:
    try:
        with _plain(site / MANIFEST) as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ManifestError(f"{site} has no {MANIFEST}: no build has made it.") from None
    except OSError as bad:
        raise ManifestError(f"{site / MANIFEST} cannot be read: {bad.strerror or bad}.") from None
    if len(raw) > MOST_BYTES:
        _refuse(f"it is larger than {MOST_BYTES >> 20} MiB")
    record = None
    # deep nesting ends in RecursionError, a number of a million digits in ValueError
    with suppress(ValueError, RecursionError):
        record = json.loads(raw)
    if not isinstance(record, dict):
        _refuse("it is no JSON object")
    return record


def _refuse(why: str) -> NoReturn:
    raise ManifestError(f"{MANIFEST} is none that a build has written: {why}.")


def _inside(name: str) -> bool:
    """Whether a name is that of a file below the site, in its one spelling."""
    odd = "\0" in name or name in ("", ".", "..", MANIFEST) or name.startswith(("/", "../"))
    return not odd and posixpath.normpath(name) == name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
