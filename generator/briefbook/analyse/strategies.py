"""Accounts, strategies and what fits in, who uses which strategy and tactic out (rule 6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from briefbook.analyse.results import Class, Fit, Standing
from briefbook.load import Record
from briefbook.model import Account, Strategy
from briefbook.model.account import TacticUse

STATES = ("done", "doing", "open", "dropped")
"""States of a tactic in use; one that says nothing is counted apart."""
_FIRST = ("doing", "open", "", "done", "dropped")


@dataclass(frozen=True, slots=True)
class Used:
    """A tactic in use at an account."""

    account: str
    use: TacticUse


@dataclass(frozen=True, slots=True)
class TacticUses:
    """Everybody who uses a tactic, what is going on first; `states` counts them, "" unsaid."""

    uses: tuple[Used, ...]
    states: Mapping[str, int]

    @property
    def told(self) -> tuple[Used, ...]:
        """Uses that say what came of it."""
        return tuple(one for one in self.uses if one.use.outcome)


@dataclass(frozen=True, slots=True)
class StrategyUse:
    """A strategy at work, accounts by contribution.

    `misfits` use it although another one fits their class and say no reason; `exceptions` wrote
    one; `foreign` counts uses of its tactics at accounts with another strategy.
    """

    accounts: tuple[str, ...]
    classes: Mapping[Class | None, int]
    misfits: tuple[str, ...]
    exceptions: tuple[str, ...]
    tactics: Mapping[str, TacticUses]
    foreign: int


@dataclass(frozen=True, slots=True)
class Strategies:
    """Every strategy; `without` has none, `stages` counts accounts by class and lifecycle."""

    uses: Mapping[str, StrategyUse]
    without: tuple[str, ...]
    stages: Mapping[tuple[Class | None, str | None], int]
    misfits: tuple[str, ...]
    exceptions: tuple[str, ...]
    unusual: tuple[str, ...]


NONE = TacticUses((), {})


def strategy_uses(
    accounts: Mapping[str, Record[Account]],
    known: Mapping[str, Record[Strategy]],
    standings: Mapping[str, Standing],
    fits: Mapping[str, Fit],
) -> Strategies:
    """One walk over the accounts, the largest contribution first."""
    ranked = sorted(accounts, key=lambda id: (-(standings[id].contribution or 0), id))
    users: defaultdict[str | None, list[str]] = defaultdict(list)
    tactics: defaultdict[str, list[Used]] = defaultdict(list)
    for id in ranked:
        users[fits[id].used].append(id)
        for one in accounts[id].value.tactics:
            tactics[one.tactic].append(Used(id, one))
    wrong = [id for id in ranked if fits[id].fits is False]
    return Strategies(
        uses={
            id: _use(id, record.value, users.get(id, []), tactics, standings, fits)
            for id, record in known.items()
        },
        without=tuple(users.get(None, ())),
        stages=Counter((standings[id].letter, accounts[id].value.lifecycle) for id in ranked),
        misfits=tuple(id for id in wrong if not fits[id].exception),
        exceptions=tuple(id for id in ranked if fits[id].exception),
        unusual=tuple(id for id in ranked if fits[id].unusual),
    )


def _use(
    id: str,
    strategy: Strategy,
    users: list[str],
    tactics: Mapping[str, list[Used]],
    standings: Mapping[str, Standing],
    fits: Mapping[str, Fit],
) -> StrategyUse:
    own = {name: _tactic(tactics.get(f"{id}/{name}", [])) for name in strategy.tactics}
    return StrategyUse(
        accounts=tuple(users),
        classes=Counter(standings[one].letter for one in users),
        misfits=tuple(one for one in users if fits[one].fits is False and not fits[one].exception),
        exceptions=tuple(one for one in users if fits[one].exception),
        tactics=own,
        foreign=sum(
            1 for uses in own.values() for one in uses.uses if fits[one.account].used != id
        ),
    )


def _tactic(uses: list[Used]) -> TacticUses:
    if not uses:
        return NONE
    ordered = sorted(uses, key=lambda one: _FIRST.index(one.use.status or ""))
    return TacticUses(tuple(ordered), Counter(one.use.status or "" for one in uses))
