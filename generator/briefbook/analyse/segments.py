"""Splits of a total by segment in; shares of the whole, sums of each level and changes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from briefbook.analyse.facts import last_day
from briefbook.analyse.money import in_book
from briefbook.analyse.results import Number, Why
from briefbook.model.book import Book
from briefbook.model.parts import Finance, Segment, Segments
from briefbook.quantity import Period, Quantity

ABOUT = Decimal(3)
"""Points by which a share written with `about` may be off either way (rule 15)."""
LEAST, MOST = Decimal(98), Decimal(102)
"""Percent to which the shares of a level sum (rule 15)."""
_WHOLE = Decimal(100)
_A_YEAR = range(350, 381)
Path = tuple[str, ...]
State = Literal["sums", "over", "under", "open", "unknown"]


class Spread(NamedTuple):
    """The least and the most that a share can be, in percent."""

    low: Decimal
    high: Decimal


def spread(share: Quantity) -> Spread:
    """What a share may be, by its qualifier: `over 70%` is 70 to 100, `about 30%` is 27 to 33."""
    number = share.number
    if share.qualifier == "about":
        return Spread(number - ABOUT, number + ABOUT)
    if share.qualifier in {"over", "at least"}:
        return Spread(number, max(number, _WHOLE))
    if share.qualifier in {"under", "at most"}:
        return Spread(min(number, Decimal(0)), number)
    return Spread(number, number)


@dataclass(frozen=True, slots=True)
class Level:
    """The parts of one parent: their sum in percent, and what it means.

    `sums`: 98 to 102 % is possible; `over`, `under`: it is not; `open`: some shares are missing and
    the others leave room; `unknown`: no share is known. `missing` holds ids.
    """

    parent: Path
    low: Decimal
    high: Decimal
    missing: tuple[str, ...]
    state: State
    why: Why


@dataclass(frozen=True, slots=True)
class Part:
    """One segment: its share of its parent and of the whole, in percent.

    `written` is false where the share is value / sum of the level's values. `change` is in points
    over the split before; `growth` in percent, `computed` from values unless somebody wrote it.
    """

    path: Path
    share: Spread | None
    written: bool
    of_whole: Spread | None
    before: Quantity | None
    change: Decimal | None
    growth: Decimal | None
    computed: bool
    new: bool


@dataclass(frozen=True, slots=True)
class Split:
    """One entry of `segments`; `index` is its place in the file, `before` what it is held against.

    `gone` holds the segments that the split before had.
    """

    index: int
    of: str
    period: Period
    last: date
    parts: tuple[Part, ...]
    levels: tuple[Level, ...]
    before: Period | None
    gone: tuple[Path, ...]


def splits(finance: Finance | None, book: Book) -> tuple[Split, ...]:
    """Every split, those of revenue first, of each the latest year first."""
    if finance is None:
        return ()
    dated = [
        (last_day(one.period, finance.year_starts), at, one)
        for at, one in enumerate(finance.segments)
    ]
    made = [_split(last, at, one, _before(last, one, dated), book) for last, at, one in dated]
    return tuple(sorted(made, key=lambda one: (one.of != "revenue", one.of, -one.last.toordinal())))


_Dated = tuple[date, int, Segments]


def _before(last: date, one: Segments, dated: list[_Dated]) -> _Dated | None:
    """The split of the same thing that ended last before this one."""
    earlier = [other for other in dated if other[2].of == one.of and other[0] < last]
    return max(earlier, key=lambda other: other[:2], default=None)


def _split(last: date, at: int, one: Segments, before: _Dated | None, book: Book) -> Split:
    earlier = dict(_flat((), before[2].parts)) if before else {}
    after_a_year = before is not None and (last - before[0]).days in _A_YEAR
    parts = tuple(
        _compared(part, segment, earlier, after_a_year, book)
        for part, segment in _parts((), one.parts, Spread(_WHOLE, _WHOLE), book)
    )
    here = {part.path for part in parts}
    return Split(
        index=at,
        of=one.of,
        period=one.period,
        last=last,
        parts=parts,
        levels=tuple(levels(one.parts, book)),
        before=before[2].period if before else None,
        gone=tuple(path for path in earlier if path not in here and _split_up(path[:-1], here)),
    )


def _split_up(parent: Path, paths: Iterable[Path]) -> bool:
    """Whether the parts of a parent are told at all."""
    return any(path[:-1] == parent for path in paths)


def _flat(above: Path, parts: Mapping[str, Segment]) -> Iterator[tuple[Path, Segment]]:
    for id, one in parts.items():
        yield (*above, id), one
        yield from _flat((*above, id), one.parts)


def levels(parts: Mapping[str, Segment], book: Book, above: Path = ()) -> Iterator[Level]:
    """What the shares of each parent sum to, the whole first."""
    if parts:
        yield level(above, _shares(parts, book))
    for id, one in parts.items():
        yield from levels(one.parts, book, (*above, id))


def level(parent: Path, shares: Mapping[str, Spread | None]) -> Level:
    """What the shares of one parent sum to (rule 15)."""
    known = [one for one in shares.values() if one is not None]
    missing = tuple(id for id, one in shares.items() if one is None)
    low = sum((one.low for one in known), Decimal(0))
    high = sum((one.high for one in known), Decimal(0))
    numbers: dict[str, Number] = {
        "low": low,
        "high": high,
        "missing": len(missing),
        "least": LEAST,
        "most": MOST,
    }
    return Level(parent, low, high, missing, _state(low, high, len(known), len(missing)),
                 Why("segments", numbers))  # fmt: skip


def _state(low: Decimal, high: Decimal, known: int, missing: int) -> State:
    if not known:
        return "unknown"
    if low > MOST:
        return "over"
    if missing:
        return "open"
    return "under" if high < LEAST else "sums"


def _shares(parts: Mapping[str, Segment], book: Book) -> dict[str, Spread | None]:
    """The written shares; without any, those that the values give if all of them are known."""
    written = {id: spread(one.share.value) if one.share else None for id, one in parts.items()}
    if any(one is not None for one in written.values()):
        return written
    values = {id: in_book(one.value.value, book) for id, one in parts.items() if one.value}
    known = {id: value for id, value in values.items() if value is not None}
    total = sum(known.values(), Decimal(0))
    if len(known) < len(parts) or total <= 0:
        return written
    return {id: Spread(*[value * 100 / total] * 2) for id, value in known.items()}


def _parts(
    above: Path, parts: Mapping[str, Segment], parent: Spread | None, book: Book
) -> Iterator[tuple[Part, Segment]]:
    """Every segment below a parent, itself before its parts; the share of the whole multiplies."""
    for id, share in _shares(parts, book).items():
        one, path = parts[id], (*above, id)
        whole = product(parent, share) if parent and share else None
        yield Part(path, share, one.share is not None, whole, None, None, None, False, False), one
        yield from _parts(path, one.parts, whole, book)


def product(parent: Spread, share: Spread) -> Spread:
    """A share of a share, in percent of the whole."""
    ends = [one * other / 100 for one in parent for other in share]
    return Spread(min(ends), max(ends))


def _compared(
    part: Part, now: Segment, earlier: Mapping[Path, Segment], after_a_year: bool, book: Book
) -> Part:
    before = earlier.get(part.path)
    then = before.share.value if before and before.share else None
    change = now.share.value.number - then.number if now.share and then else None
    computed = _growth(now, before, book) if after_a_year else None
    written = now.growth.value.number if now.growth else None
    return Part(
        path=part.path,
        share=part.share,
        written=part.written,
        of_whole=part.of_whole,
        before=then,
        change=change,
        growth=computed if written is None else written,
        computed=written is None and computed is not None,
        new=before is None and _split_up(part.path[:-1], earlier),
    )


def _growth(now: Segment, before: Segment | None, book: Book) -> Decimal | None:
    """Growth in percent from the values of two years."""
    if now.value is None or before is None or before.value is None:
        return None
    value, then = in_book(now.value.value, book), in_book(before.value.value, book)
    if value is None or then is None or then <= 0:
        return None
    return (value / then - 1) * 100
