"""`/accounts/`: the table of all accounts, then a playbook for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.analyse.due import next_review
from briefbook.pages import playbook
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page

FACETS = ("class", "industry", "owner", "region", "lifecycle", "strategy")


def pages(site: Site) -> Iterator[Page]:
    """The index, then a playbook for each account."""
    yield _index(site)
    for record in site.content.accounts.values():
        yield from playbook.pages(site, record)


def _index(site: Site) -> Page:
    here = Here(site, "/accounts/")
    t = site.words
    rows = [row(here, one["id"]) for one in here.accounts(site.content.accounts)]
    return Page(
        address=here.base,
        template="accounts.html",
        title=t("accounts.title"),
        kind="accounts",
        section="/accounts/",
        searchable=False,
        foot=here.foot("accounts/"),
        data={
            "title": t("accounts.title"),
            "sample": site.sample,
            "rows": rows,
            "lede": t("accounts.lede", n=len(rows)),
            "currency": site.content.book.value.currency,
            "scale": float(max((row["whole"] or row["part"] or 0 for row in rows), default=0)),
            "facets": [_facet(here, rows, name) for name in FACETS],
        },
    )


def _facet(here: Here, rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for row in rows:
        value = row["facets"][name]
        counts[value["value"]] = counts.get(value["value"], 0) + 1
        labels[value["value"]] = value["label"]
    options = [
        {
            "value": value,
            "label": labels[value],
            "count": counts[value],
            "letter": value if name == "class" and value != "-" else None,
        }
        for value in sorted(
            counts,
            key=lambda value: (-counts[value], labels[value]) if name != "class" else (0, value),
        )
    ]
    return {"name": name, "title": here.t(f"facet.{name}"), "options": options}


def row(here: Here, id: str) -> dict[str, Any]:
    site, t = here.site, here.t
    record = site.content.accounts[id]
    account, place = record.value, site.results.standings[id]
    profile = account.profile
    review = next_review(account, site.content.book.value, site.results.today)
    unknown = {"value": "-", "label": t("not-known")}
    industry = here.industry(account.industry)
    return {
        **here.account(id),
        "industry": industry["name"] if industry else account.industry,
        "region": profile.region if profile else None,
        "contribution": t.millions(place.contribution) if place.contribution is not None else None,
        "potential": t.millions(place.potential) if place.potential is not None else None,
        "part": float(place.contribution) if place.contribution is not None else None,
        "whole": float(place.potential) if place.potential is not None else None,
        "share": t.share(place.share) if place.share is not None else None,
        "share_sort": str(place.share) if place.share is not None else "",
        "level": place.level or "-",
        "potential_level": place.potential_level or "-",
        "lifecycle": account.lifecycle,
        "lifecycle_label": t(f"word.{account.lifecycle}") if account.lifecycle else None,
        "strategy": account.strategy.is_ if account.strategy else None,
        "strategy_label": here.strategy(account.strategy.is_) if account.strategy else None,
        "owner": here.member(account.owner),
        "review": t.day(review) if review else None,
        "review_sort": review.isoformat() if review else "",
        "overdue": bool(review and review < site.results.today),
        "facets": {
            "class": {
                "value": (place.letter or "-").upper(),
                "label": place.letter.upper() if place.letter else t("class.none"),
            },
            "industry": {
                "value": account.industry,
                "label": industry["name"] if industry else account.industry,
            },
            "owner": {"value": account.owner, "label": here.member(account.owner)}
            if account.owner
            else unknown,
            "region": {"value": profile.region, "label": profile.region}
            if profile and profile.region
            else unknown,
            "lifecycle": {"value": account.lifecycle, "label": t(f"word.{account.lifecycle}")}
            if account.lifecycle
            else unknown,
            "strategy": {
                "value": account.strategy.is_,
                "label": here.strategy(account.strategy.is_),
            }
            if account.strategy
            else unknown,
        },
    }
