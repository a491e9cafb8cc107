"""`/customers/`: whom to serve; with more than twelve, pages of all candidates and all fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefbook.analyse.customers import Candidate, measured
from briefbook.analyse.profile_fit import CustomerFit
from briefbook.pages import customers_json
from briefbook.pages.customers_lists import ROWS, candidate, fit, focus, parted
from briefbook.pages.customers_profile import buyer, chosen, profile, unused
from briefbook.pages.customers_tiers import cross, source, tier, tiers
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page
from briefbook.pages.sheets import firsts

ADDRESS = "/customers/"
CANDIDATES = "/customers/candidates/"
PARTS = ("tiers", "candidates", "profile", "buyer", "unused", "fit", "prospects", "focus")
METHOD = "ideal-customer"


def pages(site: Site) -> Iterator[Page]:
    """The overview."""
    yield _overview(site)


def sheets(site: Site) -> Iterator[str]:
    """Each page of what does not fit on it, by list and number."""
    found = site.results.customers
    count = len(found.ranked) + len(found.unranked)
    if count > MOST:
        yield from (f"candidates/{first // ROWS + 1}" for first in firsts(count, ROWS))
    if len(found.fits) > MOST:
        yield from (f"fit/{first // ROWS + 2}" for first in firsts(len(found.fits) - MOST, ROWS))


def in_list(site: Site, which: str) -> Iterator[Page]:
    """A page by itself: each names other accounts."""
    found, (name, _, number) = site.results.customers, which.partition("/")
    if name == "fit":
        yield _fits(site, parted(found.fits, MOST), int(number))
    else:
        yield _candidates(site, parted([*found.ranked, *found.unranked]), int(number))


def _at(base: str, number: int) -> str:
    return base if number == 1 else f"{base}page/{number}/"


def _overview(site: Site) -> Page:
    here = Here(site, ADDRESS)
    t, found, book = site.words, site.results.customers, site.content.book
    prospects = [one for one in found.fits if one.prospect]
    shown = [id for id in PARTS if id != "prospects" or prospects]
    return Page(
        address=here.base,
        template="customers.html",
        title=t("customers.title"),
        kind="customers",
        section=ADDRESS,
        description=t("customers.description"),
        searchable=False,
        edit="book.yml",
        foot=here.foot("book.yml", json=True),
        toc=tuple((id, t(f"customers.{id}")) for id in shown),
        json=customers_json.whole(found, book.value),
        data={
            "title": t("customers.title"),
            "sample": site.sample,
            "currency": book.value.currency,
            "method": here.record("page", METHOD) if METHOD in site.content.guides else None,
            "source": source(here),
            "tiers": tiers(here),
            "earlier": t("customers.earlier", n=found.earlier, year=here.year(found.year))
            if found.earlier
            else None,
            "cross": cross(here),
            **_ranking(here),
            "chosen": chosen(here),
            "profile": profile(here),
            "buyer": buyer(here),
            "unused": unused(here),
            "fits": [fit(here, one) for one in found.fits[:MOST]],
            "fits_more": _more(here, _at(ADDRESS, 2), len(found.fits)),
            "prospects": [fit(here, one) for one in prospects[:MOST]],
            "prospects_more": t("more", n=len(prospects) - MOST) if len(prospects) > MOST else None,
            "focus": focus(here),
        },
    )


def _ranking(here: Here) -> dict[str, Any]:
    """The candidates of the most important source, and those whom nobody can rank."""
    t, found, book = here.t, here.site.results.customers, here.site.content.book
    count = len(found.ranked) + len(found.unranked)
    return {
        "goal": book.value.goal,
        "goal_why": t(f"customers.goal.{book.value.goal}"),
        "goal_default": t("default.own" if "goal" in book.tree.data else "default.project"),
        "of": t("customers.of-tier", tier=tier(here, found.source.tier))
        if found.source.tier
        else t("customers.of-all"),
        "first": [here.account(one.account) for one in found.ranked[:3]],
        "ranked": [candidate(here, one) for one in found.ranked[:MOST]],
        "unranked": [here.account(id) for id in found.unranked[:MOST]],
        "unranked_why": t(f"customers.unranked.{book.value.goal}", n=len(found.unranked)),
        "ranked_more": {
            "href": here.to(CANDIDATES), "label": t("customers.all-candidates", n=count),
        }
        if count > MOST
        else None,
    }  # fmt: skip


def _more(here: Here, address: str, count: int) -> dict[str, str] | None:
    if count <= MOST:
        return None
    return {"href": here.to(address), "label": here.t("more", n=count - MOST)}


def _fits(site: Site, parts: Sequence[Sequence[CustomerFit]], number: int) -> Page:
    here, some = Here(site, _at(ADDRESS, number)), parts[number - 2]
    return _list(
        here, number, len(parts) + 1, ADDRESS, "fit",
        {"fits": [fit(here, one) for one in some]},
        {"fit": customers_json.fits(some)},
    )  # fmt: skip


def _candidates(site: Site, parts: Sequence[Sequence[Candidate | str]], number: int) -> Page:
    here, part = Here(site, _at(CANDIDATES, number)), parts[number - 1]
    brought, accounts = site.results.contributions, site.content.accounts
    ranked = [one for one in part if isinstance(one, Candidate)]
    without = [one for one in part if isinstance(one, str)]
    rest = [measured(id, accounts[id].value, brought[id], site.results.today) for id in without]
    goal = site.content.book.value.goal
    return _list(
        here, number, len(parts), CANDIDATES, "candidates",
        {"ranked": [candidate(here, one) for one in (*ranked, *rest)], "goal": goal,
         "currency": site.content.book.value.currency},
        customers_json.candidates(ranked, without),
    )  # fmt: skip


def _list(
    here: Here, number: int, of: int, base: str, part: str, data: Mapping[str, Any],
    json: Mapping[str, Any],
) -> Page:  # fmt: skip
    """A page of a long table."""
    t = here.t
    title = t("customers.page", title=t(f"customers.{part}"), n=number, all=of)
    return Page(
        address=here.base,
        template=f"customers_{part}.html",
        title=title,
        kind="customers",
        section=ADDRESS,
        searchable=False,
        foot=here.foot("accounts/", json=True),
        json={**customers_json.head(), "page": number, "pages": of, **json},
        data={
            "title": title,
            "sample": here.site.sample,
            "trail": [{"href": here.to(ADDRESS), "label": t("customers.title")}],
            "turn": [
                {"href": here.to(_at(base, at)), "label": t(f"customers.{name}"), "rel": name}
                for name, at in (("prev", number - 1), ("next", number + 1))
                if 1 <= at <= of
            ],
            **data,
        },
    )
