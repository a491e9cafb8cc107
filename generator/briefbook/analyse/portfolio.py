"""All records and the day of the build in, every result that pages and checks use out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from briefbook.analyse.due import due
from briefbook.analyse.facts import facts
from briefbook.analyse.results import Due, FactUse, Fit, Standing
from briefbook.analyse.standing import fit, important, standing
from briefbook.analyse.tree import IndustryTree, industry_tree
from briefbook.load import Content

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Results:
    """What is computed of a Book on one day."""

    today: date
    tree: IndustryTree
    standings: Mapping[str, Standing]
    fits: Mapping[str, Fit]
    important: frozenset[str]
    dues: tuple[Due, ...]
    facts: tuple[FactUse, ...]
    accounts_in: Mapping[str, tuple[str, ...]]
    dues_of: Mapping[str, tuple[Due, ...]]
    at_node: Mapping[tuple[str, str], tuple[str, ...]]
    source_uses: Mapping[tuple[str, str], tuple[FactUse, ...]]

    @property
    def stale(self) -> tuple[FactUse, ...]:
        """Facts that are stale, the longest first."""
        late = [fact for fact in self.facts if fact.stale_since]
        return tuple(sorted(late, key=lambda fact: (fact.stale_since, fact.record, str(fact.path))))


def analyse(content: Content, today: date) -> Results:
    """Every result of the content on the day `today`."""
    book = content.book.value
    strategies = {id: record.value for id, record in content.strategies.items()}
    standings = {id: standing(record.value, book, today) for id, record in content.accounts.items()}
    found = facts(content, today)
    dues = tuple(
        sorted(
            (one for record in content.accounts.values() for one in due(record, book, today)),
            key=lambda one: (one.day, one.account, one.kind, one.what),
        )
    )
    return Results(
        today=today,
        tree=industry_tree(content.industries),
        standings=standings,
        fits={
            id: fit(record.value, standings[id], strategies)
            for id, record in content.accounts.items()
        },
        important=frozenset(
            id
            for id, record in content.accounts.items()
            if important(record.value, standings[id], book)
        ),
        dues=dues,
        facts=found,
        accounts_in=_grouped(
            (record.value.industry, id) for id, record in content.accounts.items()
        ),
        dues_of=_grouped((one.account, one) for one in dues),
        at_node=_grouped(
            ((record.value.industry, node), id)
            for id, record in content.accounts.items()
            for node in record.value.stands_at
        ),
        source_uses=_uses(content, found),
    )


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> Mapping[Key, tuple[Value, ...]]:
    groups: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _uses(
    content: Content, found: tuple[FactUse, ...]
) -> Mapping[tuple[str, str], tuple[FactUse, ...]]:
    """Facts by source; the key is (file's record id or "", source id), "" for the registry."""
    return _grouped(
        ((_owner(content, fact.record, source), source), fact)
        for fact in found
        for source in fact.sources
    )


def _owner(content: Content, record: tuple[str, str], source: str) -> str:
    kind, id = record
    return f"{kind}/{id}" if source in content.of(kind)[id].value.sources else ""
