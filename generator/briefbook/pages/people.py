"""An account in; its decision chain in short, as a chart and tables, and as derived values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from briefbook.analyse.closeness import MEASURES, RollUp, Standing
from briefbook.analyse.people import DecisionChain, Role
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.book import Closeness
from briefbook.pages.here import Here
from briefbook.pages.people_chart import called, chart, figures, influences, legend, mark
from briefbook.pages.people_table import details, rows
from briefbook.words import Words

RULE = "closeness"
MOST_SHORT = 6
"""People in the playbook itself, the largest gaps first; their own page has all."""
MOST_HOLDERS = 6
"""Names beside a role; the table has all who have it."""
_CLOSENESS = Closeness.model_construct()
"""How closeness is computed for a book that says nothing of it."""


def in_short(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    """What the playbook says of the people: who is needed, the largest gaps, how close we are."""
    account = record.value
    if not account.people:
        return None
    found = here.site.results.people[record.id]
    rest = len(account.people) - MOST_SHORT
    return {
        **_both(here, record, found),
        "chart": here.t("people.chart", name=record.name),
        "href": here.to(f"/accounts/{record.id}/people/"),
        "first": [
            {**one, "href": here.person(record.id, one["id"].removeprefix("person-"))}
            for one in rows(here, record, found, MOST_SHORT)
        ],
        "rest": here.t("more", n=rest) if rest > 0 else None,
    }


def decision_chain(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    """All that is known of the people and shown on a page of its own, None where nobody is."""
    account, book = record.value, here.site.content.book.value
    if not account.people:
        return None
    found = here.site.results.people[record.id]
    return {
        **_both(here, record, found),
        **chart(here, record, found),
        "legend": legend(found, account),
        "influences": list(_told(here, account)),
        "people": rows(here, record, found),
        "details": details(here, record, found),
        "personal": book.personal_attributes.allowed,
    }


def _both(here: Here, record: Record[Account], found: DecisionChain) -> dict[str, Any]:
    """What stands on both pages."""
    book = here.site.content.book.value
    own = book.closeness != _CLOSENESS
    return {
        "note": _note(here, found),
        "tops": _tops(here, record.value, found),
        "roles": [_role(here, record, found, one) for one in found.roles],
        "ways": [_way(here, record.value, way) for way in found.ways],
        "levels": [
            _level(here.t, book.closeness.scale, one) for one in (found.account, *found.departments)
        ],
        "scale": book.closeness.scale,
        "weights": weights_sentence(here),
        "rule": here.record("page", "decision-chain")
        if "decision-chain" in here.site.content.guides
        else None,
        "default": here.t("default.own" if own else "default.project"),
    }


def _note(here: Here, found: DecisionChain) -> str:
    t, counts = here.t, found.account.counts
    parts = [t("people.people", n=counts.people)]
    named = sum(one.name != "" for one in found.departments)
    parts += [t("people.departments", n=named)] if named else []
    parts += [t("people.gone", n=counts.left)] if counts.left else []
    parts += [t("people.old", n=counts.old)] if counts.old else []
    days = sorted(one.verified for one in found.people.values() if one.verified and not one.gone)
    if days:
        parts.append(t("people.verified", first=t.month(days[0]), last=t.month(days[-1])))
    return t.remarks(parts)


def _tops(here: Here, account: Account, found: DecisionChain) -> str | None:
    """Who else stands at the top, and from whom steps are counted."""
    tops = [called(account, id) for id in found.tops if not found.people[id].gone]
    if len(tops) < 2:
        return None
    t = here.t
    counted = (
        t("people.counted-from", name=called(account, found.top))
        if found.top
        else t("people.counted-from-nobody")
    )
    return f"{t('people.several-tops', names=t.listed(tops))} {counted}"


def _role(here: Here, record: Record[Account], found: DecisionChain, one: Role) -> dict[str, Any]:
    t, account = here.t, record.value
    stances = [account.people[id].stance for id in one.holders]
    against = any(stance in {"opponent", "enemy"} for stance in stances)
    state = "warn" if against else "good" if one.holders else "bad"
    more = len(one.holders) - MOST_HOLDERS
    gone = [
        t("people.who-left", name=called(account, id), date=t.month(left.date))
        for id in one.gone
        if (left := account.people[id].left)
    ]
    return {
        "label": t(f"word.{one.role}") if t.has(f"word.{one.role}") else one.role,
        "kind": state,
        "state": t("people.role-there" if one.holders else "people.role-missing"),
        "holders": [
            {
                "name": called(account, id),
                "href": here.person(record.id, id),
                "stance": t(f"word.{stance}") if stance else t("people.stance-unknown"),
                "old": found.people[id].old,
            }
            for id, stance in list(zip(one.holders, stances, strict=True))[:MOST_HOLDERS]
        ],
        "more": t("more", n=more) if more > 0 else None,
        "gone": gone[:MOST_HOLDERS],
    }


def _told(here: Here, account: Account) -> Iterator[dict[str, Any]]:
    for one in influences(here, account):
        yield {
            "number": one.number,
            "from": called(account, one.source),
            "text": one.text,
            "strength": here.t("people.strength", level=here.t(f"word.{one.strength}"))
            if one.strength
            else None,
        }


def _way(here: Here, account: Account, way: tuple[str, ...]) -> str:
    names = [called(account, id) for id in way]
    stance = account.people[way[-1]].stance
    return here.t(
        "people.way",
        to=names[-1],
        stance=here.t(f"word.{stance}") if stance else here.t("people.stance-unknown"),
        way=" → ".join(names),
        friend=here.t(f"word.{account.people[way[0]].stance}"),
    )


@lru_cache(maxsize=256)  # two pages of an account and its JSON tell the same
def _level(t: Words, scale: int, one: RollUp) -> Mapping[str, Any]:
    now, target, gap = one.closeness.now, one.closeness.target, one.closeness.gap
    return {
        "name": _named(t, one),
        "whole": one.name is None,
        "now": None if now is None else float(now),
        "target": None if target is None else float(target),
        "now_text": None if now is None else mark(t, now),
        "target_text": None if target is None else mark(t, target),
        "gap_text": None if gap is None else mark(t, gap),
        "figures": figures(t, now, target),
        "known": t("people.known", known=one.counts.known, n=one.counts.people),
        "sentence": _rolled_up(t, scale, one),
    }


def _named(t: Words, one: RollUp) -> str:
    if one.name is None:
        return t("people.account")
    return one.name or t("people.no-department")


def _rolled_up(t: Words, scale: int, one: RollUp) -> str:
    """Why rule 11 gives these numbers, in a few sentences."""
    counts, level = one.counts, one.closeness
    name = _named(t, one)
    if level.now is None:
        said = [t("people.why-unknown", name=name, n=counts.people)]
    else:
        said = [
            t(
                "people.why-now", name=name, now=mark(t, level.now),
                scale=scale, known=counts.known, n=counts.people, weight=counts.weight,
            )
        ]  # fmt: skip
    if level.target is not None:
        said.append(t("people.why-target", target=mark(t, level.target), n=counts.aimed))
    if level.gap is not None:
        said.append(t("people.why-gap", gap=mark(t, level.gap)))
    for key, n in (
        ("people.why-unweighted", counts.unweighted),
        ("people.why-old", counts.old),
        ("people.why-left", counts.left),
    ):
        said += [t(key, n=n)] if n else []
    return t.sentences(said)


def weights_sentence(here: Here) -> str:
    """The weights of rule 11, as the book has them."""
    weights = here.site.content.book.value.closeness.weights
    return _weights(here.t, *(getattr(weights, name).number for name in MEASURES))


@lru_cache(maxsize=1)
def _weights(t: Words, *numbers: Decimal) -> str:
    shares = [
        f"{t(f'people.{name}')} {t.percent(number, 0)}"
        for name, number in zip(MEASURES, numbers, strict=True)
    ]
    return t("people.weights", shares=t.listed(shares))


def derived(here: Here, record: Record[Account]) -> list[dict[str, Any]]:
    """What follows from the people: closeness of all, steps from the CEO, roles that are needed."""
    account = record.value
    if not account.people:
        return []
    found = here.site.results.people[record.id]
    scale = here.site.content.book.value.closeness.scale
    rolled = (found.account, *found.departments)
    return [
        {
            "name": "closeness" if one.name is None else "closeness-of-department",
            "of": one.name,
            "rule": RULE,
            "value": exact(one.closeness.now),
            "numbers": {key: _plain(number) for key, number in one.why.numbers.items()},
            "sentence": _level(here.t, scale, one)["sentence"],
        }
        for one in rolled
    ] + [_people(found), _needed(here, found)]


def _people(found: DecisionChain) -> dict[str, Any]:
    return {
        "name": "people",
        "rule": RULE,
        "value": list(found.urgent),
        "numbers": {id: _numbers(one) for id, one in found.people.items()},
        "sentence": "",
    }


def _numbers(one: Standing) -> dict[str, Any]:
    return {
        "now": exact(one.closeness.now),
        "target": exact(one.closeness.target),
        "gap": exact(one.closeness.gap),
        "weight": one.weight,
        "urgency": exact(one.urgency),
        "distance": one.distance,
        "left": one.gone,
        "old": one.old,
    }


def _needed(here: Here, found: DecisionChain) -> dict[str, Any]:
    lacking = [one.role for one in found.roles if not one.holders]
    return {
        "name": "must-have-roles",
        "rule": "must-have-roles",
        "value": lacking,
        "numbers": {
            one.role: {"holders": list(one.holders), "left": list(one.gone)} for one in found.roles
        },
        "sentence": here.t("people.roles-lacking", names=here.t.row(lacking))
        if lacking
        else here.t("people.roles-there"),
    }


def _plain(number: Any) -> Any:
    return exact(number) if isinstance(number, Decimal) else number


def exact(value: Decimal | None) -> str | None:
    """A number as JSON has it: at most four decimals, half to even."""
    return None if value is None else f"{value.quantize(Decimal('0.0001')).normalize():f}"
