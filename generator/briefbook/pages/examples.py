"""A block of a page in, what its template draws out: an example, commented fields, or lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from briefbook.analyse.examples import EXAMPLES, chosen
from briefbook.blocks import Block
from briefbook.excerpt import excerpt
from briefbook.load import Record
from briefbook.model import FOLDERS
from briefbook.pages import examples_account as account
from briefbook.pages import examples_industry as industry
from briefbook.pages.elsewhere import elsewhere
from briefbook.pages.here import Here
from briefbook.scaffold import commented

Draw = Callable[[Here, Record[Any], str], dict[str, Any]]


def _plain(draw: Callable[[Here, Record[Any]], dict[str, Any]]) -> Draw:
    return lambda here, record, _: draw(here, record)


DRAWN: Mapping[str, Draw] = {
    "six-parts": _plain(industry.six_parts),
    "short-reading": _plain(industry.short_reading),
    "concentration": _plain(industry.concentration),
    "weakest-link": _plain(industry.weakest_link),
    "fit": _plain(account.fit),
    "answers": _plain(account.answers),
    "research": _plain(account.research),
    "questions": _plain(account.questions),
    "dupont": _plain(account.dupont),
    "nine-box": _plain(account.nine_box),
    "strategy": _plain(account.strategy),
    "people": _plain(account.people),
    "bant": account.bant,
    "counters": _plain(account.counters),
    "reviews": _plain(account.reviews),
}
"""How each example of `analyse.examples` is drawn, from what its record's page shows too."""


def drawn(here: Here, one: Block, number: int) -> dict[str, Any]:
    """The data of the block that stands `number`th on its page; checks have passed it before."""
    if one.word.text == "example":
        return _example(here, one, number)
    return _fields(here, one) if one.word.text == "fields" else _lines(here, one)


def _example(here: Here, one: Block, number: int) -> dict[str, Any]:
    name, content = one.names[0].text, here.site.content
    kind, id, anchor = one.target or ("", "", "")
    record = content.of(kind)[id] if id else chosen(content, here.site.results, name)
    title = here.t(f"example.{name}")
    if record is None:
        kinds = [here.t(f"kind.{kind}") for kind in EXAMPLES[name].kinds]
        text = here.t("methods.no-example", kinds=here.t.listed(kinds, either=True))
        return {"block": "none", "title": title, "text": text}
    data = DRAWN[name](here, record, anchor)
    return {
        "block": name,
        "title": title,
        "of": _named(here, record),
        "data": elsewhere(data, here.record(record.kind, record.id), f"-e{number}"),
    }


def _named(here: Here, record: Record[Any]) -> dict[str, Any]:
    account = here.account(record.id) if record.kind == "account" else {}
    return {
        "name": record.name,
        "href": here.record(record.kind, record.id),
        "letter": account.get("letter"),
        "lang": account.get("lang"),
        "sample": here.t("sample.record") if record.value.sample else None,
    }


def _fields(here: Here, one: Block) -> dict[str, Any]:
    kind, *paths = (word.text for word in one.names)
    place = f"{FOLDERS[kind][0]}/<id>.yml" if kind in FOLDERS else f"{kind}.yml"
    return {
        "block": "yaml",
        "label": here.t("methods.fields", file=place),
        "href": here.to(f"/fields/#{kind}"),
        "link": here.t("methods.all-fields"),
        "text": commented(kind, paths),
    }


def _lines(here: Here, one: Block) -> dict[str, Any]:
    kind, id, fields = one.quoted
    content = here.site.content
    record = content.record(kind, id)
    assert record is not None
    text = excerpt(content.quoted[record.file], record.tree, [word.text for word in fields])
    return {
        "block": "yaml",
        "label": here.t("methods.lines", file=record.file),
        "href": here.record(kind, id) if id else None,
        "link": record.name,
        "text": text,
    }
