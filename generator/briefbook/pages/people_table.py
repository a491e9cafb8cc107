"""The people of an account and what they say together in, the rows of their tables out."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.closeness import MEASURES, Standing
from briefbook.analyse.people import DecisionChain
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.people import Person
from briefbook.pages.here import Here
from briefbook.pages.people_chart import called, figures, mark


def rows(
    here: Here, record: Record[Account], found: DecisionChain, most: int | None = None
) -> list[dict[str, Any]]:
    """Rule 11: the largest gap times influence first, then the others, those who left last."""
    people = record.value.people
    order = {id: at for at, id in enumerate(found.urgent)}
    ids = sorted(people, key=lambda id: (found.people[id].gone, order.get(id, len(people))))
    return [_row(here, record.value, id, people[id], found.people[id]) for id in ids[:most]]


def _row(here: Here, account: Account, id: str, one: Person, standing: Standing) -> dict[str, Any]:
    t, level = here.t, standing.closeness
    shown = here.age(standing.verified, "person")
    return {
        "id": f"person-{id}",
        "name": one.name or t("account.person-unknown"),
        "title": one.title,
        "department": one.department,
        "reports_to": called(account, one.reports_to) if one.reports_to else None,
        "distance": standing.distance,
        "roles": [t(f"word.{role}") for role in one.roles],
        "stance": t(f"word.{one.stance}") if one.stance else None,
        "influence": t(f"word.{one.influence}") if one.influence else None,
        "weight": t("people.weighs", n=standing.weight),
        "measures": [_measure(here, one, name) for name in MEASURES],
        "now": None if level.now is None else float(level.now),
        "target": None if level.target is None else float(level.target),
        "overall": figures(t, level.now, level.target) if level.now is not None else None,
        "product": None
        if level.gap is None
        else t("people.product", gap=mark(t, level.gap), weight=standing.weight),
        "urgency": None if standing.urgency is None else mark(t, standing.urgency),
        "uneven": standing.uneven and level.gap is not None,
        "gone": standing.gone,
        "verified": t.month(standing.verified) if standing.verified else None,
        "stale": shown["stale"] if not standing.gone else None,
        "left": t("account.left", date=t.month(one.left.date)) if one.left else None,
    }


def _measure(here: Here, one: Person, name: str) -> dict[str, Any]:
    measure = getattr(one, name)
    now, target = (measure.now, measure.target) if measure else (None, None)
    return {
        "label": here.t(f"field.{name}"),
        "now": now,
        "target": target,
        "text": figures(here.t, now, target),
    }


def details(here: Here, record: Record[Account], found: DecisionChain) -> list[dict[str, Any]]:
    """Requirement 19: the ten attributes of whoever decides, and what else is known of each."""
    t = here.t
    allowed = here.site.content.book.value.personal_attributes.allowed
    return [
        {
            "name": called(record.value, id),
            "title": one.title,
            "roles": [t(f"word.{role}") for role in one.roles],
            "distance": found.people[id].distance,
            "education": one.education,
            "personal": _personal(here, one) if allowed else [],
            "behaviour": here.prose(one.behaviour),
            "experience": here.prose(one.experience),
            "drivers": list(one.drivers),
            "note": here.prose(one.note),
            "source": here.sources(one.source, record),
            "sentence": _sentence(here, one, found.people[id]),
        }
        for id, one in record.value.people.items()
    ]


def _personal(here: Here, one: Person) -> list[dict[str, str]]:
    said = one.personal
    return [
        {"label": here.t(f"field.{name}"), "text": value}
        for name in ("gender", "age", "personality")
        if said and (value := getattr(said, name))
    ]


def _sentence(here: Here, one: Person, standing: Standing) -> str | None:
    """How the overall closeness of a person comes about."""
    now = standing.closeness.now
    if now is None:
        return None
    t, weights = here.t, here.site.content.book.value.closeness.weights
    parts = [
        t(
            "people.part", name=t(f"people.{name}"), mark=measure.now,
            share=t.percent(getattr(weights, name).number, 0),
        )
        for name in MEASURES
        if (measure := getattr(one, name)) and measure.now is not None
    ]  # fmt: skip
    return t("people.why-person", now=mark(t, now), parts=t.listed(parts))
