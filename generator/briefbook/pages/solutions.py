"""An industry in, what each of our capabilities does for it, and where it worked, out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefbook.load import Record
from briefbook.model import Industry
from briefbook.pages.here import MOST, Here


def solutions(here: Here, record: Record[Industry], accounts: Sequence[str]) -> dict[str, Any]:
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
                "users": [_user(here, one, id) for one in users.get(id, [])[:MOST]],
                "users_more": len(users.get(id, [])[MOST:]),
                "worked": [_achieved(here, *one) for one in worked.get(id, [])[:MOST]],
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


def _users(here: Here, accounts: Sequence[str]) -> dict[str, list[str]]:
    """Accounts by the capability that they use."""
    found: dict[str, list[str]] = {}
    for account in accounts:
        for id in here.site.content.accounts[account].value.uses:
            found.setdefault(id, []).append(account)
    return found


def _user(here: Here, account: str, id: str) -> dict[str, Any]:
    """An account with the share of seats in use."""
    use = here.site.content.accounts[account].value.uses[id]
    share = here.t("solutions.active", share=here.quantity(use.active)) if use.active else None
    day = here.t.month(use.as_of.date) if use.as_of else None
    active = here.t.remarks(one for one in (share, day) if one and share)
    return {**here.account(account), "active": active}


def _worked(here: Here, accounts: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Accounts and needs with what was achieved, by the capability that answered them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for account in accounts:
        for id, need in here.site.content.accounts[account].value.needs.items():
            for by in dict.fromkeys(need.answered_by) if need.achieved else ():
                found.setdefault(by, []).append((account, id))
    return found


def _achieved(here: Here, account: str, id: str) -> dict[str, Any]:
    """A need with what was achieved."""
    record = here.site.content.accounts[account]
    need = record.value.needs[id]
    reached = need.achieved
    value = reached.value if reached else None
    return {
        **here.account(account),
        "href": here.record("account", account, f"need-{id}"),
        "need": here.prose(need.need),
        "fact": {
            "text": here.quantity(value),
            "source": here.sources(reached.source, record),
            "note": here.when(reached.date) if reached.date else None,
        }
        if reached and value
        else None,
    }
