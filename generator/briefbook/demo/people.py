"""A language and chance in, the people of one made-up account and how they hang together out."""

from __future__ import annotations

from random import Random
from typing import Any

from briefbook.demo.names import person
from briefbook.demo.phrases import Voice
from briefbook.demo.text import Flow

_DEPARTMENTS = ("management", "operations", "marketing", "finance", "technology", "branches")
_ROLES = (
    "decision-maker",
    "champion",
    "sponsor",
    "influencer",
    "user",
    "buyer",
    "gatekeeper",
    "blocker",
)
_STANCES = {
    "champion": ("mentor", "supporter"),
    "sponsor": ("supporter", "neutral"),
    "gatekeeper": ("neutral", "opponent"),
    "blocker": ("opponent", "enemy"),
}
_OPEN = ("supporter", "neutral", "opponent")
_LEVELS = ("low", "medium", "high")


class Team:
    """Three to thirty people in a tree of reporting lines, few in most accounts."""

    def __init__(self, language: str, draw: Random) -> None:
        self._draw = draw
        self._language = language
        self._voice = Voice(language, draw)
        self.size = (
            30 if draw.random() < 0.02 else min(30, max(3, int(draw.gammavariate(2.2, 3.4))))
        )

    def someone(self) -> str:
        """The id of one of them who is still there."""
        return f"p{self._draw.randint(1, min(self.size, 6))}"

    def first(self, count: int) -> dict[str, Any]:
        """The first people, in short."""
        return {f"p{place + 1}": self._short(place) for place in range(count)}

    def people(self) -> dict[str, Any]:
        """All of them: those who matter at length."""
        return {
            f"p{place + 1}": self._long(place) if place < 2 else self._short(place)
            for place in range(self.size)
        }

    def influences(self) -> list[dict[str, Any]]:
        """Who advises whom, beside the reporting lines."""
        pairs = {(place, self._draw.randrange(place)) for place in range(1, min(self.size, 8), 2)}
        return [
            Flow({"from": f"p{low + 1}", "to": f"p{high + 1}", "kind": "advises",
                  "strength": self._draw.choice(_LEVELS)})
            for low, high in sorted(pairs)
        ]  # fmt: skip

    def _short(self, place: int) -> dict[str, Any]:
        draw = self._draw
        made = Flow(name=person(self._language, draw), title=self._voice.title(place))
        if place:
            made = Flow(made, reports_to=self._above(place))
        role = _ROLES[place] if place < 3 else draw.choice(_ROLES[3:])
        made = Flow(made, roles=(role,), stance=draw.choice(_STANCES.get(role, _OPEN)),
                    influence=draw.choice(_LEVELS), relation=self._mark())  # fmt: skip
        if place > 8 and draw.random() < 0.2:
            return Flow(made, left="2026-06")
        return Flow(made, verified=f"2026-0{draw.randint(3, 9)}-15")

    def _long(self, place: int) -> dict[str, Any]:
        draw, say = self._draw, self._voice.say
        made = {**self._short(place), "department": _DEPARTMENTS[place]}
        made |= {
            "solution": self._mark(),
            "price": self._mark(),
            "drivers": (draw.choice(("efficiency", "money", "power", "recognition")),),
            "behaviour": say("behaviour"),
            "experience": say("experience"),
            "source": "own-visit",
        }
        if draw.random() < 0.1:
            made |= {
                "education": "Engineering",
                "personal": Flow(
                    gender="female", age=str(draw.randint(28, 62)), personality="careful"
                ),
                "note": say("behaviour"),
            }
        return made

    def _above(self, place: int) -> str:
        """Heads of departments stand below the first, all others below one of them."""
        return "p1" if place < 6 else f"p{self._draw.randint(2, 6)}"

    def _mark(self) -> Flow:
        now = self._draw.randint(1, 4)
        return Flow(now=str(now), target=str(min(5, now + self._draw.randint(0, 2))))
