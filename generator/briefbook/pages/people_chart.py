"""The people of an account and what they say together in, the data of their chart out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from briefbook.analyse.closeness import MEASURES, Standing
from briefbook.analyse.people import DecisionChain
from briefbook.charts.organisation import organisation_svg
from briefbook.charts.organisation_narrow import organisation_svg_narrow
from briefbook.charts.organisation_view import (
    Influence,
    Mark,
    OrganisationWords,
    People,
    Person,
    drawable,
)
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.people import Measured
from briefbook.model.people import Person as Authored
from briefbook.pages.here import Here
from briefbook.words import Words


def chart(here: Here, record: Record[Account], found: DecisionChain) -> dict[str, Any]:
    """The chart for wide and narrow pages, and how many people it leaves to the table."""
    view = People(
        prefix=f"people-{record.id}",
        people=(*_people(here, record.value, found), *_vacant(here, found)),
        influences=tuple(influences(here, record.value)),
        scale=here.site.content.book.value.closeness.scale,
    )
    words = _words(here, record, found)
    drawn = drawable(view)
    left_out = len(view.people) - len(drawn.people)
    return {
        "wide": organisation_svg(view, words),
        "narrow": organisation_svg_narrow(view, words),
        "more": [
            here.t(key, n=n)
            for key, n in (
                ("people.more", left_out),
                ("people.more-influences", len(view.influences) - len(drawn.influences)),
            )
            if n
        ],
    }


def called(account: Account, id: str) -> str:
    """What a person is called: by name, else by title, else by id."""
    one = account.people.get(id)
    return (one.name or one.title or id) if one else id


@lru_cache(maxsize=4096)
def mark(words: Words, value: Decimal | int) -> str:
    """A mark with one decimal; kept, since pages hold the same few of them many times."""
    return words.number(value, 1)


@lru_cache(maxsize=4096)
def figures(words: Words, now: Decimal | int | None, target: Decimal | int | None) -> str:
    """`1 → 3`, or one figure where nothing is left to do."""
    said = [words("not-known") if value is None else mark(words, value) for value in (now, target)]
    if target is None or now == target:
        return said[0]
    return " → ".join(said)


def _people(here: Here, account: Account, found: DecisionChain) -> Iterator[Person]:
    t = here.t
    leading = set(found.above.values())
    for id, one in account.people.items():
        standing = found.people[id]
        is_top = id in found.tops
        yield Person(
            id=id,
            name=one.name or t("account.person-unknown"),
            above=found.above.get(id),
            title=one.title or "",
            department=one.department or "",
            roles=t.row(t(f"word.{role}") for role in one.roles),
            notes=_notes(here, one),
            marks=tuple([_mark(t, name, *_wanted(getattr(one, name))) for name in MEASURES]),
            overall=_mark(t, "overall", standing.closeness.now, standing.closeness.target),
            warning=_warning(here, standing),
            left=t("account.left", date=t.month(one.left.date))
            if one.left and standing.gone
            else "",
            decides="decision-maker" in one.roles,
            dashed=one.name is None or standing.gone,
            apart=is_top and id != found.top and id not in leading,
            key=bool(one.roles) or id == found.top,
        )


def _vacant(here: Here, found: DecisionChain) -> Iterator[Person]:
    """A dashed box for each must-have role that nobody has."""
    for role in found.roles:
        if not role.holders:
            yield Person(
                id=f"vacant.{role.role}",
                name=here.t("account.person-unknown"),
                roles=here.t(f"word.{role.role}"),
                notes=here.t("people.who-is-it"),
                dashed=True,
                apart=True,
                key=True,
            )


def _notes(here: Here, one: Authored) -> str:
    t = here.t
    stance = t(f"word.{one.stance}") if one.stance else t("people.stance-unknown")
    weight = t("people.influence", level=t(f"word.{one.influence or 'unknown'}"))
    return t.remarks((stance, weight))


def _wanted(one: Measured | None) -> tuple[int | None, int | None]:
    return (one.now, one.target) if one else (None, None)


@lru_cache(maxsize=4096)
def _mark(words: Words, name: str, now: Decimal | int | None, target: Decimal | int | None) -> Mark:
    """A measure of somebody; kept, since all people together have the same few."""
    return Mark(
        words(f"people.{name}"),
        None if now is None else float(now),
        None if target is None else float(target),
        figures(words, now, target),
    )


def _warning(here: Here, standing: Standing) -> str:
    if standing.gone or not standing.old:
        return ""
    since = standing.stale_since
    if since is None:
        return here.t("account.not-verified")
    return here.t("stale.since", date=here.t.month(since))


def influences(here: Here, account: Account) -> Iterator[Influence]:
    """All edges, numbered in the order of the file; the chart leaves out what it cannot draw."""
    for at, one in enumerate(account.influences, 1):
        name = called(account, one.to)
        text = (
            here.t("people.kind-whom", kind=one.kind, name=name)
            if one.kind
            else here.t("people.influences-whom", name=name)
        )
        yield Influence(at, one.from_, one.to, text, one.strength or "")


def _words(here: Here, record: Record[Account], found: DecisionChain) -> OrganisationWords:
    t = here.t
    level = found.account.closeness
    people = t("people.people", n=found.account.counts.people)
    return OrganisationWords(
        title=t("people.chart", name=record.name),
        desc=t(
            "people.chart-desc",
            people=people,
            departments=t("people.departments", n=len(found.departments)),
            closeness=figures(t, level.now, level.target),
            scale=here.site.content.book.value.closeness.scale,
        ),
        apart=t("people.apart"),
        steps=lambda n, more: _steps(here, n, more),
    )


def _steps(here: Here, n: int, more: bool) -> str:
    if not n:
        return here.t("people.top")
    return here.t("people.steps-more" if more else "people.steps", n=n)


def legend(found: DecisionChain, account: Account) -> Mapping[str, bool]:
    """Which kinds of lines and boxes the chart shows."""
    return {
        "reports": bool(found.above),
        "influences": bool(account.influences),
        "left": any(one.gone for one in found.people.values()),
    }
