"""A rule id or message key and its numbers in, a sentence in the reader's language out."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

LOCALES = {"en": "en_GB", "vi": "vi_VN", "zh": "zh_Hans_CN"}
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


def spoken(language: str) -> str:
    """The language, or English without a catalogue for it, so that words and plurals agree."""
    return language if catalogue(language) else "en"


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
        texts = self._texts(key)
        text = texts[self._plural(values.get("n", 0), len(texts))] if len(texts) > 1 else texts[0]
        shown = {name: self._shown(value) for name, value in values.items()}
        if any(isinstance(value, Markup) for value in shown.values()):
            safe = {name: escape(value) for name, value in shown.items()}
            return Markup(_FORMAT.vformat(str(escape(text)), (), safe))  # noqa: S704 (all escaped)
        return _FORMAT.vformat(text, (), shown)

    def raw(self, key: str) -> str:
        """The message with its `{names}` left in, for scripts that fill them."""
        return self._texts(key)[0]

    def has(self, key: str) -> bool:
        """Whether the catalogue knows the key."""
        return key in catalogue("en")

    def _texts(self, key: str) -> tuple[str, ...]:
        english = catalogue("en")[key]
        if self.language == PSEUDO:
            return tuple(f"[{text}]" for text in english)
        return catalogue(self.language).get(key, english)

    def _plural(self, n: Any, forms: int) -> int:
        locale = Locale.parse(LOCALES["en"])  # only English texts have several forms
        order = ["one", "other"] if forms == 2 else ["other"]
        return order.index(rule) if (rule := locale.plural_form(n)) in order else forms - 1

    def _shown(self, value: Any) -> Any:
        return self.number(value) if isinstance(value, (int, Decimal)) else value

    def number(self, value: Decimal | int, digits: int = 2) -> str:
        """A number with at most `digits` decimals, a half rounded away from zero."""
        pattern, unit = "#,##0." + "#" * digits, Decimal(1).scaleb(-digits)
        with localcontext(prec=60):  # 28 digits are too few for some amounts and their decimals
            value = Decimal(value).quantize(unit, ROUND_HALF_UP) + 0  # never a minus before 0
            shown = format_decimal(value, format=pattern, locale=self.locale)
        return shown.replace("-", "\u2212")

    def share(self, part: Decimal, digits: int = 0) -> str:
        """A share of 1 as percent."""
        return f"{self.number(part * 100, digits)} %"

    def amount(self, value: Decimal, currency: str = "", digits: int = 1) -> str:
        """Money as people say it: 12.4 m CNY, 257.3 bn CNY, 900 CNY."""
        half = Decimal(5).scaleb(5 - digits)  # of the last digit of a million: 999.95 m is 1 bn
        for power, key, rounded in ((9, "unit.bn", half), (6, "unit.m", Decimal("0.5"))):
            if abs(value) >= 10**power - rounded:
                shown = self(key, number=self.number(value.scaleb(-power), digits))
                break
        else:
            shown = self.number(value, 0)
        return f"{shown} {currency}".strip()

    def millions(self, value: Decimal) -> str:
        """The number of millions, for tables that name the unit once."""
        return self.number(value / 10**6, 1)

    def listed(self, items: Sequence[str], *, either: bool = False) -> str:
        """Some things in a row: a, b and c; or a, b or c."""
        return format_list(items, "or" if either else "standard", self.locale)

    def day(self, value: date) -> str:
        """22 Nov 2026."""
        return format_date(value, "d MMM y" if self.language != "zh" else "y年M月d日", self.locale)

    def near(self, value: date, today: date) -> str:
        """22 Nov, with the year where it is another one."""
        if value.year != today.year:
            return self.day(value)
        return format_date(value, "d MMM" if self.language != "zh" else "M月d日", self.locale)

    def month(self, value: date) -> str:
        """Nov 2026."""
        return format_date(value, "MMM y" if self.language != "zh" else "y年M月", self.locale)


class _Format(string.Formatter):
    """Plain `{name}` only: no attribute or index is ever read from a value."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        return kwargs[field_name], field_name


_FORMAT = _Format()
