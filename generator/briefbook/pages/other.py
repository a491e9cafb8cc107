"""What a page has not shown of its record, made from the model: labels, values, links, sources."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefbook.analyse.facts import is_confidential
from briefbook.load import Record
from briefbook.model.schema import Schema, is_fact, item, long_form, resolve, schema
from briefbook.pages.here import Here

LINKED = {
    "industry": "industry",
    "company": "company",
    "account": "account",
    "strategy": "strategy",
}
QUANTITIES = frozenset({"money", "share", "points", "duration", "measure"})
DATES = frozenset({"day", "when", "period"})
Paths = frozenset[tuple[str, ...]]
"""Paths to what a page shows, seen from one value; `*` stands for any key or position."""
WHOLE: tuple[str, ...] = ()
"""The path to the value itself: all of it is shown."""


def everything_else(
    record: Record[Any], here: Here, shown: Collection[str]
) -> tuple[dict[str, Any], ...]:
    """One entry for each field of which `shown` leaves something out, in the model's order.

    `shown` holds paths such as `people.*.name`; a path stands for all that is below it. Of a list
    of sources a page shows the first: the field comes here as well when there are more.
    """
    rest = _Rest(record, here, schema(record.kind))
    data, paths = public(record), _paths(frozenset(shown))
    return tuple(
        rest.entry(name, data[name], resolve(rest.root, child), at, top=True)
        for name, child in rest.root["properties"].items()
        if name in data and left(data[name], at := _field(name, data[name], paths))
    )


def fact(path: str) -> tuple[str, ...]:
    """The paths of a fact that the `fact` part of the templates shows."""
    return tuple(f"{path}.{name}" for name in ("value", "source", "as_of", "checked", "note"))


@lru_cache(maxsize=1 << 8)  # the same object for the same paths: `below` finds it without a look
def _paths(shown: frozenset[str]) -> Paths:
    return frozenset(tuple(path.split(".")) for path in shown)


@lru_cache(maxsize=1 << 14)  # records of a kind are alike
def below(shown: Paths, key: str) -> Paths:
    """The paths as seen from the value at a key."""
    if WHOLE in shown:
        return shown
    return frozenset(path[1:] for path in shown if path[0] in {key, "*"})


def left(value: Any, shown: Paths) -> bool:
    """Whether something of a value is not shown; a fact written short is its value."""
    if not shown:
        return True
    if isinstance(value, dict):
        return any(left(one, _field(name, one, shown)) for name, one in value.items())
    if isinstance(value, list) and WHOLE not in shown:
        return any(left(one, below(shown, str(at))) for at, one in enumerate(value))
    return False


def _field(name: str, value: Any, shown: Paths) -> Paths:
    """What is shown of a field: nothing of several sources, since one of them is not enough."""
    several = name.endswith("source") and isinstance(value, list) and len(value) > 1
    return frozenset() if several else below(shown, name)


def public(record: Record[Any]) -> dict[str, Any]:
    """The record as written, without entries that are confidential and sources of only these."""
    data = dict(record.tree.data)
    if record.kind != "account" or "research" not in data:
        return data
    open_ = {id: one for id, one in data["research"].items() if not is_confidential(one)}
    hidden = [one for id, one in data["research"].items() if id not in open_]
    data["research"] = open_
    if hidden and "sources" in data:
        rest = {name: value for name, value in data.items() if name != "sources"}
        only = cited(hidden) - cited(rest)
        data["sources"] = {id: one for id, one in data["sources"].items() if id not in only}
    return {
        name: value for name, value in data.items() if value or name not in {"research", "sources"}
    }


def cited(node: Any) -> frozenset[str]:
    """The ids of all sources that a value as written names."""
    found: set[str] = set()
    _cite(node, found)
    return frozenset(found)


def _cite(node: dict[str, Any] | list[Any], found: set[str]) -> None:
    if isinstance(node, dict):
        own = node.get("source", ())
        ids = (own,) if isinstance(own, str) else own
        found.update(id for id in ids if isinstance(id, str))
        node = [one for key, one in node.items() if key != "source"]
    for one in node:
        if isinstance(one, (dict, list)):
            _cite(one, found)


@dataclass(frozen=True, slots=True)
class _Rest:
    """The walk along a record and its schema, leaving out what is shown."""

    record: Record[Any]
    here: Here
    root: Schema

    def entry(
        self, name: str, value: Any, node: Schema, shown: Paths, *, top: bool = False
    ) -> dict[str, Any]:
        """A field with its label; the anchor of a partly shown one is its own, not the part's."""
        id = name.replace("_", "-")
        return {
            "id": f"else-{id}" if top and shown else id,
            "label": self.here.t(f"field.{name}"),
            **self.value(value, node, shown),
        }

    def value(self, value: Any, node: Schema, shown: Paths) -> dict[str, Any]:
        """What is left of a value: text, entries or fields."""
        if isinstance(value, str):
            return _text(value, node, self.record, self.here)
        if isinstance(value, list):
            return {"entries": self._entries(value, item(self.root, node) or node, shown)}
        known = (long_form(node) or node).get("properties", {})
        if not shown and is_fact(node) and "value" in value:
            return self._fact(value, known)
        if known:
            return {"fields": self._fields(value, known, shown)}
        return {"fields": self._by_id(value, node, shown)}

    def _fact(self, value: dict[str, Any], known: Schema) -> dict[str, Any]:
        """A fact on one line: its value, then sources and dates in small."""
        written = value.get("source", [])
        ids = [written] if isinstance(written, str) else written
        sources = [_text(id, {"x-ref": "source"}, self.record, self.here) for id in ids]
        dates = (name for name in ("as_of", "checked") if name in value)
        notes = [self.here.t(f"fact.{name}", date=self.here.when(value[name])) for name in dates]
        notes += [value["note"]] if "note" in value else []
        told = _text(value["value"], resolve(self.root, known["value"]), self.record, self.here)
        return {"fact": {**told, "sources": sources, "notes": notes}}

    def _entries(self, value: list[Any], inner: Schema, shown: Paths) -> list[dict[str, Any]]:
        """Entries of a list; one that is shown in part is told by its first field."""
        made = []
        for at, one in enumerate(value):
            paths = below(shown, str(at))
            if not left(one, paths):
                continue
            if paths and isinstance(one, dict):
                head = next(iter(one))
                paths = frozenset(path for path in paths if path[:1] != (head,))
            made.append(self.value(one, inner, paths))
        return made

    def _fields(self, value: Any, known: Schema, shown: Paths) -> list[dict[str, Any]]:
        return [
            self.entry(name, one, resolve(self.root, known.get(name, {})), at)
            for name, one in value.items()
            if left(one, at := _field(name, one, shown))
        ]

    def _by_id(self, value: Any, node: Schema, shown: Paths) -> list[dict[str, Any]]:
        inner = item(self.root, node) or {}
        titled = self.here.capability if node.get("x-keys") else None
        return [
            {
                "id": None,
                "label": titled(id) if titled else _title(id, one),
                **self.value(one, inner, below(shown, id)),
            }
            for id, one in value.items()
            if left(one, below(shown, id))
        ]


def _title(id: str, value: Any) -> str:
    """What an entry by id is called: its name, else the line that it is about, else its id."""
    named = value if isinstance(value, dict) else {}
    return next(
        (named[key] for key in ("name", "title", "pain") if isinstance(named.get(key), str)), id
    )


def _text(text: str, node: Schema, record: Record[Any], here: Here) -> dict[str, Any]:
    ref = node.get("x-ref") or next(
        (one["x-ref"] for one in node.get("anyOf", ()) if "x-ref" in one), None
    )
    if ref == "source":
        source, listed = here.source(text, record)
        return {"text": source.title if source else text, "href": listed if source else None}
    if ref == "capability":
        return {"text": here.capability(text)}
    if ref == "member":
        return {"text": here.member(text)}
    if ref in LINKED and text in here.site.content.of(ref):
        return {"text": here.site.content.of(ref)[text].name, "href": here.record(ref, text)}
    if ref in {"record", "tactic"} and (href := here.resolve(_full(ref, text))):
        return {"text": text, "href": href}
    kind = node.get("x-type") or next((one.get("x-type") for one in node.get("anyOf", ())), None)
    return _plain(text, kind, here)


def _plain(text: str, kind: str | None, here: Here) -> dict[str, Any]:
    """What refers to nothing, in the reader's language as far as its type has words there."""
    if kind == "url":
        return {"text": text, "href": text}
    if kind == "prose":
        return {"prose": here.prose(text)}
    if kind in {"choice", "flag"} and here.t.has(f"word.{text}"):
        return {"text": here.t(f"word.{text}")}
    if kind in QUANTITIES:
        return {"text": here.written(text)}
    return {"text": here.when(text) if kind in DATES else text}


def _full(ref: str, text: str) -> str:
    strategy, _, tactic = text.partition("/")
    return f"strategy/{strategy}#{tactic}" if ref == "tactic" else text
