"""Accounts and how they stand in, the order in which it pays to read about them out.

The order is ours: class, what is due, stage of the lifecycle, and how many accounts one brief
serves. The seeds say only that effort follows the class (Yang Jun, CRM30, l. 95) and that pains
and benchmarks come first (Maowen, l. 121).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from briefbook.analyse.due import SOON
from briefbook.analyse.ready import WORST, Next, Ready
from briefbook.analyse.results import Class, Standing
from briefbook.load import Content

When = Literal["late", "soon", "later", "none"]
WHENS: tuple[When, ...] = ("late", "soon", "later", "none")
RANKS = ("a", "important", "b", "c", "d", "none")
"""Class A and important accounts need a plan (rule 5), so they stand before all others."""
STAGES = ("decline", "acquire", "improve", "stable", None)
"""What may be lost, then what may be won, then what may grow; what stands can wait."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An account and why it stands where it does.

    `rank` is one of RANKS; `when` says whether its next thing to do is overdue, due within 30
    days, later, or nothing with a day; `shared` counts the accounts of the list in its industry.
    """

    account: str
    industry: str
    letter: Class | None
    rank: str
    when: When
    day: date | None
    lifecycle: str | None
    shared: int

    @property
    def place(self) -> tuple[int, int, int, int, date, str]:
        """What the order goes by, the smallest first."""
        return (RANKS.index(self.rank), WHENS.index(self.when), STAGES.index(self.lifecycle),
                -self.shared, self.day or date.max, self.account)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stop:
    """An industry at the place of its first account, and the accounts that its brief serves."""

    industry: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Turns:
    """The order for everybody, and for each owner ("" is nobody).

    `model` holds for each industry its first account that is ready to meet, best first: those
    whose brief answers all of the worst pains, of these those written in the book's language.
    """

    everybody: tuple[Stop, ...]
    owners: Mapping[str, tuple[Stop, ...]]
    model: tuple[Turn, ...]

    def unknown_to(self, owner: str) -> Turn | None:
        """An account to practise on, of an industry in which the owner has none."""
        own = {stop.industry for stop in self.owners.get(owner, ())}
        return next((one for one in self.model if one.industry not in own), None)


def turns(
    content: Content,
    standings: Mapping[str, Standing],
    important: frozenset[str],
    ready: Ready,
    today: date,
) -> Turns:
    """The order of all accounts, for everybody and for each owner."""
    mine: defaultdict[str, list[str]] = defaultdict(list)
    for id, record in content.accounts.items():
        mine[record.value.owner or ""].append(id)

    def stops(ids: Sequence[str]) -> tuple[Stop, ...]:
        shared = Counter(content.accounts[id].value.industry for id in ids)
        return _stops(
            Turn(
                account=id,
                industry=(account := content.accounts[id].value).industry,
                letter=standings[id].letter,
                rank=_rank(standings[id].letter, id in important),
                when=_when(following := ready.next.get(id), today),
                day=following.day if following else None,
                lifecycle=account.lifecycle,
                shared=shared[account.industry],
            )
            for id in ids
        )

    everybody = stops(tuple(content.accounts))
    return Turns(everybody, {owner: stops(ids) for owner, ids in mine.items()},
                 _model(everybody, content, ready))  # fmt: skip


def _rank(letter: Class | None, important: bool) -> str:
    return letter if letter == "a" else "important" if important else letter or "none"


def _when(following: Next | None, today: date) -> When:
    if following is None or following.day is None:
        return "none"
    return "late" if following.day < today else "soon" if following.day <= today + SOON else "later"


def _stops(turns: Iterable[Turn]) -> tuple[Stop, ...]:
    """In order, each industry once: one brief read serves all accounts below it."""
    groups: dict[str, list[Turn]] = {}
    for one in sorted(turns, key=lambda one: one.place):
        groups.setdefault(one.industry, []).append(one)
    return tuple(Stop(industry, tuple(found)) for industry, found in groups.items())


def _model(stops: Sequence[Stop], content: Content, ready: Ready) -> tuple[Turn, ...]:
    """Within an industry, too, an account that everybody can read comes first."""

    def rank(turn: Turn) -> tuple[bool, bool, Any]:
        language = content.accounts[turn.account].value.language
        foreign = language not in {None, content.book.value.language}
        return not _answers_all(ready, turn), foreign, turn.place

    able = [[one for one in stop.turns if ready.accounts[one.account].ready] for stop in stops]
    return tuple(sorted((min(some, key=rank) for some in able if some), key=rank))


def _answers_all(ready: Ready, turn: Turn) -> bool:
    """Whether three pains are known and all three have an answer; not of a brief with an error."""
    brief = ready.industries.get(turn.industry)
    return brief is not None and brief.check("ready.pains").numbers["answered"] == WORST
