"""The study of a chain in, what it found in words with its reasons out, for readers and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.chains import Critical, SingleSource
from briefbook.pages.chain_read import Known
from briefbook.pages.chain_tables import revenue, some_accounts
from briefbook.pages.here import MOST, Here

_WORST = 3
"""Weak links in words; the table of pains has them all."""
_WAY = 12
"""Groups named of a way round; a longer one says how many it leaves out."""


def findings(here: Here, known: Known) -> list[dict[str, Any]]:
    """What the shape says, part by part, twelve entries each; `none` where it says nothing."""
    study = known.study
    weak = [one.flow for one in study.weak]
    cycles = study.shape.cycles
    found = {
        "critical": [critical(here, known, one) for one in study.critical[:MOST]],
        "single": [single(here, known, one) for one in study.single[:MOST]],
        "weak": [_weak(here, known, at) for at in weak[:_WORST]],
        "cycles": [_cycle(here, known, at) for at in range(len(cycles[:MOST]))],
    }
    counts = {
        "critical": len(study.critical),
        "single": len(study.single),
        "weak": len(weak),
        "cycles": len(cycles),
    }
    return [
        {
            "id": name,
            "title": here.t(f"chain.find.{name}"),
            "none": here.t(f"chain.find.{name}.none"),
            "entries": entries,
            "more": here.t("more", n=over) if (over := counts[name] - len(entries)) else None,
        }
        for name, entries in found.items()
    ]


def critical(here: Here, known: Known, one: Critical) -> dict[str, Any]:
    """A group that much depends on, and why."""
    return {"link": known.link(here, one.node), "number": None, "text": why(here, known, one)}


def why(here: Here, known: Known, one: Critical) -> str:
    """Why a group is critical: what falls apart without it, how much passes through it."""
    t = here.t
    reasons = [t("chain.cuts")] if one.articulation else []
    if one.betweenness > 0:
        key = "chain.passes.estimate" if known.study.sampled else "chain.passes"
        reasons.append(t(key, share=t.share(Decimal(str(one.betweenness)), 1)))
    return t.clauses(reasons)


def single(here: Here, known: Known, one: SingleSource) -> dict[str, Any]:
    """A group that takes from one group only."""
    what = known.chain.flows[one.flow].what
    source = known.name(one.source)
    text = (
        here.t("chain.only-from", what=what, source=source)
        if what
        else here.t("chain.only-source", source=source)
    )
    return {"link": known.link(here, one.node), "number": None, "text": text}


def _weak(here: Here, known: Known, at: int) -> dict[str, Any]:
    one = known.chain.flows[at]
    severity = here.t(f"word.{one.severity}") if one.severity else here.t("chain.no-severity")
    answers = here.t.listed([here.capability(id) for id in one.answered_by])
    answered = here.t("chain.answered", names=answers) if answers else here.t("industry.no-answer")
    return {
        "link": {"name": f"{known.name(one.from_)} → {known.name(one.to)}", "href": None},
        "number": known.numbers[at],
        "text": here.t.clauses((one.pain or "", severity, answered)),
    }


def _cycle(here: Here, known: Known, at: int) -> dict[str, Any]:
    one = known.study.shape.cycles[at]
    t = here.t
    if len(one.members) == 1:
        name = known.link(here, one.members[0])
        return {"link": name, "number": None, "text": t("chain.find.loop")}
    way = _way(here, [known.name(id) for id in one.shortest])
    n = len(one.members)
    return {
        "link": {"name": way, "href": None},
        "number": None,
        "text": t("chain.find.cycle", n=n) if n > len(one.shortest) else "",
    }


def _way(here: Here, names: Sequence[str]) -> str:
    if len(names) > _WAY:
        over = here.t("more", n=len(names) - _WAY)
        return " → ".join((*names[: _WAY - 1], over, names[-1], names[0]))
    return " → ".join((*names, names[0]))


def exposed(here: Here, known: Known, nodes: Iterable[str]) -> list[dict[str, Any]]:
    """A row for each group that accounts of ours depend on, the largest revenue first."""
    found = [(node, known.study.exposure[node]) for node in nodes]
    ranked = sorted(
        (one for one in found if one[1].accounts),
        key=lambda one: (-one[1].revenue, -len(one[1].accounts), one[0]),
    )
    return [{**known.link(here, node), **exposure_cells(here, one)} for node, one in ranked[:MOST]]


def exposure_cells(here: Here, one: Any) -> dict[str, Any]:
    """Which accounts depend, what they bring, and for how many of them that is not known."""
    return {
        "count": len(one.accounts),
        "revenue": revenue(here, one),
        "share": here.t.share(one.share, 1) if one.share is not None else None,
        "unknown": here.t("chain.unknown", n=one.unknown) if one.unknown else None,
        **some_accounts(here, one.accounts),
    }


def derived(here: Here, known: Known) -> list[dict[str, Any]]:
    """All of it for the JSON: each entry with its rule, its numbers and its sentence."""
    study = known.study
    rule = study.why.rule
    return [
        *(_critical_json(here, known, rank) for rank in range(len(study.critical))),
        *(_single_json(here, known, one) for one in study.single),
        *(_weak_json(here, known, number) for number in range(len(study.weak))),
        *(_cycle_json(here, known, at) for at in range(len(study.shape.cycles))),
        *(
            _exposure_json(here, known, node)
            for node in known.chain.nodes
            if study.exposure[node].accounts
        ),
        {
            "name": "chain",
            "rule": rule,
            "value": len(known.chain.nodes),
            "numbers": dict(study.why.numbers),
            "sentence": here.t(
                "chain.note",
                groups=here.t("chain.groups", n=len(known.chain.nodes)),
                flows=here.t("chain.flows", n=len(known.chain.flows)),
            ),
        },
    ]


def _entry(known: Known, name: str, value: Any, numbers: dict[str, Any], text: str) -> Any:
    return {
        "name": name,
        "rule": known.study.why.rule,
        "value": value,
        "numbers": numbers,
        "sentence": text,
    }


def _critical_json(here: Here, known: Known, at: int) -> Any:
    one = known.study.critical[at]
    numbers = {
        "rank": at + 1,
        "articulation": one.articulation,
        "betweenness": f"{one.betweenness:.6f}",
        "estimated": known.study.sampled,
    }
    text = here.t.mark.label.join((known.name(one.node), why(here, known, one)))
    return _entry(known, "critical_group", one.node, numbers, text)


def _single_json(here: Here, known: Known, one: SingleSource) -> Any:
    numbers = {"source": one.source, "flow": one.flow}
    text = here.t.mark.label.join((known.name(one.node), single(here, known, one)["text"]))
    return _entry(known, "single_source", one.node, numbers, text)


def _weak_json(here: Here, known: Known, at: int) -> Any:
    one = known.study.weak[at]
    numbers = {"flow": one.flow, "severity": one.severity, "answered": one.answered}
    shown = _weak(here, known, one.flow)
    text = here.t.mark.label.join((shown["link"]["name"], shown["text"]))
    return _entry(known, "weak_link", at + 1, numbers, text)


def _cycle_json(here: Here, known: Known, at: int) -> Any:
    one = known.study.shape.cycles[at]
    shown = _cycle(here, known, at)
    numbers = {"members": list(one.members), "shortest": list(one.shortest)}
    text = here.t.mark.label.join(filter(None, (shown["text"], shown["link"]["name"])))
    return _entry(known, "cycle", len(one.members), numbers, text)


def _exposure_json(here: Here, known: Known, node: str) -> Any:
    one = known.study.exposure[node]
    numbers = {
        "accounts": list(one.accounts),
        "revenue": one.revenue,
        "unknown": one.unknown,
        "share": one.share,
    }
    text = here.t.mark.label.join((known.name(node), exposure_text(here, one)))
    return _entry(known, "exposure", node, numbers, text)


def exposure_text(here: Here, one: Any) -> str:
    """How much of our revenue depends on a group, in words."""
    cells = exposure_cells(here, one)
    parts = [
        here.t("chain.depend.n", n=len(one.accounts)),
        cells["revenue"],
        here.t("chain.of-ours", share=cells["share"]) if cells["share"] else None,
        cells["unknown"],
    ]
    return here.t.remarks(part for part in parts if part)
