"""What a rule is: its id, how grave it is, and what to tell somebody who asks about it."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.problem import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in plain words; `bad` and `good` are the same lines before and after the repair."""

    id: str
    summary: str
    why: str
    fix: str
    bad: str
    good: str
    severity: Severity = "error"
