"""The team: accounts in, KPIs by employee, team and country, desks and open deals out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from briefbook.analyse.pipeline import Cycle
from briefbook.analyse.portfolio import analyse
from briefbook.analyse.sums import Sum, add_up
from briefbook.analyse.team import Team
from briefbook.load import Content, load
from briefbook.pages.here import MOST, Site
from briefbook.pages.page import Page
from briefbook.pages.team_rows import ROWS
from tests.browser import REPO
from tests.independent import team as independent
from tests.small import TODAY, content, pages_of, renderer, site

PAGES = ("team", "member", "deals")

TEAM = """\
name: Northstar CRM
team:
  mai: {name: Mai Tran, role: CSM, country: VN, team: Retail}
  lin: {name: Lin Wei, team: Retail}
  ana: {name: Ana Souza}
"""


def book(**accounts: str) -> Content:
    """A book of three people and some accounts."""
    return content(
        {"book.yml": TEAM, "industries/retail.yml": "name: Retail\n"}
        | {
            f"accounts/{id}.yml": f"name: {id.title()}\nindustry: retail\n{text}\n"
            for id, text in accounts.items()
        }
    )


def team(**accounts: str) -> Team:
    """The team's results."""
    return analyse(book(**accounts), TODAY).team


def page(of: Site, address: str) -> Page:
    """One of the team's pages."""
    return next(one for one in pages_of(of, *PAGES) if one.address == address)


def html(of: Site, address: str) -> str:
    """Its body."""
    return renderer().html(page(of, address))


def brought(*millions: str, owner: str = "mai", more: str = "") -> str:
    """An account with contributions of 2024 and 2025; an empty one is not known."""
    table = ", ".join(
        f"{year}: {one} m CNY" for year, one in zip(("2024", "2025"), millions, strict=True) if one
    )
    own = f"owner: {owner}\n" if owner else ""
    return f"{own}value_to_us: {{contribution: {{{table}}}}}\n{more}"


def test_unknown_amounts_are_counted_never_zero() -> None:
    """A sum of nothing known is nothing known."""
    assert add_up([Decimal(1), None, Decimal(2)]) == Sum(Decimal(3), 2, 3)
    assert add_up([None]) == Sum(None, 0, 1)
    assert add_up([]) == Sum(None, 0, 0)


def test_kpis_add_up_by_employee_team_and_country() -> None:
    """Row 27: the three ways to cut give the same whole."""
    found = team(
        a=brought("4", "5", more="profile: {country: VN}"),
        b=brought("", "7", owner="lin", more="profile: {country: CN}"),
        c=brought("2", "1", owner="ana"),
        d=brought("1", "3", owner=""),
    )
    assert found.year == "2025"
    assert {id: one.revenue.amount for id, one in found.employees.items()} == {
        "lin": 7_000_000, "mai": 5_000_000, "ana": 1_000_000, "": 3_000_000,
    }  # fmt: skip
    assert list(found.employees) == ["lin", "mai", "ana", ""]
    assert {id: one.accounts for id, one in found.teams.items()} == {
        "Retail": ("b", "a"), "": ("d", "c"),
    }  # fmt: skip
    assert list(found.countries) == ["CN", "VN", ""]
    for groups in (found.employees, found.teams, found.countries):
        assert sum(one.revenue.amount or 0 for one in groups.values()) == 16_000_000
        assert sum(len(one.accounts) for one in groups.values()) == 4
    assert found.whole.before == Sum(Decimal(7_000_000), 3, 4)


def test_change_compares_accounts_of_which_both_years_are_known() -> None:
    """An account that is new in the figures is no growth."""
    found = team(a=brought("4", "5"), b=brought("", "100"))
    assert found.whole.grown == Decimal("0.25")
    assert team(a=brought("", "5")).whole.grown is None
    assert team(a=brought("0", "5")).whole.grown is None


def test_an_account_that_stopped_counts_in_the_year_before() -> None:
    """The year is that of the latest figure of the book; without one it is not known."""
    found = team(a=brought("4", ""), b=brought("1", "2"))
    assert found.whole.revenue == Sum(Decimal(2_000_000), 1, 2)
    assert found.whole.before == Sum(Decimal(5_000_000), 2, 2)


@pytest.mark.parametrize(
    ("starts", "signed", "received"), [("01-01", 3, 1), ("04-01", 2, 1), ("11-01", 0, 0)]
)
def test_signed_and_received_are_of_the_running_fiscal_year(
    starts: str, signed: int, received: int
) -> None:
    """From its first day to the day of the build, both included."""
    deals = (
        "opportunities:\n"
        "  a: {name: A, stage: signed, value: 1 m CNY, signed: 2026-04-01,"
        " received: [{date: 2026-10-31, amount: 2 m CNY}, {date: 2025-12-31, amount: 4 m CNY}]}\n"
        "  b: {name: B, stage: signed, value: 1 m CNY, signed: 2026-03-31}\n"
        "  c: {name: C, stage: signed, signed: 2026-10-31}\n"
        "  d: {name: D, stage: signed, value: 8 m CNY, signed: 2025-12-31}\n"
    )
    found = book(a=deals)
    own = found.book.value.model_copy(update={"fiscal_year_starts": starts})
    whole = analyse(replace(found, book=replace(found.book, value=own)), TODAY).team.whole
    assert (whole.signed.of, whole.received.of) == (signed, received)
    assert whole.received.amount == (Decimal(2_000_000) if received else None)
    assert whole.signed.known == max(signed - 1, 0)


def test_things_to_do_lie_with_who_is_in_charge() -> None:
    """An action names its owner, else it is the account's; all else is the account's."""
    found = team(a=(
        "owner: mai\ncontract: {until: 2026-12-31}\n"
        "contacts: [{date: 2026-11-01, promised: {what: Send it, by: 2026-11-05}}]\n"
        "plan: {year: 2026, actions: {a1: {what: Meet, due: 2026-11-01, owner: lin},"
        " a2: {what: Call, due: 2026-11-02}, a3: {what: Later, owner: lin},"
        " a4: {what: Done, owner: lin, done: 2026-11-01}}}\n"
    ))  # fmt: skip
    lin, mai = found.desks["lin"], found.desks["mai"]
    assert (lin.actions, [one.what for one in lin.dues], lin.overdue) == (2, ["Meet"], 1)
    assert mai.actions == 1
    assert [one.kind for one in mai.dues] == [
        "review", "review", "review", "action", "promise", "contract"
    ]  # fmt: skip
    assert mai.overdue == 5
    assert [id for _, id in mai.renewals] == ["a"]
    assert (found.employees["mai"].held, found.employees["mai"].owed) == (0, 3)


def test_silent_accounts_and_stale_facts_lie_with_the_owner() -> None:
    """Rule 19 by class; facts of the account's file that are older than they may be."""
    value = "value_to_us: {contribution: {2025: 20 m CNY}, potential: {value: 40 m CNY, as_of: "
    late = f"owner: mai\n{value}2020-01-01}}}}\ncontacts: [{{date: 2026-11-01}}]\n"
    good = f"owner: lin\n{value}2026-01-01}}}}\ncontacts: [{{date: 2026-11-20}}]\n"
    found = team(a=late, b=good)
    assert [(day.isoformat(), id) for day, id in found.desks["mai"].silent] == [("2026-11-15", "a")]
    assert [one.record for one in found.desks["mai"].stale] == [("account", "a")]
    assert (found.desks["lin"].silent, found.desks["lin"].stale) == ((), ())
    assert found.desks["mai"].warned == ("a",)


def deal(days: str, stage: str, more: str = "", owner: str = "mai") -> str:
    """An account with days of 2025 and an open deal."""
    spent = f"investment: {{2025: {{days: {days}}}}}, " if days else ""
    return (
        f"owner: {owner}\nvalue_to_us: {{{spent}contribution: {{2025: 1 m CNY}}}}\n"
        f"opportunities: {{d: {{name: Deal, stage: {stage}{more}}}}}\n"
    )


def test_open_deals_stand_by_where_time_goes() -> None:
    """Row 23: most days first, unknown ones last; signed and lost deals are closed."""
    found = team(
        a=deal("10", "incubating"), b=deal("", "captured"), c=deal("70", "captured"),
        d=deal("90", "signed"), e=deal("80", "lost"), f=deal("10", "captured"),
    ).pipeline  # fmt: skip
    assert [(one.account, one.days) for one in found.open] == [
        ("c", 70), ("f", 10), ("a", 10), ("b", None),
    ]  # fmt: skip
    row = found.allocation[0]
    assert row.by_stage["captured"] == Sum(Decimal(80), 2, 3)
    assert row.by_stage["incubating"] == Sum(Decimal(10), 1, 1)
    assert row.by_stage["idle"] == Sum(Decimal(170), 2, 2)
    assert row.whole == Sum(Decimal(260), 5, 6)


def test_days_of_an_account_count_once() -> None:
    """However many deals are open, at the furthest of their stages."""
    both = deal("30", "incubating").replace("}}\n", "}, e: {name: E, stage: captured}}\n")
    found = team(
        a=both.replace("2025: 1 m CNY}, e: {name: E, stage: captured}}", "2025: 1 m CNY}}")
    )
    assert len(found.pipeline.open) == 2
    row = found.pipeline.allocation[0]
    assert (row.by_stage["captured"], row.by_stage["incubating"].of) == (Sum(Decimal(30), 1, 1), 0)


def test_weakest_letters_are_counted() -> None:
    """Rule 10; a deal that says nothing of BANT is counted apart, one that is all yes as none."""
    yes = ", bant: {budget: {verdict: yes}, authority: {verdict: yes}, need: {verdict: yes}, "
    found = team(
        a=deal("1", "captured", f"{yes}timeline: {{verdict: yes}}}}"),
        b=deal("1", "captured", f"{yes}timeline: {{verdict: partly}}}}"),
        c=deal("1", "captured", ", bant: {need: {verdict: no}}"),
        d=deal("1", "captured"),
    ).pipeline
    assert found.weakest == {"budget": 0, "authority": 0, "need": 1, "timeline": 1}
    assert (found.no_prospect, found.unjudged) == (1, 1)
    assert found.verdicts["budget", "yes"] == 2
    assert found.verdicts["budget", "unknown"] == 1


def test_the_deal_cycle_is_a_median_of_signed_deals() -> None:
    """From opened to signed; without both days, or the wrong way round, a deal tells nothing."""
    dates = ", opened: 2026-01-01, signed: {}"
    found = team(
        a=deal("", "signed", dates.format("2026-01-11")),
        b=deal("", "signed", dates.format("2026-02-20"), owner="lin"),
        c=deal("", "signed", dates.format("2026-01-21")),
        d=deal("", "signed", dates.format("2025-12-01")),
        e=deal("", "signed", ", signed: 2026-01-21"),
        f=deal("", "lost", dates.format("2026-09-21")),
    ).pipeline
    assert found.cycle == Cycle(Decimal(20), 3)
    assert [found.cycles[one].days for one in ("mai", "lin")] == [Decimal(15), Decimal(50)]
    assert team(a="owner: mai").pipeline.cycle.days is None


def test_everybody_has_a_page() -> None:
    """Those without accounts too; it says so, and names nobody's figures."""
    made = site(book(a=brought("4", "5")))
    addresses = {one.address for one in pages_of(made, *PAGES)}
    assert {"/team/", "/team/mai/", "/team/lin/", "/team/ana/"} <= addresses
    shown = html(made, "/team/ana/")
    assert "Looks after no account" in shown
    assert "Ana Souza" in shown


def test_accounts_without_owner_are_named() -> None:
    """The first twelve by name, the rest behind a link to the filtered table."""
    one = html(site(book(a=brought("4", "5", owner=""))), "/team/")
    assert "One account has no owner." in one
    assert "../accounts/a/" in one
    many = {f"a{n:02}": brought("4", "5", owner="") for n in range(MOST + 3)}
    shown = html(site(book(**many)), "/team/")
    assert '<a href="../accounts/?owner=-">3 more</a>' in shown
    assert "nobody" not in {row["label"] for row in page(site(book()), "/team/").data["employees"]}


def test_a_book_without_a_team_says_so() -> None:
    """And without accounts, without deals."""
    made = site(content({"book.yml": "name: Northstar CRM\n"}))
    shown = html(made, "/team/")
    assert "The book names nobody in its team" in shown
    assert "No deal is open." in shown


def test_a_large_team_stands_on_several_pages() -> None:
    """Everybody once in each table, every deal once, no page too large."""
    count = ROWS + 5
    people = "".join(f"  p{n}: {{name: Person {n}, team: T{n % 3}}}\n" for n in range(count))
    files = {
        f"accounts/a{n}.yml": f"name: A{n}\nindustry: retail\n"
        + deal("5", "captured", ", bant: {budget: {verdict: yes}}", owner=f"p{n}")
        for n in range(count)
    }
    made = site(content({"book.yml": f"name: N\nteam:\n{people}",
                         "industries/retail.yml": "name: Retail\n", **files}))  # fmt: skip
    mine = {one.address: one for one in pages_of(made, *PAGES) if one.kind != "member"}
    assert set(mine) == {"/team/", "/team/page/2/", "/deals/", "/deals/page/2/"}
    for address, part in (("/team/", "members"), ("/team/", "employees"), ("/deals/", "deals")):
        rows = [row for at in (address, f"{address}page/2/") for row in mine[at].data[part]]
        assert len(rows) == count
    assert all(len(renderer().html(one).encode()) < 400_000 for one in mine.values())
    assert mine["/team/page/2/"].json is None
    assert len(mine["/team/"].data["deals"]["rows"]) == MOST


def test_names_are_text() -> None:
    """Whatever stands in a name, a role, a team or a country."""
    bad = "<script>alert(1)</script>"
    made = site(content({
        "book.yml": f"name: N\nteam: {{mai: {{name: {bad}, role: {bad}, country: {bad}, "
        f"team: {bad}}}}}\n",
        "industries/retail.yml": "name: Retail\n",
        "accounts/a.yml": f"name: {bad}\nindustry: retail\nprofile: {{country: {bad}}}\n"
        + deal("5", "captured").replace("name: Deal", f"name: {bad}"),
    }))  # fmt: skip
    for address in ("/team/", "/team/mai/"):
        shown = html(made, address)
        assert bad not in shown
        assert "&lt;script&gt;" in shown


def number(told: Any) -> Any:
    """A sum of the JSON, its amount as a fraction."""
    amount = told["amount"]
    return {**told, "amount": None if amount is None else Fraction(amount)}


@pytest.fixture(scope="module")
def sample() -> tuple[Site, dict[str, Any]]:
    """The sample site, and what the independent script finds in its YAML."""
    read, _ = load(REPO / "content")
    assert read is not None
    return site(read), independent.compute(REPO / "content", TODAY)


def test_groups_are_what_an_independent_script_finds(
    sample: tuple[Site, dict[str, Any]],
) -> None:
    """Revenue, signed, received, talks and reviews by employee, team and country."""
    made, other = sample
    told: Any = page(made, "/team/").json
    assert told["year"] == str(other["year"])
    for part in ("employees", "teams", "countries"):
        assert {one["id"] for one in told[part]} == set(other[part])
        for one in told[part]:
            expected = other[part][one["id"]]
            for name, value in expected.items():
                is_sum = name in {"revenue", "before", "signed", "received"}
                assert (number(one[name]) if is_sum else one[name]) == value, (part, one["id"])
    assert number(told["total"]["revenue"]) == other["total"]["revenue"]
    assert len(told["countries"]) > 4


def test_desks_and_deals_are_what_an_independent_script_finds(
    sample: tuple[Site, dict[str, Any]],
) -> None:
    """Open actions, overdue, silence; open deals, days by stage, length of the cycle."""
    made, other = sample
    found: dict[str, Any] = {one.address: one.json for one in pages_of(made, *PAGES)}
    told = found["/team/"]
    for one in told["employees"]:
        expected = other["desks"][one["id"]]
        assert {name: one[name] for name in expected} == expected, one["id"]
        cycle = other["cycles"][one["id"]]
        days = one["cycle"]["days"]
        assert (None if days is None else Fraction(days)) == cycle["days"]
        mine = found[f"/team/{one['id']}/"]
        assert sum(due["overdue"] for due in mine["due"]) == expected["overdue"]
        assert len(mine["accounts"]) == other["employees"][one["id"]]["accounts"]
    assert told["deals"]["open"] == other["open"]
    assert Fraction(told["deals"]["cycle"]["days"]) == other["cycle"]["days"]
    spent = {one["owner"]: one["days"] for one in told["deals"]["allocation"]}
    assert set(spent) == set(other["days"])
    for owner, stages in other["days"].items():
        assert {name: number(one) for name, one in spent[owner].items()} == stages, owner
