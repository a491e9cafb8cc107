"""Accounts, industries and their results in, for each what is there to meet somebody, and what
is not, out.

Source: Maowen, l. 121: with little time, pain points and benchmarks first. For an account come who
decides, the class and the strategy with their reasons, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from briefbook.analyse.asking import STAGES, STEPS, stage
from briefbook.analyse.deals import is_open
from briefbook.analyse.industries import SEVERITIES
from briefbook.analyse.people import DecisionChain
from briefbook.analyse.reminders import DONE, Reminder
from briefbook.analyse.results import FactUse, Fit, Number, Standing, shared
from briefbook.load import Content, Record
from briefbook.model import Account, Industry
from briefbook.model.industry import Pain

State = Literal["done", "not-done", "unknown"]
WORST = 3
"""How many pains somebody should be able to name."""
ENOUGH = 2
"""Answers to the worst pains, and benchmarks with a lesson, from which one can talk."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list: its rule, how it stands, the numbers seen, and the field to fill.

    `needed` lines make somebody ready, the others are good to have. `field` is a path of the file
    of `record` ("" where nothing is to fill); `unknown` says that nothing is written there yet.
    """

    rule: str
    state: State
    needed: bool
    numbers: Mapping[str, Number]
    record: tuple[str, str]
    field: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """The list of one account or industry."""

    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        """Whether everything that is needed is there."""
        return all(one.state == "done" for one in self.checks if one.needed)

    @property
    def done(self) -> int:
        """How many lines are done."""
        return sum(one.state == "done" for one in self.checks)

    def check(self, rule: str) -> Check:
        """The line of a rule."""
        return next(one for one in self.checks if one.rule == rule)


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing to do about an account; `day` is None where nobody has set one."""

    kind: Literal["action", "promise", "review", "step"]
    what: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Ready:
    """Who and what is ready to meet, and the next thing to do of each account that has one."""

    accounts: Mapping[str, Readiness]
    industries: Mapping[str, Readiness]
    next: Mapping[str, Next]


@dataclass(frozen=True, slots=True)
class Seen:
    """Results that the lists are made from."""

    standings: Mapping[str, Standing]
    fits: Mapping[str, Fit]
    people: Mapping[str, DecisionChain]
    facts: Mapping[tuple[str, str], Sequence[FactUse]]
    reminders: Sequence[Reminder]


def worst(industry: Industry) -> tuple[tuple[str, Pain], ...]:
    """All pains with their ids, the gravest first, those of one severity as written."""
    order = sorted(industry.pains.items(), key=lambda pair: SEVERITIES.index(pair[1].severity))
    return tuple(order)


def ready(content: Content, seen: Seen) -> Ready:
    """The list of every account and every industry, each industry looked at once."""
    industries = {
        id: Readiness(tuple(_industry(record, seen))) for id, record in content.industries.items()
    }
    dated = _dated(seen.reminders)
    following = {
        id: found
        for id, record in content.accounts.items()
        if (found := dated.get(id) or _undated(record.value))
    }
    kits: dict[str, int] = {
        name: sum(len(getattr(kit, step)) for step in STEPS)
        for name in STAGES
        if (kit := getattr(content.questions.value, name))
    }
    accounts = {
        id: Readiness((
            *_brief(industries.get(record.value.industry)),
            *_people(record, seen.people.get(id)),
            *_decided(record, seen),
            _next(id, following.get(id)),
            _asked(record, industries.get(record.value.industry), kits),
            _fresh(shared(("account", id)), seen),
        ))
        for id, record in content.accounts.items()
    }  # fmt: skip
    return Ready(accounts, industries, following)


def _industry(record: Record[Industry], seen: Seen) -> Iterator[Check]:
    """Pains with our answers, benchmarks with lessons; then questions, and figures of today."""
    where, one = ("industry", record.id), record.value
    grave = worst(one)[:WORST]
    open_ = [id for id, pain in grave if not (pain.answered_by or pain.answer)]
    answered = len(grave) - len(open_)
    state = _state(bool(grave), answered >= min(ENOUGH, len(grave)))
    field = f"pains.{open_[0]}.answered_by" if open_ else "" if grave else "pains"
    numbers = _counted(pains=len(one.pains), worst=len(grave), answered=answered)
    yield Check("ready.pains", state, True, numbers, where, field)
    bare = [at for at, each in enumerate(one.benchmarks) if not each.lesson]
    lessons = len(one.benchmarks) - len(bare)
    field = "" if lessons >= ENOUGH else f"benchmarks.{bare[0]}.lesson" if bare else "benchmarks"
    yield Check("ready.benchmarks", _state(bool(one.benchmarks), lessons >= ENOUGH), True,
                {"benchmarks": len(one.benchmarks), "lessons": lessons}, where, field)  # fmt: skip
    questions = len(one.questions)
    yield Check("ready.questions", "done" if questions else "not-done", False,
                {"brief": questions}, where, "" if questions else "questions")  # fmt: skip
    yield _fresh(where, seen)


def _state(written: bool, enough: bool) -> State:
    """Nothing written is not known; something too little is not done."""
    return "unknown" if not written else "done" if enough else "not-done"


@lru_cache(maxsize=1 << 14)
def _counted(**numbers: Number) -> Mapping[str, Number]:
    """The one map for all of these numbers: there are eight for each account."""
    return numbers


def _fresh(where: tuple[str, str], seen: Seen) -> Check:
    """Whether any dated figure has grown old; the oldest one is the field to verify."""
    dated = [one for one in seen.facts.get(where, ()) if one.dated]
    old = [one for one in dated if one.stale_since]
    first = min(old, key=lambda one: (one.stale_since or date.max, str(one.path)), default=None)
    field = ".".join(map(str, first.path)) if first else ""
    numbers = _counted(facts=len(dated), stale=len(old))
    return Check("ready.fresh", _state(bool(dated), not old), False, numbers, where, field)


def _brief(industry: Readiness | None) -> Iterator[Check]:
    """What an account has from its industry."""
    if industry:
        yield from industry.checks[:2]


def _people(record: Record[Account], found: DecisionChain | None) -> Iterator[Check]:
    """Somebody known, somebody who decides, and everybody who is there verified of late."""
    where, people = shared(("account", record.id)), record.value.people
    there = [id for id, one in found.people.items() if not one.gone] if found else []
    known = [id for id in there if people[id].name or people[id].title]
    deciding = [id for id in known if "decision-maker" in people[id].roles]
    old = [id for id in there if found and found.people[id].old]
    first = there[0] if there else ""
    yield Check("ready.people", _state(bool(people), bool(known)), True,
                _counted(people=len(there), known=len(known)), where,
                "" if known else f"people.{first}.title" if first else "people")  # fmt: skip
    yield Check("ready.decides", _state(bool(there), bool(deciding)), True,
                _counted(people=len(there), deciding=len(deciding)), where,
                "" if deciding else f"people.{first}.roles" if first else "people")  # fmt: skip
    yield Check("ready.verified", _state(bool(there), not old), False,
                _counted(people=len(there), verified=len(there) - len(old)), where,
                f"people.{old[0]}.verified" if old else "" if there else "people")  # fmt: skip


def _decided(record: Record[Account], seen: Seen) -> Iterator[Check]:
    """The class with its numbers, and a strategy that fits or says why it need not."""
    where, id = shared(("account", record.id)), record.id
    place, fit = seen.standings[id], seen.fits[id]
    lacking = f"value_to_us.{place.missing[0]}" if place.missing else ""
    yield Check("ready.class", _state(place.letter is not None, True), True,
                _counted(letter=place.letter or "", missing=len(place.missing)), where,
                lacking)  # fmt: skip
    reasoned = fit.used is not None and (fit.fits is not False or bool(fit.exception))
    yield Check("ready.strategy", "done" if reasoned else "not-done", True,
                _counted(used=fit.used or "", fitting=len(fit.fitting)), where,
                "" if reasoned else "strategy.because" if fit.used else "strategy")  # fmt: skip


def _next(id: str, found: Next | None) -> Check:
    things = 1 if found else 0
    dated = found and found.day
    numbers = _counted(things=things, day=dated) if dated else _counted(things=things)
    state: State = "done" if found else "not-done"
    return Check("ready.next", state, True, numbers, shared(("account", id)),
                 "" if found else "plan.actions")  # fmt: skip


def _asked(record: Record[Account], industry: Readiness | None, kits: Mapping[str, int]) -> Check:
    """Questions of the brief, and of the kit for where the sale stands."""
    brief = int(str(industry.check("ready.questions").numbers["brief"])) if industry else 0
    kit = kits.get(stage(record.value), 0)
    numbers = _counted(brief=brief, kit=kit)
    if brief and kit:
        return Check("ready.questions", "done", False, numbers, shared(("account", record.id)), "")
    where = ("industry", record.value.industry) if not brief else ("questions", "")
    field = "questions" if not brief else stage(record.value)
    return Check("ready.questions", "not-done", False, numbers, where, field)


def _dated(reminders: Sequence[Reminder]) -> Mapping[str, Next]:
    """The first action, promise or review of each account that is to come or overdue."""
    found: dict[str, Next] = {}
    for one in reminders:  # in order of days
        if one.kind in {"action", "promise", "review"}:
            found.setdefault(one.account, Next(one.kind, one.what, one.day))
    return found


def _undated(account: Account) -> Next | None:
    """An open action without a day, else the next step of an open deal."""
    actions = account.plan.actions.values() if account.plan else ()
    for action in actions:
        if action.status not in DONE and not action.done:
            return Next("action", action.what, None)
    for deal in account.opportunities.values():
        if is_open(deal) and deal.next_step:
            return Next("step", deal.next_step, None)
    return None
