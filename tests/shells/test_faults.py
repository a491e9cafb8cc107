"""Whatever goes wrong, pages are wholly the old ones or wholly the new ones; so is their search."""

import json
import os
import random
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefbook.problem import ContentError
from briefbook.publish import release, verify
from briefbook.publish.tree import fill
from briefbook.settings import Settings
from briefbook.shells.frame import draw, theme_folder
from briefbook.site import build
from tests.conftest import MakeOnce
from tests.samples import CORPORA
from tests.shells.project import (
    SMALL,
    TODAY,
    command,
    environment,
    kill,
    leftovers,
    pages,
    project,
    rebuilt,
    start,
    tree,
)

OTHER = {name: text.replace("name: ", "name: The other ") for name, text in SMALL.items()}
"""The same records under other names: not a page is the same."""


@pytest.fixture(scope="module")
def sites(make_once: MakeOnce) -> tuple[Path, Path]:
    """The small project and the other one, each with its site."""

    def make(folder: Path) -> None:
        for name, files in (("old", SMALL), ("new", OTHER)):
            rebuilt(project(folder / name, files))

    folder = make_once("two-sites", make)
    return folder / "old", folder / "new"


@pytest.fixture
def old(sites: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the small project with its site."""
    shutil.copytree(sites[0], tmp_path / "old", symlinks=True)
    return tmp_path / "old"


def halves(site: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What is read of a site, and what is searched."""
    found = pages(site)
    search = {name: found.pop(name) for name in list(found) if name.startswith("pagefind/")}
    return found, search


def assert_killed_builds_leave_a_whole_site(
    old: Path, sites: tuple[Path, Path], moments: Iterator[float]
) -> None:
    """Kill one build after another, each on its way to the other content.

    Pages are published before their search: for a moment they have that of the others.
    """
    whole, searches = zip(*(halves(folder / "site") for folder in sites), strict=True)
    for number, moment in enumerate(moments):
        project(old, (OTHER, SMALL)[number % 2])
        process = start("build", cwd=old)
        time.sleep(moment)
        kill(process)
        assert verify(old / "site") == (), f"killed after {moment:.3f} s"
        found, search = halves(old / "site")
        assert found in whole, f"killed after {moment:.3f} s"
        assert search in searches, f"killed after {moment:.3f} s"
    project(old, OTHER)
    assert command("build", cwd=old).code == 0
    assert halves(old / "site") == (whole[1], searches[1])
    assert leftovers(old) == []
    assert len(list((old / ".cache" / "site").glob("0*"))) <= 3


def moments(count: int, seed: int) -> Iterator[float]:
    """Random times within a build and a little after it, one in each part of it."""
    rng, longest = random.Random(seed), 2.0
    parts = [(number + rng.random()) * longest / count for number in range(count)]
    rng.shuffle(parts)
    return iter(parts)


def test_killed_builds_leave_the_old_site_or_the_new_one(
    old: Path, sites: tuple[Path, Path]
) -> None:
    """Never a mixture; and the next build clears up."""
    assert_killed_builds_leave_a_whole_site(old, sites, moments(5, 1))


@pytest.mark.soak
def test_fifty_killed_builds_leave_the_old_site_or_the_new_one(
    old: Path, sites: tuple[Path, Path]
) -> None:
    """The same, longer."""
    assert_killed_builds_leave_a_whole_site(old, sites, moments(50, 2))


def test_two_builds_at_once_both_end_well_or_one_says_busy(
    old: Path, sites: tuple[Path, Path]
) -> None:
    """The site is that of the content either way."""
    project(old, OTHER)
    both = [start("build", cwd=old) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 75]), said
    assert pages(old / "site") == pages(sites[1] / "site")
    assert leftovers(old) == []


def test_what_fails_after_pages_are_shown_is_told_as_it_is(
    old: Path, sites: tuple[Path, Path], tmp_path: Path
) -> None:
    """They are there, with the search of before: the site is whole, but not untouched."""
    other = tmp_path / "pagefind_bin_extended.py"  # which cannot be executed itself
    other.write_text("def get_executable(): return __file__", "utf-8")
    project(old, OTHER)
    path = os.pathsep.join((str(tmp_path), environment()["PYTHONPATH"]))
    said = command("build", cwd=old, PYTHONPATH=path)
    assert said.code == 1
    assert said.err.endswith(": Permission denied. The published site is whole.\n")
    assert verify(old / "site") == ()
    assert halves(old / "site")[0] == halves(sites[1] / "site")[0]


def test_a_build_beside_a_running_one_says_so(old: Path) -> None:
    """With a code that means `try again`, and without touching what the other one makes."""
    with release(old / "site", old / ".cache") as fresh:
        (fresh.staging / "half").touch()
        said = command("build", cwd=old)
        assert (fresh.staging / "half").exists()
    assert said.code == 75
    assert "Another build" in said.err


def _limited(size: int) -> Callable[[], None]:
    """A disk on which no file can become larger."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def assert_full_disk_leaves_the_site(old: Path, size: int) -> None:
    """The old bytes stay, and the message names no file that was only read."""
    before = tree(old / "site")
    project(old, OTHER)
    said = command("build", cwd=old, within=_limited(size))
    assert said.code == 1
    assert "briefbook: " in said.err
    assert str(theme_folder()) not in said.err
    assert tree(old / "site") == before
    assert leftovers(old) == []


@pytest.mark.parametrize("size", [0, 20_000, 100_000])
def test_a_full_disk_leaves_the_site_as_it_is(old: Path, size: int) -> None:
    """Whichever file does not fit: of MkDocs, ours, or of the search index."""
    assert_full_disk_leaves_the_site(old, size)


@pytest.mark.soak
@pytest.mark.parametrize("size", range(1_000, 60_000, 6_000))
def test_a_fuller_disk_leaves_the_site_as_it_is(old: Path, size: int) -> None:
    """The same, at more sizes."""
    assert_full_disk_leaves_the_site(old, size)


def test_a_file_that_vanishes_is_told(old: Path) -> None:
    """Between the listing of a folder and the reading of its files."""
    before = tree(old / "site")
    gone = old / "content" / "industries" / "retail.yml"
    settings = Settings(old / "content", theme_folder(), TODAY)

    def tick(step: str, _: int) -> None:
        if step == "read":
            gone.unlink(missing_ok=True)

    with pytest.raises(ContentError, match=r"industries/retail\.yml:1:1: error unreadable"):
        build(settings, old / "site", old / ".cache", draw, tick=tick)
    assert tree(old / "site") == before


def emptied(release: Path) -> None:
    """Remove every file of a release."""
    for path in release.rglob("*"):
        if path.is_file():
            path.unlink()


@pytest.mark.parametrize("moment", ["read", "render", "check"])
def test_an_older_release_that_vanishes_is_not_missed(
    old: Path, sites: tuple[Path, Path], moment: str
) -> None:
    """Before it is looked at, all is made again; later, what is kept of it is in the new one."""
    settings = Settings(old / "content", theme_folder(), TODAY, engine="test")
    last = (old / "site").resolve()

    def tick(step: str, _: int) -> None:
        if step == moment:
            emptied(last)

    build(settings, old / "site", old / ".cache", draw, tick=tick)
    assert (old / "site").resolve() != last
    assert tree(old / "site") == tree(sites[0] / "site")
    assert leftovers(old) == []


def test_an_older_release_that_vanishes_while_it_is_kept_stops_the_build(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error, and no half site; the next build makes all of it again."""
    settings = Settings(old / "content", theme_folder(), TODAY, engine="test")

    def too_late(staging: Path, source: Path, *rest: Any) -> None:
        emptied(source)
        fill(staging, source, *rest)

    with monkeypatch.context() as patch:
        patch.setattr("briefbook.publish.fill", too_late)
        with pytest.raises(FileNotFoundError):
            build(settings, old / "site", old / ".cache", draw)
    assert leftovers(old) == []
    rebuilt(old)
    assert verify(old / "site") == ()


def test_a_file_that_cannot_be_read_is_told(old: Path) -> None:
    """A pipe would make a reader wait for ever; a folder is no file."""
    before = tree(old / "site")
    os.mkfifo(old / "content" / "accounts" / "pipe.yml")
    (old / "content" / "accounts" / "folder.yml").mkdir()
    (old / "content" / "accounts" / "link.yml").symlink_to("/etc/hostname")
    said = command("build", cwd=old)
    assert said.code == 1
    for name in ("pipe", "folder", "link"):
        assert f"accounts/{name}.yml:1:1: error " in said.out
    assert "Nothing was written" in said.err
    assert tree(old / "site") == before


def test_hostile_files_are_all_refused_in_one_run(tmp_path: Path) -> None:
    """All 58 as accounts of one project: each has its problems, and none hides another."""
    folder = CORPORA / "hostile-yaml"
    project(tmp_path)
    files = sorted(folder.glob("*.yaml"))
    ids = {file.name: f"x-{file.stem.lower().replace('.', '-')}" for file in files}
    for file in files:
        shutil.copyfile(file, tmp_path / "content" / "accounts" / f"{ids[file.name]}.yml")
    gigabytes = 2 * 1024**3
    said = command(
        "check", "--format", "json", cwd=tmp_path,
        within=lambda: resource.setrlimit(resource.RLIMIT_AS, (gigabytes, gigabytes)),
    )  # fmt: skip
    assert said.code == 1
    rules: dict[str, set[str]] = {}
    for one in json.loads(said.out)["problems"]:
        rules.setdefault(Path(one["file"]).stem, set()).add(one["rule"])
    verdicts = json.loads((folder / "verdicts.json").read_text("utf-8"))
    assert len(files) == 58
    for file in files:
        read, told = verdicts[file.name]["read"], rules.get(ids[file.name])
        assert told == {read} if read != "ok" else told, file.name
