"""A reference of the quiz in, what stands there out: a name, an entry, a fact, or what lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from briefbook.analyse.facts import is_confidential
from briefbook.load import Content, Record
from briefbook.model import FOLDERS
from briefbook.model.schema import Schema, at, is_fact, long_form, schema
from briefbook.prose import plain
from briefbook.quantity import (
    Quantity,
    count,
    duration,
    measure,
    money,
    points,
    share,
    when,
)

Path = tuple[str | int, ...]
Form = Literal["text", "quantity", "day", "choice", "class", "link"]
Reason = Literal["kind", "record", "field", "section", "confidential"]
CLASSES = ("a", "b", "c", "d")
KINDS = (*sorted(FOLDERS), "page", "source", "capability", "member", "class", "term")
"""What a reference of the quiz may begin with."""
NAMES = ("name", "title", "pain", "need", "goal", "finding", "what")
"""What an entry is called, the first that it has."""
KEYS = ("id", "company", "account", "tactic", "period", "date", "n", "year")
"""What an entry of a list is known by, beside its position."""
_QUANTITIES: Mapping[str, Callable[[str], Quantity]] = {
    "money": money, "share": share, "points": points, "duration": duration, "count": count,
    "measure": measure,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a reference leads to; `form` says how `value` is read, the rest where it stands.

    A class is its letter, a link of the business model its name, a choice its word as written.
    """

    form: Form
    value: str | Quantity | date
    kind: str
    id: str
    path: Path = ()

    @property
    def same(self) -> str:
        """Equal for two answers that readers could not tell apart."""
        value = self.value
        if isinstance(value, Quantity) and value.kind != "words":
            number = format(value.number.normalize(), "f")
            return " ".join((number, value.unit, value.per, value.qualifier))
        text = value.text if isinstance(value, Quantity) else str(value)
        return f"{self.form} {text}" if self.form in {"class", "link"} else _folded(text)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why a reference leads to nothing: what is not there, of what, and what there is instead."""

    reason: Reason
    name: str
    of: str = ""
    known: tuple[str, ...] = ()


def split(reference: str) -> tuple[str, str, str]:
    """Kind, id and path of `kind/id#path`."""
    target, _, path = reference.partition("#")
    kind, _, id = target.partition("/")
    return kind, id, path


def told(content: Content, reference: str) -> Told | Lacking:
    """What an authored value is, or why it is none; results of analysis are not looked for."""
    kind, id, path = split(reference)
    if kind not in KINDS:
        return Lacking("kind", reference, known=KINDS)
    found = named(content, kind, id)
    if not path or isinstance(found, Lacking):
        return found
    if kind not in FOLDERS:
        return Lacking("field", path, f"{kind}/{id}")
    return _fact(content, content.of(kind)[id], path)


def named(content: Content, kind: str, id: str) -> Told | Lacking:
    """A record or another thing with an address of its own, by what it is called."""
    names = _names(content, kind)
    name = names(id)
    if name is None:
        return Lacking("record", id, kind)
    return Told("class" if kind == "class" else "text", name, kind, id)


def _names(content: Content, kind: str) -> Callable[[str], str | None]:
    book, terms = content.book.value, content.glossary.value.of
    titled: dict[str, Callable[[str], str | None]] = {
        "page": lambda id: content.guides[id].title if id in content.guides else None,
        "source": lambda id: content.sources[id].title if id in content.sources else None,
        "capability": lambda id: book.capabilities[id].name if id in book.capabilities else None,
        "member": lambda id: book.team[id].name if id in book.team else None,
        "class": lambda id: id if id in CLASSES else None,
        "term": lambda id: _term(terms[id], id, book.language) if id in terms else None,
    }
    if kind in titled:
        return titled[kind]
    records = content.of(kind)
    return lambda id: records[id].name if id in records else None


def _term(term: Any, id: str, language: str) -> str:
    return next((name for one in (language, "en", "vi", "zh") if (name := getattr(term, one))), id)


def _fact(content: Content, record: Record[Any], written: str) -> Told | Lacking:
    """The value at a path of a record's file."""
    node: Any = record.tree.data
    path: Path = ()
    for step in written.split("."):
        found = _step(node, step)
        if found is None:
            return Lacking("field", step, _place(record, path), _steps(node))
        node = node[found]
        path = (*path, found)
        if isinstance(node, dict) and is_confidential(node):
            return Lacking("confidential", written, f"{record.kind}/{record.id}")
    return _value(content, record, path, node) or Lacking(
        "section", written, f"{record.kind}/{record.id}", _steps(node)
    )


def _place(record: Record[Any], path: Path) -> str:
    mark = "#" if path else ""
    return f"{record.kind}/{record.id}{mark}{'.'.join(map(str, path))}"


def _step(node: Any, step: str) -> str | int | None:
    """A key of a mapping; of a list the entry that is known by this word, or by its number."""
    if isinstance(node, dict):
        return step if step in node else None
    if not isinstance(node, list):
        return None
    for index, one in enumerate(node):
        if isinstance(one, dict) and step in (one.get(key) for key in KEYS):
            return index
    number = int(step) if step.isascii() and step.isdigit() and len(step) < 7 else 0
    return number - 1 if 1 <= number <= len(node) else None


def _steps(node: Any) -> tuple[str, ...]:
    if isinstance(node, dict):
        return tuple(map(str, node))
    if not isinstance(node, list):
        return ()
    return tuple(_known_by(one) or str(at) for at, one in enumerate(node, 1))


def _known_by(one: Any) -> str:
    words = (one.get(key) for key in KEYS) if isinstance(one, dict) else ()
    return next((word for word in words if isinstance(word, str)), "")


def _value(content: Content, record: Record[Any], path: Path, node: Any) -> Told | None:
    """A leaf by the type that the model names; a mapping by its value, or by what it is called."""
    of = at(schema(record.kind), path) or {}
    if isinstance(node, dict):
        long = long_form(of)
        short = "value" if is_fact(of) else str(long["required"][0]) if long else ""
        if short in node:
            return _value(content, record, (*path, short), node[short])
        return _entry(content, record, path, node)
    return _leaf(content, record, path, node, of) if isinstance(node, str) else None


def _entry(content: Content, record: Record[Any], path: Path, node: Any) -> Told | None:
    name = next((text for key in NAMES if (text := _text(node.get(key)))), None)
    if name:
        return Told("text", plain(name), record.kind, record.id, path)
    for to in ("company", "account", "tactic"):
        if isinstance(one := node.get(to), str):
            return Told("text", _referred(content, record, to, one), record.kind, record.id, path)
    return None


def _text(value: Any) -> str:
    value = value.get("value") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _leaf(content: Content, record: Record[Any], path: Path, text: str, of: Schema) -> Told:
    head = next(iter(of.get("anyOf", ())), of)
    type_, to = str(head.get("x-type", "")), str(head.get("x-ref", ""))
    here = (record.kind, record.id, path)
    if to:
        return Told("text", _referred(content, record, to, text), *here)
    if type_ in _QUANTITIES:
        return Told("quantity", _QUANTITIES[type_](text), *here)
    if type_ == "day" or (type_ == "when" and len(text) == len("2026-11-22")):
        return Told("day", when(text).date, *here)
    if type_ in {"choice", "flag"}:
        return Told("choice", text, *here)
    return Told("text", plain(text) if type_ == "prose" else text, *here)


def _referred(content: Content, record: Record[Any], to: str, text: str) -> str:
    """What the thing is called that a field refers to; the id where it has no name."""
    if to in {"person", "need"}:
        one = record.tree.data.get({"person": "people", "need": "needs"}[to], {}).get(text, {})
        return next((name for key in NAMES if (name := _text(one.get(key)))), text)
    if to == "tactic":
        strategy, _, tactic = text.partition("/")
        found = content.strategies.get(strategy)
        tactics = found.value.tactics if found else {}
        return tactics[tactic].name if tactic in tactics else text
    if to == "record":
        to, _, text = text.partition("/")
    if to not in KINDS:
        return text
    found_ = named(content, to, text)
    return str(found_.value) if isinstance(found_, Told) else text


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def different(answer: Told, others: Iterable[Told]) -> tuple[Told, ...]:
    """Those that read unlike the answer and unlike each other, in their order."""
    seen = {answer.same}
    kept = []
    for one in others:
        if one.same not in seen:
            seen.add(one.same)
            kept.append(one)
    return tuple(kept)


def closed(answer: Told) -> tuple[Told, ...]:
    """All wrong answers where the right one is one of a few: other classes, other words."""
    if answer.form == "class":
        return tuple(Told("class", one, "class", one) for one in CLASSES if one != answer.value)
    if answer.form != "choice":
        return ()
    words = (at(schema(answer.kind), answer.path) or {}).get("enum", ())
    return tuple(replace(answer, value=one) for one in words if one != answer.value)
