"""An account in, the paths that its playbook shows out; the rest stands in the generic part."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.model import Account
from briefbook.pages import finance, model
from briefbook.pages.other import fact
from briefbook.pages.sources import SHOWN as OF_SOURCES

MOST_ALIASES = 2
"""Other names in the head of a playbook."""
_WHOLE = (
    "name", "sample", "industry", "owner", "lifecycle", "strategy", "language", "crm_id",
    "aliases", "customer_since", "important", "difficult", "focus", "contract", "health", "risks",
    "contacts", "satisfaction", "process", "signals", "needs", "opportunities",
    "tactics", "plan.priorities", "plan.targets", "plan.actions",
)  # fmt: skip
ALWAYS = (
    *_WHOLE,
    *fact("in_short.*"),
    *(f"profile.{name}" for name in ("type", "size", "country", "region", "market_position",
                                     "founded", "extra")),
    *(path for name in ("employees", "annual_revenue", "growth") for path in
      fact(f"profile.{name}")),
    *(f"uses.*.{name}" for name in ("since", "seats", "active", "as_of", "note")),
    *fact("value_to_us.contribution.*"),
    *fact("value_to_us.potential"),
    *(f"value_to_us.investment.*.{name}" for name in ("money", "days")),
    "value_to_us.purchases",
    *(f"research.*.{name}" for name in ("method", "date", "source", "from", "finding",
                                        "diagnosis", "leads_to")),
    "plan.year",
    "plan.reviews",
    "parent",
    *OF_SOURCES,
)  # fmt: skip


def shown(account: Account) -> frozenset[str]:
    """Paths as `pages.other` reads them: what every playbook shows, and what this one does."""
    return frozenset(
        (*ALWAYS, *_some(account), *finance.shown(account), *model.shown(account.business_model))
    )


def _some(account: Account) -> Iterator[str]:
    if account.stands_at:
        yield "stands_at"
    if account.people:
        yield from ("people", "influences")
