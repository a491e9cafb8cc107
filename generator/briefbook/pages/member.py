"""One of the team in, the book of accounts and everything on the desk out: `/team/<id>/`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from briefbook.analyse.team import Desk
from briefbook.model import Account
from briefbook.pages import team_json
from briefbook.pages.account_daily import sign_row
from briefbook.pages.calendar import member_file
from briefbook.pages.facts import stale_row
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.home import due_groups
from briefbook.pages.page import Page
from briefbook.pages.team_rows import address, groups, kpi_row, letters, named, told, years


def member(site: Site, id: str) -> Page:
    """The page of one member; those without accounts have one too."""
    here, t = Here(site, address(id)), site.words
    who, found = site.content.book.value.team[id], site.results.team
    book, desk = found.employees[id], found.desks[id]
    table = here.to("/accounts/") + f"?owner={id}"
    data = {
        "title": who.name,
        "trail": [{"href": here.to("/team/"), "label": t("team.title")}],
        "sample": site.sample,
        "meta": [each for each in (who.role, who.team, who.country) if each],
        "currency": site.content.book.value.currency,
        "calendar": here.to(member_file(id)),
        "start": here.to(f"/start/{id}/"),
        "facts": _facts(here, id),
        "letters": letters(book),
        "table": {"href": table, "label": t("all", n=len(book.accounts))},
        "accounts": [_account(here, one) for one in book.accounts[:MOST]],
        "scale": _scale(here, book.accounts[:MOST]),
        "due": _due(here, desk, table),
        "silent": _pairs(here, desk.silent, table),
        "renewals": _pairs(here, desk.renewals, table),
        "warned": _warned(here, desk, table),
        "stale": [stale_row(here, one) for one in desk.stale[:MOST]],
        "stale_more": t("more", n=len(desk.stale) - MOST) if len(desk.stale) > MOST else None,
        "years": years(here),
        "kpis": _kpis(here, id),
        "countries": groups(here, found.countries_of[id], t("team.no-country"))
        if book.accounts
        else [],
    }
    shown = ("accounts", "warned", "kpis", "stale")
    return Page(
        address=here.base,
        template="member.html",
        title=who.name,
        kind="member",
        section="/team/",
        description=t("member.description", name=who.name),
        filters=(("kind", t("kind.member")),),
        edit="book.yml",
        foot=here.foot("book.yml", json=True),
        toc=tuple((part, t(f"member.{part}")) for part in shown if data[part]),
        data=data,
        json=team_json.member(site, id),
    )


def _facts(here: Here, id: str) -> list[dict[str, Any]]:
    """What a glance at the desk should tell."""
    t, found = here.t, here.site.results.team
    book, desk, label = found.employees[id], found.desks[id], years(here)
    revenue = told(here, book.revenue)
    brought = here.amount(book.revenue.amount)
    return [
        {"label": t("accounts.title"), "value": t.number(len(book.accounts))
         if book.accounts else t("none"),
         "note": t("member.unclassed", n=book.letters[""]) if book.letters.get("") else None},
        {"label": t("team.revenue", year=label["revenue"]),
         **({"value": brought} if brought else {"missing": t("not-known")}),
         "note": revenue["note"]},
        {"label": t("team.actions"), "value": t.number(desk.actions) if desk.actions
         else t("none"),
         "state": {"kind": "bad", "label": t("home.overdue", n=desk.overdue)}
         if desk.overdue else None},
        {"label": t("team.silent"), "value": t.number(len(desk.silent)) if desk.silent
         else t("none"), "note": t("member.silent-note")},
    ]  # fmt: skip


def _account(here: Here, id: str) -> dict[str, Any]:
    t, results = here.t, here.site.results
    account, place = here.site.content.accounts[id].value, results.standings[id]
    plan = results.plans.get(id)
    review = next((one for one in plan.reviews if one.review is None), None) if plan else None
    talk = _last_talk(account, results.today)
    industry = here.industry(account.industry)
    return {
        **here.account(id),
        "industry": industry["name"] if industry else account.industry,
        "contribution": t.millions(place.contribution) if place.contribution is not None else None,
        "part": float(place.contribution) if place.contribution is not None else None,
        "whole": float(place.potential) if place.potential is not None else None,
        "potential": t.millions(place.potential) if place.potential is not None else None,
        "strategy": here.strategy(account.strategy.is_) if account.strategy else None,
        "talk": t.near(talk, results.today) if talk else None,
        "review": t.near(review.day, results.today) if review else None,
        "reviewed": plan is not None,
        "late": bool(review and review.overdue),
    }


def _last_talk(account: Account, today: date) -> date | None:
    days = (one.date.date for one in account.contacts if one.date.date <= today)
    return max(days, default=None)


def _scale(here: Here, ids: Sequence[str]) -> float:
    places = [here.site.results.standings[id] for id in ids]
    return max((float(one.potential or one.contribution or 0) for one in places), default=0.0)


def _due(here: Here, desk: Desk, table: str) -> list[dict[str, Any]]:
    """What is overdue and what comes next; all of it is this member's, so no owner is named."""
    # Contracts that end stand in a list of their own.
    rows = tuple(one for one in desk.dues if one.kind != "contract")
    return [
        {
            **group,
            "items": [{**item, "owner": None} for item in group["items"]],
            "more": {**group["more"], "href": table} if group["more"] else None,
        }
        for group in due_groups(here, rows)
    ]


def _pairs(here: Here, pairs: Sequence[tuple[date, str]], table: str) -> dict[str, Any]:
    """Days and accounts, the first twelve."""
    today = here.site.results.today
    return {
        "rows": [{**here.account(id), "day": here.t.near(day, today)} for day, id in pairs[:MOST]],
        "more": _more(here, len(pairs), table),
    }


def _warned(here: Here, desk: Desk, table: str) -> dict[str, Any] | None:
    """Accounts with warning signs, each sign with its numbers."""
    if not desk.warned:
        return None
    return {
        "rows": [
            {
                **here.account(id),
                "signs": [
                    {"text": one["text"], "href": here.record("account", id) + one["href"]}
                    for one in (sign_row(here, each) for each in here.site.results.signs[id])
                ],
            }
            for id in desk.warned[:MOST]
        ],
        "more": _more(here, len(desk.warned), table),
    }


def _more(here: Here, count: int, table: str) -> dict[str, str] | None:
    return {"href": table, "label": here.t("more", n=count - MOST)} if count > MOST else None


def _kpis(here: Here, id: str) -> list[dict[str, Any]]:
    """The member beside the own team and the whole."""
    t, found = here.t, here.site.results.team
    lead = here.site.content.book.value.team[id].team
    rows = [kpi_row(here, {**named(here, id), "href": None}, found.employees[id])]
    if lead and lead in found.teams:
        rows.append(kpi_row(here, {"label": t("member.team", name=lead), "href": None},
                            found.teams[lead]))  # fmt: skip
    return [*rows, kpi_row(here, {"label": t("team.all"), "href": here.to("/team/")}, found.whole)]
