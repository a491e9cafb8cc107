"""The glossary and all texts in, terms without meaning, names of two and wrong names out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefbook.analyse.terms import LANGUAGES, fold, spellings
from briefbook.checks.files import File
from briefbook.load import Content, Guide
from briefbook.problem import Place, Problem, error, warning
from briefbook.quantity import shorten

_TEXTS = ("prose", "line")
_OWN = frozenset({"glossary", "redirects", "sources"})
"""Files that name wrong names, or titles of others, on purpose."""


def terms_undefined(content: Content) -> Iterator[Problem]:
    """Terms that say nothing in the language of the site."""
    language = content.book.value.language
    for id, term in content.glossary.value.of.items():
        if not getattr(term.definition, language, None):
            yield warning("term-undefined", content.glossary.tree.place((id,), key=True),
                          f"`{id}` has no definition in the language of the site.",
                          f"Write `definition: {{{language}: ...}}`.")  # fmt: skip


def terms_of_one_name(content: Content) -> Iterator[Problem]:
    """Terms that share a name, in one language; told once, at the later one."""
    seen: dict[tuple[str, str], str] = {}
    tree = content.glossary.tree
    for id, term in content.glossary.value.of.items():
        for language in LANGUAGES:
            names = spellings(term, language)
            first = {name: seen.setdefault((language, fold(name)), id) for name in names}
            taken = next((name for name, other in first.items() if other != id), None)
            if taken:
                where = tree.place((first[taken],), key=True)
                yield error("term-twice", tree.place((id,), key=True),
                            f"`{shorten(taken)}` is a name of `{first[taken]}` too, in {where}.",
                            "Tell the two apart by a word, or join them.")  # fmt: skip
                break


def wrong_names(content: Content, file: File) -> Iterator[Problem]:
    """Texts that call a term what the glossary says it is not."""
    if file.kind in _OWN:
        return
    folded, wrong = file.text.casefold(), _wrong(content)
    if any(name in folded for name in wrong):
        for value in file.of(*_TEXTS):
            for name in _said(value.text, wrong) if value.steps[0] != "sources" else ():
                yield _instead(file.place(value.path), name, wrong[name])


def wrong_names_in_page(content: Content, guide: Guide) -> Iterator[Problem]:
    """The same for a page of prose."""
    wrong = _wrong(content)
    for number, line in enumerate(guide.text.split("\n") if wrong else ()):
        for name in _said(line, wrong):
            column = max(line.casefold().find(name), 0) + 1
            yield _instead(Place(guide.file, guide.first_line + number, column), name, wrong[name])


def _wrong(content: Content) -> Mapping[str, str]:
    """Each wrong name, folded, with the right one in its language."""
    return {
        fold(text): getattr(term, language) or term.en or id
        for id, term in content.glossary.value.of.items()
        if term.not_
        for language in LANGUAGES
        if (text := getattr(term.not_, language))
    }


def _said(text: str, wrong: Mapping[str, str]) -> Iterator[str]:
    """The wrong names in a text; those of letters count as whole words only."""
    folded = text.casefold()
    for name in wrong:
        if name in folded:
            edge = r"\b" if not "\u4e00" <= name[0] <= "\u9fff" else ""
            if re.search(f"{edge}{re.escape(name)}{edge}", folded):
                yield name


def _instead(place: Place, name: str, right: str) -> Problem:
    return warning("term-not", place, f"The glossary does not call it `{shorten(name)}`.",
                   f"We say `{shorten(right)}`. If the word means something else here, take it "
                   "out of `not:` in glossary.yml.")  # fmt: skip
