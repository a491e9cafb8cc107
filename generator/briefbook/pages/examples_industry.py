"""An industry in, what the examples of methods show of it out."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.business import LINKS
from briefbook.load import Record
from briefbook.model import Account, Industry
from briefbook.pages.brief_parts import benchmark, pain, ranked
from briefbook.pages.brief_reading import FULL, readings
from briefbook.pages.here import Here
from briefbook.pages.market import facts, market
from briefbook.pages.model import QUESTIONS, weakest

FIRST = 3
"""Pains and benchmarks that an example shows; the brief has all of them."""


def six_parts(here: Here, record: Record[Industry]) -> dict[str, Any]:
    """The six parts of a brief in short: what each says, or that it is set aside or missing."""
    industry = record.value
    says: dict[str, list[Any]] = {
        "definition": [here.prose(industry.definition)] if industry.definition else [],
        "market": _market(here, record),
        "pains": [one.pain for one in industry.pains.values()],
        "benchmarks": [benchmark(here, record, one)["name"] for one in ranked(industry)],
        "value-chain": _chain(here, industry),
        "business-model": _model(here, industry),
    }
    aside = {"value-chain": industry.value_chain, "business-model": industry.business_model}
    return {
        "minutes": [
            {"label": one["text"], "text": here.t("minutes", n=one["minutes"])}
            for one in readings(here, record)
        ],
        "rows": [
            {
                "label": here.t(f"industry.{id}"),
                "href": f"#{id}",
                "says": says[id],
                "aside": bool((one := aside.get(id)) and one.applies is False),
                "because": one.because if (one := aside.get(id)) else None,
            }
            for id in sorted(FULL, key=ORDER.index)
        ],
    }


ORDER = ("definition", "market", "pains", "benchmarks", "value-chain", "business-model")
"""The order in which the article names the parts (Maowen, l. 51-111)."""


def _market(here: Here, record: Record[Industry]) -> list[str]:
    found = [one for one in facts(here, record, 0)[:-1] if "value" in one]
    return [
        here.t("methods.fact", label=one["label"], value=one["value"], note=one.get("note") or "")
        for one in found
    ]


def _chain(here: Here, industry: Industry) -> list[str]:
    chain = industry.value_chain
    if chain is None or chain.applies is False or not chain.nodes:
        return []
    return [here.t("methods.chain", n=len(chain.nodes), flows=len(chain.flows))]


def _model(here: Here, industry: Industry) -> list[Any]:
    model = industry.business_model
    if model is None or model.applies is False:
        return []
    return [here.prose(text) for name in QUESTIONS if (text := getattr(model, name))]


def short_reading(here: Here, record: Record[Industry]) -> dict[str, Any]:
    """The worst pains with our answers, and the first benchmarks with their lessons."""
    industry = record.value
    level = {"high": 0, "medium": 1, "low": 2}
    worst = sorted(
        industry.pains.items(), key=lambda pair: level.get(pair[1].severity or "medium", 1)
    )
    return {
        "minutes": here.t("minutes", n=readings(here, record)[0]["minutes"]),
        "pains": [pain(here, record, id, one) for id, one in worst[:FIRST]],
        "benchmarks": [benchmark(here, record, one) for one in ranked(industry)[:FIRST]],
    }


def concentration(here: Here, record: Record[Industry]) -> dict[str, Any]:
    """The ratios, the line where there are two points, and the verdict with its reason."""
    found = market(here, record)
    main = here.site.results.markets[record.id].verdict
    name = f"CR{main.n}" if main else ""
    rows = [one for one in found["ratios"]["rows"] if one["name"] == name]
    return {
        "line": found["line"],
        "rows": rows,
        "trends": any(one["trend"] for one in rows),
        "verdict": found["verdict"],
        "sizes": [row for group in found["sizes"] for row in group["rows"] if row["before"]],
    }


def weakest_link(here: Here, record: Record[Account]) -> dict[str, Any]:
    """The three links of an account beside those of its industry, and the verdict."""
    industry = here.site.content.industries.get(record.value.industry)
    theirs = industry.value.business_model if industry else None
    ours = record.value.business_model
    told = weakest(here, record.id) or {}
    return {
        "industry": here.industry(record.value.industry),
        "rows": [
            {
                "label": here.t(f"model.link.{link}"),
                "metric": here.t(f"field.{name}"),
                "ours": here.fact(getattr(ours, name, None), record, "market"),
                "theirs": here.fact(getattr(theirs, name, None), industry, "market")
                if industry
                else None,
                "weakest": told.get("link") == link,
            }
            for link, name in LINKS
        ],
        "why": told.get("sentence"),
    }
