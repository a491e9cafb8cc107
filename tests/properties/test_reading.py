"""What holds for any text: a tree that is written reads back with its places; none breaks."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.load import load
from briefbook.model.schema import KINDS
from briefbook.problem import Place, Problem
from briefbook.shape import shape, shape_sources
from briefbook.source import INDUSTRY, read, read_text
from tests.browser import REPO
from tests.samples import CORPORA, book, full, scalar, tree, walk, written

CONTENT = REPO / "content"
UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
LETTERS = st.characters(
    codec="utf-8", exclude_categories=["C", "Zl", "Zp"], exclude_characters=UNSEEN
)
TEXTS = st.text(LETTERS, max_size=30).map(lambda text: unicodedata.normalize("NFC", text))
KEYS = TEXTS.filter(
    lambda key: key not in {"", "__proto__", "constructor", "prototype", "__class__"}
)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        TEXTS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    ),
    min_size=1,
    max_size=5,
)


def shallow(data: Any, depth: int = 1) -> bool:
    """Whether a tree is within the limit of depth."""
    if isinstance(data, str):
        return True
    inner = data.values() if isinstance(data, dict) else data
    return depth <= 12 and all(shallow(one, depth + 1) for one in inner)


@given(TREES.filter(shallow))
def test_what_is_written_reads_back_equal_and_knows_its_places(data: dict[str, Any]) -> None:
    """The place of each scalar and of each key points at its own text."""
    text = written(data)
    lines = text.split("\n")
    made = tree(text)
    assert made.data == data
    for path, value in walk(data):
        if isinstance(value, str):
            assert at(lines, made.place(path)).startswith(scalar(value)), path
        if isinstance(path[-1], str):
            assert at(lines, made.place(path, key=True)).startswith(f"{scalar(path[-1])}:"), path


def at(lines: list[str], place: Place) -> str:
    """The rest of the line at a place."""
    return lines[place.line - 1][place.column - 1 :]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_and_value_of_a_full_record_knows_its_place(kind: str) -> None:
    """At any depth."""
    data = full(kind)
    text = written(data)
    lines, made = text.split("\n"), tree(text)
    nodes = list(walk(data))
    assert len(nodes) >= 10
    for path, value in nodes:
        if isinstance(value, str):
            assert at(lines, made.place(path)).startswith(scalar(value)), path
        if isinstance(path[-1], str):
            assert at(lines, made.place(path, key=True)).startswith(scalar(path[-1])), path


def sound(problems: tuple[Problem, ...], name: str) -> None:
    """Problems have a place in the file, a rule, and words for people."""
    for one in problems:
        assert one.place.file == name
        assert one.rule.replace("-", "").isalnum()
        assert str(one).isprintable()
        assert one.place.line > 0 or one.rule == "file-too-large"
        assert "Input should" not in one.message  # words of a library


def told(name: str, raw: bytes) -> tuple[Problem, ...]:
    """What is said of the bytes of a content file: nothing, or problems with their place."""
    if name.endswith(".md"):
        return read_text(raw, name)[1]
    made, problems = read(raw, name, INDUSTRY)
    if made is None:
        assert len(problems) == 1
        return problems
    kind = KIND.get(name.partition("/")[0], Path(name).stem)
    if kind == "sources":
        return shape_sources(made)[1]
    return shape(kind, KINDS[kind], made)[1]


KIND = {"industries": "industry", "companies": "company", "accounts": "account",
        "strategies": "strategy"}  # fmt: skip
TOKENS = [
    b":", b": ", b"- ", b"\n", b"\n  ", b"\t", b"{", b"}", b"[", b"]", b",", b"&a ", b"*a", b"!!x ",
    b"<<: ", b"|\n", b">", b"'", b'"', b"# ", b"---\n", b"%", b"? ", b"null", b"\\", b"\r", b"\x00",
    b"\xff", b"\xc3", b"\xef\xbb\xbf", b"9" * 30, b"2026-02-30", b"5,3", b"<<<<<<< x\n",
    "tỷ".encode(),
]  # fmt: skip


def mutations(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Real content files with bytes flipped, tokens put in, and parts cut, doubled or moved."""
    chance = random.Random(seed)
    files = [path for path in sorted(CONTENT.rglob("*")) if path.suffix in {".yml", ".md"}]
    assert len(files) > 30
    raws = [(path.relative_to(CONTENT).as_posix(), path.read_bytes()[:6000]) for path in files]
    for _ in range(count):
        name, raw = chance.choice(raws)
        for _ in range(chance.randint(1, 4)):
            raw = mutated(chance, raw)
        yield name, raw


def mutated(chance: random.Random, raw: bytes) -> bytes:
    """The bytes with one change."""
    here, there = sorted((chance.randint(0, len(raw)), chance.randint(0, len(raw))))
    near = min(there, here + 40)
    change = chance.randrange(5)
    if change == 0 and here < len(raw):
        return raw[:here] + bytes([raw[here] ^ 1 << chance.randrange(8)]) + raw[here + 1 :]
    if change == 1:
        return raw[:here] + raw[near:]
    if change == 2:
        return raw[:there] + raw[here:near] + raw[there:]
    if change == 3:
        return raw[:here]
    return raw[:here] + chance.choice(TOKENS) + raw[here:]


def fuzz(seed: int, count: int) -> None:
    """Every mutation is read or refused, with places; some are read, most are refused."""
    read_well = 0
    for name, raw in mutations(seed, count):
        problems = told(name, raw)
        sound(problems, name)
        read_well += not problems
    assert 0 < read_well < count


def test_changed_content_is_read_or_refused_with_a_place() -> None:
    """Two thousand changes of real files."""
    fuzz(1, 2_000)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 7))
def test_changed_content_is_read_or_refused_with_a_place_at_length(seed: int) -> None:
    """Ten thousand of them, five times."""
    fuzz(seed, 10_000)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """As content and as prose."""
    for name in ("accounts/x.yml", "sources.yml", "glossary.yml", "pages/x.md"):
        sound(told(name, raw), name)


@given(TREES.filter(shallow))
def test_any_tree_is_a_record_or_refused(data: dict[str, Any]) -> None:
    """Whatever the keys and values are."""
    for kind in KINDS:
        made = tree(written(data), "x.yml")
        sound(shape(kind, KINDS[kind], made)[1], "x.yml")


def naughty() -> list[str]:
    """Strings that break forms, and script payloads."""
    payloads = (CORPORA / "payloadbox-xss" / "xss-payload-list.txt").read_text("utf-8")
    blns: list[str] = json.loads((CORPORA / "blns" / "blns.json").read_text("utf-8"))
    return [*blns, *payloads.split("\n")]


def test_naughty_strings_are_kept_as_typed_or_refused() -> None:
    """After NFC, character for character, as value and as key; a refusal has its place."""
    kept = 0
    strings = naughty()
    assert len(strings) > 7000
    for text in strings:
        quoted = json.dumps(text, ensure_ascii=False)
        made, problems = read(f"name: {quoted}\n{quoted}: x\n".encode(), "x.yml")
        sound(problems, "x.yml")
        if made is not None:
            kept += 1
            key = unicodedata.normalize("NFC", text)
            assert made.data["name"] in {key, "x"}
            assert made.data[key] == "x"
    assert kept > 0.98 * len(strings)


def test_a_folder_of_changed_content_loads_or_says_why(tmp_path: Path) -> None:
    """No file's damage stops another's problems."""
    files: dict[str, str | bytes] = {"book.yml": "name: Northstar CRM\n"}
    files |= {name: raw for name, raw in mutations(8, 200) if "/" in name}
    content, problems = load(book(tmp_path, files))
    assert content is not None
    assert len({one.place.file for one in problems}) > 10
    assert content.industries or content.companies
