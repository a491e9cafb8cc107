"""`/accounts/<id>/handover/`: what a new owner of an account must know."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.deals import is_open
from briefbook.analyse.due import next_review
from briefbook.analyse.signs import notice_by
from briefbook.load import Record
from briefbook.model import Account
from briefbook.pages.account_daily import promise, sign_row, talks
from briefbook.pages.fact_label import label
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.home import due_groups
from briefbook.pages.page import Page
from briefbook.pages.portfolio import class_sentence, fit_sentence

LAST_TALKS = 3


def page(site: Site, record: Record[Account]) -> Page:
    """The hand-over page of one account."""
    here = Here(site, f"/accounts/{record.id}/handover/")
    t, account, results = site.words, record.value, site.results
    place = results.standings[record.id]
    latest = sorted(account.contacts, key=lambda one: one.date.date, reverse=True)
    data = {
        "title": record.name,
        "lang": account.language,
        "letter": place.letter and place.letter.upper(),
        "trail": [
            {"href": here.to("/accounts/"), "label": t("accounts.title")},
            {"href": here.record("account", record.id), "label": record.name},
        ],
        "sample": t("sample.record") if account.sample else None,
        "lede": t("handover.lede", name=here.member(account.owner) or t("not-known")),
        "class": class_sentence(here, place),
        "strategy": fit_sentence(here, record.id),
        "difficult": here.prose(account.difficult.because) if account.difficult else None,
        "important": here.prose(account.important.because) if account.important else None,
        "answers": _answers(here, record),
        "people": _people(here, record),
        "promises": [
            one for one in (promise(here, each) for each in latest) if one and one["open"]
        ],
        "dates": list(_dates(here, record)),
        "due": due_groups(here, results.dues_of.get(record.id, ()), named=False),
        "signs": [_sign(here, record, one) for one in results.signs.get(record.id, ())],
        "deals": [
            {"name": one.name, "value": here.quantity(one.value) if one.value else None,
             "href": here.record("account", record.id, f"opportunity-{id}"),
             "next": here.prose(one.next_step)}
            for id, one in account.opportunities.items()
            if is_open(one)
        ],
        "talks": talks(here, record, latest[:LAST_TALKS]),
        "oldest": _oldest(here, record),
        "missing": [
            {"field": path, "label": t(f"missing.part.{path}")}
            for path in results.complete[record.id].missing[:MOST]
        ],
        "call": here.to(f"/accounts/{record.id}/call/"),
    }  # fmt: skip
    return Page(
        address=here.base,
        template="handover.html",
        title=t("handover.title", name=record.name),
        kind="handover",
        section="/accounts/",
        data=data,
        searchable=False,
        foot=here.foot(record.file, 1),
        edit=record.file,
    )


def _answers(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    short = record.value.in_short
    return [
        {"label": here.t(f"field.{name}"), "text": here.prose(fact.value) if fact else None}
        for name in ("earns", "heads_for", "should_reinforce")
        for fact in [getattr(short, name) if short else None]
    ]


def _sign(here: Here, record: Record[Account], one: Any) -> dict[str, str]:
    row = sign_row(here, one)
    return {**row, "href": here.record("account", record.id) + row["href"]}


def _people(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """Everybody who is still there, the longest unverified first."""
    t, found = here.t, here.site.results.people.get(record.id)
    rows = []
    for id, one in record.value.people.items():
        if found and found.people[id].gone:
            continue
        day = one.verified.date if one.verified else None
        rows.append({
            "name": one.name or t("account.person-unknown"),
            "href": here.person(record.id, id),
            "title": one.title,
            "roles": t.row(t(f"word.{role}") for role in one.roles),
            "stance": t(f"word.{one.stance}") if one.stance else None,
            "verified": t.day(day) if day else None,
            "stale": here.age(day, "person")["stale"],
            "note": here.prose(one.note),
            "sort": day.isoformat() if day else "",
        })  # fmt: skip
    return sorted(rows, key=lambda row: row["sort"])


def _dates(here: Here, record: Record[Account]) -> Any:
    t, account = here.t, record.value
    review = next_review(account, here.site.content.book.value, here.site.results.today)
    until = account.contract.until.date if account.contract and account.contract.until else None
    for key, day in (
        ("account.next-review", review),
        ("contract.notice-by", notice_by(account)),
        ("handover.contract-ends", until),
    ):
        yield {"label": t(key), "value": t.day(day) if day else None}


def _oldest(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """The oldest facts of the account, stale or not."""
    facts = [one for one in here.site.results.facts_of.get(("account", record.id), ()) if one.dated]
    ordered = sorted(facts, key=lambda one: (one.dated, str(one.path)))[:MOST]
    return [
        {
            "label": label(here, record, one.path),
            "value": here.written(one.text),
            "as_of": here.t.month(one.dated) if one.dated else None,
            "stale": here.t("stale.since", date=here.t.month(one.stale_since))
            if one.stale_since
            else None,
        }
        for one in ordered
    ]
