"""companies/*.yml: public companies that we compare with, learn from or compete with."""

from __future__ import annotations

from briefbook.model.parts import BusinessModel, Finance, Goal, Profile, Shift, Source
from briefbook.model.types import (
    EMPTY,
    ById,
    Flag,
    Line,
    Many,
    Part,
    Prose,
    Sources,
    choice,
    given,
    needed,
    ref,
)


class Competitor(Part):
    """The four sections about a competitor (SimCRM article, l. 51-58)."""

    their_customers: Prose | None = given("Who buys from them, and why", "Small shops")
    their_marketing: Prose | None = given("How they win them", "Free first year")
    unmet: Prose | None = given("What their customers still lack", "Reports by store")
    experience: Prose | None = given("Sales method, price, market model", "Partners sell")
    source: Sources = given("Source", "own-visit", default=())


class Company(Part):
    """A public company."""

    name: Line = needed("Name", "JD.com")
    sample: Flag = given("Whether it is invented", "yes", default=False)
    aliases: Many[Line] = given("Other names", "[京东]", default=())
    industry: ref("industry") | None = given("Industry", "e-commerce")
    roles: Many[choice("benchmark", "peer", "competitor", "partner")] = given(
        "What it is to us", "[benchmark, peer]", default=()
    )
    what: Prose | None = given("What it does", "Sells from its own stock")
    ticker: Line | None = given("Ticker", "ON")
    country: Line | None = given("Country", "CN")
    stands_at: Many[ref("chain-node")] = given(
        "Nodes of chains", "[instant-retail/platforms]", default=()
    )
    profile: Profile | None = given("Profile", "{size: large}")
    business_model: BusinessModel | None = given("How it earns", "{from_where: Free courses}")
    goals: Many[Goal] = given("Stated goals", "[{period: 2026, goal: Open 40 stores}]", default=())
    shifts: Many[Shift] = given(
        "Changes of strategy",
        "[{date: 2022-04, from: number of buyers, to: days active}]",
        default=(),
    )
    finance: Finance | None = given(
        "Figures", "{statements: [{period: 2021, inventory_days: 31.2 days}]}"
    )
    competitor: Competitor | None = given("If it competes with us", "{unmet: Reports by store}")
    serves: Many[ref("account")] = given(
        "Accounts of ours that it serves", "[lantern-fresh]", default=()
    )
    sources: ById[Source] = given(
        "Sources of this file",
        "{annual-report: {title: Annual report 2025, kind: financial-report}}",
        default=EMPTY,
    )
