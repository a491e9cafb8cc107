"""An account and the book's thresholds in, its place in the nine-box out (rules 1 to 6).

Source: Yang Jun, CRM30, lines 15 to 34; what the article leaves open is a setting of the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal, localcontext
from types import MappingProxyType
from typing import get_args

from briefbook.analyse.money import in_book
from briefbook.analyse.results import LEVELS, Class, Fit, Level, Move, Number, Standing, Why
from briefbook.model import Account, Book, Strategy
from briefbook.model.book import Thresholds

# Rule 4: contribution high, medium, low by potential high, medium, low.
CLASSES: dict[tuple[Level, Level], Class] = {
    ("high", "high"): "a",
    ("high", "medium"): "b",
    ("high", "low"): "b",
    ("medium", "high"): "c",
    ("medium", "medium"): "c",
    ("medium", "low"): "d",
    ("low", "high"): "c",
    ("low", "medium"): "c",
    ("low", "low"): "d",
}
LETTERS: tuple[Class, ...] = get_args(Class)


def level(amount: Decimal, thresholds: Thresholds, book: Book) -> Level:
    """The level of an amount; a threshold belongs to the level that it opens."""
    high, medium = in_book(thresholds.high, book), in_book(thresholds.medium, book)
    if high is not None and amount >= high:
        return "high"
    return "medium" if medium is not None and amount >= medium else "low"


def relative(absolute: Level, contribution: Decimal, potential: Decimal, book: Book) -> Level:
    """Rule 2: below the book's share of the potential the level drops by one; it never rises."""
    if contribution >= potential * _share(book):
        return absolute
    return LEVELS[max(LEVELS.index(absolute) - 1, 0)]


def _share(book: Book) -> Decimal:
    return book.nine_box.relative_share.number / 100


def standing(account: Account, book: Book, today: date) -> Standing:
    """Where the account stands: levels, class, and what would move it."""
    year, contribution = _latest(account, book, today)
    before = _amount(account, book, str(int(year) - 1)) if year else None
    potential = _potential(account, book)
    missing = tuple(
        name
        for name, value in (("contribution", contribution), ("potential", potential))
        if value is None
    )
    absolute = (
        level(contribution, book.nine_box.contribution, book) if contribution is not None else None
    )
    high = level(potential, book.nine_box.potential, book) if potential is not None else None
    share = contribution / potential if contribution is not None and potential else None
    final = absolute
    if absolute and contribution is not None and potential is not None:
        final = relative(absolute, contribution, potential, book)
    letter = CLASSES[final, high] if final and high else None
    seen = {
        "contribution": contribution,
        "potential": potential,
        "share": share,
        "absolute": absolute,
        "level": final,
        "potential_level": high,
        "letter": letter,
    }
    numbers: dict[str, Number] = {"year": year or ""}
    numbers |= {name: value for name, value in seen.items() if value is not None}
    by_contribution = by_potential = None
    if letter and contribution is not None and potential is not None:
        by_contribution = _by_contribution(contribution, potential, letter, book)
        by_potential = _by_potential(contribution, potential, letter, book)
    return Standing(
        contribution=contribution,
        year=year or "",
        before=before,
        potential=potential,
        absolute=absolute,
        level=final,
        potential_level=high,
        share=share,
        letter=letter,
        missing=missing,
        why=Why("class", MappingProxyType(numbers)),
        by_contribution=by_contribution,
        by_potential=by_potential,
    )


def classify(contribution: Decimal, potential: Decimal, book: Book) -> Class:
    """Rules 1 to 4 for two amounts in the book's currency."""
    absolute = level(contribution, book.nine_box.contribution, book)
    final = relative(absolute, contribution, potential, book)
    return CLASSES[final, level(potential, book.nine_box.potential, book)]


def _by_contribution(now: Decimal, potential: Decimal, letter: Class, book: Book) -> Move | None:
    thresholds = book.nine_box.contribution
    enough = potential * _share(book)
    edges = [in_book(thresholds.medium, book), in_book(thresholds.high, book), enough]
    reach = (edge for edge in edges if edge is not None and now < edge <= potential)
    for edge in sorted(reach):
        better = classify(edge, potential, book)
        if better < letter:
            return Move(edge, better, up=True)
    return None


def _by_potential(contribution: Decimal, now: Decimal, letter: Class, book: Book) -> Move | None:
    thresholds = book.nine_box.potential
    edges = [in_book(thresholds.medium, book), in_book(thresholds.high, book)]
    if share := _share(book):
        with localcontext(rounding=ROUND_FLOOR):  # a little more would be too much
            edges.append(contribution / share)
    known = [edge for edge in edges if edge is not None and edge > 0 and edge != now]
    for edge in sorted(known, key=lambda edge: (abs(edge - now), edge)):
        better = classify(contribution, edge, book)
        if better < letter:
            return Move(edge, better, up=edge > now)
    return None


def _latest(account: Account, book: Book, today: date) -> tuple[str | None, Decimal | None]:
    """The latest full year with a contribution that is known."""
    table = account.value_to_us.contribution if account.value_to_us else {}
    full = last_full_year(book, today)
    for key in sorted(table, key=lambda key: key.removeprefix("FY"), reverse=True):
        year = key.removeprefix("FY")
        amount = in_book(table[key].value, book)
        if int(year) <= full and amount is not None:
            return year, amount
    return None, None


def last_full_year(book: Book, today: date) -> int:
    """The label of the last fiscal year that has ended; a year is named after its end."""
    month, day = (int(part) for part in book.fiscal_year_starts.split("-"))
    if (month, day) == (1, 1):
        return today.year - 1
    return today.year if (today.month, today.day) >= (month, day) else today.year - 1


def _amount(account: Account, book: Book, year: str) -> Decimal | None:
    table = account.value_to_us.contribution if account.value_to_us else {}
    fact = table.get(year) or table.get(f"FY{year}")
    return in_book(fact.value, book) if fact else None


def _potential(account: Account, book: Book) -> Decimal | None:
    if account.value_to_us is None or account.value_to_us.potential is None:
        return None
    return in_book(account.value_to_us.potential.value, book)


def important(account: Account, place: Standing, book: Book) -> bool:
    """Rule 5: a class C account far below its potential, or one that the file calls important."""
    if account.important:
        return True
    gap = in_book(book.important_gap, book)
    if place.letter != "c" or place.potential is None or place.contribution is None or gap is None:
        return False
    return place.potential - place.contribution >= gap


def fit(account: Account, place: Standing, strategies: Mapping[str, Strategy]) -> Fit:
    """Rule 6: strategies whose `fits` takes the class; the lifecycle picks the first of them."""
    used = account.strategy.is_ if account.strategy else None
    exception = account.strategy.because if account.strategy else None
    fitting = tuple(
        id
        for id, one in strategies.items()
        if place.letter and one.fits and place.letter in one.fits.classes
    )
    staged = [id for id in fitting if _stages(strategies[id])]
    by_stage = [id for id in staged if account.lifecycle in _stages(strategies[id])]
    unusual = bool(staged and account.lifecycle and not by_stage)
    first = next(iter((*by_stage, *fitting)), None)
    fits = None if used is None or not fitting else used in fitting
    numbers: dict[str, Number] = {
        "letter": place.letter or "",
        "lifecycle": account.lifecycle or "",
    }
    return Fit(fitting, first, used, exception, fits, unusual, Why("strategy", numbers))


def _stages(strategy: Strategy) -> tuple[str, ...]:
    return strategy.fits.lifecycles if strategy.fits else ()
