"""An account in, the paths that its playbook shows out; the rest stands in the generic part."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.model import Account
from briefbook.pages.sources import SHOWN as OF_SOURCES

MOST_ALIASES = 2
"""Other names in the head of a playbook."""
ALWAYS = (
    *"name sample industry owner lifecycle strategy".split(),
    *(f"in_short.*.{name}" for name in ("value", "source", "as_of", "checked", "note")),
    *(
        f"people.*.{name}"
        for name in "name title department reports_to roles stance relation solution price "
        "verified left".split()
    ),
    *(f"needs.*.{name}" for name in "party need lever answered_by answer met".split()),
    *(f"opportunities.*.{name}" for name in "name stage value signed next_step".split()),
    "opportunities.*.bant.*.verdict",
    *OF_SOURCES,
)


def shown(account: Account) -> frozenset[str]:
    """Paths as `pages.other` reads them: what every playbook shows, and what this one does."""
    return frozenset((*ALWAYS, *_few(account)))


def _few(account: Account) -> Iterator[str]:
    """Few other names stand in the head; a deal that is not signed shows when it should be."""
    if len(account.aliases) <= MOST_ALIASES:
        yield "aliases"
    for id, one in account.opportunities.items():
        if one.signed is None:
            yield f"opportunities.{id}.expected"
