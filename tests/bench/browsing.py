"""A built site in, what a real browser fetches and how long it needs to sort and filter out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect, sync_playwright

from tests.bench.weights import packed
from tests.browser import Visitor, launch

QUERIES = ("online", "kindergarten")
"""What is searched for: the first result is that of a fresh cache, later ones follow."""
TURNS = 4
"""How often each column is sorted and each filter set."""
_TIMED = """
async element => {
  const rows = document.querySelector("#accounts tbody");
  let changed = 0;
  const begun = performance.now();
  const seen = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
    changed = performance.now();
  })));
  seen.observe(rows, { childList: true, subtree: true, attributes: true });
  element.click();
  rows.getBoundingClientRect();
  await new Promise(done => setTimeout(done, 1500));
  seen.disconnect();
  return changed ? changed - begun : null;
}
"""
"""Milliseconds from a click to the frame after the last change of the rows."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """Bytes as compressed, and how many requests brought them."""

    bytes: int
    requests: int


@dataclass
class Wire:
    """What was sent, in order: path and bytes."""

    sent: list[tuple[str, int]] = field(default_factory=list)

    def since(self, mark: int) -> Traffic:
        """What was sent after so many answers."""
        some = self.sent[mark:]
        return Traffic(sum(size for _, size in some), len(some))


@dataclass(frozen=True, slots=True)
class Seen:
    """A first view of a page, the first search result, a later one; milliseconds of the table."""

    view: Traffic
    first: Traffic
    later: Traffic
    sort: float | None
    filter: float | None


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, wire: Wire, root: Path) -> None:
        self.wire = wire
        super().__init__(*args, directory=str(root))

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = Path(self.translate_path(path + ("index.html" if path.endswith("/") else "")))
        if not file.is_file():
            self.send_error(404)
            return
        plain = file.read_bytes()
        raw = packed(plain, file.suffix)
        self.wire.sent.append((path, len(raw)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(raw)))
        if len(raw) != len(plain):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _wired(site: Path) -> Iterator[tuple[str, Wire]]:
    """The site's address, and all that is sent from there; compressed as hosts do."""
    wire = Wire()
    handler = partial(_Handler, wire=wire, root=site.resolve())
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", wire
        finally:
            server.shutdown()
            thread.join()


def browsed(site: Path, address: str) -> Seen:
    """Look at a page, search, sort and filter; each with a fresh cache.

    Raises `tests.browser.NoBrowser` if there is none here.
    """
    with sync_playwright() as playwright, _wired(site) as (home, wire):
        visit = Visitor(launch(playwright))
        shown = visit(home + address)
        shown.wait_for_load_state("networkidle")
        view = wire.since(0)
        first, later = _searched(shown, wire)
        visit.close()
        sort, filtered = _table(visit(home + "accounts/"))
        visit.close()
        return Seen(view, first, later, sort, filtered)


def _searched(page: Page, wire: Wire) -> tuple[Traffic, Traffic]:
    """What the first result costs once search is opened, and what a later one does."""
    mark = len(wire.sent)
    page.locator("[data-bb-search-open]").click()
    _result(page, QUERIES[0])
    first, mark = wire.since(mark), len(wire.sent)
    _result(page, QUERIES[1])
    return first, wire.since(mark)


def _result(page: Page, query: str) -> None:
    page.locator(".bb-search-input").fill(query)
    page.wait_for_timeout(400)  # longer than the pause after the last key
    expect(page.locator(".bb-search-status")).not_to_have_text("", timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)


def _table(page: Page) -> tuple[float | None, float | None]:
    """Milliseconds to sort and to filter, medians; the rows are fetched before."""
    heads = page.locator("#accounts thead th button")
    boxes = page.locator("[data-bb-facet] input:visible")
    heads.first.evaluate(_TIMED)
    sorts = [heads.nth(at % heads.count()).evaluate(_TIMED) for at in range(TURNS)]
    boxes_shown = min(boxes.count(), TURNS)
    filters = [boxes.nth(at).evaluate(_TIMED) for at in range(boxes_shown)]
    return _median(sorts), _median(filters)


def _median(times: list[float | None]) -> float | None:
    known = [time for time in times if time is not None]
    return median(known) if known else None
