"""Facts: records in, every dated or sourced value out with the day from which it is stale."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from briefbook.analyse.facts import fresh_limits, fresh_until, last_day
from briefbook.analyse.portfolio import analyse
from briefbook.analyse.results import FactUse
from briefbook.load import Content
from briefbook.quantity import period
from tests.samples import written
from tests.small import TODAY, content, having, policy, record

SOURCES = (
    "paper: {title: Paper, kind: media, published: 2022-06}\nbare: {title: Bare, kind: media}\n"
)


def book(kind: str, data: dict[str, Any]) -> Content:
    """A book with one record called `one`."""
    found = content({"sources.yml": SOURCES, "industries/retail.yml": "name: Retail\n"})
    always = {"name": "One"} | ({"industry": "retail"} if kind == "account" else {})
    return having(found, record(kind, "one", {**always, **data}))


def found(kind: str, data: dict[str, Any], today: date = TODAY) -> dict[str, FactUse]:
    """Facts of a record by their path."""
    return {".".join(map(str, one.path)): one for one in analyse(book(kind, data), today).facts}


def test_every_part_with_a_source_or_a_date_is_a_fact() -> None:
    """Wherever it stands; what has neither is none."""
    told = found(
        "account",
        {
            "in_short": {"earns": {"value": "Margin", "as_of": "2026-01"}, "heads_for": "West"},
            "profile": {"employees": {"value": "3200", "checked": "2026-02-03"}},
            "people": {"coo": {"name": "Bao", "verified": "2026-09-30"}, "cfo": {"name": "Lan"}},
            "research": {"returns": {"method": "look", "finding": "31%", "source": "paper"}},
            "goals": [{"period": "2026", "goal": "Open 40", "source": ["paper", "bare"]}],
        },
    )
    assert {path: (one.kind, one.text, one.sources) for path, one in told.items()} == {
        "in_short.earns": ("research", "Margin", ()),
        "profile.employees": ("other", "3200", ()),
        "people.coo": ("person", "Bao", ()),
        "research.returns": ("research", "31%", ("paper",)),
        "goals.0": ("other", "Open 40", ("paper", "bare")),
    }


def test_kinds_follow_the_part_of_the_file() -> None:
    """Each kind has its own limit."""
    told = found(
        "industry",
        {
            "market": {"size": [{"period": "2020", "value": "1 bn CNY", "source": "paper"}]},
            "pains": {"x": {"pain": "Slow", "evidence": {"value": "3%", "source": "paper"}}},
            "business_model": {"conversion_rate": {"value": "6%", "source": "paper"}},
            "benchmarks": [{"rank": "1", "source": "paper"}],
        },
    )
    assert {path: one.kind for path, one in told.items()} == {
        "market.size.0": "market",
        "pains.x.evidence": "pain",
        "business_model.conversion_rate": "market",
        "benchmarks.0": "other",
    }


def test_sources_and_dates_are_inherited_by_what_is_inside() -> None:
    """A figure of a statement holds for its period and comes from its source."""
    figures = {"value": "9 CNY", "as_of": "2025-06-30"}
    told = found(
        "company",
        {"finance": {"statements": [
            {"period": "2024", "source": "paper", "cash": {"value": "7 CNY", "source": "bare"},
             "revenue": figures},
        ]}},
    )  # fmt: skip
    assert {path: (one.sources, one.dated) for path, one in told.items()} == {
        "finance.statements.0": (("paper",), date(2024, 12, 31)),
        "finance.statements.0.cash": (("bare",), date(2024, 12, 31)),
        "finance.statements.0.revenue": (("paper",), date(2025, 6, 30)),
    }


@pytest.mark.parametrize(
    ("fact", "dated"),
    [({"as_of": "2024-01", "checked": "2025-02-03"}, date(2025, 2, 3)),
     ({"as_of": "2024-02"}, date(2024, 2, 29)),
     ({"source": "paper"}, date(2022, 6, 30)),
     ({"source": ["bare", "paper"]}, date(2022, 6, 30)),
     ({"source": "bare"}, None),
     ({"source": "paper", "as_of": "2024-Q1"}, date(2024, 3, 31))],
)  # fmt: skip
def test_the_day_is_that_of_the_last_check_or_of_the_source(
    fact: dict[str, Any], dated: date | None
) -> None:
    """Checked before as_of, before the day on which a source was published."""
    told = found("account", {"in_short": {"earns": {"value": "x", **fact}}})
    assert told["in_short.earns"].dated == dated


def test_the_last_fresh_day_is_fresh() -> None:
    """Six months for a person: the day itself still counts, the next does not."""
    data = {"people": {"coo": {"name": "Bao", "verified": "2026-08-31"}}}
    assert found("account", data, date(2027, 2, 28))["people.coo"].stale_since is None
    stale = found("account", data, date(2027, 3, 1))["people.coo"].stale_since
    assert stale == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("day", "limit", "until"),
    [("2026-08-31", "6 months", date(2027, 2, 28)), ("2023-08-31", "6 months", date(2024, 2, 29)),
     ("2026-01-31", "1 quarter", date(2026, 4, 30)), ("2024-02-29", "1 year", date(2025, 2, 28)),
     ("2026-12-15", "1 month", date(2027, 1, 15)), ("2026-01-01", "10 days", date(2026, 1, 11)),
     ("2026-01-01", "2 weeks", date(2026, 1, 15)), ("2026-01-01", "1.5 months", date(2026, 2, 15)),
     ("2026-01-01", "0.5 years", date(2026, 7, 1)),
     ("2026-01-01", "999999999 months", date.max), ("2026-01-01", "9999999999 days", date.max)],
)  # fmt: skip
def test_months_clamp_to_the_months_end(day: str, limit: str, until: date) -> None:
    """Rule 8; beyond the calendar nothing goes stale."""
    made = policy(f"fresh_for: {{person: {limit}}}\n")
    assert fresh_until(date.fromisoformat(day), "person", made) == until


@pytest.mark.parametrize(
    ("text", "starts", "day"),
    [("FY2022", "04-01", date(2022, 3, 31)), ("FY2022", "01-01", date(2022, 12, 31)),
     ("FY2022", None, date(2022, 12, 31)), ("2022", "04-01", date(2022, 12, 31)),
     ("FY2022-Q1", "04-01", date(2021, 6, 30)), ("FY2022-Q3", "04-01", date(2021, 12, 31)),
     ("FY2022-Q4", "04-01", date(2022, 3, 31)), ("FY2024", "03-01", date(2024, 2, 29)),
     ("2022-Q1", "04-01", date(2022, 3, 31)), ("FY2022", "nonsense", date(2022, 12, 31))],
)  # fmt: skip
def test_a_fiscal_year_is_named_after_its_end(text: str, starts: str | None, day: date) -> None:
    """Rule 8: Alibaba's FY2022 ended on 31 March 2022."""
    assert last_day(period(text), starts) == day


def test_statements_follow_the_fiscal_year_of_their_company() -> None:
    """`finance.year_starts` dates its statements and segments."""
    finance = {
        "year_starts": "04-01",
        "statements": [{"period": "FY2022", "source": "bare"}],
        "segments": [{"period": "FY2022", "source": "bare"}],
    }
    told = found("company", {"finance": finance})
    assert {one.dated for one in told.values()} == {date(2022, 3, 31)}
    assert len(told) == 2


def test_own_sources_are_no_facts_and_stand_before_the_registry() -> None:
    """A record's source hides the registry's of the same id."""
    own = {"paper": {"title": "Ours", "kind": "media", "published": "2026-01-02"}}
    data = {"sources": own, "in_short": {"earns": {"value": "x", "source": "paper"}}}
    told = found("account", data)
    assert list(told) == ["in_short.earns"]
    assert told["in_short.earns"].dated == date(2026, 1, 2)
    uses = analyse(book("account", data), TODAY).source_uses
    assert list(uses) == [("account/one", "paper")]


def test_confidential_research_is_no_fact() -> None:
    """Facts are listed on pages."""
    secret = {"method": "ask", "finding": "Hush", "source": "paper", "confidential": "yes"}
    assert found("account", {"research": {"x": secret}}) == {}


def test_results_list_what_is_stale_the_longest_first() -> None:
    """By the last day that was fresh."""
    people = {
        "a": {"name": "Late", "verified": "2026-01-01"},
        "b": {"name": "Later", "verified": "2025-01-01"},
        "c": {"name": "Fresh", "verified": "2026-11-01"},
    }
    stale = analyse(book("account", {"people": people}), TODAY).stale
    assert [one.text for one in stale] == ["Later", "Late"]


def test_limits_are_told_as_written() -> None:
    """By kind, in the words of the book."""
    limits = fresh_limits(policy(written({"fresh_for": {"person": "9 months"}})).fresh_for)
    assert limits["person"] == "9 months"
    assert limits["market"] == "24 months"
