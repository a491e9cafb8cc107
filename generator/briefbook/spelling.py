"""Words in, their spelling in the search index and their place in the alphabet out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
"""The first character of GB 2312 for each letter that a syllable of pinyin begins with."""
LETTERS = "đĐ"
"""What the search index does not fold."""
_WITH_D = re.compile(rf"\b\w*[{LETTERS}]\w*")


def also_spelled(text: str) -> str:
    """The words of a text that have đ, spelled without it and without marks, in order.

    Pagefind folds every mark but this one: pages carry these words as
    `<span data-pagefind-meta="also[data-also]" data-also="...">`, which is searched, not shown.
    """
    words = {fold(word) for word in _WITH_D.findall(text)}
    return " ".join(sorted(words))


def fold(text: str) -> str:
    """Text as the index spells it: lower case, without marks, đ as d."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def alphabetical(name: str) -> tuple[str, str]:
    """A key to sort names by: case and marks count last, and Chinese goes by its sound.

    GB 2312 has its common characters in the order of pinyin, behind all alphabets.
    """
    return "".join(map(_place, fold(name))), name


def _place(char: str) -> str:
    if not "\u4e00" <= char <= "\u9fff":
        return char
    try:
        return chr(0x20000 + int.from_bytes(char.encode("gb2312"), "big"))
    except UnicodeEncodeError:
        return chr(0x2FFFF) + char


def initial(name: str) -> str:
    """The letter under which an index lists a name; Chinese by its sound, the rest under #."""
    first = fold(name)[:1]
    if first.isascii() and first.isalpha():
        return first.upper()
    try:
        code = first.encode("gb2312")
    except UnicodeEncodeError:
        return "#"
    known = b"\xb0\xa1" <= code <= b"\xd7\xf9"  # level one: in the order of pinyin
    at = bisect_right([one.encode("gb2312") for one in _FIRST], code) - 1
    return _LETTERS[at] if known else "#"
