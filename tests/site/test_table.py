"""The accounts table: sort, find, facets, and a state that stands in the address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Visitor

OURS = {"Ngân hàng Hưng Phát", "Trường Điện Lực Online", "云杉教育"}
QUIET = "Quiet Harbour Kindergartens"


def names(page: Page) -> list[str]:
    """Names of the rows that are shown, in order."""
    return page.locator("#accounts tbody tr:visible th a").all_inner_texts()


def numbers(page: Page, column: int) -> list[float]:
    """Sort keys of a column, of the rows that have one, in order."""
    keys = page.locator(f"#accounts tbody tr td:nth-child({column + 1})").evaluate_all(
        "cells => cells.map(cell => cell.dataset.sort)"
    )
    assert keys
    return [float(key) for key in keys if key]


@pytest.fixture
def table(home: str, page: Visitor) -> Page:
    """The page of all accounts."""
    return page(home + "accounts/")


def test_sort_by_number(table: Page) -> None:
    """A column of numbers sorts both ways, says so, and what is not known stands last."""
    head = table.locator("#accounts thead th").nth(1)
    expect(head).to_have_attribute("aria-sort", "descending")
    whole = numbers(table, 1)
    assert whole == sorted(whole, reverse=True)
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert numbers(table, 1) == sorted(whole)
    assert table.locator("#accounts tbody tr").last.locator("td").first.inner_text() == "not known"
    assert "sort=" in table.url


def test_sort_by_name_is_kept_in_the_address(table: Page) -> None:
    """A reload of the address shows the same order."""
    table.locator("#accounts thead th").first.locator("button").click()
    order = names(table)
    assert order != sorted(order, reverse=True)
    assert order.index("Ngân hàng Hưng Phát") < order.index(QUIET)
    table.reload()
    expect(table.locator("#accounts thead th").first).to_have_attribute("aria-sort", "ascending")
    assert names(table) == order


@pytest.mark.parametrize("query", ["ngan hang", "Ngân Hàng", "hung phat hang"])
def test_find_folds_marks(table: Page, query: str) -> None:
    """The field finds words in any order, with or without marks."""
    table.locator("[data-bb-find]").fill(query)
    assert names(table) == ["Ngân hàng Hưng Phát"]
    expect(table.locator("[data-bb-count]")).to_contain_text("1 of 9")


def test_nothing_found_is_said(table: Page) -> None:
    """An empty table says so, and one button brings all back."""
    table.locator("[data-bb-find]").fill("zzqx")
    assert names(table) == []
    expect(table.locator("[data-bb-none]")).to_be_visible()
    table.locator("[data-bb-clear]").click()
    assert len(names(table)) == 9
    expect(table.locator("[data-bb-none]")).to_be_hidden()


def test_facets_narrow_and_stand_in_the_address(table: Page) -> None:
    """Facets of two groups narrow each other; the address sends the view; chips take them off."""
    table.locator('[data-bb-facet="owner"] input[value="an"]').check()
    assert set(names(table)) == OURS
    table.locator('[data-bb-facet="class"] input[value="C"]').check()
    assert names(table) == ["Ngân hàng Hưng Phát"]
    assert "owner=an" in table.url
    assert "class=C" in table.url
    table.reload()
    assert names(table) == ["Ngân hàng Hưng Phát"]
    table.locator(".bb-chip-remove", has_text="An Nguyễn").click()
    assert "owner" not in table.url
    assert set(names(table)) > {"Ngân hàng Hưng Phát"}
    table.locator("[data-bb-clear]").click()
    assert len(names(table)) == 9
    assert table.url.endswith("/accounts/")


def test_a_cell_of_the_nine_box_leads_to_its_rows(home: str, page: Visitor) -> None:
    """Each count of the nine-box opens the table with just those accounts."""
    shown = page(home)
    cells = shown.locator('article a[href*="accounts/?"]').evaluate_all(
        "links => links.map(link => [link.href, parseInt(link.textContent)])"
    )
    counted = [(href, count) for href, count in cells if count]
    assert counted
    for href, count in counted:
        shown.goto(href)
        assert len(names(shown)) == count, href


def test_a_facet_of_a_link_shows_its_rows(home: str, page: Visitor) -> None:
    """An address with a filter opens filtered; an unknown value shows nothing rather than all."""
    assert names(page(home + "accounts/?region=华东")) == ["云杉教育"]
    assert names(page(home + "accounts/?class=-&find=quiet")) == [QUIET]
