"""An account and the question kits in, what to ask next and why out (DingTalk, l. 68 to 80)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from briefbook.analyse.completeness import filled
from briefbook.analyse.deals import Bant, is_open
from briefbook.analyse.results import FactUse
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.words import Question, Questions

Stage = Literal["before", "during", "after"]
STAGES: tuple[Stage, ...] = ("before", "during", "after")
STEPS = ("business", "strategy", "problem")
Reason = Literal["missing", "stale", "weak", "always"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a kit, or one about a letter of a deal; `field` is where the answer belongs."""

    stage: Stage
    step: str
    reason: Reason
    field: str
    question: Question | None = None
    deal: str = ""
    letter: str = ""
    verdict: str = ""


def stage(account: Account) -> Stage:
    """Where the sale stands: after it once we are in use, during it while a deal is open."""
    deals = account.opportunities.values()
    if any(one.stage == "captured" for one in deals):
        return "during"
    if account.uses or any(one.stage == "signed" for one in deals):
        return "after"
    return "during" if any(is_open(one) for one in deals) else "before"


def asking(
    record: Record[Account],
    kits: Questions,
    bants: Mapping[str, Bant],
    stale: Sequence[FactUse],
) -> tuple[Asked, ...]:
    """What to ask, the stage of the account first; in each, what is missing before what is old."""
    now = stage(record.value)
    order = (now, *(one for one in STAGES if one != now))
    found: list[Asked] = []
    for one in order:
        of_stage = list(_of_kit(one, record, kits, stale))
        if one == "during":
            of_stage = [*_of_deals(record.value, bants), *of_stage]
        found += sorted(of_stage, key=lambda asked: RANK[asked.reason])
    return tuple(found)


RANK: Mapping[str, int] = {"weak": 0, "missing": 1, "stale": 2, "always": 3}


def _of_kit(
    stage: Stage, record: Record[Account], kits: Questions, stale: Sequence[FactUse]
) -> Iterator[Asked]:
    kit = getattr(kits, stage)
    for step in STEPS if kit else ():
        for question in getattr(kit, step):
            field = question.when_missing or ""
            reason = _reason(record, field, stale)
            if reason:
                goes = question.answer_goes_to or field
                yield Asked(stage, step, reason, goes, question)


def _reason(record: Record[Account], field: str, stale: Sequence[FactUse]) -> Reason | None:
    if not field:
        return "always"
    path = tuple(field.split("."))
    if not filled(record.tree.data, path):
        return "missing"
    old = any(tuple(map(str, fact.path[: len(path)])) == path for fact in stale)
    return "stale" if old else None


def _of_deals(account: Account, bants: Mapping[str, Bant]) -> Iterator[Asked]:
    """Letters of open deals that are not answered, the weakest letter of each deal first."""
    for id, deal in account.opportunities.items():
        if not is_open(deal):
            continue
        judged = bants[id]
        for one in judged.letters:
            if one.name == judged.weakest and one.verdict != "yes":
                yield Asked("during", "problem", "weak", f"opportunities.{id}.bant.{one.name}",
                            deal=deal.name, letter=one.name, verdict=one.verdict)  # fmt: skip
