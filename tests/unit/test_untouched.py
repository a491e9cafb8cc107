"""A file that somebody has touched is seen, however it was done."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from briefbook import untouched as module
from briefbook.publish import verify
from briefbook.settings import Settings
from briefbook.shells.frame import draw, theme_folder
from briefbook.site import build
from briefbook.untouched import RECORD, note, untouched
from tests.shells.project import SMALL, TODAY, leftovers, project, rebuilt, tree

LANTERN = SMALL["accounts/lantern-fresh.yml"]
TIME = 1_700_000_000_000_000_000


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release of which a note was taken, in the folder of its cache."""
    made = tmp_path / "000001-a"
    (made / "a" / "b").mkdir(parents=True)
    for name in ("index.html", "a/index.html", "a/b/index.html"):
        (made / name).write_text(name, "utf-8")
        os.utime(made / name, ns=(TIME, TIME))
    note(tmp_path, made)
    assert untouched(tmp_path, made)
    return made


def _written(page: Path) -> None:
    with page.open("r+b") as file:
        file.write(b"x")


def _replaced(page: Path) -> None:
    other = page.with_name("other")
    other.write_bytes(b"x" + page.read_bytes()[1:])
    other.replace(page)


def _linked(page: Path) -> None:
    page.rename(page.with_name("other"))
    page.symlink_to("other")


def _copied(page: Path) -> None:
    shutil.copy2(page, page.with_name("other"))
    page.with_name("other").replace(page)


def _more(page: Path) -> None:
    page.with_name("more.html").touch()


@pytest.mark.parametrize("change", [_written, _replaced, _linked, _copied, _more, Path.unlink])
def test_every_change_is_seen(
    tmp_path: Path, release: Path, change: Callable[[Path], None]
) -> None:
    """Also one after which the size and the time of the last write are the same."""
    page = release / "a/b/index.html"
    change(page)
    if page.exists():
        os.utime(page, ns=(TIME, TIME))
    assert not untouched(tmp_path, release)


def test_a_link_that_comes_or_goes_is_seen(tmp_path: Path, release: Path) -> None:
    """It is no change of the page, but nothing tells the two apart."""
    os.link(release / "index.html", tmp_path / "another")
    assert not untouched(tmp_path, release)


def test_another_release_and_a_copy_are_not_known(tmp_path: Path, release: Path) -> None:
    """A note is of one release; a copy of it holds other files."""
    assert not untouched(tmp_path, tmp_path)
    other = release.rename(tmp_path / "other")
    assert not untouched(tmp_path, other)
    shutil.copytree(other, release)
    assert not untouched(tmp_path, release)


def test_what_may_change_unseen_is_not_noted(
    tmp_path: Path, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of this very moment may be written again within it, and look the same."""
    last = max(path.stat().st_ctime_ns for path in release.rglob("*.html"))
    monkeypatch.setattr(module, "_later", lambda _: last)
    note(tmp_path, release)
    assert not untouched(tmp_path, release)
    assert not (tmp_path / RECORD).exists()


def test_a_disk_whose_clock_stands_still_is_not_waited_for(
    tmp_path: Path, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some count whole seconds; a build ends all the same, and nothing is left of the try."""
    real, still = Path.stat, (release / "index.html").stat()
    monkeypatch.setattr(
        Path, "stat", lambda path: still if path.suffix == ".tmp" else real(path)
    )  # fmt: skip
    note(tmp_path, release)
    assert not untouched(tmp_path, release)
    assert [path.name for path in tmp_path.iterdir()] == [release.name]


def test_release_after_release_is_known_and_none_is_written_into(copy: Path) -> None:
    """Folders go from the oldest one to the next; search is there when the pages are shown."""
    wanted = Settings(copy / "content", theme_folder(), TODAY, engine="test")

    def shown(_: object) -> None:
        assert verify(copy / "site") == ()

    for number in range(1, 6):
        project(copy, {"accounts/lantern-fresh.yml": LANTERN.replace("50 m", f"{number} m")})
        build(wanted, copy / "site", copy / ".cache", draw, shown=shown)
        assert untouched(copy / ".cache", (copy / "site").resolve())
        releases = sorted((copy / ".cache" / "site").glob("0*"))
        assert [verify(one) for one in releases] == [()] * 3
    cold = project(copy / "cold", dict(SMALL))
    project(cold, {"accounts/lantern-fresh.yml": LANTERN.replace("50 m", "5 m")})
    rebuilt(cold)
    assert tree(copy / "site") == tree(cold / "site")
    assert leftovers(copy) == []


def test_a_search_that_is_broken_off_touches_no_release(copy: Path) -> None:
    """The pages that are shown are believed by the next build, and what it can take over stays."""
    wanted = Settings(copy / "content", theme_folder(), TODAY, engine="test")
    run = Mock(side_effect=subprocess.CalledProcessError(1, "pagefind"))
    for number in range(1, 4):
        project(copy, {"accounts/lantern-fresh.yml": LANTERN.replace("50 m", f"{number} m")})
        with pytest.raises(subprocess.CalledProcessError):
            build(wanted, copy / "site", copy / ".cache", draw, shown=Mock(), run=run)
        assert untouched(copy / ".cache", (copy / "site").resolve())
        assert run.call_count == number
        assert leftovers(copy) == []
    assert len([*(copy / ".cache" / "site").glob("0*")]) == 3
    assert verify(copy / "site") == ()
