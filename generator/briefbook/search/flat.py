"""The element that search reads of a page in, the same words with hardly an element in it out.

Much of Pagefind's time goes to elements, and it makes little of most of them; here its own rules
are followed for less. The end of a block is a space, with a full stop where a sentence may
end; any other tag is nothing at all between two texts. Headings stay elements, for they weigh more
and lead to their place. Other anchors go: neither Pagefind's script nor ours asks for one.

What people write is escaped, and every value quoted: so a `<` begins a tag, and a `>` after it ends
it. A page with a tag that is not known here stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BLOCKS = frozenset(b"article div li p section td ul".split())
"""What Pagefind takes for a sentence, beside headings."""
_NOTHING = frozenset(
    b"a b caption code dd details dl dt figcaption figure header i ol pre s span strong summary"
    b" table tbody tfoot th thead tr".split()
)
"""What is nothing to Pagefind, of all that stands in a page of ours."""
_SKIPPED = frozenset(b"nav script".split())
"""What Pagefind passes over, with all that is in it."""
_HEADING = re.compile(rb"h[1-6]")

_RUN = re.compile(rb"(<[^>]*+>(?:\s*+<[^>]*+>)*+\s*+)")
"""Tags with nothing but space between them, and behind them."""
_TAG = re.compile(rb'<(/?)(\w+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*>(\s*)')
_ATTRIBUTE = re.compile(rb'([\w:-]+)(?:="([^"]*)")?')
_TOLD = re.compile(rb"<span hidden data-pagefind-[^>]*></span>")
"""What is told of a page: its title, a filter."""

# No tag begins like these.
_UNKNOWN, _END, _FROM, _TO = b"<?", b"<. ", b"<(", b"<)"
_AGAIN = re.compile(rb"( |<\. )(?: |<\. )+")
"""Behind a space no sentence ends, and more space says no more."""
_PASSED = re.compile(rb"<\([^<]*(?:<(?![()])[^<]*)*<\)")
_SENTENCE = re.compile(r"""<\.(?<=[A-Za-z0-9_'")$*À-ÖØ-öø-ɏḀ-ỿ一-鿋]<\.)""")
"""The end of a block that is one of a sentence for sure, whatever the version of Unicode."""
_NO_SENTENCE = re.compile(r"<\.(?<=[\x00-\x7f]<\.)")
"""The same where none ends, once those are gone."""


def flat(body: bytes) -> bytes:
    """An element with `data-pagefind-body`; Pagefind reads the same out of it, but for anchors."""
    start, end = body.index(b">") + 1, body.rindex(b"<")
    parts = _RUN.split(body[start:end])
    parts[1::2] = map(_read, parts[1::2])
    read = b"".join(parts)
    told = b"".join(_TOLD.findall(read))
    read = _without_passed(_TOLD.sub(b"", read))
    if _UNKNOWN in read:
        return body
    *doubted, text = _NO_SENTENCE.sub("", _SENTENCE.sub(".", read.decode())).split("<.")
    return body[:start] + told + ("".join(map(_doubted, doubted)) + text).encode() + body[end:]


def _doubted(text: str) -> str:
    """A text that may be a sentence or not: in a block with its last word, Pagefind decides."""
    word = max(text.rfind(" "), text.rfind(">")) + 1
    return f"{text[:word]}<p>{text[word:]}</p>"


def _without_passed(read: bytes) -> bytes:
    found = 1
    while found:
        read, found = _PASSED.subn(b"", read)  # what stands in another goes first
    return _UNKNOWN if _FROM in read or _TO in read else read


@lru_cache(maxsize=10_000)
def _read(run: bytes) -> bytes:
    """What is left of a run of tags; most runs stand in many places."""
    told = b"".join(_TOLD.findall(run))
    tags = _TOLD.sub(b"", run)
    if _TAG.sub(b"", tags).strip():
        return _UNKNOWN
    gap = b" " if tags[:1].isspace() else b""
    return told + _AGAIN.sub(rb"\1", gap + b"".join(_tag(*one) for one in _TAG.findall(tags)))


def _tag(closing: bytes, name: bytes, attributes: bytes, space: bytes) -> bytes:
    """What is left of a tag, and of the space behind it."""
    has = dict(_ATTRIBUTE.findall(attributes))
    gap = b" " if space or b"id" in has else b""
    if any(one.startswith(b"data-pagefind-") for one in has):
        return _UNKNOWN
    if _HEADING.fullmatch(name):
        return b"<%s%s%s>" % (closing, name, b' id="%s"' % has[b"id"] if b"id" in has else b"")
    if name in _BLOCKS:
        return _END if closing else b" "
    if name in _SKIPPED:
        return _TO + gap if closing else gap + _FROM
    if name == b"br":
        return b" "
    return gap if name in _NOTHING else _UNKNOWN
