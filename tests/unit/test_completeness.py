"""Completeness (rule 18): what each class is asked for, and what is missing by importance."""

from __future__ import annotations

from typing import Any

import pytest

from briefbook.analyse.completeness import PARTS, completeness, expected_parts, filled
from briefbook.analyse.results import Class
from briefbook.model.schema import at, schema
from briefbook.words import Words, catalogue
from tests.samples import full

ALL = tuple(PARTS)


def missing(data: dict[str, Any], part: str) -> list[str]:
    """What is missing of one part."""
    found = completeness(data, "a", important=False)
    return [path for path in found.missing if path in PARTS[part]]


@pytest.mark.parametrize(
    ("letter", "important", "parts"),
    [("a", False, ALL), ("c", True, ALL), ("a", True, ALL),
     ("b", False, tuple(part for part in ALL if part not in {"plan", "research"})),
     ("c", False, tuple(part for part in ALL if part not in {"plan", "research"})),
     ("d", False, ("head", "profile", "people", "contacts")),
     (None, False, ("head", "profile", "people", "contacts"))],
)  # fmt: skip
def test_more_is_asked_of_those_who_count_more(
    letter: Class | None, important: bool, parts: tuple[str, ...]
) -> None:
    """A and important C: all; B and other C: without plan and research; D: the least."""
    assert expected_parts(letter, important=important) == parts
    found = completeness({}, letter, important=important)
    assert tuple(one.part for one in found.parts) == parts
    assert found.expected == sum(len(PARTS[part]) for part in parts)


def test_nothing_written_is_nothing_there() -> None:
    """Missing fields stand by importance: what gives a class first, research last."""
    found = completeness({"name": "Some", "industry": "retail"}, "a", important=False)
    assert found.have == 0
    assert found.missing == tuple(path for part in ALL for path in PARTS[part])
    assert found.missing[0] == "value_to_us.potential"
    assert found.missing[-1] == "research.feel"


def test_a_full_record_lacks_nothing_but_other_methods() -> None:
    """The sample with every field; its one finding was looked up."""
    found = completeness(full("account"), "a", important=False)
    assert found.missing == ("research.listen", "research.ask", "research.feel")
    assert found.have == found.expected - 3
    assert found.have == sum(one.have for one in found.parts)


@pytest.mark.parametrize("path", [path for part in ALL for path in PARTS[part]])
def test_every_expected_field_is_one_of_the_model(path: str) -> None:
    """A field that is renamed would be missing for ever; and each has a name for people."""
    steps: tuple[str | int, ...] = tuple(
        "some-id" if step == "*" else step for step in path.split(".")
    )
    if steps[0] == "finance" and "some-id" in steps:
        steps = tuple(0 if step == "some-id" else step for step in steps)
    if steps[0] == "research":
        steps = ("research", "some-id", "method")
    assert at(schema("account"), steps) is not None
    assert Words("en").has(f"missing.part.{path}")


def test_no_name_is_left_of_a_field_that_nobody_expects() -> None:
    """What the catalogue calls missing is what is looked for."""
    named = {key.removeprefix("missing.part.") for key in catalogue("en")
             if key.startswith("missing.part.")}  # fmt: skip
    assert named == {path for part in ALL for path in PARTS[part]}


@pytest.mark.parametrize(
    ("people", "lacking"),
    [({}, ["people", "people.*.reports_to", "people.*.roles", "people.*.relation"]),
     ({"coo": {"name": "Bao"}}, ["people.*.reports_to", "people.*.roles", "people.*.relation"]),
     ({"coo": {"roles": ["user"]}, "ceo": {"relation": {"now": "3"}}}, ["people.*.reports_to"]),
     ({"coo": {"roles": [], "reports_to": "ceo", "relation": {}}},
      ["people.*.roles", "people.*.relation"])],
)  # fmt: skip
def test_a_field_of_any_entry_will_do(people: dict[str, Any], lacking: list[str]) -> None:
    """`*` is any person; an empty list or map is nothing."""
    assert missing({"people": people}, "people") == lacking


def test_research_is_asked_for_by_method() -> None:
    """Four methods (DingTalk, l. 14); a confidential entry counts, for it is only counted."""
    data = {
        "research": {
            "a": {"method": "look", "finding": "x"},
            "b": {"method": "feel", "finding": "y", "confidential": "yes"},
        }
    }
    assert missing(data, "research") == ["research.listen", "research.ask"]


@pytest.mark.parametrize(
    ("node", "path", "expected"),
    [({"a": {"b": "x"}}, "a.b", True), ({"a": {"b": {}}}, "a.b", False), ({"a": "x"}, "a.b", False),
     ({"a": [{"b": "x"}]}, "a.*.b", True), ({"a": [{"c": "x"}]}, "a.*.b", False),
     ({"a": ["x"]}, "a.*.b", False), ({}, "a.*.b", False), ({"a": []}, "a", False),
     ({"a": "0"}, "a", True), (None, "a", False)],
)  # fmt: skip
def test_filled_is_what_says_something(node: Any, path: str, expected: bool) -> None:
    """Zero is a value; empty lists and maps are none."""
    assert filled(node, tuple(path.split("."))) is expected
