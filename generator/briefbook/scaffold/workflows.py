"""A host and how to install this tool in, the workflow files of a repository out."""

from __future__ import annotations

import json
import re
import shlex

from briefbook import __version__
from briefbook.scaffold.files import ScaffoldError
from briefbook.scaffold.starter import OWN

HOSTS = {
    "github": {
        ".github/workflows/briefbook-check.yml": "github-check.yml",
        ".github/workflows/briefbook-publish.yml": "github-publish.yml",
    },
    "gitlab": {".gitlab-ci.yml": "gitlab.yml"},
}
"""Files of each host, and the templates that they are made of."""
BY_HAND = {
    "gitlab": "GitLab keeps schedules outside of this file. For the build of every night add one "
    "by hand: Build > Pipeline schedules > New schedule, interval `0 3 * * *`, the default branch. "
    "Until then the site is built after merges only, and its dates stand still.",
}
"""What a host leaves to people."""
INSTALL = f"briefbook=={__version__}"
_PLAIN = re.compile(r"(?!.*:( |$))[\w./@:=<>~+\[\], -]+")


def workflows(
    host: str, *, install: str = INSTALL, branch: str = "main", project: str = ""
) -> dict[str, bytes]:
    """Workflow files by path; `install` is what pip is given, `project` a folder below the top.

    Raises `ScaffoldError` for text that a shell or YAML could take for something else.
    """
    for text in (install, branch, project or "."):
        if not _PLAIN.fullmatch(text) or not text.isascii():
            raise ScaffoldError(
                f"{text!r} cannot stand in a workflow: use plain letters and signs."
            )
    below = f" -C {shlex.quote(project.rstrip('/'))}" if project else ""
    words = " ".join(shlex.quote(word) for word in install.split())
    filled = {"@INSTALL@": words, "@PROJECT@": below, "@BRANCH@": json.dumps(branch)}
    return {path: _filled(template, filled) for path, template in HOSTS[host].items()}


def _filled(template: str, words: dict[str, str]) -> bytes:
    text = (OWN / "ci" / template).read_text("utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text.encode()
