"""Standing: contribution, potential and the book's thresholds in, class and moves out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.analyse.results import LEVELS, Standing
from briefbook.analyse.standing import (
    CLASSES,
    classify,
    fit,
    important,
    last_full_year,
    level,
    relative,
    standing,
)
from briefbook.model import Book, Strategy
from briefbook.model.book import NineBox, Thresholds
from tests.small import TODAY, account, policy, record

BOOK = policy()
WHOLE = st.integers(0, 10**9)


def place(contribution: Any = None, potential: str | None = None, book: Book = BOOK) -> Standing:
    """Where an account with these two values stands; a table gives the years."""
    table = contribution if isinstance(contribution, dict) else {"2025": contribution}
    value: dict[str, Any] = {"contribution": table} if contribution else {}
    value |= {"potential": potential} if potential else {}
    return standing(account(value_to_us=value) if value else account(), book, TODAY)


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Books with any thresholds in order and any relative share."""

    def thresholds() -> Thresholds:
        low, high = sorted(draw(st.sets(st.integers(1, 10**9), min_size=2, max_size=2)))
        return Thresholds.model_validate({"medium": f"{low} CNY", "high": f"{high} CNY"})

    box = NineBox.model_validate(
        {
            "contribution": thresholds(),
            "potential": thresholds(),
            "relative_share": f"{draw(st.integers(0, 100))}%",
        }
    )
    return BOOK.model_copy(update={"nine_box": box})


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("0", "low"), ("4999999.99", "low"), ("5000000", "medium"), ("9999999.99", "medium"),
     ("10000000", "high"), ("-1", "low")],
)  # fmt: skip
def test_a_threshold_belongs_to_the_level_above(amount: str, expected: str) -> None:
    """Rule 1: at least, not more than."""
    assert level(Decimal(amount), BOOK.nine_box.contribution, BOOK) == expected


@pytest.mark.parametrize(
    ("contribution", "potential", "expected"),
    [(10, 50, "medium"), (10, 20, "high"), (10, 21, "medium"), (10, 10, "high"), (10, 0, "high")],
)
def test_below_the_share_the_level_drops_by_one(
    contribution: int, potential: int, expected: str
) -> None:
    """Rule 2: the share itself is enough, and no potential divides by nothing."""
    m = 10**6
    assert relative("high", Decimal(contribution * m), Decimal(potential * m), BOOK) == expected


def test_low_never_drops_further() -> None:
    """Rule 2: there is nothing below low."""
    assert relative("low", Decimal(1), Decimal(100), BOOK) == "low"


@pytest.mark.parametrize(
    ("contribution", "potential", "missing"),
    [(None, None, ("contribution", "potential")), ("10 m CNY", None, ("potential",)),
     (None, "50 m CNY", ("contribution",)), ({"2026": "9 m CNY"}, "50 m CNY", ("contribution",))],
)  # fmt: skip
def test_without_both_there_is_no_class(
    contribution: Any, potential: str | None, missing: tuple[str, ...]
) -> None:
    """Rule 3: said so, and never D; the running year does not count."""
    found = place(contribution, potential)
    assert found.letter is None
    assert found.missing == missing
    assert (found.by_contribution, found.by_potential) == (None, None)


def test_nothing_is_a_value_too() -> None:
    """Zero is known; without potential there is no share."""
    assert place("0 CNY", "50 m CNY").letter == "c"
    found = place("12 m CNY", "0 CNY")
    assert (found.letter, found.share, found.missing) == ("b", None, ())


def test_more_than_the_potential_is_no_fault() -> None:
    """The share goes beyond one, the level stays."""
    found = place("12 m CNY", "4 m CNY")
    assert found.share == 3
    assert (found.level, found.letter) == ("high", "b")


def test_other_currencies_count_at_the_rate() -> None:
    """Rates are units of the book's currency; without one nothing is known."""
    book = policy("rates: {as_of: 2026-06-30, USD: 7.1}\n")
    found = place("2 m USD", "10 m USD", book)
    assert found.contribution == 14_200_000
    assert found.potential == 71_000_000
    assert place("2 m USD", "10 m CNY").missing == ("contribution",)
    assert place("2 m CNY", "10 m EUR", book).missing == ("potential",)


@pytest.mark.parametrize(
    ("starts", "today", "expected"),
    [("01-01", date(2026, 1, 1), 2025), ("01-01", date(2026, 12, 31), 2025),
     ("04-01", date(2026, 3, 31), 2025), ("04-01", date(2026, 4, 1), 2026),
     ("04-01", date(2026, 11, 22), 2026)],
)  # fmt: skip
def test_the_last_full_year_has_ended(starts: str, today: date, expected: int) -> None:
    """Rule 8: a fiscal year is named after the year that it ends in."""
    assert last_full_year(policy(f"fiscal_year_starts: {starts}\n"), today) == expected


@pytest.mark.parametrize(
    ("table", "year", "amount", "before"),
    [({"2024": "1 CNY", "2025": "2 CNY", "2026": "3 CNY"}, "2025", 2, 1),
     ({"FY2025": "2 CNY", "FY2024": "1 CNY"}, "2025", 2, 1),
     ({"2023": "7 CNY"}, "2023", 7, None),
     ({"FY2025": "2 CNY", "2023": "1 CNY"}, "2025", 2, None)],
)  # fmt: skip
def test_the_latest_full_year_counts(
    table: dict[str, str], year: str, amount: int, before: int | None
) -> None:
    """Whatever the order and spelling of the years; the year before stands beside it."""
    found = place(table, "9 m CNY")
    assert found.year == year
    assert found.contribution == amount
    assert found.before == before


@given(books(), WHOLE, WHOLE, WHOLE)
def test_more_contribution_is_never_a_worse_class(
    book: Book, less: int, extra: int, potential: int
) -> None:
    """At the same potential; so are levels."""
    low, high, all_of_it = Decimal(less), Decimal(less + extra), Decimal(potential)
    assert classify(high, all_of_it, book) <= classify(low, all_of_it, book)
    levels = [level(one, book.nine_box.contribution, book) for one in (low, high)]
    assert LEVELS.index(levels[0]) <= LEVELS.index(levels[1])


@given(books(), WHOLE, WHOLE)
def test_a_move_gives_the_class_it_says(book: Book, contribution: int, potential: int) -> None:
    """At its amount, and not one unit before; none within the potential means no better class."""
    found = place(f"{contribution} CNY", f"{potential} CNY", book)
    now, possible = Decimal(contribution), Decimal(potential)
    assert found.letter == classify(now, possible, book)
    if move := found.by_contribution:
        assert move.amount > now
        assert classify(move.amount, possible, book) == move.letter < found.letter
        assert classify(max(move.amount - 1, now), possible, book) == found.letter
        assert move.amount <= possible
    else:
        assert classify(max(possible, now), possible, book) == found.letter
    if move := found.by_potential:
        assert classify(now, move.amount, book) == move.letter < found.letter
        assert move.up == (move.amount > possible)


@given(books(), WHOLE, WHOLE, WHOLE)
def test_no_smaller_potential_would_do(
    book: Book, contribution: int, potential: int, other: int
) -> None:
    """Nothing nearer than the move gives a better class."""
    found = place(f"{contribution} CNY", f"{potential} CNY", book)
    better = classify(Decimal(contribution), Decimal(other), book) < str(found.letter)
    if better:
        assert found.by_potential
        nearest = abs(found.by_potential.amount - potential)
        assert nearest <= abs(other - potential)


@pytest.mark.parametrize(
    ("contribution", "potential", "because", "expected"),
    [("10 m CNY", "50 m CNY", None, True), ("10 m CNY", "30 m CNY", None, True),
     ("10 m CNY", "29.9 m CNY", None, False), ("30 m CNY", "80 m CNY", "x", True),
     ("1 m CNY", "2 m CNY", "opens the chain", True), ("30 m CNY", "60 m CNY", None, False)],
)  # fmt: skip
def test_important_is_far_below_or_said_so(
    contribution: str, potential: str, because: str | None, expected: bool
) -> None:
    """Rule 5: class C at least the book's gap below its potential, or the file says it."""
    said = {"important": {"because": because}} if because else {}
    value = {"contribution": {"2025": contribution}, "potential": potential}
    one = account(value_to_us=value, **said)
    assert important(one, standing(one, BOOK, TODAY), BOOK) is expected


FITS = {
    "retain": (["a", "b"], ["stable"]), "win-back": (["a", "b"], ["decline"]),
    "acquire": (["c"], ["acquire"]), "promote": (["c"], ["improve"]), "static": (["d"], []),
}  # fmt: skip
VALUES = {"a": ("40 m CNY", "60 m CNY"), "c": ("10 m CNY", "50 m CNY"), "d": ("1 CNY", "9 CNY")}


def strategy(id: str, classes: list[str], lifecycles: list[str]) -> Strategy:
    """A strategy for these classes and stages."""
    fits = {"classes": classes, "lifecycles": lifecycles}
    value = record("strategy", id, {"name": id, "fits": fits}).value
    assert isinstance(value, Strategy)
    return value


@pytest.mark.parametrize(
    ("letter", "lifecycle", "fitting", "first", "unusual"),
    [("a", "stable", ("retain", "win-back"), "retain", False),
     ("a", "decline", ("retain", "win-back"), "win-back", False),
     ("a", "improve", ("retain", "win-back"), "retain", True),
     ("c", "improve", ("acquire", "promote"), "promote", False),
     ("c", "decline", ("acquire", "promote"), "acquire", True),
     ("c", None, ("acquire", "promote"), "acquire", False),
     ("d", "stable", ("static",), "static", False),
     (None, "stable", (), None, False)],
)  # fmt: skip
def test_class_and_lifecycle_choose(
    letter: str | None, lifecycle: str | None, fitting: tuple[str, ...], first: str | None,
    unusual: bool,
) -> None:  # fmt: skip
    """Rule 6: the class says which fit, the lifecycle which of them is first."""
    strategies = {id: strategy(id, *fits) for id, fits in FITS.items()}
    value = {}
    if letter:
        contribution, potential = VALUES[letter]
        value = {"contribution": {"2025": contribution}, "potential": potential}
    staged = {"lifecycle": lifecycle} if lifecycle else {}
    one = account(value_to_us=value, **staged) if value else account(**staged)
    found = fit(one, standing(one, BOOK, TODAY), strategies)
    assert (found.fitting, found.first, found.unusual) == (fitting, first, unusual)


@pytest.mark.parametrize(
    ("used", "fits", "exception"),
    [("promote", True, None), ("retain", False, None),
     ({"is": "retain", "because": "Agreed"}, False, "Agreed"), (None, None, None)],
)  # fmt: skip
def test_a_strategy_in_use_fits_or_not(used: Any, fits: bool | None, exception: str | None) -> None:
    """Rule 6: a reason makes it a written exception, not a fit."""
    strategies = {id: strategy(id, *each) for id, each in FITS.items()}
    value = {"contribution": {"2025": "10 m CNY"}, "potential": "50 m CNY"}
    one = account(value_to_us=value, **({"strategy": used} if used else {}))
    found = fit(one, standing(one, BOOK, TODAY), strategies)
    assert (found.fits, found.exception) == (fits, exception)


def test_a_team_may_write_its_own_strategies() -> None:
    """Rule 6 is read from the files: other ids, other classes."""
    strategies = {"nurture": strategy("nurture", ["c", "d"], ["improve"])}
    value = {"contribution": {"2025": "10 m CNY"}, "potential": "50 m CNY"}
    one = account(value_to_us=value, lifecycle="improve", strategy="nurture")
    found = fit(one, standing(one, BOOK, TODAY), strategies)
    assert (found.fitting, found.first, found.fits) == (("nurture",), "nurture", True)


def test_every_pair_of_levels_has_a_class() -> None:
    """Rule 4, as the article's table has it."""
    rows = ["".join(CLASSES[row, column] for column in LEVELS[::-1]) for row in LEVELS[::-1]]
    assert rows == ["abb", "ccd", "ccd"]


def test_a_move_is_not_lost_to_the_last_digit() -> None:
    """20 m are 14 % of 142857142.857142...: rounded up, they would be a little less."""
    book = policy("nine_box: {relative_share: 14%}\n")
    move = place("20 m CNY", "150 m CNY", book).by_potential
    assert move is not None
    assert (move.letter, move.up) == ("a", False)
    assert move.amount.to_integral_value() == 142857143
