"""The value chain on a brief: a described drawing with links, and the same as a table."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from briefbook.charts.chain import chain_svg
from briefbook.charts.chain_narrow import chain_svg_narrow
from tests.browser import REPO, Visitor
from tests.conftest import Serve
from tests.site.project import Project
from tests.site.reader import Document, Element
from tests.unit.test_chart_chain import WORDS, seeded

DRAWN = "svg.bb-chain:not(.bb-chain-sign):visible"
OVERLAPS = """svg => {
  const boxes = [...svg.querySelectorAll('.bb-chain-node rect.bb-chain-box')]
    .map(one => one.getBoundingClientRect()).filter(one => one.width);
  const hit = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return [boxes.length, boxes.some((a, i) => boxes.some((b, j) => i < j && hit(a, b)))];
}"""


def drawings(page: Document) -> list[Element]:
    """The drawings of a page that are described, not the small signs."""
    return [one for one in page.named("svg") if "aria-labelledby" in one.attributes]


@pytest.mark.parametrize("which", ["small", "sample", "past"])
def test_drawings_say_what_they_show(which: str, request: pytest.FixtureRequest) -> None:
    """Each drawing is named by a title and a description that are there and not empty."""
    project: Project = request.getfixturevalue(which)
    found = 0
    for address, page in project.pages.items():
        for svg in drawings(page):
            assert svg["role"] in {"img", "group"}, address
            for id in svg["aria-labelledby"].split():
                (named,) = [one for one in page.elements if one["id"] == id]
                assert named.tag in {"title", "desc"}, address
                assert page.text(named).strip(), address
            found += 1
    assert found >= 4


@pytest.mark.parametrize("which", ["small", "sample", "past"])
def test_every_svg_is_named_or_silent(which: str, request: pytest.FixtureRequest) -> None:
    """No drawing is met without a name: it has one, or it is hidden from those who listen."""
    project: Project = request.getfixturevalue(which)
    for address, page in project.pages.items():
        for svg in page.named("svg"):
            around = (*svg.around, svg)
            silent = any(one["aria-hidden"] == "true" for one in around)
            # Material's own switch of schemes carries its name on the label around it
            named = any("aria-label" in one.attributes or one["title"] for one in around[-2:])
            assert silent or named or "aria-labelledby" in svg.attributes, (address, svg)


def test_the_chain_is_drawn_once_for_each_width(home: str, page: Visitor) -> None:
    """Wide and narrow form take turns; boxes never overlap; links open accounts and companies."""
    for width in (1280, 390):
        shown = page(home + "industries/grocery/", width=width)
        drawn = shown.locator(DRAWN)
        assert drawn.count() == 1
        count, overlap = drawn.evaluate(OVERLAPS)
        assert count >= 6
        assert not overlap
    links = shown.locator(f"{DRAWN} a")
    assert links.count() > 0
    target = links.first.evaluate("link => new URL(link.href.baseVal, document.baseURI).href")
    links.first.click()
    shown.wait_for_url(target)
    assert shown.locator("h1").is_visible()


def test_the_table_has_what_the_drawing_has(small: Project) -> None:
    """Every flow and every group of the chain stands in a table too."""
    page = small.pages["industries/learning/"]
    cells = [" ".join(page.text(one).split()) for one in page.elements if one.tag in {"td", "th"}]
    assert any("Authors → Learners" in cell for cell in cells)
    assert any("Lessons" in cell for cell in cells)
    assert "Few finish" in cells


def test_paper_shows_the_chain(small: Project, serve_site: Serve, page: Visitor) -> None:
    """In print one form of the drawing is shown, not wider than the sheet."""
    shown = page(serve_site(small.site) + "industries/grocery/", width=695)
    shown.emulate_media(media="print")
    drawn = shown.locator(DRAWN)
    assert drawn.count() == 1
    box = drawn.bounding_box()
    assert box
    assert box["width"] <= 695


CROWD = """svg => {
  const shown = one => one.getBoundingClientRect();
  const hit = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const boxes = [...svg.querySelectorAll('.bb-chain-box')].map(shown);
  const marks = [...svg.querySelectorAll('.bb-chain-pain path')].map(shown);
  const labels = [...svg.querySelectorAll('.bb-chain-label')].map(shown);
  const loose = [...marks, ...labels, ...boxes];
  const outside = [...svg.querySelectorAll('.bb-chain-node')].filter(node => {
    const box = shown(node.querySelector('.bb-chain-box'));
    return [...node.querySelectorAll('text')].some(text => shown(text).right > box.right + 1);
  });
  const small = [...svg.querySelectorAll('text')]
    .filter(text => parseFloat(getComputedStyle(text).fontSize) < 12);
  return {
    boxes: boxes.length,
    overlaps: loose.filter((a, i) => loose.some((b, j) => i < j && hit(a, b))).length,
    outside: outside.length,
    small: small.length,
    wide: document.documentElement.scrollWidth,
  };
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_sixty_groups_can_be_read(
    width: int, tmp_path: Path, serve_site: Serve, page: Visitor
) -> None:
    """In a browser's own font no box, label or number overlaps another, and no text its box."""
    copytree(REPO / "theme" / "assets", tmp_path / "assets")
    styles = "".join(
        f'<link rel="stylesheet" href="assets/briefbook/{name}.css">'
        for name in ("tokens", "briefbook", "diagram")
    )
    view = seeded(60, 1)
    drawn = (
        f'<div class="bb-box">{chain_svg(view, WORDS)}</div>'
        f'<div class="bb-chain-phone">{chain_svg_narrow(view, WORDS)}</div>'
    )
    (tmp_path / "index.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>'
        f'<link rel="icon" href="data:,">{styles}'
        f'<body data-md-color-scheme="default"><div class="md-typeset bb-typeset">{drawn}</div>',
        "utf-8",
    )
    shown = page(serve_site(tmp_path), width=width)
    svg = shown.locator(DRAWN)
    assert svg.count() == 1
    found = svg.evaluate(CROWD)
    assert found["boxes"] == 60
    assert (found["overlaps"], found["outside"], found["small"]) == (0, 0, 0)
    assert found["wide"] <= width


def test_every_box_of_the_overview_leads_to_its_chain(small: Project) -> None:
    """`/value-chain/` draws each industry once, and lists every group of every chain."""
    page = small.pages["value-chain/"]
    drawn = [one for one in page.named("svg") if "bb-chain-wide" in one["class"]]
    assert len(drawn) == 1
    text = " ".join(page.text(one) for one in page.named("table"))
    assert "Authors" in text
    assert "Learners" in text
