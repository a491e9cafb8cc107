"""The first week as a new user tries it: with the keyboard, on a phone, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page

from tests.browser import Visitor
from tests.conftest import Serve
from tests.site.project import Project

PHONE = 390
MOST_KEYS = 400


@pytest.fixture
def phone(sample: Project, serve_site: Serve, page: Visitor) -> Page:
    """The path of a new colleague on a phone."""
    return page(serve_site(sample.site) + "start/", width=PHONE, height=844)


def follow(opened: Page, link: Locator) -> None:
    """Press Tab until the link has the focus, then Enter; nothing is clicked."""
    way = link.get_attribute("href")
    opened.evaluate("document.activeElement.blur()")
    for _ in range(MOST_KEYS):
        opened.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            assert link.is_visible(), way
            with opened.expect_navigation():
                opened.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reaches {way}.")


def back(opened: Page) -> None:
    """The browser's own way back."""
    opened.go_back()
    opened.wait_for_load_state()


@dataclass
class Read:
    """What one of the steps leads to: the text of the page from its part on."""

    title: str
    minutes: int
    text: str
    where: str


def walk(opened: Page) -> Iterator[Read]:
    """Follow each step of the account to practise on, and come back."""
    steps = opened.locator("section:has(#practice) .bb-week-step")
    for at in range(steps.count()):
        step = steps.nth(at)
        link = step.locator("a").first
        title, shown = link.inner_text(), step.locator(".bb-minutes").inner_text()
        found = re.fullmatch(r"(\d+) minutes?", shown)
        assert found, shown
        follow(opened, link)
        assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE, opened.url
        text = opened.locator(".md-content__inner").inner_text()
        yield Read(title, int(found[1]), text, opened.url)
        back(opened)


def test_an_account_of_an_unknown_industry_takes_a_quarter_of_an_hour(
    phone: Page, sample: Project
) -> None:
    """By links only, with the keyboard, on a phone: six things to name, minutes as shown."""
    head = phone.locator("section:has(#practice) > p .bb-ref a").inner_text()
    facts: dict[str, object] = {}
    minutes = 0
    for read in walk(phone):
        minutes += read.minutes
        if "/industries/" in read.where:
            facts |= of_brief(phone)
        elif read.where.endswith("/call/"):
            facts["sheet"] = head in read.text
        else:
            facts |= of_account(phone)
    assert len(facts["pains"]) == 3  # type: ignore[arg-type]
    assert len(facts["benchmarks"]) >= 2  # type: ignore[arg-type]
    assert facts["deciding"]
    assert re.search(r"brought .*potential.*class [A-D]", str(facts["class"]))
    assert facts["strategy"]
    assert facts["why"]
    assert facts["next"]
    assert facts["sheet"]
    shown = phone.locator("section:has(#practice) .bb-week-total .bb-num").inner_text()
    assert shown == f"{minutes} minutes"
    assert minutes <= 15


def of_brief(opened: Page) -> dict[str, object]:
    """The three worst pains, each with an answer of ours, and benchmarks with their lessons."""
    pains = opened.locator(".bb-pain")
    worst = [pains.nth(at) for at in range(min(3, pains.count()))]
    ranks = ["high", "medium", "low"]
    levels = [one.locator(".bb-severity").inner_text().strip() for one in worst]
    assert [ranks.index(one) for one in levels] == sorted(ranks.index(one) for one in levels)
    rows = opened.locator("section:has(#benchmarks) tbody tr")
    lessons = [rows.nth(at).locator("td").nth(1).inner_text() for at in range(rows.count())]
    return {
        "pains": [
            (one.locator("h3").inner_text(), one.locator(".bb-answer a").first.inner_text())
            for one in worst
            if "Our answer" in one.inner_text()
        ],
        "benchmarks": [one for one in lessons if one.strip() and "not known" not in one],
    }


def of_account(opened: Page) -> dict[str, object]:
    """Who decides, the class and the strategy with their reasons, and what to do next."""
    people = opened.locator("section:has(#people) tbody tr").filter(has_text="decision maker")
    strategy = opened.locator("section:has(> #strategy)")
    return {
        "deciding": people.count(),
        "class": opened.locator("section:has(> #class) .bb-why").first.inner_text(),
        "strategy": strategy.locator("h2").inner_text(),
        "why": strategy.locator(".bb-why").inner_text(),
        "next": opened.locator("section:has(> #due) .bb-due-what").first.inner_text(),
    }


def test_the_way_there_begins_at_home(sample: Project, serve_site: Serve, page: Visitor) -> None:
    """New here? on the home page leads to the path, the path to one's own."""
    opened = page(serve_site(sample.site), width=PHONE, height=844)
    follow(opened, opened.locator("section:has(#start) a").first)
    assert opened.url.endswith("/start/")
    follow(opened, opened.locator("section:has(#team) a").filter(has_text="Mai"))
    assert opened.url.endswith("/start/mai/")
    assert opened.locator("h1").inner_text() == "First week: Mai Trần"


def test_ticks_stay_in_the_browser_until_they_are_forgotten(phone: Page) -> None:
    """Set by the keyboard, there after a reload and on another page, gone on request."""
    first = phone.locator("[data-bb-read]").first
    left = phone.locator("[data-bb-left]")
    before = left.inner_text()
    assert before.startswith("0 of ")
    first.focus()
    phone.keyboard.press("Space")
    assert left.inner_text().startswith("1 of ")
    phone.reload()
    assert first.is_checked()
    key = first.get_attribute("data-bb-read")
    phone.goto(phone.url + "ana/")
    same = phone.locator(f'[data-bb-read="{key}"]')
    assert same.count() == 0 or same.first.is_checked()
    back(phone)
    phone.locator("[data-bb-forget]").focus()
    phone.keyboard.press("Enter")
    assert not first.is_checked()
    assert left.inner_text() == before
    assert phone.evaluate("Object.keys(localStorage).filter(one => one.includes('read'))") == []


def test_what_is_kept_may_be_broken(phone: Page) -> None:
    """A stored text that is none of ours is as if nothing had been read."""
    phone.locator("[data-bb-read]").first.check()
    phone.evaluate(
        """for (const key of Object.keys(localStorage).filter(one => one.includes("read")))
            localStorage.setItem(key, '{"a": 1}')"""
    )
    phone.reload()
    assert phone.locator("[data-bb-left]").inner_text().startswith("0 of ")


def test_nothing_depends_on_scripts(sample: Project, serve_site: Serve, page: Visitor) -> None:
    """Without them every step and minute is there, and no box that does nothing."""
    opened = page(serve_site(sample.site) + "start/", width=PHONE, scripts=False)
    assert opened.locator(".bb-week-step a").count() > 10
    assert opened.locator("[data-bb-read]:visible, [data-bb-forget]:visible").count() == 0
