"""`/companies/` and `/companies/<id>/`: public companies compared, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from briefbook.analyse.companies import in_order, margin
from briefbook.analyse.money import in_book
from briefbook.load import Record
from briefbook.model import Company
from briefbook.model.parts import Statement
from briefbook.model.types import Fact
from briefbook.pages import model
from briefbook.pages.company_named import SECTIONS, competitor, roles, stands
from briefbook.pages.company_parts import (
    FIGURES,
    PROFILE,
    figure,
    figures,
    goals,
    net_margin,
    profile,
    shifts,
    turned,
    turns_why,
)
from briefbook.pages.derived import record_json
from briefbook.pages.finance import SHOWN as OF_FINANCE
from briefbook.pages.finance import derived as of_finance
from briefbook.pages.finance import finance
from briefbook.pages.here import Here, Site
from briefbook.pages.other import everything_else, fact
from briefbook.pages.page import Page
from briefbook.pages.sources import SHOWN as OF_SOURCES
from briefbook.pages.sources import own_sources
from briefbook.quantity import Quantity
from briefbook.spelling import alphabetical

SHOWN = frozenset(
    (
        *"name sample aliases industry roles what country ticker stands_at serves".split(),
        *(f"finance.statements.*.{name}" for name in ("period", "note")),
        *(path for name in FIGURES for path in fact(f"finance.statements.*.{name}")),
        *(f"competitor.{name}" for name in (*SECTIONS, "source")),
        *(path for name in PROFILE for path in (f"profile.{name}", *fact(f"profile.{name}"))),
        "profile.extra",
        *(f"goals.*.{name}" for name in "period goal measure source".split()),
        *(f"shifts.*.{name}" for name in "date from to implication our_offer source".split()),
        *OF_SOURCES,
    )
)
"""Paths that the page shows; see `pages.other`."""


def pages(site: Site) -> Iterator[Page]:
    """The index."""
    here = Here(site, "/companies/")
    t, companies = site.words, site.content.companies
    yield Page(
        address=here.base,
        template="companies.html",
        title=t("companies.title"),
        kind="companies",
        section="/companies/",
        searchable=False,
        foot=here.foot("companies/"),
        data={
            "title": t("companies.title"),
            "lede": t("companies.lede", n=len(companies)),
            "rows": [_row(here, companies[id]) for id in _by_days(site)],
            "best": _best(here),
        },
    )


def of(site: Site, id: str) -> Iterator[Page]:
    """The page of one company."""
    yield _page(site, site.content.companies[id])


def _by_days(site: Site) -> list[str]:
    """Companies by inventory days, the fewest first; then those without, by name."""
    days, companies = site.results.stock.days, site.content.companies
    return sorted(
        companies,
        key=lambda id: (id not in days, days.get(id, 0), alphabetical(companies[id].name), id),
    )


def _best(here: Here) -> str | None:
    stock, companies = here.site.results.stock, here.site.content.companies
    if not stock.best:
        return None
    days = _days(_latest(companies[stock.best[0]], "inventory_days"))
    return here.t(
        "companies.best",
        n=len(stock.days),
        names=here.t.listed([companies[id].name for id in stock.best]),
        days=here.quantity(days) if days else "",
        turns=turned(here, days) if days else "",
    )


def _row(here: Here, record: Record[Company]) -> dict[str, Any]:
    company, stock = record.value, here.site.results.stock
    on_days = _latest(record, "inventory_days")
    days = _days(on_days)
    earned = _latest_margin(record)
    made = net_margin(here, earned) if earned else None
    text = made["text"] if made else None
    return {
        "name": record.name,
        "href": here.record("company", record.id),
        "what": company.what,
        "industry": here.industry(company.industry),
        "sample": company.sample,
        "roles": [here.t(f"word.{role}") for role in company.roles],
        "days": _short(here, record, on_days, "inventory_days"),
        "days_sort": str(stock.days.get(record.id, "")),
        "turns": turned(here, days) if days else None,
        "turns_sort": str(stock.turns.get(record.id, "")),
        "best": record.id in stock.best,
        **_revenue(here, record),
        "margin": {"text": text, "note": earned.period.text} if earned and text else None,
        "margin_sort": str(margin(earned)) if earned else "",
    }


def _short(
    here: Here, record: Record[Company], one: Statement | None, name: str
) -> dict[str, Any] | None:
    """A figure with its year and whether it is stale; where it is from stands on its own page."""
    shown = figure(here, record, one, name) if one else None
    if one is None or shown is None:
        return None
    return {"text": shown["text"], "note": one.period.text, "stale": shown["stale"]}


def _latest(record: Record[Company], name: str) -> Statement | None:
    """The latest statement with a figure; days of stock only where turns follow from them."""
    known = [
        one
        for one in in_order(record.value.finance)
        if getattr(one, name) and (name != "inventory_days" or _days(one))
    ]
    return known[-1] if known else None


def _days(one: Statement | None) -> Quantity | None:
    days = one.inventory_days.value if one and one.inventory_days else None
    return days if days and days.number > 0 else None


def _latest_margin(record: Record[Company]) -> Statement | None:
    known = [one for one in in_order(record.value.finance) if margin(one) is not None]
    return known[-1] if known else None


def _revenue(here: Here, record: Record[Company]) -> dict[str, Any]:
    """The latest revenue of a statement, else that of the profile; sorted in the book's currency.

    Without a rate it is sorted like what is not known.
    """
    one, profile = _latest(record, "revenue"), record.value.profile
    fact = one.revenue if one else profile.annual_revenue if profile else None
    if fact is None:
        return {"revenue": None, "revenue_sort": ""}
    amount = in_book(fact.value, here.site.content.book.value)
    return {
        "revenue": _short(here, record, one, "revenue") or _of_profile(here, record, fact),
        "revenue_sort": "" if amount is None else str(amount),
    }


def _of_profile(here: Here, record: Record[Company], fact: Fact[Quantity]) -> dict[str, Any]:
    shown = here.fact(fact, record, "other") or {}
    return {"text": shown["text"], "note": shown["as_of"], "stale": shown["stale"]}


def _page(site: Site, record: Record[Company]) -> Page:
    here = Here(site, f"/companies/{record.id}/")
    t, company = site.words, record.value
    data = {
        "title": record.name,
        "trail": [{"href": here.to("/companies/"), "label": t("companies.title")}],
        "sample": t("sample.record") if company.sample else None,
        "meta": _meta(here, company),
        "what": here.prose(company.what),
        "figures": figures(here, record),
        "finance": _earning(here, record),
        "best": _best(here) if record.id in site.results.stock.best else None,
        "stands": stands(here, record.id),
        "roles": roles(here, record),
        "competitor": competitor(here, record),
        "model": model.model(here, record),
        "goals": goals(here, record),
        "shifts": shifts(here, record),
        "profile": profile(here, record),
        "sources": own_sources(here, record),
        "else": everything_else(record, here, _shown(company)),
    }
    return Page(
        address=here.base,
        template="company.html",
        title=record.name,
        kind="company",
        section="/companies/",
        data=data,
        toc=tuple((ANCHORS.get(id, id), t(f"company.{id}")) for id in TOC if data[id]),
        description=t("company.description", name=record.name),
        filters=(("kind", t("kind.company")), *_facet(here, company.industry)),
        json=record_json(here, record, _derived(here, record)),
        foot=here.foot(record.file, 1, json=True),
        edit=record.file,
    )


TOC = ("figures", "finance", "roles", "competitor", "stands", "model", "goals", "shifts", "profile",
       "sources", "else")  # fmt: skip
"""Parts of the page in their order."""
ANCHORS = {"finance": "business"}
OF_EARNING = frozenset(
    path
    for path in OF_FINANCE
    if path.startswith(("finance.segments.", "finance.year", "finance.peers"))
)
"""Paths that the section on earning shows besides the table of figures."""


def _earning(here: Here, record: Record[Company]) -> dict[str, Any] | None:
    """Segments and DuPont analysis where there is something to analyse, less what stands above."""
    years = here.site.results.years.get(f"company/{record.id}", ())
    made = finance(here, record)
    worth = record.value.finance and (
        record.value.finance.segments or any(one.roe.value is not None for one in years)
    )
    if made is None or not worth:
        return None
    does = made["does"] and {**made["does"], "figures": None}
    return {**made, "does": does, "shifts": [], "goals": []}


def _meta(here: Here, company: Company) -> list[Any]:
    industry = here.industry(company.industry)
    linked = {"text": industry["name"], "href": industry["href"]} if industry else company.industry
    roles = [here.t(f"word.{role}") for role in company.roles]
    return [
        one for one in (linked, *roles, company.country, company.ticker, *company.aliases) if one
    ]


def _facet(here: Here, industry: str | None) -> tuple[tuple[str, str], ...]:
    link = here.industry(industry)
    return (("industry", link["name"]),) if link else ()


def _shown(company: Company) -> frozenset[str]:
    earning = OF_EARNING if company.finance and company.finance.segments else frozenset()
    return (
        SHOWN | earning | _sources_shown(company) | frozenset(model.shown(company.business_model))
    )


def _sources_shown(company: Company) -> frozenset[str]:
    """A statement's own source stands beside the figures that have none."""
    statements = company.finance.statements if company.finance else ()
    return frozenset(
        f"finance.statements.{at}.source"
        for at, one in enumerate(statements)
        if any(fact and not fact.source for fact in (getattr(one, name) for name in FIGURES))
    )


def _derived(here: Here, record: Record[Company]) -> list[dict[str, Any]]:
    earning = (one for one in of_finance(here, record) if one["name"] != "inventory_turns")
    return [*_stock(here, record), *_margin(here, record), *earning]


def _stock(here: Here, record: Record[Company]) -> list[dict[str, Any]]:
    stock = here.site.results.stock
    if record.id not in stock.days:
        return []
    days = stock.days[record.id]
    made = {
        "name": "inventory_turns",
        "rule": "turns",
        "value": f"{stock.turns[record.id]:.2f}",
        "numbers": {"inventory_days": days},
        "sentence": turns_why(here, days),
    }
    if not stock.best:
        return [made]
    numbers = {"companies": len(stock.days), "fewest_days": stock.days[stock.best[0]]}
    best = {
        "name": "best_inventory_turns",
        "rule": "turns",
        "value": record.id in stock.best,
        "numbers": numbers,
        "sentence": _best(here),
    }
    return [made, best]


def _margin(here: Here, record: Record[Company]) -> list[dict[str, Any]]:
    one = _latest_margin(record)
    shown = net_margin(here, one) if one else None
    share = margin(one) if one else None
    if one is None or shown is None or share is None:
        return []
    return [
        {
            "name": "net_margin",
            "rule": "net-margin",
            "value": f"{share * Decimal(100):.2f}",
            "numbers": {"period": one.period.text},
            "sentence": shown["note"],
        }
    ]
