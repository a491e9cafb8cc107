"""`/capabilities/<id>/`: pains that it answers, who uses it, white space, where it is offered."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from briefbook.analyse.capabilities import Capable, Offered, Wanted
from briefbook.analyse.industries import PainRow
from briefbook.model.account import Opportunity
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page
from briefbook.pages.table_csv import csv_text
from briefbook.prose import plain
from briefbook.quantity import shorten

MOST_TEXT = 90
"""Characters of a pain; the whole of it stands where the link leads."""
NAMED = 2
"""Pains named beside an account."""
HEAD = (
    "account", "name", "state", "class", "owner", "contribution", "potential", "seats", "active",
    "as_of", "pains",
)  # fmt: skip


def page(site: Site, one: Capable) -> Page:
    """All about one capability; lists hold twelve, the file beside the page holds every account."""
    here = Here(site, f"/capabilities/{one.id}/")
    t, offered = site.words, site.content.book.value.capabilities[one.id]
    csv = {"href": "accounts.csv", "label": t("table.csv")}
    return Page(
        address=here.base,
        template="capability.html",
        title=offered.name,
        kind="capability",
        section="/strategy/",
        toc=tuple((id, t(f"capability.{id}")) for id in ("pains", "users", "white", "deals")),
        description=t("capability.description", name=offered.name),
        filters=(("kind", t("kind.capability")),),
        json=_json(one),
        foot={**here.foot("book.yml", json=True), "csv": csv},
        edit="book.yml",
        files={"accounts.csv": _csv(site, one)},
        data={
            "title": offered.name,
            "sample": site.sample,
            "trail": [{"href": here.to("/capabilities/"), "label": t("capabilities.title")}],
            "what": here.prose(offered.what),
            "facts": _facts(here, one),
            "currency": site.content.book.value.currency,
            "pains": [_pain(here, row) for row in one.pains[:MOST]],
            "pains_more": _more(here, len(one.pains), here.to("/industries/pains/")),
            "users": [_user(here, id, one.id) for id in one.users[:MOST]],
            "users_more": _more(here, len(one.users), "accounts.csv"),
            "white": [_white(here, each) for each in one.white[:MOST]],
            "white_more": _more(here, len(one.white), "accounts.csv"),
            "deals": [_deal(here, each) for each in one.deals[:MOST]],
            "deals_more": t("more", n=len(one.deals) - MOST) if len(one.deals) > MOST else None,
        },
    )


def potential(one: Capable) -> Decimal | None:
    """What the white space could bring in a year, in the book's currency, as far as it is known."""
    known = [each.potential for each in one.white if each.potential is not None]
    return sum(known, Decimal(0)) if known else None


def _more(here: Here, n: int, href: str) -> dict[str, str] | None:
    return {"href": href, "label": here.t("more", n=n - MOST)} if n > MOST else None


def _facts(here: Here, one: Capable) -> list[dict[str, Any]]:
    t = here.t
    industries = len({row.industry for row in one.pains})
    high = sum(row.severity == "high" for row in one.pains)
    seats = t("capability.seats", n=int(one.seats))
    left = potential(one)
    return [
        {"label": t("capability.pains"), "value": len(one.pains),
         "note": t.remarks((t("capability.grave", n=high),
                            t("capability.industries", n=industries)))},
        {"label": t("capability.users"), "value": len(one.users), "note": None},
        {"label": t("field.active"),
         **({"value": t.share(one.active), "note": seats} if one.active is not None
            else {"missing": t("not-known")})},
        {"label": t("capability.white"), "value": len(one.white),
         "note": t("capability.potential", amount=here.amount(left)) if left is not None else None},
        {"label": t("capability.open"), "value": sum(deal.open for deal in one.deals),
         "note": None},
    ]  # fmt: skip


def _pain(here: Here, row: PainRow) -> dict[str, Any]:
    industry = here.site.content.industries[row.industry]
    return {
        "text": industry.value.pains[row.id].pain,
        "href": here.record("industry", row.industry, f"pain-{row.id}"),
        "industry": industry.name,
        "severity": row.severity,
        "severity_label": here.t(f"word.{row.severity}") if row.severity else None,
        "accounts": row.accounts,
    }


def _user(here: Here, id: str, of: str) -> dict[str, Any]:
    use = here.site.content.accounts[id].value.uses[of]
    return {
        **here.account(id),
        "owner": here.member(here.site.content.accounts[id].value.owner),
        "since": here.t.month(use.since.date) if use.since else None,
        "seats": here.quantity(use.seats) if use.seats else None,
        "active": here.quantity(use.active) if use.active else None,
        "part": float(use.active.number) if use.active else None,
        **here.age(use.as_of.date if use.as_of else None, "other"),
    }


def _white(here: Here, one: Wanted) -> dict[str, Any]:
    named = list(reasons(here, one))
    rest = len(named) - NAMED
    account = here.site.content.accounts[one.account].value
    return {
        **here.account(one.account),
        "potential": here.t.millions(one.potential) if one.potential is not None else None,
        "owner": here.member(account.owner),
        "reasons": named[:NAMED],
        "more": here.t("more", n=rest) if rest > 0 else None,
    }


def reasons(here: Here, one: Wanted) -> Iterator[dict[str, Any]]:
    """What hurts and would be answered, and where it stands."""
    for kind, text, to in _reasons(here.site, one):
        label = here.t(f"capability.reason.{kind}")
        yield {"text": _short(text), "href": here.record(*to), "kind": label}


def _reasons(site: Site, one: Wanted) -> Iterator[tuple[str, str, tuple[str, str, str]]]:
    """Own needs and steps, then the industry's pains: kind, text, and whose it is."""
    content = site.content
    account = content.accounts[one.account].value
    for id in one.needs:
        yield "need", account.needs[id].need, ("account", one.account, f"need-{id}")
    for at in one.steps:
        pain = account.process[at].pain or account.process[at].step
        yield "step", pain, ("account", one.account, "")
    for id in one.pains:
        pain = content.industries[account.industry].value.pains[id].pain
        yield "pain", pain, ("industry", account.industry, f"pain-{id}")


@lru_cache(maxsize=1 << 10)  # a pain of an industry is one of all its accounts
def _short(text: str) -> str:
    return shorten(plain(text), MOST_TEXT)


def _deal(here: Here, one: Offered) -> dict[str, Any]:
    deal = here.site.content.accounts[one.account].value.opportunities[one.opportunity]
    return {
        **here.account(one.account),
        "deal": deal.name,
        "deal_href": here.record("account", one.account, f"opportunity-{one.opportunity}"),
        "stage": here.t(f"word.{deal.stage}") if deal.stage else None,
        "value": here.quantity(deal.value) if deal.value else None,
        "when": _when(here, deal),
    }


def _when(here: Here, deal: Opportunity) -> str | None:
    ended = deal.signed or deal.lost
    if ended:
        return here.t.day(ended.date)
    return here.when(deal.expected) if deal.expected else None


def _json(one: Capable) -> dict[str, Any]:
    """The numbers, and the first of each list; the file beside the page holds every account."""
    return {
        "kind": "capability",
        "id": one.id,
        "pains": [f"{row.industry}#{row.id}" for row in one.pains],
        "users": len(one.users),
        "seats": str(one.seats),
        "active": None if one.active is None else str(one.active),
        "white_space": len(one.white),
        "white_potential": str(left) if (left := potential(one)) is not None else None,
        "white": [each.account for each in one.white[:MOST]],
        "deals": len(one.deals),
        "open_deals": sum(each.open for each in one.deals),
    }


def _csv(site: Site, one: Capable) -> str:
    """Every account that uses it or would need it; amounts in the book's currency."""
    white = ((each.account, "white", "; ".join(_short(text) for _, text, _ in _reasons(site, each)))
             for each in one.white)  # fmt: skip
    used = ((id, "used", "") for id in one.users)
    return csv_text(HEAD, (_csv_row(site, one.id, *row) for row in (*used, *white)))


def _csv_row(site: Site, of: str, id: str, kind: str, pains: str) -> tuple[object, ...]:
    record, place = site.content.accounts[id], site.results.standings[id]
    use = record.value.uses.get(of)
    return (
        id, record.name, kind, place.letter, record.value.owner, place.contribution,
        place.potential, use and use.seats and use.seats.number, use and use.active
        and use.active.text, use and use.as_of and use.as_of.date, pains,
    )  # fmt: skip
