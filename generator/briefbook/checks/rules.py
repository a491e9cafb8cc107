"""Every rule that a problem may name, by its id: what `briefbook explain RULE` tells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefbook.checks.rule import Rule
from briefbook.checks.rules_account import ACCOUNT
from briefbook.checks.rules_business import BUSINESS
from briefbook.checks.rules_chain import CHAIN
from briefbook.checks.rules_customers import CUSTOMERS
from briefbook.checks.rules_finance import FINANCE
from briefbook.checks.rules_glossary import GLOSSARY
from briefbook.checks.rules_industries import INDUSTRIES
from briefbook.checks.rules_market import MARKET
from briefbook.checks.rules_meaning import MEANING
from briefbook.checks.rules_people import PEOPLE
from briefbook.checks.rules_quiz import QUIZ
from briefbook.checks.rules_reading import READING
from briefbook.checks.rules_shape import SHAPE
from briefbook.checks.rules_strategy import STRATEGY

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rules in (
            READING, SHAPE, MEANING, BUSINESS, CHAIN, INDUSTRIES, MARKET, FINANCE, ACCOUNT, PEOPLE,
            CUSTOMERS, STRATEGY, QUIZ, GLOSSARY,
        )
        for rule in rules
    }
)  # fmt: skip

__all__ = ["RULES", "Rule"]
