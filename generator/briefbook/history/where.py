"""Where the past of some content is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Where:
    """Where a past is: a project in its repository, a commit, and the file that keeps results."""

    root: Path
    ref: str
    cache: Path
    engine: str
