"""Where each record's page is, and the way from one page to another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

FOLDER = {"industry": "industries", "company": "companies", "account": "accounts",
          "strategy": "strategy", "page": "methods", "chain": "value-chain",
          "capability": "capabilities"}  # fmt: skip


def address(kind: str, id: str) -> str:
    """The site address of a record's page: `/accounts/lantern-fresh/`."""
    return f"/{FOLDER[kind]}/{id}/"


@lru_cache(maxsize=1 << 12)
def relative(target: str, base: str) -> str:
    """The way from the page at `base` to `target`, both as site addresses; anchors are kept."""
    path, mark, anchor = target.partition("#")
    if not path or path == base:
        return f"#{anchor}" if mark else "./"
    shared = 1
    while (end := base.find("/", shared) + 1) and path.startswith(base[:end]):
        shared = end
    way = "../" * base.count("/", shared) + path[shared:]
    return f"{way or './'}{mark}{anchor}"


@dataclass(frozen=True, slots=True)
class Forge:
    """Edit and history links of the place that keeps the content, by the kind of its host."""

    repository: str
    branch: str
    folder: str
    host: str | None = None

    def edit(self, file: str, line: int = 0) -> str:
        """Where the file can be edited."""
        mark = f"#L{line}" if line else ""
        ways = {"gitlab": ("/-/edit/", mark), "gitea": ("/_edit/", ""),
                "bitbucket": ("/src/", "?mode=edit"), "github": ("/edit/", mark)}  # fmt: skip
        way, end = ways[self._kind()]
        return self._at(way, file) + end

    def history(self, file: str) -> str:
        """Where the file's changes are listed."""
        ways = {"gitlab": "/-/commits/", "gitea": "/commits/branch/",
                "bitbucket": "/history-node/", "github": "/commits/"}  # fmt: skip
        return self._at(ways[self._kind()], file)

    def _kind(self) -> str:
        if self.host:
            return self.host
        host = urlsplit(self.repository).hostname or ""
        known = (("gitlab", "gitlab"), ("bitbucket", "bitbucket"), ("gitea", "gitea"),
                 ("forgejo", "gitea"), ("codeberg", "gitea"))  # fmt: skip
        return next((kind for name, kind in known if name in host), "github")

    def _at(self, way: str, file: str) -> str:
        base = self.repository.rstrip("/").removesuffix(".git")
        return base + way + quote(f"{self.branch}/{self.folder}{file}")
