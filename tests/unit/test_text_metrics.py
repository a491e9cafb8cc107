"""How wide text is, and how it is broken into lines."""

from __future__ import annotations

import json
import unicodedata
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.charts.text import fit, narrowest, width, wrap

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"]), max_size=60
)


def table(weight: str) -> dict[str, int]:
    file = resources.files("briefbook.charts") / "inter-advances.json"
    advances: dict[str, dict[str, int]] = json.loads(file.read_text("utf-8"))
    return advances[weight]


def test_width_is_the_sum_of_the_font_s_advances() -> None:
    """At 10 px, an advance of 690 thousandths is 6.9 px."""
    expected = sum(table("400")[char] for char in "Agency ơ") / 100
    assert width("Agency ơ", 10) == pytest.approx(expected)


def test_strong_text_is_wider() -> None:
    """Weights between take the nearest table."""
    assert width("Platforms", 12, 600) > width("Platforms", 12, 400)
    assert width("Platforms", 12, 650) == width("Platforms", 12, 600)


def test_characters_that_the_font_has_not() -> None:
    """A Chinese character is one em, an unknown letter 0.6, a mark on a letter nothing."""
    assert width("晨光，", 12) == pytest.approx(36)
    assert width("Ж" if "Ж" not in table("400") else "ⵣ", 10) == pytest.approx(6)
    assert width(unicodedata.normalize("NFD", "Nguyễn"), 12) == width("Nguyễn", 12)
    assert width("q\u0323", 12) == width("q", 12)


def test_vietnamese_breaks_at_spaces_only() -> None:
    """Each line is a run of whole words, in Vietnamese as in English."""
    text = "Chuỗi nhà thuốc Lá Xanh miền Nam"
    lines = wrap(text, 80, 12)
    assert len(lines) > 1
    assert " ".join(lines) == text
    assert all(width(line, 12) <= 80 for line in lines)


def test_chinese_breaks_anywhere_but_beside_its_marks() -> None:
    """No line begins with a closing mark or ends with an opening one."""
    text = "冷链仓储（华南、华东）与配送服务商，以及前置仓。"
    for room in range(36, 120, 6):
        lines = wrap(text, room, 12)
        assert "".join(lines) == text
        assert not any(line[0] in "）、，。" or line[-1] in "（" for line in lines)


def test_mixed_text_keeps_its_words() -> None:
    """Latin words inside Chinese stay whole."""
    lines = wrap("京东JD.com即时零售", 60, 12)
    assert any("JD.com" in line for line in lines)


def test_a_word_longer_than_the_line_is_broken_not_cut() -> None:
    """All of its letters stay, and no line is too wide."""
    lines = wrap("Telecommunications", 50, 12)
    assert "".join(lines) == "Telecommunications"
    assert all(width(line, 12) <= 50 for line in lines)


def test_fewer_lines_are_a_wish() -> None:
    """A wish for few lines breaks words where that saves one, and never loses text."""
    text = "wholesale distribution networks"
    free, wished = wrap(text, 74, 12), wrap(text, 74, 12, max_lines=2)
    assert len(wished) <= len(free)
    assert "".join(wished).replace(" ", "") == text.replace(" ", "")


def test_fit_refuses_what_would_break_or_run_on() -> None:
    """Labels stand whole in so many lines, or not at all."""
    assert fit("orders, reviews", 60, 12) == ("orders,", "reviews")
    assert fit("Telecommunications", 50, 12) is None
    assert fit("one two three four five", 40, 12) is None


def test_narrowest_room_for_two_lines() -> None:
    """The least room that fits is returned, and a little less does not."""
    room = narrowest("picking orders", 12)
    assert fit("picking orders", room + 0.01, 12) == ("picking", "orders")
    assert fit("picking orders", room - 0.5, 12) is None
    assert narrowest("", 12) == 0


@given(WORDS)
def test_narrowest_room_is_enough(text: str) -> None:
    """In it, any text keeps to two lines."""
    assert fit(text, narrowest(text, 12) + 0.01, 12) is not None


@given(WORDS, st.integers(8, 600))
def test_what_is_no_wider_than_the_room_is_one_line(text: str, room: int) -> None:
    """So that one measure of the whole may stand for its lines; what is blank is none."""
    if width(text, 12) <= room:
        assert len(wrap(text, room, 12)) == bool(text.strip())


@given(WORDS, st.integers(8, 200), st.sampled_from([None, 1, 2]))
def test_nothing_is_ever_lost(text: str, room: int, max_lines: int | None) -> None:
    """Whatever the text and the room: every character but white space comes out, in order."""
    lines = wrap(text, room, 12, max_lines=max_lines)
    composed = unicodedata.normalize("NFC", text)
    assert "".join("".join(lines).split()) == "".join(composed.split())
    assert all(lines)
