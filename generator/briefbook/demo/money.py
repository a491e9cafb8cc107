"""Chance and a size in, figures of a company that agree with each other out."""

from __future__ import annotations

from random import Random
from typing import Any

from briefbook.demo.text import Flow


def m(amount: float) -> str:
    """An amount in millions of the book's currency."""
    return f"{amount:.1f} m CNY" if amount >= 0.05 else f"{amount * 1000:.0f} k CNY"


def finance(draw: Random, revenue: float, peers: tuple[str, ...], source: str) -> dict[str, Any]:
    """Two years of statements, a split of revenue, the industry's mean, and peers."""
    growth = draw.uniform(1.02, 1.25)
    ratios = draw.uniform(0.8, 2.4), draw.uniform(1.6, 3.4), draw.uniform(0.02, 0.11)
    return {
        "year_starts": "01-01",
        "statements": [
            _statement(draw, 2024, revenue / growth, ratios, source),
            _statement(draw, 2025, revenue, ratios, source),
        ],
        "segments": [_segments(draw, revenue, source)],
        "industry_mean": {"period": "2025", "inventory_days": f"{draw.uniform(25, 80):.1f} days"},
        "peers": tuple(f"company/{peer}" for peer in peers),
    }  # fmt: skip


def _statement(
    draw: Random, year: int, revenue: float, ratios: tuple[float, float, float], source: str
) -> dict[str, Any]:
    turnover, multiplier, margin = (ratio * draw.uniform(0.95, 1.05) for ratio in ratios)
    assets = round(revenue / turnover, 1)
    equity = round(assets / multiplier, 1)
    net = round(revenue * margin, 1)
    average = round(equity * 0.96, 1)
    return {
        "period": str(year),
        "revenue": m(revenue),
        "cost_of_revenue": m(revenue * draw.uniform(0.55, 0.8)),
        "net_income": m(net),
        "total_assets": m(assets),
        "average_assets": m(assets * 0.96),
        "equity": m(equity),
        "average_equity": m(average),
        "reported_roe": f"{100 * net / average:.1f}%",
        "inventory_days": Flow(value=f"{draw.uniform(20, 90):.1f} days", source=source,
                               as_of=f"{year}-12-31", checked="2026-09-01", note="as reported"),
        "cash": m(assets * draw.uniform(0.05, 0.2)),
        "operating_cash_flow": m(net * draw.uniform(0.8, 1.5)),
        "source": source,
        "note": "Not audited",
    }  # fmt: skip


def _segments(draw: Random, revenue: float, source: str) -> dict[str, Any]:
    core, other = draw.randint(45, 70), draw.randint(10, 20)
    first = draw.randint(60, 80)
    return {
        "period": "2025",
        "of": "revenue",
        "source": source,
        "parts": {
            "core": {
                "name": "Core trade",
                "share": f"{core}%",
                "value": m(revenue * core / 100),
                "growth": f"{draw.randint(-4, 15)}%",
                "what": "Sales in branches and online",
                "parts": {
                    "branches": Flow(name="Branches", share=f"about {first}%"),
                    "online": Flow(name="Online", share=f"about {100 - first}%"),
                },
            },
            "services": Flow(name="Services", share=f"{other}%", value=m(revenue * other / 100)),
            "rest": Flow(name="All else", share=f"{100 - core - other}%"),
        },
    }


def business_model(draw: Random, because: str, source: str) -> dict[str, Any]:
    """How a company earns; now and then the part does not apply."""
    if draw.random() < 0.05:
        return {"applies": "no", "because": "Paid by the public hand"}
    return {
        "from_where": because,
        "earns_with": "The second purchase and what comes after it",
        "keeps_earning_by": "Members, service and spare parts",
        "cost_per_customer": f"{draw.randint(40, 400)} CNY",
        "conversion_rate": f"{draw.uniform(2, 12):.1f}%",
        "repurchase_rate": f"{draw.uniform(15, 55):.1f}%",
        "strengths": ("Known in the region", "Low rent"),
        "weaknesses": ("Few figures", "Many small orders"),
        "source": source,
    }
