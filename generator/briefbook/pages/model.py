"""A business model in, its three links for a page, and accounts beside their industry, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.business import ENOUGH, LINKS, LinkGap, WeakestLink
from briefbook.load import Record
from briefbook.model.parts import BusinessModel
from briefbook.pages.here import MOST, Here
from briefbook.pages.other import fact

QUESTIONS = ("from_where", "earns_with", "keeps_earning_by")
WHOLE = ("applies", *QUESTIONS, "strengths", "weaknesses", "source")
SMALL = Decimal("0.01")
"""Below this a gap shows a decimal, so that it does not read as none."""
FULL = 5
"""The end of the scale on which the dumbbell of the templates draws."""


def shown(model: BusinessModel | None) -> Iterator[str]:
    """Paths as `pages.other` reads them; of a part that does not apply only the reason stands."""
    if model is None:
        return
    metrics = (path for _, name in LINKS for path in fact(name))
    names = ("applies", "because") if model.applies is False else (*WHOLE, *metrics)
    yield from (f"business_model.{name}" for name in names)


def model(here: Here, record: Record[Any]) -> dict[str, Any] | None:
    """The three questions, and the three links with what measures each."""
    one: BusinessModel | None = record.value.business_model
    if one is None:
        return None
    t = here.t
    return {
        "applies": one.applies is not False,
        "because": one.because,
        "answers": [
            {"label": t(f"model.question.{name}"), "text": here.prose(getattr(one, name))}
            for name in QUESTIONS
        ],
        "links": [
            {
                "label": t(f"model.link.{link}"),
                "metric": t(f"field.{name}"),
                "fact": here.fact(getattr(one, name), record, "market"),
            }
            for link, name in LINKS
        ],
        "strengths": one.strengths,
        "weaknesses": one.weaknesses,
        "source": here.sources(one.source, record),
    }


def compared(here: Here, record: Record[Any]) -> dict[str, Any] | None:
    """The accounts of an industry beside it, link by link: the first 12 by contribution."""
    results = here.site.results
    ids = [id for id in results.accounts_in.get(record.id, ()) if id in results.business]
    if not ids:
        return None
    accounts = here.accounts(ids, MOST)
    tops = _tops(here, [account["id"] for account in accounts])
    weak = [one.weakest for one in (results.business[id] for id in ids) if one.weakest]
    return {
        "rows": [_row(here, account, tops) for account in accounts],
        "count": len(ids),
        "href": here.to("/accounts/") + f"?industry={record.id}",
        "weakest": [
            here.t("model.weakest-count", link=here.t(f"model.link.{link}"), n=weak.count(link))
            for link, _ in LINKS
            if link in weak
        ],
    }


def weakest(here: Here, account: str) -> dict[str, Any] | None:
    """The weakest link of an account and why, or why there is none; None without a model."""
    found = here.site.results.business.get(account)
    if found is None:
        return None
    return {
        "link": found.weakest,
        "label": here.t(f"model.link.{found.weakest}") if found.weakest else None,
        "sentence": _sentence(here, account, found),
    }


def derived(here: Here, account: str) -> list[dict[str, Any]]:
    """The same for the JSON: shares of the industry's value, below zero where worse."""
    found, told = here.site.results.business.get(account), weakest(here, account)
    if found is None or told is None:
        return []
    return [
        {
            "name": "weakest_link",
            "rule": found.why.rule,
            "value": found.weakest,
            "numbers": {
                name: f"{value:.4f}" if isinstance(value, Decimal) else value
                for name, value in found.why.numbers.items()
            },
            "sentence": told["sentence"],
        }
    ]


def _sentence(here: Here, account: str, found: WeakestLink) -> str:
    t = here.t
    if not found.enough:
        return t("model.weakest.few", n=found.compared, all=len(LINKS), enough=ENOUGH)
    gaps = {one.link: _gap(here, account, one) for one in found.links if one.gap is not None}
    if not found.weakest:
        return t("model.weakest.none", links=_listed(here, gaps))
    ours, theirs = _values(here, account, found.weakest)
    rest = {link: gap for link, gap in gaps.items() if link != found.weakest}
    return t(
        "model.weakest.why", link=t(f"model.link.{found.weakest}"), account=ours,
        industry=theirs, gap=gaps[found.weakest], others=_listed(here, rest),
    )  # fmt: skip


def _listed(here: Here, gaps: dict[Any, str]) -> str:
    t = here.t
    return t.listed(
        [t("model.gap.of", link=t(f"model.link.{link}"), gap=gap) for link, gap in gaps.items()]
    )


def _facts(here: Here, account: str, link: str) -> tuple[Any, Any]:
    """The measure of a link as the account's file and the industry's give it."""
    site, field = here.site, dict(LINKS)[link]  # type: ignore[index]
    record = site.content.accounts[account]
    industry = site.content.industries.get(record.value.industry)
    norm = industry.value.business_model if industry else None
    return getattr(record.value.business_model, field), getattr(norm, field, None)


def _values(here: Here, account: str, link: str) -> tuple[str, str]:
    ours, theirs = _facts(here, account, link)
    return here.quantity(ours.value), here.quantity(theirs.value)


def _gap(here: Here, account: str, one: LinkGap) -> str:
    """A gap in words; it is no more exact than the two values."""
    t, gap = here.t, one.gap or Decimal(0)
    if gap == 0:
        return t("model.gap.even")
    share = t.share(abs(gap), 0 if abs(gap) >= SMALL else 1)
    if any(fact.value.qualifier for fact in _facts(here, account, one.link)):
        share = t("qualifier.about", value=share)
    return t("model.gap.ahead" if gap > 0 else "model.gap.behind", share=share)


def _tops(here: Here, ids: Sequence[str]) -> tuple[Decimal, ...]:
    """The largest value of each link, so that a column has one scale."""
    rows = [here.site.results.business[id].links for id in ids]
    return tuple(
        max((value for link in column for value in (link.account, link.industry) if value),
            default=Decimal(0))
        for column in zip(*rows, strict=True)
    )  # fmt: skip


def _row(here: Here, account: dict[str, Any], tops: Sequence[Decimal]) -> dict[str, Any]:
    record = here.site.content.accounts[account["id"]]
    found = here.site.results.business[account["id"]]
    cells = []
    for one, top in zip(found.links, tops, strict=True):
        ours, theirs = _facts(here, record.id, one.link)
        drawn = one.gap is not None and top > 0
        cells.append(
            {
                "fact": here.fact(ours, record, "market"),
                "now": _scaled(one.account, top) if drawn else None,
                "target": _scaled(one.industry, top) if drawn else None,
                "gap": _gap(here, record.id, one) if one.gap is not None else None,
                "none": here.t("model.gap.none" if theirs is None else "model.gap.unlike"),
            }
        )
    return {**account, "cells": cells, "weakest": weakest(here, record.id)}


def _scaled(value: Decimal | None, top: Decimal) -> float:
    return round(float((value or Decimal(0)) / top * FULL), 3)
