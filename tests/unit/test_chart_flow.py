"""The flow between classes: bands are as thick as their counts, labels never touch."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.charts.flow import Flow, Lane, Plan, Stop, flow_narrow, flow_wide, planned
from briefbook.charts.text import SLACK, width

NAMES = ("Class A", "Class B", "Class C", "Class D", "No class")
LANES = tuple(
    Lane(name, "ABCD?"[at], ("a", "b", "c", "d", "none")[at], f"{at}/" if at < 4 else None)
    for at, name in enumerate(NAMES)
)
PHONE = 358


def flow(paths: list[tuple[int, ...]], lanes: tuple[Lane, ...] = LANES) -> Flow:
    """The flow of accounts whose lane on each day is given."""
    days = len(paths[0])
    counts = [Counter(path[at] for path in paths) for at in range(days)]
    moves = [Counter((path[at], path[at + 1]) for path in paths) for at in range(days - 1)]
    stops = tuple(
        Stop(f"{at + 20} Sept 2026", tuple(count[lane] for lane in range(len(lanes))))
        for at, count in enumerate(counts)
    )
    return Flow("flow", "Flow", "Said", lanes, stops, tuple(map(dict, moves)))


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Up to 40 groups of up to 60 accounts on up to nine days."""
    days = draw(st.integers(2, 9))
    path = st.tuples(*[st.integers(0, 4)] * days)
    groups = draw(st.lists(st.tuples(path, st.integers(1, 60)), min_size=1, max_size=40))
    return flow([path for path, times in groups for _ in range(times)])


def bands_of(plan: Plan, stop: int, lane: int, side: int) -> list[tuple[float, float, int]]:
    """Start, end and count of the bands that leave (0) or reach (1) a lane on a day."""
    found = [
        (one.leave if side == 0 else one.arrive, one.thick, one.count)
        for one in plan.bands
        if one.stop == stop - side and one.move[side] == lane
    ]
    return sorted((start, start + thick, count) for start, thick, count in found)


@given(flows())
def test_bands_fill_their_nodes(made: Flow) -> None:
    """Bands of a node lie side by side within it, and are as many as it holds."""
    plan = planned(made, [16.0] * 5, 3000.0)  # room for one px an account and more
    for node in plan.nodes:
        for side, last in ((0, len(made.stops) - 1), (1, 0)):
            found = bands_of(plan, node.stop, node.lane, side)
            if node.stop == last:
                assert found == []
                continue
            assert sum(count for _, _, count in found) == node.count
            assert found[0][0] == pytest.approx(node.start)
            assert found[-1][1] == pytest.approx(node.start + node.thick)
            assert all(one[1] == pytest.approx(two[0]) for one, two in pairwise(found))


@given(flows())
def test_thickness_is_the_count(made: Flow) -> None:
    """One scale for all nodes and bands of a drawing."""
    plan = planned(made, [16.0] * 5, 3000.0)
    units = {round(one.thick / one.count, 6) for one in plan.nodes}
    units |= {round(one.thick / one.count, 6) for one in plan.bands}
    assert len(units) == 1


@given(flows())
def test_lanes_keep_apart(made: Flow) -> None:
    """No node leaves the room of its lane; lanes do not overlap; all fit the room."""
    plan = planned(made, [16.0] * 5, 260.0)
    assert all(one[1] < two[0] for one, two in pairwise(plan.slots))
    for node in plan.nodes:
        first, last = plan.slots[node.lane]
        assert first + 16 <= node.start + 1e-6
        assert node.start + node.thick <= last + 1e-6
    assert plan.room <= 260 + 5 * 16 + 4 * 8 + 5 + 1e-6


Box = tuple[float, float, float, float]


def texts(svg: str) -> list[tuple[str, Box]]:
    """What the labels of a drawing say, and the boxes that they take at most."""
    found = []
    for one in ET.fromstring(svg).iter("text"):  # noqa: S314  # our own
        x, y, wide = float(one.attrib["x"]), float(one.attrib["y"]), width(one.text or "", 12, 600)
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[one.attrib["text-anchor"]]
        found.append((one.text or "", (x - shift * wide, y - 9, x + (1 - shift) * wide, y + 2)))
    return found


def hit(one: Box, other: Box) -> bool:
    """Whether two boxes share any room."""
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip


@given(flows())
def test_labels_never_overlap(made: Flow) -> None:
    """Days, names and counts, in both forms; and none stands outside the drawing."""
    for drawn in (flow_wide(made), flow_narrow(made)):
        boxes = [box for _, box in texts(drawn)]
        assert not any(hit(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])
        wide, high = map(float, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
        assert all(box[0] >= -1 and box[2] <= wide + 1 for box in boxes)
        assert all(box[1] >= -1 and box[3] <= high + 1 for box in boxes)


def test_a_phone_has_room_for_a_thousand_accounts() -> None:
    """Nine days, five classes, counts of four digits: not wider than a phone's column."""
    paths = [((at + day * (at % 3)) % 5 for day in range(9)) for at in range(5000)]
    made = flow([tuple(path) for path in paths])
    svg = ET.fromstring(flow_narrow(made))  # noqa: S314  # our own
    assert float(svg.attrib["width"]) <= PHONE


def test_counts_and_names_are_written() -> None:
    """Every count that is not zero stands at its node; a class that was never there has no node."""
    made = flow([(0, 0), (0, 1), (2, 1)])
    written = Counter(text for text, _ in texts(flow_wide(made)))
    assert written["1"] == 2
    assert written["2"] == 2
    assert written["0"] == 0
    assert len(planned(made, [16.0] * 5, 100.0).nodes) == 4


def test_a_name_is_text_and_leads_only_to_pages() -> None:
    """Hostile names are escaped; an address with a scheme of its own is no link."""
    lanes = (Lane('"><script>', "<", "a", "javascript:alert(1)"), Lane("B", "B", "b", "b/"))
    for drawn in (flow_wide(flow([(0, 1)], lanes)), flow_narrow(flow([(0, 1)], lanes))):
        assert "<script" not in drawn
        assert "javascript" not in drawn
        assert drawn.count("<a ") == 1
        ET.fromstring(drawn)  # noqa: S314  # our own


def test_reserved_room_is_more_than_the_text() -> None:
    """What the boxes above rest on: another font may be a little wider."""
    assert SLACK > 1
