"""An account in, its profile and what is noted about it out: eight fields, extras, remarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.types import Fact
from briefbook.pages.here import MOST, Here

WORDS = ("size", "market_position")
FACTS = ("employees", "annual_revenue", "growth")
ORDER = (
    "type", "size", "employees", "country", "region", "annual_revenue", "market_position",
    "growth", "founded",
)  # fmt: skip
"""The eight fields of an ideal customer (TMS, l. 25 to 37) but for name and industry, and more."""


def profile(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """Every field with its fact, those that are missing among them; then the team's own."""
    account = record.value
    written = account.profile
    rows = [_row(here, record, name, getattr(written, name) if written else None) for name in ORDER]
    extra = written.extra if written else {}
    own = [
        {"label": name.replace("-", " ").capitalize(), "text": text, "fact": None, "href": None}
        for name, text in extra.items()
    ]
    return [*rows, *own, *_about(here, account)]


def _row(here: Here, record: Record[Account], name: str, value: Any) -> dict[str, Any]:
    label = here.t(f"field.{name}")
    if isinstance(value, Fact):
        return {"label": label, "fact": here.fact(value, record, "other"), "text": None,
                "href": None}  # fmt: skip
    text = value if value is None or isinstance(value, str) else here.when(value)
    shown = here.t(f"word.{text}") if text and name in WORDS else text
    return {"label": label, "fact": None, "text": shown, "href": None}


def _about(here: Here, account: Account) -> Iterator[dict[str, Any]]:
    t = here.t
    parent = here.site.content.accounts.get(account.parent or "")
    since = account.customer_since
    if account.parent:
        yield {"label": t("field.parent"), "text": parent.name if parent else account.parent,
               "fact": None,
               "href": here.record("account", parent.id) if parent else None}  # fmt: skip
    nodes = _nodes(here, account)
    for label, text in (
        ("customer_since", here.when(since) if since else None),
        ("stands_at", t.row(nodes)),
        ("language", t(f"language.{account.language}") if account.language else None),
        ("crm_id", account.crm_id),
        ("aliases", t.row(account.aliases)),
    ):
        if text:
            yield {"label": t(f"field.{label}"), "text": text, "fact": None, "href": None}


def _nodes(here: Here, account: Account) -> list[str]:
    chain = here.site.content.industries[account.industry].value.value_chain
    known = chain.nodes if chain else {}
    return [known[id].name if id in known else id for id in account.stands_at]


def remarks(here: Here, account: Account) -> list[dict[str, Any]]:
    """Why the account is important, difficult or on the focus list."""
    return [
        {"label": here.t(f"field.{name}"), "text": here.prose(reason.because)}
        for name in ("important", "difficult", "focus")
        if (reason := getattr(account, name))
    ]


def neighbours(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """The accounts that share most with this one, and what."""
    return [
        {
            **here.account(one.account),
            "shared": here.t.listed([here.t(f"neighbour.{kind}") for kind in one.shared]),
        }
        for one in here.site.results.neighbours.get(record.id, ())
    ]


def benchmark_of(here: Here, id: str) -> list[dict[str, str]]:
    """The industries of which the account is a benchmark: a reference case of ours."""
    named = here.site.results.mentions.get(f"account/{id}", ())
    ids = dict.fromkeys(one.by[1] for one in named if one.role == "benchmark")
    return [
        {
            "label": here.t("account.benchmark-of", name=here.site.content.industries[one].name),
            "href": here.record("industry", one, "benchmarks"),
        }
        for one in list(ids)[:MOST]
    ]
