"""Records and results in, statements without evidence or source and stale facts out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefbook.analyse.figures import unsourced
from briefbook.analyse.results import FactUse
from briefbook.checks.files import File, described
from briefbook.load import Content, Record
from briefbook.model.book import FreshFor
from briefbook.problem import Problem, warning
from briefbook.quantity import shorten


def pains_without_evidence(_: Content, file: File) -> Iterator[Problem]:
    """Pains of an industry that nothing shows."""
    if file.kind != "industry":
        return
    for id, pain in file.value.pains.items():
        if pain.evidence is None and not pain.more_evidence:
            yield warning("no-evidence", file.place(("pains", id), key=True),
                          f"Nothing shows that the pain `{id}` is real.",
                          "Add `evidence: {value: ..., period: ..., source: ...}`.")  # fmt: skip


def figures_without_source(content: Content, file: File) -> Iterator[Problem]:
    """Figures of which nobody can tell where they come from; invented records need none."""
    if content.book.value.sample:
        return
    if file.kind in {"industry", "company", "account"} and not file.value.sample:
        for path, _ in unsourced(file.tree.data):
            yield warning("no-source", file.place(path), "This figure has no source.",
                          "Add `source:` with the id of a source.")  # fmt: skip


def stale_facts(
    record: Record[Any], facts: Sequence[FactUse], fresh_for: FreshFor
) -> tuple[Problem, ...]:
    """Facts of a record that are older than the book's `fresh_for` allows."""
    return tuple(_stale(record, one, fresh_for) for one in facts if one.stale_since)


def _stale(record: Record[Any], fact: FactUse, fresh_for: FreshFor) -> Problem:
    known = described(record.kind, fact.path)
    field = next((one for one in ("checked", "verified") if one in known), "")
    hint = f"Replace it, or confirm it with `{field}:`." if field else "Write what holds today."
    name = next((part for part in reversed(fact.path) if isinstance(part, str)), record.kind)
    limit = getattr(fresh_for, fact.kind).text
    return warning("stale-fact", record.tree.place(fact.path),
                   f"`{shorten(fact.text or name)}` is stale since {fact.stale_since} "
                   f"(fresh for {limit}).", hint)  # fmt: skip
