"""Pages of value chains: every group answers, large chains end, nothing is a formula."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable
from functools import cache
from io import StringIO
from itertools import chain as joined

import pytest

from briefbook.decode import INDUSTRY
from briefbook.load import Content, Record
from briefbook.model import Industry
from briefbook.pages import brief
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.pages.table_csv import csv_text
from briefbook.shape import shape
from briefbook.source import pack, read
from tests.small import content, having, pages_of, renderer, site, strategies

MOST_BYTES = 500_000


def id_(at: int) -> str:
    return f"n{at:04d}"


def chain(count: int, flows: Iterable[str], stages: int = 4) -> str:
    """A value chain as it is written: so many groups spread over stages."""
    nodes = "".join(f"  {id_(at)}: {{stage: s{at % stages}, name: G{at}}}\n" for at in range(count))
    listed = ", ".join(f"s{at}" for at in range(stages))
    given = "".join(f" - {{{one}}}\n" for one in flows)
    return (
        f"value_chain:\n stages: [{listed}]\n"
        + (f" nodes:\n{nodes}" if count else "")
        + (f" flows:\n{given}" if given else "")
    )


def flow(source: int, target: int, more: str = "") -> str:
    """A flow as it is written."""
    return f"from: {id_(source)}, to: {id_(target)}{more}"


@cache
def around() -> Content:
    """A book with an account at the first group of the industry's chain."""
    return content(
        {
            **strategies(),
            "industries/retail.yml": "name: Retail\n",
            "companies/jd.yml": "name: JD.com\n",
            "accounts/lantern.yml": (
                "name: Lantern Fresh\nindustry: retail\nstands_at: [n0000]\n"
                "value_to_us: {contribution: {2025: 5 m CNY}, potential: 50 m CNY}\n"
            ),
        }
    )


def having_chain(made: str) -> Site:
    """The site of the book with that chain."""
    file = "industries/retail.yml"
    written, refused = read(f"name: Retail\n{made}".encode(), file, INDUSTRY)
    assert written is not None, refused
    value, problems = shape("industry", Industry, written)
    assert value is not None, problems
    return site(having(around(), Record("industry", "retail", file, value, pack(written))))


HURTS = ", pain: Too late, severity: high"


def dense() -> str:
    """67 groups and 2,819 flows with cycles and self-loops; every fifth flow hurts."""
    pairs = random.Random(7).sample([(a, b) for a in range(67) for b in range(67)], 2819)
    flows = (flow(*one, HURTS if not at % 5 else ", what: goods") for at, one in enumerate(pairs))
    return chain(67, flows)


def ring() -> str:
    """A thousand groups, each giving to the next."""
    return chain(1000, (flow(at, (at + 1) % 1000) for at in range(1000)))


def star() -> str:
    """One group that gives to 5,000 others."""
    return chain(5001, (flow(0, at) for at in range(1, 5001)))


STRESS: dict[str, Callable[[], str]] = {
    "dense": dense,
    "ring": ring,
    "star": star,
    "empty": lambda: chain(0, ()),
    "none": lambda: "",
    "one": lambda: chain(1, [flow(0, 0, ", pain: Waits for itself")], 1),
}


def made(of: Site) -> dict[str, Page]:
    """The brief and every page of chains, by address."""
    found = [brief.page(of, of.content.industries["retail"]), *pages_of(of, "chains", "chain")]
    assert len({one.address for one in found}) == len(found)
    return {one.address: one for one in found}


def body(one: Page) -> str:
    return renderer().html(one)


@pytest.mark.parametrize("name", STRESS)
def test_large_chains_end(name: str) -> None:
    """Whatever its shape, a chain builds its pages, and none is over 500 kB."""
    found = made(having_chain(STRESS[name]()))
    assert {"/value-chain/", "/industries/retail/"} <= found.keys()
    assert max(len(body(one).encode()) for one in found.values()) <= MOST_BYTES


def small() -> str:
    """A chain with a cycle, a self-loop, a bridge, and pains of each kind."""
    hurts = ", severity: {}, pain: Hurts {}"
    flows = (
        flow(0, 1, ", what: Wheat" + hurts.format("low", "little")),
        flow(1, 2, ", what: Flour" + hurts.format("high", "much")),
        flow(2, 1, ", what: Orders"),
        flow(2, 2, ", what: Leftovers"),
        flow(2, 3, ", what: Bread, opportunity: Sell more"),
        flow(3, 4),
    )
    return chain(5, flows, 5)


def test_the_same_chain_gives_the_same_pages() -> None:
    """Byte for byte, files too."""
    first, again = made(having_chain(small())), made(having_chain(small()))
    assert {id: body(one) for id, one in first.items()} == {
        id: body(one) for id, one in again.items()
    }
    assert [one.files for one in first.values()] == [one.files for one in again.values()]


def test_pages_only_where_we_stand_or_where_it_hurts() -> None:
    """Of five groups those with an account and those at a flow with a pain, linked in the brief."""
    found = made(having_chain(small()))
    nodes = {one.address for one in found.values() if one.kind == "chain-node"}
    assert nodes == {f"/value-chain/retail/n000{at}/" for at in range(3)}
    text = body(found["/industries/retail/"])
    assert 'href="../../value-chain/retail/n0002/"' in text
    assert "retail/n0003/" not in text


def test_pains_are_numbered_the_worst_first() -> None:
    """The number in the drawing is that of the table."""
    found = made(having_chain(small()))["/industries/retail/"].data["chain"]
    assert [(one["number"], one["pain"]) for one in found["pains"]] == [
        (1, "Hurts much"),
        (2, "Hurts little"),
    ]
    assert [one["what"] for one in found["flows"]] == ["Orders", "Leftovers", "Bread", None]
    assert found["drawing"]["wide"].count("bb-chain-pain") == 2


def test_a_flow_to_its_own_group_leads_nowhere_else() -> None:
    """It is said to lead to itself, never back; a flow that closes a cycle leads back."""
    found = made(having_chain(small()))["/industries/retail/"].data["chain"]
    notes = {one["what"]: one["note"] for one in (*found["flows"], *found["pains"])}
    assert notes["Leftovers"] == "to itself"
    assert notes["Orders"] == "back"
    assert notes["Bread"] is None
    assert found["drawing"]["wide"].count("bb-chain-flow--back") == 1
    alone = made(having_chain(STRESS["one"]()))["/industries/retail/"].data["chain"]
    assert "earlier" not in " ".join(one["text"] for one in alone["drawing"]["legend"])


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    """A chain without pains and companies has no sign for them."""
    signs = made(having_chain(chain(2, [flow(0, 1)])))["/industries/retail/"].data["chain"]
    texts = [one["text"] for one in signs["drawing"]["legend"]]
    assert texts == ["flow", "an account of ours stands here", "our account, with its class"]


def test_findings_have_their_reasons() -> None:
    """Critical groups, single sources, weak links and cycles, each in a sentence."""
    found = made(having_chain(small()))["/industries/retail/"].data["chain"]["findings"]
    parts = {part["id"]: part["entries"] for part in found}
    critical = {one["link"]["name"]: one["text"] for one in parts["critical"]}
    # 12 pairs of other groups; through G2 lead the ways 0 and 1 to 3 and 4: 4 of 12
    assert critical["G2"] == (
        "without it, parts of the chain no longer hang together; "
        "on 33.3 % of the shortest ways between other groups"
    )
    single = {one["link"]["name"]: one["text"] for one in parts["single"]}
    assert single["G3"] == "takes “Bread” and all else from G2 only"
    assert single["G4"] == "takes from G3 only"
    assert "G1" not in single
    assert parts["weak"][0]["number"] == 1
    assert parts["weak"][0]["text"] == "Hurts much; high; no answer of ours yet"
    (cycle,) = parts["cycles"]
    assert cycle["link"]["name"] == "G2 → G2"
    assert cycle["text"] == "a shortest way round among 2 groups that reach each other"


def test_findings_stand_in_the_json() -> None:
    """Each with its rule, numbers and sentence."""
    data = made(having_chain(small()))["/industries/retail/"].json
    assert data is not None
    found = {(one["name"], one["value"]): one for one in data["derived"]}
    assert found["critical_group", "n0002"]["numbers"]["articulation"] is True
    assert found["single_source", "n0003"]["numbers"] == {"source": "n0002", "flow": 4}
    assert found["weak_link", 1]["numbers"]["severity"] == "high"
    exposure = found["exposure", "n0000"]
    assert exposure["numbers"]["accounts"] == ["lantern"]
    assert exposure["sentence"] == (
        "G0: 1 account depends on it, 5 m CNY, 100 % of all contributions"
    )
    assert all(one["sentence"] and one["rule"] for one in data["derived"])


def test_a_group_shows_its_neighbourhood_first() -> None:
    """Forty groups are drawn, the rest is counted, and the whole is one link away."""
    hub = chain(101, (flow(0, at) for at in range(1, 101)), 2)
    one = made(having_chain(hub))["/value-chain/retail/n0000/"]
    text = body(one)
    assert one.data["drawing"]["wide"].count("bb-chain-box") == 40
    assert one.data["left_out"] == "61 more groups not drawn"
    assert "/industries/retail/#value-chain" in text
    downstream = one.data["ways"][1]
    assert (len(downstream["groups"]), downstream["more"]) == (40, "60 more")


def test_every_number_of_a_neighbourhood_has_its_row() -> None:
    """What hurts between neighbours is drawn, numbered and listed, as what hurts here is."""
    data = made(having_chain(small()))["/value-chain/retail/n0000/"].data
    parts = {part["id"]: [row["number"] for row in part["rows"]] for part in data["flows"]}
    assert parts == {"in": [], "out": [2], "loop": [], "nearby": [1]}
    assert data["drawing"]["wide"].count("bb-chain-pain") == 2


def test_a_crowded_brief_stays_small() -> None:
    """As much as is drawn whole, long texts and a pain at each flow: its tables move out."""
    texts = f", pain: {'late and dear ' * 8}x, opportunity: {'data and more data ' * 6}x"
    flows = [flow(at % 60, (at * 7 + 1) % 60, texts) for at in range(180)]
    found = made(having_chain(chain(60, flows)))
    data = found["/industries/retail/"].data["chain"]
    assert not data["drawing"]["by_stage"]
    assert len(data["pains"]) == 60
    assert len(found["/industries/retail/flows/"].data["flows"]) == 180
    assert max(len(body(one).encode()) for one in found.values()) <= 0.7 * MOST_BYTES


def test_long_tables_go_on_on_pages_of_their_own() -> None:
    """200 rows a page, every flow once, with a way to the next and a CSV of all."""
    found = made(having_chain(chain(450, (flow(at, at + 1) for at in range(449)))))
    base = "/industries/retail/flows/"
    sheets = [found[base], found[f"{base}page/2/"], found[f"{base}page/3/"]]
    rows = [[row["from"]["name"] for row in one.data["flows"]] for one in sheets]
    assert [len(one) for one in rows] == [200, 200, 49]
    assert list(joined.from_iterable(rows)) == [f"G{at}" for at in range(449)]
    assert sheets[0].data["pager"]["text"] == "Rows 1 to 200 of 449"
    assert sheets[0].data["pager"]["after"]["href"] == "page/2/"
    assert sheets[2].data["pager"]["before"]["href"] == "../2/"
    assert sheets[2].data["pager"]["after"] is None
    table = list(csv.reader(StringIO(found["/industries/retail/"].files["flows.csv"])))
    assert [row[1] for row in table[1:]] == [f"G{at}" for at in range(449)]
    assert found["/value-chain/page/3/"].data["rows"][-1]["name"] == "G449"


def test_no_cell_is_a_formula() -> None:
    """What begins like one is prefixed; all else stays as it is."""
    text = csv_text(["a"], [[one] for one in ("=1+1", "+1", "-1", "@x", "\tx", "1-1", None, 7)])
    cells = [row[0] if row else "" for row in csv.reader(StringIO(text))]
    assert cells == ["a", "'=1+1", "'+1", "'-1", "'@x", "'\tx", "1-1", "", "7"]
    written = made(having_chain(chain(2, [flow(0, 1, ", what: '=cmd()'")])))
    assert ",'=cmd()," in written["/industries/retail/"].files["flows.csv"]


@cache
def two() -> Site:
    """Two industries at which one company stands, and an account in the second."""
    return site(
        content(
            {
                **strategies(),
                "companies/jd.yml": "name: JD.com\nstands_at: [retail/n0001, food/n0000]\n",
                "industries/retail.yml": f"name: Retail\n{chain(2, [flow(0, 1)], 2)}",
                "industries/food.yml": "name: Food\n"
                + chain(2, [flow(0, 1, ", pain: Cold food, severity: high")], 2),
                "accounts/bistro.yml": (
                    "name: Bistro\nindustry: food\nstands_at: [n0001]\n"
                    "value_to_us: {contribution: {2025: 5 m CNY}, potential: 50 m CNY}\n"
                ),
            }
        )
    )


def test_joined_chains_meet_where_somebody_stands_in_both() -> None:
    """A box for each industry, one line without an arrow, and a row that says who."""
    (overview,) = (one for one in pages_of(two(), "chains", "chain") if one.kind == "value-chain")
    data = overview.data["overview"]
    (joint,) = data["joints"]
    assert [one["name"] for one in joint["via"]] == ["JD.com"]
    assert {joint[end]["industry"]["name"] for end in "ab"} == {"Food", "Retail"}
    wide = data["drawing"]["wide"]
    assert wide.count("bb-chain-box") == 2
    assert "bb-chain-head" not in wide
    assert ">JD.com<" in wide
    assert data["unanswered"][0]["pain"] == "Cold food"


def test_exposure_crosses_industries() -> None:
    """Bistro depends on the first group of retail by way of JD.com; each group has its row."""
    (overview,) = (one for one in pages_of(two(), "chains", "chain") if one.kind == "value-chain")
    rows = {(one["industry"]["name"], one["name"]): one for one in overview.data["rows"]}
    assert len(rows) == 4
    assert rows["Retail", "G0"]["downstream"] == 3
    assert rows["Food", "G1"]["upstream"] == 3
    assert {key: one["depend"] for key, one in rows.items()} == dict.fromkeys(rows, 1)
    exposed = overview.data["overview"]["exposure"]
    assert {one["revenue"] for one in exposed} == {"5 m CNY"}
    assert {one["share"] for one in exposed} == {"100 %"}


def test_a_book_without_chains_says_so() -> None:
    """The page is there, and nothing of it is made up."""
    (only,) = pages_of(site(content({**strategies()})), "chains", "chain")
    assert "no value chain yet" in body(only)
    assert only.data["overview"]["drawing"] is None
