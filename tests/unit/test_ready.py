"""What is there to meet somebody, by hand, on the sample, and by an independent script."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from briefbook.analyse.portfolio import Results, analyse
from briefbook.analyse.ready import Check, Readiness, worst
from briefbook.load import load
from tests.browser import REPO
from tests.independent import ready as independent
from tests.small import TODAY, content, html, site, strategies

BOOK = """\
name: Northstar CRM
capabilities: {crm: {name: CRM}}
team: {mai: {name: Mai}}
"""
PAIN = "{pain: Slow, severity: high, answered_by: [crm]}"
OPEN = "{pain: Dear, severity: high}"
KITS = "before: {business: [{id: who, en: Who are you?}]}\n"
PEOPLE = "people: {boss: {title: CEO, roles: [decision-maker], verified: 2026-11-01}}\n"
MONEY = "value_to_us: {contribution: {2025: 12 m CNY}, potential: 40 m CNY}\n"
HELD = """\
plan:
  year: 2026
  actions: {a: {what: Call, status: done}}
  reviews: [{date: 2026-03-30}, {date: 2026-06-30}, {date: 2026-09-30}]
"""
ACTION = "plan: {year: 2026, actions: {a: {what: Call, due: 2026-02-01}}}\n"


def results(industry: str = "", account: str = "", **files: str) -> Results:
    """One industry and one account of a small book."""
    return analyse(
        content(
            {
                "book.yml": BOOK,
                "industries/retail.yml": f"name: Retail\n{industry}",
                "companies/one.yml": "name: One\n",
                "companies/two.yml": "name: Two\n",
                "accounts/shop.yml": f"name: Shop\nindustry: retail\n{account}",
                **strategies(),
                **{name.replace("_", "/") + ".yml": text for name, text in files.items()},
            }
        ),
        TODAY,
    )


def brief(industry: str, rule: str) -> Check:
    """A line of the industry's list."""
    return results(industry).ready.industries["retail"].check(f"ready.{rule}")


def line(account: str, rule: str, **files: str) -> Check:
    """A line of the account's list."""
    return results("", account, **files).ready.accounts["shop"].check(f"ready.{rule}")


def told(found: Check) -> tuple[str, str]:
    """State and field."""
    return found.state, found.field


@pytest.mark.parametrize(
    ("pains", "expected"),
    [
        ("", ("unknown", "pains")),
        (f"pains: {{a: {OPEN}}}\n", ("not-done", "pains.a.answered_by")),
        (f"pains: {{a: {PAIN}}}\n", ("done", "")),
        (f"pains: {{a: {PAIN}, b: {OPEN}}}\n", ("not-done", "pains.b.answered_by")),
        (f"pains: {{a: {PAIN}, b: {OPEN}, c: {PAIN}}}\n", ("done", "pains.b.answered_by")),
        ("pains: {a: {pain: Slow, answer: We listen}}\n", ("done", "")),
    ],
)
def test_two_of_the_three_worst_pains_have_an_answer(pains: str, expected: tuple[str, str]) -> None:
    """All where there are fewer than two; the first without an answer is the field to fill."""
    assert told(brief(pains, "pains")) == expected


def test_the_worst_pains_come_first_as_written_within_a_severity() -> None:
    """Pains that nobody has weighed stand last."""
    text = "name: R\npains:\n" + "".join(
        f"  {id}: {{pain: {id}{f', severity: {level}' if level else ''}}}\n"
        for id, level in (("x", ""), ("l", "low"), ("b", "high"), ("m", "medium"), ("a", "high"))
    )
    found = content({"industries/retail.yml": text}).industries["retail"].value
    assert [id for id, _ in worst(found)] == ["b", "a", "m", "l", "x"]


@pytest.mark.parametrize(
    ("benchmarks", "expected"),
    [
        ("", ("unknown", "benchmarks")),
        ("benchmarks: [{company: one, lesson: Ask}]\n", ("not-done", "benchmarks")),
        ("benchmarks: [{company: one, lesson: Ask}, {company: two}]\n",
         ("not-done", "benchmarks.1.lesson")),
        ("benchmarks: [{company: one, lesson: Ask}, {company: two, lesson: Wait}]\n",
         ("done", "")),
    ],
)  # fmt: skip
def test_two_benchmarks_have_a_lesson(benchmarks: str, expected: tuple[str, str]) -> None:
    """A company without a lesson is no benchmark to talk about."""
    assert told(brief(benchmarks, "benchmarks")) == expected


def test_an_account_has_the_lines_of_its_industry() -> None:
    """Pains and benchmarks are those of the brief, with its file to fill."""
    found = results(f"pains: {{a: {OPEN}}}\n").ready
    assert found.accounts["shop"].checks[:2] == found.industries["retail"].checks[:2]
    assert found.accounts["shop"].checks[0].record == ("industry", "retail")


@pytest.mark.parametrize(
    ("people", "known", "decides", "verified"),
    [
        ("", ("unknown", "people"), ("unknown", "people"), ("unknown", "people")),
        ("people: {a: {department: IT}}\n", ("not-done", "people.a.title"),
         ("not-done", "people.a.roles"), ("not-done", "people.a.verified")),
        ("people: {a: {title: CFO, verified: 2026-11-01}}\n", ("done", ""),
         ("not-done", "people.a.roles"), ("done", "")),
        (PEOPLE, ("done", ""), ("done", ""), ("done", "")),
        ("people: {a: {title: CEO, roles: [decision-maker], verified: 2025-01-01}}\n",
         ("done", ""), ("done", ""), ("not-done", "people.a.verified")),
        ("people: {a: {title: CEO, roles: [decision-maker], left: 2026-01-01}}\n",
         ("not-done", "people"), ("unknown", "people"), ("unknown", "people")),
    ],
)  # fmt: skip
def test_people_are_known_one_decides_and_all_are_verified(
    people: str, known: Any, decides: Any, verified: Any
) -> None:
    """Who has left counts for nothing; nobody written is not known, not refused."""
    assert told(line(people, "people")) == known
    assert told(line(people, "decides")) == decides
    assert told(line(people, "verified")) == verified


def test_a_class_and_a_strategy_need_their_reasons() -> None:
    """Without money no class; a strategy that does not fit says why, or is open."""
    assert told(line("", "class")) == ("unknown", "value_to_us.contribution")
    assert told(line(MONEY, "class")) == ("done", "")
    assert told(line(MONEY, "strategy")) == ("not-done", "strategy")
    assert told(line(f"{MONEY}strategy: promote\n", "strategy")) == ("done", "")
    assert told(line(f"{MONEY}strategy: static\n", "strategy")) == ("not-done", "strategy.because")
    agreed = f"{MONEY}strategy: {{is: static, because: Agreed}}\n"
    assert told(line(agreed, "strategy")) == ("done", "")


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("", None),
        (ACTION, ("Call", date(2026, 2, 1))),
        (HELD, ("", None)),
        ("contacts: [{date: 2026-11-01, promised: {what: List, by: 2026-11-30}}]\n",
         ("List", date(2026, 11, 30))),
        ("opportunities: {d: {name: Deal, stage: captured, next_step: Ask}}\n", ("Ask", None)),
        ("opportunities: {d: {name: Deal, stage: lost, next_step: Ask}}\n", None),
    ],
)  # fmt: skip
def test_the_next_thing_is_the_first_that_is_open(account: str, expected: Any) -> None:
    """Actions, promises and reviews by day; without a day an open action, else a deal's step."""
    found = results("", account).ready
    following = found.next.get("shop")
    if expected == ("", None):  # the review of the year's end is what is left
        assert following is not None
        assert (following.kind, following.day) == ("review", date(2026, 12, 31))
    else:
        assert (following and (following.what, following.day)) == expected
    state = found.accounts["shop"].check("ready.next").state
    assert state == ("done" if expected else "not-done")


def test_questions_are_of_the_brief_and_of_the_kit() -> None:
    """Each says in which file they are missing."""
    none = line("", "questions", questions=KITS)
    assert (none.state, none.record, none.field) == ("not-done", ("industry", "retail"),
                                                     "questions")  # fmt: skip
    asked = results("questions: [Who pays?]\n").ready.accounts["shop"].check("ready.questions")
    assert (asked.state, asked.record, asked.field) == ("not-done", ("questions", ""), "before")
    full = results("questions: [Who pays?]\n", questions=KITS).ready.accounts["shop"]
    assert full.check("ready.questions").state == "done"


def test_what_is_stale_is_named() -> None:
    """The oldest figure is the field to verify; no dated figure is not known."""
    assert told(line("", "fresh")) == ("unknown", "")
    old = (TODAY - timedelta(days=900)).isoformat()
    text = f"in_short: {{earns: {{value: Fees, as_of: {old}}}}}\n"
    assert told(line(text, "fresh")) == ("not-done", "in_short.earns")


def test_ready_is_all_that_is_needed_and_no_more() -> None:
    """What is good to have holds nobody back."""
    brief = (
        f"pains: {{a: {PAIN}, b: {PAIN}}}\n"
        "benchmarks: [{company: one, lesson: Ask}, {company: two, lesson: Wait}]\n"
    )
    account = f"{PEOPLE}{MONEY}strategy: promote\n{ACTION}"
    found = results(brief, account).ready
    assert found.industries["retail"].ready
    assert found.accounts["shop"].ready
    assert found.accounts["shop"].check("ready.questions").state == "not-done"
    for part in (PEOPLE, MONEY, ACTION, "strategy: promote\n"):
        assert not results(brief, account.replace(part, "")).ready.accounts["shop"].ready, part
    assert not results("", account).ready.accounts["shop"].ready


def test_nothing_written_is_not_ready() -> None:
    """An empty list would be a promise."""
    found = results().ready
    assert not found.accounts["shop"].ready
    assert not found.industries["retail"].ready
    assert Readiness(()).done == 0


@pytest.fixture(scope="module")
def both() -> tuple[Results, Any]:
    """The sample content, and what the independent script finds in it."""
    found, _ = load(REPO / "content")
    assert found is not None
    return analyse(found, TODAY), independent.compute(REPO / "content", TODAY)


@pytest.mark.parametrize("kind", ["accounts", "industries"])
def test_every_state_is_what_an_independent_script_finds(
    both: tuple[Results, Any], kind: str
) -> None:
    """Each line of every list of the sample."""
    results, told = both
    found = {
        id: {one.rule.removeprefix("ready."): one.state for one in each.checks}
        for id, each in getattr(results.ready, kind).items()
    }
    assert found == told[kind]


def test_the_order_is_what_an_independent_script_finds(both: tuple[Results, Any]) -> None:
    """For everybody, for each owner, and the accounts to practise on."""
    results, told = both

    def plain(stops: Any) -> list[tuple[str, list[str]]]:
        return [(stop.industry, [one.account for one in stop.turns]) for stop in stops]

    assert plain(results.turns.everybody) == told["everybody"]
    assert {id: plain(some) for id, some in results.turns.owners.items()} == told["owners"]
    assert [one.account for one in results.turns.model] == told["model"]


def test_the_call_sheet_and_the_brief_show_the_list() -> None:
    """Each line with state, numbers, field and file; on paper what is open stands in one line."""
    found = content(
        {
            "book.yml": BOOK,
            "industries/retail.yml": f"name: Retail\npains: {{a: {OPEN}}}\n",
            "accounts/shop.yml": f"name: Shop\nindustry: retail\n{PEOPLE}",
        }
    )
    made = site(found)
    sheet, brief = html(made, "/accounts/shop/call/"), html(made, "/industries/retail/")
    for text in (sheet, brief):
        assert "<code>pains.a.answered_by</code>" in text
        assert "industries/retail.yml" in text
        assert "0 of the 1 worst" in text
    assert "<code>value_to_us.contribution</code>" in sheet
    paper = sheet[: sheet.index('id="people"')]
    assert "not done: Worst pains answered (0 of the 1 worst)" in paper
    assert "not known: Benchmarks with a lesson, Class with its reason" in paper
    assert "Who decides (" not in paper
