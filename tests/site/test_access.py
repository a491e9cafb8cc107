"""Pages as people meet them: axe in both schemes, a phone, paper, no scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import REPO, Scheme, Visitor
from tests.conftest import Serve
from tests.site.project import Project

AXE = (REPO / "tests/site/data/axe/axe.min.js").read_text("utf-8")
RUN = """async rules => (await axe.run(document, {resultTypes: ['violations'],
      ...(rules && {runOnly: rules})})).violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .flatMap(one => one.nodes.map(node => `${one.id}: ${node.target} ${node.failureSummary}`))"""
COLOURS = ["color-contrast", "link-in-text-block"]  # all that a scheme can change
HEAD = "document.querySelector('.bb-account-head').getBoundingClientRect().bottom + scrollY"


def findings(page: Page, rules: list[str] | None = None) -> Any:
    """What axe finds serious or critical; it comes by the protocol, past the site's own policy."""
    page.evaluate(AXE)
    return page.evaluate(RUN, rules)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(small: Project, home: str, page: Visitor, scheme: Scheme, width: int) -> None:
    """Nothing serious or critical on one page of each kind."""
    opened = page(home, scheme=scheme, width=width)
    assert opened.locator("body").get_attribute("data-md-color-scheme") == (
        "slate" if scheme == "dark" else "default"
    )
    found = {}
    for address in small.kinds.values():
        opened.goto(home + address)
        if wrong := findings(opened, COLOURS if scheme == "dark" else None):
            found[address] = wrong
    assert found == {}


def test_axe_on_the_search_dialog(home: str, page: Visitor) -> None:
    """Nothing serious or critical in the open dialog with results and facets."""
    opened = page(home)
    opened.keyboard.press("/")
    opened.locator(".bb-search-input").fill("ngân hàng")
    opened.locator(".bb-search-list a").first.wait_for()
    assert findings(opened) == []


@pytest.mark.parametrize("which", ["small", "sample"])
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
