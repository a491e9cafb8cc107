"""A theme in, what pages of it look like as one digest out."""

from __future__ import annotations

import hashlib
from pathlib import Path


def look(theme: Path) -> str:
    """SHA-256 over all files of the theme: what pages look like."""
    digest = hashlib.sha256()
    for path in sorted(theme.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(theme)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
