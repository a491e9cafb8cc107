"""The test suite of YAML: no case crashes the reader; what it reads means what others read."""

from __future__ import annotations

import json
import unicodedata
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from briefbook.source import read
from tests.conftest import Golden
from tests.samples import CORPORA

FOLDER = CORPORA / "yaml-test-suite"
CASES = {
    path.parent.relative_to(FOLDER).as_posix(): path.parent
    for path in sorted(FOLDER.rglob("in.yaml"))
}
NOTHING: object = object()
LENIENT = frozenset({"9C9N", "DK95/01", "QB6E", "S98Z", "SU5Z", "X4QW"})
"""Indentation and comments where none may be: the meaning is plain, and the C parser reads on."""


def ours(case: Path) -> Any:
    """What the reader reads, or NOTHING with one located problem."""
    tree, problems = read((case / "in.yaml").read_bytes(), "in.yaml")
    assert (tree is None) == (len(problems) == 1)
    return NOTHING if tree is None else tree.data


def ruamels(case: Path) -> Any:
    """What ruamel.yaml composes, as text; NOTHING where it refuses."""
    try:
        with warnings.catch_warnings(action="ignore", category=ReusedAnchorWarning):
            node = YAML(typ="safe", pure=True).compose((case / "in.yaml").read_bytes())
        return NOTHING if node is None else text(node)
    except YAMLError:
        return NOTHING


def text(node: Node) -> Any:
    """A node with its scalars as text."""
    if isinstance(node, ScalarNode):
        return unicodedata.normalize("NFC", node.value)
    if isinstance(node, MappingNode):
        pairs = [(text(key), text(value)) for key, value in node.value]
        plain = all(isinstance(key, str) for key, _ in pairs)
        return dict(pairs) if plain else pairs
    return [text(item) for item in node.value]


def valid(case: Path) -> bool:
    """Whether the suite holds the case for YAML."""
    return not (case / "error").exists()


def same(mine: Any, meant: Any) -> bool:
    """Whether text is what a value of JSON says."""
    if isinstance(meant, dict):
        return mine.keys() == meant.keys() and all(same(mine[key], meant[key]) for key in meant)
    if isinstance(meant, list):
        return len(mine) == len(meant) and all(map(same, mine, meant))
    if isinstance(meant, str):
        return bool(mine == unicodedata.normalize("NFC", meant))
    if meant is None:
        return mine.lower() in {"", "~", "null"}
    if isinstance(meant, bool):
        return bool(mine.lower() == str(meant).lower())
    return bool(float(mine) == meant)


def test_the_suite_is_whole() -> None:
    """402 cases, 94 of which are no YAML, 282 with their meaning in JSON."""
    assert len(CASES) == 402
    assert sum((case / "error").exists() for case in CASES.values()) == 94
    assert sum((case / "in.json").exists() for case in CASES.values()) == 282


def test_every_case_has_the_verdict_that_is_written_down(golden: Golden) -> None:
    """Which sound YAML is refused, and by which rule, is no accident."""
    verdicts = {}
    for name, case in CASES.items():
        _, problems = read((case / "in.yaml").read_bytes(), "in.yaml")
        verdicts[name] = problems[0].rule if problems else "ok"
    golden(FOLDER / "verdicts.json", json.dumps(verdicts, indent=1) + "\n")
    assert len(set(verdicts.values())) > 5
    assert Counter(verdicts.values())["ok"] > 60


def test_nothing_that_is_no_yaml_is_read_in_silence() -> None:
    """The C parser is lenient with a few of the 94; the list of them may only shrink."""
    read_anyway = {
        name
        for name, case in CASES.items()
        if (case / "error").exists() and ours(case) is not NOTHING
    }
    assert read_anyway == LENIENT


def test_what_reader_and_ruamel_both_read_is_equal() -> None:
    """All of them, as text."""
    both = {
        name: case
        for name, case in CASES.items()
        if ours(case) is not NOTHING and ruamels(case) is not NOTHING
    }
    assert len(both) > 60
    for name, case in both.items():
        assert ours(case) == ruamels(case), name


def test_what_the_reader_reads_means_what_the_suite_says() -> None:
    """Against the JSON of each case that is read."""
    meant: dict[str, Any] = {
        name: json.loads((case / "in.json").read_text("utf-8"))
        for name, case in CASES.items()
        if ours(case) is not NOTHING and valid(case) and (case / "in.json").exists()
    }
    assert len(meant) > 60
    for name, value in meant.items():
        assert same(ours(CASES[name]), value), name


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_line_ends_change_nothing(end: str) -> None:
    """Files from any system read the same."""
    tried = 0
    for name, case in CASES.items():
        raw = (case / "in.yaml").read_bytes()
        if b"\r" in raw or ours(case) is NOTHING:
            continue
        tree, problems = read(raw.replace(b"\n", end.encode()), "in.yaml")
        assert not problems, name
        assert tree is not None
        assert tree.data == ours(case), name
        tried += 1
    assert tried > 60
