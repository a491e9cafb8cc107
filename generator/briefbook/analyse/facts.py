"""Records in, every dated or sourced value out, with the day from which it is stale."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from briefbook.analyse.results import FactUse
from briefbook.load import Content, Record
from briefbook.model.book import Book, FreshFor
from briefbook.model.parts import Source
from briefbook.quantity import Quantity, QuantityError, period, when

_DATES = ("checked", "verified", "as_of", "date", "period", "published")
_KINDS = {
    "market": "market",
    "pains": "pain",
    "finance": "finance",
    "people": "person",
    "research": "research",
}


def facts(content: Content, today: date) -> tuple[FactUse, ...]:
    """Every value with a source or a date of its own, in the order of the files."""
    return tuple(
        fact for record in content.records() for fact in record_facts(record, content, today)
    )


def record_facts(record: Record[Any], content: Content, today: date) -> Iterator[FactUse]:
    """The facts of one record; `today` decides what is stale."""
    local: Mapping[str, Source] = getattr(record.value, "sources", {})
    registry = {**content.sources, **local}
    for path, node, inherited in _nodes(record.tree.data, (), ()):
        kind = _KINDS.get(str(path[0]), "other")
        dated = _dated(node, inherited, registry)
        limit: Quantity = getattr(content.book.value.fresh_for, kind)
        since = _add(dated, limit) if dated else None
        yield FactUse(
            record=(record.kind, record.id),
            path=path,
            text=_text(node),
            kind=kind,
            sources=tuple(_ids(node.get("source")) or inherited),
            dated=dated,
            stale_since=since if since and since < today else None,
        )


def _nodes(
    node: Any, path: tuple[str | int, ...], inherited: tuple[str, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any], tuple[str, ...]]]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _nodes(item, (*path, index), inherited)
    if not isinstance(node, dict) or path[:1] == ("sources",):
        return
    if path and ("source" in node or ("value" in node and "as_of" in node) or "verified" in node):
        yield path, node, inherited
    below = tuple(_ids(node.get("source"))) or inherited
    for key, child in node.items():
        yield from _nodes(child, (*path, key), below)


def _ids(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def _text(node: dict[str, Any]) -> str:
    for key in ("value", "share", "finding", "pain", "goal", "lesson", "what", "name", "revenue"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("value")
        if isinstance(value, str):
            return value
    return ""


def _dated(
    node: dict[str, Any], inherited: tuple[str, ...], registry: Mapping[str, Source]
) -> date | None:
    for key in _DATES:
        if isinstance(node.get(key), str) and (found := _day(node[key])):
            return found
    published = [
        registry[one].published.date  # type: ignore[union-attr]
        for one in _ids(node.get("source")) or inherited
        if one in registry and registry[one].published
    ]
    return max(published, default=None)


def _day(text: str) -> date | None:
    try:
        return when(text).date
    except QuantityError:
        try:
            return period(text).last
        except QuantityError:
            return None


def _add(day: date, limit: Quantity) -> date:
    if limit.unit in {"month", "quarter", "year"}:
        months = int(limit.number * {"month": 1, "quarter": 3, "year": 12}[limit.unit])
        index = day.year * 12 + day.month - 1 + months
        year, month = divmod(index, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))
    return day + timedelta(days=int(limit.days))


def fresh_until(day: date, kind: str, book: Book) -> date:
    """The last day on which a fact of this kind is fresh."""
    return _add(day, getattr(book.fresh_for, kind))


def fresh_limits(limits: FreshFor) -> dict[str, str]:
    """The limit of each kind of fact, as written."""
    return {name: getattr(limits, name).text for name in FreshFor.model_fields}
