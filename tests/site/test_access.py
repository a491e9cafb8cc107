"""Pages as people meet them: on a phone, on one screen, on paper, without scripts."""

from __future__ import annotations

import pytest

from tests.browser import Visitor
from tests.conftest import Serve
from tests.site.project import Project

HEAD_END = """document.querySelector('section:has(> #due)').lastElementChild
    .getBoundingClientRect().bottom + scrollY"""


@pytest.mark.parametrize("which", ["small", "sample", "past"])
def test_pages_never_scroll_sideways(
    which: str, request: pytest.FixtureRequest, serve_site: Serve, page: Visitor
) -> None:
    """At 390 px nothing stands out of the page; wide tables scroll in a box of their own."""
    project: Project = request.getfixturevalue(which)
    home = serve_site(project.site)
    opened = page(home, width=390, height=844)
    wide = {}
    for address in project.kinds.values():
        opened.goto(home + address)
        width = opened.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[address] = width
    assert wide == {}


@pytest.mark.parametrize("which", ["small", "sample"])
def test_the_head_of_an_account_is_one_screen(
    which: str, request: pytest.FixtureRequest, serve_site: Serve, page: Visitor
) -> None:
    """Header to next actions stand above the fold of a phone and of a laptop, for every account."""
    project: Project = request.getfixturevalue(which)
    home = serve_site(project.site)
    opened = page(home)
    accounts = [address for address, one in project.pages.items() if one.kind == "account"]
    assert accounts
    below = {}
    for address in accounts:
        opened.goto(home + address)
        for width, height in ((390, 844), (1280, 800)):
            opened.set_viewport_size({"width": width, "height": height})
            end = opened.evaluate(HEAD_END)
            if not 0 < end <= height:
                below[address, width] = end
    assert below == {}


def test_an_account_of_few_lines_says_what_is_missing(home: str, page: Visitor) -> None:
    """Head, what is missing by importance with field names, and no next action, in words."""
    opened = page(home + "accounts/nothing-known/")
    missing = opened.locator("section:has(> #missing) details li")
    assert missing.count() > 10
    told = missing.all_text_contents()
    assert "value_to_us.potential" in told[0]
    assert any("in_short.earns" in one for one in told)
    assert opened.locator("section:has(> #due) .bb-missing").inner_text().strip()
    assert opened.locator("td:empty").count() == 0


def test_pages_need_no_scripts(small: Project, home: str, page: Visitor) -> None:
    """Without scripts every kind of page shows its heading, its text and whole tables."""
    opened = page(home, scripts=False)
    for address in small.kinds.values():
        opened.goto(home + address)
        document = small.pages[address]
        assert opened.locator("h1").is_visible(), address
        rows = sum(1 for one in document.named("tr") if any(a.tag == "tbody" for a in one.around))
        shown = opened.locator("article tbody tr").evaluate_all(
            "rows => rows.filter(row => !row.hidden && !row.closest('details:not([open])')).length"
        )
        folded = opened.locator("article details:not([open]) tbody tr").count()
        assert shown + folded == rows, address
        assert opened.locator(".bb-facets:visible, .bb-tools-script:visible").count() == 0, address


def test_paper_has_no_controls(small: Project, home: str, page: Visitor) -> None:
    """In print: no header, tabs, sidebar, search or foot of the frame; black on white, not wide."""
    opened = page(home, scheme="dark", width=695)
    opened.emulate_media(media="print")
    for address in small.kinds.values():
        opened.goto(home + address)
        for part in (
            ".md-header",
            ".md-tabs",
            ".md-sidebar",
            ".bb-search",
            ".bb-tools",
            ".bb-facets",
        ):
            assert opened.locator(f"{part}:visible").count() == 0, (address, part)
        assert opened.locator("h1").is_visible(), address
        ground = opened.evaluate("getComputedStyle(document.body).backgroundColor")
        ink = opened.evaluate("getComputedStyle(document.querySelector('h1')).color")
        assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)"), address
