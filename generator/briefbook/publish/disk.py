"""Files and folders in, the same on the disk or in another's place out: flush, copy, switch."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefbook.record import clear

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let an `OSError` of a write say which file it was: a full disk does not by itself."""
    try:
        yield
    except OSError as problem:
        if problem.filename is None:
            raise OSError(problem.errno, problem.strerror, str(path)) from problem
        raise


def flush(folder: Path) -> None:
    """Bring every file and folder below onto the disk, so that a rename cannot outrun them."""
    # One call for the file system costs less than a thirteenth of a call for each of 3,000 files.
    if _syncfs(folder):
        return
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            fsync(Path(place) / name)
        fsync(Path(place))


def fsync(path: Path) -> None:
    """Bring one file or folder onto the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        with naming(path):
            os.fsync(handle)
    finally:
        os.close(handle)


def copy_tree(source: Path, target: Path) -> None:
    """Copy folders and plain files, content only."""
    target.mkdir()
    for entry in sorted(source.iterdir()):
        if entry.is_dir():
            copy_tree(entry, target / entry.name)
        else:
            with naming(target / entry.name):
                shutil.copyfile(entry, target / entry.name)


def switch(fresh: Path, out: Path) -> None:
    """Put `fresh` in the place of `out` by one rename where the system can, and drop the old one.

    A kill at any moment leaves the one or the other; where folders cannot be exchanged it may
    leave `out` away and the old one aside, which `recover` repairs.
    """
    if not os.path.lexists(out) or (fresh.is_symlink() and (out.is_symlink() or out.is_file())):
        fresh.replace(out)
        return
    if _exchange(fresh, out):
        old = fresh
    else:
        old = aside(out)
        _replace_by_two(fresh, out, old)
    with suppress(OSError):  # the switch is made; the next build clears up what is left
        clear(old)


def beside(out: Path) -> Path:
    """Where the successor of `out` is made ready, in the same folder."""
    return out.with_name(f".{out.name}.briefbook-new")


def aside(out: Path) -> Path:
    """Where `out` waits for a moment when the two cannot be exchanged."""
    return out.with_name(f".{out.name}.briefbook-old")


def recover(out: Path) -> None:
    """Bring back or clear up what a killed `switch` has left."""
    if aside(out).is_dir() and not os.path.lexists(out):
        aside(out).rename(out)
    clear(aside(out))
    clear(beside(out))


def _replace_by_two(fresh: Path, out: Path, old: Path) -> None:
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise


def _call(name: str) -> Callable[..., int] | None:
    """A function of the C library, if this system has it."""
    return getattr(ctypes.CDLL(None, use_errno=True), name, None)


def _syncfs(folder: Path) -> bool:
    call = _call("syncfs")
    if call is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        failed = call(handle) != 0
    finally:
        os.close(handle)
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    return True


def _exchange(one: Path, other: Path) -> bool:
    call = _call("renameat2")
    if call is None:
        return False
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))
