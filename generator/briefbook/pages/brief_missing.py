"""A brief in, what is missing of it as work out: what to write, in which field, in which line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.load import Record
from briefbook.model import Industry
from briefbook.model.industry import Pain
from briefbook.pages.here import Here

Field = tuple[str | int, ...]
METRICS = ("cost_per_customer", "conversion_rate", "repurchase_rate")
MOST = 40
"""Rows of the list; the rest is counted."""


def missing(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    """Each missing part; parents need only what tells which brief below to read."""
    leaf = here.site.results.tree.leaf(record.id)
    parts = [*_short(record.value)] if leaf else []
    parts += _definition(record.value)
    parts += _optional(record.value) if leaf else []
    return [_row(here, record, key, field, name) for key, field, name in parts]


def set_aside(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    """Parts that do not apply, with the reason that somebody gave."""
    industry = record.value
    parts = (("value-chain", industry.value_chain), ("business-model", industry.business_model))
    return [
        {"label": here.t(f"industry.{id}"), "because": part.because}
        for id, part in parts
        if part and part.applies is False
    ]


_Part = tuple[str, Field, str]


def _short(industry: Industry) -> Iterator[_Part]:
    """The 15-minute reading: pains with evidence and answer, benchmarks with proof, questions."""
    if not industry.pains:
        yield "pains", ("pains",), ""
    for id, pain in industry.pains.items():
        yield from _pain(id, pain)
    if not industry.benchmarks:
        yield "benchmarks", ("benchmarks",), ""
    for at, one in enumerate(industry.benchmarks):
        if one.proof is None:
            yield "proof", ("benchmarks", at, "proof"), one.company or one.account or ""
    if not industry.questions:
        yield "questions", ("questions",), ""


def _pain(id: str, pain: Pain) -> Iterator[_Part]:
    if pain.evidence is None and not pain.more_evidence:
        yield "evidence", ("pains", id, "evidence"), pain.pain
    if not pain.answered_by:
        yield "answer", ("pains", id, "answered_by"), pain.pain
    if pain.severity is None:
        yield "severity", ("pains", id, "severity"), pain.pain


def _definition(industry: Industry) -> Iterator[_Part]:
    for name in ("definition", "isic", "our_focus", "purpose"):
        if not getattr(industry, name):
            yield name, (name,), ""
    if industry.definition and not industry.definition_source:
        yield "definition_source", ("definition_source",), ""


def _optional(industry: Industry) -> Iterator[_Part]:
    """Market, chain and business model; the last two may be set aside."""
    market, chain, model = industry.market, industry.value_chain, industry.business_model
    for name in ("size", "concentration"):
        if market is None or not getattr(market, name):
            yield name, ("market", name), ""
    if chain is None or (chain.applies is not False and not chain.flows):
        yield "value_chain", ("value_chain",), ""
    if model is None:
        yield "business_model", ("business_model",), ""
    elif model.applies is not False:
        for name in METRICS:
            if getattr(model, name) is None:
                yield name, ("business_model", name), ""


def _row(here: Here, record: Record[Industry], key: str, field: Field, name: str) -> dict[str, Any]:
    forge = here.site.forge
    return {
        "text": here.t(f"work.{key}"),
        "of": _named(here, name),
        "field": ".".join(map(str, field)),
        "href": forge.edit(record.file, record.tree.place(field).line) if forge else None,
    }


def _named(here: Here, name: str) -> str:
    """The pain as written, or the name of the company or account that is the benchmark."""
    content = here.site.content
    for records in (content.companies, content.accounts):
        if name in records:
            return records[name].name
    return name
