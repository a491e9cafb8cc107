"""A record and the path of one of its facts in, what people call that fact out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.checks.files import described
from briefbook.load import Record
from briefbook.pages.here import Here

Path = tuple[str | int, ...]
NAMES = ("name", "title", "pain", "need", "goal", "finding", "ask", "what")
"""What an entry is called, the first that it has."""


def label(here: Here, record: Record[Any], path: Path) -> str:
    """Fields by their labels, entries by id by what they are called, those of a list by period."""
    return " › ".join(_steps(here, record, path)) or record.name


def _steps(here: Here, record: Record[Any], path: Path) -> Iterator[str]:
    node: Any = None
    for depth, part in enumerate(path):
        node = _child(node, part) if depth else record.written(str(part))
        if isinstance(part, str) and part in described(record.kind, path[:depth]):
            yield here.t(f"field.{part}")
        elif said := _entry(here, node, part):
            yield said


def _child(node: Any, part: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(str(part))
    return node[part] if isinstance(node, list) and isinstance(part, int) else None


def _entry(here: Here, node: Any, part: str | int) -> str:
    """What an entry is called: its name, whom or when it is about; an id only where nothing is."""
    fields = node if isinstance(node, dict) else {}
    if named := next((one for key in NAMES if (one := _text(fields.get(key)))), None):
        return named
    if "from" in fields and "to" in fields:
        return f"{_text(fields['from'])} → {_text(fields['to'])}"
    for kind, records in (("company", here.site.content.companies),
                          ("account", here.site.content.accounts)):  # fmt: skip
        if (id := _text(fields.get(kind))) and id in records:
            return records[id].name
    dated = next((one for key in ("period", "date", "n") if (one := _text(fields.get(key)))), "")
    return dated or (part if isinstance(part, str) else "")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str) else ""


def anchor(record: Record[Any], path: Path) -> str:
    """The place on the record's page where a brief shows the fact; elsewhere its top."""
    if record.kind != "industry" or not path:
        return ""
    if path[0] == "pains" and len(path) > 1:
        return f"pain-{path[1]}"
    places = {"market": "market", "benchmarks": "benchmarks", "definition": "definition",
              "value_chain": "value-chain", "business_model": "business-model"}  # fmt: skip
    return places.get(str(path[0]), "")
