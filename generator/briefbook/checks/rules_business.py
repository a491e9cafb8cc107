"""The rules about business models, benchmarks and companies."""

from __future__ import annotations

from briefbook.checks.rule import Rule

BUSINESS: tuple[Rule, ...] = (
    Rule(
        "model-rate", "A rate of a business model is below 0 or above 100 %.",
        "Conversion and repurchase are shares of customers; a count or an index is none.",
        "Write the share of customers in percent.",
        "business_model: {repurchase_rate: 130%}", "business_model: {repurchase_rate: 30%}",
    ),
    Rule(
        "model-cost", "A customer costs less than nothing.",
        "The account would be ahead of every industry, however it is run.",
        "Write what a new customer costs, without a minus.",
        "business_model: {cost_per_customer: -46 CNY}",
        "business_model: {cost_per_customer: 46 CNY}",
    ),
    Rule(
        "inventory-days", "Inventory days are zero or negative.",
        "Turns are 365 / inventory days, so none follow; companies are compared by them.",
        "Correct the figure, or leave it out where there is no stock.",
        "- {period: 2021, inventory_days: 0 days}", "- {period: 2021, inventory_days: 31.2 days}",
    ),
    Rule(
        "benchmark-name", "A benchmark names nobody, or a company and an account at once.",
        "A lesson belongs to one company. Where it is an account of ours, both pages say so.",
        "Keep one of `company` and `account`.",
        "- {rank: 1, lesson: Stock near the customer}",
        "- {company: jd, rank: 1, lesson: Stock near the customer}",
    ),
    Rule(
        "benchmark-rank", "Two benchmarks of an industry have the same rank.",
        "Nobody can tell which one leads.",
        "Give one of them another rank, or none.",
        "- {company: jd, rank: 1}\n- {company: walmart, rank: 1}",
        "- {company: jd, rank: 1}\n- {company: walmart, rank: 2}", severity="warning",
    ),
    Rule(
        "competitor-role", "Role and sections of a competitor do not go together.",
        "Lists go by `roles`, and the four sections are what one reads before a bid.",
        "Add `competitor` to `roles`, or write at least one of the four sections.",
        "roles: [peer]\ncompetitor: {unmet: Reports by store}",
        "roles: [competitor]\ncompetitor: {unmet: Reports by store}", severity="warning",
    ),
)  # fmt: skip
