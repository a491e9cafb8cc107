"""A setting in, the tree of made-up industries out."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from briefbook.demo.money import business_model
from briefbook.demo.setting import NODES, PAINS, PER_LEAF, SECTORS, Leaf, Setting
from briefbook.demo.text import Flow, document

_PAINS = (
    ("Customers buy once and do not return", "The offer after the first order comes too late",
     ("member-marketing", "campaign-automation")),
    ("Stock on paper is not the stock on the shelf", "Branches count once a week",
     ("stock-sync", "data-integration")),
    ("Staff leave before they have learned the trade", "Wages are lower than next door",
     ("store-dashboard", "service-desk")),
)  # fmt: skip
_ISIC = {
    "retail": "47", "finance": "64", "education": "85", "food": "56", "logistics": "49",
    "health": "86", "industry": "32", "services": "82",
}  # fmt: skip
"""Divisions of ISIC Rev. 4."""
_STAGES = {
    "supply": "Supply",
    "service": "Service",
    "delivery": "Delivery",
    "customer": "Customers",
}
_PLACES = dict(
    zip(NODES, ("supply", "supply", "service", "service", "delivery", "customer"), strict=True)
)
_FLOWS = (
    ("makers", "importers", "goods"), ("makers", "providers", "goods"),
    ("importers", "providers", "goods"), ("providers", "platforms", "offers"),
    ("platforms", "carriers", "orders"), ("carriers", "households", "parcels"),
    ("providers", "households", "service"), ("households", "platforms", "reviews"),
)  # fmt: skip


def files(world: Setting) -> Iterator[tuple[str, bytes]]:
    """Path and content of all sectors and their industries."""
    for sector in sorted({leaf.sector for leaf in world.leaves} | {"retail"}):
        yield f"industries/{sector}.yml", document("industry", _sector(sector))
    for index, leaf in enumerate(world.leaves):
        draw = world.draw("industry", index)
        yield f"industries/{leaf.id}.yml", document("industry", _leaf(world, index, leaf, draw))


def _sector(sector: str) -> dict[str, Any]:
    trades = ", ".join(SECTORS[sector].split())
    return {
        "name": sector.capitalize(),
        "sample": "yes",
        "purpose": "Tell the branches apart, then read the brief of one of them.",
        "definition": f"Companies of {sector}: {trades}.",
        "value_chain": Flow(applies="no", because="Each branch has a chain of its own"),
    }


def _leaf(world: Setting, index: int, leaf: Leaf, draw: Random) -> dict[str, Any]:
    about = leaf.name.lower()
    return {
        "name": leaf.name,
        "sample": "yes",
        "parent": leaf.sector,
        "aliases": (f"{about} trade", f"ngành {about}", f"{about} 行业"),
        "names": Flow(vi=f"Ngành {about}", zh=f"{about} 行业"),
        "isic": _ISIC[leaf.sector],
        "purpose": f"Talk with companies of {about} and propose what brings repeat orders.",
        "definition": f"Companies that live from {about}, invented for trying things out.",
        "definition_source": "trade-report",
        "our_focus": "What happens between two orders, and who sees it.",
        "market": _market(draw),
        "pains": {id: _pain(draw, *words) for id, words in zip(PAINS, _PAINS, strict=True)},
        "benchmarks": _benchmarks(world, index, leaf, draw),
        "value_chain": _chain(leaf, draw),
        "business_model": business_model(draw, "Branches and word of mouth", "trade-report"),
        "solutions": {
            "member-marketing": Flow(what="A reason to return soon", because="Orders are small"),
            "stock-sync": Flow(what="Stock inside the offer", because="Branches are many"),
        },
        "questions": [
            "Who looks after a customer between two orders?",
            "Which figure do your branch managers see each morning?",
            f"What has changed in {about} since last year?",
        ],
        "keywords": (about, "repeat orders", "khách quay lại", "复购"),
        "methods": {"pest": "Rules are stable, wages rise, and buyers compare more."},
        "sources": {
            "trade-report": Flow(title=f"Invented report on {about} 2026", kind="industry-report",
                                 credibility="medium", published="2026-04")
        },
    }  # fmt: skip


def _market(draw: Random) -> dict[str, Any]:
    size, level = draw.uniform(5, 300), draw.uniform(10, 55)
    slope = draw.choice((-2, 0.3, 2))
    sizes, ratios = [], []
    for turn, year in enumerate(range(2021, 2026)):
        growth = draw.uniform(-3, 14)
        size *= 1 + growth / 100
        sizes.append(Flow(period=str(year), value=f"{size:.1f} bn CNY", growth=f"{growth:.1f}%",
                          source="trade-report",
                          checked="2026-08-01", note="estimate"))  # fmt: skip
        ratios.append(Flow(period=str(year), n="5", share=f"{level + slope * turn:.1f}%",
                           source="trade-report",
                           checked="2026-08-01", note="estimate"))  # fmt: skip
    ratios[-1] = Flow(
        ratios[-1], trend="rising" if slope > 1 else "unchanged" if slope > 0 else "falling"
    )
    return {"size": sizes, "concentration": ratios}


def _pain(draw: Random, pain: str, detail: str, answers: tuple[str, ...]) -> dict[str, Any]:
    figure = {
        "value": f"{draw.randint(15, 60)}%", "what": "Share of companies that name it",
        "period": "2026", "source": "trade-report", "checked": "2026-08-01", "note": "of 120 asked",
    }  # fmt: skip
    return {
        "pain": pain,
        "detail": detail,
        "severity": draw.choice(("low", "medium", "high")),
        "evidence": figure,
        "more_evidence": [Flow(value=f"{draw.randint(5, 30)} days", what="Time lost a year",
                               source="field-survey")],
        "answered_by": answers,
        "answer": "Begin with three branches and count every week.",
        "source": "trade-report",
    }  # fmt: skip


def _benchmarks(world: Setting, index: int, leaf: Leaf, draw: Random) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "company": f"{leaf.sector}-leader",
            "rank": "1",
            "lesson": "Counts repeat orders by branch and pays managers by them.",
            "proof": Flow(
                value=f"{draw.uniform(20, 60):.1f}%", source="trade-report", as_of="2025-12-31"
            ),
            "source": "trade-report",
        }
    ]
    if index * PER_LEAF < world.accounts:
        found.append({"account": world.account(index * PER_LEAF), "rank": "2",
                      "lesson": "Asks buyers one question.", "source": "field-survey"})  # fmt: skip
    return found


def _chain(leaf: Leaf, draw: Random) -> dict[str, Any]:
    if not leaf.chain:
        return {"applies": "no", "because": "Our product serves one step only."}
    return {
        "stages": tuple(_STAGES),
        "stage_names": Flow(_STAGES),
        "nodes": {node: _node(leaf, node) for node in NODES},
        "flows": [_flow(draw, *ends) for ends in _FLOWS],
        "source": "trade-report",
    }


def _node(leaf: Leaf, node: str) -> Flow:
    made = Flow(
        stage=_PLACES[node], name=node.capitalize(), what=f"{node.capitalize()} of the trade"
    )
    return Flow(made, companies=(f"{leaf.sector}-leader",)) if node == "providers" else made


def _flow(draw: Random, start: str, end: str, what: str) -> dict[str, Any]:
    made: dict[str, Any] = {"from": start, "to": end, "what": what}
    if draw.random() < 0.5 or start == "providers":
        made |= {
            "pain": "Late and uncounted", "severity": "medium", "opportunity": "One list for both",
            "answered_by": ("data-integration",),
            "value": f"{draw.uniform(0.5, 9):.1f} bn CNY a year",
            "source": "trade-report",
        }  # fmt: skip
    return made
