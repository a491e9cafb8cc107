"""The three catalogues: the same messages with the same names in each, and forms that count."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from briefbook.model.book import LANGUAGES
from briefbook.words import LOCALES, Words, catalogue

OTHERS = tuple(one for one in LANGUAGES if one != "en")
NAME = re.compile(r"\{(\w+)\}")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
SAME = frozenset("BANT CSM CSV JSON Schema KPI CRM CEO ISIC iCalendar book yml".casefold().split())
"""Latin words that stand in all languages."""


def po(language: str) -> Catalog:
    """A catalogue with its head, as Babel reads it."""
    with (files("briefbook") / "locale" / f"{language}.po").open("rb") as stream:
        return read_po(stream, locale=LOCALES[language])


def named(text: str) -> Counter[str]:
    """How often a message names each value."""
    return Counter(NAME.findall(text))


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_untranslated_and_none_is_surplus(language: str) -> None:
    """Each language has the keys of English."""
    assert catalogue(language).keys() ^ catalogue("en").keys() == set()


@pytest.mark.parametrize("language", OTHERS)
def test_messages_name_the_same_values(language: str) -> None:
    """Each value of the English text as often, in any order; plural forms may leave out `n`."""
    wrong = {}
    for key, texts in catalogue(language).items():
        english = catalogue("en").get(key, texts)
        asked = [named(text) for text in english]
        for text in texts:
            given = named(text)
            if given not in asked:
                wrong[key] = text
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_has_as_many_forms_as_the_language(language: str) -> None:
    """What the file says of itself is what Babel says of the language."""
    forms = Locale.parse(LOCALES[language]).plural_form.tags | {"other"}
    head = po(language)
    assert head.num_plurals == len(forms)
    several = [one for one in head if isinstance(one.id, tuple)]
    assert several
    assert [one.id[0] for one in several if len(one.string or ()) != len(forms)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_has_plurals_in_english_counts_in_each_language(language: str) -> None:
    """`msgid_plural` stands with the same keys, so that a translator sees what is counted."""
    counted = {one.id[0] for one in po("en") if isinstance(one.id, tuple)}
    assert {one.id[0] for one in po(language) if isinstance(one.id, tuple)} == counted


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    """The later one would win unseen."""
    text = (files("briefbook") / "locale" / f"{language}.po").read_text("utf-8")
    keys = Counter(re.findall(r'^msgid "(.+)"$', text, re.MULTILINE))
    assert {key for key, count in keys.items() if count > 1} == set()


def test_chinese_is_written_in_chinese() -> None:
    """Every message with a word in English has Chinese signs, but for names of things."""
    wrong = {
        key: text
        for key, (text, *_) in catalogue("zh").items()
        if LATIN.search(NAME.sub("", text)) and not HAN.search(text)
        if {one.casefold() for one in LATIN.findall(NAME.sub("", text))} - SAME
    }
    assert wrong == {}


def test_chinese_has_its_own_marks() -> None:
    """No comma, stop, question or bracket of Latin texts beside a Chinese sign."""
    half = re.compile(r"[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(?:\s|$)|[\u4e00-\u9fff] ?\(")
    assert {key: text for key, (text, *_) in catalogue("zh").items() if half.search(text)} == {}


@pytest.mark.parametrize(
    ("language", "one", "two"), [("en", "1 minute", "2 minutes"), ("zh", "1 分钟", "2 分钟")]
)
def test_counts_are_said_by_the_rules_of_the_language(language: str, one: str, two: str) -> None:
    """English has two forms, Chinese one."""
    assert [Words(language)("minutes", n=n) for n in (1, 2)] == [one, two]
