"""A place to publish to in, a refusal out when something stands there that is not ours."""

from __future__ import annotations

import os
import pwd
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from briefbook.publish.manifest import MANIFEST, ManifestError, read_manifest
from briefbook.publish.tree import files


class RefusedTargetError(Exception):
    """The folder to publish to is none that may be replaced; the message says why."""


def check_target(out: Path, content: Path, cache: Path, homes: Collection[Path] = ()) -> None:
    """Raise `RefusedTargetError`, before anything is written, if `out` may not be replaced.

    `homes` adds to the home folders that the system's list of users names.
    """
    place, source, store = located(out), content.resolve(), cache.resolve()
    if place == Path(place.anchor):
        raise RefusedTargetError(f"{out} is the root of the file system.")
    if place in {Path(home).resolve() for home in (*_homes(), *homes)}:
        raise RefusedTargetError(f"{out} is a home folder.")
    if source.is_relative_to(place):
        raise RefusedTargetError(f"{out} holds the content ({source}).")
    if place.is_relative_to(source):
        raise RefusedTargetError(f"{out} lies inside the content ({source}).")
    if store.is_relative_to(place) or place.is_relative_to(store):
        raise RefusedTargetError(f"{out} and the cache ({store}) lie one inside the other.")
    if ".git" in place.parts or (place / ".git").exists():
        raise RefusedTargetError(f"{out} belongs to a git repository.")
    refuse_foreign(place, store / "site")


def _homes() -> Iterator[Path]:
    with suppress(KeyError):
        yield Path(pwd.getpwuid(os.getuid()).pw_dir)
    yield Path("/root")
    for folder in (Path("/home"), Path("/Users")):
        yield folder
        if folder.is_dir():
            yield from folder.iterdir()


def located(out: Path) -> Path:
    """Where `out` itself is: links above it are followed, a link at its end is not."""
    if out.name in ("", ".", ".."):
        return out.resolve()
    return out.parent.resolve() / out.name


def refuse_foreign(out: Path, releases: Path) -> None:
    """Refuse what stands at `out` unless an earlier build made it."""
    if out.is_symlink():
        # `realpath`, since `resolve` fails on a loop of links
        if Path(os.path.realpath(out)).parent != releases.resolve():
            raise RefusedTargetError(f"{out} is a link to {out.readlink()}, which is none of ours.")
    elif out.is_dir():
        _refuse_strangers(out)
    elif out.exists():
        raise RefusedTargetError(f"{out} is a file.")


def _refuse_strangers(out: Path) -> None:
    """Refuse a folder with files in it that no build put there; an empty one may be used."""
    present = set(files(out))
    if not present and not any(out.iterdir()):
        return
    try:
        ours = read_manifest(out).files
    except ManifestError:
        raise RefusedTargetError(f"{out} is a folder that no build has made.") from None
    strangers = sorted(present - set(ours) - {MANIFEST})
    if strangers:
        raise RefusedTargetError(
            f"{out} holds files that no build has made, such as {strangers[0]}."
        )
