"""The whole sample site in Vietnamese and in Chinese: no label of the English catalogue is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from briefbook.words import Words, catalogue
from tests.conftest import MakeOnce
from tests.site import project as projects
from tests.site.project import Project
from tests.site.reader import Document
from tests.site.test_words import spoken

OTHERS = ("vi", "zh")
NAME = re.compile(r"\{\w+\}")
LATIN = re.compile(r"[A-Za-z]{2,}")
CONTENT_PAGES = frozenset({"fields", "glossary", "method", "quiz"})
"""Pages of texts that are English in every language: the model's help, terms, guides."""


def translated(root: Path, language: str) -> None:
    """The repository's own content, its book in another language."""
    projects.sample_content(root)
    book = root / "content" / "book.yml"
    text = book.read_text("utf-8")
    assert "\nlanguage: en\n" in text
    book.write_text(text.replace("\nlanguage: en\n", f"\nlanguage: {language}\n"), "utf-8")
    projects.make(root)


@pytest.fixture(scope="module", params=OTHERS)
def site(request: pytest.FixtureRequest, make_once: MakeOnce) -> tuple[str, Project]:
    """A language and the site that is built in it."""
    language = str(request.param)
    root = make_once(f"site-{language}", lambda folder: translated(folder, language))
    return language, Project(root)


@cache
def labels(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """English texts of two words and more that differ in the language, and parts of others."""
    whole, parts = set(), set()
    asked = {f"ask.{letter}" for letter in ("budget", "authority", "need", "timeline")}
    for key, texts in catalogue("en").items():
        if key in asked:  # asked in the language of the account's people
            continue
        for text in set(texts) - set(catalogue(language).get(key, ())):
            if not NAME.search(text) and len(LATIN.findall(text)) > 1:
                whole.add(text.casefold())
            if NAME.search(text):
                parts |= {part for part in NAME.split(text) if part.strip().count(" ") > 2}
    return frozenset(whole), re.compile("|".join(map(re.escape, sorted(parts))))


def left(language: str, text: str) -> bool:
    """Whether a text is, or has, a label in English."""
    whole, parts = labels(language)
    return text.strip(" :.").casefold() in whole or bool(parts.search(text))


def content(root: Path) -> str:
    """All that the content says, in one line."""
    files = (path for path in (root / "content").rglob("*") if path.suffix in {".yml", ".md"})
    texts = (path.read_text("utf-8") for path in files if path.stem not in {"glossary", "quiz"})
    return " ".join(" ".join(texts).split()).casefold()


def english(language: str, pages: Project) -> Iterator[tuple[str, str]]:
    """Address and text of each label that is left, once."""
    said, seen = content(pages.root), set()
    for address, page in pages.pages.items():
        for text in shown(page):
            if text not in seen and left(language, text):
                seen.add(text)
                if text.casefold().strip(" .:") not in said:
                    yield address, text


def shown(page: Document) -> Iterator[str]:
    """What a page says, but for pages that are content."""
    if page.kind not in CONTENT_PAGES:
        yield from (" ".join(text.split()) for text, _ in spoken(page))


def test_no_page_shows_an_english_label(site: tuple[str, Project]) -> None:
    """Neither whole labels nor the words around a value."""
    language, pages = site
    assert len(pages.pages) > 150
    assert list(english(language, pages)) == []


def test_every_page_names_its_language(site: tuple[str, Project]) -> None:
    """Browsers, screen readers and the collation of tables go by it."""
    language, pages = site
    for address, page in pages.pages.items():
        root = next(one for one in page.elements if one.tag == "html")
        assert root["lang"] == language, address


def test_numbers_and_dates_are_those_of_the_language(site: tuple[str, Project]) -> None:
    """The first page counts and dates as people of the language do."""
    language, pages = site
    text = " ".join(one for one, _ in spoken(pages.pages[""]))
    wanted = {"zh": r"\d 亿 CNY.*\d+月\d+日", "vi": r"\d,\d (?:tỷ|triệu) CNY.*\b\d+/\d+/\d{4}\b"}
    assert re.search(wanted[language], text, re.DOTALL)
    assert not re.search(r"\d (?:m|bn) (?:CNY|USD|VND)|\d thg \d", text)


def test_the_frame_speaks_the_language(site: tuple[str, Project]) -> None:
    """Sections and the search dialog, which a script fills."""
    language, pages = site
    words = Words(language)
    home = pages.read("index.html") + pages.read("assets/briefbook/search.html")
    for key in ("nav.accounts", "search.open", "search.none", "search.many", "frame.menu"):
        assert words.raw(key).split("{")[0].strip() in home
        assert f'"{Words("en").raw(key)}"' not in home or language == "vi"


def test_an_english_label_would_be_seen() -> None:
    """What the first test stands on."""
    assert left("zh", "Reviews held")
    assert left("vi", "From a contribution of 3 triệu CNY it would be B.")
    assert not left("zh", "A name: Reviews held in May")
    assert not left("zh", "客户")
