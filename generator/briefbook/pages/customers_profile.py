"""The ideal customer and the buyer in, their tables and the list of idle fields out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from briefbook.analyse.buyers import Attribute
from briefbook.analyse.customers import LEAST
from briefbook.analyse.profile_fit import AMOUNTS, Pattern
from briefbook.pages.here import MOST, Here

TRANSLATED = frozenset({"size", "market_position", "roles"})
"""Fields whose values are words of the catalogue."""


def chosen(here: Here) -> dict[str, Any]:
    """The accounts that the profile is drawn from, how many, and why these."""
    t, found, book = here.t, here.site.results.customers, here.site.content.book.value
    number = len(found.chosen)
    values = {"n": number, "all": len(found.ranked), "least": LEAST, "cap": book.focus_cap}
    return {
        "why": t("customers.chosen" if number else "customers.chosen.none", **values),
        "accounts": [here.account(id) for id in found.chosen],
    }


def profile(here: Here) -> dict[str, Any]:
    """The core fields: what is wanted, what the chosen accounts say, and whose value it is."""
    t, found = here.t, here.site.results.customers
    hand = here.site.content.book.value.ideal_customer
    because = None
    if hand:
        because = (
            t("customers.by-hand.because", because=hand.because)
            if hand.because
            else t("customers.by-hand.no-because")
        )
    return {
        "rows": [_row(here, one) for one in found.ideal.patterns],
        "because": because,
    }


def _row(here: Here, one: Pattern) -> dict[str, Any]:
    t, found = here.t, here.site.results.customers
    wanted = [value(here, one.field, each) for each in one.values]
    region = found.ideal.region if one.field == "place" else None
    if region:
        wanted.append({"text": region, "href": None})
    if one.field in AMOUNTS and one.asks:
        wanted = [{"text": bounds(here, one.field, one.low, one.high), "href": None}]
    return {
        "label": label(here, one.field),
        "wanted": wanted,
        "said": list(_said(here, one)),
        "known": t("customers.known", n=one.known, all=len(found.chosen)),
        "by_hand": one.by_hand or region is not None,
    }


def _said(here: Here, one: Pattern) -> Iterator[str]:
    """What the chosen accounts say: values with counts, or quartiles."""
    t = here.t
    for text, count in one.counts[:MOST]:
        yield t("customers.count", value=value(here, one.field, text)["text"], n=count)
    if one.quartiles:
        low, middle, high = one.quartiles
        yield t("customers.quartiles", range=bounds(here, one.field, low, high),
                median=amount(here, one.field, middle))  # fmt: skip
    if one.field == "place":
        regions = [(text, count) for text, count in here.site.results.customers.ideal.regions
                   if count > 1]  # fmt: skip
        for text, count in regions[:3]:
            yield t("customers.count", value=text, n=count)


def label(here: Here, field: str) -> str:
    """What a field of the profile is called; country and region are one of the eight."""
    return here.t("customers.place") if field == "place" else here.t(f"field.{field}")


def value(here: Here, field: str, text: str) -> dict[str, str | None]:
    """A value of a field as text, with a link where it is an industry."""
    if field == "industry" and (found := here.industry(text)):
        return {"text": found["name"], "href": found["href"]}
    if field in TRANSLATED and here.t.has(f"word.{text}"):
        return {"text": here.t(f"word.{text}"), "href": None}
    return {"text": text, "href": None}


def amount(here: Here, field: str, number: Decimal) -> str:
    """An amount of the profile: money, or growth in percent."""
    if field == "growth":
        return here.t.percent(number, 1)
    return here.amount(number) or ""


def bounds(here: Here, field: str, low: Decimal | None, high: Decimal | None) -> str:
    """From one bound to the other; both belong to the range."""
    t = here.t
    if low is not None and high is not None:
        return t("range.between", low=amount(here, field, low), high=amount(here, field, high))
    if low is not None:
        return t("range.over", low=amount(here, field, low))
    return t("customers.at-most", high=amount(here, field, high)) if high is not None else ""


def buyer(here: Here) -> dict[str, Any]:
    """The ten attributes of those who decide at the chosen accounts."""
    t, found = here.t, here.site.results.customers.buyer
    return {
        "note": t("customers.buyer.note", n=found.people, accounts=found.accounts)
        if found.people
        else None,
        "rows": [_attribute(here, one, found.people) for one in found.attributes],
    }


def _attribute(here: Here, one: Attribute, people: int) -> dict[str, Any]:
    t = here.t
    alike = bool(one.counts) and (one.counts[0][1] > 1 or people == 1)
    return {
        "label": attribute(here, one.name),
        "off": one.off,
        "values": [
            t("customers.count", value=_spoken(here, one.name, text), n=count)
            if alike
            else _spoken(here, one.name, text)
            for text, count in one.counts
        ],
        "alike": alike,
        "known": t("customers.known", n=one.known, all=people),
    }


def attribute(here: Here, name: str) -> str:
    """What an attribute of a buyer is called."""
    return here.t("customers.distance") if name == "distance" else here.t(f"field.{name}")


def _spoken(here: Here, name: str, text: str) -> str:
    if name == "distance":
        return here.t("customers.steps", n=int(text)) if text != "0" else here.t("customers.top")
    return value(here, name, text)["text"] or ""


def unused(here: Here) -> dict[str, Any]:
    """Fields that few accounts fill, and attributes that no decision maker has: delete them."""
    t, found = here.t, here.site.results.customers
    every = len(found.revenue_tier)
    fields = [
        {
            "label": name.removeprefix("extra.")
            if name.startswith("extra.")
            else t(f"field.{name}"),
            "own": name.startswith("extra."),
            "known": t("customers.known", n=count, all=every),
        }
        for name, count in found.unused.profile[:MOST]
    ]
    rest = len(found.unused.profile) - MOST
    return {
        "fields": fields,
        "more": t("more", n=rest) if rest > 0 else None,
        "buyer": [attribute(here, name) for name in found.unused.buyer],
    }
