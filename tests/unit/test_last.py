"""The same input is not worked on twice, and only the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.last import BUILT, LARGEST, Last, key, published, seen, tell, told
from briefbook.load import load
from briefbook.problem import Place, warning
from briefbook.publish import MANIFEST
from briefbook.settings import Settings
from briefbook.shells.frame import theme_folder
from briefbook.untouched import note
from tests.conftest import MakeOnce
from tests.shells.project import SMALL, TODAY, project, rebuilt, tree
from tests.shells.warm import command

LAST = Last((warning("stale", Place("a.yml", 3, 1), "Old.", "Look."),), (), shallow=True)
LANTERN = SMALL["accounts/lantern-fresh.yml"]


@pytest.fixture(scope="module")
def built(make_once: MakeOnce) -> Path:
    """The small project with its site, to be copied before it is changed."""

    def make(folder: Path) -> None:
        rebuilt(project(folder))

    return make_once("small-built", make)


def test_what_is_seen_is_what_is_read(tmp_path: Path) -> None:
    """Or a key would name content that was not used."""
    content, _ = load(project(tmp_path) / "content")
    assert content is not None
    assert seen(tmp_path / "content") == content.digests
    assert content.digests.keys() == SMALL.keys()
    (tmp_path / "content" / ".DS_Store").write_bytes(b"\0")
    assert seen(tmp_path / "content") == content.digests


@pytest.mark.parametrize("odd", ["link", "linked", "large", "deep", "gone"])
def test_odd_content_is_read_in_full(tmp_path: Path, odd: str) -> None:
    """What a build would refuse has no key."""
    content = project(tmp_path) / "content"
    if odd == "link":
        (content / "accounts" / "x.yml").symlink_to("/etc/hostname")
    elif odd == "linked":
        content = tmp_path / "other"
        content.symlink_to("content")
    elif odd == "large":
        (content / "accounts" / "x.yml").write_bytes(b" " * (LARGEST + 1))
    elif odd == "deep":
        (content / "accounts" / "x" / "y").mkdir(parents=True)
    else:
        content = tmp_path / "gone"
    assert seen(content) is None


def test_a_run_is_told_only_for_its_key(tmp_path: Path) -> None:
    """Every word of it; a damaged record tells nothing."""
    tell(tmp_path, BUILT, "key", LAST)
    assert told(tmp_path, BUILT, "key") == LAST
    assert told(tmp_path, BUILT, "other") is None
    (tmp_path / BUILT).write_text((tmp_path / BUILT).read_text("utf-8").replace("Old", "New"))
    assert told(tmp_path, BUILT, "key") is None
    assert published(tmp_path, tmp_path / "site", "key") is None


def test_whatever_a_run_depends_on_changes_its_key() -> None:
    """Content, code, day, place, and for a site the theme and the commit."""
    first = Settings(Path("content"), theme_folder(), TODAY, "c1", engine="e1")
    from dataclasses import replace

    files = {"a.yml": "1"}
    keys = {
        key(first, files), key(first, {"a.yml": "2"}), key(first, {"b.yml": "1"}),
        key(replace(first, engine="e2"), files), key(first, files, "look"),
        key(replace(first, today=TODAY.replace(day=1)), files), key(first, files, "other look"),
        key(replace(first, folder="x/"), files),
        key(replace(first, commit="c2"), files, "look"),
        key(replace(first, shallow=True), files, "look"),
    }  # fmt: skip
    assert len(keys) == 10
    assert key(first, files) == key(replace(first, commit="c2"), files)


def _other_key(folder: Path) -> None:
    tell(folder / ".cache", BUILT, "other", LAST, (folder / "site").resolve().name)


def _other_site(folder: Path) -> None:
    (folder / "site").unlink()
    (folder / "site").symlink_to("content")


def _plain_site(folder: Path) -> None:
    release = (folder / "site").resolve()
    (folder / "site").unlink()
    shutil.copytree(release, folder / "site")


def _damaged_site(folder: Path) -> None:
    (folder / "site/index.html").write_text("damaged", "utf-8")


def _damaged_manifest(folder: Path) -> None:
    (folder / "site" / MANIFEST).write_text("{", "utf-8")


def _gone_site(folder: Path) -> None:
    shutil.rmtree((folder / "site").resolve())


def _linked_record(folder: Path) -> None:
    record = folder / ".cache" / BUILT
    record.rename(folder / "record.json")
    record.symlink_to(folder / "record.json")


@pytest.mark.parametrize(
    "change",
    [
        _other_key,
        _other_site,
        _plain_site,
        _damaged_site,
        _damaged_manifest,
        _gone_site,
        _linked_record,
    ],
)
def test_a_site_is_believed_only_as_it_was_published(
    tmp_path: Path, built: Path, change: Callable[[Path], None]
) -> None:
    """Of this very input, shown by the link, and whole."""
    folder = Path(shutil.copytree(built, tmp_path / "copy", symlinks=True))
    tell(folder / ".cache", BUILT, "key", LAST, (folder / "site").resolve().name)
    assert published(folder / ".cache", folder / "site", "key") == LAST  # each file is read
    note(folder / ".cache", (folder / "site").resolve())
    assert published(folder / ".cache", folder / "site", "key") == LAST  # none is
    change(folder)
    assert published(folder / ".cache", folder / "site", "key") is None


def test_a_site_of_another_user_is_not_believed(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor what was written down about it."""
    folder = Path(shutil.copytree(built, tmp_path / "copy", symlinks=True))
    tell(folder / ".cache", BUILT, "key", LAST, (folder / "site").resolve().name)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert published(folder / ".cache", folder / "site", "key") is None


def test_the_same_content_is_built_once(tmp_path: Path) -> None:
    """The site stays, and problems are told again; any change, also of the site, builds anew."""
    stale = "name: Retail\npains:\n  late: {pain: Goods come late}\n"
    project(tmp_path, {**SMALL, "industries/retail.yml": stale})
    first = command("build", cwd=tmp_path)
    assert first.code == 0
    assert "Reading" in first.err
    release, bytes_ = (tmp_path / "site").resolve(), tree(tmp_path / "site")
    again = command("build", cwd=tmp_path)
    assert "Reading" not in again.err
    assert "1 warning" in again.err
    assert (again.code, again.out) == (0, first.out)
    assert (tmp_path / "site").resolve() == release
    page = release / "accounts/lantern-fresh/index.html"
    page.write_text("damaged", "utf-8")
    assert "Reading" in command("build", cwd=tmp_path).err
    assert tree(tmp_path / "site") == bytes_
    project(tmp_path, {"accounts/lantern-fresh.yml": LANTERN.replace("50 m", "60 m")})
    assert "Reading" in command("build", cwd=tmp_path).err
    assert tree(tmp_path / "site") != bytes_


def test_the_same_content_is_checked_once(tmp_path: Path) -> None:
    """With the same words; errors too."""
    project(tmp_path, {"accounts/lantern-fresh.yml": LANTERN + "owner: nobody\n", **{
        name: text for name, text in SMALL.items() if "lantern" not in name}})  # fmt: skip
    first, again = (command("check", cwd=tmp_path) for _ in range(2))
    assert first.code == again.code == 1
    assert "Reading" in first.err
    assert "Reading" not in again.err
    assert first.out == again.out
    assert "unknown-reference" in again.out
    project(tmp_path)
    fixed = command("check", cwd=tmp_path)
    assert fixed.code == 0
    assert "Reading" in fixed.err
