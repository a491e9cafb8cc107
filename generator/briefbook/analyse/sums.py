"""Amounts of which some are not known in, their sum and how many went into it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """What `known` of `of` amounts add up to; None where none is known, so never a made-up zero."""

    amount: Decimal | None
    known: int
    of: int


def add_up(amounts: Iterable[Decimal | int | None]) -> Sum:
    """The sum of those that are known."""
    every = tuple(amounts)
    known = [Decimal(one) for one in every if one is not None]
    return Sum(sum(known, Decimal(0)) if known else None, len(known), len(every))
