"""An account or an industry and all results in, what may be asked about it out, with wrong answers.

Every wrong answer is wrong by the rule that gives the right one, never only another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefbook.analyse.answers import Told
from briefbook.analyse.business import LINKS
from briefbook.analyse.closeness import has_left
from briefbook.analyse.due import next_review, review_days
from briefbook.analyse.industries import SEVERITIES
from briefbook.analyse.portfolio import Results
from briefbook.analyse.standing import LETTERS
from briefbook.load import Content
from briefbook.model.industry import Benchmark
from briefbook.prose import plain

SEED = "briefbook quiz 1"
"""Everything drawn is drawn by a hash of this and of ids: same content, same questions."""


@dataclass(frozen=True, slots=True)
class Found:
    """A right answer, wrong ones, and what the question is about beside the record itself."""

    answer: Told
    others: tuple[Told, ...]
    about: Told | None = None


@dataclass(frozen=True)
class Known:
    """What questions are made from; lists that many of them draw from are made once."""

    content: Content
    results: Results

    @cached_property
    def tactics(self) -> tuple[tuple[str, Told], ...]:
        """Every tactic of every strategy by `strategy/tactic`."""
        return tuple(
            (f"{id}/{tactic}", Told("text", one.name, "strategy", id, ("tactics", tactic)))
            for id, record in self.content.strategies.items()
            for tactic, one in record.value.tactics.items()
        )

    @cached_property
    def taught(self) -> tuple[tuple[str, Told], ...]:
        """Every lesson of every benchmark by the company that teaches it."""
        return tuple(
            (_who(one), Told("text", plain(one.lesson), "industry", id, ("benchmarks", at)))
            for id, record in self.content.industries.items()
            for at, one in enumerate(record.value.benchmarks)
            if one.lesson and _who(one)
        )


Find = Callable[[Known, str], Found | None]


def drawn(*parts: str) -> int:
    """A number that only these words decide."""
    return int.from_bytes(hashlib.sha256("\0".join((SEED, *parts)).encode()).digest()[:8])


def _class(known: Known, id: str) -> Found | None:
    """Rules 1 to 4: the class; the other three are wrong."""
    letter = known.results.standings[id].letter
    if letter is None:
        return None
    others = (Told("class", one, "class", one) for one in LETTERS if one != letter)
    return Found(Told("class", letter, "account", id), tuple(others))


def _strategy(known: Known, id: str) -> Found | None:
    """Rule 6: the strategy that class and lifecycle put first; those that fit too are not asked."""
    fit, strategies = known.results.fits[id], known.content.strategies
    if fit.first is None:
        return None
    names = {one: Told("text", record.name, "strategy", one) for one, record in strategies.items()}
    others = (told for one, told in names.items() if one not in fit.fitting)
    return Found(names[fit.first], tuple(others))


def _tactic(known: Known, id: str) -> Found | None:
    """The tactic in hand that is due first; wrong are all that the account does not use."""
    uses = known.content.accounts[id].value.tactics
    hand = [one for one in uses if one.due and one.status not in {"done", "dropped"}]
    first = min((one.due.date for one in hand if one.due), default=None)
    now = [one.tactic for one in hand if one.due and one.due.date == first]
    tactics = dict(known.tactics)
    if len(now) != 1 or now[0] not in tactics:
        return None
    used = {tactics[one.tactic].same for one in uses if one.tactic in tactics}
    others = (told for _, told in known.tactics if told.same not in used)
    return Found(tactics[now[0]], tuple(others))


def _review(known: Known, id: str) -> Found | None:
    """Rule 8: the first review of the plan that is not held; wrong are its other days."""
    plan, book = known.content.accounts[id].value.plan, known.content.book.value
    day = next_review(known.content.accounts[id].value, book, known.results.today)
    if plan is None or day is None:
        return None
    others = (one for one in review_days(book, plan.year) if one != day)
    return Found(_day(id, day), tuple(_day(id, one) for one in others))


def _day(id: str, day: date) -> Told:
    return Told("day", day, "account", id, ("plan", "reviews"))


def _action(known: Known, id: str) -> Found | None:
    """The action of the plan that is due first; wrong are those that are due later or done."""
    plan = known.content.accounts[id].value.plan
    actions = list(plan.actions.items()) if plan else []
    waiting = {
        key: one.due.date
        for key, one in actions
        if one.due and not one.done and one.status not in {"done", "dropped"}
    }
    first = min(waiting.values(), default=None)
    now = [key for key, day in waiting.items() if day == first]
    if len(now) != 1:
        return None
    told = {key: Told("text", one.what, "account", id, ("plan", "actions", key))
            for key, one in actions if one.due}  # fmt: skip
    return Found(told[now[0]], tuple(one for key, one in told.items() if key != now[0]))


def _decides(known: Known, id: str) -> Found | None:
    """Who decides; wrong are people who are still there and do not."""
    people = {
        key: one
        for key, one in known.content.accounts[id].value.people.items()
        if not has_left(one, known.results.today) and (one.name or one.title)
    }
    told = {key: Told("text", one.name or one.title or "", "account", id, ("people", key))
            for key, one in people.items()}  # fmt: skip
    deciding = [key for key, one in people.items() if "decision-maker" in one.roles]
    if not deciding:
        return None
    right = {told[key].same for key in deciding}
    others = (told[key] for key in people if told[key].same not in right)
    return Found(told[deciding[0]], tuple(others))


def _link(known: Known, id: str) -> Found | None:
    """Rule 13: the link of the business model that is furthest behind."""
    found = known.results.business.get(id)
    if found is None or found.weakest is None:
        return None
    made = {link: Told("link", link, "account", id, ("business_model",)) for link, _ in LINKS}
    return Found(made.pop(found.weakest), tuple(made.values()))


def _pain(known: Known, id: str) -> Found | None:
    """The first of the gravest pains; wrong are those that weigh less."""
    pains = known.content.industries[id].value.pains
    weighed = {key: SEVERITIES.index(one.severity) for key, one in pains.items() if one.severity}
    worst = min(weighed.values(), default=0)
    told = {key: Told("text", pains[key].pain, "industry", id, ("pains", key)) for key in weighed}
    right = next((key for key, rank in weighed.items() if rank == worst), None)
    if right is None:
        return None
    return Found(told[right], tuple(told[key] for key in weighed if weighed[key] > worst))


def _answered(known: Known, id: str) -> Found | None:
    """What we offer against a pain; wrong is what the industry's file does not name for it."""
    pains = known.content.industries[id].value.pains
    key = _least((key for key, one in pains.items() if one.answered_by), id)
    if key is None:
        return None
    offered = known.content.book.value.capabilities
    told = {one: Told("text", each.name, "capability", one) for one, each in offered.items()}
    by = [one for one in pains[key].answered_by if one in told]
    if not by:
        return None
    about = Told("text", pains[key].pain, "industry", id, ("pains", key))
    right = {told[one].same for one in by}
    others = tuple(one for one in told.values() if one.same not in right)
    return Found(told[by[0]], others, about)


def _lesson(known: Known, id: str) -> Found | None:
    """What a benchmark teaches; wrong is what only others teach."""
    content = known.content
    ours = {
        _who(one): at
        for at, one in enumerate(content.industries[id].value.benchmarks)
        if one.lesson and _there(content, _who(one))
    }
    whose = _least(ours, id)
    if whose is None:
        return None
    kind, _, name = whose.partition("/")
    about = Told("text", content.of(kind)[name].name, kind, name)
    place = ("benchmarks", ours[whose])
    answer = next(told for _, told in known.taught if (told.id, told.path) == (id, place))
    mine = {told.same for one, told in known.taught if one == whose}
    others = (told for one, told in known.taught if one != whose and told.same not in mine)
    return Found(answer, tuple(others), about)


def _who(one: Benchmark) -> str:
    """Whose lesson it is, as `kind/id`."""
    if one.company:
        return f"company/{one.company}"
    return f"account/{one.account}" if one.account else ""


def _there(content: Content, who: str) -> bool:
    kind, _, id = who.partition("/")
    return bool(kind) and id in content.of(kind)


def _least(keys: Iterable[str], id: str) -> str | None:
    """One of them, the same as long as it is there."""
    return min(keys, key=lambda key: drawn(id, key), default=None)


FINDERS: Mapping[str, Mapping[str, Find]] = {
    "account": {
        "class": _class, "fitting-strategy": _strategy, "next-tactic": _tactic,
        "next-review": _review, "next-action": _action, "decides": _decides,
        "weakest-link": _link,
    },
    "industry": {"worst-pain": _pain, "pain-answer": _answered, "lesson": _lesson},
}  # fmt: skip
"""What is asked of each kind of record, by the name that a question in quiz.yml uses for it."""
REFERABLE: Mapping[str, frozenset[str]] = {
    "account": frozenset(FINDERS["account"]), "industry": frozenset({"worst-pain"}),
}  # fmt: skip
"""Results that a reference may name, as in `account/lantern-fresh#class`."""
