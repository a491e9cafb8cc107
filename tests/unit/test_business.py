"""Rule 13: an account's business model beside its industry's gives gaps and the weakest link."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.analyse.business import LINKS, WeakestLink, weakest_link, weakest_links
from briefbook.pages.here import Here, Site
from briefbook.pages.model import weakest
from tests.samples import written
from tests.small import account, content, html, page, policy, record, site

BOOK = policy("rates: {as_of: 2026-06-30, USD: 7.1}\n")
FIELDS = tuple(field for _, field in LINKS)


def model(*values: str | None, **more: Any) -> Any:
    """A business model with cost, conversion and repurchase, as they would be written."""
    fields = {name: value for name, value in zip(FIELDS, values, strict=False) if value}
    return account(business_model={**fields, **more}).business_model


def gaps(found: WeakestLink) -> list[Any]:
    """The three gaps, rounded."""
    return [None if one.gap is None else round(one.gap, 4) for one in found.links]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected", "weakest"),
    [
        (("110 CNY", "6%", "31%"), ("100 CNY", "6%", "40%"), [-0.1, 0, -0.225], "retention"),
        (("80 CNY", "9%", "44%"), ("100 CNY", "6%", "40%"), [0.2, 0.5, 0.1], None),
        (("100 CNY", "6%", "40%"), ("100 CNY", "6%", "40%"), [0, 0, 0], None),
        (("150 CNY", "3%", None), ("100 CNY", "6%", "40%"), [-0.5, -0.5, None], "acquisition"),
        (("150 CNY", None, "10%"), ("100 CNY", "6%", None), [-0.5, None, None], None),
        (("150 CNY", "3%", "10%"), (None, None, None), [None, None, None], None),
        (("0 CNY", "0%", "40%"), ("100 CNY", "6%", "40%"), [1, -1, 0], "conversion"),
        (("2 CNY", "3%", "10%"), ("0 CNY", "0%", "0%"), [None, None, None], None),
        (("20 USD", "6%", None), ("100 CNY", "6%", None), [Decimal("-0.42"), 0, None],
         "acquisition"),
        (("20 EUR", "3%", "20%"), ("100 CNY", "6%", "40%"), [None, -0.5, -0.5], "conversion"),
        (("9 CNY", "3% a month", "20%"), ("9 CNY", "6% a year", "40%"), [0, None, -0.5],
         "retention"),
        (("about 110 CNY", "over 6%", None), ("100 CNY", "under 8%", None), [-0.1, -0.25, None],
         "conversion"),
    ],
)  # fmt: skip
def test_worse_is_negative_and_the_worst_link_is_the_weakest(
    ours: Any, theirs: Any, expected: list[Any], weakest: str | None
) -> None:
    """Rule 13: a lower cost is better; two links on both sides are enough, none behind is none."""
    found = weakest_link(model(*ours), model(*theirs), BOOK)
    assert gaps(found) == [None if one is None else round(Decimal(one), 4) for one in expected]
    assert found.weakest == weakest
    assert found.compared == sum(one is not None for one in expected)
    assert found.enough == (found.compared >= 2)


WHOLE = st.integers(0, 10**6)


SIDES = st.tuples(WHOLE, st.integers(1, 10**6))


@given(SIDES, SIDES, SIDES)
def test_no_link_is_further_behind_than_the_weakest(
    cost: tuple[int, int], conversion: tuple[int, int], repurchase: tuple[int, int]
) -> None:
    """Whatever the values: the weakest has the smallest gap, and it is below zero."""
    ours, theirs = zip(cost, conversion, repurchase, strict=True)
    found = weakest_link(
        model(f"{ours[0]} CNY", f"{ours[1]}%", f"{ours[2]}%"),
        model(f"{theirs[0]} CNY", f"{theirs[1]}%", f"{theirs[2]}%"),
        BOOK,
    )
    known = {one.link: one.gap for one in found.links if one.gap is not None}
    assert len(known) == 3
    least = min(known.values())
    assert (found.weakest is None) == (least >= 0)
    assert found.weakest is None or known[found.weakest] == least


def test_a_part_that_does_not_apply_is_not_compared() -> None:
    """Neither an account's nor an industry's; without an industry's model nothing compares."""
    theirs = model("100 CNY", "6%", applies="no", because="x")
    found = weakest_link(model("110 CNY", "3%"), theirs, BOOK)
    assert (found.compared, found.weakest) == (0, None)
    assert weakest_link(model("110 CNY", "3%"), None, BOOK).compared == 0
    of = content(files({"applies": "no", "because": "x", "cost_per_customer": "9 CNY"}))
    assert weakest_links(of) == {}


def files(ours: dict[str, Any] | None, **theirs: Any) -> dict[str, str]:
    """An industry with a business model, and an account of it."""
    industry = {"name": "Retail", "business_model": theirs or {"conversion_rate": "6%"}}
    own = {"name": "Ours", "industry": "retail", **({"business_model": ours} if ours else {})}
    return {"industries/retail.yml": written(industry), "accounts/ours.yml": written(own)}


def whole(**more: str) -> Site:
    """A site where the account is behind in conversion and ahead in cost."""
    ours = {"cost_per_customer": "about 90 CNY", "conversion_rate": "4.5%", **more}
    return site(content(files(ours, cost_per_customer="100 CNY", conversion_rate="6%")))


def test_the_reason_is_a_sentence_with_both_values_and_every_gap() -> None:
    """A gap is no more exact than the values that it is made from."""
    told = weakest(Here(whole(), "/industries/retail/"), "ours")
    assert told is not None
    assert (told["link"], told["label"]) == ("conversion", "Conversion")
    for part in ("4.5 % against 6 %", "25 % behind", "Acquisition about 10 % ahead"):
        assert part in told["sentence"]


def test_the_json_of_an_account_carries_the_weakest_link() -> None:
    """With rule, gaps as shares and the sentence; an account without a model has none."""
    made = page(whole(), "/accounts/ours/").json
    assert made is not None
    (found,) = (one for one in made["derived"] if one["name"] == "weakest_link")
    assert (found["rule"], found["value"]) == ("weakest-link", "conversion")
    assert found["numbers"] == {"compared": 2, "acquisition": "0.1000", "conversion": "-0.2500"}
    none = page(site(content(files(None))), "/accounts/ours/").json
    assert none is not None
    assert "weakest_link" not in [one["name"] for one in none["derived"]]


def test_too_few_links_are_said_in_words() -> None:
    """No verdict is never shown as a zero."""
    of = site(content(files({"conversion_rate": "3%", "repurchase_rate": "20%"})))
    told = weakest(Here(of, "/"), "ours")
    assert told is not None
    assert told["link"] is None
    assert "Only 1 of 3 links" in told["sentence"]
    made = html(of, "/industries/retail/")
    assert "Only 1 of 3 links" in made
    assert of.words("model.gap.none") in made
    assert "-100" not in made


def test_accounts_are_counted_by_their_weakest_link() -> None:
    """Rule 22: the table holds 12 accounts, the largest first; the count holds all of them."""
    of = content(files(None, cost_per_customer="100 CNY", conversion_rate="6%"))
    made = {
        f"accounts/a{n}.yml": written(
            {"name": f"A {n}", "industry": "retail",
             "value_to_us": {"contribution": {"2025": f"{n} CNY"}},
             "business_model": {"cost_per_customer": "200 CNY", "conversion_rate": "5%"}}
        )
        for n in range(15)
    }  # fmt: skip
    made |= files(None, cost_per_customer="100 CNY", conversion_rate="6%")
    of = content(made)
    compared = page(site(of), "/industries/retail/").data["compared"]
    assert [row["name"] for row in compared["rows"]] == [f"A {n}" for n in range(14, 2, -1)]
    assert compared["count"] == 15
    assert compared["weakest"] == ["Acquisition (15)"]


def test_one_scale_a_column() -> None:
    """Marks of a link are comparable from row to row; the largest value ends the scale."""
    ours = {"cost_per_customer": "50 CNY", "conversion_rate": "12%"}
    of = site(content(files(ours, cost_per_customer="100 CNY", conversion_rate="6%")))
    (row,) = page(of, "/industries/retail/").data["compared"]["rows"]
    drawn = [(cell["now"], cell["target"]) for cell in row["cells"]]
    assert drawn == [(2.5, 5.0), (5.0, 2.5), (None, None)]


PLAYBOOK = {
    "name": "Ours", "industry": "retail",
    "uses": {"stock-sync": {"active": "64%", "as_of": "2026-10"}, "cards": {"seats": "3"}},
    "needs": {
        "shelf": {"need": "The app sells what is there", "answered_by": ["stock-sync"],
                  "achieved": {"value": "-52%", "date": "2026-10"}},
        "open": {"need": "Not yet reached", "answered_by": ["cards"]},
    },
}  # fmt: skip
RETAIL = {
    "name": "Retail", "our_focus": "What is on the shelf",
    "pains": {"stock": {"pain": "Not on the shelf", "answered_by": ["stock-sync", "reports"]}},
    "solutions": {"stock-sync": {"what": "Stock inside the offer", "because": "Shops differ"}},
}  # fmt: skip


def solved() -> Site:
    """A site with capabilities that are described, used, promised, or none of it."""
    offered = "\n".join(f"  {id}: {{name: {id.title()}}}"
                        for id in ("reports", "stock-sync", "cards", "desk"))  # fmt: skip
    return site(content({
        "book.yml": f"name: N\ncapabilities:\n{offered}\n",
        "industries/retail.yml": written(RETAIL), "accounts/ours.yml": written(PLAYBOOK),
    }))  # fmt: skip


def test_solutions_stand_in_the_order_of_the_book() -> None:
    """Requirement 2: what answers a pain, is described or is in use here; the others are named."""
    data = page(solved(), "/industries/retail/").data["solutions"]
    assert [row["name"] for row in data["rows"]] == ["Reports", "Stock-Sync", "Cards"]
    assert data["rest"] == ["Desk"]
    reports, stock, cards = data["rows"]
    assert [one["href"] for one in reports["pains"]] == ["#pain-stock"]
    assert reports["what"] is None
    assert [one["active"] for one in stock["users"]] == ["64 % of seats active, Oct 2026"]
    assert [one["active"] for one in cards["users"]] == [""]
    assert cards["worked"] == []
    (reached,) = stock["worked"]
    assert reached["href"].endswith("/accounts/ours/#need-shelf")
    assert reached["fact"]["text"] == "\u221252 %"


def test_gaps_of_solutions_are_said_in_words() -> None:
    """A promise without text, adoption that nobody wrote, and a capability without a word."""
    of = solved()
    made = html(of, "/industries/retail/")
    for key in (
        "solutions.gap",
        "solutions.no-what",
        "solutions.no-adoption",
        "solutions.no-proof",
    ):
        assert of.words(key) in made, key
    assert of.words("solutions.rest", names="Desk") in made
    assert made.count("What is on the shelf") >= 1


@pytest.mark.parametrize("named", [{"account": "ours"}, {"company": "jd"}])
def test_an_account_that_is_the_benchmark_is_a_reference_case(named: dict[str, str]) -> None:
    """Row 10: both pages say so; a company's benchmark marks no account."""
    industry = {"name": "Retail", "benchmarks": [{"rank": "2", **named}]}
    of = site(content({
        "industries/retail.yml": written(industry), "companies/jd.yml": "name: JD.com\n",
        "accounts/ours.yml": "name: Ours\nindustry: retail\n",
    }))  # fmt: skip
    brief, playbook = html(of, "/industries/retail/"), html(of, "/accounts/ours/")
    ours = "account" in named
    assert (of.words("industry.our-account") in brief) == ours
    assert (of.words("account.benchmark-of", name="Retail") in playbook) == ours
    assert ("/industries/retail/#benchmarks" in playbook) == ours
    assert (of.words("company.not-named") in html(of, "/companies/jd/")) is False


def test_benchmarks_stand_by_rank() -> None:
    """Those without a rank come last, as written."""
    names = [("b", None), ("c", "3"), ("a", None), ("d", "1")]
    entries = [{"company": id, **({"rank": rank} if rank else {})} for id, rank in names]
    found = record("industry", "retail", {"name": "Retail", "benchmarks": entries})
    of = content({"industries/retail.yml": written(found.tree.data),
                  **{f"companies/{id}.yml": f"name: {id}\n" for id, _ in names}})  # fmt: skip
    rows = page(site(of), "/industries/retail/").data["benchmarks"]
    assert [row["name"] for row in rows] == ["d", "c", "b", "a"]
