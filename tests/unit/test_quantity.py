"""Quantities as people write them; what could be misread is refused with what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.quantity import (
    CURRENCIES,
    Day,
    Period,
    Quantity,
    QuantityError,
    count,
    day,
    duration,
    measure,
    money,
    period,
    points,
    same,
    share,
    when,
)

Parse = Callable[[str], Quantity | Day | Period]
PARSERS: tuple[Parse, ...] = (money, share, points, duration, count, measure, day, when, period)

ACCEPTED: list[tuple[Callable[[str], Quantity], str, str, str, str, str]] = [
    (money, "257.3 bn CNY", "257300000000", "CNY", "", ""),
    (money, "5 m CNY", "5000000", "CNY", "", ""),
    (money, "5m CNY", "5000000", "CNY", "", ""),
    (money, "3,000 USD a month", "3000", "USD", "month", ""),
    (money, "8 m CNY a year", "8000000", "CNY", "year", ""),
    (money, "at least 2 m CNY", "2000000", "CNY", "", "at least"),
    (money, "at most 1.5 k EUR", "1500", "EUR", "", "at most"),
    (money, "-13.5 m CNY", "-13500000", "CNY", "", ""),
    (money, "\u22121 tn VND", "-1000000000000", "VND", "", ""),
    (money, "1,234,567.89 USD", "1234567.89", "USD", "", ""),
    (money, "0 CNY", "0", "CNY", "", ""),
    (money, "999,999,999,999,999 CNY", "999999999999999", "CNY", "", ""),
    (share, "35.5%", "35.5", "%", "", ""),
    (share, "35.5 %", "35.5", "%", "", ""),
    (share, "about 30%", "30", "%", "", "about"),
    (share, "~30%", "30", "%", "", "about"),
    (share, "~ 30%", "30", "%", "", "about"),
    (share, "over 70%", "70", "%", "", "over"),
    (share, "under 5%", "5", "%", "", "under"),
    (share, "-22.7%", "-22.7", "%", "", ""),
    (share, "3% a year", "3", "%", "year", ""),
    (points, "1 point a year", "1", "point", "year", ""),
    (points, "-2.5 points", "-2.5", "point", "", ""),
    (duration, "31.2 days", "31.2", "day", "", ""),
    (duration, "1 month", "1", "month", "", ""),
    (duration, "about 2 quarters", "2", "quarter", "", "about"),
    (count, "3200", "3200", "", "", ""),
    (count, "3,200", "3200", "", "", ""),
    (count, "200 employees", "200", "employees", "", ""),
    (count, "1.5 m users", "1500000", "users", "", ""),
    (count, "over 40 stores a year", "40", "stores", "year", "over"),
    (count, "3 người dùng", "3", "người dùng", "", ""),
    (count, "0111", "111", "", "", ""),
]


@pytest.mark.parametrize(("parse", "text", "number", "unit", "per", "qualifier"), ACCEPTED)
def test_a_quantity_is_number_unit_rate_and_qualifier(
    parse: Callable[[str], Quantity], text: str, number: str, unit: str, per: str, qualifier: str
) -> None:
    """Exactly, and with the text as written."""
    found = parse(text)
    assert (found.number, found.unit, found.per) == (Decimal(number), unit, per)
    assert (found.qualifier, found.text) == (qualifier, text)
    assert measure(text).number == found.number


REFUSED: list[tuple[Parse, str, str, str]] = [
    (money, "5,3 m CNY", "decimal-comma", "Write `5.3 m CNY`."),
    (money, "0,500 m CNY", "decimal-comma", "Write `0.500 m CNY`."),
    (money, "1.234,5 CNY", "decimal-comma", "Write `1234.5 CNY`."),
    (money, "1,2345 CNY", "decimal-comma", "Write `1.2345 CNY`."),
    (share, "0,5%", "decimal-comma", "Write `0.5%`."),
    (share, "about 15,2%", "decimal-comma", "Write `about 15.2%`."),
    (duration, "31,2 days", "decimal-comma", "Write `31.2 days`."),
    (money, "5 tỷ VND", "quantity-scale", "Write `5 bn VND`."),
    (money, "5 tỷ đồng", "quantity-scale", "Write `5 bn VND`."),
    (money, "2,5 tỷ", "quantity-scale", "Write `2.5 bn`, then the currency or unit."),
    (money, "1.200 tỷ đồng", "quantity-scale", "Write `1.2 tn VND`."),
    (money, "1,2340.5 tỷ đồng", "quantity-scale", "Write `12.3405 tn VND`."),
    (money, "500 triệu VND", "quantity-scale", "Write `500 m VND`."),
    (money, "3 nghìn tỷ VND", "quantity-scale", "Write `3 tn VND`."),
    (money, "3亿元", "quantity-scale", "Write `300 m CNY`."),
    (money, "2573亿 CNY", "quantity-scale", "Write `257.3 bn CNY`."),
    (money, "1.5 亿", "quantity-scale", "Write `150 m`, then the currency or unit."),
    (money, "5000万元", "quantity-scale", "Write `50 m CNY`."),
    (money, "12万亿元", "quantity-scale", "Write `12 tn CNY`."),
    (count, "3万", "quantity-scale", "Write `30 k`, then the currency or unit."),
    (count, "1.5 million users", "quantity-scale", "Write `1.5 m users`."),
    (money, "2 Billion USD", "quantity-scale", "Write `2 bn USD`."),
    (share, ">70%", "quantity-sign", "Write `over 70%`."),
    (share, "< 5%", "quantity-sign", "Write `under 5%`."),
    (share, "≥70%", "quantity-sign", "Write `at least 70%`."),
    (money, "<= 5 m CNY", "quantity-sign", "Write `at most 5 m CNY`."),
    (money, "5 m XYZ", "currency", "Write CNY, VND, USD, EUR or another three-letter code."),
    (money, "5 m", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "5 M CNY", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "5 m cny", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "CNY 5 m", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "$5", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "5 m CNY per year", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "1.0e+400", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, ".inf", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "NaN CNY", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "9" * 5000 + " CNY", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "1" + ",000" * 2000 + " CNY", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "1,00,000 CNY", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (money, "５ m CNY", "quantity", "Write 5 m CNY or 3,000 USD a month."),
    (share, "35.5", "quantity", "Write 35.5%."),
    (share, "a third", "quantity", "Write 35.5%."),
    (points, "1%", "quantity", "Write 1 point a year."),
    (duration, "3", "quantity", "Write 31.2 days or 18 months."),
    (duration, "3 d", "quantity", "Write 31.2 days or 18 months."),
    (count, "many", "quantity", "Write 3,200 or 200 employees."),
    (count, "", "quantity", "Write 3,200 or 200 employees."),
    (count, "1_000", "quantity", "Write 3,200 or 200 employees."),
    (day, "2026-02-29", "date", "Check year, month and day."),
    (day, "2024-13-45", "date", "Check year, month and day."),
    (day, "2026-04-31", "date", "Check year, month and day."),
    (day, "0000-01-01", "date", "Check year, month and day."),
    (day, "2026-11", "date", "Write 2026-11-22."),
    (day, "22.11.2026", "date", "Write 2026-11-22."),
    (day, "2026-1-2", "date", "Write 2026-11-22."),
    (when, "2026-00", "date", "Check year, month and day."),
    (when, "2026-Q5", "date", "Write 2026-11-22, 2026-11 or 2026-Q4."),
    (when, "soon", "date", "Write 2026-11-22, 2026-11 or 2026-Q4."),
    (period, "2022-05..2022-04", "period", "Write 2020, FY2022, 2026-Q3 or 2022-01..2022-04."),
    (period, "2022-01..2022-13", "date", "Check year, month and day."),
    (period, "2022..2023", "period", "Write 2020, FY2022, 2026-Q3 or 2022-01..2022-04."),
    (period, "1500-01", "period", "Write 2020, FY2022, 2026-Q3 or 2022-01..2022-04."),
    (period, "fy2022", "period", "Write 2020, FY2022, 2026-Q3 or 2022-01..2022-04."),
    (period, "1020", "period", "Write a year like 2026."),
    (period, "20222", "period", "Write 2020, FY2022, 2026-Q3 or 2022-01..2022-04."),
]


CONVERTED = {"decimal-comma", "quantity-scale", "quantity-sign"}
"""Rules whose hint has the value as it should be written."""


@pytest.mark.parametrize(("parse", "text", "rule", "hint"), REFUSED)
def test_what_could_be_misread_is_refused_with_a_hint(
    parse: Parse, text: str, rule: str, hint: str
) -> None:
    """By its rule; the hint says what to type; a long text is not repeated whole."""
    with pytest.raises(QuantityError) as refused:
        parse(text)
    assert (refused.value.rule, refused.value.hint) == (rule, hint)
    assert len(refused.value.message) < 150


@pytest.mark.parametrize(
    ("parse", "hint"),
    [(one[0], one[3]) for one in REFUSED if one[2] in CONVERTED and one[3].endswith("`.")],
)
def test_what_a_hint_says_is_accepted(parse: Parse, hint: str) -> None:
    """Following the hint ends the matter."""
    written = hint.partition("`")[2].rpartition("`")[0]
    assert parse(written).text == written


def test_words_stay_words_where_any_measure_fits() -> None:
    """Evidence may be a sentence; it has no number."""
    found = measure("31% of guests return")
    assert (found.kind, found.number) == ("words", Decimal(0))
    assert found.text == "31% of guests return"
    with pytest.raises(QuantityError):
        measure("5 tỷ VND")


@pytest.mark.parametrize(
    ("text", "days"),
    [("1 week", "7"), ("2 years", "730"), ("12 months", "365"), ("36 hours", "1.5")],
)
def test_durations_compare_in_days(text: str, days: str) -> None:
    """A month is a twelfth of 365 days."""
    assert duration(text).days.quantize(Decimal("0.001")) == Decimal(days)


@pytest.mark.parametrize(
    ("text", "first", "last", "fiscal", "quarter"),
    [
        ("2020", "2020-01-01", "2020-12-31", False, 0),
        ("FY2022", "2022-01-01", "2022-12-31", True, 0),
        ("FY 2022", "2022-01-01", "2022-12-31", True, 0),
        ("2026-Q3", "2026-07-01", "2026-09-30", False, 3),
        ("FY2026-Q1", "2026-01-01", "2026-03-31", True, 1),
        ("2024-02", "2024-02-01", "2024-02-29", False, 0),
        ("2022-01..2022-04", "2022-01-01", "2022-04-30", False, 0),
        ("2021-11..2022-02", "2021-11-01", "2022-02-28", False, 0),
        ("2022-04..2022-04", "2022-04-01", "2022-04-30", False, 0),
    ],
)
def test_periods_have_first_and_last_day(
    text: str, first: str, last: str, fiscal: bool, quarter: int
) -> None:
    """Days of calendar years; the label says whether they are to be moved."""
    found = period(text)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert (found.fiscal, found.quarter, found.text) == (fiscal, quarter, text)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2024-02", "2024-02-29"),
        ("1869", "1869-12-31"),
        ("2027-Q1", "2027-03-31"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_may_be_less_exact(text: str, last: str) -> None:
    """Its last day counts."""
    assert when(text) == Day(date.fromisoformat(last), text)


RULES = CONVERTED | {"quantity", "currency", "date", "period"}


def tried(parse: Parse, text: str) -> Quantity | Day | Period | QuantityError:
    """What a parser gives, or says."""
    try:
        return parse(text)
    except QuantityError as refused:
        return refused


@given(st.text(max_size=40))
def test_any_text_is_a_quantity_or_refused(text: str) -> None:
    """No other exception, and words that people can read."""
    for parse in PARSERS:
        found = tried(parse, text)
        if isinstance(found, QuantityError):
            assert found.rule in RULES
            assert found.message
            assert found.hint
        else:
            assert found.text == text
            assert parse(text) == found


PIECES = [
    "5", "0", "-", ",", ".", "000", "%", " ", "m", "bn", "CNY", "USD", "about ", "~", ">",
    "a", "year", "days", "tỷ", "万", "亿", "triệu", "million", "FY", "Q1", "2026", "-02", "..",
    "30",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_any_mixture_of_their_parts_is_a_quantity_or_refused(text: str) -> None:
    """Texts that are nearly right."""
    for parse in PARSERS:
        found = tried(parse, text)
        assert found.rule in RULES if isinstance(found, QuantityError) else found.text == text


NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


@given(
    NUMBERS,
    st.sampled_from(["", "k", "m", "bn", "tn"]),
    st.sampled_from(sorted(CURRENCIES)),
    st.sampled_from(["", "about ", "over ", "under ", "at least ", "at most "]),
    st.sampled_from(["", " a day", " a week", " a month", " a quarter", " a year"]),
    st.booleans(),
)
def test_what_is_written_by_the_rules_reads_back_exactly(
    number: Decimal, scale: str, unit: str, qualifier: str, per: str, grouped: bool
) -> None:
    """Every number, scale, currency, qualifier and rate; grouped or not."""
    figure = f"{number:,f}" if grouped else f"{number:f}"
    found = money(" ".join(f"{qualifier}{figure} {scale} {unit}{per}".split()))
    times = {"": 0, "k": 3, "m": 6, "bn": 9, "tn": 12}[scale]
    assert found.number == number.scaleb(times)
    assert (found.unit, found.qualifier) == (unit, qualifier.strip())
    assert found.per == per.removeprefix(" a ")
    assert money(found.text) == found


@given(st.decimals(allow_nan=False))
def test_the_same_number_is_one_object(number: Decimal) -> None:
    """With every digit as it was; an equal number with other digits is another one."""
    assert str(same(number)) == str(number)
    assert same(number) is same(Decimal(str(number)))
    assert str(same(Decimal("1.0"))) != str(same(Decimal(1)))
