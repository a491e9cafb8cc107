"""Spelling: words with đ once more as the search index spells them."""

from __future__ import annotations

import unicodedata

import pytest

from briefbook.spelling import alphabetical, also_spelled, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đặng", "dang"), ("Nguyễn Văn Đức", "nguyen van duc"), ("Café", "cafe"),
     ("在线教育", "在线教育"), ("ơƯ", "ou"), ("", "")],
)  # fmt: skip
def test_folding_takes_marks_and_case_away(text: str, folded: str) -> None:
    """However the marks are written."""
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [("Đặng Thùy Trang", "dang"), ("đường đi, Đường về", "di duong"), ("Nguyễn", ""),
     ("plain words", ""), ("", ""), ("Hà-Đông", "dong")],
)  # fmt: skip
def test_only_words_with_d_are_spelled_again(text: str, words: str) -> None:
    """Each once, in order: the index folds all other marks by itself."""
    assert also_spelled(text) == words


def test_names_sort_as_people_look_them_up() -> None:
    """Case and marks count last, đ stands with d, Chinese by its sound behind all alphabets."""
    names = ["云杉教育", "zebra", "Đức", "dua", "Éclair", "阿里", "eclair", "北京", "duC"]
    order = ["dua", "duC", "Đức", "eclair", "Éclair", "zebra", "阿里", "北京", "云杉教育"]
    assert sorted(names, key=alphabetical) == order
    assert alphabetical("\u9fa5") > alphabetical("云")  # not in GB 2312: behind
