"""Neighbour accounts: who shares most, listed both ways, at a cost that grows with the accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from briefbook.analyse import neighbours as module
from briefbook.analyse.neighbours import MOST, Group, Neighbour, neighbours
from briefbook.load import Record
from briefbook.memory import Memory
from briefbook.model import Account
from tests.small import record


def near(**accounts: Mapping[str, Any]) -> Mapping[str, tuple[Neighbour, ...]]:
    """The neighbours of accounts with these fields."""
    return neighbours({
        id: record("account", id, {"name": id, "industry": "retail", **fields})
        for id, fields in accounts.items()
    })  # fmt: skip


def told(of: tuple[Neighbour, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Who and what is shared."""
    return [(one.account, one.shared) for one in of]


PAIN = {"needs": {"more": {"need": "More", "pain": "footfall"}}}
NODE = {"stands_at": ["shops"]}
PEER = {"finance": {"peers": ["company/jd"]}}


def test_who_shares_most_stands_first() -> None:
    """Same industry, same benchmark, same pain, same node; kinds are counted, each once."""
    found = near(a={**PAIN, **NODE, **PEER}, b={}, c={**PAIN, **NODE}, d={**PEER, "industry": "x"})
    assert told(found["a"]) == [
        ("c", ("industry", "pain", "node")), ("b", ("industry",)), ("d", ("benchmark",)),
    ]  # fmt: skip
    assert told(found["d"]) == [("a", ("benchmark",))]


def test_pains_and_nodes_belong_to_their_industry() -> None:
    """The same id in another industry is another thing."""
    found = near(a={**PAIN, **NODE}, b={**PAIN, **NODE, "industry": "banking"})
    assert found["a"] == found["b"] == ()


def test_nobody_is_a_neighbour_of_oneself() -> None:
    """Alone in the industry there is none, and what is written twice counts once."""
    twice = {"stands_at": ["shops", "shops"], "finance": {"peers": ["company/jd", "company/jd"]}}
    found = near(a=twice, b=twice)
    assert told(found["a"]) == [("b", ("industry", "benchmark", "node"))]
    assert near(a=twice)["a"] == ()


def test_they_are_found_anew_only_if_something_shared_is_another() -> None:
    """An edit of anything else is not waited for."""
    known, fields = Memory(), {"name": "A", "industry": "retail", **NODE}

    def found(**other: Any) -> object:
        pair = {id: record("account", id, fields) for id in "ab"}
        made = neighbours({**pair, "a": record("account", "a", {**fields, **other})}, known)
        known.forget()
        return made

    first = found()
    assert found(name="B") is first
    assert found(industry="banking") == {"a": (), "b": ()}


def crowd(count: int) -> dict[str, Record[Account]]:
    """Accounts of one industry that share one node, some of them a pain."""
    one = record("account", "one", {"name": "One", "industry": "retail", **NODE})
    other = record("account", "other", {"name": "Other", "industry": "retail", **NODE, **PAIN})
    return {f"a{n:04}": other if n % 500 == 7 else one for n in range(count)}


@pytest.mark.parametrize("count", [30, 5000])
def test_lists_are_short_and_mostly_mutual(count: int) -> None:
    """Rule 22: at most 12; of equal rank those that stand near, so that nobody is on all lists."""
    found = neighbours(crowd(count))
    listed = {id: {one.account for one in of} for id, of in found.items()}
    assert {len(of) for of in listed.values()} == {MOST}
    mutual = [id in listed[other] for id, of in listed.items() for other in of]
    assert sum(mutual) > 0.85 * len(mutual)
    seen = [other for of in listed.values() for other in of]
    assert max(seen.count(id) for id in list(listed)[:: max(count // 30, 1)]) <= 3 * MOST


def test_what_few_share_is_found_in_a_crowd() -> None:
    """A pain that ten of 5,000 have sets them apart, however far they stand from each other."""
    found = neighbours(crowd(5000))
    of = told(found["a0007"])
    assert [other for other, shared in of if "pain" in shared] == [
        f"a{n:04}" for n in range(507, 5000, 500)
    ]
    assert len(of) == MOST


class Counted(tuple[str, ...]):
    """Members of a group; every one that is looked at is counted."""

    seen = 0

    def __iter__(self) -> Iterator[str]:
        for one in super().__iter__():
            Counted.seen += 1
            yield one

    def __getitem__(self, at: Any) -> Any:
        got = super().__getitem__(at)
        Counted.seen += len(got) if isinstance(at, slice) else 1
        return got

    def index(self, *_: Any) -> int:
        """Looking for one in all of them is what makes the cost a square."""
        raise AssertionError("a search through the whole group")


def test_five_thousand_accounts_cost_no_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each account looks at as many others as its groups allow, not at all of its industry."""
    monkeypatch.setattr(module, "Group", lambda members, at: Group(Counted(members), at))
    looked = []
    for count in (1000, 5000):
        Counted.seen = 0
        neighbours(crowd(count))
        looked.append(Counted.seen)
    small, large = looked
    assert 0 < large < 5000 * 4 * (2 * MOST + 1)
    assert large < 5.5 * small
