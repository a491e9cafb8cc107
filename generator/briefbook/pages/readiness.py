"""A readiness list in, its lines as rows of a page out: state, numbers, and the field to fill."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefbook.analyse.ready import Check, Readiness
from briefbook.pages.here import Here

KINDS = {"done": "good", "not-done": "warn", "unknown": None}
"""The chip of a state; what is not known is shown as missing."""


def readiness(here: Here, found: Readiness) -> dict[str, Any]:
    """The state in one word, how many lines are done, and all lines."""
    return {**chip(here, found), "rows": [_row(here, one) for one in found.checks]}


def chip(here: Here, found: Readiness) -> dict[str, Any]:
    """The state and the count, without the lines."""
    t = here.t
    return {
        "ready": found.ready,
        "label": t("industry.ready-short" if found.ready else "industry.not-ready-short"),
        "count": t("ready.count", done=found.done, n=len(found.checks)),
    }


def state(here: Here, found: Readiness) -> str:
    """The state and the count in a few words."""
    told = chip(here, found)
    return here.t("ready.meta", state=told["label"], count=told["count"])


def in_short(here: Here, found: Readiness) -> str:
    """In one line: how many are done, what is not, with its numbers, and what is unknown."""
    count = here.t("ready.count", done=found.done, n=len(found.checks))
    left = still_open(here, found)
    return here.t.clauses([count, left] if left else [count])


def still_open(here: Here, found: Readiness) -> str:
    """What is not done, with its numbers, and what is unknown; "" where all is done."""
    t = here.t
    open_ = [f"{_label(here, one)} ({_numbers(here, one)})" for one in found.checks
             if one.state == "not-done"]  # fmt: skip
    unknown = [_label(here, one) for one in found.checks if one.state == "unknown"]
    told = [t("ready.open", what=t.row(open_))] if open_ else []
    told += [t("ready.unknown", what=t.row(unknown))] if unknown else []
    return t.clauses(told)


def derived(here: Here, found: Readiness) -> dict[str, Any]:
    """What the JSON of a record says of it."""
    return {
        "name": "ready_to_meet",
        "rule": "ready-to-meet",
        "value": found.ready,
        "numbers": {
            one.rule: {"state": one.state, "needed": one.needed, "field": one.field,
                       **{key: _plain(value) for key, value in one.numbers.items()}}
            for one in found.checks
        },
        "sentence": in_short(here, found),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str)) else value.isoformat()


def _row(here: Here, one: Check) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "label": _label(here, one),
        "needed": one.needed,
        "kind": KINDS[one.state],
        "state": here.t(f"ready.state.{one.state}"),
        "numbers": _numbers(here, one),
        "field": one.field,
        **_file(here, one),
    }


def _label(here: Here, one: Check) -> str:
    return here.t(one.rule)


def _numbers(here: Here, one: Check) -> str:
    """What was counted, in words: what is missing is told so, never as zero."""
    t, numbers = here.t, one.numbers
    if one.state == "unknown":
        return t("ready.not-written")
    if one.rule == "ready.class":
        return t("ready.class.said", letter=str(numbers["letter"]).upper())
    if one.rule == "ready.strategy":
        used = str(numbers["used"])
        return here.strategy(used) if used else t("ready.none")
    if one.rule == "ready.next":
        return _day(here, one)
    if one.rule == "ready.questions":
        told = [t(f"ready.questions.{name}", n=n) for name, n in numbers.items() if n]
        return t.row(told) if told else t("ready.none")
    have, of = OF[one.rule]
    return t(f"{one.rule}.said", have=numbers[have], n=numbers[of])


def _day(here: Here, one: Check) -> str:
    day = one.numbers.get("day")
    if isinstance(day, date):
        return here.t.day(day)
    return here.t("ready.no-day" if one.numbers["things"] else "ready.none")


OF = {
    "ready.pains": ("answered", "worst"),
    "ready.benchmarks": ("lessons", "benchmarks"),
    "ready.people": ("known", "people"),
    "ready.decides": ("deciding", "people"),
    "ready.verified": ("verified", "people"),
    "ready.fresh": ("stale", "facts"),
}
"""Rules that count some among all, and the names of both numbers."""


def _file(here: Here, one: Check) -> dict[str, Any]:
    """The file of the field, and its line where the host can edit it."""
    kind, id = one.record
    content, forge = here.site.content, here.site.forge
    record = content.questions if kind == "questions" else content.of(kind)[id]
    href = None
    if forge and one.field:
        path = tuple(int(part) if part.isdigit() else part for part in one.field.split("."))
        href = forge.edit(record.file, record.tree.place(path).line)
    return {"file": record.file, "href": href}
