"""An account in, its research out: coverage, evidence by method, the argument as a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefbook.analyse.research import KINDS, METHODS, Argument, Node, argument, coverage
from briefbook.charts.chain import chain_svg
from briefbook.charts.chain_narrow import chain_svg_narrow
from briefbook.charts.chain_view import ChainFlow, ChainView, ChainWords, Group, Stage
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.account import Finding
from briefbook.pages.here import Here
from briefbook.pages.people_chart import called
from briefbook.prose import plain


def in_short(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    """How many entries each method has, or None for an account that nobody has researched."""
    account = record.value
    if not (account.research or account.signals):
        return None
    counts = coverage(account)
    return {
        "covered": sum(1 for count in counts.values() if count),
        "all": len(METHODS),
        "coverage": [{"label": here.t(f"method.{name}"), "n": counts[name]} for name in METHODS],
        "href": here.to(f"/accounts/{record.id}/research/"),
    }


def research(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    """All that stands on the page of its own, or None."""
    account, short = record.value, in_short(here, record)
    if short is None:
        return None
    open_ = {id: one for id, one in account.research.items() if not one.confidential}
    return {
        **short,
        "methods": [
            {
                "label": here.t(f"method.{name}"),
                "rows": [
                    _finding(here, record, id, one)
                    for id, one in open_.items()
                    if one.method == name
                ],
            }
            for name in METHODS
        ],
        "confidential": len(account.research) - len(open_),
        "argument": _argument(here, record),
        "signals": _signals(here, record),
    }  # fmt: skip


def _finding(here: Here, record: Record[Account], id: str, one: Finding) -> dict[str, Any]:
    t, by, needs = here.t, one.from_, record.value.needs
    day = one.date.date if one.date else here.published(one.source, record)
    side = here.t(f"word.{by.side}") if by and by.side else None
    return {
        "id": f"research-{id}",
        "date": t.day(one.date.date) if one.date else None,
        "finding": here.prose(one.finding),
        "diagnosis": here.prose(one.diagnosis),
        "from": t.remarks(
            part for part in (
                called(record.value, by.who) if by and by.who else None,
                side,
                by.stance if by else None,
                by.expertise if by else None,
            ) if part
        ),
        "own_peer": bool(by and by.side == "own-peer"),
        "leads_to": [
            {"href": here.record("account", record.id, f"need-{need}") if need in needs else None,
             "name": needs[need].need if need in needs else need}
            for need in one.leads_to
        ],
        "source": here.sources(one.source, record),
        "stale": here.age(day, "research")["stale"],
    }  # fmt: skip


def _signals(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    ordered = sorted(record.value.signals, key=lambda one: one.date.text, reverse=True)
    return [
        {
            "date": here.when(one.date),
            "channel": one.channel,
            "polarity": here.t(f"word.{one.polarity}") if one.polarity else None,
            "kind": {"positive": "good", "negative": "bad"}.get(one.polarity or "", "neutral"),
            "group": here.t(f"word.{one.group}") if one.group else None,
            "what": here.prose(one.what),
            "source": here.sources(one.source, record),
        }
        for one in ordered
    ]


def _argument(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    """From fact to offer: drawn for wide and narrow screens, and as a list with its citations."""
    found = argument(record.value)
    if not found.links:
        return None
    cited = _numbered(found)
    names = {node: _name(here, record.value, node) for node in found.nodes}
    view = ChainView(
        prefix=f"argument-{record.id}",
        stages=tuple(Stage(kind, here.t(f"argument.{kind}")) for kind in KINDS),
        groups=tuple(
            Group(
                id="/".join(node), name=names[node], stage=node[0], href=_href(here, record, node)
            )
            for node in found.nodes
        ),
        flows=tuple(
            ChainFlow("/".join(one.source), "/".join(one.target), _label(here, one, cited))
            for one in found.links
        ),
    )
    words = _words(here, record, len(found.nodes), len(found.links))
    return {
        "wide": chain_svg(view, words),
        "narrow": chain_svg_narrow(view, words),
        "links": [
            {
                "from": names[one.source],
                "to": names[one.target],
                "cited": [cited[id] for id in one.cited],
                "own": one.target[0] == "offer",
            }
            for one in found.links
        ],
        "sources": [
            {"number": number, **_source(here, record, id)} for id, number in cited.items()
        ],
        "dead": [names[node] for node in found.dead],
    }


def _numbered(found: Argument) -> Mapping[str, int]:
    ids = dict.fromkeys(id for link in found.links for id in link.cited)
    return {id: at for at, id in enumerate(ids, 1)}


def _label(here: Here, one: Any, cited: Mapping[str, int]) -> str:
    if one.target[0] == "offer":
        return ""
    numbers = ", ".join(str(cited[id]) for id in one.cited)
    return f"[{numbers}]" if numbers else here.t("argument.uncited")


def _source(here: Here, record: Record[Account], id: str) -> dict[str, str]:
    source, href = here.source(id, record)
    return {"label": source.title if source else id, "href": href}


def _name(here: Here, account: Account, node: Node) -> str:
    kind, id = node
    if kind == "fact":
        return plain(account.research[id].finding)
    if kind == "diagnosis":
        return plain(account.research[id].diagnosis or id)
    if kind == "need":
        return plain(account.needs[id].need)
    return account.opportunities[id].name if kind == "opportunity" else here.capability(id)


def _href(here: Here, record: Record[Account], node: Node) -> str:
    kind, id = node
    if kind == "offer":
        return here.record("capability", id)
    if kind in {"fact", "diagnosis"}:
        return f"#research-{id}"
    return here.record("account", record.id, f"{kind}-{id}")


def _words(here: Here, record: Record[Account], nodes: int, links: int) -> ChainWords:
    t = here.t
    return ChainWords(
        title=t("argument.title"),
        desc=t("argument.desc", name=record.name, nodes=nodes, links=links),
        no_account="",
        no_stage=t("chain.no-stage"),
        account=lambda name, letter: t("chain.account", name=name, letter=letter),
        more=lambda n: t("more", n=n),
        groups=lambda n: t("argument.steps", n=n),
        flows=lambda n: t("argument.links", n=n),
        within=lambda n: t("argument.links", n=n),
    )
