"""Files that harm readers, or are harmed by them, get exactly the verdict that is written down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.browser import REPO
from tests.samples import CORPORA

FOLDER = CORPORA / "hostile-yaml"
MANIFEST: dict[str, dict[str, Any]] = {
    one["file"]: one for one in json.loads((FOLDER / "manifest.json").read_text("utf-8"))
}
VERDICTS: dict[str, dict[str, Any]] = json.loads((FOLDER / "verdicts.json").read_text("utf-8"))
REFUSED_AS_RECORD = {"float-1e400.yaml"}
"""Sound YAML, and text to the reader: it is the model that refuses the numbers."""


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    """What a process with 2 GB of memory says of each file; one that crashes shows at which."""
    path = os.pathsep.join([str(REPO / "generator"), str(REPO)])
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.unit.limited_reader",
            *(str(FOLDER / name) for name in MANIFEST),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    said = {(one := json.loads(line))["file"]: one for line in done.stdout.splitlines()}
    assert done.returncode == 0, f"died after {list(said)[-1:]}: {done.stderr[-2000:]}"
    assert not done.stderr
    return said


def rules(problems: list[dict[str, Any]]) -> list[str]:
    """Their rules."""
    return [one["rule"] for one in problems]


def test_every_file_is_in_the_manifest_and_has_a_verdict() -> None:
    """No file of the corpus is left out."""
    files = {path.name for path in FOLDER.glob("*.yaml")}
    assert len(files) == 58
    assert files == set(MANIFEST) == set(VERDICTS)


def test_every_verdict_is_what_the_manifest_asks_for() -> None:
    """The table may not be bent to what the reader happens to do."""
    for name, one in MANIFEST.items():
        verdict = VERDICTS[name]
        if one["expect"] == "reject" and not name.startswith("id-"):
            assert verdict["read"] != "ok" or name in REFUSED_AS_RECORD, name
            assert verdict["record"], name
        elif one["expect"] == "reject":
            assert verdict.get("name", ["id"]) == ["id"], name
            assert verdict["record"], name
        elif one["expect"] != "either":
            assert verdict["read"] == "ok", name


@pytest.mark.parametrize("name", MANIFEST)
def test_the_reader_refuses_by_the_rule_or_keeps_the_text(
    name: str, found: dict[str, dict[str, Any]]
) -> None:
    """One problem with a place, or every scalar as typed."""
    verdict, said = VERDICTS[name], found[name]
    assert rules(said["read"]) == ([] if verdict["read"] == "ok" else [verdict["read"]])
    assert said.get("data") == verdict.get("data")
    for one in said["read"]:
        assert one["text"].startswith(f"x.yml:{max(one['line'], 1)}:{max(one['column'], 1)}: error")
        assert one["text"].isprintable()


@pytest.mark.parametrize("name", MANIFEST)
def test_a_company_file_of_these_bytes_is_refused_by_the_rules(
    name: str, found: dict[str, dict[str, Any]]
) -> None:
    """Every mistake is told, at its place, in the company's file."""
    assert rules(found[name]["record"]) == VERDICTS[name]["record"]
    assert all(one["text"].startswith("companies/x.yml:") for one in found[name]["record"])


@pytest.mark.parametrize("name", [name for name in MANIFEST if name.startswith("id-")])
def test_no_hazard_of_an_id_is_an_id(name: str, found: dict[str, dict[str, Any]]) -> None:
    """Neither as the name of a file nor as a reference; `index` and `assets` refer to nothing."""
    for use in ("name", "reference"):
        assert rules(found[name].get(use, [])) == VERDICTS[name].get(use, []), use


def test_only_ids_with_a_slash_are_not_tried_as_file_names(
    found: dict[str, dict[str, Any]],
) -> None:
    """What cannot be a file name is named here, so that nothing is left out in silence."""
    untried = {name for name in found if name.startswith("id-") and "name" not in found[name]}
    assert {found[name]["data"]["id"] for name in untried} == {"../../../etc/passwd", "/abs"}
