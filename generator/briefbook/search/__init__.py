"""A built site in, a Pagefind index beside its pages out: one index for every language."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pagefind_bin_extended  # type: ignore[import-untyped]  # it ships no types

from briefbook.search.bundle import ENTRY, FOLDER, LANGUAGE, Index, SearchError, prune, settle
from briefbook.search.lean import write_lean
from briefbook.search.proof import proves

__all__ = [
    "ENTRY",
    "FOLDER",
    "LANGUAGE",
    "Index",
    "Run",
    "SearchError",
    "check_index",
    "index",
    "proves",
]


class Run(Protocol):
    """The part of `subprocess.run` that is used here."""

    def __call__(
        self,
        args: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        capture_output: bool,
        text: bool,
        errors: str,
        check: bool,
    ) -> subprocess.CompletedProcess[str]: ...


def index(site: Path, run: Run = subprocess.run) -> Index:
    """Index the pages that carry `data-pagefind-body`; the same pages give the same bytes.

    Raises `SearchError` when the binary is missing or fails, `OSError` when the disk does.
    """
    bundle = site / FOLDER
    if bundle.exists():
        shutil.rmtree(bundle)  # Pagefind adds to what it finds there
    # Beside the site, and under a name that the next build clears up if this one is killed.
    with TemporaryDirectory(".tmp", f"{site.name}-", site.parent) as lean:
        within = write_lean(site, Path(lean))
        run_pagefind(Path(lean), bundle.absolute(), run)
    if not (bundle / ENTRY).is_file():
        raise SearchError("Pagefind ended well but wrote no index.")
    prune(bundle)
    made = settle(bundle)  # it counts entries
    return replace(made, pages=made.pages + within)


def check_index(made: Index, expected_pages: int) -> None:
    """Raise `SearchError` unless the index holds exactly the pages that were planned for it."""
    if made.pages != expected_pages:
        raise SearchError(
            f"The search index holds {made.pages} pages, but {expected_pages} were planned: "
            "is data-pagefind-body missing from a template?"
        )


def run_pagefind(pages: Path, bundle: Path, run: Run = subprocess.run) -> None:
    """Index the pages below a folder into a bundle, which is Pagefind's own until it is settled."""
    # An empty environment and its own working folder: Pagefind takes settings from both.
    try:
        done = run(
            [
                str(pagefind_bin_extended.get_executable()),
                *("--site", "."),
                *("--output-path", str(bundle)),
                *("--force-language", LANGUAGE),
                "--silent",
            ],
            cwd=pages,
            env={},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as problem:
        raise SearchError(f"Pagefind's extended binary cannot be started: {problem}") from problem
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise SearchError(f"Pagefind ended with status {done.returncode}: {said}")
