"""Whom to serve: tiers, the most important source, ranking, profile, buyer, fit and focus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from briefbook.analyse.buyers import ATTRIBUTES, distance
from briefbook.analyse.customers import Customers, how_many
from briefbook.analyse.portfolio import analyse
from briefbook.analyse.profile_fit import FIELDS, leading, quartiles, tier_by_employees
from briefbook.checks import check
from briefbook.load import Content, load
from briefbook.pages.customers_lists import ROWS
from briefbook.pages.here import MOST
from briefbook.quantity import count
from tests.browser import REPO
from tests.independent import customers as independent
from tests.small import TODAY, account, content, html, pages_of, policy, renderer, site

WHOLE = "type: B2B, size: large, employees: 3000, country: VN, market_position: leader"


def accounts(**fields: str) -> dict[str, str]:
    """Files of accounts by id, each with some lines."""
    return {
        f"accounts/{id.replace('_', '-')}.yml": f"name: {id}\nindustry: retail\n{text}\n"
        for id, text in fields.items()
    }


def brings(millions: str, more: str = "") -> str:
    """An account that brought this much in 2025."""
    return f"value_to_us: {{contribution: {{2025: {millions} m CNY}}}}\n{more}"


def book(files: Mapping[str, str], policy: str = "") -> Content:
    """A book of accounts in one of two industries."""
    return content(
        {
            "book.yml": f"name: Northstar CRM\n{policy}",
            "industries/retail.yml": "name: Retail\n",
            "industries/grocery.yml": "name: Grocery\nparent: retail\n",
            "industries/fashion.yml": "name: Fashion\nparent: retail\n",
            "industries/banking.yml": "name: Banking\n",
            **files,
        }
    )


def found(files: Mapping[str, str], policy: str = "", today: date = TODAY) -> Customers:
    """Whom to serve by these accounts."""
    return analyse(book(files, policy), today).customers


def amounts(**millions: str) -> dict[str, str]:
    """Accounts that brought these amounts; nothing known for an empty one."""
    return accounts(**{id: brings(one) if one else "" for id, one in millions.items()})


@pytest.mark.parametrize(
    ("millions", "tier"),
    [("8", "large"), ("7.999999", "medium"), ("2", "medium"), ("1.999999", "small"), ("0", "small"),
     ("-1", "small"), ("", None)],
)  # fmt: skip
def test_a_threshold_opens_its_tier(millions: str, tier: str | None) -> None:
    """From the amount on; a contribution that is not known is of no tier, never of the small."""
    assert found(amounts(one=millions)).revenue_tier == {"one": tier}


@pytest.mark.parametrize(
    ("text", "tier"),
    [("1000", "large"), ("999", "medium"), ("200", "medium"), ("199", "small"),
     ("under 200", "small"), ("under 1000", "medium"), ("over 1000", "large"),
     ("about 45", "small")],
)  # fmt: skip
def test_size_goes_by_employees(text: str, tier: str) -> None:
    """Under 200 is less than 200."""
    assert tier_by_employees(count(text), policy().tiers.customer_size) == tier


def test_size_and_revenue_are_kept_apart() -> None:
    """A large company may bring little; where employees are not known, the size as written."""
    files = accounts(
        a=brings("1", "profile: {employees: 5000}"), b=brings("9", "profile: {size: small}"),
        c=brings("9", "profile: {size: small, employees: 1000}"), d="",
    )  # fmt: skip
    one = found(files)
    assert one.size_tier == {"a": "large", "b": "small", "c": "large", "d": None}
    assert one.cross[("large", "small")] == (1, Decimal(1_000_000))
    assert one.cross[("small", "large")] == (1, Decimal(9_000_000))
    assert one.cross[(None, None)] == (1, Decimal(0))
    assert sum(count for count, _ in one.cross.values()) == 4


def test_shares_leave_out_what_is_not_known() -> None:
    """Shares of accounts count all of them, shares of revenue what is known."""
    large, _, small, unknown = found(amounts(a="9", b="1", c="", d="")).by_revenue
    assert (large.revenue_share, small.revenue_share) == (Decimal("0.9"), Decimal("0.1"))
    assert (large.account_share, unknown.accounts, unknown.unpriced) == (Decimal("0.25"), 2, 2)


@pytest.mark.parametrize(
    ("millions", "aim", "tier", "reason"),
    [
        (("11", "5", "4"), "", "large", "clear"),  # 55 % against 45 %: exactly ten points
        (("10.99", "5", "4"), "small", "small", "close"),
        (("8", "7", "1"), "", None, "close"),
        (("8", "", ""), "small", "large", "clear"),
        (("", "", ""), "medium", "medium", "no-revenue"),
        (("0", "0", "0"), "", None, "no-revenue"),
    ],
)
def test_source_is_the_tier_that_leads_by_ten_points(
    millions: tuple[str, ...], aim: str, tier: str | None, reason: str
) -> None:
    """Rule 16: else the group that the book wants, and nothing where it names none."""
    text = f"tiers: {{aim: {aim}, because: We want it}}\n" if aim else ""
    one = found(amounts(**dict(zip("abc", millions, strict=True))), text).source
    assert (one.tier, one.reason) == (tier, reason)


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("tiers: {aim: small, because: They decide fast}\n",
         ["go by the group that we want: small", "They decide fast"]),
        ("tiers: {aim: small}\n", ["Why we want this group is not written"]),
        ("", ["the book names no group that we want"]),
    ],
)  # fmt: skip
def test_the_branch_without_a_clear_difference_is_told(policy: str, words: list[str]) -> None:
    """What was chosen, why, and that nothing was chosen."""
    made = html(site(book(amounts(a="8", b="7", c="1"), policy)), "/customers/")
    assert [word for word in words if word not in made] == []


def test_thresholds_without_a_rate_are_no_tiers() -> None:
    """The project's limits are in CNY: a book that cannot convert them has no tiers."""
    text = ("currency: VND\nimportant_gap: 1 m VND\nnine_box: {contribution: {medium: 1 m VND, "
            "high: 2 m VND}, potential: {medium: 1 m VND, high: 2 m VND}}\n")  # fmt: skip
    files = accounts(a="value_to_us: {contribution: {2025: 9 m VND}}")
    one = found(files, text)
    assert (one.revenue_tier, one.source.reason) == ({"a": None}, "no-revenue")
    assert "not known" in html(site(book(files, text)), "/customers/")


def test_an_older_year_is_told() -> None:
    """The latest full year that an account has counts; how many are older stands below."""
    files = accounts(a=brings("9"), b="value_to_us: {contribution: {2023: 3 m CNY}}")
    assert (found(files).year, found(files).earlier) == ("2025", 1)
    assert "of a year before 2025" in html(site(book(files)), "/customers/")


DEALS = "opportunities: {{x: {{name: X, {}}}}}\n"


@pytest.mark.parametrize(
    "deal",
    ["stage: signed, signed: 2026-02-01", "stage: lost, opened: 2026-01-01, signed: 2026-02-01",
     "stage: captured, opened: 2026-01-01", "opened: 2026-02-01, signed: 2026-01-01"],
)  # fmt: skip
def test_a_deal_without_both_days_has_no_duration(deal: str) -> None:
    """Speed needs signed deals that were opened before; others stand apart, with the reason."""
    files = accounts(a=brings("9", DEALS.format(deal)))
    one = found(files, "goal: speed\n")
    assert (one.ranked, one.unranked, one.chosen) == ((), ("a",), ())
    made = html(site(book(files, "goal: speed\n")), "/customers/")
    assert "no signed deal" in made
    assert "no profile can be drawn" in made


def test_a_day_to_come_is_no_loyalty() -> None:
    """Who will be a customer next year is not the longest-standing one."""
    files = accounts(a=brings("9", "customer_since: 2027-01-01"),
                     b=brings("9", "customer_since: 2026-01-01"))  # fmt: skip
    one = found(files, "goal: loyalty\n")
    assert ([row.account for row in one.ranked], one.unranked) == (["b"], ("a",))


@pytest.mark.parametrize(
    ("ranked", "cap", "number"), [(0, 10, 0), (1, 10, 1), (2, 10, 2), (5, 10, 3), (7, 10, 4),
                                  (12, 10, 6), (400, 10, 10), (9, 2, 2)]
)  # fmt: skip
def test_the_profile_is_drawn_from_the_better_half(ranked: int, cap: int, number: int) -> None:
    """At least three, at most as many as the focus list takes."""
    assert how_many(ranked, cap) == number


@pytest.mark.parametrize(
    ("counts", "chosen", "values"),
    [
        ((), 3, ()), ((("a", 1),), 1, ("a",)), ((("a", 1),), 2, ()), ((("a", 1), ("b", 1)), 2, ()),
        ((("a", 2), ("b", 1)), 3, ("a",)), ((("a", 2), ("b", 2)), 4, ("a", "b")),
        ((("a", 2), ("b", 2), ("c", 2), ("d", 2)), 8, ()),
    ],
)  # fmt: skip
def test_a_pattern_needs_two_that_agree(
    counts: tuple[tuple[str, int], ...], chosen: int, values: tuple[str, ...]
) -> None:
    """Ties stand together; more than three are no pattern."""
    assert leading(counts, chosen) == values


def test_quartiles_are_interpolated() -> None:
    """Of 1 to 4 they are 1.75, 2.5 and 3.25; one amount has none."""
    assert quartiles([Decimal(n) for n in (4, 2, 1, 3)]) == (
        Decimal("1.75"), Decimal("2.5"), Decimal("3.25"),
    )  # fmt: skip
    assert quartiles([Decimal(1)]) is None


def test_profile_has_eight_fields_and_buyer_ten_attributes() -> None:
    """Check 18: the name, that is no pattern, and seven that are compared."""
    assert len(("name", *FIELDS)) == 8
    assert len(ATTRIBUTES) == 10
    made = html(site(book(amounts(a="9"))), "/customers/")
    for label in ("a name is no pattern", "Industry", "Type", "Size", "Country and region",
                  "Annual revenue", "Market position", "Growth", "Roles", "Title",
                  "Steps from the CEO", "Gender", "Age", "Education", "Personality", "Behaviour",
                  "Experience", "Drivers"):  # fmt: skip
        assert label in made


def test_industries_that_differ_share_the_one_above() -> None:
    """Two grocers and fashion: grocery; one of each: retail, which both are."""
    grocery, fashion = "industry: grocery\n", "industry: fashion\n"
    files = {f"accounts/{id}.yml": f"name: {id}\n{text}{brings('9')}"
             for id, text in (("a", grocery), ("b", fashion))}  # fmt: skip
    (industry, *_) = found(files).ideal.patterns
    assert (industry.values, industry.above) == (("retail",), True)
    files["accounts/c.yml"] = f"name: c\n{grocery}{brings('9')}"
    (industry, *_) = found(files).ideal.patterns
    assert (industry.values, industry.above) == (("grocery",), False)
    assert all("industry" in one.matches or one.account == "b" for one in found(files).fits)


HAND = ("ideal_customer:\n  because: A new market\n  industry: [retail]\n  type: b2b\n"
        "  size: large\n  country: VN\n  region: South\n  annual_revenue: {from: 10 m CNY}\n"
        "  market_position: leader\n  growth: {from: 5%, to: 20%}\n")  # fmt: skip


def test_hand_edits_stand_over_what_is_drawn() -> None:
    """Marked, with the reason, and what the accounts say beside them."""
    files = accounts(a=brings("9", "profile: {type: B2C, country: CN, growth: 50%}"))
    one = found(files, HAND).ideal
    assert all(each.by_hand for each in one.patterns)
    assert one.region == "South"
    assert dict(one.patterns[1].counts) == {"B2C": 1}
    made = html(site(book(files, HAND)), "/customers/")
    assert made.count("by hand</span>") == 7
    assert "Changed by hand because: A new market" in made


@pytest.mark.parametrize(
    ("profile", "differs", "unknown"),
    [
        (f"{{{WHOLE}, region: South, annual_revenue: 10 m CNY, growth: 5%}}", (), ()),
        (f"{{{WHOLE}, region: south, annual_revenue: 9.9 m CNY, growth: 20%}}",
         ("annual_revenue",), ()),
        (f"{{{WHOLE}, region: North, annual_revenue: 1 bn CNY, growth: 20.1%}}",
         ("place", "growth"), ()),
        (f"{{{WHOLE}}}", (), ("place", "annual_revenue", "growth")),
        ("{country: CN}", ("place",),
         ("type", "size", "annual_revenue", "market_position", "growth")),
        ("{size: small, type: B2C}", ("type", "size"),
         ("place", "annual_revenue", "market_position", "growth")),
    ],
)  # fmt: skip
def test_fit_names_each_field(
    profile: str, differs: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    """Rule 17: matches, differs, or not known; bounds belong to their range."""
    (fit,) = found(accounts(a=f"profile: {profile}"), HAND).fits
    assert (fit.differs, fit.unknown) == (differs, unknown)
    assert {*fit.matches, *fit.differs, *fit.unknown} == set(FIELDS)
    assert fit.share == Decimal(7 - len(differs) - len(unknown)) / 7


def test_without_a_profile_nothing_is_compared() -> None:
    """No share, rather than none of nothing."""
    (fit,) = found(accounts(a="")).fits
    assert (fit.share, fit.unknown, fit.prospect) == (None, (), True)
    assert "no profile can be drawn" in html(site(book(accounts(a=""))), "/customers/")


@pytest.mark.parametrize(
    ("text", "prospect"),
    [("", True), (brings("0"), True), (brings("0.1"), False), ("contract: {note: x}", False),
     (DEALS.format("stage: captured"), True), (DEALS.format("stage: signed"), False)],
)  # fmt: skip
def test_prospects_have_no_contract_deal_or_revenue(text: str, prospect: bool) -> None:
    """Whoever has any of these is a customer."""
    (fit,) = found(accounts(a=text)).fits
    assert fit.prospect is prospect


PEOPLE = """people:
  ceo: {title: Chief executive, roles: [sponsor]}
  coo: {title: Head, reports_to: ceo, roles: [decision-maker], drivers: [efficiency, money]}
  cfo: {title: head, reports_to: coo, roles: [decision-maker, buyer], drivers: [money]}
  old: {title: Head, reports_to: ceo, roles: [decision-maker], left: 2026-01}
  far: {title: Adviser, roles: [decision-maker], personal: {age: 45}}
"""


def test_buyer_counts_what_deciders_have_in_common() -> None:
    """Who has left is none; steps are counted; someone alone is not at the top."""
    one = found(accounts(a=brings("9", PEOPLE))).buyer
    told = {each.name: each for each in one.attributes}
    assert (one.people, one.accounts) == (3, 1)
    assert told["roles"].counts == (("decision-maker", 3), ("buyer", 1))
    assert told["title"].counts == (("Head", 2), ("Adviser", 1))
    assert dict(told["distance"].counts) == {"1": 1, "2": 1}
    assert told["drivers"].counts[0] == ("money", 2)
    assert [name for name in told if told[name].off] == ["gender", "age", "personality"]


def test_personal_attributes_count_where_the_book_allows_them() -> None:
    """Off by default."""
    allowed = "personal_attributes: {allowed: yes, because: Agreed}\n"
    one = found(accounts(a=brings("9", PEOPLE)), allowed).buyer
    assert {each.name: each.counts for each in one.attributes}["age"] == (("45", 1),)
    assert not any(each.off for each in one.attributes)


def test_distance_ends_in_loops_and_gaps() -> None:
    """A loop has no top, and a superior whom nobody wrote down is not the CEO."""
    people = account(
        people={
            "a": {"reports_to": "b"},
            "b": {"reports_to": "a"},
            "c": {"reports_to": "gone"},
            "d": {},
            "e": {"reports_to": "d"},
        }
    ).people
    assert {id: distance(id, people) for id in people} == {
        "a": None, "b": None, "c": None, "d": 0, "e": 1,
    }  # fmt: skip


def test_idle_fields_are_named() -> None:
    """Fewer than a fifth of six is one; two of six are enough; a buyer's blank attributes."""
    files = accounts(
        a=brings("9", "profile: {founded: 1990, country: VN, extra: {stores: 3}}\n" + PEOPLE),
        b="profile: {country: VN}", **dict.fromkeys("cdef", ""),
    )  # fmt: skip
    one = found(files).unused
    assert dict(one.profile)["extra.stores"] == 1
    assert dict(one.profile)["growth"] == 0
    assert "country" not in dict(one.profile)
    assert one.buyer == ("education", "behaviour", "experience")


def test_focus_over_the_cap_is_told() -> None:
    """On the page, and as a warning; at the cap there is none."""
    files = accounts(
        **{id: brings(n, "focus: {because: Asked}") for id, n in (("a", "1"), ("b", "9"))}
    )
    assert found(files).focus == ("b", "a")
    over = book(files, "focus_cap: 1\n")
    assert "1 more than can be served well" in html(site(over), "/customers/")
    assert "focus-cap" in {one.rule for one in check(over, analyse(over, TODAY))}
    full = book(files, "focus_cap: 2\n")
    assert "more than can be served" not in html(site(full), "/customers/")
    assert "focus-cap" not in {one.rule for one in check(full, analyse(full, TODAY))}


def test_a_goal_by_default_is_no_mistake() -> None:
    """Only a goal that somebody chose is told to lack its field."""
    for text, rules in (("", set()), ("goal: profit\n", {"goal-field"})):
        made = book(accounts(a=""), text)
        found = {one.rule for one in check(made, analyse(made, TODAY))}
        assert found & {"goal-field"} == rules


@pytest.mark.parametrize("policy", ["", HAND])
def test_a_book_without_accounts_has_the_page(policy: str) -> None:
    """In words, without a zero that looks like a finding."""
    made = html(site(book({}, policy)), "/customers/")
    assert "not known" in made
    assert "No account is on the focus list" in made


def many(number: int) -> Content:
    """A book of many accounts that all bring much."""
    text = "focus: {because: Asked}\nprofile: {type: B2B, growth: 7%, extra: {x: y}}\n"
    return book(accounts(**{f"a{n:05}": brings("9", text) for n in range(number)}))


def test_long_lists_go_on_over_pages() -> None:
    """Twelve rows, then pages of 200 with the rest: every account once, none lost."""
    made = site(many(MOST + ROWS + 5))
    mine = {one.address: one for one in pages_of(made, "customers")}
    assert set(mine) == {
        "/customers/", "/customers/page/2/", "/customers/page/3/", "/customers/candidates/",
        "/customers/candidates/page/2/",
    }  # fmt: skip
    fits = [row["account"] for address in ("/customers/", "/customers/page/2/",
                                           "/customers/page/3/")
            for row in (mine[address].json or {})["fit"]]  # fmt: skip
    assert sorted(fits) == sorted(made.content.accounts)
    ranked = [row["account"] for address, one in mine.items() if "candidates" in address
              for row in (one.json or {})["ranked"]]  # fmt: skip
    assert sorted(ranked) == sorted(made.content.accounts)
    assert all(len(renderer().html(one)) < 500_000 for one in mine.values())
    assert len(mine["/customers/"].data["focus"]["rows"]) == MOST


def test_names_of_accounts_are_escaped() -> None:
    """Whatever stands in a name, a country or a reason is text."""
    bad = "<script>alert(1)</script>"
    files = {"accounts/a.yml": f"name: {bad}\nindustry: retail\nfocus: {{because: x}}\n"
             + brings("9", f"profile: {{country: {bad}, type: {bad}}}\n"
                      f"people: {{a: {{roles: [decision-maker], title: {bad}}}}}")}  # fmt: skip
    made = html(site(book(files, f"tiers: {{aim: large, because: {bad}}}\n")), "/customers/")
    assert bad not in made
    assert "&lt;script&gt;" in made


@pytest.mark.parametrize("goal", ["profit", "speed", "loyalty"])
def test_sample_site_says_what_an_independent_script_finds(goal: str) -> None:
    """Tiers, source, ranking, chosen accounts, bounds and every fit, from the YAML alone."""
    folder = REPO / "content"
    read, _ = load(folder)
    assert read is not None
    own = read.book.value.model_copy(update={"goal": goal})
    made = site(replace(read, book=replace(read.book, value=own)))
    mine = list(pages_of(made, "customers"))
    told: Any = next(one for one in mine if one.address == "/customers/").json
    other = independent.compute(folder, TODAY, goal)
    for name in ("revenue", "size"):
        assert {row["tier"]: row["accounts"] for row in told["tiers"][name]} == other[name]
        for row in told["tiers"][name][:3]:
            assert abs(Fraction(row["share"]) - other[f"{name}_share"][row["tier"]]) < 1e-20
    assert told["source"]["tier"] == other["tier"]
    assert [row["account"] for row in told["ranked"]] == other["ranked"]
    assert sorted(told["unranked"]) == other["unranked"]
    assert told["chosen"] == other["chosen"]
    wanted = {one["field"]: one for one in told["ideal"]}
    for name, ideal in other["ideal"].items():
        if isinstance(ideal, tuple):
            assert [Fraction(wanted[name][end]) for end in ("from", "to")] == list(ideal)
        else:
            assert sorted(wanted[name]["values"]) == sorted(ideal)
    fits = {row["account"]: {field: verdict for verdict in ("matches", "differs", "unknown")
                             for field in row[verdict]}
            for one in mine for row in (one.json or {}).get("fit", ())}  # fmt: skip
    assert fits == other["fit"]
    assert len(fits) == len(read.accounts) > 20
