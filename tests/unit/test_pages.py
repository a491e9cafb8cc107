"""Pages: nothing that was written is lost, and nothing confidential is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from briefbook.load import Content
from briefbook.model.schema import at, long_form, schema
from briefbook.pages.all import pages
from briefbook.pages.here import Here
from briefbook.pages.other import below, everything_else, left
from briefbook.words import Words
from tests.samples import full, replaced, walk
from tests.small import content, having, html, page, record, renderer, site, whole

ID = "some-id"
ADDRESS = {
    "industry": f"/industries/{ID}/",
    "company": f"/companies/{ID}/",
    "account": f"/accounts/{ID}/",
    "strategy": f"/strategy/{ID}/",
}
HERE = {"person", "need", "node", "stage", "pain"}
"""Kinds of reference that stay within one sample, where all entries are called alike."""
KNOWN = {"industry": "retail", "source": "dingtalk", "record": "company/qwzqwz",
         "tactic": "promote/qwzqwz", "chain-node": "e-commerce/qwzqwz"}  # fmt: skip
OTHER = {
    "line": "qwzqwz", "prose": "qwzqwz", "money": "77 CNY", "share": "77%", "points": "7 points",
    "duration": "77 days", "count": "77", "measure": "77 bn EUR", "day": "2031-03-05",
    "when": "2031-03-05", "period": "2031", "number": "7.7", "url": "https://qwz.example",
    "id": "qwzqwz",
}  # fmt: skip


@cache
def around() -> Content:
    """A book with what the samples name."""
    return content(
        {
            "book.yml": "name: Northstar CRM\npersonal_attributes: {allowed: yes, because: x}\n",
            "sources.yml": "\n".join(
                f"{id}: {{title: Title {id}, kind: article}}"
                for id in ("maowen", "dingtalk", "netease-2022", "forum", "annual-report")
            )
            + "\n",
            "industries/instant-retail.yml": "name: Instant retail\n",
            "industries/e-commerce.yml": "name: E-commerce\n",
            "industries/retail.yml": "name: Retail\n",
            "industries/education.yml": "name: Education\n",
            "companies/jd.yml": "name: JD.com\n",
            "strategies/promote.yml": "name: Promote\ntactics: {annual-budget: {name: Budget}}\n",
        }
    )


@cache
def sample(kind: str) -> dict[str, Any]:
    """A record with every field, in which what belongs together refers to each other."""
    data = full(kind)
    for path, value in list(walk(data)):
        node = node_at(kind, path)
        ref = node.get("x-ref") if node and isinstance(value, str) else None
        if ref in HERE:
            data = replaced(data, path, ID)
        elif ref in {"company", "source"}:
            data = replaced(data, path, {"company": "jd", "source": "maowen"}[ref])
    if kind == "industry":
        data = replaced(data, ("value_chain", "stages"), [ID])
        data = replaced(data, ("value_chain", "stage_names"), {ID: "Platforms"})
        data = replaced(data, ("value_chain", "applies"), "yes")
        data = replaced(data, ("business_model", "applies"), "yes")
    return data


def node_at(kind: str, path: tuple[Any, ...]) -> dict[str, Any] | None:
    """The schema of a scalar, of the short form too."""
    node = at(schema(kind), path)
    if node is None:
        return None
    single = [one for one in node.get("anyOf", ()) if one is not long_form(node)]
    return {**single[0], **node} if single else node


def other(kind: str, path: tuple[Any, ...], value: str) -> str:
    """Another value that the field takes as well."""
    node = node_at(kind, path)
    assert node is not None, path
    if "enum" in node:
        return str(next(one for one in node["enum"] if one != value))
    if "x-ref" in node:
        return KNOWN.get(node["x-ref"], "qwzqwz")
    if node["x-type"] == "whole":
        return str(int(value) - 1 if int(value) > node["minimum"] else int(value) + 1)
    return OTHER[node["x-type"]]


def leaves(kind: str, field: str) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every scalar of a field of the sample."""
    for path, value in walk(sample(kind)):
        if path[0] == field and isinstance(value, str):
            yield path, value


def shown(kind: str, data: dict[str, Any]) -> str:
    """The page of a record, with those that tell its parts in full."""
    return whole(site(having(around(), record(kind, ID, data))), ADDRESS[kind])


def few(kind: str, field: str) -> dict[str, Any]:
    """The sample with that field and what a record must have."""
    data = sample(kind)
    return {name: data[name] for name in data if name in {*schema(kind)["required"], field}}


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind in ADDRESS for field in full(kind)]
)
def test_no_field_is_lost(kind: str, field: str) -> None:
    """Whatever is written shows: another value makes another page, and words stand on it."""
    lost, data = [], few(kind, field)
    before = shown(kind, data)
    for path, value in leaves(kind, field):
        new = other(kind, path, value)
        assert new != value
        made = shown(kind, replaced(data, path, new))
        if made == before or ("qwz" in new and "qwz" not in made.lower()):
            lost.append(".".join(map(str, path)))
    assert not lost


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("account", {"industry": "retail", "aliases": ["Aone", "Btwo", "Cthree"]}, ["Cthree"]),
        ("industry", {"aliases": [f"Name{n}" for n in range(8)]}, ["Name6", "Name7"]),
        ("industry", {"definition_source": ["maowen", "dingtalk"], "definition": "x"},
         ["Title maowen", "Title dingtalk"]),
        ("account", {"industry": "retail", "in_short": {"earns": {
            "value": "x", "source": ["maowen", "dingtalk"], "as_of": "2031-02",
            "checked": "2032-03-01", "note": "Noted"}}},
         ["Title maowen", "Title dingtalk", "Feb 2031", "checked Mar 2032", "Noted"]),
        ("account", {"industry": "retail", "strategy": {"is": "promote", "because": "Agreed"}},
         ["Promote", "Agreed"]),
        ("account", {"industry": "retail", "people": {"coo": {"name": "Bao", "relation":
            {"target": "4"}, "reports_to": "ceo", "drivers": ["speed"]}}},
         ["Bao", "→ 4", "ceo", "speed"]),
        ("account", {"industry": "retail", "opportunities": {"x": {"name": "Big", "signed":
            "2031-02-03", "expected": "2032-Q1"}}}, ["3 Feb 2031", "2032-Q1"]),
        ("industry", {"benchmarks": [{"company": "jd", "account": "qwz"}]}, ["JD.com", "qwz"]),
        ("industry", {"value_chain": {"applies": "no", "because": "Bbb", "nodes": {"a": {
            "stage": "s", "name": "Nnn", "what": "Www"}}, "stages": ["s"]}}, ["Bbb", "Nnn", "Www"]),
        ("industry", {"value_chain": {"because": "Bbb"}}, ["Bbb"]),
        ("industry", {"business_model": {"applies": "no", "because": "Bbb", "from_where": "Fff"}},
         ["Bbb", "Fff"]),
        ("industry", {"business_model": {"because": "Bbb", "from_where": "Fff"}}, ["Bbb", "Fff"]),
        ("company", {"finance": {"statements": [{"period": "2021", "revenue": {"value": "7 CNY",
            "source": "maowen"}, "source": "dingtalk"}]}}, ["Title maowen", "Title dingtalk"]),
    ],
)  # fmt: skip
def test_nothing_is_lost_that_a_part_has_no_room_for(
    kind: str, data: dict[str, Any], words: list[str]
) -> None:
    """Names beyond the first, sources beyond the first, parts that do not apply."""
    made = shown(kind, {"name": "Some", **data})
    assert [word for word in words if word not in made] == []


@pytest.mark.parametrize("kind", ADDRESS)
def test_an_id_stands_once_on_a_page(kind: str) -> None:
    """The generic part has anchors of its own for fields that are shown in part."""
    made = html(site(having(around(), record(kind, ID, sample(kind)))), ADDRESS[kind])
    ids = re.findall(r'\sid="([^"]*)"', made)
    assert len(ids) > 5
    assert sorted(ids) == sorted(set(ids))


def test_what_is_shown_is_not_repeated() -> None:
    """A field is at home when it has left the generic part."""
    person: dict[str, Any] = {"name": "Bao Pham", "note": "Likes short talks"}
    data = {"name": "Some", "industry": "retail", "people": {"coo": person}}
    made = shown("account", data)
    assert made.count("Likes short talks") == 1
    assert "else-people" not in made
    person["source"] = ["maowen", "dingtalk"]  # of several sources the table has room for one
    assert 'id="else-people"' in shown("account", data)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ["no", "27.4 days", "Nov 2026"]), ("vi", ["không", "27,4 ngày", "11/2026"]),
     ("zh", ["否", "27.4 天", "2026年11月"])],
)  # fmt: skip
def test_what_is_left_is_told_in_the_language_of_the_reader(language: str, told: list[str]) -> None:
    """Yes and no, quantities and dates; a name stays what it is."""
    data = {
        "name": "no",
        "sources": {
            "own": {
                "title": "no",
                "kind": "article",
                "from_executive": "no",
                "published": "2026-11",
            }
        },
        "finance": {"industry_mean": {"period": "2025", "inventory_days": "27.4 days"}},
    }
    here = Here(replace(site(around()), words=Words(language)), "/companies/some/")
    left_ = json.dumps(everything_else(record("company", ID, data), here, ()), ensure_ascii=False)
    assert [one for one in told if f'"text": "{one}"' not in left_] == []
    assert left_.count('"text": "no"') == (3 if language == "en" else 2)


def test_an_entry_of_a_list_is_told_by_its_first_field() -> None:
    """What is left of an entry would otherwise hang in the air."""
    two = {"rank": "7", "company": "jd", "account": "qwzqwz"}  # the page shows the company
    record_ = record("industry", ID, {"name": "Some", "benchmarks": [two]})
    entries = page(site(having(around(), record_)), ADDRESS["industry"]).data["else"]
    assert [one["id"] for one in entries] == ["else-benchmarks"]
    (entry,) = entries[0]["entries"]
    assert [one["text"] for one in entry["fields"]] == ["7", "qwzqwz"]


@pytest.mark.parametrize(
    ("value", "shown", "expected"),
    [("x", [], True), ("x", [()], False), ("x", [("value",)], False),
     ({"a": "1", "b": "2"}, [("a",)], True), ({"a": "1"}, [("a",)], False),
     ({"a": {"b": "1"}}, [("*", "b")], False), ({"a": {"c": "1"}}, [("*", "b")], True),
     (["x", "y"], [("0",)], True), (["x", "y"], [("*",)], False),
     ({"source": ["a", "b"]}, [("source",)], True), ({"source": ["a"]}, [("source",)], False),
     ({}, [], True), ({"a": {"b": "1"}}, [("a",)], False)],
)  # fmt: skip
def test_left_says_whether_something_is_not_shown(
    value: Any, shown: list[tuple[str, ...]], expected: bool
) -> None:
    """Paths stand for all below them; `*` for any key or position."""
    assert left(value, frozenset(shown)) is expected
    assert below(frozenset({("a", "b"), ("*", "c"), ("d",)}), "a") == {("b",), ("c",)}


SECRET: dict[str, Any] = {
    "name": "Some",
    "industry": "retail",
    "needs": {"repurchase": {"need": "Guests order again"}},
    "research": {
        "open": {"method": "look", "finding": "Plain to see", "date": "2020-01-01"},
        "hush": {"method": "ask", "finding": "Budget is qwzqwz", "diagnosis": "They qwzqwz",
                 "date": "2020-01-01", "source": "maowen", "confidential": "yes",
                 "from": {"who": "qwzqwz"}, "leads_to": ["repurchase"]},
    },
}  # fmt: skip


def test_what_is_confidential_stands_nowhere() -> None:
    """On no page of the site and in no JSON; it is counted."""
    of = site(having(around(), record("account", ID, SECRET)))
    for one in pages(of):
        made = renderer().html(one) + json.dumps(one.json) + repr(one.data)
        assert "qwz" not in made, one.address
        assert "hush" not in made, one.address
    made = whole(of, ADDRESS["account"])
    assert "Plain to see" in made
    assert of.words("account.confidential", n=1) in made


def test_a_source_of_confidential_entries_alone_is_confidential() -> None:
    """Its title may tell as much; one that other entries name too is shown."""
    sources = {id: {"title": title, "kind": "interview", "published": "2020-01"}
               for id, title in (("own", "Talk about qwzqwz"), ("both", "Talk with the board"),
                                 ("idle", "Talk with nobody"))}  # fmt: skip
    research = {
        "open": {**SECRET["research"]["open"], "source": "both"},
        "hush": {**SECRET["research"]["hush"], "source": ["own", "both"], "confidential": "yes "},
    }
    of = site(having(around(), record("account", ID, {**SECRET, "research": research,
                                                      "sources": sources})))  # fmt: skip
    for one in pages(of):
        assert "qwz" not in renderer().html(one) + json.dumps(one.json), one.address
    made = html(of, ADDRESS["account"])
    assert "Talk with the board" in made
    assert "Talk with nobody" in made


def test_json_says_what_was_written_and_what_follows() -> None:
    """Authored as text, derived with rule, numbers and sentence, and each source once."""
    data = {
        "name": "Some", "industry": "retail",
        "value_to_us": {"contribution": {"2025": "10 m CNY"},
                        "potential": {"value": "50 m CNY", "source": ["own", "maowen"]}},
        "sources": {"own": {"title": "Our own", "kind": "interview", "published": "2026-05"}},
    }  # fmt: skip
    made = page(site(having(around(), record("account", ID, data))), ADDRESS["account"]).json
    assert made is not None
    told = json.loads(json.dumps(made))
    assert told["authored"] == data
    assert (told["version"], told["kind"], told["id"], told["name"], told["file"]) == (
        1, "account", ID, "Some", f"accounts/{ID}.yml",
    )  # fmt: skip
    derived = {one["name"]: one for one in told["derived"]}
    assert derived["class"]["value"] == "c"
    assert derived["class"]["rule"] == "class"
    assert derived["class"]["numbers"]["potential"] == "50000000"
    assert "class C" in derived["class"]["sentence"]
    assert list(told["sources"]) == ["maowen", "own"]
    assert told["sources"]["own"]["published"] == "2026-05"


@pytest.mark.parametrize("kind", ADDRESS)
def test_json_is_text_and_numbers_only(kind: str) -> None:
    """Everything of a whole record can be written as JSON, and read back as it was."""
    of = site(having(around(), record(kind, ID, sample(kind))))
    made = page(of, ADDRESS[kind]).json
    assert made is not None
    assert json.loads(json.dumps(made)) == made
    assert made["authored"] == sample(kind)
    assert all({"name", "rule", "value", "numbers", "sentence"} <= set(one)
               for one in made["derived"])  # fmt: skip
