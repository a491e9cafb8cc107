"""An industry's market in, its charts, tables, verdict and facts as rows of the brief out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.market import (
    MarketFigures,
    RatioSeries,
    SizePoint,
    SizeSeries,
    Verdict,
)
from briefbook.load import Record
from briefbook.model import Industry
from briefbook.model.book import Concentration
from briefbook.model.industry import Ratio, Size
from briefbook.pages.brief_parts import seen
from briefbook.pages.here import Here
from briefbook.pages.market_draw import bars, growth, lines

GUIDE = "market-concentration"
ROWS = 60
"""Rows of a table, the latest; the JSON holds all."""
LINES = 3
"""Charts of further n beside the first."""


def market(here: Here, record: Record[Industry]) -> dict[str, Any]:
    """What the section shows; `sizes` has a group for each currency, `lines` a chart for each n."""
    found = here.site.results.markets[record.id]
    currencies = [one.currency for one in found.sizes]
    main = found.verdict
    drawn = list(lines(here, record, found.ratios))
    first = [one for one in drawn if main and one["n"] == main.n]
    return {
        "sizes": [_size_group(here, record, one) for one in found.sizes],
        "currencies": here.t("market.currencies", list=here.t.listed(currencies))
        if len(currencies) > 1
        else None,
        "ratios": _ratio_rows(here, record, found.ratios),
        "line": first[0] if first else None,
        "lines": [
            {**one, "verdict": verdict(here, of.verdict)}
            for of in found.ratios[1:]
            for one in drawn
            if one["n"] == of.verdict.n
        ][:LINES],
        "verdict": verdict(here, main) if main else None,
    }


def verdict(here: Here, one: Verdict) -> dict[str, Any]:
    """Heading, reason, rule's link and whose the thresholds are."""
    t = here.t
    guides = here.site.content.guides
    own = here.site.content.book.value.concentration != Concentration.model_construct()
    return {
        "title": t(f"market.verdict.{_kind(one)}", level=t(f"market.level.{one.level}")),
        "sentence": sentence(here, one),
        "reported": t("market.reported") if one.reported else None,
        "own": t("market.own-verdict") if one.direction == "falling" else None,
        "href": here.record("page", GUIDE) if GUIDE in guides else None,
        "thresholds": t("market.thresholds", whose=t("default.own" if own else "default.project")),
    }


def _kind(one: Verdict) -> str:
    return one.direction or "none"


def sentence(here: Here, one: Verdict) -> str:
    """Why the verdict is what it is, with its numbers."""
    t, limits = here.t, here.site.content.book.value.concentration
    seen = one.why.numbers
    low, high = here.quantity(limits.low), here.quantity(limits.high)
    share, period = here.quantity(one.share), seen["period"]
    level = t(f"market.why.{one.level}", n=one.n, share=share, period=period, low=low, high=high)
    if one.slope is not None:
        edge, first, last = Decimal(str(seen["rising"])), seen["from"], seen["period"]
        moved = one.slope if one.direction == "steady" else abs(one.slope)
        slope = f"{t.number(moved)} {t('unit.point', n=abs(one.slope).normalize())}"
        trend = t(f"market.why.{_kind(one)}", edge=edge, first=first, last=last, slope=slope)
    elif one.direction:
        trend = t("market.why.reported", trend=t(f"trend.{seen['trend']}"))
    else:
        trend = t("market.why.no-trend")
    follows = t(f"market.follows.{one.direction}") if one.direction else ""
    return t.sentences((level, trend, follows))


def _size_group(here: Here, record: Record[Industry], series: SizeSeries) -> dict[str, Any]:
    shown = series.points[-ROWS:]
    return {
        "currency": series.currency,
        "rows": [_size_row(here, record, one) for one in shown],
        "implied": any(one.before for one in shown),
        "earlier": _earlier(here, len(series.points) - len(shown)),
        **bars(here, record, series),
    }


def _earlier(here: Here, count: int) -> str | None:
    return here.t("market.earlier", n=count) if count > 0 else None


def _size_row(here: Here, record: Record[Industry], point: SizePoint) -> dict[str, Any]:
    size = point.size
    return {
        "period": here.when(size.period),
        "fact": _fact(here, record, size, size.value),
        "growth": growth(here, point),
        "computed": here.t("market.computed") if point.computed else None,
        "before": here.quantity(point.before) if point.before else None,
        "known": point.before is None and point.growth is not None,
    }


def _fact(here: Here, record: Record[Industry], one: Size | Ratio, value: Any) -> dict[str, Any]:
    checked = here.t("fact.checked", date=here.t.month(one.checked.date)) if one.checked else None
    return {
        **here.fact_text(value, one.source, record, "market", seen(one)),
        **({"as_of": None} if checked else {}),
        "checked": checked,
        "note": one.note,
    }


def _ratio_rows(
    here: Here, record: Record[Industry], found: Sequence[RatioSeries]
) -> dict[str, Any]:
    """The ratios by n, those of the main verdict first; of very many the latest."""
    points = [one for series in found for one in series.points]
    since = sorted(one.period.last for one in points)[-ROWS:][:1]
    shown = [one for one in points if one.period.last >= since[0]][: 2 * ROWS]
    return {
        "rows": [_ratio_row(here, record, one) for one in shown],
        "trends": any(one.trend for one in shown) or len(shown) == 1,
        "earlier": _earlier(here, len(points) - len(shown)),
    }


def _ratio_row(here: Here, record: Record[Industry], one: Ratio) -> dict[str, Any]:
    return {
        "period": here.when(one.period),
        "name": f"CR{one.n}",
        "fact": _fact(here, record, one, one.share),
        "trend": here.t(f"trend.{one.trend}") if one.trend else None,
    }


def facts(here: Here, record: Record[Industry], accounts: int) -> list[dict[str, Any]]:
    """The row of facts at the head of the brief."""
    found = here.site.results.markets[record.id]
    return [
        _size_fact(here, record, found.latest),
        _growth_fact(here, found),
        _ratio_fact(here, record, found),
        _potential_fact(here, found.verdict),
        {"label": here.t("industry.our-accounts"), "value": str(accounts)},
    ]


def _unknown(here: Here, label: str) -> dict[str, Any]:
    return {"label": label, "missing": here.t("not-known")}


def _size_fact(here: Here, record: Record[Industry], point: SizePoint | None) -> dict[str, Any]:
    label = here.t("industry.size")
    if point is None:
        return _unknown(here, label)
    fact = _fact(here, record, point.size, point.size.value)
    note = point.size.period.text
    return {"label": label, "value": fact["text"], "note": note, "state": _stale(fact)}


def _growth_fact(here: Here, found: MarketFigures) -> dict[str, Any]:
    t = here.t
    shown = growth(here, found.latest) if found.latest else None
    if found.latest is None or shown is None:
        return _unknown(here, t("industry.growth"))
    period = found.latest.size.period.text
    note = t.remarks((period, t("market.computed"))) if found.latest.computed else period
    return {"label": t("industry.growth"), "value": shown, "note": note}


def _ratio_fact(here: Here, record: Record[Industry], found: MarketFigures) -> dict[str, Any]:
    t = here.t
    if not found.ratios:
        return _unknown(here, t("industry.concentration"))
    of, latest = found.ratios[0].verdict, found.ratios[0].points[-1]
    fact = _fact(here, record, latest, latest.share)
    trend = t(f"trend.{latest.trend}") if of.reported else t(f"market.trend.{_kind(of)}")
    note = t.remarks((latest.period.text, t(f"market.level.{of.level}"), trend))
    return {"label": f"CR{of.n}", "value": fact["text"], "note": note, "state": _stale(fact)}


def _potential_fact(here: Here, of: Verdict | None) -> dict[str, Any]:
    t = here.t
    label = t("market.potential")
    if of is None or of.potential is None:
        return {"label": label, "missing": t("market.potential.none")}
    value = t(f"market.potential.{of.potential}")
    return {"label": label, "value": value, "note": t("market.hint-note")}


def _stale(fact: dict[str, Any]) -> dict[str, str] | None:
    return {"kind": "stale", "label": fact["stale"]} if fact["stale"] else None


def hint(here: Here, industry: str) -> dict[str, str] | None:
    """The potential that an industry's concentration hints at, for its accounts; text and link."""
    found = here.site.results.markets.get(industry)
    if found is None or found.verdict is None or found.verdict.potential is None:
        return None
    potential = here.t(f"market.potential.{found.verdict.potential}")
    return {
        "text": here.t("market.hint", potential=potential),
        "href": here.record("industry", industry, "market"),
    }


def derived(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    """What the JSON says of the market: growth, the implied year before, the verdict of each n."""
    found = here.site.results.markets[record.id]
    sizes = [one for series in found.sizes for one in series.points]
    return [
        *(_derived_growth(here, one) for one in sizes if one.growth is not None and one.computed),
        *(_derived_before(here, one) for one in sizes if one.before),
        *(_derived_verdict(here, one.verdict) for one in found.ratios),
    ]


def _derived_growth(here: Here, point: SizePoint) -> dict[str, Any]:
    return {
        "name": "growth",
        "rule": "growth",
        "value": point.growth,
        "numbers": {"period": point.size.period.text, "size": point.size.value.number},
        "sentence": here.t("market.growth.why", period=point.size.period.text,
                           growth=growth(here, point)),
    }  # fmt: skip


def _derived_before(here: Here, point: SizePoint) -> dict[str, Any]:
    size, before = point.size, point.before
    assert before is not None
    shown = {"size": here.quantity(size.value), "growth": growth(here, point),
             "before": here.quantity(before), "period": size.period.text}  # fmt: skip
    return {
        "name": "size_before",
        "rule": "year-before",
        "value": before.number,
        "numbers": {"period": size.period.text, "size": size.value.number,
                    "growth": point.growth, "currency": before.unit},
        "sentence": here.t("market.before.why", **shown),
    }  # fmt: skip


def _derived_verdict(here: Here, one: Verdict) -> dict[str, Any]:
    return {
        "name": f"concentration_cr{one.n}",
        "rule": one.why.rule,
        "value": one.direction,
        "numbers": {**one.why.numbers, "reported": one.reported},
        "sentence": f"{verdict(here, one)['title']}. {sentence(here, one)}",
    }
