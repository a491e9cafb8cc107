"""A kind of example and a record in, whether the record has what the example draws out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefbook.analyse.asking import asking
from briefbook.analyse.deals import bant
from briefbook.analyse.portfolio import Results
from briefbook.load import Content, Record

OPPORTUNITY = "opportunity-"
"""How the anchor of an opportunity begins on the page of its account."""
Has = Callable[[Content, Results, Record[Any], str], bool]


@dataclass(frozen=True, slots=True)
class Example:
    """One drawn example: the kinds of record that it is of, what it takes, and a test for that.

    `needs` names fields, for a message; the test also gets the anchor of the reference, and
    `anchor` says how one begins, where one is taken.
    """

    kinds: tuple[str, ...]
    needs: str
    has: Has
    anchor: str = ""


def _six_parts(_: Content, __: Results, record: Record[Any], ___: str) -> bool:
    return bool(record.value.definition or record.value.pains)


def _short_reading(_: Content, __: Results, record: Record[Any], ___: str) -> bool:
    return bool(record.value.pains and record.value.benchmarks)


def _concentration(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    return results.markets[record.id].verdict is not None


def _weakest_link(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    return record.id in results.business


def _fit(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    return record.value.profile is not None and record.id in results.customers.said


def _answers(_: Content, __: Results, record: Record[Any], ___: str) -> bool:
    short = record.value.in_short
    return bool(short and (short.earns or short.heads_for or short.should_reinforce))


def _research(_: Content, __: Results, record: Record[Any], ___: str) -> bool:
    return any(not one.confidential for one in record.value.research.values())


def _questions(content: Content, results: Results, record: Record[Any], _: str) -> bool:
    stale = results.facts_of.get(("account", record.id), ())
    book = content.book.value
    deals = {id: bant(one, book) for id, one in record.value.opportunities.items()}
    old = [one for one in stale if one.stale_since]
    return any(one.question for one in asking(record, content.questions.value, deals, old))


def _dupont(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    years = results.years.get(f"{record.kind}/{record.id}", ())
    factors = ("margin", "turnover", "multiplier")
    return bool(years) and any(getattr(years[-1], one).value is not None for one in factors)


def _nine_box(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    return results.standings[record.id].letter is not None


def _strategy(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    return results.fits[record.id].used is not None


def _people(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    return record.id in results.people


def _bant(_: Content, __: Results, record: Record[Any], anchor: str) -> bool:
    deals = record.value.opportunities
    if anchor:
        one = deals.get(anchor.removeprefix(OPPORTUNITY))
        return anchor.startswith(OPPORTUNITY) and one is not None and one.bant is not None
    return any(one.bant for one in deals.values())


def _counters(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    plan = record.value.plan
    return record.id in results.plans and plan is not None and plan.targets is not None


def _reviews(_: Content, results: Results, record: Record[Any], __: str) -> bool:
    return record.id in results.plans


ACCOUNT, INDUSTRY = ("account",), ("industry",)
EXAMPLES: Mapping[str, Example] = {
    "six-parts": Example(INDUSTRY, "`definition` or `pains`", _six_parts),
    "short-reading": Example(INDUSTRY, "`pains` and `benchmarks`", _short_reading),
    "concentration": Example(INDUSTRY, "`market: concentration`", _concentration),
    "weakest-link": Example(ACCOUNT, "a `business_model` that applies", _weakest_link),
    "fit": Example(ACCOUNT, "`profile`", _fit),
    "answers": Example(ACCOUNT, "one answer of `in_short`", _answers),
    "research": Example(ACCOUNT, "an open entry of `research`", _research),
    "questions": Example(ACCOUNT, "a field that a question asks for and is empty", _questions),
    "dupont": Example(("company", "account"), "revenue, income and balances of a year in "
                      "`finance: statements`", _dupont),
    "nine-box": Example(ACCOUNT, "potential and contribution in `value_to_us`", _nine_box),
    "strategy": Example(ACCOUNT, "`strategy`", _strategy),
    "people": Example(ACCOUNT, "`people`", _people),
    "bant": Example(ACCOUNT, "an opportunity with `bant`", _bant, OPPORTUNITY),
    "counters": Example(ACCOUNT, "`plan: targets`", _counters),
    "reviews": Example(ACCOUNT, "`plan`", _reviews),
}  # fmt: skip
"""The fixed set of what a page may ask us to draw, by the name that it is asked by."""


def chosen(content: Content, results: Results, name: str) -> Record[Any] | None:
    """The record that an example without a reference draws: the fullest that has what it takes."""
    one = EXAMPLES[name]
    found = (
        record
        for kind in one.kinds
        for record in _fullest_first(content, results, kind)
        if one.has(content, results, record, "")
    )
    return next(found, None)


def _fullest_first(content: Content, results: Results, kind: str) -> Iterator[Record[Any]]:
    """Accounts by how much of them is filled, industries by accounts, companies by years."""
    full: dict[str, Callable[[str], int]] = {
        "account": lambda id: results.complete[id].have,
        "industry": lambda id: len(results.accounts_in.get(id, ())),
        "company": lambda id: len(results.years.get(f"company/{id}", ())),
    }
    records = content.of(kind)
    yield from (records[id] for id in sorted(records, key=lambda id: (-full[kind](id), id)))
