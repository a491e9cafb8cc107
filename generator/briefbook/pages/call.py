"""`/accounts/<id>/call/`: one sheet of paper for the next call, made of what the file lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from briefbook.analyse.asking import Asked, asking, stage
from briefbook.analyse.deals import bant, is_open
from briefbook.analyse.money import in_book
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.people import Person
from briefbook.pages.account_daily import promise
from briefbook.pages.call_fit import fitted, heights, shortened
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.people_chart import called
from briefbook.pages.readiness import readiness, state, still_open
from briefbook.words import Words, spoken

MOST_NAMES, MOST_DEALS = 2, 2
NAME, CELL, SENTENCE, ANSWER = 100, 45, 90, 130
"""Characters of a name in the head, of a cell, of a sentence among others, and of an answer."""


def page(site: Site, record: Record[Account]) -> Page:
    """The call sheet of one account."""
    here = Here(site, f"/accounts/{record.id}/call/")
    t, account = site.words, record.value
    place = site.results.standings[record.id]
    questions = list(_questions(here, record))
    people, needs = _people(here, record), _needs(here, account)
    situation = _situation(here, record)
    promises = list(_promises(here, account))
    told = [" ".join(str(one[name] or "") for name in ("what", "by", "label")) for one in promises]
    title, aim = shortened(record.name, NAME), _aim(here, record)
    met = site.results.ready.accounts[record.id]
    meta = [*_meta(here, account), {"text": state(here, met), "href": "#ready"}]
    under = " ".join(one["text"] if isinstance(one, dict) else one for one in meta)
    lines = [one["text"] for one in situation]
    tall = heights(people, needs, questions, told)
    head = (title, under, aim or "")
    room, left = fitted(head, lines, questions, tall), still_open(here, met)
    wider = fitted(head, [*lines, left], questions, tall)
    if left and wider == replace(room, lines=wider.lines):  # costs a line to write on at most
        room = wider
    else:
        left = ""
    data = {
        "title": title,
        "lang": account.language,
        "letter": place.letter and place.letter.upper(),
        "trail": [
            {"href": here.to("/accounts/"), "label": t("accounts.title")},
            {"href": here.record("account", record.id), "label": record.name},
        ],
        "sample": t("sample.record") if account.sample else None,
        "back": here.record("account", record.id),
        "meta": meta,
        "made": t("call.made", date=t.day(site.results.today)),
        "owner": here.member(account.owner),
        "aim": aim,
        "situation": situation,
        "ready": readiness(here, met),
        "left": left,
        "people": people[: room.people],
        "needs": needs[: room.needs],
        "groups": _grouped(here, questions[: room.questions]),
        "more": questions[room.questions :],
        "more_text": t("call.more", n=len(questions) - room.questions),
        "promises": promises[: room.promises],
        "lines": room.lines,
        "file": here.t("call.file", file=record.file),
    }
    return Page(
        address=here.base,
        template="call.html",
        title=t("call.title", name=record.name),
        kind="call",
        section="/accounts/",
        data=data,
        searchable=False,
        foot=here.foot(record.file, 1),
        edit=record.file,
    )


def _meta(here: Here, account: Account) -> Iterator[Any]:
    industry = here.industry(account.industry)
    if industry:
        yield {"text": shortened(industry["name"], CELL), "href": industry["href"]}
    if account.profile:
        where = here.t.row(one for one in (account.profile.country, account.profile.region) if one)
        yield from [shortened(where, CELL)] if where else []
    if account.strategy:
        name = shortened(here.strategy(account.strategy.is_), CELL)
        yield here.t("call.strategy", name=name)
    if account.lifecycle:
        yield here.t("call.lifecycle", name=here.t(f"word.{account.lifecycle}"))
    yield here.t(f"call.stage.{stage(account)}")


def _aim(here: Here, record: Record[Account]) -> str | None:
    """What the call is for: the first action that is due, else the first priority."""
    dues = here.site.results.dues_of.get(record.id, ())
    action = next((one.what for one in dues if one.kind == "action"), None)
    plan = record.value.plan
    goals = plan.priorities.short if plan and plan.priorities else ()
    said = action or next(iter(goals), None)
    return shortened(said) if said else None


def _situation(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """Five lines: the three answers, the money, the last talk."""
    account, short = record.value, record.value.in_short
    lines = [
        {
            "label": here.t(f"field.{name}"),
            "text": shortened(fact.value, ANSWER) if fact else "",
            "stale": (here.fact(fact, record, "research") or {}).get("stale"),
        }
        for name in ("earns", "heads_for", "should_reinforce")
        for fact in [getattr(short, name) if short else None]
    ]
    lines.append({"label": here.t("call.money"), "text": _money(here, record), "stale": None})
    lines.append({"label": here.t("call.last"), "text": _last(here, account), "stale": None})
    return lines


def _money(here: Here, record: Record[Account]) -> str:
    place, book = here.site.results.standings[record.id], here.site.content.book.value
    deals = [one for one in record.value.opportunities.values() if is_open(one)]
    said = []
    if place.contribution is not None and place.potential is not None:
        said.append(
            here.t("call.of-potential", now=here.amount(place.contribution),
                   year=here.year(place.year), potential=here.amount(place.potential))
        )  # fmt: skip
    for one in sorted(deals, key=lambda one: -(in_book(one.value, book) or 0) if one.value else 0):
        value = here.quantity(one.value) if one.value else here.t("not-known")
        said.append(here.t("call.deal", name=shortened(one.name, CELL), value=value))
    return here.t.clauses(said[: MOST_DEALS + 1])


def _last(here: Here, account: Account) -> str:
    if not account.contacts:
        return ""
    last = max(account.contacts, key=lambda one: one.date.date)
    names = [shortened(called(account, id), CELL) for id in last.with_]
    with_ = here.t.row((*names[:MOST_NAMES], *(["…"] if len(names) > MOST_NAMES else [])))
    what = shortened(last.what or "")
    said = here.t("call.talk", date=here.t.day(last.date.date), people=with_) if with_ else (
        here.t.day(last.date.date))  # fmt: skip
    return f"{said} {what}".strip()


def _people(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """Who is still there, those with influence and a part in the decision first."""
    t, people = here.t, record.value.people
    found = here.site.results.people.get(record.id)
    rows = []
    for id, one in people.items():
        stands = found.people[id] if found else None
        if stands and stands.gone:
            continue
        rows.append({
            "name": shortened(one.name, CELL) if one.name else None,
            "unknown": t("account.person-unknown"),
            "title": shortened(one.title, CELL) if one.title else None,
            "roles": t.row((*(t(f"word.{role}") for role in one.roles[:MOST_NAMES]),
                                *(["…"] if len(one.roles) > MOST_NAMES else []))),
            "now": _mark(stands.closeness.now) if stands else None,
            "target": _mark(stands.closeness.target) if stands else None,
            "text": _closeness(here, stands),
            "moves": _moves(one),
            "weight": (-(stands.weight if stands else 1), -len(one.roles)),
            "old": bool(stands and stands.old),
            "closeness": " ".join((_closeness(here, stands) or t("not-known"),
                                   t("call.old") if stands and stands.old else "")),
        })  # fmt: skip
    return sorted(rows, key=lambda row: row["weight"])


def _moves(one: Person) -> str:
    return shortened("; ".join(part for part in (*one.drivers, one.behaviour) if part), SENTENCE)


def _mark(value: Any) -> float | None:
    return None if value is None else float(value)


def _closeness(here: Here, stands: Any) -> str:
    if stands is None or stands.closeness.now is None:
        return ""
    now, target = stands.closeness.now, stands.closeness.target
    shown = here.t.number(now, 1)
    return shown if target is None else f"{shown} → {here.t.number(target, 1)}"


def _needs(here: Here, account: Account) -> list[dict[str, Any]]:
    """Needs not met yet; those whose size is known stand first, since few find room."""
    t = here.t
    still = [one for one in account.needs.values() if one.met != "yes"]
    still.sort(key=lambda one: not (one.return_ and one.return_.size))
    return [
        {
            "need": shortened(one.need, SENTENCE),
            "party": shortened(one.party, CELL) if one.party != "customer" else "",
            "lever": t(f"word.{one.lever}") if one.lever else None,
            "size": here.quantity(one.return_.size) if one.return_ and one.return_.size else None,
            "answers": shortened(t.row(map(here.capability, one.answered_by)), CELL),
            "met": t(f"met.{one.met}") if one.met else t("not-known"),
        }
        for one in still
    ]


def _questions(here: Here, record: Record[Account]) -> Iterator[dict[str, Any]]:
    """Questions in the language of the account's people, then those of the industry's brief."""
    site, account = here.site, record.value
    book = site.content.book.value
    language = account.language or book.language
    speak = Words(spoken(language))
    stale = [one for one in site.results.facts_of.get(("account", record.id), ())
             if one.stale_since]  # fmt: skip
    bants = {id: bant(one, book) for id, one in account.opportunities.items()}
    for one in asking(record, site.content.questions.value, bants, stale):
        yield {
            "stage": one.stage,
            "text": _text(one, language, speak),
            "lang": language if one.question else speak.language,
            "why": here.t(f"ask.why.{one.reason}"),
            "field": one.field,
        }
    industry = site.content.industries[account.industry]
    for text in industry.value.questions:
        yield {"stage": "industry", "text": text, "lang": book.language,
               "why": here.t("ask.why.industry"), "field": ""}  # fmt: skip


def _text(one: Asked, language: str, speak: Words) -> str:
    if one.question is None:
        return speak(f"ask.{one.letter}", deal=one.deal)
    said = (getattr(one.question, each) for each in (language, "en", "vi", "zh"))
    return next((text for text in said if text), one.question.id)


def _grouped(here: Here, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in questions:
        groups.setdefault(one["stage"], []).append(one)
    return [{"label": here.t(f"ask.{name}"), "rows": rows} for name, rows in groups.items()]


def _promises(here: Here, account: Account) -> Iterator[dict[str, Any]]:
    """What is still owed to them, the oldest first."""
    for one in sorted(account.contacts, key=lambda one: one.date.date):
        given = promise(here, one)
        if given and given["open"] and one.promised:
            yield {**given, "what": shortened(one.promised.what, SENTENCE)}
