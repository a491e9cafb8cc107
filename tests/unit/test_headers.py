"""The security headers: hashes of what templates hold, and of nothing else."""

import base64
import hashlib

import pytest

from briefbook import headers

PAGE = """<!doctype html><html><head>
<script src="/assets/app.js"></script>
<script>var scope = "/";</script>
<SCRIPT type="module">
go()
</SCRIPT>
<script id="__config" type="application/json">{"base": "."}</script>
</head><body><p>&lt;script&gt;no()&lt;/script&gt;</p></body></html>"""


def test_inline_scripts_are_found_as_they_stand() -> None:
    """Neither files nor data nor text that shows a script."""
    assert headers.inline_scripts(PAGE) == ('var scope = "/";', "\ngo()\n")


def test_line_ends_are_those_of_a_browser() -> None:
    """It hashes after it has made all line ends one kind."""
    assert headers.inline_scripts(PAGE.replace("\n", "\r\n")) == headers.inline_scripts(PAGE)


def test_the_hash_is_that_of_the_standard() -> None:
    """SHA-256 in base64, with padding, of the text in UTF-8."""
    digest = base64.b64encode(hashlib.sha256("đ()".encode()).digest()).decode()
    assert headers.script_hash("đ()") == f"sha256-{digest}"
    assert headers.script_hash("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_a_page_of_templates_has_no_foreign_scripts() -> None:
    """The build goes on."""
    allowed = {headers.script_hash(text) for text in headers.inline_scripts(PAGE)}
    assert headers.foreign_scripts(PAGE, allowed) == ()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>x()</script>", "x()"),
        ("<p title='a'><sCrIpT\n>x()</sCrIpT >", "x()"),
        ("<script>x()", "x()</html>"),
        ("<!-- <script>x()</script> -->", "x()"),
        ("<!--><script>x()</script>-->", "x()"),
        ("<svg><script>x()</script></svg>", "x()"),
        ("<textarea><script>x()</script></textarea>", "x()"),
        ("<script a='>' b=\">\">x()</script>", "x()"),
        ("<script/type='text/javascript'>x()</script>", "x()"),
        ("<script type='text/plain;x' type='application/json'>x()</script>", "x()"),
        ("<script src='https://example.com/a.js'></script>", "https://example.com/a.js"),
        ("<script src='//example.com/a.js'></script>", "//example.com/a.js"),
        ("<script src='/\\example.com/a.js'></script>", "/\\example.com/a.js"),
        ("<script src='data:text/javascript,x()'></script>", "data:text/javascript,x()"),
        ("<script src='ht\ntps://example.com'></script>", "ht\ntps://example.com"),
        ("<script src='&#104;ttps://example.com'></script>", "https://example.com"),
    ],
)
def test_foreign_scripts(html: str, found: str) -> None:
    """However a script is written, it is seen."""
    assert headers.foreign_scripts(f"<html>{html}</html>", ()) == (found,)


def test_files_of_the_site_are_no_foreign_scripts() -> None:
    """Addresses without a host."""
    page = "<script src='/a.js'></script><script src='../b.js'></script><script src='c:d'></script>"
    assert headers.foreign_scripts(page, ()) == ("c:d",)


def test_the_policy_allows_no_inline_code_but_by_hash() -> None:
    """Sorted and without repeats, so that equal sites have equal files."""
    text = headers.policy(["sha256-b=", "sha256-a=", "sha256-b="])
    assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-a=' 'sha256-b=';" in text
    assert "'unsafe-inline'" not in text
    assert "'unsafe-eval'" not in text
    for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in text.split("; ")
    assert "script-src 'self' 'wasm-unsafe-eval';" in headers.policy([])


def test_both_files_say_the_same() -> None:
    """For hosts of static files and for nginx, a line for each header."""
    files = headers.header_files(["sha256-a="])
    static, nginx = files["_headers"].decode(), files["nginx-headers.conf"].decode()
    assert static.startswith("/*\n")
    for name, value in headers.headers(["sha256-a="]):
        assert f"  {name}: {value}\n" in static
        assert f'add_header {name} "{value}" always;\n' in nginx
        assert not set('"\n$') & set(value)  # nothing that ends a value or is a variable of nginx


def test_a_line_stays_within_what_hosts_take() -> None:
    """Cloudflare cuts a line at 2,000 characters; a page per depth gives some ten scripts."""
    hashes = [headers.script_hash(str(number)) for number in range(20)]
    assert max(map(len, headers.header_files(hashes)["_headers"].decode().splitlines())) < 2000
