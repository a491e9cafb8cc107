"""What is kept of the checks of another run is what this run would find."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from briefbook.analyse.alone import Inside, inside
from briefbook.checks.files import Closed, File, opened
from briefbook.demo import write_demo
from briefbook.examine import Examined, examine, examined
from briefbook.findings import FOUND, INSIDE
from briefbook.load import Record
from briefbook.model import Account
from briefbook.settings import Settings
from tests.edits import edited
from tests.shells.project import TODAY, project
from tests.unit.test_memory import CHANGES, FILES

OLD = "profile: {employees: {value: 5, source: web, as_of: 2019-01-01}}\n"
STALE = {**FILES, "accounts/a.yml": f"{FILES['accounts/a.yml']}{OLD}"}


def found(folder: Path, *, engine: str = "one", today: int = 0) -> Examined:
    """What a run finds that knows of the one before; without that it would find the same."""
    day = TODAY + timedelta(today)
    wanted = Settings(folder / "content", folder, day, engine=engine, trees=folder / "trees")
    now = examined(wanted)
    assert now == examine(folder / "content", day)
    return now


def asked(folder: Path, *, engine: str = "one", today: int = 0) -> list[str]:
    """Names of files that a run checks."""
    names: list[str] = []

    def noted(one: Closed) -> File:
        names.append(one.file)
        return opened(one)

    with patch("briefbook.checks.opened", noted):
        wanted = Settings(
            folder / "content", folder, TODAY + timedelta(today), engine=engine,
            trees=folder / "trees",
        )  # fmt: skip
        examined(wanted)
    return names


@pytest.mark.parametrize(("file", "text"), CHANGES)
def test_a_change_reaches_whatever_reads_of_it(tmp_path: Path, file: str, text: str) -> None:
    """Records that name the one that changed are checked again; and again when it is repaired."""
    first = found(project(tmp_path, FILES))
    path = tmp_path / "content" / file
    before = path.exists() and FILES[file]
    for one in (text, before, text):
        if one:
            path.write_text(one, "utf-8")
        else:
            path.unlink()
        now = found(tmp_path)
        assert (now == first) == (one == before)


def test_nothing_else_is_asked_again(tmp_path: Path) -> None:
    """Only a file that has changed, and those that look it up."""
    project(tmp_path, FILES)
    assert {"accounts/a.yml", "accounts/b.yml", "accounts/c.yml", "book.yml"} <= {*asked(tmp_path)}
    assert asked(tmp_path) == []
    path = tmp_path / "content" / "accounts" / "b.yml"
    path.write_text(FILES["accounts/b.yml"].replace("name: B", "name: Other"), "utf-8")
    assert asked(tmp_path) == ["accounts/a.yml", "accounts/b.yml"]
    assert asked(tmp_path) == []


def test_another_day_or_engine_asks_again(tmp_path: Path) -> None:
    """What is stale depends on the day, and what is wrong on the code."""
    project(tmp_path, STALE)
    for day in (0, -3000, 0):
        found(tmp_path, today=day)
    assert asked(tmp_path) == []
    assert asked(tmp_path, engine="two") != []
    assert asked(tmp_path, today=1) != []


def _foreign(path: Path) -> None:
    real = path.rename(path.with_name("elsewhere"))
    path.symlink_to(real)


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return damage


DAMAGE: dict[str, Callable[[Path], None]] = {
    "gone": Path.unlink,
    "empty": _bytes(lambda _: b""),
    "half": _bytes(lambda raw: raw[: len(raw) // 2]),
    "forged": _bytes(lambda raw: raw.replace(b"warning", b"another", 1).replace(b"2019", b"2026")),
    "deep": _bytes(lambda _: b"[" * 100_000),
    "link": _foreign,
}


@pytest.mark.parametrize("name", [FOUND, INSIDE])
@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_changes_no_word(tmp_path: Path, damage: str, name: str) -> None:
    """Nothing of it is believed; the next run has all again."""
    project(tmp_path, STALE)
    assert any(one.rule == "stale-fact" for one in found(tmp_path).problems)
    DAMAGE[damage](tmp_path / name)
    found(tmp_path)
    assert asked(tmp_path) == opened_inside(tmp_path) == []


def opened_inside(folder: Path, *, engine: str = "one", today: int = 0) -> list[str]:
    """Names of files that a run looks into for what follows from each alone."""
    names: list[str] = []

    def noted(record: Record[Account], *rest: Any) -> Inside:
        names.append(record.file)
        return inside(record, *rest)

    noted.__annotations__["return"] = Inside
    day = TODAY + timedelta(today)
    with patch("briefbook.analyse.alone.inside", noted):
        examined(Settings(folder / "content", folder, day, engine=engine, trees=folder / "trees"))
    return names


def test_a_file_that_is_the_same_is_not_looked_into_again(tmp_path: Path) -> None:
    """Only one that has changed; all where the book, the sources, the day or the code have."""
    content = project(tmp_path, STALE) / "content"
    everyone = [name for name in STALE if name.startswith("accounts/")]
    assert opened_inside(tmp_path) == everyone
    assert opened_inside(tmp_path) == []
    (content / "accounts" / "b.yml").write_text(FILES["accounts/c.yml"], "utf-8")
    assert opened_inside(tmp_path) == ["accounts/b.yml"]
    (content / "accounts" / "a.yml").unlink()
    assert opened_inside(tmp_path) == []
    for name in ("book.yml", "sources.yml"):
        (content / name).write_text(FILES[name] + "\n", "utf-8")
        assert opened_inside(tmp_path) == everyone[1:]
    assert opened_inside(tmp_path, today=1) == everyone[1:]
    assert opened_inside(tmp_path, today=1, engine="two") == everyone[1:]
    assert opened_inside(tmp_path, today=1, engine="two") == []


def test_another_user_is_not_believed(tmp_path: Path) -> None:
    """Whoever may write there could hide what is wrong."""
    asked(project(tmp_path, FILES))
    with patch.object(os, "getuid", lambda: os.geteuid() + 1):
        assert asked(tmp_path) != []


def test_a_place_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """That is no problem of the content."""
    project(tmp_path, FILES)
    (tmp_path / FOUND).mkdir()
    assert found(tmp_path) == found(tmp_path)


def assert_found_again(folder: Path, seeds: range) -> None:
    """After each of some edits, what is found is what is found anew."""
    write_demo(folder, 8, 5)
    found(folder)
    for seed in seeds:
        done = edited(folder / "content", seed)
        wanted = Settings(folder / "content", folder, TODAY, engine="e", trees=folder / "trees")
        now, anew = examined(wanted), examine(folder / "content", TODAY)
        assert now.problems == anew.problems, done
        assert repr(now.results) == repr(anew.results), done  # pages are kept by what this says


@pytest.mark.soak
def test_all_is_found_again_after_many_edits(tmp_path: Path) -> None:
    """Whatever was edited."""
    assert_found_again(tmp_path, range(500, 600))


def test_all_is_found_again_after_edits(tmp_path: Path) -> None:
    """The same, shorter."""
    assert_found_again(tmp_path, range(600, 606))
