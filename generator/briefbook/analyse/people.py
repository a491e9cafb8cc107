"""The people of an account in; distances, roll-ups, coverage, gaps and ways in out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from briefbook.analyse.closeness import (
    RollUp,
    Standing,
    departments,
    has_left,
    roll_up,
    standing,
)
from briefbook.analyse.results import Alike, shared
from briefbook.analyse.tree import parent_loops
from briefbook.model import Account, Book
from briefbook.model.people import Influence, Person

FRIENDS = frozenset({"mentor", "supporter"})
_TOPS = (
    "ceo", "chief executive", "general director", "managing director", "tổng giám đốc",
    "首席执行官", "总经理", "总裁",
)  # fmt: skip
_BELOW_TOP = ("deputy", "vice", "assistant", "former", "phó", "trợ lý", "副", "助理")


@dataclass(frozen=True, slots=True)
class Role:
    """A must-have role, who has it, and who had it before leaving."""

    role: str
    holders: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionChain:
    """What the people of an account say together.

    `tops` report to nobody known; `top` is the one from whom steps are counted, None where several
    could be it. `urgent` are the people with a gap, the largest gap times influence first; `ways`
    lead along influence from a friend to a decision maker who is none.
    """

    people: Mapping[str, Standing]
    account: RollUp
    departments: tuple[RollUp, ...]
    roles: tuple[Annotated[Role, Alike], ...]
    tops: tuple[str, ...]
    top: str | None
    above: Mapping[str, str]
    urgent: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]


def study(account: Account, book: Book, today: date) -> DecisionChain:
    """Everything that the people of an account say on the day `today`."""
    people = account.people
    above = bosses(people)
    tops = tuple(id for id in people if id not in above)
    top = _top(people, tops, above)
    steps = _steps(above, top)
    weights = book.closeness.weights
    found = {
        id: standing(id, one, weights, steps.get(id), book, today) for id, one in people.items()
    }
    return DecisionChain(
        people=found,
        account=roll_up(None, list(found.values()), people),
        departments=departments(found, people),
        roles=coverage(people, book.must_have_roles, today),
        tops=tops,
        top=top,
        above=above,
        urgent=_urgent(found),
        ways=_ways(account.influences, people, found),
    )


def bosses(people: Mapping[str, Person]) -> dict[str, str]:
    """Who stands above each person; nobody above those of a loop and under unknown people."""
    known = {id: one.reports_to for id, one in people.items() if one.reports_to in people}
    looped = {id for loop in parent_loops(known) for id in loop}
    return {id: up for id, up in known.items() if up is not None and id not in looped}


def coverage(people: Mapping[str, Person], needed: Sequence[str], today: date) -> tuple[Role, ...]:
    """Each role that the book asks for, with whoever has it and whoever left with it."""
    made = []
    for role in dict.fromkeys(needed):
        some = [id for id, one in people.items() if role in one.roles]
        gone = tuple(id for id in some if has_left(people[id], today))
        made.append(shared(Role(role, tuple(id for id in some if id not in gone), gone)))
    return tuple(made)


def _top(people: Mapping[str, Person], tops: Sequence[str], above: Mapping[str, str]) -> str | None:
    """The only one at the top; of several the one called CEO, or the only one with a team."""
    if len(tops) < 2:
        return tops[0] if tops else None
    named = [id for id in tops if _is_chief(people[id].title)]
    leading = set(above.values())
    for some in (named, [id for id in tops if id in leading]):
        if some:
            return some[0] if len(some) == 1 else None
    return None


def _is_chief(title: str | None) -> bool:
    said = f" {(title or '').casefold()} "
    return any(word in said for word in _TOPS) and not any(word in said for word in _BELOW_TOP)


def _steps(above: Mapping[str, str], top: str | None) -> dict[str, int]:
    """Requirement 19: steps along reporting lines from the top to each person below."""
    if top is None:
        return {}
    below: defaultdict[str, list[str]] = defaultdict(list)
    for id, up in above.items():
        below[up].append(id)
    return {id: len(way) - 1 for id, way in _shortest(below, top).items()}


def _shortest(after: Mapping[str, Sequence[str]], start: str) -> dict[str, tuple[str, ...]]:
    """A shortest way to each that can be reached, from there back to the start."""
    found: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    for id in waiting:
        for one in after.get(id, ()):
            if one not in found:
                found[one] = (one, *found[id])
                waiting.append(one)
    return found


def _urgent(found: Mapping[str, Standing]) -> tuple[str, ...]:
    """Rule 11: people with something to gain, by gap times influence, then as written."""
    wanted = [
        (one.urgency, id)
        for id, one in found.items()
        if not one.gone and one.urgency is not None and one.urgency > 0
    ]
    return tuple(id for _, id in sorted(wanted, key=lambda pair: -pair[0]))


def _ways(
    influences: Sequence[Influence], people: Mapping[str, Person], found: Mapping[str, Standing]
) -> tuple[tuple[str, ...], ...]:
    """The shortest way along influence from a friend to each decision maker who is none."""
    here = {id: place for place, (id, one) in enumerate(found.items()) if not one.gone}
    lines = [one for one in influences if one.from_ in here and one.to in here]
    before: defaultdict[str, list[str]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: here[line.from_]):
        before[line.to].append(line.from_)
    friends = [id for id in here if people[id].stance in FRIENDS]
    ways: list[tuple[str, ...]] = []
    for id in here:
        one = people[id]
        if id in before and "decision-maker" in one.roles and one.stance not in FRIENDS:
            reached = _shortest(before, id)
            near = [reached[friend] for friend in friends if friend in reached]
            ways += [min(near, key=len)] if near else []
    return tuple(ways)
