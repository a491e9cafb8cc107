"""`/value-chain/`: the chains of all industries joined, and every group of theirs in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefbook.analyse.chains import Critical
from briefbook.charts.chain_view import ChainFlow, ChainView, Group, Stage
from briefbook.pages.chain_draw import drawing
from briefbook.pages.chain_findings import exposure_cells, why
from briefbook.pages.chain_node import named
from briefbook.pages.chain_read import MOST_ROWS, Known
from briefbook.pages.chain_tables import some_accounts, touched
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.sheets import firsts, pager, sheet
from briefbook.pages.table_csv import csv_text

BASE = "/value-chain/"
MOST_CRITICAL = 24
"""Critical groups over all industries."""
MOST_EXPOSED = 48
"""Groups that most of our revenue depends on, over all industries."""
_LANES = 5
_SEVERITY = ("high", "medium", "low", None)
Chains = Mapping[str, Known]
Spot = tuple[str, str]


def pages(site: Site, chains: Sequence[Known]) -> Iterator[Page]:
    """The overview, then what is left of its table of groups."""
    by_id = {one.id: one for one in chains}
    places = [(one.id, node) for one in chains for node in one.chain.nodes]
    for first in firsts(len(places)):
        here = Here(site, sheet(BASE, first))
        rows = [_row(here, by_id, one) for one in places[first : first + MOST_ROWS]]
        data = {
            "title": site.words("chain.joined"),
            "sample": site.sample,
            "rows": rows,
            "pager": pager(here, BASE, first, len(places)),
            "csv": {"href": here.to(f"{BASE}groups.csv"), "label": site.words("table.csv")},
            "overview": None if first else _overview(here, by_id),
            "trail": [{"href": here.to("/industries/"), "label": site.words("industries.title")}]
            + ([{"href": here.to(BASE), "label": site.words("chain.joined")}] if first else []),
        }
        files = {} if first else {"groups.csv": _csv(here, by_id, places)}
        yield _page(here, data, files)


def _page(here: Here, data: dict[str, Any], files: dict[str, str]) -> Page:
    t = here.t
    parts = "drawing joints critical exposure unanswered groups".split()
    return Page(
        address=here.base,
        template="value_chain.html",
        title=data["title"],
        kind="value-chain",
        section="/industries/",
        searchable=False,
        foot=here.foot("industries/"),
        data=data,
        toc=tuple((id, t(f"chain.part.{id}")) for id in parts if data["overview"]),
        files=files,
    )


def _overview(here: Here, chains: Chains) -> dict[str, Any]:
    groups = sum(len(one.chain.nodes) for one in chains.values())
    flows = sum(len(one.chain.flows) for one in chains.values())
    lede = here.t(
        "chain.joined-lede",
        industries=here.t("chain.industries", n=len(chains)),
        groups=here.t("chain.groups", n=groups),
        flows=here.t("chain.flows", n=flows),
    )
    view = _view(here, chains)
    return {
        "lede": lede,
        "drawing": drawing(here, view, here.t("chain.joined"), lede) if chains else None,
        **_joints(here, chains),
        "critical": _critical(here, chains),
        "exposure": _exposure(here, chains),
        **_unanswered(here, chains),
    }


def _view(here: Here, chains: Chains) -> ChainView:
    """A box for each industry in the lane of its root, a line where two share somebody."""
    lane = _lanes(here, chains)
    industries = here.site.content.industries
    names = {root: industries[root].name for root in lane.values() if root}
    rest = [Stage("", here.t("chain.other-industries"))] if "" in lane.values() else []
    stages = [Stage(root, name) for root, name in sorted(names.items())] + rest
    return ChainView(
        "chains",
        tuple(stages),
        tuple(_box(here, one, lane[id]) for id, one in chains.items()),
        _lines(here, chains),
        numbered=False,
    )


def _lanes(here: Here, chains: Chains) -> dict[str, str]:
    """The root of each industry; beyond five, those with the fewest chains share a lane."""
    tree = here.site.results.tree
    root = {id: tree.path.get(id, (id,))[0] for id in chains}
    counts = Counter(root.values())
    ranked = sorted(counts, key=lambda one: (-counts[one], one))
    own = set(ranked if len(ranked) <= _LANES else ranked[: _LANES - 1])
    return {id: one if one in own else "" for id, one in root.items()}


def _box(here: Here, one: Known, lane: str) -> Group:
    t = here.t
    accounts = {id for ids in one.ours.values() for id in ids}
    notes = (
        t("chain.groups", n=len(one.chain.nodes)),
        t("chain.flows", n=len(one.chain.flows)),
        *([t("chain.ours", n=len(accounts))] if accounts else []),
    )
    href = here.record("industry", one.id, "value-chain")
    return Group(one.id, one.record.name, lane, href, ours=bool(accounts), notes=notes)


def _lines(here: Here, chains: Chains) -> tuple[ChainFlow, ...]:
    """One line for each two industries, named by who stands in both."""
    shared: dict[tuple[str, str], dict[str, None]] = {}
    for one in here.site.results.joined.joints:
        ends = (min(one.a[0], one.b[0]), max(one.a[0], one.b[0]))
        shared.setdefault(ends, {}).update(dict.fromkeys(one.via))
    return tuple(
        ChainFlow(*ends, _who(here, tuple(via)), arrow=False)
        for ends, via in sorted(shared.items())
        if set(ends) <= chains.keys()
    )


def _who(here: Here, via: tuple[str, ...]) -> str:
    if len(via) > 1:
        return here.t("chain.shared", n=len(via))
    return str(named(here, via)[0]["name"])


def _joints(here: Here, chains: Chains) -> dict[str, Any]:
    joints = here.site.results.joined.joints
    rows = [
        {
            "via": named(here, one.via),
            "a": place(here, chains, one.a),
            "b": place(here, chains, one.b),
        }
        for one in joints[:MOST_ROWS]
    ]
    return {"joints": rows, "more_joints": _more(here, len(joints) - MOST_ROWS)}


def _more(here: Here, over: int) -> str | None:
    return here.t("more", n=over) if over > 0 else None


def place(here: Here, chains: Chains, spot: Spot) -> dict[str, Any]:
    """A group with the way to its page or to its chain, and its industry."""
    industry, node = spot
    one = chains[industry]
    link = one.link(here, node)
    home = here.record("industry", industry, "value-chain")
    return {**link, "industry": {"name": one.record.name, "href": home}}


def _critical(here: Here, chains: Chains) -> list[dict[str, Any]]:
    def rank(found: tuple[Known, Critical]) -> tuple[float, bool, str, str]:
        known, one = found
        return -one.betweenness, not one.articulation, known.id, one.node

    all_ = sorted(((known, one) for known in chains.values() for one in known.study.critical),
                  key=rank)  # fmt: skip
    exposure = here.site.results.joined.exposure
    return [
        {
            **place(here, chains, (known.id, one.node)),
            "why": why(here, known, one),
            **exposure_cells(here, exposure[known.id, one.node]),
        }
        for known, one in all_[:MOST_CRITICAL]
    ]


def _exposure(here: Here, chains: Chains) -> list[dict[str, Any]]:
    found = [
        (spot, one)
        for spot, one in here.site.results.joined.exposure.items()
        if one.accounts and spot[0] in chains
    ]
    found.sort(key=lambda one: (-one[1].revenue, -len(one[1].accounts), one[0]))
    return [
        {**place(here, chains, spot), **exposure_cells(here, one)}
        for spot, one in found[:MOST_EXPOSED]
    ]


def _unanswered(here: Here, chains: Chains) -> dict[str, Any]:
    """Pains of flows that no capability of ours answers, the worst first."""
    found = [
        (_SEVERITY.index(one.severity), known.id, one.flow)
        for known in chains.values()
        for one in known.study.weak
        if not one.answered
    ]
    rows = []
    for rank, id, at in sorted(found)[:MOST_ROWS]:
        known, severity = chains[id], _SEVERITY[rank]
        one = known.chain.flows[at]
        home = here.record("industry", id, "value-chain")
        rows.append(
            {
                "from": known.link(here, one.from_),
                "to": known.link(here, one.to),
                "industry": {"name": known.record.name, "href": home},
                "pain": one.pain,
                "opportunity": one.opportunity,
                "severity": severity,
                "severity_label": here.t(f"word.{severity}") if severity else None,
                **some_accounts(here, touched(known, at)),
            }
        )
    return {"unanswered": rows, "more_unanswered": _more(here, len(found) - MOST_ROWS)}


def _row(here: Here, chains: Chains, spot: Spot) -> dict[str, Any]:
    joined = here.site.results.joined
    known, node = chains[spot[0]], spot[1]
    return {
        **place(here, chains, spot),
        "stage": known.stage(known.chain.nodes[node].stage),
        "upstream": len(joined.upstream[spot]),
        "downstream": len(joined.downstream[spot]),
        "here": len(known.ours.get(node, ())),
        "depend": len(joined.exposure[spot].accounts),
    }


def _csv(here: Here, chains: Chains, places: Sequence[Spot]) -> str:
    t = here.t
    head = [
        t("chain.group"), t("facet.industry"), t("field.stage"), t("chain.upstream"),
        t("chain.downstream"), t("chain.here"), t("chain.depend"),
    ]  # fmt: skip
    rows = [_row(here, chains, spot) for spot in places]
    names = "name stage upstream downstream here depend".split()
    return csv_text(
        head,
        (
            (row["name"], row["industry"]["name"], *(row[name] for name in names[1:]))
            for row in rows
        ),
    )
