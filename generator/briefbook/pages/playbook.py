"""`/accounts/<id>/`: everything about one account, in the order of need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.load import Record
from briefbook.model import Account
from briefbook.pages import account_more, call, handover, model, playbook_head
from briefbook.pages.account_daily import daily
from briefbook.pages.account_deals import opportunities
from briefbook.pages.account_needs import needs, process
from briefbook.pages.account_plan import plan, tactics
from briefbook.pages.account_profile import benchmark_of, neighbours, profile, remarks
from briefbook.pages.account_research import in_short as researched
from briefbook.pages.derived import record_json
from briefbook.pages.finance import derived as of_finance
from briefbook.pages.finance import finance
from briefbook.pages.here import Here, Site
from briefbook.pages.history import history
from briefbook.pages.other import everything_else
from briefbook.pages.page import Page
from briefbook.pages.people import derived as of_people
from briefbook.pages.people import in_short as people
from briefbook.pages.playbook_derived import derived
from briefbook.pages.playbook_shown import shown
from briefbook.pages.readiness import derived as of_readiness
from briefbook.pages.sources import own_sources


def pages(site: Site, record: Record[Account]) -> Iterator[Page]:
    """The playbook of one account, what it tells in short, the call sheet, the hand-over page."""
    yield page(site, record)
    yield from account_more.pages(site, record)
    yield call.page(site, record)
    yield handover.page(site, record)


def page(site: Site, record: Record[Account]) -> Page:
    """The playbook of one account."""
    here = Here(site, f"/accounts/{record.id}/")
    t, account = site.words, record.value
    place = site.results.standings[record.id]
    data = {
        "title": record.name,
        "thresholds": here.thresholds,
        "letter": place.letter and place.letter.upper(),
        "lang": account.language,
        "trail": playbook_head.trail(here, account),
        "sample": t("sample.record") if account.sample else None,
        "meta": playbook_head.meta(here, account),
        "facts": playbook_head.facts(here, record),
        **playbook_head.standing(here, record),
        "answers": playbook_head.answers(here, record),
        **playbook_head.actions(here, site.results.dues_of.get(record.id, ())),
        "complete": playbook_head.complete(here, record),
        "call": here.to(f"/accounts/{record.id}/call/"),
        "handover": here.to(f"/accounts/{record.id}/handover/"),
        "benchmark_of": benchmark_of(here, record.id),
        "profile": profile(here, record),
        "model": model.model(here, record),
        "weakest": model.weakest(here, record.id),
        "remarks": remarks(here, account),
        "finance": finance(here, record),
        "daily": daily(here, record),
        "process": process(here, record),
        "people": people(here, record),
        "research": researched(here, record),
        "needs": needs(here, record),
        "deals": opportunities(here, record),
        "plan": plan(here, record),
        "tactics": tactics(here, record),
        "neighbours": neighbours(here, record),
        "neighbours_href": here.to("/accounts/") + f"?industry={account.industry}",
        "neighbours_count": len(site.results.accounts_in.get(account.industry, ())),
        "history": history(here, record.id),
        "sources": own_sources(here, record),
        "else": everything_else(record, here, shown(account)),
    }
    return Page(
        address=here.base,
        template="account.html",
        title=record.name,
        kind="account",
        section="/accounts/",
        data=data,
        toc=_toc(here, data),
        description=t("account.description", name=record.name),
        filters=(("kind", t("kind.account")), *playbook_head.filters(here, record)),
        json=record_json(here, record, _derived(here, record)),
        foot=here.foot(record.file, 1, json=True),
        edit=record.file,
    )


def _toc(here: Here, data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    t = here.t
    parts = (
        ("profile", t("field.profile"), True),
        ("model", t("industry.business-model"), bool(data["model"])),
        ("business", t("finance.title"), bool(data["finance"])),
        ("contract", t("daily.title"), True),
        ("process", t("field.process"), bool(data["process"])),
        ("people", t("account.people"), True),
        ("research", t("field.research"), bool(data["research"])),
        ("needs", t("account.needs"), bool(data["needs"]["count"])),
        ("opportunities", t("account.opportunities"), True),
        ("plan", t("field.plan"), True),
        ("tactics", t("field.tactics"), bool(data["tactics"])),
        ("neighbours", t("account.neighbours"), bool(data["neighbours"])),
        ("history", t("history.title"), bool(data["history"])),
        ("sources", t("account.sources"), bool(data["sources"])),
        ("else", t("account.else"), bool(data["else"])),
    )
    return tuple((id, label) for id, label, there in parts if there)


def _derived(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    return [
        *derived(here, record),
        of_readiness(here, here.site.results.ready.accounts[record.id]),
        *of_finance(here, record),
        *of_people(here, record),
        *model.derived(here, record.id),
    ]
