"""Names in, those that two records share or that deceive the eye out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files as packaged
from typing import Any

from briefbook.checks.files import EACH, File, Path
from briefbook.load import Content, Record
from briefbook.problem import Problem, warning
from briefbook.quantity import shorten

LOOKALIKE_SCRIPTS = frozenset(
    "GREEK CYRILLIC ARMENIAN CHEROKEE COPTIC GEORGIAN DESERET LISU CANADIAN".split()
)
"""Scripts with letters that pass for Latin ones, as the names of their characters begin."""
MARKS = 4
"""As many marks as a letter of any living orthography carries, and one to spare."""
_WORD = re.compile(r"[^\W\d_]+")
# A character that is no letter of Latin, Vietnamese, Chinese or the like, and five in a row.
_OTHER = re.compile("[^\x00-\u02ff\u1e00-\u1eff\u2000-\u206f\u3000-\u9fff\uac00-\ud7af]")
_SUSPECT = re.compile(f"{_OTHER.pattern}{{5}}")


def duplicate_names(content: Content) -> Iterator[Problem]:
    """Records of a kind that share a name or alias; told at the later file."""
    for records in _kinds(content):
        seen: dict[str, tuple[Record[Any], Path]] = {}
        for record in records:
            for name, path in _names(record):
                other, first = seen.setdefault(_folded(name), (record, path))
                if other.id != record.id:
                    yield warning("duplicate-name", record.tree.place(path),
                                  f"`{shorten(name)}` is also a name in {other.tree.place(first)}.",
                                  "Add what tells the two apart, or join the files.")  # fmt: skip
                    break


def confusable_names(content: Content) -> Iterator[Problem]:
    """Records of a kind whose names differ and look the same."""
    for records in _kinds(content):
        seen: dict[str, Record[Any]] = {}
        for record in records:
            other = seen.setdefault(skeleton(name := record.name), record)
            if other is record or deceptive(name) or deceptive(other.name):
                continue
            if _folded(other.name) != _folded(name):
                yield warning("confusable-name", record.tree.place(("name",)),
                              f"`{shorten(name)}` looks like the name in "
                              f"{other.tree.place(('name',))}.",
                              "Type both names anew, or tell them apart by a word.")  # fmt: skip


def deceptive_names(_: Content, file: File) -> Iterator[Problem]:
    """Names that mix Latin letters with such as only look Latin."""
    for value in file.values:
        if value.text.isascii():
            continue
        named = value.steps[-1] == "name" or value.steps == ("aliases", EACH)
        if named and (char := deceptive(value.text)):
            yield warning("confusable-name", file.place(value.path),
                          f"`{shorten(value.text)}` mixes Latin letters with {_said(char)}.",
                          "Type the name anew in one script.")  # fmt: skip


def stacked_marks(_: Content, file: File) -> Iterator[Problem]:
    """Texts in which marks pile up on a letter until the lines around are covered."""
    for value in file.values:
        if not value.text.isascii() and (found := _stack(value.text)):
            yield warning("stacked-marks", file.place(value.path),
                          f"{found} combining marks stand on one letter.",
                          "Delete the marks.")  # fmt: skip


def _kinds(content: Content) -> Iterator[list[Record[Any]]]:
    for kind in ("industry", "company", "account", "strategy"):
        yield sorted(content.of(kind).values(), key=lambda record: record.file)


def _names(record: Record[Any]) -> Iterator[tuple[str, Path]]:
    yield record.name, ("name",)
    for index, alias in enumerate(getattr(record.value, "aliases", ())):
        yield alias, ("aliases", index)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@cache
def _lookalikes() -> dict[int, str]:
    table = json.loads(packaged("briefbook.checks").joinpath("confusables.json").read_text("utf-8"))
    return {ord(char): latin for latin, chars in table["letters"].items() for char in chars}


def skeleton(name: str) -> str:
    """What a name looks like: letters of other scripts, and I and |, as their Latin look-alikes."""
    text = unicodedata.normalize("NFKC", name)
    if not text.isascii():
        bare = unicodedata.normalize("NFD", text).translate(_lookalikes())
        text = unicodedata.normalize("NFC", bare)
    return _folded(text.replace("I", "l").replace("|", "l"))


def deceptive(name: str) -> str:
    """The first letter that only looks Latin within a word that has Latin letters, or nothing."""
    text = unicodedata.normalize("NFKC", name)
    if not _OTHER.search(text):
        return ""
    for word in _WORD.findall(text):
        scripts = {char: unicodedata.name(char, "").partition(" ")[0] for char in word}
        if "LATIN" in scripts.values():
            for char, script in scripts.items():
                base = unicodedata.normalize("NFD", char)[0]
                if script in LOOKALIKE_SCRIPTS and ord(base) in _lookalikes():
                    return str(char)
    return ""


def _said(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char)}"


def _stack(text: str) -> int:
    """The length of the longest pile of marks, if it is too long."""
    text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(text):
        return 0
    longest = run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        longest = max(longest, run)
    return longest if longest > MARKS else 0
