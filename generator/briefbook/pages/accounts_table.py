"""Accounts and their filters in, the rows of their table out: for the page, and for its script.

The script reads `table.json` beside the page, or the same text in the page where all rows fit one.
Shape, version 1; it serves table.js alone, `/data/accounts.json` serves everybody else.

- `count` accounts, in the order of the table: the largest contribution first; `find` names what
  the text filter looks through.
- `columns` by name, each with a text per account: `text` lists them, or `words` lists each text
  once and `of` which of them an account has. `key` (per account) or `keys` (per word) are numbers
  to sort by, null where nothing is known; `ratio` names two columns whose quotient is the key.
- `filters`: `name`, `also` (a second name), `title`, `values`, `labels`, `counts`, and in `of` per
  account the index of its value, or a list of several.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefbook.analyse.due import next_review
from briefbook.pages.accounts_filters import Applied
from briefbook.pages.here import Here

VERSION = 1
WIDE = 80
"""Pixels of the bar of the largest potential."""
METER = 46
"""Pixels of a bar that is full."""
FROM_FILTERS = ("class", "industry", "region", "lifecycle", "strategy", "owner")
"""Cells that show what an account can be filtered by."""

FOUND_BY = ("name", "id", "other", *FROM_FILTERS[1:])
"""Columns and filters whose words the text filter looks through."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column says of each account; `keys` are what it sorts by, where not by the text."""

    texts: tuple[str, ...]
    keys: tuple[Any, ...] | None = None


def in_order(here: Here) -> tuple[str, ...]:
    """All accounts, the largest contribution first, those whose contribution is not known last."""
    places = here.site.results.standings

    def key(id: str) -> tuple[bool, Decimal, str]:
        brought = places[id].contribution
        return brought is None, -(brought or Decimal(0)), id

    return tuple(sorted(here.site.content.accounts, key=key))


def scale_of(here: Here) -> Decimal:
    """What the longest bar of all accounts stands for."""
    places = here.site.results.standings.values()
    amounts = (amount for one in places for amount in (one.potential, one.contribution))
    return max((one for one in amounts if one is not None), default=Decimal(0))


def columns(here: Here, ids: Sequence[str], scale: Decimal) -> Mapping[str, Column]:
    """Every column that is shown and no filter."""
    results, t = here.site.results, here.t
    places = [results.standings[id] for id in ids]
    money, share = _each(t.millions), _each(t.share)
    brought, room = [one.contribution for one in places], [one.potential for one in places]
    tallies = [results.complete[id] for id in ids]
    done = [Decimal(one.have) / one.expected if one.expected else Decimal(1) for one in tallies]
    return {
        "id": Column(tuple(ids)),
        "name": Column(tuple(here.site.content.accounts[id].name for id in ids)),
        "contribution": Column(tuple(map(money, brought)), tuple(map(_number, brought))),
        "potential": Column(tuple(map(money, room)), tuple(map(_number, room))),
        "share": Column(tuple(share(one.share) for one in places)),
        "part": Column(tuple(_pixels(one, scale, WIDE) for one in brought)),
        "whole": Column(
            tuple(
                _pixels(max(one or 0, other or 0), scale, WIDE)
                for one, other in zip(brought, room, strict=True)
            )
        ),
        **_reviews(here, ids),
        "complete": Column(tuple(map(share, done)), tuple(int(one * 100) for one in done)),
        "done": Column(tuple(_pixels(one, Decimal(1), METER) for one in done)),
    }


def others(here: Here, ids: Sequence[str]) -> Column:
    """Further words by which accounts are found."""
    return Column(tuple(_other(here, id) for id in ids))


def _each(say: Callable[[Decimal], str]) -> Callable[[Decimal | None], str]:
    """The words for an amount, each amount said once."""
    said: dict[Decimal, str] = {}

    def cached(value: Decimal | None) -> str:
        if value is None:
            return ""
        if value not in said:
            said[value] = say(value)
        return said[value]

    return cached


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _pixels(value: Decimal | int | None, scale: Decimal, width: int) -> str:
    """Whole pixels of a bar; what is there is at least one wide."""
    if not value or value < 0 or not scale:
        return "0"
    return str(min(max(round(value * width / scale), 1), width))


def _reviews(here: Here, ids: Sequence[str]) -> Mapping[str, Column]:
    """The next review of the plan that is not held yet, and whether it is overdue."""
    book, today = here.site.content.book.value, here.site.results.today
    accounts = here.site.content.accounts
    days = [next_review(accounts[id].value, book, today) for id in ids]
    said = {day: here.t.day(day) for day in set(days) if day}
    return {
        "review": Column(
            tuple(said[day] if day else "" for day in days),
            tuple(day.toordinal() if day else None for day in days),
        ),
        "late": Column(tuple("yes" if day and day < today else "" for day in days)),
    }


def _other(here: Here, id: str) -> str:
    account = here.site.content.accounts[id].value
    return " ".join(filter(None, (*account.aliases, account.crm_id)))


def rows(
    found: Mapping[str, Column], filters: Sequence[Applied], count: int
) -> list[dict[str, Any]]:
    """The first rows for the template: each cell with its text, and the value behind its look."""
    by_name = {one.filter.name: one for one in filters if one.filter.name in FROM_FILTERS}
    return [
        {
            **{name: _cell(one.texts[at], one.texts[at]) for name, one in found.items()},
            **{
                name: _cell(one.labels[one.of[at][0]], one.values[one.of[at][0]])
                for name, one in by_name.items()
            },
        }
        for at in range(count)
    ]


def _cell(text: str, value: str) -> dict[str, str]:
    return {"text": text, "value": value}


def table_json(found: Mapping[str, Column], filters: Sequence[Applied]) -> str:
    """All rows for the script, as small as they go."""
    whole = {
        "version": VERSION,
        "count": len(found["id"].texts),
        "find": FOUND_BY,
        "columns": {name: _coded(name, one) for name, one in found.items()},
        "filters": [_filter(one) for one in filters],
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _coded(name: str, one: Column) -> dict[str, Any]:
    if name in {"id", "name", "other"}:
        return {"text": one.texts}
    keys = dict(zip(one.texts, one.keys or (), strict=False))
    at = {text: index for index, text in enumerate(dict.fromkeys(one.texts))}
    coded: dict[str, Any] = {"words": list(at), "of": [at[text] for text in one.texts]}
    if name in {"contribution", "potential"}:
        coded["key"] = one.keys
    elif keys:
        coded["keys"] = [keys[text] for text in at]
    elif name == "share":
        coded["ratio"] = ["contribution", "potential"]
    return coded


def _filter(one: Applied) -> dict[str, Any]:
    return {
        "name": one.filter.name,
        "also": one.filter.also,
        "title": one.title,
        "values": one.values,
        "labels": one.labels,
        "counts": one.counts,
        "of": [of[0] if len(of) == 1 else of for of in one.of],
    }
