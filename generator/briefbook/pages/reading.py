"""Texts in, the minutes that reading them takes out."""

from __future__ import annotations

import re
from typing import Any

from briefbook.source import texts

WORDS_A_MINUTE = 200
CHARACTERS_A_MINUTE = 300
_WIDE = re.compile("[\u3400-\u9fff]")


def minutes(*parts: Any) -> int:
    """Rule 20: 200 words a minute for English and Vietnamese, 300 characters for Chinese.

    Parts are texts, or trees of them of which every text counts; at least one minute.
    """
    words = characters = 0
    for text in (text for part in parts for text in texts(part)):
        found = text.split()
        words += len(found)
        if wide := _WIDE.findall(text):
            characters += len(wide)
            words -= sum(1 for word in found if _WIDE.search(word))
    return max(1, round(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE))
