"""What one run knows in, a file that a later run believes only if it is whole and ours out."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

DOUBTS = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading a record may raise, or taking apart what it says: then nothing is known."""


def write_record(path: Path, value: Any) -> str:
    """Write a record, in the place of an older one at once; its SHA-256 comes back."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogateescape")
    fresh = path.with_name(f"{path.name}.tmp")
    fresh.unlink(missing_ok=True)
    digest = hashlib.sha256(text).hexdigest()
    fresh.write_bytes(digest.encode() + b"\n" + text)
    fresh.replace(path)
    return digest


def read_record(path: Path, wanted: str = "") -> Any:
    """What a record says; raises one of DOUBTS if it is damaged, a link, or of another user.

    With `wanted` it must be the one of this SHA-256.
    """
    if path.is_symlink() or path.stat().st_uid != os.getuid():
        raise ValueError(path.name)
    digest, _, text = path.read_bytes().partition(b"\n")
    if digest != hashlib.sha256(text).hexdigest().encode() or wanted not in ("", digest.decode()):
        raise ValueError(path.name)
    return json.loads(text)
