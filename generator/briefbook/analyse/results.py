"""What analysis finds: values with the rule and the numbers behind them, never sentences."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator

Level = Literal["low", "medium", "high"]
Class = Literal["a", "b", "c", "d"]
Number = Decimal | int | str | date
Value = TypeVar("Value")
LEVELS: tuple[Level, ...] = ("low", "medium", "high")


@lru_cache(maxsize=1 << 14)
def shared(value: Value) -> Value:
    """The value as it is, but one object for all who come to the same: accounts are alike.

    It must hold no numbers that are the same and written in two ways, as 1 and 1.0 are.
    """
    return value


Alike = AfterValidator(shared)
"""Where results are read back, values of such a field are shared as well."""


@dataclass(frozen=True, slots=True)
class Why:
    """The rule that gave a result and the numbers that it saw."""

    rule: str
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account stands in the nine-box (rules 1 to 4); money in the book's currency.

    `letter` is None where contribution or potential is not known, and `missing` says which.
    `share` is contribution / potential, None where the potential is zero or unknown.
    """

    contribution: Decimal | None
    year: str
    before: Decimal | None
    potential: Decimal | None
    absolute: Level | None
    level: Level | None
    potential_level: Level | None
    share: Decimal | None
    letter: Class | None
    missing: tuple[str, ...]
    why: Why
    by_contribution: Move | None
    by_potential: Move | None


@dataclass(frozen=True, slots=True)
class Move:
    """The smallest amount from which (or below which) the class would be a better one."""

    amount: Decimal
    letter: Class
    up: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """Which strategies fit an account (rule 6), the first among them, and what is in use."""

    fitting: tuple[str, ...]
    first: str | None
    used: str | None
    exception: str | None
    fits: bool | None
    unusual: bool
    why: Why


@dataclass(frozen=True, slots=True)
class FactUse:
    """One dated or sourced value of a record."""

    record: Annotated[tuple[str, str], Alike]
    path: Annotated[tuple[str | int, ...], Alike]
    text: Annotated[str, AfterValidator(sys.intern)]
    kind: str
    sources: Annotated[tuple[str, ...], Alike]
    dated: Annotated[date | None, Alike]
    stale_since: Annotated[date | None, Alike]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that an account owes on a day."""

    account: str
    day: date
    kind: Literal["action", "review", "promise", "contract"]
    what: str
    owner: str | None
    overdue: bool
