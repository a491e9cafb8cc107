"""`/strategy/`: nine-box and classes; `/strategy/<id>/`: meaning, tactics, who uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.analyse.standing import LETTERS
from briefbook.load import Record
from briefbook.model import Strategy
from briefbook.model.strategy import LIFECYCLES
from briefbook.pages.derived import record_json
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.other import everything_else
from briefbook.pages.page import Page
from briefbook.pages.portfolio import class_sentence, classes, fit_sentence, move_sentence, nine_box
from briefbook.pages.sources import SHOWN as OF_SOURCES
from briefbook.pages.sources import own_sources

SHOWN = frozenset(("name", "means", "demands", "fits", "tactics", *OF_SOURCES))
WARNINGS = 200


def pages(site: Site) -> Iterator[Page]:
    """The overview, then a page for each strategy."""
    here = Here(site, "/strategy/")
    t = site.words
    guides = site.content.guides
    yield Page(
        address=here.base,
        template="strategies.html",
        title=t("strategy.title"),
        kind="strategies",
        section="/strategy/",
        searchable=False,
        foot=here.foot("book.yml"),
        toc=tuple(
            (id, t(f"strategy.{id}")) for id in ("nine-box", "classes", "reasons", "strategies")
        ),
        data={
            "title": t("strategy.title"),
            "sample": site.sample,
            "lede": t("strategy.lede"),
            "grid": nine_box(here),
            "thresholds": here.thresholds,
            "classes": classes(here),
            "currency": site.content.book.value.currency,
            "rule": here.record("page", "nine-box") if "nine-box" in guides else None,
            "reasons": [_reason(here, one["id"]) for one in here.accounts(site.content.accounts)][
                :WARNINGS
            ],
            "all": {
                "href": here.to("/accounts/"),
                "label": t("more", n=len(site.content.accounts) - WARNINGS),
            }
            if len(site.content.accounts) > WARNINGS
            else None,
            "strategies": [_line(here, record) for record in site.content.strategies.values()],
            "stages": [t(f"word.{stage}") for stage in LIFECYCLES],
        },
    )
    for record in site.content.strategies.values():
        yield _page(site, record)


def _reason(here: Here, id: str) -> dict[str, Any]:
    place = here.site.results.standings[id]
    return {
        **here.account(id),
        "why": class_sentence(here, place),
        "move": move_sentence(here, place),
    }


def _users(site: Site, id: str) -> list[str]:
    return [
        account
        for account, record in site.content.accounts.items()
        if record.value.strategy and record.value.strategy.is_ == id
    ]


def _line(here: Here, record: Record[Strategy]) -> dict[str, Any]:
    fits = record.value.fits
    return {
        "id": record.id,
        "name": record.name,
        "href": here.record("strategy", record.id),
        "means": here.prose(record.value.means),
        "classes": [one.upper() for one in fits.classes] if fits else [],
        "lifecycles": [here.t(f"word.{one}") for one in fits.lifecycles] if fits else [],
        "tactics": len(record.value.tactics),
        "accounts": len(_users(here.site, record.id)),
    }


def _page(site: Site, record: Record[Strategy]) -> Page:
    here = Here(site, f"/strategy/{record.id}/")
    t, strategy = site.words, record.value
    users = _users(site, record.id)
    fits = strategy.fits
    misfits = [
        {**here.account(id), "why": fit_sentence(here, id)}
        for id in users
        if site.results.fits[id].fits is False
    ]
    data = {
        "id": record.id,
        "title": record.name,
        "means": here.prose(strategy.means),
        "trail": [{"href": here.to("/strategy/"), "label": t("strategy.title")}],
        "demands": strategy.demands,
        "classes": [one.upper() for one in fits.classes] if fits else [],
        "lifecycles": [{"id": one, "label": t(f"word.{one}")} for one in fits.lifecycles]
        if fits
        else [],
        "tactics": [
            {
                "id": id,
                "name": one.name,
                "what": here.prose(one.what),
                "when": one.when,
                "used": _used(here, f"{record.id}/{id}"),
            }
            for id, one in strategy.tactics.items()
        ],
        "accounts": here.accounts(users)[:MOST],
        "accounts_count": len(users),
        "accounts_href": here.to("/accounts/") + f"?strategy={record.id}",
        "misfits": misfits[:MOST],
        "sources": own_sources(here, record),
        "else": everything_else(record, here, SHOWN),
    }
    toc = [
        ("tactics", True),
        ("accounts", True),
        ("misfits", bool(misfits)),
        ("sources", bool(data["sources"])),
        ("else", bool(data["else"])),
    ]
    return Page(
        address=here.base,
        template="strategy.html",
        title=record.name,
        kind="strategy",
        section="/strategy/",
        data=data,
        toc=tuple((id, t(f"strategy.{id}")) for id, there in toc if there),
        description=t("strategy.description", name=record.name),
        filters=(("kind", t("kind.strategy")),),
        json=record_json(here, record, _derived(here, users)),
        foot=here.foot(record.file, 1, json=True),
        edit=record.file,
    )


def _used(here: Here, tactic: str) -> list[dict[str, Any]]:
    return [
        {
            **here.account(id),
            "status": one.status,
            "outcome": one.outcome,
            "status_label": here.t(f"word.{one.status}") if one.status else None,
            "owner": here.member(one.owner),
        }
        for id, record in here.site.content.accounts.items()
        for one in record.value.tactics
        if one.tactic == tactic
    ][:MOST]


def _derived(here: Here, users: list[str]) -> list[dict[str, Any]]:
    letters = dict.fromkeys(LETTERS, 0)
    for id in users:
        letter = here.site.results.standings[id].letter
        if letter:
            letters[letter] += 1
    return [
        {
            "name": "accounts",
            "rule": "strategy",
            "value": len(users),
            "numbers": letters,
            "sentence": here.t("strategy.used-by", n=len(users)),
        }
    ]
