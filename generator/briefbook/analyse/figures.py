"""What is written in a record in, its figures and whether each says where it comes from out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]
FIGURES = ("market.size", "market.concentration", "finance.statements", "finance.segments")
"""Lists whose entries are figures; each entry wants a source."""
_NO_FIGURES = frozenset(
    {"period", "note", "n", "trend", "growth", "of", "name", "what", "parts", "checked", "as_of"}
)


def unsourced(data: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Path and value of each figure of which nobody can tell where it comes from."""
    return ((path, node) for path, node in _figures(data) if not _sourced(node))


def _figures(data: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    for name in FIGURES:
        part, key = name.split(".")
        for index, node in enumerate(data.get(part, {}).get(key, ())):
            yield (part, key, index), node
    if mean := data.get("finance", {}).get("industry_mean"):
        yield ("finance", "industry_mean"), mean
    for id, pain in data.get("pains", {}).items():
        inherited = {"source": pain["source"]} if "source" in pain else {}
        if "evidence" in pain:
            yield ("pains", id, "evidence"), inherited | pain["evidence"]
        for index, node in enumerate(pain.get("more_evidence", ())):
            yield ("pains", id, "more_evidence", index), inherited | node


def _sourced(node: Any) -> bool:
    """Whether a figure has a source itself, or each figure in it has."""
    if not isinstance(node, Mapping):
        return False
    if "source" in node:
        return True
    below = [child for key, child in node.items() if key not in _NO_FIGURES]
    if "parts" in node:
        below = [*below, *node["parts"].values()]
    return all(_sourced(child) for child in below) and "value" not in node
