"""Sizes and ratios of an industry in, the charts of its brief with their words out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.market import RatioSeries, SizePoint, SizeSeries, is_year
from briefbook.charts.market import (
    Bar,
    Heading,
    Point,
    Threshold,
    bars_svg,
    drawn_bars,
    line_svg,
)
from briefbook.load import Record
from briefbook.model import Industry
from briefbook.model.industry import Ratio, Size
from briefbook.pages.here import Here
from briefbook.quantity import Quantity

LINE = 10
"""Points of a line, the latest."""


def growth(here: Here, point: SizePoint) -> str | None:
    """Growth over the year before, as reported or as computed; None where it is not known."""
    if point.size.growth:
        return here.quantity(point.size.growth)
    return here.t.share(point.growth / 100, 1) if point.growth is not None else None


def bars(here: Here, record: Record[Industry], series: SizeSeries) -> dict[str, Any]:
    """The chart, its heading and a note; nothing where fewer than two bars could stand."""
    t = here.t
    years = [one for one in series.points if is_year(one.size)]
    power, unit = _scale(here, years)
    made = list(_each_year(here, years, power))
    drawn = drawn_bars(made)
    if len(drawn) < 2:
        return {"chart": None}
    scale = t(unit, number="").strip() if unit else ""
    title = t("market.bars", unit=f"{scale} {series.currency}".strip())
    said = t.listed([": ".join((bar.label, " ".join((bar.text, *bar.below)))) for bar in drawn])
    heading = Heading(f"{record.id}-size-{series.currency.lower()}", title, said)
    return {
        "chart": bars_svg(drawn, heading),
        "title": title,
        "note": t("market.bars.last", n=len(drawn)) if _written(drawn) < _written(made) else None,
    }


def _written(bars: Sequence[Bar]) -> int:
    """Bars that the table has too, so neither gaps nor what is only implied."""
    return sum(1 for bar in bars if bar.value is not None and not bar.implied)


def _scale(here: Here, points: Sequence[SizePoint]) -> tuple[int, str]:
    """The power of ten that all bars share, by the largest, and the key of its word."""
    most = max((abs(one.size.value.number) for one in points), default=Decimal(0))
    (high, _), (low, _) = here.t.tens
    scales = ((high, "unit.bn"), (low, "unit.m"), (0, ""))
    return next(one for one in scales if most >= 10 ** one[0] or not one[0])


def _each_year(here: Here, points: Sequence[SizePoint], power: int) -> Iterator[Bar]:
    """A bar for each year, also for those between of which nothing is known."""
    t = here.t
    last: int | None = None
    for one in points:
        year = one.size.period.year
        if last is None and one.before:
            text = _short(here, one.before, power)
            yield Bar(_label(here, one.size, year - 1), float(one.before.number), text,
                      (t("market.implied"),), implied=True)  # fmt: skip
        for gap in range(last + 1, year) if last is not None else ():
            yield Bar(_label(here, one.size, gap), None, t("not-known"))
        text = _short(here, one.size.value, power)
        yield Bar(one.size.period.text, float(one.size.value.number), text, _below(here, one))
        last = year


def _label(here: Here, size: Size, year: int) -> str:
    return here.t("year.fiscal", year=str(year)) if size.period.fiscal else str(year)


def _below(here: Here, point: SizePoint) -> tuple[str, ...]:
    known = growth(here, point)
    if not known:
        return ()
    return (f"+{known}" if known[0].isdigit() else known,)


def _short(here: Here, value: Quantity, power: int) -> str:
    """An amount without its unit, which stands in the heading of the chart."""
    number = value.number.scaleb(-power)
    shown = here.t.number(number, 1 if abs(number) >= 10 else 2)
    return here.t(f"qualifier.{value.qualifier}", value=shown) if value.qualifier else shown


def lines(
    here: Here, record: Record[Industry], found: Sequence[RatioSeries]
) -> Iterator[dict[str, Any]]:
    """A chart for each n with two points or more, all to one scale."""
    limits = here.site.content.book.value.concentration
    series = [one for one in found if len({_at(point) for point in one.points}) > 1]
    shares = [point.share.number for one in series for point in one.points[-LINE:]]
    top = float(max((limits.high.number, limits.low.number, *shares)))
    for one in series:
        yield _line(here, record, one, top)


def _line(here: Here, record: Record[Industry], series: RatioSeries, top: float) -> dict[str, Any]:
    t, limits = here.t, here.site.content.book.value.concentration
    drawn, n = series.points[-LINE:], series.verdict.n
    points = [
        Point(_at(one), float(one.share.number), one.period.text, here.quantity(one.share))
        for one in drawn
    ]
    levels = [
        Threshold(float(limit.number), t(f"market.threshold.{name}", share=here.quantity(limit)))
        for name, limit in (("low", limits.low), ("high", limits.high))
    ]
    title = t("market.line", n=n)
    said = t.listed([f"{one.label}: {one.text}" for one in points])
    heading = Heading(f"{record.id}-cr{n}", title, said)
    return {
        "n": n,
        "title": title,
        "chart": line_svg(points, levels, top, heading),
        "note": t("market.bars.last", n=LINE) if len(series.points) > LINE else None,
    }


def _at(ratio: Ratio) -> float:
    """The end of the period in years, for the place of a point."""
    return ratio.period.last.year + ratio.period.last.month / 12
