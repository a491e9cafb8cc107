"""Numbers of accounts in, a table out: what a project of that size costs, beside its peers.

Run as `python -m tests.bench 1000 3000 --rounds 5`; `make bench ACCOUNTS="1000 3000"` does.
Seconds are medians of the rounds, Python's own start included, those of the processors in
brackets. A figure past its limit is told and ends nothing: the exit code is 0.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.runs import Cost
from tests.bench.sizes import PARTS, Asked, Measured, Tell, equality, measure, rows, times
from tests.bench.table import growth, lines, summary

QUICK = (100,)
"""Accounts, if nobody says how many: a few minutes."""
ROUNDS, QUICK_ROUNDS = 5, 3
GROWTH = 1.15


def main(arguments: list[str]) -> int:
    """Measure each size in turn."""
    asked = _parser().parse_args(arguments)
    rounds = asked.rounds or (ROUNDS if asked.accounts else QUICK_ROUNDS)
    wanted = Asked(rounds, frozenset(asked.without))
    print(f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores, "
          f"load {_load()}")  # fmt: skip
    sizes: list[tuple[int, Cost | None]] = []
    for accounts in asked.accounts or QUICK:
        with tempfile.TemporaryDirectory(prefix="briefbook-bench-") as folder:
            found = measure(accounts, Path(folder), wanted, _told(accounts))
        _print(found, rounds)
        sizes.append((accounts, found.costs.median("cold")))
    if row := growth(sizes, GROWTH):
        print("\n".join(lines([row])))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.bench", description=(__doc__ or "").strip())
    parser.add_argument("accounts", nargs="*", type=int, help="sizes of made-up projects")
    parser.add_argument(
        "--rounds",
        type=int,
        help=f"runs that a median is taken of ({ROUNDS}; {QUICK_ROUNDS} where no size is named)",
    )
    parser.add_argument("--without", nargs="*", choices=PARTS, default=[],
                        help="what is left out")  # fmt: skip
    return parser


def _told(accounts: int) -> Tell:
    """Says on the terminal what is being done."""
    begun = time.monotonic()

    def tell(step: str) -> None:
        print(f"  {time.monotonic() - begun:6.0f} s  {accounts:,} accounts: {step}",
              file=sys.stderr, flush=True)  # fmt: skip

    return tell


def _print(found: Measured, rounds: int) -> None:
    """The table of one size."""
    table = list(rows(found))
    print(f"\n{found.accounts:,} accounts, medians of {rounds}, load now {_load()}\n")
    print("\n".join(lines(table)))
    print(f"\n{summary(table)}\n")
    print("\n".join(equality(found)), "\n")
    print("\n".join(times(found)), flush=True)


def _load() -> str:
    """How many processes want a core, over the last minute and the last five."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg()[:2])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
