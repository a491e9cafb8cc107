"""`/`: how the portfolio stands, and what needs somebody now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from briefbook.analyse.due import RENEWAL, SOON
from briefbook.analyse.glance import Glance, glance, latest_year, overdue, soon
from briefbook.analyse.results import Due
from briefbook.pages import owed
from briefbook.pages.changes import lately
from briefbook.pages.facts import BASE as FACTS
from briefbook.pages.facts import stale_row
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.home_owners import by_owner, owner_json, owner_rows
from briefbook.pages.nine_box import nine_box
from briefbook.pages.page import Page
from briefbook.pages.portfolio import classes
from briefbook.pages.reading import minutes

FEW = 4
"""Lines of each group beside the nine-box; the rest is one click away."""
GUIDES = ("six-parts", "fifteen-minutes", "nine-box", "five-strategies")


def pages(site: Site) -> Iterator[Page]:
    """The one home page."""
    here = Here(site, "/")
    t, content, results = site.words, site.content, site.results
    year = latest_year(results)
    whole = glance(content, results, content.accounts, year)
    owners = by_owner(site, year)
    grid, rows = nine_box(here), classes(here)
    yield Page(
        address="/",
        template="home.html",
        title=t("home.title"),
        kind="home",
        section="",
        description=t("home.description", name=content.book.value.name),
        searchable=False,
        foot=here.foot("book.yml", json=True),
        edit="book.yml",
        json=_json(site, whole, grid, rows, owners),
        data={
            "title": t("home.title"),
            "sample": site.sample,
            "said": _said(here, whole),
            "needs": _needs(here, whole),
            "grid": grid,
            "thresholds": here.thresholds,
            "reasons": here.to("/strategy/#reasons"),
            "rule_href": _method(here, "nine-box"),
            "classes": rows,
            "currency": content.book.value.currency,
            "due": _due(here),
            "due_href": here.to(owed.BASE),
            "signs": _signs(here, whole),
            "owners": owner_rows(here, owners),
            "team_href": here.to("/team/"),
            "stale": [stale_row(here, fact) for fact in results.stale[:MOST]],
            "stale_count": len(results.stale),
            "stale_href": here.to(FACTS),
            "complete": _complete(here, whole),
            "start": _start(here),
            "lately": lately(here),
            "changes_href": here.to("/changes/"),
        },
    )


def _method(here: Here, id: str) -> str | None:
    return here.record("page", id) if id in here.site.content.guides else None


def _said(here: Here, whole: Glance) -> dict[str, Any]:
    """The first sentence: how many accounts, what they brought, and how much is possible."""
    t, year = here.t, here.year(whole.year)
    others = whole.accounts - whole.known
    brought = t("home.none-brought")
    if whole.known:
        key = "home.all-brought" if not others else "home.brought"
        brought = t(key, n=whole.known, amount=here.amount(whole.contribution), year=year)
    return {
        "accounts": {"text": t("home.accounts", n=whole.accounts), "href": here.to("/accounts/")},
        "plain": bool(whole.known) and not others,
        "brought": brought,
        "share": t("home.share", share=t.share(whole.both / whole.potential),
                   potential=here.amount(whole.potential)) if whole.potential else "",
        "others": t("home.others", n=others) if whole.known and others else "",
    }  # fmt: skip


def _needs(here: Here, whole: Glance) -> list[dict[str, Any]]:
    """The second sentence: what is owed, each count with the way to all of it."""
    t, results = here.t, here.site.results
    until = t.near(results.today + SOON, results.today)
    late = len(results.stale)
    counts = (
        (whole.overdue, t("home.overdue", n=whole.overdue), owed.address("overdue"), True),
        (whole.soon, t("home.soon", n=whole.soon, day=until), owed.address("soon"), False),
        (late, t("home.stale", n=late), FACTS, False),
        (whole.unplanned, t("home.unplanned", n=whole.unplanned), "/plans/", False),
    )
    return [
        {"text": text, "href": here.to(to), "strong": strong} for n, text, to, strong in counts if n
    ]


def _due(here: Here) -> list[dict[str, Any]]:
    """What is overdue, due, ends, and whom nobody talked with, a few of each."""
    today, lists = here.site.results.today, owed.listed(here.site)
    by = {"soon": SOON, "contract": RENEWAL}
    return [
        {
            "title": here.t(f"home.group.{kind}", n=len(lists[kind]),
                            day=here.t.near(today + by[kind], today) if kind in by else ""),
            "kind": "bad" if kind == "overdue" else None,
            "items": [owed.row(here, one) for one in lists[kind][:FEW]],
            "more": _more(here, kind, len(lists[kind]) - FEW),
        }
        for kind in ("overdue", "soon", "contract", "silent")
        if kind in lists
    ]  # fmt: skip


def _more(here: Here, kind: str, rest: int) -> dict[str, str] | None:
    if rest <= 0:
        return None
    return {"href": here.to(owed.address(kind)), "label": here.t("more", n=rest)}


def _signs(here: Here, whole: Glance) -> list[dict[str, Any]]:
    """Kinds of warning signs with the accounts that show them."""
    return [
        {"name": owed.title(here, kind), "href": here.to(owed.address(kind)), "count": count}
        for kind in owed.SIGNS
        if (count := whole.signs.get(kind, 0))
    ]


def _complete(here: Here, whole: Glance) -> dict[str, Any] | None:
    if whole.complete is None:
        return None
    return {"text": here.t.share(whole.complete), "part": float(whole.complete),
            "href": here.to("/quality/")}  # fmt: skip


def due_groups(here: Here, dues: Sequence[Due], *, named: bool = True) -> list[dict[str, Any]]:
    """What is overdue, what the next 30 days bring, contracts that end; `named` by account."""
    groups: tuple[tuple[str, str | None, Callable[[Due], bool]], ...] = (
        ("overdue", "bad", overdue),
        ("soon", None, soon),
        ("contract", None, owed.DUES["contract"]),
    )
    return [
        {
            "title": here.t(f"due.group.{name}", n=len(items)),
            "kind": kind,
            "items": [due_item(here, due, named) for due in items[:MOST]],
            "more": _more(here, name, len(items) - MOST),
        }
        for name, kind, wanted in groups
        if (items := list(filter(wanted, dues)))
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
    """Where a new colleague begins: the path, methods, then what we offer and what words mean."""
    t, guides = here.t, here.site.content.guides
    read = [
        {
            "href": here.record("page", id),
            "title": guides[id].title,
            "minutes": t("minutes", n=minutes(guides[id].text)),
        }
        for id in GUIDES
        if id in guides
    ]
    pages = ("capabilities", "glossary")
    path = {"href": here.to("/start/"), "title": t("start.first-week"), "minutes": ""}
    return [
        path,
        *read,
        *({"href": here.to(f"/{id}/"), "title": t(f"{id}.title"), "minutes": ""} for id in pages),
    ]


def _json(
    site: Site,
    whole: Glance,
    grid: dict[str, Any],
    rows: list[dict[str, Any]],
    owners: dict[str | None, Glance],
) -> dict[str, Any]:
    """Every number of the page, computed sums as exact text."""
    levels = ("high", "medium", "low")
    return {
        "kind": "home",
        "today": site.results.today.isoformat(),
        **owner_json(whole),
        "stale_facts": len(site.results.stale),
        "nine_box": {
            f"{level}/{potential}": {"class": cell["letter"], "accounts": cell["count"]}
            for level, row in zip(levels, grid["rows"], strict=True)
            for potential, cell in zip(reversed(levels), row["cells"], strict=True)
        },
        "classes": {
            row["letter"] or "none": {"accounts": row["count"], **row["sums"]}
            for row in rows
            if not row["total"]
        },
        "owners": {id or "": owner_json(one) for id, one in owners.items()},
    }  # fmt: skip
