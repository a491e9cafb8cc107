"""`/quality/`: can it be trusted? What is complete, stale, unsourced, unverified, and whose work.

Shape of `/quality/index.json`, version 1: `{version, kind: "quality", total, parts, owners,
facts}`. `total` and each of `owners` (by id, "" for accounts that nobody owns) count
`{accounts, fields, fields_expected, stale, unsourced, people, unverified}`; `parts` lists
`{part, accounts, whole, fields, fields_expected}`; `facts` counts `{stale, unsourced}` of all
records, industries and companies too. Figures of each account are in `/data/accounts.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.quality import PartTally, Tally
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.facts import BASE as FACTS
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page
from briefbook.pages.sheets import firsts, pager, sheet

BASE = "/quality/"
ACCOUNTS, OWNERS = f"{BASE}accounts/", f"{BASE}owners/"
FIELDS = 3
"""Missing fields that a row names; the account's own page names all."""
VERSION = 1
"""Version of the shape of the JSON; a change that breaks readers raises it."""


def pages(site: Site) -> Iterator[Page]:
    """The overview."""
    yield _overview(site)


def sheets(site: Site) -> Iterator[str]:
    """Each page of the lists of all accounts and of all owners, by list and first row."""
    found = site.results.quality
    for name, ids in (("accounts", found.worst), ("owners", tuple(found.owners))):
        if ids or name == "accounts":
            yield from (f"{name}/{first}" for first in firsts(len(ids), MOST_ROWS))


def in_list(site: Site, which: str) -> Iterator[Page]:
    """A page by itself: each names other accounts."""
    found, (name, _, first) = site.results.quality, which.partition("/")
    title = site.words(f"quality.{name}")
    if name == "accounts":
        yield _list(site, ACCOUNTS, title, found.worst, _account, int(first))
    else:
        yield _list(site, OWNERS, title, tuple(found.owners), _owner, int(first))


def of(site: Site, id: str) -> Iterator[Page]:
    """The work list of an owner."""
    found, name = site.results.quality, Here(site, BASE).member(id)
    title = site.words("quality.of-owner", name=name)
    ids = found.of_owner[id]
    for first in firsts(len(ids), MOST_ROWS):
        yield _list(site, _list_of(id), title, ids, _account, first, found.owners[id])


def _list_of(owner: str) -> str:
    return f"{OWNERS}{owner}/"


def _overview(site: Site) -> Page:
    here, t, found = Here(site, BASE), site.words, site.results.quality
    data = {
        "title": t("quality.title"),
        "sample": site.sample,
        "lede": _sentence(here, found.total),
        "facts": t("quality.facts", stale=found.stale, unsourced=len(found.bare)),
        "facts_href": here.to(FACTS),
        "data_href": here.to("/data/"),
        "parts": [_part(here, one) for one in found.parts],
        "owners": [_owner(here, one) for one in tuple(found.owners)[:MOST]],
        "owners_more": _more(here, OWNERS, len(found.owners)),
        "accounts": [_account(here, id) for id in found.worst[:MOST]],
        "accounts_more": _more(here, ACCOUNTS, len(found.worst)),
    }
    sections = ("parts", "owners", "accounts", "facts") if found.worst else ("facts",)
    return Page(
        address=BASE,
        template="quality.html",
        title=t("quality.title"),
        kind="quality",
        section=BASE,
        searchable=False,
        toc=tuple(
            (one, t(f"quality.{one}-title")) for one in sections if one != "parts" or data["parts"]
        ),
        data=data,
        json=_json(site),
        foot=here.foot(None, json=True),
    )


def _more(here: Here, base: str, count: int) -> dict[str, str] | None:
    """The way to the whole list."""
    if count <= MOST:
        return None
    return {"href": here.to(base), "label": here.t("quality.all", n=count)}


def _sentence(here: Here, one: Tally) -> str:
    """All counts in one sentence; what there is none of is left out."""
    t = here.t
    if not one.expected:
        return t("quality.none")
    said = [t("quality.there", have=one.have, n=one.expected, share=_share(here, one))]
    counts = {"stale": one.stale, "unsourced": one.unsourced}
    said += [t(f"quality.{name}", n=count) for name, count in counts.items() if count]
    if one.unverified:
        said.append(t("quality.unverified", n=one.unverified, all=one.people))
    return t("quality.sentence", counts=t.listed(said))


def _share(here: Here, one: Tally | PartTally) -> str:
    return here.t.share(Decimal(one.have) / one.expected)


def _part(here: Here, one: PartTally) -> dict[str, Any]:
    return {
        "name": here.t(f"complete.{one.part}"),
        "accounts": one.accounts,
        "whole": one.whole,
        "have": one.have,
        "expected": one.expected,
        "share": _share(here, one),
    }


def _owner(here: Here, id: str | None) -> dict[str, Any]:
    """One owner: how much there is to do, and what comes first."""
    found = here.site.results.quality
    target = _list_of(id) if id else "/accounts/"
    return {
        "name": here.member(id) or here.t("quality.nobody"),
        "href": here.to(target) + ("" if id else "?owner=-"),
        "accounts": found.owners[id].accounts,
        **_counts(here, found.owners[id]),
        "first": _account(here, found.of_owner[id][0]),
    }


def _account(here: Here, id: str) -> dict[str, Any]:
    """One account: what is missing by importance, and what else is to be mended."""
    account, results = here.account(id), here.site.results
    missing = results.complete[id].missing
    rest = len(missing) - FIELDS
    return {
        **account,
        "owner": here.member(here.site.content.accounts[id].value.owner),
        **_counts(here, results.quality.accounts[id]),
        "missing": [here.t(f"missing.part.{path}") for path in missing[:FIELDS]],
        "more": here.t("more", n=rest) if rest > 0 else None,
    }


def _counts(here: Here, one: Tally) -> dict[str, Any]:
    return {
        "have": one.have,
        "expected": one.expected,
        "share": _share(here, one),
        "lacking": one.missing,
        "stale": one.stale,
        "unsourced": one.unsourced,
        "unverified": one.unverified,
    }


def _list(
    site: Site, base: str, title: str, ids: Sequence[Any],
    row: Callable[[Here, Any], dict[str, Any]], first: int, total: Tally | None = None,
) -> Page:  # fmt: skip
    """The page of a list that begins with a row; it has 200."""
    here, t = Here(site, sheet(base, first, MOST_ROWS)), site.words
    return Page(
        address=here.base,
        template="quality_list.html",
        title=title,
        kind="quality-list",
        section=BASE,
        searchable=False,
        data={
            "title": title,
            "trail": [{"href": here.to(BASE), "label": t("quality.title")}],
            "sample": site.sample,
            "lede": _sentence(here, total or site.results.quality.total),
            "is_owners": base == OWNERS,
            "rows": [row(here, id) for id in ids[first : first + MOST_ROWS]],
            "pager": pager(here, base, first, len(ids), MOST_ROWS),
        },
        foot=here.foot(None),
    )


def _json(site: Site) -> dict[str, Any]:
    found = site.results.quality
    return {
        "version": VERSION,
        "kind": "quality",
        "total": _tally(found.total),
        "parts": [
            {"part": one.part, "accounts": one.accounts, "whole": one.whole, "fields": one.have,
             "fields_expected": one.expected}
            for one in found.parts
        ],
        "owners": {id or "": _tally(one) for id, one in found.owners.items()},
        "facts": {"stale": found.stale, "unsourced": len(found.bare)},
    }  # fmt: skip


def _tally(one: Tally) -> dict[str, int]:
    return {
        "accounts": one.accounts,
        "fields": one.have,
        "fields_expected": one.expected,
        "stale": one.stale,
        "unsourced": one.unsourced,
        "people": one.people,
        "unverified": one.unverified,
    }
