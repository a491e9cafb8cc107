"""Records and what was found about them in, how far they can be trusted out, by account and owner.

Nothing is weighed: counts of fields, facts and people, and an order in which to work on them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefbook.analyse.completeness import PARTS, Completeness
from briefbook.analyse.figures import unsourced
from briefbook.analyse.people import DecisionChain
from briefbook.analyse.plans import plan_required
from briefbook.analyse.results import FactUse, Standing
from briefbook.load import Content

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bare:
    """A figure of which nobody can tell where it comes from."""

    record: Key
    path: tuple[str | int, ...]
    node: Any


@dataclass(frozen=True, slots=True)
class Tally:
    """Fields that are there of those expected; stale facts, figures without a source, people.

    `people` have not left; `unverified` of them were not verified lately, or never (rule 11).
    """

    accounts: int = 0
    have: int = 0
    expected: int = 0
    stale: int = 0
    unsourced: int = 0
    people: int = 0
    unverified: int = 0

    @property
    def missing(self) -> int:
        """Fields that are expected and not there."""
        return self.expected - self.have

    @property
    def work(self) -> int:
        """Everything that somebody could mend, each thing counted once."""
        return self.missing + self.stale + self.unsourced + self.unverified


@dataclass(frozen=True, slots=True)
class PartTally:
    """One part of a playbook: accounts that are asked for it, those that have all of it, fields."""

    part: str
    accounts: int
    whole: int
    have: int
    expected: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How far the content can be trusted.

    `worst` are accounts to work on, in order: class A and important C, then B, other C and what
    has no class, then D; of each the least complete first, then the largest contribution.
    `owners` have the most work first; None stands for accounts that nobody owns. `stale` and
    `bare` count all records, industries and companies too; `total` counts accounts only.
    """

    accounts: Mapping[str, Tally]
    worst: tuple[str, ...]
    of_owner: Mapping[str | None, tuple[str, ...]]
    owners: Mapping[str | None, Tally]
    parts: tuple[PartTally, ...]
    total: Tally
    bare: tuple[Bare, ...]
    stale: int


def quality(
    content: Content,
    standings: Mapping[str, Standing],
    important: frozenset[str],
    complete: Mapping[str, Completeness],
    people: Mapping[str, DecisionChain],
    facts: Iterable[FactUse],
) -> Quality:
    """Count what lacks, by account, owner and part."""
    stale = Counter(one.record for one in facts if one.stale_since)
    bare = tuple(_bare(content))
    unsaid = Counter(one.record for one in bare)
    accounts = {
        id: _tally(done, people.get(id), stale["account", id], unsaid["account", id])
        for id, done in complete.items()
    }
    worst = tuple(
        sorted(accounts, key=lambda id: _order(id, standings[id], important, accounts[id]))
    )
    of_owner: defaultdict[str | None, list[str]] = defaultdict(list)
    for id in worst:
        of_owner[content.accounts[id].value.owner].append(id)
    owners = {one: _sum(accounts[id] for id in ids) for one, ids in of_owner.items()}
    ordered = sorted(owners, key=lambda one: (one is None, -owners[one].work, one or ""))
    return Quality(
        accounts=accounts,
        worst=worst,
        of_owner={one: tuple(of_owner[one]) for one in ordered},
        owners={one: owners[one] for one in ordered},
        parts=_parts(complete.values()),
        total=_sum(accounts.values()),
        bare=bare,
        stale=stale.total(),
    )


def _bare(content: Content) -> Iterator[Bare]:
    """As the rule `no-source` has it: what is invented needs no source."""
    if content.book.value.sample:
        return
    for record in content.records():
        if record.kind != "strategy" and not record.value.sample:
            for path, node in unsourced(record.tree.data):
                yield Bare((record.kind, record.id), path, node)


def _tally(done: Completeness, chain: DecisionChain | None, stale: int, bare: int) -> Tally:
    here = [one for one in chain.people.values() if not one.gone] if chain else []
    return Tally(
        accounts=1,
        have=done.have,
        expected=done.expected,
        stale=stale,
        unsourced=bare,
        people=len(here),
        unverified=sum(one.old for one in here),
    )


def _order(
    id: str, place: Standing, important: frozenset[str], tally: Tally
) -> tuple[int, float, bool, float, str]:
    first = 0 if plan_required(place.letter, important=id in important) else 1
    tier = 2 if place.letter == "d" and first else first
    share = tally.have / tally.expected if tally.expected else 1.0
    brought = place.contribution
    return tier, share, brought is None, -float(brought or 0), id


def _sum(tallies: Iterable[Tally]) -> Tally:
    rows = list(tallies)
    return Tally(**{
        name: sum(getattr(one, name) for one in rows)
        for name in ("accounts", "have", "expected", "stale", "unsourced", "people", "unverified")
    })  # fmt: skip


def _parts(complete: Iterable[Completeness]) -> tuple[PartTally, ...]:
    found: dict[str, list[int]] = {part: [0, 0, 0, 0] for part in PARTS}
    for one in complete:
        for part in one.parts:
            row = found[part.part]
            row[0] += 1
            row[1] += part.have == part.expected
            row[2] += part.have
            row[3] += part.expected
    return tuple(PartTally(part, *row) for part, row in found.items() if row[0])
