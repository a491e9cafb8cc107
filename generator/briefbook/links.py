"""Where each record's page is, and the way from one page to another."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

FOLDER = {"industry": "industries", "company": "companies", "account": "accounts",
          "strategy": "strategy", "page": "methods"}  # fmt: skip


def address(kind: str, id: str) -> str:
    """The site address of a record's page: `/accounts/lantern-fresh/`."""
    return f"/{FOLDER[kind]}/{id}/"


def relative(target: str, base: str) -> str:
    """The way from the page at `base` to `target`, both as site addresses; anchors are kept."""
    path, mark, anchor = target.partition("#")
    if not path or path == base:
        return f"#{anchor}" if mark else "./"
    way = posixpath.relpath(path, base)
    folder = "/" if path.endswith("/") and not way.endswith("/") else ""
    return f"{way}{folder}{mark}{anchor}"


@dataclass(frozen=True, slots=True)
class From:
    """Links as seen from one page."""

    base: str

    def __call__(self, target: str) -> str:
        return relative(target, self.base)

    def record(self, kind: str, id: str, anchor: str = "") -> str:
        """The way to a record's page."""
        return relative(address(kind, id) + (f"#{anchor}" if anchor else ""), self.base)


@dataclass(frozen=True, slots=True)
class Forge:
    """Edit and history links of the place that keeps the content, by the kind of its host."""

    repository: str
    branch: str
    folder: str

    def _base(self) -> str:
        return self.repository.rstrip("/").removesuffix(".git")

    def edit(self, file: str, line: int = 0) -> str:
        """Where the file can be edited."""
        path = f"{self.branch}/{self.folder}{file}"
        if "gitlab" in self.repository:
            return f"{self._base()}/-/edit/{path}" + (f"#L{line}" if line else "")
        if "bitbucket" in self.repository:
            return f"{self._base()}/src/{path}?mode=edit"
        if "gitea" in self.repository or "codeberg" in self.repository:
            return f"{self._base()}/_edit/{path}"
        return f"{self._base()}/edit/{path}" + (f"#L{line}" if line else "")

    def history(self, file: str) -> str:
        """Where the file's changes are listed."""
        path = f"{self.branch}/{self.folder}{file}"
        middle = "/-/commits/" if "gitlab" in self.repository else "/commits/"
        if "gitea" in self.repository or "codeberg" in self.repository:
            middle = "/commits/branch/"
        return f"{self._base()}{middle}{path}"
