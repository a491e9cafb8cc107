"""The reader: everything is text with a place; what could act, or cost too much, is refused."""

from __future__ import annotations

import pytest

from briefbook.problem import Place, Problem
from briefbook.source import INDUSTRY, ORDINARY, Limits, pack, read, read_text
from tests.samples import tree


def refused(raw: str | bytes, limits: Limits = ORDINARY) -> Problem:
    """The one problem of a file that cannot be read."""
    made, problems = read(raw.encode() if isinstance(raw, str) else raw, "x.yml", limits)
    assert made is None
    assert len(problems) == 1
    assert problems[0].severity == "error"
    return problems[0]


TEXTS = ["Null", "~", "ON", "no", "y", "true", "0111", "0x1F", "0o17", "1_000", "1e3", ".inf", "=",
         "12:30:45", "2026-02-30", "2001-12-14t21:59:43.10-05:00", "+1", "1.10", "<<"]  # fmt: skip


@pytest.mark.parametrize("value", TEXTS)
def test_every_scalar_is_text(value: str) -> None:
    """No type is guessed, in any position."""
    assert tree(f"a: {value}").data == {"a": value}
    assert tree(f"a: [{value}]").data == {"a": [value]}
    if value != "<<":
        assert tree(f"{value}: a").data == {value: "a"}


def test_keys_and_values_know_line_and_column() -> None:
    """Also in flow maps, behind wide characters, and in lists."""
    made = tree("name: x\nthe-names: {vi: Điện lực, zh: 供应链}\nlist:\n  - a\n  - key: b\n")
    assert made.place(("name",)) == Place("accounts/x.yml", 1, 7)
    assert made.place(("name",), key=True) == Place("accounts/x.yml", 1, 1)
    assert made.place(("the-names", "zh"), key=True) == Place("accounts/x.yml", 2, 27)
    assert made.place(("the-names", "zh")) == Place("accounts/x.yml", 2, 31)
    assert made.place(("list", 1, "key")) == Place("accounts/x.yml", 5, 10)


def test_what_is_not_written_has_the_place_of_what_holds_it() -> None:
    """The short form of a fact has no `value`; its place is the fact's."""
    made = tree("profile:\n  employees: 3200\n")
    assert made.place(("profile", "employees", "value")) == made.place(("profile", "employees"))
    assert made.place(("profile", "none", "such")) == made.place(("profile",))
    assert made.place(("none",), key=True) == Place("accounts/x.yml", 1, 1)


@pytest.mark.parametrize("before", [1, 70_000], ids=["near", "far"])
def test_a_packed_tree_is_the_same_tree(before: int) -> None:
    """Its texts and every place in it, however far from the beginning."""
    made = tree("name: Pháp 法\na:" + " " * before + "{b: [c, {d: e}], f: g}\n")
    again = pack(made).tree
    assert again.data == made.data
    assert list(again.places) == list(made.places)
    assert again.place(("a", "b", 1, "d")) == Place(made.file, 2, before + 15)
    assert again.place(("a", "f"), key=True) == Place(made.file, 2, before + 20)


def test_text_becomes_nfc_and_keeps_everything_else() -> None:
    """Composed and decomposed Vietnamese are the same text; emoji with a joiner stay."""
    assert tree('a: "Co\u0302ng ty"\nb: 👩\u200d💻\n').data == {"a": "Công ty", "b": "👩\u200d💻"}
    assert refused('"Co\u0302ng": a\n"Công": b\n').rule == "duplicate-key"


@pytest.mark.parametrize("raw", [b"a: b\nc:\n- d\n", b"a: b\r\nc:\r\n- d\r\n", b"a: b\rc:\r- d\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_mark_of_utf8_change_nothing(raw: bytes, mark: bytes) -> None:
    """Text and places are those of the plain file."""
    made, problems = read(mark + raw, "x.yml")
    assert not problems
    assert made == read(b"a: b\nc:\n- d\n", "x.yml")[0]


REFUSED = [
    ("a: !!str b", "yaml-tag", 1, 4),
    ("a: !x b", "yaml-tag", 1, 4),
    ("!x\na: b", "yaml-tag", 1, 1),
    ("!x a: b", "yaml-tag", 1, 1),
    ("%TAG ! tag:x,2000:\n---\na: b", "yaml-tag", 1, 1),
    ("a: &x b", "yaml-anchor", 1, 4),
    ("a: *x", "yaml-alias", 1, 4),
    ("*x : a", "yaml-alias", 1, 1),
    ("a:\n  <<: {b: c}", "yaml-merge", 2, 3),
    ("a: b\nc: d\na: e", "duplicate-key", 3, 1),
    ("a: {b: c, b: d}", "duplicate-key", 1, 11),
    ("? [a]\n: b", "key-not-text", 1, 3),
    ("a: {[b]: c}", "key-not-text", 1, 5),
    ("'': a", "unsafe-key", 1, 1),
    ("constructor: a", "unsafe-key", 1, 1),
    ('"\\u200b": a', "unsafe-key", 1, 1),
    ("a: {b: c, d e, f: g}", "flow-comma", 1, 11),
    ("a: {b: , c: d}", "flow-comma", 1, 5),
    ("a: {b: c, d}", "flow-comma", 1, 11),
    ("{a: b, c}", "flow-comma", 1, 8),
    ("a: {?b: c}", "yaml-syntax", 1, 6),
    ("a: b\n---\nc: d", "many-documents", 2, 1),
    ("", "empty-file", 1, 1),
    ("---\n", "empty-file", 2, 1),
    ("# only words\n", "empty-file", 1, 1),
    ("- a", "not-a-mapping", 1, 1),
    ("just text", "not-a-mapping", 1, 1),
    ("a: b: c", "yaml-syntax", 1, 5),
    ("a:\n\tb: c", "yaml-syntax", 2, 1),
    ("a: 'b", "yaml-syntax", 1, 4),
    ("a: [b", "yaml-syntax", 1, 4),
    ("a: >70%", "yaml-syntax", 1, 6),
    ("a: @b", "yaml-syntax", 1, 4),
    ('a: "\\uD800"', "yaml-syntax", 1, 7),
    ('a: "\\0"', "forbidden-character", 1, 4),
    ('a: "\\e[0m"', "forbidden-character", 1, 4),
    ('a: "\\u202E"', "forbidden-character", 1, 4),
    ("a: |\n  b\n   ", "yaml-syntax", 1, 4),
    ("a: b\n<<<<<<< ours\nc: d", "conflict-marker", 2, 1),
    ("=======\n>>>>>>> theirs\n", "conflict-marker", 2, 1),
    ("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "lfs-pointer", 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "line", "column"), REFUSED)
def test_what_may_not_be_is_refused_at_its_place(
    text: str, rule: str, line: int, column: int
) -> None:
    """One problem, by its rule, at line and column."""
    problem = refused(text)
    place = (problem.place.line or 1, problem.place.column or 1)
    assert (problem.rule, *place) == (rule, line, column)
    assert problem.hint


@pytest.mark.parametrize(
    "text",
    ["a: 'x << y'", "a: <<<<<<< x", "a: '*b'", "a: b*c&d!e", "a: {b: ''}", "a: {b: c?}"],
)
def test_what_only_looks_like_it_is_read(text: str) -> None:
    """Quotes and positions make the difference."""
    assert tree(text).data["a"]


def test_a_duplicate_names_both_lines() -> None:
    """The message has the first line, the place the second."""
    assert "line 1" in refused("a: b\nc: d\na: e").message


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"a: b\nc: Caf\xe9\n", 2, 7),
        ("a: Điện ".encode() + b"\xff", 1, 9),
        (b"\xef\xbb\xbfa: \xc0\xaf", 1, 4),
        (b"a: b\r\nc: \xed\xa0\x80", 2, 4),
        (b"a: b\rc: \xb9\xab", 2, 4),
        ("a: b".encode("utf-16"), 1, 1),
    ],
)
def test_other_encodings_are_refused_at_the_byte(raw: bytes, line: int, column: int) -> None:
    """Latin-1, GBK, overlong forms, surrogates, UTF-16."""
    problem = refused(raw)
    assert (problem.rule, problem.place.line, problem.place.column) == ("not-utf8", line, column)


def test_the_byte_is_counted_from_the_start_of_the_file() -> None:
    """The mark of UTF-8 counts."""
    assert "Byte 6 (0xff)" in refused(b"\xef\xbb\xbfa: \xff").message


@pytest.mark.parametrize("char", [
    "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufffe", "\ufdd0",
    "\U0001ffff", "\U000e0041",
])  # fmt: skip
def test_control_and_direction_characters_are_refused(char: str) -> None:
    """In values, keys, comments and prose alike."""
    for text in (f"a: b\nc: d{char}e", f"a: b\ncd:{char} e", f"a: b\n# d{char}"):
        problem = refused(text)
        assert (problem.rule, problem.place.line) == ("forbidden-character", 2)
    assert read_text(f"# a\n{char}".encode(), "pages/x.md")[1][0].rule == "forbidden-character"


@pytest.mark.parametrize("char", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164"])
def test_characters_that_cannot_be_seen_are_refused(char: str) -> None:
    """Where they stand, is told to the column."""
    problem = refused(f"name: Lan{char}tern")
    assert problem.rule == "invisible-character"
    assert (problem.place.line, problem.place.column) == (1, 10)


def test_limits_hold_to_the_byte_the_value_and_the_level() -> None:
    """The last allowed file is read, the next one is not."""
    limits = Limits(size=40, nodes=6, depth=3)
    assert read(b"a: " + b"b" * 36 + b"\n", "x.yml", limits)[0]
    assert refused(b"a: " + b"b" * 37 + b"\n", limits).rule == "file-too-large"
    assert read(b"a: [b, c, d]", "x.yml", limits)[0]
    assert refused(b"a: [b, c, d, e]", limits).rule == "too-many-values"
    assert read(b"a: [[b]]", "x.yml", limits)[0]
    assert refused(b"a: [[[b]]]", limits).rule == "too-deep"
    assert refused(b"a: {b: [[]]}", limits).rule == "too-deep"


def test_the_limits_are_those_of_the_design() -> None:
    """256 kB and 20,000 values; 2 MB and 100,000 for industries; 12 levels."""
    assert (ORDINARY.size, ORDINARY.nodes, ORDINARY.depth) == (256_000, 20_000, 12)
    assert (INDUSTRY.size, INDUSTRY.nodes, INDUSTRY.depth) == (2_000_000, 100_000, 12)
    block = "\n".join("  " * depth + "a:" for depth in range(12))
    assert read(f"{block} b".encode(), "x.yml")[0]
    deeper = "\n".join("  " * depth + "a:" for depth in range(13))
    assert refused(f"{deeper} b").rule == "too-deep"


@pytest.mark.parametrize(
    "unit", ["[", "{a: ", "- ", "? ", "[[]", "a: [", "!", "'b", '"', "&a ", "|"]
)
def test_endless_repetition_is_refused(unit: str) -> None:
    """Whatever is nested or left open 100,000 times."""
    raw = ("a: " + unit * 100_000)[:250_000]
    assert refused(raw).severity == "error"


def test_prose_is_read_by_the_same_rules_for_bytes() -> None:
    """UTF-8, NFC, any line end; a conflict is no prose."""
    assert read_text(b"\xef\xbb\xbf# A\r\nb\rc", "pages/x.md")[0] == "# A\nb\nc"
    assert read_text("Co\u0302ng".encode(), "pages/x.md")[0] == "Công"
    assert read_text(b"# A\n=======\n>>>>>>> x\n", "pages/x.md")[1][0].rule == "conflict-marker"
    assert read_text(b"A\n=======\n", "pages/x.md")[0]
