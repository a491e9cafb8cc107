"""`/plans/`: who must have one, what is owed, what was reached; `/plans/reviews/`: all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefbook.analyse.plan_totals import Owed, Planned
from briefbook.analyse.plans import Held
from briefbook.pages.account_daily import RATINGS
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page
from briefbook.pages.plans_json import plans_csv, plans_json
from briefbook.pages.plans_totals import pictures, quarters, table
from briefbook.pages.sheets import pager, sheet

BASE = "/plans/"
REVIEWS = "/plans/reviews/"
METHOD = "account-plan"


def pages(site: Site) -> Iterator[Page]:
    """The overview, then the calendar of all reviews."""
    yield _overview(site)
    planned = site.results.plan_totals.planned
    for first in range(0, len(planned), MOST_ROWS):
        yield _calendar(site, planned, first)


def _overview(site: Site) -> Page:
    here = Here(site, BASE)
    t, found = site.words, site.results.plan_totals
    parts = ("required", "overdue", "reviews", "counters")
    return Page(
        address=BASE,
        template="plans.html",
        title=t("plans.title"),
        kind="plans",
        section=BASE,
        description=t("plans.description"),
        searchable=False,
        foot=here.foot("accounts/", json=True),
        toc=tuple((id, t(f"plans.{id}")) for id in parts),
        json=plans_json(found, site.content.book.value.currency),
        files={"totals.csv": plans_csv(found)},
        data={
            "title": t("plans.title"),
            "sample": site.sample,
            "method": here.record("page", METHOD) if METHOD in site.content.guides else None,
            **_lede(here),
            **_required(here),
            **_overdue(here),
            **_reviews(here),
            **_counters(here),
        },
    )


def _lede(here: Here) -> dict[str, Any]:
    t, found = here.t, here.site.results.plan_totals
    year, owed = here.year(str(found.year)), sum(len(one.dues) for one in found.overdue)
    return {
        "lede": t("plans.lede", n=len(found.required), year=year),
        "lacking": t("plans.lede.lacking", n=len(found.lacking))
        if found.lacking
        else t("plans.lede.all")
        if found.required
        else "",
        "owed": t("plans.lede.overdue", n=owed) if owed else t("plans.lede.nothing"),
        "span": t("plan.span", first=t.day(found.first), last=t.day(found.reviews[3])),
        "quarter": t("plans.quarter", n=found.quarter),
    }


def _required(here: Here) -> dict[str, Any]:
    """Accounts that must have a plan and have none of this year, and plans of other years."""
    t, found, book = here.t, here.site.results.plan_totals, here.site.content.book
    other = [one for one in found.planned if one.stands(found.year) in {"earlier", "later"}]
    return {
        "lacks": [_planned(here, one) for one in found.lacking[:MOST]],
        "lacks_more": _more(here, len(found.lacking)),
        "others": [_planned(here, one) for one in other[:MOST]],
        "others_note": t("plans.other-years", n=len(other), year=here.year(str(found.year)))
        if other
        else None,
        "others_more": _more(here, len(other)),
        "gap": here.amount(book.value.important_gap),
        "gap_default": t("default.own" if "important_gap" in book.tree.data else "default.project"),
    }


def _more(here: Here, number: int) -> dict[str, str] | None:
    if number <= MOST:
        return None
    return {"href": here.to(REVIEWS), "label": here.t("more", n=number - MOST)}


def _planned(here: Here, one: Planned) -> dict[str, Any]:
    """Why an account must have a plan, and which one it has."""
    t, running = here.t, here.site.results.plan_totals.year
    return {
        **here.account(one.account),
        "owner": here.member(one.owner),
        "because": t(f"plans.because.{one.because}") if one.because else t("plans.because.none"),
        "left": here.t.millions(one.left),
        "plan": None
        if one.year is None
        else t(f"plans.plan.{one.stands(running)}", year=here.year(str(one.year))),
    }


def _overdue(here: Here) -> dict[str, Any]:
    """What is overdue by owner: counts for each, and the oldest of all."""
    found = here.site.results.plan_totals.overdue
    oldest = sorted((due for one in found for due in one.dues), key=lambda due: due.day)
    return {
        "owners": [_owner(here, one) for one in found[:MOST_ROWS]],
        "oldest": [
            {
                **here.account(due.account),
                "date": here.t.near(due.day, here.site.results.today),
                "what": due.what or here.t(f"due.{due.kind}"),
                "owner": here.member(due.owner),
            }
            for due in oldest[:MOST]
        ],
        "oldest_more": here.t("more", n=len(oldest) - MOST) if len(oldest) > MOST else None,
    }


def _owner(here: Here, one: Owed) -> dict[str, Any]:
    kinds = [due.kind for due in one.dues]
    return {
        "name": here.member(one.owner),
        "href": here.to("/accounts/") + f"?owner={one.owner or '-'}",
        "reviews": kinds.count("review"),
        "actions": kinds.count("action"),
        "since": here.t.day(one.dues[0].day),
    }


def _reviews(here: Here) -> dict[str, Any]:
    found = here.site.results.plan_totals
    return {
        "days": _days(here),
        "calendar": [_row(here, one) for one in found.planned[:MOST]],
        "calendar_all": {
            "href": here.to(REVIEWS), "label": here.t("all", n=len(found.planned)),
        }
        if found.planned
        else None,
    }  # fmt: skip


def _days(here: Here) -> list[dict[str, str]]:
    """The four review days of the running year."""
    found = here.site.results.plan_totals
    return [
        {"quarter": here.t("plan.quarter", n=n), "day": here.t.day(day)}
        for n, day in enumerate(found.reviews, 1)
    ]


def _row(here: Here, one: Planned) -> dict[str, Any]:
    """An account's four reviews, or what stands in their place."""
    found = here.site.results.plan_totals
    state = here.site.results.plans.get(one.account)
    running = state is not None and state.year == found.year
    return {
        **_planned(here, one),
        "cells": [_held(here, held) for held in state.reviews] if state and running else None,
    }


def _held(here: Here, one: Held) -> dict[str, Any]:
    t = here.t
    if one.review is None:
        key = "due.overdue" if one.overdue else "plan.next-review"
        return {"kind": "bad" if one.overdue else None, "label": t(key), "date": None}
    rating = one.review.rating
    return {
        "kind": RATINGS.get(rating or "", "neutral"),
        "label": t(f"word.{rating}") if rating else t("plan.not-rated"),
        "date": t.near(one.review.date.date, here.site.results.today),
    }


def _counters(here: Here) -> dict[str, Any]:
    """Targets against actuals: all plans, then by class, owner and industry."""
    found = here.site.results.plan_totals
    return {
        "plans": here.t("plans.count", n=found.all.plans, year=here.year(str(found.year)))
        if found.all.plans
        else None,
        "counters": pictures(here, found.all, "all"),
        "quarters": quarters(here, found.all),
        "quarter_names": [here.t("plan.quarter", n=n) for n in range(1, 5)],
        "tables": [
            table(here, groups, by)
            for by, groups in (
                ("class", found.by_class),
                ("owner", found.by_owner),
                ("industry", found.by_industry),
            )
        ],
    }


def _calendar(site: Site, planned: Sequence[Planned], first: int) -> Page:
    here = Here(site, sheet(REVIEWS, first))
    t = site.words
    return Page(
        address=here.base,
        template="plans_reviews.html",
        title=t("plans.reviews"),
        kind="plans",
        section=BASE,
        searchable=False,
        foot=here.foot("accounts/"),
        data={
            "title": t("plans.reviews"),
            "sample": site.sample,
            "trail": [{"href": here.to(BASE), "label": t("plans.title")}],
            "days": _days(here),
            "calendar": [_row(here, one) for one in planned[first : first + MOST_ROWS]],
            "pager": pager(here, REVIEWS, first, len(planned)),
        },
    )
