"""Measures compared with the past, peers and the industry in; the tree and the table out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefbook.analyse.finance import Year
from briefbook.analyse.peers import Compared, Value, compare
from briefbook.charts.dupont import DupontView, Factor, dupont_svg, dupont_svg_narrow
from briefbook.charts.strip import Mark, Strip
from briefbook.charts.text import width
from briefbook.load import Record
from briefbook.model.parts import Finance, Statement
from briefbook.pages.finance_words import change, dated, measure, reason
from briefbook.pages.finance_years import FACTORS
from briefbook.pages.here import Here

_NAME = 110.0
"""Width in px up to which the own name stands at its mark."""
_ARROW = {"up": "up", "down": "down", "same": "right"}


def compared(here: Here, record: Record[Any]) -> tuple[Compared, ...]:
    """Every measure of a record against its own past, its peers and its industry."""
    finance: Finance = record.value.finance
    return compare(
        f"{record.kind}/{record.id}", finance, here.site.results.years, here.site.content.book.value
    )


def table(here: Here, record: Record[Any], found: Sequence[Compared]) -> dict[str, Any] | None:
    """A row for each measure that somebody has; None where there is nothing to compare with."""
    ids = tuple(dict.fromkeys(record.value.finance.peers))
    rows = [_row(here, one, ids) for one in found if _several(one)]
    peers = [_named(here, id) for id in ids]
    if not rows and not peers:
        return None
    return {"rows": rows, "peers": peers}


def _several(one: Compared) -> bool:
    return sum(value is not None for value in (one.own, one.before, one.mean, *one.peers)) > 1


def _named(here: Here, id: str) -> dict[str, str | None]:
    """Name and link of a company or an account."""
    kind, _, key = id.partition("/")
    known = here.site.content.of(kind) if kind in {"account", "company"} else {}
    if key not in known:
        return {"name": id, "href": None}
    return {"name": known[key].name, "href": here.record(kind, key)}


def _row(here: Here, one: Compared, ids: Sequence[str]) -> dict[str, Any]:
    id = one.measure.id
    of = {value.who: value for value in one.peers}
    return {
        "label": here.t(f"finance.{id}"),
        "better": here.t(f"finance.better.{one.measure.better}"),
        "own": dated(here, id, one.own) if one.own else None,
        "why_not": reason(here, one.ratio) if one.ratio and one.own is None else None,
        "before": dated(here, id, one.before) if one.before else None,
        "trend": _trend(here, one),
        "mean": dated(here, id, one.mean) if one.mean else None,
        "peers": [dated(here, id, of[who]) if who in of else None for who in ids],
        "best": _best(here, one),
        "rank": here.t("finance.rank", rank=one.rank, of=one.of) if one.rank else None,
        "gap": change(here, id, one.gap) if one.gap else None,
        "apart": here.t("finance.apart", periods=here.t.listed(one.apart)) if one.apart else None,
    }


def _trend(here: Here, one: Compared) -> dict[str, str] | None:
    if one.trend is None:
        return None
    good = {True: "good", False: "bad", None: "quiet"}[one.better]
    label = here.t(f"finance.trend.{one.trend}")
    return {"sign": _ARROW[one.trend], "kind": good, "label": label}


def _best(here: Here, one: Compared) -> dict[str, Any] | None:
    if one.best is None:
        return None
    if one.own and one.best.who == one.own.who:
        return {"name": here.t("finance.itself"), "href": None}
    return _named(here, one.best.who)


def tree(
    here: Here, record: Record[Any], years: Sequence[Year], found: Sequence[Compared]
) -> dict[str, Any] | None:
    """The DuPont tree in both forms; None where no factor of the latest year can be computed."""
    last = years[-1] if years else None
    if last is None or all(getattr(last, id).value is None for id in FACTORS):
        return None
    by_id = {one.measure.id: one for one in found}
    statement = record.value.finance.statements[last.index]
    product, *factors = [
        _factor(here, record.name, id, years, statement, by_id[id]) for id in FACTORS
    ]
    view = DupontView(
        prefix=f"dupont-{record.kind}-{record.id}",
        title=here.t("finance.tree", name=record.name, period=last.period.text),
        desc=_told((product, *factors)),
        product=product,
        factors=tuple(factors),
    )
    return {"wide": dupont_svg(view), "narrow": dupont_svg_narrow(view)}


def _told(factors: Sequence[Factor]) -> str:
    """The tree in words, for those who do not see it."""
    return "; ".join(
        f"{one.name} {', '.join(part for part in (one.value or one.missing, one.before) if part)}"
        for one in factors
    )


def _factor(
    here: Here,
    name: str,
    id: str,
    years: Sequence[Year],
    statement: Statement,
    one: Compared,
) -> Factor:
    ratio = getattr(years[-1], id)
    values = [getattr(year, id).value for year in years]
    return Factor(
        name=here.t(f"finance.{id}"),
        meaning=here.t(f"finance.{id}.means"),
        value=measure(here, id, ratio.value) if ratio.value is not None else None,
        missing=reason(here, ratio) if ratio.value is None else "",
        before=dated(here, id, one.before) if one.before else "",
        inputs=_peers_roe(here, one) if id == "roe" else _inputs(here, statement, years[-1], id),
        values=tuple(None if value is None else float(value) for value in values),
        strip=_strip(here, one, name) if id != "roe" else None,
        verdict=_verdict(here, one),
    )


def _peers_roe(here: Here, one: Compared) -> tuple[tuple[str, str], ...]:
    """The product of the best three peers; the table has all of them."""
    return tuple(
        (str(_named(here, value.who)["name"]), measure(here, "roe", value.value))
        for value in one.peers[:3]
    )


def _inputs(here: Here, statement: Statement, year: Year, id: str) -> tuple[tuple[str, str], ...]:
    """The two figures that a factor divides."""
    assets, equity = year.assets or "total_assets", year.equity or "equity"
    fields = {"margin": ("net_income", "revenue"), "turnover": ("revenue", assets),
              "multiplier": (assets, equity)}[id]  # fmt: skip
    pairs = ((name, getattr(statement, name)) for name in fields)
    return tuple(
        (here.t(f"field.{name}"), here.quantity(fact.value) if fact else here.t("not-known"))
        for name, fact in pairs
    )


def _strip(here: Here, one: Compared, name: str) -> Strip | None:
    """The own value among others; alone it needs no line."""
    if one.own is None or not (one.peers or one.mean):
        return None

    def mark(value: Value, name: str) -> Mark:
        return Mark(float(value.value), f"{name} {measure(here, one.measure.id, value.value)}")

    return Strip(
        own=mark(one.own, name if width(name, 12) < _NAME else here.t("finance.itself")),
        others=tuple(mark(each, str(_named(here, each.who)["name"])) for each in one.peers),
        mean=mark(one.mean, here.t("finance.mean")) if one.mean else None,
    )


def _verdict(here: Here, one: Compared) -> str:
    """Rank and movement in words."""
    parts = [
        here.t("finance.rank", rank=one.rank, of=one.of) if one.rank else "",
        here.t(f"finance.trend.{one.trend}") if one.trend else "",
    ]
    return here.t.remarks(part for part in parts if part)
