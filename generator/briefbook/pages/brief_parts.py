"""Pains and benchmarks of an industry, as rows of its brief."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefbook.load import Record
from briefbook.model import Industry
from briefbook.model.industry import Benchmark, Pain, Ratio, Size
from briefbook.model.parts import Evidence
from briefbook.pages.here import Here


def latest_size(industry: Industry) -> Any:
    sizes = industry.market.size if industry.market else ()
    return max(sizes, key=lambda size: size.period.last, default=None)


def _evidence(here: Here, record: Record[Industry], one: Evidence) -> dict[str, Any]:
    shown = here.quantity(one.value)
    text = here.t.mark.label.join((one.what, shown)) if one.what else shown
    if one.period:
        text += f" ({here.when(one.period)})"
    day = one.checked.date if one.checked else one.period.last if one.period else None
    day = day or here.published(one.source, record)
    return {
        "text": text,
        "source": here.sources(one.source, record),
        "note": one.note,
        **here.age(day, "pain"),
    }


def pain(here: Here, record: Record[Industry], id: str, pain: Pain) -> dict[str, Any]:
    t = here.t
    evidence = [one for one in (pain.evidence, *pain.more_evidence) if one]
    answers = [
        {
            "label": t("industry.our-answer"),
            "name": here.capability(one),
            "href": here.record("capability", one),
            "text": pain.answer if index == 0 else None,
            "used": _used(here, one, record.id),
        }
        for index, one in enumerate(pain.answered_by)
    ]
    return {
        "id": f"pain-{id}",
        "title": pain.pain,
        "detail": here.prose(pain.detail),
        "level": pain.severity or "medium",
        "level_label": t(f"word.{pain.severity}") if pain.severity else t("not-known"),
        "evidence": [_evidence(here, record, one) for one in evidence],
        "missing": t("industry.no-evidence"),
        "answers": answers,
        "no_answer": t("industry.no-answer"),
        "no_answer_text": pain.answer,
    }


def _used(here: Here, capability: str, industry: str) -> str | None:
    accounts = here.site.results.accounts_in.get(industry, ())
    users = [one for one in accounts if capability in here.site.content.accounts[one].value.uses]
    names = [here.site.content.accounts[one].name for one in users[:3]]
    return here.t("industry.used-at", names=here.t.listed(names)) if names else None


def ranked(industry: Industry) -> list[Benchmark]:
    """The benchmarks by rank; those without one stand last, as written."""
    return sorted(industry.benchmarks, key=lambda one: (one.rank is None, one.rank or 0))


def benchmark(here: Here, record: Record[Industry], one: Any) -> dict[str, Any]:
    content = here.site.content
    name, href, letter = one.company or one.account or "", None, None
    if one.company in content.companies:
        name, href = content.companies[one.company].name, here.record("company", one.company)
    elif one.account in content.accounts:
        account = here.account(one.account)
        name, href, letter = account["name"], account["href"], account["letter"]
    return {
        "rank": one.rank,
        "name": name,
        "href": href,
        "letter": letter,
        "ours": bool(one.account),
        "lesson": here.prose(one.lesson),
        "proof": here.fact(one.proof, record, "other"),
        "source": here.sources(one.source, record),
    }


def seen(one: Size | Ratio) -> date:
    """The day from which the figure ages: its last check, else the end of its period."""
    return one.checked.date if one.checked else one.period.last


def phrases(here: Here, record: Record[Industry]) -> list[str]:
    """Generated search phrases in the language of the team, and in those that name the industry."""
    kit = here.site.content.questions.value.search_phrases
    if kit is None:
        return []
    named = {here.site.content.book.value.language: record.name} | dict(record.value.names)
    return [
        phrase.replace("{industry}", name)
        for language, name in named.items()
        for phrase in getattr(kit, language, ())
    ]
