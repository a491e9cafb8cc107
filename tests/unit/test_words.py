"""Words: a key and its numbers in, a sentence in the reader's language out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from markupsafe import Markup

from briefbook import words
from briefbook.words import PSEUDO, Words, catalogue

EN, VI, ZH = Words("en"), Words("vi"), Words("zh")
DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0 minutes"), (1, "1 minute"), (2, "2 minutes"), (1200, "1,200 minutes")]
)
def test_plurals_follow_the_number(n: int, text: str) -> None:
    """One has a form of its own; the number is written for people."""
    assert EN("minutes", n=n) == text


def test_a_number_with_decimals_is_none_without() -> None:
    """1.0 equals 1, and is counted as many."""
    assert [EN("minutes", n=n) for n in (1, Decimal("1.0"), 1)] == [
        "1 minute", "1 minutes", "1 minute",
    ]  # fmt: skip


def test_a_language_without_the_message_speaks_english() -> None:
    """With the English plural."""
    assert Words("fr")("minutes", n=1) == "1 minute"
    assert Words(PSEUDO)("minutes", n=2) == "[2 minutes]"


def test_a_text_that_falls_back_is_counted_by_the_rules_of_its_own_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """English with two forms, Chinese with one, and a text with fewer forms takes its last."""
    texts: dict[str, dict[str, tuple[str, ...]]]
    texts = {"en": {"minutes": ("{n} minute", "{n} minutes")}, "zh": {}, "vi": {}}
    monkeypatch.setattr(words, "catalogue", texts.__getitem__)
    monkeypatch.setattr(words, "message", words.message.__wrapped__)
    monkeypatch.setattr(words, "form", words.form.__wrapped__)
    assert [ZH("minutes", n=n) for n in (1, 2)] == ["1 minute", "2 minutes"]
    texts["zh"]["minutes"] = ("{n} 分钟",)
    texts["vi"]["minutes"] = ("{n} phút", "never said")
    assert [ZH("minutes", n=n) for n in (1, 2)] == ["1 分钟", "2 分钟"]
    assert [VI("minutes", n=n) for n in (1, 2)] == ["1 phút", "2 phút"]


def test_markup_stays_markup_and_all_else_is_escaped() -> None:
    """Once one value is markup the sentence is, message and other values escaped."""
    link = Markup("<b>x</b>")
    made = EN("account.before", year="<i>", amount=link, last=7)
    assert isinstance(made, Markup)
    assert link in made
    assert "&lt;i&gt;" in made
    assert "<i>" not in made
    plain = EN("stale.since", date="<i>")
    assert plain == "stale since <i>"
    assert not isinstance(plain, Markup)


@pytest.mark.parametrize("value", ["{0.__class__}", "{n}", "{date.__class__}", "{", "%s"])
@pytest.mark.parametrize("kind", [str, Markup])
def test_a_value_is_never_a_message(value: str, kind: type[str]) -> None:
    """Braces in content are text."""
    assert EN("stale.since", date=kind(value)) == f"stale since {value}"


@pytest.mark.parametrize("text", ["{date.__class__}", "{date[0]}", "{0}", "{}", "{0.__class__}"])
@pytest.mark.parametrize("kind", [str, Markup])
def test_a_message_reads_no_attribute(
    text: str, kind: type[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever translates names values, and reaches nothing else."""
    monkeypatch.setattr(words, "message", lambda *_: (text,))
    monkeypatch.setattr(words, "form", words.form.__wrapped__)
    with pytest.raises(KeyError):
        EN("stale.since", date=kind("x"))


def test_what_is_missing_is_an_error() -> None:
    """A key that no catalogue has, a value that the message wants."""
    with pytest.raises(KeyError):
        EN("no.such.key")
    with pytest.raises(KeyError):
        EN("stale.since")
    assert EN.has("stale.since")
    assert not EN.has("no.such.key")


def test_raw_keeps_the_names_for_scripts() -> None:
    """The first form, nothing filled in."""
    assert EN.raw("stale.since") == "stale since {date}"


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0 CNY"), ("999", "999 CNY"), ("999.5", "1,000 CNY"), ("-0.2", "0 CNY"),
     ("950000", "950,000 CNY"), ("999999.4", "999,999 CNY"), ("999999.5", "1 m CNY"),
     ("5000000", "5 m CNY"), ("12400000", "12.4 m CNY"), ("12450000", "12.5 m CNY"),
     ("10650000", "10.7 m CNY"), ("999949999", "999.9 m CNY"), ("999950000", "1 bn CNY"),
     ("257300000000", "257.3 bn CNY"), ("-2500000", "−2.5 m CNY"), ("-7", "−7 CNY"),
     ("3200000000000", "3,200 bn CNY")],
)  # fmt: skip
def test_amounts_are_told_as_people_say_them(amount: str, text: str) -> None:
    """A half is rounded away from zero, and never to a thousand millions."""
    assert EN.amount(Decimal(amount), "CNY") == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0 CNY"), ("9999", "9,999 CNY"), ("9999.5", "1 万 CNY"), ("9000000", "900 万 CNY"),
     ("12450000", "1,245 万 CNY"), ("99999499", "9,999.9 万 CNY"), ("99999500", "1 亿 CNY"),
     ("120000000", "1.2 亿 CNY"), ("257300000000", "2,573 亿 CNY"), ("-2500000", "−250 万 CNY")],
)  # fmt: skip
def test_chinese_counts_by_ten_thousands(amount: str, text: str) -> None:
    """From 万 to 亿, and never ten thousand 万."""
    assert ZH.amount(Decimal(amount), "CNY") == text


def test_tables_name_the_unit_that_their_numbers_are_in() -> None:
    """Millions, in Chinese 万 without decimals."""
    value = Decimal("12450000")
    assert (ZH.millions(value), ZH("unit.m-of", currency="CNY")) == ("1,245", "万 CNY")
    assert (EN.millions(value), EN("unit.m-of", currency="CNY")) == ("12.5", "m CNY")


def test_things_that_follow_each_other_are_parted_as_each_language_does() -> None:
    """Marks only, no word; markup stays markup and all else is escaped then."""
    assert EN.row(["a", 2]) == "a, 2"
    assert EN.clauses(["a", "b"]) == "a; b"
    assert EN.sentences(["A.", "", "B."]) == "A. B."
    assert ZH.row(["a", "b"]) == "a、b"
    assert ZH.clauses(["a", "b"]) == "a；b"
    assert ZH.sentences(["a。", "b。"]) == "a。b。"
    assert EN.row([Markup("<b>a</b>"), "<i>"]) == Markup("<b>a</b>, &lt;i&gt;")


def test_an_amount_of_huge_numbers_is_told() -> None:
    """More digits than a Decimal computes with."""
    assert EN.number(Decimal("123456789012345678901234567890.125")).endswith(",890.13")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [("1234.5678", 2, "1,234.57"), ("0.005", 2, "0.01"), ("2.50", 2, "2.5"), ("-0.001", 2, "0"),
     ("-3", 0, "−3"), ("0.5", 0, "1"), ("62.5", 0, "63")],
)  # fmt: skip
def test_numbers_have_at_most_some_decimals(value: str, digits: int, text: str) -> None:
    """No more than asked for, and none that say nothing."""
    assert EN.number(Decimal(value), digits) == text


def test_numbers_are_written_as_each_language_does() -> None:
    """Vietnamese has a decimal comma."""
    assert VI.number(Decimal("1234.5")) == "1.234,5"
    assert ZH.number(Decimal("1234.5")) == "1,234.5"


@pytest.mark.parametrize(
    ("part", "digits", "text"),
    [("0.2", 0, "20 %"), ("0.625", 0, "63 %"), ("1.25", 0, "125 %"), ("0.49995", 2, "50 %"),
     ("0.3333", 1, "33.3 %"), ("-0.07", 0, "−7 %"), ("0", 0, "0 %")],
)  # fmt: skip
def test_shares_are_percent(part: str, digits: int, text: str) -> None:
    """Of one."""
    assert EN.share(Decimal(part), digits) == text


def test_millions_leave_the_unit_to_the_table() -> None:
    """One decimal."""
    assert EN.millions(Decimal("12450000")) == "12.5"
    assert EN.millions(Decimal(0)) == "0"


def test_days_are_written_as_each_language_does() -> None:
    """Day, month, and the year where it is another one."""
    assert [one.day(DAY) for one in (EN, VI, ZH)] == ["2 Nov 2026", "2/11/2026", "2026年11月2日"]
    assert [one.month(DAY) for one in (EN, VI, ZH)] == ["Nov 2026", "11/2026", "2026年11月"]
    same, later = date(2026, 1, 1), date(2027, 1, 1)
    assert [one.near(DAY, same) for one in (EN, VI, ZH)] == ["2 Nov", "2/11", "11月2日"]
    assert [one.near(DAY, later) for one in (EN, VI)] == ["2 Nov 2026", "2/11/2026"]


def test_things_in_a_row_are_joined_as_each_language_does() -> None:
    """With and, or with or."""
    assert EN.listed(["a"]) == "a"
    assert EN.listed(["a", "b", "c"]) == "a, b and c"
    assert EN.listed(["a", "b", "c"], either=True) == "a, b or c"
    assert VI.listed(["a", "b"]) == "a và b"
    assert ZH.listed(["a", "b"]) == "a和b"
    assert EN.listed([]) == ""


def test_every_message_of_the_catalogue_can_be_said() -> None:
    """No message names a value in a way that cannot be filled."""
    for key in catalogue("en"):
        assert EN.raw(key)
        assert EN.raw(key).count("{") == EN.raw(key).count("}")
