"""`/classes/`: each account with its reason; `/classes/<letter>/`: what a class brings and gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.investment import FENCE, ClassEffort
from briefbook.analyse.results import Class
from briefbook.analyse.standing import LETTERS
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.classes_json import class_csv, class_json
from briefbook.pages.effort import (
    chart,
    class_address,
    class_filter,
    none_at_c,
    outlier_count,
    rows,
    to_d,
)
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page
from briefbook.pages.portfolio import class_sentence, move_sentence
from briefbook.pages.sheets import by_contribution, firsts, pager, sheet

BASE = "/classes/"
SECTION = "/strategy/"
RANKED = {"a": "contribution", "b": "contribution", "c": "left", "d": "money"}
"""By what the first accounts of a class are chosen: what it is about."""


def sheets(site: Site) -> Iterator[str]:
    """Each page of 200 accounts with their reasons, by its first row."""
    return map(str, firsts(len(site.content.accounts)))


def reasons(site: Site, first: str) -> Iterator[Page]:
    """A page by itself: each names other accounts."""
    yield _reasons(site, by_contribution(site), int(first))


def of(site: Site, id: str) -> Iterator[Page]:
    """The page of a class, by its letter."""
    found = site.results.investment.classes
    yield from (_class(site, found[letter]) for letter in LETTERS if letter == id)


def reason(here: Here, id: str) -> dict[str, Any]:
    """Why an account is of its class, and what would move it."""
    place = here.site.results.standings[id]
    return {
        **here.account(id),
        "why": class_sentence(here, place),
        "move": move_sentence(here, place),
    }


def _reasons(site: Site, ids: Sequence[str], first: int) -> Page:
    here = Here(site, sheet(BASE, first))
    t = site.words
    return Page(
        address=here.base,
        template="reasons.html",
        title=t("classes.title"),
        kind="classes",
        section=SECTION,
        searchable=False,
        foot=here.foot("accounts/"),
        data={
            "title": t("classes.title"),
            "sample": site.sample,
            "trail": _trail(here),
            "thresholds": here.thresholds,
            "classes": [
                {"letter": one.upper(), "label": t(f"class.{one}"),
                 "href": here.to(class_address(one))}
                for one in LETTERS
            ],
            "rows": [reason(here, id) for id in ids[first : first + MOST_ROWS]],
            "pager": pager(here, BASE, first, len(ids)),
        },
    )  # fmt: skip


def _trail(here: Here) -> list[dict[str, str]]:
    return [{"href": here.to(SECTION), "label": here.t("strategy.title")}]


def _class(site: Site, one: ClassEffort) -> Page:
    here = Here(site, class_address(one.letter))
    t, currency = site.words, site.content.book.value.currency
    drawn = chart(here, [one.letter], f"class-{one.letter}")
    toc = ["effort", "accounts", "strategies"]
    return Page(
        address=here.base,
        template="class.html",
        title=t(f"class.{one.letter}"),
        kind="class",
        section=SECTION,
        description=t("classes.description", letter=one.letter.upper()),
        searchable=False,
        foot=here.foot("book.yml", json=True),
        toc=tuple((id, t(f"classes.{id}")) for id in toc),
        json=class_json(site.results.investment, one, currency),
        files={"accounts.csv": class_csv(here, one)},
        data={
            "title": t(f"class.{one.letter}"),
            "letter": one.letter.upper(),
            "sample": site.sample,
            "trail": [*_trail(here), {"href": here.to(BASE), "label": t("strategy.classes")}],
            "currency": currency,
            "rule": t(f"classes.invest.{one.letter}"),
            "first": _first(here, one.letter),
            "facts": _facts(here, one),
            "chart": drawn,
            "fences": _fences(here, one),
            "outliers": rows(here, one.outliers[:MOST]),
            "outliers_more": len(one.outliers) > MOST,
            "rows": rows(here, _ranked(here, one)[:MOST]),
            "ranked": t(f"classes.ranked.{RANKED[one.letter]}"),
            "asks": one.letter == "d",
            "all": {"href": class_filter(here, one.letter), "label": t("all", n=len(one.accounts))}
            if one.accounts
            else None,
            "csv": {"href": "accounts.csv", "label": t("table.csv")} if one.accounts else None,
            "strategies": _strategies(here, one.letter),
            "no_strategy": _no_strategy(here, one),
        },
    )


def _first(here: Here, letter: Class) -> dict[str, Any] | None:
    """What a reader of this class must see before all else."""
    return to_d(here) if letter == "d" else none_at_c(here) if letter == "c" else None


def _facts(here: Here, one: ClassEffort) -> list[dict[str, Any]]:
    t = here.t
    spent = [t("effort.days", n=one.days)] if one.days else []
    spent += [t("effort.unwritten", n=one.unknown)] if one.unknown else []
    known = one.unknown < len(one.accounts)
    return [
        {"label": t("accounts.title"), "value": str(len(one.accounts))},
        {"label": t("account.contribution"), "value": here.amount(one.contribution)},
        {"label": t("classes.left"), "value": here.amount(one.left),
         "note": t("classes.of-potential", amount=here.amount(one.potential))},
        {"label": t("field.investment"), "note": t.remarks(spent) or None,
         **_value(here.amount(one.money) if known else None, t("not-known"))},
        {"label": t("effort.ratio"),
         **_value(t.share(one.ratio, 1) if one.ratio is not None else None, t("not-known"))},
        {"label": t("effort.median"),
         **_value(t.share(one.median, 1) if one.median is not None else None, t("not-known"))},
    ]  # fmt: skip


def _value(text: str | None, missing: str) -> dict[str, Any]:
    return {"value": text} if text is not None else {"missing": missing}


def _ranked(here: Here, one: ClassEffort) -> list[str]:
    """The accounts of a class, those first that the class is about."""
    found = here.site.results.investment.accounts
    return sorted(
        one.accounts, key=lambda id: (-(getattr(found[id], RANKED[one.letter]) or Decimal(0)), id)
    )


def _fences(here: Here, one: ClassEffort) -> str:
    """From where on a ratio is an outlier of its class, or why none is."""
    if one.fences is None or one.quartiles is None:
        return outlier_count(here, one)
    t, (low, high) = here.t, one.fences
    values = {"n": len(one.outliers), "ranges": t.number(FENCE), "high": t.share(high, 1)}
    if low <= 0:
        return t("classes.fence", **values)
    return t("classes.fences", low=t.share(low, 1), **values)


def _strategies(here: Here, letter: Class) -> list[dict[str, Any]]:
    """Strategies meant for the class, then others that its accounts use."""
    site, t = here.site, here.t
    found = []
    for id, record in site.content.strategies.items():
        fits, used = record.value.fits, site.results.strategies.uses[id].classes.get(letter, 0)
        meant = bool(fits and letter in fits.classes)
        if meant or used:
            found.append(
                {
                    "id": id,
                    "name": record.name,
                    "href": here.record("strategy", id),
                    "meant": meant,
                    "when": t.listed([t(f"word.{one}") for one in fits.lifecycles], either=True)
                    if fits and meant
                    else "",
                    "count": used,
                    "table": class_filter(here, letter) + f"&strategy={id}",
                }
            )
    return sorted(found, key=lambda one: (not one["meant"], -one["count"]))


def _no_strategy(here: Here, one: ClassEffort) -> dict[str, str] | None:
    fits = here.site.results.fits
    number = sum(1 for id in one.accounts if fits[id].used is None)
    if not number:
        return None
    return {
        "href": class_filter(here, one.letter) + "&strategy=-",
        "label": here.t("classes.no-strategy", n=number),
    }
