"""A folder of pages in, the bundle that Pagefind makes of them out."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pagefind_bin_extended  # type: ignore[import-untyped]  # it ships no types

from briefbook.search.bundle import ENTRY, LANGUAGE, SearchError


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


def run_pagefind(pages: Path, bundle: Path, run: Run = subprocess.run) -> None:
    """Index the pages below a folder; raises `SearchError` if there is no index then."""
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
    if not (bundle / ENTRY).is_file():
        raise SearchError("Pagefind ended well but wrote no index.")
