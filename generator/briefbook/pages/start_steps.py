"""An account or a page to learn from in, the steps of reading it with their minutes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefbook.analyse.ready import Check
from briefbook.analyse.turns import Turn
from briefbook.links import address
from briefbook.load import Record
from briefbook.model import Account
from briefbook.pages import call, quiz
from briefbook.pages.brief_reading import READINGS, REFERENCES, readings
from briefbook.pages.gists import gist
from briefbook.pages.here import Here, Site
from briefbook.pages.methods import in_order, reading_minutes
from briefbook.pages.portfolio import class_sentence, fit_sentence, move_sentence
from briefbook.pages.readiness import chip
from briefbook.pages.reading import minutes

SHORT = [name for name, _ in READINGS].index("short")
UNSEEN = REFERENCES | frozenset(
    "href id kind letter lang row column rule field file weight template".split()
)
"""Entries of a page's data that nobody reads word by word."""
Step = dict[str, Any]


def step(here: Here, target: str, title: str, count: int, note: str = "") -> Step:
    """One thing to read: where it is, what it is called, how long it takes.

    `key` is its site address, by which a browser may keep that it was read.
    """
    return {
        "key": target,
        "href": here.to(target),
        "title": title,
        "count": count,
        "minutes": here.t("minutes", n=count),
        "note": note,
        "more": [],
    }


def total(here: Here, steps: list[Step]) -> dict[str, Any]:
    """All minutes of some steps."""
    count = sum(one["count"] for one in steps)
    return {"count": count, "text": here.t("minutes", n=count)}


def practice(here: Here, turn: Turn) -> dict[str, Any]:
    """An account of an industry that nobody has told you about, read from pains to call sheet."""
    record = here.site.content.accounts[turn.account]
    steps = list(_account(here, record))
    return {
        "account": here.account(turn.account),
        "industry": here.industry(turn.industry),
        "why": here.t.row(reasons(here, turn)),
        "ready": chip(here, here.site.results.ready.accounts[turn.account]),
        "steps": steps,
        "total": total(here, steps),
    }


def _account(here: Here, record: Record[Account]) -> Iterator[Step]:
    """Pains and benchmarks first, then head, who decides, class and strategy, next, call sheet."""
    t, page = here.t, address("account", record.id)
    head, people, reasons, owed, sheet = practice_minutes(here.site, record.id)
    yield brief_step(here, record.value.industry)
    yield step(here, page, t("start.step.head", name=record.name), head)
    yield step(here, f"{page}#people", t("start.step.people"), people)
    decided = step(here, f"{page}#class", t("start.step.class"), reasons)
    yield {**decided, "more": [_link(here, f"{page}#strategy", "start.step.strategy")]}
    yield step(here, f"{page}#due", t("start.step.next"), owed)
    yield step(here, f"{page}call/", t("start.step.call"), sheet)


@gist
def practice_minutes(site: Site, id: str) -> list[int]:
    """Head, people, class with strategy, what is owed, and the call sheet, each by itself."""
    here, record = Here(site, ""), site.content.accounts[id]
    sheet = _seen(call.page(site, record).data)
    parts = (_head(record), _people(record), _decided(here, record), _owed(here, record), sheet)
    return [minutes(one) for one in parts]


def brief_step(here: Here, industry: str) -> Step:
    """The short reading of an industry's brief."""
    record = here.site.content.industries[industry]
    page, checks = address("industry", industry), here.site.results.ready.industries[industry]
    pains, benchmarks = checks.check("ready.pains"), checks.check("ready.benchmarks")
    count = readings(here, record)[SHORT]["minutes"]
    title, note = here.t("start.step.brief", name=record.name), _counted(here, pains, benchmarks)
    made = step(here, f"{page}#pains", title, count, note)
    return {**made, "more": [_link(here, f"{page}#benchmarks", "industry.benchmarks")]}


def _counted(here: Here, pains: Check, benchmarks: Check) -> str:
    """How many there are of both; none is told in words."""
    t, numbers = here.t, {**pains.numbers, **benchmarks.numbers}
    some = (("pains", "industry.pains-note"), ("benchmarks", "start.benchmarks"))
    return t.row(
        t(key, n=numbers[name]) if numbers[name] else t(f"industry.no-{name}") for name, key in some
    )


def _link(here: Here, target: str, key: str) -> dict[str, str]:
    return {"href": here.to(target), "text": here.t(key)}


@gist
def account_minutes(site: Site, id: str) -> int:
    """Head, class, strategy, people and what is owed, read in one go."""
    here, record = Here(site, ""), site.content.accounts[id]
    decided, owed = _decided(here, record), _owed(here, record)
    return minutes(_head(record), decided, _people(record), owed)


def _head(record: Record[Account]) -> Any:
    """Name and the three answers, as they are written."""
    return [record.name, _seen(record.written("in_short") or {})]


def _people(record: Record[Account]) -> Any:
    """Its people, as they are written."""
    return _seen(record.written("people") or {})


def _decided(here: Here, record: Record[Account]) -> Any:
    """The reasons of class and strategy, and what the strategy means."""
    used = here.site.content.strategies.get(here.site.results.fits[record.id].used or "")
    place = here.site.results.standings[record.id]
    means = (used.value.means if used else None) or ""
    return [class_sentence(here, place), move_sentence(here, place),
            fit_sentence(here, record.id), means]  # fmt: skip


def _owed(here: Here, record: Record[Account]) -> Any:
    """What the account owes."""
    return [one.what for one in here.site.results.dues_of.get(record.id, ())]


def _seen(node: Any) -> Any:
    """What is read of a page's data or of a file: everything but addresses and ids."""
    if isinstance(node, str):
        return node
    if isinstance(node, Mapping):
        return {key: _seen(one) for key, one in node.items() if key not in UNSEEN}
    return [_seen(one) for one in node] if isinstance(node, (list, tuple)) else node


def reasons(here: Here, turn: Turn) -> list[str]:
    """Why an account stands where it does, in the order of the rule."""
    t = here.t
    letter = t("ready.class.said", letter=turn.letter.upper()) if turn.letter else t("class.none")
    important = t("start.important") if turn.rank == "important" else ""
    if turn.day is None:
        due = t("start.when.none")
    else:
        due = t(f"start.when.{turn.when}", day=t.near(turn.day, here.site.results.today))
    stage = t(f"word.{turn.lifecycle}") if turn.lifecycle else t("start.no-stage")
    return [one for one in (letter, important, due, stage) if one]


def methods(here: Here) -> list[Step]:
    """All method pages in their own order."""
    return [
        step(here, address("page", one.id), one.title, reading_minutes(one))
        for one in in_order(here.site.content)
    ]


def words(here: Here) -> list[Step]:
    """What we offer, what words mean, what to ask; and a quiz where there is one."""
    content, t = here.site.content, here.t
    language = content.book.value.language
    offered = [[one.name, one.what or ""] for one in content.book.value.capabilities.values()]
    terms = [
        [term.en or "", getattr(term.definition, language, None) or ""]
        for term in content.glossary.value.of.values()
    ]
    kits = [content.questions.tree.data.get(stage, {}) for stage in ("before", "during", "after")]
    return [
        step(here, "/capabilities/", t("capabilities.title"), minutes(offered)),
        step(here, "/glossary/", t("glossary.title"), minutes(terms)),
        step(here, "/questions/", t("questions.title"), minutes(_in(language, kits))),
        *_quiz(here),
    ]


def _quiz(here: Here) -> Iterator[Step]:
    """The first page of the quiz, with the minutes that it says itself."""
    page = next(quiz.pages(here.site))
    asked = [one for part in page.data["parts"] for one in part["questions"]]
    if asked:
        yield step(here, page.address, page.title, minutes(asked))


def _in(language: str, node: Any) -> Any:
    """The texts of one language, English where it has none."""
    if isinstance(node, Mapping):
        if "id" in node:
            return node.get(language) or node.get("en") or ""
        return [_in(language, one) for one in node.values()]
    return [_in(language, one) for one in node] if isinstance(node, list) else ""
