"""An index and a seed in, names and ids that nobody bears and that never repeat out."""

from __future__ import annotations

import json
from math import gcd
from pathlib import Path
from random import Random

LANGUAGES = ("en", "vi", "zh")


def _id_and_name(word: str) -> tuple[str, str]:
    id, _, name = word.partition("/")
    return id, name


_WORDS = json.loads(Path(__file__).with_name("names.json").read_bytes())
_PARTS: dict[str, tuple[tuple[tuple[str, str], ...], ...]] = {
    language: tuple(tuple(_id_and_name(word) for word in part) for part in parts)
    for language, parts in _WORDS["accounts"].items()
}
_PEOPLE: dict[str, tuple[list[str], list[str]]] = _WORDS["people"]


def language(index: int) -> str:
    """Accounts take turns in the three languages."""
    return LANGUAGES[index % 3]


def account(index: int, seed: int) -> tuple[str, str]:
    """Id and name of an account; no two of one project have the same."""
    spoken = language(index)
    first, second, third = _PARTS[spoken]
    total = len(first) * len(second) * len(third)
    turn, place = divmod(index // 3, total)
    spot = (place * _step(total) + seed * 37) % total
    a, rest = divmod(spot, len(second) * len(third))
    b, c = divmod(rest, len(third))
    words = (first[a], second[b], third[c])
    id = "-".join(word for word, _ in words)
    name = words[2][1] + words[0][1] + words[1][1] if spoken == "zh" else " ".join(
        word for _, word in words
    )  # fmt: skip
    return (f"{id}-{turn + 1}", f"{name} {turn + 1}") if turn else (id, name)


def _step(total: int) -> int:
    """A stride that visits every place once and puts like names far apart."""
    step = int(total * 0.618)
    while gcd(step, total) != 1:
        step += 1
    return step


def person(spoken: str, draw: Random) -> str:
    """A name as written in a language, the family name where that language puts it."""
    family, given = _PEOPLE[spoken]
    one, other = draw.choice(family), draw.choice(given)
    if spoken == "en":
        return f"{other} {one}"
    return one + other if spoken == "zh" else f"{one} {other}"


def member(index: int) -> tuple[str, str, str]:
    """Id, name and country of one of our own team."""
    spoken = LANGUAGES[index % 3]
    family, given = _PEOPLE[spoken]
    one, other = family[index // 3 % len(family)], given[(index // 3 * 7 + index) % len(given)]
    name = {"en": f"{other} {one}", "vi": f"{one} {other}", "zh": one + other}[spoken]
    return f"csm-{index + 1}", name, {"en": "SG", "vi": "VN", "zh": "CN"}[spoken]
