"""Facts that need work, and what rests on a source: labels in words, grouped by industry."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from briefbook.analyse.portfolio import analyse
from briefbook.checks.industries import EXPECTED
from briefbook.load import Content, load
from briefbook.pages.all import pages
from briefbook.pages.facts import stale_row, work
from briefbook.pages.here import Here, Site
from tests.browser import REPO
from tests.samples import written
from tests.small import TODAY, content, html, page, renderer, site

SOURCES = "report: {title: The report, kind: industry-report, published: 2021}\n"
OLD = {"value": "12%", "period": "2021", "source": "report"}


def book(**files: dict[str, Any]) -> Content:
    """Records by `folder__id` beside a source of 2021."""
    named = {f"{name.replace('__', '/')}.yml": written(data) for name, data in files.items()}
    return content({"sources.yml": SOURCES, **named})


def sample() -> Content:
    """An industry with an account and a company, each with a stale fact, and one outside."""
    earns = {"in_short": {"earns": {"value": "Fees", "source": "report"}}}
    days = {"period": "2021", "inventory_days": {"value": "31 days", "source": "report"}}
    statements = {"statements": [days]}
    return book(
        industries__shops={"name": "Shops", "pains": {"fewer-guests": {
            "pain": "Fewer guests come", "evidence": OLD}}},
        accounts__lantern={"name": "Lantern", "industry": "shops", **earns},
        companies__basket={"name": "Basket", "industry": "shops", "finance": statements},
        companies__free={"name": "Free", "finance": statements},
    )  # fmt: skip


def rows(of: Site) -> list[tuple[str, str, str]]:
    """Group, record and label of each row of the first page."""
    groups = page(of, "/quality/facts/").data["groups"]
    return [(one["name"], row["record"], row["path"]) for one in groups for row in one["rows"]]


def test_facts_stand_by_industry_in_words() -> None:
    """The industry's own first, then its accounts and companies; never an id of a part."""
    elsewhere = site(sample()).words("facts.elsewhere")
    assert rows(site(sample())) == [
        ("Shops", "Shops", "Pains › Fewer guests come › Evidence"),
        ("Shops", "Lantern", "In short › How it earns"),
        ("Shops", "Basket", "Finance › Statements › 2021 › Inventory days"),
        (elsewhere, "Free", "Finance › Statements › 2021 › Inventory days"),
    ]  # fmt: skip
    assert "fewer-guests" not in re.sub(r'(href|id)="[^"]*"', "", html(site(sample()), "/"))


def test_a_row_says_date_limit_and_since_when() -> None:
    """And leads to the place on the brief."""
    of = site(sample())
    row = page(of, "/quality/facts/").data["groups"][0]["rows"][0]
    assert (row["as_of"], row["limit"], row["since"]) == (
        "Dec 2021", "24 months", "stale since Dec 2023",
    )  # fmt: skip
    assert row["href"].endswith("/industries/shops/#pain-fewer-guests")


def test_a_figure_without_a_source_is_listed_as_such() -> None:
    """As the rule `no-source` counts them; what is invented needs none."""
    bare = {"market": {"size": [{"period": "2026", "value": "1 bn CNY"}]}}
    found = book(industries__a={"name": "A", **bare},
                 industries__b={"name": "B", "sample": "yes", **bare})  # fmt: skip
    listed = work(site(found))
    assert [(one.record, one.path, one.stale) for one in listed] == [
        (("industry", "a"), ("market", "size", 0), None)
    ]
    made = html(site(found), "/quality/facts/")
    assert "Market › Size › 2026" in made
    assert site(found).words("no-source") in made


def test_an_entry_without_a_name_keeps_no_id() -> None:
    """Benchmarks are told by their company, flows by their pain, a person by name or title."""
    proof = {"value": "31 days", "source": "report"}
    chain = {"stages": ["s"], "nodes": {"x": {"stage": "s", "name": "X"},
                                        "y": {"stage": "s", "name": "Y"}},
             "flows": [{"from": "x", "to": "y", "pain": "Late payment", "source": "report"}],
             }  # fmt: skip
    found = book(
        industries__a={"name": "A", "value_chain": chain,
                       "benchmarks": [{"company": "basket", "proof": proof}]},
        companies__basket={"name": "City Basket"},
        accounts__c={"name": "C", "industry": "a",
                     "people": {"coo": {"title": "Chief of operations", "verified": "2021-01-01"}}},
    )  # fmt: skip
    said = [row[2] for row in rows(site(found))]
    assert "Benchmarks › City Basket › Proof" in said
    assert "Value chain › Flows › Late payment" in said
    assert "People › Chief of operations" in said


def test_a_long_list_is_paged_and_bounded() -> None:
    """200 rows a page; a group that goes on tells its whole number on each."""
    pains = {f"p{n}": {"pain": f"Pain {n}", "evidence": OLD} for n in range(450)}
    of = site(book(industries__a={"name": "A", "pains": pains}))
    made = [one for one in pages(of) if one.address.startswith("/quality/facts/")]
    assert [sum(len(group["rows"]) for group in one.data["groups"]) for one in made] == [
        200, 200, 50,
    ]  # fmt: skip
    assert {one.data["groups"][0]["note"] for one in made} == {of.words("home.stale", n=450)}
    assert max(len(renderer().html(one).encode()) for one in made) < 500_000


def test_a_source_lists_what_rests_on_it() -> None:
    """Twelve at most, then a count and a page with all of them; definitions count as well."""
    pains = {f"p{n}": {"pain": f"Pain {n}", "evidence": OLD} for n in range(13)}
    defined = {"definition": "Shops that sell", "definition_source": "report"}
    of = site(book(industries__a={"name": "A", "pains": pains, **defined}))
    row = page(of, "/sources/").data["rows"][0]
    assert (row["count"], len(row["uses"]), row["uses_more"]) == (14, 12, 2)
    assert row["uses"][0]["path"] == "Definition"
    assert row["uses_href"] == "report/"
    assert len(page(of, "/sources/report/").data["facts"]) == 14


def test_sources_page_says_what_a_part_should_rest_on() -> None:
    """The table of the rule `source-kind`, in words."""
    of = site(book(industries__a={"name": "A"}))
    expected = page(of, "/sources/").data["expected"]
    assert len(expected) == len(EXPECTED)
    assert "industry report" in expected[1]["kinds"]


def test_home_leads_to_facts_and_names_them() -> None:
    """Home shows the same rows as the page that it leads to."""
    of = site(sample())
    home = page(of, "/")
    assert home.data["stale_href"] == "quality/facts/"
    assert home.data["stale"][0] == stale_row(Here(of, "/"), of.results.stale[0])


def test_old_facts_of_the_sample_content_are_stale() -> None:
    """Check 19: whatever is dated 2020 to 2022 and was not confirmed since is stale in 2026."""
    found, _ = load(REPO / "content")
    assert found is not None
    old = [one for one in analyse(found, TODAY).facts
           if one.dated and date(2020, 1, 1) <= one.dated <= date(2022, 12, 31)]  # fmt: skip
    assert len(old) > 10
    assert [one for one in old if one.stale_since is None] == []
