"""`format` brings files to one form: meaning and comments stay, and a second time changes none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.demo import demo_files
from briefbook.demo.setting import setting
from briefbook.edit.bulk import format_files
from briefbook.edit.canonical import canonical
from briefbook.edit.files import content_files
from briefbook.edit.format import formatted, meaning
from briefbook.edit.known import EACH, Known, known
from briefbook.edit.order import ORDERS
from briefbook.edit.records import kind_of, limits
from briefbook.edit.scalar import plain, written
from briefbook.edit.syntax import comments, parse
from briefbook.files import Folder
from briefbook.model.schema import KINDS
from briefbook.quantity import measure, money, share
from briefbook.scaffold import template
from briefbook.source import read
from tests.browser import REPO
from tests.properties.test_books import LINES, records
from tests.samples import full, tree
from tests.samples import written as block_style

CONTENT = REPO / "content"
FILE = "accounts/x.yml"
HEAD = "name: X\nindustry: retail\n"


def form(text: str, file: str = FILE) -> str:
    """The form of a text without problems; a second time it stays."""
    made = formatted(text.encode(), file)
    assert not made.problems, made.problems
    assert formatted(made.raw, file).raw == made.raw
    return made.raw.decode()


def sample() -> Iterator[tuple[str, bytes]]:
    """Every file of the sample content and of a demo."""
    for name in content_files(Folder(CONTENT)):
        yield name, (CONTENT / name).read_bytes()
    yield from demo_files(setting(12, 3))


def remarks(raw: bytes) -> Counter[str]:
    """Comments of a file, counted without the help of what formats it: whole lines, and behind."""
    lines = [line.strip() for line in raw.decode().splitlines()]
    return Counter(line for line in lines if line.startswith("#"))


FILES = [*sample()]


@pytest.mark.parametrize(
    ("file", "raw"), FILES, ids=[f"{n}-{one[0]}" for n, one in enumerate(FILES)]
)
def test_every_file_keeps_its_comments_and_its_meaning(file: str, raw: bytes) -> None:
    """And its form is stable."""
    made = formatted(raw, file)
    assert not made.problems
    assert formatted(made.raw, file).raw == made.raw
    assert remarks(made.raw) == remarks(raw)
    if file.endswith(".yml"):
        trees = [read(one, file, limits(file))[0] for one in (raw, made.raw)]
        assert trees[0] is not None
        assert trees[1] is not None
        kind = kind_of(file)
        assert meaning(kind, trees[0].data) == meaning(kind, trees[1].data)


def test_the_sample_is_close_to_its_form() -> None:
    """The form follows what people write: few lines of the sample differ."""
    lines = changed = 0
    for name in content_files(Folder(CONTENT)):
        raw = (CONTENT / name).read_bytes()
        old, new = (Counter(one.splitlines()) for one in (raw, formatted(raw, name).raw))
        lines += sum(old.values())
        changed += sum((old - new).values())
    assert lines > 4000
    assert changed < lines * 0.03


@pytest.mark.parametrize("kind", ["account", "company", "industry", "strategy"])
def test_a_new_file_has_its_form(kind: str) -> None:
    """What `new` writes is mostly comment, and none of it moves."""
    text = template(kind, "some-id")
    folder = {"account": "accounts", "company": "companies", "industry": "industries",
              "strategy": "strategies"}[kind]  # fmt: skip
    made = formatted(text.encode(), f"{folder}/some-id.yml")
    assert remarks(made.raw) == remarks(text.encode())
    assert len(remarks(made.raw)) > 10


TEXTS = {
    "order": ("industry: retail\nname: X\n", "name: X\nindustry: retail\n"),
    "head stays": (("# head\nindustry: retail\n"
     "# who\nname: X\n"), "# head\n# who\nname: X\nindustry: retail\n"),
    "comments move along": (
        f"{HEAD}# deal\nplan: {{year: 2026}} # P\n# who\nowner: mai # O\n",
        f"{HEAD}# who\nowner: mai  # O\n# deal\nplan: {{year: 2026}}  # P\n",
    ),
    "in brackets": (
        f"{HEAD}profile: {{  size: large,type: B2B }}\n",
        f"{HEAD}profile: {{type: B2B, size: large}}\n",
    ),
    "brackets on lines": (
        f"{HEAD}profile: {{\n  size: large,   # S\n  type: B2B\n}}\n",
        f"{HEAD}profile: {{\n  size: large,   # S\n  type: B2B\n}}\n",
    ),
    "indentation": (
        (f"{HEAD}risks:\n- risk: A\n  # why\n  answer: B\n- risk: C\n"
         f"profile:\n    type: B2B\n    # s\n    size: large\n"),
        (f"{HEAD}profile:\n  type: B2B\n  # s\n  size: large\n"
         f"risks:\n  - risk: A\n    # why\n    answer: B\n  - risk: C\n"),
    ),
    "entry begins with another field": (
        f"{HEAD}risks:\n  - answer: B\n    # what\n    risk: A  # r\n",
        f"{HEAD}risks:\n  # what\n  - risk: A  # r\n    answer: B\n",
    ),
    "dash alone": (
        (f"{HEAD}risks:\n  -\n    risk: A\n"
         f"  - # c\n    risk: B\n"), f"{HEAD}risks:\n  - risk: A\n  - # c\n    risk: B\n",
    ),
    "below a key": (
        (f"{HEAD}in_short: # i\n"
         f"    # e\n    earns: A\n"), f"{HEAD}in_short:  # i\n  # e\n  earns: A\n",
    ),
    "deeper comment stays with its part": (
        f"{HEAD}in_short:\n  earns: A\n  # heads_for: B\n\n# next\nprofile: {{type: B2B}}\n",
        f"{HEAD}in_short:\n  earns: A\n  # heads_for: B\n\n# next\nprofile: {{type: B2B}}\n",
    ),
    "value on the next line": (f"{HEAD}owner:\n  mai\n", f"{HEAD}owner: mai\n"),
    "quotes": (
        f"{HEAD}aliases: ['A', \"B, C\", \"it's\", 'D: e']\n",
        f"{HEAD}aliases: [A, \"B, C\", it's, 'D: e']\n",
    ),
    "quoted keys": ('"name": X\n\'industry\': "retail"\n', HEAD),
    "quantities": (
        f"{HEAD}contract: {{recurring: 3000k CNY an year, notice: 1 days}}\n",
        f'{HEAD}contract: {{recurring: "3,000 k CNY a year", notice: 1 day}}\n',
    ),
    "text blocks": (
        f"{HEAD}health:\n    is: red\n    because: |\n       A  \n\n\n         B\n",
        f"{HEAD}health:\n  is: red\n  because: |\n    A  \n\n\n      B\n",
    ),
    "folded text": (
        f"{HEAD}health:\n    is: red\n    because: >- # why\n        A\n        B\n",
        f"{HEAD}health:\n  is: red\n  because: >- # why\n    A\n    B\n",
    ),
    "text over lines": (
        f"{HEAD}health:\n    is: red\n    because: one\n          two\n",
        f"{HEAD}health:\n  is: red\n  because: one\n    two\n",
    ),
    "line ends": ("\ufeffname: X\r\nindustry: retail   \r\n\r\n\r\n", HEAD),
    "blank lines": ("\n\nname: X\n\n\n\nindustry: retail", "name: X\n\nindustry: retail\n"),
    "invisible": ("na\u200bme: X\u00ad\nindustry: retail\n", HEAD),
    "composed": ("name: Cafe\u0301\nindustry: retail\n", "name: Caf\u00e9\nindustry: retail\n"),
    "all in brackets": ("{industry: retail, name: X}", "{name: X, industry: retail}\n"),
    "tabs": ("name:\tX\t# n\nindustry: retail\n", "name: X  # n\nindustry: retail\n"),
    "tail": (f"{HEAD}# end\n", f"{HEAD}# end\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_form_of(name: str) -> None:
    """Each rule of the form, as what goes in and what comes out."""
    text, expected = TEXTS[name]
    made = form(text)
    assert made == expected


@pytest.mark.parametrize(
    ("type", "text", "expected"),
    [
        ("money", "5m CNY", "5 m CNY"),
        ("money", "12000 USD a month", "12,000 USD a month"),
        ("money", "~3bn   CNY an year", "about 3 bn CNY a year"),
        ("money", "\u22125.0 m CNY", "-5.0 m CNY"),
        ("money", "nothing", "nothing"),
        ("share", "35.5 %", "35.5%"),
        ("share", "~30%", "about 30%"),
        ("share", "at  least 5 %", "at least 5%"),
        ("duration", "1 days", "1 day"),
        ("duration", "31.2 day", "31.2 days"),
        ("points", "1 points a year", "1 point a year"),
        ("count", "3200", "3200"),
        ("count", "1.5m users", "1.5 m users"),
        ("measure", "4 in 10", "4 in 10"),
        ("measure", "5m CNY", "5 m CNY"),
        ("period", "FY 2022", "FY2022"),
        ("period", "2026Q3", "2026-Q3"),
        ("when", "2026-11-22", "2026-11-22"),
        ("line", "5m CNY", "5m CNY"),
        ("line", "a  b", "a  b"),
    ],
)
def test_spelling_of(type: str, text: str, expected: str) -> None:
    """A quantity has one spelling; text is nobody's to spell."""
    assert canonical(text, type) == expected
    assert canonical(expected, type) == expected


@given(st.sampled_from(["", "k", "m", "bn", "tn"]), st.integers(0, 10**12), st.integers(0, 999))
def test_spelling_never_changes_an_amount(scale: str, whole: int, parts: int) -> None:
    """Whatever the number."""
    text = f"{whole}.{parts:03} {scale} CNY"
    one, other = money(" ".join(text.split())), money(canonical(text, "money"))
    assert (one.number, one.unit, one.per) == (other.number, other.unit, other.per)
    assert share(canonical(f"{whole} %", "share")).number == whole
    assert measure(canonical(f"{whole} days", "measure")).number == whole


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["account", "company", "industry", "strategy"]), st.data())
def test_form_never_changes_what_a_record_says(kind: str, data: st.DataObject) -> None:
    """Of any record that can be written, its keys in any order."""
    made = data.draw(records(kind))
    keys = data.draw(st.permutations(list(made)))
    raw = block_style({key: made[key] for key in keys}).encode()
    folder = {"account": "accounts", "company": "companies", "industry": "industries",
              "strategy": "strategies"}[kind]  # fmt: skip
    done = formatted(raw, f"{folder}/x.yml")
    assert not done.problems
    after = tree(done.raw.decode(), f"{folder}/x.yml").data
    assert meaning(kind, after) == meaning(kind, made)
    assert list(after) == sorted(after, key=_place(kind).index)


def _place(kind: str) -> tuple[str, ...]:
    return (known(kind, ()) or Known()).fields


@given(LINES, st.booleans())
def test_a_text_that_is_written_reads_back(text: str, flow: bool) -> None:
    """Inside brackets and outside, as key and as value."""
    made = written(text, flow=flow)
    line = f"a: [{made}, {{{made}: b}}]\n" if flow else f"a:\n  - {made}\nb:\n  {made}: c\n"
    found = tree(line).data
    assert found["a"][0] == text
    assert text in (found["a"][1] if flow else found["b"])
    assert plain(text, flow=flow) == (made == text)


@given(st.lists(st.sampled_from(["# a", "  # b", "    # c", ""]), max_size=6), st.randoms())
def test_comments_between_any_lines_stay(notes: list[str], random: Any) -> None:
    """Wherever they stand, none is lost and none is doubled."""
    lines = ["name: X", "industry: retail", "risks:", "  - risk: A", "    answer: B",
             "profile:", "  size: large", "  type: B2B"]  # fmt: skip
    for note in notes:
        lines.insert(random.randrange(1, len(lines) + 1), note)
    text = "\n".join(lines) + "\n"
    assert remarks(form(text).encode()) == remarks(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "name: X\n",
        "name: [\n",
        "name: X\nindustry: retail\nnope: 1\n",
        "name: X\nname: Y\nindustry: retail\n",
        "name: X\u202e\nindustry: retail\n",
        "na\u200bme: X\nname: Y\nindustry: retail\n",
        "name: X\nindustry: retail\n<<<<<<< a\n",
        "? name\n: X\nindustry: retail\n",
        "name: X\nindustry: retail\nhealth:\n  is: red\n  ? because\n  # why\n  : A\n",
    ],
)
def test_a_file_with_an_error_stays_as_it_is(text: str) -> None:
    """It is told instead; so is one in a form of YAML that no other keeps."""
    raw = text.encode()
    made = formatted(raw, FILE)
    assert made.raw == raw
    assert made.problems


def test_a_page_keeps_its_prose() -> None:
    """Line breaks of CommonMark stay; spaces that nobody sees go."""
    raw = b"\r\n# T \r\n\r\nOne  \r\ntwo \r\n   \r\n"
    assert formatted(raw, "pages/x.md").raw == b"# T\n\nOne  \ntwo\n"


def test_orders_of_our_own_name_fields_of_one_part() -> None:
    """When the model changes, an order that no longer holds is seen."""
    parts: set[tuple[str, ...]] = set()
    for kind in (*KINDS, "sources"):
        for steps in _steps(kind, full(kind) if kind != "sources" else {"x": {}}, ()):
            parts.add(tuple(sorted((known(kind, steps) or Known()).fields)))
    for order in ORDERS:
        assert len([one for one in parts if set(order) <= set(one)]) == 1, order


def _steps(kind: str, data: Any, steps: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield steps
    here = known(kind, steps) or Known()
    if isinstance(data, Mapping):
        for key, one in data.items():
            yield from _steps(kind, one, (*steps, here.step(key)))
    elif isinstance(data, list):
        for one in data:
            yield from _steps(kind, one, (*steps, EACH))


def test_comments_are_told_from_signs_in_texts() -> None:
    """A `#` inside a text is none."""
    text = "# a\nb: x#y # c\nd: '# e'\nf: [1, # g\n  2]\nh: | # i\n  # j\nk: \"# l\" # m\n"
    assert comments(parse(text)) == ("# a", "# c", "# g", "# i", "# m")


def test_many_files_are_done_by_several_processes(tmp_path: Path) -> None:
    """With the same result, in the order of names, and nothing written."""
    (tmp_path / "accounts").mkdir()
    names = [f"accounts/a{number:03}.yml" for number in range(90)]
    for name in names:
        (tmp_path / name).write_text(f"industry: retail\nname: {name}\n", "utf-8")
    seen: list[int] = []
    done = format_files(tmp_path, names, lambda _, number: seen.append(number))
    assert list(done.changes) == names
    assert seen == list(range(1, 91))
    change = done.changes[names[0]]
    assert change.after == f"name: {names[0]}\nindustry: retail\n".encode()
    assert (tmp_path / names[0]).read_bytes() == change.before
