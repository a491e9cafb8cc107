"""Home: every number is what the YAML gives, and the nine-box shows each account or counts all."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from briefbook.pages import nine_box
from briefbook.pages.codes import ROOM, codes
from briefbook.pages.here import Here, Site
from tests.browser import REPO
from tests.independent import home as independent
from tests.samples import written
from tests.small import TODAY, content, html, page, sample, site

BOOK = "name: Northstar CRM\nteam: {mai: {name: Mai}, lin: {name: Lin}}\n"


def book(accounts: dict[str, Any], policy: str = "") -> Site:
    """A site of some accounts."""
    files = {f"accounts/{id}.yml": written({"name": id.title(), "industry": "retail", **fields})
             for id, fields in accounts.items()}  # fmt: skip
    return site(content({"book.yml": BOOK + policy, "industries/retail.yml": "name: Retail\n",
                         **files}))  # fmt: skip


def worth(contribution: str, potential: str) -> dict[str, Any]:
    """What an account brought in 2025 and could bring."""
    return {"value_to_us": {"contribution": {"2025": contribution}, "potential": potential}}


def many(n: int, contribution: str = "1 m CNY") -> dict[str, Any]:
    """Some accounts in one cell."""
    return {f"some-{at:03}": worth(contribution, "12 m CNY") for at in range(n)}


def test_every_number_of_the_page_is_what_an_independent_script_computes() -> None:
    """The page's JSON and a script that imports nothing of Briefbook agree in every number."""
    found = page(sample(), "/").json
    assert found is not None
    told = independent.compute(REPO / "content", TODAY)
    assert told["accounts"] > 20
    assert told["overdue"] > 0
    assert set(told) <= set(found)
    for name, value in told.items():
        ours = {k: v for k, v in found[name].items() if k != "none"} if name == "classes" else (
            found[name])  # fmt: skip
        assert plain(ours) == plain(value), name


def plain(value: Any) -> Any:
    """Numbers as fractions to five decimals, so that 0.5 and 1/2 are the same."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, str) and value.replace(".", "").isdigit() and len(value) != 4:
        return round(Fraction(value), 5)
    return round(Fraction(value), 5) if isinstance(value, (int, float, Fraction)) else value


def test_the_page_shows_the_numbers_of_its_json() -> None:
    """Counts of the sentence and of the tables are those of the JSON, each with its link."""
    of = sample()
    made, found = html(of, "/"), page(of, "/").json
    assert found is not None
    assert f"<strong>{found['accounts']} accounts</strong>" in made
    assert f'<a href="due/overdue/">{found["overdue"]} things are overdue</a>' in made
    assert f'<a href="due/soon/">{found["soon"]} fall due by 22 Dec</a>' in made
    for kind, count in found["signs"].items():
        assert f'<a href="due/{kind}/">' in made
        assert len(sheets(of, f"/due/{kind}/")) >= count
    for cell, there in found["nine_box"].items():
        (row, column), count = cell.split("/"), there["accounts"]
        link = f'<a href="accounts/?potential={column}&amp;contribution={row}">{count}</a>'
        assert (link in made) == bool(count)


def sheets(of: Site, address: str) -> list[dict[str, Any]]:
    """Rows of a list at an address."""
    return list(page(of, address).data["rows"])


@pytest.mark.parametrize(
    ("contribution", "potential", "row", "column"),
    [
        ("10 m CNY", "50 m CNY", 1, 2),  # check 3: high in itself, a fifth of what is possible
        ("10 m CNY", "10 m CNY", 0, 1),
        ("5 m CNY", "9 m CNY", 1, 0),  # check 2: 5 m is medium
        ("4,999,999 CNY", "9 m CNY", 2, 0),
        ("30 m CNY", "30 m CNY", 0, 2),
    ],
)
def test_an_account_stands_in_the_cell_of_its_levels(
    contribution: str, potential: str, row: int, column: int
) -> None:
    """Potential across, contribution up; a threshold belongs to the level that it opens."""
    grid = page(book({"one": worth(contribution, potential)}), "/").data["grid"]
    cells = [(r, c) for r, line in enumerate(grid["rows"])
             for c, cell in enumerate(line["cells"]) if cell["count"]]  # fmt: skip
    assert cells == [(row, column)]
    assert [cell["letter"] for line in grid["rows"] for cell in line["cells"]] == [*"BBADCCDCC"]


def test_heads_name_thresholds_with_their_currency_and_whose_they_are() -> None:
    """The book's own thresholds are shown as its own, the others as the project's default."""
    assert [one["note"] for one in page(book({}), "/").data["grid"]["columns"]] == [
        "under 10 m CNY", "10 m to 30 m CNY", "30 m CNY and more",
    ]  # fmt: skip
    assert page(book({}), "/").data["thresholds"] == "project default"
    own = book({}, "nine_box: {contribution: {medium: 1 m USD, high: 3 m USD}}\n"
                   "rates: {USD: 7}\n")  # fmt: skip
    data = page(own, "/").data
    assert [one["note"] for one in data["grid"]["rows"]] == [
        "3 m USD and more", "1 m to 3 m USD", "under 1 m USD",
    ]  # fmt: skip
    assert data["thresholds"] == "set in book.yml"


def cell(of: Site) -> dict[str, Any]:
    """The only cell that is not empty."""
    grid = nine_box.nine_box(Here(of, "/"))
    (found,) = [each for row in grid["rows"] for each in row["cells"] if each["count"]]
    assert isinstance(found, dict)
    return found


def test_six_names_then_dots_then_counts() -> None:
    """To 6 a cell names its accounts, to 300 in all it has a dot for each, then it counts."""
    six, seven, most, more = (cell(book(many(n))) for n in (6, 7, 300, 301))
    assert (len(six["accounts"]), six["dots"], six["bar"]) == (6, [], None)
    assert (seven["accounts"], len(seven["dots"]), seven["bar"]) == ([], 7, None)
    assert (most["accounts"], len(most["dots"]), most["bar"]) == ([], 300, None)
    assert (more["accounts"], more["dots"], more["bar"]) == ([], [], 1.0)
    assert (more["count"], more["sum"]) == (301, "301 m")


def test_each_dot_has_a_code_of_its_own_and_a_name_below() -> None:
    """300 dots in one cell: 300 different codes, each explained and linked."""
    of = book(many(300))
    grid = page(of, "/").data["grid"]
    dots = [one["code"] for row in grid["rows"] for each in row["cells"] for one in each["dots"]]
    assert len(set(dots)) == 300
    named = [(one["code"], one["name"]) for group in grid["names"] for one in group["accounts"]]
    assert sorted(code for code, _ in named) == sorted(dots)
    made = html(of, "/")
    assert made.count('class="bb-nine-dot ') == 300
    assert len(made.encode()) < 500_000


def test_empty_cells_stay_and_say_so() -> None:
    """All nine cells stand in the table; an empty one says none and links nowhere."""
    made = html(book({"one": worth("1 m CNY", "1 m CNY")}), "/")
    assert made.count("bb-nine-cell") == 9
    assert made.count("none\n</div>") + made.count(" none</div>") == 8


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Lantern Fresh", "LF"),
        ("Đông Á", "DA"),
        ("Orion", "OR"),
        ("晨光", "CG"),
        ("7-Eleven", "EL"),
    ],
)
def test_a_code_is_made_of_the_name(name: str, code: str) -> None:
    """Initials, else letters of the name; of the id where the name has no Latin letters."""
    assert codes({"chen-guang": name}) == {"chen-guang": code}


def test_codes_never_meet() -> None:
    """As many equal names as there are codes get a code each; one more is refused."""
    same = {str(n): "Same Name" for n in range(ROOM)}
    assert len(set(codes(same).values())) == ROOM
    with pytest.raises(ValueError, match="677"):
        codes({**same, "more": "Same Name"})


def test_the_rest_of_a_list_is_one_link_away() -> None:
    """Beside the nine-box stand a few; all of them stand on a page of their own, 200 a page."""
    due = {"plan": {"year": "2026", "actions": {"a": {"what": "Call", "due": "2026-11-01"}}}}
    of = book({f"a-{n:03}": {**worth("1 m CNY", "2 m CNY"), **due} for n in range(201)})
    group = page(of, "/").data["due"][0]
    overdue = page(of, "/").json or {}
    assert group["more"]["href"] == "due/overdue/"
    assert len(group["items"]) <= 12
    pages_of = [page(of, one).data for one in ("/due/overdue/", "/due/overdue/page/2/")]
    assert sum(len(one["rows"]) for one in pages_of[:1]) == 200
    assert overdue["overdue"] == 201 * 4  # the action, and three reviews that were not held
    assert pages_of[1]["rows"]


def test_a_book_without_accounts_has_a_home() -> None:
    """Nothing is known: it says so, and shows no zero as an amount."""
    of = book({})
    made = html(of, "/")
    assert "no contribution of a full year is known" in made
    assert "Nothing is due" in made
    assert json.dumps(page(of, "/").json)


def test_by_owner_adds_up_to_the_whole() -> None:
    """Each account counts with its owner, or with nobody."""
    found = page(sample(), "/").json
    assert found is not None
    for name in ("accounts", "known", "overdue", "soon", "contracts", "silent", "stale"):
        assert sum(one[name] for one in found["owners"].values()) == found[name], name
    paid = sum(Decimal(one["contribution"]) for one in found["owners"].values())
    assert paid == Decimal(found["contribution"])


def test_who_is_owned_by_nobody_is_counted_with_nobody() -> None:
    """An account without an owner has a row, without a link to a book."""
    of = book({"one": {"owner": "mai"}, "two": {}})
    rows = page(of, "/").data["owners"]["rows"]
    assert [(one["name"], one["href"]) for one in rows] == [("Nobody", None), ("Mai", "team/mai/")]
