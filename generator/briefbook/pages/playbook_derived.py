"""An account in, what follows from its file as derived values out: rule, numbers, sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from briefbook.analyse.deals import bant, is_open
from briefbook.analyse.due import next_review
from briefbook.analyse.plans import Counter, PlanState
from briefbook.load import Record
from briefbook.model import Account
from briefbook.pages.account_daily import sign_row
from briefbook.pages.account_deals import verdict
from briefbook.pages.account_plan import MONEY, described
from briefbook.pages.here import Here
from briefbook.pages.portfolio import class_sentence, fit_sentence, move_sentence

Derived = dict[str, Any]


def derived(here: Here, record: Record[Account]) -> Iterator[Derived]:
    """Class, strategies, completeness, signs, BANT of each deal, counters and reviews."""
    yield _class(here, record.id)
    yield _strategies(here, record.id)
    yield _completeness(here, record.id)
    yield from _signs(here, record.id)
    yield from _deals(here, record)
    state = here.site.results.plans.get(record.id)
    if state:
        yield from (_counter(here, state, one) for one in state.counters)
        yield _reviews(here, record, state)


def _class(here: Here, id: str) -> Derived:
    place = here.site.results.standings[id]
    return {
        "name": "class",
        "rule": place.why.rule,
        "value": place.letter,
        "numbers": {key: _plain(value) for key, value in place.why.numbers.items()},
        "sentence": here.t.sentences((class_sentence(here, place), move_sentence(here, place))),
    }


def _strategies(here: Here, id: str) -> Derived:
    fit = here.site.results.fits[id]
    return {
        "name": "strategies_that_fit",
        "rule": fit.why.rule,
        "value": list(fit.fitting),
        "numbers": dict(fit.why.numbers),
        "sentence": fit_sentence(here, id),
    }


def _completeness(here: Here, id: str) -> Derived:
    found = here.site.results.complete[id]
    return {
        "name": "completeness",
        "rule": "completeness",
        "value": list(found.missing),
        "numbers": {
            "have": found.have,
            "expected": found.expected,
            "parts": {one.part: f"{one.have}/{one.expected}" for one in found.parts},
        },
        "sentence": here.t("account.complete", have=found.have, all=found.expected),
    }


def _signs(here: Here, id: str) -> Iterator[Derived]:
    for one in here.site.results.signs.get(id, ()):
        yield {
            "name": "warning_sign",
            "of": one.part,
            "rule": one.why.rule,
            "value": one.kind,
            "numbers": {key: _plain(value) for key, value in one.why.numbers.items()},
            "sentence": sign_row(here, one)["text"],
        }


def _deals(here: Here, record: Record[Account]) -> Iterator[Derived]:
    """Open deals, and closed ones of which somebody wrote the letters."""
    for id, deal in record.value.opportunities.items():
        if not (deal.bant or is_open(deal)):
            continue
        judged = bant(deal, here.site.content.book.value)
        yield {
            "name": "bant",
            "of": id,
            "rule": judged.why.rule,
            "value": judged.verdict,
            "numbers": {key: _plain(value) for key, value in judged.why.numbers.items()}
            | {"weakest": judged.weakest, "prospect": judged.prospect},
            "sentence": verdict(here, judged),
        }


def _counter(here: Here, state: PlanState, one: Counter) -> Derived:
    """Actual figures and targets of the quarters; null is what nobody knows or what is to come."""
    unit = {"currency": here.site.content.book.value.currency} if one.name in MONEY else {}
    return {
        "name": "counter",
        "of": one.name,
        "rule": "counters",
        "value": _plain(one.total),
        "numbers": {
            "year": state.year,
            **unit,
            "target": _plain(one.target),
            "pace": _plain(one.pace),
            "behind": _plain(one.behind),
            "quarters": [_plain(each.actual) for each in one.quarters],
            "targets": [_plain(each.target) for each in one.quarters],
            "reported": [_plain(each.authored) for each in one.quarters],
        },
        "sentence": described(here, one),
    }


def _reviews(here: Here, record: Record[Account], state: PlanState) -> Derived:
    site = here.site
    day = next_review(record.value, site.content.book.value, site.results.today)
    held = [one.review.date.text for one in state.reviews if one.review]
    return {
        "name": "next_review",
        "rule": "reviews",
        "value": _plain(day),
        "numbers": {
            "year": state.year,
            "first": _plain(state.first),
            "last": _plain(state.last),
            "due": [_plain(one.day) for one in state.reviews],
            "held": held,
            "overdue": [_plain(one.day) for one in state.reviews if one.overdue],
        },
        "sentence": here.t("derived.next-review", date=here.t.day(day), n=len(held))
        if day
        else here.t("derived.no-review"),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value == value.to_integral() else f"{value:.4f}"
    return value.isoformat() if isinstance(value, date) else value
