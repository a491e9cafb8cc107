"""`/value-chain/<industry>/<group>/`: a group of a chain among its neighbours, and what depends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefbook.analyse.chains import neighbourhood
from briefbook.pages.chain_draw import around, company, drawing
from briefbook.pages.chain_findings import exposure_text, single, why
from briefbook.pages.chain_read import MOST_ROWS, Known
from briefbook.pages.chain_tables import flow_rows, some_accounts
from briefbook.pages.here import MOST, Here, Site
from briefbook.pages.page import Page

MOST_GROUPS = 40
"""Groups listed before or behind one; the table of the whole chain has all."""


def page(site: Site, known: Known, node: str) -> Page:
    """The page of one group."""
    here = Here(site, f"/value-chain/{known.id}/{node}/")
    t, record = site.words, known.record
    data = _data(here, known, node)
    return Page(
        address=here.base,
        template="chain_node.html",
        title=t("chain.node-title", name=known.name(node), industry=record.name),
        kind="chain-node",
        section="/industries/",
        data=data,
        toc=tuple((id, t(f"chain.node.{id}")) for id in _parts(data)),
        description=t("chain.node-description", name=known.name(node), industry=record.name),
        filters=(("kind", t("kind.chain-node")), ("industry", record.name)),
        foot=here.foot(record.file, 1),
    )


def _parts(data: dict[str, Any]) -> list[str]:
    return ["near", "depend", "ways", *(one["id"] for one in data["flows"] if one["rows"])]


def _data(here: Here, known: Known, node: str) -> dict[str, Any]:
    t, one = here.t, known.chain.nodes[node]
    home = here.record("industry", known.id, "value-chain")
    upstream, downstream = known.study.upstream[node], known.study.downstream[node]
    return {
        "title": one.name,
        "trail": [
            {"href": here.to("/value-chain/"), "label": t("chain.joined")},
            {"href": home, "label": known.record.name},
        ],
        "sample": t("sample.record") if known.record.value.sample else None,
        "meta": [known.stage(one.stage)],
        "what": here.prose(one.what),
        "facts": _facts(here, known, node, len(upstream), len(downstream)),
        "why": _why(here, known, node),
        "whole": {"href": home, "label": t("chain.whole", name=known.record.name)},
        "ways": [
            _groups(here, known, "upstream", upstream),
            _groups(here, known, "downstream", downstream),
        ],
        **_near(here, known, node),
        **_who(here, known, node),
    }


def _near(here: Here, known: Known, node: str) -> dict[str, Any]:
    """The group among its neighbours, and the flows that are drawn there."""
    near = neighbourhood(known.study, node)
    drawn = around(here, known, node, near.nodes)
    name = here.t("chain.near-title", name=known.name(node))
    return {
        "drawing": drawing(here, drawn.view, name),
        "left_out": _left_out(here, near.more, drawn.left_out),
        "flows": _flows(here, known, node, drawn.numbers),
    }


def _who(here: Here, known: Known, node: str) -> dict[str, Any]:
    """Who stands at the group, and which accounts depend on it."""
    exposure = known.study.exposure[node]
    return {
        "here": some_accounts(here, known.ours.get(node, ()), MOST),
        "companies": [company(here, id) for id in known.companies(node)],
        "elsewhere": _elsewhere(here, known, node),
        "exposure": some_accounts(here, exposure.accounts, MOST),
        "exposure_text": exposure_text(here, exposure),
    }


def _facts(here: Here, known: Known, node: str, up: int, down: int) -> list[dict[str, Any]]:
    t, exposure = here.t, known.study.exposure[node]
    return [
        {"label": t("field.stage"), "value": known.stage(known.chain.nodes[node].stage)},
        {"label": t("chain.upstream"), "value": t.number(up)},
        {"label": t("chain.downstream"), "value": t.number(down)},
        {"label": t("chain.here"), "value": t.number(len(known.ours.get(node, ())))},
        {"label": t("chain.depend"), "value": t.number(len(exposure.accounts))},
    ]


def _why(here: Here, known: Known, node: str) -> list[str]:
    """Why the group matters: it is critical, or takes from one group only."""
    found = []
    if node in known.critical:
        text = why(here, known, known.critical[node])
        found.append(here.t("chain.is-critical", why=text))
    single_ = [one for one in known.study.single if one.node == node]
    return [*found, *(here.t("chain.is-single", why=single(here, known, one)["text"])
                      for one in single_[:MOST])]  # fmt: skip


def _left_out(here: Here, groups: int, flows: int) -> str | None:
    """What the drawing leaves out."""
    t = here.t
    parts = [
        *([t("chain.more-groups", n=groups)] if groups else []),
        *([t("chain.more-flows", n=flows)] if flows else []),
    ]
    return t.listed(parts) if parts else None


def _groups(here: Here, known: Known, name: str, nodes: Sequence[str]) -> dict[str, Any]:
    over = len(nodes) - MOST_GROUPS
    return {
        "title": here.t(f"chain.{name}"),
        "none": here.t(f"chain.{name}.none"),
        "groups": [known.link(here, one) for one in nodes[:MOST_GROUPS]],
        "more": here.t("more", n=over) if over > 0 else None,
    }


def _elsewhere(here: Here, known: Known, node: str) -> list[dict[str, Any]]:
    """Groups of other industries at which the same company or account stands."""
    place = (known.id, node)
    joints = here.site.results.joined.joints
    found = []
    for one in joints:
        if place in (one.a, one.b):
            other = one.b if one.a == place else one.a
            found.append(place_link(here, other) | {"via": named(here, one.via)})
    return found[:MOST]


def place_link(here: Here, place: tuple[str, str]) -> dict[str, Any]:
    """A group of any industry by name, and its industry."""
    industry, node = place
    record = here.site.content.industries[industry]
    chain = record.value.value_chain
    known = chain.nodes.get(node) if chain else None
    return {
        "name": known.name if known else node,
        "industry": record.name,
        "href": here.record("industry", industry, "value-chain"),
    }


def named(here: Here, via: Iterable[str]) -> list[dict[str, Any]]:
    """Companies and accounts by `kind/id`, with their class and the way to their pages."""
    found = []
    for one in via:
        kind, _, id = one.partition("/")
        if kind == "account":
            found.append(here.account(id))
        else:
            found.append({**company(here, id), "letter": None})
    return found


def _flows(here: Here, known: Known, node: str, numbers: Mapping[int, int]) -> list[dict[str, Any]]:
    """Flows into the group, out of it, to itself, and the drawn ones that hurt elsewhere."""
    own = known.flows_at.get(node, ())
    flows = known.chain.flows
    found = {
        "in": [at for at in own if flows[at].to == node != flows[at].from_],
        "out": [at for at in own if flows[at].from_ == node != flows[at].to],
        "loop": [at for at in own if flows[at].from_ == node == flows[at].to],
        "nearby": [at for at in numbers if node not in (flows[at].from_, flows[at].to)],
    }
    return [_part(here, known, name, some, numbers) for name, some in found.items()]


def _part(
    here: Here, known: Known, name: str, flows: Sequence[int], numbers: Mapping[int, int]
) -> dict[str, Any]:
    """Flows under one heading, those with a number in the drawing first."""
    ranked = sorted(flows, key=lambda at: (numbers.get(at, len(numbers) + 1), at))
    over = len(flows) - MOST_ROWS
    return {
        "id": name,
        "title": here.t(f"chain.node.{name}"),
        "rows": flow_rows(here, known, ranked[:MOST_ROWS], numbers),
        "more": here.t("more", n=over) if over > 0 else None,
    }
