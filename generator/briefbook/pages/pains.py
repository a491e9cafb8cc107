"""`/industries/pains/` and the matrix of a brief: pains by what we offer, gaps first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefbook.analyse.industries import Answers, PainRow
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.sheets import firsts, pager, sheet

BASE = "/industries/pains/"


def pages(site: Site) -> Iterator[Page]:
    """The matrix over all industries, 200 pains a page."""
    for first in firsts(len(site.results.pains.rows)):
        yield _page(site, first)


def _page(site: Site, first: int) -> Page:
    here = Here(site, sheet(BASE, first))
    t, found = site.words, site.results.pains
    rows = found.rows[first : first + MOST_ROWS]
    used = [one.capability for one in found.capabilities if one.pains]
    data = {
        "title": t("pains.title"),
        "trail": [{"href": here.to("/industries/"), "label": t("industries.title")}]
        + ([{"href": here.to(BASE), "label": t("pains.title")}] if first else []),
        "sample": site.sample,
        "lede": t("pains.lede", n=len(found.rows)),
        "gaps": t("pains.gaps", n=found.unanswered) if found.unanswered else None,
        "capabilities": [] if first else [_answers(here, one) for one in found.capabilities],
        "unanswered": [_gap(here, row) for row in rows if not row.answered_by],
        "matrix": matrix(here, [row for row in rows if row.answered_by], used, whole=True),
        "currency": site.content.book.value.currency,
        "pager": pager(here, BASE, first, len(found.rows)),
    }
    return Page(
        address=here.base,
        template="pains.html",
        title=t("pains.title"),
        kind="pains",
        section="/industries/",
        searchable=False,
        data=data,
        foot=here.foot("industries/"),
    )


def _answers(here: Here, one: Answers) -> dict[str, Any]:
    return {
        "name": here.capability(one.capability),
        "href": here.record("capability", one.capability),
        "pains": one.pains,
        "high": one.high,
        "industries": one.industries,
    }


def _gap(here: Here, row: PainRow) -> dict[str, Any]:
    """A pain that no capability answers; what somebody wrote about it stands beside."""
    pain = here.site.content.industries[row.industry].value.pains[row.id]
    return {
        **_head(here, row, whole=True),
        "accounts": row.accounts,
        "revenue": here.t.millions(row.brought) if row.accounts else None,
        "words": pain.answer,
    }


def matrix(
    here: Here, rows: Sequence[PainRow], capabilities: Sequence[str], *, whole: bool = False
) -> dict[str, Any]:
    """Pains as rows and capabilities as columns; `whole` names the industry of each pain."""
    return {
        "columns": [
            {"name": here.capability(one), "href": here.record("capability", one)}
            for one in capabilities
        ],
        "rows": [
            {
                **_head(here, row, whole=whole),
                "cells": [one in row.answered_by for one in capabilities],
                "gap": not row.answered_by,
            }
            for row in rows
        ],
        "whole": whole,
    }


def of_industry(here: Here, id: str) -> dict[str, Any]:
    """The matrix of one brief; its columns are what answers any of its pains."""
    rows = here.site.results.pains_of.get(id, ())
    used = {one for row in rows for one in row.answered_by}
    offered = [one for one in here.site.content.book.value.capabilities if one in used]
    names = [here.site.content.industries[id].value.pains[row.id].pain for row in rows
             if not row.answered_by]  # fmt: skip
    return {**matrix(here, rows, offered), "gaps": names}


def _head(here: Here, row: PainRow, *, whole: bool) -> dict[str, Any]:
    industry = here.site.content.industries[row.industry]
    return {
        "pain": industry.value.pains[row.id].pain,
        "href": here.record("industry", row.industry, f"pain-{row.id}"),
        "industry": industry.name if whole else None,
        "severity": row.severity,
        "severity_label": here.t(f"word.{row.severity}") if row.severity else None,
    }
