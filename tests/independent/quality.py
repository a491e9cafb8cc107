"""A content folder in, completeness and work by account, part and owner out, from the YAML alone.

Nothing of Briefbook is imported; `python -m tests.independent.quality content 2026-11-22` prints it
(rules 5, 11 and 18, and the rule that a figure has a source).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tests.independent import closeness
from tests.independent.closeness import read
from tests.independent.counters import asked_of, complete, money
from tests.independent.home import FOLDERS, place, stale

SUMS = ("accounts", "fields", "fields_expected", "stale", "unsourced", "people", "unverified")
QUIET = {"period", "note", "n", "trend", "growth", "of", "name", "what", "checked", "as_of"}
"""Fields beside a figure that are none themselves."""


def sourced(node: Any) -> bool:
    """Whether a figure says where it comes from, or all figures in it do."""
    if not isinstance(node, dict):
        return False
    if "source" in node:
        return True
    if "value" in node:
        return False
    below = [one for key, one in node.items() if key not in QUIET | {"parts"}]
    return all(sourced(one) for one in (*below, *(node.get("parts") or {}).values()))


def figures(record: dict[str, Any]) -> Iterator[Any]:
    """Every figure of a record; those of a pain may rest on the source of the pain."""
    for part, lists in (("market", ("size", "concentration")),
                        ("finance", ("statements", "segments"))):  # fmt: skip
        for name in lists:
            yield from (record.get(part) or {}).get(name) or ()
    yield from filter(None, [(record.get("finance") or {}).get("industry_mean")])
    for pain in (record.get("pains") or {}).values():
        said = [pain["evidence"]] if "evidence" in pain else []
        for one in (*said, *(pain.get("more_evidence") or ())):
            yield {**one, "source": pain["source"]} if "source" in pain else one


def unsourced(record: dict[str, Any], book: dict[str, Any]) -> int:
    """Figures without a source; what is invented needs none."""
    if "yes" in (record.get("sample"), book.get("sample")):
        return 0
    return sum(not sourced(one) for one in figures(record))


def account(
    data: dict[str, Any], book: dict[str, Any], registry: Any, today: date
) -> dict[str, Any]:
    """What one account has of what its class asks for, and what is to be mended."""
    at = place(data, book, today)
    gap = None if at["letter"] is None else at["potential"] - at["paid"]
    limit = money(book.get("important_gap", "20 m CNY"), book)
    assert limit is not None
    important = "important" in data or bool(at["letter"] == "c" and gap and gap >= limit)
    parts = complete(data, asked_of(at["letter"], important=important))
    counts = {part: [int(n) for n in text.split("/")] for part, text in parts.items()}
    people = closeness.account(data, book, today)["account"]
    return {
        "owner": data.get("owner", ""),
        "class": at["letter"],
        "important": important,
        "parts": counts,
        "accounts": 1,
        "fields": sum(have for have, _ in counts.values()),
        "fields_expected": sum(expected for _, expected in counts.values()),
        "stale": stale(data, book, registry, today),
        "unsourced": unsourced(data, book),
        "people": people["people"],
        "unverified": people["old"],
    }


def total(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Sums over some accounts."""
    return {name: sum(one[name] for one in rows) for name in SUMS}


def part(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One part over all accounts that are asked for it."""
    asked = [one["parts"][name] for one in rows if name in one["parts"]]
    return {"part": name, "accounts": len(asked),
            "whole": sum(have == expected for have, expected in asked),
            "fields": sum(have for have, _ in asked),
            "fields_expected": sum(expected for _, expected in asked)}  # fmt: skip


def compute(folder: Path, today: date) -> dict[str, Any]:
    """Everything for a content folder."""
    book = read(folder / "book.yml")
    listed = folder / "sources.yml"
    registry = read(listed) if listed.is_file() else {}
    files = {(name, path.stem): read(path)
             for name in FOLDERS for path in sorted((folder / name).glob("*.yml"))}  # fmt: skip
    rows = {id: account(one, book, registry, today)
            for (name, id), one in files.items() if name == "accounts"}  # fmt: skip
    named = [part for part in asked_of("a", important=True)
             if any(part in one["parts"] for one in rows.values())]  # fmt: skip
    return {
        "accounts": rows,
        "total": total(list(rows.values())),
        "owners": {owner: total([one for one in rows.values() if one["owner"] == owner])
                   for owner in {one["owner"] for one in rows.values()}},
        "parts": [part(name, list(rows.values())) for name in named],
        "facts": {"stale": sum(stale(one, book, registry, today) for one in files.values()),
                  "unsourced": sum(unsourced(one, book) for (name, _), one in files.items()
                                   if name != "strategies")},
    }  # fmt: skip


if __name__ == "__main__":
    said = compute(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
