"""A site and how its last build went in, answers to a browser on this machine out."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from briefbook.problem import Problem

OURS = "/__briefbook/"
Headers = Sequence[tuple[str, str]]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SIGN_OF_LIFE = 15.0  # seconds; it is also how a browser that has gone is noticed
_NO_SITE = b"<!doctype html><html lang=en><title>briefbook</title><body></body></html>"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build went; `ok` says that the site was published anew."""

    problems: tuple[Problem, ...]
    ok: bool


class Live:
    """The last outcome, and the browsers that wait for the next one."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.token = ""  # which of the good builds is shown
        self.closed = False
        self._outcome = Outcome((), ok=True)
        self._good = self._number = 0
        self._changed = threading.Condition()

    def tell(self, outcome: Outcome | None) -> None:
        """Take an outcome in and wake every browser; None changes nothing."""
        if outcome is None:
            return
        with self._changed:
            self._good += outcome.ok
            self._number += 1
            self._outcome = outcome
            self.token = f"{self._good}-{self.site.resolve().name}"
            self._changed.notify_all()

    def close(self) -> None:
        """Send every browser away."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def events(self) -> Iterator[bytes]:
        """The state now and after each build, as server-sent events, with signs of life between."""
        seen = -1
        while not self.closed:
            number = self._wait(seen)
            yield self._event() if number != seen else b":\n\n"
            seen = number

    def problems(self) -> bytes:
        """The last outcome as JSON."""
        listed = [
            {
                "rule": problem.rule,
                "severity": problem.severity,
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in self._outcome.problems
        ]
        return json.dumps({"ok": self._outcome.ok, "problems": listed}).encode()

    def _wait(self, seen: int) -> int:
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self._number != seen, _SIGN_OF_LIFE)
            return self._number

    def _event(self) -> bytes:
        return f"data: {json.dumps({'site': self.token})}\n\n".encode()


def locate(site: Path, path: str) -> Path | str | None:
    """The file behind an address; an address to go to instead; or None.

    The link is followed anew each time, so an answer comes from one release or from the next.
    """
    parts = [part for part in unquote(path).split("/") if part]
    if any(part == ".." or "\0" in part for part in parts):
        return None
    root = site.resolve()
    try:
        target = Path(os.path.realpath(root.joinpath(*parts)))  # `resolve` fails on a loop of links
        if not target.is_relative_to(root):
            return None
        if target.is_dir() and not path.endswith("/"):
            return quote("/" + "/".join(parts) + "/")
        if path.endswith("/"):
            target /= "index.html"
        return target if target.is_file() else None
    except OSError:  # a name too long for the file system
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60

    def __init__(self, *args: Any, live: Live, headers: Headers, check_host: bool) -> None:
        self.live, self.always, self.check_host = live, headers, check_host
        super().__init__(*args)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if self.check_host and not self._asked_by_name():
            self._send(HTTPStatus.FORBIDDEN, b"", "text/plain")
        elif path.startswith(OURS):
            self._send_ours(path.removeprefix(OURS))
        else:
            self._send_page(path)

    do_HEAD = do_GET  # noqa: N815 - the base class names it

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what the builds find."""

    def _asked_by_name(self) -> bool:
        # A page elsewhere may have its own name point at this machine to read the site.
        try:
            return urlsplit(f"//{self.headers.get('Host', '')}").hostname in _LOOPBACK
        except ValueError:
            return False

    def _send_ours(self, name: str) -> None:
        if name == "events":
            self._send_events()
        elif name == "problems.json":
            self._send(HTTPStatus.OK, self.live.problems(), _TYPES[".json"])
        elif name in ("live.js", "live.css"):
            file = Path(__file__).with_name(name)
            self._send(HTTPStatus.OK, file.read_bytes(), _TYPES[file.suffix])
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def _send_page(self, path: str) -> None:
        found = locate(self.live.site, path)
        if isinstance(found, str):
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", (("Location", found),))
            return
        try:
            file = found or self.live.site.resolve() / "404.html"
            body = file.read_bytes()
        except OSError:  # no site yet, or none with such a page
            found, file, body = None, Path("404.html"), _NO_SITE
        if file.suffix == ".html":
            body = _with_script(body, self.live.token)
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        self._send(status, body, _TYPES.get(file.suffix, "application/octet-stream"))

    def _send_events(self) -> None:
        self.close_connection = True
        self._start(HTTPStatus.OK, "text/event-stream", (("Connection", "close"),))
        if self.command == "HEAD":
            return
        for event in self.live.events():
            self.wfile.write(event)
            self.wfile.flush()

    def _send(self, status: HTTPStatus, body: bytes, kind: str, more: Headers = ()) -> None:
        self._start(status, kind, (*more, ("Content-Length", str(len(body)))))
        if self.command != "HEAD":
            self.wfile.write(body)

    def _start(self, status: HTTPStatus, kind: str, more: Headers) -> None:
        self.send_response(status)
        own = (("Content-Type", kind), ("Cache-Control", "no-store"))
        for name, value in (*self.always, *own, *more):
            self.send_header(name, value)
        self.end_headers()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is no error."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Server6(_Server):
    address_family = socket.AF_INET6


def _with_script(html: bytes, token: str) -> bytes:
    script = f'<script src="{OURS}live.js" data-site="{escape(token)}"></script>'.encode()
    head, end, tail = html.rpartition(b"</body>")
    return head + script + end + tail if end else html + script


@contextmanager
def listening(host: str, port: int, live: Live, headers: Headers) -> Iterator[str]:
    """The address of a server that runs in a thread of its own."""
    handler = partial(_Handler, live=live, headers=headers, check_host=host in _LOOPBACK)
    kind = _Server6 if ":" in host else _Server
    with kind((host, port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}/"
        finally:
            live.close()
            server.shutdown()
            thread.join()
