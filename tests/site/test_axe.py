"""axe on one page of each kind, in both schemes, wide and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import REPO, Scheme, Visitor
from tests.site.project import Project

AXE = (REPO / "tests/site/data/axe/axe.min.js").read_text("utf-8")
RUN = """async rules => (await axe.run(document, {resultTypes: ['violations'],
      ...(rules && {runOnly: rules})})).violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .flatMap(one => one.nodes.map(node => `${one.id}: ${node.target} ${node.failureSummary}`))"""
COLOURS = ["color-contrast", "link-in-text-block"]  # all that a scheme can change


def findings(page: Page) -> Any:
    """What axe finds serious or critical; it comes by the protocol, past the site's own policy."""
    page.evaluate(AXE)
    return page.evaluate(RUN, None)


@pytest.mark.parametrize(("scheme", "widths"), [("light", (1280, 390)), ("dark", (390, 1280))])
def test_axe(
    small: Project, home: str, page: Visitor, scheme: Scheme, widths: tuple[int, ...]
) -> None:
    """Nothing serious or critical on one page of each kind, opened at one width, then resized."""
    opened = page(home, scheme=scheme)
    assert opened.locator("body").get_attribute("data-md-color-scheme") == (
        "slate" if scheme == "dark" else "default"
    )
    found = {}
    for address in small.kinds.values():
        opened.set_viewport_size({"width": widths[0], "height": 800})
        opened.goto(home + address)
        opened.evaluate(AXE)
        for width in widths:
            opened.set_viewport_size({"width": width, "height": 800})
            if wrong := opened.evaluate(RUN, COLOURS if scheme == "dark" else None):
                found[address, width] = wrong
    assert found == {}


def test_axe_on_the_search_dialog(home: str, page: Visitor) -> None:
    """Nothing serious or critical in the open dialog with results and facets."""
    opened = page(home)
    opened.keyboard.press("/")
    opened.locator(".bb-search-input").fill("ngân hàng")
    opened.locator(".bb-search-list a").first.wait_for()
    assert findings(opened) == []
