"""Names in, a code of two letters for each out that no other has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from string import ascii_uppercase

ROOM = len(ascii_uppercase) ** 2
"""How many codes there are."""


def codes(names: Mapping[str, str]) -> Mapping[str, str]:
    """A code by id: initials if they are free, else other letters of the name, else any.

    Ids decide who comes first, so that a code does not move when an amount does.
    """
    if len(names) > ROOM:
        raise ValueError(f"{len(names)} names are more than two letters can tell apart.")
    taken: dict[str, str] = {}
    for id in sorted(names):
        code = next(one for one in _candidates(id, names[id]) if one not in taken)
        taken[code] = id
    return {id: code for code, id in taken.items()}


def _candidates(id: str, name: str) -> Iterator[str]:
    words = _words(name)
    if sum(map(len, words)) < 2:
        words = _words(id)
    initials, letters = "".join(word[0] for word in words), "".join(words)
    for rest in (initials, letters):
        yield from (rest[0] + one for one in rest[1:])
    yield from (one + other for one in letters for other in ascii_uppercase)
    yield from (one + other for one in ascii_uppercase for other in ascii_uppercase)


def _words(text: str) -> list[str]:
    """Words of plain capitals: marks are left out, and so is all that is no Latin letter."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return re.findall("[A-Z]+", "".join(one for one in plain if not unicodedata.combining(one))
                      .upper())  # fmt: skip
