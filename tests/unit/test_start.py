"""The pages of the first week: order, minutes, bounds, and what they say where little is there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from briefbook.analyse.portfolio import analyse
from briefbook.analyse.turns import Turn
from briefbook.load import Content, load
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.pages.start_member import MOST_READ
from tests.browser import REPO
from tests.small import TODAY, content, pages_of, renderer, site

TEAM = "name: Northstar CRM\nteam: {mai: {name: Mai}, lin: {name: Lin}}\n"
CLASS = {
    "a": "{contribution: {2025: 20 m CNY}, potential: 30 m CNY}",
    "b": "{contribution: {2025: 12 m CNY}, potential: 12 m CNY}",
    "c": "{contribution: {2025: 2 m CNY}, potential: 15 m CNY}",
    "d": "{contribution: {2025: 1 m CNY}, potential: 2 m CNY}",
}
LATE, SOON, LATER = "2026-11-01", "2026-12-01", "2027-03-01"


def account(letter: str = "c", due: str = "", more: str = "", industry: str = "retail") -> str:
    """An account of a class with a promise for a day."""
    money = f"value_to_us: {CLASS[letter]}\n" if letter else ""
    owed = f"contacts: [{{date: 2026-10-01, promised: {{what: List, by: {due}}}}}]\n" if due else ""
    return f"name: Shop\nindustry: {industry}\nowner: mai\n{money}{owed}{more}"


def book(**accounts: str) -> Content:
    """A book of two industries and some accounts."""
    return content(
        {
            "book.yml": TEAM,
            "industries/retail.yml": "name: Retail\n",
            "industries/food.yml": "name: Food\n",
            **{f"accounts/{id.replace('_', '-')}.yml": text for id, text in accounts.items()},
        }
    )


def order(**accounts: str) -> list[str]:
    """Mai's accounts in order."""
    stops = analyse(book(**accounts), TODAY).turns.owners["mai"]
    return [turn.account for stop in stops for turn in stop.turns]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (account("a"), account("b", LATE)),
        (account("a"), account("d", more="important: {because: Opens the chain}\n")),
        (account("d", more="important: {because: Opens the chain}\n"), account("b")),
        (account("b"), account("c", LATE)),
        (account("c"), account("d", LATE)),
        (account("d"), account("", LATE)),
        (account("c", LATE), account("c", SOON, "lifecycle: decline\n")),
        (account("c", SOON), account("c", LATER, "lifecycle: decline\n")),
        (account("c", LATER), account("c", "", "lifecycle: decline\n")),
        (account("c", more="lifecycle: decline\n"), account("c", more="lifecycle: acquire\n")),
        (account("c", more="lifecycle: acquire\n"), account("c", more="lifecycle: improve\n")),
        (account("c", more="lifecycle: improve\n"), account("c", more="lifecycle: stable\n")),
        (account("c", more="lifecycle: stable\n"), account("c")),
        (account("c", SOON), account("c", "2026-12-02")),
    ],
)
def test_one_account_stands_before_another(first: str, second: str) -> None:
    """Class, then what is due, then the stage, then the day, whatever the names are."""
    assert order(y=first, x=second) == ["y", "x"]
    assert order(x=first, y=second) == ["x", "y"]


def test_an_industry_that_serves_more_accounts_stands_first() -> None:
    """Where class, day and stage are the same."""
    assert order(a=account(industry="food"), b=account(), c=account()) == ["b", "c", "a"]


def test_an_industry_stands_where_its_first_account_stands() -> None:
    """Its brief is read once, so that all its accounts follow."""
    found = order(z=account("a"), y=account("d"), a=account("b", LATE, industry="food"))
    assert found == ["z", "y", "a"]


def page(of: Site, address: str) -> Page:
    """One of the pages of the first week, or of those that lead there."""
    made = pages_of(of, "start", "home", "team", "member")
    return next(one for one in made if one.address == address)


def html(of: Site, address: str) -> str:
    """Its body."""
    return renderer().html(page(of, address))


def turn(found: Content, owner: str) -> Turn | None:
    """The account to practise on."""
    return analyse(found, TODAY).turns.unknown_to(owner)


def test_practice_is_an_account_of_an_industry_that_one_does_not_have() -> None:
    """It is ready to meet; of one's own industries there is none."""
    found, _ = load(REPO / "content")
    assert found is not None
    results = analyse(found, TODAY)
    for owner, stops in results.turns.owners.items():
        own = {stop.industry for stop in stops}
        chosen = results.turns.unknown_to(owner)
        assert chosen is not None
        assert chosen.industry not in own
        assert results.ready.accounts[chosen.account].ready
    assert turn(book(a=account("a")), "mai") is None


@pytest.fixture(scope="module")
def sample() -> Site:
    """The sample site."""
    found, _ = load(REPO / "content")
    assert found is not None
    return site(found)


def counts(list_: Any) -> int:
    """Minutes of some steps."""
    return sum(one["count"] for one in list_)


def test_minutes_add_up(sample: Site) -> None:
    """Each total is the sum of the minutes shown above it, that of the page of all."""
    data = page(sample, "/start/").data
    steps = [data["practice"], *data["parts"]]
    assert all(one["total"]["count"] == counts(one["steps"]) for one in steps)
    assert data["total"]["count"] == sum(counts(one["steps"]) for one in steps)
    assert all(each["count"] >= 1 for one in steps for each in one["steps"])


def test_the_path_begins_with_pains_and_benchmarks(sample: Site) -> None:
    """Then head, who decides, class, next thing, call sheet; methods, and words at last."""
    data = page(sample, "/start/").data
    ways = [one["key"].split("/", 3)[-1] for one in data["practice"]["steps"]]
    assert ways == ["#pains", "", "#people", "#class", "#due", "call/"]
    assert [one["id"] for one in data["parts"]] == ["methods", "words"]
    assert {one["key"] for one in data["parts"][0]["steps"]} == {
        f"/methods/{id}/" for id in sample.content.guides
    }


def test_a_quarter_of_an_hour_is_enough(sample: Site) -> None:
    """By the site's own count, for the account that everybody is offered and for each member's."""
    addresses = ["/start/", *(f"/start/{id}/" for id in sample.content.book.value.team)]
    for address in addresses:
        assert page(sample, address).data["practice"]["total"]["count"] <= 15, address


def test_each_account_says_why_it_stands_there(sample: Site) -> None:
    """Class, what is due, stage; whether it is ready; how long it takes."""
    made = page(sample, "/start/mai/")
    rows = [row for stop in made.data["stops"] for row in stop["rows"]]
    assert rows
    told = {row["id"]: row["why"] for row in rows}
    assert told["lantern-fresh"] == "class C, important, overdue since 16 Nov, improve"
    assert made.json is not None
    listed = [one["account"] for each in made.json["industries"] for one in each["accounts"]]
    assert listed == [row["id"] for row in rows]


def test_a_member_with_500_accounts_has_a_page_of_bounded_size() -> None:
    """The first 30 stand there, the others behind a link to the filtered table."""
    made = site(book(**{f"shop_{n}": account("c", SOON) for n in range(500)}))
    body = html(made, "/start/mai/")
    assert body.count('data-bb-read="/accounts/') == MOST_READ
    assert "?owner=mai" in body
    assert f"accounts: {MOST_READ} of 500" in body
    assert len(body) < 100_000


def test_whoever_has_no_account_is_told_so() -> None:
    """No order is made up, and no account to practise on."""
    body = html(site(book(a=account())), "/start/lin/")
    assert "No account names Lin as its owner." in body
    assert "<table" not in body


def test_where_nothing_is_ready_the_path_says_so() -> None:
    """A book without accounts, team and methods has its page."""
    body = html(site(content({})), "/start/")
    assert "No account is ready to meet yet." in body
    assert "The book names no team yet." in body
    assert "Nothing is written yet." in body


def test_names_are_text() -> None:
    """Whatever a name holds, it stands as it was written."""
    evil = "<script>alert(1)</script>"
    found = content(
        {
            "book.yml": f"name: Northstar CRM\nteam: {{mai: {{name: '{evil}'}}}}\n",
            "industries/retail.yml": f"name: '{evil}'\n",
            "accounts/shop.yml": f"name: '{evil}'\nindustry: retail\nowner: mai\n",
        }
    )
    for address in ("/start/", "/start/mai/"):
        assert "<script" not in html(site(found), address)


def test_home_and_team_lead_to_the_path(sample: Site) -> None:
    """New here? on the home page, and each member's own path on the member's page."""
    assert 'href="start/"' in html(sample, "/")
    assert 'href="../../start/mai/"' in html(sample, "/team/mai/")


def test_every_block_of_the_stylesheets_is_closed() -> None:
    """What stands behind an open block would hold on wide screens only."""
    for path in (REPO / "theme" / "assets" / "briefbook").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert text.count("{") == text.count("}"), path.name
        depth = 0
        for line in text.splitlines():
            if line.startswith("@media"):
                assert depth == 0, (path.name, line)
            depth += line.count("{") - line.count("}")
