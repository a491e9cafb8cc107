"""BANT: verdicts that the figures overrule, the weakest letter, and who is no prospect."""

from __future__ import annotations

from typing import Any

import pytest

from briefbook.analyse.deals import LETTERS, Bant, bant, is_open
from tests.small import account, policy

BOOK = policy("currency: USD\nrates: {as_of: 2026-06-30, CNY: 0.14}\n")
YES = {name: {"verdict": "yes"} for name in LETTERS}


def judged(letters: dict[str, Any] | None = None, **fields: Any) -> Bant:
    """The verdict on a deal."""
    given = {"bant": letters} if letters is not None else {}
    made = account(opportunities={"a": {"name": "A", **given, **fields}})
    return bant(made.opportunities["a"], BOOK)


def words(of: Bant) -> list[str]:
    """The verdicts of the four letters."""
    return [one.verdict for one in of.letters]


def test_a_salary_buys_no_sports_car() -> None:
    """Rule 10, SimCRM l. 26: USD 3,000 a month against 1 m fails, whatever somebody wrote."""
    letters = {**YES, "budget": {"verdict": "yes", "amount": "3,000 USD a month"}}
    found = judged(letters, value="1 m USD")
    assert words(found) == ["no", "yes", "yes", "yes"]
    assert found.letters[0].overruled
    assert (found.weakest, found.verdict, found.prospect) == ("budget", "no", True)
    assert found.why.rule == "bant"
    assert (found.why.numbers["amount"], found.why.numbers["value"]) == (36_000, 1_000_000)


@pytest.mark.parametrize(
    ("amount", "value", "written", "verdict", "overruled"),
    [("1 m USD", "1 m USD", None, "yes", True),
     ("1 m USD", "1 m USD", "partly", "partly", False),
     ("1 m USD", "1 m USD", "no", "no", False),
     ("999,999 USD", "1 m USD", None, "no", True),
     ("999,999 USD", "1 m USD", "no", "no", False),
     ("999,999 USD", "1 m USD", "partly", "no", True),
     ("7 m CNY", "1 m USD", "yes", "no", True),
     ("8 m CNY", "1 m USD", None, "yes", True),
     ("100,000 USD a month", "1 m USD a year", "unknown", "yes", True),
     (None, "1 m USD", "yes", "yes", False),
     (None, "1 m USD", None, "unknown", False),
     ("5 m USD", None, None, "unknown", False),
     ("5 m EUR", "1 m USD", None, "unknown", False),
     ("5 m EUR", "1 m USD", "yes", "yes", False),
     ("5 m USD", "1 m EUR", None, "unknown", False)],
)  # fmt: skip
def test_a_budget_is_weighed_against_the_value(
    amount: str | None, value: str | None, written: str | None, verdict: str, overruled: bool
) -> None:
    """Below the value it fails; unknown, or in a currency without a rate, it is unknown."""
    budget = {name: text for name, text in (("amount", amount), ("verdict", written)) if text}
    found = judged({"budget": budget}, **({"value": value} if value else {}))
    assert (found.letters[0].verdict, found.letters[0].overruled) == (verdict, overruled)


@pytest.mark.parametrize(
    ("letters", "weakest", "verdict"),
    [(YES, "budget", "yes"),
     ({**YES, "timeline": {"verdict": "partly"}}, "timeline", "partly"),
     ({**YES, "timeline": {"decides_by": "2027-02"}}, "timeline", "unknown"),
     ({**YES, "authority": {"verdict": "no"}, "timeline": {}}, "authority", "no"),
     ({**YES, "authority": {"verdict": "partly"}, "timeline": {"verdict": "unknown"}}, "timeline",
      "unknown"),
     ({"need": {"verdict": "yes"}}, "budget", "unknown"),
     ({}, "budget", "unknown"), (None, "budget", "unknown")],
)  # fmt: skip
def test_the_whole_is_as_strong_as_its_weakest_letter(
    letters: dict[str, Any] | None, weakest: str, verdict: str
) -> None:
    """No is weaker than unknown, unknown than partly; of equal ones the first is named."""
    found = judged(letters)
    assert (found.weakest, found.verdict, found.prospect) == (weakest, verdict, True)


def test_without_a_need_nobody_is_a_prospect() -> None:
    """It is named before all other letters; an unknown need is only unknown."""
    letters = {"budget": {"verdict": "no"}, "authority": {"verdict": "no"},
               "need": {"verdict": "no"}}  # fmt: skip
    found = judged(letters)
    assert (found.weakest, found.verdict, found.prospect) == ("need", "no", False)
    assert judged({"need": {"verdict": "unknown"}}).prospect


@pytest.mark.parametrize(
    ("deal", "expected"),
    [({}, True), ({"stage": "incubating"}, True), ({"stage": "captured"}, True),
     ({"stage": "signed"}, False), ({"stage": "lost"}, False), ({"signed": "2026-01-01"}, False),
     ({"lost": "2026-01-01"}, False)],
)  # fmt: skip
def test_open_is_what_may_still_be_signed(deal: dict[str, Any], expected: bool) -> None:
    """Neither signed nor lost, by stage or by day."""
    made = account(opportunities={"a": {"name": "A", **deal}})
    assert is_open(made.opportunities["a"]) is expected
