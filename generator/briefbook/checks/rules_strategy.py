"""The rules of strategies and of the tactics that accounts take from them."""

from __future__ import annotations

from briefbook.checks.rule import Rule

STRATEGY: tuple[Rule, ...] = (
    Rule(
        "strategy-incomplete", "A strategy has no tactics, or fits no class.",
        "Without a class nobody is told to use it; without tactics nobody knows how.",
        "Add `fits` with its classes and at least one tactic.",
        "name: Promote",
        "name: Promote\nfits: {classes: [c]}\ntactics:\n"
        "  annual-budget: {name: Know the annual budget}",
        severity="warning",
    ),
    Rule(
        "tactic-elsewhere", "A tactic to be done belongs to another strategy than the one in use.",
        "Either the strategy has changed and the tactic was forgotten, or the account follows two.",
        "Use a tactic of the strategy, change the strategy, or set the status to done or dropped.",
        "strategy: promote\ntactics:\n  - {tactic: retain/moat, status: open}",
        "strategy: promote\ntactics:\n  - {tactic: retain/moat, status: dropped}",
        severity="warning",
    ),
)  # fmt: skip
