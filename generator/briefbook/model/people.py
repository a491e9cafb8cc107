"""People of an account: who decides, how close we are, who influences whom."""

from __future__ import annotations

from briefbook.model.types import (
    HowMuch,
    Line,
    Many,
    OneDay,
    Part,
    Prose,
    Sources,
    When,
    choice,
    given,
    needed,
    ref,
    whole,
)

ROLES = (
    "decision-maker", "sponsor", "champion", "influencer", "user", "buyer", "gatekeeper", "blocker",
)  # fmt: skip


class Measured(Part):
    """A measure of closeness, now and as we want it."""

    now: whole(0, 10) | None = given("Today", "3")
    target: whole(0, 10) | None = given("What we want", "4")


class Personal(Part):
    """Personal attributes; refused unless the book allows them."""

    gender: Line | None = given("Gender", "female")
    age: Line | None = given("Age", "45")
    personality: Line | None = given("Personality", "careful")


class Person(Part):
    """Someone at the account; contact details never belong here."""

    name: Line | None = given("Name", "Pham Quoc Bao")
    title: Line | None = given("Title", "Chief operating officer")
    department: Line | None = given("Department", "operations")
    reports_to: ref("person") | None = given("Id of the person above", "ceo")
    roles: Many[choice(*ROLES)] = given("Role in the decision", "[decision-maker]", default=())
    stance: choice("mentor", "supporter", "neutral", "opponent", "enemy") | None = given(
        "Stance towards us", "supporter"
    )
    influence: HowMuch | None = given("Influence", "high")
    relation: Measured | None = given("Closeness of the relation", "{now: 3, target: 4}")
    solution: Measured | None = given("Recognition of the solution", "{now: 3, target: 4}")
    price: Measured | None = given("Acceptance of the price", "{now: 3, target: 4}")
    drivers: Many[Line] = given("What drives decisions", "[efficiency]", default=())
    behaviour: Prose | None = given("Behaviour", "Reads every number")
    experience: Prose | None = given("Experience", "Ran a competitor's stores")
    education: Line | None = given("Education", "Engineering")
    personal: Personal | None = given("Personal attributes, if the book allows", "{age: 45}")
    verified: OneDay | None = given("When somebody last verified it", "2026-09-30")
    left: When | None = given("When the person left", "2026-06")
    note: Prose | None = given("A remark", "Prefers short talks")
    source: Sources = given("Source", "own-visit", default=())


class Influence(Part):
    """An edge of influence."""

    from_: ref("person") = needed("Person", "ops-lead", alias="from")
    to: ref("person") = needed("Person", "coo")
    kind: Line | None = given("How", "advises")
    strength: HowMuch | None = given("low, medium or high", "medium")
