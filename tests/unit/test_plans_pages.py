"""Plans: who must have one, review days, what is overdue, counters added up (rules 5, 8, 9)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from briefbook.analyse.plan_totals import PlanTotals, running_year
from briefbook.analyse.portfolio import analyse
from briefbook.load import Content
from briefbook.pages.here import MOST
from tests.browser import REPO
from tests.independent import plan_totals as independent
from tests.small import TODAY, content, html, page, policy, sample_pages, site, strategies

A = "value_to_us: {contribution: {2025: 30 m CNY}, potential: 40 m CNY}\n"
C = "value_to_us: {contribution: {2025: 2 m CNY}, potential: 40 m CNY}\n"
ORDINARY = "value_to_us: {contribution: {2025: 2 m CNY}, potential: 12 m CNY}\n"
D = "value_to_us: {contribution: {2025: 1 m CNY}, potential: 2 m CNY}\n"


def book(accounts: Mapping[str, str], more: str = "") -> Content:
    """A book of accounts by id."""
    return content(
        {
            "book.yml": f"name: Northstar CRM\nteam: {{mai: {{name: Mai}}}}\n{more}",
            "industries/retail.yml": "name: Retail\n",
            "industries/bank.yml": "name: Banks\n",
            **strategies(),
            **{f"accounts/{id}.yml": f"name: The {id}\n"
               + ("" if "industry:" in text else "industry: retail\n") + text
               for id, text in accounts.items()},
        }
    )  # fmt: skip


def found(accounts: Mapping[str, str], more: str = "", today: date = TODAY) -> PlanTotals:
    """The plans of these accounts."""
    return analyse(book(accounts, more), today).plan_totals


def test_class_a_and_important_c_must_have_a_plan() -> None:
    """Check 12: class D and ordinary C without one are no error; a written reason counts."""
    made = found({"a": A, "c": C, "plain": ORDINARY, "d": D, "unknown": "",
                  "chosen": ORDINARY + "important: {because: It opens the chain}\n"})  # fmt: skip
    assert {one.account: one.because for one in made.required} == {
        "a": "a", "c": "important", "chosen": "important",
    }  # fmt: skip
    assert [one.account for one in made.lacking] == ["c", "a", "chosen"]


def test_who_lacks_a_plan_is_named_with_the_reason() -> None:
    """And who has one of another year is told apart."""
    made = html(site(book({"c": C, "old": C + "plan: {year: 2025}\n", "next": A +
                           "plan: {year: 2027}\n", "d": D})), "/plans/")  # fmt: skip
    assert "3 accounts must have a plan for 2026. 3 have none." in made
    assert "plan of 2025, not renewed" in made
    assert "plan of 2027, to come" in made
    assert "2 plans are of another year than 2026" in made
    assert "The d" not in made


@pytest.mark.parametrize(
    ("starts", "today", "year"),
    [("01-01", date(2026, 1, 1), 2026), ("01-01", date(2026, 12, 31), 2026),
     ("04-01", date(2026, 3, 31), 2026), ("04-01", date(2026, 4, 1), 2027),
     ("07-31", date(2026, 7, 30), 2026), ("07-31", date(2026, 7, 31), 2027)],
)  # fmt: skip
def test_the_running_year_is_named_after_its_end(starts: str, today: date, year: int) -> None:
    """Rule 8: any first day."""
    assert running_year(policy(f"fiscal_year_starts: {starts}\n"), today) == year


def test_review_days_follow_the_fiscal_year() -> None:
    """Check 12: a year from 1 April is reviewed on 1 July, 1 October, 1 January and 31 March."""
    made = page(site(book({}, "fiscal_year_starts: 04-01\n")), "/plans/")
    told: Any = made.json
    assert told["reviews"] == ["2026-07-01", "2026-10-01", "2027-01-01", "2027-03-31"]
    assert (told["year"], told["quarter"], told["from"]) == (2027, 3, "2026-04-01")
    assert "FY2027" in html(site(book({"c": C}, "fiscal_year_starts: 04-01\n")), "/plans/")


REVIEWED = C + "owner: mai\nplan: {year: 2026, reviews: [{date: 2026-04-01, rating: amber}]}\n"


def test_calendar_says_held_overdue_and_to_come() -> None:
    """Four review days for each account; without a plan of the year there is none."""
    data = page(site(book({"x": REVIEWED, "none": A})), "/plans/").data
    rows = {one["id"]: one for one in data["calendar"]}
    assert [(one["kind"], one["label"]) for one in rows["x"]["cells"]] == [
        ("warn", "amber"), ("bad", "overdue"), ("bad", "overdue"), (None, "to come"),
    ]  # fmt: skip
    assert rows["none"]["cells"] is None


def test_overdue_is_counted_by_owner() -> None:
    """Reviews of the account's owner, actions of whoever does them; what nobody owns is last."""
    action = (
        "plan: {year: 2026, reviews: [{date: 2026-04-01}, {date: 2026-07-01}, {date: 2026-10-01}"
    )
    action += "], actions: {a: {what: Call, due: 2026-11-01}, b: {what: Ask, due: 2026-11-02, "
    action += "status: done}}}\n"
    made = found({"x": REVIEWED, "y": C + action})
    assert [(one.owner, [due.kind for due in one.dues]) for one in made.overdue] == [
        ("mai", ["review", "review"]), (None, ["action"]),
    ]  # fmt: skip
    owners = page(site(book({"x": REVIEWED, "y": C + action})), "/plans/").data["owners"]
    assert [(one["name"], one["reviews"], one["actions"], one["since"]) for one in owners] == [
        ("Mai", 2, 0, "1 Jul 2026"), (None, 0, 1, "1 Nov 2026"),
    ]  # fmt: skip


def planned(targets: str, actual: str = "", more: str = "") -> str:
    """A class C account with a plan, its targets and what the first review says."""
    review = f", reviews: [{{date: 2026-04-01, actual: {{{actual}}}}}]" if actual else ""
    return f"{C}{more}plan: {{year: 2026, targets: {{{targets}}}{review}}}\n"


def test_counters_add_up_what_is_known_and_count_what_is_not() -> None:
    """Unknown is never zero: a plan without figures is counted beside the sum."""
    made = found({"x": planned("year: {sign: 8 m CNY}", "sign: 3 m CNY"),
                  "y": planned("year: {sign: 4 m CNY}, q1: {sign: 3 m CNY}"),
                  "z": planned("year: {incubate: 4}", "sign: 1 m USD")},
                 "rates: {USD: 7}\n")  # fmt: skip
    sign = next(one for one in made.all.totals if one.counter == "sign")
    first, second = sign.quarters[:2]
    assert (first.actual, first.unknown) == (Decimal(10_000_000), 1)
    assert (first.target, first.untargeted) == (Decimal(5_000_000), 1)
    assert (second.actual, second.unknown, second.target) == (None, 3, Decimal(3_000_000))
    assert (sign.year.actual, sign.year.target) == (Decimal(10_000_000), Decimal(12_000_000))
    assert sign.year.untargeted == 1
    assert made.all.plans == 3


def test_what_nobody_knows_is_said_in_words() -> None:
    """No sum of nothing; no state is told of what is not all known."""
    of = site(book({"x": planned("year: {sign: 8 m CNY}")}))
    told: Any = page(of, "/plans/").json
    assert told["totals"]["counters"]["sign"]["year"] == {
        "actual": None, "unknown": 1, "target": "8000000", "untargeted": 0,
    }  # fmt: skip
    made = html(of, "/plans/")
    assert "no figures yet, target 8 m" in made
    assert "0 of 8 m" not in made
    assert "behind by" not in made


def test_quarters_to_come_are_not_unknown() -> None:
    """They have not begun: nobody can know them, and nobody is asked."""
    made = found({"x": planned("year: {sign: 8 m CNY}", "sign: 3 m CNY")}, today=date(2026, 5, 1))
    sign = next(one for one in made.all.totals if one.counter == "sign")
    assert [one.unknown for one in sign.quarters] == [0, 1, 0, 0]
    assert made.quarter == 2


def test_plans_of_other_years_are_not_added() -> None:
    """Targets of last year are no targets of this one."""
    old = planned("year: {sign: 8 m CNY}").replace("2026", "2025")
    made = found({"x": planned("year: {sign: 2 m CNY}"), "old": old})
    assert made.all.plans == 1
    assert made.all.totals[2].year.target == 2_000_000


def test_totals_are_rolled_up_by_owner_industry_and_class() -> None:
    """Groups add up to the whole; what nobody owns is a group of its own."""
    made = found({
        "x": planned("year: {capture: 3}", more="owner: mai\n"),
        "y": planned("year: {capture: 4}", more="industry: bank\n"),
        "z": planned("year: {capture: 5}").replace(C, A),
    })  # fmt: skip
    by = {"owner": made.by_owner, "industry": made.by_industry, "class": made.by_class}
    keys = {name: {one.key: one.totals[1].year.target for one in groups}
            for name, groups in by.items()}  # fmt: skip
    assert keys == {"owner": {"mai": 3, None: 9}, "industry": {"bank": 4, "retail": 8},
                    "class": {"a": 5, "c": 7}}  # fmt: skip


def test_long_lists_lead_to_pages_of_two_hundred() -> None:
    """Twelve on the page, all behind it."""
    many = site(book({f"x{n:03}": C for n in range(201)}))
    data = page(many, "/plans/").data
    assert len(data["lacks"]) == len(data["calendar"]) == MOST
    assert data["lacks_more"]["label"] == "189 more"
    assert len(page(many, "/plans/reviews/").data["calendar"]) == 200
    assert len(page(many, "/plans/reviews/page/2/").data["calendar"]) == 1


def test_a_book_without_plans_has_the_page() -> None:
    """Nothing must have one, and nothing is owed."""
    made = html(site(book({})), "/plans/")
    assert "0 accounts must have a plan for 2026." in made
    assert "no account has a plan of this year" in made


def test_names_are_escaped() -> None:
    """Whatever a name holds."""
    bad = REVIEWED.replace("owner: mai", "owner: mai\naliases: [x]")
    of = book({"x": bad})
    one = of.accounts["x"]
    assert "<script>" not in html(site(of), "/plans/").replace(one.name, "<script>"[:0])


def same(told: dict[str, Any], said: dict[str, Any]) -> None:
    """A counter of the page against the one that the script computed."""
    for n, one in enumerate(told["quarters"]):
        for name in ("actual", "target"):
            assert (Fraction(one[name]) if one[name] is not None else None) == said[name][n]
        assert one["unknown"] == said["unknown"][n]
    year = told["year"]
    assert (Fraction(year["actual"]) if year["actual"] is not None else None) == said["year"]
    assert year["unknown"] == said["silent"]


def test_sample_site_says_what_an_independent_script_computes() -> None:
    """Who must have a plan, review days, what is overdue, and every total, from the YAML alone."""
    other = independent.compute(REPO / "content", TODAY)
    one = sample_pages()["/plans/"]
    told: Any = one.json
    for name in ("year", "reviews", "required", "lacking", "overdue"):
        assert told[name] == other[name], name
    for name, said in other["totals"]["all/"].items():
        same(told["totals"]["counters"][name], said)
    groups: dict[str, dict[str, Any]] = {}
    for row in csv.DictReader(io.StringIO(one.files["totals.csv"])):
        part = {name: row[name] or None for name in ("actual", "target")}
        part |= {"unknown": int(row["unknown"])}
        group = groups.setdefault(f"{row['by']}/{row['key']}/{row['counter']}", {"quarters": []})
        if row["quarter"] == "year":
            group["year"] = part
        else:
            group["quarters"].append(part)
    assert set(groups) == {f"{key}/{name}" for key in other["totals"] for name in independent.NAMES}
    for key, counters in other["totals"].items():
        for name, said in counters.items():
            same(groups[f"{key}/{name}"], said)
    assert len(groups) > 60
