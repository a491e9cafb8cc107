"""A company in, who names it and how it is tied to our accounts, out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefbook.analyse.companies import Mention, Role
from briefbook.load import Record
from briefbook.model import Company
from briefbook.pages.here import MOST, Here

SECTIONS = ("their_customers", "their_marketing", "unmet", "experience")
"""The four sections about a competitor (SimCRM article, l. 51-58)."""


def named(here: Here, id: str, role: Role) -> list[Mention]:
    """The places that name the company in a role."""
    all_of_it = here.site.results.mentions.get(f"company/{id}", ())
    return [one for one in all_of_it if one.role == role]


def stands(here: Here, id: str) -> list[dict[str, Any]]:
    """The nodes of chains at which the company stands, by either file."""
    rows = []
    for one in named(here, id, "stands"):
        industry = here.site.content.industries.get(one.by[1])
        chain = industry.value.value_chain if industry else None
        node = chain.nodes.get(one.entry) if chain else None
        rows.append(
            {
                "industry": industry.name if industry else one.by[1],
                "href": here.record("industry", one.by[1], "value-chain") if industry else None,
                "node": node.name if node else one.entry,
                "what": here.prose(node.what) if node else None,
            }
        )
    return rows


def roles(here: Here, record: Record[Company]) -> list[dict[str, Any]]:
    """What the company is to us, and who says so; a competitor has a part of its own."""
    company = record.value
    peers = [one.by[1] for one in named(here, record.id, "peer")]
    rows = [
        _role(here, "benchmark", industries=_benchmarks(here, record.id)),
        _role(here, "peer", accounts=peers),
        _role(here, "partner"),
    ]
    kept = [row for row in rows if row["named"] or row["role"] in company.roles]
    if company.serves and not competes(here, record):
        kept.append({**_role(here, "partner", accounts=company.serves),
                     "label": here.t("field.serves")})  # fmt: skip
    return kept


def _role(
    here: Here, role: str, industries: Sequence[Any] = (), accounts: Sequence[str] = ()
) -> dict[str, Any]:
    return {
        "role": role,
        "label": here.t(f"word.{role}"),
        "industries": industries[:MOST],
        **_accounts(here, accounts),
        "named": bool(industries or accounts),
        "more": max(len(industries) - MOST, 0) + max(len(accounts) - MOST, 0),
    }


def _accounts(here: Here, ids: Sequence[str]) -> dict[str, Any]:
    """The first accounts by contribution; ids of files that are missing stand as they are."""
    known = [id for id in ids if id in here.site.content.accounts]
    unknown = [id for id in ids if id not in here.site.content.accounts]
    return {"accounts": here.accounts(known, MOST), "unknown": unknown[:MOST]}


def _benchmarks(here: Here, id: str) -> list[dict[str, Any]]:
    rows = []
    for one in named(here, id, "benchmark"):
        industry = here.site.content.industries[one.by[1]]
        entry = industry.value.benchmarks[int(one.entry)]
        rows.append(
            {
                "name": industry.name,
                "href": here.record("industry", industry.id, "benchmarks"),
                "rank": here.t("company.rank", rank=str(entry.rank)) if entry.rank else None,
                "lesson": here.prose(entry.lesson),
            }
        )
    return rows


def competes(here: Here, record: Record[Company]) -> bool:
    """Whether its own file or an opportunity says that the company competes with us."""
    company = record.value
    return bool(
        company.competitor or "competitor" in company.roles or named(here, record.id, "competitor")
    )


def competitor(here: Here, record: Record[Company]) -> dict[str, Any] | None:
    """The four sections, those without text named, and the accounts that it has or wants."""
    if not competes(here, record):
        return None
    part = record.value.competitor
    bids: dict[str, list[str]] = {id: [] for id in record.value.serves}
    for one in named(here, record.id, "competitor"):
        bids.setdefault(one.by[1], []).append(one.entry)
    listed = _accounts(here, tuple(bids))
    return {
        "sections": [
            {
                "id": f"competitor-{name.replace('_', '-')}",
                "label": here.t(f"field.{name}"),
                "text": here.prose(getattr(part, name)) if part else None,
            }
            for name in SECTIONS
        ],
        "source": here.sources(part.source, record) if part else None,
        "accounts": [
            {**one, **_ties(here, record.value, one["id"], bids[one["id"]])}
            for one in listed["accounts"]
        ],
        "unknown": listed["unknown"],
        "more": max(len(bids) - MOST, 0),
    }


def _ties(here: Here, company: Company, account: str, bids: Sequence[str]) -> dict[str, Any]:
    """How a competitor is tied to an account: it serves it, or bids in opportunities."""
    deals = here.site.content.accounts[account].value.opportunities
    return {
        "serves": account in company.serves,
        "bids": [
            {
                "name": deals[id].name,
                "href": here.record("account", account, f"opportunity-{id}"),
                "stage": here.t(f"word.{stage}") if (stage := deals[id].stage) else None,
            }
            for id in bids[:MOST]
        ],
    }
