"""One of the team in, the industries and accounts to read first out: `/start/<id>/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefbook.analyse.turns import Stop, Turn
from briefbook.pages.call_fit import shortened
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.quiz import address as quiz_of
from briefbook.pages.readiness import chip
from briefbook.pages.start_steps import account_minutes, brief_step, practice, reasons

MOST_READ = 30
"""Accounts on the page: more than a first week holds; the others are one link away."""
LONGEST = 90


def address(id: str) -> str:
    """Where the path of one member is."""
    return f"/start/{id}/"


def member(site: Site, id: str) -> Page:
    """The path of one member; those without accounts have one too."""
    here, t = Here(site, address(id)), site.words
    who, found = site.content.book.value.team[id], site.results.turns
    stops = found.owners.get(id, ())
    count = sum(len(one.turns) for one in stops)
    shown = [_stop(here, stop, turns) for stop, turns in _first(stops)]
    turn = found.unknown_to(id)
    learned = practice(here, turn) if turn else None
    read = sum(one["brief"]["count"] + sum(row["count"] for row in one["rows"]) for one in shown)
    read += learned["total"]["count"] if learned else 0
    return Page(
        address=here.base,
        template="start_member.html",
        title=t("start.of", name=who.name),
        kind="start-member",
        section="/start/",
        description=t("start.of-description", name=who.name),
        searchable=False,
        foot=here.foot("book.yml", json=True),
        edit="book.yml",
        toc=_toc(here, bool(shown), turn),
        json=_json(here, id, stops),
        data={
            "title": t("start.of", name=who.name),
            "sample": site.sample,
            "trail": [{"href": here.to("/start/"), "label": t("start.title")}],
            "team": {"href": here.to(f"/team/{id}/"), "label": who.name},
            "quiz": {"href": here.to(quiz_of(id)), "label": t("quiz.title")},
            "name": who.name,
            "stops": shown,
            "total": t("minutes", n=read),
            "count": t("start.shown", n=min(count, MOST_READ), all=count),
            "more": _more(here, id, count),
            "practice": learned,
            "everybody": here.to("/start/"),
        },
    )


def _toc(here: Here, own: bool, turn: Turn | None) -> tuple[tuple[str, str], ...]:
    parts = (("own", "start.own-title", own), ("practice", "start.practice", turn is not None))
    return tuple((id, here.t(key)) for id, key, there in parts if there)


def _first(stops: Sequence[Stop]) -> Iterator[tuple[Stop, Sequence[Turn]]]:
    """Industries in order with their accounts, until the page holds enough of these."""
    left = MOST_READ
    for stop in stops:
        if left > 0:
            yield stop, stop.turns[:left]
            left -= len(stop.turns)


def _stop(here: Here, stop: Stop, turns: Sequence[Turn]) -> dict[str, Any]:
    industry = here.site.content.industries[stop.industry]
    return {
        "id": f"industry-{stop.industry}",
        "name": industry.name,
        "note": here.t("start.shared", n=len(stop.turns)),
        "brief": brief_step(here, stop.industry),
        "ready": chip(here, here.site.results.ready.industries[stop.industry]),
        "rows": [_row(here, one) for one in turns],
    }


def _row(here: Here, turn: Turn) -> dict[str, Any]:
    """An account: why it stands here, what comes next, whether it is ready, how long it takes."""
    results = here.site.results
    following = results.ready.next.get(turn.account)
    count = account_minutes(here.site, turn.account)
    what = following and (following.what or here.t(f"due.{following.kind}"))
    return {
        **here.account(turn.account),
        "key": f"/accounts/{turn.account}/",
        "why": here.t.row(reasons(here, turn)),
        "next": shortened(what, LONGEST) if what else None,
        "ready": chip(here, results.ready.accounts[turn.account]),
        "checks": here.to(f"/accounts/{turn.account}/call/#ready"),
        "call": here.to(f"/accounts/{turn.account}/call/"),
        "count": count,
        "minutes": here.t("minutes", n=count),
    }


def _more(here: Here, id: str, count: int) -> dict[str, str] | None:
    if count <= MOST_READ:
        return None
    return {"href": here.to("/accounts/") + f"?owner={id}",
            "label": here.t("more", n=count - MOST_READ)}  # fmt: skip


def _json(here: Here, id: str, stops: Sequence[Stop]) -> dict[str, Any]:
    """The whole order with what it goes by, and each account's list by rule."""
    ready = here.site.results.ready
    return {
        "kind": "start",
        "member": id,
        "industries": [
            {
                "industry": stop.industry,
                "ready": ready.industries[stop.industry].ready,
                "accounts": [
                    {
                        "account": one.account,
                        "rank": one.rank,
                        "when": one.when,
                        "day": one.day.isoformat() if one.day else None,
                        "lifecycle": one.lifecycle,
                        "shared": one.shared,
                        "ready": ready.accounts[one.account].ready,
                        "checks": {
                            each.rule: each.state for each in ready.accounts[one.account].checks
                        },
                    }
                    for one in stop.turns
                ],
            }
            for stop in stops
        ],
    }
