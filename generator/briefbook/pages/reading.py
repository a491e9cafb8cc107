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
    text = "\n".join(text for part in parts for text in texts(part))
    words, wide = text.split(), len(_WIDE.findall(text))
    narrow = sum(1 for word in words if not _WIDE.search(word)) if wide else len(words)
    return max(1, round(narrow / WORDS_A_MINUTE + wide / CHARACTERS_A_MINUTE))
