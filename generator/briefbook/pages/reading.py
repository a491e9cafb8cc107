"""Texts in, the minutes that reading them takes out."""

from __future__ import annotations

from typing import Any

from briefbook.source import texts

WORDS_A_MINUTE = 200
CHARACTERS_A_MINUTE = 300


def minutes(*parts: Any) -> int:
    """Rule 20: 200 words a minute for English and Vietnamese, 300 characters for Chinese.

    Parts are texts, or trees of them of which every text counts; at least one minute.
    """
    words = characters = 0
    for text in (text for part in parts for text in texts(part)):
        wide = sum(1 for char in text if "\u3400" <= char <= "\u9fff")
        characters += wide
        words += sum(1 for word in text.split() if not any("\u3400" <= c <= "\u9fff" for c in word))
    return max(1, round(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE))
