"""What a process remembers from one build to the next is what it would find anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from briefbook.demo import write_demo
from briefbook.examine import Examined, examine
from briefbook.load import Content, Record
from briefbook.memory import Memory
from briefbook.model import Account
from briefbook.problem import Place, Problem, warning
from tests.edits import edited
from tests.shells.project import TODAY, project
from tests.small import content

FILES = {
    "book.yml": "name: X\nteam: {mai: {name: Mai}}\n",
    "sources.yml": "web: {title: Web, kind: other}\n",
    "industries/retail.yml": "name: Retail\n",
    "companies/rival.yml": "name: Rival\nfinance: {statements: [{period: FY2025}]}\n",
    "accounts/a.yml": "name: A\nindustry: retail\nowner: mai\nparent: b\nsources: {}\n",
    "accounts/b.yml": "name: B\nindustry: retail\nfinance: {peers: [company/rival]}\n",
    "accounts/c.yml": "name: C\nindustry: retail\nsignals: [{date: 2026-10-01, source: web}]\n",
    "pages/x.md": "# X\n\nSee [B](ref:account/b).\n",
}

CHANGES = [
    ("accounts/b.yml", ""), ("accounts/b.yml", "nme: B\n"), ("industries/retail.yml", ""),
    ("companies/rival.yml", "name: Rival\n"), ("companies/rival.yml", ""),
    ("book.yml", "name: X\n"), ("sources.yml", "other: {title: Other, kind: other}\n"),
    ("sources.yml", "web: {title: Web, kind: other, published: 2019}\n"),
    ("sources.yml", ""), ("accounts/a.yml", "\n\nname: A\nindustry: none\nparent: b\n"),
    ("glossary.yml", "crm: {name: {en: CRM}, not: {en: [Retail]}}\n"),
]  # fmt: skip
"""What a file of `FILES` says instead."""


def found(folder: Path, memory: Memory) -> Examined:
    """What is found with a memory; without one the same would be."""
    now = examine(folder / "content", TODAY, known=memory)
    assert now == examine(folder / "content", TODAY)
    return now


@pytest.mark.parametrize(("file", "text"), CHANGES)
def test_a_change_reaches_whatever_reads_of_it(tmp_path: Path, file: str, text: str) -> None:
    """Records that name the one that changed are checked again; and again when it is repaired."""
    memory = Memory()
    first = found(project(tmp_path, FILES), memory)
    before = (tmp_path / "content" / file).exists() and FILES[file]
    for one in (text, before, text):
        path = tmp_path / "content" / file
        if one:
            path.write_text(one, "utf-8")
        else:
            path.unlink()
        now = found(tmp_path, memory)
        assert (now == first) is (one == before)


def test_lines_move_with_a_comment(tmp_path: Path) -> None:
    """A file that says the same elsewhere is another file."""
    wrong = {**FILES, "accounts/a.yml": "name: A\nindustry: none\n"}
    memory = Memory()
    (one,) = found(project(tmp_path, wrong), memory).problems
    (other,) = found(project(tmp_path, {"accounts/a.yml": "# A\nname: A\nindustry: none\n"}),
                     memory).problems  # fmt: skip
    assert (one.place.line, other.place.line) == (2, 3)


def _counted(memory: Memory) -> tuple[list[str], Callable[[Content], None]]:
    """Names of accounts as somebody is asked about them, who looks one of them up."""
    asked: list[str] = []

    def parent(content: Content, one: Record[Account]) -> tuple[Problem, ...]:
        asked.append(one.id)
        up = one.value.parent
        return (warning("parent", Place(one.file), content.accounts[up].name),) if up else ()

    def ask(content: Content) -> None:
        list(memory.each(parent, memory.settled(content), content.accounts.values()))
        memory.forget()

    return asked, ask


def test_nothing_else_is_asked_again() -> None:
    """Only of what has changed, and of what has looked that up."""
    memory, one = Memory(), content(FILES)
    asked, ask = _counted(memory)
    ask(one)
    ask(one)
    assert asked == ["a", "b", "c"]
    other = content({**FILES, "accounts/b.yml": "name: Other\nindustry: retail\n"})
    ask(replace(one, accounts={**one.accounts, "b": other.accounts["b"]}))
    assert asked == ["a", "b", "c", "a", "b"]


def test_what_nobody_asks_for_any_more_is_forgotten() -> None:
    """A process that runs for weeks holds no more than its last round."""
    memory, asked = Memory(), list[str]()

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    for text in ("a", "a", "bb", "bb", "a"):
        assert memory.of(length, text) == len(text)
        memory.forget()
    assert asked == ["a", "bb", "a"]


def test_what_looks_alike_is_told_apart() -> None:
    """Plain values are the same by what they say, and of the same kind only; others by identity."""

    class Pair(NamedTuple):
        one: str
        other: str

    memory = Memory()
    assert memory.of(repr, ("a", "b")) == "('a', 'b')"
    assert memory.of(repr, Pair("a", "b")) == "Pair(one='a', other='b')"
    assert [memory.of(repr, one) for one in ([1], [2], [1])] == ["[1]", "[2]", "[1]"]


def assert_remembered(folder: Path, seeds: range) -> None:
    """After each of some edits, what is found with a memory is what is found anew."""
    write_demo(folder, 8, 5)
    memory = Memory()
    found(folder, memory)
    for seed in seeds:
        done = edited(folder / "content", seed)
        now = examine(folder / "content", TODAY, known=memory)
        anew = examine(folder / "content", TODAY)
        assert now.problems == anew.problems, done
        assert repr(now.results) == repr(anew.results), done


def test_edits_are_seen(tmp_path: Path) -> None:
    """After a few edits, as people make them."""
    assert_remembered(tmp_path, range(4))


@pytest.mark.soak
def test_edits_are_seen_for_long(tmp_path: Path) -> None:
    """After a hundred."""
    assert_remembered(tmp_path, range(200, 300))
