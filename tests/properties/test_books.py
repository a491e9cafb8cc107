"""What holds for any book: written out it reads back equal, and file order changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.load import Content, Record, load
from briefbook.model import FOLDERS, Book, Part
from briefbook.model.schema import Schema, item, long_form, resolve, schema
from briefbook.pages.all import pages
from briefbook.shape import shape
from tests.samples import book, tree, written
from tests.small import renderer, site

MODELS: dict[str, type[Part]] = {"book": Book, **{kind: one for kind, (_, one) in FOLDERS.items()}}
IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
LINES = st.text("abc Đệ 在线 <&>\"'{}#:-%", min_size=1, max_size=12).map(str.strip).filter(bool)
NUMBERS = st.integers(0, 10**6).map(str)
AMOUNTS = st.builds("{} {} CNY".format, NUMBERS, st.sampled_from(["", "k", "m", "bn"]))
DAYS = st.dates().filter(lambda day: 1900 <= day.year <= 2200).map(str)
YEARS = st.integers(1900, 2200).map(str)
SPANS = YEARS | YEARS.map("FY{}".format) | YEARS.map("{}-Q3".format)
SHARES = st.builds("{}{}%".format, st.sampled_from(["", "about ", "over "]), NUMBERS)
DURATIONS = NUMBERS.map("{} days".format)
SCALARS: dict[str, st.SearchStrategy[str]] = {
    "line": LINES, "prose": LINES, "id": IDS,
    "money": AMOUNTS.map(lambda amount: " ".join(amount.split())),
    "share": SHARES, "points": NUMBERS.map("{} points a year".format), "duration": DURATIONS,
    "count": NUMBERS, "measure": SHARES | DURATIONS | LINES, "day": DAYS, "when": DAYS | SPANS,
    "period": SPANS, "number": NUMBERS, "url": st.just("https://x.example/a?b=c"),
    "flag": st.sampled_from(["yes", "no"]),
}  # fmt: skip
DEPTH, FEW = 6, 4


@cache
def records(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Records of a kind, as its schema has them."""
    root = schema(kind)
    return _part(root, root, 0)


def _part(root: Schema, node: Schema, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """A part with what it needs, and a few of its other fields."""
    needed = set(node.get("required", ()))
    other = sorted(set(node["properties"]) - needed) if depth < DEPTH else []

    def having(names: set[str]) -> st.SearchStrategy[dict[str, Any]]:
        fields = {name: resolve(root, node["properties"][name]) for name in sorted(needed | names)}
        made = {name: _values(root, one, depth + 1) for name, one in fields.items()}
        return st.fixed_dictionaries(made)

    names = st.sets(st.sampled_from(other), max_size=FEW) if other else st.just(set[str]())
    return names.flatmap(having)


def _values(root: Schema, node: Schema, depth: int) -> st.SearchStrategy[Any]:
    if long := long_form(node):
        short = next(one for one in node["anyOf"] if one is not long)
        return _values(root, resolve(root, short), depth) | _part(root, long, depth)
    if "anyOf" in node:
        return st.one_of(*(_values(root, resolve(root, one), depth) for one in node["anyOf"]))
    if "properties" in node:
        return _part(root, node, depth)
    inner = item(root, node)
    if inner is not None and "items" in node:
        return st.lists(_values(root, inner, depth), min_size=node.get("minItems", 0), max_size=2)
    if inner is not None:
        years = any("(FY)" in pattern for pattern in node["patternProperties"])
        return st.dictionaries(YEARS if years else IDS, _values(root, inner, depth), max_size=2)
    return _scalars(node)


def _scalars(node: Schema) -> st.SearchStrategy[str]:
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if "x-ref" in node:
        paths = {"record": "company/{}", "tactic": "promote/{}", "chain-node": "retail/{}"}
        return IDS.map(paths.get(node["x-ref"], "{}").format)
    if node["x-type"] == "whole":
        return st.integers(node["minimum"], min(node["maximum"], 10**6)).map(str)
    return SCALARS[node["x-type"]]


def _read(kind: str, data: Mapping[str, Any]) -> Part:
    value, problems = shape(kind, MODELS[kind], tree(written(data)))
    assert value is not None, problems
    return value


def _texts(node: Any) -> Any:
    """A dump as it would be written: every scalar as text."""
    if isinstance(node, Mapping):
        return {key: _texts(value) for key, value in node.items()}
    return [_texts(one) for one in node] if isinstance(node, (list, tuple)) else str(node)


@pytest.mark.parametrize("kind", [kind for kind in MODELS if kind != "book"])
@settings(max_examples=15)
@given(st.data())
def test_a_record_that_is_written_out_reads_back_equal(kind: str, data: st.DataObject) -> None:
    """From the value to its text and back, nothing is lost or changed."""
    value = _read(kind, data.draw(records(kind)))
    dumped = _texts(value.model_dump(mode="json", by_alias=True, exclude_unset=True))
    assert _read(kind, dumped) == value


@settings(max_examples=15)
@given(st.dictionaries(IDS, LINES, max_size=3), LINES, SHARES)
def test_a_book_that_is_written_out_reads_back_equal(
    team: dict[str, str], name: str, limit: str
) -> None:
    """With its policy."""
    given_ = {
        "name": name,
        "team": {id: {"name": one} for id, one in team.items()},
        "nine_box": {"relative_share": limit},
    }
    value = _read("book", given_)
    dumped = _texts(value.model_dump(mode="json", by_alias=True, exclude_unset=True))
    assert _read("book", dumped) == value


def _content(files: Mapping[str, str]) -> Content:
    with tempfile.TemporaryDirectory() as folder:
        found, problems = load(book(Path(folder), files))
    assert found is not None, problems
    return found


@settings(max_examples=8)
@given(st.dictionaries(IDS, LINES, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_file_order_never_changes_the_site(names: dict[str, str], random: Any) -> None:
    """Files are written in any order; content and pages are the same."""
    files = {"industries/retail.yml": "name: Retail\n"}
    for id, name in names.items():
        files[f"accounts/{id}.yml"] = written({"name": name, "industry": "retail"})
        files[f"companies/{id}.yml"] = written({"name": name, "roles": ["peer"]})
    shuffled = list(files.items())
    random.shuffle(shuffled)
    first, second = _content(files), _content(dict(shuffled))
    assert [_key(one) for one in first.records()] == [_key(one) for one in second.records()]
    made = [[renderer().html(one) for one in pages(site(each))] for each in (first, second)]
    assert made[0] == made[1]


def _key(record: Record[Any]) -> tuple[str, str, Part]:
    return record.kind, record.id, record.value
