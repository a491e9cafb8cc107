"""Texts in, what identifies or reaches a person and must not be kept in git out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefbook.checks.files import WRITTEN, File
from briefbook.load import Content, Guide
from briefbook.problem import Place, Problem, error

_URL = re.compile(r"(?:https?://|ref:)[^\s<>()\"']+")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[^\W\d_]{2,24}")
# Chinese is written without spaces, so only letters of Latin scripts make a number a code.
_BEFORE = r"(?<![0-9A-Za-zÀ-ɏḀ-ỿ_.,+/#-])(?<![0-9] )"
_AFTER = r"(?![0-9A-Za-z_/-]|[.,][0-9]|\s?(?:%|k\b|m\b|bn\b|tn\b|[A-Z]{3}\b))"
_GAP = r"[ .\u00a0()-]{0,2}"
_NUMBERS = {
    "a phone number": (
        rf"\+[1-9]{_GAP}(?:\d{_GAP}){{7,13}}\d",           # with its country
        r"\(?0\d{1,4}\)?(?:[ .-]\d{2,4}){2,4}",            # 090 123 4567, (028) 3822 1234
        r"0\d{9,10}",                                      # 0901234567
        r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}",                   # a Chinese mobile
        r"(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}",      # (212) 555-0123
    ),
    "an identity number": (
        r"\d{12}",                                         # Viet Nam
        r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]",  # China
        r"\d{3}-\d{2}-\d{4}",                              # United States
    ),
}  # fmt: skip
_PATTERNS = {
    what: re.compile(f"{_BEFORE}(?:{'|'.join(patterns)}){_AFTER}")
    for what, patterns in _NUMBERS.items()
}
_DIGITS = re.compile(r"\d[\d .()-]{6}")
_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0B: "+", 0xFF20: "@"}
_SKIPPED = frozenset({"crm_id", "isic", "ticker"})
"""Fields that hold codes of things, not of people."""


class Found(NamedTuple):
    """A piece of personal data: what it is, where in the text, and enough of it to find it."""

    what: str
    start: int
    masked: str


def personal_data(_: Content, file: File) -> Iterator[Problem]:
    """E-mail addresses, phone and identity numbers in the texts of a file."""
    for value in file.of(*WRITTEN) if _likely(file.text) else ():
        if value.steps[-1] not in _SKIPPED:
            for found in find(value.text):
                yield _problem(found, file.place(value.path))


def personal_data_in_page(_: Content, guide: Guide) -> Iterator[Problem]:
    """The same in a page of prose and in its title."""
    for number, line in enumerate(guide.text.split("\n")):
        for found in find(line):
            yield _problem(found, Place(guide.file, guide.first_line + number, found.start + 1))
    for found in find(guide.title):
        yield _problem(found, Place(guide.file, guide.first_line - 1, 1))


def find(text: str) -> Iterator[Found]:
    """Personal data of a text, from left to right; web addresses are no part of it."""
    if not _likely(text):
        return
    rest = _URL.sub(lambda url: " " * len(url[0]), text.translate(_WIDE))
    marks = [("an e-mail address", one) for one in _EMAIL.finditer(rest)]
    rest = _EMAIL.sub(lambda mail: "x" * len(mail[0]), rest)
    for what, pattern in _PATTERNS.items():
        marks += [(what, one) for one in pattern.finditer(rest)]
    taken = 0
    for what, match in sorted(marks, key=lambda mark: mark[1].start()):
        if match.start() >= taken:
            taken = match.end()
            yield Found(what, match.start(), _masked(match[0]))


def _likely(text: str) -> bool:
    """Whether there may be any; two searches for a sign cost less than a pattern of all three."""
    return "@" in text or "\uff20" in text or bool(_DIGITS.search(text))


def _masked(text: str) -> str:
    """The first characters only: a report must not spread what the content should not hold."""
    return f"{text[:3]}…"


def _problem(found: Found, place: Place) -> Problem:
    return error("personal-data", place, f"`{found.masked}` looks like {found.what}.",
                 "Keep contact details in the CRM, never in git.")  # fmt: skip


def personal_attributes(content: Content, file: File) -> Iterator[Problem]:
    """Gender, age and the like where the book does not allow them."""
    if file.kind != "account" or content.book.value.personal_attributes.allowed:
        return
    for id, person in file.value.people.items():
        if person.personal:
            yield error("personal-attribute", file.place(("people", id, "personal"), key=True),
                        f"Personal attributes of `{id}` are not allowed by the book.",
                        "Remove them, or set `personal_attributes: {allowed: yes, because: ...}` "
                        "in book.yml.")  # fmt: skip
