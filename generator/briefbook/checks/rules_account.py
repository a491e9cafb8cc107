"""The rules of accounts: what a playbook cannot mean, and what is worth a second look."""

from __future__ import annotations

from briefbook.checks.rule import Rule

ACCOUNT: tuple[Rule, ...] = (
    Rule(
        "contract-dates", "A contract ends before it begins.",
        "Renewals and notices are counted from its last day.",
        "Correct `from` or `until`.",
        "contract: {from: 2026-04-01, until: 2025-03-31}",
        "contract: {from: 2026-04-01, until: 2027-03-31}",
    ),
    Rule(
        "plan-dates", "A review or an action lies before the year of its plan.",
        "It would count for no quarter of the plan, or be overdue from the first day.",
        "Correct the date, or the plan's `year`.",
        "plan:\n  year: 2026\n  reviews:\n    - {date: 2025-04-01}",
        "plan:\n  year: 2026\n  reviews:\n    - {date: 2026-04-01}",
        severity="warning",
    ),
    Rule(
        "signed-without-value", "A deal is signed and has no value.",
        "What is signed is added up; a deal without a value would count as nothing.",
        "Add `value:`.",
        "stage: signed", "stage: signed\nvalue: 3 m CNY",
    ),
    Rule(
        "deal-dates", "The stage of a deal and its days contradict each other.",
        "The counters of the plan are computed from these days.",
        "Correct the day or the stage.",
        "stage: captured\nsigned: 2026-05-18", "stage: signed\nsigned: 2026-05-18",
        severity="warning",
    ),
    Rule(
        "verdict-without-evidence", "A letter of BANT is judged and nothing shows why.",
        "A verdict that nobody can check is a hope; an unknown letter is a question to ask.",
        "Add `evidence:` and its date, or write `unknown`.",
        "bant:\n  need: {verdict: yes}",
        "bant:\n  need: {verdict: yes, evidence: Goal of 36% in the annual plan}",
        severity="warning",
    ),
    Rule(
        "own-peer", "A finding comes from our own peer.",
        "Peers compete with us for the same customer and have an interest in what we believe "
        "(DingTalk, l. 61).",
        "Ask the customer, its suppliers, its competitors or its users as well.",
        "from: {side: own-peer}", "from: {side: supplier}",
        severity="warning",
    ),
    Rule(
        "out-of-range", "A figure lies outside of what it can be.",
        "Charts, classes and signs would show nonsense.",
        "Correct the figure, or leave it out while it is not known.",
        "satisfaction:\n  - {date: 2026-07-01, score: 12, of: 10}",
        "satisfaction:\n  - {date: 2026-07-01, score: 8, of: 10}",
    ),
    Rule(
        "future-date", "Something is written as if it had happened, on a day that has not come.",
        "The last talk, the state of promises and the counters go by these days.",
        "Write the day on which it happened.",
        "contacts:\n  - {date: 2062-10-05}", "contacts:\n  - {date: 2026-10-05}",
        severity="warning",
    ),
    Rule(
        "counter-differs", "A review counts something else than the opportunities.",
        "Both cannot be right, and totals are computed from the opportunities.",
        "Correct the dates of the opportunities, or remove the figure of the review.",
        "actual: {capture: 3}  # two are captured in that quarter", "actual: {capture: 2}",
        severity="warning",
    ),
)  # fmt: skip
