"""Quality: what is complete, stale, unsourced and unverified, in which order, and whose work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefbook.analyse.portfolio import analyse
from briefbook.analyse.quality import Quality, Tally
from briefbook.demo import write_demo
from briefbook.load import load
from briefbook.pages import quality as quality_pages
from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.here import MOST, Site
from briefbook.words import Words
from tests.browser import REPO
from tests.independent.quality import compute
from tests.samples import book
from tests.site.reader import document
from tests.small import TODAY, content, html, page, pages_of, renderer, site

HEAD = "industry: retail\nlifecycle: stable\n"
A = "value_to_us: {contribution: {2025: 40 m CNY}, potential: 50 m CNY}\n"
B = "value_to_us: {contribution: {2025: 20 m CNY}, potential: 21 m CNY}\n"
D = "value_to_us: {contribution: {2025: 1 m CNY}, potential: 2 m CNY}\n"
BASE = {
    "book.yml": "name: Northstar CRM\nteam: {mai: {name: Mai Trần}, an: {name: An}}\n",
    "industries/retail.yml": "name: Retail\n",
}


def accounts(**fields: str) -> dict[str, str]:
    """Files of accounts by id."""
    return {
        **BASE,
        **{f"accounts/{id}.yml": f"name: {id}\n{HEAD}{text}" for id, text in fields.items()},
    }


def found(files: Mapping[str, str]) -> Quality:
    """The quality of some files."""
    return analyse(content(files), TODAY).quality


def of_folder(folder: Path) -> Site:
    """The site of a content folder."""
    made, _ = load(folder)
    assert made
    return Site(made, analyse(made, TODAY), Words("en"), None)


def test_those_that_need_a_plan_come_first_then_the_least_complete() -> None:
    """A before B before D; of one tier the smaller share first; no class is no D."""
    owner = "owner: mai\n"
    made = found(accounts(d=D, b=B, a=A, better=A + owner, unknown="", worse=B))
    assert made.worst[:2] == ("a", "better")
    assert made.worst[-1] == "d"
    assert set(made.worst[2:-1]) == {"b", "unknown", "worse"}


def test_an_important_account_counts_as_one_with_a_plan() -> None:
    """Rule 5: a written reason is enough, whatever the class."""
    made = found(accounts(b=B, d=D + "important: {because: It opens the chain}\n"))
    assert made.worst == ("d", "b")


def test_owners_have_the_most_work_first_and_nobody_last() -> None:
    """Accounts that nobody owns are counted, under nobody's name."""
    files = accounts(a=A + "owner: mai\n", b=A + "owner: mai\n", c=D + "owner: an\n", d=A)
    made = found(files)
    assert list(made.owners) == ["mai", "an", None]
    assert made.of_owner["mai"] == ("a", "b")
    assert made.owners["mai"].accounts == 2
    assert made.owners["mai"].work == made.accounts["a"].work + made.accounts["b"].work
    assert made.total.accounts == 4


def test_people_who_left_need_no_verifying() -> None:
    """Never verified, and verified too long ago, are both unverified (six months)."""
    people = (
        "people:\n  never: {title: Buyer}\n  old: {title: Head, verified: 2026-01-01}\n"
        "  fresh: {title: CEO, verified: 2026-11-01}\n  gone: {title: CFO, left: 2026-02}\n"
    )
    made = found(accounts(a=A + people))
    assert made.accounts["a"].people == 3
    assert made.accounts["a"].unverified == 2


@pytest.mark.parametrize(
    ("sample", "figure", "bare"),
    [("", "revenue: 9 m CNY", 1), ("sample: yes\n", "revenue: 9 m CNY", 0),
     ("", "revenue: {value: 9 m CNY, source: report}", 0)],
)  # fmt: skip
def test_a_figure_without_source_is_work_unless_it_is_invented(
    sample: str, figure: str, bare: int
) -> None:
    """As the rule `no-source` has it."""
    text = f"{A}{sample}finance: {{statements: [{{period: 2025, {figure}}}]}}\n"
    text += "sources: {report: {title: Report, kind: financial-report}}\n"
    made = found(accounts(a=text))
    assert made.accounts["a"].unsourced == len(made.bare) == bare


def test_a_part_is_whole_where_nothing_of_it_is_missing() -> None:
    """`whole` counts accounts, `have` and `expected` count fields; who is not asked is left out."""
    made = found(accounts(a=A + "contacts: [{date: 2026-10-01}]\n", d=D))
    parts = {one.part: one for one in made.parts}
    assert (parts["contacts"].accounts, parts["contacts"].whole) == (2, 1)
    assert (parts["plan"].accounts, parts["plan"].whole, parts["plan"].have) == (1, 0, 0)
    assert sum(one.expected for one in made.parts) == made.total.expected


def test_no_account_gives_no_counts() -> None:
    """An empty book has an overview that says so, and no list of owners."""
    of = site(content(BASE))
    assert of.results.quality.total == Tally()
    assert "There is no account yet." in html(of, "/quality/")
    assert not [one for one in pages_of(of, "quality", "owner") if "/owners/" in one.address]


def figures(made: Mapping[str, Any]) -> dict[str, Any]:
    """What both sides count of the whole."""
    return {name: made[name] for name in ("total", "owners", "parts", "facts")}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up project with gaps of every kind, none of it marked as invented."""
    root = tmp_path_factory.mktemp("quality")
    write_demo(root, 40, 3)
    for path in root.rglob("*.yml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("\nsample: yes\n", "\n"), "utf-8")
    return root / "content"


@pytest.mark.parametrize("which", ["sample", "demo"])
def test_every_count_equals_one_made_from_the_yaml_alone(which: str, demo: Path) -> None:
    """By account, owner and part; the JSON beside the page says the same."""
    folder = REPO / "content" if which == "sample" else demo
    expected = compute(folder, TODAY)
    of = of_folder(folder)
    beside = page(of, "/quality/").json
    assert beside
    assert figures(json.loads(json.dumps(beside))) == figures(expected)
    for id, one in of.results.quality.accounts.items():
        row = expected["accounts"][id]
        assert (one.have, one.expected) == (row["fields"], row["fields_expected"]), id
        assert (one.stale, one.unsourced) == (row["stale"], row["unsourced"]), id
        assert (one.people, one.unverified) == (row["people"], row["unverified"]), id
    assert expected["total"]["stale"]
    if which == "demo":
        assert expected["facts"]["unsourced"]


def test_the_sentence_says_the_totals() -> None:
    """What there is none of is left out."""
    of = of_folder(REPO / "content")
    one = of.results.quality.total
    text = document(html(of, "/quality/")).texts
    said = " ".join(each.text for each in text)
    assert f"{one.have} of {one.expected:,} fields are there" in said
    assert f"{one.stale} facts are stale" in said
    assert one.unsourced == 0
    assert "no source" not in said.split("Of all records")[0]


def test_the_overview_names_twelve_and_the_lists_name_all(demo: Path) -> None:
    """Rule 22; every account stands in the list, and again in that of its owner."""
    of = of_folder(demo)
    overview = document(html(of, "/quality/"))
    rows = [one for one in overview.named("tr") if any(
        each["id"] == "quality-accounts" for each in one.around)]  # fmt: skip
    assert len(rows) == MOST + 1
    found = [*pages_of(of, "quality", "owner")]
    listed = [one for one in found if one.address.startswith("/quality/acc")]
    ids = [row["id"] for one in listed for row in one.data["rows"]]
    assert ids == list(of.results.quality.worst)
    own = [one for one in found if one.address.count("/") == 4
           and one.address.startswith("/quality/owners/")]  # fmt: skip
    assert sorted(row["id"] for one in own for row in one.data["rows"]) == sorted(ids)


def test_long_lists_are_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page holds more than 200 rows; the pages lead on."""
    monkeypatch.setattr(quality_pages, "MOST_ROWS", 2)
    of = site(content(accounts(a=A, b=A, c=A)))
    found = pages_of(of, "quality", "owner")
    made = [one for one in found if one.address.startswith("/quality/accounts/")]
    assert [one.address for one in made] == ["/quality/accounts/", "/quality/accounts/page/2/"]
    assert [len(one.data["rows"]) for one in made] == [2, 1]
    assert 'rel="next"' in renderer().html(made[0])
    assert MOST_ROWS == 200


def test_the_owner_of_an_account_is_told_what_comes_first(tmp_path: Path) -> None:
    """The worst account and its first missing fields, by importance."""
    files = accounts(a=A + "owner: mai\n")
    of = of_folder(book(tmp_path, files))
    (row,) = page(of, "/quality/").data["owners"]
    assert row["first"]["id"] == "a"
    assert row["first"]["missing"][0] == "strategy"
    assert row["lacking"] == of.results.quality.owners["mai"].missing > 3
    assert row["first"]["more"]
