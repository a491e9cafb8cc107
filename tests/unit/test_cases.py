"""Golden cases: what is written in; class, sentence and numbers out, as the JSON has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefbook.source import read
from tests.browser import REPO
from tests.conftest import Golden
from tests.samples import written
from tests.small import content, page, site, strategies

CASES = sorted((REPO / "tests" / "cases").iterdir())
FOLDERS = {"accounts": "/accounts/", "companies": "/companies/", "industries": "/industries/"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, golden: Golden) -> None:
    """`input.yml` gives `expected.json`."""
    tree, problems = read((case / "input.yml").read_bytes(), f"{case.name}/input.yml")
    assert tree is not None, problems
    found: dict[str, Any] = {}
    of = site(content(files(tree.data)))
    for folder, address in FOLDERS.items():
        for id in tree.data.get(folder, {}):
            made = page(of, f"{address}{id}/")
            assert made.json is not None
            found[f"{folder}/{id}"] = (
                made.json["derived"] if folder != "industries" else sizes(made.data)
            )
    assert found
    golden(case / "expected.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def files(data: dict[str, Any]) -> dict[str, str]:
    """The input as files; a record is called like its id unless it says otherwise."""
    made = {"industries/retail.yml": "name: Retail\n", **strategies()}
    if "book" in data:
        made["book.yml"] = written({"name": "Northstar CRM", **data["book"]})
    for folder in FOLDERS:
        for id, fields in data.get(folder, {}).items():
            always = {"name": id, **({"industry": "retail"} if folder == "accounts" else {})}
            made[f"{folder}/{id}.yml"] = written({**always, **fields})
    return made


def sizes(data: Any) -> list[dict[str, str]]:
    """What a brief says of the size of its market."""
    return [
        {"period": one["period"], "value": one["fact"]["text"], "growth": one["growth"],
         "before": one["before"]}
        for one in data["sizes"]
    ]  # fmt: skip
