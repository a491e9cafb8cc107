"""Money: a quantity and the book's rates in, an amount of a year in the book's currency out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from briefbook.analyse.money import in_book
from briefbook.quantity import money
from tests.small import policy


@pytest.mark.parametrize(
    ("text", "amount"),
    [("10 m CNY", 10_000_000), ("1.5 m USD", 10_650_000), ("1,000 VND", "0.28"),
     ("0 USD", 0), ("-2 m CNY", -2_000_000), ("1 m CNY a month", 12_000_000),
     ("1 m CNY a quarter", 4_000_000), ("1 m CNY a year", 1_000_000),
     ("7 CNY a week", 364), ("1 CNY a day", 365), ("1 USD a month", "85.2")],
)  # fmt: skip
def test_amounts_count_at_the_books_rate(text: str, amount: int | str) -> None:
    """A rate by month counts as the twelve of a year."""
    book = policy("rates: {as_of: 2026-06-30, USD: 7.1, VND: 0.00028}\n")
    assert in_book(money(text), book) == Decimal(amount)


def test_without_a_rate_nothing_is_known() -> None:
    """Neither without any rates nor without this one."""
    assert in_book(money("5 EUR"), policy()) is None
    assert in_book(money("5 EUR"), policy("rates: {USD: 7.1}\n")) is None


def test_a_book_in_another_currency() -> None:
    """Its own currency needs no rate."""
    assert in_book(money("5 m VND"), policy("currency: VND\n")) == 5_000_000
