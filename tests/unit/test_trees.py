"""What a file said is taken from an earlier run only where it is certainly the same."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from briefbook import load as loading
from briefbook import trees as keeping
from briefbook.executors import Workers, inline
from briefbook.load import Content, load
from briefbook.problem import Problem
from briefbook.shells.workers import processes
from briefbook.source import ORDINARY, Limits, Tree, pack, read
from briefbook.trees import NO_WORKERS, Share, Shelved, Trees, read_share
from tests.samples import book

FILES = {
    "sources.yml": "report: {title: Report, kind: media}\n",
    "industries/retail.yml": 'name: "Bán lẻ\\t零售"\n',
    "companies/jd.yml": "name: JD.com\n",
    "companies/odd.yml": "nme: Odd\n",
    "companies/wrong.yml": "name: *x\n",
    "accounts/lantern.yml": "name: Lantern\nindustry: retail\n",
    "accounts/lantern-2.yml": "# " + "x" * 70_000 + "\nname: {value: x, note: y}\n",
    "strategies/promote.yml": "name: Promote\n",
    "pages/nine-box.md": "# Nine-box\n\nText.\n",
}
READ = {"book.yml", *(name for name in FILES if name.endswith(".yml"))}
"""Files that a run without trees parses."""
REFUSED = {"companies/wrong.yml"}
"""Those that have no tree."""
Told = tuple[Content | None, tuple[Problem, ...], list[Tree]]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were parsed."""
    seen: list[str] = []

    def told(
        raw: bytes, file: str, limits: Limits = ORDINARY
    ) -> tuple[Tree | None, tuple[Problem, ...]]:
        if raw != b"{}":  # what stands for a file that is not there
            seen.append(file)
        return read(raw, file, limits)

    monkeypatch.setattr(loading, "read", told)
    return seen


def trees_of(content: Content | None) -> list[Tree]:
    """Each tree: records that are equal need not have the same."""
    return [one.tree for one in content.records()] if content else []


def asked_again(content: Content | None) -> list[Tree]:
    """The same, of which nobody remembers any."""
    packed = [one.packed for one in content.records()] if content else []
    return [replace(one).tree for one in packed if isinstance(one, Shelved)]


def run(folder: Path, engine: str = "e1", workers: Workers | None = None) -> Told:
    """What a run finds that keeps what it reads beside the content."""
    with Trees(folder / "trees", engine, workers) as trees:
        found, problems = load(folder / "content", trees=trees)
    return found, problems, trees_of(found)


def plain(folder: Path) -> Told:
    """What a run finds that keeps nothing."""
    found, problems = load(folder / "content")
    return found, problems, trees_of(found)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of content that was read once."""
    book(tmp_path / "content", FILES)
    run(tmp_path)
    return tmp_path


def test_files_of_the_same_bytes_are_not_parsed_again(project: Path, parsed: list[str]) -> None:
    """But for those without a tree; all is said as before, problems and places included."""
    found = run(project)
    assert set(parsed) == REFUSED
    assert found == plain(project)
    assert {one.place.file for one in found[1]} == {
        "accounts/lantern-2.yml", "companies/odd.yml", "companies/wrong.yml",
    }  # fmt: skip


def test_without_a_change_the_file_stays(project: Path) -> None:
    """It is written anew for a file that was added, changed or removed only."""
    (project / "content/companies/wrong.yml").unlink()
    before = (project / "trees").stat().st_ino
    run(project)
    assert (project / "trees").stat().st_ino == before
    assert [path.name for path in sorted(project.iterdir())] == ["content", "trees"]


def test_what_has_changed_is_read_and_kept(project: Path, parsed: list[str]) -> None:
    """Changed, added, renamed and removed files; all others are kept."""
    content = project / "content"
    (content / "book.yml").write_text("name: Other\n", "utf-8")
    (content / "accounts/aa.yml").write_text("name: A\nindustry: retail\n", "utf-8")
    (content / "strategies/promote.yml").rename(content / "strategies/zz.yml")
    (content / "companies/jd.yml").unlink()
    found = run(project)
    assert set(parsed) == {"book.yml", "accounts/aa.yml", "strategies/zz.yml", *REFUSED}
    assert found == plain(project)
    parsed.clear()
    run(project)
    assert set(parsed) == REFUSED
    assert b"companies/jd.yml" not in (project / "trees").read_bytes()


def test_a_removed_file_alone_is_forgotten(project: Path) -> None:
    """The first, one in between, and the last."""
    for name in ("accounts/lantern-2.yml", "companies/jd.yml", "strategies/promote.yml"):
        (project / "content" / name).unlink()
        run(project)
        assert name.encode() not in (project / "trees").read_bytes()


def test_limits_hold_for_what_is_kept(project: Path) -> None:
    """What was read where more is allowed says nothing elsewhere."""
    content = project / "content"
    long = "name: x\ndefinition: |\n" + "  words and words and words\n" * 12_000
    (content / "industries/long.yml").write_text(long, "utf-8")
    run(project)
    assert b"industries/long.yml" in (project / "trees").read_bytes()
    (content / "industries/long.yml").rename(content / "companies/long.yml")
    problems = run(project)[1]
    assert ("companies/long.yml", "file-too-large") in {
        (one.place.file, one.rule) for one in problems
    }


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))

    return damage


def _bytes(old: bytes, new: bytes) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        raw = path.read_bytes()
        assert old in raw
        path.write_bytes(raw.replace(old, new))

    return damage


def _stolen(lines: list[bytes]) -> list[bytes]:
    """What one account says, told of another."""
    columns = [line.split(b"\t") for line in lines]
    columns[0][-1] = columns[1][-1]
    return [b"\t".join(one) for one in columns]


def _linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, Callable[[Path], None]] = {
    "gone": Path.unlink,
    "empty": _lines(lambda _: []),
    "forged": _bytes(b'"Lantern"', b'"Lattern"'),
    "forged name": _bytes(b"companies/jd.yml", b"companies/xx.yml"),
    "stolen": _lines(_stolen),
    "half": _lines(lambda lines: lines[: len(lines) // 2]),
    "half a line": _lines(lambda lines: [*lines[:3], lines[3][:90]]),
    "turned": _lines(lambda lines: lines[::-1]),
    "twice": _lines(lambda lines: [line for line in lines for _ in range(2)]),
    "other words": _lines(lambda lines: [b"\n", b"\t\t\n", b"x", *lines, b"\xff\n"]),
    "no line ends": _bytes(b"\n", b""),
    "link": _linked,
    "pipe": _piped,
    "folder": _folder,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_changes_no_word(project: Path, damage: str) -> None:
    """Whatever stands there; the next run has all again, where a file can be written."""
    DAMAGE[damage](project / "trees")
    assert run(project) == plain(project)
    assert run(project) == plain(project)


@pytest.mark.parametrize("seed", range(40))
def test_any_damage_changes_no_word(project: Path, parsed: list[str], seed: int) -> None:
    """A bit, a cut or a hole anywhere: lines that are not whole are read anew, and only they."""
    rng = random.Random(seed)
    path = project / "trees"
    raw = bytearray(path.read_bytes())
    at = rng.randrange(len(raw))
    if seed % 3 == 0:
        raw[at] ^= 1 << rng.randrange(8)
    elif seed % 3 == 1:
        del raw[at : at + rng.randrange(1, 300)]
    else:
        raw[at:at] = rng.randbytes(rng.randrange(1, 300))
    path.write_bytes(raw)
    found = run(project)
    assert set(parsed) > REFUSED
    assert set(parsed) < READ
    assert found == plain(project)


def test_other_code_or_another_order_of_bytes_believes_nothing(
    project: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It might read another tree from the same bytes."""
    run(project, "e2")
    assert set(parsed) == READ
    parsed.clear()
    monkeypatch.setattr(sys, "byteorder", "other")
    run(project, "e2")
    assert set(parsed) == READ


def test_the_file_of_another_user_is_not_believed(
    project: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes it could put anything into the site."""
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    run(project)
    assert set(parsed) == READ


def test_where_nothing_can_be_written_all_is_read(tmp_path: Path, parsed: list[str]) -> None:
    """A folder that may only be read is no problem of the content."""
    book(tmp_path / "content", FILES)
    (tmp_path / "file").write_bytes(b"")
    with Trees(tmp_path / "file" / "trees", "e1") as trees:
        assert load(tmp_path / "content", trees=trees) == load(tmp_path / "content")
    assert set(parsed) == READ


def test_a_full_disk_keeps_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known stays, and nothing half written is left."""
    before = (project / "trees").read_bytes()
    (project / "content/book.yml").write_text("name: Other\n", "utf-8")

    class Full(FileIO):
        def write(self, data: Any) -> int:
            return super().write(data if self.tell() < len(before) // 2 else data[:9])

    monkeypatch.setattr(keeping, "FileIO", Full)
    found = run(project)
    monkeypatch.undo()
    assert found == plain(project)
    assert (project / "trees").read_bytes() == before
    assert sorted(path.name for path in project.iterdir()) == ["content", "trees"]


@pytest.mark.parametrize("change", [Path.unlink, _linked, run])
def test_trees_outlive_the_name_of_their_file(
    project: Path, change: Callable[[Path], object]
) -> None:
    """They are read when they are asked for, which may be long after another run."""
    (project / "content/accounts/aa.yml").write_text("name: A\nindustry: retail\n", "utf-8")
    with Trees(project / "trees", "e1") as trees:
        found, _ = load(project / "content", trees=trees)
    wanted = plain(project)[2]
    change(project if change is run else project / "trees")
    assert asked_again(found) == wanted


def test_a_tree_that_somebody_changes_meanwhile_is_refused(project: Path) -> None:
    """Not even in a file that is open is anything believed that is not whole."""
    (project / "content/accounts/aa.yml").write_text("name: A\nindustry: retail\n", "utf-8")
    with Trees(project / "trees", "e1") as trees:
        found, _ = load(project / "content", trees=trees)
    DAMAGE["forged"](project / "trees")
    with pytest.raises(OSError, match="changed by somebody else"):
        asked_again(found)


def test_a_run_that_ends_early_keeps_what_was_known(project: Path) -> None:
    """An interrupt leaves the file as it was, and no other."""
    before, tree = (project / "trees").read_bytes(), read(b"a: b\n", "book.yml")[0]
    assert tree is not None

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Trees(project / "trees", "e2") as trees:
        trees.add(pack(tree), "0")
        load(project / "content", stop, trees=trees)
    assert (project / "trees").read_bytes() == before
    assert sorted(path.name for path in project.iterdir()) == ["content", "trees"]


@pytest.fixture
def many(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder before it was read, with more files than one process would read."""
    (project / "trees").unlink()
    monkeypatch.setattr(keeping, "MANY", 3)
    monkeypatch.setattr(keeping, "SHARE", 2)
    return project


@pytest.mark.parametrize("workers", [processes(2), inline], ids=["processes", "inline"])
def test_workers_read_the_same(many: Path, parsed: list[str], workers: Workers) -> None:
    """All but what has no tree, which is told here; and the next run knows it all."""
    found = run(many, workers=workers)
    assert set(parsed) == REFUSED
    assert found == plain(many)
    parsed.clear()
    assert run(many) == found
    assert set(parsed) == REFUSED


def test_workers_are_not_asked_for_what_is_known(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor for a few files: to start them takes longer."""

    def nobody() -> AbstractContextManager[Executor]:
        pytest.fail("there is nothing to do")

    run(many)
    run(many, workers=nobody)
    monkeypatch.setattr(keeping, "MANY", 300)
    (many / "trees").unlink()
    run(many, workers=nobody)


def test_what_changes_while_it_is_read_is_read_as_it_is_now(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker may have seen other bytes, or none."""

    def early(share: Share) -> list[bytes]:
        texts = {name: (many / "content" / name).read_bytes() for name in share.names}
        for name in share.names:
            (many / "content" / name).write_bytes(b"name: Earlier\n")
            if name in {"book.yml", "companies/jd.yml"}:
                (many / "content" / name).unlink()
        lines = read_share(share)
        for name, raw in texts.items():
            (many / "content" / name).write_bytes(raw)
        return lines

    monkeypatch.setattr(keeping, "read_share", early)
    assert run(many, workers=inline) == plain(many)


@pytest.mark.parametrize("problem", NO_WORKERS)
def test_workers_that_are_ended_are_not_missed(
    many: Path, monkeypatch: pytest.MonkeyPatch, problem: type[Exception]
) -> None:
    """Whatever ended them, or kept them from being there at all: their files are read here."""

    def ended(_: Share) -> list[bytes]:
        raise problem

    def nobody() -> AbstractContextManager[Executor]:
        raise problem

    assert run(many, workers=nobody) == plain(many)
    (many / "trees").unlink()
    monkeypatch.setattr(keeping, "read_share", ended)
    assert run(many, workers=inline) == plain(many)
