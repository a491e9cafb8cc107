"""Capabilities: who uses them, who has the pain without them, and the matrix of all accounts."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from io import StringIO
from typing import Any

import pytest

from briefbook.analyse.capabilities import Capable
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from tests.browser import REPO
from tests.independent.closeness import read
from tests.samples import written
from tests.small import content, pages_of, renderer, sample, sample_pages, site
from tests.small import html as any_html

BOOK = """name: Northstar CRM
capabilities:
  cards: {name: Cards, what: Keeps guests}
  stock: {name: Stock}
  idle: {name: Idle}
"""
RETAIL = {
    "name": "Retail",
    "pains": {
        "footfall": {"pain": "Fewer guests", "severity": "high", "answered_by": ["cards"]},
        "queues": {"pain": "Long queues", "answered_by": []},
    },
}


def book(accounts: dict[str, Any]) -> Site:
    """A site of two industries, one of them with a pain that cards answer."""
    files = {"book.yml": BOOK, "industries/other.yml": "name: Other\n",
             "industries/retail.yml": written(RETAIL)}  # fmt: skip
    for id, fields in accounts.items():
        data = {"name": id.title(), "industry": "retail", **fields}
        files[f"accounts/{id}.yml"] = written(data)
    return site(content(files))


def page(made: Site, address: str) -> Page:
    """One of the pages of capabilities; no other is made."""
    found = pages_of(made, "capabilities", "capability")
    return next(one for one in found if one.address == address)


def html(made: Site, address: str) -> str:
    """Its body."""
    return renderer().html(page(made, address))


def of(accounts: dict[str, Any], id: str = "cards") -> Capable:
    """What analysis says of a capability."""
    return book(accounts).results.capabilities[id]


def need(met: str = "no") -> dict[str, Any]:
    """A need that stock would answer."""
    one = {"need": "Count faster", "answered_by": ["stock"], "met": met}
    return {"industry": "other", "needs": {"n": one}}


def test_white_space_is_the_pain_without_the_capability() -> None:
    """An account of the industry lacks it, unless it uses it; one of another industry does not."""
    found = of({"with": {"uses": {"cards": {}}}, "without": {}, "else": {"industry": "other"}})
    assert found.users == ("with",)
    assert [(one.account, one.pains) for one in found.white] == [("without", ("footfall",))]


@pytest.mark.parametrize(("met", "white"), [("no", 1), ("partly", 1), ("yes", 0)])
def test_an_open_need_is_white_space_and_a_met_one_is_not(met: str, white: int) -> None:
    """An account's own need counts until it is met."""
    assert len(of({"one": need(met)}, "stock").white) == white


@pytest.mark.parametrize(("pain", "white"), [({"pain": "Lists"}, 1), ({}, 0)])
def test_a_step_that_hurts_is_white_space(pain: dict[str, str], white: int) -> None:
    """A step of the account's own process counts where it hurts."""
    step = {"step": "Picking", "answered_by": ["stock"], **pain}
    assert len(of({"one": {"industry": "other", "process": [step]}}, "stock").white) == white


def test_white_space_is_ranked_by_potential_and_what_is_unknown_stands_last() -> None:
    """The largest potential first; an unknown one is no zero."""
    found = of({
        "small": {"value_to_us": {"potential": "1 m CNY"}},
        "unknown": {},
        "large": {"value_to_us": {"potential": "9 m CNY"}},
        "nothing": {"value_to_us": {"potential": "0 CNY"}},
    })  # fmt: skip
    assert [one.account for one in found.white] == ["large", "small", "nothing", "unknown"]
    assert [one.potential for one in found.white][3] is None


def test_adoption_is_weighted_by_seats_and_leaves_out_what_is_not_told() -> None:
    """Seats in use over seats, of accounts that tell both; none tells nothing."""
    uses = {"a": {"seats": "30", "active": "100%"}, "b": {"seats": "10", "active": "20%"},
            "c": {"seats": "900"}, "d": {"active": "1%"}}  # fmt: skip
    found = of({id: {"uses": {"cards": one}} for id, one in uses.items()})
    assert (found.seats, found.active) == (Decimal(40), Decimal("0.8"))
    assert of({"c": {"uses": {"cards": {"seats": "900"}}}}).active is None


def test_open_deals_stand_first() -> None:
    """Deals that offer it, signed and lost ones last."""
    deal = {"name": "Deal", "offers": ["cards"]}
    deals = {"a": {**deal, "stage": "lost"}, "b": {**deal, "stage": "captured"}, "c": deal}
    found = of({"one": {"opportunities": deals}})
    assert [(one.opportunity, one.open) for one in found.deals] == [
        ("b", True), ("c", True), ("a", False),
    ]  # fmt: skip


def test_each_capability_has_a_page_that_says_what_is_missing() -> None:
    """Pain, user, white space and deal with their links; words where there is nothing."""
    made = book({"with": {"uses": {"cards": {"seats": "5"}}}, "without": {}})
    cards, idle = html(made, "/capabilities/cards/"), html(made, "/capabilities/idle/")
    assert "../../industries/retail/#pain-footfall" in cards
    assert "../../accounts/with/" in cards
    assert "../../accounts/without/" in cards
    assert "Fewer guests" in cards
    for key in ("capabilities.no-pain", "capabilities.no-account", "capability.no-white",
                "capability.no-deal"):  # fmt: skip
        assert made.words(key) in idle
        assert made.words(key) not in cards or key == "capability.no-deal"


def test_adoption_says_when_it_is_old() -> None:
    """A figure older than a fact may be is marked with the day from which it is stale."""
    uses = {"cards": {"active": "64%", "as_of": "2024-01-31"}}
    made = html(book({"one": {"uses": uses}}), "/capabilities/cards/")
    assert "stale since Jul 2025" in made


def test_the_matrix_tells_use_need_and_pain() -> None:
    """Each account by each capability; a need of its own goes before a pain of its industry."""
    both = {**need(), "industry": "retail", "uses": {"idle": {"active": "64%"}}}
    data = page(book({"both": both}), "/capabilities/").data
    assert [cell["kind"] for cell in data["matrix"][0]["cells"]] == ["pain", "need", "used"]
    assert data["matrix"][0]["cells"][2]["active"] == "64 %"


def test_two_hundred_accounts_a_page_and_all_of_them_in_the_file() -> None:
    """The matrix turns its pages; each list holds twelve; the files hold everything."""
    made = book({f"a-{n:03}": {} for n in range(201)})
    rows = [len(page(made, address).data["matrix"])
            for address in ("/capabilities/", "/capabilities/page/2/")]  # fmt: skip
    assert rows == [200, 1]
    one = page(made, "/capabilities/cards/")
    assert len(one.data["white"]) == 12
    assert one.data["white_more"]["label"] == "189 more"
    for text in (page(made, "/capabilities/").files["accounts.csv"], one.files["accounts.csv"]):
        assert len(list(csv.reader(StringIO(text)))) == 202


def test_no_link_leads_to_an_anchor_of_the_index() -> None:
    """Capabilities have pages of their own, and whoever names one leads there."""
    made = book({"one": {"uses": {"cards": {}}, **need()}})
    for address in ("/accounts/one/", "/industries/retail/", "/industries/pains/"):
        body = any_html(made, address)
        assert "capabilities/#" not in body
        assert "capabilities/cards/" in body


@cache
def files(folder: str) -> dict[str, Any]:
    """What the files of a folder of the sample say, by id."""
    return {path.stem: read(path) for path in sorted((REPO / "content" / folder).glob("*.yml"))}


@pytest.mark.parametrize("id", sample().results.capabilities)
def test_the_sample_says_what_its_files_say(id: str) -> None:
    """Users, white space and pains counted a second time from the files."""
    accounts = list(files("accounts").values())
    industries = {of: one.get("pains") or {} for of, one in files("industries").items()}
    found = sample_pages()[f"/capabilities/{id}/"].json
    assert found is not None
    pains = {of for of, some in industries.items() for one in some.values() if answers(one, id)}
    wanting = [one for one in accounts if id not in (one.get("uses") or {})
               and (one["industry"] in pains or hurts(one, id))]  # fmt: skip
    assert found["users"] == sum(id in (one.get("uses") or {}) for one in accounts)
    assert found["white_space"] == len(wanting)
    assert len(found["pains"]) == sum(answers(one, id) for some in industries.values()
                                      for one in some.values())  # fmt: skip


def answers(one: dict[str, Any], id: str) -> bool:
    """Whether a need, step or pain names the capability, alone or in a list."""
    named = one.get("answered_by") or []
    return id in ([named] if isinstance(named, str) else named)


def hurts(account: dict[str, Any], id: str) -> bool:
    """Whether the account itself has an open need or a step that it would answer."""
    needs = (account.get("needs") or {}).values()
    steps = account.get("process") or ()
    return any(answers(one, id) and one.get("met") != "yes" for one in needs) or any(
        answers(one, id) and one.get("pain") for one in steps
    )


def test_every_capability_of_the_book_has_its_page() -> None:
    """One page each, and the index names all."""
    addresses = {one.address for one in pages_of(sample(), "capabilities", "capability")}
    for id in sample().content.book.value.capabilities:
        assert f"/capabilities/{id}/" in addresses
    assert len(page(sample(), "/capabilities/").data["rows"]) == len(sample().results.capabilities)
