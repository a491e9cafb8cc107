"""Due: what an account owes, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from briefbook.analyse.due import due, next_review, review_days, year_start
from briefbook.analyse.portfolio import analyse
from tests.small import account, content, having, policy, record

TODAY = date(2026, 11, 22)
BOOK = policy()


def owed(today: date = TODAY, **fields: Any) -> list[tuple[str, str, bool]]:
    """Day, kind and whether overdue of all that an account with these fields owes."""
    one = record("account", "one", {"name": "One", "industry": "retail", **fields})
    return [(each.day.isoformat(), each.kind, each.overdue) for each in due(one, BOOK, today)]


@pytest.mark.parametrize(
    ("starts", "year", "days"),
    [("01-01", 2026, ("2026-04-01", "2026-07-01", "2026-10-01", "2026-12-31")),
     ("04-01", 2026, ("2025-07-01", "2025-10-01", "2026-01-01", "2026-03-31")),
     ("08-31", 2027, ("2026-11-30", "2027-02-28", "2027-05-31", "2027-08-30")),
     ("07-01", 2026, ("2025-10-01", "2026-01-01", "2026-04-01", "2026-06-30"))],
)  # fmt: skip
def test_reviews_are_due_every_three_months(starts: str, year: int, days: tuple[str, ...]) -> None:
    """Rule 8: +3, +6, +9 months and the year's last day; days clamp to the month's end."""
    book = policy(f"fiscal_year_starts: {starts}\n")
    assert tuple(day.isoformat() for day in review_days(book, year)) == days


def test_a_fiscal_year_begins_in_the_year_before() -> None:
    """Its label is the year that it ends in; a calendar year's label is its own."""
    assert year_start(policy("fiscal_year_starts: 04-01\n"), 2026) == date(2025, 4, 1)
    assert year_start(BOOK, 2026) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("action", "expected"),
    [({"due": "2026-11-21"}, [("2026-11-21", "action", True)]),
     ({"due": "2026-11-22"}, [("2026-11-22", "action", False)]),
     ({"due": "2026-12-22"}, [("2026-12-22", "action", False)]),
     ({"due": "2026-12-23"}, []),
     ({}, []),
     ({"due": "2026-11-01", "status": "doing"}, [("2026-11-01", "action", True)]),
     ({"due": "2026-11-01", "status": "done"}, []),
     ({"due": "2026-11-01", "status": "dropped"}, []),
     ({"due": "2026-11-01", "done": "2026-11-02"}, [])],
)  # fmt: skip
def test_actions_are_owed_until_done(
    action: dict[str, str], expected: list[tuple[str, str, bool]]
) -> None:
    """Overdue from the day after; the next 30 days are told, today included."""
    plan = {"year": "2027", "actions": {"a1": {"what": "Meet", **action}}}
    assert owed(plan=plan) == expected


@pytest.mark.parametrize(
    ("promised", "expected"),
    [({"by": "2026-11-01"}, [("2026-11-01", "promise", True)]),
     ({"by": "2026-11-30", "done": "no"}, [("2026-11-30", "promise", False)]),
     ({"by": "2026-11-01", "done": "yes"}, []),
     ({"by": "2026-11-01", "done": "2026-10-30"}, []),
     ({}, [])],
)  # fmt: skip
def test_promises_are_owed_until_kept(
    promised: dict[str, str], expected: list[tuple[str, str, bool]]
) -> None:
    """A promise without a day is owed on none."""
    talk = {"date": "2026-10-05", "promised": {"what": "Send", **promised}}
    assert owed(contacts=[talk]) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2026-11-22", True), ("2027-02-20", True), ("2027-02-21", False), ("2026-11-21", False)],
)
def test_contracts_are_told_ninety_days_before_their_end(until: str, expected: bool) -> None:
    """The last day included; one that has ended is no longer owed."""
    assert owed(contract={"until": until}) == ([(until, "contract", False)] if expected else [])


def test_reviews_that_were_held_are_not_owed() -> None:
    """In order: the first held stands for the first due, and one in the future for none."""
    held = [{"date": "2026-04-10"}, {"date": "2026-07-02"}, {"date": "2026-12-31"}]
    plan = {"year": "2026", "reviews": held}
    assert owed(plan=plan) == [("2026-10-01", "review", True)]
    assert next_review(account(plan=plan), BOOK, TODAY) == date(2026, 10, 1)
    assert owed(date(2026, 12, 5), plan={"year": "2026", "reviews": held[:2] * 2}) == []


def test_after_the_last_review_none_is_next() -> None:
    """Nor without a plan."""
    held = [{"date": f"2026-0{month}-01"} for month in (2, 4, 6, 8)]
    assert next_review(account(plan={"year": "2026", "reviews": held}), BOOK, TODAY) is None
    assert next_review(account(), BOOK, TODAY) is None


def test_all_that_is_owed_stands_by_day() -> None:
    """Whatever the account and the kind."""
    found = content({"industries/retail.yml": "name: Retail\n"})
    for id, day in (("late", "2026-11-30"), ("early", "2026-11-01")):
        plan = {"year": "2027", "actions": {"a": {"what": "Meet", "due": day, "owner": "mai"}}}
        one = record("account", id, {"name": id, "industry": "retail", "plan": plan})
        found = having(found, one)
    dues = analyse(found, TODAY).dues
    assert [(one.account, one.what, one.owner) for one in dues] == [
        ("early", "Meet", "mai"), ("late", "Meet", "mai"),
    ]  # fmt: skip
