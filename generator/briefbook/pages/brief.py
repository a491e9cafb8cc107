"""`/industries/<id>/`: the brief of an industry in two readings of one page."""

from __future__ import annotations

from typing import Any

from briefbook.load import Record
from briefbook.model import Industry
from briefbook.pages.brief_parts import (
    benchmark,
    latest_size,
    model,
    pain,
    phrases,
    ratios,
    ready,
    sizes,
)
from briefbook.pages.brief_shown import MOST_ALIASES, shown
from briefbook.pages.chain import value_chain
from briefbook.pages.derived import record_json
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.other import everything_else
from briefbook.pages.page import Page
from briefbook.pages.reading import minutes
from briefbook.pages.sources import own_sources

SHORT = ("pains", "benchmarks", "questions")
"""Parts of the short reading: with little time, pains and benchmarks first (Maowen, l. 119)."""


def page(site: Site, record: Record[Industry]) -> Page:
    here = Here(site, f"/industries/{record.id}/")
    t, industry = site.words, record.value
    path = site.results.tree.path.get(record.id, (record.id,))
    chain = value_chain(here, record)
    accounts = [
        one
        for below in site.results.tree.under(record.id)
        for one in site.results.accounts_in.get(below, ())
    ]
    written = {key: part for key, part in record.tree.data.items() if key != "sources"}
    data = {
        "title": record.name,
        "trail": [{"href": here.to("/industries/"), "label": t("industries.title")}]
        + [
            {"href": here.record("industry", up), "label": site.content.industries[up].name}
            for up in path[:-1]
        ],
        "sample": t("sample.record") if industry.sample else None,
        "meta": _meta(here, record),
        "ready": ready(industry),
        "definition": here.prose(industry.definition),
        "focus": here.prose(industry.our_focus),
        "purpose": here.prose(industry.purpose),
        "definition_source": here.sources(industry.definition_source, record),
        "facts": _facts(here, record, len(accounts)),
        "pains": [pain(here, record, id, one) for id, one in industry.pains.items()],
        "benchmarks": [benchmark(here, record, one) for one in industry.benchmarks],
        "questions": industry.questions,
        "sizes": sizes(here, record),
        "ratios": ratios(here, record),
        "chain": chain,
        "model": model(here, record),
        "children": [
            {"href": here.record("industry", one), "name": site.content.industries[one].name}
            for one in site.results.tree.children.get(record.id, ())
        ],
        "accounts": here.accounts(accounts)[:MOST],
        "accounts_count": len(accounts),
        "accounts_href": here.to("/accounts/") + f"?industry={record.id}",
        "phrases": phrases(here, record),
        "keywords": industry.keywords,
        "sources": own_sources(here, record),
        "else": everything_else(record, here, shown(industry)),
        "short_minutes": minutes(*(written.get(part) for part in SHORT)),
        "full_minutes": minutes(written),
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
        foot=here.foot(record.file, 1, json=True),
        edit=record.file,
    )


def _toc(here: Here, data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    t = here.t
    parts = [
        ("pains", True),
        ("benchmarks", True),
        ("questions", bool(data["questions"])),
        ("definition", True),
        ("market", True),
        ("value-chain", True),
        ("business-model", True),
        ("accounts", True),
        ("search-phrases", bool(data["phrases"])),
        ("sources", bool(data["sources"])),
        ("else", bool(data["else"])),
    ]
    return tuple((id, t(f"industry.{id}")) for id, there in parts if there)


def _meta(here: Here, record: Record[Industry]) -> list[Any]:
    industry = record.value
    names: list[Any] = [{"text": name, "lang": lang} for lang, name in industry.names.items()]
    seen = {record.name, *industry.names.values()}
    names += [alias for alias in industry.aliases if alias not in seen][:MOST_ALIASES]
    if industry.isic:
        names.append(here.t("industry.isic", code=industry.isic))
    return names


def _facts(here: Here, record: Record[Industry], accounts: int) -> list[dict[str, Any]]:
    t, industry = here.t, record.value
    size = latest_size(industry)
    ratio = max(
        industry.market.concentration if industry.market else (),
        key=lambda one: one.period.last,
        default=None,
    )
    rows = []
    unknown = {"missing": t("not-known")}
    if size:
        fact = here.fact_text(size.value, size.source, record, "market", size.period.last)
        rows.append(
            {
                "label": t("industry.size"),
                "value": fact["text"],
                "note": size.period.text,
                "state": _stale(fact),
            }
        )
    else:
        rows.append({"label": t("industry.size"), **unknown})
    if size and size.growth:
        rows.append(
            {
                "label": t("industry.growth"),
                "value": here.quantity(size.growth),
                "note": size.period.text,
            }
        )
    else:
        rows.append({"label": t("industry.growth"), **unknown})
    if ratio:
        note = t(f"trend.{ratio.trend}") if ratio.trend else ratio.period.text
        rows.append({"label": f"CR{ratio.n}", "value": here.quantity(ratio.share), "note": note})
    else:
        rows.append({"label": t("industry.concentration"), **unknown})
    return [*rows, {"label": t("industry.our-accounts"), "value": str(accounts)}]


def _stale(fact: dict[str, Any]) -> dict[str, str] | None:
    return {"kind": "stale", "label": fact["stale"]} if fact["stale"] else None


def _derived(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    return [
        {
            "name": "ready_to_meet",
            "rule": "ready-to-meet",
            "value": ready(record.value),
            "numbers": {
                "pains": len(record.value.pains),
                "benchmarks": len(record.value.benchmarks),
            },
            "sentence": here.t("industry.ready" if ready(record.value) else "industry.not-ready"),
        }
    ]
