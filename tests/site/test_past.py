"""The pages of the past: what git says, told by pages in numbers, drawn, and read by anybody."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from briefbook.pages.page import Page
from briefbook.prepare import Prepared, prepare
from briefbook.shells.frame import settings
from briefbook.words import Words
from tests.browser import Scheme, Visitor
from tests.conftest import Serve
from tests.independent import history as independent
from tests.site.project import TODAY, Project
from tests.site.test_axe import findings

ACCOUNT = "accounts/amber-brothers-thornbury/"
PAGES = ("changes/", ACCOUNT, "accounts/yunshan/")
DRAWN = "svg.bb-shift:visible"
TEXTS = """svg => {
  const shown = [...svg.querySelectorAll('text')].map(one => one.getBoundingClientRect());
  const solid = [...svg.querySelectorAll('rect, path')].map(one => one.getBoundingClientRect());
  const hit = (a, b) => a.left < b.right - .5 && b.left < a.right - .5
    && a.top < b.bottom - .5 && b.top < a.bottom - .5;
  const ink = [...svg.querySelectorAll('rect')].map(one => one.getBoundingClientRect());
  return {
    texts: shown.length,
    bands: solid.length - ink.length,
    overlaps: shown.filter((a, i) => shown.some((b, j) => i < j && hit(a, b))).length,
    covered: shown.filter(a => ink.some(b => hit(a, b) && b.top < a.top + a.height / 2
      && b.left < a.left + a.width / 2 && b.right > a.left + a.width / 2)).length,
    small: [...svg.querySelectorAll('text')]
      .filter(text => parseFloat(getComputedStyle(text).fontSize) < 12).length,
    wide: svg.getBoundingClientRect().width,
    page: document.documentElement.scrollWidth,
  };
}"""


@pytest.fixture(scope="module")
def home_of_past(past: Project, serve_site: Serve) -> str:
    """The address of its site."""
    return serve_site(past.site)


@pytest.fixture(scope="module")
def prepared(past: Project) -> Prepared:
    """Its pages before they are drawn."""
    return prepare(replace(settings(past.root, past.root / "content"), today=TODAY))


@pytest.fixture(scope="module")
def other(past: Project) -> Mapping[str, Any]:
    """What a script of its own finds."""
    return independent.compute(past.root, TODAY)


def of(prepared: Prepared, address: str) -> Page:
    """The page at an address."""
    return next(one for one in prepared.pages if one.address == f"/{address}")


def said(day: date) -> str:
    """A day as pages write it."""
    return Words("en").day(day)


def test_the_flow_has_the_numbers_of_an_independent_script(
    prepared: Prepared, other: Mapping[str, Any]
) -> None:
    """Accounts by class at the end of each quarter, and every move between two of them."""
    flow = of(prepared, "changes/").data["flow"]
    shown = {row["day"]: [*row["counts"]] for row in flow["rows"]}
    assert shown == {
        said(day): [count.get(letter, 0) for letter in ("a", "b", "c", "d", "")]
        for day, count in other["counts"].items()
    }
    days = list(other["classes"])
    moves = {
        (row["day"], one["old"], one["new"]): one["count"]
        for row in flow["rows"]
        for one in row["moves"]
    }
    expected: dict[Any, int] = {}
    for old, new in pairwise(days):
        for id, letter in other["classes"][new].items():
            before = other["classes"][old].get(id)
            if before is not None and before != letter:
                key = (said(new), before.upper() or None, letter.upper() or None)
                expected[key] = expected.get(key, 0) + 1
    assert moves == expected
    assert len(moves) >= 4


def test_measures_are_those_of_an_independent_script(
    prepared: Prepared, other: Mapping[str, Any]
) -> None:
    """Each person whose measures changed, on each day that is shown; nobody else."""
    assert prepared.site.story
    shown = {
        (id, person): [[one.relation, one.solution, one.price] if one else None for one in line]
        for id, found in prepared.site.story.courses.items()
        for person, line in found.people.items()
    }
    assert shown == other["measures"]
    assert len(shown) > 8
    table = of(prepared, ACCOUNT).data["history"]["people"]
    first = table["rows"][0]["measures"][0]
    assert [one["value"] for one in first["cells"]] == [1, 2, 3, 4]
    assert [one["turn"] for one in first["cells"]] == [None, "up", "up", "up"]


def test_reviews_are_those_of_an_independent_script(
    prepared: Prepared, other: Mapping[str, Any]
) -> None:
    """How many were owed and committed, how many of them late, and which no commit holds."""
    reviews = of(prepared, "changes/").data["reviews"]
    expected = [
        {"day": said(day), "owed": len(found),
         "committed": sum(one is not None for one in found.values()),
         "late": sum(one is not None and one > day for one in found.values()),
         "lacking": sum(one is None for one in found.values())}
        for day, found in reversed(other["reviews"].items())
        if found
    ]  # fmt: skip
    assert reviews["rows"] == expected
    assert {(one["day"], one["id"]) for one in reviews["lacking"]} == {
        (said(day), id)
        for day, found in other["reviews"].items()
        for id, one in found.items()
        if one is None
    }
    assert sum(one["late"] for one in expected) > 0
    assert reviews["lacking"]


def test_who_was_taken_out_of_a_file_is_nowhere(past: Project) -> None:
    """Git still has the name and the title; no page, data, feed or search index says them."""
    old = subprocess.run(
        ["git", "log", "-S", "Somebody Erased", "--format=%s"],
        cwd=past.root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert old.stdout.split("\n")[:1] == ["A plan for the year"]
    for name in past.files:
        raw = (past.site / name).read_bytes()
        assert b"Somebody Erased" not in raw, name
        assert b"Head of parking" not in raw, name


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_on_the_past(home_of_past: str, page: Visitor, scheme: Scheme, width: int) -> None:
    """Nothing serious or critical on changes, on an account with its history, and where one was."""
    opened = page(home_of_past, scheme=scheme, width=width)
    for address in PAGES:
        opened.goto(home_of_past + address)
        assert findings(opened) == [], address


@pytest.mark.parametrize("width", [1280, 390])
def test_the_flow_can_be_read(home_of_past: str, page: Visitor, width: int) -> None:
    """One form for each width; labels touch neither each other nor a node; the page stays still."""
    opened = page(home_of_past + "changes/", width=width)
    drawn = opened.locator(DRAWN)
    assert drawn.count() == 1
    found = drawn.evaluate(TEXTS)
    assert found["texts"] > 20
    assert found["bands"] > 10
    assert (found["overlaps"], found["covered"], found["small"]) == (0, 0, 0)
    assert found["page"] <= width
    if width == 390:
        assert found["wide"] <= 358


def test_a_class_of_the_flow_leads_to_its_page(home_of_past: str, page: Visitor) -> None:
    """Its name is a link."""
    opened = page(home_of_past + "changes/")
    opened.locator(f"{DRAWN} a").first.click()
    opened.wait_for_url("**/classes/a/")


def test_paper_shows_one_form(home_of_past: str, page: Visitor) -> None:
    """The flow is printed once, not wider than the sheet."""
    opened = page(home_of_past + "changes/", width=695)
    opened.emulate_media(media="print")
    drawn = opened.locator(DRAWN)
    assert drawn.count() == 1
    box = drawn.bounding_box()
    assert box
    assert box["width"] <= 695


def test_an_old_address_leads_to_the_new_one(home_of_past: str, page: Visitor) -> None:
    """The page that stayed behind names the record, its new address, and leads there."""
    opened = page(home_of_past + "accounts/yunshan/")
    assert "云杉教育" in opened.locator("h1").inner_text()
    assert opened.get_by_text("/accounts/cloud-fir/").is_visible()
    opened.locator("article a.bb-button").click()
    opened.wait_for_url("**/accounts/cloud-fir/")


def test_the_foot_tells_the_last_change(past: Project) -> None:
    """Day, author and reason of the file's last commit."""
    foot = past.pages[ACCOUNT]
    texts = " ".join(one.text for one in foot.texts)
    assert "Last changed on 20 Nov 2026 by Mai Trần: As it stands" in texts
