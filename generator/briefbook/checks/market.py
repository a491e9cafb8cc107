"""An industry's market in, figures that cannot be, or that contradict each other, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from briefbook.analyse.market import year_before, years
from briefbook.analyse.money import in_book
from briefbook.checks.files import File, Path
from briefbook.load import Content
from briefbook.model.industry import Market, Size
from briefbook.problem import Problem, error, warning
from briefbook.quantity import Period, Quantity

_POINT = Decimal(1)
"""Points by which a reported growth may miss the sizes."""
_ABOUT = Decimal(3)
"""Points, or percent of an amount, that "about" leaves open."""
_ENDLESS = Decimal("Infinity")
_POINTS, _PERCENT = False, True
_NUMBER = re.compile(r"[0-9]+(?:\.([0-9]+))?")


class Range(NamedTuple):
    """The values that a written quantity leaves open."""

    low: Decimal
    high: Decimal


def _market(file: File) -> Market | None:
    return file.value.market if file.kind == "industry" else None


def _at(list_: str, index: int, field: str) -> Path:
    return ("market", list_, index, field)


def impossible_sizes(_: Content, file: File) -> Iterator[Problem]:
    """Sizes below zero, shares beyond 0 to 100 %, and markets that shrink by more than they are."""
    market = _market(file)
    for index, size in enumerate(market.size if market else ()):
        if size.value.number < 0:
            yield error("market-negative", file.place(_at("size", index, "value")),
                        f"A market of {size.value.text} is smaller than nothing.",
                        "Write the size without the minus; a fall stands in `growth`.")  # fmt: skip
        if size.growth and size.growth.number < -100:
            yield error("market-negative", file.place(_at("size", index, "growth")),
                        f"A market that grows by {size.growth.text} would be smaller than nothing.",
                        "Write the change over the year before in percent.")  # fmt: skip
    for index, ratio in enumerate(market.concentration if market else ()):
        if not 0 <= ratio.share.number <= 100:
            yield error("share-range", file.place(_at("concentration", index, "share")),
                        f"CR{ratio.n} of {ratio.share.text} is no share of a market.",
                        "Write a share from 0% to 100%.")  # fmt: skip


def duplicate_periods(_: Content, file: File) -> Iterator[Problem]:
    """Two sizes in one currency, or two ratios of one n, for the same period."""
    market = _market(file)
    if market is None:
        return
    yield from _twice(file, "size", [
        (one.period, one.value.unit, f"size in {one.value.unit}") for one in market.size
    ])  # fmt: skip
    yield from _twice(file, "concentration", [
        (one.period, str(one.n), f"CR{one.n}") for one in market.concentration
    ])  # fmt: skip


def _twice(file: File, list_: str, rows: Sequence[tuple[Period, str, str]]) -> Iterator[Problem]:
    """Rows of a list with the period and the series of an earlier one; what a row is for words."""
    seen: set[tuple[str, bool, date, date]] = set()
    for index, (period, series, what) in enumerate(rows):
        key = (series, *_days(period))
        if key in seen:
            yield error("duplicate-period", file.place(_at(list_, index, "period")),
                        f"{period.text} has a {what} already.",
                        "Keep one of the two, or correct the period.")  # fmt: skip
        seen.add(key)


def _days(period: Period) -> tuple[bool, date, date]:
    return period.fiscal, period.first, period.last


def ratios_that_fall(_: Content, file: File) -> Iterator[Problem]:
    """More companies with a smaller share in the same period."""
    market = _market(file)
    ratios = list(enumerate(market.concentration if market else ()))
    ratios.sort(key=lambda pair: (*_days(pair[1].period), pair[1].n))
    for (_first, fewer), (index, more) in pairwise(ratios):
        same = _days(fewer.period) == _days(more.period) and fewer.n < more.n
        if same and _open(more.share, _POINTS).high < _open(fewer.share, _POINTS).low:
            yield error("share-order", file.place(_at("concentration", index, "share")),
                        f"CR{more.n} is {more.share.text} in {more.period.text}, less than "
                        f"CR{fewer.n} of {fewer.share.text}.",
                        "Correct one of the two shares, or its `n`.")  # fmt: skip


def growth_against_sizes(_: Content, file: File) -> Iterator[Problem]:
    """A reported growth that two sizes of the same series cannot give."""
    market = _market(file)
    sizes: Sequence[Size] = market.size if market else ()
    known = years(sizes)
    for index, size in enumerate(sizes):
        earlier = year_before(size, known)
        if size.growth is None or earlier is None:
            continue
        given, told = _between(earlier, size), _open(size.growth, _POINTS)
        if given and (told.low - _POINT > given.high or told.high + _POINT < given.low):
            exact = (size.value.number / earlier.value.number - 1) * 100
            yield warning("growth-mismatch", file.place(_at("size", index, "growth")),
                          f"{earlier.value.text} and {size.value.text} give {exact:.1f}%, not "
                          f"{size.growth.text}.",
                          "Correct what is wrong, or leave the growth out.")  # fmt: skip


def _between(earlier: Size, size: Size) -> Range | None:
    """The growth in percent that two sizes leave open."""
    if min(earlier.value.number, size.value.number) <= 0:
        return None
    old, new = _open(earlier.value, _PERCENT), _open(size.value, _PERCENT)
    most = new.high / old.low if old.low > 0 else _ENDLESS
    return Range((new.low / old.high - 1) * 100, (most - 1) * 100)


def _open(value: Quantity, relative: bool) -> Range:
    """What a quantity leaves open: half a unit of its last digit, and more by its qualifier.

    About is 3 points of a share, 3 % of an amount (`relative`).
    """
    number = value.number
    if value.qualifier in {"over", "at least"}:
        return Range(number, _ENDLESS)
    if value.qualifier in {"under", "at most"}:
        return Range(Decimal(0) if relative else -_ENDLESS, number)
    slack = _half_digit(value)
    if value.qualifier == "about":
        slack += abs(number) * _ABOUT / 100 if relative else _ABOUT
    return Range(number - slack, number + slack)


def _half_digit(value: Quantity) -> Decimal:
    """Half of the last written digit, in the unit of the number: 0.05 bn for 257.3 bn."""
    found = _NUMBER.search(value.text.replace(",", ""))
    if found is None:
        return Decimal(0)
    written = Decimal(found[0])
    scale = abs(value.number / written) if written else Decimal(1)
    return scale * Decimal(5).scaleb(-len(found[1] or "") - 1)


def sizes_without_rate(content: Content, file: File) -> Iterator[Problem]:
    """Sizes in a currency that the book cannot compare with others."""
    market, told = _market(file), set()
    for index, size in enumerate(market.size if market else ()):
        unit = size.value.unit
        if unit not in told and in_book(size.value, content.book.value) is None:
            told.add(unit)
            yield warning("size-currency", file.place(_at("size", index, "value")),
                          f"The book has no rate for {unit}, so this market compares with no "
                          "other.", f"Add `rates: {{{unit}: ...}}` to book.yml: one unit in "
                          f"{content.book.value.currency}.")  # fmt: skip


def rising_at_nothing(content: Content) -> Iterator[Problem]:
    """A slope from which a ratio counts as rising although it falls or stands still."""
    book = content.book
    if book.value.concentration.rising.number <= 0:
        yield error("book-threshold", book.tree.place(("concentration", "rising")),
                    "`rising` must be more than zero.",
                    "Write a slope such as 1 point a year.")  # fmt: skip
