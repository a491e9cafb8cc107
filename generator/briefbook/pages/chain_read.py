"""An industry's chain in, what every page about it looks up out, computed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from briefbook.analyse.chains import ChainStudy, Critical
from briefbook.load import Record
from briefbook.model import Industry
from briefbook.model.industry import Flow, ValueChain
from briefbook.pages.here import Here, Site

Key = TypeVar("Key")
MOST_ROWS = 200
"""Rows of a table on one page; the rest stands on pages of its own."""
MOST_ON_BRIEF = 60
"""Flows or groups up to which a brief holds their tables itself."""
MOST_NAMES = 6
"""Accounts named in one cell."""


@dataclass(frozen=True, slots=True)
class Known:
    """A chain with its study; flows go by their position, groups by their id.

    `numbers` are those of the pains, the worst first; `ours` are the accounts at each group, the
    largest contribution first; `paged` are the groups that have a page.
    """

    record: Record[Industry]
    chain: ValueChain
    study: ChainStudy
    numbers: Mapping[int, int]
    flows_at: Mapping[str, tuple[int, ...]]
    between: Mapping[tuple[str, str], tuple[int, ...]]
    ours: Mapping[str, tuple[str, ...]]
    paged: frozenset[str]
    back: frozenset[int]
    critical: Mapping[str, Critical]

    @property
    def id(self) -> str:
        """The industry's id."""
        return self.record.id

    @property
    def large(self) -> bool:
        """Whether the tables stand on pages of their own, for the brief has no room."""
        return max(len(self.chain.nodes), len(self.chain.flows)) > MOST_ON_BRIEF

    def name(self, node: str) -> str:
        """The name of a group, or its id where the chain does not have it."""
        known = self.chain.nodes.get(node)
        return known.name if known else node

    def stage(self, id: str) -> str:
        """The name of a stage."""
        return self.chain.stage_names.get(id, id.replace("-", " ").capitalize())

    def note(self, here: Here, at: int) -> str | None:
        """Where a flow leads, if not onward."""
        one = self.chain.flows[at]
        if one.from_ == one.to:
            return here.t("chain.to-itself")
        return here.t("chain.back") if at in self.back else None

    def companies(self, node: str) -> tuple[str, ...]:
        """Public companies at a group: those that it names, then those that name it."""
        named = self.chain.nodes[node].companies
        return tuple(dict.fromkeys((*named, *self.study.companies.get(node, ()))))

    def link(self, here: Here, node: str) -> dict[str, Any]:
        """Name of a group and the way to its page, if it has one."""
        href = here.record("chain", f"{self.id}/{node}") if node in self.paged else None
        return {"name": self.name(node), "href": href}


def known(site: Site, record: Record[Industry]) -> Known | None:
    """What is known of an industry's chain; None where it has none."""
    study = site.results.chains.get(record.id)
    chain = record.value.value_chain
    if study is None or chain is None:
        return None
    ours = {node: by_size(site, ids) for node, ids in study.accounts.items() if ids}
    sore = [one.flow for one in study.weak]
    sore += [at for at, one in enumerate(chain.flows) if one.pain]
    hurt = {end for at in sore for end in (chain.flows[at].from_, chain.flows[at].to)}
    return Known(
        record=record,
        chain=chain,
        study=study,
        numbers={at: number for number, at in enumerate(dict.fromkeys(sore), 1)},
        flows_at=_flows_by(chain, lambda one: {one.from_, one.to}),
        between=_flows_by(chain, lambda one: ((one.from_, one.to),)),
        ours=ours,
        paged=frozenset(id for id in chain.nodes if id in ours or id in hurt),
        back=frozenset(study.shape.back),
        critical={one.node: one for one in study.critical},
    )


def by_size(site: Site, accounts: Iterable[str]) -> tuple[str, ...]:
    """Accounts by contribution, the largest first."""
    brought = site.results.contributions

    def rank(id: str) -> tuple[Decimal, str]:
        return -(brought[id] or Decimal(-1)), id

    return tuple(sorted(set(accounts), key=rank))


def _flows_by(
    chain: ValueChain, keys: Callable[[Flow], Iterable[Key]]
) -> Mapping[Key, tuple[int, ...]]:
    found: defaultdict[Key, list[int]] = defaultdict(list)
    for at, one in enumerate(chain.flows):
        for key in keys(one):
            found[key].append(at)
    return {key: tuple(flows) for key, flows in found.items()}
