"""People of accounts in, the actual buyer out: ten attributes of those who decide.

Source: the TMS article, lines 39 to 41. Who decides need not be who signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.analyse.profile_fit import Counts, counted
from briefbook.model import Account
from briefbook.model.people import Person

ATTRIBUTES = (
    "roles", "title", "distance", "gender", "age", "education", "personality", "behaviour",
    "experience", "drivers",
)  # fmt: skip
PERSONAL = frozenset({"gender", "age", "personality"})
"""Kept only where the book allows personal attributes."""
MOST = 3
"""Values kept of an attribute, the most common first."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its most common values with counts, and how many people state it.

    `off` is true where the book does not allow to keep it. Steps from the top are digits.
    """

    name: str
    counts: Counts
    known: int
    off: bool


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who decides: how many people of how many accounts, and what they have in common."""

    people: int
    accounts: int
    attributes: tuple[Attribute, ...]


Decider = tuple[Account, str, Person]


def deciders(accounts: Sequence[Account], today: date) -> tuple[Decider, ...]:
    """Decision makers that have not left, with their account and id."""
    return tuple(
        (account, id, person)
        for account in accounts
        for id, person in account.people.items()
        if "decision-maker" in person.roles and not (person.left and person.left.date <= today)
    )


def buyer(accounts: Sequence[Account], today: date, personal: bool) -> Buyer:
    """The buyer that the decision makers of some accounts have in common."""
    found = deciders(accounts, today)
    return Buyer(
        people=len(found),
        accounts=len({id(account) for account, _, _ in found}),
        attributes=tuple(_attribute(name, found, personal) for name in ATTRIBUTES),
    )


def _attribute(name: str, found: Sequence[Decider], personal: bool) -> Attribute:
    if name in PERSONAL and not personal:
        return Attribute(name, (), 0, off=True)
    said = [tuple(values(one, name)) for one in found]
    counts = counted(value for one in said for value in one)
    return Attribute(name, counts[:MOST], sum(1 for one in said if one), off=False)


def values(one: Decider, name: str) -> Iterator[str]:
    """What is stated of one attribute of a decision maker; roles and drivers are several."""
    account, id, person = one
    if name in {"roles", "drivers"}:
        yield from getattr(person, name)
    elif name == "distance":
        steps = distance(id, account.people)
        if steps is not None:
            yield str(steps)
    else:
        holder = person.personal if name in PERSONAL else person
        value = getattr(holder, name, None)
        if value is not None:
            yield value


def distance(id: str, people: Mapping[str, Person]) -> int | None:
    """Steps along `reports_to` to the top; None for a loop, and for one whom nobody knows above.

    Someone without a superior counts as the top only if others report to them.
    """
    seen, at = [id], id
    while (above := people[at].reports_to) is not None:
        if above not in people or above in seen:
            return None
        seen.append(above)
        at = above
    if len(seen) == 1 and not any(one.reports_to == id for one in people.values()):
        return None
    return len(seen) - 1
