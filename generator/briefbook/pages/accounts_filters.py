"""Accounts in, what their table can be filtered by out: every filter with its values and labels.

`/accounts/?class=C&owner=mai,lin&sign=silent` shows the accounts that fit all filters, and for each
filter any of its values; case is no matter. `-` is what is not known, or that there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefbook.analyse.deals import bant, is_open
from briefbook.analyse.due import next_review
from briefbook.analyse.plans import plan_required
from briefbook.model import Account
from briefbook.pages.here import Here, Site
from briefbook.spelling import alphabetical

UNKNOWN = "-"
Values = Iterable[str | None]


@dataclass(frozen=True)
class Seen:
    """An account and what was found about it."""

    site: Site
    id: str

    @cached_property
    def account(self) -> Account:
        """The record."""
        return self.site.content.accounts[self.id].value

    def place(self, name: str) -> str | None:
        """Where it stands: letter or a level."""
        value = getattr(self.site.results.standings[self.id], name)
        return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: which values an account has, and how a value reads.

    `shown` filters stand beside the table, the others serve links; `also` is a second name of it
    in addresses; `none` is the message where an account has no value.
    """

    name: str
    values: Callable[[Seen], Values]
    label: Callable[[Here, str], str]
    shown: bool = False
    also: str = ""
    none: str = "not-known"


@dataclass(frozen=True, slots=True)
class Applied:
    """A filter over a list of accounts: its values, and which of them each account has."""

    filter: Filter
    title: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    of: tuple[tuple[int, ...], ...]


def _yes(value: object) -> Values:
    return ("yes" if value else "no",)


def _plan(seen: Seen) -> Values:
    results = seen.site.results
    if seen.account.plan:
        return ("there",)
    wanted = plan_required(seen.place("letter"), important=seen.id in results.important)
    return ("missing" if wanted else "not-asked",)


def _review(seen: Seen) -> Values:
    site = seen.site
    day = next_review(seen.account, site.content.book.value, site.results.today)
    if day is None:
        return ("held" if seen.account.plan else UNKNOWN,)
    return ("overdue" if day < site.results.today else "to-come",)


def _fit(seen: Seen) -> Values:
    fit = seen.site.results.fits[seen.id]
    if fit.fits is None:
        return (UNKNOWN,)
    if fit.fits:
        return ("fits",)
    return ("exception" if fit.exception else "misfit",)


def _bant(seen: Seen) -> Values:
    book = seen.site.content.book.value
    deals = [one for one in seen.account.opportunities.values() if is_open(one)]
    return (bant(one, book).verdict for one in deals)


def _work(seen: Seen) -> Values:
    tally = seen.site.results.quality.accounts[seen.id]
    counts = {"missing": tally.missing, "stale": tally.stale, "unsourced": tally.unsourced,
              "unverified": tally.unverified}  # fmt: skip
    return (name for name, count in counts.items() if count)


def _team(seen: Seen) -> Values:
    owner = seen.site.content.book.value.team.get(seen.account.owner or "")
    return (owner.team if owner else None,)


def _tier(name: str) -> Callable[[Seen], Values]:
    return lambda seen: (getattr(seen.site.results.customers, f"{name}_tier")[seen.id],)


def _known(_: Here, value: str) -> str:
    return value


def _word(here: Here, value: str) -> str:
    return here.t(f"word.{value}")


def _tactic(here: Here, value: str) -> str:
    strategy, _, id = value.partition("/")
    found = here.site.content.strategies.get(strategy)
    if found is None or id not in found.value.tactics:
        return value
    return f"{found.name}: {found.value.tactics[id].name}"


def _industry(here: Here, value: str) -> str:
    found = here.industry(value)
    return found["name"] if found else value


def _profile(name: str) -> Callable[[Seen], Values]:
    return lambda seen: (getattr(seen.account.profile, name),) if seen.account.profile else ()


def _own(name: str) -> Callable[[Seen], Values]:
    return lambda seen: (getattr(seen.account, name),)


def _of(family: str) -> Callable[[Here, str], str]:
    return lambda here, value: here.t(f"{family}.{value}")


FILTERS = (
    Filter("class", lambda seen: ((seen.place("letter") or "").upper(),), _known, shown=True,
           none="class.none"),
    Filter("owner", _own("owner"), lambda here, id: here.member(id) or id, shown=True),
    Filter("lifecycle", _own("lifecycle"), _word, shown=True),
    Filter("strategy", lambda seen: (seen.account.strategy.is_ if seen.account.strategy else None,),
           lambda here, id: here.strategy(id), shown=True),
    Filter("stage", lambda seen: (one.stage for one in seen.account.opportunities.values()),
           _word, shown=True, none="filter.no-deal"),
    Filter("region", _profile("region"), _known, shown=True),
    Filter("country", _profile("country"), _known, shown=True),
    Filter("industry", _own("industry"), _industry, shown=True),
    Filter("review", _review, _of("filter.review"), shown=True, none="account.no-plan"),
    Filter("contribution", lambda seen: (seen.place("level"),), _of("level"), also="level"),
    Filter("potential", lambda seen: (seen.place("potential_level"),), _of("level")),
    Filter("important", lambda seen: _yes(seen.id in seen.site.results.important), _word),
    Filter("focus", lambda seen: _yes(seen.account.focus), _word),
    Filter("difficult", lambda seen: _yes(seen.account.difficult), _word),
    Filter("plan", _plan, _of("filter.plan")),
    Filter("fit", _fit, _of("filter.fit")),
    Filter("sign", lambda seen: (one.kind for one in seen.site.results.signs[seen.id]),
           _of("filter.sign"), none="none"),
    Filter("due", lambda seen: (one.kind for one in seen.site.results.dues_of.get(seen.id, ())
                                if one.overdue), _of("due"), none="none"),
    Filter("health", lambda seen: (seen.account.health.is_ if seen.account.health else None,),
           _word),
    Filter("bant", _bant, _word, none="filter.no-deal"),
    Filter("tactic", lambda seen: (one.tactic for one in seen.account.tactics), _tactic,
           none="none"),
    Filter("uses", lambda seen: seen.account.uses, lambda here, id: here.capability(id),
           none="none"),
    Filter("revenue", _tier("revenue"), _word),
    Filter("size", _tier("size"), _word),
    Filter("team", _team, _known),
    Filter("work", _work, _of("filter.work"), none="none"),
)  # fmt: skip
"""Every filter of the table, those that stand beside it first."""
NAMES = tuple(one.name for one in FILTERS)


def applied(here: Here, ids: Sequence[str], names: Container[str] = NAMES) -> tuple[Applied, ...]:
    """Filters over the accounts, their values by how often they occur, classes by letter."""
    seen = [Seen(here.site, id) for id in ids]
    return tuple(_applied(here, one, seen) for one in FILTERS if one.name in names)


def _applied(here: Here, one: Filter, seen: Sequence[Seen]) -> Applied:
    rows = [tuple(dict.fromkeys(filter(None, one.values(each)))) or (UNKNOWN,) for each in seen]
    count = Counter(value for row in rows for value in row)
    labels = {value: _label(here, one, value) for value in count}
    if one.name == "class":
        values = sorted(count, key=lambda value: (value == UNKNOWN, value))
    else:
        rank = {value: (-n, alphabetical(labels[value]), value) for value, n in count.items()}
        values = sorted(count, key=rank.__getitem__)
    at = {value: index for index, value in enumerate(values)}
    return Applied(
        filter=one,
        title=here.t(f"facet.{one.name}"),
        values=tuple(values),
        labels=tuple(labels[value] for value in values),
        counts=tuple(count[value] for value in values),
        of=tuple(tuple(at[value] for value in row) for row in rows),
    )


def _label(here: Here, one: Filter, value: str) -> str:
    return here.t(one.none) if value == UNKNOWN else one.label(here, value)
