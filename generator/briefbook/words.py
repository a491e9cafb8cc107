"""A rule id or message key and its numbers in, a sentence in the reader's language out."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol
from markupsafe import Markup, escape

LOCALES = {"en": "en_GB", "vi": "vi_VN", "zh": "zh_Hans_CN"}
_TENS = {"zh": ((8, 1), (4, 0))}
"""Powers of ten of `unit.bn` and `unit.m` with the decimals of each in tables, where a language
counts by 万 and 亿; all others say millions and thousand millions."""
_USUAL = ((9, 1), (6, 1))
_FORMS = ("zero", "one", "two", "few", "many", "other")
PSEUDO = "xx"
"""A made-up language: every message stands in brackets, so that a label outside is seen."""


@cache
def catalogue(language: str) -> Mapping[str, tuple[str, ...]]:
    """Messages by key; a tuple holds one text for each plural form."""
    path = files("briefbook") / "locale" / f"{language}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        messages = read_po(stream, locale=None)
    found: dict[str, tuple[str, ...]] = {}
    for message in messages:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            text = message.string
            forms = (text,) if isinstance(text, str) else tuple(map(str, text or ()))
            if all(forms):
                found[key] = forms
    return found


@cache
def _forms(language: str) -> tuple[str, ...]:
    """The plural categories of a language in the order in which a catalogue has its texts."""
    named = _locale(LOCALES[language]).plural_form.tags | {"other"}
    return tuple(form for form in _FORMS if form in named)


@cache
def _locale(name: str) -> Locale:
    """Parsed once: Babel reads a name anew at each call."""
    return Locale.parse(name)


def spoken(language: str) -> str:
    """The language, or English without a catalogue for it, so that words and plurals agree."""
    return language if catalogue(language) else "en"


class Marks(NamedTuple):
    """What stands between items, remarks, clauses and sentences, after a label, and at the end."""

    item: str = ", "
    remark: str = ", "
    clause: str = "; "
    label: str = ": "
    stop: str = ". "
    sentence: str = " "


class Days(NamedTuple):
    """CLDR skeletons of a day, of a day in the running year, and of a month."""

    day: str = "yMMMd"
    near: str = "MMMd"
    month: str = "yMMM"


_DAYS = {"vi": Days("yMd", "Md", "yM")}
"""Vietnamese writes dates in figures: its short months are words of their own (thg 11)."""
_USUAL_DAYS = Days()
_MARKS = {"zh": Marks("\u3001", "\uff0c", "\uff1b", "\uff1a", "\u3002", "")}
_USUAL_MARKS = Marks()


@dataclass(frozen=True)
class Words:
    """The words of one language; `words("key", n=3)` gives the sentence."""

    language: str

    @property
    def locale(self) -> str:
        """The Babel locale for numbers and dates."""
        return LOCALES.get(self.language, LOCALES["en"])

    def __call__(self, key: str, /, **values: Any) -> str:
        """The message of a key; values that are markup stay markup, all else is escaped then."""
        if not values:
            return _label(self.language, key)
        n = values.get("n", 0)
        text = (form if type(n) is int else _counted)(self.language, key, n)
        markup = False
        for name, value in values.items():
            if type(value) is str:  # most are
                continue
            if isinstance(value, (int, Decimal)):
                values[name] = _number(self.language, value, 2)
            elif isinstance(value, Markup):
                markup = True
        if markup:
            safe = {name: escape(value) for name, value in values.items()}
            return Markup(_filled(str(escape(text)), safe))  # noqa: S704 (all escaped)
        return _filled(text, values)

    def raw(self, key: str) -> str:
        """The message with its `{names}` left in, for scripts that fill them."""
        return message(self.language, key)[0]

    def has(self, key: str) -> bool:
        """Whether the catalogue knows the key."""
        return key in catalogue("en")

    def number(self, value: Decimal | int, digits: int = 2) -> str:
        """A number with at most `digits` decimals, a half rounded away from zero."""
        return _number(self.language, value, digits)

    def share(self, part: Decimal, digits: int = 0) -> str:
        """A share of 1 as percent."""
        return _percent(self.language, part * 100, digits)

    def percent(self, value: Decimal | int, digits: int = 2) -> str:
        """A number of percents."""
        return _percent(self.language, value, digits)

    @property
    def reads(self) -> str:
        """The language in which content is read; English for a made-up one."""
        return self.language if self.language in LOCALES else "en"

    @property
    def tens(self) -> tuple[tuple[int, int], ...]:
        """Powers of ten that `unit.bn` and `unit.m` stand for, with decimals in a table."""
        return _TENS.get(self.language, _USUAL)

    def amount(self, value: Decimal, currency: str = "", digits: int = 1) -> str:
        """Money as people say it: 12.4 m CNY, 257.3 bn CNY, 900 CNY; in Chinese 1.2 亿 CNY."""
        return _amount(self.language, value, currency, digits)

    def millions(self, value: Decimal) -> str:
        """The number of millions (of 万 in Chinese), for tables that name the unit once."""
        power, digits = self.tens[-1]
        return self.number(value / 10**power, digits)

    def listed(self, items: Sequence[str], *, either: bool = False) -> str:
        """Some things in a row: a, b and c; or a, b or c."""
        return format_list(items, "or" if either else "standard", _locale(self.locale))

    def row(self, items: Iterable[object]) -> str:
        """Some things of one kind, with no word between: a, b, c."""
        return _joined(self.mark.item, items)

    def remarks(self, items: Iterable[object]) -> str:
        """Some remarks on one thing: large, 40 people, growing."""
        return _joined(self.mark.remark, items)

    def clauses(self, items: Iterable[object]) -> str:
        """Longer things one after another: a; b; c."""
        return _joined(self.mark.clause, items)

    def sentences(self, items: Iterable[str]) -> str:
        """Whole sentences one after another, empty ones left out."""
        return _joined(self.mark.sentence, (one for one in items if one))

    @property
    def mark(self) -> Marks:
        """The marks of the language, for what templates put together."""
        return _MARKS.get(self.language, _USUAL_MARKS)

    @property
    def days(self) -> Days:
        """How dates of the language are written."""
        return _DAYS.get(self.language, _USUAL_DAYS)

    def day(self, value: date) -> str:
        """22 Nov 2026; in Vietnamese 22/11/2026."""
        return _skeleton(self.days.day, value, self.locale)

    def near(self, value: date, today: date) -> str:
        """22 Nov, with the year where it is another one."""
        if value.year != today.year:
            return self.day(value)
        return _skeleton(self.days.near, value, self.locale)

    def month(self, value: date) -> str:
        """Nov 2026; in Vietnamese 11/2026."""
        return _skeleton(self.days.month, value, self.locale)


@lru_cache(maxsize=1 << 14)
def _skeleton(skeleton: str, value: date, locale: str) -> str:
    return format_skeleton(skeleton, value, locale=locale)


def _joined(mark: str, items: Iterable[object]) -> str:
    """Markup as soon as one item is, so that the others are escaped."""
    texts = [one if isinstance(one, str) else str(one) for one in items]
    if Markup in map(type, texts):
        return Markup(mark).join(texts)  # noqa: S704 (a mark of ours)
    return mark.join(texts)


@cache
def message(language: str, key: str) -> tuple[str, ...]:
    """The plural forms of a message, in English where the language has none."""
    english = catalogue("en")[key]
    if language == PSEUDO:
        return tuple(f"[{text}]" for text in english)
    return catalogue(language).get(key, english)


@lru_cache(maxsize=1 << 14)  # whole numbers only: Decimal("1.0") equals 1, and is counted otherwise
def form(language: str, key: str, n: int) -> str:
    """The form of a message that counts `n`, by the rules of the language whose text it is."""
    return _counted(language, key, n)


def _counted(language: str, key: str, n: Any) -> str:
    texts = message(language, key)
    if len(texts) == 1:
        return texts[0]
    own = language in LOCALES and key in catalogue(language)
    counted = language if own else "en"
    category = str(_locale(LOCALES[counted]).plural_form(n))
    return texts[min(_forms(counted).index(category), len(texts) - 1)]


@cache
def _label(language: str, key: str) -> str:
    """A message that nothing is filled in: most of those of a page are."""
    return _filled(form(language, key, 0), {})


@lru_cache(maxsize=1 << 14)  # a fact stands on several pages of its account
def _amount(language: str, value: Decimal, currency: str, digits: int) -> str:
    words = Words(language)
    (high, _), (low, _) = words.tens
    half = Decimal(5).scaleb(low - 1 - digits)  # of the last digit: 999.95 m is 1 bn
    for power, key, rounded in ((high, "unit.bn", half), (low, "unit.m", Decimal("0.5"))):
        if abs(value) >= 10**power - rounded:
            shown = words(key, number=words.number(value.scaleb(-power), digits))
            break
    else:
        shown = words.number(value, 0)
    return f"{shown} {currency}".strip()


@lru_cache(maxsize=1 << 14)  # there are few shares in whole percents
def _percent(language: str, value: Decimal | int, digits: int) -> str:
    words = Words(language)
    return words("unit.percent", number=words.number(value, digits))


@lru_cache(maxsize=1 << 16)  # the same numbers stand on thousands of pages
def _number(language: str, value: Decimal | int, digits: int) -> str:
    with localcontext(prec=60):  # 28 digits are too few for some amounts and their decimals
        unit = Decimal(1).scaleb(-digits)
        value = Decimal(value).quantize(unit, ROUND_HALF_UP) + 0  # never a minus before 0
        shown = f"{value:,f}"
    if digits:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(_signs(Words(language).locale))


@cache
def _signs(locale: str) -> dict[int, str]:
    """What stands in a number for a minus, and for the marks that Python writes."""
    group, point = get_group_symbol(_locale(locale)), get_decimal_symbol(_locale(locale))
    return str.maketrans({",": group, ".": point, "-": "\u2212"})


def _filled(text: str, values: Mapping[str, Any]) -> str:
    """A message with its `{names}` filled in: no attribute or index is ever read from a value."""
    return _shape(text) % values


@cache
def _shape(text: str) -> str:
    """A message with `%(name)s` for each of its `{names}`."""
    parts = [(literal, name) for literal, name, _, _ in string.Formatter().parse(text)]
    return "".join(
        literal.replace("%", "%%") + (f"%({name})s" if name is not None else "")
        for literal, name in parts
    )
