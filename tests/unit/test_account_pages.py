"""Pages of an account: each field on its part, missing in words, confidential nowhere, any size."""

from __future__ import annotations

import gc
import json
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from jinja2.runtime import Context

from briefbook.checks import check
from briefbook.load import Content, load
from briefbook.model.schema import long_form, resolve, schema
from briefbook.pages import accounts
from briefbook.pages.all import pages
from briefbook.pages.call_fit import fitted, heights, shortened
from briefbook.pages.here import Site
from tests.browser import REPO
from tests.independent import counters as independent
from tests.samples import written
from tests.small import TODAY, content, html, page, record, renderer, site, whole
from tests.unit.test_pages import SECRET

BOOK = """\
name: Northstar CRM
team: {mai: {name: Mai Tran}}
capabilities: {crm: {name: Member marketing}, board: {name: Store dashboard}}
"""
AROUND = {
    "book.yml": BOOK,
    "industries/retail.yml": "name: Retail\npains: {footfall: {pain: Fewer guests come}}\n"
                             "questions: [What sells best in the rain?]\n",
    "companies/rival.yml": "name: Rival Soft\n",
    "strategies/promote.yml": "name: Promote\ntactics: {budget: {name: Know the budget}, "
                              "pilot: {name: Run a pilot}}\n",
    "sources.yml": "report: {title: Annual report, kind: financial-report, published: 2026-05}\n",
    "questions.yml": "before: {business: [{id: a, when_missing: in_short.earns, en: What do you "
                     "earn with?, answer_goes_to: in_short.earns}]}\n",
}  # fmt: skip
ADDRESS = "/accounts/some/"


def of(data: dict[str, Any], today: date = TODAY) -> Site:
    """The site with an account of these fields."""
    text = written({"name": "Some", "industry": "retail", **data})
    return site(content({**AROUND, "accounts/some.yml": text}), today)


def part(made: str, anchor: str) -> str:
    """The text of a page from a heading to the next one."""
    at = made.index(f'id="{anchor}"')
    end = re.compile(r"<h[23]\b").search(made, at + 1)
    return made[at : end.start() if end else len(made)]


PEOPLE = {"coo": {"name": "Bao Pham", "title": "COO", "roles": ["decision-maker"]}}
NEED = {"need": "Guests order again", "lever": "raise-revenue", "pain": "footfall", "met": "partly",
        "return": {"size": "2 m CNY a year", "certainty": "medium", "time": "two quarters"},
        "answered_by": ["crm"], "achieved": {"value": "31%", "date": "2026-08-30"}}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "anchor", "words"),
    [({"contract": {"from": "2025-04-01", "until": "2027-03-31", "recurring": "8 m CNY a year",
                    "notice": "90 days", "payment": "30 days", "note": "Fixed price"}},
      "terms", ["1 Apr 2025", "31 Mar 2027", "8 m CNY a year", "90 days", "31 Dec 2026", "30 days",
                "Fixed price"]),
     ({"health": {"is": "amber", "because": "Pilot is late", "date": "2026-10-05"}}, "health",
      ["amber", "Pilot is late", "5 Oct 2026"]),
     ({"uses": {"crm": {"since": "2025-04-01", "seats": "120", "active": "64%", "as_of": "2026-10",
                        "note": "Stores only"}}},
      "uses", ["Member marketing", "Apr 2025", "120", "64 %", "Oct 2026", "Stores only"]),
     ({"value_to_us": {"contribution": {"2025": "10 m CNY"}, "potential": "50 m CNY",
                       "investment": {"2025": {"money": "1 m CNY", "days": "60"}}}},
      "value", ["2025", "10 m CNY", "1 m CNY", "60 working days", "10 %", "50 m CNY"]),
     ({"value_to_us": {"purchases": [{"period": "2025", "what": "Seats", "times": "3",
                                      "value": "1 m CNY"}]}},
      "purchases", ["2025", "Seats", "3", "1 m CNY"]),
     ({"needs": {"more": NEED}}, "promised", ["Guests order again", "2 m CNY a year", "medium",
                                              "two quarters", "31 %", "Aug 2026"]),
     ({"risks": [{"risk": "Budget moves", "likelihood": "medium", "answer": "Meet the CFO",
                  "owner": "mai"}]}, "risks", ["Budget moves", "Meet the CFO", "Mai Tran"]),
     ({"people": PEOPLE, "contacts": [{"date": "2026-10-05", "with": ["coo"], "how": "visit",
       "what": "Talked", "who": "mai", "promised": {"what": "Send it", "by": "2026-11-01"}}]},
      "contacts", ["5 Oct 2026", "Bao Pham", "Talked", "Mai Tran", "Send it", "1 Nov 2026",
                   "overdue"]),
     ({"people": PEOPLE, "satisfaction": [{"date": "2026-07-01", "score": "8", "who": "coo",
       "because": "Fast"}]}, "satisfaction", ["1 Jul 2026", "8 of 10", "Bao Pham", "Fast"]),
     ({"process": [{"step": "Picking", "who": "Staff", "pain": "Lags", "tool": "Paper",
                    "answered_by": ["board"]}]},
      "process", ["Picking", "Staff", "Lags", "Paper", "Store dashboard"]),
     ({"research": {"a": {"method": "look", "date": "2026-08-02", "source": "report",
        "from": {"who": "The board", "side": "supplier", "stance": "sells more"},
        "finding": "Orders fall", "diagnosis": "No second order", "leads_to": ["more"]}},
       "needs": {"more": NEED}},
      "method-1", ["2 Aug 2026", "Annual report", "The board", "sells more", "Orders fall",
                   "No second order", "Guests order again"]),
     ({"signals": [{"date": "2026-08-02", "channel": "forum", "polarity": "negative",
                    "group": "considering", "what": "Slow support", "source": "report"}]},
      "signals", ["2 Aug 2026", "forum", "Slow support", "Annual report"]),
     ({"needs": {"more": NEED, "other": {"need": "Stay cheap", "party": "Guests"}}},
      "needs", ["Guests order again", "Fewer guests come", "Member marketing", "Guests"]),
     ({"opportunities": {"big": {"name": "Big deal", "stage": "captured", "value": "3 m CNY",
       "opened": "2026-05-11", "expected": "2027-Q1", "answers": ["more"], "offers": ["crm"],
       "competitors": ["company/rival"], "next_step": "Ask the CFO", "because": "Chose us",
       "received": [{"date": "2026-06-30", "amount": "1 m CNY"}],
       "bant": {"need": {"verdict": "yes", "evidence": "Said so", "date": "2026-10-01",
                         "source": "report", "who": "coo"},
                "timeline": {"decides_by": "2027-02"},
                "budget": {"verdict": "yes", "amount": "1 m CNY"}}}},
       "needs": {"more": NEED}, "people": PEOPLE},
      "opportunities", ["Big deal", "3 m CNY", "2027-Q1", "Guests order again", "Ask the CFO"]),
     ({"tactics": [{"tactic": "promote/budget", "owner": "mai", "due": "2026-12-15",
                    "status": "doing", "outcome": "Known"}], "strategy": "promote"},
      "tactics", ["Know the budget", "Mai Tran", "15 Dec 2026", "Known", "Run a pilot",
                  "not used"]),
     ({"plan": {"year": "2026", "priorities": {"short": ["Sign"], "medium": ["Roll out"],
                                               "long": ["Class A"]}}},
      "horizons", []),
     ({"plan": {"year": "2026", "actions": {"a": {"what": "Meet", "owner": "mai",
       "due": "2026-11-01", "status": "doing"}}}},
      "actions", ["Meet", "Mai Tran", "1 Nov 2026", "overdue"]),
     ({"plan": {"year": "2026", "reviews": [{"date": "2026-04-02", "rating": "amber",
       "summary": "CFO not met", "decided": ["Move to autumn"],
       "actual": {"incubate": "2", "sign": "2 m CNY"}}]}},
      "reviews", ["1 Apr 2026", "2 Apr 2026", "amber", "CFO not met", "Move to autumn",
                  "Incubate 2", "Sign 2 m CNY", "1 Jul 2026", "overdue", "31 Dec 2026"]),
     ({"important": {"because": "It opens the chain"}, "difficult": {"because": "Five must agree"},
       "focus": {"because": "Budget in November"}, "crm_id": "0015g", "language": "vi",
       "customer_since": "2023-04-01", "profile": {"type": "B2B", "extra": {"stores": "412"}}},
      "profile", ["It opens the chain", "Five must agree", "Budget in November", "0015g",
                  "1 Apr 2023", "B2B", "412"])],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_field_stands_in_its_part(data: dict[str, Any], anchor: str, words: list[str]) -> None:
    """And nothing of it is left for the generic part."""
    site_ = of(data)
    made = whole(site_, ADDRESS)
    there = part(made, anchor)
    assert [word for word in words if word not in there] == []
    assert {one["id"] for one in page(site_, ADDRESS).data["else"]} == set()


def test_the_evidence_of_a_deal_stands_below_it() -> None:
    """Each letter with what shows it, who, when and the source; a budget too small is said."""
    bant = {"budget": {"verdict": "yes", "amount": "1 m CNY", "evidence": "In the plan"},
            "authority": {"verdict": "partly", "who": "coo", "evidence": "Signs up to 2 m"},
            "need": {"verdict": "no", "evidence": "Bought elsewhere", "source": "report"},
            "timeline": {"decides_by": "2027-02"}}  # fmt: skip
    deal = {"name": "Big", "value": "3 m CNY", "bant": bant, "competitors": ["company/rival"]}
    made = html(of({"people": PEOPLE, "opportunities": {"big": deal}}), ADDRESS)
    for word in ("In the plan", "below the value", "Bao Pham", "Signs up to 2 m", "Annual report",
                 "decides by Feb 2027", "Rival Soft", "not a prospect"):  # fmt: skip
        assert word in made


def test_what_is_missing_is_said_in_words() -> None:
    """An account of two lines: no part is empty, and no figure is zero that nobody wrote."""
    site_ = of({})
    made = html(site_, ADDRESS)
    for part_ in ("no contract", "no talk", "no opportunity"):
        assert f"{part_} written down" in made
    for words in ("nobody has judged it", "never asked", "no capability in use"):
        assert words in made
    body = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", made, flags=re.DOTALL)
    assert not re.findall(r"(?<![\w.,%-])0(?: %| CNY)", body)
    assert "<td></td>" not in made
    assert page(site_, ADDRESS).data["plan"]["needed"] is False


def test_a_plan_without_figures_says_so() -> None:
    """Counters that nobody knows are not known, quarters to come are to come; targets stand."""
    plan = {"year": "2026", "targets": {"year": {"incubate": "4"}}}
    made = html(of({"plan": plan}, date(2026, 5, 15)), ADDRESS)
    there = part(made, "counters")
    assert "no figures yet, target 4" in there
    assert there.count("to come") >= 8
    assert "not known" in there
    assert not re.search(r"<td class=\"bb-n\">0\b", there)


@pytest.mark.parametrize(
    ("value", "words"),
    [({"contribution": {"2025": "30 m CNY"}, "potential": "40 m CNY"}, "class A: a plan is asked"),
     ({"contribution": {"2025": "1 m CNY"}, "potential": "25 m CNY"}, "important, class C"),
     ({"contribution": {"2025": "1 m CNY"}, "potential": "15 m CNY"}, "no plan is asked for"),
     ({"contribution": {"2025": "1 m CNY"}, "potential": "2 m CNY"}, "no plan is asked for"),
     ({}, "not classed yet")],
)  # fmt: skip
def test_who_must_have_a_plan(value: dict[str, Any], words: str) -> None:
    """Check 12: class D or an ordinary C without one is no error, and the page asks for none."""
    site_ = of({"value_to_us": value})
    assert words in html(site_, ADDRESS)
    assert not [one for one in check(site_.content, site_.results) if "plan" in one.rule]


def test_confidential_entries_stand_on_none_of_the_pages() -> None:
    """Playbook, JSON, call sheet, hand-over; they count as research all the same."""
    site_ = of({**SECRET, "sources": {"maowen": {"title": "Plain talk", "kind": "article"}}})
    kinds = set()
    for one in pages(site_):
        made = renderer().html(one) + json.dumps(one.json)
        assert "qwz" not in made, one.address
        assert "hush" not in made, one.address
        kinds.add(one.kind)
    assert {"account", "call", "handover", "home", "sources"} <= kinds
    assert page(site_, ADDRESS).data["research"]["covered"] == 2
    data = page(site_, f"{ADDRESS}research/").data["research"]
    assert (data["covered"], data["confidential"]) == (2, 1)


def test_a_call_sheet_says_where_each_answer_belongs() -> None:
    """The YAML field beside each question; of the industry's brief there is none."""
    deal = {"name": "Big", "stage": "captured", "bant": {"budget": {"verdict": "no"}}}
    site_ = of({"opportunities": {"big": deal}})
    sheet = page(site_, f"{ADDRESS}call/")
    asked = [one for group in sheet.data["groups"] for one in group["rows"]]
    assert [one["field"] for one in asked] == [
        "opportunities.big.bant.budget", "in_short.earns", "",
    ]  # fmt: skip
    made = html(site_, f"{ADDRESS}call/")
    for one in asked:
        assert f"<code>{one['field']}</code>" in made or not one["field"]
        assert one["text"] in made
    assert "What sells best in the rain?" in made
    assert "accounts/some.yml" in made


def test_a_handover_lists_what_is_promised_and_open() -> None:
    """The latest first, overdue ones marked; what was kept is no longer owed."""
    talks = [{"date": f"2026-0{n}-01", "promised": {"what": f"Send {n}", "by": f"2026-{by}-01",
              **({"done": done} if done else {})}}
             for n, by, done in ((1, "02", "yes"), (2, "03", ""), (3, "12", "no"),
                                 (4, "05", "2026-04-20"))]  # fmt: skip
    site_ = of(
        {
            "contacts": talks,
            "people": {
                "coo": {"name": "Bao Pham", "verified": "2026-01-05"},
                "gone": {"name": "Dan Left", "left": "2026-02"},
            },
        }
    )
    promises = page(site_, f"{ADDRESS}handover/").data["promises"]
    assert [re.sub("<[^>]+>", "", one["what"]).strip() for one in promises] == ["Send 3", "Send 2"]
    assert [one["kind"] for one in promises] == ["neutral", "bad"]
    made = html(site_, f"{ADDRESS}handover/")
    people = part(made, "people")
    assert "Bao Pham" in people
    assert "5 Jan 2026" in people
    assert "Dan Left" not in people


def test_neighbours_link_to_all_of_the_industry() -> None:
    """Rule 22: at most twelve, and a way to the filtered table."""
    files = {f"accounts/a{n:02}.yml": f"name: A{n:02}\nindustry: retail\n" for n in range(20)}
    site_ = site(content({**AROUND, **files}))
    made = part(html(site_, "/accounts/a05/"), "neighbours")
    assert made.count("<li>") == 12
    assert 'href="../?industry=retail"' in made


def large(chance: int) -> dict[str, Any]:
    """An account of more than 600 lines: every part with many entries."""
    people = {
        f"p{n}": {"name": f"Person {n}", "title": f"Head {n}", "department": f"d{n % 5}",
                  "reports_to": f"p{(n - 1) // 3}", "roles": ["user"], "influence": "medium",
                  "relation": {"now": "2", "target": "4"}, "verified": "2026-09-01"}
        for n in range(1, 30)
    }  # fmt: skip
    people["p0"] = {"name": "Person 0", "title": "CEO", "roles": ["decision-maker", "sponsor"]}
    needs = {f"n{n}": {**NEED, "need": f"Need {n}"} for n in range(20)}
    deals = {
        f"d{n}": {"name": f"Deal {n}", "stage": ("incubating", "captured", "signed", "lost")[n % 4],
                  "value": f"{n + 1} m CNY", "opened": f"2026-0{n % 9 + 1}-10",
                  "answers": [f"n{n}"], "offers": ["crm"]}
        for n in range(16)
    }  # fmt: skip
    findings = {
        f"f{n}": {"method": ("look", "listen", "ask", "feel")[n % 4], "date": "2026-08-02",
                  "finding": f"Finding {n}", "diagnosis": f"Diagnosis {n}", "source": "report",
                  "leads_to": [f"n{(n + chance) % 20}"]}
        for n in range(24)
    }  # fmt: skip
    talks = [
        {"date": f"2026-{n % 9 + 1:02}-05", "with": [f"p{n}"], "what": f"Talk {n}"}
        for n in range(29)
    ]
    return {
        "people": people,
        "needs": needs,
        "opportunities": deals,
        "research": findings,
        "contacts": talks,
        "sample": "yes",
        "plan": {
            "year": "2026",
            "actions": {
                f"a{n}": {"what": f"Do {n}", "due": f"2026-{n % 12 + 1:02}-20"} for n in range(20)
            },
        },
    }


def test_an_account_of_600_lines_renders() -> None:
    """All of its entries stand on its pages, the graph of the argument too, and each id once."""
    data = large(3)
    assert len(written(data).splitlines()) > 600
    site_ = of(data)
    made = whole(site_, ADDRESS)
    for word in [f"Talk {n}" for n in range(29)] + [f"Finding {n}" for n in range(24)]:
        assert re.search(rf"{word}\b", made), word
    for kind, count in (("person", 30), ("need", 20), ("opportunity", 16), ("research", 24)):
        assert len(re.findall(rf'\sid="{kind}-', made)) >= count, kind
    for address in ("", "people/", "research/", "call/", "handover/"):
        shown = html(site_, ADDRESS + address)
        ids = re.findall(r'\sid="([^"]*)"', shown)
        assert sorted(ids) == sorted(set(ids))
        assert address == "research/" or "Person 1" in shown


def test_what_pages_are_made_of_goes_with_them() -> None:
    """No template of an account holds its data in a circle, in which they stay for a long time."""
    site_, templates = site(own()), renderer()
    made = [one for id in site_.content.accounts for one in accounts.of(site_, id)]

    def held() -> int:
        for one in made:
            templates.html(one)
        return sum(isinstance(one, Context) for one in gc.get_objects())

    held()  # each template is there from now on
    gc.collect()
    gc.disable()
    try:
        assert held() == held()
    finally:
        gc.enable()


def test_an_account_of_20_lines_says_what_comes_next() -> None:
    """Head, what is missing by importance, and something to ask."""
    data = {
        "owner": "mai", "lifecycle": "improve", "strategy": "promote", "sample": "yes",
        "in_short": {"earns": "Fees of merchants"}, "profile": {"country": "VN", "size": "large"},
        "value_to_us": {"contribution": {"2025": "1 m CNY"}, "potential": "25 m CNY"},
        "contacts": [{"date": "2026-11-01", "what": "First talk"}],
    }  # fmt: skip
    assert len(written(data).splitlines()) <= 20
    site_ = of(data)
    made = html(site_, ADDRESS)
    for word in ("Fees of merchants", "Mai Tran", "class C", "1 Nov 2026"):
        assert word in made
    missing = page(site_, ADDRESS).data["complete"]["missing"]
    assert [one["field"] for one in missing][:2] == [
        "in_short.heads_for", "in_short.should_reinforce",
    ]  # fmt: skip
    assert "What sells best in the rain?" in html(site_, f"{ADDRESS}call/")


def test_every_field_of_an_account_is_in_the_page_or_in_the_generic_part() -> None:
    """The schema's own list; `test_pages` changes each scalar, this one names each field."""
    root = schema("account")
    fields = [name for name in root["properties"] if name not in {"name", "sample"}]
    assert len(fields) > 25
    assert all(resolve(root, root["properties"][name]) or long_form(root) for name in fields)


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [("Short.", 20, "Short."), ("One. Two is longer than that.", 12, "One."),
     ("One two three four", 9, "One two …"), ("Averyveryverylongword", 5, "Avery…"),
     ("你好。再见。再见", 6, "你好。再见。"), ("", 5, ""),
     ("A [link](ref:x) and **bold**", 99, "A link and bold")],
)  # fmt: skip
def test_texts_are_shortened_at_their_sentences(text: str, longest: int, expected: str) -> None:
    """Else at a word, and marked so; marks of prose go."""
    assert shortened(text, longest) == expected


def test_a_call_sheet_gives_way_by_importance() -> None:
    """Few entries all stay; of many, some of each kind stay as long as there is room for them."""
    person = {"name": "Bao Pham", "title": "COO", "moves": "Efficiency", "roles": "User",
              "closeness": "3.1"}  # fmt: skip
    need = {"need": "Guests order again", "party": "", "answers": "Member marketing",
            "lever": "cut cost", "size": None, "met": "partly"}  # fmt: skip
    asked = {"text": "What do you earn with?", "why": "missing", "field": "in_short.earns",
             "stage": "before"}  # fmt: skip
    head, told = ("Some", "Retail", "Sign"), ["Fees"] * 5
    few = fitted(head, told, [asked], heights([person], [need], [asked], ["Send it"]))
    assert (few.people, few.needs, few.questions, few.promises) == (1, 1, 1, 1)
    assert few.lines >= 2
    long = "Words and more words of a need. " * 4
    people, needs = [{**person, "moves": long}] * 40, [{**need, "need": long}] * 30
    questions = [{**asked, "text": long}] * 30
    many = fitted(head, [long] * 5, questions, heights(people, needs, questions, [long] * 9))
    assert min(many.people, many.needs, many.questions, many.promises) >= 1
    assert many.questions < 9
    assert many.lines >= 2


@cache
def own() -> Content:
    """The repository's own content."""
    found, _ = load(REPO / "content")
    assert found is not None
    return found


def test_pages_say_what_an_independent_script_computes() -> None:
    """Every account of the sample: counters by quarter, completeness and BANT from the YAML."""
    site_ = site(own())
    derived = {}
    for one in (made for id in site_.content.accounts for made in accounts.of(site_, id)):
        if one.kind == "account" and one.json is not None:
            derived[str(one.json["id"])] = one.json["derived"]
    letters = {
        id: next(one["value"] for one in of_ if one["name"] == "class")
        for id, of_ in derived.items()
    }
    expected = independent.accounts(REPO / "content", TODAY, letters)
    assert set(expected) == set(derived) == set(own().accounts)
    quarters = deals = 0
    for id, said in expected.items():
        of_ = derived[id]
        told = {one["of"]: one["numbers"]["quarters"] for one in of_ if one["name"] == "counter"}
        assert told == said["counters"], id
        quarters += sum(one is not None for each in told.values() for one in each)
        (complete,) = (one for one in of_ if one["name"] == "completeness")
        assert complete["numbers"]["parts"] == said["parts"], id
        for one in of_:
            if one["name"] == "bant":
                bant, numbers = said["bant"][one["of"]], one["numbers"]
                assert {name: numbers[name] for name in bant["letters"]} == bant["letters"], id
                assert (one["value"], numbers["weakest"], numbers["prospect"]) == (
                    bant["verdict"], bant["weakest"], bant["prospect"],
                ), id  # fmt: skip
                deals += 1
    assert quarters > 20
    assert deals > 15


def test_one_record_is_as_the_loader_makes_it() -> None:
    """The large account has no field that the model refuses."""
    assert record("account", "big", {"name": "Big", "industry": "retail", **large(1)}).value
