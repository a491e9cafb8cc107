"""The decision chain of an account, measured in a browser: 3, 30 and 150 people."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from briefbook.demo import write_demo
from tests.browser import Visitor
from tests.conftest import MakeOnce, Serve
from tests.samples import written
from tests.site.project import Project, make

COUNTS = (3, 30, 150)
NAMES = ("Nguyễn Thị Minh Khai", "陈立 Chen Li", "Bo", "Alexandra Montgomery-Featherstone")
TITLES = ("Head of sales", "采购部经理", "Chief operating officer for the whole of the region")
MEASURE = """svg => {
  const rect = one => { const r = one.getBoundingClientRect();
    return {left: r.left, right: r.right, top: r.top, bottom: r.bottom, text: one.textContent}; };
  const hit = (a, b, by) => a.left < b.right - by && b.left < a.right - by
    && a.top < b.bottom - by && b.top < a.bottom - by;
  const pairs = (all, by) =>
    all.flatMap((a, i) => all.slice(i + 1).filter(b => hit(a, b, by)).map(b => [a, b]));
  const boxes = [...svg.querySelectorAll('.bb-org-box')].map(rect);
  const texts = [...svg.querySelectorAll('text')].map(rect);
  const numbers = [...svg.querySelectorAll('.bb-org-number circle')].map(rect);
  const outside = [...svg.querySelectorAll('.bb-org-person')].flatMap(one => {
    const box = rect(one.querySelector('.bb-org-box'));
    return [...one.querySelectorAll('text')].map(rect).filter(text =>
      text.left < box.left || text.right > box.right || text.top < box.top - 1
      || text.bottom > box.bottom + 1);
  });
  return {boxes: boxes.length, numbers: numbers.length, on: pairs(boxes, 0.5),
    texts: pairs(texts, 1.5), outside,
    crossed: numbers.filter(n => boxes.some(box => hit(n, box, 0.5)))};
}"""

SIZES = """svg => [...svg.querySelectorAll('text')]
  .map(one => parseFloat(getComputedStyle(one).fontSize))"""


def people(count: int) -> dict[str, Any]:
    """People of many names, with all that a box can hold."""
    chance = random.Random(count)
    made: dict[str, Any] = {}
    for at in range(count):
        one: dict[str, Any] = {
            "title": chance.choice(TITLES),
            "department": chance.choice(("operations", "finance", "marketing", "Nhân sự")),
            "roles": chance.sample(("decision-maker", "champion", "sponsor", "user"), at % 3),
            "influence": chance.choice(("low", "medium", "high")),
            "relation": {"now": str(at % 6), "target": "5"},
            "price": {"target": "4"},
        }
        if at % 7 != 6:
            one["name"] = chance.choice(NAMES)
        if at:
            one["reports_to"] = f"p{chance.randrange(min(at, 20))}"
        if at % 5 == 4:
            one["left"] = "2026-06"
        elif at % 2:
            one["verified"] = "2026-10-01" if at % 4 == 1 else "2025-10-01"
        made[f"p{at}"] = {key: value for key, value in one.items() if value}
    return made


def chains(root: Path) -> None:
    """The demo with one account of each size."""
    shutil.rmtree(root)
    write_demo(root, 3, 1)
    industry = next(iter(sorted((root / "content" / "accounts").glob("*.yml"))))
    line = next(
        one for one in industry.read_text("utf-8").splitlines() if one.startswith("industry:")
    )
    for count in COUNTS:
        chance = random.Random(count)
        ends = [chance.sample(range(count), 2) for _ in range(min(count, 30))]
        data = {
            "name": f"Chain of {count}",
            "sample": "yes",
            "industry": line.removeprefix("industry:").strip(),
            "people": people(count),
            "influences": [
                {"from": f"p{one}", "to": f"p{two}", "kind": "advises", "strength": "high"}
                for one, two in ends
            ],
        }
        (root / "content" / "accounts" / f"chain-{count}.yml").write_text(written(data), "utf-8")
    make(root)


@pytest.fixture(scope="module")
def address(make_once: MakeOnce, serve_site: Serve) -> str:
    """The address of a site with decision chains of every size."""
    return serve_site(Project(make_once("site-chains", chains)).site)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("count", COUNTS)
def test_nothing_overlaps(address: str, page: Visitor, count: int, width: int) -> None:
    """One form is shown; no boxes, labels or numbers lie on each other; text stays in its box."""
    shown = page(f"{address}accounts/chain-{count}/people/", width=width)
    drawn = shown.locator("svg.bb-org:visible[aria-labelledby]")
    assert drawn.count() == 1
    found = drawn.evaluate(MEASURE)
    assert found["boxes"] >= count
    assert found["on"] == []
    assert found["texts"] == []
    assert found["outside"] == []
    assert found["crossed"] == []
    assert (found["numbers"] > 0) == (width == 1280)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_the_chart_keeps_to_its_column(address: str, page: Visitor) -> None:
    """However many people, the wide form is drawn for 938 px; text is 12 px or more."""
    shown = page(f"{address}accounts/chain-150/people/", width=1280)
    drawn = shown.locator("svg.bb-org:visible[aria-labelledby]")
    assert float(drawn.get_attribute("width") or 0) <= 938
    sizes = drawn.evaluate(SIZES)
    assert min(sizes) >= 12


def test_paper_shows_one_form(address: str, page: Visitor) -> None:
    """In print the wide form is shown, no wider than the sheet."""
    shown = page(f"{address}accounts/chain-30/people/", width=695)
    shown.emulate_media(media="print")
    drawn = shown.locator("svg.bb-org:visible[aria-labelledby]")
    assert drawn.count() == 1
    box = drawn.bounding_box()
    assert box
    assert box["width"] <= 695
