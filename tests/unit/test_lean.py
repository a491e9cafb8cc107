"""Lean copies of pages: what search reads stands in them, and nothing that it passes over."""

from pathlib import Path

import pytest

from briefbook.search.lean import lean_page, write_lean

FRAME = (
    '<!doctype html><html lang="en"><head><title>Name · Site</title>'
    '<meta name="description" content="{about}"></head><body><nav><div>Tabs</div></nav>'
    "<article>{body}</article><footer>Foot</footer></body></html>"
)
LEAN = "<html><body>{}</body></html>"


def lean(body: str, about: str = "") -> str:
    """The lean copy of a page with this body."""
    return lean_page(FRAME.format(body=body, about=about).encode()).decode()


def test_the_frame_goes() -> None:
    """What stands around the body is not read: the copy is the body alone."""
    body = '<div class="page" data-pagefind-body><div><h1 id="a">Name</h1></div>Text</div>'
    assert lean(body + "<div>After</div>") == LEAN.format(body)


def test_a_page_that_search_does_not_cover_has_no_copy() -> None:
    """Nothing of it is handed to Pagefind."""
    assert lean("<div>Secret</div>") == ""


def test_what_is_searched_stays() -> None:
    """Headings, anchors, filters, titles and text stay as they are."""
    body = (
        '<div data-pagefind-body><span hidden data-pagefind-filter="kind[data-value]" '
        'data-value="A"></span><span hidden data-pagefind-meta="title[data-title]" '
        'data-title="T"></span><section id="s"><h2 id="h">H</h2><p>One<br>two</p></section></div>'
    )
    assert lean(body) == LEAN.format(body)


@pytest.mark.parametrize(
    "gone",
    [
        '<svg viewBox="0 0 1 1"><title>Drawing</title><text>a</text></svg>',
        "<div data-pagefind-ignore>a<div>b<div>c</div></div>d</div>",
        '<section data-pagefind-ignore="all"><s>a</s><span>b</span></section>',
        '<td class="x"\n  data-pagefind-ignore title="y">a</td>',
        "<ul data-pagefind-ignore><li data-pagefind-ignore>a</li></ul>",
        "<p data-pagefind-ignore>the mark data-pagefind-ignore in it</p>",
        '<figure data-pagefind-ignore><svg class="a"><path d="M0 0"/></svg></figure>',
    ],
)
def test_what_search_passes_over_goes(gone: str) -> None:
    """Drawings and what is marked to be ignored go whole, elements of the same name in them too."""
    body = "<div data-pagefind-body><p>One</p>{}<p>two</p>{}</div>"
    assert lean(body.format(gone, gone)) == LEAN.format(body.format("", ""))


@pytest.mark.parametrize(
    "word",
    [
        "&lt;/svg&gt; and &lt;svg&gt;",
        "&lt;!-- &lt;svg",
        "data-pagefind-body",
        " data-pagefind-ignore",
        "&lt;div data-pagefind-ignore&gt; &lt;/div&gt;",
        "&#34; data-pagefind-ignore=&#34;",
        "&lt;/article&gt;&lt;/div&gt;",
    ],
)
def test_what_people_write_is_no_mark(word: str) -> None:
    """Words in a text, in a value of the body or of the frame, that look like our marks."""
    body = (
        f'<div class="page" data-pagefind-body><p title="{word}">{word}</p><br>{word}'
        f'<span hidden data-pagefind-meta="title[data-title]" data-title="{word}"></span></div>'
    )
    assert lean(body, about=word) == LEAN.format(body)


def test_an_element_that_is_never_closed_stays() -> None:
    """Where its end is not known, nothing is cut."""
    body = "<div data-pagefind-body><br data-pagefind-ignore>One<p data-pagefind-ignore>two</div>"
    assert lean(body) == LEAN.format(body)


def test_copies_stand_where_the_pages_do(tmp_path: Path) -> None:
    """Search tells of addresses, which come from the places of the files."""
    page = FRAME.format(body="<div data-pagefind-body>One</div>", about="")
    for name, text in (("a/b/index.html", page), ("index.html", page), ("404.html", "<p>No")):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, "utf-8")
    write_lean(tmp_path / "site", tmp_path / "lean")
    copies = (path for path in (tmp_path / "lean").rglob("*") if path.is_file())
    assert {path.relative_to(tmp_path / "lean").as_posix() for path in copies} == {
        "a/b/index.html", "index.html",
    }  # fmt: skip
