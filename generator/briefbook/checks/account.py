"""An account in, what contradicts itself in it out: dates, deals, evidence, ranges, counters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from briefbook.analyse.due import year_start
from briefbook.analyse.portfolio import Results
from briefbook.checks.files import File, Path
from briefbook.load import Content, Record
from briefbook.model import Account
from briefbook.problem import Problem, error, warning
from briefbook.quantity import Quantity


def contract_dates(_: Content, file: File) -> Iterator[Problem]:
    """A contract that ends before it begins."""
    contract = file.value.contract if file.kind == "account" else None
    if contract and contract.from_ and contract.until and contract.until.date < contract.from_.date:
        yield error("contract-dates", file.place(("contract", "until")),
                    f"The contract ends on {contract.until.text}, before it begins on "
                    f"{contract.from_.text}.",
                    "Correct one of the two days.")  # fmt: skip


def plan_dates(content: Content, file: File) -> Iterator[Problem]:
    """Reviews and actions that lie before the year of their plan."""
    plan = file.value.plan if file.kind == "account" else None
    if plan is None:
        return
    first = year_start(content.book.value, plan.year)
    for at, review in enumerate(plan.reviews):
        if review.date.date < first:
            yield warning("plan-dates", file.place(("plan", "reviews", at, "date")),
                          f"The review of {review.date.text} lies before the plan's year, which "
                          f"begins on {first}.",
                          "Correct the date, or the plan's `year`.")  # fmt: skip
    for id, action in plan.actions.items():
        if action.due and action.due.date < first:
            yield warning("plan-dates", file.place(("plan", "actions", id, "due")),
                          f"The action is due on {action.due.text}, before the plan's year begins "
                          f"on {first}.",
                          "Correct the date, or the plan's `year`.")  # fmt: skip


def deals(_: Content, file: File) -> Iterator[Problem]:
    """Signed deals without a value, and stages that their dates contradict."""
    for id, deal in file.value.opportunities.items() if file.kind == "account" else ():
        path: Path = ("opportunities", id)
        if (deal.stage == "signed" or deal.signed) and deal.value is None:
            yield error("signed-without-value", file.place(path, key=True),
                        f"The deal `{id}` is signed and has no value.",
                        "Add `value:`; what is signed is counted.")  # fmt: skip
        yield from _stage(file, path, deal)
        days = [(name, getattr(deal, name)) for name in ("opened", "captured", "signed")]
        known = [(name, day) for name, day in days if day]
        for (before, first), (after, then) in pairwise(known):
            if then.date < first.date:
                yield warning("deal-dates", file.place((*path, after)),
                              f"`{after}` ({then.text}) lies before `{before}` ({first.text}).",
                              "Correct one of the two days.")  # fmt: skip


def _stage(file: File, path: Path, deal: Any) -> Iterator[Problem]:
    for stage in ("signed", "lost"):
        day = getattr(deal, stage)
        if day and deal.stage != stage:
            yield warning("deal-dates", file.place((*path, stage)),
                          f"The deal has a day for `{stage}`, but its stage is "
                          f"`{deal.stage or 'not given'}`.",
                          f"Write `stage: {stage}`, or remove the day.")  # fmt: skip
    if deal.stage == "signed" and not deal.signed:
        yield warning("deal-dates", file.place((*path, "stage")),
                      "The deal is signed, but nobody wrote when.",
                      "Add `signed:` with the day; no counter can count it without.")  # fmt: skip


def verdicts_without_evidence(_: Content, file: File) -> Iterator[Problem]:
    """Letters of BANT that are judged, and nothing shows why."""
    for id, deal in file.value.opportunities.items() if file.kind == "account" else ():
        for name in ("budget", "authority", "need", "timeline"):
            letter = getattr(deal.bant, name) if deal.bant else None
            if letter and letter.verdict not in {None, "unknown"} and not letter.evidence:
                yield warning("verdict-without-evidence",
                              file.place(("opportunities", id, "bant", name)),
                              f"Nothing shows why `{name}` is judged `{letter.verdict}`.",
                              "Add `evidence:` and its `date:`, or write `verdict: unknown`."
                              )  # fmt: skip


def own_peers(_: Content, file: File) -> Iterator[Problem]:
    """Research whose source is our own peer, who has an interest of their own."""
    for id, one in file.value.research.items() if file.kind == "account" else ():
        if one.from_ and one.from_.side == "own-peer":
            yield warning("own-peer", file.place(("research", id, "from", "side")),
                          "The source of this finding is our own peer.",
                          "Ask somebody without an interest in it as well.")  # fmt: skip


def out_of_range(_: Content, file: File) -> Iterator[Problem]:
    """Figures that lie outside of what they can be."""
    if file.kind != "account":
        return
    for at, one in enumerate(file.value.satisfaction):
        if one.score > one.of:
            yield _range(file, ("satisfaction", at, "score"), f"{one.score} of {one.of}",
                         "A score is at most the highest score.")  # fmt: skip
    for id, use in file.value.uses.items():
        if use.active and not 0 <= use.active.number <= 100:
            yield _range(file, ("uses", id, "active"), use.active.text,
                         "Adoption is a share of the seats, from 0% to 100%.")  # fmt: skip
        if use.seats and use.seats.number < 0:
            yield _range(file, ("uses", id, "seats"), use.seats.text, "Seats are counted from 0.")
    yield from _value(file)


def _value(file: File) -> Iterator[Problem]:
    value = file.value.value_to_us
    if value is None:
        return
    potential: Quantity | None = value.potential.value if value.potential else None
    if potential and potential.number <= 0:
        yield _range(file, ("value_to_us", "potential"), potential.text,
                     "A potential is more than zero; leave it out while it is not known."
                     )  # fmt: skip
    for year, spent in value.investment.items():
        if spent.money and spent.money.number < 0:
            yield _range(file, ("value_to_us", "investment", year, "money"), spent.money.text,
                         "What was spent is not negative.")  # fmt: skip


def _range(file: File, path: Path, text: str, why: str) -> Problem:
    return error("out-of-range", file.place(path), f"`{text}` cannot be.", why)


_HAPPENED = (
    ("contacts", "date"), ("satisfaction", "date"), ("health", "date"), ("research", "date"),
    ("plan", "reviews", "date"), ("plan", "actions", "done"), ("opportunities", "signed"),
    ("opportunities", "lost"), ("opportunities", "received", "date"),
)  # fmt: skip
"""Days of things that have happened, as steps to them."""


def future_dates(record: Record[Account], today: date) -> Iterator[Problem]:
    """Things that are written as if they had happened, on a day that has not come."""
    tree, last = record.tree, today.isoformat()
    for steps in _HAPPENED:
        for path, text in _days(tree.data, steps, ()):
            if text > last and _is_day(text):
                yield warning("future-date", tree.place(path), f"{text} has not come yet.",
                              "Write the day on which it happened.")  # fmt: skip


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _days(node: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, str]]:
    """The texts at the end of some steps; lists and maps by id between them are gone through."""
    if isinstance(node, list):
        for at, one in enumerate(node):
            yield from _days(one, steps, (*path, at))
    elif isinstance(node, dict):
        if steps and steps[0] in node:
            yield from _days(node[steps[0]], steps[1:], (*path, steps[0]))
        elif path and steps:
            for key, one in node.items():
                if isinstance(one, dict):
                    yield from _days(one, steps, (*path, key))
    elif isinstance(node, str) and not steps:
        yield path, node


def counters_that_differ(content: Content, results: Results) -> Iterator[Problem]:
    """Counters of a review that say something else than the dated opportunities (rule 9)."""
    for id, state in results.plans.items():
        record = content.accounts[id]
        for counter in state.counters:
            for quarter in counter.quarters:
                if quarter.differs and quarter.actual is not None:
                    at = _review(record, state.reviews[quarter.number - 1].review)
                    path = ("plan", "reviews", at, "actual", counter.name)
                    yield warning("counter-differs", record.tree.place(path),
                                  f"The review of quarter {quarter.number} says "
                                  f"{_plain(quarter.authored)}, the opportunities say "
                                  f"{_plain(quarter.actual)}.",
                                  "Correct the dates of the opportunities, or remove the figure."
                                  )  # fmt: skip


def _review(record: Record[Account], held: Any) -> int:
    plan = record.value.plan
    return next(at for at, one in enumerate(plan.reviews if plan else ()) if one is held)


def _plain(value: Decimal | None) -> str:
    return f"{value.normalize():f}" if value is not None else ""
