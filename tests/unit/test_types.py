"""The types of fields: what each accepts, what it says otherwise; records do not change."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from briefbook.model import Account, Book, Company
from briefbook.model.schema import KINDS
from briefbook.model.types import Frozen
from briefbook.quantity import Quantity
from tests.samples import full, tree


def account(**fields: Any) -> Account:
    """An account with these fields."""
    return Account.model_validate({"name": "x", "industry": "y", **fields})


def rules(**fields: Any) -> list[str]:
    """The rules that refuse these fields of an account."""
    with pytest.raises(ValidationError) as refused:
        account(**fields)
    return [one["type"] for one in refused.value.errors()]


@pytest.mark.parametrize(
    "name", ["Null", "ON", "~", "true", "0111", "1e3", "{{ 7*7 }}", "<b>", "供应链"]
)
def test_a_name_stays_what_was_typed(name: str) -> None:
    """A company called Null, a ticker ON, a code 0111."""
    assert Company.model_validate({"name": name, "ticker": name}).ticker == name


def test_a_line_is_one_line() -> None:
    """Line breaks and runs of spaces become one space; 400 characters is the end."""
    assert account(name=" a\n  b ").name == "a b"
    assert account(name="x" * 400).name
    assert rules(name="x" * 401) == ["too-long"]
    assert rules(name=" ") == ["empty-value"]
    assert rules(name="") == ["empty-value"]


@pytest.mark.parametrize(
    "bad",
    ["", "A", "a_b", "-a", "a-", "a" * 64, "a/b", "../a", " a", "a\n", "ä", "%2e", "a.b", "."],
)
def test_what_is_no_id_is_refused_as_key_and_as_reference(bad: str) -> None:
    """The same rule for both; the empty text is an empty value."""
    expected = {"id"} if bad else {"empty-value"}
    assert set(rules(industry=bad)) == expected
    assert set(rules(people={bad: {"name": "x"}})) == expected


def test_references_of_two_parts_have_one_slash() -> None:
    """`company/jd` where several kinds fit."""
    assert account(tactics=[{"tactic": "promote/annual-budget"}]).tactics
    assert rules(tactics=[{"tactic": "a/b/c"}]) == ["id"]
    assert rules(tactics=[{"tactic": "a/"}]) == ["id"]


@pytest.mark.parametrize(
    "url", ["https://example.com", "http://example.com/a?b=c#d", "https://example.com/@name"]
)
def test_web_addresses(url: str) -> None:
    """With a host, by http or https."""
    assert Book.model_validate({"name": "x", "repository": url}).repository == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x",
        "//host/x",        "https://", "https:host", "https://a b", "https://u:p@host/", "https://host\\@evil/",
        "ftp://host/", "https://[::1", "https://ho\x00st/", "HTTPS", "mailto:a@b.c",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """No other scheme, no user name, nothing that browsers read otherwise."""
    with pytest.raises(ValidationError) as refused:
        Book.model_validate({"name": "x", "repository": url})
    assert [one["type"] for one in refused.value.errors()] == ["url"]


def test_choices_help() -> None:
    """The nearest word first, then all of them."""
    with pytest.raises(ValidationError) as refused:
        account(lifecycle="Improv")
    (one,) = refused.value.errors()
    assert one["type"] == "choice"
    assert one["ctx"]["hint"].startswith("Did you mean `improve`? Use acquire,")


@pytest.mark.parametrize("bad", ["true", "Yes", "1", "on"])
def test_yes_and_no_are_the_only_flags(bad: str) -> None:
    """No other word of any version of YAML."""
    assert account(sample="yes").sample is True
    assert account(sample="no").sample is False
    assert rules(sample=bad) == ["choice"]


@pytest.mark.parametrize("bad", ["-1", "1.5", "101", "1e1", "٣", "9" * 5000, "+1"])
def test_whole_numbers_have_bounds(bad: str) -> None:
    """Digits alone."""
    scored = account(satisfaction=[{"date": "2026-07-01", "score": "8"}])
    assert (scored.satisfaction[0].score, scored.satisfaction[0].of) == (8, 10)
    assert rules(satisfaction=[{"date": "2026-07-01", "score": bad}]) == ["number"]


@pytest.mark.parametrize("bad", ["1.0e+400", ".inf", ".nan", "0x10"])
def test_numbers_of_machines_are_no_amounts(bad: str) -> None:
    """What YAML would read as infinite is refused with a place."""
    assert rules(profile={"annual_revenue": bad}) == ["quantity"]


def test_a_fact_is_the_same_short_or_long() -> None:
    """The short form has no evidence."""
    short = account(profile={"employees": "3200"})
    long = account(profile={"employees": {"value": "3200"}})
    assert short == long
    assert short.profile is not None
    assert short.profile.employees is not None
    assert isinstance(short.profile.employees.value, Quantity)
    assert short.profile.employees.source == ()


def test_a_source_is_one_id_or_a_list() -> None:
    """Both give a tuple."""
    one = account(goals=[{"period": "2026", "goal": "x", "source": "a"}])
    two = account(goals=[{"period": "2026", "goal": "x", "source": ["a", "b"]}])
    assert (one.goals[0].source, two.goals[0].source) == (("a",), ("a", "b"))


def test_records_do_not_change() -> None:
    """Neither fields, nor lists, nor maps."""
    made = account(people={"coo": {"name": "x"}}, aliases=["a"])
    with pytest.raises(ValidationError):
        made.__setattr__("name", "y")
    assert isinstance(made.aliases, tuple)
    assert isinstance(made.people, Frozen)
    for change in ("__setitem__", "update", "pop", "setdefault", "clear"):
        with pytest.raises(TypeError):
            getattr(made.people, change)("coo", None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_every_field_reads_back_equal(kind: str) -> None:
    """Written as plain values and read again: the same record; each example is sound."""
    made = KINDS[kind].model_validate(full(kind))
    plain = made.model_dump(mode="json", by_alias=True, exclude_unset=True)
    again = KINDS[kind].model_validate(texts(plain))
    assert again == made
    assert len(plain) == len(full(kind))


def test_a_book_goes_to_another_process_and_does_not_change_there() -> None:
    """Workers may need that of another day; its maps are as closed there as here."""
    made = Book.model_validate(full("book"))
    again = pickle.loads(pickle.dumps(made))  # noqa: S301 - these very bytes were just written
    assert again == made
    assert maps(again) == maps(made) > 0


def maps(value: Any) -> int:
    """How many closed maps a record holds."""
    inside = value.values() if isinstance(value, dict) else value
    if isinstance(value, BaseModel):
        inside = [getattr(value, name) for name in type(value).model_fields]
    elif not isinstance(value, (dict, list, tuple)):
        return 0
    return isinstance(value, Frozen) + sum(map(maps, inside))


def texts(data: Any) -> Any:
    """All scalars as text, as the reader gives them."""
    if isinstance(data, dict):
        return {key: texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [texts(value) for value in data]
    return data if isinstance(data, str) else str(data)


def test_the_shortest_account() -> None:
    """Only what identifies a record is required; the rest is missing, never zero."""
    made = Account.model_validate(tree("name: x\nindustry: y\n").data)
    given = made.model_dump(exclude_unset=True)
    assert given == {"name": "x", "industry": "y"}
    assert made.value_to_us is None
    assert made.contract is None
