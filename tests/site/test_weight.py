"""What a page weighs, in a made-up project: what a browser must fetch before it is all there."""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path
from statistics import median

import pytest

from briefbook.demo import write_demo
from tests.browser import Visitor
from tests.conftest import MakeOnce, Serve
from tests.site.project import Project, make

ACCOUNTS = 40
PAGE, PACKED, FIRST_VIEW = 60_000, 12_000, 250_000
"""Bytes: of an account's page, of the same compressed, of all that its first view asks for."""


def demo(root: Path) -> None:
    """A made-up project as `briefbook demo` writes it."""
    write_demo(root, ACCOUNTS, 0)
    make(root)


@pytest.fixture(scope="module")
def made(make_once: MakeOnce) -> Project:
    """The demo, built."""
    return Project(make_once("site-weight", demo))


def packed(text: bytes) -> int:
    """Bytes as a host sends them; what is compressed already grows by a little."""
    return len(gzip.compress(text, 6, mtime=0))


def accounts(project: Project) -> list[Path]:
    """The pages of all accounts."""
    found = sorted((project.site / "accounts").glob("*/index.html"))
    assert len(found) == ACCOUNTS
    return found


def test_a_typical_account_is_light(made: Project) -> None:
    """Half of all pages of accounts are within 60 kB, and half within 12 kB compressed."""
    pages = [page.read_bytes() for page in accounts(made)]
    assert median(map(len, pages)) <= PAGE
    assert median(map(packed, pages)) <= PACKED


def test_the_first_view_is_light(made: Project) -> None:
    """The page of an account with every style, script, font and picture that it names."""
    page = sorted(accounts(made), key=lambda one: one.stat().st_size)[ACCOUNTS // 2]
    named = re.findall(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="([^":]+)"', page.read_text())
    files = {posixpath.normpath(page.parent / name) for name in named}
    styles = [Path(one) for one in files if one.endswith(".css")]
    files |= {
        posixpath.normpath(style.parent / found)
        for style in styles
        for found in re.findall(r'url\("?([^":)]+\.woff2)', style.read_text("utf-8"))
    }
    assert len(styles) >= 5
    assert any(one.endswith(".woff2") for one in files)
    weight = packed(page.read_bytes()) + sum(packed(Path(one).read_bytes()) for one in files)
    assert PACKED < weight <= FIRST_VIEW


def test_a_browser_asks_for_no_more(made: Project, page: Visitor, serve_site: Serve) -> None:
    """Neither the search dialog nor the glossary's notes are fetched before somebody asks."""
    shown = page(f"{serve_site(made.site)}accounts/{accounts(made)[0].parent.name}/")
    shown.wait_for_load_state("networkidle")
    asked = page.requests
    assert len(asked) < 20
    assert not [one for one in asked if "pagefind" in one or one.endswith(("html", "json"))]
    shown.locator("a.bb-term").first.click()
    note = shown.locator(".bb-term-note")
    note.wait_for()
    assert "glossary/terms.json" in asked[-1]
    name = note.locator("strong").inner_text()
    assert name
    shown.keyboard.press("Escape")
    note.wait_for(state="detached")
    shown.keyboard.press("/")
    shown.locator(".bb-search[open]").wait_for()
    assert [one for one in asked if one.endswith("assets/briefbook/search.html")]


def test_a_term_leads_to_the_glossary_without_a_script(
    made: Project, page: Visitor, serve_site: Serve
) -> None:
    """What the note would say is one click further away."""
    address = f"{serve_site(made.site)}accounts/{accounts(made)[0].parent.name}/"
    shown = page(address, scripts=False)
    term = shown.locator("a.bb-term").first
    id = (term.get_attribute("href") or "").partition("#")[2]
    term.click()
    shown.wait_for_url(f"**/glossary/#{id}")
    assert shown.locator(f"h3#{id}").is_visible()
