"""The JSON beside a record's page: what was written, what follows from it, where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from briefbook.load import Record
from briefbook.pages.here import Here
from briefbook.pages.other import cited, public

VERSION = 1
"""Version of the shape; a change that breaks readers raises it."""


def record_json(
    here: Here, record: Record[Any], derived: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Authored values as text, derived values with rule, numbers and sentence, and sources.

    Confidential entries are left out of all of it.
    """
    authored = public(record)
    used = sorted(cited(authored))
    return {
        "version": VERSION,
        "kind": record.kind,
        "id": record.id,
        "name": record.name,
        "file": record.file,
        "authored": authored,
        "derived": [_plain(one) for one in derived],
        "sources": {id: _source(here, id, record) for id in used},
    }


def _source(here: Here, id: str, record: Record[Any]) -> dict[str, str] | None:
    source, _ = here.source(id, record)
    if source is None:
        return None
    return {name: str(getattr(value, "text", value)) for name, value in source if value is not None}


def _plain(node: Any) -> Any:
    if isinstance(node, str):  # most are, and to ask for a mapping costs ten times as much
        return str(node)
    if node is None or isinstance(node, (bool, int, list)):
        return node
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    return str(node)
