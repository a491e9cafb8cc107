"""Investment: ratios, outliers, effort that goes to D or is missing at C (rule 7)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from briefbook.analyse.investment import Investment
from briefbook.analyse.portfolio import analyse
from briefbook.charts.effort import MOST_DOTS, Dot, Effort, Strip, cap, effort_svg, ticks
from briefbook.pages.here import MOST, Site
from tests.browser import REPO
from tests.independent import plan_totals as independent
from tests.small import TODAY, content, html, page, pages_of, sample, sample_pages, site, strategies

AMOUNTS = {"b": ("12 m", "20 m"), "c": ("2 m", "40 m"), "d": ("1 m", "2 m")}
"""What puts an account into a class: contribution and potential."""


def account(letter: str, spent: str | None = None) -> str:
    """An account of a class with what was spent on it, as it stands in the file."""
    came, most = AMOUNTS[letter]
    put = f", investment: {{2025: {spent}}}" if spent else ""
    return (f"name: Some {letter}\nindustry: retail\nvalue_to_us: "
            f"{{contribution: {{2025: {came} CNY}}, potential: {most} CNY{put}}}\n")  # fmt: skip


def book(files: Mapping[str, str], policy: str = "") -> Site:
    """A site of accounts by id."""
    return site(
        content(
            {
                "book.yml": f"name: Northstar CRM\n{policy}",
                "industries/retail.yml": "name: Retail\n",
                **strategies(),
                **{f"accounts/{id}.yml": text for id, text in files.items()},
            }
        )
    )


def found(files: Mapping[str, str], policy: str = "") -> Investment:
    """What is invested in these accounts."""
    return book(files, policy).results.investment


def money(millions: str, days: int | None = None) -> str:
    """Money of a year, and days."""
    return f"{{money: {millions} m CNY" + (f", days: {days}}}" if days is not None else "}")


def test_ratio_is_investment_of_the_contribution_of_that_year() -> None:
    """Both of the latest full year; what is left is never below zero."""
    made = found({"x": account("c", money("0.5", 12))})
    one = made.accounts["x"]
    assert (one.ratio, one.days, one.left) == (Decimal("0.25"), 12, Decimal(38_000_000))
    other = found({"x": account("c").replace("}\n", ", investment: {2024: {days: 9}}}\n")})
    assert (other.accounts["x"].ratio, other.accounts["x"].known) == (None, False)
    over = found({"x": "name: X\nindustry: retail\nvalue_to_us: "
                       "{contribution: {2025: 12 m CNY}, potential: 11 m CNY}\n"})  # fmt: skip
    assert over.accounts["x"].left == 0


def test_a_class_sums_what_is_known_and_counts_the_rest() -> None:
    """The ratio of the class is of those that have both; unknown is not zero."""
    made = found(
        {"x": account("c", money("1", 5)), "y": account("c"), "z": account("c", "{days: 3}")}
    )
    one = made.classes["c"]
    assert (len(one.accounts), one.money, one.days, one.unknown) == (3, Decimal(1_000_000), 8, 1)
    assert (one.ratio, one.ratios) == (Decimal("0.5"), 1)
    assert one.contribution == 6_000_000
    assert one.left == 3 * 38_000_000


def test_other_currencies_count_at_the_rate() -> None:
    """A ratio compares amounts in the book's currency."""
    made = found({"x": account("c", "{money: 0.1 m USD}")}, "rates: {USD: 7}\n")
    assert made.accounts["x"].ratio == Decimal("0.35")


@pytest.mark.parametrize(
    ("spent", "outliers"),
    [(["0.1"] * 4 + ["1"], ["e"]), (["0.1", "0.2", "0.3", "0.4", "0.5"], []),
     (["0.1", "0.1", "0.1", "1"], []), (["0.5", "0.5", "0.5", "0.5", "0.1"], ["e"]),
     # quarters 0.2 and 0.4: from -0.1 to 0.7 of 2 m, the edge itself lies inside
     (["0.2", "0.4", "0.6", "0.8", "1.4"], []), (["0.2", "0.4", "0.6", "0.8", "1.401"], ["e"])],
)  # fmt: skip
def test_outliers_lie_beyond_the_fences_of_their_class(
    spent: list[str], outliers: list[str]
) -> None:
    """1.5 interquartile ranges, on either side; a class of fewer than five has none."""
    made = found({"abcde"[at]: account("c", money(one)) for at, one in enumerate(spent)})
    assert list(made.classes["c"].outliers) == outliers
    assert (made.classes["c"].fences is None) == (len(spent) < 5)
    high = [id for id, one in made.accounts.items() if one.outlier == "high"]
    assert [id for id, one in made.accounts.items() if one.outlier] == outliers
    assert high == (outliers if spent[-1] != "0.1" else [])


def test_too_few_are_said_so() -> None:
    """A class of fewer than five says that it has no outliers, and why."""
    made = html(book({"x": account("d", money("0.1"))}), "/classes/d/")
    assert "1 account with a ratio: outliers are told from 5 on" in made


def test_effort_at_d_above_the_median_of_c_is_named() -> None:
    """Above, not at it; the most money first. Money without contribution is above any."""
    files = {
        "c1": account("c", money("0.2")), "c2": account("c", money("0.4")),
        "same": account("d", money("0.15")), "more": account("d", money("0.16")),
        "most": account("d", money("0.9")), "less": account("d", money("0.01")),
        "idle": "name: Idle\nindustry: retail\nvalue_to_us: {contribution: {2025: 0 CNY}, "
                "potential: 1 m CNY, investment: {2025: {money: 0.05 m CNY}}}\n",
        "unknown": account("d"),
    }  # fmt: skip
    made = found(files)
    assert made.classes["c"].median == Decimal("0.15")
    assert made.to_d == ("most", "more", "idle")
    assert made.accounts["idle"].ratio is None
    assert "investment without contribution" in html(book(files), "/classes/d/")


def test_c_with_nothing_is_named_by_what_is_left() -> None:
    """Neither money nor days, unknown or zero; days alone are effort."""
    large = account("c").replace("40 m", "90 m")
    made = found({"none": account("c"), "large": large, "zero": account("c", money("0", 0)),
                  "days": account("c", "{days: 4}"), "d": account("d")})  # fmt: skip
    assert made.none_at_c == ("large", "none", "zero")


@pytest.mark.parametrize("address", ["/strategy/", "/classes/d/"])
def test_effort_at_d_is_the_first_thing(address: str) -> None:
    """Before the nine-box, the rule of the class and its totals; each D asks its question."""
    made = html(book({"c": account("c", money("0.2")), "d": account("d", money("0.9"))}), address)
    first = made.index("1 account of class D takes more effort than the middle of class C")
    assert first < min(made.index(text) for text in ("bb-facts", "bb-nine") if text in made)
    assert made.count("still a key account?") >= (2 if address == "/classes/d/" else 1)


def test_effort_missing_at_c_is_the_first_thing() -> None:
    """Before the totals of class C; where C has effort, that is said too."""
    made = html(book({"c": account("c")}), "/classes/c/")
    assert made.index("1 account of class C gets no effort") < made.index("bb-facts")
    fine = html(book({"c": account("c", money("1"))}), "/classes/c/")
    assert "Every account of class C gets some effort" in fine


def test_every_account_of_d_is_asked() -> None:
    """The page of class D asks of each account whether it is still a key account."""
    many = book({f"d{n}": account("d", money("0.1")) for n in range(5)})
    rows = html(many, "/classes/d/").partition('id="accounts"')[2]
    assert rows.count("still a key account?") == 5


def test_without_a_ratio_at_c_nothing_is_judged() -> None:
    """There is no median to compare with, and that is said."""
    made = html(book({"d": account("d", money("0.9"))}), "/classes/d/")
    assert "cannot be judged" in made


def test_long_lists_end_at_twelve_and_lead_on() -> None:
    """Rule 22: twelve and a link to the filtered table; the CSV has all."""
    many = book({f"x{n:02}": account("d", money(f"0.{n:02}1")) for n in range(30)})
    made = page(many, "/classes/d/")
    assert len(made.data["rows"]) == MOST
    assert made.data["all"]["href"].endswith("accounts/?class=D")
    assert len(made.files["accounts.csv"].splitlines()) == 31
    assert made.data["rows"][0]["id"] == "x29"


def test_reasons_of_all_accounts_go_on_over_pages() -> None:
    """Two hundred rows a page."""
    many = book({f"x{n:03}": account("d") for n in range(201)})
    made = [*pages_of(many, "classes")]
    assert [one.address for one in made] == ["/classes/", "/classes/page/2/"]
    assert [len(one.data["rows"]) for one in made] == [200, 1]


def test_a_book_without_accounts_has_the_pages() -> None:
    """Nothing is known, and no sum is told as if it were."""
    empty = book({})
    for letter in "abcd":
        assert "no account has both" in html(empty, f"/classes/{letter}/")
    assert html(empty, "/classes/")
    assert html(empty, "/strategy/")


def test_scale_ends_at_four_times_the_middle() -> None:
    """One extreme ratio does not press all others to the left."""
    assert cap([0.1, 0.2, 0.3]) == 0.3
    assert cap([0.1, 0.1, 90.0]) == 0.4
    assert cap([]) == 1.0
    assert cap([0.0, 0.0, 0.2]) == 0.2
    assert ticks(0.3, 350)[:2] == (0.0, 0.1)
    assert len(ticks(1000.0, 350)) <= 6


def drawn(number: int) -> str:
    """A picture of one class of so many accounts."""
    dots = tuple(Dot(0.01 * (n % 30), f"<b>{n}</b>", n == 7) for n in range(number))
    strip = Strip("C", "head", dots, 0.1, (0.05, 0.2))
    return str(effort_svg(Effort("x", "Title", "Desc", (strip,)), 350, "narrow"))


def test_dots_to_300_and_counts_beyond() -> None:
    """Each account has its dot, none on another; beyond, bars count them."""
    few, many = drawn(MOST_DOTS), drawn(MOST_DOTS + 1)
    circles = [one.split("r=")[0] for one in few.split("<circle ")[1:]]
    assert len(circles) == len(set(circles)) == MOST_DOTS
    assert "<circle" not in many
    assert 20 < many.count("<rect") < 60
    assert "&lt;b&gt;7&lt;/b&gt;" in few
    assert "<b>" not in few


def test_sample_site_says_what_an_independent_script_computes() -> None:
    """Sums, ratios, medians and outliers of each class, and every account, from the YAML alone."""
    other = independent.compute(REPO / "content", TODAY)
    made = sample_pages()
    seen = 0
    for letter, said in other["classes"].items():
        one = made[f"/classes/{letter}/"]
        told: Any = one.json
        assert (told["accounts"], told["investment"]["days"]) == (said["accounts"], said["days"])
        assert told["investment"]["unknown"] == said["unknown"]
        for name in ("contribution", "potential", "left"):
            assert Fraction(told[name]) == said[name]
        assert Fraction(told["investment"]["money"]) == said["money"]
        for name in ("ratio", "median"):
            assert abs(Fraction(told["investment"][name]) - said[name]) < 1e-20
        assert sorted(told["outliers"]) == said["outliers"]
        for row in csv.DictReader(io.StringIO(one.files["accounts.csv"])):
            account_ = other["accounts"][row["account"]]
            assert account_["class"] == letter
            for name, mine in (("contribution", "came"), ("money", "paid"), ("left", "left")):
                assert (Fraction(row[name]) if row[name] else None) == account_[mine]
            seen += 1
    assert sorted(made["/classes/d/"].json["to_d"]) == other["to_d"]  # type: ignore[index]
    assert seen == sum(1 for one in other["accounts"].values() if one["class"]) > 20
    assert analyse(sample().content, TODAY).investment == sample().results.investment
