"""Research: the argument from fact to offer, cited at each step, and nothing confidential in it."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.research import KINDS, Argument, argument, coverage
from tests.small import account

BRAND = {
    "research": {
        "margins": {"method": "look", "finding": "Both gross margins fall", "source": "report",
                    "diagnosis": "Apparel drags the brand down", "leads_to": ["sell-apparel"]},
        "stock": {"method": "ask", "finding": "Tents for glamping pile up",
                  "source": ["shop", "report"], "leads_to": ["clear-stock", "gone"]},
        "quiet": {"method": "listen", "finding": "Nobody knows the sub-brand"},
        "hush": {"method": "feel", "finding": "The founder wants out", "confidential": "yes",
                 "diagnosis": "A sale", "leads_to": ["sell-apparel"], "source": "founder"},
    },
    "needs": {
        "clear-stock": {"need": "Sell tents", "answered_by": ["outlet"]},
        "sell-apparel": {"need": "Sell apparel", "answered_by": ["members"]},
        "idle": {"need": "Something else"},
    },
    "opportunities": {
        "crm": {"name": "CRM", "answers": ["sell-apparel", "gone"], "offers": ["members", "board"],
                "bant": {"need": {"verdict": "yes", "source": "coo"}}},
        "alone": {"name": "Alone"},
    },
}  # fmt: skip


def found(**changes: Any) -> Argument:
    """The argument of the outdoor brand, changed."""
    return argument(account(**(BRAND | changes)))


def steps(of: Argument) -> list[tuple[str, str, tuple[str, ...]]]:
    """Every step in short."""
    return [("/".join(one.source), "/".join(one.target), one.cited) for one in of.links]


def test_facts_lead_to_offers() -> None:
    """Row 40: fact, diagnosis, need, opportunity, offer; each step cites what stands behind it."""
    assert steps(found()) == [
        ("fact/margins", "diagnosis/margins", ("report",)),
        ("diagnosis/margins", "need/sell-apparel", ("report",)),
        ("fact/stock", "need/clear-stock", ("shop", "report")),
        ("need/sell-apparel", "opportunity/crm", ("coo",)),
        ("opportunity/crm", "offer/members", ()),
        ("opportunity/crm", "offer/board", ()),
        ("need/clear-stock", "offer/outlet", ()),
    ]  # fmt: skip


def test_a_need_that_a_deal_answers_leads_to_its_offers_only() -> None:
    """Else the same offer would hang on two ends; without a deal the need's own answer stands."""
    plain = steps(found(opportunities={}))
    assert ("need/sell-apparel", "offer/members", ()) in plain
    assert ("need/sell-apparel", "offer/members", ()) not in steps(found())


def test_what_is_confidential_is_no_part_of_the_argument() -> None:
    """Neither as a node nor as a step nor by its source."""
    of = found()
    assert ("fact", "hush") not in of.nodes
    assert ("diagnosis", "hush") not in of.nodes
    assert not [one for one in steps(of) if "hush" in one[0] + one[1] or "founder" in one[2]]
    assert coverage(account(**BRAND))["feel"] == 1


def test_nodes_stand_by_kind_and_then_as_in_the_file() -> None:
    """Each once, with every end of a step among them; offers where they are first named."""
    of = found()
    kinds = [KINDS.index(kind) for kind, _ in of.nodes]
    assert kinds == sorted(kinds)
    assert len(set(of.nodes)) == len(of.nodes)
    assert {end for one in of.links for end in (one.source, one.target)} <= set(of.nodes)
    named = {kind: [id for each, id in of.nodes if each == kind] for kind in KINDS}
    assert named["fact"] == ["margins", "stock", "quiet"]
    assert named["need"] == ["clear-stock", "sell-apparel", "idle"]
    assert named["offer"] == ["outlet", "members", "board"]
    assert named["opportunity"] == ["crm"]


def test_dead_ends_are_facts_and_needs_from_which_nothing_follows() -> None:
    """A reference to a need that does not exist leads nowhere."""
    assert found().dead == (("fact", "quiet"), ("need", "idle"))
    lost = {"a": {"method": "look", "finding": "A", "leads_to": ["gone"]}}
    assert found(research=lost, needs={}, opportunities={}).dead == (("fact", "a"),)


def test_no_research_is_no_argument() -> None:
    """Nothing in, nothing out."""
    assert argument(account()) == Argument((), (), ())


def test_coverage_counts_entries_by_method() -> None:
    """望闻问切 in this order, confidential entries too; none is zero."""
    assert coverage(account(**BRAND)) == {"look": 1, "listen": 1, "ask": 1, "feel": 1}
    assert list(coverage(account())) == ["look", "listen", "ask", "feel"]
    assert set(coverage(account()).values()) == {0}
