"""Only what is certainly right is kept of an older release, and it is kept without making it."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from briefbook.cache import LAST, RECORD, Before, before
from briefbook.memory import Memory
from briefbook.publish import MANIFEST, verify
from briefbook.publish.tree import fill
from briefbook.record import clear, read_record, write_record
from briefbook.settings import Settings
from briefbook.shells.frame import draw, theme_folder
from briefbook.site import build
from briefbook.untouched import RECORD as NOTE
from briefbook.untouched import note, untouched
from tests.conftest import MakeOnce
from tests.shells.project import SMALL, TODAY, pages, project, rebuilt, tree

ACCOUNTS = {f"account/{one}" for one in ("lantern-fresh", "truong-dien-luc", "yiwei-bistro")}
LANTERN = SMALL["accounts/lantern-fresh.yml"]
EDIT = {"accounts/lantern-fresh.yml": LANTERN.replace("Lantern", "Candle")}


def release(folder: Path) -> Path:
    """The release that is published."""
    return (folder / "site").resolve()


def noted(folder: Path) -> Path:
    """The folder; of its release it is known how it stands, as at the end of a build."""
    note(folder / ".cache", release(folder))
    assert untouched(folder / ".cache", release(folder))
    return folder


def made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Build; the names of parts whose pages were made."""
    seen: set[str] = set()
    from briefbook import work

    real = work.piece

    def told(prepared: object, name: str, *rest: object) -> object:
        seen.add(name)
        return real(prepared, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "piece", told)
    rebuilt(folder)
    return seen


def test_without_a_change_nothing_is_made_again(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor the frames and the search index: they are links to the same bytes."""
    old = release(copy)
    assert made_again(copy, monkeypatch) == set()
    now = release(copy)
    assert now != old
    for name in ("accounts/lantern-fresh/index.html", "404.html", "pagefind/pagefind-entry.json"):
        assert (now / name).samefile(old / name)


@pytest.mark.parametrize(
    ("files", "again"),
    [
        (EDIT, ACCOUNTS),
        (
            {"accounts/lantern-fresh.yml": LANTERN.replace("50 m", "60 m")},
            {"account/lantern-fresh"},
        ),
        ({"accounts/alone.yml": "name: Alone\nindustry: retail\n"}, {"account/alone"}),
        ({"industries/retail.yml": "name: Shops\n"}, ACCOUNTS),
        ({"book.yml": SMALL["book.yml"] + "fiscal_year_starts: 04-01\n"}, ACCOUNTS),
    ],
    ids=[
        "a name that neighbours show",
        "what none of them shows",
        "another industry",
        "an industry",
        "the book",
    ],
)
def test_what_an_account_may_see_says_whether_it_is_made_again(
    copy: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], again: set[str]
) -> None:
    """Its own file, those it shares most with, and all that is no account."""
    project(copy, files)
    made = made_again(copy, monkeypatch)
    assert {name for name in made if name.startswith("account/")} == again


LATE = {
    **SMALL,
    "glossary.yml": "churn: {en: Churn, definition: {en: Customers who leave}}\n",
    "redirects.yml": "account: {lantern: lantern-fresh}\n",
}


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("50 m", "60 m", set()),
        ("fees from", "churn of", {"glossary"}),
        ("Lantern", "Candle", {"accounts/lantern"}),
    ],
    ids=["what it does not say", "a term", "a name at an old address"],
)
def test_what_tells_of_all_others_is_kept_while_they_say_the_same(
    tmp_path: Path, old: str, new: str, again: set[str]
) -> None:
    """A page that is made again is a file of its own: those of the last release stay as they are.

    Both pages are made then, of which one says the same as before.
    """
    files = {**LATE, "accounts/lantern-fresh.yml": LANTERN.replace(old, new)}
    late = {f"{name}/index.html" for name in ("glossary", "accounts/lantern")}
    cold, warm = project(tmp_path / "cold", files), project(tmp_path / "warm", LATE)
    rebuilt(warm)
    first, then = release(warm), tree(release(warm))
    rebuilt(project(warm, files))
    rebuilt(cold)
    assert pages(warm / "site") == pages(cold / "site")
    assert {name: (first / name).read_bytes() for name in late} == {
        name: then[name] for name in late
    }
    assert {name for name in late if tree(warm / "site")[name] != then[name]} == {
        f"{name}/index.html" for name in again
    }
    shared = {name for name in late if (release(warm) / name).samefile(first / name)}
    assert shared == (set() if again else late)


def _text(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        path = release(folder) / name if not name.startswith(".") else folder / name
        path.write_text(change(path.read_text("utf-8")), "utf-8")

    return damage


def _gone(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _of_release(name: str) -> Callable[[Path], None]:
    return lambda folder: (release(folder) / name).unlink()


def _linked(folder: Path) -> None:
    page = release(folder) / "accounts/lantern-fresh/index.html"
    page.rename(release(folder) / "moved.html")
    page.symlink_to("../../moved.html")


def _secret(folder: Path) -> None:
    """A record made with intent names a file outside the release."""
    (folder / "secret").write_text("secret", "utf-8")
    path = folder / ".cache" / RECORD
    record, last = read_record(path), read_record(path.with_name(LAST))
    for part in record["parts"]:
        part[2].append("../../../secret")
    write_record(path.with_name(LAST), {**last, "parts": write_record(path, record)})


def _as_before(change: Callable[[Path], None]) -> Callable[[Path], None]:
    """A change of the page after which its size and the time of its last write are as before."""

    def damage(folder: Path) -> None:
        page = release(folder) / "accounts/lantern-fresh/index.html"
        was = page.stat()
        change(page)
        assert page.stat().st_size == was.st_size
        os.utime(page, ns=(was.st_atime_ns, was.st_mtime_ns))

    return damage


def _overwritten(page: Path) -> None:
    raw = bytearray(page.read_bytes())
    raw[-20] ^= 1
    page.write_bytes(raw)


def _replaced(page: Path) -> None:
    other = page.with_name("other")
    shutil.copy(page, other)
    _overwritten(other)
    other.replace(page)


def _one_more(folder: Path) -> None:
    (release(folder) / "more.html").touch()


def _instead(make: Callable[[Path], object], name: str) -> Callable[[Path], None]:
    """Something else stands there."""

    def damage(folder: Path) -> None:
        clear(folder / name)
        make(folder / name)

    return damage


def _full(path: Path) -> None:
    path.mkdir()
    (path / "file").touch()


def _elsewhere(path: Path) -> None:
    """A link to a folder of somebody else, who has files of his own."""
    mine = path.parent.with_name("mine")
    (mine / "folder").mkdir(parents=True)
    (mine / "file.tmp").touch()
    path.symlink_to(mine)


def _linked_folder(folder: Path) -> None:
    accounts = release(folder) / "accounts"
    accounts.rename(folder / "accounts")
    accounts.symlink_to(folder / "accounts")


PARTS, PAGE = f".cache/{RECORD}", "accounts/lantern-fresh/index.html"
DAMAGE: dict[str, Callable[[Path], None]] = {
    "no record": _gone(PARTS),
    "empty record": _text(PARTS, lambda _: ""),
    "half a record": _text(PARTS, lambda text: text[: len(text) // 2]),
    "another byte": _text(PARTS, lambda text: text.replace("lantern", "lantorn", 1)),
    "deep record": _text(PARTS, lambda _: "[" * 100_000),
    "foreign file": _secret,
    "no word of the release": _gone(f".cache/{LAST}"),
    "a folder for a record": _instead(_full, PARTS),
    "a folder for the word of the release": _instead(_full, f".cache/{LAST}"),
    "a folder for a note": _instead(_full, f".cache/{NOTE}"),
    "a folder for the lock": _instead(_full, ".cache/lock"),
    "a folder for trees": _instead(_full, ".cache/trees"),
    "a folder for the list of links": _instead(_full, ".cache/site/links.json"),
    "a pipe for the list of links": _instead(os.mkfifo, ".cache/site/links.json"),
    "a pipe for the lock": _instead(os.mkfifo, ".cache/lock"),
    "the lock elsewhere": _instead(_elsewhere, ".cache/lock"),
    "no note": _gone(f".cache/{NOTE}"),
    "half a note": _text(f".cache/{NOTE}", lambda text: text[: len(text) // 2]),
    "page overwritten, its time set back": _as_before(_overwritten),
    "page replaced, its time set back": _as_before(_replaced),
    "folder a link": _linked_folder,
    "one page more": _one_more,
    "no manifest": _of_release(MANIFEST),
    "half a manifest": _text(MANIFEST, lambda text: text[: len(text) // 2]),
    "page gone": _of_release("accounts/lantern-fresh/index.html"),
    "page changed": _text("accounts/lantern-fresh/index.html", lambda _: "homy"),
    "page a link": _linked,
    "page a folder": _instead(_full, f"site/{PAGE}"),
    "page a pipe": _instead(os.mkfifo, f"site/{PAGE}"),
    "index a pipe": _instead(os.mkfifo, "site/pagefind/pagefind-entry.json"),
    "manifest a pipe": _instead(os.mkfifo, f"site/{MANIFEST}"),
    "style changed": _text("assets/briefbook/tokens.css", lambda _: ""),
    "no 404 page": _of_release("404.html"),
    "index gone": _of_release("pagefind/pagefind-entry.json"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_cache_changes_no_byte(built: Path, copy: Path, damage: str) -> None:
    """It is seen, and what it held is made again."""
    wanted = tree(built / "site")
    noted(copy)
    DAMAGE[damage](copy)
    rebuilt(copy)
    assert tree(copy / "site") == wanted
    assert verify(copy / "site") == ()


@pytest.mark.parametrize("make", [Path.touch, _elsewhere])
def test_where_no_folder_of_releases_is_there_is_one(
    built: Path, copy: Path, make: Callable[[Path], object]
) -> None:
    """In the place of whatever stands there, of which nothing is touched."""
    _instead(make, ".cache/site")(copy)
    (copy / "site").unlink()
    rebuilt(copy)
    assert tree(copy / "site") == tree(built / "site")
    assert not (copy / "mine").exists() or {*(copy / "mine").rglob("*")} == {
        copy / "mine" / "folder", copy / "mine" / "file.tmp",
    }  # fmt: skip


def scramble(folder: Path, seed: int) -> None:
    """Damage some file of the cache, in one of many ways: one of a release in a quarter of all."""
    rng, cache = random.Random(seed), folder / ".cache"
    files = sorted(path for path in cache.rglob("*") if path.is_file())
    made = [path for path in files if path.is_relative_to(cache / "site")]
    known = [path for path in files if path not in made and path.name != "lock"]
    path = rng.choice(known if rng.randrange(4) else made)
    raw = bytearray(path.read_bytes())
    way = rng.randrange(6)
    if way == 0 or not raw:
        path.unlink()
        return
    if way == 5:
        path.unlink()
        _full(path)
        return
    if way == 1:
        del raw[rng.randrange(len(raw)) :]
    elif way == 2:
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    elif way == 3:
        raw = bytearray(rng.randbytes(len(raw)))
    else:
        raw += b"\0"
    path.unlink()  # the releases share files by links
    path.write_bytes(raw)


@pytest.fixture(scope="module")
def edited(make_once: MakeOnce) -> Path:
    """The small project after an edit, built cold."""

    def make(folder: Path) -> None:
        rebuilt(project(folder, {**SMALL, **EDIT}))

    return make_once("small-edited", make)


def assert_damage_changes_nothing(built: Path, edited: Path, copy: Path, seed: int) -> None:
    """Damage some cache, edit every other project, and build it."""
    scramble(noted(copy), seed)
    project(copy, EDIT if seed % 2 else {})
    rebuilt(copy)
    assert tree(copy / "site") == tree((edited if seed % 2 else built) / "site")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100))
def test_a_hundred_damaged_caches_give_the_same_site(
    built: Path, edited: Path, copy: Path, seed: int
) -> None:
    """Whatever was damaged, and however, the site is that of a cold build."""
    assert_damage_changes_nothing(built, edited, copy, seed)


@pytest.mark.parametrize("seed", range(6))
def test_some_damaged_caches_give_the_same_site(
    built: Path, edited: Path, copy: Path, seed: int
) -> None:
    """The same, a few times."""
    assert_damage_changes_nothing(built, edited, copy, 1000 + seed)


def test_the_cache_of_another_user_is_not_believed(
    built: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write it could put any page into the site."""
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert before(copy / ".cache", release(copy)) is None
    assert before(built / ".cache", None) is None


def test_a_record_of_another_release_is_not_believed(copy: Path) -> None:
    """The last build may have been killed between the site and its record."""
    old = (copy / ".cache" / RECORD).read_bytes()
    project(copy, {"accounts/lantern-fresh.yml": LANTERN.replace("50 m", "60 m")})
    rebuilt(copy)
    (copy / ".cache" / RECORD).write_bytes(old)
    found = before(copy / ".cache", release(copy))
    assert found is not None
    assert not found.pieces
    assert not found.frames


def test_files_are_copied_where_no_link_can_be_made(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems know no hard links."""

    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("briefbook.publish.tree.os.link", refuse)
    fill(tmp_path, release(built), ["index.html"], None, tmp_path / "waste")
    assert (tmp_path / "index.html").read_bytes() == pages(built / "site")["index.html"]
    assert not (tmp_path / "index.html").samefile(release(built) / "index.html")


def test_a_release_that_was_copied_is_read_and_kept(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that a cache of a CI brings back: no file of it is the one that was noted."""
    now = release(noted(copy))
    shutil.copytree(now, copy / "other")
    shutil.rmtree(now)
    (copy / "other").rename(now)
    assert not untouched(copy / ".cache", now)
    assert made_again(copy, monkeypatch) == set()
    assert untouched(copy / ".cache", release(copy))


def test_the_record_says_what_each_part_made(built: Path) -> None:
    """Every file of the site that is no frame, no index and no header has its part."""
    parts = read_record(built / ".cache" / RECORD)["parts"]
    named = {name for _, _, files, *_ in parts for name in files}
    other = {
        name for name in pages(built / "site")
        if name.startswith(("assets/", "pagefind/")) or name in
        ("404.html", "_headers", "nginx-headers.conf")
    }  # fmt: skip
    assert named == pages(built / "site").keys() - other


def remembered(folder: Path, memory: Memory) -> Before:
    """Build as a process that remembers; what it then knows of its release."""
    wanted = Settings(folder / "content", theme_folder(), TODAY, engine="test")
    build(wanted, folder / "site", folder / ".cache", draw, known=memory)
    found = before(folder / ".cache", release(folder), memory.built)
    assert found is not None
    return found


def plain(found: Before | None) -> Before:
    """The same whatever the order in which links were gathered."""
    assert found is not None
    pieces = {name: replace(one, links=frozenset(one.links)) for name, one in found.pieces.items()}
    return replace(found, pieces=pieces)


def test_what_a_process_remembers_of_its_release_is_what_another_reads(copy: Path) -> None:
    """And it reads no record of it; of a release that another process has made it does."""
    memory = Memory()
    kept = remembered(copy, memory)
    assert plain(kept) == plain(before(copy / ".cache", release(copy)))
    (copy / ".cache" / RECORD).unlink()
    assert plain(remembered(copy, memory)).pieces == plain(kept).pieces
    rebuilt(copy)
    other = before(copy / ".cache", release(copy), memory.built)
    assert other == before(copy / ".cache", release(copy))
    assert other != memory.built


def test_a_process_sees_that_its_own_release_was_changed(copy: Path) -> None:
    """It remembers what stood there, and looks whether it still does."""
    memory = Memory()
    remembered(copy, memory)
    then = tree(copy / "site")
    for name in ("accounts/lantern-fresh/index.html", "404.html", MANIFEST):
        (copy / "site" / name).write_text("harmed", "utf-8")
    remembered(copy, memory)
    assert tree(copy / "site") == then
