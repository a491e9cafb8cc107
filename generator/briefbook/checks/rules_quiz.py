"""The rules of the quiz: its answers are facts, and can be told apart."""

from __future__ import annotations

from briefbook.checks.rule import Rule

QUIZ: tuple[Rule, ...] = (
    Rule(
        "quiz-fact", "An answer of the quiz names a fact that is not there, or no single fact.",
        "An answer is a reference so that it cannot grow old; one that leads nowhere already has.",
        "Name a field of the record, an entry by its id, or a result such as `class`.",
        "first-pain:\n  ask: {en: Which pain comes first?}\n"
        "  answer: industry/food-service#pains.footfal",
        "first-pain:\n  ask: {en: Which pain comes first?}\n"
        "  answer: industry/food-service#pains.footfall",
    ),
    Rule(
        "quiz-options", "A question of the quiz has no wrong answer.",
        "Whoever sees a single answer learns nothing by choosing it.",
        "Add `others` with references; a class, a choice and a result bring theirs along.",
        "first-pain:\n  ask: {en: Which pain comes first?}\n"
        "  answer: industry/food-service#pains.footfall",
        "first-pain:\n  ask: {en: Which pain comes first?}\n"
        "  answer: industry/food-service#pains.footfall\n"
        "  others: [industry/food-service#pains.repeat-visits]",
    ),
    Rule(
        "quiz-same", "Two answers of one question of the quiz read alike.",
        "Readers cannot choose between two lines that say the same and are not both right.",
        "Take a wrong answer that says something else.",
        "who:\n  ask: {en: Whose account is it?}\n"
        "  answer: account/lantern-fresh#owner\n  others: [member/mai]",
        "who:\n  ask: {en: Whose account is it?}\n"
        "  answer: account/lantern-fresh#owner\n  others: [member/priya]",
    ),
    Rule(
        "quiz-not-asked", "A question of the quiz makes no sense today and is left out.",
        "Results change with the day: its answer is not known now, or a wrong answer has become "
        "right.",
        "Leave `others` out, so that they follow from the result, or complete the record.",
        "class:\n  ask: {en: Which class is it?}\n"
        "  answer: account/lantern-fresh#class\n  others: [class/c]",
        "class:\n  ask: {en: Which class is it?}\n  answer: account/lantern-fresh#class",
        severity="warning",
    ),
)  # fmt: skip
