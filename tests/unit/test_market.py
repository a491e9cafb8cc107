"""An industry's market: growth, the implied year before, verdicts, and what the brief shows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.analyse.market import MarketFigures, Verdict, market_figures, slope
from briefbook.checks import check_content
from briefbook.model import Industry
from briefbook.pages.here import Here
from briefbook.pages.market import ROWS, facts, hint
from tests.samples import written
from tests.small import content, html, page, policy, record, site

BOOK = policy()
Rows = list[dict[str, Any]]


def industry(size: Rows | None = None, ratios: Rows | None = None) -> Industry:
    """An industry with some sizes and ratios as they would be written."""
    market = {"size": size or [], "concentration": ratios or []}
    value = record("industry", "x", {"name": "X", "market": market}).value
    assert isinstance(value, Industry)
    return value


def figures(size: Rows | None = None, ratios: Rows | None = None, text: str = "") -> MarketFigures:
    """What follows from them under a book with some lines of policy."""
    return market_figures(industry(size, ratios), policy(text) if text else BOOK)


def sizes(**values: str) -> Rows:
    """`y2020="5 bn CNY, 10%"`: one size a year, its growth behind a comma."""
    rows = []
    for year, text in values.items():
        value, _, growth = text.partition(", ")
        row = {"period": year.lstrip("y"), "value": value}
        rows.append(row | ({"growth": growth} if growth else {}))
    return rows


def ratios(n: int, **shares: str) -> Rows:
    """`y2020="15.2%"`: one ratio a year."""
    return [
        {"period": year.lstrip("y"), "n": str(n), "share": share} for year, share in shares.items()
    ]


def verdict(rows: Rows, text: str = "") -> Verdict:
    """The verdict of the market."""
    found = figures(None, rows, text).verdict
    assert found is not None
    return found


def test_year_before_is_size_by_growth() -> None:
    """257.3 bn after 35.5 % is 189.9 bn (Maowen, l. 67)."""
    point = figures(sizes(y2020="257.3 bn CNY, 35.5%")).latest
    assert point is not None
    assert point.before is not None
    assert round(point.before.number / 10**9, 1) == Decimal("189.9")
    assert (point.before.unit, point.before.qualifier) == ("CNY", "")
    assert (point.growth, point.computed) == (Decimal("35.5"), False)


def test_year_before_keeps_what_is_not_exact() -> None:
    """The qualifier of the size is kept; a growth that is about makes it about."""
    over = figures(sizes(y2020="over 100 bn CNY, 10%")).latest
    about = figures(sizes(y2020="100 bn CNY, over 10%")).latest
    assert over
    assert over.before
    assert over.before.qualifier == "over"
    assert about
    assert about.before
    assert about.before.qualifier == "about"


def test_year_before_is_not_implied_where_it_stands() -> None:
    """A figure of the series is not computed a second time, and a total loss implies nothing."""
    (series,) = figures(sizes(y2019="90 bn CNY", y2020="100 bn CNY, 10%")).sizes
    assert [one.before for one in series.points] == [None, None]
    gone = figures(sizes(y2020="0 CNY, -100%")).latest
    assert gone
    assert gone.before is None


def test_growth_is_computed_from_the_year_right_before_only() -> None:
    """Not across a gap, not from another currency, a fiscal year or a quarter, not from nothing."""
    rows = sizes(y2018="50 bn CNY", y2020="100 bn CNY", y2021="110 bn CNY", y2022="9 bn USD")
    rows += [{"period": "FY2022", "value": "120 bn CNY"}]
    found = figures([*rows, {"period": "2023-Q1", "value": "30 bn CNY"}])
    growth = {
        one.size.period.text: (one.growth, one.computed)
        for series in found.sizes
        for one in series.points
    }
    assert growth["2021"] == (Decimal("10"), True)
    assert {text for text, (value, _) in growth.items() if value is not None} == {"2021"}
    (series,) = figures(sizes(y2020="0 CNY", y2021="1 bn CNY")).sizes
    assert series.points[-1].growth is None


def test_growth_of_huge_figures_is_computed() -> None:
    """More digits than a Decimal holds by default."""
    (series,) = figures(sizes(y2020="0.000000001 CNY", y2021="999999999999999 tn CNY")).sizes
    assert series.points[-1].computed


def test_currencies_are_never_joined() -> None:
    """A series for each; the one with the latest size first, then the book's own currency."""
    found = figures(
        sizes(y2019="5 bn USD", y2020="6 bn USD") + sizes(y2020="40 bn CNY", y2018="30 bn CNY")
    )
    assert [(one.currency, len(one.points)) for one in found.sizes] == [("CNY", 2), ("USD", 2)]
    assert found.latest
    assert found.latest.size.value.text == "40 bn CNY"


@pytest.mark.parametrize(
    ("last", "direction", "potential"),
    [("15.2%", "rising", "large"), ("15.1%", "steady", "few"), ("14.2%", "steady", "few"),
     ("13.3%", "steady", "few"), ("13.2%", "falling", None), ("40%", "rising", "large")],
)  # fmt: skip
def test_direction_by_slope(last: str, direction: str, potential: str | None) -> None:
    """From +1 point a year rising, to -1 falling; the bounds belong to the outer verdicts."""
    found = verdict(ratios(5, y2019="14.2%", y2020=last))
    assert (found.direction, found.potential, found.reported) == (direction, potential, False)


@pytest.mark.parametrize(
    ("share", "level"),
    [("0%", "low"), ("29.9%", "low"), ("30%", "medium"), ("60%", "medium"), ("60.1%", "high")],
)
def test_level_of_the_latest_ratio(share: str, level: str) -> None:
    """Below 30 % low, above 60 % high; the years before do not count."""
    assert verdict(ratios(5, y2020=share, y2010="45%")).level == level


def test_thresholds_are_those_of_the_book() -> None:
    """Also the slope, and a slope by quarter counts four times."""
    text = "concentration: {rising: 0.5 points a quarter, low: 10%, high: 15%}\n"
    rows = ratios(5, y2019="14%", y2020="15.2%")
    assert verdict(rows).direction == "rising"
    found = verdict(rows, text)
    assert (found.direction, found.level) == ("steady", "high")
    assert found.why.numbers["rising"] == Decimal(2)


def test_only_the_last_five_years_give_the_slope() -> None:
    """What lies further back is history: 2016 counts beside 2020, 2015 does not."""
    found = verdict(ratios(5, y2015="90%", y2016="10%", y2020="18%"))
    assert (found.points, found.slope) == (2, Decimal(2))
    assert found.why.numbers["from"] == "2016"


def test_one_point_has_a_verdict_only_by_report() -> None:
    """And is labelled so; without a report there is a level and no direction."""
    bare = verdict(ratios(5, y2020="15.2%"))
    assert (bare.direction, bare.slope, bare.reported, bare.potential) == (None, None, False, None)
    assert bare.level == "low"
    for trend, direction in (("rising", "rising"), ("unchanged", "steady"), ("falling", "falling")):
        told = verdict([{"period": "2020", "n": "5", "share": "15.2%", "trend": trend}])
        assert (told.direction, told.reported) == (direction, True)


def test_a_slope_wins_over_a_report() -> None:
    """What can be computed is not replaced by what somebody wrote."""
    rows = ratios(5, y2019="20%", y2020="20%")
    rows[1]["trend"] = "rising"
    assert (verdict(rows).direction, verdict(rows).reported) == ("steady", False)


def test_main_verdict_is_of_the_n_with_most_points() -> None:
    """Then of the latest, then of the smallest n; CR5 and CR10 are never mixed."""
    more = ratios(10, y2018="20%", y2019="20%", y2020="20%") + ratios(5, y2019="1%", y2020="9%")
    later = ratios(4, y2018="20%", y2019="20%") + ratios(8, y2019="20%", y2020="22%")
    small = ratios(10, y2020="20%") + ratios(5, y2020="10%")
    assert [verdict(rows).n for rows in (more, later, small)] == [10, 8, 5]
    assert [one.verdict.n for one in figures(None, more).ratios] == [10, 5]
    assert [one.verdict.slope for one in figures(None, more).ratios] == [Decimal(0), Decimal(8)]


def test_order_of_entries_does_not_count() -> None:
    """A list may be written from the latest back."""
    rows = ratios(5, y2018="10%", y2019="12%", y2020="14%")
    assert verdict(rows) == verdict(rows[::-1])
    known = sizes(y2019="90 bn CNY", y2020="100 bn CNY")
    assert figures(known).sizes == figures(known[::-1]).sizes


POINTS = st.lists(
    st.tuples(st.fractions(1990, 2100, max_denominator=12), st.fractions(0, 100)),
    min_size=2, max_size=12, unique_by=lambda point: point[0],
)  # fmt: skip


@given(POINTS, st.fractions(-50, 50), st.fractions(-50, 50))
def test_slope_is_that_of_least_squares(
    points: list[tuple[Fraction, Fraction]], tilt: Fraction, lift: Fraction
) -> None:
    """Of points on a line it is the line's; adding a line to any points adds its slope."""
    assert slope([(x, tilt * x + lift) for x, _ in points]) == tilt
    tilted = [(x, y + tilt * x + lift) for x, y in points]
    before, after = slope(points), slope(tilted)
    assert before is not None
    assert after == before + tilt


def test_slope_of_one_time_is_none() -> None:
    """No line, or every line, runs through points above each other."""
    assert slope([]) is None
    assert slope([(Fraction(2020), Fraction(1)), (Fraction(2020), Fraction(9))]) is None


def brief(size: Rows | None = None, rows: Rows | None = None, book: str = "") -> Any:
    """A site with one industry, and the data of its brief."""
    data = {"name": "X", "market": {"size": size or [], "concentration": rows or []}}
    of = site(content({"book.yml": f"name: N\n{book}", "industries/x.yml": written(data)}))
    return of, page(of, "/industries/x/").data["market"]


def test_brief_says_why_and_whose_the_thresholds_are() -> None:
    """Numbers, limits and the rule's origin stand beside the verdict."""
    rows = ratios(5, y2019="14.2%", y2020="about 15.2%")
    _, shown = brief(None, rows)
    assert shown["verdict"]["title"] == "Verdict: low concentration, still rising; large potential"
    assert "CR5 is about 15.2 % in 2020, below 30 %" in shown["verdict"]["sentence"]
    assert "rises by 1 point a year" in shown["verdict"]["sentence"]
    assert shown["verdict"]["thresholds"] == "thresholds: project default"
    _, own = brief(None, rows, "concentration: {low: 10%}\n")
    assert own["verdict"]["thresholds"] == "thresholds: set in book.yml"
    assert "between 10 % and 60 %" in own["verdict"]["sentence"]


def test_falling_and_reported_verdicts_are_labelled() -> None:
    """The article knows no falling ratio, and a report is not a slope."""
    _, falling = brief(None, ratios(5, y2019="20%", y2020="10%"))
    assert falling["verdict"]["own"] == "our own verdict"
    _, told = brief(None, [{"period": "2020", "n": "5", "share": "15.2%", "trend": "rising"}])
    assert told["verdict"]["reported"] == "reported trend"
    assert told["verdict"]["own"] is None


def test_a_single_point_draws_no_line_and_no_bars() -> None:
    """It is told in words; with its growth the implied year before stands beside it."""
    of, shown = brief(sizes(y2020="5 bn CNY"), ratios(5, y2020="15%"))
    assert shown["line"] is None
    assert [one["chart"] for one in shown["sizes"]] == [None]
    assert "bb-diagram" not in html(of, "/industries/x/")
    _, grown = brief(sizes(y2020="257.3 bn CNY, 35.5%"))
    assert "189.9" in grown["sizes"][0]["chart"]
    assert "implied" in grown["sizes"][0]["chart"]


def test_brief_without_a_market_is_whole() -> None:
    """What is missing is said in words, in head and section."""
    of, shown = brief()
    assert shown["verdict"] is None
    body = html(of, "/industries/x/")
    assert "no market size yet" in body
    assert "no concentration ratio yet" in body
    head = facts(Here(of, "/industries/x/"), of.content.industries["x"], 0)
    assert [one.get("missing") for one in head[:4]] == ["not known"] * 3 + ["none known"]


def test_facts_of_the_head() -> None:
    """Size, growth, ratio, potential as a hint, accounts."""
    of, _ = brief(
        sizes(y2024="100 bn CNY", y2025="110 bn CNY"), ratios(5, y2024="20%", y2025="22%")
    )
    head = facts(Here(of, "/industries/x/"), of.content.industries["x"], 3)
    assert [one["value"] for one in head] == ["110 bn CNY", "10 %", "22 %", "large", "3"]
    assert "computed" in head[1]["note"]
    assert "low concentration, still rising" in head[2]["note"]


def test_hint_for_accounts() -> None:
    """Text and a link to the section; none where nothing follows."""
    of, _ = brief(None, ratios(5, y2024="20%", y2025="22%"))
    told = hint(Here(of, "/accounts/a/"), "x")
    assert told is not None
    assert told["text"].endswith("large")
    assert told["href"] == "../../industries/x/#market"
    unknown, _ = brief(None, ratios(5, y2024="20%", y2025="10%"))
    assert hint(Here(unknown, "/accounts/a/"), "x") is None
    assert hint(Here(unknown, "/accounts/a/"), "no-such") is None


def test_very_many_rows_are_cut_and_counted() -> None:
    """The latest stay; how many more there are is said."""
    many = sizes(**{f"y{year}": "5 bn CNY" for year in range(1930, 2026)})
    _, shown = brief(many, ratios(5, **{f"y{year}": "20%" for year in range(1930, 2026)}))
    (group,) = shown["sizes"]
    assert len(group["rows"]) == len(shown["ratios"]["rows"]) == ROWS
    assert group["rows"][-1]["period"] == shown["ratios"]["rows"][-1]["period"] == "2025"
    assert group["earlier"] == shown["ratios"]["earlier"] == f"{96 - ROWS} more rows in the JSON"


@pytest.mark.parametrize(
    ("fewer", "more", "wrong"),
    [("20%", "20%", False), ("20.1%", "20%", False), ("20.6%", "20%", True),
     ("24%", "over 20%", False), ("about 23%", "20%", False), ("about 25%", "20%", True),
     ("under 30%", "20%", False), ("at least 30%", "at most 20%", True)],
)  # fmt: skip
def test_ratios_that_cannot_be_are_told(fewer: str, more: str, wrong: bool) -> None:
    """Rounding and qualifiers leave room; what is beyond them contradicts."""
    rows = ratios(5, y2020=fewer) + ratios(10, y2020=more) + ratios(20, y2019="1%")
    assert [one.rule for one in _problems(None, rows)] == ["share-order"] * wrong


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [("100 bn CNY", "110 bn CNY, 10%", False), ("100 bn CNY", "110 bn CNY, 13%", True),
     ("100.0 bn CNY", "110.0 bn CNY, 11%", False), ("100.0 bn CNY", "110.0 bn CNY, 11.2%", True),
     ("5 bn CNY", "6 bn CNY, 40%", False), ("100 bn CNY", "about 110 bn CNY, 14%", False),
     ("100 bn CNY", "over 110 bn CNY, 90%", False), ("100 bn CNY", "over 110 bn CNY, 5%", True),
     ("under 100 bn CNY", "110 bn CNY, 90%", False), ("0 CNY", "1 bn CNY, 5%", False),
     ("100 bn USD", "110 bn CNY, 90%", False)],
)  # fmt: skip
def test_growth_that_contradicts_the_sizes_is_told(old: str, new: str, wrong: bool) -> None:
    """By more than a point beyond what rounding and qualifiers leave open."""
    rows = sizes(y2020=new, y2019=old)
    assert [one.rule for one in _problems(rows)] == ["growth-mismatch"] * wrong


def _problems(size: Rows | None = None, rows: Rows | None = None) -> Any:
    data = {
        "name": "X",
        "sample": "yes",
        "market": {"size": size or [], "concentration": rows or []},
    }
    book = "name: N\nrates: {as_of: 2026-06-30, USD: 7.1}\n"
    return check_content(content({"book.yml": book, "industries/x.yml": written(data)}))
