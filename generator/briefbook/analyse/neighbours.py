"""Accounts in; for each, the others that share most with it out (same industry, pain, node...)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from briefbook.analyse.results import shared
from briefbook.load import Record
from briefbook.memory import Calls
from briefbook.model import Account

MOST = 12
_CROWD = 200
"""What more accounts than this share sets nobody apart, and would cost the square of them."""
KINDS = ("industry", "benchmark", "pain", "node")
Key = tuple[str, str]
"""A kind, and which one."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another account and what both share: kinds, in the order of `KINDS`."""

    account: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts that share one thing, in the order of the files, and where each stands."""

    members: Sequence[str]
    at: Mapping[str, int]

    @property
    def crowded(self) -> bool:
        """Whether not all of them are near."""
        return len(self.members) > _CROWD

    def near(self, id: str) -> Sequence[str]:
        """Everybody; of a crowd those who stand next to the account, as many on either side."""
        if not self.crowded:
            return self.members
        place = self.at[id]
        return self.members[max(place - MOST, 0) : place + MOST + 1]


def neighbours(
    accounts: Mapping[str, Record[Account]], calls: Calls | None = None
) -> Mapping[str, tuple[Neighbour, ...]]:
    """The nearest accounts of each, those that share most kinds first, at most 12 (rule 22)."""
    keys = tuple((id, frozenset(_keys(record.value))) for id, record in accounts.items())
    return (calls or Calls()).of(_neighbours, keys)


def _neighbours(
    accounts: tuple[tuple[str, frozenset[Key]], ...],
) -> Mapping[str, tuple[Neighbour, ...]]:
    """The same, of accounts with all that they may share: few edits change any of that."""
    keys = dict(accounts)
    members: defaultdict[Key, list[str]] = defaultdict(list)
    for id, of in keys.items():
        for key in of:
            members[key].append(id)
    groups = {
        key: Group(ids, {id: at for at, id in enumerate(ids)}) for key, ids in members.items()
    }
    place = {id: at for at, id in enumerate(keys)}
    return {id: _nearest(id, keys, groups, place) for id in keys}


def _keys(account: Account) -> Iterator[Key]:
    yield "industry", account.industry
    for peer in account.finance.peers if account.finance else ():
        yield "benchmark", peer
    for one in account.needs.values():
        if one.pain:
            yield "pain", f"{account.industry}/{one.pain}"
    for node in account.stands_at:
        yield "node", f"{account.industry}/{node}"


def _nearest(
    id: str,
    keys: Mapping[str, frozenset[Key]],
    groups: Mapping[Key, Group],
    place: Mapping[str, int],
) -> tuple[Neighbour, ...]:
    """Among those that share as much, those that stand near in the order of all accounts.

    Nearness goes both ways: two accounts of equal rank list each other, not all the same twelve.
    """
    sharing: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for key in keys[id]:
        sharing[key[0]].update(groups[key].near(id))
    others = set[str]().union(*sharing.values())
    for key in keys[id]:
        if groups[key].crowded:  # those that stand near by something else share this, too
            sharing[key[0]].update(one for one in others if one in groups[key].at)
    ranks: defaultdict[int, list[str]] = defaultdict(list)
    for other, count in Counter(chain(*sharing.values())).items():
        ranks[count].append(other)

    def far(other: str) -> tuple[int, int]:
        return abs(place[other] - place[id]), place[other]

    nearest: list[str] = []
    for count in sorted(ranks, reverse=True):
        if len(nearest) <= MOST:  # the account itself is the first of them
            nearest += sorted(ranks[count], key=far)
    return tuple(
        shared(Neighbour(other, tuple(kind for kind in KINDS if other in sharing[kind])))
        for other in nearest[1 : MOST + 1]
    )
