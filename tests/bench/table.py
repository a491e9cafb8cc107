"""What was measured in, the table of the bench out: a figure, its limit, and whether it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.bench.runs import Cost

HEAD = ("what", "ours", "against", "ratio", "by cpu", "limit", "")
SIDES = ("<", ">", ">", ">", ">", ">", "<")
"""How each column is aligned."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; `ok` is None where there is no limit, or nothing could be measured."""

    what: str
    ours: str
    against: str = ""
    ratio: str = ""
    by_cpu: str = ""
    limit: str = ""
    ok: bool | None = None
    note: str = ""

    @property
    def said(self) -> str:
        """Whether the figure is kept, in words."""
        kept = {None: "", True: "ok", False: "NOT KEPT"}[self.ok]
        return "; ".join(part for part in (kept, self.note) if part)


def against(what: str, ours: Cost | None, peer: Cost | None, most: float | None = None) -> Row:
    """A command against a peer: the ratio by the clock decides, that by processors stands beside.

    The two differ where one side uses more cores, or where the machine was busy with others.
    """
    if ours is None:
        return missing(what, "" if most is None else f"{most:g}")
    if peer is None:
        return Row(what, seconds(ours))
    wall, cpu = ours.wall / peer.wall, ours.cpu / peer.cpu
    row = Row(what, seconds(ours), seconds(peer), f"{wall:.2f}", f"{cpu:.2f}")
    if most is None:
        return row
    note = "" if (wall <= most) == (cpu <= most) else "by cpu the other way"
    return replace(row, limit=f"{most:g}", ok=wall <= most, note=note)


def at_most(what: str, value: float | None, most: float, unit: str, note: str = "") -> Row:
    """A figure with a limit of the same unit."""
    limit = f"{most:g} {unit}"
    if value is None:
        return missing(what, limit)
    shown = f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
    return Row(what, f"{shown} {unit}", limit=limit, ratio=f"{value / most:.2f}",
               ok=value <= most, note=note)  # fmt: skip


def missing(what: str, limit: str = "", why: str = "not measured") -> Row:
    """A figure that nobody asked for, or that cannot be had here."""
    return Row(what, "-", limit=limit, note=why)


def seconds(cost: Cost) -> str:
    """Seconds of the clock, and of the processors in brackets."""
    return f"{cost.wall:.2f} s ({cost.cpu:.2f})"


def growth(sizes: Sequence[tuple[int, Cost | None]], most: float) -> Row | None:
    """The cost of an account at the largest size against the smallest; of one size, None."""
    known = sorted((size, cost) for size, cost in sizes if cost is not None)
    if len(known) < 2:
        return None
    (small, low), (large, high) = known[0], known[-1]
    each = Cost(low.wall / small, low.cpu / small), Cost(high.wall / large, high.cpu / large)
    what = f"growth: a cold build per account, {large:,} against {small:,}"
    wall, cpu = each[1].wall / each[0].wall, each[1].cpu / each[0].cpu
    told = [f"{one.wall * 1000:.1f} ms ({one.cpu * 1000:.1f})" for one in each]
    return Row(what, told[1], told[0], f"{wall:.2f}", f"{cpu:.2f}", f"{most:g}", wall <= most)


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """The table, its columns as wide as what stands in them."""
    cells = [HEAD, *((row.what, row.ours, row.against, row.ratio, row.by_cpu, row.limit, row.said)
                     for row in rows)]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (f"{cell:{side}{width}}"
                  for cell, side, width in zip(row, SIDES, widths, strict=True))  # fmt: skip
        yield "  ".join(padded).rstrip()


def summary(rows: Sequence[Row]) -> str:
    """How many figures are kept, and which are not."""
    late = [row.what.strip() for row in rows if row.ok is False]
    judged = sum(row.ok is not None for row in rows)
    return f"{judged - len(late)} of {judged} figures are kept." + "".join(
        f"\n  not kept: {what}" for what in late
    )
