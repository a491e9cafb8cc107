"""The drawn value chain: nothing overlaps, everything is there, and all of it can be read."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from briefbook.charts import chain, chain_narrow
from briefbook.charts.chain import chain_svg
from briefbook.charts.chain_labels import SIZE
from briefbook.charts.chain_narrow import chain_svg_narrow
from briefbook.charts.chain_parts import Drawing, signs
from briefbook.charts.chain_view import (
    Account,
    ChainFlow,
    ChainView,
    ChainWords,
    Company,
    Group,
    Stage,
    drawable,
)
from briefbook.charts.place import Rect
from briefbook.charts.text import width

REPO = Path(__file__).resolve().parents[2]
WORDS = ChainWords(
    title="Value chain",
    desc="Groups and flows",
    no_account="no account of ours",
    no_stage="without a stage",
    account=lambda name, letter: f"{name}, class {letter}",
    more=lambda count: f"and {count} more",
    groups=lambda count: f"{count} groups",
    flows=lambda count: f"{count} flows",
    within=lambda count: f"{count} flows inside",
)
NAMES = (
    "Brand owners",
    "Nhà phân phối vùng miền Nam",
    "冷链仓储与配送服务商",
    "Wholesalers and importers of fresh goods",
    "Telecommunications",
)
LABELS = ("goods", "orders, reviews", "tiền thanh toán", "库存与价格", "forecasts of demand", "")
ACCOUNTS = ("Lantern Fresh", "晨光连锁超市", "Nhà thuốc Lá Xanh", "Tessera Payments International")


def seeded(count: int, seed: int, stages: int = 4) -> ChainView:
    """A chain of so many groups with names in three languages, long flows, back flows and loops."""
    chance = random.Random(seed)
    groups = [_group(chance, at, stages) for at in range(count)]
    flows: list[ChainFlow] = []
    for _ in range(int(count * 1.5)):
        source, target = chance.choice(groups), chance.choice(groups)
        if str(target.stage) < str(source.stage) and chance.random() < 0.75:
            source, target = target, source
        sore = chance.random() < 0.2
        flows.append(
            ChainFlow(
                source.id,
                target.id,
                chance.choice(LABELS),
                len(flows) + 1 if sore else None,
                str(target.stage) < str(source.stage) or source == target,
            )
        )
    lanes = tuple(Stage(f"s{at}", f"Stage {at}") for at in range(stages))
    return ChainView(f"chain-{seed}", lanes, tuple(groups), tuple(flows))


def _group(chance: random.Random, at: int, stages: int) -> Group:
    accounts = tuple(
        Account(chance.choice(ACCOUNTS), "/accounts/x/", chance.choice(["A", "B", "C", "D", None]))
        for _ in range(chance.choice([0, 0, 1, 2]))
    )
    companies = tuple(
        Company(chance.choice(["JD.com", "Meituan"]), chance.choice(["/companies/x/", None]))
        for _ in range(chance.choice([0, 0, 1, 3]))
    )
    stage = f"s{at if at < stages else chance.randrange(stages)}"
    return Group(
        f"g{at:02d}", chance.choice(NAMES), stage, None, companies, accounts, bool(accounts)
    )


def retail() -> ChainView:
    """A small chain as an industry's page shows it."""
    stages = (Stage("supply", "Supply"), Stage("platform", "Platform"), Stage("home", "Consumer"))
    groups = (
        Group(
            "brands", "Brand owners", "supply", "/x/", (Company("P&G"), Company("Nestlé", "/n/"))
        ),
        Group("shops", "Shops", "supply", None, (), (Account("晨光连锁超市", "/a/", "A"),), True),
        Group("platforms", "Platforms", "platform", None, (), (), True, True),
        Group("homes", "Households", "home"),
    )
    flows = (
        ChainFlow("brands", "platforms", "goods, promotions"),
        ChainFlow("shops", "platforms", "stock, prices", 1),
        ChainFlow("platforms", "homes", "delivery"),
        ChainFlow("homes", "platforms", "orders, reviews", 2, back=True),
    )
    return ChainView("retail", stages, groups, flows)


@cache
def arranged(view: ChainView) -> Drawing:
    return chain.arranged(view, WORDS)


@cache
def arranged_narrow(view: ChainView) -> Drawing:
    return chain_narrow.arranged_narrow(view, WORDS)


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing


def parts(drawing: Drawing) -> list[Rect]:
    """Everything that must keep apart: boxes, labels, pain numbers."""
    boxes = [rect for _, _, rect in drawing.boxes]
    return [
        *boxes,
        *(label.rect for label in drawing.labels),
        *(diamond.rect for diamond in drawing.diamonds),
    ]


def pains(view: ChainView) -> list[int]:
    return sorted(flow.pain for flow in view.flows if flow.pain is not None)


CHAINS = [
    pytest.param(seeded(count, seed, stages), id=f"{count} groups, {stages} stages, seed {seed}")
    for count, stages in ((5, 3), (30, 4), (30, 7), (60, 4))
    for seed in range(3)
]


@pytest.mark.parametrize("view", CHAINS)
def test_nothing_overlaps(view: ChainView) -> None:
    """No two boxes, labels or pain numbers share a pixel, on a wide page and on a phone."""
    for drawing in (arranged(view), arranged_narrow(view)):
        overlapping = [
            pair for pair in combinations(parts(drawing), 2) if pair[0].overlaps(pair[1])
        ]
        assert overlapping == []
        for rect in parts(drawing):
            assert min(rect.x, rect.y) >= 0
            assert rect.x + rect.width <= drawing.width
            assert rect.y + rect.height <= drawing.height


@pytest.mark.parametrize("view", CHAINS)
def test_everything_is_drawn(view: ChainView) -> None:
    """All groups, flows and pains, and nearly all of the labels, on a wide page."""
    for drawing in (arranged(view), arranged_narrow(view)):
        assert {group.id for group, _, _ in drawing.boxes} == {group.id for group in view.groups}
        assert len(drawing.lines) == len(view.flows)
        assert [diamond.number for diamond in drawing.diamonds] == pains(view)
    wanted = sum(bool(flow.label) for flow in view.flows)
    assert len(arranged(view).labels) >= 0.7 * wanted


@pytest.mark.parametrize("view", CHAINS)
def test_labels_are_whole_and_fit_their_place(view: ChainView) -> None:
    """A label is its flow's text in at most two lines, each within its rectangle."""
    for label in arranged(view).labels:
        assert len(label.lines) <= 2
        whole = "".join(label.lines).replace(" ", "")
        assert whole == view.flows[label.flow].label.replace(" ", "")
        assert max(width(line, SIZE) for line in label.lines) <= label.rect.width


@pytest.mark.parametrize("view", CHAINS)
def test_text_stays_in_its_box(view: ChainView) -> None:
    """Every line of a box is narrower than the box, and the rows are no higher than it."""
    for drawing in (arranged(view), arranged_narrow(view)):
        for _, held, rect in drawing.boxes:
            assert held.height <= rect.height
            for row in held.rows:
                size, weight, sign = (13, 600, 0) if row.kind == "name" else (12, 400, 20)
                indent = sign if row.kind in {"account", "company"} else 0
                for line in row.lines:
                    assert 12 + indent + width(line, size, weight) <= rect.width


def test_nothing_is_cut() -> None:
    """Names stand whole in the file, however narrow their box."""
    text = "".join(parsed(chain_svg(seeded(30, 1, 7), WORDS)).itertext())
    for group in seeded(30, 1, 7).groups:
        assert group.name.replace(" ", "") in text.replace(" ", "")
    assert "…" not in text


def test_width() -> None:
    """938 px up to five stages, wider beyond; 358 px on a phone at any size."""
    assert arranged(retail()).width == 938
    assert arranged(seeded(30, 1, 4)).width == 938
    assert arranged(seeded(30, 1, 7)).width > 938
    assert arranged_narrow(seeded(60, 1)).width == 358


def test_the_same_input_gives_the_same_bytes() -> None:
    """Twice, and with the groups in another order, for a wide page."""
    view = seeded(30, 2)
    mixed = ChainView(view.prefix, view.stages, tuple(reversed(view.groups)), view.flows)
    assert chain_svg(view, WORDS) == chain_svg(view, WORDS) == chain_svg(mixed, WORDS)
    assert chain_svg_narrow(view, WORDS) == chain_svg_narrow(view, WORDS)


@pytest.mark.parametrize("draw", [chain_svg, chain_svg_narrow])
def test_drawing_says_what_it_is(draw: object) -> None:
    """With links a group, without an image; title and description are its name."""
    assert callable(draw)
    root = parsed(draw(retail(), WORDS))
    assert root.get("role") == "group"
    named = str(root.get("aria-labelledby")).split()
    assert [root.find(f"*[@id='{name}']").text for name in named] == [WORDS.title, WORDS.desc]  # type: ignore[union-attr]
    plain = ChainView("p", (), (Group("a", "A"),), ())
    assert parsed(draw(plain, WORDS)).get("role") == "img"


def test_ids_are_unique_on_a_page() -> None:
    """Both forms of two chains stand on one page without an id twice."""
    other = ChainView("other", *(getattr(retail(), name) for name in ("stages", "groups", "flows")))
    page = "".join(
        draw(view, WORDS) for draw in (chain_svg, chain_svg_narrow) for view in (retail(), other)
    )
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids)) == 8


def test_every_link_has_text() -> None:
    """A link's name is its text; a class is said in words."""
    root = parsed(chain_svg(retail(), WORDS))
    links = {"".join(link.itertext()): link for link in root.iter("a")}
    assert set(links) == {"Brand owners", "Nestlé", "晨光连锁超市"}
    assert links["晨光连锁超市"].get("aria-label") == "晨光连锁超市, class A"


def test_reading_order_follows_the_stages() -> None:
    """Heading, then its groups, stage by stage, on both forms."""
    for drawn in (chain_svg(retail(), WORDS), chain_svg_narrow(retail(), WORDS)):
        order = ["1 Supply", "Brand owners", "2 Platform", "3 Consumer", "Households"]
        places = [drawn.index(f">{text}<") for text in order]
        assert places == sorted(places)


def test_flows_look_as_they_are() -> None:
    """A pain is bold and numbered, a back flow dotted: by class, never by colour alone."""
    root = parsed(chain_svg(retail(), WORDS))
    kinds = [str(line.get("class")) for line in root.iter("g") if "flow" in str(line.get("class"))]
    assert sum("--pain" in kind for kind in kinds) == 2
    assert sum("--back" in kind for kind in kinds) == 1
    numbers = ["".join(g.itertext()) for g in root.iter("g") if g.get("class") == "bb-chain-pain"]
    assert numbers == ["1", "2"]


def test_where_we_stand() -> None:
    """An accent edge where we do; "no account of ours" where there is none; the focus is marked."""
    drawn = chain_svg(retail(), WORDS)
    assert drawn.count('class="bb-chain-ours"') == 2
    assert drawn.count("no account of ours") == 2
    assert drawn.count("bb-chain-node--focus") == 1


def test_hostile_names_stay_text() -> None:
    """Names, labels, addresses and words from outside cannot leave their place."""
    bad = '"><script>alert(1)</script><text onload="x">\x00'
    group = Group(
        "a", bad, "s", "javascript:x", (Company(bad, "data:,x"),), (Account(bad, "/a/", bad),)
    )
    view = ChainView("p", (Stage("s", bad),), (group,), (ChainFlow("a", "a", bad, 1),))
    for draw in (chain_svg, chain_svg_narrow):
        root = parsed(draw(view, WORDS))
        assert not [one for one in root.iter() if one.tag == "script" or one.get("onload")]
        assert [link.get("href") for link in root.iter("a")] == ["/a/"]


def test_endless_texts_end() -> None:
    """A name or a label of thousands of words is drawn whole, or left to the table."""
    endless = "kho lạnh 冷链 " * 2000
    view = ChainView(
        "p",
        (Stage("s", "Supply"), Stage("t", "Platform")),
        (Group("a", endless, "s"), Group("b", "B", "t")),
        (ChainFlow("a", "b", endless, 1),),
    )
    drawing = arranged(view)
    assert drawing.labels == ()
    assert "".join(drawing.boxes[0][1].rows[0].lines).replace(" ", "") == endless.replace(" ", "")


def ring(count: int) -> ChainView:
    groups = tuple(Group(f"n{at:03d}", f"Group {at}") for at in range(count))
    flows = tuple(
        ChainFlow(f"n{at:03d}", f"n{(at + 1) % count:03d}", "goods", None, at + 1 == count)
        for at in range(count)
    )
    return ChainView("ring", (), groups, flows)


@pytest.mark.parametrize("count", [0, 1, 2, 9, 30, 60])
def test_chains_without_stages(count: int) -> None:
    """Flows put the groups in few lanes, cycles and all, and nothing overlaps."""
    for drawing in (arranged(ring(count)), arranged_narrow(ring(count))):
        assert len(drawing.boxes) == count
        assert drawing.width < 1000
        pairs = combinations(parts(drawing), 2)
        assert not [pair for pair in pairs if pair[0].overlaps(pair[1])]


def test_large_chains_are_drawn_by_stage() -> None:
    """Beyond 60 groups: a box per stage with its number of groups and the first names."""
    view = seeded(200, 1, 5)
    shown = drawable(view, WORDS)
    assert [group.stage for group in shown.groups] == [f"s{at}" for at in range(5)]
    counts = [int(group.name.split()[0]) for group in shown.groups]
    assert sum(counts) == 200
    members = [group.name for group in view.groups if group.stage == "s0"]
    stage = {group.id: group.stage for group in view.groups}
    within = sum(stage[flow.source] == stage[flow.target] == "s0" for flow in view.flows)
    assert shown.groups[0].notes == (
        *members[:4],
        f"and {len(members) - 4} more",
        f"{within} flows inside",
    )
    for drawing in (arranged(view), arranged_narrow(view)):
        pairs = combinations(parts(drawing), 2)
        assert not [pair for pair in pairs if pair[0].overlaps(pair[1])]


def test_bundled_flows_say_how_many_they_are() -> None:
    """Between two stages one line stands for all, and those with a pain stand for themselves."""
    view = seeded(200, 1, 5)
    shown = drawable(view, WORDS)
    stage = {group.id: group.stage for group in view.groups}
    between = sum((stage[flow.source], stage[flow.target]) == ("s0", "s1") for flow in view.flows)
    (bundle,) = (
        flow
        for flow in shown.flows
        if (flow.source, flow.target) == ("s0", "s1") and flow.pain is None
    )
    assert bundle.label == f"{between} flows"
    assert pains(shown) == pains(view)[:24]


def test_flows_within_a_stage_do_not_lead_back() -> None:
    """A pain between two groups of one stage is a loop of its box, and no way back."""
    base = seeded(61, 1)
    one, other, *_ = (group.id for group in base.groups if group.stage == "s0")
    flows = (ChainFlow(one, other, "goods", 1), ChainFlow(base.groups[3].id, one))
    shown = drawable(ChainView("p", base.stages, base.groups, flows), WORDS)
    backs = {(flow.source, flow.target): flow.back for flow in shown.flows}
    assert backs == {("s0", "s0"): False, ("s3", "s0"): True}


def test_a_thousand_stages_end() -> None:
    """Twelve lanes at most, each from a stage to a later one; no group is lost."""
    stages = tuple(Stage(f"s{at}", f"Stage {at}") for at in range(1000))
    groups = tuple(Group(f"g{at}", f"Group {at}", f"s{at}") for at in range(1000))
    shown = drawable(ChainView("p", stages, groups, ()), WORDS)
    assert len(shown.stages) == 12
    assert shown.headings[0] == "Stage 0 – Stage 83"
    assert sum(int(group.name.split()[0]) for group in shown.groups) == 1000


def test_stages_are_numbered_where_they_follow_each_other() -> None:
    """Lanes in any order carry their name alone, on both forms."""
    view = replace(retail(), numbered=False)
    for draw in (chain_svg, chain_svg_narrow):
        assert ">1 Supply<" in draw(retail(), WORDS)
        assert ">Supply<" in draw(view, WORDS)
        assert ">1 Supply<" not in draw(view, WORDS)


def test_what_leads_nowhere_has_no_arrow() -> None:
    """A line without an arrow joins two groups."""
    flows = (ChainFlow("a", "b", arrow=False),)
    view = ChainView("p", (), (Group("a", "A"), Group("b", "B")), flows)
    for draw in (chain_svg, chain_svg_narrow):
        drawn = draw(view, WORDS)
        assert "bb-chain-line" in drawn
        assert "bb-chain-head" not in drawn


@pytest.mark.parametrize("count", [61, 1000])
def test_a_ring_beyond_the_limit_is_one_box(count: int) -> None:
    """Without stages there is one box, and it says how many groups it stands for."""
    (group,) = drawable(ring(count), WORDS).groups
    assert group.name == f"{count} groups"


def test_many_flows_are_bundled_too() -> None:
    """60 groups with every flow between them would be black."""
    base = seeded(60, 1)
    flows = tuple(ChainFlow(a.id, b.id) for a in base.groups for b in base.groups)
    shown = drawable(ChainView("p", base.stages, base.groups, flows), WORDS)
    assert len(shown.groups) == 4
    assert len(shown.flows) == 12


def test_what_has_no_stage_stands_behind_the_others() -> None:
    """A lane of its own says so; a stage without a group takes no room; odd flows are left out."""
    stages = (Stage("empty", "Empty"), Stage("s", "Supply"))
    groups = (Group("a", "A", "s"), Group("b", "B"), Group("c", "C", "unheard-of"))
    flows = (ChainFlow("a", "b"), ChainFlow("a", "nowhere"))
    shown = drawable(ChainView("p", stages, groups, flows), WORDS)
    assert [stage.label for stage in shown.stages] == ["Supply", "without a stage"]
    assert [group.stage for group in shown.groups] == ["s", "", ""]
    assert shown.flows == flows[:1]


def test_long_lists_say_how_many_follow() -> None:
    """Six companies and six accounts, then the number of the others."""
    accounts = tuple(Account(f"Account {at}", "/a/", "A") for at in range(9))
    companies = tuple(Company(f"Company {at}") for at in range(8))
    view = ChainView("p", (), (Group("a", "A", None, None, companies, accounts),), ())
    (group,) = drawable(view, WORDS).groups
    assert (len(group.companies), len(group.accounts), group.rest) == (6, 6, "and 5 more")
    assert "and 5 more" in chain_svg(view, WORDS)


def test_signs_of_the_legend_are_silent_and_of_the_same_make() -> None:
    """They stand beside words, so screen readers pass over them."""
    made = signs()
    assert set(made) == {"flow", "joint", "pain", "back", "ours", "account", "company"}
    for sign in made.values():
        assert parsed(sign).get("aria-hidden") == "true"
    assert "bb-chain-flow--back" in made["back"]
    assert "bb-chain-flow--pain" in made["pain"]


def test_every_class_of_the_drawing_has_a_style() -> None:
    """And no colour stands in the styles but through a token."""
    styles = (REPO / "theme" / "assets" / "briefbook" / "diagram.css").read_text("utf-8")
    drawn = chain_svg(seeded(30, 1), WORDS) + chain_svg_narrow(retail(), WORDS)
    drawn += Markup().join(signs().values())
    used = {name for names in re.findall(r'class="([^"]*)"', drawn) for name in names.split()}
    bare = {"bb-chain-node", "bb-chain-flow", "bb-chain-badge", "bb-chain-note"}
    assert {name for name in used - bare if f".{name}" not in styles} == set()
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", styles)
