"""Rules on the people of an account and on how closeness is computed."""

from __future__ import annotations

from typing import Final

from briefbook.checks.rule import Rule

PEOPLE: Final[tuple[Rule, ...]] = (
    Rule(
        "self-influence", "Somebody would influence themselves.",
        "An edge of influence leads from one person to another; the chart could not draw it.",
        "Name the other person, or remove the line.",
        "- {from: coo, to: coo, kind: advises}", "- {from: ops-lead, to: coo, kind: advises}",
    ),
    Rule(
        "several-tops", "Several people of an account report to nobody.",
        "Steps are counted from one CEO; with several at the top nobody's distance is certain.",
        "Write `reports_to` for everybody but the CEO.",
        "cfo: {title: Chief financial officer}",
        "cfo: {title: Chief financial officer, reports_to: ceo}", severity="warning",
    ),
    Rule(
        "closeness-scale", "A measure is above the highest mark of the book.",
        "Means and gaps would be wrong, for `closeness: scale:` in book.yml is what they count on.",
        "Write a mark of the scale, or raise `scale`.",
        "relation: {now: 3, target: 9}", "relation: {now: 3, target: 5}",
    ),
    Rule(
        "target-below-now", "The target of a measure is below where we are.",
        "A gap is what is still to be won; a negative one hides those of others in the mean.",
        "Exchange the two, or raise the target.",
        "relation: {now: 4, target: 2}", "relation: {now: 2, target: 4}", severity="warning",
    ),
    Rule(
        "unknown-role", "The book asks for a role that no person can have.",
        "Every account would miss it for ever.",
        "Use one of the roles that people have.",
        "must_have_roles: [boss]", "must_have_roles: [decision-maker]",
    ),
    Rule(
        "closeness-weights", "The weights of closeness do not make 100 %.",
        "Each is the share of one measure in the whole; otherwise the page would not say the truth "
        "about them.",
        "Change them so that they make 100 %.",
        "weights: {relation: 40%, solution: 40%, price: 30%}",
        "weights: {relation: 40%, solution: 35%, price: 25%}",
    ),
    Rule(
        "person-future", "A person was verified, or left, on a day that has not come.",
        "What is verified tomorrow is not fresh today.",
        "Write the day on which it happened.",
        "verified: 2062-10-05", "verified: 2026-10-05", severity="warning",
    ),
    Rule(
        "boss-left", "Somebody reports to a person who has left.",
        "The chain that leads to the decision has a hole.",
        "Name the successor, or whoever stands above now.",
        "buyer: {reports_to: purchasing}  # who left in June",
        "buyer: {reports_to: cfo}", severity="warning",
    ),
)  # fmt: skip
