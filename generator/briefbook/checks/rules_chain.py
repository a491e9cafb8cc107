"""The rules of value chains: groups, flows, stages, and who stands where."""

from __future__ import annotations

from briefbook.checks.rule import Rule

CHAIN: tuple[Rule, ...] = (
    Rule(
        "flow-twice", "A flow is written twice.",
        "It would be drawn and counted twice, and a pain told at one is missing at the other.",
        "Join the two, or say in `what` what else flows.",
        "- {from: shops, to: platforms, what: Stock}\n- {from: shops, to: platforms, what: stock}",
        "- {from: shops, to: platforms, what: Stock}\n- {from: shops, to: platforms, what: Fees}",
        severity="warning",
    ),
    Rule(
        "node-alone", "A group of a chain has no flow.",
        "Nobody can tell what it gives and takes, so that nothing depends on it.",
        "Add the flow that is missing, or remove the group.",
        "nodes: {shops: {...}, platforms: {...}, couriers: {...}}\n"
        "flows: [{from: shops, to: platforms}]",
        "flows: [{from: shops, to: platforms}, {from: platforms, to: couriers}]",
        severity="warning",
    ),
    Rule(
        "stage-empty", "A stage of a chain has no group.",
        "It would be drawn as an empty column.",
        "Add a group with this `stage`, or remove the stage.",
        "stages: [supply, platform, consumer]  # and no group at consumer",
        "stages: [supply, platform]", severity="warning",
    ),
    Rule(
        "chain-set-aside", "A chain does not apply and yet has groups.",
        "Pages show the reason alone: what is written of groups and flows stays unseen.",
        "Remove `applies: no`, or remove `nodes` and `flows`.",
        "value_chain:\n  applies: no\n  nodes: {shops: {...}}",
        "value_chain:\n  nodes: {shops: {...}}", severity="warning",
    ),
    Rule(
        "foreign-node", "An account stands at a group of another industry's chain.",
        "It is analysed in the chain of its own industry, where this group is not.",
        "Take a group of its own industry's chain, or correct `industry`.",
        "industry: food-service\nstands_at: [platforms]  # of instant-retail",
        "industry: food-service\nstands_at: [restaurants]",
    ),
    Rule(
        "no-chain", "A company stands in the chain of an industry that has none.",
        "There is no group to show it at.",
        "Write the chain of that industry, or name a group of another one.",
        "stands_at: [retail/platforms]  # retail has no chain",
        "stands_at: [instant-retail/platforms]",
    ),
)  # fmt: skip
