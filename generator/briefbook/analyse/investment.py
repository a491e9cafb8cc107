"""Accounts and their classes in, what is invested against what they bring out (rule 7).

Source: Yang Jun, CRM30, lines 22 to 26: effort goes to C, to A and B within reason, to D little;
reasonable is the ratio of investment to contribution, not the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Literal

from briefbook.analyse.money import in_book
from briefbook.analyse.profile_fit import quartiles
from briefbook.analyse.results import Class, Standing
from briefbook.analyse.standing import LETTERS, last_full_year
from briefbook.load import Record
from briefbook.model import Account, Book
from briefbook.model.account import Spent

FENCE = Decimal("1.5")
"""Interquartile ranges beyond which a ratio is an outlier (Tukey 1977)."""
LEAST = 5
"""Accounts with a ratio that a class needs before any of them is an outlier."""

Side = Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class Effort:
    """What we put into one account in the year of its contribution, in the book's currency.

    `ratio` is investment / contribution; None where one is not known, or where nothing came in.
    `left` is what the potential holds beyond the contribution, never below zero.
    """

    account: str
    letter: Class | None
    year: str
    contribution: Decimal | None
    potential: Decimal | None
    left: Decimal | None
    money: Decimal | None
    days: int | None
    ratio: Decimal | None
    outlier: Side | None = None

    @property
    def known(self) -> bool:
        """Whether somebody wrote down money or days."""
        return self.money is not None or self.days is not None

    @property
    def nothing(self) -> bool:
        """Whether nothing is put in, or nobody wrote it down."""
        return not self.money and not self.days

    @property
    def idle(self) -> bool:
        """Whether money is put in and nothing comes out: no ratio is higher."""
        return bool(self.money and self.money > 0) and (
            self.contribution is not None and self.contribution <= 0
        )


@dataclass(frozen=True, slots=True)
class ClassEffort:
    """A class as a whole: sums over what is known, in the book's currency.

    `ratio` is the sum of investments over the sum of contributions of accounts that have both;
    `quartiles` and `fences` are those of the accounts' ratios, of which there are `ratios`.
    """

    letter: Class
    accounts: tuple[str, ...]
    contribution: Decimal
    potential: Decimal
    left: Decimal
    money: Decimal
    days: int
    unknown: int
    ratio: Decimal | None
    ratios: int
    median: Decimal | None
    quartiles: tuple[Decimal, Decimal, Decimal] | None
    fences: tuple[Decimal, Decimal] | None
    outliers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Investment:
    """All of it; `to_d` and `none_at_c` are what a manager reads first, the largest first.

    `to_d` are accounts of class D with a ratio above the median of C, or with money and no
    contribution; `none_at_c` are accounts of class C with neither money nor days.
    """

    accounts: Mapping[str, Effort]
    classes: Mapping[Class, ClassEffort]
    to_d: tuple[str, ...]
    none_at_c: tuple[str, ...]


def investment(
    accounts: Mapping[str, Record[Account]],
    standings: Mapping[str, Standing],
    book: Book,
    today: date,
) -> Investment:
    """What is invested in each account and each class."""
    efforts = {
        id: effort(id, record.value, standings[id], book, today) for id, record in accounts.items()
    }
    groups: dict[Class, list[Effort]] = {letter: [] for letter in LETTERS}
    for one in efforts.values():
        if one.letter:
            groups[one.letter].append(one)
    classes = {letter: _class(letter, group) for letter, group in groups.items()}
    for letter, group in groups.items():
        for one in group:
            efforts[one.account] = replace(one, outlier=_side(one, classes[letter].fences))
    return Investment(
        efforts, classes, _to_d(groups["d"], classes["c"].median), _none_at_c(groups["c"])
    )


def effort(id: str, account: Account, place: Standing, book: Book, today: date) -> Effort:
    """One account: investment of the year of its contribution, else of the last full year."""
    year = place.year or str(last_full_year(book, today))
    table = account.value_to_us.investment if account.value_to_us else {}
    spent: Spent | None = table.get(year) or table.get(f"FY{year}")
    money = in_book(spent.money, book) if spent and spent.money else None
    came, most = place.contribution, place.potential
    left = max(most - came, Decimal(0)) if most is not None and came is not None else None
    ratio = money / came if money is not None and came is not None and came > 0 else None
    days = spent.days if spent else None
    return Effort(id, place.letter, year, came, most, left, money, days, ratio)


def _class(letter: Class, group: Sequence[Effort]) -> ClassEffort:
    ratios = [one.ratio for one in group if one.ratio is not None]
    parts = quartiles(ratios)
    fences = _fences(parts) if parts and len(ratios) >= LEAST else None
    both = [one for one in group if one.ratio is not None]
    came = _sum(one.contribution for one in both)
    outside = [one for one in group if _side(one, fences)]
    return ClassEffort(
        letter=letter,
        accounts=tuple(one.account for one in sorted(group, key=_by_contribution)),
        contribution=_sum(one.contribution for one in group),
        potential=_sum(one.potential for one in group),
        left=_sum(one.left for one in group),
        money=_sum(one.money for one in group),
        days=sum(one.days or 0 for one in group),
        unknown=sum(1 for one in group if not one.known),
        ratio=_sum(one.money for one in both) / came if came else None,
        ratios=len(ratios),
        median=median(ratios) if ratios else None,
        quartiles=parts,
        fences=fences,
        outliers=tuple(one.account for one in sorted(outside, key=_by_ratio)),
    )


def _fences(parts: tuple[Decimal, Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    low, _, high = parts
    reach = (high - low) * FENCE
    return low - reach, high + reach


def _side(one: Effort, fences: tuple[Decimal, Decimal] | None) -> Side | None:
    if fences is None or one.ratio is None:
        return None
    if one.ratio > fences[1]:
        return "high"
    return "low" if one.ratio < fences[0] else None


def _to_d(group: Sequence[Effort], middle: Decimal | None) -> tuple[str, ...]:
    over = [
        one
        for one in group
        if one.idle or (one.ratio is not None and middle is not None and one.ratio > middle)
    ]
    return tuple(one.account for one in sorted(over, key=_by_money))


def _none_at_c(group: Sequence[Effort]) -> tuple[str, ...]:
    return tuple(one.account for one in sorted(group, key=_by_left) if one.nothing)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one is not None), Decimal(0))


def _by_contribution(one: Effort) -> tuple[Decimal, str]:
    return -(one.contribution or Decimal(0)), one.account


def _by_money(one: Effort) -> tuple[Decimal, str]:
    return -(one.money or Decimal(0)), one.account


def _by_left(one: Effort) -> tuple[Decimal, str]:
    return -(one.left or Decimal(0)), one.account


def _by_ratio(one: Effort) -> tuple[Decimal, str]:
    return -(one.ratio or Decimal(0)), one.account
