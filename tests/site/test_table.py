"""The accounts table: sort, find, facets, pages, and a state that stands in the address."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from briefbook.analyse.portfolio import analyse
from briefbook.demo import write_demo
from briefbook.headers import header_files
from briefbook.load import Content, load
from briefbook.pages.accounts import DATA, in_table, sheets
from briefbook.pages.here import Site
from briefbook.pages.render import Renderer
from briefbook.words import Words
from tests.browser import REPO, Visitor
from tests.conftest import MakeOnce, Serve
from tests.site.project import TODAY, Project

OURS = {"Ngân hàng Hưng Phát", "Trường Điện Lực Online", "云杉教育"}
QUIET = "Quiet Harbour Kindergartens"
MANY, SHEET, SHEETS = 560, 100, 6
REST = MANY - (SHEETS - 1) * SHEET
"""Rows of the last page."""
COMMA = "Hà Nội, North"
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>
<link rel="icon" href="/assets/briefbook/icon.svg">
<link rel="stylesheet" href="/assets/briefbook/tokens.css">
<link rel="stylesheet" href="/assets/briefbook/briefbook.css">
<script src="/assets/briefbook/table.js" defer></script></head><body><article>{}</article>
</body></html>"""


def names(page: Page) -> list[str]:
    """Names of the rows that are shown, in order."""
    return page.locator("#accounts tbody tr:visible th a").all_inner_texts()


def count(page: Page) -> Locator:
    """How many rows fit, in words."""
    return page.locator("strong[data-bb-count]")


def settled(page: Page, rows: int) -> list[str]:
    """Names of the rows, once this many stand there."""
    expect(page.locator("#accounts tbody tr")).to_have_count(rows)
    return names(page)


def column(page: Page, name: str) -> Locator:
    """The head of a column."""
    return page.locator(f'#accounts thead th[data-sort-name="{name}"]')


def numbers(page: Page, at: int) -> list[float]:
    """Figures of a column, of the rows that have one, in order."""
    cells = page.locator(f"#accounts tbody tr td:nth-child({at + 1})").all_inner_texts()
    assert cells
    return [float(cell.replace(",", "")) for cell in cells if cell != "not known"]


@pytest.fixture
def table(home: str, page: Visitor) -> Page:
    """The page of all accounts."""
    return page(home + "accounts/")


def test_sort_by_number(table: Page) -> None:
    """A column of numbers sorts both ways, says so, and what is not known stands last."""
    head = column(table, "contribution")
    expect(head).to_have_attribute("aria-sort", "descending")
    whole = numbers(table, 1)
    assert whole == sorted(whole, reverse=True)
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert numbers(table, 1) == sorted(whole)
    assert table.locator("#accounts tbody tr").last.locator("td").first.inner_text() == "not known"
    assert "sort=contribution.up" in table.url


def test_sort_by_name_is_kept_in_the_address(table: Page) -> None:
    """A reload of the address shows the same order."""
    column(table, "name").locator("button").click()
    order = names(table)
    assert order != sorted(order, reverse=True)
    assert order.index("Ngân hàng Hưng Phát") < order.index(QUIET)
    table.reload()
    expect(column(table, "name")).to_have_attribute("aria-sort", "ascending")
    assert names(table) == order


def test_every_column_sorts_from_the_keyboard(table: Page) -> None:
    """Each head is a button; Enter sorts, only its head says so, and no row is lost."""
    heads = table.locator("#accounts thead th")
    assert heads.count() == 9
    all_ = sorted(names(table))
    for at in range(heads.count()):
        button = heads.nth(at).locator("button")
        button.focus()
        table.keyboard.press("Enter")
        said = heads.nth(at).get_attribute("aria-sort")
        assert said in {"ascending", "descending"}
        table.keyboard.press("Enter")
        assert {said, heads.nth(at).get_attribute("aria-sort")} == {"ascending", "descending"}
        assert table.locator("#accounts thead th[aria-sort]").count() == 1
        assert sorted(names(table)) == all_
        expect(button).to_be_focused()


@pytest.mark.parametrize(
    ("query", "name"),
    [("ngan hang", "Ngân hàng Hưng Phát"), ("Ngân Hàng", "Ngân hàng Hưng Phát"),
     ("hung phat hang", "Ngân hàng Hưng Phát"), ("dien luc", "Trường Điện Lực Online"),
     ("ĐIỆN", "Trường Điện Lực Online"), ("云杉", "云杉教育")],
)  # fmt: skip
def test_find_folds_marks(table: Page, query: str, name: str) -> None:
    """The field finds words in any order, with or without marks, in any case; đ is a d."""
    table.locator("[data-bb-find]").fill(query)
    assert names(table) == [name]
    expect(count(table)).to_have_text("1 of 9")


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


def test_a_facet_is_used_from_the_keyboard(table: Page) -> None:
    """Space ticks a box; what it did is told by the number of rows."""
    box = table.locator('[data-bb-facet="owner"] input[value="an"]')
    box.focus()
    table.keyboard.press("Space")
    expect(count(table)).to_have_text("3 of 9")
    expect(box).to_be_focused()
    assert count(table).get_attribute("role") == "status"


def test_totals_follow_the_filters(table: Page) -> None:
    """The last row adds up what is shown, and says the whole again without filters."""
    cells = table.locator("#accounts tfoot td")
    whole = cells.all_inner_texts()
    assert float(whole[0].replace(",", "")) == pytest.approx(sum(numbers(table, 1)), abs=0.5)
    table.locator('[data-bb-facet="owner"] input[value="an"]').check()
    assert cells.all_inner_texts()[:3] == ["13", "65", "20 %"]
    table.locator("[data-bb-clear]").click()
    assert cells.all_inner_texts() == whole


def test_a_cell_of_the_nine_box_leads_to_its_rows(home: str, page: Visitor) -> None:
    """Each count of the nine-box opens the table with just those accounts."""
    shown = page(home)
    cells = shown.locator('article a[href*="accounts/?"]').evaluate_all(
        "links => links.map(link => [link.href, parseInt(link.textContent)])"
    )
    counted = [(href, count) for href, count in cells if count]
    assert counted
    for href, expected in counted:
        shown.goto(href)
        assert len(names(shown)) == expected, href


def test_a_facet_of_a_link_shows_its_rows(home: str, page: Visitor) -> None:
    """An address with a filter opens filtered; an unknown value shows nothing rather than all."""
    assert names(page(home + "accounts/?region=华东")) == ["云杉教育"]
    assert names(page(home + "accounts/?class=-&find=quiet")) == [QUIET]
    assert names(page(home + "accounts/?owner=nobody-at-all")) == []


@pytest.mark.parametrize("letters", ["C", "c", "c,d", "C,D", "d,c"])
def test_letters_are_read_in_any_case(home: str, page: Visitor, letters: str) -> None:
    """`?class=c` and `?class=C` are one view."""
    shown = page(home + f"accounts/?class={letters}")
    wanted = page(home + f"accounts/?class={letters.upper()}")
    assert names(shown) == names(wanted) != []
    expect(shown.locator('[data-bb-facet="class"] input[value="C"]')).to_be_checked()


def test_what_is_no_filter_is_left_alone(home: str, page: Visitor) -> None:
    """Another word in the address narrows nothing, and stays there."""
    shown = page(home + "accounts/?campaign=x#accounts")
    assert len(names(shown)) == 9
    column(shown, "name").locator("button").click()
    assert shown.url.endswith("accounts/?campaign=x&sort=name.up#accounts")


def test_the_table_reads_without_scripts(home: str, page: Visitor) -> None:
    """All rows and totals; nothing that only a script can serve."""
    plain = page(home + "accounts/", scripts=False)
    assert len(names(plain)) == 9
    assert plain.locator("#accounts button").count() == 0
    for part in ("[data-bb-facets]", "[data-bb-find]", "[data-bb-clear]"):
        expect(plain.locator(part)).to_be_hidden()
    expect(plain.locator('.bb-tools a[href$="accounts.csv"]')).to_be_visible()


# ---- against the data of the same site --------------------------------------------------------

Rows = Mapping[str, dict[str, Any]]
Fits = Callable[[dict[str, Any]], bool]
COMBINED: tuple[tuple[str, Fits], ...] = (
    ("potential=high&contribution=medium",
     lambda row: row["potential_level"] == "high" and row["contribution_level"] == "medium"),
    ("level=high", lambda row: row["contribution_level"] == "high"),
    ("important=yes&class=c", lambda row: row["important"] and row["class"] == "C"),
    ("owner=mai,lin", lambda row: row["owner"] in {"mai", "lin"}),
    ("sign=silent", lambda row: "silent" in row["signs"]),
    ("sign=silent,falling", lambda row: bool({"silent", "falling"} & set(row["signs"]))),
    ("plan=missing", lambda row: row["plan_asked"] and row["plan_year"] is None),
    ("plan=there", lambda row: row["plan_year"] is not None),
    ("strategy=promote&lifecycle=improve",
     lambda row: row["strategy"] == "promote" and row["lifecycle"] == "improve"),
    ("tactic=promote/annual-budget", lambda row: "promote/annual-budget" in row["tactics"]),
    ("uses=member-marketing", lambda row: "member-marketing" in row["uses"]),
    ("fit=misfit,exception", lambda row: row["strategy_fits"] is False),
    ("work=unverified&team=finance",
     lambda row: row["unverified"] > 0 and row["team"] == "Finance"),
    ("country=VN&class=A,B", lambda row: row["country"] == "VN" and row["class"] in {"A", "B"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def rows(sample: Project) -> Rows:
    """The rows of the sample's own data, by id."""
    made = json.loads(sample.read("data/accounts.json"))
    named = [one["name"] for one in made["columns"]]
    return {row[0]: dict(zip(named, row, strict=True)) for row in made["rows"]}


@pytest.mark.parametrize("query", [query for query, _ in COMBINED])
def test_filters_of_links_agree_with_the_data(
    sample: Project, serve_site: Serve, page: Visitor, rows: Rows, query: str
) -> None:
    """What the address asks for is what `/data/accounts.json` says; each filter has a chip."""
    fits = dict(COMBINED)[query]
    shown = page(serve_site(sample.site) + f"accounts/?{query}")
    links = shown.locator("#accounts tbody th a").evaluate_all(
        "links => links.map(link => link.getAttribute('href').slice(0, -1))"
    )
    assert sorted(links) == sorted(id for id, row in rows.items() if fits(row))
    assert shown.locator(".bb-chip-remove").count() == query.count("&") + 1
    assert "undefined" not in shown.locator("[data-bb-chips]").inner_text()


def test_most_combined_filters_find_somebody(rows: Rows) -> None:
    """What the test above stands on: hardly any of its queries is empty on the sample."""
    found = [query for query, fits in COMBINED if any(fits(row) for row in rows.values())]
    assert len(found) >= len(COMBINED) - 3


def test_the_csv_of_the_site_is_that_of_its_json(sample: Project, rows: Rows) -> None:
    """Both stand in the built site, with a row for each account."""
    made = csv.DictReader(sample.read("data/accounts.csv").splitlines())
    assert [row["id"] for row in made] == list(rows)


# ---- more rows than one page holds ------------------------------------------------------------


def plain_content(folder: Path) -> Content:
    """Made-up accounts; the region of seven holds a comma."""
    write_demo(folder, MANY, 1)
    made, _ = load(folder / "content")
    assert made
    records = dict(made.accounts)
    for id in [id for id, one in sorted(records.items()) if one.value.profile][:7]:
        one = records[id]
        assert one.value.profile
        profile = one.value.profile.model_copy(update={"region": COMMA})
        records[id] = replace(one, value=one.value.model_copy(update={"profile": profile}))
    return replace(made, accounts=records)


def long_site(root: Path) -> None:
    """The pages of a long table in a frame of their own, with the host's headers."""
    content = plain_content(root)
    site = Site(content, analyse(content, TODAY), Words("en"), None)
    renderer = Renderer(REPO / "theme", site.words)
    out = root / "site"
    shutil.copytree(REPO / "theme" / "assets", out / "assets")
    for one in (each for first in sheets(site) for each in in_table(site, first)):
        folder = out / one.address.strip("/")
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(FRAME.format(renderer.html(one)), "utf-8")
        for name, text in one.files.items():
            (folder / name).write_text(text, "utf-8")
    for name, data in header_files([]).items():
        (out / name).write_bytes(data)


@pytest.fixture(scope="module")
def long(make_once: MakeOnce) -> Path:
    """The folder of a site with 560 accounts."""
    return make_once("site-long-table", long_site) / "site"


@pytest.fixture
def start(long: Path, serve_site: Serve) -> str:
    """The address of the long table."""
    return serve_site(long) + "accounts/"


def told(long: Path) -> dict[str, Any]:
    """What the script reads."""
    made: dict[str, Any] = json.loads((long / "accounts" / DATA).read_text("utf-8"))
    return made


def test_the_page_holds_the_first_rows_and_reads_nothing(
    start: str, long: Path, page: Visitor
) -> None:
    """100 rows, all counted; the file is read when somebody does something, and not before."""
    shown = page(start)
    expect(count(shown)).to_have_text("560 of 560")
    data = told(long)
    assert settled(shown, SHEET) == data["columns"]["name"]["text"][:SHEET]
    assert not [url for url in page.requests if url.endswith(DATA)]
    column(shown, "name").locator("button").click()
    expect(column(shown, "name")).to_have_attribute("aria-sort", "ascending")
    settled(shown, SHEET)
    assert len([url for url in page.requests if url.endswith(DATA)]) == 1


def test_no_view_holds_more_than_100_rows(start: str, long: Path, page: Visitor) -> None:
    """Sorted the other way, the last are first; the pages lead through all rows, each once."""
    shown = page(start + "?sort=contribution.up")
    keys = told(long)["columns"]["contribution"]["key"]
    known = [at for at, key in enumerate(keys) if key is not None]
    wanted = sorted(known, key=lambda at: (keys[at], at))
    wanted += [at for at, key in enumerate(keys) if key is None]
    ids = told(long)["columns"]["name"]["text"]
    seen = settled(shown, SHEET)
    for rows in (*[SHEET] * (SHEETS - 2), REST):
        shown.get_by_role("button", name="Next", exact=True).click()
        seen += settled(shown, rows)
    assert seen == [ids[at] for at in wanted]
    expect(shown.locator("[data-bb-pager] span")).to_have_text("Rows 501 to 560 of 560")
    assert f"page={SHEETS}" in shown.url
    shown.reload()
    assert settled(shown, REST) == seen[-REST:]
    expect(shown.get_by_role("button", name="Next", exact=True)).to_be_disabled()


def test_a_filter_looks_through_all_rows(start: str, long: Path, page: Visitor) -> None:
    """Beyond those of the page; the values are counted alike on both sides."""
    data = told(long)
    owner = next(one for one in data["filters"] if one["name"] == "owner")
    shown = page(start + f"?owner={owner['values'][-1]}")
    expect(count(shown)).to_have_text(f"{owner['counts'][-1]} of 560")
    assert len(settled(shown, min(owner["counts"][-1], SHEET))) == owner["counts"][-1]
    expect(shown.locator("[data-bb-pager]")).to_be_hidden()
    shown.locator("[data-bb-clear]").click()
    expect(count(shown)).to_have_text("560 of 560")


def test_a_row_of_the_script_is_a_row_of_the_page(start: str, page: Visitor) -> None:
    """Rows that the script made from the file are those that the static pages hold."""
    inner = "rows => rows.map(row => row.outerHTML)"
    shown = page(start)
    for number, size in ((2, SHEET), (SHEETS, REST)):
        still = page(start + f"page/{number}/", scripts=False)
        wanted = still.locator("#accounts tbody tr").evaluate_all(inner)
        shown.goto(start + f"?page={number}")
        settled(shown, size)
        made = shown.locator("#accounts tbody tr").evaluate_all(inner)
        assert made == [re.sub(r'href="(\.\./)+', 'href="', row) for row in wanted]


def test_values_left_out_are_one_click_away(start: str, long: Path, page: Visitor) -> None:
    """Twelve values at first; the button brings the others, each with its count."""
    industry = next(one for one in told(long)["filters"] if one["name"] == "industry")
    assert len(industry["values"]) > 12
    shown = page(start)
    boxes = shown.locator('[data-bb-facet="industry"] input')
    expect(boxes).to_have_count(12)
    shown.locator('[data-bb-facet="industry"] button').click()
    expect(boxes).to_have_count(len(industry["values"]))
    boxes.last.check()
    expect(count(shown)).to_have_text(f"{industry['counts'][-1]} of 560")
    assert f"industry={industry['values'][-1]}" in shown.url


def test_a_value_may_hold_a_comma(start: str, page: Visitor) -> None:
    """A region with one is a value of its own, in a link and in the address that is made."""
    shown = page(start + f"?region={quote(COMMA)}")
    expect(count(shown)).to_have_text("7 of 560")
    shown.locator('[data-bb-facet="class"] input[value="C"]').check()
    expect(count(shown)).not_to_have_text("7 of 560")
    before = count(shown).inner_text()
    shown.reload()
    expect(count(shown)).to_have_text(before)


def test_static_pages_lead_through_all_rows(start: str, long: Path, page: Visitor) -> None:
    """Without scripts: 100 rows a page, in one order, with links on and back."""
    still = page(start, scripts=False)
    seen = names(still)
    for number in range(2, SHEETS + 1):
        still.get_by_role("link", name="Next", exact=True).click()
        still.wait_for_url(f"**/accounts/page/{number}/")
        seen += names(still)
    assert seen == told(long)["columns"]["name"]["text"]
    still.get_by_role("link", name="Before").click()
    still.wait_for_url(f"**/accounts/page/{SHEETS - 1}/")


def test_rows_that_cannot_be_read_are_told(start: str, page: Visitor) -> None:
    """The rows of the page stay; a second try reads them."""
    shown = page(start)
    shown.route(f"**/{DATA}", lambda route: route.abort())
    shown.locator("[data-bb-find]").fill("a")
    expect(count(shown)).to_have_text("The rows could not be read")
    assert len(names(shown)) == SHEET
    page.errors.clear()
    shown.unroute(f"**/{DATA}")
    shown.locator("[data-bb-find]").fill("")
    expect(count(shown)).to_have_text("560 of 560")
