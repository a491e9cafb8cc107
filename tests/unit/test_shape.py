"""A mistake of shape: one problem, at its line and column, with what was meant; all at once."""

from __future__ import annotations

import random
from typing import Any

import pytest

from briefbook.model.schema import KINDS, schema
from briefbook.problem import Problem
from briefbook.shape import shape, shape_sources
from tests.samples import Path_, full, replaced, tree, walk, written

HEAD = "name: x\nindustry: y\n"


def problems(text: str, kind: str = "account") -> tuple[Problem, ...]:
    """What is wrong with a record."""
    made = tree(text)
    if kind == "sources":
        return shape_sources(made)[1]
    value, found = shape(kind, KINDS[kind], made)
    assert (value is None) == bool(found)
    return found


def brief(text: str, kind: str = "account") -> list[str]:
    """`line:column rule` of each problem."""
    return [f"{one.place.line}:{one.place.column} {one.rule}" for one in problems(text, kind)]


ONE_MISTAKE = [
    ("account", "nam: x\nindustry: y", "1:1 unknown-field", "Did you mean `name`?"),
    ("account", "Name: x\nindustry: y", "1:1 unknown-field", "Did you mean `name`?"),
    ("account", "industry: y", "1:1 missing-field", "Write `name: Lantern Fresh`."),
    ("account", HEAD + "profil: {size: large}", "3:1 unknown-field", "Did you mean `profile`?"),
    ("account", HEAD + "profile:\n  employes: 3", "4:3 unknown-field", "Did you mean `employees`?"),
    ("account", HEAD + "profile: {size: large, employes: 3}", "3:24 unknown-field",
     "Did you mean `employees`?"),
    ("account", HEAD + "profile:\n  employees: many", "4:14 quantity",
     "Write 3,200 or 200 employees."),
    ("account", HEAD + "profile:\n  employees: {value: many}", "4:22 quantity",
     "Write 3,200 or 200 employees."),
    ("account", HEAD + "profile:\n  employees: {value: 3, source: A b}", "4:33 id", "Use a-z"),
    ("account", HEAD + "profile:\n  employees: {value: 3, as_of: 2026-02-30}", "4:32 date",
     "Check"),
    ("account", HEAD + "profile:\n  employees: {vale: 3}", "4:15 unknown-field",
     "Did you mean `value`?"),
    ("account", HEAD + "profile:\n  employees: {source: a}", "4:14 missing-field",
     "Write `value: 3200`."),
    ("account", HEAD + "profile:\n  annual_revenue: {source: a}", "4:19 missing-field",
     "Write `value: 900 m CNY`."),
    ("account", HEAD + "profile:\n  employees: [3]", "4:14 shape", "Write one value"),
    ("account", HEAD + "profile:\n  employees:", "4:13 empty-value", "Fill it in"),
    ("account", HEAD + "profile: large", "3:10 shape", "Write `field: value` lines"),
    ("account", HEAD + "profile:", "3:9 shape", "Write `field: value` lines"),
    ("account", HEAD + "profile: [large]", "3:10 shape", "Write `field: value` lines"),
    ("account", HEAD + "aliases: x", "3:10 shape", "Write one `- item` a line."),
    ("account", HEAD + "aliases: {a: b}", "3:10 shape", "Write one `- item` a line."),
    ("account", HEAD + "aliases:\n- a\n- [b]", "5:3 shape", "Write one value"),
    ("account", HEAD + "people: [a]", "3:9 shape", "Write `some-id:`"),
    ("account", HEAD + "people:\n  COO: {name: x}", "4:3 id", "Use a-z"),
    ("account", HEAD + "people:\n  coo: {nmae: x}", "4:9 unknown-field", "Did you mean `name`?"),
    ("account", HEAD + "people:\n  coo:\n    roles: [boss]", "5:13 choice", "Use decision-maker"),
    ("account", HEAD + "goals:\n- {period: 2026, gaol: x}", "4:18 unknown-field",
     "Did you mean `goal`?"),
    ("account", HEAD + "goals:\n- {period: 2026, goal: x, source: {a: b}}", "4:35 shape",
     "Write one value"),
    ("account", HEAD + "shifts:\n- {date: 2026-04, from_: a, to: b}", "4:19 unknown-field",
     "Did you mean `from`?"),
    ("account", HEAD + "value_to_us:\n  contribution: {20x5: 1 m CNY}", "4:18 period",
     "Write 2025 or FY2025."),
    ("account", HEAD + "strategy: {because: x}", "3:11 missing-field", "Write `is: retain`."),
    ("account", HEAD + "strategy: Retain it", "3:11 id", "Use a-z"),
    ("account", HEAD + "finance:\n  segments:\n  - period: FY2026\n    parts:\n      ads:\n"
     "        name: Ads\n        parts:\n          search: {name: S, share: 1, nme: x}",
     "10:36 quantity", "Write 35.5%."),
    ("glossary", "Bad Id: {en: x}", "1:1 id", "Use a-z"),
    ("glossary", "term: x", "1:7 shape", "Write `field: value` lines"),
    ("glossary", "term: {eng: x}", "1:8 unknown-field", "Did you mean `en`?"),
    ("sources", "Bad Id: {title: x, kind: media}", "1:1 id", "Use a-z"),
    ("sources", "a: {title: x}", "1:4 missing-field", "Write `kind: financial-report`."),
    ("book", "name: x\nrates: {USD: much}", "2:14 number", "Write 7.1."),
    ("book", "name: x\nrates: {usd: 7.1}", "2:8 currency", "Write three capital letters"),
    ("book", "name: x\nfocus_cap: ten", "2:12 number", "Write a number such as 1."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected", "hint"), ONE_MISTAKE)
def test_one_mistake_gives_one_problem(kind: str, text: str, expected: str, hint: str) -> None:
    """Whichever form a fact has, and however deep it stands."""
    if "nme: x" in text:
        assert brief(text, kind)[1:] == ["10:39 unknown-field"]
        text = text.replace(", nme: x", "")
    assert brief(text, kind) == [expected]
    assert problems(text, kind)[0].hint.startswith(hint)


def test_an_unknown_field_without_a_near_one_lists_what_is_known() -> None:
    """No far-fetched guess."""
    (one,) = problems(HEAD + "fits: {classes: [c]}\n")
    assert one.hint.startswith("Known here: name, sample, industry,")


def test_two_mistakes_at_one_place_stay_two() -> None:
    """What is missing is told beside what is unknown, unless one was meant for the other."""
    assert brief("colour: x\nindustry: y\n") == ["1:1 missing-field", "1:1 unknown-field"]


def test_all_mistakes_are_told_at_once() -> None:
    """Ten mistakes, ten problems."""
    text = """\
nam: x
industry: Y Z
lifecycle: growing
profile: {size: huge, employees: some, colour: red}
aliases: none
people:
  COO: {name: x}
  cfo: {reports_to: C E O, verified: 2026-02-30}
goals: [{period: 2026}]
"""
    expected = [
        "1:1 unknown-field", "2:11 id", "3:12 choice", "4:17 choice", "4:34 quantity",
        "4:40 unknown-field", "5:10 shape", "7:3 id", "8:21 id", "8:38 date", "9:9 missing-field",
    ]  # fmt: skip
    assert sorted(brief(text)) == sorted(expected)


def around(kind: str, path: Path_) -> dict[str, Any]:
    """The part of a full record that a path leads into, with what every record needs."""
    kept = {path[0], *schema(kind).get("required", ())}
    return {key: value for key, value in full(kind).items() if key in kept}


def wrong(value: object) -> object:
    """Something of another kind than the value."""
    return ["x"] if isinstance(value, dict) else {"x": "y"}


NODES: list[tuple[str, Path_, object]] = [
    (kind, path, value) for kind in [*KINDS, "sources"] for path, value in walk(full(kind))
]


def test_another_kind_anywhere_gives_one_problem_at_its_place() -> None:
    """A list for a map, a map for text or for a list: at each of more than a thousand nodes."""
    assert len(NODES) > 1000
    for kind, path, value in NODES:
        text = written(replaced(around(kind, path), path, wrong(value)))
        found = problems(text, kind)
        assert len(found) == 1, (kind, path, found)
        assert found[0].rule in {"shape", "missing-field"}, (kind, path, found)
        assert found[0].place == tree(text).place(path), (kind, path)
        assert found[0].hint, (kind, path)


def test_an_unknown_field_anywhere_is_found_with_the_name_that_was_meant() -> None:
    """Each key in turn with its last letter doubled."""
    tried = 0
    for kind, path, _ in NODES:
        last = path[-1]
        named = isinstance(last, str) and last not in {"some-id", "2025"} and len(last) > 3
        if not isinstance(last, str) or not named or path[0] == "rates":  # of currencies
            continue
        data = around(kind, path)
        parent: Any = data
        for step in path[:-1]:
            parent = parent[step]
        text = written(replaced(data, path[:-1], renamed(parent, last)))
        found = problems(text, kind)
        if found and found[0].rule != "id":
            tried += 1
            assert [one.rule for one in found] == ["unknown-field"], (kind, path, found)
            assert found[0].place == tree(text).place((*path[:-1], f"{last}{last[-1]}"), key=True)
            assert found[0].hint == f"Did you mean `{last}`?", (kind, path)
    assert tried > 700


def renamed(parent: dict[str, Any], name: str) -> dict[str, Any]:
    """The mapping with the last letter of a key doubled, in the same order."""
    return {key + key[-1] if key == name else key: value for key, value in parent.items()}


def test_several_mistakes_anywhere_are_all_found() -> None:
    """Ten nodes at a time, none within another: ten problems."""
    choose = random.Random(7)
    nodes = [(path, value) for kind, path, value in NODES if kind == "account" and len(path) > 1]
    for _ in range(20):
        data = full("account")
        chosen: list[Path_] = []
        for path, value in choose.sample(nodes, len(nodes)):
            apart = all(path[: len(one)] != one and one[: len(path)] != path for one in chosen)
            if apart and len(chosen) < 10:
                chosen.append(path)
                data = replaced(data, path, wrong(value))
        made = tree(written(data))
        assert len(chosen) == 10
        assert {one.place for one in problems(written(data))} == {
            made.place(path) for path in chosen
        }
