"""A folder and a question in, what git says of it out: by subprocess, and nothing is written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from briefbook.problem import escape

_QUIET = (
    "-c", "log.showSignature=false", "-c", "i18n.logOutputEncoding=UTF-8",
    "-c", "diff.renameLimit=0", "--no-pager", "--literal-pathspecs",
)  # fmt: skip
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
"""A hook runs with these; they would lead away from the folder that was named."""


class GitError(Exception):
    """Git cannot answer; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit; `when` is the committer's time in UTC."""

    id: str
    when: datetime

    @property
    def day(self) -> date:
        """The day of the commit, in UTC."""
        return self.when.date()

    @property
    def short(self) -> str:
        """Enough of the id for people."""
        return self.id[:10]


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after; None where it was not there. Renamed files have both."""

    old: str | None
    new: str | None

    def below(self, folder: str) -> Change:
        """The names as seen from a folder; what lies outside is not there."""
        seen = (
            name.removeprefix(folder) if name and name.startswith(folder) else None
            for name in (self.old, self.new)
        )
        return Change(*seen)


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that holds `root`; `inside` is the way from its top to `root`."""

    root: Path
    inside: str
    shallow: bool

    def run(self, *arguments: str) -> bytes:
        """What a command of git prints."""
        return _run(self.root, *arguments)

    def lines(self, *arguments: str) -> list[str]:
        """What a command prints with `-z`, split; names keep bytes that are no text."""
        return os.fsdecode(self.run(*arguments)).split("\0")

    def commit(self, ref: str) -> Commit:
        """The commit that a branch, a tag or anything else of git's names stands for."""
        try:
            if ref.startswith("-") or not ref.isprintable():
                raise GitError
            said = self.run("rev-parse", "--verify", "-q", "--end-of-options", f"{ref}^{{commit}}")
        except GitError:
            raise GitError(self._unknown(ref)) from None
        return self._commit(said.decode().strip())

    def _unknown(self, ref: str) -> str:
        said = f"`{escape(ref)}` names no commit here."
        if ref == "HEAD":
            return "There is no commit yet."
        return f"{said} This clone is shallow: fetch more of its history." * self.shallow or said

    def _commit(self, id: str) -> Commit:
        said = self.run("show", "-s", "--format=%ct", "--no-notes", id).decode().strip()
        return Commit(id, datetime.fromtimestamp(int(said), UTC))

    def on_day(self, ref: str, day: date) -> Commit:
        """The last commit of a branch by the end of a day in UTC, along first parents."""
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        last = int((start + timedelta(days=1)).timestamp()) - 1
        newest = self.commit(ref).id
        said = self.run("rev-list", "-1", "--first-parent", f"--min-age={last}", newest, "--")
        if found := said.decode().strip():
            return self._commit(found)
        hint = " This clone is shallow: fetch more of its history." if self.shallow else ""
        raise GitError(f"{escape(ref)} has no commit by {day.isoformat()}.{hint}")

    def base(self, left: str, right: str) -> str:
        """The commit at which two others parted."""
        try:
            return self.run("merge-base", left, right).decode().strip()
        except GitError:
            hint = " This clone is shallow." if self.shallow else ""
            raise GitError(f"The two have no common history.{hint}") from None

    def changes(self, old: str, new: str | None, folder: str) -> tuple[Change, ...]:
        """Files below a folder that differ between commits; None is what lies in the folder."""
        told = self.lines("diff", "--name-status", "-z", "-M", "--no-ext-diff", "--no-textconv",
                          "--no-relative", old, *([new] if new else []), "--", folder)  # fmt: skip
        found = list(_statuses(told))
        if new is None:
            loose = self.lines("ls-files", "-z", "-o", "--exclude-standard", "--full-name", "--",
                               folder.removeprefix(self.inside))  # fmt: skip
            found += [Change(None, name) for name in loose if name]
        return tuple(found)

    def exists(self, commit: str, folder: str) -> str:
        """The sort of thing at a path of a commit: tree, blob, link, commit, or "" for nothing."""
        said = self.lines("ls-tree", "-z", "--full-tree", commit, "--", folder.rstrip("/"))[0]
        mode, _, rest = said.partition(" ")
        return "link" if mode == "120000" else rest.partition(" ")[0]


def _statuses(told: Sequence[str]) -> list[Change]:
    found, at = [], 0
    while at < len(told) and told[at]:
        sort = told[at][0]
        if sort in "RC":
            found.append(Change(told[at + 1] if sort == "R" else None, told[at + 2]))
            at += 3
            continue
        name = told[at + 1]
        found.append(Change(None if sort == "A" else name, None if sort == "D" else name))
        at += 2
    return found


def open_repository(root: Path) -> Repository:
    """The repository around a folder; raises `GitError` without git or a repository."""
    asked = ("rev-parse", "--is-shallow-repository", "--is-bare-repository", "--show-prefix")
    shallow, bare, *inside = os.fsdecode(_run(root, *asked)).split("\n")
    del bare  # a bare one answers all that is asked here
    return Repository(root, "\n".join(inside).removesuffix("\n"), shallow == "true")


def environment() -> dict[str, str]:
    """The environment for git: in English, about the folder named, never asking for anything."""
    kept = {key: value for key, value in os.environ.items() if key not in _ELSEWHERE}
    fixed = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
             "GIT_NO_LAZY_FETCH": "1"}  # fmt: skip
    return {**kept, **fixed}


def _run(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *_QUIET, *arguments],
            capture_output=True, check=False, env=environment(), stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError:
        raise GitError("The command `git` is not there; it is needed for this.") from None
    except (OSError, ValueError) as bad:
        raise GitError(f"git cannot be run: {bad}.") from None
    if done.returncode:
        raise GitError(_said(done.stderr))
    return done.stdout


def _said(stderr: bytes) -> str:
    told = stderr.decode(errors="replace").strip().splitlines()
    first = told[0].removeprefix("fatal: ") if told else "no reason given"
    if "not a git repository" in first:
        return "This folder is in no git repository."
    return f"git says: {escape(first)}"


def command(root: Path, *arguments: str) -> list[str]:
    """The words of a command of git, for whoever talks with it while it runs."""
    return ["git", "-C", str(root), *_QUIET, *arguments]
