"""Records and results in, statements without evidence or source and stale facts out."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.analyse.facts import fresh_limits
from briefbook.analyse.figures import unsourced
from briefbook.analyse.portfolio import Results
from briefbook.checks.files import File, described
from briefbook.load import Content
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


def stale_facts(content: Content, results: Results) -> Iterator[Problem]:
    """Facts that are older than the book's `fresh_for` allows."""
    limits = fresh_limits(content.book.value.fresh_for)
    for fact in sorted(results.stale, key=lambda one: one.record):  # each file is opened once
        kind, id = fact.record
        tree = content.of(kind)[id].tree
        known = described(kind, fact.path)
        field = next((one for one in ("checked", "verified") if one in known), "")
        hint = f"Replace it, or confirm it with `{field}:`." if field else "Write what holds today."
        field_name = next((part for part in reversed(fact.path) if isinstance(part, str)), kind)
        said = shorten(fact.text or field_name)
        yield warning("stale-fact", tree.place(fact.path),
                      f"`{said}` is stale since {fact.stale_since} "
                      f"(fresh for {limits[fact.kind]}).", hint)  # fmt: skip
