"""Every label comes from the message catalogue: nothing missing, nothing idle, nothing outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from briefbook.examine import examined
from briefbook.history.story import Story, story
from briefbook.model.book import LANGUAGES
from briefbook.model.isic import codes
from briefbook.model.schema import schema
from briefbook.pages.all import pages
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.pages.render import Renderer
from briefbook.reference import reference
from briefbook.shells.drawing import LABELS
from briefbook.shells.frame import settings
from briefbook.words import PSEUDO, Words, catalogue
from tests.browser import REPO
from tests.site.project import TODAY, Project
from tests.site.reader import Document, document

CALL = re.compile(r"""(?<!lang\.)\b(?:t|words|has)(?:\.raw)?\(\s*(f?)(["'])(.+?)\2""")
KEY = re.compile(r"[a-z0-9][a-z0-9._-]*")
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-label", "data-count", "data-none")
SPLIT = re.compile(r"[\[\]|,·;:→/()\u203a\u2013]|\b(?:and|or)\b")
NUMBER = re.compile(
    r"[\W\d]*(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec) ?)?[\W\d]*"
    r"(?:cny|usd|vnd)?"
)
FILE = re.compile(r"[a-z]+/[a-z0-9-]+\.(?:yml|md)")
CODES = re.compile(r"[A-D]|Q[1-4].*|FY\d+|CR\d+|ISIC.*|JSON|BANT|[A-Z]{2}")


def sources() -> Iterator[tuple[str, str]]:
    """Name and text of everything that asks for messages."""
    for folder, ending in (("generator/briefbook", "py"), ("theme", "html")):
        for path in sorted((REPO / folder).rglob(f"*.{ending}")):
            if path.name != "words.py" or path.parent.name != "briefbook":
                yield path.relative_to(REPO).as_posix(), path.read_text("utf-8")


@cache
def asked() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Keys that code names in full, and patterns of those that it puts together."""
    whole = set(LABELS)
    built = []
    for _, text in sources():
        for is_built, _, key in CALL.findall(text):
            if is_built and "{" in key:
                parts = re.split(r"\{[^}]*\}", key)
                built.append(re.compile(".+".join(re.escape(part) for part in parts)))
            elif KEY.fullmatch(key):
                whole.add(key)
    return frozenset(whole), tuple(built)


def test_every_message_that_is_asked_for_exists() -> None:
    """No template or page names a key that the English catalogue lacks."""
    whole, _ = asked()
    assert len(whole) > 200
    known = catalogue("en")
    quoted = {key for key in whole if key not in known}
    assert quoted == set()


def test_every_put_together_key_has_messages() -> None:
    """A key made of a prefix and a word finds at least one message."""
    _, built = asked()
    assert [one.pattern for one in built if not any(map(one.fullmatch, catalogue("en")))] == []


def test_no_message_is_idle() -> None:
    """Every message is asked for, in full, put together, or as a literal that is passed on."""
    whole, built = asked()
    literals = {
        key for _, text in sources() for key in re.findall(r"""["']([a-z0-9._-]+)["']""", text)
    }
    idle = {
        key
        for key in catalogue("en")
        if key not in whole | literals and not any(one.fullmatch(key) for one in built)
    }
    assert idle == set()


def names(node: Any) -> Iterator[str]:
    """All field names of a schema, but not the patterns of maps by id."""
    if isinstance(node, dict):
        yield from node.get("properties", {})
        for each in node.values():
            yield from names(each)
    elif isinstance(node, list):
        for each in node:
            yield from names(each)


def choices(node: Any) -> Iterator[str]:
    """All words that a schema offers to choose from."""
    if isinstance(node, dict):
        yield from (one for one in node.get("enum", ()) if isinstance(one, str))
        for each in node.values():
            yield from choices(each)
    elif isinstance(node, list):
        for each in node:
            yield from choices(each)


def kinds() -> tuple[str, ...]:
    """Kinds of files that the reference documents."""
    return tuple(one.kind for one in reference())


@pytest.mark.parametrize("kind", kinds())
def test_every_field_has_a_label(kind: str) -> None:
    """`field.<name>` exists for each field of the model."""
    fields = set(names(schema(kind)))
    assert fields
    assert {name for name in fields if f"field.{name}" not in catalogue("en")} == set()


@pytest.mark.parametrize("kind", ["account", "company", "industry", "strategy"])
def test_every_choice_has_a_word(kind: str) -> None:
    """`word.<x>` or another family of messages exists for each choice of the model."""
    families = ("word", "source", "trend", "met", "class", "level", "unit", "facet", "fact")
    lacking = {
        word
        for word in choices(schema(kind))
        if word not in {"yes", "no"}
        if not any(f"{family}.{word}" in catalogue("en") for family in families)
    }
    assert lacking == set()


@pytest.fixture(scope="module", params=["small", "past"])
def pseudo(
    request: pytest.FixtureRequest,
) -> tuple[frozenset[str], tuple[tuple[Page, Document], ...]]:
    """The texts of a project, and its pages in the made-up language."""
    project: Project = request.getfixturevalue(request.param)
    given = replace(settings(project.root, project.root / "content"), today=TODAY)
    found = examined(given)
    content, results = found.content, found.results
    assert content
    assert results
    past = story(given.history, content, TODAY) if given.history else None
    site = Site(content, results, Words(PSEUDO), None, past)
    renderer = Renderer(given.theme, site.words)
    made = tuple((page, document(renderer.html(page))) for page in pages(site))
    trees = [record.tree.data for record in content.records()]
    trees += [content.book.tree.data, content.glossary.tree.data, content.questions.tree.data]
    trees += [content.quiz.tree.data]
    trees += [content.sources_tree.data if content.sources_tree else {}]
    texts = {piece for tree in trees for one in scalars(tree) for piece in pieces(one)}
    texts |= {piece for guide in content.guides.values() for piece in pieces(guide.title)}
    for kind in reference():
        texts |= {piece for one in kind.fields for piece in pieces(f"{one.help} {one.example}")}
    deals = {one.name for record in content.accounts.values()
             for one in record.value.opportunities.values()}  # fmt: skip
    for letter in ("budget", "authority", "need", "timeline"):  # asked in the account's language
        texts |= {
            piece
            for language in LANGUAGES
            for deal in deals
            for piece in pieces(Words(language)(f"ask.{letter}", deal=deal))
        }
    texts |= {piece for title in codes().values() for piece in pieces(title)}
    named = {
        name
        for one in content.industries.values()
        for name in (one.name, *one.value.names.values())
    }
    phrases = content.questions.value.search_phrases
    for phrase in (*phrases.en, *phrases.vi, *phrases.zh) if phrases else ():
        texts |= {piece for name in named for piece in pieces(phrase.replace("{industry}", name))}
    texts |= {piece for one in committed(past) for piece in pieces(one)}
    return frozenset(texts), made


def committed(past: Story | None) -> Iterator[str]:
    """What people wrote in git, and what files held then."""
    for record in past.events.values() if past else ():
        for one in record:
            yield from (one.author, one.reason, one.changed.old_file)
            yield from (text for edit in one.changed.edits for text in (edit.old, edit.new) if text)


def scalars(value: Any) -> Iterator[str]:
    """All texts of a tree, its keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from scalars(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from scalars(each)


def pieces(text: str) -> Iterator[str]:
    """What is left between marks that join texts."""
    for one in SPLIT.split(text):
        piece = " ".join(one.split()).strip(" .?!+\u2212-0123456789%")
        if piece:
            yield piece.casefold()


def outside(text: str) -> Iterator[str]:
    """What stands outside the brackets that the made-up language puts around each message.

    A file is named as it is, in every language.
    """
    text = FILE.sub("|", text)
    before = ""
    while before != text:
        before, text = text, re.sub(r"\[[^\[\]]*\]", "|", text)
    for piece in pieces(text):
        if not NUMBER.fullmatch(piece) and not CODES.fullmatch(piece.upper()):
            yield piece


def spoken(page: Document) -> Iterator[tuple[str, bool]]:
    """All that is read or read aloud, and whether it may be a part of a text, as in a diagram."""
    drawn: dict[int, list[str]] = {}  # a message may run over several lines of a drawing
    for text in page.texts:
        tags = {one.tag for one in text.around}
        if "svg" in tags:
            group = next(one for one in reversed(text.around) if one.tag in {"g", "svg"})
            drawn.setdefault(id(group), []).append(text.text)
        elif not tags & {"code", "pre"} and not any(
            "bb-prose" in one["class"] for one in text.around
        ):
            yield text.text, False
    yield from ((" | ".join(lines), True) for lines in drawn.values())
    for one in page.elements:
        yield from ((one[name], False) for name in SPOKEN if name in one.attributes)


def test_no_label_stands_outside_the_catalogue(
    pseudo: tuple[frozenset[str], tuple[tuple[Page, Document], ...]],
) -> None:
    """In the made-up language all that is not content, number or date stands in brackets."""
    texts, made = pseudo
    assert {page.kind for page, _ in made} >= {
        "home",
        "account",
        "industry",
        "strategies",
        "sources",
    }
    all_texts = "\n".join(texts)
    found: dict[str, str] = {}
    for page, read in made:
        for text, part in spoken(read):
            for piece in outside(text):
                known = piece in all_texts if part else piece in texts
                known |= page.kind == "glossary" and len(piece) == 1  # a letter of its index
                if not known and page.kind not in {"method", "fields"}:
                    found.setdefault(piece, page.address)
    assert found == {}


def test_a_label_outside_is_seen() -> None:
    """What the test above stands on: brackets go, even nested; numbers and dates go; words stay."""
    assert list(outside("[a [b] c] 12.5 %, 30 Nov 2026: [d] Owner · 3 m")) == ["owner", "m"]
    assert list(outside("[Owner] Mai · 900 CNY")) == ["mai"]
