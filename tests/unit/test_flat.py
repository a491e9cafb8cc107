"""Flat copies of what search reads: Pagefind finds the same, but for anchors nobody asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefbook.search.flat import flat
from briefbook.search.program import run_pagefind
from tests.meaning import meaning

BODY = '<div class="bb-page" data-pagefind-body>{}</div>'
TOLD = (
    '<span hidden data-pagefind-filter="kind[data-value]" data-value="A &amp; b"></span>'
    '<span hidden data-pagefind-meta="title[data-title]" data-title="c &lt;p&gt; d"></span>'
)
ENDS = [
    *"aZ0_'\"$*).,;:!?-%+=#@~^|\\]}",
    *("&gt;", "&#34;", "&amp;", "", " ", "\n", "\u00a0", "\u3000", "\u200b", "\u200d"),
    *"éÀ×÷ßªº²½Ⅷⅷⓐ①١đăươẠỹ中的鿋々〇。，？！：）”’—–…·→\u203f",
    *("e\u0301", "o\u031b\u0300", "ไทย", "ไป่", "हिन्दी", "한글", "ひら", "カナー", "Ж", "ﬁ", "𝒳"),
    *("\U00020000", "😀"),
    *("\ufe0f", "\u20e3", "\u0345", "\u24b6", "ʰ", "ǅ", "ɏ", "ɐ", "Ḁ", "ỿ", "ἀ", "€", "№", "™"),
]  # fmt: skip
"""How the text of a block may end: whether that is a sentence is Pagefind's own affair."""
PIECES = [
    'one<b>two</b>three <i class="x"></i>four',
    "<p>One</p><p>two.</p>\n<p>three\n</p>four<p></p>five <p> </p>six",
    "<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul><ol><li>four</li></ol>",
    "one<div>two<div>three<div></div></div></div><section>four</section><article>five</article>six",
    "<table><caption>one</caption><thead><tr><th>two</th><th>three</th></tr></thead></table>",
    "<tbody><tr><th>four</th><td>five</td><td></td><td>six seven</td></tr></tbody>eight",
    "<dl><dt>one</dt><dd>two</dd>\n<dt>three</dt> <dd>four</dd></dl>five<br>six<br>\nseven",
    '<h1>One</h1><h2 class="a" id="b" title="c">two <span>three</span><b>four</b></h2>five',
    "<h3>six</h3><h4> seven </h4><h5>eight</h5><h6></h6>nine",
    '<h2 id=" a\tb ">one</h2><h3 data-id="a">two</h3><div><h2 id="c/"><i></i> d</h2></div>',
    '<h2 title="data-pagefind-ignore id=" class="a">one</h2><p lang="a id=">two</p>',
    '<p id="a">one</p>two<span id="b">three</span>four<tr id="c"><td id="d">five</td></tr>six',
    "one<nav>two<ul><li>three</li></ul></nav>four<p>five <nav>six</nav></p>seven<nav></nav>",
    "<p>one<nav><h2>two</h2><p>three</p></nav></p><p>four</p>",
    "<p>one</p><script>two</script>three",
    "&lt;p&gt;one&lt;/p&gt;two &lt;. three &lt;( four &lt;) five &lt;? <p>&lt;!-- six --&gt;</p>",
    '<p title="&lt;/p&gt; one" data-x="&#34;&gt;">two</p>three &amp;lt; four &#34;id=&#34;',
    "<details><summary>one<i></i></summary><div>two</div></details><pre><code>3\n  4</code></pre>",
    "<figure><figcaption>one</figcaption></figure><header><div>two</div></header><s>three</s>four",
    f"{TOLD}one{TOLD}<p>two{TOLD}three</p>four",
    f"<p>one{TOLD}</p>two{TOLD}\n three",
    f"<div>{TOLD} \n</div>one",
]
"""What may stand in a page."""


def meanings(folder: Path, bodies: list[str]) -> object:
    """What Pagefind reads out of these bodies, one a page, but for anchors that are no headings."""
    for number, body in enumerate(bodies):
        page = folder / "pages" / str(number) / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<html><body>{body}", "utf-8")
    run_pagefind(folder / "pages", folder / "bundle")
    found = meaning(folder / "bundle")
    for _, shown in found.pages.values():
        shown["anchors"] = [one for one in shown["anchors"] if one["element"].startswith("h")]
    return found


def test_pagefind_finds_the_same(tmp_path: Path) -> None:
    """Texts, words with their places and weights, headings, titles, filters: nothing differs."""
    blocks = "".join(
        f"<p>one {end}</p>two{end}<td>{end}</td>three"
        f'<h2 id="n{number}">{end}</h2>\n'
        f'<li><b>four<i>{end}</i></b> </li><div>five<a href="x">{end}</a></div><div>{end}six</div>'
        for number, end in enumerate(ENDS)
    )  # fmt: skip
    bodies = [BODY.format(piece) for piece in [*PIECES, blocks, "".join([*PIECES, blocks])]]
    wanted = meanings(tmp_path / "whole", bodies)
    assert meanings(tmp_path / "flat", [flat(body.encode()).decode() for body in bodies]) == wanted


@pytest.mark.parametrize("piece", PIECES)
def test_hardly_an_element_is_left(piece: str) -> None:
    """Headings alone, and what is told of a page."""
    body = flat(BODY.format(piece).encode()).decode()
    left = re.sub(r'</?h[1-6](?: id="[^"]*")?>', "", body.replace(TOLD, ""))
    assert re.findall("<[^>]*>", left) == re.findall("<[^>]*>", BODY)


def test_what_is_told_comes_first() -> None:
    """It says nothing where it stands, and would hide which letter a block ends with."""
    assert flat(BODY.format(f"<p>one{TOLD}</p>two").encode()).decode() == BODY.format(
        f"{TOLD} one. two"
    )


def test_a_block_in_doubt_is_left_to_pagefind() -> None:
    """For whether a letter is one depends on the version of Unicode; no word is cut for it."""
    body = BODY.format("<h2>Area</h2><p>12 <b>k</b>m²</p>\ntwo é<div>là</div><div>three?</div>")
    assert flat(body.encode()).decode() == BODY.format(
        "<h2>Area</h2> 12 <p>km²</p> two é là. three? "
    )


@pytest.mark.parametrize(
    "other",
    [
        '<img src="a">',
        "<form>two</form>",
        "<!-- two -->",
        "<em>two</em>",
        "<my-b>two</my-b>",
        "<p data-pagefind-ignore>two<br>three",
        '<p data-pagefind-meta="a">two</p>',
        "<nav>two",
        "two</nav>",
        "1 < 2 > 1",
        '<h2 data-pagefind-weight="9" id="a">two</h2>',
        "<h2 id='a'>two</h2>",
        "<?",
    ],
)
def test_a_page_with_something_unknown_stays(other: str) -> None:
    """Nothing is guessed of what Pagefind makes of it."""
    body = BODY.format(f"<p>one</p>{other}<p>four</p>")
    assert flat(body.encode()).decode() == body
