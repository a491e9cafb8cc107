"""A record with figures in, its section on business and finance out (requirements 32 to 39)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.facts import last_day
from briefbook.analyse.finance import FIGURES, Year
from briefbook.analyse.segments import Split, splits
from briefbook.charts.bars import Bar, Bars, bars_svg
from briefbook.load import Record
from briefbook.model.parts import Finance
from briefbook.pages.finance_peers import compared, table, tree
from briefbook.pages.finance_segments import segments
from briefbook.pages.finance_words import days, measure, reason
from briefbook.pages.finance_years import FACTORS, agreement, figures
from briefbook.pages.here import Here
from briefbook.pages.other import fact

_DEPTHS = 8
"""Levels of segments whose paths are known as shown; deeper ones stand in the generic part."""


def _segment_paths() -> Iterator[str]:
    for depth in range(1, _DEPTHS + 1):
        at = "finance.segments.*" + ".parts.*" * depth
        yield from (f"{at}.{name}" for name in ("name", "what"))
        yield from (path for name in ("share", "value", "growth") for path in fact(f"{at}.{name}"))


SHOWN = frozenset(
    (
        "finance.year_starts",
        "finance.peers",
        *(
            path
            for part in ("finance.statements.*", "finance.industry_mean")
            for path in (
                *(f"{part}.{name}" for name in ("period", "source", "note")),
                *(one for name in FIGURES for one in fact(f"{part}.{name}")),
            )
        ),
        *(f"finance.segments.*.{name}" for name in ("period", "of", "source")),
        *_segment_paths(),
        *(f"shifts.*.{name}" for name in "date from to implication our_offer source".split()),
        *(f"goals.*.{name}" for name in "period goal measure source".split()),
    )
)
"""Paths that the section shows; see `pages.other`."""


def shown(value: Any) -> frozenset[str]:
    """The paths that the section of this account or company shows."""
    return SHOWN if _has(value) else frozenset()


def _has(value: Any) -> bool:
    of: Finance | None = value.finance
    held = of and (of.statements or of.segments or of.industry_mean or of.peers)
    return bool(held or value.shifts or value.goals)


def finance(here: Here, record: Record[Any]) -> dict[str, Any] | None:
    """How it earns, whether it earns, whether it will keep earning (DingTalk, l. 19)."""
    if not _has(record.value):
        return None
    written: Finance = record.value.finance or Finance.model_construct()
    years = here.site.results.years.get(f"{record.kind}/{record.id}", ())
    last = years[-1] if years else None
    found = splits(written, here.site.content.book.value)
    return {
        "note": _note(here, written, last),
        "asked": record.kind == "account",
        "splits": segments(here, record, found),
        "does": _does(here, record, years) if record.value.finance else None,
        "growth": _growth(here, years),
        "fastest": _fastest(here, record, found),
        "cash_made": _cash_made(here, record, last),
        "shifts": [_shift(here, record, one) for one in record.value.shifts],
        "goals": [_goal(here, record, one) for one in record.value.goals],
    }


def _note(here: Here, written: Finance, last: Year | None) -> str | None:
    """The year, what balances the ratios use, and when the fiscal year begins."""
    t, parts = here.t, []
    if last:
        parts.append(t("finance.year", period=last.period.text, date=t.day(last.last)))
        parts += [t(f"finance.basis.{last.basis}")] if last.basis else []
    if written.year_starts:
        parts.append(t("finance.year-starts", day=written.year_starts))
    return t.remarks(parts) or None


def _does(here: Here, record: Record[Any], years: Sequence[Year]) -> dict[str, Any] | None:
    """The tree, the comparison, stock and cash, and every figure with its source."""
    found = compared(here, record)
    last = years[-1] if years else None
    numbers = figures(here, record, years)
    comparison = table(here, record, found)
    if numbers is None and comparison is None:
        return None
    return {
        "tree": tree(here, record, years, found),
        "why": _why(here, last) if last else None,
        "rule": here.record("page", "dupont") if "dupont" in here.site.content.guides else None,
        "loss": here.t("finance.loss", period=last.period.text) if last and last.loss else None,
        "agreement": agreement(here, last) if last else None,
        "comparison": comparison,
        "bars": [one for one in _bars(here, record, years) if one],
        "figures": numbers,
    }


def _why(here: Here, year: Year) -> str | None:
    """The product in words, or why there is none."""
    factors = {id: getattr(year, id) for id in FACTORS}
    if all(one.value is None for one in factors.values()):
        return None
    if year.roe.value is None:
        return here.t("finance.why.none", reason=reason(here, year.roe))
    told = {id: measure(here, id, one.value) for id, one in factors.items()}
    return here.t(
        "finance.why",
        **told,
        assets=here.t(f"field.{year.assets}").lower(),
        equity=here.t(f"field.{year.equity}").lower(),
    )


def _bars(here: Here, record: Record[Any], years: Sequence[Year]) -> Iterator[dict[str, Any]]:
    """Stock and cash over the years; one year alone stands in the table."""
    if len(years) < 2:
        return
    turns = years[-1].turns.value
    notes = {
        "inventory_days": here.t("finance.turns.why", turns=here.t.number(turns, 1),
                                 days=days(here, years[-1].inventory_days.value or Decimal(0)))
        if turns is not None else None,
    }  # fmt: skip
    for name in ("inventory_days", "cash", "operating_cash_flow"):
        bars = tuple(_bar(here, record, one, name) for one in years)
        if any(bar.value is not None for bar in bars):
            title = here.t("finance.bars", what=here.t(f"field.{name}"), name=record.name)
            view = Bars(
                prefix=f"bars-{name.replace('_', '-')}-{record.kind}-{record.id}",
                title=title,
                desc=here.t.listed([f"{bar.label}: {bar.text}" for bar in bars]),
                bars=bars,
            )
            yield {"label": here.t(f"field.{name}"), "svg": bars_svg(view),
                   "lower": name == "inventory_days", "note": notes.get(name)}  # fmt: skip


def _bar(here: Here, record: Record[Any], year: Year, name: str) -> Bar:
    figure = getattr(record.value.finance.statements[year.index], name)
    if figure is None:
        return Bar(year.period.text, None, here.t("not-known"))
    number = figure.value.days if name == "inventory_days" else figure.value.number
    return Bar(year.period.text, float(number), here.quantity(figure.value))


def _growth(here: Here, years: Sequence[Year]) -> str | None:
    """Growth of revenue in the latest year, beside that of the year before."""
    known = [one for one in years if one.growth.value is not None]
    if not known or known[-1] is not years[-1]:
        return None
    told = [
        here.t("finance.grew", share=measure(here, "growth", one.growth.value or Decimal(0)),
               period=one.period.text)
        for one in reversed(known[-2:])
    ]  # fmt: skip
    return here.t("finance.growth-of-revenue", years=here.t.listed(told))


def _fastest(here: Here, record: Record[Any], found: Sequence[Split]) -> str | None:
    """The segments of revenue that grow most and least."""
    split = next((one for one in found if one.of == "revenue"), None)
    top = [one for one in split.parts if len(one.path) == 1] if split else []
    grown = sorted((one.growth, one.path[0]) for one in top if one.growth is not None)
    if split is None or len(grown) < 2:
        return None
    parts = record.value.finance.segments[split.index].parts
    (least, slow), (most, fast) = grown[0], grown[-1]
    return here.t("finance.fastest", fast=parts[fast].name, most=here.t.share(most / 100, 1),
                  slow=parts[slow].name, least=here.t.share(least / 100, 1))  # fmt: skip


def _cash_made(here: Here, record: Record[Any], last: Year | None) -> str | None:
    """Cash from operations beside net income: profit that does not come in as cash ends."""
    if last is None:
        return None
    statement = record.value.finance.statements[last.index]
    if statement.operating_cash_flow is None or statement.net_income is None:
        return None
    return here.t("finance.cash-made", cash=here.quantity(statement.operating_cash_flow.value),
                  income=here.quantity(statement.net_income.value),
                  period=last.period.text)  # fmt: skip


def _shift(here: Here, record: Record[Any], one: Any) -> dict[str, Any]:
    return {
        "date": here.when(one.date),
        "from": one.from_,
        "to": one.to,
        "implication": here.prose(one.implication),
        "our_offer": here.prose(one.our_offer),
        "source": here.sources(one.source, record),
        "stale": here.age(one.date.date, "other")["stale"],
    }


def _goal(here: Here, record: Record[Any], one: Any) -> dict[str, Any]:
    starts = record.value.finance.year_starts if record.value.finance else None
    return {
        "period": one.period.text,
        "goal": here.prose(one.goal),
        "measure": one.measure,
        "source": here.sources(one.source, record),
        "stale": here.age(last_day(one.period, starts), "other")["stale"],
    }


def derived(here: Here, record: Record[Any]) -> list[dict[str, Any]]:
    """What the JSON holds: DuPont and turns of each year, the sums of each split."""
    years = here.site.results.years.get(f"{record.kind}/{record.id}", ())
    found = splits(record.value.finance, here.site.content.book.value)
    return [
        *(_dupont(here, one) for one in years if one.roe.value is not None or one.roe.why.numbers),
        *_turns(here, years),
        *(_sums(here, record, one) for one in found),
    ]


def _dupont(here: Here, year: Year) -> dict[str, Any]:
    return {
        "name": "return_on_equity",
        "rule": "dupont",
        "period": year.period.text,
        "value": _plain(year.roe.value),
        "reason": year.roe.reason or None,
        "factors": {id: _plain(getattr(year, id).value) for id in FACTORS[1:]},
        "basis": year.basis,
        "agrees": year.agrees,
        "numbers": {name: str(value) for name, value in year.roe.why.numbers.items()},
        "sentence": _why(here, year) or reason(here, year.roe),
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.6f}"


def _turns(here: Here, years: Sequence[Year]) -> list[dict[str, Any]]:
    """Turns of the latest year that tells its inventory days."""
    known = [one for one in years if one.turns.value is not None]
    if not known:
        return []
    stock = known[-1].inventory_days.value or Decimal(0)
    return [
        {
            "name": "inventory_turns",
            "rule": "turns",
            "value": f"{known[-1].turns.value:.2f}",
            "numbers": {"inventory_days": str(stock)},
            "sentence": here.t("company.turns.why", days=here.t.number(stock)),
        }
    ]


def _sums(here: Here, record: Record[Any], split: Split) -> dict[str, Any]:
    (told,) = segments(here, record, (split,))
    sentences = [told["sums"], *(one["text"] for one in told["doubts"])]
    return {
        "name": "segments",
        "rule": "segments",
        "period": split.period.text,
        "of": split.of,
        "value": {"/".join(one.parent): one.state for one in split.levels},
        "numbers": {
            "/".join(one.parent): {
                "low": str(one.low),
                "high": str(one.high),
                "missing": list(one.missing),
            }
            for one in split.levels
        },
        "of_whole": {
            "/".join(one.path): [_plain(one.of_whole.low), _plain(one.of_whole.high)]
            for one in split.parts
            if one.of_whole
        },
        "sentence": here.t.sentences(sentences),
    }
