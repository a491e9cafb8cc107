"""A code of ISIC Rev. 4 in, its title out, or the nearest code that exists."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files as packaged
from types import MappingProxyType


@cache
def codes() -> Mapping[str, str]:
    """Titles by code, from section (`G`) to class (`4711`); source and licence: isic4.txt."""
    with packaged("briefbook.model").joinpath("isic4.csv").open(encoding="utf-8") as stream:
        return MappingProxyType({row["code"]: row["title"] for row in csv.DictReader(stream)})


def title(code: str | None) -> str | None:
    """What a code stands for, if it is one."""
    return codes().get(code) if code else None


def nearest(text: str) -> tuple[str, ...]:
    """Codes that may be meant, the likeliest first, at most three.

    The same code in other spelling, else that of the title, else codes of like digits.
    """
    bare = re.sub(r"[\W_]", "", text.removeprefix("ISIC")).upper()
    digits = bare[1:] if bare[:1].isalpha() else bare
    tries = (bare, digits, f"0{digits}", digits.rstrip("0"))
    if found := next((one for one in tries if one in codes()), None):
        return (found,)
    folded = " ".join(text.casefold().split())
    named = tuple(code for code, name in codes().items() if name.casefold() == folded)
    same = [code for code in codes() if len(code) == len(digits)]
    like = difflib.get_close_matches(digits, same, 5, 0.6)
    like.sort(key=lambda code: sorted(code) != sorted(digits))  # exchanged digits first
    return named[:1] or tuple(like[:3])
