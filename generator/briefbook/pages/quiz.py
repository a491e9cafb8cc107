"""`/quiz/` and `/quiz/<member>/`: questions whose answers are facts and results of the content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefbook.analyse.quiz import Asked, by_owner, generated, written
from briefbook.analyse.quiz_results import Known
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.quiz_words import question
from briefbook.pages.reading import minutes
from briefbook.pages.seen import shared
from briefbook.pages.sheets import pager, sheet

BASE = "/quiz/"
SHEET = 40
"""Written questions of one page; more stand on `/quiz/page/2/`."""
OWN = 2
"""Questions of each kind on a member's page."""
MOST_OWNERS = 100
"""Members that the page lists; the page of the team has all."""
SAYS = ("right", "wrong", "score", "done", "choose")
"""Sentences that the script fills."""
Parts = Sequence[tuple[str, Sequence[Asked]]]


def address(owner: str | None = None) -> str:
    """Where the questions are: for everybody, or about a member's own accounts."""
    return f"{BASE}{owner}/" if owner else BASE


def pages(site: Site) -> Iterator[Page]:
    """Written questions and drawn ones for everybody."""
    known, asked = Known(site.content, site.results), _written(site)
    drawn: Parts = [
        ("accounts", generated(known, "account", site.content.accounts, told=asked)),
        ("industries", generated(known, "industry", site.content.industries, told=asked)),
    ]
    for first in range(0, len(asked), SHEET) or (0,):
        here = Here(site, sheet(BASE, first, SHEET))
        parts: Parts = [("written", asked[first : first + SHEET]), *([] if first else drawn)]
        yield _page(here, parts, title=_title(here, first), trail=first > 0,
                    pager=pager(here, BASE, first, len(asked), SHEET),
                    owners=[] if first else _owners(here, _by_owner(site)))  # fmt: skip


def owners(site: Site) -> Iterable[str]:
    """Members of the team, each of whom has a page."""
    return _by_owner(site)


def of(site: Site, owner: str) -> Iterator[Page]:
    """The page of a member."""
    known = Known(site.content, site.results)
    yield _own(site, known, _written(site), owner, _by_owner(site)[owner])


@shared
def _written(site: Site) -> Sequence[Asked]:
    known = Known(site.content, site.results)
    return [one for one in written(known) if isinstance(one, Asked)]


@shared
def _by_owner(site: Site) -> Mapping[str, Sequence[str]]:
    return by_owner(Known(site.content, site.results))


def _title(here: Here, first: int) -> str:
    if not first:
        return here.t("quiz.title")
    return here.t("quiz.title.page", n=first // SHEET + 1)


def _own(
    site: Site, known: Known, asked: Sequence[Asked], owner: str, accounts: Sequence[str]
) -> Page:
    """The quiz of a member: written questions about the own accounts, then drawn ones."""
    here = Here(site, address(owner))
    content = site.content
    industries = tuple(dict.fromkeys(
        content.accounts[id].value.industry for id in accounts
        if content.accounts[id].value.industry in content.industries
    ))  # fmt: skip
    ours = {f"account/{id}" for id in accounts} | {f"industry/{id}" for id in industries}
    parts: Parts = [
        ("written", [one for one in asked if one.record in ours][:SHEET]),
        ("accounts", generated(known, "account", accounts, OWN, asked)),
        ("industries", generated(known, "industry", industries, OWN, asked)),
    ]
    title = here.t("quiz.title.of", name=content.book.value.team[owner].name)
    return _page(here, parts, title=title, trail=True, owner=owner)


def _page(
    here: Here,
    parts: Parts,
    *,
    title: str,
    trail: bool,
    pager: dict[str, Any] | None = None,
    owners: Sequence[dict[str, Any]] = (),
    owner: str | None = None,
) -> Page:
    t = here.t
    made = _parts(here, parts)
    questions = [one for part in made for one in part["questions"]]
    return Page(
        address=here.base,
        template="quiz.html",
        title=title,
        kind="quiz",
        section="/methods/",
        description=t("quiz.description"),
        searchable=owner is None,
        filters=(("kind", t("kind.quiz")),),
        toc=tuple((part["id"], part["title"]) for part in made),
        edit="quiz.yml",
        foot=here.foot("quiz.yml", json=True),
        json=_json(here, made),
        data={
            "title": title,
            "lede": t("quiz.lede"),
            "sample": here.site.sample,
            "trail": [{"href": here.to(BASE), "label": t("quiz.title")}] if trail else [],
            "time": t("minutes", n=minutes(questions)) if questions else None,
            "count": t("quiz.count", n=len(questions)),
            "parts": made,
            "empty": _empty(here, owner) if not questions else [],
            "owners": owners,
            "pager": pager,
            "script": here.to("/assets/briefbook/quiz.js"),
            "says": {key: t.raw(f"quiz.{key}") for key in SAYS},
        },
    )


def _parts(here: Here, parts: Parts) -> list[dict[str, Any]]:
    """Sections that have questions, all numbered through."""
    made, number = [], 0
    for name, some in parts:
        questions = [question(here, one, number + at) for at, one in enumerate(some, 1)]
        number += len(questions)
        if questions:
            made.append({
                "id": name, "title": here.t(f"quiz.part.{name}"),
                "note": here.t(f"quiz.part.{name}.note"), "questions": questions,
            })  # fmt: skip
    return made


def _empty(here: Here, owner: str | None) -> list[str]:
    """Why nothing can be asked, and what would change that."""
    t = here.t
    if owner:
        return [t("quiz.empty.owner"), t("quiz.empty.written")]
    return [t("quiz.empty.written"), t("quiz.empty.accounts"), t("quiz.empty.industries")]


def _owners(here: Here, owners: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Members with accounts, as the book lists them."""
    team = here.site.content.book.value.team
    return [
        {"href": here.to(address(id)), "name": team[id].name,
         "count": here.t("home.accounts", n=len(accounts))}
        for id, accounts in owners.items() if accounts
    ][:MOST_OWNERS]  # fmt: skip


JSON = ("id", "kind", "about", "ask", "answer")


def _json(here: Here, made: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Every question with its kind and its record, for whoever asks elsewhere."""
    return {
        "kind": "quiz",
        "today": here.site.results.today.isoformat(),
        "questions": [
            {
                **{name: one[name] for name in JSON},
                "options": [each["text"] for each in one["options"]],
                "because": [each["text"] for each in one["because"]],
                "link": one["link"]["href"],
            }
            for part in made
            for one in part["questions"]
        ],
    }
