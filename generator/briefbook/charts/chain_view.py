"""A value chain as plain data in, the same or a coarser one that can be drawn legibly out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain as joined

# Beyond these a drawing shows one box per stage; all of it is in the table.
MOST_GROUPS = 60
MOST_FLOWS = 180
MOST_PAINS = 24
# Beyond so many stages their boxes stand for several of them: a drawing must end.
_MOST_LANES = 12
_FIRST_NAMES = 4
_MOST_COMPANIES = 6
_MOST_ACCOUNTS = 6


@dataclass(frozen=True, slots=True)
class Stage:
    """A lane of the drawing."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Company:
    """A company that stands in a group, with the address of its page if it has one."""

    name: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An account of ours in a group; `letter` is its class, None while it has none."""

    name: str
    href: str | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A box: who stands there, whether we do; `focus` marks the page's own.

    `notes` are lines above the companies and accounts, `rest` says below how many more there are.
    """

    id: str
    name: str
    stage: str | None = None
    href: str | None = None
    companies: tuple[Company, ...] = ()
    accounts: tuple[Account, ...] = ()
    ours: bool = False
    focus: bool = False
    notes: tuple[str, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class ChainFlow:
    """A line: what flows, the number of its pain in the table, whether it leads back.

    Without `arrow` it joins two groups and leads to neither.
    """

    source: str
    target: str
    label: str = ""
    pain: int | None = None
    back: bool = False
    arrow: bool = True


@dataclass(frozen=True, slots=True)
class ChainView:
    """A chain to draw; `prefix` begins each id of the drawing and stands once on a page.

    `numbered` says that its lanes follow each other, as stages do.
    """

    prefix: str
    stages: tuple[Stage, ...]
    groups: tuple[Group, ...]
    flows: tuple[ChainFlow, ...]
    numbered: bool = True

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands over each lane; stages count from the source."""
        return tuple(
            f"{at} {stage.label}" if self.numbered else stage.label
            for at, stage in enumerate(self.stages, 1)
        )


@dataclass(frozen=True, slots=True)
class ChainWords:
    """All that the drawing says by itself, in the reader's language."""

    title: str
    desc: str
    no_account: str
    no_stage: str
    account: Callable[[str, str], str]
    more: Callable[[int], str]
    groups: Callable[[int], str]
    flows: Callable[[int], str]
    within: Callable[[int], str]


def drawable(view: ChainView, words: ChainWords) -> ChainView:
    """The chain as it is drawn: whole up to 60 groups and 180 flows, else one box per stage.

    Flows of groups that are not there and stages without a group are left out; groups without a
    stage stand in a lane of their own behind those that have one. Long lists say how many follow.
    """
    known = {group.id for group in view.groups}
    flows = tuple(flow for flow in view.flows if {flow.source, flow.target} <= known)
    stages = {stage.id: stage for stage in view.stages}
    groups = tuple(
        group if group.stage in stages else replace(group, stage=None) for group in view.groups
    )
    used = {group.stage for group in groups}
    lanes = tuple(stage for stage in view.stages if stage.id in used)
    if None in used and lanes:
        lanes = (*lanes, Stage("", words.no_stage))
        groups = tuple(group if group.stage else replace(group, stage="") for group in groups)
    whole = replace(view, stages=lanes, groups=groups, flows=flows)
    if not is_whole(whole):
        whole = _by_stage(whole, words)
    return replace(whole, groups=tuple(_shortened(group, words) for group in whole.groups))


def is_whole(view: ChainView) -> bool:
    """Whether each group is drawn, not each stage."""
    return len(view.groups) <= MOST_GROUPS and len(view.flows) <= MOST_FLOWS


def _shortened(group: Group, words: ChainWords) -> Group:
    """At most so many names, then how many more there are."""
    companies, accounts = group.companies[:_MOST_COMPANIES], group.accounts[:_MOST_ACCOUNTS]
    over = len(group.companies) - len(companies) + len(group.accounts) - len(accounts)
    if not over:
        return group
    return replace(group, companies=companies, accounts=accounts, rest=words.more(over))


def _by_stage(view: ChainView, words: ChainWords) -> ChainView:
    view = _fewer_lanes(replace(view, stages=view.stages or (Stage("", words.no_stage),)))
    home = {group.id: group.stage or "" for group in view.groups}
    flows = tuple(
        replace(flow, source=home[flow.source], target=home[flow.target]) for flow in view.flows
    )
    within = Counter(flow.source for flow in flows if flow.source == flow.target)
    boxes = tuple(
        _stage_box(lane, [group for group in view.groups if home[group.id] == lane.id],
                   within[lane.id], words)
        for lane in view.stages
    )  # fmt: skip
    return replace(view, groups=boxes, flows=_bundled(flows, view.stages, words))


def _fewer_lanes(view: ChainView) -> ChainView:
    """At most twelve lanes: beyond, each stands for several stages that follow each other."""
    size = -(-len(view.stages) // _MOST_LANES)
    if size == 1:
        return view
    runs = [view.stages[at : at + size] for at in range(0, len(view.stages), size)]
    lanes = tuple(Stage(run[0].id, _from_to(run)) for run in runs)
    home = {stage.id: run[0].id for run in runs for stage in run}
    groups = tuple(replace(group, stage=home[group.stage or ""]) for group in view.groups)
    return replace(view, stages=lanes, groups=groups, numbered=False)


def _from_to(run: Sequence[Stage]) -> str:
    return run[0].label if len(run) == 1 else f"{run[0].label} – {run[-1].label}"


def _stage_box(lane: Stage, groups: Sequence[Group], within: int, words: ChainWords) -> Group:
    """Who stands at a stage: how many, the first of them, and how much flows between them."""
    names = tuple(group.name for group in groups[:_FIRST_NAMES])
    rest = len(groups) - len(names)
    notes = (*names, words.more(rest)) if rest else names
    return Group(
        id=lane.id,
        name=words.groups(len(groups)),
        stage=lane.id,
        accounts=tuple(joined.from_iterable(group.accounts for group in groups)),
        ours=any(group.ours for group in groups),
        focus=any(group.focus for group in groups),
        notes=(*notes, words.within(within)) if within else notes,
    )


def _bundled(
    flows: Sequence[ChainFlow], lanes: Sequence[Stage], words: ChainWords
) -> tuple[ChainFlow, ...]:
    """Flows with a pain, the first of them, and one for all the others between two stages."""
    rank = {lane.id: at for at, lane in enumerate(lanes)}
    sore = sorted(
        (flow for flow in flows if flow.pain is not None), key=lambda flow: flow.pain or 0
    )[:MOST_PAINS]
    counts = Counter((flow.source, flow.target) for flow in flows if flow.source != flow.target)
    bundles = [
        ChainFlow(source, target, words.flows(count), back=rank[target] < rank[source])
        for (source, target), count in sorted(counts.items())
    ]
    plain = [replace(flow, back=rank[flow.target] < rank[flow.source]) for flow in sore]
    return (*bundles, *plain)
