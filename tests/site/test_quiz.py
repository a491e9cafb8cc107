"""The quiz in a browser: by keyboard alone, without scripts, on paper, and kept only in there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Scheme, Visitor
from tests.conftest import Serve
from tests.site.project import Project
from tests.site.test_axe import findings

QUIZ = "quiz/"


@pytest.fixture(scope="module")
def at(sample: Project, serve_site: Serve) -> str:
    """The address of the quiz of the repository's own content."""
    return serve_site(sample.site) + QUIZ


def item(page: Page, number: int) -> Locator:
    """A question by its number."""
    return page.locator(".bb-quiz-item").nth(number - 1)


def right(page: Page, number: int) -> int:
    """Position of the right answer, from 0."""
    return int(item(page, number).get_attribute("data-right") or 0) - 1


def choose(page: Page, position: int) -> None:
    """From the first answer of the question that has the focus to one of them, by keys."""
    page.keyboard.press("Space")
    for _ in range(position):
        page.keyboard.press("ArrowDown")


def test_by_keyboard_alone(at: str, page: Visitor) -> None:
    """Tab leads to the first question, Enter checks and goes on; reason and link come by Tab."""
    opened = page(at)
    opened.locator("h1").click()
    while not opened.evaluate("document.activeElement.matches('.bb-quiz-item input')"):
        opened.keyboard.press("Tab")
    choose(opened, right(opened, 1))
    opened.keyboard.press("Enter")
    first = item(opened, 1)
    expect(first.locator(".bb-quiz-said")).to_have_text("That is right.")
    expect(first.locator("details a").first).to_be_visible()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    while not opened.evaluate("document.activeElement.matches('.bb-quiz-item details a')"):
        opened.keyboard.press("Tab")
    assert item(opened, 1).locator(":focus").get_attribute("href")
    first.get_by_role("button", name="Next question").focus()
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.name") == item(opened, 2).get_attribute("id")


def test_wrong_answers_are_told_and_counted(at: str, page: Visitor) -> None:
    """A wrong answer names the right one; nothing chosen is no answer; the score says both."""
    opened = page(at)
    expect(opened.locator("[data-bb-score]")).to_be_hidden()
    second = item(opened, 2)
    second.get_by_role("button", name="Check").click()
    expect(second.locator(".bb-quiz-said")).to_have_text("Choose an answer first.")
    wrong = 1 - min(right(opened, 2), 1)
    second.locator("input").nth(wrong).check()
    second.get_by_role("button", name="Check").click()
    meant = second.locator("label").nth(right(opened, 2)).inner_text().strip()
    expect(second.locator(".bb-quiz-said")).to_have_text(f"Not right. It is: {meant}")
    item(opened, 1).locator("input").nth(right(opened, 1)).check()
    item(opened, 1).get_by_role("button", name="Check").click()
    count = opened.locator(".bb-quiz-item").count()
    expect(opened.locator("[data-bb-score] strong")).to_have_text(
        f"1 of 2 right; {count} questions in all."
    )


def test_kept_in_the_browser_until_cleared(at: str, page: Visitor) -> None:
    """After a reload the answers are there, in no request and no address; Start again forgets."""
    opened = page(at)
    item(opened, 3).locator("input").nth(right(opened, 3)).check()
    item(opened, 3).get_by_role("button", name="Check").click()
    asked = len(page.requests)
    opened.reload()
    expect(item(opened, 3).locator(".bb-quiz-said")).to_have_text("That is right.")
    assert opened.url == at
    assert not [one for one in page.requests[asked:] if "?" in one]
    opened.get_by_role("button", name="Start again").click()
    expect(item(opened, 3).locator("input").first).to_be_enabled()
    expect(opened.locator("[data-bb-score]")).to_be_hidden()
    assert opened.evaluate("document.activeElement.name") == item(opened, 1).get_attribute("id")
    opened.reload()
    expect(item(opened, 3).locator(".bb-quiz-said")).to_have_text("")


def test_a_browser_that_keeps_nothing(at: str, page: Visitor) -> None:
    """Where storage is refused, or holds nonsense, the quiz works all the same."""
    opened = page(at)
    opened.evaluate("localStorage.setItem(`briefbook-quiz ${location.pathname}`, '[1')")
    opened.reload()
    opened.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full'); })")
    item(opened, 1).locator("input").nth(right(opened, 1)).check()
    item(opened, 1).get_by_role("button", name="Check").click()
    expect(item(opened, 1).locator(".bb-quiz-said")).to_have_text("That is right.")


def test_without_scripts(at: str, page: Visitor) -> None:
    """Every question can be answered, each answer unfolds, and nothing is shown that needs them."""
    opened = page(at, scripts=False)
    item(opened, 1).locator("input").first.check()
    expect(item(opened, 1).locator("input").first).to_be_checked()
    assert opened.locator("[data-bb-check]:visible, [data-bb-score]:visible").count() == 0
    item(opened, 1).locator("summary").click()
    expect(item(opened, 1).locator("details a").first).to_be_visible()


def test_on_paper_the_answers_come_last(at: str, page: Visitor) -> None:
    """Questions first, then one numbered answer for each, and no button between them."""
    opened = page(at)
    opened.emulate_media(media="print")
    count = opened.locator(".bb-quiz-item").count()
    assert opened.locator(".bb-quiz-paper li:visible").count() == count > 20
    assert opened.locator(".bb-quiz :is(details, .bb-button, .bb-link):visible").count() == 0
    below = opened.evaluate(
        "document.querySelector('.bb-quiz-paper').offsetTop"
        " > [...document.querySelectorAll('.bb-quiz-item')].at(-1).offsetTop"
    )
    assert below
    opened.emulate_media(media="screen")
    assert opened.locator(".bb-quiz-paper:visible").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_after_answers(at: str, page: Visitor, scheme: Scheme) -> None:
    """Nothing serious with a right answer, a wrong one and the score on the page, on a phone."""
    opened = page(at, scheme=scheme, width=390)
    for number, place in ((1, right(opened, 1)), (2, 1 - min(right(opened, 2), 1))):
        item(opened, number).locator("input").nth(place).check()
        item(opened, number).get_by_role("button", name="Check").click()
    assert findings(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_names_its_answers_once(sample: Project) -> None:
    """The script stands on pages of the quiz only, and each of them holds less than 500 kB."""
    for address, document in sample.pages.items():
        scripts = [one["src"] for one in document.named("script") if "quiz.js" in one["src"]]
        assert bool(scripts) == bool(re.match(QUIZ, address)), address
        if scripts:
            assert (sample.site / address / "index.html").stat().st_size < 500_000
