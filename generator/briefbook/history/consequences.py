"""One account under two states of the content in, what follows from the change out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from briefbook.analyse.closeness import has_left, overall
from briefbook.analyse.facts import record_facts
from briefbook.analyse.money import in_book
from briefbook.analyse.results import FactUse, Fit, Number, Standing
from briefbook.analyse.standing import fit, important, standing
from briefbook.history.compare import text
from briefbook.load import Content, Record
from briefbook.model import Account, Book
from briefbook.quantity import Quantity

LOWERED, OWNER, CLASS = "target-lowered", "owner-changed", "class-change"


@dataclass(frozen=True, slots=True)
class Consequence:
    """A rule and its numbers; amounts are in the book's currency."""

    rule: str
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class State:
    """What is computed of one account, of all that a change may move."""

    account: Account
    standing: Standing
    fit: Fit
    important: bool
    closeness: Mapping[str, Decimal]
    left: frozenset[str]
    stale: Counter[tuple[str, ...]]
    fresh: Counter[tuple[str, ...]]
    targets: Mapping[tuple[str, str], Decimal]


def state(record: Record[Account], content: Content, today: date) -> State:
    """What is computed of one account on a day; of other records only book and strategies count."""
    account, book = record.value, content.book.value
    strategies = {id: one.value for id, one in content.strategies.items()}
    place = standing(account, book, today)
    found = record_facts(record, content.sources, book, today)
    now = {id: overall(one, book.closeness.weights, "now") for id, one in account.people.items()}
    return State(
        account=account,
        standing=place,
        fit=fit(account, place, strategies),
        important=important(account, place, book),
        closeness={id: mark for id, mark in now.items() if mark is not None},
        left=frozenset(id for id, one in account.people.items() if has_left(one, today)),
        stale=Counter(_places(found, stale=True)),
        fresh=Counter(_places(found, stale=False)),
        targets=dict(_targets(account, book)),
    )


def _places(found: Sequence[FactUse], *, stale: bool) -> Iterator[tuple[str, ...]]:
    """Where facts stand that are stale, or are not; entries of a list count together."""
    for one in found:
        if bool(one.stale_since) == stale:
            yield tuple(part for part in one.path if isinstance(part, str))


def _targets(account: Account, book: Book) -> Iterator[tuple[tuple[str, str], Decimal]]:
    targets = account.plan.targets if account.plan else None
    for period in ("year", "q1", "q2", "q3", "q4"):
        counters = getattr(targets, period, None)
        for name in ("incubate", "capture", "sign", "receive"):
            value = getattr(counters, name, None)
            amount = in_book(value, book) if isinstance(value, Quantity) else value
            if amount is not None:
                yield (period, name), Decimal(amount)


def consequences(old: State, new: State) -> tuple[Consequence, ...]:
    """What follows from the change, the gravest first."""
    return tuple(
        Consequence(rule, numbers)
        for part in (_placed, _strategy, _owner, _lowered, _deals, _people, _stale)
        for rule, numbers in part(old, new)
    )


_Found = Iterator[tuple[str, Mapping[str, Number]]]


def _placed(old: State, new: State) -> _Found:
    one, other = old.standing, new.standing
    if (one.year, one.contribution) != (other.year, other.contribution):
        amounts = _both(one.contribution, other.contribution)
        yield "contribution", {"year": other.year or one.year, **amounts}
    if one.potential != other.potential:
        yield "potential", _both(one.potential, other.potential)
    if one.level != other.level:
        yield "level", _both(one.level, other.level)
    if one.potential_level != other.potential_level:
        yield "potential-level", _both(one.potential_level, other.potential_level)
    if one.letter != other.letter:
        yield CLASS, _both(one.letter, other.letter)
    if old.important != new.important:
        yield "important" if new.important else "no-longer-important", {}


def _both(old: Number | None, new: Number | None) -> dict[str, Number]:
    found = {"old": old, "new": new}
    return {key: value for key, value in found.items() if value is not None}


def _strategy(old: State, new: State) -> _Found:
    used = new.fit.used
    if used and new.fit.fits is False and old.fit.fits is not False:
        yield "strategy-unfit", {"strategy": used}
    if used and new.fit.fits and old.fit.fits is False:
        yield "strategy-fits", {"strategy": used}


def _owner(old: State, new: State) -> _Found:
    if old.account.owner != new.account.owner:
        yield OWNER, _both(old.account.owner, new.account.owner)


def _lowered(old: State, new: State) -> _Found:
    plans = old.account.plan, new.account.plan
    if plans[0] and plans[1] and plans[0].year != plans[1].year:
        return  # another year's plan sets targets of its own
    for (period, name), before in old.targets.items():
        after = new.targets.get((period, name))
        if after is None or after < before:
            told = {"period": period, "counter": name, **_both(before, after)}
            yield LOWERED, told


def _deals(old: State, new: State) -> _Found:
    for id, deal in new.account.opportunities.items():
        before = old.account.opportunities.get(id)
        if before is None or before.stage != deal.stage:
            stages = _both(before.stage if before else None, deal.stage)
            yield "deal-moved", {"name": deal.name, **stages}
    for id, deal in old.account.opportunities.items():
        if id not in new.account.opportunities:
            yield "deal-gone", {"name": deal.name}


def _people(old: State, new: State) -> _Found:
    moved = {id: new.closeness[id] - mark for id, mark in old.closeness.items()
             if id in new.closeness}  # fmt: skip
    groups = {
        "cooled": [id for id, by in moved.items() if by < 0],
        "warmed": [id for id, by in moved.items() if by > 0],
        "left": sorted((new.left - old.left) & old.account.people.keys()),
    }
    for rule, ids in groups.items():
        if ids:
            people = [new.account.people[id] for id in ids]
            yield rule, {"n": len(ids), "who": ", ".join(text(one) or "" for one in people)}


def _stale(old: State, new: State) -> _Found:
    if late := (new.stale - old.stale).total():
        yield "went-stale", {"n": late}
    again = (old.stale - new.stale) & (new.fresh - old.fresh)
    if fresh := again.total():
        yield "fresh-again", {"n": fresh}
