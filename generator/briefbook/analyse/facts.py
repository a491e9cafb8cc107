"""A record in, every dated or sourced value out, with the day from which it is stale."""

from __future__ import annotations

import calendar
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from briefbook.analyse.results import FactUse, shared
from briefbook.load import Record
from briefbook.model.book import Book, FreshFor
from briefbook.model.parts import Source
from briefbook.quantity import Period, Quantity, QuantityError, period, when

_DATES = ("checked", "verified", "as_of", "date", "period", "published")
_EVIDENCE = frozenset({"source", *_DATES})
"""A part without any of these is no fact, and hands on what was handed to it."""
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_KINDS = {
    "market": "market",
    "pains": "pain",
    "business_model": "market",
    "finance": "finance",
    "in_short": "research",
    "people": "person",
    "research": "research",
}


def record_facts(
    record: Record[Any], sources: Mapping[str, Source], book: Book, today: date
) -> tuple[FactUse, ...]:
    """The facts of one record; `today` decides what is stale.

    A fact without a date has that of the part around it, else of its latest source. Confidential
    research is left out: facts are listed on pages.
    """
    return tuple(_facts(record, sources, book, today))


def _facts(
    record: Record[Any], sources: Mapping[str, Source], book: Book, today: date
) -> Iterator[FactUse]:
    local: Mapping[str, Source] = getattr(record.value, "sources", {})
    starts = getattr(getattr(record.value, "finance", None), "year_starts", None)
    found: list[_Found] = []
    _gather(record.tree.data, (), _Around((), None, starts), found)
    for path, node, inherited, above in found:
        kind = _KINDS.get(str(path[0]), "other")
        dated = above or _published(inherited, local, sources)
        limit: Quantity = getattr(book.fresh_for, kind)
        since = add(dated, limit) if dated else None
        yield FactUse(
            record=shared((record.kind, record.id)),
            path=shared(path),
            text=sys.intern(_text(node)),
            kind=kind,
            sources=inherited,
            dated=dated,
            stale_since=since if since and since < today else None,
        )


@dataclass(frozen=True, slots=True)
class _Around:
    """What a part hands on to those inside it: sources, day, and where its fiscal year starts."""

    sources: tuple[str, ...]
    day: date | None
    starts: str | None

    def within(self, node: dict[str, Any]) -> _Around:
        """The same as seen from inside a node."""
        own, day = shared(tuple(_ids(node.get("source")))), _dated(node, self.starts)
        return _Around(own or self.sources, day or self.day, self.starts) if own or day else self


_Found = tuple[tuple[str | int, ...], dict[str, Any], tuple[str, ...], date | None]


def _gather(node: Any, path: tuple[str | int, ...], around: _Around, found: list[_Found]) -> None:
    if isinstance(node, dict):
        if path == ("sources",) or is_confidential(node):
            return
        if path and not _EVIDENCE.isdisjoint(node):
            around = around.within(node)
            if _is_fact(node):
                found.append((path, node, around.sources, around.day))
    for key, child in node.items() if isinstance(node, dict) else enumerate(node):
        if not isinstance(child, str):
            _gather(child, (*path, key), around, found)


def is_confidential(node: Mapping[str, Any]) -> bool:
    """Whether an entry, as written, is never to be shown; blanks around the word are no matter."""
    return "confidential" in node and str(node["confidential"]).strip() == "yes"


def _is_fact(node: dict[str, Any]) -> bool:
    dated = "value" in node and ("as_of" in node or "checked" in node)
    return dated or "source" in node or "verified" in node


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


def _dated(node: dict[str, Any], starts: str | None) -> date | None:
    for key in _DATES:
        text = node.get(key)
        if isinstance(text, str) and (day := _day(text, starts)):
            return day
    return None


def _published(
    ids: tuple[str, ...], local: Mapping[str, Source], shared: Mapping[str, Source]
) -> date | None:
    sources = (local.get(one) or shared.get(one) for one in ids)
    return max((one.published.date for one in sources if one and one.published), default=None)


@lru_cache(maxsize=1 << 14)
def _day(text: str, starts: str | None) -> date | None:
    try:
        return last_day(period(text), starts)
    except QuantityError:
        pass
    try:
        return when(text).date
    except QuantityError:
        return None


def last_day(of: Period, year_starts: str | None) -> date:
    """The last day of a period; FYn, and its quarters, in a year that ends in n (rule 8)."""
    found = re.fullmatch(r"(\d\d)-(\d\d)", year_starts or "")
    if not of.fiscal or not found or year_starts == "01-01":
        return of.last
    month, day = int(found[1]), int(found[2])
    return _months_after(of.year - 1, month, day, of.quarter * 3 or 12) - timedelta(days=1)


@lru_cache(maxsize=1 << 14)
def add(day: date, limit: Quantity) -> date:
    """The day some time on; a month later is the same day of the month, or its last one."""
    months = limit.number * _MONTHS.get(limit.unit, 0)
    try:
        if not months or months % 1:
            return day + timedelta(days=int(limit.days))
        return _months_after(day.year, day.month, day.day, int(months))
    except (ValueError, OverflowError):  # beyond the calendar
        return date.max


def _months_after(year: int, month: int, day: int, months: int) -> date:
    """A day some months on, the month's last one where it has no such day."""
    year, month = divmod(year * 12 + month - 1 + months, 12)
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


def fresh_until(day: date, kind: str, book: Book) -> date:
    """The last day on which a fact of this kind is fresh."""
    return add(day, getattr(book.fresh_for, kind))


def fresh_limits(limits: FreshFor) -> dict[str, str]:
    """The limit of each kind of fact, as written."""
    return {name: getattr(limits, name).text for name in FreshFor.model_fields}
