"""A record as written and its class in, what is filled and what is missing out (rule 18)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from briefbook.analyse.results import Alike, Class, shared

PARTS: Mapping[str, tuple[str, ...]] = {
    "head": (
        "value_to_us.potential", "value_to_us.contribution", "owner", "lifecycle", "strategy",
        "in_short.earns", "in_short.heads_for", "in_short.should_reinforce",
    ),
    "profile": (
        "profile.type", "profile.size", "profile.employees", "profile.country",
        "profile.annual_revenue", "profile.market_position", "profile.growth",
    ),
    "people": ("people", "people.*.reports_to", "people.*.roles", "people.*.relation"),
    "contacts": ("contacts",),
    "relationship": ("contract.until", "uses", "health", "satisfaction"),
    "needs": ("needs", "needs.*.answered_by"),
    "deals": ("opportunities", "opportunities.*.bant"),
    "business": ("process", "business_model", "goals"),
    "finance": ("finance.statements", "finance.statements.*.cash", "finance.segments"),
    "plan": ("plan.priorities", "plan.targets", "plan.actions", "plan.reviews"),
    "research": ("research.look", "research.listen", "research.ask", "research.feel"),
}  # fmt: skip
"""Parts of a playbook by importance, and what is expected in each; `*` is any entry."""

_STEPS = {path: tuple(path.split(".")) for paths in PARTS.values() for path in paths}

FEW = ("head", "profile", "people", "contacts")
MOST = tuple(part for part in PARTS if part not in {"plan", "research"})


@dataclass(frozen=True, slots=True)
class Filled:
    """How much of one part is there."""

    part: str
    have: int
    expected: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is there of what the class asks for; `missing` names fields by importance."""

    parts: Annotated[tuple[Filled, ...], Alike]
    missing: Annotated[tuple[str, ...], Alike]

    @property
    def have(self) -> int:
        """Fields that are there."""
        return sum(one.have for one in self.parts)

    @property
    def expected(self) -> int:
        """Fields that the class asks for."""
        return sum(one.expected for one in self.parts)


def expected_parts(letter: Class | None, *, important: bool) -> tuple[str, ...]:
    """A and important C want every part, B and other C no plan and no research, D the least.

    Without a class there is nothing to weigh effort by: what gives a class comes first.
    """
    if letter == "a" or important:
        return tuple(PARTS)
    return MOST if letter in {"b", "c"} else FEW


def completeness(data: Any, letter: Class | None, *, important: bool) -> Completeness:
    """Compare a record as written with what its class asks for."""
    parts, missing = [], []
    for part in expected_parts(letter, important=important):
        absent = [path for path in PARTS[part] if not _present(data, path)]
        parts.append(shared(Filled(part, len(PARTS[part]) - len(absent), len(PARTS[part]))))
        missing += absent
    return Completeness(shared(tuple(parts)), shared(tuple(missing)))


def _present(data: Any, path: str) -> bool:
    if path.startswith("research."):
        method = path.removeprefix("research.")
        return any(one.get("method") == method for one in data.get("research", {}).values())
    return filled(data, _STEPS[path])


def filled(node: Any, path: tuple[str, ...]) -> bool:
    """Whether something stands at the path; `*` is any entry of a list or map."""
    for at, step in enumerate(path, 1):
        if step == "*":
            inside = node.values() if isinstance(node, dict) else node or ()
            return any(filled(one, path[at:]) for one in inside)
        if not isinstance(node, dict):
            return False
        node = node.get(step)
    return bool(node)
