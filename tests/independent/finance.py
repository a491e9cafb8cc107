"""Account files in; DuPont and sums of shares out, computed from the YAML alone, without Briefbook.

`python tests/independent/finance.py content` prints them as JSON.
"""

from __future__ import annotations

import json
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

SCALES = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}
AMOUNT = re.compile(r"(-?[\d,.]+) ?(k|m|bn|tn)? ([A-Z]{3})")
SHARE = re.compile(r"(about|over|under)? ?(-?[\d.]+)%")


def plain(value: Any) -> str:
    """The value of a fact, short or long."""
    return str(value["value"] if isinstance(value, dict) else value)


def amount(value: Any, rates: dict[str, str]) -> Fraction:
    """Money in the book's currency; `rates` holds a unit of each other one."""
    found = AMOUNT.fullmatch(plain(value))
    assert found, value
    number = Fraction(found[1].replace(",", "")) * SCALES[found[2] or ""]
    return number * Fraction(str(rates.get(found[3], 1)))


def dupont(one: dict[str, Any], rates: dict[str, str]) -> dict[str, str] | None:
    """Margin, turnover, multiplier and return of a statement; None where one is not known."""
    assets = one.get("average_assets", one.get("total_assets"))
    equity = one.get("average_equity", one.get("equity"))
    written = (one.get("net_income"), one.get("revenue"), assets, equity)
    if any(each is None for each in written):
        return None
    income, revenue, held, owned = (amount(each, rates) for each in written)
    if min(revenue, held, owned) <= 0:
        return None
    found = {"margin": income / revenue, "turnover": revenue / held, "multiplier": held / owned,
             "roe": income / owned}  # fmt: skip
    return {name: f"{float(value):.6f}" for name, value in found.items()}


def reach(value: Any) -> tuple[Fraction, Fraction]:
    """The least and the most that a written share can be, in percent."""
    found = SHARE.fullmatch(plain(value))
    assert found, value
    number = Fraction(found[2])
    most = max(number, Fraction(100))
    by_word = {
        "about": (number - 3, number + 3),
        "over": (number, most),
        "under": (min(number, Fraction(0)), number),
    }
    return by_word.get(found[1], (number, number))


def sums(parts: dict[str, Any], above: str = "") -> dict[str, list[str]]:
    """Least and most that the shares of each parent sum to; parents are paths of ids."""
    known = [reach(one["share"]) for one in parts.values() if "share" in one]
    found = {above: [f"{float(sum(ends)):.6f}" for ends in zip(*known, strict=True)]}
    for id, one in parts.items():
        if "parts" in one:
            found |= sums(one["parts"], f"{above}/{id}".strip("/"))
    return found


def account(data: dict[str, Any], rates: dict[str, str]) -> dict[str, Any]:
    """What the figures of one account give."""
    finance = data.get("finance", {})
    return {
        "dupont": {str(one["period"]): dupont(one, rates)
                   for one in finance.get("statements", [])},
        "segments": {f"{one['period']} {one.get('of', 'revenue')}": sums(one["parts"])
                     for one in finance.get("segments", [])},
    }  # fmt: skip


def accounts(folder: Path) -> dict[str, Any]:
    """Every account of a content folder, by id."""
    yaml = YAML(typ="base", pure=True)
    book = yaml.load(folder / "book.yml")
    rates = {name: rate for name, rate in book.get("rates", {}).items() if name.isupper()}
    return {
        path.stem: account(yaml.load(path), rates)
        for path in sorted((folder / "accounts").glob("*.yml"))
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(accounts(Path(sys.argv[1])), indent=1) + "\n")
