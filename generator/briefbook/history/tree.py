"""A commit in, the files of its content out of git's objects: nothing is checked out."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from briefbook.files import Entry, Sort
from briefbook.history.git import GitError, Repository, command, environment

_AT_ONCE = 1 << 16
_SORTS: dict[str, Sort] = {"100644": "file", "100755": "file", "100664": "file", "120000": "link"}


class Blobs:
    """Objects of a repository by id, read through one process of git that the first one starts.

    Pickled, it is no more than the folder: another process that reads starts a git of its own.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._git: subprocess.Popen[bytes] | None = None

    def __reduce__(self) -> tuple[type[Blobs], tuple[Path]]:
        return Blobs, (self._root,)

    def read(self, id: str, limit: int) -> bytes:
        """The bytes of a blob, at most one beyond the limit."""
        into, out = self._pipes()
        into.write(id.encode() + b"\n")
        into.flush()
        head = out.readline().split()
        if len(head) != 3 or head[1] != b"blob":
            raise OSError(errno.ENOENT, "git does not have it here")
        size = int(head[2])
        wanted = out.read(min(size, limit + 1))
        left = size - len(wanted) + 1  # a line break ends each answer
        while left > 0 and (some := out.read(min(left, _AT_ONCE))):
            left -= len(some)
        return wanted

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._git is None:
            self._git = subprocess.Popen(
                command(self._root, "cat-file", "--batch"), env=environment(),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        assert self._git.stdin is not None
        assert self._git.stdout is not None
        return self._git.stdin, self._git.stdout

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._git is not None:
            self._git.kill()
            with self._git:
                self._git = None


@contextmanager
def blobs(root: Path) -> Iterator[Blobs]:
    """One `git cat-file --batch` for as long as it is needed."""
    made = Blobs(root)
    try:
        yield made
    finally:
        made.close()


@dataclass(frozen=True, slots=True)
class GitFiles:
    """The content folder of one commit; `ids` names the blob of each file."""

    listed: Mapping[str, Sequence[Entry]]
    ids: Mapping[str, str]
    blobs: Blobs

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds."""
        return self.listed.get(folder, ())

    def read(self, file: str, limit: int) -> bytes:
        """The bytes of a file, at most one beyond the limit."""
        if file not in self.ids:
            raise FileNotFoundError(errno.ENOENT, "No such file", file)
        return self.blobs.read(self.ids[file], limit)


def git_files(repository: Repository, commit: str, folder: str, source: Blobs) -> GitFiles:
    """The files below a folder of a commit; raises `GitError` where there is no such folder."""
    _demand(repository, commit, folder)
    told = repository.lines("ls-tree", "-r", "-z", "--full-tree", commit, "--", folder)
    listed: dict[str, dict[str, Sort]] = {"": {}}
    ids: dict[str, str] = {}
    for line in filter(None, told):
        head, _, path = line.partition("\t")
        mode, _, id = head.split(" ")
        name = path.removeprefix(folder)
        ids[name] = id
        _enter(listed, name, _SORTS.get(mode, "other"))
    made = {at: [Entry(*one) for one in names.items()] for at, names in listed.items()}
    return GitFiles(made, ids, source)


def _enter(listed: dict[str, dict[str, Sort]], name: str, sort: Sort) -> None:
    above, _, base = name.rpartition("/")
    listed.setdefault(above, {})[base] = sort
    if above and above not in listed.get(above.rpartition("/")[0], {}):
        _enter(listed, above, "folder")


def _demand(repository: Repository, commit: str, folder: str) -> None:
    sort = repository.exists(commit, folder)
    said = {
        "": f"The commit {commit[:10]} has no folder {folder}",
        "blob": f"In the commit {commit[:10]}, {folder.rstrip('/')} is a file.",
        "link": f"In the commit {commit[:10]}, {folder.rstrip('/')} is a symbolic link.",
        "commit": f"{folder} is a submodule: run this inside it, with its own commits.",
    }
    if sort in said:
        raise GitError(said[sort])
