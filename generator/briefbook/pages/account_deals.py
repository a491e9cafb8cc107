"""An account in, its opportunities with BANT, evidence and totals by stage and period out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from briefbook.analyse.deals import Bant, Judged, bant
from briefbook.analyse.money import in_book
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.account import Letter, Opportunity
from briefbook.pages.here import Here
from briefbook.pages.people_chart import called

STAGES = {"incubating": 1, "captured": 2, "signed": 3, "lost": 0}


def opportunities(here: Here, record: Record[Account]) -> dict[str, Any]:
    """Rows, open deals first and the largest of them, and totals; empty where there are none."""
    account = record.value
    rows = [_row(here, record, id, one) for id, one in account.opportunities.items()]
    return {
        "rows": sorted(rows, key=lambda row: (row["order"], -row["amount"])),
        "totals": list(_totals(here, account)),
        "currency": here.site.content.book.value.currency,
    }


def _row(here: Here, record: Record[Account], id: str, one: Opportunity) -> dict[str, Any]:
    judged = bant(one, here.site.content.book.value)
    stage = one.stage or ""
    amount = in_book(one.value, here.site.content.book.value) if one.value else None
    return {
        "id": f"opportunity-{id}",
        "name": one.name,
        "stage": STAGES.get(stage, 0),
        "stage_label": here.t(f"word.{stage}") if stage else here.t("not-known"),
        "lost": stage == "lost",
        "order": {"captured": 0, "incubating": 1, "": 2, "signed": 3, "lost": 4}[stage],
        "amount": float(amount or 0),
        "value": here.quantity(one.value) if one.value else None,
        "when": _when(here, one),
        "needs": [
            {"href": f"#need-{need}", "name": _need(record.value, need)} for need in one.answers
        ],
        "offers": [here.capability(offer) for offer in one.offers],
        "competitors": [_competitor(here, rival) for rival in one.competitors],
        "bant": [_cell(here, letter) for letter in judged.letters] if one.bant else [],
        "letters": [_letter(here, record, letter, one) for letter in judged.letters],
        "verdict": verdict(here, judged) if one.bant else None,
        "next": here.prose(one.next_step),
        "because": here.prose(one.because),
        "dates": list(_dates(here, one)),
        "received": [
            {"date": here.t.day(each.date.date), "amount": here.quantity(each.amount)}
            for each in one.received
        ],
    }


def _when(here: Here, one: Opportunity) -> str | None:
    if one.signed:
        return here.t.day(one.signed.date)
    if one.lost:
        return here.t.day(one.lost.date)
    return here.when(one.expected) if one.expected else None


def _need(account: Account, id: str) -> str:
    need = account.needs.get(id)
    return need.need if need else id


def _competitor(here: Here, reference: str) -> dict[str, Any]:
    kind, _, id = reference.partition("/")
    records = here.site.content.of(kind) if kind in {"company", "account"} else {}
    return {"name": records[id].name if id in records else reference,
            "href": here.resolve(reference)}  # fmt: skip


def verdict(here: Here, judged: Bant) -> str:
    """The whole in words: not a prospect, or as strong as its weakest letter."""
    if not judged.prospect:
        return here.t("bant.no-prospect")
    if judged.verdict == "yes":
        return here.t("bant.all-yes")
    return here.t(
        "bant.weakest",
        letter=here.t(f"field.{judged.weakest}"),
        verdict=here.t(f"word.{judged.verdict}"),
    )


def _cell(here: Here, letter: Judged) -> dict[str, str]:
    answer = here.t(f"word.{letter.verdict}")
    return {
        "letter": here.t(f"bant.{letter.name}.letter"),
        "answer": letter.verdict,
        "label": here.t(f"bant.{letter.name}", verdict=answer),
    }


def _letter(
    here: Here, record: Record[Account], judged: Judged, one: Opportunity
) -> dict[str, Any]:
    """One letter with evidence, who and when; a verdict that figures overrule says so."""
    t = here.t
    letter: Letter | None = getattr(one.bant, judged.name) if one.bant else None
    day = letter.date.date if letter and letter.date else None
    notes = [
        here.quantity(letter.amount) if letter and letter.amount else None,
        called(record.value, letter.who) if letter and letter.who else None,
        t("bant.decides-by", date=here.when(letter.decides_by))
        if letter and letter.decides_by
        else None,
        t.day(day) if day else None,
    ]
    return {
        **_cell(here, judged),
        "evidence": here.prose(letter.evidence) if letter else None,
        "overruled": t(f"bant.overruled.{judged.verdict}") if judged.overruled else None,
        "notes": t.remarks(note for note in notes if note),
        "source": here.sources(letter.source, record) if letter else None,
        "stale": here.age(day, "other")["stale"],
    }


def _dates(here: Here, one: Opportunity) -> Iterator[dict[str, str]]:
    for field in ("opened", "captured", "expected", "signed", "lost"):
        value = getattr(one, field)
        if value is not None:
            text = here.when(value)
            yield {"label": here.t(f"field.{field}"), "text": text}


def _totals(here: Here, account: Account) -> Iterator[dict[str, Any]]:
    """Count and value by stage; open deals also by the period in which they are expected."""
    by_stage: dict[str, list[Opportunity]] = {}
    by_period: dict[str, list[Opportunity]] = {}
    for one in account.opportunities.values():
        by_stage.setdefault(one.stage or "", []).append(one)
        if one.stage in {"incubating", "captured"}:
            by_period.setdefault(one.expected.text if one.expected else "", []).append(one)
    for stage in (*STAGES, ""):
        if deals := by_stage.get(stage):
            label = here.t(f"word.{stage}") if stage else here.t("deals.no-stage")
            yield _total(here, label, deals, "stage")
    for period in sorted(by_period, key=lambda text: (not text, text)):
        yield _total(
            here, here.when(period) or here.t("deals.no-period"), by_period[period], "period"
        )


def _total(here: Here, label: str, deals: list[Opportunity], group: str) -> dict[str, Any]:
    book = here.site.content.book.value
    known = [in_book(one.value, book) if one.value else None for one in deals]
    amounts = [one for one in known if one is not None]
    return {
        "group": group,
        "label": label,
        "count": len(deals),
        "value": here.amount(sum(amounts, Decimal(0))) if amounts else None,
        "unknown": here.t("deals.unknown", n=len(known) - len(amounts))
        if len(amounts) < len(known)
        else None,
    }
