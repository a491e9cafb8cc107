"""Search is made from lean copies of the pages: it says what that of the whole pages says.

Of pages within the entry of another, that of a whole page which they follow; of anchors, those of
headings, for neither Pagefind's script nor ours asks for any other.
"""

from __future__ import annotations

import html
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from briefbook import search
from briefbook.search.program import run_pagefind
from tests.conftest import MakeOnce
from tests.meaning import meaning
from tests.site.project import Project
from tests.site.reader import VOID
from tests.site.test_hostile import build


@pytest.fixture(scope="module")
def hostile(make_once: MakeOnce) -> Project:
    """Strings that look like markup, our own marks among them, in every kind of place."""
    return Project(make_once("site-hostile", lambda root: build(root, 13)))


class Inner(HTMLParser):
    """The body of a page that search reads, in full, as it stands within the page above it.

    Read with a parser, for the lean copies are cut by marks: without the head, the title, and all
    filters but the kind; headings and words for search alone carry the name of the page.
    """

    def __init__(self, name: str, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.name, self.depth, self.skipped, self.label, self.text = name, 0, 0, "", ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has, raw = dict(attrs), self.get_starttag_text() or ""
        if not self.depth and "data-pagefind-body" not in has:
            return
        self.label = self.label or has.get("data-bb-within") or ""
        self.depth += tag == "div"
        gone = has.get("class") == "bb-head" or has.get("data-pagefind-meta") == "title[data-title]"
        other = has.get("data-pagefind-filter", "kind[data-value]") != "kind[data-value]"
        if self.skipped or gone or other:
            self.skipped += tag not in VOID
            return
        if re.fullmatch("h[1-6]", tag):
            raw = raw.replace(' id="', f' id="{self.name}/')
        self.text += raw.replace('"also[data-also]"', f'"also-{self.name}[data-also]"')

    def handle_endtag(self, tag: str) -> None:
        if not self.depth:
            return
        if self.skipped:
            self.skipped -= 1
        else:
            self.text += f"</{tag}>"
        self.depth -= tag == "div"

    def handle_data(self, data: str) -> None:
        self.text += data if self.depth and not self.skipped else ""

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def put_within(pages: Path) -> int:
    """Move pages within the entry of another to the end of that page's article; their number."""
    marked = [
        path for path in sorted(pages.rglob("*.html"))
        if re.search(r'<div [^>]*data-pagefind-body data-bb-within="', path.read_text("utf-8"))
    ]  # fmt: skip
    for path in marked:
        name, above = path.parent.name, path.parent.with_name("index.html")
        inner = Inner(name, path.read_text("utf-8"))
        start, end, rest = above.read_text("utf-8").rpartition("</article>")
        heading = f'<h2 data-pagefind-body id="{name}/">{html.escape(inner.label)}</h2>'
        above.write_text(start + heading + inner.text + end + rest, "utf-8")
        path.unlink()
    return len(marked)


def from_whole_pages(site: Path, folder: Path) -> Path:
    """The index that Pagefind makes of the pages as they are published."""
    pages, bundle = folder / "pages", folder / "pagefind"
    shutil.copytree(site.resolve(), pages, ignore=shutil.ignore_patterns("pagefind"))
    assert put_within(pages) > 2
    run_pagefind(pages, bundle)
    return bundle


@pytest.mark.parametrize("name", ["sample", "small", "hostile"])
def test_the_index_is_that_of_the_whole_pages(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Addresses, titles, texts, headings, filters, places of words: nothing of it differs."""
    project: Project = request.getfixturevalue(name)
    wanted = meaning(from_whole_pages(project.site, tmp_path))
    for _, shown in wanted.pages.values():
        shown["anchors"] = [one for one in shown["anchors"] if one["element"].startswith("h")]
    made = meaning(project.site / search.FOLDER)
    assert len(made.pages) > 40
    assert made == wanted
