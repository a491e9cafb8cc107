"""The same content, version and date give the same bytes, however they came about."""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefbook.demo import write_demo
from briefbook.load import load
from briefbook.memory import Memory
from briefbook.publish import MANIFEST
from briefbook.settings import Settings
from briefbook.shells.frame import build_date, draw, theme_folder
from briefbook.site import build
from tests import edits
from tests.shells.project import SMALL, TODAY, command, project, rebuilt, tree

PAGE = "accounts/truong-dien-luc/index.html"
LANTERN = SMALL["accounts/lantern-fresh.yml"]
EDITS: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "a field": {"accounts/lantern-fresh.yml": LANTERN.replace("50 m CNY", "60 m CNY")},
    "a name": {"accounts/lantern-fresh.yml": LANTERN.replace("Lantern Fresh", "Lantern Two")},
    "one more": {"accounts/new-one.yml": "name: New one\nindustry: e-commerce\n"},
    "one apart": {"accounts/apart.yml": "name: Apart\nindustry: retail\n"},
    "one less": {"accounts/yiwei-bistro.yml": None},
    "the book": {"book.yml": SMALL["book.yml"].replace("Northstar CRM", "Southstar CRM")},
    "a page": {"pages/nine-box.md": "# Nine-box\n\nOther words.\n"},
}
BROKEN = {
    **SMALL,
    "accounts/a.yml": "name: A\nindustry: nowhere\nowner: nobody\n",
    "accounts/b.yml": "name: Lantern Fresh\nindustry: retail\nnope: 1\n",
    "companies/c.yml": "[\n",
    "pages/d.md": "no title, and [a link](ref:account/none)\n",
}


def edited(folder: Path, edit: str) -> Path:
    """The project after an edit."""
    for name, text in EDITS[edit].items():
        if text is None:
            (folder / "content" / name).unlink()
        else:
            project(folder, {name: text})
    return folder


def test_other_folder_zone_locale_seed_and_mask_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the machine is in the site; build.json included."""
    one = project(tmp_path / "one")
    other = project(tmp_path / "a longer name" / "ở đây")
    odd = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(other)}
    assert command("build", cwd=one, TZ="UTC", PYTHONHASHSEED="0").code == 0
    assert command("build", cwd=other, within=lambda: os.umask(0o077), **odd).code == 0
    assert tree(one / "site") == tree(other / "site")


class _Shuffled:
    """A folder's entries in another order."""

    def __init__(self, entries: list[Any]) -> None:
        self.entries = iter(entries)

    def __iter__(self) -> Iterator[Any]:
        return self.entries

    def __next__(self) -> Any:
        return next(self.entries)

    def __enter__(self) -> "_Shuffled":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open."""


def shuffle(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Let every folder list its entries in an order of this seed."""
    rng, scandir, listdir = random.Random(seed), os.scandir, os.listdir

    def scan(path: Any = ".") -> _Shuffled:
        with scandir(path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        rng.shuffle(entries)
        return _Shuffled(entries)

    def names(path: Any = ".") -> list[str]:
        found = sorted(listdir(path))
        rng.shuffle(found)
        return found

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(os, "listdir", names)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_changes_no_byte(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """A file system lists files as it likes."""
    project(tmp_path)
    with monkeypatch.context() as patch:
        shuffle(patch, seed)
        rebuilt(tmp_path)
    assert tree(tmp_path / "site") == tree(built / "site")


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_files_changes_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Neither which problems there are, nor their order."""
    content = project(tmp_path, BROKEN) / "content"
    expected = load(content)[1]
    assert len(expected) >= 3
    with monkeypatch.context() as patch:
        shuffle(patch, seed)
        assert load(content)[1] == expected


@pytest.mark.parametrize("edit", EDITS)
def test_a_build_over_an_older_one_equals_a_cold_one(copy: Path, tmp_path: Path, edit: str) -> None:
    """What is kept is what would be made again; pages that see nothing of an edit are kept."""
    before = (copy / "site" / PAGE).stat().st_ino
    rebuilt(edited(copy, edit))
    rebuilt(edited(project(tmp_path / "cold"), edit))
    assert tree(copy / "site") == tree(tmp_path / "cold" / "site")
    if edit in ("nothing", "one apart"):
        assert (copy / "site" / PAGE).stat().st_ino == before


def test_another_date_keeps_no_page(copy: Path, tmp_path: Path) -> None:
    """Each page says when it was built, and facts grow old."""
    later = TODAY + timedelta(days=400)
    rebuilt(copy, later)
    rebuilt(project(tmp_path / "cold"), later)
    assert tree(copy / "site") == tree(tmp_path / "cold" / "site")


def _foreign_pages(release: Path, rng: random.Random) -> None:
    """The manifest of a release whose files were others."""
    manifest = release / MANIFEST
    record = json.loads(manifest.read_text("utf-8"))
    values = list(record["files"].values())
    rng.shuffle(values)
    record["files"] = dict(zip(record["files"], values, strict=True))
    manifest.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", "utf-8")


def _cut(path: Path, rng: random.Random) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: rng.randrange(len(raw))])


def _flip(path: Path, rng: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    path.write_bytes(raw)


def _zero(path: Path, _: random.Random) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _drop(path: Path, _: random.Random) -> None:
    path.unlink()


def _link(path: Path, _: random.Random) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


FILE_DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (_cut, _flip, _zero, _drop, _link)


def damage(release: Path, trial: int) -> str:
    """Harm a release: pages first, then the manifest, then any of its files; what was done."""
    rng = random.Random(trial)
    if trial % 5 == 4:
        _foreign_pages(release, rng)
        return "foreign pages"
    harm = FILE_DAMAGES[trial % len(FILE_DAMAGES)]
    files = [path for path in sorted(release.rglob("*")) if path.is_file()]
    htmls = [path for path in files if path.suffix == ".html"]
    chosen = [htmls, [release / MANIFEST], files][trial // 5 % 3]
    path = rng.choice(chosen)
    harm(path, rng)
    return f"{harm.__name__} {path.name}"


def assert_repaired(copy: Path, built: Path, trial: int) -> None:
    """The next build is as if there had been no release."""
    done = damage((copy / "site").resolve(), trial)
    rebuilt(copy)
    assert tree(copy / "site") == tree(built / "site"), done


@pytest.mark.parametrize("trial", range(10))
def test_a_damaged_release_changes_nothing(copy: Path, built: Path, trial: int) -> None:
    """Truncated, flipped, zeroed, gone, linked elsewhere, or with the pages of another."""
    assert_repaired(copy, built, trial)


@pytest.mark.soak
@pytest.mark.parametrize("trial", range(10, 110))
def test_a_hundred_damaged_releases_change_nothing(copy: Path, built: Path, trial: int) -> None:
    """The same, longer."""
    assert_repaired(copy, built, trial)


def test_the_environment_may_set_the_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In UTC, wherever the machine stands; without it, a build has the date of today."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert build_date() == date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build_date() == date(1970, 1, 2)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert build_date() >= date(2025, 1, 1)


def assert_edits_leave_no_trace(
    folder: Path, seeds: range, again: Callable[[Path], object] = rebuilt
) -> None:
    """After each of some edits of a made-up project the site is that of a cold build."""
    write_demo(folder / "warm", 8, 3)
    again(folder / "warm")
    for seed in seeds:
        done = edits.edited(folder / "warm" / "content", seed)
        again(folder / "warm")
        cold = folder / f"cold-{seed}"
        shutil.copytree(folder / "warm" / "content", cold / "content")
        rebuilt(cold)
        assert tree(folder / "warm" / "site") == tree(cold / "site"), done


@pytest.mark.soak
def test_random_edits_leave_no_trace_of_what_was(tmp_path: Path) -> None:
    """What parts were told of is all that they show."""
    assert_edits_leave_no_trace(tmp_path, range(40))


def test_a_few_random_edits_leave_no_trace_of_what_was(tmp_path: Path) -> None:
    """The same, shorter."""
    assert_edits_leave_no_trace(tmp_path, range(105, 107))


def remembering() -> Callable[[Path], object]:
    """Builds in one process that remembers, pages first, as `serve` does."""
    known = Memory()

    def again(folder: Path) -> object:
        wanted = Settings(folder / "content", theme_folder(), TODAY, engine="test")
        return build(wanted, folder / "site", folder / ".cache", draw, known=known,
                     shown=lambda _: None)  # fmt: skip

    return again


@pytest.mark.soak
def test_a_process_that_builds_again_and_again_leaves_no_trace(tmp_path: Path) -> None:
    """After forty edits."""
    assert_edits_leave_no_trace(tmp_path, range(300, 340), remembering())


def test_a_process_that_builds_again_leaves_no_trace(tmp_path: Path) -> None:
    """The same, shorter."""
    assert_edits_leave_no_trace(tmp_path, range(400, 403), remembering())
