"""Prose: CommonMark that people wrote in, safe HTML out."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from briefbook import prose as prose_module
from briefbook.prose import headings, links, plain, prose
from tests.samples import CORPORA

ALLOWED = set(
    "a blockquote br code em h2 h3 h4 hr li ol p pre strong table tbody td th thead tr ul".split()
)


def made(text: str, heading: int = 2) -> str:
    """HTML of a text; `ref:account/a` leads to a page, all other references nowhere."""
    return prose(text, {"account/a": "../a/", "industry/i#x": "../i/#x"}.get, heading=heading)


class Tags(HTMLParser):
    """Every start tag with its attributes, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag."""
        self.found.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Start tags of some HTML."""
    return Tags(html).found


@given(st.text("ab Đ线9 ,.;:?()%/’–、。，：-_*`[]<>&\"'!#+=|~\\\n\t\u0301\u00a0", max_size=12))
@settings(max_examples=1500)
def test_a_plain_line_is_read_as_any_other_text(text: str) -> None:
    """What is known to be plain comes out as the reader of CommonMark would have it."""

    def resolve(_: str) -> None:
        return None

    assert prose(text, resolve) == prose_module._html(prose_module._parsed(text, resolve, 2))  # noqa: SLF001
    assert plain(text) == " ".join(prose_module._said(text).split())  # noqa: SLF001


def test_common_mark_becomes_html() -> None:
    """Emphasis, lists, code, quotes and tables."""
    assert made("Some **bold** and *soft* `code`") == (
        "<p>Some <strong>bold</strong> and <em>soft</em> <code>code</code></p>\n"
    )
    assert made("- a\n- b") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    assert [tag for tag, _ in tags(made("> x\n\n---\n\n```\ny\n```"))] == [
        "blockquote", "p", "hr", "pre", "code",
    ]  # fmt: skip
    assert isinstance(made("x"), Markup)


def test_tables_keep_no_style() -> None:
    """Alignment would be an inline style, which the site's policy forbids."""
    html = made("| a | b |\n|:--|--:|\n| 1 | 2 |\n")
    assert [tag for tag, _ in tags(html)] == [
        "table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td",
    ]  # fmt: skip
    assert "style" not in html


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "<script>x</script>", "a <img src=x onerror=y> b", "<!-- x -->", "<svg/>"]
)
def test_raw_html_is_shown_as_text(text: str) -> None:
    """What looks like a tag is written out."""
    html = made(text)
    assert {tag for tag, _ in tags(html)} == {"p"}
    assert "&lt;" in html


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "data:image/png;base64,AA",
     "vbscript:x", "file:///etc/passwd", "//evil.example/x", "/accounts/a/", "a.html",
     "mailto:x@y.example", "ref:account/nobody", "ref:", "ref:javascript:x", "java&#x0A;script:x",
     "ftp://x.example"],
)  # fmt: skip
def test_links_lead_nowhere_else(target: str) -> None:
    """Only to the web, to a record, or to a part of the same page."""
    for text in (f"[x]({target})", f"[x](<{target}>)", f"[x][y]\n\n[y]: {target}"):
        assert {attrs["href"] for tag, attrs in tags(made(text)) if tag == "a"} <= {"#"}


@pytest.mark.parametrize(
    ("target", "href"),
    [("https://x.example/a?b=c&d=e#f", "https://x.example/a?b=c&d=e#f"),
     ("http://x.example", "http://x.example"), ("#part-1", "#part-1"),
     ("ref:account/a", "../a/"), ("ref:industry/i#x", "../i/#x")],
)  # fmt: skip
def test_links_that_lead_somewhere_stay(target: str, href: str) -> None:
    """References are resolved."""
    assert tags(made(f"[x]({target})")) == [("p", {}), ("a", {"href": href})]


def test_pictures_are_not_loaded() -> None:
    """A picture would come from elsewhere: its text becomes a link."""
    assert "img" not in {tag for tag, _ in tags(made("![x](https://x.example/x.png)"))}


@pytest.mark.parametrize(
    ("heading", "levels"),
    [(2, ["h2", "h2", "h3", "h4", "h4"]), (3, ["h3", "h3", "h4", "h4", "h4"])],
)
def test_headings_stand_below_those_of_the_page(heading: int, levels: list[str]) -> None:
    """None above the given level, none below the fourth."""
    html = made("# a\n\n## b\n\n### c\n\n#### d\n\n###### e\n", heading)
    assert [tag for tag, _ in tags(html) if tag != "p"] == levels


def test_headings_of_a_page_have_the_ids_of_its_contents() -> None:
    """By their order, whatever the language; fields have none, since many stand on a page."""
    text = "## 一 `b`\n\n### Two\n\n# Three\n\nText\n\nFour\n----\n"
    ids = [attrs.get("id") for tag, attrs in tags(made(text)) if tag in {"h2", "h3"}]
    assert ids == ["part-1", "part-2", "part-3", "part-4"]
    assert headings(text) == (("part-1", "一 b"), ("part-3", "Three"), ("part-4", "Four"))
    assert "id=" not in made(text, heading=3)


def test_references_are_found_with_their_lines() -> None:
    """For the check that they lead somewhere; code is no reference."""
    text = "First [a](ref:account/a)\nand [b](ref:industry/i#x).\n\n`[c](ref:c)`\n\n- [d](ref:d)"
    assert links(text) == (("ref:account/a", 0), ("ref:industry/i#x", 1), ("ref:d", 5))


@cache
def corpus() -> tuple[str, ...]:
    """Examples of the CommonMark specification, and script payloads in packs of a hundred."""
    spec = json.loads((CORPORA / "commonmark" / "commonmark.json").read_text("utf-8"))
    file = CORPORA / "payloadbox-xss" / "xss-payload-list.txt"
    payloads = file.read_text("utf-8").split("\n")
    packs = ["\n\n".join(payloads[at : at + 100]) for at in range(0, len(payloads), 100)]
    return (*(one["markdown"] for one in spec), *packs)


def test_no_text_makes_a_script() -> None:
    """Whatever is written, tags and attributes are those of the allow-list."""
    assert len(corpus()) > 700
    for text in corpus():
        for tag, attrs in tags(made(text)):
            assert tag in ALLOWED, text
            assert set(attrs) <= {"href", "id", "start", "title"}, text
            if href := attrs.get("href"):
                assert re.match(r"https?://|#", href), text
