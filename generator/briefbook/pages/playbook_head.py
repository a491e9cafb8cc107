"""An account in, the head of its playbook out: facts, class, strategy, answers, next actions."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.due import next_review
from briefbook.analyse.results import LEVELS, Due
from briefbook.load import Record
from briefbook.model import Account
from briefbook.pages.here import Here
from briefbook.pages.home import due_groups
from briefbook.pages.playbook_shown import MOST_ALIASES
from briefbook.pages.portfolio import class_sentence, fit_sentence, move_sentence

ACTIONS = 3
"""Next actions in the head, which must fit a phone's first screen; the others unfold."""


def actions(here: Here, dues: tuple[Due, ...]) -> dict[str, Any]:
    """The next three things that are owed, and the others."""
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


def trail(here: Here, account: Account) -> list[dict[str, str]]:
    """From all accounts over the tree of industries."""
    trail = [{"href": here.to("/accounts/"), "label": here.t("accounts.title")}]
    for id in here.site.results.tree.path.get(account.industry, ()):
        industry = here.industry(id)
        if industry:
            trail.append({"href": industry["href"], "label": industry["name"]})
    return trail


def meta(here: Here, account: Account) -> list[Any]:
    """Where it is, how large, what it earns, how it stands."""
    profile = account.profile
    items: list[Any] = []
    if profile:
        place = here.t.remarks(one for one in (profile.country, profile.region) if one)
        size = here.t(f"word.{profile.size}") if profile.size else None
        staff = (
            here.t("account.employees", n=int(profile.employees.value.number))
            if profile.employees
            else None
        )
        sized = here.t.remarks(one for one in (size, staff) if one)
        revenue = here.quantity(profile.annual_revenue.value) if profile.annual_revenue else None
        growth = (
            here.t("account.growing", share=here.quantity(profile.growth.value))
            if profile.growth
            else None
        )
        earned = here.t.remarks(one for one in (revenue, growth) if one)
        position = here.t(f"word.{profile.market_position}") if profile.market_position else None
        items += [one for one in (place, sized, earned, position) if one]
    return items + list(account.aliases[:MOST_ALIASES])


def facts(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """Six facts: owner, lifecycle, review, contribution, contract, health."""
    t, account, results = here.t, record.value, here.site.results
    place = results.standings[record.id]
    unknown = {"missing": t("not-known")}
    talk = max((one.date.date for one in account.contacts), default=None)
    review = next_review(account, here.site.content.book.value, results.today)
    contract, ours = account.contract, account.owner in here.site.content.book.value.team
    rows: list[dict[str, Any]] = [
        {
            "label": t("field.owner"),
            **({"value": here.member(account.owner)} if account.owner else unknown),
            **({"href": here.to(f"/team/{account.owner}/")} if ours else {}),
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


def answers(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """The three answers (DingTalk, l. 13)."""
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


def standing(here: Here, record: Record[Account]) -> dict[str, Any]:
    """The class and the strategy with their reasons."""
    t, results = here.t, here.site.results
    place, fit = results.standings[record.id], results.fits[record.id]
    used = here.site.content.strategies.get(fit.used or "")
    guides = here.site.content.guides
    return {
        "class": {
            "title": t(f"class.{place.letter}") if place.letter else t("class.none"),
            "why": class_sentence(here, place),
            "move": move_sentence(here, place),
            "rule": here.record("page", "nine-box") if "nine-box" in guides else None,
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
    }


def complete(here: Here, record: Record[Account]) -> dict[str, Any]:
    """How much is there of what the class asks for, by part, and what is missing."""
    found = here.site.results.complete[record.id]
    return {
        "have": found.have,
        "expected": found.expected,
        "text": here.t("account.complete", have=found.have, all=found.expected),
        "parts": [
            {"label": here.t(f"complete.{one.part}"), "have": one.have, "expected": one.expected,
             "text": here.t("account.complete", have=one.have, all=one.expected)}
            for one in found.parts
        ],
        "missing": [
            {"label": here.t(f"missing.part.{path}"), "field": path} for path in found.missing
        ],
    }  # fmt: skip


def filters(here: Here, record: Record[Account]) -> tuple[tuple[str, str], ...]:
    """What search offers to choose from, beside the kind of page."""
    account, letter = record.value, here.site.results.letters[record.id]
    industry = here.industry(account.industry)
    known = (
        ("industry", industry["name"] if industry else None),
        ("class", letter.upper() if letter else None),
        ("owner", here.member(account.owner)),
        ("region", account.profile.region if account.profile else None),
    )
    return tuple((name, value) for name, value in known if value)
