"""Explaining: the HTML of a page in, the same with each term explained once out."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from briefbook.pages.explain import Terms, notes_json, terms
from briefbook.pages.glossary import pages as glossary_pages
from briefbook.words import Words
from tests.small import content, html, site
from tests.small import page as page_at

GLOSSARY = """
closeness: {en: Closeness, vi: Mức độ gần gũi, zh: 亲密度,
            definition: {en: How "near" <one> is, zh: 远近}}
potential: {en: Potential, everyday: yes, definition: {en: The most}}
roe: {en: Return on equity, short: ROE, definition: {vi: Lợi nhuận}}
gap: {en: Gap, definition: {en: Target minus today}}
"""
LINK = '<a class="bb-term" href="../../glossary/#closeness">{}</a>'


def of(language: str = "en", glossary: str = GLOSSARY) -> Terms:
    """The terms of a small book."""
    book = f"name: N\nlanguage: {language}\n"
    made = content({"glossary.yml": glossary, "book.yml": book, "pages/nine-box.md": "# N\n\nx\n"})
    return terms(made, Words(language))


EXPLAINS = of()


def notes(language: str) -> dict[str, list[str]]:
    """What the script tells of each term of a small book."""
    files = {"glossary.yml": GLOSSARY, "book.yml": f"name: N\nlanguage: {language}\n"}
    told: dict[str, list[str]] = json.loads(notes_json(content(files), Words(language)))["of"]
    return told


def told(text: str, language: str = "en") -> str:
    """The body of a page."""
    return of(language).explained(text, "/a/b/", "method")


def test_only_the_first_use_is_explained() -> None:
    """As it is written there, by a link that leads to the glossary."""
    made = told("<p>Low closeness, then Closeness</p>")
    assert made == f"<p>Low {LINK.format('closeness')}, then Closeness</p>"


@pytest.mark.parametrize(
    "quiet",
    [
        '<a href="x">closeness</a>', "<h2 id=x>closeness <b>x</b></h2>", "<code>closeness</code>",
        "<pre><code>closeness</code></pre>", "<svg><text>closeness</text></svg>",
        "<summary>closeness</summary>", "<label>closeness<input></label>",
        "<button>closeness</button>", '<script type="application/json">["closeness"]</script>',
        '<th scope="col" data-sort-by="text">closeness</th>', '<p title="closeness">x</p>',
        "<template><td>closeness</td></template>", '<span lang="vi">closeness</span>',
        '<p lang="zh"><b>x</b><br><em>closeness</em></p>', '<span class="bb-sr">closeness</span>',
        '<div class="x" hidden>closeness</div>', '<i aria-hidden="true">closeness</i>',
        "<nav><span>closeness</span></nav>", "pre-closeness", "&closeness;", "closenesses",
    ],
)  # fmt: skip
def test_what_must_stay_whole_stays_whole(quiet: str) -> None:
    """Links, headings, code, drawings, controls, sorted heads, hidden text, other languages."""
    assert told(f"<div>{quiet}</div>") == f"<div>{quiet}</div>"
    after = f"<div>{quiet}</div><p>closeness"
    assert told(after) == after.replace("<p>closeness", f"<p>{LINK.format('closeness')}")


@pytest.mark.parametrize(
    "open_",
    ['<p lang="en">{}</p>', "<th scope=row>{}</th>", "<dt>{}</dt>", "<p><b>x</b> {}</p>",
     '<p><span lang="vi">x</span> {}</p>', '<p><span hidden></span>{}</p>', "<td>{}<br></td>"],
)  # fmt: skip
def test_all_else_is_open(open_: str) -> None:
    """Text, labels, plain heads of tables, and what stands beside something quiet."""
    assert told(open_.format("closeness")) == open_.format(LINK.format("closeness"))


@pytest.mark.parametrize(
    "name",
    ["R&D", "<b>", "a < b", "</p>", '"x"', "34", "amp", "lt", "&amp;", "&", "p", "class", "bb-term",
     "(?=x)", "\\\\1", "x*", "e\u0301", "İ", "ß", "{{ x }}"],
)  # fmt: skip
def test_a_name_is_never_markup(name: str) -> None:
    """Whatever a term is called, the page reads the same, and only words get a link."""
    made = of(glossary=json.dumps({"t": {"en": name, "definition": {"en": f"It is {name}"}}}))
    text = f'<p class="p">{escape(name)} &amp; "34" &#34;x&#34; &lt;b&gt; R&amp;D</p>'
    body = made.explained(text, "/", "home")
    assert body.replace("</a>", "").replace('<a class="bb-term" href="glossary/#t">', "") == text
    assert not re.search(r"&[#\w]*<|<a[^>]*>[^<]*<(?!/a)", body)
    assert name not in {"R&D", "34"} or "<a " in body


BITS = (
    *"< > </ <p> </p> <i> </i> <a> </a> <svg> </svg> <br> <!-- --> &lt; x closeness".split(),
    '<i lang="vi">', "Potential", " ", "\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=12))
def test_nothing_of_a_page_is_lost(pieces: list[str]) -> None:
    """Without its links the page is what it was, well formed or not."""
    text = "".join(pieces)
    made = EXPLAINS.explained(text, "/a/b/", "method")
    assert re.sub(r'<a class="bb-term"[^>]*>(.*?)</a>', r"\1", made) == text


def test_everyday_words_are_explained_as_labels_only() -> None:
    """Where nothing stands beside them."""
    assert "<a " not in told("<p>It has potential</p>")
    assert "<a " in told("<p>It has potential</p><dt> Potential </dt>")


def test_the_language_of_the_site_counts() -> None:
    """A term without a definition there speaks English, or is left alone."""
    assert "<a " not in told("<p>Mức độ gần gũi</p>")
    assert told("<p>其亲密度</p>", "zh") == f"<p>其{LINK.format('亲密度')}</p>"
    assert notes("zh")["closeness"] == ["亲密度", "远近"]
    assert notes("vi")["closeness"] == ["Closeness", 'How "near" <one> is', "en"]
    assert "roe" not in notes("en")
    assert "<a " not in told("<p>ROE</p>")  # nobody has said in English what it means


def test_every_link_has_a_note() -> None:
    """What is linked is in the file that the script reads, under the anchor of the link."""
    [page] = glossary_pages(site(content(FILES)), {})
    told_ = json.loads(page.files["terms.json"])
    assert told_["label"] == "In the glossary"
    assert set(told_["of"]) == set(of(glossary=FILES["glossary.yml"]).alone)


def test_the_glossary_explains_itself() -> None:
    """Its own page, and that of the fields, stay as they are."""
    assert of().explained("<p>closeness</p>", "/glossary/", "glossary") == "<p>closeness</p>"


def test_page_without_glossary_stays_as_it_is() -> None:
    """No term, no change."""
    assert of(glossary="{}").explained("<p>closeness</p>", "/", "home") == "<p>closeness</p>"


@pytest.mark.parametrize(
    "other",
    [GLOSSARY.replace("en: Gap", "en: Gap so"), GLOSSARY.replace("everyday: yes, ", "")],
)
def test_what_pages_would_show_changes_the_digest(other: str) -> None:
    """Or an old page would be kept."""
    assert of().digest == of().digest
    assert of().digest != of(glossary=other).digest
    assert of().digest == of(glossary=GLOSSARY.replace("Target minus", "Goal minus")).digest


def test_long_page_costs_little() -> None:
    """A list of thousands of rows in another language, and every term in it."""
    text = '<p><span lang="vi">closeness</span> <i hidden>gap</i></p>' * 5000
    start = time.process_time()
    assert told(text) == text
    assert time.process_time() - start < 3


FILES = {
    "glossary.yml": GLOSSARY
    + "zeta: {vi: Đích, zh: 大客户, not: {vi: khách to}, also: {zh: [重点客户]}}\n",
    "pages/nine-box.md": "# Nine-box\n\nThe closeness [of](ref:term/gap).\n",
    "book.yml": "name: N\n",
}


def test_glossary_page_tells_all() -> None:
    """Names, meanings, wrong names, uses; a letter for each, and an anchor for each term."""
    made = html(site(content(FILES)), "/glossary/")
    assert re.findall(r'<h2 class="bb-letter" id="([^"]+)">', made) == [
        "letter_c", "letter_d", "letter_g", "letter_p", "letter_r",
    ]  # fmt: skip
    assert re.findall(r'<h3 id="([^"]+)">', made) == [
        "closeness",
        "zeta",
        "gap",
        "potential",
        "roe",
    ]
    for text in (
        "大客户",
        "重点客户",
        "khách to",
        "no definition in the language",
        "Lợi nhuận",
        '<a href="../methods/nine-box/">Nine-box</a>',
        "account value_to_us.potential",
    ):
        assert text in made, text


def test_glossary_page_in_chinese_goes_by_sound() -> None:
    """A term without a Chinese name stands under that of another language."""
    made = html(site(content({**FILES, "book.yml": "name: N\nlanguage: zh\n"})), "/glossary/")
    assert re.findall(r'<h3 id="([^"]+)">', made) == [
        "zeta", "gap", "potential", "closeness", "roe",
    ]  # fmt: skip
    assert re.findall(r'id="letter_(.)"', made) == ["d", "g", "p", "q", "r"]


def test_long_uses_say_how_many_more() -> None:
    """Records are named up to a number, the rest counted."""
    many = {f"industries/i{n}.yml": f"name: I{n}\ndefinition: On closeness of people\n"
            for n in range(9)}  # fmt: skip
    page = page_at(site(content({**FILES, **many})), "/glossary/")
    row = next(one for group in page.data["groups"] for one in group["rows"]
               if one["id"] == "closeness")  # fmt: skip
    [use] = [one for one in row["uses"] if one["label"] == "Named in"]
    assert (len(use["links"]), use["more"]) == (6, "and 3 more")


def test_links_of_prose_lead_to_terms() -> None:
    """`ref:term/...` is an anchor of the glossary."""
    assert 'href="../../glossary/#gap"' in html(site(content(FILES)), "/methods/nine-box/")
