"""The rules of the glossary: every term says what it means, and has names of its own."""

from __future__ import annotations

from briefbook.checks.rule import Rule

GLOSSARY: tuple[Rule, ...] = (
    Rule(
        "term-undefined", "A term has no definition in the language of the site.",
        "Pages cannot explain it where it first stands, and newcomers look it up in vain.",
        "Write a sentence of your own below `definition:`.",
        "nine-box: {en: Nine-box}",
        "nine-box: {en: Nine-box, definition: {en: A grid of potential against contribution}}",
        "warning",
    ),
    Rule(
        "term-twice", "Two terms have the same name.",
        "Nobody could tell which of the two a page explains.",
        "Tell them apart by a word, or join them and list the other name below `also:`.",
        "health: {en: Health}\ncustomer-health: {en: Health}",
        "health: {en: Health, also: {en: [customer health]}}",
    ),
    Rule(
        "term-not", "A text calls a term what the glossary says it is not called.",
        "Machine translation and habit bring in names that mislead; a team speaks one language.",
        "Write the name that the glossary gives. If the word means something else, take it out of "
        "`not:`.",
        "definition: Đo nồng độ thị trường", "definition: Đo mức độ tập trung thị trường",
        "warning",
    ),
)  # fmt: skip
