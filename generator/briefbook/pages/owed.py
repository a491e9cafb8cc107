"""`/due/`: all that is owed and every warning sign, kind by kind, 200 rows a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from briefbook.analyse.glance import overdue, soon
from briefbook.analyse.results import Due
from briefbook.analyse.signs import Sign
from briefbook.pages.account_daily import sign_row
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.seen import shared
from briefbook.pages.sheets import by_contribution, firsts, pager, sheet

BASE = "/due/"
DUES = {"overdue": overdue, "soon": soon, "contract": lambda due: due.kind == "contract"}
SIGNS = (
    "silent", "renewal", "falling", "role-gone", "role-missing", "review-overdue",
    "promise-overdue", "satisfaction",
)  # fmt: skip
Row = Due | tuple[str, Sign]
"""Something that an account owes, or an account's id and one of its warning signs."""


def address(kind: str) -> str:
    """Where all of one kind are listed."""
    return f"{BASE}{kind}/"


def pages(site: Site) -> Iterator[Page]:
    """How many there are of each kind."""
    yield _index(site, listed(site))


def sheets(site: Site) -> Iterator[str]:
    """Each page of each kind, by the kind and its first row."""
    for kind, rows in listed(site).items():
        yield from (f"{kind}/{first}" for first in firsts(len(rows)))


def of(site: Site, which: str) -> Iterator[Page]:
    """A page by itself: each names other accounts."""
    kind, _, first = which.partition("/")
    yield _page(site, kind, listed(site)[kind], int(first))


@shared
def listed(site: Site) -> Mapping[str, Sequence[Row]]:
    """Kinds that are there: dues by day, then signs, the accounts that bring most first."""
    found: dict[str, list[Row]] = {name: [] for name in (*DUES, *SIGNS)}
    for name, wanted in DUES.items():
        found[name] += filter(wanted, site.results.dues)
    for id in by_contribution(site):
        for sign in site.results.signs[id]:
            found[sign.kind].append((id, sign))
    return {name: rows for name, rows in found.items() if rows}


def _index(site: Site, lists: Mapping[str, Sequence[Row]]) -> Page:
    here = Here(site, BASE)
    rows = [
        {"href": here.to(address(kind)), "name": title(here, kind), "count": len(rows)}
        for kind, rows in lists.items()
    ]
    return _made(here, {
        "title": here.t("owed.title"), "trail": [], "lede": here.t("owed.lede"), "kinds": rows,
        "rows": [], "pager": None,
    })  # fmt: skip


def title(here: Here, kind: str) -> str:
    """What a kind is called."""
    return here.t(f"owed.{kind}")


def _page(site: Site, kind: str, rows: Sequence[Row], first: int) -> Page:
    base = address(kind)
    here = Here(site, sheet(base, first))
    trail = [{"href": here.to(BASE), "label": here.t("owed.title")}]
    return _made(here, {
        "title": title(here, kind),
        "trail": [*trail, *([{"href": here.to(base), "label": title(here, kind)}] * bool(first))],
        "lede": here.t("owed.of", n=len(rows)),
        "kinds": [],
        "rows": [row(here, one) for one in rows[first : first + MOST_ROWS]],
        "pager": pager(here, base, first, len(rows)),
    })  # fmt: skip


def _made(here: Here, data: dict[str, Any]) -> Page:
    return Page(
        address=here.base, template="owed.html", title=data["title"], kind="owed", section="",
        searchable=False, foot=here.foot("accounts/"), data={**data, "sample": here.site.sample},
    )  # fmt: skip


def row(here: Here, one: Row) -> dict[str, Any]:
    """One line: the day if there is one, what it is about, whose it is."""
    day: date | None
    if isinstance(one, Due):
        what, part = one.what or here.t(f"due.{one.kind}"), ""
        id, day, owner = one.account, one.day, one.owner
    else:
        id, sign = one
        what, part = _said(here, sign)
        owner = here.site.content.accounts[id].value.owner
        day = next((v for v in sign.why.numbers.values() if isinstance(v, date)), None)
    account = here.account(id)
    return {
        "date": here.t.near(day, here.site.results.today) if day else None,
        "what": what,
        "href": account["href"] + part,
        "letter": account["letter"],
        "account": account["name"],
        "account_href": account["href"],
        "owner": here.member(owner),
    }


def _said(here: Here, sign: Sign) -> tuple[str, str]:
    """The sentence and the part of the account's page; a day that stands beside it is left out."""
    said, numbers = sign_row(here, sign), sign.why.numbers
    if sign.kind != "silent":
        return said["text"], said["href"]
    letter = str(numbers["letter"]).upper()
    every = here.written(str(numbers["every"]))
    return here.t("owed.was-due", letter=letter, every=every), said["href"]
