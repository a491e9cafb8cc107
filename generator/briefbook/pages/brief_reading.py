"""An industry in, the two readings of its brief out: which parts, in which order, how long."""

from __future__ import annotations

from typing import Any

from briefbook.load import Record
from briefbook.model import Industry
from briefbook.pages.here import Here
from briefbook.pages.reading import minutes

SHORT = ("pains", "benchmarks")
"""With little time, pains and benchmarks first (Maowen, l. 121)."""
FULL = (*SHORT, "definition", "market", "value-chain", "business-model")
"""With more time the other parts as well, in the order of the article (Maowen, l. 121)."""
READINGS = (("short", SHORT), ("full", FULL))
FIELDS = {
    "pains": ("pains",),
    "benchmarks": ("benchmarks", "questions"),
    "definition": ("definition", "our_focus", "purpose"),
    "market": ("market",),
    "value-chain": ("value_chain",),
    "business-model": ("business_model",),
}
"""What is read in each part; the questions to ask come with the short reading."""
REFERENCES = frozenset("source answered_by company account companies stage stages from to".split())
"""Fields that name something by its id: nobody reads them word by word."""


def readings(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    """Both readings with their parts in order and the minutes that their text takes."""
    return [_reading(here, record, name, parts) for name, parts in READINGS]


def _reading(
    here: Here, record: Record[Industry], name: str, parts: tuple[str, ...]
) -> dict[str, Any]:
    texts = [_read(record.written(field)) for part in parts for field in FIELDS[part]]
    return {
        "name": name,
        "minutes": minutes(*texts),
        "text": here.t(f"industry.path.{name}"),
        "parts": [{"id": part, "label": here.t(f"industry.{part}")} for part in parts],
    }


def _read(node: Any) -> Any:
    """What is read of a part: everything but references."""
    if isinstance(node, dict):
        return {key: _read(one) for key, one in node.items() if key not in REFERENCES}
    return [_read(one) for one in node] if isinstance(node, list) else node
