"""Pages: nothing that was written is lost, and nothing confidential is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from briefbook.load import Content
from briefbook.model.schema import at, long_form, schema
from briefbook.pages.other import below, left
from tests.samples import full, replaced, walk
from tests.small import content, having, html, page, record, site

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
    """The page of a record."""
    return html(site(having(around(), record(kind, ID, data))), ADDRESS[kind])


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
