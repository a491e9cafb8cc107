"""`/companies/` and `/companies/<id>/`: public companies, figures, where they are named."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from briefbook.analyse.facts import last_day
from briefbook.load import Record
from briefbook.model import Company
from briefbook.model.parts import Statement
from briefbook.pages.derived import record_json
from briefbook.pages.here import Here, Site
from briefbook.pages.other import everything_else, fact
from briefbook.pages.page import Page
from briefbook.pages.sources import SHOWN as OF_SOURCES
from briefbook.pages.sources import own_sources

FIGURES = (
    "revenue",
    "net_income",
    "total_assets",
    "equity",
    "reported_roe",
    "inventory_days",
    "cash",
)
SHOWN = frozenset(
    (
        *"name sample aliases industry roles what country".split(),
        *(f"finance.statements.*.{name}" for name in ("period", "note")),
        *(path for name in FIGURES for path in fact(f"finance.statements.*.{name}")),
        *OF_SOURCES,
    )
)
"""Paths that the page shows; see `pages.other`."""


def pages(site: Site) -> Iterator[Page]:
    """The index, then a page for each company."""
    here = Here(site, "/companies/")
    t = site.words
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
            "lede": t("companies.lede", n=len(site.content.companies)),
            "rows": [_row(here, record) for record in site.content.companies.values()],
        },
    )
    for record in site.content.companies.values():
        yield _page(site, record)


def _row(here: Here, record: Record[Company]) -> dict[str, Any]:
    company = record.value
    days = _days(record)
    return {
        "name": record.name,
        "href": here.record("company", record.id),
        "what": company.what,
        "industry": here.industry(company.industry),
        "sample": company.sample,
        "roles": [here.t(f"word.{role}") for role in company.roles],
        "days": here.quantity(days) if days else None,
        "turns": here.t.number(turns(days.number), 1) if days else None,
    }


def _days(record: Record[Company]) -> Any:
    finance = record.value.finance
    known = [
        (one.period.last, one.inventory_days.value)
        for one in (finance.statements if finance else ())
        if one.inventory_days
    ]
    return max(known, key=lambda one: one[0])[1] if known else None


def turns(days: Decimal) -> Decimal:
    """Turns of the stock in a year: 365 / inventory days (rule 14; DingTalk, l. 46)."""
    return Decimal(365) / days


def _page(site: Site, record: Record[Company]) -> Page:
    here = Here(site, f"/companies/{record.id}/")
    t, company = site.words, record.value
    finance = company.finance
    data = {
        "title": record.name,
        "trail": [{"href": here.to("/companies/"), "label": t("companies.title")}],
        "sample": t("sample.record") if company.sample else None,
        "meta": [
            *(
                [_meta(here.industry(company.industry))]
                if company.industry in site.content.industries
                else []
            ),
            *[t(f"word.{role}") for role in company.roles],
            *([company.country] if company.country else []),
            *company.aliases,
        ],
        "what": here.prose(company.what),
        "statements": [_statement(here, record, one) for one in finance.statements]
        if finance
        else [],
        "named": _named(here, record.id),
        "sources": own_sources(here, record),
        "else": everything_else(record, here, SHOWN | _sources_shown(company)),
    }
    toc = [
        ("figures", bool(data["statements"])),
        ("named", bool(data["named"])),
        ("sources", bool(data["sources"])),
        ("else", bool(data["else"])),
    ]
    return Page(
        address=here.base,
        template="company.html",
        title=record.name,
        kind="company",
        section="/companies/",
        data=data,
        toc=tuple((id, t(f"company.{id}")) for id, there in toc if there),
        description=t("company.description", name=record.name),
        filters=(("kind", t("kind.company")), *_facet(here, company.industry)),
        json=record_json(here, record, _derived(here, record)),
        foot=here.foot(record.file, 1, json=True),
        edit=record.file,
    )


def _facet(here: Here, industry: str | None) -> tuple[tuple[str, str], ...]:
    link = here.industry(industry)
    return (("industry", link["name"]),) if link else ()


def _meta(link: dict[str, str] | None) -> dict[str, str]:
    assert link
    return {"text": link["name"], "href": link["href"]}


def _statement(here: Here, record: Record[Company], one: Statement) -> dict[str, Any]:
    rows = []
    starts = record.value.finance.year_starts if record.value.finance else None
    for name in FIGURES:
        fact = getattr(one, name)
        if fact is None:
            continue
        shown = here.fact(fact, record, "finance")
        if shown and shown["source"] is None:
            shown["source"] = here.sources(one.source, record)
        if shown and not (fact.as_of or fact.checked):
            shown |= here.age(last_day(one.period, starts), "finance")
        rows.append({"label": here.t(f"field.{name}"), "fact": shown})
        if name == "inventory_days" and fact.value.number > 0:
            rows.append(
                {
                    "label": here.t("company.turns"),
                    "fact": {
                        "text": here.t.number(turns(fact.value.number), 1),
                        "source": None,
                        "note": here.t("company.turns.why", days=here.t.number(fact.value.number)),
                        "as_of": None,
                        "stale": None,
                    },
                }
            )
    return {"period": one.period.text, "rows": rows, "note": one.note}


def _sources_shown(company: Company) -> frozenset[str]:
    """A statement's own source stands beside the figures that have none."""
    statements = company.finance.statements if company.finance else ()
    return frozenset(
        f"finance.statements.{at}.source"
        for at, one in enumerate(statements)
        if any(fact and not fact.source for fact in (getattr(one, name) for name in FIGURES))
    )


def _named(here: Here, id: str) -> list[dict[str, Any]]:
    """Where the company is a benchmark, a peer, a competitor or stands in a chain."""
    return [*_in_industries(here, id), *_in_accounts(here, id)]


def _in_industries(here: Here, id: str) -> Iterator[dict[str, Any]]:
    for record in here.site.content.industries.values():
        named = {"name": record.name, "letter": None}
        for one in record.value.benchmarks:
            if one.company == id:
                href = here.record("industry", record.id, "benchmarks")
                text = here.prose(one.lesson)
                yield {**named, "what": here.t("word.benchmark"), "href": href, "text": text}
        chain = record.value.value_chain
        for node in chain.nodes.values() if chain else ():
            if id in node.companies:
                href = here.record("industry", record.id, "value-chain")
                what = here.t("company.in-chain", node=node.name)
                yield {**named, "what": what, "href": href, "text": None}


def _in_accounts(here: Here, id: str) -> Iterator[dict[str, Any]]:
    name = f"company/{id}"
    for record in here.site.content.accounts.values():
        account = {**here.account(record.id), "text": None}
        if record.value.finance and name in record.value.finance.peers:
            yield {**account, "what": here.t("word.peer")}
        if any(name in one.competitors for one in record.value.opportunities.values()):
            yield {**account, "what": here.t("word.competitor")}


def _derived(here: Here, record: Record[Company]) -> list[dict[str, Any]]:
    days = _days(record)
    if days is None or not days.number:
        return []
    value = turns(days.number)
    return [
        {
            "name": "inventory_turns",
            "rule": "turns",
            "value": f"{value:.2f}",
            "numbers": {"inventory_days": days.number},
            "sentence": here.t("company.turns.why", days=here.t.number(days.number)),
        }
    ]
