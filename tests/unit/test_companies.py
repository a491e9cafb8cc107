"""Companies: turns of stock compared, figures by year, and everybody who names them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from briefbook.analyse.companies import margin, mentions, stock, turns
from briefbook.checks import check_content
from briefbook.pages.companies import TOC
from briefbook.pages.here import Site
from tests.samples import written
from tests.small import content, html, page, record, site

SOURCES = "paper: {title: The paper, kind: media, published: 2022-06}\n"


def statement(period: str = "2021", **figures: Any) -> Any:
    """A statement as the model reads it."""
    data = {"name": "C", "finance": {"statements": [{"period": period, **figures}]}}
    return record("company", "c", data).value.finance.statements[0]


def having(**companies: dict[str, Any]) -> Site:
    """A site with companies, each with the statements that are given."""
    files = {
        f"companies/{id.replace('_', '-')}.yml": written({"name": id.title(), **fields})
        for id, fields in companies.items()
    }
    return site(content({"sources.yml": SOURCES, **files}))


def days(*values: tuple[str, str], **more: Any) -> dict[str, Any]:
    """A company with inventory days by year."""
    made = [{"period": period, "inventory_days": value} for period, value in values]
    return {"finance": {"statements": made, **more}}


THREE = {
    "jd": days(("2021", "31.2 days")),
    "walmart": days(("2021", "42 days")),
    "target": days(("2021", "58 days")),
}


@pytest.mark.parametrize(("given", "expected"), [("31.2", "11.7"), ("42", "8.7"), ("58", "6.3")])
def test_turns_are_a_year_of_365_days_by_the_days(given: str, expected: str) -> None:
    """Rule 14 and check 4."""
    assert round(turns(Decimal(given)), 1) == Decimal(expected)


def test_fewer_days_are_better() -> None:
    """Check 4: JD.com is best of the three, and the index says so in words, on its row only."""
    of = having(**THREE)
    assert of.results.stock.best == ("jd",)
    index = page(of, "/companies/")
    assert [row["name"] for row in index.data["rows"]] == ["Jd", "Walmart", "Target"]
    assert [row["turns"] for row in index.data["rows"]] == ["11.7", "8.7", "6.3"]
    assert [row["best"] for row in index.data["rows"]] == [True, False, False]
    made = html(of, "/companies/")
    assert made.count(f">{of.words('companies.best-short')}<") == 1
    assert "Of 3 companies with a figure Jd is best: 31.2 days, 11.7 turns a year." in made
    assert "is best" in html(of, "/companies/jd/")
    assert "is best" not in html(of, "/companies/target/")


def test_the_best_is_best_of_several() -> None:
    """One company is best of nobody; equals are both best; those without days come last."""
    assert having(jd=THREE["jd"]).results.stock.best == ()
    two = having(a=days(("2021", "9 days")), b=days(("2021", "9 days")), c={}).results.stock
    assert (two.best, set(two.turns)) == (("a", "b"), {"a", "b"})
    rows = page(having(zed=THREE["jd"], abe={}), "/companies/").data["rows"]
    assert [row["name"] for row in rows] == ["Zed", "Abe"]
    assert rows[1]["days"] is None
    assert rows[1]["days_sort"] == ""


def test_the_latest_year_counts_whatever_its_unit() -> None:
    """Weeks are days too; a year that ends later is later, wherever it stands in the file."""
    of = having(a=days(("2022", "6 weeks"), ("2021", "10 days")))
    assert of.results.stock.days == {"a": 42}
    late = days(("2022", "10 days"), ("FY2022", "20 days"), year_starts="07-01")
    assert having(a=late).results.stock.days == {"a": 10}


@pytest.mark.parametrize("wrong", ["0 days", "-3 days"])
def test_impossible_days_give_no_turns(wrong: str) -> None:
    """They are an error; until it is mended nothing follows, and nothing breaks."""
    of = having(a=days(("2021", wrong)), b=THREE["jd"])
    assert set(of.results.stock.turns) == {"b"}
    assert "inventory-days" in {one.rule for one in check_content(of.content)}
    assert page(of, "/companies/a/").json["derived"] == []  # type: ignore[index]
    assert stock(of.content).best == ()
    (row,) = (one for one in page(of, "/companies/").data["rows"] if one["name"] == "A")
    assert (row["days"], row["turns"]) == (None, None)
    earlier = having(a=days(("2020", "10 days"), ("2021", wrong)), b=THREE["jd"])
    assert page(earlier, "/companies/").data["rows"][0]["turns"] == "36.5"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [({"revenue": "200 m CNY", "net_income": "5 m CNY"}, "0.025"),
     ({"revenue": "200 m USD", "net_income": "-5 m USD"}, "-0.025"),
     ({"revenue": "200 m USD", "net_income": "5 m CNY"}, None),
     ({"revenue": "0 CNY", "net_income": "5 m CNY"}, None),
     ({"revenue": "-1 CNY", "net_income": "5 m CNY"}, None),
     ({"revenue": "1 CNY"}, None), ({"net_income": "1 CNY"}, None)],
)  # fmt: skip
def test_the_margin_takes_both_in_one_currency(
    figures: dict[str, str], expected: str | None
) -> None:
    """A loss is negative; without revenue there is none, never a zero."""
    found = margin(statement(**figures))
    assert found == (None if expected is None else Decimal(expected))


def test_figures_stand_in_one_table_by_year() -> None:
    """Rows are figures, columns years; what is computed says so, and what it is made from."""
    of = having(a={"finance": {"statements": [
        {"period": "2022", "revenue": "over 20 m CNY", "net_income": "1 m CNY",
         "inventory_days": "over 73 days", "source": "paper", "note": "Not audited"},
        {"period": "2021", "revenue": {"value": "10 m CNY", "as_of": "2021-06"}},
    ]}})  # fmt: skip
    table = page(of, "/companies/a/").data["figures"]
    assert table["periods"] == ["2021", "2022"]
    rows = {row["label"]: row for row in table["rows"]}
    assert list(rows) == [
        "Revenue", "Net income", "Net margin", "Inventory days", "Turns a year",
    ]  # fmt: skip
    assert [name for name, row in rows.items() if row["computed"]] == ["Net margin", "Turns a year"]
    first, second = rows["Revenue"]["cells"]
    assert (first["as_of"], first["source"]) == ("Jun 2021", None)
    assert second["source"]["label"] == "The paper"
    assert second["stale"]
    assert rows["Net income"]["cells"][0] is None
    assert rows["Turns a year"]["cells"][1]["text"] == "under 5"
    assert rows["Net margin"]["cells"][1]["text"] == "about 5 %"
    assert rows["Net margin"]["cells"][1]["note"] == "net income 1 m CNY / revenue over 20 m CNY"
    assert table["notes"] == [{"period": "2022", "text": "Not audited"}]


def test_money_without_a_rate_is_sorted_as_unknown() -> None:
    """It is shown as written; to compare it the table would need a rate."""
    revenue = {"finance": {"statements": [{"period": "2021", "revenue": "3 m EUR"}]}}
    row = page(having(a=revenue), "/companies/").data["rows"][0]
    assert row["revenue"]["text"] == "3 m EUR"
    assert row["revenue_sort"] == ""


def test_revenue_of_the_profile_stands_in() -> None:
    """A statement's figure goes first; without one the profile's is better than none."""
    profile = {"annual_revenue": {"value": "about 7 m CNY", "as_of": "2026-08"}}
    row = page(having(a={"profile": profile}), "/companies/").data["rows"][0]
    assert (row["revenue"]["text"], row["revenue"]["note"]) == ("about 7 m CNY", "Aug 2026")
    assert row["revenue_sort"] == "7000000"
    own = {"finance": {"statements": [{"period": "2021", "revenue": "3 m CNY"}]}}
    row = page(having(a={"profile": profile, **own}), "/companies/").data["rows"][0]
    assert (row["revenue"]["text"], row["revenue"]["note"]) == ("3 m CNY", "2021")


WORLD = {
    "industries/retail.yml": written({
        "name": "Retail", "benchmarks": [{"company": "jd", "rank": "1", "lesson": "Near stock"}],
        "value_chain": {"stages": ["s"], "nodes": {"shops": {
            "stage": "s", "name": "Shops", "companies": ["jd"]}}}}),
    "companies/jd.yml": written({
        "name": "JD.com", "roles": ["peer", "partner"], "stands_at": ["retail/shops"]}),
    "companies/rival.yml": written({
        "name": "Rival", "roles": ["competitor"], "serves": ["other"],
        "competitor": {"unmet": "Reports by store"}}),
    "accounts/ours.yml": written({
        "name": "Ours", "industry": "retail", "finance": {"peers": ["company/jd"]},
        "opportunities": {"crm": {"name": "CRM for members", "stage": "captured",
                                  "competitors": ["company/rival"]}}}),
    "accounts/other.yml": "name: Other\nindustry: retail\n",
}  # fmt: skip


def test_everybody_who_names_a_company_is_known() -> None:
    """By industries and accounts; a node that both files name is told once."""
    found = mentions(content(WORLD))
    assert [(one.role, one.by, one.entry) for one in found["company/jd"]] == [
        ("benchmark", ("industry", "retail"), "0"), ("stands", ("industry", "retail"), "shops"),
        ("peer", ("account", "ours"), ""),
    ]  # fmt: skip
    assert [(one.role, one.by, one.entry) for one in found["company/rival"]] == [
        ("competitor", ("account", "ours"), "crm")
    ]


def test_a_role_says_where() -> None:
    """Benchmark by brief and lesson, peer by accounts; a role that nobody uses says so."""
    of = site(content(WORLD))
    data = page(of, "/companies/jd/").data
    benchmark, peer, partner = data["roles"]
    assert [one["name"] for one in benchmark["industries"]] == ["Retail"]
    assert [one["name"] for one in peer["accounts"]] == ["Ours"]
    assert not partner["named"]
    assert [(one["industry"], one["node"]) for one in data["stands"]] == [("Retail", "Shops")]
    assert data["competitor"] is None
    assert of.words("company.not-named") in html(of, "/companies/jd/")


def test_a_competitor_has_four_sections() -> None:
    """Row 25: each has its heading, missing ones say so; then the accounts it has or wants."""
    of = site(content(WORLD))
    data = page(of, "/companies/rival/").data["competitor"]
    assert len(data["sections"]) == 4
    assert [bool(one["text"]) for one in data["sections"]] == [False, False, True, False]
    ties = {one["name"]: (one["serves"], [bid["name"] for bid in one["bids"]])
            for one in data["accounts"]}  # fmt: skip
    assert ties == {"Ours": (False, ["CRM for members"]), "Other": (True, [])}
    made = html(of, "/companies/rival/")
    assert made.count(of.words("company.no-section")) == 3
    assert "/accounts/ours/#opportunity-crm" in made


def test_who_bids_against_us_competes() -> None:
    """Also where the company's own file forgets to say so."""
    files = {**WORLD, "companies/rival.yml": "name: Rival\n"}
    data = page(site(content(files)), "/companies/rival/").data["competitor"]
    assert [one["text"] for one in data["sections"]] == [None] * 4


def test_lists_hold_twelve_and_say_how_many_more() -> None:
    """Rule 22: the largest by contribution first."""
    many = {
        f"accounts/a{n}.yml": written({
            "name": f"A {n}", "industry": "retail", "finance": {"peers": ["company/jd"]},
            "value_to_us": {"contribution": {"2025": f"{n} CNY"}}})
        for n in range(20)
    }  # fmt: skip
    of = site(content({**WORLD, **many}))
    peer = page(of, "/companies/jd/").data["roles"][1]
    assert [one["name"] for one in peer["accounts"]] == [f"A {n}" for n in range(19, 7, -1)]
    assert peer["more"] == 9
    assert of.words("more", n=9) in html(of, "/companies/jd/")


def test_every_part_of_a_company_is_at_home() -> None:
    """Model, goals, shifts and profile have parts of their own; nothing stands twice."""
    of = having(a={
        "business_model": {"from_where": "Search", "cost_per_customer": "30 CNY"},
        "goals": [{"period": "2026", "goal": "Open forty stores"}],
        "shifts": [{"date": "2022-04", "from": "buyers", "to": "days active"}],
        "profile": {"type": "B2C", "size": "large", "extra": {"stores": "140"}},
        "ticker": "QWZ", "country": "CN",
    })  # fmt: skip
    made = page(of, "/companies/a/")
    assert made.data["else"] == ()
    assert [id for id, _ in made.toc] == ["model", "goals", "shifts", "profile"]
    assert {id for id, _ in made.toc} <= set(TOC)
    told = html(of, "/companies/a/")
    for words in ("Search", "30 CNY", "Open forty stores", "buyers → days active", "140", "QWZ"):
        assert told.count(words) == 1, words


def test_the_json_says_who_is_best_and_why() -> None:
    """Turns, the comparison, and the margin of the latest year that has both figures."""
    walmart = days(("2021", "42 days"))
    walmart["finance"]["statements"].append(
        {"period": "2020", "revenue": "200 m CNY", "net_income": "5 m CNY"}
    )
    made = page(having(jd=THREE["jd"], walmart=walmart), "/companies/walmart/").json
    assert made is not None
    found = {one["name"]: one for one in made["derived"]}
    assert found["inventory_turns"]["value"] == "8.69"
    assert found["best_inventory_turns"]["value"] is False
    assert found["best_inventory_turns"]["numbers"] == {"companies": 2, "fewest_days": "31.2"}
    assert (found["net_margin"]["value"], found["net_margin"]["numbers"]) == (
        "2.50", {"period": "2020"},
    )  # fmt: skip
