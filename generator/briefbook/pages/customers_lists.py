"""Ranking, fits and focus list in, rows of tables and the pages of long ones out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from briefbook.analyse.customers import Candidate
from briefbook.analyse.profile_fit import AMOUNTS, CustomerFit, Stated
from briefbook.pages.customers_profile import amount, label, value
from briefbook.pages.here import MOST, Here

ROWS = 200
"""Rows of a page of a long table."""
Item = TypeVar("Item")


def parted(items: Sequence[Item], first: int = 0) -> list[Sequence[Item]]:
    """Pages of 200 items, after the first ones that stand elsewhere."""
    return [items[at : at + ROWS] for at in range(first, len(items), ROWS)]


def candidate(here: Here, one: Candidate) -> dict[str, Any]:
    """A row of the ranking."""
    t = here.t
    return {
        **here.account(one.account),
        "rank": one.rank or None,
        "days": t("customers.days", n=one.days) if one.days is not None else None,
        "days_sort": str(one.days) if one.days is not None else "",
        "contribution": t.millions(one.contribution) if one.contribution is not None else None,
        "contribution_sort": str(one.contribution) if one.contribution is not None else "",
        "since": t.day(one.since) if one.since else None,
        "since_sort": one.since.isoformat() if one.since else "",
        "chosen": one.account in here.site.results.customers.chosen,
    }


def fit(here: Here, one: CustomerFit) -> dict[str, Any]:
    """A row of the list of fits: what matches, what differs and how, what is not known."""
    t, said = here.t, here.site.results.customers.said[one.account]
    asked = len(one.matches) + len(one.differs) + len(one.unknown)
    return {
        **here.account(one.account),
        "prospect": one.prospect,
        "part": len(one.matches),
        "whole": asked,
        "text": t("customers.known", n=len(one.matches), all=asked),
        "matches": here.t.row(label(here, name) for name in one.matches),
        "differs": here.t.row(_differing(here, said, name) for name in one.differs),
        "unknown": here.t.row(label(here, name) for name in one.unknown),
    }


def _differing(here: Here, said: Stated, name: str) -> str:
    found: Any = said.industry[-1] if name == "industry" else getattr(said, name)
    if name in AMOUNTS:
        shown = amount(here, name, found)
    else:
        shown = value(here, name, found)["text"] or "" if found else here.t("not-known")
        if name == "place" and said.region and here.site.results.customers.ideal.region:
            shown = here.t.remarks((shown, said.region))
    return here.t("customers.differs", field=label(here, name), value=shown)


def focus(here: Here) -> dict[str, Any]:
    """The few that were chosen, with reason and last talk; too many are no focus."""
    t, found, book = here.t, here.site.results.customers, here.site.content.book.value
    number, cap = len(found.focus), book.focus_cap
    return {
        "count": t("customers.focus.count", n=number, cap=cap),
        "over": t("customers.focus.over", n=number - cap) if number > cap else None,
        "rows": [_focused(here, id) for id in found.focus[:MOST]],
        "more": {
            "href": here.to("/accounts/") + "?focus=yes",
            "label": t("more", n=number - MOST),
        }
        if number > MOST
        else None,
    }


def _focused(here: Here, id: str) -> dict[str, Any]:
    account, results = here.site.content.accounts[id].value, here.site.results
    talks = [one.date.date for one in account.contacts if one.date.date <= results.today]
    brought = results.contributions[id]
    return {
        **here.account(id),
        "because": here.prose(account.focus.because) if account.focus else None,
        "contribution": here.t.millions(brought) if brought is not None else None,
        "owner": here.member(account.owner),
        "talk": here.t.day(max(talks)) if talks else None,
    }
