"""`/strategy/`: where effort goes; `/strategy/<id>/`: meaning, tactics, who uses it and how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.analyse.results import Class
from briefbook.analyse.standing import LETTERS
from briefbook.load import Record
from briefbook.model import Strategy
from briefbook.model.strategy import LIFECYCLES
from briefbook.pages import strategy_page
from briefbook.pages.classes import BASE as CLASSES
from briefbook.pages.classes import reason
from briefbook.pages.effort import attention, chart, class_filter, class_rows, rows
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.nine_box import nine_box
from briefbook.pages.page import Page
from briefbook.pages.sheets import by_contribution

PARTS = ("attention", "nine-box", "classes", "effort", "lifecycles", "strategies", "reasons")


def pages(site: Site) -> Iterator[Page]:
    """The overview."""
    here = Here(site, "/strategy/")
    t = site.words
    guides = site.content.guides
    yield Page(
        address=here.base,
        template="strategies.html",
        title=t("strategy.title"),
        kind="strategies",
        section="/strategy/",
        searchable=False,
        foot=here.foot("book.yml"),
        toc=tuple((id, t(f"strategy.{id}")) for id in PARTS),
        data={
            "title": t("strategy.title"),
            "sample": site.sample,
            "lede": t("strategy.lede"),
            "attention": attention(here),
            "grid": nine_box(here),
            "thresholds": here.thresholds,
            "classes": class_rows(here),
            "currency": site.content.book.value.currency,
            "rule": here.record("page", "nine-box") if "nine-box" in guides else None,
            **_effort(here),
            "stages": [t(f"word.{stage}") for stage in LIFECYCLES],
            "matrix": _matrix(here),
            **_warnings(here),
            "strategies": [_line(here, record) for record in site.content.strategies.values()],
            "without": _without(here),
            "reasons": [reason(here, id) for id in by_contribution(site)[:MOST]],
            "all": {
                "href": here.to(CLASSES),
                "label": t("strategy.all-reasons", n=len(site.content.accounts)),
            },
        },
    )


def of(site: Site, id: str) -> Iterator[Page]:
    """The page of a strategy."""
    yield strategy_page.page(site, site.content.strategies[id])


def _effort(here: Here) -> dict[str, Any]:
    """Effort against contribution by class, and the outliers of all classes."""
    classes = here.site.results.investment.classes
    outside = [id for letter in LETTERS for id in classes[letter].outliers]
    return {
        "chart": chart(here, LETTERS, "strategy"),
        "outliers": rows(here, outside[:MOST]),
        "outliers_more": here.t("more", n=len(outside) - MOST) if len(outside) > MOST else None,
    }


def _matrix(here: Here) -> list[dict[str, Any]]:
    """Classes by stages of the lifecycle; a stage for which no strategy is meant is a mismatch."""
    strategies = here.site.content.strategies
    staged: dict[tuple[Class, str], str] = {}
    for record in strategies.values():
        for letter in record.value.fits.classes if record.value.fits else ():
            for stage in record.value.fits.lifecycles if record.value.fits else ():
                staged.setdefault((letter, stage), record.name)
    judged = {letter for letter, _ in staged}
    return [
        {
            "letter": letter.upper(),
            "label": here.t(f"class.{letter}"),
            "cells": [
                _stage(here, letter, stage, staged.get((letter, stage or "")), letter in judged)
                for stage in (*LIFECYCLES, None)
            ],
        }
        for letter in LETTERS
    ]


def _stage(
    here: Here, letter: Class, stage: str | None, first: str | None, judged: bool
) -> dict[str, Any]:
    count = here.site.results.strategies.stages.get((letter, stage), 0)
    return {
        "count": count,
        "href": class_filter(here, letter) + f"&lifecycle={stage or '-'}",
        "first": first,
        "unusual": bool(count and stage and judged and first is None),
    }


def _warnings(here: Here) -> dict[str, Any]:
    """Accounts whose stage or strategy contradicts their class, and written exceptions."""
    found, t = here.site.results.strategies, here.t
    lists = {"unusual": found.unusual, "misfits": found.misfits, "exceptions": found.exceptions}
    return {
        name: {
            "id": name,
            "count": len(ids),
            "rows": [strategy_page.judged(here, id) for id in ids[:MOST]],
            "more": t("more", n=len(ids) - MOST) if len(ids) > MOST else None,
        }
        for name, ids in lists.items()
    }


def _line(here: Here, record: Record[Strategy]) -> dict[str, Any]:
    fits, used = record.value.fits, here.site.results.strategies.uses[record.id]
    return {
        "id": record.id,
        "name": record.name,
        "href": here.record("strategy", record.id),
        "means": here.prose(record.value.means),
        "classes": [one.upper() for one in fits.classes] if fits else [],
        "lifecycles": [here.t(f"word.{one}") for one in fits.lifecycles] if fits else [],
        "tactics": len(record.value.tactics),
        "accounts": len(used.accounts),
        "table": here.to("/accounts/") + f"?strategy={record.id}",
        "misfits": len(used.misfits),
        "exceptions": len(used.exceptions),
    }


def _without(here: Here) -> dict[str, str] | None:
    """The way to accounts without a strategy."""
    number = len(here.site.results.strategies.without)
    if not number:
        return None
    return {
        "href": here.to("/accounts/") + "?strategy=-",
        "label": here.t("strategy.without", n=number),
    }
