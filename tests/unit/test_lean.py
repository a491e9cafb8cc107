"""Lean copies of pages: what search reads stands in them, and nothing that it passes over."""

from pathlib import Path

import pytest

from briefbook.search.dealing import above_first
from briefbook.search.flat import flat
from briefbook.search.lean import lean_page, write_lean

FRAME = (
    '<!doctype html><html lang="en"><head><title>Name · Site</title>'
    '<meta name="description" content="{about}"></head><body><nav><div>Tabs</div></nav>'
    "<article>{body}</article><footer>Foot</footer></body></html>"
)
LEAN = "<html><body>{}"


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
    write_lean(tmp_path / "site", ["404.html", "index.html", "a/b/index.html"], tmp_path / "lean")
    copies = (path for path in (tmp_path / "lean").rglob("*") if path.is_file())
    assert {path.relative_to(tmp_path / "lean").as_posix() for path in copies} == {
        "a/b/index.html", "index.html",
    }  # fmt: skip


ABOVE = (
    '<div data-pagefind-body><span hidden data-pagefind-filter="kind[data-value]" '
    'data-value="Account"></span><h1>Name</h1>Short</div>'
)
PART = (
    '<div class="page" data-pagefind-body data-bb-within="Who &amp; why">'
    '<span hidden data-pagefind-filter="kind[data-value]" data-value="Who &amp; why"></span>'
    '<span hidden data-pagefind-filter="owner[data-value]" data-value="a&gt;b"></span>'
    '<span hidden data-pagefind-meta="title[data-title]" data-title="Name"></span>'
    '<span hidden data-pagefind-meta="also[data-also]" data-also="dien"></span>'
    '<header class="bb-head">\n<h1 id="top">Name</h1></header><h2 class="x" id="all">All</h2>'
    '<p id="one">id="two" &lt;h2 id=&#34;three&#34;&gt;</p><h3>Some</h3></div>'
)


def pages(site: Path) -> list[str]:
    """All pages below a folder, those above before those below."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return sorted(found, key=above_first)


def copies(folder: Path, **bodies: str) -> dict[str, str]:
    """The lean copies of pages with these bodies, by place: `a__b` for `a/b/index.html`."""
    for name, body in bodies.items():
        page = folder / "site" / name.replace("__", "/") / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(FRAME.format(body=body, about=""), "utf-8")
    write_lean(folder / "site", pages(folder / "site"), folder / "lean")
    paths = (path for path in (folder / "lean").rglob("*") if path.is_file())
    return {
        path.parent.relative_to(folder / "lean").as_posix(): path.read_text("utf-8")
        for path in paths
    }


def test_a_page_within_another_follows_in_its_copy(tmp_path: Path) -> None:
    """Below its name; without what it repeats of that page; its headings tell where it stands."""
    found = copies(tmp_path, a=ABOVE, a__people=PART)
    assert found == {
        "a": LEAN.format(ABOVE) + '<h2 id="people/" data-pagefind-body>Who &amp; why</h2>'
        '<div class="page" data-pagefind-body data-bb-within="Who &amp; why">'
        '<span hidden data-pagefind-filter="kind[data-value]" data-value="Who &amp; why"></span>'
        '<span hidden data-pagefind-meta="also-people[data-also]" data-also="dien"></span>'
        '<h2 id="people/all">All</h2>'
        ' id="two" &lt;h2 id=&#34;three&#34;&gt; <h3>Some</h3></div>'
    }


def test_pages_within_another_follow_in_order(tmp_path: Path) -> None:
    """By name, whatever order the disk keeps; deeper pages have an entry of their own."""
    found = copies(tmp_path, a=ABOVE, a__c=PART, a__b=PART, a__b__d=PART)
    assert sorted(found) == ["a", "a/b/d"]
    assert found["a"].index('id="b/"') < found["a"].index('id="c/"')


def test_a_page_within_one_that_search_does_not_cover_stands_alone(tmp_path: Path) -> None:
    """Nothing of it is lost, or changed."""
    found = copies(tmp_path, a="<div>Secret</div>", a__people=PART)
    assert found == {"a/people": LEAN.format(flat(PART.encode()).decode())}


def test_pages_within_others_are_counted(tmp_path: Path) -> None:
    """For the index holds them too."""
    copies(tmp_path, a=ABOVE, a__b=PART, a__c=PART, d=ABOVE)
    assert write_lean(tmp_path / "site", pages(tmp_path / "site"), tmp_path / "again").within == 2
