"""An account in, its plan out: horizons, counters by quarter, actions, reviews, tactics."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from briefbook.analyse.plans import COUNTERS, Counter, Held, Quarter, plan_required
from briefbook.charts.counters import Bar, counter_svg
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.account import Action, Counters
from briefbook.pages.account_daily import RATINGS
from briefbook.pages.here import Here
from briefbook.pages.market import hint
from briefbook.quantity import Quantity

MONEY = {"sign", "receive"}
STATES = {"open": "neutral", "doing": "warn", "done": "good", "dropped": "neutral"}


def plan(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    """The plan of the year with its state; None where there is none and none is needed."""
    account, site = record.value, here.site
    place = site.results.standings[record.id]
    important = record.id in site.results.important
    needed = plan_required(place.letter, important=important)
    state = site.results.plans.get(record.id)
    if account.plan is None or state is None:
        return {"needed": needed, "year": None, "why": _why(here, needed, place.letter)}
    goals = account.plan.priorities
    return {
        "needed": needed,
        "why": _why(here, needed, place.letter),
        "industry": _industry(here, account),
        "year": here.year(str(account.plan.year)),
        "span": here.t("plan.span", first=here.t.day(state.first), last=here.t.day(state.last)),
        "horizons": [
            {"label": here.t(f"field.{name}"), "note": here.t(f"plan.{name}"),
             "items": getattr(goals, name) if goals else ()}
            for name in ("short", "medium", "long")
        ],
        "counters": [_counter(here, one) for one in state.counters],
        "targets": account.plan.targets is not None,
        "actions": [_action(here, one) for one in _ordered(account.plan.actions.values())],
        "reviews": [_review(here, one) for one in state.reviews],
        "earlier": [
            {"date": here.t.day(one.date.date), **_held(here, one)}
            for one in sorted(account.plan.reviews, key=lambda one: one.date.date)
            if not any(held.review is one for held in state.reviews)
        ],
    }  # fmt: skip


ESSENTIALS = 3
SEVERE = {"high": 0, "medium": 1, "low": 2}


def _industry(here: Here, account: Account) -> dict[str, Any] | None:
    """What the brief of the industry says in short: aspect 1 of a plan (CRM30, l. 101)."""
    link = here.industry(account.industry)
    if link is None:
        return None
    industry = here.site.content.industries[account.industry].value
    pains = sorted(industry.pains.items(), key=lambda pair: SEVERE.get(pair[1].severity or "", 3))
    return {
        **link,
        "focus": here.prose(industry.our_focus),
        "hint": hint(here, account.industry),
        "pains": [
            {
                "name": one.pain,
                "href": here.record("industry", account.industry, f"pain-{id}"),
                "answers": here.t.listed([here.capability(each) for each in one.answered_by]),
            }
            for id, one in pains[:ESSENTIALS]
        ],
    }


def _why(here: Here, needed: bool, letter: str | None) -> str:
    if not needed:
        return here.t("plan.not-needed") if letter else here.t("plan.unknown")
    return here.t("plan.needed.a" if letter == "a" else "plan.needed.important")


def _counter(here: Here, one: Counter) -> dict[str, Any]:
    t, money = here.t, one.name in MONEY
    bars = [
        Bar(here.t("plan.quarter", n=each.number), _number(each.actual), _text(here, each.actual),
            _number(_target(one, each)), each.running)
        for each in one.quarters
    ]  # fmt: skip
    title = t(f"field.{one.name}")
    behind = one.behind
    return {
        "title": title,
        "unit": here.site.content.book.value.currency if money else t("plan.deals"),
        "svg": counter_svg(bars, title, described(here, one), f"counter-{one.name}"),
        "total": _text(here, one.total),
        "known": one.total is not None,
        "target": _text(here, one.target) if one.target is not None else None,
        "part": float(one.total or 0),
        "whole": float(one.target or 0),
        "meter": t("plan.of", have=_text(here, one.total), all=_text(here, one.target))
        if one.target is not None and one.total is not None
        else None,
        "lacking": t("plan.no-target")
        if one.target is None
        else t("plan.no-figures", target=_text(here, one.target)),
        "state": _state(here, behind),
        "differs": [
            t("plan.differs", quarter=t("plan.quarter", n=each.number),
              computed=_text(here, each.actual), written=_text(here, each.authored))
            for each in one.quarters if each.differs
        ],
        "rows": [
            {"quarter": t("plan.quarter", n=each.number), "running": each.running,
             "target": _text(here, each.target) if each.target is not None else None,
             "actual": _actual(here, each), "known": each.actual is not None}
            for each in one.quarters
        ],
    }  # fmt: skip


def _target(counter: Counter, quarter: Quarter) -> Decimal | None:
    """The quarter's own target, else a quarter of the year's."""
    if quarter.target is not None or counter.target is None:
        return quarter.target
    return counter.target / 4


def described(here: Here, one: Counter) -> str:
    """The quarters of a counter in words, with their targets."""
    return here.t.clauses(
        here.t("plan.quarter-says", quarter=here.t("plan.quarter", n=each.number),
               actual=_actual(here, each), target=_text(here, each.target))
        if each.target is not None
        else here.t("plan.quarter-counts", quarter=here.t("plan.quarter", n=each.number),
                    actual=_actual(here, each))
        for each in one.quarters
    )  # fmt: skip


def _actual(here: Here, one: Quarter) -> str:
    return here.t("plan.to-come") if one.to_come else _text(here, one.actual)


def _state(here: Here, behind: Decimal | None) -> dict[str, str] | None:
    if behind is None:
        return None
    if not behind:
        return {"kind": "good", "label": here.t("plan.on-pace")}
    return {"kind": "warn", "label": here.t("plan.behind", by=_text(here, behind))}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _text(here: Here, value: Decimal | None) -> str:
    return here.t("not-known") if value is None else here.t.amount(value)


def _ordered(actions: Any) -> list[Action]:
    late = {"done": 1, "dropped": 2}
    return sorted(actions, key=lambda one: (late.get(one.status or "", 0),
                                            one.due.text if one.due else "9"))  # fmt: skip


def _action(here: Here, one: Action) -> dict[str, Any]:
    status = one.status or ("done" if one.done else "open")
    late = status in {"open", "doing"} and one.due and one.due.date < here.site.results.today
    return {
        "what": here.prose(one.what),
        "owner": here.member(one.owner),
        "due": here.t.day(one.due.date) if one.due else None,
        "kind": "bad" if late else STATES[status],
        "label": here.t("due.overdue") if late else here.t(f"word.{status}"),
        "done": here.t.day(one.done.date) if one.done else None,
    }


def _review(here: Here, one: Held) -> dict[str, Any]:
    row: dict[str, Any] = {"date": here.t.day(one.day), "held": None, "overdue": one.overdue}
    if one.review is None:
        return row | {"label": here.t("due.overdue" if one.overdue else "plan.next-review")}
    return row | {"held": here.t.day(one.review.date.date), **_held(here, one.review)}


def _held(here: Here, review: Any) -> dict[str, Any]:
    return {
        "kind": RATINGS.get(review.rating or "", "neutral"),
        "label": here.t(f"word.{review.rating}") if review.rating else here.t("plan.not-rated"),
        "summary": here.prose(review.summary),
        "decided": review.decided,
        "reported": _reported(here, review.actual),
    }


def _reported(here: Here, actual: Counters | None) -> str | None:
    """The figures that somebody wrote into a review; computed ones stand in the counters."""
    given = [(name, getattr(actual, name)) for name in COUNTERS] if actual else []
    shown = [
        f"{here.t(f'field.{name}')} "
        f"{here.quantity(value) if isinstance(value, Quantity) else here.t.number(value)}"
        for name, value in given
        if value is not None
    ]
    return here.t("plan.reported", figures=here.t.row(shown)) if shown else None


def tactics(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    """The tactics of the chosen strategy as a checklist, then others in use."""
    account, strategies = record.value, here.site.content.strategies
    chosen = account.strategy.is_ if account.strategy else None
    used: dict[str, list[Any]] = {}
    for one in account.tactics:
        used.setdefault(one.tactic, []).append(one)
    own = strategies[chosen].value.tactics if chosen and chosen in strategies else {}
    paths = [f"{chosen}/{id}" for id in own]
    rows = [_tactic(here, path, used.get(path, [None])) for path in paths]
    other = [_tactic(here, path, uses) for path, uses in used.items() if path not in paths]
    if not rows and not other:
        return None
    done = sum(1 for path in paths if any(one.status == "done" for one in used.get(path, ())))
    return {
        "rows": [row for group in rows for row in group],
        "other": [row for group in other for row in group],
        "done": done,
        "all": len(paths),
        "strategy": here.strategy(chosen) if chosen else None,
    }


def _tactic(here: Here, path: str, uses: list[Any]) -> list[dict[str, Any]]:
    strategy, _, id = path.partition("/")
    strategies = here.site.content.strategies
    known = strategies[strategy].value.tactics.get(id) if strategy in strategies else None
    return [
        {
            "name": known.name if known else path,
            "href": here.record("strategy", strategy, id) if known else None,
            "what": here.prose(known.what) if known else None,
            "used": one is not None,
            "kind": STATES.get(one.status or "", "neutral") if one else None,
            "label": here.t(f"word.{one.status}") if one and one.status else None,
            "owner": here.member(one.owner) if one else None,
            "due": here.t.day(one.due.date) if one and one.due else None,
            "outcome": here.prose(one.outcome) if one else None,
        }
        for one in uses
    ]
