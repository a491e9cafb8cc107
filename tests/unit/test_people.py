"""People: steps from the CEO, closeness and its roll-ups, coverage, gaps, ways in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from briefbook.analyse.closeness import begins, has_left, weighted
from briefbook.analyse.people import bosses, study
from briefbook.model.people import ROLES
from briefbook.quantity import when
from tests.browser import REPO
from tests.independent import closeness as independent
from tests.small import TODAY, account, content, html, policy, sample, sample_pages, site


def found(people: dict[str, Any], book: str = "", **fields: Any) -> Any:
    """What the people of an account say."""
    return study(account(people=people, **fields), policy(book), TODAY)


def mark(now: int | None = None, target: int | None = None) -> dict[str, str]:
    """A measure as it is written."""
    given = {"now": now, "target": target}
    return {name: str(value) for name, value in given.items() if value is not None}


def test_overall_is_the_weighted_mean_of_what_is_known() -> None:
    """Rule 11: 40, 35 and 25 %; what is not known has no part in the mean."""
    people = {
        "a": {"relation": mark(3, 4), "solution": mark(4, 4), "price": mark(2, 3)},
        "b": {"relation": mark(1, 3), "price": mark(2, 2)},
        "c": {},
    }
    said = found(people).people
    assert said["a"].closeness.now == Decimal("3.1")
    assert said["a"].closeness.target == Decimal("3.75")
    assert said["b"].closeness.now == (Decimal(40) + 2 * Decimal(25)) / 65
    assert said["c"].closeness.now is None
    assert said["c"].closeness.gap is None


def test_groups_weigh_by_influence_and_leave_out_who_left() -> None:
    """Rule 11: high 3, medium 2, low 1, not known 1; whoever left counts nowhere."""
    people = {
        "a": {"influence": "high", "relation": mark(1, 5), "department": "x"},
        "b": {"influence": "medium", "relation": mark(4, 4), "department": "y"},
        "c": {"relation": mark(5, 5), "department": "y"},
        "d": {"influence": "high", "relation": mark(5, 5), "left": "2026-06", "department": "y"},
        "e": {"influence": "low", "department": "y"},
    }
    said = found(people)
    assert said.account.closeness.now == Decimal(3 + 8 + 5) / 6
    counts = said.account.counts
    assert (counts.people, counts.known, counts.left, counts.unweighted) == (4, 3, 1, 1)
    assert [(one.name, one.closeness.now) for one in said.departments] == [
        ("x", Decimal(1)), ("y", Decimal(13) / 3)
    ]  # fmt: skip


def test_gaps_are_sorted_by_gap_times_influence() -> None:
    """Rule 11: a small gap of someone powerful may count more than a large one of another."""
    people = {
        "low": {"influence": "low", "relation": mark(1, 4)},
        "high": {"influence": "high", "relation": mark(2, 4)},
        "done": {"influence": "high", "relation": mark(4, 4)},
        "left": {"influence": "high", "relation": mark(0, 5), "left": "2025"},
    }
    said = found(people)
    assert said.urgent == ("high", "low")
    assert said.people["high"].urgency == 6


def test_steps_are_counted_from_the_only_top() -> None:
    """Requirement 19: the root is 0, each reporting line one step."""
    people = {"c": {"reports_to": "b"}, "b": {"reports_to": "a"}, "a": {}}
    said = found(people)
    assert {id: one.distance for id, one in said.people.items()} == {"a": 0, "b": 1, "c": 2}


@pytest.mark.parametrize(
    ("titles", "top"),
    [
        ({"a": "Head", "b": "Head"}, None),
        ({"a": "Chief executive officer", "b": "Head"}, "a"),
        ({"a": "Head", "b": "Tổng giám đốc"}, "b"),
        ({"a": "CEO", "b": "Chief executive of the group"}, None),
        ({"a": "Deputy CEO", "b": "Head"}, None),
    ],
)
def test_of_several_tops_the_one_called_ceo_counts(titles: dict[str, str], top: str | None) -> None:
    """Where nobody can tell who the CEO is, distances are unknown, never zero."""
    people = {id: {"title": title} for id, title in titles.items()}
    below = {f"{id}-team": {"reports_to": id} for id in titles}
    said = found({**people, **below})
    assert said.top == top
    assert set(said.tops) == set(titles)
    for id in titles:
        assert said.people[f"{id}-team"].distance == (1 if id == top else None)


def test_people_without_a_place_do_not_hide_the_top() -> None:
    """Somebody whose boss is not written has no distance; the others keep theirs."""
    said = found({"a": {}, "b": {"reports_to": "a"}, "c": {}})
    assert said.top == "a"
    assert said.people["b"].distance == 1
    assert said.people["c"].distance is None


def test_loops_and_unknown_bosses_are_tops() -> None:
    """The walk ends whatever is written."""
    people = account(people={
        "a": {"reports_to": "b"}, "b": {"reports_to": "a"}, "c": {"reports_to": "nobody"},
        "d": {"reports_to": "c"},
    }).people  # fmt: skip
    assert bosses(people) == {"d": "c"}


@pytest.mark.parametrize(
    ("written", "first", "gone"),
    [("2026-11", date(2026, 11, 1), True), ("2026", date(2026, 1, 1), True),
     ("2027-Q1", date(2027, 1, 1), False), ("2026-11-23", date(2026, 11, 23), False),
     ("2026-11-22", date(2026, 11, 22), True)],
)  # fmt: skip
def test_leaving_begins_with_the_first_day_of_what_is_written(
    written: str, first: date, gone: bool
) -> None:
    """Whoever left in the month that runs is gone; whoever leaves next quarter is not."""
    assert begins(when(written)) == first
    assert has_left(account(people={"a": {"left": written}}).people["a"], TODAY) is gone


def test_coverage_names_who_has_a_role_and_who_left_with_it() -> None:
    """Rule 19's must-have roles: there, gone, or never known."""
    people = {
        "a": {"roles": ["champion"], "left": "2026-06"},
        "b": {"roles": ["decision-maker", "sponsor"]},
    }
    roles = {one.role: (one.holders, one.gone) for one in found(people).roles}
    assert roles == {
        "decision-maker": (("b",), ()), "champion": ((), ("a",)), "sponsor": (("b",), ()),
    }  # fmt: skip
    assert [one.role for one in found(people, "must_have_roles: [user]\n").roles] == ["user"]
    assert {"decision-maker", "champion", "sponsor"} <= set(ROLES)


def test_old_people_count_and_are_counted() -> None:
    """Rule 11: not verified for longer than `fresh_for.person` is counted, and shown as old."""
    people = {
        "fresh": {"verified": "2026-05-22", "relation": mark(1, 1)},
        "old": {"verified": "2026-05-21", "relation": mark(3, 3)},
        "never": {"relation": mark(5, 5)},
    }
    said = found(people)
    assert [id for id, one in said.people.items() if one.old] == ["old", "never"]
    assert said.people["old"].stale_since == date(2026, 11, 21)
    assert said.account.counts.old == 2
    assert said.account.closeness.now == 3


def test_a_way_in_leads_from_a_friend_to_whoever_decides() -> None:
    """The shortest way along influence, never through someone who left."""
    people = {
        "boss": {"roles": ["decision-maker"], "stance": "neutral"},
        "friend": {"stance": "supporter"},
        "between": {"stance": "neutral"},
        "gone": {"stance": "mentor", "left": "2025"},
    }
    edges = [
        {"from": "friend", "to": "between"}, {"from": "between", "to": "boss"},
        {"from": "gone", "to": "boss"},
    ]  # fmt: skip
    assert found(people, influences=edges).ways == (("friend", "between", "boss"),)


def test_weights_of_nothing_give_no_mean() -> None:
    """No division by zero."""
    assert weighted([]) is None
    assert weighted([(Decimal(3), 0)]) is None


BUYER = """\
name: Some
industry: retail
people:
  ceo: {name: Ada, title: Chief executive}
  buyer:
    name: Bo
    title: Head of purchasing
    reports_to: ceo
    roles: [buyer]
    education: Economics
    behaviour: Compares three offers
    experience: Twelve years there
    drivers: [money, power]
"""
PERSONAL = "    personal: {gender: female, age: 45, personality: careful}\n"
ALLOWED = "name: Us\npersonal_attributes: {allowed: yes, because: Agreed with all}\n"


def test_the_ten_attributes_of_the_buyer_are_shown() -> None:
    """Requirement 19: ten attributes; gender, age and personality only if the book allows them."""
    files = {"accounts/some.yml": BUYER + PERSONAL, "industries/retail.yml": "name: Retail\n"}
    made = html(site(content({**files, "book.yml": ALLOWED})), "/accounts/some/people/")
    row = made.partition('class="bb-table bb-org-details"')[2].partition("</table>")[0]
    row = row.partition("Bo <")[2].partition("</tr>")[0]
    for said in (
        "Head of purchasing", "buyer", '<td class="bb-n">1</td>', "Economics", "Compares three",
        "Twelve years", "money, power", "Gender female", "Age 45", "Personality careful",
    ):  # fmt: skip
        assert said in row
    plain = html(site(content(files)), "/accounts/some/people/")
    assert "careful" not in plain
    assert "does not allow personal attributes" in plain


def test_pages_say_what_an_independent_script_computes() -> None:
    """Every account of the sample: roll-ups, distances and coverage agree with the YAML itself."""
    own = sample().content
    made = {address: one.json for address, one in sample_pages().items()}
    expected = independent.accounts(REPO / "content", TODAY)
    assert len(expected) == len(own.accounts) > 20
    seen = 0
    for id, said in expected.items():
        told = made[f"/accounts/{id}/"]
        assert told is not None
        derived = {(one["name"], one.get("of")): one for one in told["derived"]}
        if not said["people"]:
            assert ("closeness", None) not in derived
            continue
        _same(derived[("closeness", None)], said["account"])
        for name, group in said["departments"].items():
            _same(derived[("closeness-of-department", name)], group)
        people = derived[("people", None)]["numbers"]
        for who, one in said["people"].items():
            for field in ("now", "target", "weight", "left", "old", "distance"):
                assert people[who][field] == one[field], (id, who, field)
            seen += 1
        assert derived[("must-have-roles", None)]["value"] == said["lacking"]
    assert seen > 80


def _same(told: Any, expected: dict[str, Any]) -> None:
    assert told["value"] == expected["now"]
    for field, value in expected.items():
        assert told["numbers"].get(field) == value, field
