"""An opportunity in, its BANT verdicts out (rule 10; SimCRM article, l. 24 to 39)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from briefbook.analyse.money import in_book
from briefbook.analyse.results import Number, Why
from briefbook.model import Book
from briefbook.model.account import Letter, Opportunity

Verdict = Literal["yes", "partly", "no", "unknown"]
LETTERS = ("budget", "authority", "need", "timeline")
WEAKEST_FIRST: tuple[Verdict, ...] = ("no", "unknown", "partly", "yes")


@dataclass(frozen=True, slots=True)
class Judged:
    """One letter: its verdict, and whether the figures overruled what was written."""

    name: str
    verdict: Verdict
    overruled: bool


@dataclass(frozen=True, slots=True)
class Bant:
    """The four letters; the whole is as strong as its weakest, and no need means no prospect."""

    letters: tuple[Judged, ...]
    weakest: str
    verdict: Verdict
    prospect: bool
    why: Why


def bant(deal: Opportunity, book: Book) -> Bant:
    """The verdict of each letter and of the whole; amounts in the book's currency."""
    amount, value = _amounts(deal, book)
    enough = None if amount is None or value is None else amount >= value
    letters = tuple(_judged(name, deal, enough) for name in LETTERS)
    weakest = min(letters, key=lambda one: WEAKEST_FIRST.index(one.verdict))
    need = next(one for one in letters if one.name == "need")
    if need.verdict == "no":
        weakest = need
    numbers: dict[str, Number] = {one.name: one.verdict for one in letters}
    numbers |= {"amount": amount} if amount is not None else {}
    numbers |= {"value": value} if value is not None else {}
    return Bant(letters, weakest.name, weakest.verdict, need.verdict != "no",
                Why("bant", MappingProxyType(numbers)))  # fmt: skip


def _amounts(deal: Opportunity, book: Book) -> tuple[Decimal | None, Decimal | None]:
    budget = deal.bant.budget if deal.bant else None
    amount = in_book(budget.amount, book) if budget and budget.amount else None
    return amount, in_book(deal.value, book) if deal.value else None


def _judged(name: str, deal: Opportunity, enough: bool | None) -> Judged:
    """A letter as written; a budget that is known to be enough, or not, says more than its word."""
    letter: Letter | None = getattr(deal.bant, name) if deal.bant else None
    written: Verdict = letter.verdict or "unknown" if letter else "unknown"
    if name == "budget" and enough is False:
        return Judged(name, "no", overruled=written != "no")
    if name == "budget" and enough and written == "unknown":
        return Judged(name, "yes", overruled=True)
    return Judged(name, written, overruled=False)


def is_open(deal: Opportunity) -> bool:
    """Whether the deal may still be signed."""
    return deal.stage not in {"signed", "lost"} and not deal.signed and not deal.lost
