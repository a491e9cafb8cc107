"""People of an account and the book's rules for them in, contradictions out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefbook.analyse.closeness import MEASURES, begins, has_left
from briefbook.analyse.people import bosses
from briefbook.checks.files import File
from briefbook.load import Content, Record
from briefbook.model import Account
from briefbook.model.people import ROLES
from briefbook.problem import Problem, error, warning

_MOST_NAMED = 6


def influences_on_oneself(_: Content, file: File) -> Iterator[Problem]:
    """Edges of influence that lead back to where they begin."""
    if file.kind != "account":
        return
    for at, one in enumerate(file.value.influences):
        if one.from_ == one.to:
            yield error("self-influence", file.place(("influences", at, "to")),
                        f"`{one.to}` would influence itself.",
                        "Name another person, or remove the line.")  # fmt: skip


def several_tops(record: Record[Account], today: date) -> Iterator[Problem]:
    """Accounts in which several people report to nobody: one CEO, or a boss that is missing."""
    people = record.value.people
    above = bosses(people)
    tops = [
        id for id, one in people.items()
        if id not in above and one.reports_to is None and not has_left(one, today)
    ]  # fmt: skip
    if len(tops) > 1:
        more = "" if len(tops) <= _MOST_NAMED else f" and {len(tops) - _MOST_NAMED} more"
        named = ", ".join(f"`{id}`" for id in tops[:_MOST_NAMED]) + more
        yield warning("several-tops", record.tree.place(("people", tops[1]), key=True),
                      f"{len(tops)} people report to nobody: {named}.",
                      "Write `reports_to:` for all but the CEO.")  # fmt: skip


def measures_out_of_scale(content: Content, file: File) -> Iterator[Problem]:
    """Marks above the highest one of the book, and targets below where we are."""
    if file.kind != "account":
        return
    highest = content.book.value.closeness.scale
    for id, one in file.value.people.items():
        for name in MEASURES:
            measure = getattr(one, name)
            if measure is None:
                continue
            path = ("people", id, name)
            for side in ("now", "target"):
                mark = getattr(measure, side)
                if mark is not None and mark > highest:
                    yield error("closeness-scale", file.place((*path, side)),
                                f"{mark} is above the highest mark, which is {highest}.",
                                f"Write 0 to {highest}, or change `closeness: scale:` in "
                                "book.yml.")  # fmt: skip
            if _falls(measure.now, measure.target):
                yield warning("target-below-now", file.place((*path, "target")),
                              f"The target {measure.target} is below {measure.now}, where we are.",
                              "Exchange the two, or raise the target.")  # fmt: skip


def _falls(now: int | None, target: int | None) -> bool:
    return now is not None and target is not None and target < now


def unknown_roles(_: Content, file: File) -> Iterator[Problem]:
    """Roles that the book asks for and that no person can have."""
    if file.kind != "book":
        return
    for at, role in enumerate(file.value.must_have_roles):
        if role not in ROLES:
            yield error("unknown-role", file.place(("must_have_roles", at)),
                        f"`{role}` is no role of a person.",
                        f"Use {', '.join(ROLES)}.")  # fmt: skip


def weights_not_whole(_: Content, file: File) -> Iterator[Problem]:
    """Weights of closeness that are not shares of one whole."""
    if file.kind != "book":
        return
    weights = [getattr(file.value.closeness.weights, name).number for name in MEASURES]
    total = sum(weights)
    if total != 100 or min(weights) < 0:
        yield error("closeness-weights", file.place(("closeness", "weights")),
                    f"The weights make {total.normalize():f} % together"
                    f"{', and one is negative' if min(weights) < 0 else ''}.",
                    "Give relation, solution and price shares that make 100 %.")  # fmt: skip


def future_days(record: Record[Account], today: date) -> Iterator[Problem]:
    """People verified or gone on a day that has not come."""
    for id, one in record.value.people.items():
        for name, day in (("verified", one.verified), ("left", one.left)):
            if day and day.date > today < begins(day):
                yield warning("person-future", record.tree.place(("people", id, name)),
                              f"`{name}: {day.text}` has not come yet.",
                              f"Write a day up to {today}.")  # fmt: skip


def bosses_who_left(record: Record[Account], today: date) -> Iterator[Problem]:
    """People who report to somebody who has left."""
    people = record.value.people
    for id, up in bosses(people).items():
        left = people[up].left
        if left and has_left(people[up], today) and not has_left(people[id], today):
            yield warning("boss-left", record.tree.place(("people", id, "reports_to")),
                          f"`{up}` left {left.text}, and `{id}` still reports there.",
                          "Name the successor, or whoever stands above now.")  # fmt: skip
