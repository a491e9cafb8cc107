"""Content and results in, the questions of the quiz out: written ones, and those drawn by hash."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from briefbook.analyse.answers import Lacking, Told, closed, different, split, told
from briefbook.analyse.quiz_results import FINDERS, REFERABLE, Found, Known, drawn
from briefbook.model.words import QuizItem

WRONG = 3
"""Wrong answers that are offered at most where the page chooses them."""
EACH = 4
"""Questions of one kind that are drawn for a page."""
Ban = Literal["unknown", "clash", "few"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all its answers in the order in which they are shown.

    `item` is the question as written, None for one that is drawn; `result` names the result that
    is asked, empty for an authored fact; `about` is what else a drawn question names.
    """

    id: str
    kind: str
    record: str
    result: str
    answer: Told
    options: tuple[Told, ...]
    item: QuizItem | None = None
    about: Told | None = None


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A written question that makes no sense today: its result is unknown, or wrong ones are not.

    `at` is the position of the wrong answer that is right today.
    """

    id: str
    why: Ban
    at: int = 0


def result_of(reference: str) -> str:
    """The result that a reference names, or nothing."""
    kind, _, path = split(reference)
    return path if path in REFERABLE.get(kind, ()) else ""


def found(known: Known, reference: str) -> Found | None:
    """What a reference to a result leads to today."""
    kind, id, path = split(reference)
    return FINDERS[kind][path](known, id) if id in known.content.of(kind) else None


def written(known: Known) -> Iterator[Asked | NotAsked]:
    """The questions of quiz.yml in their order, as far as they can be asked today."""
    for id, item in known.content.quiz.value.of.items():
        made = _written(known, id, item)
        if made:
            yield made


def _written(known: Known, id: str, item: QuizItem) -> Asked | NotAsked | None:
    result = result_of(item.answer)
    one = found(known, item.answer) if result else None
    answer = one.answer if one else told(known.content, item.answer)
    if result and one is None:
        return NotAsked(id, "unknown")
    if isinstance(answer, Lacking):
        return None  # an error of its own
    if item.others:
        others = [_other(known, reference) for reference in item.others]
        for at, each in enumerate(others):
            if each and each.same == answer.same:
                return NotAsked(id, "clash", at)
        wrong = different(answer, (each for each in others if each))
    else:
        wrong = _some(id, answer, one.others if one else closed(answer))
    if not wrong:
        return NotAsked(id, "few")
    return Asked(id, "written", _subject(item.answer, answer), result, answer,
                 _mixed(id, answer, wrong), item)  # fmt: skip


def _subject(reference: str, answer: Told) -> str:
    """The record that a written question is about."""
    kind, id, _ = split(reference)
    return f"{kind}/{id}" if kind else f"{answer.kind}/{answer.id}"


def _other(known: Known, reference: str) -> Told | None:
    if result_of(reference):
        one = found(known, reference)
        return one.answer if one else None
    made = told(known.content, reference)
    return made if isinstance(made, Told) else None


def _some(id: str, answer: Told, others: Iterable[Told]) -> tuple[Told, ...]:
    """A few of the wrong answers; one more record changes at most one of them."""
    kept = different(answer, others)
    return tuple(sorted(kept, key=lambda one: (drawn(id, "wrong", one.same), one.same))[:WRONG])


def _mixed(id: str, answer: Told, wrong: Sequence[Told]) -> tuple[Told, ...]:
    """Right and wrong answers in an order that hangs on the question; classes from A to D."""
    some = (answer, *wrong)
    if answer.form in {"class", "day", "quantity"} and len({one.form for one in some}) == 1:
        return tuple(sorted(some, key=_natural))
    return tuple(sorted(some, key=lambda one: (drawn(id, "order", one.same), one.same)))


def _natural(one: Told) -> tuple[object, ...]:
    value = one.value
    return (getattr(value, "unit", ""), getattr(value, "number", value), one.same)


def generated(
    known: Known, kind: str, ids: Iterable[str], each: int = EACH, told: Collection[Asked] = ()
) -> tuple[Asked, ...]:
    """Up to `each` questions of every kind about some records, those with the least hash first.

    What a written question in `told` asks is not asked again.
    """
    ids = tuple(ids)
    taken = {pair for one in told for pair in _pairs(one)}
    return tuple(
        asked
        for name in FINDERS[kind]
        for asked in islice(_drawn(known, kind, name, ids, taken), each)
    )


def _drawn(
    known: Known, kind: str, name: str, ids: Iterable[str], taken: Set[tuple[str, str]]
) -> Iterator[Asked]:
    for id in sorted(ids, key=lambda id: (drawn(name, id), id)):
        one, key = FINDERS[kind][name](known, id), f"{name}/{id}"
        if one and (wrong := _some(key, one.answer, one.others)):
            asked = Asked(key, name, f"{kind}/{id}", name, one.answer,
                          _mixed(key, one.answer, wrong), about=one.about)  # fmt: skip
            if taken.isdisjoint(_pairs(asked)):
                yield asked


def _pairs(one: Asked) -> tuple[tuple[str, str], tuple[str, str]]:
    """What makes two questions one: the same result of a record, or the same answer about it."""
    return (one.record, f"result {one.result or one.id}"), (one.record, one.answer.same)


def by_owner(known: Known) -> Mapping[str, tuple[str, ...]]:
    """Accounts of each member of the team, in the order of the book."""
    found_: dict[str, list[str]] = {id: [] for id in known.content.book.value.team}
    for id, record in known.content.accounts.items():
        if record.value.owner in found_:
            found_[record.value.owner].append(id)
    return {id: tuple(accounts) for id, accounts in found_.items()}
