"""Pages of methods: examples drawn live from records, in every language, for any content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from briefbook.analyse.examples import EXAMPLES, chosen
from briefbook.analyse.portfolio import analyse
from briefbook.blocks import WORDS, blocks
from briefbook.edit.rename import rename
from briefbook.files import Folder
from briefbook.load import Content, Guide, load
from briefbook.model.types import Frozen
from briefbook.pages import methods
from briefbook.pages.examples import DRAWN
from briefbook.pages.here import Site
from briefbook.prose import links
from briefbook.words import Words
from tests.browser import REPO
from tests.samples import book
from tests.small import TODAY, content, renderer, site, strategies

HEADINGS = (
    "What it is for", "The rule", "An example", "How to write it", "Common mistakes",
    "Where it comes from",
)  # fmt: skip
ACCOUNT = """\
name: Some Shop
industry: retail
strategy: promote
lifecycle: improve
value_to_us: {contribution: {2025: 10 m CNY}, potential: 50 m CNY}
opportunities:
  first: {name: First, stage: captured, bant: {need: {verdict: yes, evidence: Said so}}}
  second: {name: Second, stage: captured, bant: {need: {verdict: partly, evidence: Half said}}}
"""
FILES = {
    "industries/retail.yml": "name: Retail\n",
    "accounts/some.yml": ACCOUNT,
    **strategies(),
}


@cache
def ours() -> Content:
    """The content of this project."""
    found, _ = load(REPO / "content")
    assert found is not None
    return found


@cache
def ours_in(language: str) -> Site:
    """The site of this project in a language."""
    return Site(ours(), analyse(ours(), TODAY), Words(language), None)


def method(of: Site, address: str) -> str:
    """A page under /methods/ as HTML, without making all other pages of a site first."""
    id = address.removeprefix("/methods/").strip("/")
    found = next(methods.of(of, id) if id else methods.pages(of))
    return renderer(of.words.language).html(found)


def showing(block: str, files: Mapping[str, str] = FILES) -> str:
    """A page of a team's own that holds one block, as HTML."""
    page = f"# Ours\n\nBefore.\n\n```{block}\n```\n\nAfter.\n"
    return method(site(content({**files, "pages/ours.md": page})), "/methods/ours/")


def with_page(found: Site, text: str) -> Site:
    """The site with a further page."""
    guides = {"ours": Guide("ours", "pages/ours.md", "Ours", text, 2)}
    return replace(found, content=replace(found.content, guides=Frozen(guides)))


def test_each_example_is_drawn_and_no_other() -> None:
    """What a check lets pass can be drawn."""
    assert set(DRAWN) == set(EXAMPLES)
    template = (REPO / "theme/briefbook/examples.html").read_text("utf-8")
    assert set(re.findall(r'"([a-z-]+)": [a-z_]+[,\n]', template)) == set(EXAMPLES)


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_without_reference_shows_the_fullest_record(name: str, language: str) -> None:
    """In every language; its title, its record with a link, and what it draws."""
    found = ours_in(language)
    record = chosen(found.content, found.results, name)
    assert record is not None
    made = method(with_page(found, f"```example {name}\n```"), "/methods/ours/")
    assert found.words(f"example.{name}") in re.sub(r"</?button[^>]*>", "", made)
    folder = {"account": "accounts", "industry": "industries", "company": "companies"}
    assert f'href="../../{folder[record.kind]}/{record.id}/"' in made
    assert re.search(r"<(table|ol|dl|svg)\b", made.partition("bb-example-head")[2])


@pytest.mark.parametrize("name", EXAMPLES)
def test_without_any_record_an_example_says_so(name: str) -> None:
    """A new project has its pages of methods before it has accounts."""
    made = showing(f"example {name}", {})
    assert "has what this example draws yet" in made
    assert "Before." in made
    assert "After." in made


def test_a_changed_record_changes_the_page() -> None:
    """Nothing of an example is written down: it follows from the record."""
    before = showing("example nine-box ref:account/some")
    assert "10 m CNY in 2025 is high in itself, but 20 % of a potential of 50 m CNY" in before
    assert "bb-fill-c-badge" in before
    files = {**FILES, "accounts/some.yml": ACCOUNT.replace("potential: 50 m", "potential: 12 m")}
    after = showing("example nine-box ref:account/some", files)
    assert "bb-fill-b-badge" in after
    assert "20 %" not in after


def test_an_anchor_names_one_opportunity() -> None:
    """Else the first that has letters is drawn."""
    named = showing("example bant ref:account/some#opportunity-second")
    assert "Half said" in named
    assert "Said so" not in named
    assert "Said so" in showing("example bant ref:account/some")


def test_lines_of_a_file_are_those_that_stand_there() -> None:
    """Escaped as any text, and again after the file has changed."""
    assert "lifecycle: improve" in showing("yaml-of ref:account/some lifecycle")
    files = {
        **FILES,
        "accounts/some.yml": ACCOUNT + 'goals: [{period: 2026, goal: "<b> & more"}]\n',
    }
    assert "&lt;b&gt; &amp; more" in showing("yaml-of ref:account/some goals", files)
    assert "<code>name: Northstar CRM</code>" in showing("yaml-of book name")


def test_only_quoted_files_keep_their_text() -> None:
    """A book of a thousand accounts is not held in memory a second time."""
    page = "# Ours\n\n```yaml-of ref:account/some strategy\n```\n"
    found = content({**FILES, "pages/ours.md": page})
    assert dict(found.quoted) == {"accounts/some.yml": ACCOUNT}
    assert not content(FILES).quoted


def test_a_new_id_goes_into_blocks_too(tmp_path: Path) -> None:
    """A page refers to a record in a block as in a link, so both are rewritten."""
    page = "# Ours\n\n[Some](ref:account/some)\n\n```yaml-of ref:account/some strategy\n```\n"
    folder = Folder(book(tmp_path, {**FILES, "pages/ours.md": page}))
    made = rename(folder, "account", "some", "other").changes["pages/ours.md"].after
    assert made == page.replace("account/some", "account/other").encode()


def test_fields_come_from_the_model() -> None:
    """With help and a link to the reference of the kind."""
    made = showing("fields account lifecycle")
    assert "# Stage of the lifecycle: acquire, improve, stable, decline" in made
    assert 'href="../../fields/#account"' in made


def test_what_scrolls_can_be_reached_by_keyboard() -> None:
    """Code and tables stand in boxes of their own; no style and no script is in the page."""
    made = showing("fields account plan")
    assert re.search(r'role="region" tabindex="0"[^>]*><pre>', made)
    assert " style=" not in made
    assert "<script" not in made


def test_methods_stand_in_the_order_of_the_path() -> None:
    """Industry, business, people, deal, effort, plan; a team's own pages come last."""
    guides = {id: f"# {id}\n\nText.\n" for id in ("aaa", "nine-box", "bant", "six-parts")}
    found = content({f"pages/{id}.md": text for id, text in guides.items()})
    assert [one.id for one in methods.in_order(found)] == ["six-parts", "bant", "nine-box", "aaa"]
    made = method(site(found), "/methods/")
    groups = re.findall(r'<h2 id="([a-z]+)">', made)
    assert groups == ["industry", "deal", "effort", "own", "more"]
    page = method(site(found), "/methods/bant/")
    assert re.search(r'href="../six-parts/" rel="prev"', page)
    assert re.search(r'href="../nine-box/" rel="next"', page)


def test_minutes_are_those_of_the_text() -> None:
    """Rule 20: 200 words a minute, at least one."""
    guide = Guide("a", "pages/a.md", "A", "word " * 600, 2)
    assert methods.reading_minutes(guide) == 3
    assert methods.reading_minutes(replace(guide, text="")) == 1


def test_terms_of_the_glossary_are_linked() -> None:
    """Once each, in the order in which the page names them."""
    files = {
        "glossary.yml": "nine-box: {en: Nine-box, definition: {en: A grid}}\n"
        "potential: {en: Potential, definition: {en: What could be}}\n",
        "pages/ours.md": "# Ours\n\nThe potential, and the nine-box. Potential again.\n",
    }
    made = method(site(content(files)), "/methods/ours/")
    found = re.search(r'bb-guide-terms".*?</p>', made, re.DOTALL)
    assert found
    assert re.findall(r"glossary/#([a-z-]+)", found[0]) == ["potential", "nine-box"]


def test_every_method_of_the_path_is_there() -> None:
    """One for each method that the seeds teach."""
    assert set(ours().guides) == set(methods.METHODS)
    assert len(methods.METHODS) == 13


@pytest.mark.parametrize("id", methods.METHODS)
def test_every_method_has_its_six_parts(id: str) -> None:
    """Six headings in one order, an example of a named record, fields, and a source."""
    text = ours().guides[id].text
    assert tuple(re.findall(r"(?m)^## (.*)$", text)) == HEADINGS
    parts = re.split(r"(?m)^## .*$", text)[1:]
    cut = dict(zip(HEADINGS, parts, strict=True))
    assert any(one.target for one in blocks(cut["An example"]))
    assert {one.word.text for one in blocks(cut["How to write it"])} <= set(WORDS[1:])
    assert any(one.word.text in WORDS[1:] for one in blocks(cut["How to write it"]))
    assert any(target.startswith("ref:source/") for target, _ in links(cut[HEADINGS[-1]]))
    assert len(re.findall(r"(?m)^- ", cut["Common mistakes"])) >= 3
    assert methods.reading_minutes(ours().guides[id]) <= 2
