"""Only what is certainly right is kept of an older release."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.cache import Reuse, keep, kept
from briefbook.publish import MANIFEST, write_manifest

DIGESTS = {"/": "d0", "/accounts/a/": "d1"}
FILES = {
    "index.html": "home",
    "accounts/a/index.html": "account",
    "accounts/a/index.json": "{}",
    "404.html": "nothing here",
    "assets/briefbook/x.css": "css",
    "pagefind/pagefind-entry.json": "{}",
    "pagefind/fragment/f.pf_fragment": "words",
    "_headers": "/*",
}


def written(folder: Path, digests: dict[str, str] = DIGESTS) -> Path:
    """A release under the name that its manifest gives it."""
    staging = folder / "000001.tmp"
    for name, text in FILES.items():
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    write_manifest(staging, {"pages": json.dumps(digests)})
    return named(staging)


def named(release: Path) -> Path:
    """The release under the name of the manifest that it has now."""
    digest = hashlib.sha256((release / MANIFEST).read_bytes()).hexdigest()
    return release.rename(release.with_name(f"000001-{digest[:12]}"))


def names(reuse: Reuse) -> list[str]:
    """Every file that is kept."""
    return sorted(file.name for file in (*reuse.pages.values(), *reuse.frame, *reuse.index))


def test_an_unchanged_site_keeps_pages_frame_and_index(tmp_path: Path) -> None:
    """What is small and made from content again, as index.json and headers, is not kept."""
    made_again = {"accounts/a/index.json", "_headers"}
    assert names(kept(written(tmp_path), DIGESTS)) == sorted(FILES.keys() - made_again)


def test_without_a_release_nothing_is_kept(tmp_path: Path) -> None:
    """The first build, and one whose release has gone."""
    assert kept(None, DIGESTS) == Reuse()
    assert kept(tmp_path / "gone", DIGESTS) == Reuse()


@pytest.mark.parametrize(
    "now",
    [
        {**DIGESTS, "/accounts/a/": "other"},
        {"/": "d0"},
        {**DIGESTS, "/accounts/b/": "d2"},
    ],
    ids=["changed", "removed", "added"],
)
def test_a_site_of_other_pages_keeps_only_pages(tmp_path: Path, now: dict[str, str]) -> None:
    """The index knows every page, so it is right for the very same pages only."""
    reuse = kept(written(tmp_path), now)
    assert not reuse.frame
    assert not reuse.index
    same = [address for address, digest in DIGESTS.items() if now.get(address) == digest]
    assert list(reuse.pages) == same


def _text(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def damage(release: Path) -> None:
        path = release / name
        path.write_text(change(path.read_text("utf-8")), "utf-8")

    return damage


def _linked(release: Path) -> None:
    page = release / "index.html"
    page.rename(release / "moved.html")
    page.symlink_to("moved.html")


@pytest.mark.parametrize(
    "damage",
    [
        lambda release: (release / MANIFEST).unlink(),
        _text(MANIFEST, lambda _: ""),
        _text(MANIFEST, lambda text: text[: len(text) // 2]),
        _text(MANIFEST, lambda text: text + " "),
        _text(MANIFEST, lambda text: text.replace("d0", "d9")),
        _text(MANIFEST, lambda _: "[" * 100_000),
    ],
    ids=["missing", "empty", "cut", "one byte", "foreign pages", "deep"],
)
def test_a_damaged_manifest_keeps_nothing(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """A release is named after its manifest, so a changed one is known by its name."""
    release = written(tmp_path)
    damage(release)
    assert kept(release, DIGESTS) == Reuse()


@pytest.mark.parametrize("pages", ["[]", "3", "null", '"x"', "not json"])
@pytest.mark.parametrize("key", ["pages", "files"])
def test_a_manifest_of_another_shape_keeps_nothing(tmp_path: Path, pages: str, key: str) -> None:
    """Even under its right name: another program, or an older version of this one, wrote it."""
    release = written(tmp_path)
    record = json.loads((release / MANIFEST).read_text("utf-8"))
    record[key] = pages
    (release / MANIFEST).write_text(json.dumps(record), "utf-8")
    assert names(kept(named(release), DIGESTS)) == []


@pytest.mark.parametrize(
    "damage",
    [
        _text("index.html", lambda _: ""),
        _text("index.html", lambda _: "homy"),
        lambda release: (release / "index.html").unlink(),
        _linked,
    ],
    ids=["cut", "changed", "missing", "link"],
)
def test_a_damaged_page_is_made_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """Its sum says so; the others stay."""
    release = written(tmp_path)
    damage(release)
    assert names(kept(release, DIGESTS)) == ["accounts/a/index.html"]


@pytest.mark.parametrize(
    "name", ["assets/briefbook/x.css", "404.html", "pagefind/fragment/f.pf_fragment"]
)
def test_a_damaged_part_of_frame_or_index_drops_both(tmp_path: Path, name: str) -> None:
    """They are made as a whole or not at all."""
    release = written(tmp_path)
    (release / name).write_text("other", "utf-8")
    reuse = kept(release, DIGESTS)
    assert len(reuse.pages) == len(DIGESTS)
    assert not reuse.frame
    assert not reuse.index


def test_nothing_outside_the_release_is_kept(tmp_path: Path) -> None:
    """A manifest made with intent may name such a file, with its right sum."""
    (tmp_path / "secret").write_text("secret", "utf-8")
    release = written(tmp_path)
    record = json.loads((release / MANIFEST).read_text("utf-8"))
    record["files"]["assets/../../secret"] = hashlib.sha256(b"secret").hexdigest()
    (release / MANIFEST).write_text(json.dumps(record), "utf-8")
    assert not kept(named(release), DIGESTS).frame


def test_kept_files_are_links_to_the_same_bytes(tmp_path: Path) -> None:
    """A thousand unchanged pages take no room."""
    release, staging = written(tmp_path), tmp_path / "staging"
    keep(kept(release, DIGESTS).pages.values(), staging)
    page = "accounts/a/index.html"
    assert (staging / page).samefile(release / page)


def test_files_are_copied_where_no_link_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems know no hard links."""

    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("briefbook.cache.os.link", refuse)
    release, staging = written(tmp_path), tmp_path / "staging"
    keep(kept(release, DIGESTS).pages.values(), staging)
    assert (staging / "index.html").read_text("utf-8") == "home"
    assert not (staging / "index.html").samefile(release / "index.html")
