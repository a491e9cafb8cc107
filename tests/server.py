"""A built site in, the same site on a free port of this machine out, with its own headers file."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Rules = tuple[tuple[str, str, str], ...]


def header_rules(text: str) -> Rules:
    """The (path pattern, header, value) rules of a static host's `_headers` file, in order."""
    rules: list[tuple[str, str, str]] = []
    pattern = ""
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0].isspace():
            name, _, value = line.partition(":")
            rules.append((pattern, name.strip(), value.strip()))
        else:
            pattern = line.strip()
    return tuple(rules)


def headers_for(path: str, rules: Rules) -> dict[str, str]:
    """What the rules say about a path; of two that name the same header the later one counts."""
    return {name: value for pattern, name, value in rules if fnmatchcase(path, pattern)}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **SimpleHTTPRequestHandler.extensions_map,
        ".ics": "text/calendar",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
    }

    def __init__(self, *args: Any, root: Path, prefix: str) -> None:
        self.root, self.prefix = root, prefix
        super().__init__(*args, directory=str(root))

    def _site_path(self) -> str | None:
        path = urlsplit(self.path).path
        return path[len(self.prefix) - 1 :] if path.startswith(self.prefix) else None

    def translate_path(self, path: str) -> str:
        return super().translate_path(self._site_path() or "/")

    def send_head(self) -> Any:
        if self._site_path() is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        file = self.root / "_headers"
        rules = header_rules(file.read_text("utf-8")) if file.is_file() else ()
        for name, value in headers_for(self._site_path() or "/", rules).items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        own = self.root / "404.html"
        if code != HTTPStatus.NOT_FOUND or not own.is_file():
            super().send_error(code, message, explain)
            return
        body = own.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: what the browser saw is asserted, not read."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes in the middle of an answer is no error of the site."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(folder: Path, prefix: str = "/") -> Iterator[str]:
    """The address of the folder while it is served; `prefix` is the sub-path of a project site."""
    handler = partial(_Handler, root=folder, prefix=prefix)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()
