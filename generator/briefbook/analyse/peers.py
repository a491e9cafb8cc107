"""Measures of a company, of its peers and of its industry in; rank, best, gap and trend out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from briefbook.analyse.finance import Ratio, Year, industry_mean, latest
from briefbook.analyse.results import Why
from briefbook.model.book import Book
from briefbook.model.parts import Finance

Better = Literal["higher", "lower", "neither"]
Trend = Literal["up", "down", "same"]
_APART = 183
"""Days between the ends of two years from which they are another year's."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure to compare by; `step` is the least change that is one."""

    id: str
    better: Better
    step: Decimal


MEASURES: tuple[Measure, ...] = (
    Measure("roe", "higher", Decimal("0.001")),
    Measure("margin", "higher", Decimal("0.001")),
    Measure("turnover", "higher", Decimal("0.01")),
    Measure("multiplier", "neither", Decimal("0.01")),  # more debt is courage, not merit
    Measure("inventory_days", "lower", Decimal("0.1")),
    Measure("growth", "higher", Decimal("0.001")),
    Measure("cash_to_revenue", "higher", Decimal("0.001")),
)


@dataclass(frozen=True, slots=True)
class Value:
    """A measure of somebody in a year: `who` is kind/id, empty for the industry's mean."""

    who: str
    value: Decimal
    period: str
    last: date


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure against the own past, the peers and the industry (requirement 37).

    `rank` of `of` counts from the best, or from the highest where neither is better; `gap` is own
    minus best. `apart` holds periods that are not of our year: nothing is compared silently.
    """

    measure: Measure
    own: Value | None
    ratio: Ratio | None
    before: Value | None
    trend: Trend | None
    better: bool | None
    mean: Value | None
    peers: tuple[Value, ...]
    unknown: tuple[str, ...]
    best: Value | None
    rank: int | None
    of: int
    gap: Decimal | None
    apart: tuple[str, ...]
    why: Why


def compare(
    who: str, finance: Finance, known: Mapping[str, tuple[Year, ...]], book: Book
) -> tuple[Compared, ...]:
    """Every measure; `known` holds the years of records by kind/id."""
    own = known.get(who, ())
    mean = industry_mean(finance, book)
    peers = {one: known.get(one, ()) for one in dict.fromkeys(finance.peers) if one != who}
    return tuple(_compared(measure, who, own, mean, peers) for measure in MEASURES)


def _compared(
    measure: Measure,
    who: str,
    own: Sequence[Year],
    mean: Year | None,
    peers: Mapping[str, tuple[Year, ...]],
) -> Compared:
    now = latest(own)
    ours = _value(who, now, measure)
    before = _last_known(who, [one for one in own if now and one.last < now.last], measure)
    others = {id: _last_known(id, found, measure) for id, found in peers.items()}
    found = tuple(one for one in others.values() if one)
    average = _value("", mean, measure)
    field = _ranked(measure, [*([ours] if ours else []), *found])
    best = field[0] if found and measure.better != "neither" else None
    trend = _trend(measure, ours, before)
    return Compared(
        measure=measure,
        own=ours,
        ratio=getattr(now, measure.id) if now else None,
        before=before,
        trend=trend,
        better=_is_better(measure, trend),
        mean=average,
        peers=tuple(_ranked(measure, found)),
        unknown=tuple(id for id, one in others.items() if one is None),
        best=best,
        rank=_rank(ours, field),
        of=len(field),
        gap=ours.value - best.value if ours and best else None,
        apart=_apart(ours, (*found, *([average] if average else []))),
        why=Why("comparison", {one.who: one.value for one in field}),
    )


def _value(who: str, one: Year | None, measure: Measure) -> Value | None:
    ratio: Ratio | None = getattr(one, measure.id) if one else None
    if one is None or ratio is None or ratio.value is None:
        return None
    return Value(who, ratio.value, one.period.text, one.last)


def _last_known(who: str, found: Sequence[Year], measure: Measure) -> Value | None:
    """The latest year in which the measure is known."""
    values = [_value(who, one, measure) for one in found]
    return max((one for one in values if one), key=lambda one: one.last, default=None)


def _ranked(measure: Measure, values: Sequence[Value]) -> list[Value]:
    sign = 1 if measure.better == "lower" else -1
    return sorted(values, key=lambda one: (sign * one.value, one.who))


def _rank(own: Value | None, field: Sequence[Value]) -> int | None:
    """Those with the same value share a rank; alone there is none."""
    if own is None or len(field) < 2:
        return None
    return [one.value for one in field].index(own.value) + 1


def _trend(measure: Measure, own: Value | None, before: Value | None) -> Trend | None:
    if own is None or before is None:
        return None
    change = own.value - before.value
    if abs(change) < measure.step:
        return "same"
    return "up" if change > 0 else "down"


def _is_better(measure: Measure, trend: Trend | None) -> bool | None:
    if trend in {None, "same"} or measure.better == "neither":
        return None
    return (trend == "up") == (measure.better == "higher")


def _apart(own: Value | None, others: Sequence[Value]) -> tuple[str, ...]:
    """Periods of the others that ended more than half a year from ours."""
    if own is None:
        return ()
    far = [one.period for one in others if abs((one.last - own.last).days) >= _APART]
    return tuple(dict.fromkeys(far))
