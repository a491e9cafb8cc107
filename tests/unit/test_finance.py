"""DuPont, segments and comparison: ratios, sums and ranks, or why there are none."""

from __future__ import annotations

import ast
import importlib.util
import json
import sys
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.analyse.finance import Year, year, years
from briefbook.analyse.peers import Compared, compare
from briefbook.analyse.segments import Spread, level, product, splits, spread
from briefbook.model import Book
from briefbook.model.parts import Finance
from briefbook.quantity import share
from tests.browser import REPO
from tests.small import account, content, html, page, policy, sample_pages, site

SCRIPT = REPO / "tests" / "independent" / "finance.py"
FULL = {
    "period": "2025", "revenue": "900 m CNY", "net_income": "13.5 m CNY",
    "total_assets": "480 m CNY", "equity": "192 m CNY",
}  # fmt: skip


def finance(*statements: dict[str, Any], **more: Any) -> Finance:
    """The finance part of an account with these statements."""
    made = account(finance={"statements": list(statements), **more}).finance
    assert made is not None
    return made


@cache
def dollars() -> Book:
    """A book that knows what a dollar is worth."""
    return policy("rates: {as_of: 2026-06-30, USD: 7.1}\n")


def one(**fields: Any) -> Year:
    """The measures of the full statement with other figures; None takes one away."""
    written = {name: value for name, value in {**FULL, **fields}.items() if value is not None}
    (made,) = years(finance(written), dollars())
    return made


def test_return_is_the_product_of_three_factors() -> None:
    """13.5 / 900 x 900 / 480 x 480 / 192 (rule 14)."""
    made = one()
    assert made.margin.value == Decimal("0.015")
    assert made.turnover.value == Decimal("1.875")
    assert made.multiplier.value == Decimal("2.5")
    assert made.roe.value == Decimal("0.0703125")
    assert made.basis == "closing"


@given(*[st.integers(1, 10**12)] * 3, st.integers(-(10**12), 10**12))
def test_the_identity_holds(revenue: int, assets: int, equity: int, income: int) -> None:
    """Whatever the figures, the product is net income by equity."""
    made = one(revenue=f"{revenue} CNY", total_assets=f"{assets} CNY", equity=f"{equity} CNY",
               net_income=f"{income} CNY")  # fmt: skip
    assert made.roe.value is not None
    assert abs(made.roe.value - Decimal(income) / equity) <= Decimal("1e-12") * abs(
        Decimal(income) / equity
    )


def test_averages_go_before_closing_balances() -> None:
    """On averages if given, and what was used is told; one average alone is mixed."""
    made = one(average_assets="470 m CNY", average_equity="190 m CNY")
    assert (made.assets, made.equity, made.basis) == ("average_assets", "average_equity", "average")
    assert made.roe.value is not None
    assert round(made.roe.value * 100, 4) == Decimal("7.1053")
    assert one(average_assets="470 m CNY").basis == "mixed"
    assert one(total_assets=None, equity=None).basis is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"equity": "-1 CNY"}, "negative-equity"), ({"equity": "0 CNY"}, "zero-equity"),
     ({"total_assets": "0 CNY"}, "zero-assets"), ({"total_assets": "-1 CNY"}, "negative-assets"),
     ({"revenue": "0 CNY"}, "zero-revenue"), ({"revenue": "-1 CNY"}, "negative-revenue"),
     ({"equity": "5 m EUR"}, "no-rate"), ({"period": "2025-Q1"}, "part-year"),
     ({"equity": "-1 CNY", "net_income": "-9 CNY"}, "negative-equity")],
)  # fmt: skip
def test_no_ratio_where_it_would_be_nonsense(fields: dict[str, str], reason: str) -> None:
    """A loss on negative equity is no profit; each case says why there is no number."""
    made = one(**fields)
    assert made.roe.value is None
    assert made.roe.reason == reason


def test_a_loss_is_a_return_below_zero() -> None:
    """A loss has ratios, and is told."""
    made = one(net_income="-13.5 m CNY")
    assert made.loss
    assert made.roe.value == Decimal("-0.0703125")
    assert not one().loss


def test_what_is_missing_is_named() -> None:
    """Fields, in the order of the factors; what can be computed is."""
    made = one(total_assets=None, net_income=None)
    assert made.roe.missing == ("net_income", "total_assets")
    assert (made.margin.missing, made.turnover.missing) == (("net_income",), ("total_assets",))
    assert one(total_assets=None).margin.value == Decimal("0.015")


def test_currencies_meet_at_the_books_rates() -> None:
    """10 m USD of revenue are 71 m CNY; where both are in euros no rate is asked for."""
    mixed = one(revenue="10 m USD", net_income="7.1 m CNY")
    assert mixed.margin.value == Decimal("0.1")
    euros = one(revenue="10 m EUR", net_income="1 m EUR")
    assert euros.margin.value == Decimal("0.1")


@pytest.mark.parametrize(
    ("reported", "agrees"),
    [("7.0%", True), ("7.3%", True), ("7.5%", False), ("6.6%", False), ("17%", False),
     ("about 9%", True), ("over 7%", True), ("under 6.5%", False), ("over 7.5%", False)],
)  # fmt: skip
def test_reported_return_is_held_against_the_computed(reported: str, agrees: bool) -> None:
    """Off by more than a point or 5 % of itself is flagged (rule 14); 7.03 % is computed."""
    made = one(reported_roe=reported)
    assert made.agrees is agrees
    assert (made.off == 0) == (reported in {"about 9%", "over 7%"})


def test_five_percent_of_a_large_return_is_too_much() -> None:
    """At 40 % a point is the limit, not 2 points."""
    assert one(equity="33.75 m CNY", reported_roe="41%").agrees
    assert one(equity="33.75 m CNY", reported_roe="41.5%").agrees is False


@pytest.mark.parametrize(
    ("days", "turns"), [("31.2 days", "11.70"), ("42 days", "8.69"), ("58 days", "6.29"),
                        ("2 weeks", "26.07")],
)  # fmt: skip
def test_turns(days: str, turns: str) -> None:
    """365 by inventory days (DingTalk, l. 46)."""
    value = one(inventory_days=days).turns.value
    assert value is not None
    assert f"{value:.2f}" == turns


@pytest.mark.parametrize(
    ("days", "reason"), [("0 days", "zero-days"), ("-3 days", "negative-days")]
)
def test_no_turns_without_days(days: str, reason: str) -> None:
    """Nothing is divided by zero."""
    assert one(inventory_days=days).turns.reason == reason


def test_growth_is_over_the_year_before_only() -> None:
    """A gap of two years gives no growth; order in the file means nothing."""
    written = [
        {"period": "FY2026", "revenue": "120 CNY"},
        {"period": "FY2023", "revenue": "9 CNY"},
        {"period": "FY2025", "revenue": "100 CNY"},
    ]
    found = years(finance(*written, year_starts="04-01"), dollars())
    assert [each.period.text for each in found] == ["FY2023", "FY2025", "FY2026"]
    assert [each.growth.value for each in found] == [None, None, Decimal("0.2")]
    assert found[1].growth.reason == "no-year-before"
    assert found[2].last.isoformat() == "2026-03-31"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("30%", 30, 30), ("about 30%", 27, 33), ("~30%", 27, 33), ("over 70%", 70, 100),
     ("at least 70%", 70, 100), ("under 30%", 0, 30), ("at most 30%", 0, 30),
     ("over 120%", 120, 120), ("under -5%", -5, -5)],
)  # fmt: skip
def test_spread(text: str, low: int, high: int) -> None:
    """What a share may be by its qualifier (rule 15)."""
    assert spread(share(text)) == Spread(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("shares", "state"),
    [(["30%", "over 70%"], "sums"), (["40%", "over 70%"], "over"),
     (["about 30%", "over 70%"], "sums"), (["about 40%", "over 70%"], "over"),
     (["98%"], "sums"), (["97.9%"], "under"), (["102%"], "sums"), (["102.1%"], "over"),
     (["60%", None], "open"), (["103%", None], "over"), ([None, None], "unknown"),
     (["120%", "-20%"], "sums"), (["about 95%"], "sums"), (["about 94%"], "under"),
     (["50%", "under 40%"], "under"), (["60%", "under 40%"], "sums")],
)  # fmt: skip
def test_levels(shares: list[str | None], state: str) -> None:
    """98 to 102 % must be possible; a missing share leaves room (rule 15, check 9)."""
    given = {str(at): spread(share(each)) if each else None for at, each in enumerate(shares)}
    assert level((), given).state == state


@given(*[st.integers(-50, 150)] * 4)
def test_share_of_a_share_lies_between(a: int, b: int, c: int, d: int) -> None:
    """The product of any two values lies in the product of the spreads."""
    first, second = sorted((a, b)), sorted((c, d))
    made = product(Spread(*map(Decimal, first)), Spread(*map(Decimal, second)))
    for one_ in first:
        for other in second:
            assert made.low <= Decimal(one_ * other) / 100 <= made.high


def test_segments_are_held_against_the_year_before() -> None:
    """Same ids, change in points, growth from values; what is first told deeper is not new."""
    parts = {"goods": {"name": "Goods", "share": "60%", "value": "66 CNY"},
             "ads": {"name": "Ads", "share": "40%", "value": "44 CNY",
                     "parts": {"feed": {"name": "Feed", "share": "100%"}}}}  # fmt: skip
    earlier = {"goods": {"name": "Goods", "share": "70%", "value": "60 CNY"},
               "rent": {"name": "Rent", "share": "30%", "value": "25 CNY"}}  # fmt: skip
    found = splits(
        finance(
            segments=[{"period": "2024", "parts": earlier}, {"period": "2025", "parts": parts}]
        ),
        dollars(),
    )
    now, then = found
    assert (now.period.text, then.period.text) == ("2025", "2024")
    by = {part.path: part for part in now.parts}
    assert by[("goods",)].change == -10
    assert by[("goods",)].growth == 10
    assert by[("ads",)].new
    assert not by[("ads", "feed")].new
    assert by[("ads", "feed")].of_whole == Spread(Decimal(40), Decimal(40))
    assert now.gone == (("rent",),)


def test_shares_follow_from_values_where_none_is_written() -> None:
    """A report that gives amounts only has shares; with an amount missing it has none."""
    parts = {"a": {"name": "A", "value": "30 CNY"}, "b": {"name": "B", "value": "90 CNY"}}
    (made,) = splits(finance(segments=[{"period": "2025", "parts": parts}]), dollars())
    assert [(part.share and part.share.low, part.written) for part in made.parts] == [
        (Decimal(25), False), (Decimal(75), False),
    ]  # fmt: skip
    del parts["b"]["value"]
    (made,) = splits(finance(segments=[{"period": "2025", "parts": parts}]), dollars())
    assert [part.share for part in made.parts] == [None, None]


def compared(measure: str) -> Compared:
    """A measure of one account against two peers, one of which knows only 2021."""
    own = finance(
        {"period": "2024", "revenue": "80 CNY", "net_income": "8 CNY", "inventory_days": "40 days"},
        {
            "period": "2025",
            "revenue": "100 CNY",
            "net_income": "5 CNY",
            "inventory_days": "36 days",
        },
        industry_mean={"period": "2025", "inventory_days": "38 days"},
        peers=["company/old", "company/new", "company/none"],
    )
    book = dollars()
    known = {
        "account/x": years(own, book),
        "company/old": years(finance({"period": "2021", "inventory_days": "31.2 days"}), book),
        "company/new": years(
            finance({"period": "2025", "revenue": "10 CNY", "net_income": "1 CNY",
                     "inventory_days": "42 days"}), book),
    }  # fmt: skip
    return next(
        each for each in compare("account/x", own, known, book) if each.measure.id == measure
    )


def test_rank_best_gap_and_trend() -> None:
    """Lower days are better; the year that is another one is named (requirement 37)."""
    found = compared("inventory_days")
    assert (found.rank, found.of, found.best and found.best.who) == (2, 3, "company/old")
    assert found.gap == Decimal("4.8")
    assert (found.trend, found.better) == ("down", True)
    assert found.apart == ("2021",)
    assert found.mean
    assert found.mean.value == 38
    assert found.unknown == ("company/none",)


def test_margin_falls_and_a_peer_is_better() -> None:
    """5 % after 10 %, and 10 % of the peer; what nobody knows has no rank."""
    found = compared("margin")
    assert (found.trend, found.better, found.rank, found.gap) == (
        "down",
        False,
        2,
        Decimal("-0.05"),
    )
    assert found.unknown == ("company/old", "company/none")
    nothing = compared("roe")
    assert (nothing.own, nothing.rank, nothing.best, nothing.of) == (None, None, None, 0)


def test_more_debt_is_not_better() -> None:
    """The multiplier has a rank but no best."""
    one_ = finance({**FULL}, peers=["company/b"])
    known = {"account/x": years(one_, dollars()), "company/b": years(finance(FULL), dollars())}
    found = next(
        each for each in compare("account/x", one_, known, dollars())
        if each.measure.id == "multiplier"
    )  # fmt: skip
    assert (found.best, found.gap, found.rank, found.of) == (None, None, 1, 2)


def test_alone_nobody_is_best() -> None:
    """Without a peer there is neither rank nor best."""
    alone = finance(FULL)
    found = compare("account/x", alone, {"account/x": years(alone, dollars())}, dollars())
    assert {(each.rank, each.best) for each in found} == {(None, None)}


def test_the_page_says_what_is_missing_and_why() -> None:
    """Three questions; a sentence for negative equity; cash is asked for."""
    text = (
        "name: X\nindustry: retail\nfinance:\n  statements:\n    - {period: 2025, revenue: 9 CNY, "
        "net_income: -1 CNY, total_assets: 9 CNY, equity: -3 CNY, reported_roe: 3%}\n"
    )
    of = site(content({"industries/retail.yml": "name: Retail\n", "accounts/x.yml": text}))
    made = html(of, "/accounts/x/")
    t = of.words
    for key in ("finance.how", "finance.does", "finance.keeps", "finance.no-segments"):
        assert t(key) in made
    assert t("finance.reason.negative-equity") in made
    assert t("finance.loss", period="2025") in made
    assert t("field.cash") in made


def test_a_record_without_figures_has_no_section() -> None:
    """Nothing is asked of a company of which nothing is known."""
    of = site(content({"companies/x.yml": "name: X\nfinance: {year_starts: 04-01}\n"}))
    made = page(of, "/companies/x/")
    assert made.data["finance"] is None
    assert "04-01" in html(of, "/companies/x/")


@cache
def independent() -> Any:
    """The script that reads the YAML itself."""
    spec = importlib.util.spec_from_file_location("independent_finance", SCRIPT)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_script_knows_nothing_of_briefbook() -> None:
    """It imports nothing of the package, or it would repeat its mistakes."""
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    named = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import)
             for each in node.names} | {str(node.module) for node in ast.walk(tree)
                                        if isinstance(node, ast.ImportFrom)}  # fmt: skip
    assert not {name for name in named if name.startswith("briefbook")}
    assert named - {"__future__", "ruamel.yaml"} <= sys.stdlib_module_names


def test_pages_agree_with_the_script() -> None:
    """DuPont of each year and the sums of each split, for every account of the sample."""
    made_of = {address: each.json for address, each in sample_pages().items()}
    told = independent().accounts(REPO / "content")
    checked = 0
    for id, expected in told.items():
        made = made_of[f"/accounts/{id}/"]
        assert made is not None
        derived = json.loads(json.dumps(made["derived"]))
        for each in (each for each in derived if each["name"] == "return_on_equity"):
            found = {**each["factors"], "roe": each["value"]} if each["value"] else None
            assert found == expected["dupont"][each["period"]], (id, each["period"])
            checked += 1
        for each in (each for each in derived if each["name"] == "segments"):
            sums = {path: [f"{Decimal(end):.6f}" for end in (level_["low"], level_["high"])]
                    for path, level_ in each["numbers"].items()}  # fmt: skip
            assert sums == expected["segments"][f"{each['period']} {each['of']}"], id
            checked += 1
    assert checked > 15


def test_mean_of_the_industry_is_a_statement() -> None:
    """Its year is the calendar's."""
    mean = finance(FULL, industry_mean={**FULL, "period": "FY2025"}, year_starts="04-01")
    assert mean.industry_mean
    made = year(mean.industry_mean, mean.industry_mean.period.last, dollars())
    assert made.last.isoformat() == "2025-12-31"
