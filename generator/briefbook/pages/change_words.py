"""A change and what follows from it in, the sentences that tell it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefbook.analyse.results import Number
from briefbook.history.compare import Edit, Step
from briefbook.history.consequences import Consequence
from briefbook.history.difference import Changed
from briefbook.history.gate import Missing
from briefbook.load import Content
from briefbook.pages.written import when, written
from briefbook.words import Words

_PLURAL = frozenset({"cooled", "warmed", "left", "went-stale", "fresh-again"})
_NAMED = frozenset({"cooled", "warmed", "left"})
_PLACED = frozenset({"contribution", "potential", "level", "potential-level", "class-change"})
_COUNTED = ("incubate", "capture")


@dataclass(frozen=True, slots=True)
class Telling:
    """The words, and the names and the currency of the newer state."""

    words: Words
    content: Content | None

    def headline(self, changed: Changed) -> str:
        """One sentence: who it is about, and what follows; where nothing does, what was done."""
        return self.words("change.headline", name=changed.name, what=self.what(changed))

    def what(self, changed: Changed) -> str:
        """The same without its name."""
        t = self.words
        placed = [self.follows(one) for one in changed.consequences if one.rule in _PLACED]
        told = [t.row(placed)] if placed else []
        told += [self.follows(one) for one in changed.consequences if one.rule not in _PLACED]
        if changed.status in {"added", "removed", "unreadable"}:
            told.insert(0, t(f"change.status.{changed.status}"))
        elif changed.status == "renamed":
            told.insert(0, t("change.status.renamed", old=changed.old_file))
        if not told:
            told = [self.edit(changed.edits[0])] if changed.edits else [t("change.nothing")]
        return t.clauses(told)

    def edits(self, changed: Changed) -> tuple[str, ...]:
        """One sentence for each value that changed; an account without any says why it is here."""
        if changed.status == "affected":
            return (self.words("change.status.affected"),)
        return tuple(map(self.edit, changed.edits))

    def edit(self, edit: Edit) -> str:
        """What was where, before and after."""
        t, field = self.words, self.path(edit.path)
        if edit.old is None and edit.new is None:
            return t("change.edit.other", field=field)
        old, new = (self._value(one) if one is not None else None for one in (edit.old, edit.new))
        if old is None:
            return t("change.edit.added", field=field, new=new)
        if new is None:
            return t("change.edit.removed", field=field, old=old)
        return t("change.edit.changed", field=field, old=old, new=new)

    def _value(self, text: str) -> str:
        """A value as it was written, with all its decimals, in the reader's language."""
        t = self.words
        if text in {"yes", "no"}:
            return t(f"word.{text}")
        return _cut(when(t, written(t, text, exact=True)))

    def path(self, path: tuple[Step, ...]) -> str:
        """The way to a value in words: Value to us, Contribution, 2026."""
        t = self.words
        known = [(one, f"field.{one.key}") for one in path]
        return t.row(
            t(key) if one.is_field and t.has(key) else when(t, one.name or one.key)
            for one, key in known
        )

    def follows(self, one: Consequence) -> str:
        """A consequence in words."""
        t = self.words
        if one.rule in _PLURAL:
            unnamed = "-some" if one.rule in _NAMED and "who" not in one.numbers else ""
            named = (
                {"who": t.row(str(one.numbers["who"]).split(", "))} if "who" in one.numbers else {}
            )
            return t(f"change.follows.{one.rule}{unnamed}", **{**one.numbers, **named})
        shown = {name: self._shown(one, name) for name in ("old", "new")}
        rest = {key: self._named(key, value) for key, value in one.numbers.items()}
        return t(f"change.follows.{one.rule}", **{**rest, **shown})

    def _shown(self, one: Consequence, side: str) -> str:
        t, value = self.words, one.numbers.get(side)
        if value is None:
            return t("change.none" if one.rule == "owner-changed" else "change.unknown")
        if isinstance(value, Decimal):
            counted = one.numbers.get("counter") in _COUNTED
            return t.number(value) if counted else t.amount(value, self._currency())
        if one.rule == "class-change":
            return str(value).upper()
        if one.rule == "owner-changed":
            return self._member(str(value))
        kind = "level" if one.rule.endswith("level") else "word"
        return t(f"{kind}.{value}")

    def _named(self, key: str, value: Number) -> str:
        if key == "strategy" and self.content and value in self.content.strategies:
            return self.content.strategies[str(value)].name
        is_word = key in {"counter", "period"}
        return self.words(f"field.{value}") if is_word else str(value)

    def _member(self, id: str) -> str:
        team = self.content.book.value.team if self.content else {}
        return team[id].name if id in team else id

    def _currency(self) -> str:
        return self.content.book.value.currency if self.content else ""

    def missing(self, one: Missing) -> tuple[str, ...]:
        """What a change lacks."""
        t, name = self.words, one.changed.name
        what = t(f"change.rule.{one.rule}")
        told = [t("change.gate.reason", name=name, what=what)] if one.reason else []
        if one.reviewers:
            who = t.listed([self._member(id) for id in one.reviewers], either=True)
            told.append(t("change.gate.reviewer", name=name, what=what, who=who))
        return tuple(told)


def _cut(text: str) -> str:
    """A long text as its beginning, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119].rstrip() + "…"


def plain(change: Changed) -> Mapping[str, object]:
    """A change as plain values, for programs."""
    return {
        "kind": change.kind, "id": change.id, "name": change.name, "status": change.status,
        "file": change.file, "old_file": change.old_file,
        "changes": [{"path": [step.key for step in one.path], "old": one.old, "new": one.new}
                    for one in change.edits],
        "consequences": [{"rule": one.rule, **{key: value if isinstance(value, int) else str(value)
                                              for key, value in one.numbers.items()}}
                         for one in change.consequences],
    }  # fmt: skip
