"""An account, the book, the strategies and a day in; what follows from these alone out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.analyse.completeness import Completeness, completeness
from briefbook.analyse.due import due
from briefbook.analyse.facts import record_facts
from briefbook.analyse.people import DecisionChain
from briefbook.analyse.people import study as decision_chain
from briefbook.analyse.plans import PlanState, plan_state
from briefbook.analyse.results import Class, Due, FactUse, Fit, Standing
from briefbook.analyse.signs import Sign, signs
from briefbook.analyse.standing import fit, important, standing
from briefbook.load import Record
from briefbook.memory import Calls
from briefbook.model import Account, Book, Source, Strategy


@dataclass(frozen=True, slots=True)
class Alone:
    """What is computed of one account without any other, each as in `Results`."""

    standing: Standing
    fit: Fit
    important: bool
    dues: tuple[Due, ...]
    plan: PlanState | None
    signs: tuple[Sign, ...]
    people: DecisionChain | None
    complete: Completeness
    facts: tuple[FactUse, ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """The part of it that takes most of the time, and that can be written down as it is."""

    people: DecisionChain | None
    complete: Completeness
    facts: tuple[FactUse, ...]


def inside(
    record: Record[Account],
    letter: Class | None,
    important: bool,
    book: Book,
    sources: Mapping[str, Source],
    today: date,
) -> Inside:
    """What its people say, and what the whole file does, which is opened once for that."""
    return Inside(
        people=decision_chain(record.value, book, today) if record.value.people else None,
        complete=completeness(record.tree.data, letter, important=important),
        facts=record_facts(record, sources, book, today),
    )


def alone(
    record: Record[Account],
    book: Book,
    strategies: Sequence[Record[Strategy]],
    sources: Mapping[str, Source],
    today: date,
    calls: Calls,
) -> Alone:
    """All of it on the day `today`."""
    account = record.value
    place = standing(account, book, today)
    chosen = important(account, place, book)
    dues = tuple(sorted(due(record, book, today), key=order))
    found = calls.alone(inside, record, place.letter, chosen, book, sources, today)
    return Alone(
        standing=place,
        fit=fit(account, place, {one.id: one.value for one in strategies}),
        important=chosen,
        dues=dues,
        plan=plan_state(account, book, today),
        signs=signs(account, place, dues, book, today),
        people=found.people,
        complete=found.complete,
        facts=found.facts,
    )


def order(one: Due) -> tuple[date, str, str, str]:
    """By day; what is of one day by account, kind and text."""
    return one.day, one.account, one.kind, one.what
