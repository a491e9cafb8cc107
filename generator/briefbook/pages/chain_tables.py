"""Flows and groups of a chain in, rows of tables, pages of them, and their CSV files out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefbook.pages.chain_draw import company
from briefbook.pages.chain_read import MOST_NAMES, Known, by_size
from briefbook.pages.here import Here
from briefbook.pages.table_csv import csv_text


def flow_rows(
    here: Here, known: Known, flows: Iterable[int], numbers: Mapping[int, int]
) -> list[dict[str, Any]]:
    """A row for each flow; `numbers` are those of the drawing beside the table."""
    return [_flow_row(here, known, at, numbers.get(at)) for at in flows]


def _flow_row(here: Here, known: Known, at: int, number: int | None) -> dict[str, Any]:
    one = known.chain.flows[at]
    record = known.record
    return {
        "number": number,
        "from": known.link(here, one.from_),
        "to": known.link(here, one.to),
        "note": known.note(here, at),
        "what": one.what,
        "value": here.fact(one.value, record, "market"),
        "pain": one.pain,
        "severity": one.severity,
        "severity_label": here.t(f"word.{one.severity}") if one.severity else None,
        "opportunity": one.opportunity,
        "answers": [answer(here, id) for id in one.answered_by],
        "source": here.sources(one.source, record),
        **some_accounts(here, touched(known, at)),
    }


def answer(here: Here, id: str) -> dict[str, Any]:
    """Name of a capability and where it is described."""
    offered = here.site.content.book.value.capabilities
    href = here.record("capability", id) if id in offered else None
    return {"name": here.capability(id), "href": href}


def touched(known: Known, at: int) -> tuple[str, ...]:
    """Our accounts at either end of a flow."""
    one = known.chain.flows[at]
    return tuple(dict.fromkeys((*known.ours.get(one.from_, ()), *known.ours.get(one.to, ()))))


def some_accounts(here: Here, ids: Sequence[str], most: int = MOST_NAMES) -> dict[str, Any]:
    """The largest of some accounts, and how many more there are, in words."""
    ids = by_size(here.site, ids)
    over = len(ids) - most
    return {
        "accounts": [here.account(id) for id in ids[:most]],
        "more": here.t("more", n=over) if over > 0 else None,
    }


def group_rows(here: Here, known: Known, nodes: Iterable[str]) -> list[dict[str, Any]]:
    """A row for each group: who stands there, what lies before and behind it, what depends."""
    return [_group_row(here, known, node) for node in nodes]


def _group_row(here: Here, known: Known, node: str) -> dict[str, Any]:
    one, exposure = known.chain.nodes[node], known.study.exposure[node]
    return {
        **known.link(here, node),
        "stage": known.stage(one.stage),
        "what": here.prose(one.what),
        "upstream": len(known.study.upstream[node]),
        "downstream": len(known.study.downstream[node]),
        "companies": [company(here, id) for id in known.companies(node)],
        "depend": len(exposure.accounts),
        "revenue": revenue(here, exposure),
        **some_accounts(here, known.ours.get(node, ())),
    }


def revenue(here: Here, exposure: Any) -> str | None:
    """What the accounts that depend on a group bring; None where that of none is known."""
    if len(exposure.accounts) == exposure.unknown:
        return None
    return here.amount(exposure.revenue)


def flows_csv(here: Here, known: Known) -> str:
    """All flows of a chain with all that is known of them."""
    t = here.t
    head = [
        t("chain.number"), t("chain.from"), t("chain.to"), t("field.what"), t("field.value"),
        t("field.pain"), t("field.severity"), t("field.opportunity"), t("chain.answers"),
        t("chain.touches"), t("chain.note-column"),
    ]  # fmt: skip
    accounts = here.site.content.accounts
    rows = (
        (
            known.numbers.get(at), known.name(one.from_), known.name(one.to), one.what,
            here.quantity(one.value.value) if one.value else None, one.pain, one.severity,
            one.opportunity, ", ".join(here.capability(id) for id in one.answered_by),
            ", ".join(accounts[id].name for id in touched(known, at)), known.note(here, at),
        )
        for at, one in enumerate(known.chain.flows)
    )  # fmt: skip
    return csv_text(head, rows)


def groups_csv(here: Here, known: Known) -> str:
    """All groups of a chain with what lies before and behind each of them."""
    t = here.t
    currency = here.site.content.book.value.currency
    head = [
        t("chain.group"), t("field.stage"), t("chain.upstream"), t("chain.downstream"),
        t("companies.title"), t("industry.our-accounts"), t("chain.depend"),
        t("chain.revenue-in", currency=currency),
    ]  # fmt: skip
    return csv_text(head, (_csv_group(here, known, node) for node in known.chain.nodes))


def _csv_group(here: Here, known: Known, node: str) -> tuple[object, ...]:
    one, exposure = known.chain.nodes[node], known.study.exposure[node]
    accounts = here.site.content.accounts
    return (
        one.name,
        known.stage(one.stage),
        len(known.study.upstream[node]),
        len(known.study.downstream[node]),
        ", ".join(company(here, id)["name"] for id in known.companies(node)),
        ", ".join(accounts[id].name for id in known.ours.get(node, ())),
        len(exposure.accounts),
        exposure.revenue if len(exposure.accounts) > exposure.unknown else None,
    )
