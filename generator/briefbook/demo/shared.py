"""A setting in, the files that all accounts of a made-up project rest on out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.demo import money, names
from briefbook.demo.setting import (
    CAPABILITIES,
    NODES,
    PAINS,
    PARTNER,
    RIVALS,
    SECTORS,
    Leaf,
    Setting,
)
from briefbook.demo.text import Flow, document
from briefbook.scaffold.starter import starter_files, without_absent

Files = Iterator[tuple[str, bytes]]
_SOURCES = {
    "field-survey": ("Survey of branches", "research-report", "medium"),
    "trade-press": ("Weekly of the trade", "media", "low"),
    "open-forum": ("Forum of buyers", "other", "low"),
    "own-visit": ("Our own visits", "own-visit", "high"),
}


def files(world: Setting) -> Files:
    """Path and content of everything that is no account and no industry."""
    yield "book.yml", document("book", _book(world), "..")
    yield "sources.yml", document("sources", _sources(), "..")
    yield "quiz.yml", document("quiz", _quiz(world), "..")
    known = {f"strategy/{strategy}" for strategy in world.tactics}
    for path, raw in starter_files().items():
        if path in {"glossary.yml", "questions.yml"}:
            yield path, raw
        elif path.startswith("strategies/"):
            yield (
                path,
                raw.rstrip()
                + b"\nsources:\n  own-practice: {title: What we learned, kind: own-visit}\n",
            )
        elif path.startswith("pages/"):
            yield path, without_absent(raw.decode(), known).encode()
    yield from _companies(world)


def _book(world: Setting) -> dict[str, Any]:
    team = {}
    for index in range(len(world.team)):
        id, name, country = names.member(index)
        team[id] = Flow(name=name, role="CSM", country=country,
                        team=world.leaves[index].sector, handle=f"@{id}")  # fmt: skip
    return {
        "name": "Demo CRM",
        "sample": "yes",
        "language": "en",
        "repository": "https://github.com/example/playbooks",
        "site": "https://example.com/",
        "host": "github",
        "branch": "main",
        "currency": "CNY",
        "rates": Flow(as_of="2026-06-30", USD="7.1", VND="0.00028"),
        "fiscal_year_starts": "01-01",
        "goal": "profit",
        "capabilities": {
            id: Flow(name=name, what=f"{name} for all") for id, name in CAPABILITIES.items()
        },
        "team": team,
        **_policy(next(iter(team))),
        "ideal_customer": {
            "because": "Our strongest references", "industry": ("retail",), "type": "B2B",
            "size": "large", "country": "VN", "region": "South",
            "annual_revenue": Flow({"from": "100 m CNY", "to": "2 bn CNY"}),
            "market_position": "challenger", "growth": Flow({"from": "5%", "to": "40%"}),
        },
    }  # fmt: skip


def _policy(reviewer: str) -> dict[str, Any]:
    return {
        "nine_box": {
            "contribution": Flow(medium="2 m CNY", high="4 m CNY"),
            "potential": Flow(medium="10 m CNY", high="30 m CNY"),
            "relative_share": "50%",
        },
        "important_gap": "20 m CNY",
        "tiers": {
            "customer_size": Flow(medium="200 employees", large="1000 employees"),
            "revenue": Flow(medium="2 m CNY", large="8 m CNY"),
            "aim": "large",
            "because": "Large customers stay longer",
        },
        "focus_cap": "10",
        "contact_every": Flow(a="14 days", b="30 days", c="21 days", d="90 days"),
        "fresh_for": Flow(market="24 months", pain="24 months", finance="15 months",
                          person="6 months", research="12 months", other="18 months"),
        "concentration": Flow(rising="1 point a year", low="30%", high="60%"),
        "closeness": {"scale": "5", "weights": Flow(relation="40%", solution="35%", price="25%")},
        "must_have_roles": ("decision-maker", "champion", "sponsor"),
        "review": {
            "class_change": Flow(reason="yes"),
            "target_lowered": Flow(reason="yes"),
            "owner_changed": Flow(reason="yes", reviewer=(reviewer,)),
        },
        "personal_attributes": Flow(allowed="yes", because="Agreed with the works council"),
    }  # fmt: skip


def _sources() -> dict[str, Any]:
    return {
        id: {**_source(*words), "url": f"https://example.com/{id}"}
        for id, words in _SOURCES.items()
    }


def _source(title: str, kind: str, credibility: str) -> dict[str, Any]:
    return {
        "title": title, "kind": kind, "publisher": "Demo house", "credibility": credibility,
        "url": "https://example.com/", "published": "2026-05", "from_executive": "no",
        "quotes": "people of the trade", "licence": "CC-BY-4.0", "note": "Invented",
    }  # fmt: skip


def _quiz(world: Setting) -> dict[str, Any]:
    leaf = world.leaves[0]
    return {
        "first-pain": {
            "ask": Flow(en=f"Which pain does {leaf.name} name first?",
                        vi="Khó khăn nào được nêu đầu tiên?",
                        zh="最先提到的痛点是哪个？"),
            "answer": f"industry/{leaf.id}#pains.{PAINS[0]}",
            "others": tuple(f"industry/{leaf.id}#pains.{pain}" for pain in PAINS[1:]),
            "because": Flow(en="Its evidence is the strongest", vi="Bằng chứng rõ nhất",
                            zh="证据最充分"),
        }
    }  # fmt: skip


def _companies(world: Setting) -> Files:
    for place, (sector, trades) in enumerate(SECTORS.items()):
        for turn, rank in enumerate(("leader", "follower")):
            id = f"{sector}-{rank}"
            leaf = world.leaves[min(place, len(world.leaves) - 1)]
            yield _company(id, _peer(world, id, leaf, turn, trades.split()[0]))
    for id in RIVALS:
        rival = {
            "industry": world.leaves[0].id,
            "roles": ("competitor",),
            "competitor": {
                "their_customers": "Small chains that want to start within a month",
                "their_marketing": "The first season costs nothing",
                "unmet": "Reports by branch",
                "experience": "Sold by phone at one price for each branch",
                "source": "trade-press",
            },
            "serves": (world.account(0),) if world.accounts else (),
        }
        yield _company(id, rival)
    yield _company(PARTNER, {"industry": world.leaves[0].id, "roles": ("partner",)})


def _company(id: str, more: dict[str, Any]) -> tuple[str, bytes]:
    data = {"name": id.replace("-", " ").title(), "sample": "yes", **more}
    return f"companies/{id}.yml", document("company", data)


def _peer(world: Setting, id: str, leaf: Leaf, turn: int, trade: str) -> dict[str, Any]:
    draw = world.draw("company", id)
    revenue = draw.uniform(2000, 40000)
    return {
        "aliases": (f"{trade} {turn + 1}",),
        "industry": leaf.id,
        "roles": ("benchmark", "peer") if turn == 0 else ("peer",),
        "what": f"Sells {trade} in all regions",
        "ticker": f"{id[:3].upper()}{turn}",
        "country": draw.choice(("CN", "VN", "SG")),
        **({"stands_at": (f"{leaf.id}/{NODES[2]}",)} if leaf.chain else {}),
        "profile": Flow(type="B2C", size="large", employees=str(draw.randint(5000, 90000))),
        "business_model": money.business_model(draw, "Branches in every town", "yearly-report"),
        "goals": [Flow(period="2026", goal="Open 120 branches", measure="Branches opened",
                       source="yearly-report")],
        "shifts": [Flow({"date": "2026-03", "from": "branches opened", "to": "orders a member",
                         "implication": "Members count", "our_offer": "Member marketing",
                         "source": "yearly-report"})],
        "finance": money.finance(draw, revenue, (), "yearly-report"),
        "sources": {"yearly-report": _source("Invented report 2025", "financial-report", "high")},
    }  # fmt: skip
