"""What we offer and all accounts in; who uses it, who would need it, where it is offered out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefbook.analyse.industries import PainRow
from briefbook.analyse.results import Standing
from briefbook.load import Content
from briefbook.model import Account

UNSOLD = ("incubating", "captured")
"""Stages of a deal that is still to be won; one without a stage is among them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account with a pain that a capability answers, and without the capability.

    `needs` and `steps` are its own, by id and position; `pains` those of its industry, by id.
    """

    account: str
    potential: Decimal | None
    needs: tuple[str, ...]
    steps: tuple[int, ...]
    pains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """A deal in which a capability is offered."""

    account: str
    opportunity: str
    open: bool


@dataclass(frozen=True, slots=True)
class Capable:
    """One capability: pains by severity, users and white space by contribution and potential.

    `active` is the share of the seats of those accounts that tell both; `seats` are those seats.
    """

    id: str
    pains: tuple[PainRow, ...]
    users: tuple[str, ...]
    seats: Decimal
    active: Decimal | None
    white: tuple[Wanted, ...]
    deals: tuple[Offered, ...]


def capabilities(
    content: Content, standings: Mapping[str, Standing], pains: tuple[PainRow, ...]
) -> Mapping[str, Capable]:
    """Each capability of the book, in the book's order."""
    answering = _answering(pains)
    users: defaultdict[str, list[str]] = defaultdict(list)
    white: defaultdict[str, list[Wanted]] = defaultdict(list)
    deals: defaultdict[str, list[Offered]] = defaultdict(list)
    for id, record in content.accounts.items():
        account = record.value
        of_industry = answering.get(account.industry, {})
        for one in account.uses:
            users[one].append(id)
        for one, wanted in _wanted(id, account, standings[id].potential, of_industry):
            white[one].append(wanted)
        for one, offered in _offered(id, account):
            deals[one].append(offered)
    return {
        id: _capable(content, standings, id, pains, users[id], white[id], deals[id])
        for id in content.book.value.capabilities
    }


def _capable(
    content: Content,
    standings: Mapping[str, Standing],
    id: str,
    pains: tuple[PainRow, ...],
    users: list[str],
    white: list[Wanted],
    deals: list[Offered],
) -> Capable:
    def size(account: str) -> tuple[Decimal, str]:
        return -(standings[account].contribution or Decimal(-1)), account

    seats, active = _adoption(content, id, users)
    return Capable(
        id=id,
        pains=tuple(row for row in pains if id in row.answered_by),
        users=tuple(sorted(users, key=size)),
        seats=seats,
        active=active,
        white=tuple(sorted(white, key=lambda one: (-(one.potential or Decimal(-1)), one.account))),
        deals=tuple(sorted(deals, key=lambda one: (not one.open, *size(one.account)))),
    )


def _answering(pains: tuple[PainRow, ...]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Pains by industry and by the capability that answers them."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in pains:
        for one in row.answered_by:
            found[row.industry][one].append(row.id)
    return {
        industry: {one: tuple(ids) for one, ids in by.items()} for industry, by in found.items()
    }


def _wanted(
    id: str,
    account: Account,
    potential: Decimal | None,
    of_industry: Mapping[str, tuple[str, ...]],
) -> Iterator[tuple[str, Wanted]]:
    """By capability that the account lacks: its open needs and steps, its industry's pains."""
    needs: defaultdict[str, list[str]] = defaultdict(list)
    steps: defaultdict[str, list[int]] = defaultdict(list)
    for key, need in account.needs.items():
        for one in dict.fromkeys(need.answered_by) if need.met != "yes" else ():
            needs[one].append(key)
    for at, step in enumerate(account.process):
        for one in dict.fromkeys(step.answered_by) if step.pain else ():
            steps[one].append(at)
    for one in dict.fromkeys((*needs, *steps, *of_industry)):
        if one not in account.uses:
            yield one, Wanted(id, potential, tuple(needs[one]), tuple(steps[one]),
                              of_industry.get(one, ()))  # fmt: skip


def _offered(id: str, account: Account) -> Iterator[tuple[str, Offered]]:
    for key, deal in account.opportunities.items():
        for one in dict.fromkeys(deal.offers):
            yield one, Offered(id, key, (deal.stage or UNSOLD[0]) in UNSOLD)


def _adoption(content: Content, id: str, users: list[str]) -> tuple[Decimal, Decimal | None]:
    """Seats of accounts that tell seats and the share in use, and the share over all of them."""
    seats = used = Decimal(0)
    for account in users:
        use = content.accounts[account].value.uses[id]
        if use.seats and use.active:
            seats += use.seats.number
            used += use.seats.number * use.active.number / 100
    return seats, used / seats if seats else None
