"""How the search index spells words: lower case, without marks, and with d for đ."""

from __future__ import annotations

import re
import unicodedata


def also_spelled(text: str) -> str:
    """The words of a text that have đ, spelled without it and without marks, in order.

    Pagefind folds every mark but this one: pages carry these words as
    `<span data-pagefind-meta="also[data-also]" data-also="...">`, which is searched, not shown.
    """
    words = {fold(word) for word in re.findall(r"\w+", text) if "đ" in word.lower()}
    return " ".join(sorted(words))


def fold(text: str) -> str:
    """Text as the index spells it: lower case, without marks, đ as d."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))
