"""Splits of a total by segment in, a table for each with shares, changes and sums out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from briefbook.analyse.segments import Level, Part, Path, Split, Spread
from briefbook.load import Record
from briefbook.model.parts import Segment
from briefbook.pages.finance_words import points, signed
from briefbook.pages.here import Here

_DEEPEST = 3


def segments(here: Here, record: Record[Any], found: tuple[Split, ...]) -> list[dict[str, Any]]:
    """What is split, and one table a year; the latest of each stands open."""
    seen: set[str] = set()
    made = []
    for one in found:
        made.append({**_split(here, record, one), "latest": one.of not in seen})
        seen.add(one.of)
    return made


def _split(here: Here, record: Record[Any], split: Split) -> dict[str, Any]:
    written = record.value.finance.segments[split.index]
    named = _flat((), written.parts)
    earlier = _before(record, split)
    return {
        "title": here.t("finance.split", of=here.t(f"word.{split.of}"), period=split.period.text),
        "until": here.t("finance.until", date=here.t.day(split.last)),
        "source": here.sources(written.source, record),
        "stale": here.age(split.last, "finance")["stale"],
        "before": split.before.text if split.before else None,
        "rows": [_row(here, record, part, named[part.path]) for part in split.parts],
        "sums": sums(here, split, named),
        "doubts": [_sum(here, one, named) for one in split.levels if one.state != "sums"],
        "gone": [earlier[path].name for path in split.gone if path in earlier],
        "wide": any(len(part.path) > 1 for part in split.parts),
        "valued": any(one.value for one in named.values()),
        "grown": any(part.growth is not None for part in split.parts),
    }


def _flat(above: Path, parts: Mapping[str, Segment]) -> dict[Path, Segment]:
    found: dict[Path, Segment] = {}
    for id, one in parts.items():
        found[(*above, id)] = one
        found |= _flat((*above, id), one.parts)
    return found


def _before(record: Record[Any], split: Split) -> dict[Path, Segment]:
    """The segments of the split that this one is held against."""
    for one in record.value.finance.segments:
        if one.of == split.of and one.period == split.before:
            return _flat((), one.parts)
    return {}


def _row(here: Here, record: Record[Any], part: Part, one: Segment) -> dict[str, Any]:
    share = here.fact(one.share, record, "finance")
    return {
        "name": one.name,
        "what": one.what,
        "depth": min(len(part.path) - 1, _DEEPEST),
        "share": share,
        "computed": _percent(here, part.share) if part.share and not part.written else None,
        "bar": float(max(part.share.low, Decimal(0))) if part.share else None,
        "before": here.quantity(part.before) if part.before else None,
        "change": _change(here, part),
        "new": part.new,
        "of_whole": _percent(here, part.of_whole) if part.of_whole else None,
        "value": here.fact(one.value, record, "finance"),
        "growth": here.fact(one.growth, record, "finance"),
        "growth_computed": _growth(here, part),
    }


def _change(here: Here, part: Part) -> str | None:
    return None if part.change is None else signed(part.change, points(here, part.change))


def _growth(here: Here, part: Part) -> str | None:
    if not part.computed or part.growth is None:
        return None
    return here.t.share(part.growth / 100, 1)


def _percent(here: Here, share: Spread) -> str:
    """`43 %`, or `28 to 46 %` where a qualifier leaves room."""
    low, high = (here.t.number(one, 0 if share.low != share.high else 1) for one in share)
    if low == high:
        return here.t("unit.percent", number=low)
    return here.t("finance.range", low=low, high=high)


def sums(here: Here, split: Split, named: Mapping[Path, Segment]) -> str | None:
    """The levels whose shares sum as they should, in one sentence."""
    told = [_sum(here, one, named)["text"] for one in split.levels if one.state == "sums"]
    return here.t("finance.sums", sums=here.t.listed(told)) if told else None


def _sum(here: Here, level: Level, named: Mapping[Path, Segment]) -> dict[str, Any]:
    """What the shares of one parent sum to, in words."""
    parent = named[level.parent].name if level.parent else here.t("finance.whole")
    names = [named[(*level.parent, id)].name for id in level.missing]
    return {
        "parent": parent,
        "wrong": level.state in {"over", "under"},
        "text": here.t(
            f"finance.sum.{level.state}",
            parent=parent,
            sum=_percent(here, Spread(level.low, level.high)),
            missing=here.t.listed(names),
            n=len(names),
        ),
    }
