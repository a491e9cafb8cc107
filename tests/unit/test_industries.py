"""Industries: what parents add up, pains by capability, codes, sources, and what a brief lacks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from briefbook.analyse.industries import RollUp
from briefbook.checks import check_content
from briefbook.checks.industries import EXPECTED
from briefbook.checks.rules import RULES
from briefbook.links import Forge
from briefbook.load import Content
from briefbook.model.isic import codes, nearest, title
from briefbook.model.parts import SOURCE_KINDS
from briefbook.pages.all import pages
from tests.samples import written
from tests.small import content, html, page, renderer, site

BOOK = """name: Northstar CRM
rates: {as_of: 2026-06-30, USD: 7}
capabilities: {members: {name: Members}, stock: {name: Stock}, idle: {name: Idle}}
"""
TREE = {"industries/top.yml": "name: Top\n"}


def below(id: str, **fields: Any) -> dict[str, str]:
    """An industry right below the top."""
    return {f"industries/{id}.yml": written({"name": id, "parent": "top", **fields})}


def size(*entries: str) -> dict[str, Any]:
    """A market with sizes, each `period amount`."""
    split = [one.split(" ", 1) for one in entries]
    return {"market": {"size": [{"period": period, "value": value} for period, value in split]}}


def rolled(*files: dict[str, str]) -> RollUp:
    """What the top adds up."""
    named = {name: text for one in files for name, text in one.items()}
    return site(content(TREE | named)).results.industries["top"]


def account(id: str, industry: str, **brought: str) -> dict[str, str]:
    """An account with contributions by year, such as `y2025="1 m CNY"`."""
    years = {year.removeprefix("y"): amount for year, amount in brought.items()}
    value = {"value_to_us": {"contribution": years}} if years else {}
    return {f"accounts/{id}.yml": written({"name": id, "industry": industry, **value})}


def test_a_parent_adds_sizes_of_one_period_and_currency() -> None:
    """The latest period that all have; what it adds up is named."""
    found = rolled(below("a", **size("2024 1 bn CNY", "2025 2 bn CNY")),
                   below("b", **size("2024 3 bn CNY")))  # fmt: skip
    assert found.size
    assert (found.size.value.number, found.size.period) == (Decimal(4 * 10**9), "2024")
    assert found.size.of == ("a", "b")
    assert not found.lacking


@pytest.mark.parametrize("other", ["2024 3 bn USD", "2023 3 bn CNY", "FY2024 3 bn CNY"])
def test_sizes_that_differ_are_not_added(other: str) -> None:
    """Neither currency nor period is converted: a sum would be invented."""
    found = rolled(below("a", **size("2024 1 bn CNY")), below("b", **size(other)))
    assert found.size is None
    assert not found.lacking


def test_a_branch_without_a_size_leaves_the_sum_open() -> None:
    """It is named instead, so that somebody can write it."""
    found = rolled(below("a", **size("2024 1 bn CNY")), below("b"))
    assert found.size is None
    assert found.lacking == ("b",)


def test_what_is_not_exact_makes_the_sum_about() -> None:
    """Over 1 and under 2 is about 3."""
    found = rolled(below("a", **size("2024 over 1 bn CNY")),
                   below("b", **size("2024 under 2 bn CNY")))  # fmt: skip
    assert found.size
    assert found.size.value.qualifier == "about"


def test_a_size_of_its_own_stands_before_a_sum() -> None:
    """What somebody wrote of the parent is not replaced."""
    top = {"industries/top.yml": written({"name": "Top", **size("2020 9 bn CNY")})}
    found = rolled(below("a", **size("2024 1 bn CNY")), top)
    assert found.size
    assert found.size.value.text == "9 bn CNY"
    assert not found.size.of


def test_accounts_count_once_and_revenue_is_of_one_year() -> None:
    """The latest year of the Book; who has no figure for it is not in the sum, and said so."""
    found = rolled({"book.yml": BOOK}, below("a"), below("b"),
                   account("x", "a", y2025="1 m CNY", y2024="5 m CNY"),
                   account("y", "b", y2024="7 m CNY"), account("z", "b"),
                   account("w", "top", y2025="2 m USD"))  # fmt: skip
    assert sorted(found.accounts) == ["w", "x", "y", "z"]
    assert (found.year, found.known, found.brought) == ("2025", 2, Decimal(15 * 10**6))


def test_revenue_of_no_account_is_none() -> None:
    """Not zero: nobody knows it."""
    assert rolled(below("a")).brought is None
    assert rolled(below("a"), account("x", "a")).brought is None


PAINS = {
    "book.yml": BOOK,
    **below("a", pains={
        "mild": {"pain": "Mild gap", "severity": "low"},
        "answered": {"pain": "Answered", "severity": "high", "answered_by": ["members", "stock"]},
        "unweighed": {"pain": "Unweighed"},
    }),
    **below("b", pains={
        "grave": {"pain": "Grave gap", "severity": "high", "answer": "Say so"},
        "other": {"pain": "Other", "severity": "low", "answered_by": ["members"]},
    }),
    **below("rich", pains={"mild": {"pain": "Rich gap", "severity": "low"}}),
    **account("x", "rich", y2025="1 m CNY"),
}  # fmt: skip


def test_pains_that_nobody_answers_stand_first() -> None:
    """By severity, then by what our accounts there bring; one that nobody weighed is last."""
    found = site(content(TREE | PAINS)).results.pains
    named = [f"{row.industry}/{row.id}" for row in found.rows]
    assert named == ["b/grave", "rich/mild", "a/mild", "a/unweighed", "a/answered", "b/other"]
    assert found.unanswered == 4


def test_capabilities_stand_by_what_they_answer() -> None:
    """One that answers nothing stands last, and is not left out."""
    found = site(content(TREE | PAINS)).results.pains
    said = [(one.capability, one.pains, one.high, one.industries) for one in found.capabilities]
    assert said == [("members", 2, 1, 2), ("stock", 1, 1, 1), ("idle", 0, 0, 0)]


def test_matrix_of_a_brief_has_the_columns_that_answer() -> None:
    """In the order of the book; gaps are named."""
    of = site(content(TREE | PAINS))
    matrix = page(of, "/industries/a/").data["matrix"]
    assert [one["name"] for one in matrix["columns"]] == ["Members", "Stock"]
    assert matrix["gaps"] == ["Mild gap", "Unweighed"]
    made = html(of, "/industries/pains/")
    assert made.index("Grave gap") < made.index("Rich gap") < made.index("Answered")
    assert of.words("pains.none-answered") in made


def many_pains(industries: int, capabilities: int) -> Content:
    """Industries with four pains each, answered by several of many capabilities."""
    offered = {f"c{n}": {"name": f"Capability number {n}"} for n in range(capabilities)}
    files = {"book.yml": written({"name": "Northstar CRM", "capabilities": offered})}
    for n in range(industries):
        pains = {
            f"p{k}": {"pain": f"Pain {k} of industry {n}, told in a line of usual length",
                      "severity": "high", "answered_by": [f"c{i}" for i in range(k, capabilities)]}
            for k in range(4)
        }  # fmt: skip
        files |= {f"industries/i{n}.yml": written({"name": f"Industry {n}", "pains": pains})}
    return content(files)


def test_matrix_of_300_industries_is_paged() -> None:
    """200 pains a page, each page below 500 kB, every pain on one of them."""
    made = [one for one in pages(site(many_pains(300, 10)))
            if one.address.startswith("/industries/pains/")]  # fmt: skip
    assert [one.address for one in made][:2] == ["/industries/pains/", "/industries/pains/page/2/"]
    assert len(made) == 6
    texts = [renderer().html(one) for one in made]
    assert max(len(text.encode()) for text in texts) < 500_000
    assert sum(text.count("#pain-p") for text in texts) == 1200


@pytest.mark.parametrize("code", ["A", "01", "011", "0111", "K", "8549", "651"])
def test_codes_of_the_classification_are_known(code: str) -> None:
    """From section to class, as text: a leading zero belongs to it."""
    assert title(code)


def test_table_is_whole() -> None:
    """21 sections, 88 divisions, 238 groups and 419 classes (ISIC Rev. 4, United Nations)."""
    lengths = [1 if code.isalpha() else len(code) for code in codes()]
    assert [lengths.count(one) for one in (1, 2, 3, 4)] == [21, 88, 238, 419]


@pytest.mark.parametrize(
    ("text", "first"),
    [("8594", "8549"), ("P8549", "8549"), ("85.49", "8549"), ("ISIC 4791", "4791"),
     ("111", "0111"), ("education", "P"), ("61000", "61"), ("x", None)],
)  # fmt: skip
def test_hint_names_the_code_that_is_meant(text: str, first: str | None) -> None:
    """The same in other spelling, exchanged digits, or the title in place of the code."""
    assert next(iter(nearest(text)), None) == first


def test_brief_shows_the_title_of_its_code() -> None:
    """Nobody knows the numbers by heart."""
    made = html(site(content(TREE | below("a", isic="8549"))), "/industries/a/")
    assert "8549, Other education n.e.c." in made


def test_expected_kinds_are_kinds_and_explained() -> None:
    """The table of the rule names known kinds only, and `explain` tells all of them."""
    kinds = {kind for kinds in EXPECTED.values() for kind in kinds}
    assert kinds <= set(SOURCE_KINDS)
    why = RULES["source-kind"].why
    assert [kind for kind in kinds if kind.partition("-")[0] not in why] == []


def rules(kind: str, **more: str) -> list[str]:
    """The rules that a market with a source of a kind breaks."""
    source = {"title": "A report", "kind": kind, **more}
    entry = {"period": "2025", "value": "1 bn CNY", "source": "s"}
    fields = {"market": {"size": [entry]}, "sources": {"s": source}}
    return [one.rule for one in check_content(content(TREE | below("a", **fields)))]


def test_one_source_of_the_expected_kind_is_enough() -> None:
    """An article counts if it says what it quotes: the original can be looked up."""
    assert rules("media") == ["source-kind"]
    assert rules("industry-report") == []
    assert rules("article") == ["source-kind"]
    assert rules("article", quotes="an industry report") == []


def test_brief_names_what_is_missing_with_its_field() -> None:
    """Each part as work, with the field; with a repository each leads to the line to edit."""
    found = content({"book.yml": BOOK, **TREE, **below("a", pains={"gap": {"pain": "A gap"}})})
    rows = page(site(found), "/industries/a/").data["missing"]
    fields = [row["field"] for row in rows]
    assert fields[:4] == ["pains.gap.evidence", "pains.gap.answered_by", "pains.gap.severity",
                          "benchmarks"]  # fmt: skip
    assert {"definition", "isic", "market.size", "value_chain", "business_model"} <= set(fields)
    assert {row["href"] for row in rows} == {None}
    forge = Forge("https://github.com/example/playbooks", "main", "content/")
    linked = page(replace(site(found), forge=forge), "/industries/a/").data["missing"]
    assert linked[0]["href"].endswith("/industries/a.yml#L5")


def test_a_parent_lacks_only_what_leads_to_its_branches() -> None:
    """Pains and figures stand in the briefs below."""
    rows = page(site(content(TREE | below("a"))), "/industries/top/").data["missing"]
    assert {row["field"] for row in rows} == {"definition", "isic", "our_focus", "purpose"}


def test_a_part_that_does_not_apply_is_no_work() -> None:
    """It says so, with the reason."""
    fields = {"value_chain": {"applies": "no", "because": "Out of reach"}}
    made = page(site(content(TREE | below("a", **fields))), "/industries/a/").data
    assert "value_chain" not in {row["field"] for row in made["missing"]}
    assert [one["because"] for one in made["set_aside"]] == ["Out of reach"]


def test_every_name_can_be_found() -> None:
    """All names stand in what search reads, however many there are."""
    names = [f"Alias{n}" for n in range(12)]
    made = html(site(content(TREE | below("a", aliases=names))), "/industries/a/")
    read = made[made.index('id="definition"') : made.index('id="market"')]
    assert "data-pagefind-ignore" not in read
    assert [name for name in names if f">{name}<" not in read] == []


def test_minutes_follow_the_text() -> None:
    """200 words a minute; ids of sources and capabilities are not read."""
    long = {"one": {"pain": "Pain", "detail": " ".join(["word"] * 599), "source": "s"}}
    fields = {"pains": long, "definition": " ".join(["word"] * 400)}
    made = page(site(content(TREE | below("a", **fields))), "/industries/a/").data
    assert [one["minutes"] for one in made["readings"]] == [3, 5]


def test_index_compares_industries() -> None:
    """Along the tree; a sum says that it is one, and what is not known is not zero."""
    of = site(content(TREE | below("a", **size("2024 1 bn CNY")) | below("b")))
    top, first, second = page(of, "/industries/").data["rows"][-3:]
    assert [one["name"] for one in (top, first, second)] == ["Top", "a", "b"]
    assert (top["size"], second["size"]) == (None, None)
    assert first["size"]["text"] == "1 bn CNY"
    assert top["revenue"] is None
    head = page(of, "/industries/top/").data["facts"][0]
    assert head["note"] == of.words("industries.size-lacking", names="b")
