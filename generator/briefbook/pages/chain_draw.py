"""Groups and flows to draw in, the SVG for wide and narrow pages and its legend out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from briefbook.charts.chain import chain_svg
from briefbook.charts.chain_narrow import chain_svg_narrow
from briefbook.charts.chain_parts import signs
from briefbook.charts.chain_view import (
    Account,
    ChainFlow,
    ChainView,
    ChainWords,
    Company,
    Group,
    Stage,
    is_whole,
)
from briefbook.pages.chain_read import Known
from briefbook.pages.here import Here

_MOST_FLOWS = 48
"""Flows of a neighbourhood: with more of them its groups can no longer be told apart."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing for a page: `numbers` are those of its pains by the position of the flow."""

    view: ChainView
    numbers: Mapping[int, int]
    left_out: int = 0


def whole(here: Here, known: Known) -> Drawn:
    """The chain of an industry, its pains numbered as in its table."""
    flows = range(len(known.chain.flows))
    numbers = dict(known.numbers)
    groups = tuple(_group(here, known, node) for node in known.chain.nodes)
    return Drawn(_view(known, f"chain-{known.id}", groups, flows, numbers), numbers)


def around(here: Here, known: Known, node: str, nodes: Sequence[str]) -> Drawn:
    """A group among its neighbours; pains are numbered as in the page's own tables."""
    inside = set(nodes)
    found = [
        at
        for source, target in product(nodes, repeat=2)
        for at in known.between.get((source, target), ())
    ]
    own = set(known.flows_at.get(node, ()))
    ranked = sorted(found, key=lambda at: (at not in own, known.numbers.get(at, len(found))))
    flows = sorted(ranked[:_MOST_FLOWS])
    sore = sorted((at for at in flows if at in known.numbers), key=known.numbers.__getitem__)
    numbers = {at: number for number, at in enumerate(sore, 1)}
    groups = tuple(
        _group(here, known, one, focus=one == node) for one in known.chain.nodes if one in inside
    )
    view = _view(known, f"near-{known.id}-{node}", groups, flows, numbers)
    return Drawn(view, numbers, len(found) - len(flows))


def _view(
    known: Known,
    prefix: str,
    groups: tuple[Group, ...],
    flows: Iterable[int],
    numbers: Mapping[int, int],
) -> ChainView:
    stages = tuple(Stage(id, known.stage(id)) for id in known.chain.stages)
    return ChainView(
        prefix, stages, groups, tuple(_flow(known, at, numbers.get(at)) for at in flows)
    )


def _flow(known: Known, at: int, number: int | None) -> ChainFlow:
    one = known.chain.flows[at]
    back = at in known.back and one.from_ != one.to
    return ChainFlow(one.from_, one.to, one.what or "", number, back)


def _group(here: Here, known: Known, node: str, *, focus: bool = False) -> Group:
    one = known.chain.nodes[node]
    ours = known.ours.get(node, ())
    return Group(
        id=node,
        name=one.name,
        stage=one.stage,
        href=None if focus else known.link(here, node)["href"],
        companies=tuple(Company(**company(here, id)) for id in known.companies(node)),
        accounts=tuple(account(here, id) for id in ours),
        ours=bool(ours),
        focus=focus,
    )


def company(here: Here, id: str) -> dict[str, Any]:
    """Name of a company and the way to its page."""
    companies = here.site.content.companies
    if id in companies:
        return {"name": companies[id].name, "href": here.record("company", id)}
    return {"name": id, "href": None}


def account(here: Here, id: str) -> Account:
    """An account as a drawing names it."""
    one = here.account(id)
    return Account(one["name"], one["href"], one["letter"])


def drawing(here: Here, view: ChainView, name: str, desc: str = "") -> dict[str, Any]:
    """Both forms of a drawing and its legend; `name` and `desc` say what is drawn."""
    words = _words(here, view, name, desc)
    return {
        "name": words.title,
        "wide": chain_svg(view, words),
        "narrow": chain_svg_narrow(view, words),
        "legend": _legend(here, view),
        "by_stage": not is_whole(view),
    }


def _words(here: Here, view: ChainView, name: str, desc: str) -> ChainWords:
    t = here.t
    return ChainWords(
        title=name,
        desc=desc
        or t(
            "chain.desc",
            groups=t("chain.groups", n=len(view.groups)),
            flows=t("chain.flows", n=len(view.flows)),
        ),
        no_account=t("chain.no-account"),
        no_stage=t("chain.no-stage"),
        account=lambda name, letter: t("chain.account", name=name, letter=letter),
        more=lambda n: t("more", n=n),
        groups=lambda n: t("chain.groups", n=n),
        flows=lambda n: t("chain.flows", n=n),
        within=lambda n: t("chain.within", n=n),
    )


def _legend(here: Here, view: ChainView) -> list[dict[str, Any]]:
    """A sign and its words for each that the drawing uses."""
    drawn = signs()
    used = {
        "flow": any(one.arrow for one in view.flows),
        "joint": any(not one.arrow for one in view.flows),
        "pain": any(one.pain for one in view.flows),
        "back": any(one.back for one in view.flows),
        "ours": any(one.ours for one in view.groups),
        "account": any(one.accounts for one in view.groups),
        "company": any(one.companies for one in view.groups),
    }
    return [
        {"sign": drawn[name], "text": here.t(f"chain.sign.{name}")}
        for name, there in used.items()
        if there
    ]
