"""Some accounts and all results in, the numbers that say how they stand at a glance out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefbook.analyse.plans import plan_required
from briefbook.analyse.portfolio import Results
from briefbook.analyse.results import Due
from briefbook.load import Content


@dataclass(frozen=True, slots=True)
class Glance:
    """Counts and sums over some accounts; money in the book's currency.

    `known` accounts have a contribution in `year`, `contribution` is theirs; `both` is the part of
    those that also have a potential, `potential` is theirs. `signs` counts accounts by kind of
    warning sign; `unplanned` need a plan and have none; `complete` is the mean over accounts.
    """

    accounts: int
    year: str
    known: int
    contribution: Decimal
    both: Decimal
    potential: Decimal
    overdue: int
    soon: int
    contracts: int
    signs: Mapping[str, int]
    stale: int
    unplanned: int
    complete: Decimal | None

    @property
    def silent(self) -> int:
        """Accounts without a talk for longer than their class allows."""
        return self.signs.get("silent", 0)


def latest_year(results: Results) -> str:
    """The latest full year for which any account has a contribution; "" without one."""
    return max((one.year for one in results.standings.values() if one.year), default="")


def glance(content: Content, results: Results, ids: Collection[str], year: str) -> Glance:
    """How these accounts stand."""
    places = [results.standings[id] for id in ids]
    known = [one for one in places if one.year == year != "" and one.contribution is not None]
    both = [one for one in known if one.potential]
    dues = [due for id in ids for due in results.dues_of.get(id, ())]
    facts = (one for id in ids for one in results.facts_of.get(("account", id), ()))
    return Glance(
        accounts=len(places),
        year=year,
        known=len(known),
        contribution=sum((one.contribution or Decimal(0) for one in known), Decimal(0)),
        both=sum((one.contribution or Decimal(0) for one in both), Decimal(0)),
        potential=sum((one.potential or Decimal(0) for one in both), Decimal(0)),
        overdue=sum(map(overdue, dues)),
        soon=sum(map(soon, dues)),
        contracts=sum(due.kind == "contract" for due in dues),
        signs=Counter(kind for id in ids for kind in {one.kind for one in results.signs[id]}),
        stale=sum(one.stale_since is not None for one in facts),
        unplanned=sum(lacks_plan(content, results, id) for id in ids),
        complete=mean_complete(results, ids),
    )


def overdue(due: Due) -> bool:
    """Whether its day has passed."""
    return due.overdue


def soon(due: Due) -> bool:
    """Whether it is to be done in the next 30 days; a contract that ends is counted apart."""
    return not due.overdue and due.kind != "contract"


def lacks_plan(content: Content, results: Results, id: str) -> bool:
    """Whether the account needs a plan and has none."""
    needed = plan_required(results.standings[id].letter, important=id in results.important)
    return needed and content.accounts[id].value.plan is None


def mean_complete(results: Results, ids: Collection[str]) -> Decimal | None:
    """The mean of the accounts' own shares (rule 18); None without accounts."""
    shares = [Decimal(one.have) / one.expected for one in map(results.complete.__getitem__, ids)]
    return sum(shares, Decimal(0)) / len(shares) if shares else None
