"""Golden cases: what is written in; class, sentence and numbers out, as the JSON has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefbook.analyse.chains import ChainStudy
from briefbook.checks import check_content
from briefbook.pages.here import Site
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
    if address := tree.data.get("page"):  # a case about a page that is no record's
        found[address] = page(of, address).json
    for folder, address in FOLDERS.items() if not found else ():
        for id in tree.data.get(folder, {}):
            made = page(of, f"{address}{id}/")
            assert made.json is not None
            found[f"{folder}/{id}"] = told(made.json["derived"], tree.data.get("shows"))
    found |= {f"chains/{id}": chain(one) for id, one in of.results.chains.items()}
    if tell := EXTRA.get(case.name[:2]):
        found |= tell(of)
    assert found
    golden(case / "expected.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def facts(of: Site) -> dict[str, Any]:
    """Every fact with its source, its date and the day from which it is stale."""
    return {
        "facts": [
            {"record": "/".join(one.record), "path": ".".join(map(str, one.path)),
             "value": one.text, "source": one.sources, "dated": str(one.dated),
             "stale": str(one.stale_since) if one.stale_since else "fresh"}
            for one in of.results.facts
        ]
    }  # fmt: skip


def evidence(of: Site) -> dict[str, Any]:
    """What stands beside the pains of each brief."""
    return {
        f"evidence/{id}": [
            {"text": one["text"], "source": one["source"], "stale": one["stale"]}
            for pain in page(of, f"/industries/{id}/").data["pains"]
            for one in pain["evidence"]
        ]
        for id in of.content.industries
    }


def readings(of: Site) -> dict[str, Any]:
    """The parts of the two readings of each brief in their order, and the order of its page."""
    found = {}
    for id in of.content.industries:
        made = page(of, f"/industries/{id}/")
        named = {
            one["name"]: [part["id"] for part in one["parts"]] for one in made.data["readings"]
        }
        found[f"readings/{id}"] = {**named, "page": [id for id, _ in made.toc]}
    return found


def problems(of: Site) -> dict[str, Any]:
    """What is told of the content."""
    return {"problems": [str(one) for one in check_content(of.content)]}


def strategy_pages(of: Site) -> dict[str, Any]:
    """What follows for each strategy, and how many tactics all of them have."""
    found = {f"strategies/{id}": (page(of, f"/strategy/{id}/").json or {})["derived"]
             for id in of.content.strategies}  # fmt: skip
    tactics = [one for each in found.values() for one in each if one["name"] == "tactic"]
    return found | {"tactics": len(tactics)}


EXTRA: dict[str, Callable[[Site], dict[str, Any]]] = {
    "08": evidence, "11": strategy_pages, "14": readings, "16": problems, "19": facts,
}  # fmt: skip
"""What a case shows besides what follows from its records, by its number."""


def files(data: dict[str, Any]) -> dict[str, str]:
    """The input as files; a record is called like its id unless it says otherwise."""
    own = data.get("strategies") == "content"  # those that the repository hands on
    made = {"industries/retail.yml": "name: Retail\n", **(handed_on() if own else strategies())}
    if "sources" in data:
        made["sources.yml"] = written(data["sources"])
    if "book" in data:
        made["book.yml"] = written({"name": "Northstar CRM", **data["book"]})
    for folder in FOLDERS:
        for id, fields in data.get(folder, {}).items():
            always = {"name": id, **({"industry": "retail"} if folder == "accounts" else {})}
            made[f"{folder}/{id}.yml"] = written({**always, **fields})
    return made


def handed_on() -> dict[str, str]:
    """The strategies of this repository."""
    folder = REPO / "content"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in sorted((folder / "strategies").glob("*.yml"))}  # fmt: skip


def chain(study: ChainStudy) -> dict[str, Any]:
    """What is up and down of each group and depends on it, and which flows lead round."""
    groups = {
        node: {
            "upstream": study.upstream[node], "downstream": study.downstream[node],
            "companies": study.companies[node], "accounts": study.exposure[node].accounts,
            "revenue": str(study.exposure[node].revenue), "share": str(study.exposure[node].share),
        }
        for node in study.upstream
    }  # fmt: skip
    return {
        "groups": groups,
        "cycles": [cycle.shortest for cycle in study.shape.cycles],
        "return flows": study.shape.returning,
        "critical": [one.node for one in study.critical if one.articulation],
        "single": [(one.node, one.source) for one in study.single],
        "weak": [one.flow for one in study.weak],
    }


def told(derived: list[dict[str, Any]], names: list[str] | None) -> list[dict[str, Any]]:
    """The derived values of these names; all of them without names."""
    return [one for one in derived if names is None or one["name"] in names]
