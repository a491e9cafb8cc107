"""The book's own numbers and what depends on them in, contradictions out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from briefbook.analyse.money import in_book
from briefbook.checks.files import File, Path
from briefbook.load import Content
from briefbook.model.book import Book
from briefbook.problem import Problem, error, warning
from briefbook.quantity import Quantity, money, shorten

_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_LEAP = 2000
_YEAR_STARTS = {("fiscal_year_starts",), ("finance", "year_starts")}
_EXCHANGED = frozenset(
    {
        "value_to_us",
        "opportunities",
        "contract",
        "plan",
        "nine_box",
        "important_gap",
        "tiers",
        "ideal_customer",
    }
)
"""Parts whose money is compared in the book's currency."""


def unrated_money(content: Content, file: File) -> Iterator[Problem]:
    """Money that cannot be compared, since the book has no rate for its currency."""
    if file.kind not in {"account", "book"}:
        return
    book = content.book.value
    rated = (book.currency, *(book.rates.of if book.rates else ()))
    for value in file.of("money"):
        if value.steps[0] in _EXCHANGED and not any(one in value.text for one in rated):
            amount = money(" ".join(value.text.split()))
            if in_book(amount, book) is None:
                yield error("no-rate", file.place(value.path),
                            f"The book has no rate for {amount.unit}.",
                            f"Add `rates: {{{amount.unit}: ...}}` to book.yml: one unit in "
                            f"{book.currency}.")  # fmt: skip


def unrated_defaults(content: Content) -> Iterator[Problem]:
    """Default thresholds in a currency that the book cannot convert: every class would be wrong."""
    book = content.book.value
    box = book.nine_box
    amounts = (
        box.contribution.medium, box.contribution.high, box.potential.medium, box.potential.high,
        book.important_gap,
    )  # fmt: skip
    written = content.book.tree.data
    if {"nine_box", "important_gap"} <= written.keys():
        return  # what is written is held by `unrated_money`
    unknown = sorted({one.unit for one in amounts if in_book(one, book) is None})
    if unknown:
        yield error("no-rate", content.book.tree.place(("currency",)),
                    f"Thresholds that the book does not set are in {unknown[0]}, for which it has "
                    "no rate.",
                    f"Write `nine_box:` and `important_gap:` in {book.currency}, or add "
                    f"`rates: {{{unknown[0]}: ...}}`.")  # fmt: skip


def thresholds_out_of_order(content: Content) -> Iterator[Problem]:
    """Levels of the book of which the lower begins above the higher."""
    book = content.book
    for path, low, high in _pairs(book.value):
        if low >= high:
            upper, lower = str(path[-1]), "low" if path[0] == "concentration" else "medium"
            yield error("book-threshold", book.tree.place(path),
                        f"`{upper}` must be more than `{lower}`.",
                        "Exchange or change the two values.")  # fmt: skip


def _pairs(book: Book) -> Iterator[tuple[Path, Decimal, Decimal]]:
    box, tiers = book.nine_box, book.tiers
    for name, levels in (("contribution", box.contribution), ("potential", box.potential)):
        yield from _money(book, ("nine_box", name, "high"), levels.medium, levels.high)
    yield ("concentration", "high"), book.concentration.low.number, book.concentration.high.number
    path = ("tiers", "revenue", "large")
    yield from _money(book, path, tiers.revenue.medium, tiers.revenue.large)
    size = tiers.customer_size
    yield ("tiers", "customer_size", "large"), size.medium.number, size.large.number


def _money(
    book: Book, path: Path, low: Quantity, high: Quantity
) -> Iterator[tuple[Path, Decimal, Decimal]]:
    """Two amounts in the book's currency; without a rate there is nothing to compare."""
    less, more = in_book(low, book), in_book(high, book)
    if less is not None and more is not None:
        yield path, less, more


def fiscal_years(_: Content, file: File) -> Iterator[Problem]:
    """First days of a year that are no day of the calendar."""
    for value in file.values:
        if value.steps in _YEAR_STARTS and not _is_day(value.text.strip()):
            yield error("fiscal-year", file.place(value.path),
                        f"`{shorten(value.text)}` is no day of the year.",
                        "Write month and day such as 04-01.")  # fmt: skip


def countable(content: Content) -> bool:
    """Whether each first day of a year is one, as all that counts in years must know."""
    finances = (getattr(one.value, "finance", None) for one in content.records())
    starts = [content.book.value.fiscal_year_starts, *(one.year_starts for one in finances if one)]
    return all(_is_day(one) for one in starts if one)


def _is_day(text: str) -> bool:
    found = _DAY.fullmatch(text)
    try:
        return bool(found and date(_LEAP, int(found[1]), int(found[2])))
    except ValueError:
        return False


def reasons_missing(_: Content, file: File) -> Iterator[Problem]:
    """Parts that are set aside, and personal data that is allowed, without a reason."""
    for name, switched in (("value_chain", False), ("business_model", False),
                           ("personal_attributes", True)):  # fmt: skip
        part = getattr(file.value, name, None)
        if part is None or part.because:
            continue
        said = part.allowed if name == "personal_attributes" else part.applies
        if said is switched:
            field = "allowed" if switched else "applies"
            yield warning("no-because", file.place((name, field)),
                          f"`{name}: {field}: {'yes' if switched else 'no'}` has no reason.",
                          f"Add `because:` to `{name}`.")  # fmt: skip
