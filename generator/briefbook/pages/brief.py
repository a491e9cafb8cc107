"""`/industries/<id>/`: the brief of an industry in two readings of one page."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.ready import worst
from briefbook.load import Record
from briefbook.model import Industry
from briefbook.model.isic import title as isic_title
from briefbook.pages.brief_missing import MOST as MOST_MISSING
from briefbook.pages.brief_missing import missing, set_aside
from briefbook.pages.brief_parts import (
    benchmark,
    pain,
    phrases,
    ranked,
)
from briefbook.pages.brief_reading import readings
from briefbook.pages.brief_shown import shown
from briefbook.pages.chain import derived as of_chain
from briefbook.pages.chain import files, value_chain
from briefbook.pages.derived import record_json
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.industry_row import derived as of_tree
from briefbook.pages.industry_row import row, summed_size
from briefbook.pages.market import derived as of_market
from briefbook.pages.market import facts, market
from briefbook.pages.model import compared, model
from briefbook.pages.other import everything_else
from briefbook.pages.page import Page
from briefbook.pages.pains import of_industry
from briefbook.pages.readiness import derived as of_readiness
from briefbook.pages.readiness import readiness
from briefbook.pages.solutions import solutions
from briefbook.pages.sources import own_sources

ALIASES = 2
"""Other names in the head; the definition has all of them."""


def page(site: Site, record: Record[Industry]) -> Page:
    here = Here(site, f"/industries/{record.id}/")
    t, industry = site.words, record.value
    path = site.results.tree.path.get(record.id, (record.id,))
    chain = value_chain(here, record)
    accounts = site.results.industries[record.id].accounts
    data = {
        "title": record.name,
        "trail": [{"href": here.to("/industries/"), "label": t("industries.title")}]
        + [
            {"href": here.record("industry", up), "label": site.content.industries[up].name}
            for up in path[:-1]
        ],
        "sample": t("sample.record") if industry.sample else None,
        "meta": _meta(here, record),
        "ready": readiness(here, site.results.ready.industries[record.id]),
        "definition": here.prose(industry.definition),
        "focus": here.prose(industry.our_focus),
        "purpose": here.prose(industry.purpose),
        "definition_source": here.sources(industry.definition_source, record),
        "facts": _facts(here, record),
        "isic": {"code": industry.isic, "title": isic_title(industry.isic)},
        "names": _names(record),
        "matrix": of_industry(here, record.id),
        "missing": missing(here, record),
        "most_missing": MOST_MISSING,
        "set_aside": set_aside(here, record),
        "leaf": site.results.tree.leaf(record.id),
        "pains": [pain(here, record, id, one) for id, one in worst(industry)],
        "benchmarks": [benchmark(here, record, one) for one in ranked(industry)],
        "pains_note": _pains_note(here, industry),
        "questions": industry.questions,
        "market": market(here, record),
        "chain": chain,
        "model": model(here, record),
        "compared": compared(here, record),
        "solutions": solutions(here, record, here.in_order(accounts)),
        "children": [row(here, one) for one in site.results.tree.children.get(record.id, ())],
        "currency": site.content.book.value.currency,
        "accounts": here.accounts(accounts, MOST),
        "accounts_count": len(accounts),
        "accounts_href": here.to("/accounts/") + f"?industry={record.id}",
        "phrases": phrases(here, record),
        "keywords": industry.keywords,
        "sources": own_sources(here, record),
        "else": everything_else(record, here, shown(industry)),
        "readings": readings(here, record),
    }
    return Page(
        address=here.base,
        template="industry.html",
        title=record.name,
        kind="industry",
        section="/industries/",
        data=data,
        toc=_toc(here, data),
        description=t("industry.description", name=record.name),
        filters=(("kind", t("kind.industry")), ("industry", record.name)),
        json=record_json(here, record, _derived(here, record)),
        files=files(here, record),
        foot=here.foot(record.file, 1, json=True),
        edit=record.file,
    )


def _toc(here: Here, data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    t = here.t
    parts = [
        ("children", bool(data["children"])),
        ("pains", True),
        ("benchmarks", True),
        ("questions", bool(data["questions"])),
        ("definition", True),
        ("market", True),
        ("value-chain", True),
        ("business-model", True),
        ("solutions", True),
        ("accounts", True),
        ("search-phrases", bool(data["phrases"])),
        ("readiness", data["leaf"]),
        ("missing", bool(data["missing"] or data["set_aside"])),
        ("sources", bool(data["sources"])),
        ("else", bool(data["else"])),
    ]
    return tuple((id, t(f"industry.{id}")) for id, there in parts if there)


def _meta(here: Here, record: Record[Industry]) -> list[Any]:
    industry = record.value
    names: list[Any] = [{"text": name, "lang": lang} for lang, name in industry.names.items()]
    seen = {record.name, *industry.names.values()}
    names += [alias for alias in industry.aliases if alias not in seen][:ALIASES]
    if industry.isic:
        names.append(here.t("industry.isic", code=industry.isic))
    return names


def _pains_note(here: Here, industry: Industry) -> str | None:
    """How many pains, and how many of them no capability answers."""
    if not industry.pains:
        return None
    gaps = sum(1 for pain in industry.pains.values() if not pain.answered_by)
    said = here.t("industry.pains-note", n=len(industry.pains))
    return here.t.remarks((said, here.t("industries.unanswered", n=gaps))) if gaps else said


def _names(record: Record[Industry]) -> list[dict[str, str | None]]:
    """Every other name once; search finds the industry by each."""
    named: dict[str, str | None] = {name: lang for lang, name in record.value.names.items()}
    named |= {name: None for name in record.value.aliases if name not in named}
    named.pop(record.name, None)
    return [{"text": name, "lang": lang} for name, lang in named.items()]


def _facts(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    """The head: of a parent without a size the sum of those below, and what our accounts bring."""
    rolled = here.site.results.industries[record.id]
    size, *between, ours = facts(here, record, len(rolled.accounts))
    if rolled.brought is not None:
        amount, year = here.amount(rolled.brought), here.year(rolled.year)
        ours = {**ours, "note": here.t("industry.brought", amount=amount, year=year)}
    return [summed_size(here, record.id) or size, *between, ours]


def _derived(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    return [
        of_readiness(here, here.site.results.ready.industries[record.id]),
        *of_tree(here, record.id),
        *of_market(here, record),
        *of_chain(here, record),
    ]
