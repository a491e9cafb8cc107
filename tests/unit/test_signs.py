"""Warning signs (rule 19): what each one sees, and what it leaves alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from briefbook.analyse.due import due
from briefbook.analyse.signs import Sign, notice_by, signs
from briefbook.analyse.standing import standing
from briefbook.words import Words
from tests.small import TODAY, account, policy, record

CLASS_A = {"value_to_us": {"contribution": {"2025": "30 m CNY"}, "potential": "40 m CNY"}}
ROLES = ("decision-maker", "champion", "sponsor")


def found(fields: dict[str, Any], book: str = "", today: date = TODAY) -> tuple[Sign, ...]:
    """The signs of an account with these fields."""
    one = record("account", "one", {"name": "One", "industry": "retail", **fields})
    of = policy(book)
    return signs(one.value, standing(one.value, of, today), tuple(due(one, of, today)), of, today)


def kinds(fields: dict[str, Any], **more: Any) -> list[str]:
    """Only what they are."""
    return [one.kind for one in found(fields, **more)]


def test_an_account_without_figures_has_no_sign() -> None:
    """What nobody has written down is missing, and no warning."""
    assert found({}) == ()
    assert found({"health": {"is": "red"}}) == ()


@pytest.mark.parametrize(
    ("fields", "since"),
    [({"contacts": [{"date": "2026-11-08"}]}, None),
     ({"contacts": [{"date": "2026-11-07"}]}, "2026-11-21"),
     ({"contacts": [{"date": "2026-11-07"}, {"date": "2026-11-20"}]}, None),
     ({"contacts": [{"date": "2026-11-01"}, {"date": "2026-12-24"}]}, "2026-11-15"),
     ({"customer_since": "2026-01-01"}, "2026-01-15"),
     ({"customer_since": "2026-11-20"}, None),
     ({}, None)],
)  # fmt: skip
def test_silence_is_longer_than_the_book_allows(fields: dict[str, Any], since: str | None) -> None:
    """Class A: 14 days after the last talk that was held, or after the first day as a customer."""
    seen = found({**CLASS_A, **fields})
    assert [str(one.why.numbers["since"]) for one in seen] == ([since] if since else [])
    assert all((one.kind, one.part) == ("silent", "contacts") for one in seen)


def test_silence_is_judged_by_class() -> None:
    """The book's own days; without a class there is no such day."""
    talk = {"contacts": [{"date": "2026-10-01"}]}
    assert kinds(talk) == []
    assert kinds({**CLASS_A, **talk}) == ["silent"]
    assert kinds({**CLASS_A, **talk}, book="contact_every: {a: 2 months}\n") == []
    endless = "contact_every: {a: 900000 years}\n"
    assert kinds({**CLASS_A, **talk}, book=endless) == []


@pytest.mark.parametrize(
    ("until", "deal", "expected"),
    [("2027-02-20", {}, True), ("2027-02-21", {}, False), ("2026-11-22", {}, True),
     ("2026-11-21", {}, False),
     ("2027-02-01", {"signed": "2026-11-03"}, False),
     ("2027-02-01", {"signed": "2026-11-02"}, True),
     ("2027-02-01", {"signed": "2026-11-23"}, True),
     ("2027-02-01", {"expected": "2026-11-10"}, True)],
)  # fmt: skip
def test_a_contract_that_ends_wants_a_renewal(
    until: str, deal: dict[str, str], expected: bool
) -> None:
    """Within 90 days of its end, unless something was signed since these days began."""
    fields = {"contract": {"until": until}, "opportunities": {"a": {"name": "A", **deal}}}
    seen = found(fields)
    assert [(one.kind, one.part) for one in seen] == ([("renewal", "contract")] * expected)


@pytest.mark.parametrize(
    ("years", "expected"),
    [({"2024": "8 m CNY", "2025": "7.9 m CNY"}, True),
     ({"2024": "8 m CNY", "2025": "8 m CNY"}, False),
     ({"2023": "9 m CNY", "2025": "8 m CNY"}, False), ({"2025": "8 m CNY"}, False),
     ({"2025": "8 m CNY", "2026": "1 m CNY"}, False)],
)  # fmt: skip
def test_contribution_falls_from_one_full_year_to_the_next(
    years: dict[str, str], expected: bool
) -> None:
    """A year that is missing, or still runs, proves nothing."""
    seen = found({"value_to_us": {"contribution": years}})
    assert [one.kind for one in seen] == ["falling"] * expected
    if seen:
        assert seen[0].why.numbers == {"now": 7_900_000, "before": 8_000_000, "year": "2025"}


def test_a_role_is_missing_or_gone() -> None:
    """Each that the book asks for; a team that nobody has written down lacks nothing."""
    people: dict[str, Any] = {
        "coo": {"roles": ["decision-maker"]},
        "cfo": {"roles": ["sponsor"], "left": "2026-06"},
        "cio": {"roles": ["champion"], "left": "2027-01"},
    }
    seen = found({"people": people})
    assert [(one.kind, one.why.numbers["role"]) for one in seen] == [("role-gone", "sponsor")]
    only = "must_have_roles: [gatekeeper]\n"
    (one,) = found({"people": people}, book=only)
    assert (one.kind, one.why.numbers["role"], one.part) == ("role-missing", "gatekeeper", "people")
    assert kinds({"people": {"coo": {}}}) == ["role-missing"] * len(ROLES)


def test_reviews_and_promises_are_overdue() -> None:
    """Counted, with the first day; on its own day nothing is overdue."""
    promised = [
        {"date": "2026-09-01", "promised": {"what": what, "by": by}}
        for what, by in (("A", "2026-11-20"), ("B", "2026-10-20"), ("C", "2026-11-22"))
    ]
    fields = {"contacts": promised, "plan": {"year": "2026", "reviews": [{"date": "2026-04-01"}]}}
    review, promise = found(fields)
    assert (review.kind, review.part) == ("review-overdue", "plan")
    assert review.why.numbers == {"day": date(2026, 7, 1), "n": 2}
    assert (promise.kind, promise.part) == ("promise-overdue", "contacts")
    assert promise.why.numbers == {"day": date(2026, 10, 20), "n": 2}


@pytest.mark.parametrize(
    ("scores", "fell"),
    [([("2026-01-01", "8", "10"), ("2026-07-01", "7", "10")], True),
     ([("2026-07-01", "7", "10"), ("2026-01-01", "8", "10")], True),
     ([("2026-01-01", "8", "10"), ("2026-07-01", "4", "5")], False),
     ([("2026-01-01", "8", "10"), ("2026-07-01", "70", "100")], True),
     ([("2026-01-01", "9", "10"), ("2026-03-01", "5", "10"), ("2026-07-01", "6", "10")], False),
     ([("2026-07-01", "1", "10")], False)],
)  # fmt: skip
def test_satisfaction_fell_with_the_latest_score(
    scores: list[tuple[str, str, str]], fell: bool
) -> None:
    """By date, not by place in the file; as shares, for scales may differ."""
    given = [{"date": day, "score": score, "of": of} for day, score, of in scores]
    seen = found({"satisfaction": given})
    assert [one.kind for one in seen] == ["satisfaction"] * fell
    if fell:
        assert seen[0].why.numbers["now"] == Decimal("0.7")


def test_signs_stand_in_one_order_and_name_their_rule() -> None:
    """That of rule 19; every kind has a sentence."""
    fields = {
        "value_to_us": {"contribution": {"2024": "31 m CNY", "2025": "30 m CNY"},
                        "potential": "40 m CNY"},
        "contacts": [{"date": "2026-01-01", "promised": {"what": "A", "by": "2026-02-01"}}],
        "contract": {"until": "2026-12-01"},
        "people": {"a": {"roles": ["sponsor"], "left": "2026-01"},
                   "b": {"roles": ["champion"]}},
        "plan": {"year": "2026"},
        "satisfaction": [{"date": f"2026-0{n}-01", "score": f"{9 - n}"} for n in (1, 2)],
    }  # fmt: skip
    seen = found(fields)
    assert [one.kind for one in seen] == [
        "silent", "renewal", "falling", "role-missing", "role-gone", "review-overdue",
        "promise-overdue", "satisfaction",
    ]  # fmt: skip
    assert {one.why.rule for one in seen} == {"warning-signs"}
    assert all(Words("en").has(f"sign.{one.kind}") for one in seen)


@pytest.mark.parametrize(
    ("contract", "day"),
    [({"until": "2027-03-31", "notice": "90 days"}, date(2026, 12, 31)),
     ({"until": "2027-03-31", "notice": "2 weeks"}, date(2027, 3, 17)),
     ({"until": "2027-03-31", "notice": "9,000 years"}, date.min),
     ({"until": "2027-03-31"}, None), ({"notice": "90 days"}, None), (None, None)],
)  # fmt: skip
def test_the_last_day_for_notice(contract: dict[str, str] | None, day: date | None) -> None:
    """Counted back from the contract's last day; a notice beyond the calendar is no error."""
    given = account(contract=contract) if contract else account()
    assert notice_by(given) == day
