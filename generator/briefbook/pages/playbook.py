"""`/accounts/<id>/`: what to know about one account, the head first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from briefbook.analyse.due import next_review
from briefbook.analyse.results import LEVELS, Due
from briefbook.load import Record
from briefbook.model import Account
from briefbook.pages.account_parts import needs, opportunities, people
from briefbook.pages.derived import record_json
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.home import due_groups
from briefbook.pages.model import derived as of_model
from briefbook.pages.other import everything_else
from briefbook.pages.page import Page
from briefbook.pages.playbook_shown import MOST_ALIASES, shown
from briefbook.pages.portfolio import class_sentence, fit_sentence, move_sentence
from briefbook.pages.sources import own_sources

EXPECTED = (
    "in_short.earns",
    "in_short.heads_for",
    "in_short.should_reinforce",
    "value_to_us.potential",
    "value_to_us.contribution",
    "owner",
    "lifecycle",
    "strategy",
    "profile",
    "people",
    "contacts",
    "contract",
    "needs",
    "opportunities",
    "plan",
    "research",
)
"""Parts that a playbook wants, by importance."""


def page(site: Site, record: Record[Account]) -> Page:
    here = Here(site, f"/accounts/{record.id}/")
    t, account = site.words, record.value
    place, fit = site.results.standings[record.id], site.results.fits[record.id]
    used = site.content.strategies.get(fit.used or "")
    missing = _missing(here, record)
    dues = site.results.dues_of.get(record.id, ())
    data = {
        "title": record.name,
        "thresholds": here.thresholds,
        "letter": place.letter and place.letter.upper(),
        "lang": account.language,
        "trail": _trail(here, account),
        "sample": t("sample.record") if account.sample else None,
        "meta": _meta(here, account),
        "facts": _facts(here, record),
        "class": {
            "title": t(f"class.{place.letter}") if place.letter else t("class.none"),
            "why": class_sentence(here, place),
            "move": move_sentence(here, place),
            "rule": here.record("page", "nine-box") if "nine-box" in site.content.guides else None,
            "row": 2 - LEVELS.index(place.level) if place.level else None,
            "column": LEVELS.index(place.potential_level) if place.potential_level else None,
            "part": float(place.contribution or 0),
            "whole": float(place.potential or 0),
        },
        "strategy": {
            "id": fit.used,
            "name": here.strategy(fit.used) if fit.used else None,
            "means": here.prose(used.value.means) if used else None,
            "why": fit_sentence(here, record.id),
            "fits": fit.fits,
            "href": here.record("strategy", used.id) if used else None,
        },
        "answers": _answers(here, record),
        "benchmark_of": _benchmark_of(here, record.id),
        **_actions(here, dues),
        "missing": missing,
        "expected": len(EXPECTED),
        "people": people(here, account),
        "needs": needs(here, account),
        "opportunities": opportunities(here, account),
        "confidential": sum(1 for one in account.research.values() if one.confidential),
        "sources": own_sources(here, record),
        "else": everything_else(record, here, shown(account)),
    }
    parts = [
        ("people", True),
        ("needs", bool(account.needs)),
        ("opportunities", bool(account.opportunities)),
        ("sources", bool(data["sources"])),
        ("else", bool(data["else"])),
    ]
    return Page(
        address=here.base,
        template="account.html",
        title=record.name,
        kind="account",
        section="/accounts/",
        data=data,
        toc=tuple((id, t(f"account.{id}")) for id, there in parts if there),
        description=t("account.description", name=record.name),
        filters=_filters(here, record),
        json=record_json(here, record, _derived(here, record)),
        foot=here.foot(record.file, 1, json=True),
        edit=record.file,
    )


def _filters(here: Here, record: Record[Account]) -> tuple[tuple[str, str], ...]:
    account, letter = record.value, here.site.results.standings[record.id].letter
    industry = here.industry(account.industry)
    known = (
        ("kind", here.t("kind.account")),
        ("industry", industry["name"] if industry else None),
        ("class", letter.upper() if letter else None),
        ("owner", here.member(account.owner)),
        ("region", account.profile.region if account.profile else None),
    )
    return tuple((name, value) for name, value in known if value)


ACTIONS = 3
"""Next actions in the head, which must fit a phone's first screen; the others unfold."""


def _actions(here: Here, dues: tuple[Due, ...]) -> dict[str, Any]:
    groups = due_groups(here, dues, named=False)
    first, rest, left = [], [], ACTIONS
    for group in groups:
        head, more = group["items"][:left], group["items"][left:]
        left -= len(head)
        first += [{**group, "items": head, "more": None}] if head else []
        rest += (
            [{**group, "items": more, "title": None if head else group["title"]}] if more else []
        )
    more_count = sum(len(group["items"]) for group in rest)
    return {"due": first, "due_rest": rest, "due_more": here.t("more", n=more_count)}


def _trail(here: Here, account: Account) -> list[dict[str, str]]:
    trail = [{"href": here.to("/accounts/"), "label": here.t("accounts.title")}]
    for id in here.site.results.tree.path.get(account.industry, ()):
        industry = here.industry(id)
        if industry:
            trail.append({"href": industry["href"], "label": industry["name"]})
    return trail


def _meta(here: Here, account: Account) -> list[Any]:
    profile = account.profile
    items: list[Any] = []
    if profile:
        place = ", ".join(one for one in (profile.country, profile.region) if one)
        size = here.t(f"word.{profile.size}") if profile.size else None
        staff = (
            here.t("account.employees", n=int(profile.employees.value.number))
            if profile.employees
            else None
        )
        sized = ", ".join(one for one in (size, staff) if one)
        revenue = here.quantity(profile.annual_revenue.value) if profile.annual_revenue else None
        growth = (
            here.t("account.growing", share=here.quantity(profile.growth.value))
            if profile.growth
            else None
        )
        earned = ", ".join(one for one in (revenue, growth) if one)
        position = here.t(f"word.{profile.market_position}") if profile.market_position else None
        items += [one for one in (place, sized, earned, position) if one]
    return items + list(account.aliases[:MOST_ALIASES])


def _facts(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    t, account, results = here.t, record.value, here.site.results
    place = results.standings[record.id]
    unknown = {"missing": t("not-known")}
    talk = max((one.date.date for one in account.contacts), default=None)
    review = next_review(account, here.site.content.book.value, results.today)
    contract = account.contract
    rows: list[dict[str, Any]] = [
        {
            "label": t("field.owner"),
            **({"value": here.member(account.owner)} if account.owner else unknown),
            "note": t("account.last-talk", date=t.day(talk)) if talk else None,
        },
        {
            "label": t("field.lifecycle"),
            **({"value": t(f"word.{account.lifecycle}")} if account.lifecycle else unknown),
            "note": t("account.since", date=t.month(account.customer_since.date))
            if account.customer_since
            else None,
        },
        {
            "label": t("account.next-review"),
            **({"value": t.day(review)} if review else {"missing": t("account.no-plan")}),
            "state": {"kind": "bad", "label": t("due.overdue")}
            if review and review < results.today
            else None,
        },
        {
            "label": t("account.contribution"),
            **(
                {"value": here.amount(place.contribution)}
                if place.contribution is not None
                else unknown
            ),
            "note": _years(here, place),
        },
        {
            "label": t("field.contract"),
            **(
                {"value": t("account.until", date=t.day(contract.until.date))}
                if contract and contract.until
                else unknown
            ),
            "note": here.quantity(contract.recurring) if contract and contract.recurring else None,
        },
        {
            "label": t("field.health"),
            **({"value": t(f"word.{account.health.is_}")} if account.health else unknown),
            "note": t.day(account.health.date.date)
            if account.health and account.health.date
            else None,
        },
    ]
    return rows


def _years(here: Here, place: Any) -> str | None:
    if place.contribution is None:
        return None
    if place.before is None:
        return here.year(place.year)
    return str(
        here.t(
            "account.before",
            year=here.year(place.year),
            amount=here.amount(place.before),
            last=here.year(str(int(place.year) - 1)),
        )
    )


def _answers(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    short = record.value.in_short
    facts = (
        ("earns", short.earns if short else None),
        ("heads_for", short.heads_for if short else None),
        ("should_reinforce", short.should_reinforce if short else None),
    )
    rows = []
    for name, fact in facts:
        shown = here.fact(fact, record, "research")
        rows.append(
            {
                "label": here.t(f"field.{name}"),
                "fact": shown,
                "text": here.prose(fact.value) if fact else None,
            }
        )
    return rows


def _benchmark_of(here: Here, id: str) -> list[dict[str, str]]:
    """The industries of which the account is a benchmark: a reference case of ours."""
    named = here.site.results.mentions.get(f"account/{id}", ())
    ids = dict.fromkeys(one.by[1] for one in named if one.role == "benchmark")
    return [
        {
            "label": here.t("account.benchmark-of", name=here.site.content.industries[one].name),
            "href": here.record("industry", one, "benchmarks"),
        }
        for one in list(ids)[:MOST]
    ]


def _missing(here: Here, record: Record[Account]) -> list[dict[str, str]]:
    return [
        {"label": here.t(f"missing.part.{path}"), "field": path}
        for path in EXPECTED
        if not _present(record.tree.data, path)
    ]


def _present(data: Any, path: str) -> bool:
    for part in path.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return bool(data)


def _derived(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    place, fit = here.site.results.standings[record.id], here.site.results.fits[record.id]
    values: list[dict[str, Any]] = [
        {
            "name": "class",
            "rule": place.why.rule,
            "value": place.letter,
            "numbers": {key: _number(value) for key, value in place.why.numbers.items()},
            "sentence": " ".join((class_sentence(here, place), move_sentence(here, place))).strip(),
        },
        {
            "name": "strategies_that_fit",
            "rule": fit.why.rule,
            "value": list(fit.fitting),
            "numbers": dict(fit.why.numbers),
            "sentence": fit_sentence(here, record.id),
        },
        *of_model(here, record.id),
    ]
    return values


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value == value.to_integral() else f"{value:.4f}"
    return value.isoformat() if isinstance(value, date) else value
