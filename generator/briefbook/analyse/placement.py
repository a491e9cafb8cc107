"""Records in; which chains there are, and where companies and accounts stand in them, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from briefbook.load import Content
from briefbook.model.industry import Flow, ValueChain

Place = tuple[str, str]
"""An industry's id and that of a node of its chain."""
Key = TypeVar("Key")
Value = TypeVar("Value")


def applying(content: Content) -> Iterator[tuple[str, ValueChain]]:
    """Industries with a chain that has nodes and is not set aside."""
    for id, record in content.industries.items():
        chain = record.value.value_chain
        if chain and chain.nodes and chain.applies is not False:
            yield id, chain


def real(chain: ValueChain) -> Iterator[tuple[int, Flow]]:
    """Flows of which both ends are there, with their positions."""
    for at, flow in enumerate(chain.flows):
        if flow.from_ in chain.nodes and flow.to in chain.nodes:
            yield at, flow


def leading(chain: ValueChain, returning: Iterable[int]) -> Iterator[Flow]:
    """Real flows without those that close a cycle."""
    back = frozenset(returning)
    return (flow for at, flow in real(chain) if at not in back)


def stands(content: Content) -> Mapping[str, tuple[Place, ...]]:
    """Where each company stands: by its own `stands_at`, and by the nodes that name it."""
    known: set[Place] = set()
    found: dict[str, set[Place]] = {
        id: {_place(text) for text in record.value.stands_at}
        for id, record in content.companies.items()
    }
    for industry, chain in applying(content):
        for node, group in chain.nodes.items():
            known.add((industry, node))
            for company in group.companies:
                if company in found:
                    found[company].add((industry, node))
    return {id: tuple(sorted(places & known)) for id, places in found.items()}


def _place(text: str) -> Place:
    industry, _, node = text.partition("/")
    return industry, node


def account_places(content: Content) -> Mapping[str, tuple[Place, ...]]:
    """Where each account stands; accounts that stand nowhere are left out."""
    known = {(id, node) for id, chain in applying(content) for node in chain.nodes}
    found = {}
    for id, record in content.accounts.items():
        places = {(record.value.industry, node) for node in record.value.stands_at} & known
        if places:
            found[id] = tuple(sorted(places))
    return found


def turned(places: Mapping[str, Iterable[Place]]) -> Mapping[Place, tuple[str, ...]]:
    """Who stands at each place, by id."""
    found: dict[Place, list[str]] = {}
    for id in sorted(places):
        for place in places[id]:
            found.setdefault(place, []).append(id)
    return {place: tuple(ids) for place, ids in found.items()}
