"""The fields of a part in the order of the model in, the order in which they are written out."""

from __future__ import annotations

ORDERS: tuple[tuple[str, ...], ...] = (
    ("date", "with", "how", "who", "what", "promised"),
    ("title", "publisher", "kind", "credibility"),
    ("id", "when_missing", "en", "vi", "zh", "answer_goes_to"),
    ("name", "sample", "parent", "names", "aliases", "purpose", "definition", "definition_source",
     "isic", "our_focus", "market", "pains", "benchmarks", "value_chain", "business_model",
     "solutions", "keywords", "methods", "questions", "sources"),
    ("name", "sample", "ticker", "country", "aliases", "industry", "roles", "what", "stands_at",
     "profile", "business_model", "goals", "shifts", "finance", "serves", "competitor", "sources"),
)  # fmt: skip
"""Where people write another order than the model: it holds for the part with all these fields."""


def ordered(fields: tuple[str, ...]) -> tuple[str, ...]:
    """The order of the model; fields that people order otherwise change places."""
    for wanted in ORDERS:
        if set(wanted) <= set(fields):
            following = iter(wanted)
            return tuple(next(following) if one in wanted else one for one in fields)
    return fields
