"""An industry's value chain in, its part of the brief out: drawing, findings, tables, JSON."""

from __future__ import annotations

from typing import Any

from briefbook.charts.chain_view import MOST_PAINS
from briefbook.load import Record
from briefbook.model import Industry
from briefbook.pages import chain_findings
from briefbook.pages.chain_draw import drawing, whole
from briefbook.pages.chain_findings import exposed, findings
from briefbook.pages.chain_read import MOST_ON_BRIEF, Known, known
from briefbook.pages.chain_tables import flow_rows, flows_csv, group_rows, groups_csv
from briefbook.pages.here import Here


def value_chain(here: Here, record: Record[Industry]) -> dict[str, Any] | None:
    """Drawing, findings and tables of the chain, or why there is none."""
    chain = record.value.value_chain
    if chain and chain.applies is False:
        return {"applies": False, "because": chain.because}
    found = known(here.site, record)
    if found is None:
        return None
    drawn = whole(here, found)
    shown = drawing(here, drawn.view, here.t("chain.title", name=record.name))
    return {
        "applies": True,
        "note": _note(here, found),
        "drawing": shown,
        "findings": findings(here, found),
        "exposure": exposed(here, found, found.chain.nodes),
        "sources": [one for one in [here.sources(found.chain.source, record)] if one],
        "joined": here.to("/value-chain/"),
        "sampled": found.study.sampled,
        **_tables(here, found, MOST_PAINS if shown["by_stage"] else MOST_ON_BRIEF),
    }


def _note(here: Here, known: Known) -> str:
    t = here.t
    parts = [
        t("chain.groups", n=len(known.chain.nodes)),
        t("chain.flows", n=len(known.chain.flows)),
        t("chain.sore", n=len(known.numbers)),
    ]
    return t.row(parts if known.numbers else parts[:2])


def _tables(here: Here, known: Known, most: int) -> dict[str, Any]:
    """The worst pains, and all of a small chain; a larger one has pages for its tables."""
    large = known.large
    sore = list(known.numbers)[:most]
    quiet = [] if large else [at for at in range(len(known.chain.flows)) if at not in known.numbers]
    base = f"/industries/{known.id}/"
    return {
        "large": large,
        "pains": flow_rows(here, known, sore, known.numbers),
        "flows": flow_rows(here, known, quiet, {}),
        "groups": []
        if len(known.chain.nodes) > MOST_ON_BRIEF
        else group_rows(here, known, known.chain.nodes),
        "all_flows": _all(here, base, "flows", len(known.chain.flows)),
        "all_groups": _all(here, base, "groups", len(known.chain.nodes)),
        "csv": {name: here.to(f"{base}{name}.csv") for name in ("flows", "groups")},
    }


def _all(here: Here, base: str, name: str, count: int) -> dict[str, str]:
    return {"href": here.to(f"{base}{name}/"), "label": here.t(f"chain.all-{name}", n=count)}


def derived(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    """What follows from the chain, for the JSON beside the brief."""
    found = known(here.site, record)
    return chain_findings.derived(here, found) if found else []


def files(here: Here, record: Record[Industry]) -> dict[str, str]:
    """The CSV files beside the brief."""
    found = known(here.site, record)
    if found is None:
        return {}
    return {"flows.csv": flows_csv(here, found), "groups.csv": groups_csv(here, found)}
