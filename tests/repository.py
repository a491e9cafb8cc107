"""Files in, a small git repository with commits of fixed dates and authors out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SETTINGS = (
    "-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false", "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.file.allow=always",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repo:
    """A repository on disk."""

    path: Path

    def git(self, *arguments: str, **environment: str) -> str:
        """What a command of git prints."""
        kept = {key: one for key, one in os.environ.items() if not key.startswith("GIT_")}
        fixed = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
        done = subprocess.run(
            ["git", *SETTINGS, *arguments], cwd=self.path, check=True, capture_output=True,
            env={**kept, **fixed, **environment},
        )  # fmt: skip
        return os.fsdecode(done.stdout).strip()

    def commit(
        self,
        files: Mapping[str, str | bytes | None],
        message: str = "Change",
        *,
        day: str = "2026-01-05",
        author: str = "Mai Tran",
    ) -> str:
        """Write, or delete for None, and commit at noon of a day; its id."""
        for name, text in files.items():
            path = self.path / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        self.git("add", "-A")
        who = ("-c", f"user.name={author}", "-c", "user.email=secret@example.com")
        when = f"{day}T12:00:00+00:00"
        self.git(*who, "commit", "-q", "--allow-empty", "-m", message,
                 GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)  # fmt: skip
        return self.git("rev-parse", "HEAD")


def repository(path: Path) -> Repo:
    """An empty one."""
    path.mkdir(parents=True, exist_ok=True)
    made = Repo(path)
    made.git("init", "-q")
    return made


def content(files: Mapping[str, str], folder: str = "content/") -> dict[str, str]:
    """The same files below the content folder."""
    return {folder + name: text for name, text in files.items()}
