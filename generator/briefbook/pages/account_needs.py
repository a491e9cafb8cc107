"""An account in, its business process and its needs by party out (rows 1, 42 and 44)."""

from __future__ import annotations

from typing import Any

from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.account import Need
from briefbook.pages.here import Here

MET = {"yes": "good", "partly": "warn", "no": "bad"}


def process(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """The customer's steps in order, and where we fit."""
    return [
        {
            "step": one.step,
            "who": one.who,
            "pain": here.prose(one.pain),
            "tool": one.tool,
            "answers": [
                {"name": here.capability(id), "href": here.record("capability", id),
                 "used": id in record.value.uses}
                for id in one.answered_by
            ],
        }
        for one in record.value.process
    ]  # fmt: skip


def needs(here: Here, record: Record[Account]) -> dict[str, Any]:
    """Needs grouped by party, the customer's own first; the matrix of parties when several."""
    account = record.value
    parties = dict.fromkeys(one.party for one in account.needs.values())
    ordered = sorted(parties, key=lambda party: party != "customer")
    groups = [
        {
            "party": _party(here, party),
            "rows": [
                _need(here, record, id, one)
                for id, one in account.needs.items()
                if one.party == party
            ],
        }
        for party in ordered
    ]
    met = [one.met for one in account.needs.values()]
    return {
        "groups": groups,
        "several": ordered != ["customer"],
        "note": here.t("needs.note", n=len(met), met=met.count("yes"), partly=met.count("partly")),
        "count": len(met),
    }


def _party(here: Here, party: str) -> str:
    return here.t("needs.customer") if party == "customer" else party


def _need(here: Here, record: Record[Account], id: str, one: Need) -> dict[str, Any]:
    t, wanted = here.t, one.return_
    deals = record.value.opportunities
    certain = wanted.certainty if wanted else None
    return {
        "id": f"need-{id}",
        "need": here.prose(one.need),
        "lever": t(f"word.{one.lever}") if one.lever else None,
        "size": here.quantity(wanted.size) if wanted and wanted.size else None,
        "certainty": t(f"word.{certain}") if certain else None,
        "time": wanted.time if wanted else None,
        "pain": _pain(here, record.value, one),
        "answers": [
            {"name": here.capability(each), "href": here.record("capability", each)}
            for each in one.answered_by
        ],
        "answer": here.prose(one.answer),
        "met_kind": MET.get(one.met or ""),
        "met_label": t(f"met.{one.met}") if one.met else t("not-known"),
        "deals": [
            {"name": deal.name, "href": f"#opportunity-{key}"}
            for key, deal in deals.items()
            if id in deal.answers
        ],
        "open": one.met != "yes",
    }


def _pain(here: Here, account: Account, one: Need) -> dict[str, str] | None:
    """The pain of the industry behind the need, or of an industry above it."""
    if one.pain is None:
        return None
    industries = here.site.content.industries
    for id in reversed(here.site.results.tree.path.get(account.industry, ())):
        pains = industries[id].value.pains
        if one.pain in pains:
            href = here.record("industry", id, f"pain-{one.pain}")
            return {"name": pains[one.pain].pain, "href": href}
    return {"name": one.pain, "href": ""}
