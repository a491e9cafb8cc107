"""Tiers of revenue and of size in, the tables and sentences about the source of revenue out."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.customers import TIERS, Group, Known
from briefbook.model.book import CountTiers, RevenueTiers, Tiers
from briefbook.pages.here import Here

ROWS: tuple[Known, ...] = (*TIERS, None)
_PROJECT = Tiers.model_construct()


def tiers(here: Here) -> list[dict[str, Any]]:
    """Two tables that are kept apart: by what accounts bring, and by the size of the company."""
    found, own = here.site.results.customers, here.site.content.book.value.tiers
    revenue, size = own.revenue, own.customer_size
    return [
        _table(here, "revenue", found.by_revenue, revenue, revenue == _PROJECT.revenue),
        _table(here, "size", found.by_size, size, size == _PROJECT.customer_size),
    ]


def _table(
    here: Here, name: str, groups: tuple[Group, ...], limits: RevenueTiers | CountTiers,
    project: bool,
) -> dict[str, Any]:  # fmt: skip
    t = here.t
    shown = [one for one in groups if one.tier or one.accounts]
    most = max((one.revenue for one in shown), default=0)
    return {
        "title": t(f"customers.by-{name}"),
        "default": t("default.project" if project else "default.own"),
        "rows": [
            {
                "label": tier(here, one.tier),
                "note": _range(here, one.tier, limits),
                "href": link(here, {name: one.tier}) if one.accounts else None,
                "accounts": one.accounts,
                "account_share": t.share(one.account_share),
                "revenue": t.millions(one.revenue) if one.unpriced < one.accounts else None,
                "revenue_share": t.share(one.revenue_share)
                if one.revenue_share is not None and one.unpriced < one.accounts
                else None,
                "bar": float(one.revenue),
                "most": float(most),
                "unpriced": t("customers.unpriced", n=one.unpriced)
                if 0 < one.unpriced < one.accounts
                else None,
            }
            for one in shown
        ],
    }


def tier(here: Here, known: Known) -> str:
    """The word for a tier, or that it is not known."""
    return here.t(f"word.{known}") if known else here.t("not-known")


def link(here: Here, wanted: dict[str, Known]) -> str:
    """The table of accounts with filters for tiers."""
    query = "&".join(f"{name}={value or '-'}" for name, value in wanted.items())
    return here.to("/accounts/") + f"?{query}"


def _range(here: Here, known: Known, limits: RevenueTiers | CountTiers) -> str:
    t, medium, large = here.t, here.quantity(limits.medium), here.quantity(limits.large)
    if known is None:
        return ""
    if known == "large":
        return t("range.over", low=large)
    if known == "small":
        return t("range.under", high=medium)
    return t("range.between", low=medium, high=large)


def cross(here: Here) -> dict[str, Any]:
    """Size of the company by size of the revenue, and what it says of large customers."""
    t, found = here.t, here.site.results.customers
    rows = [one for one in ROWS if one or any(size is None for size, _ in found.cross)]
    columns = [one for one in ROWS if one or any(tier is None for _, tier in found.cross)]
    large = {tier: found.cross.get(("large", tier), (0,))[0] for tier in TIERS}
    bring = {size: found.cross.get((size, "large"), (0,))[0] for size in ROWS}
    return {
        "columns": [
            t("customers.revenue-of", tier=tier(here, one)) if one else t("customers.no-revenue")
            for one in columns
        ],
        "rows": [
            {
                "label": t("customers.size-of", tier=tier(here, one))
                if one
                else t("customers.no-size"),
                "cells": [_cell(here, one, column) for column in columns],
            }
            for one in rows
        ],
        "note": t("customers.cross.note", n=large["large"], all=sum(large.values()),
                  other=bring["medium"] + bring["small"], bring=sum(bring.values())),
    }  # fmt: skip


def _cell(here: Here, size: Known, revenue: Known) -> dict[str, Any]:
    count, amount = here.site.results.customers.cross.get((size, revenue), (0, None))
    return {
        "count": count,
        "href": link(here, {"size": size, "revenue": revenue}) if count else None,
        "sum": here.t.millions(amount) if amount is not None and revenue else None,
    }


def source(here: Here) -> dict[str, Any]:
    """The most important source in one sentence, and why it is that."""
    t, found, book = here.t, here.site.results.customers, here.site.content.book.value
    one, own = found.source, book.tiers
    group = next((each for each in found.by_revenue if each.tier == one.tier), None)
    known = {
        "tier": tier(here, one.tier),
        "first": tier(here, one.first),
        "second": tier(here, one.second),
        "lead": t.number((one.lead or 0) * 100, 1),
        "share": t.share(group.revenue_share) if group and group.revenue_share else "",
        "count": group.accounts if group else 0,
        "all": len(found.revenue_tier),
    }
    ending = "" if one.tier else ".no-aim"
    because = None
    if one.reason != "clear" and own.aim:
        because = (
            t("customers.aim.because", because=own.because)
            if own.because
            else t("customers.aim.no-because")
        )
    return {
        "lede": t(f"customers.lede.{one.reason}{ending}", **known),
        "why": t(f"customers.why.{one.reason}", **known),
        "because": because,
    }
