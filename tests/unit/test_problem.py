"""A problem is one line that a terminal and an editor understand, in an order that never moves."""

from __future__ import annotations

import itertools
import json

import pytest

from briefbook.problem import (
    ContentError,
    Place,
    error,
    escape,
    failed,
    of_row,
    ordered,
    warning,
)

HERE = Place("accounts/x.yml", 3, 7)


def test_a_problem_is_one_line() -> None:
    """`file:line:column: severity rule: message (hint)`."""
    assert str(error("id", HERE, "No id.", "Rename it.")) == (
        "accounts/x.yml:3:7: error id: No id. (Rename it.)"
    )
    assert str(warning("stale", HERE, "Old.")) == "accounts/x.yml:3:7: warning stale: Old."


def test_a_place_without_a_line_is_the_first() -> None:
    """Editors jump to 1:1, never to 0:0."""
    assert str(Place("book.yml")) == "book.yml:1:1"


def test_nothing_from_a_file_moves_the_cursor_or_the_direction() -> None:
    """Control characters, line ends and direction marks are shown, not sent."""
    hostile = "a\x1b[31mb\nc\u202ed\x00\udcff"
    line = str(error("id", Place(hostile, 1, 1), hostile, hostile))
    assert line.isprintable()
    assert escape("Điện lực 供应链 😀") == "Điện lực 供应链 😀"


def test_order_is_by_place_and_the_same_for_any_input() -> None:
    """Line 9 stands before line 10; twins are told once."""
    problems = [
        error("b", Place("a.yml", 10, 1), "x"),
        error("b", Place("a.yml", 9, 1), "x"),
        error("b", Place("a.yml", 9, 1), "x", "other hint"),
        warning("a", Place("a.yml", 9, 1), "x"),
        error("b", Place("A.yml", 99, 1), "x"),
        error("b", Place("a.yml", 10, 1), "x"),
    ]
    expected = ordered(problems)
    assert len(expected) == 5
    assert [one.place.line for one in expected] == [99, 9, 9, 9, 10]
    assert all(ordered(some) == expected for some in itertools.permutations(problems))


def test_a_problem_comes_back_from_its_row() -> None:
    """All of it, through JSON too; what is no row is no problem."""
    problem = warning("a", Place("a.yml", 3, 2), "what", "hint")
    assert of_row(json.loads(json.dumps(problem.row))) == problem
    with pytest.raises(ValueError, match="values to unpack"):
        of_row(problem.row[1:])


def test_an_error_carries_every_problem() -> None:
    """The exception and its text hold all of them."""
    raised = ContentError([error("b", HERE, "two"), warning("a", Place("a.yml"), "one")])
    assert [one.rule for one in raised.problems] == ["a", "b"]
    assert str(raised).count("\n") == 1


def test_only_errors_fail() -> None:
    """Warnings alone stop nothing."""
    assert not failed([])
    assert not failed([warning("a", HERE, "x")])
    assert failed([warning("a", HERE, "x"), error("b", HERE, "x")])
