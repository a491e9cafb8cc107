"""Call sheets and hand-overs on paper: one A4 page for each call, whatever the file holds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from textwrap import dedent

import pytest
from playwright.sync_api import Page

from tests.browser import Visitor
from tests.conftest import MakeOnce, Serve
from tests.samples import written
from tests.site import project as projects
from tests.site.project import Project

LONG = (
    "The board wants every shop to know before noon what has been sold since the morning, and "
    "nobody has told it that the tills report at night only, once the last lorry has left. "
)
QUESTIONS = (Path(__file__).parents[2] / "content" / "questions.yml").read_text("utf-8")


def paper(opened: Page) -> int:
    """Pages that the browser prints, by the page objects of the PDF."""
    made = opened.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page[^s]", made))


def crowded(language: str) -> dict[str, object]:
    """An account with very long texts, 40 people and 30 needs."""
    people = {
        f"p{n}": {
            "name": f"Wilhelmina Oberholtzer-Nakamura van der Westhuizen {n}",
            "title": "Head of the department for the renewal of all shops of the region " * 2,
            "roles": ["decision-maker", "champion", "sponsor", "influencer", "user"],
            "influence": "high",
            "relation": {"now": "1", "target": "5"},
            "drivers": ["power", "efficiency", "money", "recognition by the board"],
            "behaviour": LONG * 3,
        }
        for n in range(40)
    }
    needs = {
        f"n{n}": {"need": LONG * 2, "party": "Their own customers in the smaller towns",
                  "answered_by": ["member-marketing"], "lever": "raise-revenue",
                  "return": {"size": "2 m CNY a year"}}
        for n in range(30)
    }  # fmt: skip
    talks = [
        {"date": f"2026-10-{n + 1:02}", "with": [f"p{at}" for at in range(12)], "what": LONG * 4,
         "promised": {"what": LONG * 2, "by": "2026-11-01"}}
        for n in range(12)
    ]  # fmt: skip
    deals = {
        f"d{n}": {"name": f"A deal whose name is as long as a deal's name may ever become {n}",
                  "stage": "captured", "value": "123,456,789 CNY",
                  "bant": {"budget": {"verdict": "no", "evidence": LONG}}}
        for n in range(10)
    }  # fmt: skip
    return {
        "name": "The United Associated Traders of the Northern and the Southern Provinces",
        "sample": "yes", "industry": "learning", "owner": "an", "language": language,
        "lifecycle": "improve",
        "profile": {"country": "VN", "region": "Everywhere between the two rivers"},
        "in_short": dict.fromkeys(("earns", "heads_for", "should_reinforce"), LONG * 3),
        "value_to_us": {"contribution": {"2025": "12 m CNY"}, "potential": "60 m CNY"},
        "people": people, "needs": needs, "contacts": talks, "opportunities": deals,
        "plan": {"year": "2026", "actions": {"a": {"what": LONG * 2, "due": "2026-12-01"}}},
    }  # fmt: skip


def crowd(root: Path) -> None:
    """The small project and two crowded accounts, in two languages."""
    shutil.rmtree(root)
    root.mkdir()
    for name, text in projects.written():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
    content = root / "content"
    (content / "book.yml").write_text(
        f"name: Northstar CRM\ncapabilities: {{member-marketing: {{name: Members}}}}\n"
        f"{projects.MEMBER}", "utf-8"
    )  # fmt: skip
    (content / "questions.yml").write_text(QUESTIONS, "utf-8")
    for language in ("en", "vi", "zh"):
        text = written(crowded(language))
        (content / "accounts" / f"crowd-{language}.yml").write_text(text, "utf-8")
    projects.make(root)


@pytest.fixture(scope="module")
def crowds(make_once: MakeOnce) -> Project:
    """The project with the crowded accounts."""
    return Project(make_once("site-crowded", crowd))


@pytest.mark.parametrize("which", ["small", "sample", "crowds"])
def test_a_call_sheet_is_one_page(
    which: str, request: pytest.FixtureRequest, serve_site: Serve, page: Visitor
) -> None:
    """Every account's, from one of three lines to one of 40 people and 30 needs."""
    project: Project = request.getfixturevalue(which)
    home = serve_site(project.site)
    sheets = [address for address, one in project.pages.items() if one.kind == "call"]
    assert sheets
    opened = page(home + sheets[0])
    counts = {}
    for address in sheets:
        opened.goto(home + address)
        counts[address] = paper(opened)
    assert {address: n for address, n in counts.items() if n != 1} == {}


def test_a_crowded_sheet_still_says_something_of_everything(
    crowds: Project, serve_site: Serve, page: Visitor
) -> None:
    """People, needs, questions and room to write; what has no room stands below, on screen only."""
    opened = page(serve_site(crowds.site) + "accounts/crowd-en/call/")
    for part in ("#people", "#needs", "#questions", "#notes"):
        assert opened.locator(part).count() == 1
    for part in ("#people", "#needs"):
        assert opened.locator(f"{part} + .bb-box tbody tr").count() >= 1
    assert opened.locator(".bb-call-ask li").count() >= 2
    assert opened.locator(".bb-call .bb-write").count() >= 3
    assert opened.locator("section:has(#more) li").count() > 5
    opened.emulate_media(media="print")
    assert not opened.locator("section:has(#more)").is_visible()


@pytest.mark.parametrize("which", ["small", "sample", "crowds"])
def test_a_handover_prints(
    which: str, request: pytest.FixtureRequest, serve_site: Serve, page: Visitor
) -> None:
    """Without the frame, on as many pages as it takes, nothing wider than the paper."""
    project: Project = request.getfixturevalue(which)
    home = serve_site(project.site)
    pages = {address: one for address, one in project.pages.items() if one.kind == "handover"}
    richest = max(pages, key=lambda address: pages[address].size)
    opened = page(home + richest, width=695)
    assert paper(opened) >= 1
    opened.emulate_media(media="print")
    assert opened.locator(".md-header:visible, .md-sidebar:visible").count() == 0
    assert opened.evaluate("document.documentElement.scrollWidth") <= 695
