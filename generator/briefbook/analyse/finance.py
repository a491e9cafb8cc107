"""Statements and the book's rates in; DuPont analysis and other measures of each year out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from briefbook.analyse.facts import last_day
from briefbook.analyse.money import a_year, in_book
from briefbook.analyse.results import Why
from briefbook.analyse.segments import spread
from briefbook.model.book import Book
from briefbook.model.parts import Finance, Statement
from briefbook.quantity import Period, Quantity

Basis = Literal["average", "closing"]
MONEY = (
    "revenue", "cost_of_revenue", "net_income", "total_assets", "average_assets", "equity",
    "average_equity", "cash", "operating_cash_flow",
)  # fmt: skip
FIGURES = (*MONEY, "reported_roe", "inventory_days")
"""Every figure of a statement, by its field."""
DAYS = Decimal(365)
POINT = Decimal(1)
OF_ITSELF = Decimal("0.05")
"""Rule 14: a reported ROE may be off by a point and by 5 % of itself, not by more of either."""
_EXACT = 9
"""Decimals up to which a product of quotients is exact enough to compare."""
_A_YEAR = range(350, 381)
_MUST_BE_POSITIVE = {
    "revenue": "revenue", "total_assets": "assets", "average_assets": "assets",
    "equity": "equity", "average_equity": "equity", "inventory_days": "days",
}  # fmt: skip
Named = tuple[str, Quantity | None]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measure of a year; shares are of 1, not percent.

    Without a value `reason` is a code: `missing` (then `missing` names the fields), `no-rate`,
    `part-year`, or a sign before what it is of, such as `negative-equity` and `zero-revenue`.
    """

    value: Decimal | None
    why: Why
    reason: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """What one statement says of earning (rule 14).

    `assets` and `equity` are the fields that the factors use, None where neither the average nor
    the closing balance is known. `reported` is in percent; `off` is how many points the computed
    ROE lies from it, None where one of the two is unknown. `index` is the place in the file.
    """

    index: int
    period: Period
    last: date
    assets: str | None
    equity: str | None
    margin: Ratio
    turnover: Ratio
    multiplier: Ratio
    roe: Ratio
    loss: bool
    reported: Decimal | None
    off: Decimal | None
    agrees: bool | None
    inventory_days: Ratio
    turns: Ratio
    growth: Ratio
    cash_to_revenue: Ratio

    @property
    def basis(self) -> Basis | Literal["mixed"] | None:
        """Whether the balances are averages or those of the year's last day."""
        known = {one.startswith("average_") for one in (self.assets, self.equity) if one}
        if not known:
            return None
        return "mixed" if len(known) > 1 else "average" if known.pop() else "closing"


def years(finance: Finance | None, book: Book) -> tuple[Year, ...]:
    """A result for each statement, the earliest year first."""
    if finance is None:
        return ()
    dated = sorted(
        (
            (last_day(one.period, finance.year_starts), at)
            for at, one in enumerate(finance.statements)
        )
    )
    made: list[Year] = []
    for place, (last, at) in enumerate(dated):
        before = finance.statements[dated[place - 1][1]] if place else None
        whole = before is not None and (last - dated[place - 1][0]).days in _A_YEAR
        earlier = before if whole else None
        made.append(year(finance.statements[at], last, book, earlier, at))
    return tuple(made)


def industry_mean(finance: Finance, book: Book) -> Year | None:
    """The measures of the industry's mean, whose year is the calendar's."""
    statement = finance.industry_mean
    return year(statement, last_day(statement.period, None), book) if statement else None


def year(
    statement: Statement, last: date, book: Book, before: Statement | None = None, index: int = 0
) -> Year:
    """The measures of one statement; `before` is that of the year before, for growth."""
    assets = _balance(statement, "average_assets", "total_assets")
    equity = _balance(statement, "average_equity", "equity")
    revenue, income = _of(statement, "revenue"), _of(statement, "net_income")
    rates = _Rates(book)
    margin = rates.ratio(income, revenue)
    turnover = _whole_year(statement.period, rates.ratio(revenue, assets))
    multiplier = rates.ratio(assets, equity)
    roe = _product(margin, turnover, multiplier)
    days = _days(statement)
    off, agrees = _reconciled(statement, roe)
    reported = statement.reported_roe
    return Year(
        index=index,
        period=statement.period,
        last=last,
        assets=assets[0] if assets[1] else None,
        equity=equity[0] if equity[1] else None,
        margin=margin,
        turnover=turnover,
        multiplier=multiplier,
        roe=roe,
        loss=income[1] is not None and income[1].number < 0,
        reported=reported.value.number if reported else None,
        off=off,
        agrees=agrees,
        inventory_days=days,
        turns=_turns(days),
        growth=_growth(statement, before, rates),
        cash_to_revenue=_whole_year(statement.period, rates.ratio(_of(statement, "cash"), revenue)),
    )


def _of(statement: Statement, field: str) -> Named:
    fact = getattr(statement, field)
    return field, fact.value if fact else None


def _balance(statement: Statement, average: str, closing: str) -> Named:
    """The average if it is given, else the balance at the year's end."""
    given = _of(statement, average)
    return given if given[1] else _of(statement, closing)


@dataclass(frozen=True, slots=True)
class _Rates:
    """Divides money by money; only where currencies differ are the book's rates asked."""

    book: Book

    def ratio(self, top: Named, bottom: Named) -> Ratio:
        """`top` / `bottom`, or why there is none."""
        missing = tuple(name for name, value in (top, bottom) if value is None)
        if missing or top[1] is None or bottom[1] is None:
            return Ratio(None, Why("dupont", {}), "missing", missing)
        above, below = self._comparable(top[1], bottom[1])
        if above is None or below is None:
            return Ratio(None, Why("dupont", {}), "no-rate")
        why = Why("dupont", {top[0]: above, bottom[0]: below})
        if reason := _sign(top[0], above) or _sign(bottom[0], below):
            return Ratio(None, why, reason)
        return Ratio(above / below, why)

    def _comparable(self, one: Quantity, other: Quantity) -> tuple[Decimal | None, Decimal | None]:
        if one.unit == other.unit:
            return a_year(one), a_year(other)
        return in_book(one, self.book), in_book(other, self.book)


def _sign(field: str, value: Decimal) -> str:
    """Why a figure gives no ratio: what must be more than zero is not."""
    if field not in _MUST_BE_POSITIVE or value > 0:
        return ""
    return f"{'negative' if value < 0 else 'zero'}-{_MUST_BE_POSITIVE[field]}"


def _whole_year(period: Period, ratio: Ratio) -> Ratio:
    """A flow of some months against a balance would look like a bad year."""
    if ratio.value is None or (period.last - period.first).days in _A_YEAR:
        return ratio
    return Ratio(None, ratio.why, "part-year")


def _product(*factors: Ratio) -> Ratio:
    """ROE = margin x turnover x multiplier (DingTalk, l. 41), if all three are known."""
    numbers = {name: value for one in factors for name, value in one.why.numbers.items()}
    missing = tuple(dict.fromkeys(name for one in factors for name in one.missing))
    reasons = [one.reason for one in factors if one.reason]
    worst = next((one for one in reasons if one != "missing"), reasons[0] if reasons else "")
    if worst:
        return Ratio(None, Why("dupont", numbers), worst, missing)
    product = Decimal(1)
    for one in factors:
        product *= one.value or Decimal(0)
    return Ratio(product, Why("dupont", numbers))


def _reconciled(statement: Statement, roe: Ratio) -> tuple[Decimal | None, bool | None]:
    """How many points the computed ROE lies from the reported one, and whether that is little."""
    if statement.reported_roe is None or roe.value is None:
        return None, None
    reported = statement.reported_roe.value
    low, high = spread(reported)
    computed = roe.value * 100
    off = round(max(low - computed, computed - high, Decimal(0)), _EXACT)
    return off, off <= POINT and off <= OF_ITSELF * abs(reported.number)


def _days(statement: Statement) -> Ratio:
    fact = statement.inventory_days
    if fact is None:
        return Ratio(None, Why("turns", {}), "missing", ("inventory_days",))
    days = fact.value.days
    reason = "negative-days" if days < 0 else ""
    return Ratio(None if reason else days, Why("turns", {"inventory_days": days}), reason)


def _turns(days: Ratio) -> Ratio:
    """Turns of the stock in a year: 365 / inventory days (rule 14; DingTalk, l. 46)."""
    if days.value is None:
        return days
    if not days.value:
        return Ratio(None, days.why, "zero-days")
    return Ratio(DAYS / days.value, days.why)


def _growth(statement: Statement, before: Statement | None, rates: _Rates) -> Ratio:
    """Growth of revenue over the statement that ended a year earlier."""
    if before is None:
        return Ratio(None, Why("growth", {}), "no-year-before")
    now, then = statement.revenue, before.revenue
    found = rates.ratio(("revenue", now.value if now else None),
                        ("revenue", then.value if then else None))  # fmt: skip
    numbers: Mapping[str, Decimal | str] = {"before": before.period.text}
    if found.value is None:
        return Ratio(None, Why("growth", numbers), found.reason, found.missing)
    return Ratio(found.value - 1, Why("growth", numbers))


def latest(known: Iterable[Year]) -> Year | None:
    """The year that ended last."""
    return max(known, key=lambda one: one.last, default=None)
