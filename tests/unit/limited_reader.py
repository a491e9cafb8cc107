"""Content files in, what the reader says of each as JSON lines out, within 2 GB of memory."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

from briefbook.load import load
from briefbook.problem import Problem
from briefbook.source import read
from tests.samples import book, scalar

LIMIT = 2_000_000_000


def told(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Problems as plain values."""
    return [
        {"rule": one.rule, "line": one.place.line, "column": one.place.column, "text": str(one)}
        for one in problems
    ]


def loaded(files: dict[str, str | bytes]) -> list[dict[str, Any]]:
    """Problems of a content folder with these files."""
    with tempfile.TemporaryDirectory() as folder:
        return told(load(book(Path(folder), files))[1])


def verdict(file: Path) -> dict[str, Any]:
    """What becomes of a file: by itself, as a company's, and, for an id, as name and reference."""
    raw = file.read_bytes()
    tree, problems = read(raw, "x.yml")
    found: dict[str, Any] = {"file": file.name, "read": told(problems)}
    found["record"] = loaded({"companies/x.yml": raw})
    if tree is None:
        return found
    found["data"] = tree.data
    if file.name.startswith("id-"):
        name = tree.data["id"]
        account = f"name: x\nindustry: {json.dumps(name)}\n"
        found["reference"] = loaded({"accounts/a.yml": account})
        if "/" not in name:  # no file system has such a name
            found["name"] = loaded({f"companies/{name}.yml": f"name: {scalar(name)}\n"})
    return found


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    for argument in sys.argv[1:]:
        print(json.dumps(verdict(Path(argument))), flush=True)  # noqa: T201 - its result
