"""A folder and this machine in, out comes how a build goes here and what draws its frames."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING

from briefbook.history.where import Where
from briefbook.settings import Settings

if TYPE_CHECKING:
    from briefbook.frames import Framed, Outline
    from briefbook.prepare import Prepared
    from briefbook.settings import Past

ENGINES = (
    "mkdocs", "mkdocs-material", "jinja2", "markdown-it-py", "nh3", "babel", "networkx",
    "pagefind-bin-extended", "pyyaml", "pydantic",
)  # fmt: skip
"""Packages whose version shapes what is read, pages or their search index."""

TREES = "trees"
"""The file that keeps what files said from one run to the next."""


class DateError(Exception):
    """SOURCE_DATE_EPOCH names no date."""


def theme_folder() -> Path:
    """Templates and styles: beside the package in a checkout, inside it in a wheel."""
    package = Path(str(resources("briefbook")))
    beside = package.parent.parent / "theme"
    return beside if (beside / "briefbook").is_dir() else package / "_theme"


def build_date(past: Past | None = None) -> date:
    """SOURCE_DATE_EPOCH, else the day of past content, else today, in UTC (rule 21)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return past.day if past else datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise DateError(f"SOURCE_DATE_EPOCH is no count of seconds: {epoch!r}.") from None


def settings(root: Path, content: Path, past: Past | None = None) -> Settings:
    """How a build in this folder goes: what only a shell may ask the machine."""
    inside, commit, shallow = _git(root)
    below = f"{content.relative_to(root).as_posix()}/" if content.is_relative_to(root) else ""
    commit = past.commit if past else commit
    where = Where(root, commit, root / ".cache" / "history.json", engine())
    return Settings(
        content=content, theme=theme_folder(), today=build_date(past), commit=commit,
        folder=inside + below, engine=engine(), past=past, history=where if commit else None,
        shallow=shallow, trees=root / ".cache" / TREES,
    )  # fmt: skip


def _git(root: Path) -> tuple[str, str, bool]:
    """The folder's place in its repository, the commit, whether history is cut; else nothing."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "rev-parse", "--show-prefix", "--is-shallow-repository",
             "--verify", "-q", "HEAD"],
            capture_output=True, text=True, errors="replace", timeout=10, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return "", "", False
    inside, shallow, commit, *_ = [*done.stdout.split("\n"), "", "", ""]
    return inside.strip(), commit.strip(), shallow == "true"


@cache
def engine() -> str:
    """Versions of what draws pages, and SHA-256 over our own code: what is kept fits only these."""
    digest = hashlib.sha256()
    package = Path(str(resources("briefbook")))
    for path in sorted(package.rglob("*")):
        if path.suffix in {".csv", ".json", ".po", ".py", ".yml"}:
            digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return " ".join([*map(_version, ENGINES), digest.hexdigest()])


def _version(package: str) -> str:
    try:
        return f"{package}=={version(package)}"
    except PackageNotFoundError:
        return package


def draw(prepared: Prepared, staging: Path) -> Mapping[Outline, Framed]:
    """Draw the frames of a site by the engine."""
    from briefbook.shells.drawing import draw as drawn  # slow to import, and not always needed

    return drawn(prepared, staging)
