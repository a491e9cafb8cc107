"""Rendering: a page in, its HTML out; and where its links lead."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from briefbook.look import look
from briefbook.pages.all import pages
from briefbook.pages.page import Page
from briefbook.pages.render import Ends, Renderer, ends
from briefbook.words import PSEUDO, Words
from tests.browser import REPO
from tests.small import content, page, renderer, site, strategies

PAGE = Page(
    address="/x/",
    template="x.html",
    title="X",
    kind="method",
    section="/",
    data={"one": Markup("<b>1</b>"), "deep": {"two": (1, None)}, "else": ({"text": "x"},)},
)
FILES = {
    "industries/retail.yml": "name: Retail\npains: {slow: {pain: Slow, answered_by: [crm]}}\n",
    "industries/instant.yml": "name: Instant\nparent: retail\n",
    "companies/jd.yml": "name: JD.com\nroles: [peer]\n",
    "accounts/duc.yml": "name: Đức & <Sons>\nindustry: instant\nuses: {crm: {seats: 7}}\n",
    "accounts/bare.yml": "name: Bare\nindustry: instant\nstrategy: retain\n",
    "pages/nine-box.md": "# Nine-box\n\n## How\n\nText.\n",
    "glossary.yml": "crn: {en: Concentration ratio, definition: {en: Share}}\n",
    "questions.yml": "before: {business: [{id: introduce, en: Please introduce it.}]}\n",
    "sources.yml": "report: {title: Report, kind: media}\n",
    "book.yml": "name: Northstar CRM\ncapabilities: {crm: {name: CRM}}\nteam: {mai: {name: Mai}}\n",
    **strategies(),
}


def theme(folder: Path, text: str = "{{ one }}") -> Path:
    """A theme with one template."""
    (folder / "briefbook").mkdir(parents=True, exist_ok=True)
    (folder / "briefbook" / "x.html").write_text(text, "utf-8")
    return folder


def test_any_byte_of_a_theme_changes_its_look(tmp_path: Path) -> None:
    """Of any file, or its name."""
    folder = theme(tmp_path)
    seen = {look(folder)}
    theme(folder, "{{ one }} ")
    seen.add(look(folder))
    style = folder / "x.css"
    style.write_text("a")
    seen.add(look(folder))
    style.rename(folder / "y.css")
    seen.add(look(folder))
    assert len(seen) == 4
    assert look(folder) == Renderer(folder, Words("en")).look


@pytest.mark.parametrize("text", ["{{ nothing }}", "{{ deep.nothing }}", "{{ t('stale.since') }}"])
def test_what_a_template_misses_is_an_error(tmp_path: Path, text: str) -> None:
    """Nothing is left empty by a slip."""
    with pytest.raises((UndefinedError, KeyError)):
        Renderer(theme(tmp_path, text), Words("en")).html(PAGE)


def test_text_is_escaped_and_markup_is_not(tmp_path: Path) -> None:
    """In whatever place of a template."""
    made = Renderer(theme(tmp_path, '<a title="{{ two }}">{{ one }}{{ two }}'), Words("en"))
    data = {**PAGE.data, "two": '"><script>'}
    assert made.html(replace(PAGE, data=data)) == (
        '<a title="&#34;&gt;&lt;script&gt;"><b>1</b>&#34;&gt;&lt;script&gt;'
    )


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_every_page_of_a_small_book_renders(language: str) -> None:
    """With one h1, no id twice, and its own table of contents."""
    of = site(content(FILES), language=language)
    seen = set()
    for one in pages(of):
        made = renderer(language).html(one)
        ids = re.findall(r'\sid="([^"]*)"', made)
        assert made.count("<h1") == 1, one.address
        assert sorted(ids) == sorted(set(ids)), one.address
        assert {id for id, _ in one.toc} <= ends(made).ids, one.address
        assert "<Sons>" not in made, one.address
        json.dumps(one.json)
        seen.add(one.address)
    expected = "/accounts/ /accounts/duc/ /industries/instant/ /companies/jd/ /strategy/retain/"
    assert {"/", *expected.split(), "/methods/nine-box/", "/glossary/", "/sources/"} <= seen


def test_a_book_of_nothing_renders() -> None:
    """Empty lists are said to be empty."""
    of = site(content({}))
    assert len([renderer().html(one) for one in pages(of)]) >= 8


def test_no_label_stands_outside_the_catalogue() -> None:
    """In the made-up language every message is in brackets; what is left is the book's own."""
    found = content(FILES)
    of = site(found, language=PSEUDO)
    made = renderer(PSEUDO).html(page(of, "/accounts/bare/"))
    headings = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", made, re.DOTALL)
    assert len(headings) > 4
    assert [one for one in headings if "[" not in one] == []


def test_anchors_and_targets_are_read_from_html() -> None:
    """As they stand in attributes."""
    html = '<a id="x" href="../y/?a=1&amp;b=2">z</a><img src="p.svg"><b data-id="no">'
    assert ends(html) == Ends(frozenset({"x"}), frozenset({"../y/?a=1&amp;b=2", "p.svg"}))


def test_text_that_looks_like_a_link_is_none() -> None:
    """Quotes stand in text as they are; "<" and ">" never do."""
    html = '<p>write href="nowhere" &gt; and id="none"</p><a href="there">x</a> src="no"'
    assert ends(html) == Ends(frozenset(), frozenset({"there"}))
    html = '<p>write href="nowhere</p><p class="a" id="b">\'</p>'
    assert ends(html) == Ends(frozenset({"b"}), frozenset())


def test_words_with_d_are_spelled_for_the_index() -> None:
    """Once, on pages that search finds."""
    made = renderer().html(page(site(content(FILES)), "/accounts/duc/"))
    assert 'data-also="duc"' in made


def test_every_sign_is_drawn_by_the_styles() -> None:
    """An empty element shows nothing where the styles do not know it: signs, hundredths, widths."""
    theme = REPO / "theme"
    styles = "".join(one.read_text("utf-8") for one in (theme / "assets").rglob("*.css"))
    parts = "".join(one.read_text("utf-8") for one in theme.rglob("*.html"))
    asked = set(re.findall(r'icon\((?:[^()]*? else )?"([a-z-]+)"', parts))
    for name in ("STATE_SIGN", "BANT_SIGN"):
        asked |= set(
            re.findall(r': "([a-z-]+)"', parts.split(f"set {name} = ", 1)[1].split("}")[0])
        )
    assert {"check", "chevron", "hourglass", "half", "missing"} <= asked
    drawn = set(re.findall(r"\.bb-i-([a-z-]+) \{", styles))
    assert asked <= drawn
    for letter in "nt":
        hundredths = re.findall(rf"\.{letter}(\d+)\{{--bb-{letter}:([\d.]+)}}", styles)
        assert [float(value) for _, value in hundredths] == [n / 100 for n in range(101)]
        assert [int(name) for name, _ in hundredths] == list(range(101))


def test_bars_and_dumbbells_are_drawn_by_hundredths() -> None:
    """A share is cut to what a bar can show; where there is no whole there is no bar."""
    environment = renderer().environment
    parts = environment.from_string('{% import "parts.html" as p with context %}{{ p.bar(*a) }}')
    assert parts.render(a=(1, 3)) == '<i class="bb-bar n33"></i>'
    assert parts.render(a=(5, 3, 60)) == '<i class="bb-bar bb-bar-60 n100"></i>'
    assert parts.render(a=(-1, 3)) == '<i class="bb-bar n0"></i>'
    assert parts.render(a=(1, 0)) == '<i class="bb-bar n0"></i>'
    bell = environment.from_string(
        '{% import "parts.html" as p with context %}{{ p.dumbbell(*a, scale=s) }}'
    )
    shown = [
        re.search(r'class="bb-dumbbell([^"]*)"', bell.render(a=(now, target, "x"), s=scale))
        for now, target, scale in ((1, 3, 5), (2, 2, 5), (2, None, 5), (None, 3, 5), (9, 4, 8))
    ]
    assert [one and one[1] for one in shown] == [
        " n20 t60", " n40", " n40", " bb-dumbbell-off", " s8 n100 t50",
    ]  # fmt: skip
