"""The rules of whom to serve: goal, reasons, ranges, sizes, and the focus list."""

from __future__ import annotations

from briefbook.checks.rule import Rule

CUSTOMERS: tuple[Rule, ...] = (
    Rule(
        "goal-field", "No account has the field that the company's goal ranks by.",
        "Speed ranks by the days of signed deals, profit by contribution, loyalty by the day since "
        "when an account is a customer. Without them nobody can be ranked, and no profile follows.",
        "Write the field in the accounts, or choose a goal whose field is known.",
        "goal: loyalty  # and no account says customer_since",
        "customer_since: 2023-04-01  # in an account", severity="warning",
    ),
    Rule(
        "range-order", "A range of the ideal customer ends before it begins.",
        "No account could ever match it.",
        "Exchange the two values.",
        "growth: {from: 40%, to: 5%}", "growth: {from: 5%, to: 40%}",
    ),
    Rule(
        "size-differs", "The size of a company contradicts its number of employees.",
        "Tiers go by employees, readers see the size: one of the two misleads.",
        "Correct the one that is wrong. The limits stand in `tiers.customer_size` of book.yml.",
        "profile: {size: small, employees: 3200}", "profile: {size: large, employees: 3200}",
        severity="warning",
    ),
    Rule(
        "focus-cap", "More accounts are on the focus list than the book allows.",
        "Ten customers who are chosen and served with care bring more than a hundred contacts.",
        "Take the least promising off the list. Raise `focus_cap` only with people to serve them.",
        "focus_cap: 10  # and eleven accounts say focus",
        "focus_cap: 10  # and ten accounts say focus", severity="warning",
    ),
)  # fmt: skip
