"""Search as people use it: three languages, marks or none, facets, keyboard, phone, sub-path."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Visitor
from tests.conftest import Serve
from tests.site.project import Project

HUNG_PHAT, DIEN_LUC, YUNSHAN = "Ngân hàng Hưng Phát", "Trường Điện Lực Online", "云杉教育"
LEARNING, QUIET = "Learning online", "Quiet Harbour Kindergartens"


def opened(page: Page) -> Page:
    """The page with the search dialog open and its index loaded."""
    page.locator("[data-bb-search-open]").click()
    page.locator(".bb-search-facets:not([hidden])").wait_for(state="attached")
    return page


def ask(page: Page, query: str) -> Locator:
    """Type a query and wait for its answer; the titles of the results."""
    page.locator(".bb-search-input").fill(query)
    page.wait_for_timeout(150)  # longer than the pause after the last key
    expect(page.locator(".bb-search-status")).not_to_have_text("")
    return page.locator(".bb-search-title")


@pytest.fixture(scope="module")
def dialog(small: Project, serve_site: Serve) -> str:
    """The address that these tests share: a site below a sub-path, as project sites are."""
    return serve_site(small.site, "/playbooks/")


FOUND = (
    ("ngân hàng", HUNG_PHAT),
    ("ngan hang", HUNG_PHAT),
    ("NGÂN HÀNG", HUNG_PHAT),
    ("ngân hàng hưng phát", HUNG_PHAT),
    ("dien luc", DIEN_LUC),
    ("điện lực", DIEN_LUC),
    ("Điện Lực", DIEN_LUC),
    ("truong dien luc", DIEN_LUC),
    ("云杉", YUNSHAN),
    ("云杉教育", YUNSHAN),
    ("供应链", LEARNING),
    ("在线教育", LEARNING),
    ("dao tao truc tuyen", LEARNING),
    ("kinderg", QUIET),
    ("quiet harb", QUIET),
    ("learning onl", LEARNING),
)


def test_found(dialog: str, page: Visitor) -> None:
    """The record that is meant is among the first results, by whatever spelling."""
    shown = opened(page(dialog))
    missed = []
    for query, title in FOUND:
        ask(shown, query)
        try:
            expect(shown.locator(".bb-search-list")).to_contain_text(title, timeout=2000)
        except AssertionError:
            missed.append((query, shown.locator(".bb-search-title").all_inner_texts()))
    assert missed == []


def test_a_result_leads_to_its_page_below_a_sub_path(dialog: str, page: Visitor) -> None:
    """A result opens the record's page, from a page deep in the site too."""
    shown = opened(page(dialog + "methods/nine-box/"))
    ask(shown, HUNG_PHAT).first.click()
    expect(shown).to_have_url(dialog + "accounts/hung-phat/")
    expect(shown.locator("h1")).to_contain_text(HUNG_PHAT)


MINH_CHAU = "Minh Châu Phú Quý Đồng Nai"
BELOW = f"{MINH_CHAU} › Who decides"
WITHIN = (
    # As it is written, then a name that the account tells too, then words that stand apart.
    ("xay dung kenh truc tuyen", BELOW, ["people/#people"]),
    ("Lê Văn Hùng", MINH_CHAU, ["", "people/#people"]),
    ("kenh xay dung tuyen truc", BELOW, ["people/#people", "research/#signals"]),
)


def test_pages_of_one_account_are_one_result(dialog: str, page: Visitor) -> None:
    """It leads to the page that holds the words, best the account's own, and names the others."""
    shown = opened(page(dialog))
    home = dialog + "accounts/minh-chau-phu-quy-dong-nai/"
    for query, title, places in WITHIN:
        expect(ask(shown, query)).to_have_text([title])
        links = shown.locator(".bb-search-list a")
        assert links.evaluate_all("all => all.map(one => one.href)") == [
            home + place for place in places
        ]
    links.first.click()
    expect(shown).to_have_url(home + "people/#people")
    expect(shown.locator("h1")).to_contain_text(MINH_CHAU)


def test_a_kind_of_page_below_an_account_is_a_facet(dialog: str, page: Visitor) -> None:
    """Results are the accounts that have such a page, and lead to it, with a query and without."""
    shown = opened(page(dialog))
    choose(shown, "kind", "Research")
    titles = shown.locator(".bb-search-title")
    expect(titles).to_have_count(5)
    assert all(" › Research" in one for one in titles.all_inner_texts())
    titles = ask(shown, "Minh Châu Listen")
    expect(titles).to_have_text([f"{MINH_CHAU} › Research"])
    main = shown.locator(".bb-search-list li > a").first
    assert main.evaluate("link => link.href").startswith(
        dialog + "accounts/minh-chau-phu-quy-dong-nai/research/#"
    )


def test_nothing_found_is_said(dialog: str, page: Visitor) -> None:
    """A query without an answer is repeated in the status; an empty one says how to begin."""
    shown = opened(page(dialog))
    ask(shown, "zzqx")
    expect(shown.locator(".bb-search-status")).to_contain_text("zzqx")
    expect(shown.locator(".bb-search-list li")).to_have_count(0)
    ask(shown, "")
    expect(shown.locator(".bb-search-status")).not_to_contain_text("zzqx")


def choose(page: Page, name: str, value: str) -> None:
    """Tick a facet."""
    page.locator(f'.bb-search-facets input[name="{name}"][value="{value}"]').check()


FACETS = (
    ("kind", "Industry", {"Retail", "Grocery", LEARNING}),
    ("class", "C", {HUNG_PHAT, "Minh Châu Phú Quý Đồng Nai", "North Quarter Glenhurst"}),
    ("owner", "An Nguyễn", {HUNG_PHAT, DIEN_LUC, YUNSHAN}),
    ("region", "华东", {YUNSHAN}),
    ("region", "Miền Bắc", {HUNG_PHAT}),
    ("industry", LEARNING,
     {HUNG_PHAT, DIEN_LUC, YUNSHAN, LEARNING, QUIET, "Authors", "Learners"}),
)  # fmt: skip


def test_facets_without_a_query(dialog: str, page: Visitor) -> None:
    """A facet alone lists what carries it, and nothing else."""
    shown = opened(page(dialog))
    titles = shown.locator(".bb-search-title")
    for facet, value, expected in FACETS:
        choose(shown, facet, value)
        expect(titles.first).to_be_visible()
        assert set(titles.all_inner_texts()) == expected, (facet, value)
        shown.locator("[data-bb-search-clear]").click()
        expect(titles).to_have_count(0)


def test_facets_narrow_and_clear(dialog: str, page: Visitor) -> None:
    """Facets of different groups narrow each other and the query; one button lifts them all."""
    shown = opened(page(dialog))
    ask(shown, "")
    choose(shown, "owner", "An Nguyễn")
    expect(shown.locator(".bb-search-title")).to_have_count(3)
    choose(shown, "class", "D")
    expect(shown.locator(".bb-search-title")).to_have_text([YUNSHAN])
    ask(shown, "ngan hang")
    expect(shown.locator(".bb-search-title")).to_have_count(0)
    shown.locator("[data-bb-search-clear]").click()
    expect(shown.locator(".bb-search-list")).to_contain_text(HUNG_PHAT)


def numbers(page: Page) -> dict[str, str]:
    """What stands beside each value of a facet."""
    rows = page.locator(".bb-search-facets label").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('span')].map(each => each.textContent))"
    )
    return dict(rows)


def test_the_first_result_is_cheap(dialog: str, page: Visitor) -> None:
    """Twenty requests bring it; which pages carry a facet is not among them."""
    shown = page(dialog)
    shown.wait_for_load_state("networkidle")
    before = len(page.requests)
    opened(shown)
    totals = numbers(shown)
    ask(shown, "online")
    expect(shown.locator(".bb-search-list a").first).to_be_visible()
    shown.wait_for_load_state("networkidle")
    asked = page.requests[before:]
    assert len(asked) <= 20
    assert not [one for one in asked if one.endswith(".pf_filter")]
    assert totals["Account"] == "9"
    assert set(numbers(shown).values()) == {""}


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_facets_are_counted_for_who_reaches_for_them(dialog: str, page: Visitor, way: str) -> None:
    """Numbers of what was asked for appear beside the values; no row moves meanwhile."""
    shown = opened(page(dialog))
    ask(shown, LEARNING)
    expect(shown.locator(".bb-search-list a").first).to_be_visible()
    rows = list(numbers(shown))
    if way == "pointer":
        shown.locator(".bb-search-facets").hover()
    else:
        shown.locator(".bb-search-facets input").first.focus()
    expect(shown.locator(".bb-search-facets .bb-num").first).not_to_have_text("")
    counted = numbers(shown)
    assert list(counted) == rows
    found = shown.locator(".bb-search-status").inner_text().split()[0]
    kinds = shown.locator(".bb-search-facets fieldset").first.locator(".bb-num").all_inner_texts()
    assert sum(map(int, kinds)) == int(found)
    ask(shown, "Quiet Harbour")
    expect(shown.locator(".bb-search-list")).to_contain_text(QUIET)
    assert "0" not in numbers(shown).values()


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_keyboard_alone(dialog: str, page: Visitor, keys: str) -> None:
    """Open, type, walk down and up, open a result: no mouse."""
    shown = page(dialog)
    shown.keyboard.press(keys)
    expect(shown.locator(".bb-search-input")).to_be_focused()
    shown.keyboard.type("online")
    links = shown.locator(".bb-search-list a")
    expect(links.nth(1)).to_be_visible()
    shown.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    shown.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    shown.keyboard.press("ArrowUp")
    shown.keyboard.press("ArrowUp")
    expect(shown.locator(".bb-search-input")).to_be_focused()
    shown.keyboard.press("ArrowDown")
    target = links.first.evaluate("link => link.href")
    shown.keyboard.press("Enter")
    expect(shown).to_have_url(target)


def test_enter_opens_the_first_result(dialog: str, page: Visitor) -> None:
    """Enter in the field takes the best answer."""
    shown = opened(page(dialog))
    ask(shown, "Quiet Harbour")
    expect(shown.locator(".bb-search-list a").first).to_be_visible()
    shown.keyboard.press("Enter")
    expect(shown).to_have_url(dialog + "accounts/nothing-known/")


def test_escape_gives_the_focus_back(dialog: str, page: Visitor) -> None:
    """Esc closes the dialog, and what had the focus has it again."""
    shown = page(dialog + "accounts/")
    field = shown.locator("article a").first
    field.focus()
    shown.keyboard.press("Control+k")
    expect(shown.locator("dialog[open]")).to_have_count(1)
    shown.keyboard.press("Escape")
    expect(shown.locator("dialog[open]")).to_have_count(0)
    expect(field).to_be_focused()


def test_a_slash_in_a_field_is_a_slash(dialog: str, page: Visitor) -> None:
    """Typing in the table's own field never opens the dialog."""
    shown = page(dialog + "accounts/")
    shown.locator("[data-bb-find]").fill("")
    shown.locator("[data-bb-find]").press("/")
    expect(shown.locator("dialog[open]")).to_have_count(0)
    expect(shown.locator("[data-bb-find]")).to_have_value("/")


def test_on_a_phone(dialog: str, page: Visitor) -> None:
    """At 390 px the dialog fills the screen, facets fold away, and a tap opens a result."""
    shown = opened(page(dialog, width=390, height=844))
    assert shown.locator(".bb-search-facets[open]").count() == 0
    ask(shown, "ngan hang")
    expect(shown.locator(".bb-search-list a").first).to_be_visible()
    box = shown.locator("dialog.bb-search").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert shown.evaluate("document.querySelector('.bb-search').scrollWidth") <= 390
    shown.locator(".bb-search-facets summary").click()
    choose(shown, "region", "Miền Bắc")
    shown.locator(".bb-search-list a").first.click()
    expect(shown).to_have_url(dialog + "accounts/hung-phat/")
