"""Money, shares, durations, counts, periods and days, read from what people write."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Kind = Literal["money", "share", "duration", "count", "words"]
Qualifier = Literal["", "about", "over", "under", "at least", "at most"]


class QuantityError(ValueError):
    """A text is not the quantity it should be; `rule` and `hint` go to the reader."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        self.rule, self.message, self.hint = rule, message, hint
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: currency for money, percent for shares, the word written for others.

    `per` is the period of a rate ("year" in "8 m CNY a year"); `qualifier` keeps "about" and the
    like; `text` is what was written.
    """

    kind: Kind
    number: Decimal
    unit: str
    text: str
    per: str = ""
    qualifier: Qualifier = ""

    @property
    def days(self) -> Decimal:
        """A duration in days: a month is 365/12 of them, a year 365."""
        return self.number * _DAYS[self.unit]


_DAYS = {
    "minute": Decimal(1) / 1440, "hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7),
    "month": Decimal(365) / 12, "quarter": Decimal(365) / 4, "year": Decimal(365),
}  # fmt: skip
_SCALES = {
    "": Decimal(1),
    "k": Decimal(10) ** 3,
    "m": Decimal(10) ** 6,
    "bn": Decimal(10) ** 9,
    "tn": Decimal(10) ** 12,
}
_NUMBER = r"[-+\u2212]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,9})?"
_QUALIFIED = re.compile(r"(?:(about|over|under|at least|at most)\s+|(~)\s*)?(.*)", re.DOTALL)
_SIGNS: dict[str, Qualifier] = {
    ">": "over", "<": "under", ">=": "at least", "<=": "at most", "≥": "at least", "≤": "at most",
}  # fmt: skip
_SIGN = re.compile(r"([<>]=?|[≥≤])\s*")
_PER = r"(?:\s+an?\s+(day|week|month|quarter|year))?"
_MONEY = re.compile(rf"({_NUMBER})\s*(k|m|bn|tn)?\s+([A-Z]{{3}}){_PER}")
_SHARE = re.compile(rf"({_NUMBER})\s*%{_PER}")
_POINTS = re.compile(rf"({_NUMBER})\s+points?{_PER}")
_DURATION = re.compile(rf"({_NUMBER})\s+(minute|hour|day|week|month|quarter|year)s?")
_COUNT = re.compile(rf"({_NUMBER})(?:\s*(k|m|bn|tn)\b)?(?:\s+([^\W\d_][\w -]{{0,40}}?))?{_PER}")
# Scale words of one language. Longer words stand first: the pattern takes the first that fits.
_ALIEN_SCALE = {
    "nghìn tỷ": 12, "ngàn tỷ": 12, "万亿": 12, "trillion": 12, "tỷ": 9, "tỉ": 9, "billion": 9,
    "亿": 8, "triệu": 6, "million": 6, "百万": 6, "千万": 7, "万": 4, "nghìn": 3, "ngàn": 3,
    "thousand": 3,
}  # fmt: skip
_DOTTED = frozenset({"nghìn tỷ", "ngàn tỷ", "tỷ", "tỉ", "triệu", "nghìn", "ngàn"})
_ALIEN_CURRENCY = {"đồng": "VND", "vnđ": "VND", "元": "CNY", "人民币": "CNY"}
_LOOSE = r"[-+\u2212]?[0-9]{1,15}(?:[.,][0-9]{1,9}){0,6}"
_ALIEN = re.compile(rf"({_LOOSE})\s*({'|'.join(_ALIEN_SCALE)})(?!\w)|"
                    rf"({_LOOSE})\s*(万亿|百万|千万|亿|万)", re.IGNORECASE)  # fmt: skip
_COMMA = re.compile(r"(?<![0-9,.])([0-9]+,[0-9]{1,2}|[0-9]+,[0-9]{4,}|0,[0-9]+|"
                    r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+)(?![0-9,])")  # fmt: skip

# ISO 4217, active codes.
CURRENCIES = frozenset(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
    "GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF "
    "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
    "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split()
)


def number(text: str) -> Decimal:
    """The number of a text that matched `_NUMBER`."""
    return Decimal(text.replace(",", "").replace("\u2212", "-"))


def same(value: Decimal) -> Decimal:
    """The number as it is, but one object for all who come to it: they are kept by the million."""
    return _number(str(value))


@lru_cache(maxsize=1 << 14)
def _number(text: str) -> Decimal:
    return Decimal(text)


def money(text: str) -> Quantity:
    """`5 m CNY`, `about 3,000 USD a month`; unit is the ISO 4217 code."""
    qualifier, found = _matched(_MONEY, text, "an amount of money", "5 m CNY or 3,000 USD a month")
    if found[3] not in CURRENCIES:
        raise QuantityError(
            "currency",
            f"`{found[3]}` is no ISO 4217 currency.",
            "Write CNY, VND, USD, EUR or another three-letter code.",
        )
    value = number(found[1]) * _SCALES[found[2] or ""]
    return Quantity("money", value, found[3], text, found[4] or "", qualifier)


def share(text: str) -> Quantity:
    """`35.5%`, `about 30%`, `-5.1%`; the number is in percent, unit is `%`."""
    qualifier, found = _matched(_SHARE, text, "a share", "35.5%")
    return Quantity("share", number(found[1]), "%", text, found[2] or "", qualifier)


def points(text: str) -> Quantity:
    """`1 point a year`: a change of a share, in percentage points."""
    if found := _POINTS.fullmatch(text):
        return Quantity("share", number(found[1]), "point", text, found[2] or "")
    raise _not(text, "a change in points", "1 point a year")


def duration(text: str) -> Quantity:
    """`31.2 days`, `18 months`; unit is the singular word."""
    qualifier, found = _matched(_DURATION, text, "a duration", "31.2 days or 18 months")
    return Quantity("duration", number(found[1]), found[2], text, "", qualifier)


def count(text: str) -> Quantity:
    """`3200`, `200 employees`, `1.5 m users`; unit is the word written, if any."""
    qualifier, found = _matched(_COUNT, text, "a count", "3,200 or 200 employees")
    if found[3]:  # any word, that of a scale included
        _refuse_foreign(text)
    value = number(found[1]) * _SCALES[found[2] or ""]
    return Quantity("count", value, found[3] or "", text, found[4] or "", qualifier)


def measure(text: str) -> Quantity:
    """Any quantity; what is none is kept as words, with the number 0 and no unit."""
    for parse in (money, share, points, duration, count):
        try:
            return parse(text)
        except QuantityError as bad:
            if bad.rule not in {"quantity"}:
                raise
    return Quantity("words", Decimal(0), "", text)


def _matched(
    pattern: re.Pattern[str], text: str, what: str, example: str
) -> tuple[Qualifier, re.Match[str]]:
    """The qualifier, and what follows it; only what does not fit is looked at for a reason."""
    begin = _QUALIFIED.fullmatch(text)
    assert begin is not None  # the pattern matches every text
    if found := pattern.fullmatch(begin[3].strip()):
        return begin[1] or ("about" if begin[2] else ""), found  # type: ignore[return-value]
    _refuse_sign(text)
    _refuse_foreign(text)
    raise _not(text, what, example)


def _refuse_sign(text: str) -> None:
    if found := _SIGN.match(text):
        raise QuantityError(
            "quantity-sign",
            f"`{shorten(text)}` begins with a sign that YAML reads as its own.",
            f"Write `{_SIGNS[found[1]]} {shorten(text[found.end() :])}`.",
        )


def _refuse_foreign(text: str) -> None:
    if found := _ALIEN.search(text):
        raise QuantityError("quantity-scale",
                            f"`{shorten(text)}` uses a scale word of one language.",
                            _converted(found, text[found.end() :].strip()))  # fmt: skip
    if found := _COMMA.search(text):
        right = text[: found.start()] + _decimal_point(found[1]) + text[found.end() :]
        raise QuantityError(
            "decimal-comma", f"`{shorten(text)}` has a decimal comma.", f"Write `{shorten(right)}`."
        )


def _converted(found: re.Match[str], rest: str) -> str:
    """The hint with what a scale word of one language stands for, in scales of ours."""
    word = (found[2] or found[4]).lower()
    value = number(_decimal_point(found[1] or found[3], dots=word in _DOTTED))
    value *= Decimal(10) ** _ALIEN_SCALE[word]
    scale = max((one for one in _SCALES if _SCALES[one] <= abs(value)), key=_SCALES.__getitem__,
                default="")  # fmt: skip
    amount = f"{_plain(value / _SCALES[scale])} {scale}".strip()
    if not rest:
        return f"Write `{amount}`, then the currency or unit."
    return f"Write `{shorten(f'{amount} {_ALIEN_CURRENCY.get(rest.lower(), rest)}')}`."


def _decimal_point(text: str, *, dots: bool = False) -> str:
    """A number as people of several countries write it, with a decimal point and no grouping."""
    if dots and re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3})+", text):
        return text.replace(".", "")
    if re.fullmatch(_NUMBER, text):
        return text.replace(",", "")
    if "," not in text and text.count(".") > 1:
        return text.replace(".", "")
    *whole, rest = re.split("[.,]", text)
    return f"{''.join(whole)}.{rest}" if whole else text


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _not(text: str, what: str, example: str) -> QuantityError:
    return QuantityError("quantity", f"`{shorten(text)}` is not {what}.", f"Write {example}.")


def shorten(text: str, limit: int = 60) -> str:
    """A text that is quoted in a message, on one line and not endless."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day, or a month or year of which the last day counts."""

    date: date
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of time; `first` and `last` are its days in a year that begins as `year_starts` says.

    `year` is the year of the label, `fiscal` whether it was written FY, `quarter` 1 to 4 or 0.
    """

    year: int
    quarter: int
    fiscal: bool
    text: str
    first: date
    last: date


_ISO_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEAR = re.compile(r"(?:(FY) ?)?([0-9]{4})(?:-?Q([1-4]))?")
_SPAN = re.compile(r"([0-9]{4}-[0-9]{2})(?:\.\.([0-9]{4}-[0-9]{2}))?")


def day(text: str) -> Day:
    """`2026-11-22`, nothing less exact."""
    parsed = _parse_day(text)
    if parsed is None or len(text) != 10:
        raise QuantityError("date", f"`{shorten(text)}` is not a day.", "Write 2026-11-22.")
    return parsed


def when(text: str) -> Day:
    """`2026-11-22`, `2026-11`, `2026` or `2027-Q1`; the last day of it counts."""
    parsed = _parse_day(text)
    if parsed is not None:
        return parsed
    try:
        return Day(period(text).last, text)
    except QuantityError:
        raise QuantityError(
            "date", f"`{shorten(text)}` is not a date.", "Write 2026-11-22, 2026-11 or 2026-Q4."
        ) from None


def _parse_day(text: str) -> Day | None:
    found = _ISO_DAY.fullmatch(text)
    if not found:
        return None
    try:
        year, month = int(found[1]), int(found[2] or 12)
        if year < 1000:
            raise ValueError
        last = calendar.monthrange(year, month)[1]
        return Day(date(year, month, int(found[3] or last)), text)
    except ValueError:
        raise QuantityError(
            "date", f"`{text}` is not a day of the calendar.", "Check year, month and day."
        ) from None


def period(text: str) -> Period:
    """`2020`, `FY2022` (the year that ends in 2022), `2026-Q3`, `2022-04`, `2022-01..2022-04`.

    Days are those of calendar years; `fiscal_period` moves them to a fiscal year.
    """
    if found := _YEAR.fullmatch(text):
        year, quarter = int(found[2]), int(found[3] or 0)
        if not 1900 <= year <= 2200:
            raise QuantityError("period", f"`{text}` is out of range.", "Write a year like 2026.")
        first_month, last_month = (3 * quarter - 2, 3 * quarter) if quarter else (1, 12)
        last = calendar.monthrange(year, last_month)[1]
        return Period(
            year,
            quarter,
            bool(found[1]),
            text,
            date(year, first_month, 1),
            date(year, last_month, last),
        )
    if found := _SPAN.fullmatch(text):
        first, last_day = _parse_day(found[1]), _parse_day(found[2] or found[1])
        assert first is not None
        assert last_day is not None
        if last_day.date >= first.date and 1900 <= first.date.year <= last_day.date.year <= 2200:
            return Period(
                last_day.date.year, 0, False, text, first.date.replace(day=1), last_day.date
            )
    raise QuantityError(
        "period",
        f"`{shorten(text)}` is not a period.",
        "Write 2020, FY2022, 2026-Q3 or 2022-01..2022-04.",
    )
