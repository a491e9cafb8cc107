"""A release in; whether no file of it was touched since it was published, out.

Of each file its number, its size and its times are looked at, as git does for its index, and none
is read. No program can set the time of a file's last change of any kind (`ctime`), so a write is
seen. A release that was copied, restored or moved to another disk is not known to be untouched:
then its files must be read.
"""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from briefbook.publish import entries
from briefbook.record import DOUBTS, clear, read_record, write_record

RECORD = "untouched.json"
PATIENCE = 50
"""Thousandths of a second for the clock of the disk to go on; some disks count whole seconds."""


def untouched(cache: Path, release: Path) -> bool:
    """Whether a release stands as it was when `note` was taken of it."""
    try:
        record = read_record(cache / RECORD)
        return bool(record == {"release": release.name, "state": _state(release)[0]})
    except DOUBTS:
        return False


def note(cache: Path, release: Path) -> None:
    """Write down how a release stands, if from now on no change of it can go unseen."""
    clear(cache / RECORD)
    now = _later(release.with_name(f"{release.name}.clock.tmp"))
    state, last = _state(release)
    # What was touched at this very moment may be touched once more, and would look the same.
    if last < now:
        write_record(cache / RECORD, {"release": release.name, "state": state})


def _later(probe: Path) -> int:
    """A time on the clock of this disk that is after all that was done on it so far, if it can."""
    probe.touch()
    begun = now = probe.stat().st_ctime_ns
    for _ in range(PATIENCE):
        if now > begun:
            break
        time.sleep(0.001)
        probe.touch()
        now = probe.stat().st_ctime_ns
    probe.unlink()
    return now


def _state(release: Path) -> tuple[str, int]:
    """One digest of how all files stand there, and when the last of them was changed."""
    digest, last = hashlib.sha256(), 0
    for name, entry in entries(release):
        of = entry.stat(follow_symlinks=False)
        last = max(last, of.st_ctime_ns)
        line = f"{name}\0{of.st_ino} {of.st_size} {of.st_mtime_ns} {of.st_ctime_ns}\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest(), last
