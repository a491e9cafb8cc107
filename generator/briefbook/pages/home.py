"""`/`: how the portfolio stands, and what needs somebody now."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from briefbook.analyse.results import Due
from briefbook.pages.facts import BASE as FACTS
from briefbook.pages.facts import stale_row
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page
from briefbook.pages.portfolio import classes, nine_box


def pages(site: Site) -> Iterator[Page]:
    """The one home page."""
    here = Here(site, "/")
    t = site.words
    yield Page(
        address="/",
        template="home.html",
        title=t("home.title"),
        kind="home",
        section="",
        description=t("home.description", name=site.content.book.value.name),
        searchable=False,
        foot=here.foot("book.yml"),
        edit="book.yml",
        data={
            "title": t("home.title"),
            "summary": _summary(here),
            "sample": site.sample,
            "grid": nine_box(here),
            "thresholds": here.thresholds,
            "classes": classes(here),
            "currency": site.content.book.value.currency,
            "due": due_groups(here, site.results.dues),
            "stale": [stale_row(here, fact) for fact in site.results.stale[:MOST]],
            "stale_count": len(site.results.stale),
            "stale_href": here.to(FACTS),
            "rule_href": _method(here, "nine-box"),
            "start": _start(here),
        },
    )


def _method(here: Here, id: str) -> str | None:
    return here.record("page", id) if id in here.site.content.guides else None


def _summary(here: Here) -> dict[str, Any]:
    t, results = here.t, here.site.results
    year = max((one.year for one in results.standings.values() if one.year), default="")
    known = [one for one in results.standings.values() if one.year and one.year == year]
    total = sum((one.contribution or Decimal(0) for one in known), Decimal(0))
    both = [one for one in known if one.potential]
    potential = sum((one.potential or Decimal(0) for one in both), Decimal(0))
    ours = sum((one.contribution or Decimal(0) for one in both), Decimal(0))
    overdue = sum(1 for due in results.dues if due.overdue)
    others = len(results.standings) - len(known)
    return {
        "accounts": t("home.accounts", n=len(results.standings)),
        "brought": t("home.brought", n=len(known), amount=here.amount(total), year=here.year(year))
        if known
        else t("home.none-brought"),
        "share": t("home.share", share=t.share(ours / potential), potential=here.amount(potential))
        if potential
        else "",
        "others": t("home.others", n=others) if known and others else "",
        "overdue": t("home.overdue", n=overdue) if overdue else "",
        "stale": t("home.stale", n=len(results.stale)) if results.stale else "",
    }


def due_groups(here: Here, dues: tuple[Due, ...], *, named: bool = True) -> list[dict[str, Any]]:
    """What is overdue, what the next 30 days bring, contracts that end; `named` by account."""
    groups = (
        ("overdue", "bad", [due for due in dues if due.overdue]),
        ("soon", None, [due for due in dues if not due.overdue and due.kind != "contract"]),
        ("contract", None, [due for due in dues if due.kind == "contract"]),
    )
    return [
        {
            "title": here.t(f"due.group.{name}", n=len(items)),
            "kind": kind,
            "items": [due_item(here, due, named) for due in items[:MOST]],
            "more": {"href": here.to("/accounts/"), "label": here.t("more", n=len(items) - MOST)}
            if len(items) > MOST
            else None,
        }
        for name, kind, items in groups
        if items
    ]


def due_item(here: Here, due: Due, named: bool) -> dict[str, Any]:
    """One line of a due list."""
    account = here.account(due.account)
    what = due.what or here.t(f"due.{due.kind}")
    return {
        "date": here.t.near(due.day, here.site.results.today),
        "what": what,
        "letter": account["letter"],
        "account": account["name"] if named else None,
        "account_href": account["href"],
        "owner": here.member(due.owner),
    }


def _start(here: Here) -> list[dict[str, Any]]:
    wanted = ("six-parts", "fifteen-minutes", "nine-box", "five-strategies")
    guides = here.site.content.guides
    return [
        {"href": here.record("page", id), "title": guides[id].title}
        for id in wanted
        if id in guides
    ]
