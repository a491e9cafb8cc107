"""`/start/`: what a new colleague reads first, and how long it takes; `/start/<id>/`: whose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.analyse.turns import Turns
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.readiness import chip
from briefbook.pages.start_member import address, member
from briefbook.pages.start_steps import methods, practice, total, words

BASE = "/start/"
MORE = 5
"""Further accounts to practise on."""
NAMED = ("pains", "benchmarks", "people", "class", "strategy", "next")
"""What one can name after a quarter of an hour."""


def pages(site: Site) -> Iterator[Page]:
    """The path for everybody."""
    yield _start(site)


def of(site: Site, id: str) -> Iterator[Page]:
    """The path of a member of the team."""
    yield member(site, id)


def _start(site: Site) -> Page:
    here, t = Here(site, BASE), site.words
    found = site.results.turns
    first = practice(here, found.model[0]) if found.model else None
    read, looked = methods(here), words(here)
    steps = [*(first["steps"] if first else []), *read, *looked]
    parts = ("practice", "recipe", "methods", "words", "team")
    return Page(
        address=BASE,
        template="start.html",
        title=t("start.title"),
        kind="start",
        section=BASE,
        description=t("start.description", name=site.content.book.value.name),
        searchable=False,
        foot=here.foot("book.yml"),
        edit="book.yml",
        toc=tuple((id, t(f"start.{id}")) for id in parts),
        data={
            "title": t("start.title"),
            "sample": site.sample,
            "trail": [{"href": here.to("/methods/"), "label": t("methods.title")}],
            "total": total(here, steps),
            "practice": first,
            "nearest": None if first else _nearest(here, found),
            "others": _others(here, found),
            "named": [t(f"start.named.{one}") for one in NAMED],
            "recipe": recipe(here),
            "parts": [
                {"id": "methods", "title": t("start.methods"), "note": t("start.methods-note"),
                 "steps": read, "total": total(here, read)},
                {"id": "words", "title": t("start.words"), "note": t("start.words-note"),
                 "steps": looked, "total": total(here, looked)},
            ],
            "team": _team(here, found),
        },
    )  # fmt: skip


def _nearest(here: Here, found: Turns) -> dict[str, Any] | None:
    """Where nothing is ready: the first account in order, with what is missing."""
    turn = next((one for stop in found.everybody for one in stop.turns), None)
    if turn is None:
        return None
    return {
        **here.account(turn.account),
        "ready": chip(here, here.site.results.ready.accounts[turn.account]),
        "checks": here.to(f"/accounts/{turn.account}/call/#ready"),
    }


def _others(here: Here, found: Turns) -> list[dict[str, Any]]:
    """For whoever knows that industry: the next ones of other industries."""
    return [
        {
            **here.account(one.account),
            "industry": here.industry(one.industry),
            "call": here.to(f"/accounts/{one.account}/call/"),
        }
        for one in found.model[1 : MORE + 1]
    ]


def recipe(here: Here) -> list[dict[str, Any]]:
    """The same for any other account, each step with the list to begin from."""
    t = here.t
    lists = {"account": "/accounts/", "brief": "/industries/", "strategy": "/strategy/#reasons",
             "due": "/due/"}  # fmt: skip
    return [
        {"text": t(f"start.recipe.{name}"), "href": here.to(to), "label": t(f"start.list.{name}")}
        for name, to in lists.items()
    ]


def _team(here: Here, found: Turns) -> list[dict[str, Any]]:
    """Everybody's own path, with how many accounts it has."""
    return [
        {
            "name": one.name,
            "href": here.to(address(id)),
            "note": here.t(
                "start.own", n=sum(len(stop.turns) for stop in found.owners.get(id, ()))
            ),
        }
        for id, one in here.site.content.book.value.team.items()
    ]
