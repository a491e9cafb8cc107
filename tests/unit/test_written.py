"""Values as the content writes them in, the same in three languages out."""

from __future__ import annotations

import pytest

from briefbook.pages.written import quantity, when, written
from briefbook.quantity import count, duration, money
from briefbook.words import Words

ALL = tuple(Words(language) for language in ("en", "vi", "zh"))


@pytest.mark.parametrize(
    ("text", "told"),
    [("31.2 days", ["31.2 days", "31,2 ngày", "31.2 天"]),
     ("about 43%", ["about 43 %", "khoảng 43%", "约 43%"]),
     ("1 month", ["1 month", "1 tháng", "1 个月"]),
     ("12 m CNY a year", ["12 m CNY a year", "12 triệu CNY mỗi năm", "每年 1,200 万 CNY"]),
     ("1 point", ["1 point", "1 điểm", "1 个百分点"])],
)  # fmt: skip
def test_what_is_measured_is_told_in_the_language_of_the_reader(text: str, told: list[str]) -> None:
    """Number, unit, qualifier and period."""
    assert [written(t, text) for t in ALL] == told


@pytest.mark.parametrize(
    "text", ["30 days after invoice", "3,200", "412 stores", "5.000,5", "> 3%"]
)
def test_all_else_stands_as_it_was_written(text: str) -> None:
    """Sentences, counts, and what is not well written."""
    assert [written(t, text) for t in ALL] == [text] * 3


def test_employees_have_a_word_in_each_language() -> None:
    """By them the tool itself sorts companies; the words for other things are content."""
    assert [quantity(t, count("1000 employees")) for t in ALL] == [
        "1,000 employees", "1.000 nhân viên", "1,000 名员工",
    ]  # fmt: skip
    assert [quantity(t, count("about 1 employees")) for t in ALL[:1]] == ["about 1 employee"]
    assert [quantity(t, count("12 stores")) for t in ALL] == ["12 stores"] * 3


def test_values_beside_each_other_keep_their_decimals() -> None:
    """What a change is told with; elsewhere amounts are rounded for reading."""
    value = money("120.995 m CNY")
    assert [quantity(t, value) for t in ALL] == ["121 m CNY", "121 triệu CNY", "1.2 亿 CNY"]
    assert [quantity(t, value, exact=True) for t in ALL] == [
        "120.995 m CNY", "120,995 triệu CNY", "1.20995 亿 CNY",
    ]  # fmt: skip
    assert quantity(ALL[0], money("12.345 CNY"), exact=True) == "12.345 CNY"
    assert quantity(ALL[0], duration("1.2345 days"), exact=True) == "1.2345 days"


@pytest.mark.parametrize(
    ("text", "told"),
    [("2026-11-02", ["2 Nov 2026", "2/11/2026", "2026年11月2日"]),
     ("2026-11", ["Nov 2026", "11/2026", "2026年11月"]),
     ("2026-01..2026-04", ["Jan 2026 to Apr 2026", "1/2026 đến 4/2026", "2026年1月 至 2026年4月"]),
     ("2026", ["2026"] * 3),
     ("2027-Q1", ["2027-Q1"] * 3),
     ("FY2026", ["FY2026"] * 3),
     ("2026-13", ["2026-13"] * 3),
     ("2026-11-02 or later", ["2026-11-02 or later"] * 3),
     ("", [""] * 3)],
)  # fmt: skip
def test_dates_are_as_exact_as_they_were_written(text: str, told: list[str]) -> None:
    """A day, a month or a span of months; years and quarters need no words."""
    assert [when(t, text) for t in ALL] == told
