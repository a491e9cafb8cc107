"""A quantity and the book's rates in, an amount in the book's currency out."""

from __future__ import annotations

from decimal import Decimal

from briefbook.model.book import Book
from briefbook.quantity import Quantity

_A_YEAR = {"": 1, "year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365}


def in_book(amount: Quantity, book: Book) -> Decimal | None:
    """The amount in the book's currency, a rate as a year's sum; None without an exchange rate."""
    if amount.unit == book.currency:
        return a_year(amount)
    if book.rates is None or amount.unit not in book.rates.of:
        return None
    return a_year(amount) * book.rates.of[amount.unit]


def a_year(amount: Quantity) -> Decimal:
    """The amount in its own currency, a rate as a year's sum."""
    times = _A_YEAR[amount.per]
    return amount.number if times == 1 else amount.number * times
