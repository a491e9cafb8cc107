"""strategies/*.yml: how an account is managed, and the tactics for it."""

from __future__ import annotations

from briefbook.model.parts import Source, Tactic
from briefbook.model.types import EMPTY, ById, Line, Many, Part, Prose, choice, given, needed

CLASSES = ("a", "b", "c", "d")
LIFECYCLES = ("acquire", "improve", "stable", "decline")


class Fits(Part):
    """For which accounts a strategy is meant."""

    classes: Many[choice(*CLASSES)] = given("Classes", "[c]", default=())
    lifecycles: Many[choice(*LIFECYCLES)] = given(
        "Stages of the lifecycle", "[improve]", default=()
    )


class Strategy(Part):
    """A strategy with its demands and tactics."""

    name: Line = needed("Name", "Promote")
    means: Prose | None = given("What it means", "Raise a low contribution")
    demands: Many[Line] = given("What it demands", "[Know the budget]", default=())
    fits: Fits | None = given("For whom", "{classes: [c], lifecycles: [improve]}")
    tactics: ById[Tactic] = given(
        "Tactics by id", "{annual-budget: {name: Know needs and the annual budget}}", default=EMPTY
    )
    sources: ById[Source] = given(
        "Sources of this file",
        "{crm30: {title: Managing key accounts, kind: article}}",
        default=EMPTY,
    )
