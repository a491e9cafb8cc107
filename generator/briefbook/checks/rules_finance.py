"""The rules of business and finance: figures that contradict each other."""

from __future__ import annotations

from briefbook.checks.rule import Rule

FINANCE: tuple[Rule, ...] = (
    Rule(
        "segment-sum", "The shares of a level cannot sum to the whole.",
        "A share that is too large or forgotten hides where the money comes from. 98 to 102% "
        "count as the whole; `about` leaves 3 points either way, `over` and `under` are respected.",
        "Correct a share, add the segment that is missing (without a share if it is not known), or "
        "write `about`.",
        "commission: {share: 40%}\nadvertising: {share: over 70%}",
        "commission: {share: about 30%}\nadvertising: {share: over 70%}", severity="warning",
    ),
    Rule(
        "reported-roe", "The reported return on equity is not what the figures give.",
        "Net income, equity or the reported figure is of another year, scale or definition.",
        "Check all three. Most reports use average equity: add `average_equity`.",
        "{net_income: 13.5 m CNY, equity: 192 m CNY, reported_roe: 17%}",
        "{net_income: 13.5 m CNY, equity: 192 m CNY, reported_roe: 7%}", severity="warning",
    ),
    Rule(
        "statement-twice", "Two statements, or two splits of the same thing, are of one period.",
        "The year has one result; which of the two is meant nobody can tell.",
        "Keep one, or correct the period of the other.",
        "statements:\n  - {period: FY2025, revenue: 9 m CNY}\n  - {period: FY2025, cash: 1 m CNY}",
        "statements:\n  - {period: FY2025, revenue: 9 m CNY, cash: 1 m CNY}",
    ),
    Rule(
        "negative-figure", "A figure is below zero that never is.",
        "Revenue, costs, assets, cash and days of stock are zero at least; a loss stands in "
        "`net_income`.",
        "Remove the sign, or leave the figure out.",
        "revenue: -900 m CNY", "revenue: 900 m CNY", severity="warning",
    ),
    Rule(
        "income-above-revenue", "Net income is more than revenue.",
        "That happens in a year with a great sale of assets; mostly it is a slip in a scale.",
        "Check k, m and bn, and the currencies.",
        "{revenue: 900 m CNY, net_income: 13.5 bn CNY}",
        "{revenue: 900 m CNY, net_income: 13.5 m CNY}", severity="warning",
    ),
    Rule(
        "average-alone", "One balance is an average, the other that of the year's last day.",
        "The equity multiplier would divide two things of different kinds.",
        "Give the average of both assets and equity, or of none.",
        "{average_assets: 470 m CNY, equity: 192 m CNY}",
        "{average_assets: 470 m CNY, average_equity: 190 m CNY}", severity="warning",
    ),
    Rule(
        "peer-itself", "A record is compared with itself.",
        "It would count twice in its own rank.",
        "Name somebody else, or remove it.",
        "# accounts/lantern-fresh.yml\npeers: [account/lantern-fresh]",
        "# accounts/lantern-fresh.yml\npeers: [company/jd]",
    ),
    Rule(
        "peer-without-figures", "A peer has no statement.",
        "The comparison would be empty.",
        "Add a statement to the peer's file, or compare with somebody else.",
        "peers: [company/city-basket]  # its file has no statements",
        "peers: [company/jd]", severity="warning",
    ),
)  # fmt: skip
