"""The people of an account in, how close we are to each, to departments and to the account out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator

from briefbook.analyse.facts import fresh_until
from briefbook.analyse.results import Alike, Why, shared
from briefbook.model import Book
from briefbook.model.book import Weights
from briefbook.model.people import Person
from briefbook.quantity import Day, QuantityError, period, same
from briefbook.spelling import alphabetical

MEASURES = ("relation", "solution", "price")
INFLUENCE = {"high": 3, "medium": 2, "low": 1}
"""Rule 11: how much a person weighs; influence that is not known weighs as low."""
Side = Literal["now", "target"]
One = Annotated[Decimal, AfterValidator(same)]


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close we are and want to be, on the book's scale; None where nothing is known."""

    now: One | None
    target: One | None

    @property
    def gap(self) -> Decimal | None:
        """Rule 11: target minus now, None unless both are known."""
        return None if self.now is None or self.target is None else self.target - self.now


@dataclass(frozen=True, slots=True)
class Standing:
    """One person: closeness, weight (3, 2 or 1), steps below the CEO, and whether that is old.

    `stale_since` is the last day on which `verified` was fresh, where that has passed; `uneven`
    says that now and target rest on different measures.
    """

    id: str
    closeness: Closeness
    weight: int
    gone: bool
    distance: int | None
    verified: date | None
    stale_since: date | None
    uneven: bool

    @property
    def urgency(self) -> Decimal | None:
        """Rule 11: gap times influence."""
        gap = self.closeness.gap
        return None if gap is None else gap * self.weight

    @property
    def old(self) -> bool:
        """Not verified lately, or never."""
        return self.verified is None or self.stale_since is not None


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the people who have not left: all, those whose now and whose target are known, their
    weight, those not verified lately, and those known whose influence is not; and how many left.
    """

    people: int
    known: int
    aimed: int
    weight: int
    left: int
    old: int
    unweighted: int


_COUNTS = tuple(one.name for one in fields(Counts))


@dataclass(frozen=True, slots=True)
class RollUp:
    """Closeness of a department, or of the account where `name` is None (rule 11)."""

    name: str | None
    closeness: Closeness
    counts: Annotated[Counts, Alike]

    @property
    def why(self) -> Why:
        """The rule, and the numbers that are known."""
        level = self.closeness
        marks = {"now": level.now, "target": level.target, "gap": level.gap}
        known = {key: mark for key, mark in marks.items() if mark is not None}
        return Why("closeness", {**{name: getattr(self.counts, name) for name in _COUNTS}, **known})


def has_left(person: Person, today: date) -> bool:
    """Whether a person has left; of a month or a year that runs, the first day counts."""
    return person.left is not None and begins(person.left) <= today


def begins(day: Day) -> date:
    """The first day of what was written as a day, a month, a quarter or a year."""
    try:
        return period(day.text).first
    except QuantityError:
        return day.date


def overall(person: Person, weights: Weights, side: Side) -> Decimal | None:
    """Rule 11: the mean of the measures that are known, weighted by the book, else None."""
    return _mean(_marks(person, side), weights)


def _marks(person: Person, side: Side) -> Mapping[str, int]:
    """The measures that are known."""
    return {
        name: mark
        for name in MEASURES
        if (measure := getattr(person, name)) and (mark := getattr(measure, side)) is not None
    }


def _mean(marks: Mapping[str, int], weights: Weights) -> Decimal | None:
    return weighted((Decimal(one), getattr(weights, name).number) for name, one in marks.items())


def weighted(pairs: Iterable[tuple[Decimal, Decimal | int]]) -> Decimal | None:
    """The mean of values with their weights; None for none, or where all weigh nothing."""
    given = list(pairs)
    total = sum([weight for _, weight in given], Decimal(0))
    if not total:
        return None
    return same(sum([value * weight for value, weight in given], Decimal(0)) / total)


def standing(
    id: str, person: Person, weights: Weights, steps: int | None, book: Book, today: date
) -> Standing:
    verified = person.verified.date if person.verified else None
    until = fresh_until(verified, "person", book) if verified else None
    now, target = _marks(person, "now"), _marks(person, "target")
    return Standing(
        id=id,
        closeness=Closeness(_mean(now, weights), _mean(target, weights)),
        weight=INFLUENCE.get(person.influence or "", 1),
        gone=has_left(person, today),
        distance=steps,
        verified=verified,
        stale_since=until if until and until < today else None,
        uneven=now.keys() != target.keys(),
    )


def departments(found: Mapping[str, Standing], people: Mapping[str, Person]) -> tuple[RollUp, ...]:
    """One for each department with people who have not left, those without one last."""
    groups: dict[str, list[Standing]] = {}
    for id, one in found.items():
        groups.setdefault(people[id].department or "", []).append(one)
    return tuple(
        roll_up(name, groups[name], people)
        for name in sorted(groups, key=lambda name: (not name, alphabetical(name)))
        if any(not one.gone for one in groups[name])
    )


def roll_up(name: str | None, members: Sequence[Standing], people: Mapping[str, Person]) -> RollUp:
    there = [one for one in members if not one.gone]
    now = [(one.closeness.now, one.weight) for one in there if one.closeness.now is not None]
    aims = [(one.closeness.target, one.weight) for one in there if one.closeness.target is not None]
    level = Closeness(weighted(now), weighted(aims))
    known = [one for one in there if one.closeness.now is not None]
    counts = Counts(
        people=len(there),
        known=len(now),
        aimed=len(aims),
        weight=sum(weight for _, weight in now),
        left=len(members) - len(there),
        old=sum(one.old for one in there),
        unweighted=sum(people[one.id].influence is None for one in known),
    )
    return RollUp(name, level, shared(counts))
