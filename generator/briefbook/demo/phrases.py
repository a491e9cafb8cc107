"""A language and chance in, what people of a made-up account say and write out."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

_VARIANTS: dict[str, dict[str, list[str]]] = json.loads(
    Path(__file__).with_name("phrases.json").read_bytes()
)
"""Variants by language and occasion."""


class Voice:
    """Draws phrases of one language."""

    __slots__ = ("_draw", "_variants")

    def __init__(self, language: str, draw: Random) -> None:
        self._variants = _VARIANTS[language]
        self._draw = draw

    def say(self, slot: str) -> str:
        """One variant for an occasion."""
        variants = self._variants[slot]
        return variants[int(self._draw.random() * len(variants))]

    def two(self, slot: str) -> tuple[str, str]:
        """Two different variants for an occasion."""
        one, other = self._draw.sample(self._variants[slot], 2)
        return one, other

    def title(self, place: int) -> str:
        """Titles from the top of the house downwards, the last ones many times."""
        titles = self._variants["title"]
        return titles[place] if place < 5 else titles[5 + place % (len(titles) - 5)]
