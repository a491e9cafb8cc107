"""Statements, segments and peers in, figures that contradict each other out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from briefbook.analyse.facts import last_day
from briefbook.analyse.finance import Year, industry_mean, years
from briefbook.analyse.money import a_year, in_book
from briefbook.analyse.segments import Level, levels
from briefbook.checks.files import File, Path
from briefbook.load import Content
from briefbook.model.parts import Finance, Statement
from briefbook.problem import Problem, error, warning
from briefbook.quantity import Quantity

_KINDS = frozenset({"account", "company"})
_NEVER_NEGATIVE = (
    "revenue", "cost_of_revenue", "total_assets", "average_assets", "cash",
)  # fmt: skip
_AVERAGES = ("average_assets", "average_equity")


def _finance(file: File) -> Finance | None:
    found: Finance | None = file.value.finance if file.kind in _KINDS else None
    return found


def _statements(file: File) -> Iterator[tuple[Path, Statement]]:
    """Every statement of a file with its path, the industry's mean last."""
    finance = _finance(file)
    if finance is None:
        return
    for at, one in enumerate(finance.statements):
        yield ("finance", "statements", at), one
    if finance.industry_mean:
        yield ("finance", "industry_mean"), finance.industry_mean


def segment_sums(content: Content, file: File) -> Iterator[Problem]:
    """Shares of one parent that cannot sum to the whole (rule 15)."""
    finance = _finance(file)
    for at, split in enumerate(finance.segments if finance else ()):
        for level in levels(split.parts, content.book.value):
            if level.state in {"over", "under"}:
                path = ("finance", "segments", at, *_parts(level.parent))
                of = f"of `{level.parent[-1]}`" if level.parent else f"of {split.of}"
                yield warning("segment-sum", file.place(path, key=True),
                              f"The shares {of} in {split.period.text} sum to {_sum(level)}, "
                              f"not to 98 to 102%.", "Correct a share, or write `about` where it "
                              "is not exact.")  # fmt: skip


def _parts(parent: Path) -> Path:
    return (*(step for id in parent for step in ("parts", id)), "parts")


def _sum(level: Level) -> str:
    low, high = _plain(level.low), _plain(level.high)
    return f"{low}%" if low == high else f"{low} to {high}%"


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')).normalize():f}"


def reported_returns(content: Content, file: File) -> Iterator[Problem]:
    """A reported return on equity that is not the one that the figures give (rule 14)."""
    finance = _finance(file)
    if finance is None or not any(one.reported_roe for _, one in _statements(file)):
        return
    book = content.book.value
    told = [(("finance", "statements", one.index), one) for one in years(finance, book)]
    mean = industry_mean(finance, book)
    for path, year in [*told, *([(("finance", "industry_mean"), mean)] if mean else [])]:
        if year.agrees is False:
            yield _reported(file, path, year)


def _reported(file: File, path: Path, year: Year) -> Problem:
    computed = _plain((year.roe.value or Decimal(0)) * 100)
    return warning("reported-roe", file.place((*path, "reported_roe")),
                   f"Reported {_plain(year.reported or Decimal(0))}% for {year.period.text}, but "
                   f"the figures give {computed}%.",
                   "Check net income and equity; the report may use average equity.")  # fmt: skip


def repeated_periods(_: Content, file: File) -> Iterator[Problem]:
    """Two statements, or two splits of the same thing, of one period."""
    finance = _finance(file)
    if finance is None:
        return
    starts, seen = finance.year_starts, set()
    for at, one in enumerate(finance.statements):
        key = ("statement", one.period.first, last_day(one.period, starts))
        if key in seen:
            yield _twice(file, ("finance", "statements", at, "period"), one.period.text, key[0])
        seen.add(key)
    for at, split in enumerate(finance.segments):
        key = (f"split of {split.of}", split.period.first, last_day(split.period, starts))
        if key in seen:
            yield _twice(file, ("finance", "segments", at, "period"), split.period.text, key[0])
        seen.add(key)


def _twice(file: File, path: Path, period: str, what: str) -> Problem:
    return error("statement-twice", file.place(path),
                 f"A second {what} for {period}: nobody could tell which one holds.",
                 "Keep one of the two, or correct its period.")  # fmt: skip


def impossible_figures(_: Content, file: File) -> Iterator[Problem]:
    """Figures below zero that never are."""
    for path, one in _statements(file):
        for name in _NEVER_NEGATIVE:
            fact = getattr(one, name)
            if fact and fact.value.number < 0:
                yield warning("negative-figure", file.place((*path, name)),
                              f"`{name}` of {one.period.text} is negative: {fact.value.text}.",
                              "Remove the sign, or leave the figure out.")  # fmt: skip


def incomes_above_revenue(content: Content, file: File) -> Iterator[Problem]:
    """More income than revenue: mostly a slip in a scale."""
    for path, one in _statements(file):
        if one.net_income is None or one.revenue is None:
            continue
        income, revenue = _same(content, one.net_income.value, one.revenue.value)
        if income is not None and revenue is not None and 0 < revenue < income:
            yield warning("income-above-revenue", file.place((*path, "net_income")),
                          f"Net income of {one.net_income.value.text} is more than revenue of "
                          f"{one.revenue.value.text} in {one.period.text}.",
                          "Check the scales (k, m, bn) and the currencies.")  # fmt: skip


def _same(
    content: Content, one: Quantity, other: Quantity
) -> tuple[Decimal | None, Decimal | None]:
    """Two amounts in one currency, where there is a rate."""
    if one.unit == other.unit:
        return a_year(one), a_year(other)
    return in_book(one, content.book.value), in_book(other, content.book.value)


def averages_alone(_: Content, file: File) -> Iterator[Problem]:
    """An average of assets or equity beside a closing balance of the other (rule 14)."""
    for path, one in _statements(file):
        given = [name for name in _AVERAGES if getattr(one, name)]
        closing = one.equity if given == ["average_assets"] else one.total_assets
        if len(given) == 1 and closing:
            (other,) = set(_AVERAGES) - set(given)
            yield warning("average-alone", file.place((*path, given[0])),
                          f"`{given[0]}` of {one.period.text} stands without `{other}`: the "
                          "ratios would mix an average with a closing balance.",
                          f"Add `{other}`, or remove `{given[0]}`.")  # fmt: skip


def unfit_peers(content: Content, file: File) -> Iterator[Problem]:
    """Peers that are the record itself, or of which there is no figure."""
    finance = _finance(file)
    for at, peer in enumerate(finance.peers if finance else ()):
        place = file.place(("finance", "peers", at))
        kind, _, id = peer.partition("/")
        if peer == f"{file.kind}/{file.id}":
            yield error("peer-itself", place, f"`{peer}` is compared with itself.",
                        "Name another company or account, or remove it.")  # fmt: skip
        elif kind in _KINDS and id in content.of(kind):
            held = content.of(kind)[id].value.finance
            if held is None or not held.statements:
                yield warning("peer-without-figures", place,
                              f"`{peer}` has no statement, so nothing can be compared.",
                              "Add `finance: {statements: [...]}` to its file, or remove it "
                              "here.")  # fmt: skip
