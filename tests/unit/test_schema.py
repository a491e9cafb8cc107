"""The schema that editors use: what the model reads is valid under it, broken shapes are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from briefbook.load import load
from briefbook.model.schema import BY_ID, KINDS, fields, item, long_form, resolve, schema
from briefbook.shape import shape, shape_sources
from briefbook.source import read
from tests.browser import REPO
from tests.samples import full, replaced, walk, written

ALL = [*KINDS, "sources"]
CONTENT = REPO / "content"
FOLDERS = {"industries": "industry", "companies": "company", "accounts": "account",
           "strategies": "strategy"}  # fmt: skip
FILES = sorted(CONTENT.rglob("*.yml"))


class Core(SafeConstructor):
    """The types of YAML 1.2: text, numbers, booleans, null; a date is text."""


Core.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def seen(text: str) -> Any:
    """A file as an editor sees it."""
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = Core
    return keyed(reader.load(text))


def keyed(data: Any) -> Any:
    """Keys as text: JSON knows no others."""
    if isinstance(data, dict):
        return {str(key): keyed(value) for key, value in data.items()}
    return [keyed(value) for value in data] if isinstance(data, list) else data


def underlined(kind: str, text: str) -> list[str]:
    """What an editor would underline."""
    checked = jsonschema.Draft7Validator(schema(kind)).iter_errors(seen(text))
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in checked]


def readable(kind: str, text: str) -> bool:
    """Whether the model reads it."""
    made, _ = read(text.encode(), "x.yml")
    if made is None:
        return False
    return not (shape_sources(made)[1] if kind == "sources" else shape(kind, KINDS[kind], made)[1])


def kind_of(path: Path) -> str:
    """The kind of a content file."""
    return FOLDERS.get(path.parent.name, path.stem)


@pytest.mark.parametrize("kind", ALL)
def test_a_schema_is_one(kind: str) -> None:
    """Draft 7, which every editor knows; closed at every level; no definition is left over."""
    made = schema(kind)
    jsonschema.Draft7Validator.check_schema(made)
    maps = [one for one in parts(made) if one.get("type") == "object"]
    assert maps
    assert all("additionalProperties" in one for one in maps)
    used = {one["$ref"].rpartition("/")[2] for one in parts(made) if "$ref" in one}
    assert used == set(made["$defs"])


def parts(node: Any) -> list[dict[str, Any]]:
    """Every mapping of a schema."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    found = [part for one in inner for part in parts(one)]
    return [node, *found] if isinstance(node, dict) else found


@pytest.mark.parametrize("kind", ALL)
def test_every_field_has_help_and_an_example_that_reads(kind: str) -> None:
    """No field without words; all examples together are a record that is read and valid."""
    root = schema(kind)
    nodes = [root, *(resolve(root, one) for one in root["$defs"].values())]
    for node in nodes:
        for name, one in fields(root, long_form(node) or node):
            assert one.get("description"), name
            assert one.get("examples"), name
    text = written(full(kind))
    assert readable(kind, text)
    assert underlined(kind, text) == []


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(CONTENT)) for path in FILES])
def test_a_content_file_is_read_and_valid(path: Path) -> None:
    """Nothing that is valid is underlined; the first line leads editors to its schema."""
    text = path.read_text("utf-8")
    assert readable(kind_of(path), text)
    assert underlined(kind_of(path), text) == []
    up = "../" * len(path.relative_to(CONTENT).parts)
    first = text.partition("\n")[0]
    assert first == f"# yaml-language-server: $schema={up}.schema/{kind_of(path)}.json"


def test_there_is_content_to_check() -> None:
    """Every kind of file, and no problem in reading them."""
    assert {kind_of(path) for path in FILES} >= {"book", "industry", "company", "strategy",
                                                 "glossary", "questions", "sources"}  # fmt: skip
    assert len(FILES) > 30
    assert load(CONTENT)[1] == ()


SOUND = [
    ("company", "name: Null\nticker: ON\naliases: [~, true, 0111, 1e3, 12:30:45, 2026-01-01]"),
    ("account", "name: 42\nindustry: 8549"),
    ("account", "name: x\nindustry: y\nsample: yes\nlifecycle: stable"),
    ("account", "name: x\nindustry: y\ncustomer_since: 2023"),
    ("account", "name: x\nindustry: y\ncustomer_since: 2023-04"),
    ("account", "name: x\nindustry: y\ncustomer_since: 1869"),
    ("account", "name: x\nindustry: y\nstrategy: retain"),
    ("account", "name: x\nindustry: y\nstrategy: {is: retain, because: it is agreed}"),
    ("account", "name: x\nindustry: y\nprofile: {employees: 3200, growth: -5.1%}"),
    ("account", 'name: x\nindustry: y\nprofile: {employees: "about 3,200 people"}'),
    ("account", 'name: x\nindustry: y\nprofile: {employees: "3200", growth: ~30%}'),
    ("account", "name: x\nindustry: y\nprofile: {growth: \u22125 %, annual_revenue: 9m CNY}"),
    ("account", "name: x\nindustry: y\nprofile: {employees: {value: 3, source: [a, b]}}"),
    (
        "account",
        "name: x\nindustry: y\nvalue_to_us: {contribution: {2025: 1 m CNY, FY2026: 2 m CNY}}",
    ),
    ("account", 'name: x\nindustry: y\nsatisfaction: [{date: 2026-07-01, score: "8"}]'),
    ("account", "name: x\nindustry: y\nfinance: {statements: [{period: FY 2026, cash: -1 CNY}]}"),
    ("book", "name: x\nrates: {as_of: 2026-06-30, USD: 7.1, VND: 0.00028}"),
    ("book", 'name: x\nrates: {USD: "7.1"}'),
    ("book", "name: x\nrepository: https://example.com/@team/x"),
    ("industry", "name: x\nmarket: {size: [{period: 2022-01..2022-04, value: 257.3 bn CNY}]}"),
]


@pytest.mark.parametrize(("kind", "text"), SOUND)
def test_nothing_sound_is_underlined(kind: str, text: str) -> None:
    """Names, codes, dates and amounts, as an editor with types sees them."""
    assert readable(kind, text)
    assert underlined(kind, text) == []


HEAD = "name: x\nindustry: y\n"
BROKEN = [
    ("account", "industry: y"),
    ("account", "name: x"),
    ("account", "nam: x\nindustry: y"),
    ("account", HEAD + "colour: red"),
    ("account", "name: [x]\nindustry: y"),
    ("account", "name: {a: b}\nindustry: y"),
    ("account", "name: x\nindustry: Retail Trade"),
    ("account", "name: x\nindustry: ../retail"),
    ("account", "name: x\nindustry: a/b"),
    ("account", f"name: {'x' * 401}\nindustry: y"),
    ("account", HEAD + "sample: true"),
    ("account", HEAD + "lifecycle: growing"),
    ("account", HEAD + "lifecycle:"),
    ("account", HEAD + "profile:"),
    ("account", HEAD + "profile: large"),
    ("account", HEAD + "profile: {employes: 3}"),
    ("account", HEAD + "profile: {employees: many}"),
    ("account", HEAD + "profile: {employees: {valu: 3}}"),
    ("account", HEAD + "profile: {employees: {source: a}}"),
    ("account", HEAD + "profile: {growth: 5}"),
    ("account", HEAD + "profile: {growth: 5,3%}"),
    ("account", HEAD + 'profile: {growth: "5,3,%"}'),
    ("account", HEAD + 'profile: {growth: ">70%"}'),
    ("account", HEAD + "profile: {annual_revenue: 5 m}"),
    ("account", HEAD + "profile: {annual_revenue: 5 tỷ VND}"),
    ("account", HEAD + "profile: {annual_revenue: 900}"),
    ("account", HEAD + "aliases: x"),
    ("account", HEAD + "aliases: {a: b}"),
    ("account", HEAD + "people: [a]"),
    ("account", HEAD + "people: {COO: {name: x}}"),
    ("account", HEAD + "people: {coo: {roles: [boss]}}"),
    ("account", HEAD + "people: {coo: x}"),
    ("account", HEAD + "tactics: [{tactic: a/b/c}]"),
    ("account", HEAD + "contract: {until: 2027}"),
    ("account", HEAD + "contract: {until: 31.03.2027}"),
    ("account", HEAD + "contract: {notice: 90}"),
    ("account", HEAD + "satisfaction: [{date: 2026-07-01, score: 800}]"),
    ("account", HEAD + "satisfaction: [{date: 2026-07-01, score: 8.5}]"),
    ("account", HEAD + "satisfaction: [{date: 2026-07-01}]"),
    ("account", HEAD + "value_to_us: {contribution: {20x5: 1 m CNY}}"),
    ("account", HEAD + "strategy: {because: x}"),
    ("account", HEAD + "goals: [{period: soon, goal: x}]"),
    ("account", HEAD + "goals: [{period: 2026, goal: x, source: {a: b}}]"),
    ("account", HEAD + "customer_since: 20233"),
    ("book", "name: x\nrates: {USD: much}"),
    ("book", "name: x\nrates: {USD: -1}"),
    ("book", "name: x\nrepository: javascript:alert(1)"),
    ("book", "name: x\nrepository: https://u:p@host/"),
    ("book", "name: x\nfocus_cap: 0"),
    ("book", "name: x\ncurrency: XYZ"),
    ("glossary", "Bad Id: {en: x}"),
    ("glossary", "term: {eng: x}"),
    ("glossary", "term: x"),
    ("quiz", "q1: {ask: {en: x}}"),
    ("sources", "a: {title: x}"),
    ("sources", "a: {title: x, kind: rumour}"),
    ("questions", "before: {busines: []}"),
]


@pytest.mark.parametrize(("kind", "text"), BROKEN)
def test_a_broken_shape_is_underlined_as_well(kind: str, text: str) -> None:
    """The editor and the command agree."""
    assert not readable(kind, text)
    assert underlined(kind, text)


def test_another_kind_anywhere_is_underlined() -> None:
    """A list for a map, a map for text or a list, at each node of a full record of each kind."""
    tried = 0
    for kind in ALL:
        check = jsonschema.Draft7Validator(schema(kind))
        for path, value in walk(full(kind)):
            wrong = ["x"] if isinstance(value, dict) else {"x": "y"}
            assert not check.is_valid(replaced(full(kind), path, wrong)), (kind, path)
            tried += 1
    assert tried > 1000


def test_a_node_is_found_by_its_path() -> None:
    """What the messages and the reference are made from."""
    root = schema("account")
    people = resolve(root, root["properties"]["people"])
    person = item(root, people)
    assert person is not None
    assert {"name", "roles", "reports_to"} <= set(dict(fields(root, person)))
    assert {"glossary", "quiz", "sources"} == BY_ID
