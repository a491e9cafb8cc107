"""The glossary and some text in, which of its terms the text names out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefbook.load import Content, Record
from briefbook.model.words import Term
from briefbook.source import texts

LANGUAGES = ("en", "vi", "zh")
LONG = 20
"""Texts from so many characters on may be a sentence; shorter ones are names, dates and ids."""


@dataclass(frozen=True, slots=True)
class Names:
    """A pattern that finds every name of some terms, and the id of each name, folded."""

    pattern: re.Pattern[str]
    ids: Mapping[str, str]

    def id(self, text: str) -> str | None:
        """The term that a found text names, in the plural too."""
        folded = fold(text)
        return self.ids.get(folded) or self.ids.get(folded.removesuffix("s"))

    def named(self, text: str) -> Iterator[str]:
        """The ids of the terms that a text names, as often as it does."""
        for found in self.pattern.finditer(text):
            if id := self.id(found[0]):
                yield id


def fold(text: str) -> str:
    """A name without regard to case and to how its words are parted."""
    return " ".join(text.casefold().split())


def spellings(term: Term, language: str) -> tuple[str, ...]:
    """Every name of a term in one language, its short form too, the proper one first."""
    own, also = getattr(term, language, None), getattr(term.also, language, ())
    return tuple(one for one in (own, term.short, *also) if one)


def names(
    terms: Mapping[str, Term], languages: Iterable[str], written: Callable[[str], str] = str
) -> Names:
    """What finds the names of terms in some languages; of two terms the first has the name.

    `written` tells how a name is written in the texts, such as escaped.
    """
    ids: dict[str, str] = {}
    forms: set[str] = set()
    for id, term in terms.items():
        for language in languages:
            for name in spellings(term, language):
                text = written(" ".join(name.split()))
                ids.setdefault(fold(text), id)
                forms.update(_forms(text, is_short=name == term.short))
    return Names(_pattern(forms), ids)


def _forms(name: str, *, is_short: bool) -> Iterator[str]:
    """A name as it may begin: a word of prose, or of a label."""
    yield name
    if not is_short and not name[:2].isupper():
        yield name[0].upper() + name[1:]
        yield name[0].lower() + name[1:]


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Letters that Chinese does not use end a name; Chinese characters do not part words."""
    words = sorted({one for one in forms if not _joined(one)})
    run = sorted({one for one in forms if _joined(one)})
    before = r"[^\W\u4e00-\u9fff]" if run else r"\w"
    parts = [rf"(?<!{before}){_begun(words)}s?(?![^\W\u4e00-\u9fff]|-)"] if words else []
    parts += [_begun(run)] if run else []
    return re.compile("|".join(parts) or r"(?!)")


def _begun(texts: Sequence[str]) -> str:
    """A pattern that first looks whether any of the texts begins so: nearly nowhere one does."""
    letters = "".join(sorted({re.escape(one[0]) for one in texts}))
    return f"(?=[{letters}]){_trie(texts)}"


def _joined(name: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in name)


def _trie(texts: Sequence[str], at: int = 0) -> str:
    """A pattern for sorted texts in which each beginning stands once, and the longest wins."""
    branches: dict[str, list[str]] = {}
    for text in texts:
        branches.setdefault(text[at : at + 1], []).append(text)
    ends = "" in branches
    made = [_step(char) + _trie(below, at + 1) for char, below in branches.items() if char]
    if not made:
        return ""
    if len(made) == 1 and not ends:
        return made[0]
    return f"(?:{'|'.join(made)}){'?' if ends else ''}"


def _step(char: str) -> str:
    return r"\s" if char == " " else re.escape(char)


@dataclass(frozen=True, slots=True)
class Use:
    """Where a term stands: ids of pages of methods, and kind and id of records."""

    guides: tuple[str, ...] = ()
    records: tuple[tuple[str, str], ...] = ()


Named = Mapping[str, Sequence[str]]
"""Ids of the terms that records name, by kind and id of the record."""


def prose_names(terms: Mapping[str, Term]) -> Names:
    """What finds terms in prose, where everyday words are none."""
    return names({id: one for id, one in terms.items() if not one.everyday}, LANGUAGES)


def named(records: Iterable[Record[Any]], of: Names) -> Named:
    """The terms that records name in prose, of those that name any: one pass over each text."""
    found = {f"{one.kind}/{one.id}": of.named("\n".join(_prose(one.tree.data))) for one in records}
    return {name: ids for name, each in found.items() if (ids := sorted(set(each)))}


def uses(content: Content, named: Named) -> Mapping[str, Use]:
    """Where each term stands; everyday words only where a page of methods marks them."""
    terms = content.glossary.value.of
    guides: dict[str, list[str]] = {id: [] for id in terms}
    of = names(terms, LANGUAGES)
    for guide in content.guides.values():
        for id in dict.fromkeys(_taught(guide.text, of, terms)):
            guides[id].append(guide.id)
    records: dict[str, list[tuple[str, str]]] = {id: [] for id in terms}
    for record in content.records():
        for id in named.get(f"{record.kind}/{record.id}", ()):
            records[id].append((record.kind, record.id))
    return {id: Use(tuple(guides[id]), tuple(records[id])) for id in terms}


_MARKED = frozenset({("*", "*"), ("[", "]"), ("|", "|")})
_NEAR = 9
"""Characters around a word in which a mark may stand behind spaces, as tables have them."""


def _taught(text: str, of: Names, terms: Mapping[str, Term]) -> Iterator[str]:
    """The terms of a page: `**Budget**`, `[Retain](...)` and a cell of a table mark a word."""
    for found in of.pattern.finditer(text):
        id = of.id(found[0])
        start, end = found.span()
        before = text[max(start - _NEAR, 0) : start].rstrip(" ")[-1:]
        after = text[end : end + _NEAR].lstrip(" ")[:1]
        if id and (not terms[id].everyday or (before, after) in _MARKED):
            yield id


def _prose(data: Any) -> Iterator[str]:
    return (text for text in texts(data) if len(text) >= LONG or not text.isascii())
