"""An industry's market and the book's thresholds in, growth and verdicts out (rule 12).

Source: Maowen, lines 65 to 71; what the article leaves open is a setting of the book.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from briefbook.analyse.results import Level, Number, Why
from briefbook.model import Book, Industry
from briefbook.model.book import Concentration
from briefbook.model.industry import Ratio, Size
from briefbook.quantity import Period, Quantity

Direction = Literal["rising", "steady", "falling"]
Potential = Literal["large", "few"]
Years = Mapping[tuple[str, bool, date], Size]
"""Sizes of whole years by currency, whether the year is fiscal, and its last day."""

WINDOW = 5
"""Years of which the points give the slope."""
_PER_YEAR = {"": 1, "year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365}
_POTENTIAL: Mapping[Direction | None, Potential] = {"rising": "large", "steady": "few"}
_REPORTED: Mapping[str | None, Direction] = {
    "rising": "rising", "unchanged": "steady", "falling": "falling",
}  # fmt: skip
_FINE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class SizePoint:
    """The size of one period; growth over the year before in percent, and whether we computed it.

    `before` is the size of the year before that a reported growth implies, None where that year
    is in the series: size / (1 + growth / 100).
    """

    size: Size
    growth: Decimal | None
    computed: bool
    before: Quantity | None


@dataclass(frozen=True, slots=True)
class SizeSeries:
    """The sizes in one currency, the earliest first."""

    currency: str
    points: tuple[SizePoint, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the concentration ratio of the n largest says of a market; `share` is the latest.

    `slope` is in points a year, None where fewer than two of the last five years are known;
    `direction` is then the reported one, if there is one, and `reported` says so. `points` is how
    many points gave the slope. A falling ratio has no potential: the article does not cover it.
    """

    n: int
    share: Quantity
    level: Level
    direction: Direction | None
    slope: Decimal | None
    points: int
    reported: bool
    potential: Potential | None
    why: Why


@dataclass(frozen=True, slots=True)
class RatioSeries:
    """The ratios of one n, the earliest first, and their verdict."""

    points: tuple[Ratio, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class MarketFigures:
    """Sizes by currency and ratios by n; what matters most stands first in both."""

    sizes: tuple[SizeSeries, ...]
    ratios: tuple[RatioSeries, ...]

    @property
    def latest(self) -> SizePoint | None:
        """The latest size."""
        return self.sizes[0].points[-1] if self.sizes else None

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of the n with most points, then the latest, then the smallest n."""
        return self.ratios[0].verdict if self.ratios else None


def market_figures(industry: Industry, book: Book) -> MarketFigures:
    """Everything that follows from the market of an industry."""
    market = industry.market
    return MarketFigures(
        _sizes(market.size if market else (), book),
        _ratios(market.concentration if market else (), book.concentration),
    )


def _time(period: Period) -> tuple[date, int]:
    """The order of periods: by their end, the longest last."""
    return period.last, -period.first.toordinal()


def is_year(size: Size) -> bool:
    """Whether a size is that of a whole year, so that it can stand beside others."""
    days = (size.period.last - size.period.first).days
    return days in {364, 365} and size.value.per in {"", "year"}


def years(sizes: Iterable[Size]) -> Years:
    """The sizes of whole years, to be found by the year that follows."""
    return {
        (one.value.unit, one.period.fiscal, one.period.last): one for one in sizes if is_year(one)
    }


def year_before(size: Size, known: Years) -> Size | None:
    """The size of the year right before, in the same currency."""
    if not is_year(size):
        return None
    period = size.period
    return known.get((size.value.unit, period.fiscal, period.first - timedelta(days=1)))


def _sizes(sizes: Sequence[Size], book: Book) -> tuple[SizeSeries, ...]:
    known = years(sizes)
    groups: defaultdict[str, list[SizePoint]] = defaultdict(list)
    for one in sorted(sizes, key=lambda one: _time(one.period)):
        groups[one.value.unit].append(_point(one, year_before(one, known)))
    made = [SizeSeries(currency, tuple(points)) for currency, points in groups.items()]
    made.sort(key=lambda one: (one.currency != book.currency, -len(one.points), one.currency))
    return tuple(sorted(made, key=lambda one: one.points[-1].size.period.last, reverse=True))


def _point(size: Size, earlier: Size | None) -> SizePoint:
    if size.growth:
        return SizePoint(size, size.growth.number, False, None if earlier else implied(size))
    if earlier is None or not earlier.value.number:
        return SizePoint(size, None, False, None)
    growth = (size.value.number / earlier.value.number - 1) * 100
    return SizePoint(size, _fine(growth), True, None)


def implied(size: Size) -> Quantity | None:
    """The size of the year before by the reported growth; about, where the growth is not exact."""
    value, growth = size.value, size.growth
    if growth is None or growth.number <= -100:
        return None
    number = _fine(value.number / (1 + growth.number / 100))
    qualifier = "about" if growth.qualifier else value.qualifier
    return Quantity("money", number, value.unit, "", value.per, qualifier)


def _ratios(ratios: Sequence[Ratio], limits: Concentration) -> tuple[RatioSeries, ...]:
    groups: defaultdict[int, list[Ratio]] = defaultdict(list)
    for one in sorted(ratios, key=lambda one: _time(one.period)):
        groups[one.n].append(one)
    made = [RatioSeries(tuple(points), verdict(n, points, limits)) for n, points in groups.items()]
    made.sort(key=lambda one: one.verdict.n)
    made.sort(key=lambda one: one.points[-1].period.last, reverse=True)
    return tuple(sorted(made, key=lambda one: -one.verdict.points))


def verdict(n: int, points: Sequence[Ratio], limits: Concentration) -> Verdict:
    """Rule 12 for the ratios of one n, in the order of time; there is at least one."""
    latest = points[-1]
    used = [one for one in points if _at(one) > _at(latest) - WINDOW]
    found = slope([(_at(one), Fraction(one.share.number)) for one in used])
    direction = _REPORTED.get(latest.trend) if found is None else _direction(found, limits)
    potential = _POTENTIAL.get(direction)
    level = _level(latest.share.number, limits)
    exact = None if found is None else _decimal(found)
    seen: dict[str, Number | None] = {
        "n": n, "period": latest.period.text, "share": latest.share.number, "level": level,
        "low": limits.low.number, "high": limits.high.number, "from": used[0].period.text,
        "points": len(used), "slope": exact, "rising": _decimal(_edge(limits)),
        "trend": latest.trend, "direction": direction, "potential": potential,
    }  # fmt: skip
    numbers = {name: value for name, value in seen.items() if value is not None}
    return Verdict(
        n=n,
        share=latest.share,
        level=level,
        direction=direction,
        slope=exact,
        points=len(used),
        reported=found is None and direction is not None,
        potential=potential,
        why=Why("concentration", MappingProxyType(numbers)),
    )


def slope(points: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Slope of the least-squares line through (year, value); None where all lie at one time."""
    count = len(points)
    mean_x = sum((x for x, _ in points), Fraction(0)) / max(count, 1)
    mean_y = sum((y for _, y in points), Fraction(0)) / max(count, 1)
    spread = sum(((x - mean_x) ** 2 for x, _ in points), Fraction(0))
    if not spread:
        return None
    return sum(((x - mean_x) * (y - mean_y) for x, y in points), Fraction(0)) / spread


def _at(ratio: Ratio) -> Fraction:
    """The end of the period in years; whole years lie exactly one apart."""
    last = ratio.period.last
    return Fraction(last.year * 12 + last.month, 12)


def _edge(limits: Concentration) -> Fraction:
    """From this slope on a ratio is rising, in points a year."""
    return Fraction(limits.rising.number) * _PER_YEAR[limits.rising.per]


def _direction(found: Fraction, limits: Concentration) -> Direction:
    edge = _edge(limits)
    return "rising" if found >= edge else "falling" if found <= -edge else "steady"


def _level(share: Decimal, limits: Concentration) -> Level:
    if share < limits.low.number:
        return "low"
    return "high" if share > limits.high.number else "medium"


def _decimal(value: Fraction) -> Decimal:
    return _fine(Decimal(value.numerator) / Decimal(value.denominator))


def _fine(value: Decimal) -> Decimal:
    with localcontext(prec=80):  # 28 digits are too few for the decimals of some amounts
        return value.quantize(_FINE)
