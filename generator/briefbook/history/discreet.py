"""A change of the past and the account of today in, what may still be told of the change out.

Git keeps what was taken out of a file; a site that is built today does not bring it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefbook.history.compare import Edit, Step, text
from briefbook.history.consequences import Consequence
from briefbook.history.difference import Changed
from briefbook.model import Account

_NAMED = frozenset({"name", "personal"})
"""Fields of a person whose earlier values may have been taken out on purpose."""


def discreet(changed: Changed, now: Account | None) -> Changed:
    """The change without people who are not in the file any more, and without what is confidential.

    People are called as they are today. Of an account that is gone nothing is known of anybody.
    """
    if changed.kind != "account":
        return changed
    edits = tuple(dict.fromkeys(_told(one, now) for one in changed.edits))
    names = {text(one) for one in now.people.values()} if now else set()
    follows = tuple(_nameless(one, names) for one in changed.consequences)
    return replace(changed, edits=edits, consequences=follows)


def _told(edit: Edit, now: Account | None) -> Edit:
    keys = [step.key for step in edit.path]
    if keys[:1] == ["people"] and len(keys) > 1:
        return _person(edit, keys, now)
    if keys[:1] == ["research"] and len(keys) > 1:
        entry = now.research.get(keys[1]) if now else None
        if entry is not None and entry.confidential:
            return Edit(edit.path[:1], None, None)
    return edit


def _person(edit: Edit, keys: Sequence[str], now: Account | None) -> Edit:
    person = now.people.get(keys[1]) if now else None
    if person is None:
        return Edit(edit.path[:1], None, None)
    path = (edit.path[0], Step(keys[1], text(person) or keys[1]), *edit.path[2:])
    if len(keys) > 2 and keys[2] in _NAMED:
        return Edit(path[:3], None, None)
    if len(keys) == 2:  # who came, or was gone for a while, is called by the name of that time
        old, new = (one and path[1].name for one in (edit.old, edit.new))
        return Edit(path, old, new)
    return Edit(path, edit.old, edit.new)


def _nameless(one: Consequence, names: set[str | None]) -> Consequence:
    """Without names where the file has one of them no more; the number stays."""
    who = one.numbers.get("who")
    if who is None or all(name in names for name in str(who).split(", ")):
        return one
    return replace(one, numbers={key: value for key, value in one.numbers.items() if key != "who"})
