"""Strategies: who uses them and their tactics, what fits, and a team's own ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest

from briefbook.checks import check
from briefbook.load import Content
from briefbook.pages.here import MOST, Site
from tests.small import content, html, page, renderer, sample, sample_pages, site, strategies

OWN = {
    "strategies/water.yml": "name: Water\nfits: {classes: [c], lifecycles: [acquire, improve]}\n"
                           "tactics: {pour: {name: Pour}, wait: {name: Wait}}\n",
    "strategies/reasons.yml": "name: Prune\nfits: {classes: [a, b, d]}\n"
                              "tactics: {cut: {name: Cut}}\n",
    "strategies/nobody.yml": "name: Nobody\n",
}  # fmt: skip
"""A team's own strategies, one of them for no class."""
C = "value_to_us: {contribution: {2025: 2 m CNY}, potential: 40 m CNY}\n"
D = "value_to_us: {contribution: {2025: 1 m CNY}, potential: 2 m CNY}\n"


def book(accounts: Mapping[str, str], own: Mapping[str, str] = OWN) -> Content:
    """A book with strategies and accounts by id."""
    return content(
        {
            "book.yml": "name: Northstar CRM\nteam: {mai: {name: Mai}}\n",
            "industries/retail.yml": "name: Retail\n",
            **own,
            **{f"accounts/{id}.yml": f"name: The {id}\nindustry: retail\n{text}"
               for id, text in accounts.items()},
        }
    )  # fmt: skip


def test_the_sample_has_five_strategies_with_their_tactics() -> None:
    """Check 11: 5, 3, 5, 4 and 3 tactics, 20 in all, each on the page of its strategy."""
    read, made = sample().content, sample_pages()
    wanted = {"acquire": 5, "promote": 3, "retain": 5, "win-back": 4, "static": 3}
    assert set(read.strategies) == set(wanted)
    for id, number in wanted.items():
        of = made[f"/strategy/{id}/"]
        assert len(of.data["tactics"]) == number
        body = renderer().html(of)
        for one in read.strategies[id].value.tactics.values():
            assert one.name in body


def test_a_team_may_write_its_own_strategies() -> None:
    """Nothing depends on the ids: overview, classes and pages follow what is written."""
    made = site(book({
        "x": C + "lifecycle: improve\nstrategy: water\ntactics: [{tactic: water/pour}]\n",
        "y": D + "lifecycle: decline\nstrategy: reasons\n",
        "z": D + "strategy: water\n",
    }))  # fmt: skip
    overview = page(made, "/strategy/").data
    counts = {one["id"]: (one["accounts"], one["misfits"]) for one in overview["strategies"]}
    assert counts == {"water": (2, 1), "reasons": (1, 0), "nobody": (0, 0)}
    c_row = next(row for row in overview["matrix"] if row["letter"] == "C")
    assert [cell["first"] for cell in c_row["cells"][:2]] == ["Water", "Water"]
    assert not any(cell["unusual"] for row in overview["matrix"] for cell in row["cells"])
    assert "Pour" in html(made, "/strategy/water/")
    assert "for no class" in html(made, "/strategy/nobody/")
    of_d = page(made, "/classes/d/").data["strategies"]
    assert [(one["id"], one["meant"], one["count"]) for one in of_d] == [
        ("reasons", True, 1), ("water", False, 1),
    ]  # fmt: skip


def test_a_stage_without_a_strategy_of_the_class_is_a_mismatch() -> None:
    """Counted, linked to the filtered table, and the accounts named with their reason."""
    made = site(book({"x": C + "lifecycle: decline\n"}))
    row = next(row for row in page(made, "/strategy/").data["matrix"] if row["letter"] == "C")
    cell = row["cells"][3]
    assert (cell["count"], cell["unusual"]) == (1, True)
    assert cell["href"].endswith("accounts/?class=C&lifecycle=decline")
    assert "is unusual" in html(made, "/strategy/")


def test_another_strategy_than_fits_is_a_warning_unless_it_has_a_reason() -> None:
    """The warning says why; the exception is listed with what was written."""
    accounts = {"x": D + "strategy: water\n",
                "y": D + "strategy: {is: water, because: The owner asked for it}\n"}  # fmt: skip
    made = book(accounts)
    told = [one for one in check(made, site(made).results) if one.rule == "strategy-misfit"]
    assert [one.place.file for one in told] == ["accounts/x.yml"]
    data = page(site(made), "/strategy/water/").data
    assert [one["id"] for one in data["misfits"]] == ["x"]
    assert [one["id"] for one in data["exceptions"]] == ["y"]
    assert "The owner asked for it" in data["exceptions"][0]["why"]
    assert "Prune" in data["misfits"][0]["why"]


TACTICS = """strategy: water
tactics:
  - {tactic: water/pour, owner: mai, status: done, outcome: It grew}
  - {tactic: water/pour, status: open, due: 2026-11-01}
  - {tactic: water/pour}
  - {tactic: reasons/cut, status: dropped}
"""


def test_tactics_say_who_how_far_and_what_came_of_it() -> None:
    """Counts by state, outcomes, what is late, and uses at accounts with another strategy."""
    made = site(book({"x": C + TACTICS}))
    pour, wait = page(made, "/strategy/water/").data["tactics"]
    assert [one["label"] for one in pour["states"]] == ["done: 1", "open: 1"]
    assert pour["unsaid"] == "1 without a state"
    assert pour["outcomes"] == "1 of 3 say what came of it"
    assert [one["label"] for one in pour["uses"]] == ["open", None, "done"]
    assert [one["late"] for one in pour["uses"]] == ["overdue", None, None]
    assert pour["uses"][2]["owner"] == "Mai"
    assert (wait["count"], wait["uses"]) == (None, [])
    shown = html(made, "/strategy/water/")
    assert "It grew" in shown
    assert "no outcome yet" in shown
    other = page(made, "/strategy/reasons/").data
    assert other["foreign"] == "1 use is at an account that has another strategy."


def test_json_and_table_count_the_same() -> None:
    """`index.json` has states of each tactic; `uses.csv` a line for each use."""
    one = page(site(book({"x": C + TACTICS})), "/strategy/water/")
    told: Any = one.json
    pour = next(each for each in told["derived"] if each.get("of") == "pour")
    assert pour["value"] == 3
    assert pour["numbers"] == {"done": 1, "doing": 0, "open": 1, "dropped": 0, "unsaid": 1,
                               "told": 1}  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(one.files["uses.csv"])))
    assert [row["tactic"] for row in rows] == ["pour"] * 3
    assert rows[0]["due"] == "2026-11-01"


def test_long_lists_end_at_twelve() -> None:
    """Accounts, uses and misfits; the rest is a link."""
    many = {f"x{n:02}": D + "strategy: water\ntactics: [{tactic: water/pour}]\n" for n in range(14)}
    data = page(site(book(many)), "/strategy/water/").data
    assert len(data["accounts"]) == len(data["misfits"]) == MOST
    assert len(data["tactics"][0]["uses"]) == MOST
    assert data["tactics"][0]["more"] == data["misfits_more"] == "2 more"


def told(made: Content) -> list[str]:
    """Rules of strategies that are broken."""
    rules = {"tactic-elsewhere", "strategy-incomplete"}
    return [one.rule for one in check(made, site(made).results) if one.rule in rules]


@pytest.mark.parametrize(
    ("strategy", "status", "number"),
    [("water", "open", 1), ("water", "doing", 1), ("water", "done", 0), ("water", "dropped", 0),
     ("reasons", "open", 0)],
)  # fmt: skip
def test_a_tactic_of_another_strategy_is_told_while_it_is_to_be_done(
    strategy: str, status: str, number: int
) -> None:
    """What is done or dropped is history."""
    text = f"strategy: {strategy}\ntactics: [{{tactic: reasons/cut, status: {status}}}]\n"
    own = {id: one for id, one in OWN.items() if "nobody" not in id}
    assert told(book({"x": C + text}, own)) == ["tactic-elsewhere"] * number


def test_a_strategy_without_tactics_or_class_is_told() -> None:
    """Once for each that lacks."""
    assert told(book({})) == ["strategy-incomplete"] * 2
    assert told(book({}, strategies())) == ["strategy-incomplete"] * 5


def test_a_book_without_strategies_has_the_page() -> None:
    """Nobody is told to use one."""
    made: Site = site(book({"x": C}, {}))
    assert "1 account without a strategy" in html(made, "/strategy/")
    assert "no strategy is meant for this class" in html(made, "/classes/c/")
