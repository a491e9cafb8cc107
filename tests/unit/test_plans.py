"""Plans: quarters of any fiscal year, four counters, pace, and reviews that are owed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from briefbook.analyse.plans import Counter, PlanState, plan_required, plan_state
from tests.small import TODAY, account, policy

DATED = {
    "one": {"name": "One", "stage": "signed", "value": "2 m CNY", "opened": "2026-01-01",
            "captured": "2026-03-31", "signed": "2026-04-01",
            "received": [{"date": "2026-06-30", "amount": "0.5 m CNY"},
                         {"date": "2026-10-01", "amount": "1 m CNY"}]},
    "two": {"name": "Two", "stage": "captured", "value": "1 m CNY", "opened": "2026-11-22",
            "captured": "2026-11-22"},
    "before": {"name": "Before", "stage": "incubating", "opened": "2025-12-31"},
}  # fmt: skip


def state(plan: dict[str, Any], starts: str = "01-01", today: date = TODAY,
          **fields: Any) -> PlanState:  # fmt: skip
    """Where a plan of 2026, or of the year that it names, stands."""
    given = account(plan={"year": "2026", **plan}, **fields)
    found = plan_state(given, policy(f"fiscal_year_starts: {starts}\n"), today)
    assert found is not None
    return found


def counter(name: str, of: PlanState) -> Counter:
    """One of the four."""
    return next(one for one in of.counters if one.name == name)


def actual(name: str, of: PlanState) -> list[int | None]:
    """The figures of its quarters."""
    return [None if one.actual is None else int(one.actual)
            for one in counter(name, of).quarters]  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "year", "first", "last", "due"),
    [("01-01", "2026", "2026-01-01", "2026-12-31",
      ["2026-04-01", "2026-07-01", "2026-10-01", "2026-12-31"]),
     ("04-01", "2027", "2026-04-01", "2027-03-31",
      ["2026-07-01", "2026-10-01", "2027-01-01", "2027-03-31"]),
     ("03-31", "2027", "2026-03-31", "2027-03-30",
      ["2026-06-30", "2026-09-30", "2026-12-31", "2027-03-30"]),
     ("12-31", "2026", "2025-12-31", "2026-12-30",
      ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-30"]),
     ("02-28", "2028", "2027-02-28", "2028-02-27",
      ["2027-05-28", "2027-08-28", "2027-11-28", "2028-02-27"]),
     ("02-29", "2028", "2027-02-28", "2028-02-28",
      ["2027-05-29", "2027-08-29", "2027-11-29", "2028-02-28"]),
     ("02-29", "2029", "2028-02-29", "2029-02-27",
      ["2028-05-29", "2028-08-29", "2028-11-29", "2029-02-27"])],
)  # fmt: skip
def test_a_year_begins_on_any_day(
    starts: str, year: str, first: str, last: str, due: list[str]
) -> None:
    """Rule 8: FYn ends in n; reviews at +3, +6, +9 months and on the last day, clamped."""
    found = state({"year": year}, starts)
    assert [found.first.isoformat(), found.last.isoformat()] == [first, last]
    assert [one.day.isoformat() for one in found.reviews] == due


@pytest.mark.parametrize("starts", ["01-01", "04-01", "03-31", "02-29", "08-31", "12-31", "10-30"])
def test_every_day_of_a_year_lies_in_one_quarter(starts: str) -> None:
    """No gap and no overlap, within a year and from one year to the next."""
    for year in (2027, 2028):
        found = state({"year": str(year)}, starts)
        after = state({"year": str(year + 1)}, starts)
        assert found.last + timedelta(days=1) == after.first
        quarters = [
            state({"year": str(year)}, starts, found.first + timedelta(days=n)).quarter
            for n in range(0, (after.first - found.first).days, 7)
        ]
        assert quarters == sorted(quarters)
        assert set(quarters) == {1, 2, 3, 4}
        assert state({"year": str(year)}, starts, after.first).quarter == 0
        assert state({"year": str(year)}, starts, found.first - timedelta(days=1)).quarter == 0


def test_counters_come_from_dated_opportunities() -> None:
    """Rule 9: opened, captured, signed value and received, by quarter, first and last day in."""
    found = state({}, opportunities=DATED)
    assert actual("incubate", found) == [1, 0, 0, 1]
    assert actual("capture", found) == [1, 0, 0, 1]
    assert actual("sign", found) == [0, 2_000_000, 0, 0]
    assert actual("receive", found) == [0, 500_000, 0, 1_000_000]
    assert counter("incubate", found).total == 2


def test_money_is_counted_in_the_currency_of_the_book() -> None:
    """Signed in dollars, counted in yuan, targets too."""
    deal = {"name": "One", "stage": "signed", "value": "1 m USD", "signed": "2026-02-01"}
    given = account(
        plan={"year": "2026", "targets": {"year": {"sign": "2 m USD"}}}, opportunities={"a": deal}
    )
    book = policy("rates: {as_of: 2026-06-30, USD: 7.1}\n")
    found = plan_state(given, book, TODAY)
    assert found is not None
    assert counter("sign", found).total == 7_100_000
    assert counter("sign", found).target == 14_200_000


def test_quarters_to_come_are_not_zero() -> None:
    """None, whatever a review says of them; the running one counts up to today."""
    held = [{"date": f"2026-0{month}-01", "actual": {"incubate": "5"}} for month in (1, 2, 3)]
    found = state({"reviews": held}, today=date(2026, 5, 15))
    assert actual("incubate", found) == [5, 5, None, None]
    assert [one.to_come for one in found.counters[0].quarters] == [False, False, True, True]
    late = {"a": {"name": "A", "opened": "2026-05-16"}, "b": {"name": "B", "opened": "2026-05-15"}}
    assert actual("incubate", state({}, today=date(2026, 5, 15), opportunities=late)) == [
        0, 1, None, None,
    ]  # fmt: skip
    later = state({"year": "2027"}, opportunities=DATED)
    assert actual("incubate", later) == [None] * 4
    assert counter("incubate", later).total is None


def test_reviews_count_where_no_deal_carries_a_date() -> None:
    """Rule 9: computed if dated, else as the review of the quarter says; else not known."""
    held = [{"date": "2026-04-01", "actual": {"incubate": "3", "sign": "0 CNY"}},
            {"date": "2026-07-02"}]  # fmt: skip
    found = state({"reviews": held})
    assert actual("incubate", found) == [3, None, None, None]
    assert actual("sign", found) == [0, None, None, None]
    assert actual("receive", found) == [None] * 4
    assert counter("receive", found).total is None


def test_nothing_captured_is_zero_only_if_that_is_known() -> None:
    """Deals are dated and none has come so far: zero. A captured one without a day: not known."""
    opened = {"name": "A", "stage": "incubating", "opened": "2026-02-01"}
    found = state({}, opportunities={"a": opened})
    assert actual("capture", found) == actual("sign", found) == [0, 0, 0, 0]
    found = state({}, opportunities={"a": {**opened, "stage": "captured"}})
    assert actual("capture", found) == [None] * 4
    signed = {**opened, "stage": "signed", "signed": "2026-03-01", "value": "1 m CNY"}
    found = state({}, opportunities={"a": signed})
    assert actual("sign", found) == [1_000_000, 0, 0, 0]
    assert actual("receive", found) == [None] * 4


def test_a_review_that_differs_is_told_once_the_quarter_is_over() -> None:
    """Rule 9: the computed figure stands; equal figures and the running quarter say nothing."""
    held = [{"date": "2026-04-01", "actual": {"incubate": "4", "capture": "1"}},
            {"date": "2026-07-01"}, {"date": "2026-10-01"},
            {"date": "2026-11-20", "actual": {"incubate": "9"}}]  # fmt: skip
    found = state({"reviews": held}, opportunities=DATED)
    assert [one.differs for one in counter("incubate", found).quarters] == [True] + [False] * 3
    assert not any(one.differs for one in counter("capture", found).quarters)
    assert actual("incubate", found)[0] == 1


@pytest.mark.parametrize(
    ("targets", "pace"),
    [({"year": {"incubate": "4"}}, 3),
     ({"year": {"incubate": "5"}}, Decimal("3.75")),
     ({"year": {"incubate": "4"}, "q1": {"incubate": "0"}, "q2": {"incubate": "1"},
       "q3": {"incubate": "1"}}, 2),
     ({"year": {"incubate": "4"}, "q1": {"incubate": "4"}}, 3),
     ({"q1": {"incubate": "1"}, "q2": {"incubate": "1"}, "q3": {"incubate": "2"}}, 4),
     ({"q1": {"incubate": "1"}}, None), ({}, None), ({"year": {"capture": "1"}}, None)],
)  # fmt: skip
def test_pace_is_the_target_of_the_quarters_that_ended(
    targets: dict[str, Any], pace: Decimal | int | None
) -> None:
    """Their own targets if all have one, else their part of the year's; none without any."""
    assert counter("incubate", state({"targets": targets})).pace == pace


def test_behind_is_what_lacks_to_the_pace() -> None:
    """Zero on pace; the running quarter may already help; none before the first quarter ends."""
    targets = {"year": {"incubate": "8", "capture": "2"}}
    found = state({"targets": targets}, opportunities=DATED)
    assert [counter(name, found).behind for name in ("incubate", "capture", "sign")] == [4, 0, None]
    early = state({"targets": targets}, today=date(2026, 2, 1), opportunities=DATED)
    assert [counter("incubate", early).pace, counter("incubate", early).behind] == [0, 0]


def test_nobody_is_behind_for_want_of_figures() -> None:
    """A quarter that ended and that nobody knows is a gap, not a zero."""
    targets = {"year": {"incubate": "4"}}
    held = [{"date": "2026-04-01", "actual": {"incubate": "1"}}]
    found = counter("incubate", state({"targets": targets, "reviews": held}))
    assert found.total == 1
    assert found.gaps == 2
    assert found.behind is None
    held += [{"date": f"2026-{month}-01", "actual": {"incubate": "1"}} for month in ("07", "10")]
    found = counter("incubate", state({"targets": targets, "reviews": held}))
    assert [found.total, found.gaps, found.behind] == [3, 0, 0]


def test_the_running_quarter_is_marked() -> None:
    """On its first and on its last day; of a year that is over, none runs."""
    for day, at in ((date(2026, 4, 1), 2), (date(2026, 6, 30), 2), (date(2026, 12, 31), 4)):
        found = state({}, today=day)
        assert found.quarter == at
        assert [one.running for one in found.counters[0].quarters] == [n == at for n in range(1, 5)]
    over = state({}, today=date(2027, 1, 1))
    assert over.quarter == 0
    assert not any(one.running or one.to_come for one in over.counters[0].quarters)


def test_reviews_are_owed_and_overdue() -> None:
    """Held in order of days, whatever their order in the file; overdue from the day after."""
    held = [{"date": "2026-07-02"}, {"date": "2026-04-10"}, {"date": "2025-12-31"},
            {"date": "2026-12-01"}]  # fmt: skip
    found = state({"reviews": held})
    days = [one.review and one.review.date.text for one in found.reviews]
    assert days == ["2026-04-10", "2026-07-02", None, None]
    assert [one.overdue for one in found.reviews] == [False, False, True, False]
    on_the_day = state({"reviews": held}, today=date(2026, 10, 1))
    assert not any(one.overdue for one in on_the_day.reviews)


def test_who_needs_a_plan() -> None:
    """Class A and important C; others don't (CRM30, l. 95), and neither do the unclassed."""
    assert plan_required("a", important=False)
    assert plan_required("c", important=True)
    assert not any(plan_required(letter, important=False) for letter in ("b", "c", "d", None))
    assert plan_state(account(), policy(), TODAY) is None


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (["2026-07-02"], [None, "2026-07-02", None, None]),
        (["2026-03-20", "2026-06-10"], ["2026-03-20", "2026-06-10", None, None]),
        (["2026-05-20"], ["2026-05-20", None, None, None]),
        (["2026-04-01", "2026-04-20"], ["2026-04-01", "2026-04-20", None, None]),
        (["2026-02-01"], ["2026-02-01", None, None, None]),
        (["2025-12-30", "2026-11-20"], [None, None, "2026-11-20", None]),
        (["2027-01-05"], [None, None, None, None]),
    ],
)
def test_a_review_counts_for_its_day(held: list[str], expected: list[str | None]) -> None:
    """Not for the first that is free: a review that was skipped stays owed, figures keep theirs."""
    found = state({"reviews": [{"date": day} for day in held]})
    assert [one.review and one.review.date.text for one in found.reviews] == expected
