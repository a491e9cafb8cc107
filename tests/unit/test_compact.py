"""Records of little memory are the same as those that pydantic makes, and refused for the same."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from briefbook.model import Account, Book, Part
from briefbook.model.compact import reader
from briefbook.model.schema import KINDS
from tests.samples import full


def account(**fields: Any) -> Account:
    """An account with these fields."""
    made: Account = reader(Account)({"name": "x", "industry": "y", **fields})
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_they_are_what_the_type_says(kind: str) -> None:
    """Of every field, and of as few as there may be; what was written is known as well."""
    for data in (full(kind), {name: full(kind)[name] for name in needed(KINDS[kind])}):
        made, meant = reader(KINDS[kind])(data), KINDS[kind].model_validate(data)
        assert type(made) is KINDS[kind]
        assert made == meant
        assert made.model_dump(exclude_unset=True) == meant.model_dump(exclude_unset=True)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_is_told_in_the_same_words(kind: str) -> None:
    """Anything that is missing, unknown, empty or of another shape, wherever it stands."""
    wrong = list(spoilt(full(kind)))
    assert wrong
    for data in wrong:
        assert told(reader(KINDS[kind]), data) == told(KINDS[kind].model_validate, data)


def test_parts_of_the_same_texts_are_one_and_no_others() -> None:
    """Neither where another field is written, nor where the names of fields are free."""
    one, same, other = (account(difficult={"because": text}).difficult for text in "aab")
    assert one is same
    assert one != other
    now, wanted = (account(people={"a": {"relation": {key: "3"}}}) for key in ("now", "target"))
    assert now.people != wanted.people
    low, high = (reader(Book)({"name": "x", "rates": {"USD": rate}}).rates for rate in "78")
    assert low.of != high.of


def test_they_do_not_change() -> None:
    """Nobody sets a field of a record that was read."""
    with pytest.raises(ValidationError, match="frozen"):
        account().name = "y"  # type: ignore[misc]


def needed(model: type[Part]) -> list[str]:
    """The fields without which a record is none."""
    return [name for name, field in model.model_fields.items() if field.is_required()]


def spoilt(data: Any) -> Iterator[Any]:
    """The same data with one thing wrong, for each place and each way."""
    yield from ([], "", {"no-such-field": "x"}, ["x"], "x" * 401)
    for key in data if isinstance(data, dict) else range(len(data) * isinstance(data, list)):
        rest = deepcopy(data)
        del rest[key]
        yield rest
        for other in spoilt(data[key]):
            whole = deepcopy(data)
            whole[key] = other
            yield whole


def told(read: Any, data: Any) -> Any:
    """The value, or every problem of it."""
    try:
        return read(data)
    except ValidationError as bad:
        return bad.errors(include_url=False)
