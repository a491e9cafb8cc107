"""`/team/`: who looks after whom, KPIs by employee, team and country; `/team/<id>/`: my book."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from briefbook.analyse.sums import Sum
from briefbook.analyse.team import Kpis
from briefbook.pages import team_json
from briefbook.pages.calendar import WHOLE_TEAM, calendars, member_file
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.member import member
from briefbook.pages.page import Page
from briefbook.pages.sheets import firsts, pager, sheet
from briefbook.pages.team_deals import section
from briefbook.pages.team_rows import ROWS, groups, kpi_row, letters, named, told, years

BASE = "/team/"
PARTS = ("members", "kpis", "deals")


def pages(site: Site) -> Iterator[Page]:
    """The team, 100 members a page."""
    ids = [id for id in site.results.team.employees if id]
    for first in firsts(len(ids), ROWS):
        yield _page(site, ids, first)


def of(site: Site, id: str) -> Iterator[Page]:
    """The book of a member."""
    yield member(site, id)


def _page(site: Site, ids: list[str], first: int) -> Page:
    here, t = Here(site, sheet(BASE, first, ROWS)), site.words
    found, shown = site.results.team, ids[first : first + ROWS]
    data = {
        "title": t("team.title"),
        "trail": [{"href": here.to(BASE), "label": t("team.title")}] if first else [],
        "sample": site.sample,
        "currency": site.content.book.value.currency,
        "calendar": here.to(WHOLE_TEAM),
        "lede": t("team.lede", n=len(ids), accounts=len(found.whole.accounts)),
        "overdue": _overdue(here),
        "years": years(here),
        "members": [_member(here, id) for id in shown],
        "employees": [kpi_row(here, named(here, id), found.employees[id]) for id in shown],
        "pager": pager(here, BASE, first, len(ids), ROWS),
        "nobody": None,
        "total": None,
        "teams": [],
        "countries": [],
        "deals": section(here, first),
    }
    if not first:
        data |= _whole(here)
    return Page(
        address=here.base,
        template="team.html",
        title=t("team.title"),
        kind="team",
        section="/team/",
        description=t("team.description"),
        searchable=False,
        edit="book.yml",
        foot=here.foot("book.yml", json=not first),
        toc=tuple((id, t(f"team.{id}")) for id in PARTS),
        data=data,
        json=None if first else team_json.whole(site),
        files={} if first else _files(here),
    )


def _overdue(here: Here) -> str | None:
    count = sum(1 for one in here.site.results.dues if one.overdue)
    return here.t("home.overdue", n=count) if count else None


def _whole(here: Here) -> dict[str, Any]:
    """What stands on the first page only: totals, teams, countries, accounts without owner."""
    t, found = here.t, here.site.results.team
    nobody = found.employees.get("")
    return {
        "nobody": _nobody(here, nobody) if nobody else None,
        "total": kpi_row(here, {"label": t("team.all"), "href": None}, found.whole),
        "teams": groups(here, found.teams, t("team.no-team")),
        "countries": groups(here, found.countries, t("team.no-country")),
    }


def _files(here: Here) -> dict[str, str]:
    """Calendars by their way from the folder of the team."""
    return {posixpath.relpath(name, BASE): text for name, text in calendars(here).items()}


def _member(here: Here, id: str) -> dict[str, Any]:
    found, who = here.site.results.team, here.site.content.book.value.team.get(id)
    one, desk = found.employees[id], found.desks[id]
    return {
        **named(here, id),
        "note": here.t.remarks(each for each in (who.role, who.country, who.team) if each)
        if who
        else "",
        "accounts": len(one.accounts),
        "accounts_href": here.to("/accounts/") + f"?owner={id}",
        "letters": letters(one),
        "revenue": told(here, one.revenue),
        "potential": told(here, one.potential),
        "revenue_sort": _sort(one.revenue),
        "potential_sort": _sort(one.potential),
        "actions": desk.actions,
        "overdue": desk.overdue,
        "silent": len(desk.silent),
        "calendar": here.to(member_file(id)),
    }


def _sort(one: Sum) -> str:
    return "" if one.amount is None else str(one.amount)


def _nobody(here: Here, one: Kpis) -> dict[str, Any]:
    """Accounts that nobody looks after: the first by name, all behind the link."""
    rest = len(one.accounts) - MOST
    href = here.to("/accounts/") + "?owner=-"
    return {
        "row": kpi_row(here, {"label": here.t("team.nobody"), "href": None}, one),
        "text": here.t("team.without", n=len(one.accounts)),
        "accounts": [here.account(id) for id in one.accounts[:MOST]],
        "more": {"href": href, "label": here.t("more", n=rest)} if rest > 0 else None,
    }
