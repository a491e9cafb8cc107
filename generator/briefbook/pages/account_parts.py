"""People, needs and opportunities of an account, as rows of tables."""

from __future__ import annotations

from typing import Any

from briefbook.model import Account
from briefbook.model.people import Person
from briefbook.pages.here import Here

STAGES = {"incubating": 1, "captured": 2, "signed": 3, "lost": 0}


def people(here: Here, account: Account) -> list[dict[str, Any]]:
    t = here.t
    return [
        {
            "id": f"person-{id}",
            "name": one.name or t("account.person-unknown"),
            "title": one.title,
            "department": one.department,
            "reports_to": _above(account, one),
            "roles": [t(f"word.{role}") for role in one.roles],
            "stance": t(f"word.{one.stance}") if one.stance else None,
            "measures": [
                {"label": t(f"field.{name}"), "now": measure.now, "target": measure.target}
                for name, measure in (
                    ("relation", one.relation),
                    ("solution", one.solution),
                    ("price", one.price),
                )
                if measure
            ],
            "verified": t.month(one.verified.date) if one.verified else None,
            **here.age(one.verified.date if one.verified else None, "person"),
            "left": t("account.left", date=t.month(one.left.date)) if one.left else None,
        }
        for id, one in account.people.items()
    ]


def _above(account: Account, person: Person) -> str | None:
    above = account.people.get(person.reports_to or "")
    return (above.name or above.title) if above else person.reports_to


def needs(here: Here, account: Account) -> list[dict[str, Any]]:
    t = here.t
    return [
        {
            "id": f"need-{id}",
            "party": one.party if one.party != "customer" else t("word.customer"),
            "need": here.prose(one.need),
            "lever": t(f"word.{one.lever}") if one.lever else None,
            "answers": [here.capability(each) for each in one.answered_by],
            "answer": here.prose(one.answer),
            "met": one.met,
            "met_label": t(f"met.{one.met}") if one.met else t("not-known"),
        }
        for id, one in account.needs.items()
    ]


def opportunities(here: Here, account: Account) -> list[dict[str, Any]]:
    t = here.t
    rows = []
    for id, one in account.opportunities.items():
        bant = one.bant
        letters = (
            []
            if bant is None
            else [
                {
                    "letter": t(f"bant.{name}.letter"),
                    "answer": letter.verdict or "unknown" if letter else "unknown",
                    "label": t(
                        f"bant.{name}",
                        verdict=t(f"word.{letter.verdict or 'unknown' if letter else 'unknown'}"),
                    ),
                }
                for name, letter in (
                    ("budget", bant.budget),
                    ("authority", bant.authority),
                    ("need", bant.need),
                    ("timeline", bant.timeline),
                )
            ]
        )
        when = one.signed or one.expected
        rows.append(
            {
                "id": f"opportunity-{id}",
                "name": one.name,
                "stage": STAGES.get(one.stage or "", 0),
                "stage_label": t(f"word.{one.stage}") if one.stage else t("not-known"),
                "lost": one.stage == "lost",
                "value": here.quantity(one.value) if one.value else None,
                "when": when.text if when else None,
                "bant": letters,
                "next": here.prose(one.next_step),
            }
        )
    return rows
