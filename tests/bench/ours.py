"""A project folder in, what Briefbook's own commands cost in it out."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from briefbook.search import SearchError, proves
from tests.bench.runs import (
    BRIEFBOOK,
    Cost,
    FailedError,
    Peak,
    Started,
    cpu_of,
    peak,
    run,
    started,
    until,
)

PATIENCE = 600.0
"""Seconds until `serve` must have answered."""
PAUSE = 0.05
"""Seconds between two questions for a page."""
SEARCH = """
import json, pathlib, sys
from briefbook.search import index
from briefbook.shells.workers import processes
site = pathlib.Path(sys.argv[1])
files = json.loads((site / "build.json").read_bytes())["files"]
pages = {
    name: sum for name, sum in files.items()
    if name.endswith(".html") and b"data-pagefind-body" in (site / name).read_bytes()
}
index(site, pages, workers=processes())
"""
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
EDITS = {
    "sentence": re.compile(r"^  heads_for: .*$", re.MULTILINE),
    "name": re.compile(r"^name: .*$", re.MULTILINE),
}
"""What is changed of an account: a sentence of its own page, and what many pages show."""


class Project:
    """A project that is built, and the account that is edited in it."""

    def __init__(self, folder: Path, accounts: int) -> None:
        self.folder, self.content, self.site = folder, folder / "content", folder / "site"
        run([*BRIEFBOOK, "demo", folder, "--accounts", str(accounts)], folder.parent)
        self._file = min((self.content / "accounts").glob("*.yml"))
        self._text = self._file.read_text("utf-8")
        self.page = f"accounts/{self._file.stem}/"
        self._edits = 0
        self._words: dict[str, str] = {}

    def cold(self) -> Cost:
        """A build of the content as it was written, with nothing left of earlier ones."""
        self.forget()
        return run([*BRIEFBOOK, "build"], self.folder)

    def again(self) -> Cost:
        """A build of what was built."""
        return run([*BRIEFBOOK, "build"], self.folder)

    def edited(self, what: str) -> tuple[Cost, Cost]:
        """A build after an edit: until the page stands in `site/`, and until search finds it."""
        word, page = self.edit(what), self.site / self.page / "index.html"
        before = page.stat().st_ino
        both = until([*BRIEFBOOK, "build"], self.folder, lambda: _changed(page, before, word))
        found(self.site, word)
        return both

    def memory(self) -> Peak:
        """The highest memory of a cold build."""
        self.forget()
        return peak([*BRIEFBOOK, "build"], self.folder)

    def forget(self) -> None:
        """Leave nothing of earlier builds, nor of edits."""
        self.site.unlink(missing_ok=True)
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)
        self._file.write_text(self._text, "utf-8")
        self._words.clear()

    def edit(self, what: str) -> str:
        """Change one of `EDITS` of an account; the new word in it comes back."""
        self._edits += 1
        self._words[what] = f"edited{'abcdefghijklmnopqrstuvwxyz'[self._edits % 26]}{self._edits}"
        text = self._text
        for name, word in self._words.items():
            text = EDITS[name].sub(rf"\g<0> {word}", text, count=1)
        self._file.write_text(text, "utf-8")
        return self._words[what]


def _changed(page: Path, before: int, word: str) -> bool:
    """Whether another file stands there, with the word in it."""
    try:
        return page.stat().st_ino != before and word in page.read_text("utf-8")
    except OSError:
        return False


def found(site: Path, word: str) -> None:
    """Raise unless search finds the word."""
    try:
        proves(site, {"en": word})
    except SearchError as bad:
        raise FailedError(f"After the edit: {bad}") from bad


def checked(project: Project, folder: Path) -> tuple[Cost, Cost]:
    """`check` of a copy of the content: for the first time, and again."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project.content, folder / "content")
    cold = run([*BRIEFBOOK, "check"], folder)
    return cold, run([*BRIEFBOOK, "check"], folder)


def searched(site: Path) -> Cost:
    """What our own build does to make search of a site, in a process of its own."""
    return run([sys.executable, "-c", SEARCH, site], site.parent)


def served(project: Project, rounds: int) -> Iterator[tuple[str, Cost]]:
    """`serve`: which edit, and the cost from saving it to the changed page in the answer."""
    project.cold()
    with started([*BRIEFBOOK, "serve", "--port", "0"], project.folder) as server:
        _wait(server, lambda: bool(_ADDRESS.search(server.words())))
        address = _ADDRESS.findall(server.words())[0] + project.page
        _wait(server, lambda: b"<h1" in _answer(address))
        _quiet(server)
        for what in [*EDITS] * rounds:
            yield what, _saved(project, server, address, what)


def _saved(project: Project, server: Started, address: str, what: str) -> Cost:
    used, begun = cpu_of(server.process.pid), time.perf_counter()
    word = project.edit(what).encode()
    _wait(server, lambda: word in _answer(address))
    taken = time.perf_counter() - begun
    cost = Cost(taken, cpu_of(server.process.pid) - used)
    _quiet(server)  # search follows
    return cost


def _quiet(server: Started, still: float = 2.0) -> None:
    """Wait until a command has hardly worked for so many seconds."""
    before = -1.0
    while (now := cpu_of(server.process.pid)) - before > 0.1 * still:
        before = now
        time.sleep(still)


def _wait(server: Started, there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        if not server.works() or time.monotonic() > end:
            raise FailedError(f"`serve` ended, or did not answer in time: {server.words()}")
        time.sleep(PAUSE)


def _answer(address: str) -> bytes:
    try:
        with urlopen(address, timeout=60) as answer:
            return bytes(answer.read())
    except (URLError, OSError):
        return b""
