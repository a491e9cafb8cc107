"""What to ask next: by the stage of the sale, what is missing before what is old."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefbook.analyse.asking import RANK, STAGES, Asked, asking, stage
from briefbook.analyse.deals import bant
from briefbook.analyse.facts import record_facts
from briefbook.load import load
from briefbook.model.schema import at, schema
from tests.browser import REPO
from tests.small import TODAY, account, content, html, policy, record, site

KITS = {
    "before": {"business": [
        {"id": "introduce", "when_missing": "in_short.earns", "en": "Please introduce yourself.",
         "vi": "Xin giới thiệu.", "zh": "请介绍。"},
        {"id": "always", "en": "What is new?", "answer_goes_to": "contacts"}],
        "problem": [{"id": "size", "when_missing": "profile.size", "en": "How many are you?"}]},
    "during": {"strategy": [{"id": "heads", "when_missing": "in_short.heads_for",
                             "en": "Where do you go?", "answer_goes_to": "goals"}]},
    "after": {"problem": [{"id": "score", "when_missing": "satisfaction", "en": "Content?"}]},
}  # fmt: skip
DEAL = {"name": "Big", "stage": "captured", "bant": {"budget": {"verdict": "no"}}}


def asked(given: dict[str, Any] | None = None, **fields: Any) -> tuple[Asked, ...]:
    """What to ask an account with these fields."""
    one = record("account", "some", {"name": "Some", "industry": "retail", **fields})
    kits = KITS if given is None else given
    files = {"questions.yml": json.dumps(kits)} if kits else {}
    found = content({"industries/retail.yml": "name: Retail\n", **files})
    bants = {id: bant(deal, policy()) for id, deal in one.value.opportunities.items()}
    facts = record_facts(one, found.sources, found.book.value, TODAY)
    stale = [fact for fact in facts if fact.stale_since]
    return asking(one, found.questions.value, bants, stale)


def told(of: tuple[Asked, ...]) -> list[tuple[str, str, str]]:
    """Stage, reason and field of each."""
    return [(one.stage, one.reason, one.field) for one in of]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({}, "before"), ({"opportunities": {"a": {"name": "A"}}}, "during"),
     ({"opportunities": {"a": {"name": "A", "stage": "incubating"}}}, "during"),
     ({"opportunities": {"a": {"name": "A", "stage": "lost"}}}, "before"),
     ({"opportunities": {"a": {"name": "A", "stage": "signed"}}}, "after"),
     ({"uses": {"crm": {}}}, "after"),
     ({"uses": {"crm": {}}, "opportunities": {"a": {"name": "A", "stage": "incubating"}}}, "after"),
     ({"uses": {"crm": {}}, "opportunities": {"a": {"name": "A", "stage": "captured"}}}, "during")],
)  # fmt: skip
def test_the_stage_of_the_sale(fields: dict[str, Any], expected: str) -> None:
    """Before, during, after (DingTalk, l. 68); a captured deal is a sale that runs."""
    assert stage(account(**fields)) == expected


def test_the_stage_of_the_account_comes_first() -> None:
    """Then the others in their order; in each the reasons in theirs."""
    found = asked(uses={"crm": {}})
    order = list(dict.fromkeys(one.stage for one in found))
    assert order == ["after", "before", "during"]
    for name in STAGES:
        ranks = [RANK[one.reason] for one in found if one.stage == name]
        assert ranks == sorted(ranks)


def test_missing_is_asked_before_stale_and_fresh_is_not_asked() -> None:
    """What always may be asked comes last; the answer's field is named."""
    old = {"value": "Fees", "as_of": "2020-01-01"}
    assert told(asked(in_short={"earns": old})) == [
        ("before", "missing", "profile.size"), ("before", "stale", "in_short.earns"),
        ("before", "always", "contacts"), ("during", "missing", "goals"),
        ("after", "missing", "satisfaction"),
    ]  # fmt: skip
    fresh = {"value": "Fees", "as_of": "2026-11-01"}
    assert "in_short.earns" not in {one.field for one in asked(in_short={"earns": fresh})}


def test_the_weakest_letter_of_an_open_deal_is_asked_first() -> None:
    """Budget of the deal, by its field; one that is all yes, signed or lost asks nothing."""
    (first, *_) = asked(opportunities={"big": DEAL})
    assert (first.reason, first.field, first.deal, first.letter, first.verdict) == (
        "weak", "opportunities.big.bant.budget", "Big", "budget", "no",
    )  # fmt: skip
    yes = {name: {"verdict": "yes"} for name in ("budget", "authority", "need", "timeline")}
    for deal in ({**DEAL, "bant": yes}, {**DEAL, "stage": "signed"}, {**DEAL, "stage": "lost"}):
        assert all(one.reason != "weak" for one in asked(opportunities={"big": deal}))


def test_no_kits_ask_nothing_but_what_deals_lack() -> None:
    """A book without questions.yml is no error."""
    assert asked({}) == ()
    assert told(asked({}, opportunities={"big": DEAL})) == [
        ("during", "weak", "opportunities.big.bant.budget"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [("vi", "Xin giới thiệu."), ("zh", "请介绍。"), ("en", "Please introduce yourself."),
     (None, "Please introduce yourself.")],
)  # fmt: skip
def test_questions_speak_the_language_of_the_people(language: str | None, text: str) -> None:
    """Of the account, else of the book; and English where a question is not translated."""
    speaks = f"language: {language}\n" if language else ""
    of = site(content({
        "industries/retail.yml": "name: Retail\n", "questions.yml": json.dumps(KITS),
        "accounts/some.yml": f"name: Some\nindustry: retail\n{speaks}",
    }))  # fmt: skip
    made = html(of, "/accounts/some/call/")
    assert text in made
    assert "How many are you?" in made
    assert f'lang="{language or "en"}"><strong>{text}' in made


def test_open_needs_of_known_size_stand_first_on_the_call_sheet() -> None:
    """Few needs find room on one page, so the one with a size is not cut off."""
    needs = {
        "small": {"need": "A nicer card"},
        "done": {"need": "An app", "met": "yes"},
        "large": {"need": "Guests order again", "return": {"size": "20 m CNY a year"}},
    }
    files = {"name": "Some", "industry": "retail", "needs": needs}
    of = site(content({
        "industries/retail.yml": "name: Retail\n", "accounts/some.yml": json.dumps(files),
    }))  # fmt: skip
    made = html(of, "/accounts/some/call/")
    assert made.index("Guests order again") < made.index("A nicer card")
    assert "An app" not in made


def test_the_kits_of_the_project_name_fields_that_exist() -> None:
    """Each question of the content and of the starter leads to a field of the model."""
    found, _ = load(REPO / "content")
    assert found is not None
    seen = 0
    for name in STAGES:
        kit = getattr(found.questions.value, name)
        for step in ("business", "strategy", "problem"):
            for question in getattr(kit, step):
                for field in filter(None, (question.when_missing, question.answer_goes_to)):
                    steps = tuple(0 if one == "*" else one for one in field.split("."))
                    assert at(schema("account"), steps) is not None, field
                    seen += 1
    assert seen > 20
