"""Open deals in, BANT over the portfolio by where time goes out: a part of `/team/`, `/deals/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefbook.analyse.deals import LETTERS, WEAKEST_FIRST
from briefbook.analyse.pipeline import COLUMNS, Allocation, Cycle, OpenDeal
from briefbook.pages.account_deals import STAGES, verdict
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page
from briefbook.pages.sheets import firsts, pager, sheet
from briefbook.pages.team_rows import ROWS, address

BASE = "/deals/"


def section(here: Here, first: int) -> dict[str, Any]:
    """The part of a page of the team: who spends days on what, weakest letters, first deals."""
    t, found = here.t, here.site.results.team.pipeline
    data: dict[str, Any] = {
        "year": here.year(found.year),
        "columns": [t(f"deals.column.{name or 'no-stage'}") for name in COLUMNS],
        "allocation": [_allocation(here, one) for one in found.allocation[first : first + ROWS]],
        "rows": [],
    }
    if first:
        return data
    return data | {
        "lede": t("deals.lede", n=len(found.open)) if found.open else t("deals.no-open"),
        "cycle": cycle(here, found.cycle),
        "verdicts": [t(f"word.{one}") for one in WEAKEST_FIRST],
        "letters": [_letter(here, name) for name in LETTERS],
        "no_prospect": t("deals.no-prospects", n=found.no_prospect) if found.no_prospect else None,
        "unjudged": t("deals.unjudged", n=found.unjudged) if found.unjudged else None,
        "rows": [_deal(here, one) for one in found.open[:MOST]],
        "more": {"href": here.to(BASE), "label": t("deals.all", n=len(found.open))}
        if len(found.open) > MOST
        else None,
    }


def sheets(site: Site) -> Iterator[str]:
    """Each page of 100 open deals, by its first row, where twelve are not all."""
    count = len(site.results.team.pipeline.open)
    if count > MOST:
        yield from map(str, firsts(count, ROWS))


def of(site: Site, first: str) -> Iterator[Page]:
    """A page by itself: each names other accounts."""
    yield _page(site, site.results.team.pipeline.open, int(first))


def _page(site: Site, found: Sequence[OpenDeal], first: int) -> Page:
    here, t = Here(site, sheet(BASE, first, ROWS)), site.words
    return Page(
        address=here.base,
        template="deals.html",
        title=t("deals.title"),
        kind="deals",
        section="/team/",
        description=t("deals.description"),
        searchable=False,
        foot=here.foot(None),
        data={
            "title": t("deals.title"),
            "trail": [{"href": here.to("/team/"), "label": t("team.title")}],
            "sample": site.sample,
            "lede": t("deals.lede", n=len(found)),
            "currency": site.content.book.value.currency,
            "year": here.year(site.results.team.pipeline.year),
            "deals": [_deal(here, one) for one in found[first : first + ROWS]],
            "pager": pager(here, BASE, first, len(found), ROWS),
        },
    )


def cycle(here: Here, one: Cycle) -> str | None:
    """How long a deal takes, in words; None where no deal tells."""
    if one.days is None:
        return None
    return here.t("deals.cycle", days=here.t.number(one.days, 1), n=one.deals)


def _allocation(here: Here, one: Allocation) -> dict[str, Any]:
    t, cycles = here.t, here.site.results.team.pipeline.cycles
    known = one.owner in here.site.content.book.value.team
    found = cycles.get(one.owner)
    return {
        "label": here.member(one.owner) if one.owner else t("team.nobody"),
        "href": here.to(address(one.owner)) if known else None,
        "days": [
            {
                "text": t.number(cell.amount) if cell.amount is not None else None,
                "note": t("deals.accounts", n=cell.of),
                "unknown": t("deals.days-unknown", n=cell.of - cell.known)
                if 0 < cell.known < cell.of
                else None,
                "none": not cell.of,
            }
            for cell in (*(one.by_stage[name] for name in COLUMNS), one.whole)
        ],
        "cycle": t("deals.cycle.short", days=t.number(found.days, 1), n=found.deals)
        if found and found.days is not None
        else None,
    }


def _letter(here: Here, name: str) -> dict[str, Any]:
    """One letter: how many deals stand where, and of how many it is the weakest."""
    found = here.site.results.team.pipeline
    return {
        "label": here.t(f"field.{name}"),
        "counts": [found.verdicts.get((name, verdict), 0) for verdict in WEAKEST_FIRST],
        "weakest": found.weakest[name],
    }


def _deal(here: Here, one: OpenDeal) -> dict[str, Any]:
    t, judged = here.t, one.judged
    deal = here.site.content.accounts[one.account].value.opportunities[one.deal]
    known = one.owner in here.site.content.book.value.team
    return {
        **here.account(one.account),
        "deal": deal.name,
        "deal_href": here.record("account", one.account, f"opportunity-{one.deal}"),
        "owner": here.member(one.owner) if one.owner else None,
        "owner_href": here.to(address(one.owner)) if known else None,
        "stage": STAGES.get(one.stage, 0),
        "stage_label": t(f"word.{one.stage}") if one.stage else t("not-known"),
        "days": t.number(one.days) if one.days is not None else None,
        "days_sort": one.days if one.days is not None else "",
        "value": t.millions(one.value) if one.value is not None else None,
        "value_sort": str(one.value) if one.value is not None else "",
        "bant": [
            {
                "letter": t(f"bant.{each.name}.letter"),
                "answer": each.verdict,
                "label": t(f"bant.{each.name}", verdict=t(f"word.{each.verdict}")),
            }
            for each in judged.letters
        ]
        if judged
        else [],
        "verdict": verdict(here, judged) if judged else None,
    }
