"""Two values of the model in, what differs in meaning out: how it is written does not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from briefbook.model.types import Fact, Part
from briefbook.quantity import Day, Period, Quantity

_NAMES = ("name", "title", "what", "need", "finding", "risk", "goal", "step", "pain", "tactic")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to a value: a field of the model, or an id or entry with its name."""

    key: str
    name: str | None = None

    @property
    def is_field(self) -> bool:
        """Whether the catalogue has the word for it."""
        return self.name is None


@dataclass(frozen=True, slots=True)
class Edit:
    """A value before and after as written; None where it was not there.

    Of a confidential entry only that something about it changed is told: both are None.
    """

    path: tuple[Step, ...]
    old: str | None
    new: str | None


def edits(old: Any, new: Any, path: tuple[Step, ...] = ()) -> Iterator[Edit]:
    """What differs between two values of one field; an absent one is None or empty."""
    if same(old, new):
        return
    if _confidential(old) or _confidential(new):
        yield Edit(path[:-1], None, None)
    elif isinstance(old, Fact) and isinstance(new, Fact):
        yield from edits(old.value, new.value, path)
        yield from _fields(old, new, path, but="value")
    elif isinstance(old, Part) and isinstance(new, Part):
        yield from _fields(old, new, path)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*new, *old)):
            one, other = old.get(key), new.get(key)
            step = Step(key, _name(other) or _name(one) or key)
            yield from edits(one, other, (*path, step))
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _listed(old, new, path)
    else:
        yield Edit(path, text(old), text(new))


def same(old: Any, new: Any) -> bool:
    """Whether two values mean the same, however they are written."""
    if isinstance(old, (Quantity, Period)) and type(old) is type(new):
        return replace(old, text="") == replace(new, text="")
    return bool(old == new) or (_absent(old) and _absent(new))


def _absent(value: Any) -> bool:
    return value is None or value in ((), {})


def _confidential(value: Any) -> bool:
    return isinstance(value, Part) and bool(getattr(value, "confidential", False))


def _fields(old: Part, new: Part, path: tuple[Step, ...], but: str = "") -> Iterator[Edit]:
    for name, field in type(new).model_fields.items():
        if name != but:
            step = Step(field.alias or name)
            yield from edits(getattr(old, name), getattr(new, name), (*path, step))


def _listed(old: Sequence[Any], new: Sequence[Any], path: tuple[Step, ...]) -> Iterator[Edit]:
    """Entries are the same ones by what identifies them; their order does not count."""
    gone, come = _less(old, new), _less(new, old)
    for one, other in _pairs(gone, come):
        entry = _identity(other if other is not None else one)
        if isinstance(one, Part) or isinstance(other, Part):
            yield from edits(one, other, (*path, Step(entry, entry)))
        else:
            yield Edit(path, text(one), text(other))


def _less(some: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    left = list(others)
    found = []
    for one in some:
        at = next((n for n, other in enumerate(left) if same(one, other)), None)
        if at is None:
            found.append(one)
        else:
            del left[at]
    return found


def _pairs(gone: Sequence[Any], come: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    waiting = list(come)
    rest = []
    for one in gone:
        at = next((n for n, new in enumerate(waiting) if _identity(new) == _identity(one)), None)
        if at is None:
            rest.append(one)
        else:
            yield one, waiting.pop(at)
    if len(rest) == len(waiting) == 1 and isinstance(rest[0], Part):
        yield rest[0], waiting[0]
        return
    yield from ((one, None) for one in rest)
    yield from ((None, one) for one in waiting)


def _identity(value: Any) -> str:
    """What an entry of a list is known by: its first field that may not be missing."""
    if not isinstance(value, Part):
        return text(value) or ""
    needed = (name for name, one in type(value).model_fields.items() if one.is_required())
    return text(getattr(value, next(needed, ""), None)) or _name(value) or ""


def _name(value: Any) -> str | None:
    """What people call a part."""
    found = (getattr(value, name, None) for name in _NAMES if isinstance(value, Part))
    return next((text(one) for one in found if one), None)


def text(value: Any) -> str | None:
    """A value as one would write it; of a part its name, or what it holds first."""
    if _absent(value):
        return None
    if isinstance(value, (Quantity, Day, Period)):
        return value.text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, Decimal)):
        return str(value)
    if isinstance(value, Fact):
        return text(value.value)
    if isinstance(value, Part):
        values = (getattr(value, name) for name in type(value).model_fields)
        return _name(value) or next((said for one in values if (said := text(one))), "")
    return _several(value)


def _several(value: Any) -> str:
    parts = value.items() if isinstance(value, Mapping) else ((None, one) for one in value)
    said = Counter(f"{key}: {text(one)}" if key else text(one) or "" for key, one in parts)
    return ", ".join(said)
