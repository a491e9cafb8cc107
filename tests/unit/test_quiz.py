"""The quiz: answers are references, drawn questions are right, bounded, and stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from briefbook.analyse.answers import KEYS, KINDS, Lacking, Told, told
from briefbook.analyse.portfolio import analyse
from briefbook.analyse.quiz import EACH, Asked, NotAsked, generated, written
from briefbook.analyse.quiz_results import FINDERS, REFERABLE, Known
from briefbook.checks import check_content, check_results
from briefbook.load import Content, load
from briefbook.model.schema import schema
from briefbook.model.types import Frozen
from briefbook.pages import quiz
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.quiz import OWN, SHEET
from briefbook.pages.quiz_words import question
from briefbook.quantity import Quantity
from tests.browser import REPO
from tests.independent import quiz as independent
from tests.samples import written as yaml
from tests.small import TODAY, content, renderer, site, strategies

BOOK = (
    "name: Northstar CRM\nteam: {mai: {name: Mai}, lin: {name: Lin}}\n"
    "capabilities: {stock-sync: {name: Stock sync}, loyalty: {name: Loyalty card}}\n"
)
RETAIL = """\
name: Retail
pains:
  stock: {pain: Shelves are empty, severity: high, answered_by: [stock-sync]}
  wages: {pain: Wages rise, severity: low}
benchmarks:
  - {company: basket, lesson: Count at the till}
"""
SHOP = {
    "name": "Shop", "industry": "retail", "owner": "mai", "lifecycle": "improve",
    "value_to_us": {"contribution": {"2025": "2 m CNY"}, "potential": "40 m CNY"},
    "people": {"cfo": {"title": "Chief of money", "roles": ["decision-maker"], "left": "2025"},
               "old": {"name": "Bo", "left": "2025"},
               "ceo": {"name": "Vy", "roles": ["decision-maker"]}, "it": {"name": "Kim"}},
    "research": {"secret": {"method": "ask", "finding": "They will sell", "confidential": "yes"}},
}  # fmt: skip


@cache
def sample() -> Site:
    """The repository's own content."""
    found, _ = load(REPO / "content")
    assert found is not None
    return site(found)


def page(of: Site, address: str) -> Page:
    """A page of the quiz; the other pages of the site are not made."""
    own = (one for owner in quiz.owners(of) for one in quiz.of(of, owner))
    return next(one for one in (*quiz.pages(of), *own) if one.address == address)


def html(of: Site, address: str) -> str:
    """The body of a page of the quiz."""
    return renderer().html(page(of, address))


def shops(count: int) -> dict[str, dict[str, Any]]:
    """Some accounts that are alike but for their names."""
    return {f"shop-{n}": {**SHOP, "name": f"Shop {n}"} for n in range(count)}


def small(items: str = "", accounts: Mapping[str, dict[str, Any]] = Frozen()) -> Content:
    """A small book with a quiz."""
    every = {"shop": SHOP, **accounts}
    return content({
        "book.yml": BOOK, "industries/retail.yml": RETAIL, **strategies(),
        "companies/basket.yml": "name: Basket\nindustry: retail\n",
        **{f"accounts/{id}.yml": yaml(one) for id, one in every.items()},
        **({"quiz.yml": items} if items else {}),
    })  # fmt: skip


def asked(items: str, today: date = TODAY) -> list[Asked | NotAsked]:
    """The written questions of a quiz."""
    found = small(items)
    return list(written(Known(found, analyse(found, today))))


def value(reference: str) -> Any:
    """The value at a reference, or the reason why there is none."""
    found = told(small(), reference)
    return found.value if isinstance(found, Told) else found.reason


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("account/shop", "Shop"),
        ("member/mai", "Mai"),
        ("capability/loyalty", "Loyalty card"),
        ("class/a", "a"),
        ("account/shop#owner", "Mai"),
        ("account/shop#lifecycle", "improve"),
        ("account/shop#people.it", "Kim"),
        ("account/shop#people.cfo", "Chief of money"),
        ("industry/retail#pains.stock", "Shelves are empty"),
        ("industry/retail#pains.stock.answered_by.1", "Stock sync"),
        ("industry/retail#benchmarks.basket.lesson", "Count at the till"),
        ("industry/retail#benchmarks.1", "Basket"),
        ("industry/retail#benchmarks.2", "field"),
        ("industry/retail#pains.0", "field"),
        ("industry/retail#pains", "section"),
        ("account/shop#research.secret.finding", "confidential"),
        ("account/none#owner", "record"),
        ("member/mai#role", "field"),
        ("class/e", "record"),
        ("nothing/here", "kind"),
        ("", "kind"),
    ],
)
def test_references_lead_to_what_the_file_says(reference: str, expected: str) -> None:
    """Names for records and references, the name of an entry, the value of a fact; else why not."""
    assert value(reference) == expected


def test_quantities_are_read_as_the_model_says() -> None:
    """An amount is a quantity, so that two ways to write it are the same answer."""
    found = value("account/shop#value_to_us.potential")
    assert isinstance(found, Quantity)
    assert found.unit == "CNY"
    assert found.number == 40_000_000
    one, other = (Told("quantity", Quantity("share", number, "%", text), "a", "b")
                  for number, text in ((found.number, "x"), (found.number + 0, "y")))  # fmt: skip
    assert one.same == other.same


def test_results_are_no_fields() -> None:
    """A result never hides a field of the model: `account/x#class` can only mean one thing."""
    for kind, names in REFERABLE.items():
        assert names
        assert not names & set(schema(kind)["properties"])
        assert names <= set(FINDERS[kind])
    assert {"account", "company", "industry", "strategy"} < set(KINDS)
    assert "company" in KEYS


def test_written_answers_follow_the_content() -> None:
    """The class is that of today; without `others` the wrong answers follow from it."""
    (one,) = asked("q: {ask: {en: Which class?}, answer: account/shop#class}\n")
    assert isinstance(one, Asked)
    assert one.answer.value == "c"
    assert [each.value for each in one.options] == ["a", "b", "c", "d"]


def test_a_choice_brings_its_other_words() -> None:
    """A field with a few words needs no `others`."""
    (one,) = asked("q: {ask: {en: Which stage?}, answer: account/shop#lifecycle}\n")
    assert isinstance(one, Asked)
    assert {each.value for each in one.options} == {"acquire", "improve", "stable", "decline"}


def test_who_has_left_does_not_decide() -> None:
    """The decision maker who left in 2025 is neither right nor wrong today."""
    (one,) = asked("q: {ask: {en: Who decides?}, answer: account/shop#decides}\n")
    assert isinstance(one, Asked)
    assert one.answer.value == "Vy"
    assert {each.value for each in one.options} == {"Vy", "Kim"}


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("answer: account/shop#next-review", "unknown"),
        ("answer: account/shop#class, others: [class/c]", "clash"),
        ("answer: account/shop#weakest-link", "unknown"),
    ],
)
def test_what_makes_no_sense_today_is_left_out(item: str, why: str) -> None:
    """A result that is not known, or a wrong answer that is right today: warned, never an error."""
    items = f"q: {{ask: {{en: What?}}, {item}}}\n"
    (one,) = asked(items)
    assert isinstance(one, NotAsked)
    assert one.why == why
    found = small(items)
    assert not [each for each in check_content(found) if each.rule.startswith("quiz")]
    rules = {each.rule: each.severity for each in check_results(found, analyse(found, TODAY))}
    assert rules["quiz-not-asked"] == "warning"


def test_results_stand_beside_broken_references() -> None:
    """An answer that leads nowhere is told once, and nothing else of the quiz is lost."""
    found = small("a: {ask: {en: X?}, answer: account/none#class}\n"
                  "b: {ask: {en: Y?}, answer: account/shop#class}\n")  # fmt: skip
    assert [one.rule for one in check_content(found) if one.place.file == "quiz.yml"] == [
        "unknown-reference"
    ]
    known = Known(found, analyse(found, TODAY))
    assert [one.id for one in written(known) if isinstance(one, Asked)] == ["b"]
    assert isinstance(told(found, "account/none#class"), Lacking)


def questions(address: str = "/quiz/") -> list[dict[str, Any]]:
    """The questions of a page of the sample."""
    found = page(sample(), address).json
    assert found is not None
    return list(found["questions"])


def test_drawn_answers_are_what_an_independent_script_computes() -> None:
    """Each right answer is right and each wrong one is wrong, by the YAML alone; of every kind."""
    book = independent.Book(REPO / "content", TODAY)
    members = sample().content.book.value.team
    asked_ = [one for address in ("/quiz/", *(f"/quiz/{id}/" for id in members))
              for one in questions(address) if one["kind"] != "written"]  # fmt: skip
    assert (
        {one["kind"] for one in asked_}
        == set(independent.JUDGES)
        == {name for names in FINDERS.values() for name in names}
    )
    assert {one["id"]: found for one in asked_ if (found := independent.wrong(book, one))} == {}


def test_all_drawn_answers_are_right() -> None:
    """Not only those that the pages show: every question that could be drawn from the sample."""
    made = sample()
    known, book = Known(made.content, made.results), independent.Book(REPO / "content", TODAY)
    here = Here(made, "/quiz/")
    count = 0
    for kind in FINDERS:
        for one in generated(known, kind, made.content.of(kind), each=10_000):
            shown = question(here, one, 1)
            told_ = {**shown, "options": [each["text"] for each in shown["options"]]}
            assert independent.wrong(book, told_) == [], one.id
            count += 1
    assert count > 150


def test_written_results_are_right_too() -> None:
    """Questions of the team about results agree with the independent script."""
    book = independent.Book(REPO / "content", TODAY)
    made = sample()
    results = {f"w-{one.id}": one.result for one in written(Known(made.content, made.results))
               if isinstance(one, Asked) and one.result}  # fmt: skip
    assert len(results) >= 4
    for one in questions():
        if kind := results.get(one["id"]):
            assert independent.wrong(book, {**one, "kind": kind}) == [], one["id"]


def test_every_written_question_of_the_sample_is_asked() -> None:
    """The sample's quiz names only what is there, in three languages."""
    made = sample()
    found = list(written(Known(made.content, made.results)))
    assert len(found) >= 12
    assert all(isinstance(one, Asked) for one in found)
    for item in made.content.quiz.value.of.values():
        assert all((item.ask.en, item.ask.vi, item.ask.zh))
        assert item.because is None or all((item.because.en, item.because.vi, item.because.zh))


def drawn_of(found: Content) -> dict[str, tuple[object, ...]]:
    """Drawn questions about accounts by id, each with its answers."""
    known = Known(found, analyse(found, TODAY))
    return {one.id: (one.answer.value, *(each.value for each in one.options))
            for one in generated(known, "account", found.accounts)}  # fmt: skip


def test_one_more_account_changes_little() -> None:
    """At most one question of a kind comes and one goes; the others stay to the letter."""
    before = drawn_of(small("", shops(40)))
    for n in range(41, 47):
        after = drawn_of(small("", {**shops(40), f"shop-{n}": shops(n + 1)[f"shop-{n}"]}))
        kinds = {id.partition("/")[0] for id in before}
        for kind in kinds:
            gone = [id for id in before if id.startswith(kind) and id not in after]
            assert len(gone) <= 1
        assert {id: one for id, one in after.items() if id in before} == {
            id: one for id, one in before.items() if id in after
        }


def test_same_content_same_page() -> None:
    """The order in which files were read, and a day that changes no result, change nothing."""
    found = small("", shops(9))
    turned = replace(found, accounts=Frozen(dict(reversed([*found.accounts.items()]))))
    assert html(site(found), "/quiz/") == html(site(turned), "/quiz/")
    assert html(site(found), "/quiz/") == html(site(found, date(2026, 11, 23)), "/quiz/")


def test_pages_are_bounded() -> None:
    """However many accounts and written questions there are, a page holds so many questions."""
    items = "".join(
        f"q{n}: {{ask: {{en: Question {n}?}}, answer: account/shop-{n % 60}#class}}\n"
        for n in range(SHEET + 5)
    )
    made = site(small(items, shops(60)))
    kinds = len(FINDERS["account"]) + len(FINDERS["industry"])
    first, second = page(made, "/quiz/"), page(made, "/quiz/page/2/")
    assert first.json is not None
    assert second.json is not None
    assert SHEET < len(first.json["questions"]) <= SHEET + kinds * EACH
    assert [one["id"] for one in second.json["questions"]] == [
        f"w-q{n}" for n in range(SHEET, SHEET + 5)
    ]
    own = page(made, "/quiz/mai/").json
    assert own is not None
    assert len(own["questions"]) <= SHEET + kinds * OWN


def test_nothing_to_ask_says_why() -> None:
    """A new project has a page that says what is missing, and so has a member without accounts."""
    empty = site(content({"book.yml": BOOK}))
    shown = html(empty, "/quiz/")
    assert "Nothing can be asked yet" in shown
    assert "quiz.yml" in shown
    assert "<fieldset" not in shown
    assert "Nothing can be asked yet" in html(site(small()), "/quiz/lin/")


def test_no_question_is_asked_twice_on_a_page() -> None:
    """What the team asks about a result is not drawn again."""
    made = site(small("q: {ask: {en: Which class?}, answer: account/shop#class}\n"))
    found = page(made, "/quiz/").json
    assert found is not None
    kinds = [one["kind"] for one in found["questions"] if one["about"] == "account/shop"]
    assert "written" in kinds
    assert "class" not in kinds


def test_names_are_escaped() -> None:
    """Whatever a record is called, the page stays whole."""
    evil = '"><script>x</script>'
    shown = html(site(small("", {"other": {**SHOP, "name": evil}})), "/quiz/")
    assert "<script>x" not in shown
    assert "&gt;&lt;script&gt;x" in shown
