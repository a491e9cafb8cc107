"""Pages that hold templates only in, the security headers for their host out."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

# Every "<script" counts, in a comment and in an attribute too: text that people write reaches
# a page only with its "<" escaped, so whatever looks like a script was meant by a template.
_SCRIPT = re.compile(
    r"""(?P<tag><script(?:[^>"']|"[^"]*"|'[^']*')*>?)(?P<text>.*?)(?:</script|\Z)""",
    re.IGNORECASE | re.DOTALL,
)
_DATA = ("application/json", "application/ld+json")  # never run, so no policy is asked about them
_ELSEWHERE = re.compile(r"[\x00-\x20]*(?:[a-z][a-z0-9+.\-]*:|[/\\]{2})", re.IGNORECASE)
_DROPPED = re.compile(r"[\t\r\n]")  # what a browser takes out of an address before it reads it


@dataclass(frozen=True, slots=True)
class _Script:
    text: str
    source: str | None
    is_data: bool


def inline_scripts(html: str) -> tuple[str, ...]:
    """The scripts that stand in a page itself, as a browser hashes them; no blocks of data."""
    return tuple(
        script.text for script in _scripts(html) if script.source is None and not script.is_data
    )


def script_hash(text: str) -> str:
    """The source expression of CSP for one inline script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


def foreign_scripts(html: str, allowed_hashes: Collection[str]) -> tuple[str, ...]:
    """Scripts in a page that no template holds, and sources on other hosts."""
    return tuple(_foreign(html, allowed_hashes))


def policy(hashes: Collection[str]) -> str:
    """The content security policy; WebAssembly is what the search needs."""
    scripts = " ".join(f"'{value}'" for value in sorted(set(hashes)))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' {scripts}".rstrip(),
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def headers(hashes: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Every header that each answer of the host should carry."""
    return (
        ("Content-Security-Policy", policy(hashes)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Robots-Tag", "noindex"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    )


def header_files(hashes: Collection[str]) -> dict[str, bytes]:
    """The headers as hosts of static files read them, and as nginx includes them."""
    lines = headers(hashes)
    static = "/*\n" + "".join(f"  {name}: {value}\n" for name, value in lines)
    nginx = "".join(f'add_header {name} "{value}" always;\n' for name, value in lines)
    note = "# In the server block: include nginx-headers.conf; a location with its own add_header\n"
    note += "# drops these, so include the file there too. Calendars need `text/calendar ics;` in\n"
    note += "# mime.types.\n"
    return {"_headers": static.encode(), "nginx-headers.conf": (note + nginx).encode()}


def _foreign(html: str, allowed: Collection[str]) -> Iterator[str]:
    for script in _scripts(html):
        if script.source is not None:
            if _ELSEWHERE.match(_DROPPED.sub("", script.source)):
                yield script.source
        elif not script.is_data and script_hash(script.text) not in allowed:
            yield script.text


def _scripts(html: str) -> Iterator[_Script]:
    # A browser sees one kind of line end, whatever the file has.
    lines = html.replace("\r\n", "\n").replace("\r", "\n") if "\r" in html else html
    for found in _SCRIPT.finditer(lines):
        source, kind = _attributes(found["tag"])
        yield _Script(found["text"], source, kind in _DATA)


@lru_cache(maxsize=256)
def _attributes(tag: str) -> tuple[str | None, str]:
    """Source and type of one tag; the same few tags stand on thousands of pages."""
    reader = _Tag()
    reader.feed(tag)
    source = reader.found.get("src") if "src" in reader.found else None
    return source, (reader.found.get("type") or "").strip().lower()


class _Tag(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            for name, value in reversed(attrs):  # of two equal attributes a browser takes the first
                self.found[name] = value or ""
