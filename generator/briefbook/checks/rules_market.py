"""The rules of an industry's market: sizes, growth and concentration."""

from __future__ import annotations

from briefbook.checks.rule import Rule

MARKET: tuple[Rule, ...] = (
    Rule(
        "market-negative", "A market is smaller than nothing, or shrinks by more than it is.",
        "No market can be that small; every growth computed from it would be wrong.",
        "Check sign and number. Growth is the change over the year before in percent.",
        "- {period: 2025, value: -3 bn CNY}", "- {period: 2025, value: 3 bn CNY, growth: -8%}",
    ),
    Rule(
        "share-range", "A concentration ratio is below 0 or above 100 %.",
        "It is the share that the n largest hold together.",
        "Write a share from 0% to 100%.",
        "- {period: 2025, n: 5, share: 152%}", "- {period: 2025, n: 5, share: 15.2%}",
    ),
    Rule(
        "share-order", "A concentration ratio falls as n grows.",
        "The ten largest include the five largest, so they cannot hold less.",
        "Correct one of the two shares, or its `n`. `about`, `over` and `under` are respected.",
        "- {period: 2025, n: 5, share: 30%}\n- {period: 2025, n: 10, share: 20%}",
        "- {period: 2025, n: 5, share: 20%}\n- {period: 2025, n: 10, share: 30%}",
    ),
    Rule(
        "duplicate-period", "A period stands twice in a series.",
        "Nobody can tell which of the two figures holds, and slopes would count both.",
        "Keep one of the two. Sizes in two currencies, and ratios of two n, are two series.",
        "- {period: 2025, value: 3 bn CNY}\n- {period: 2025, value: 4 bn CNY}",
        "- {period: 2024, value: 3 bn CNY}\n- {period: 2025, value: 4 bn CNY}",
    ),
    Rule(
        "growth-mismatch", "A growth differs from the sizes by more than 1 point.",
        "One of the three figures is wrong, or they come from sources that count differently.",
        "Correct it, or leave the growth out: it is computed from the sizes then. `about` leaves "
        "3 points open, rounded figures half of their last digit.",
        "- {period: 2024, value: 100 bn CNY}\n- {period: 2025, value: 110 bn CNY, growth: 25%}",
        "- {period: 2024, value: 100 bn CNY}\n- {period: 2025, value: 110 bn CNY, growth: 10%}",
        severity="warning",
    ),
    Rule(
        "size-currency", "A market size is in a currency for which the book has no rate.",
        "It cannot be compared with other markets, nor added to one.",
        "Add the rate to `rates` in book.yml: one unit in the book's currency.",
        "- {period: 2025, value: 3 bn EUR}", "rates: {as_of: 2026-06-30, EUR: 7.8}  # book.yml",
        severity="warning",
    ),
)  # fmt: skip
