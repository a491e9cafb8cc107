"""An industry in, what each of our capabilities does for it, and where it worked, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefbook.load import Record
from briefbook.model import Account, Industry
from briefbook.pages.here import MOST, Here


def solutions(
    here: Here, record: Record[Industry], accounts: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Industry by capability; `accounts` are those of the industry, the largest first."""
    offered = here.site.content.book.value.capabilities
    pains, users, worked = _pains(record.value), _users(here, accounts), _worked(here, accounts)
    named = {**record.value.solutions, **pains, **users, **worked}
    order = [*(id for id in offered if id in named), *(id for id in named if id not in offered)]
    return {
        "rows": [
            {
                **_told(here, record, id),
                "pains": pains.get(id, []),
                "users": users.get(id, [])[:MOST],
                "users_more": len(users.get(id, [])[MOST:]),
                "worked": worked.get(id, [])[:MOST],
                "worked_more": len(worked.get(id, [])[MOST:]),
            }
            for id in order
        ],
        "rest": [here.capability(id) for id in offered if id not in named],
    }


def _told(here: Here, record: Record[Industry], id: str) -> dict[str, Any]:
    one = record.value.solutions.get(id)
    return {
        "name": here.capability(id),
        "href": here.record("capability", id),
        "what": here.prose(one.what) if one else None,
        "because": here.prose(one.because) if one else None,
    }


def _pains(industry: Industry) -> dict[str, list[dict[str, str]]]:
    """Pains by the capability that answers them, each with its anchor on the page."""
    found: dict[str, list[dict[str, str]]] = {}
    for id, pain in industry.pains.items():
        for capability in dict.fromkeys(pain.answered_by):
            found.setdefault(capability, []).append({"title": pain.pain, "href": f"#pain-{id}"})
    return found


def _users(here: Here, accounts: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Accounts by the capability that they use, with the share of seats in use."""
    found: dict[str, list[dict[str, Any]]] = {}
    for account in accounts:
        for id, use in here.site.content.accounts[account["id"]].value.uses.items():
            share = (
                here.t("solutions.active", share=here.quantity(use.active)) if use.active else None
            )
            day = here.t.month(use.as_of.date) if use.as_of else None
            found.setdefault(id, []).append(
                {**account, "active": here.t.remarks(one for one in (share, day) if one and share)}
            )
    return found


def _worked(here: Here, accounts: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Needs with what was achieved, by the capability that answered them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for account in accounts:
        for one in _achieved(here, account):
            for id in one["by"]:
                found.setdefault(id, []).append(one)
    return found


def _achieved(here: Here, account: dict[str, Any]) -> Iterator[dict[str, Any]]:
    record: Record[Account] = here.site.content.accounts[account["id"]]
    for id, need in record.value.needs.items():
        reached = need.achieved
        if reached is None:
            continue
        yield {
            **account,
            "href": here.record("account", record.id, f"need-{id}"),
            "need": here.prose(need.need),
            "by": tuple(dict.fromkeys(need.answered_by)),
            "fact": {
                "text": here.quantity(reached.value),
                "source": here.sources(reached.source, record),
                "note": here.when(reached.date) if reached.date else None,
            }
            if reached.value
            else None,
        }
