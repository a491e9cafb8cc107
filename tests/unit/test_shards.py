"""An index made of shards says what Pagefind says of all pages, and only what changed is made."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from briefbook import search
from briefbook.executors import Inline
from briefbook.search import dealing, merging, shelf
from briefbook.search.bundle import CHUNK, ENTRY, META, file, raw, read
from briefbook.search.cbor import decode
from briefbook.search.dealing import deal
from briefbook.search.lean import write_lean
from briefbook.search.postings import Numbers, entry, words
from briefbook.search.program import run_pagefind
from tests.meaning import index, meaning, searched

SYLLABLES = ("ngân", "hàng", "điện", "quản", "trị", "bank", "sup", "ply", "chain")
CHINESE = ("供应链", "制造")
"""Pagefind takes a while to begin with, so not every test has any."""
PART = (
    '<div data-pagefind-body data-bb-within="People"><h2 id="a">People</h2><p>{}</p>'
    '<span hidden data-pagefind-meta="also[data-also]" data-also="{}"></span></div>'
)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of few pages, each made by itself."""
    monkeypatch.setattr(dealing, "SHARD", 5)
    monkeypatch.setattr(search, "RUN", 1)


def text_of(rng: random.Random, length: int) -> str:
    """Words of three languages, some of them in all texts, some with and without marks."""
    made = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) for _ in range(length)]
    return " ".join(made) + " quán quản quan budget" * rng.randint(0, 2)


def write_page(site: Path, place: str, body: str) -> None:
    """A page with this in its body."""
    page = site / place / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f'<html lang="en"><title>x</title><body>{body}</body></html>', "utf-8")


def write_account(site: Path, number: int, seed: int = 0, also: str = "") -> None:
    """An account with a page within its own."""
    rng = random.Random(f"{number} {seed}")
    title = text_of(rng, 3) + also
    write_page(site, f"accounts/a{number}", (
        f'<div data-pagefind-body><h1 id="top">{title}</h1><h2 id="b">{text_of(rng, 2)}</h2>'
        f'<span hidden data-pagefind-meta="title[data-title]" data-title="{title}"></span>'
        f'<span hidden data-pagefind-filter="kind[data-value]" data-value="Account"></span>'
        f'<span hidden data-pagefind-filter="owner[data-value]" data-value="o{number % 3}"></span>'
        f"<p>{text_of(rng, rng.choice((5, 300)))}</p></div>"
    ))  # fmt: skip
    write_page(site, f"accounts/a{number}/people", PART.format(text_of(rng, 20), text_of(rng, 2)))


def write_site(site: Path, accounts: Iterable[int]) -> Path:
    """Accounts, and pages of other fields and filters."""
    for number in accounts:
        write_account(site, number)
    rng = random.Random(1)
    write_page(site, "glossary", (
        f'<div data-pagefind-body><h1>Glossary</h1>{text_of(rng, 30)}{" pad" * 70_000} end'
        '<span hidden data-pagefind-meta="parts[data-parts]" data-parts="bank"></span>'
        '<span hidden data-pagefind-meta="facts[data-facts]" data-facts="bank chain"></span></div>'
    ))  # fmt: skip
    for name in ("one", "two"):
        write_page(site, f"methods/{name}", (
            f'<div data-pagefind-body><h1>{name}</h1>{text_of(rng, 9)}'
            '<span hidden data-pagefind-filter="kind[data-value]" data-value="Method"></span></div>'
        ))  # fmt: skip
    return site


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class Counted:
    """Runs Pagefind, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *args: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        self.times += 1
        return subprocess.run(*args, **options)  # noqa: PLW1510 (it is told)


def made(site: Path, cache: Path | None = None) -> tuple[dict[str, bytes], int]:
    """The bundle of a site, and how many shards were made for it."""
    counted = Counted()
    index(site, cache=cache, run=counted)
    return files(site / search.FOLDER), counted.times


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of some shards."""
    return write_site(tmp_path_factory.mktemp("shards") / "site", range(30))


@pytest.fixture(scope="module")
def warm(site: Path) -> dict[str, bytes]:
    """What its index is; its shards are in a cache beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dealing, "SHARD", 5)
        return made(site, site.parent / "cache")[0]


def cached(site: Path, folder: Path) -> Path:
    """The cache of the same site, to be changed."""
    return Path(shutil.copytree(site.parent / "cache", folder / "cache"))


def copied(site: Path, folder: Path) -> Path:
    """The same site, to be changed."""
    return Path(shutil.copytree(site, folder / "site", ignore=shutil.ignore_patterns("pagefind")))


def test_shards_say_what_pagefind_says_of_all_pages(site: Path, tmp_path: Path) -> None:
    """Words with their pages, places, weights, fields and spellings; filters, fragments, counts."""
    own = copied(site, tmp_path)
    for number in range(0, 30, 3):
        write_account(own, number, also=" ".join(CHINESE))
    pages = [page for some in deal(searched(own)) for page in some]
    assert len(deal(pages)) > 4
    assert write_lean(own, pages, tmp_path / "lean").within == 30
    run_pagefind(tmp_path / "lean", tmp_path / "bundle")
    assert index(own) == search.Index(63)
    found, wanted = meaning(own / search.FOLDER), meaning(tmp_path / "bundle")
    assert len(found.pages) == 33
    assert found.fields == ["also-people", "facts", "parts", "title"]
    assert "quản" in found.words["quan"]
    assert "供应" in found.words
    assert found == wanted


def test_the_number_of_shards_changes_no_meaning(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One shard or many."""
    index(site)
    many = meaning(site / search.FOLDER)
    monkeypatch.setattr(dealing, "SHARD", 1000)
    assert made(copied(site, tmp_path))[1] == 1
    assert meaning(tmp_path / "site" / search.FOLDER) == many


@pytest.mark.parametrize("pages", [20, 30, 1000])
def test_shards_that_are_made_at_a_time_are_the_same(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    """As those that are made one by one: the fields and filters of others leave no trace."""
    wanted, times = made(site)
    monkeypatch.setattr(search, "RUN", pages)
    found, fewer = made(copied(site, tmp_path))
    assert found == wanted
    assert 2 <= fewer < times


@pytest.mark.usefixtures("warm")
def test_an_edit_makes_one_shard(site: Path, tmp_path: Path) -> None:
    """The bytes are those of an index that is made of nothing."""
    own, cache = copied(site, tmp_path), cached(site, tmp_path)
    shards = len(deal(searched(own)))
    write_account(own, 7, seed=1)
    found, times = made(own, cache)
    assert times == 1
    assert found == made(own)[0]
    assert made(own, cache) == (found, 0)
    assert len([*(cache / "search").iterdir()]) == shards


@pytest.mark.usefixtures("warm")
def test_an_edit_that_search_does_not_read_makes_no_shard(site: Path, tmp_path: Path) -> None:
    """The pages are other ones, their lean copies are not; the next time that is known."""
    own, cache = copied(site, tmp_path), cached(site, tmp_path)
    wanted = made(site)[0]
    for page in own.rglob("index.html"):
        text = page.read_text("utf-8").replace("<body>", "<body><p>Elsewhere</p>")
        page.write_text(text.replace("</div>", "<p data-pagefind-ignore>here</p></div>"), "utf-8")
    assert made(own, cache) == (wanted, 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "lean_sum", None)
        assert made(own, cache) == (wanted, 0)


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("body", ["<p>Word</p>", "<div data-pagefind-body>Word</div>", ""])
def test_a_page_within_another_counts_in_its_shard(site: Path, tmp_path: Path, body: str) -> None:
    """What search reads of it, whether it covers it, and whether it is within another."""
    own, cache = copied(site, tmp_path), cached(site, tmp_path)
    write_page(own, "accounts/a7/people", body)
    assert made(own, cache) == (made(own)[0], 1)


@pytest.mark.parametrize(("before", "after"), [(30, 29), (30, 45), (45, 30), (3, 30), (30, 0)])
def test_accounts_come_and_go(tmp_path: Path, before: int, after: int) -> None:
    """Also where there are more or fewer shards then: nothing of the old ones stays."""
    own = write_site(tmp_path / "site", range(before))
    made(own, tmp_path / "cache")
    shutil.rmtree(own)
    found, _ = made(write_site(own, range(after)), tmp_path / "cache")
    assert found == made(own)[0]
    shards = [*(tmp_path / "cache" / "search").iterdir()]
    assert len(shards) == len(deal(searched(own)))


@pytest.mark.usefixtures("warm")
def test_most_accounts_come_without_new_shards(site: Path, tmp_path: Path) -> None:
    """One more account is one more page of one shard."""
    own, cache = copied(site, tmp_path), cached(site, tmp_path)
    write_account(own, 31)
    assert made(own, cache)[1] == 1


def _changed(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = change(path.read_bytes())
        path.unlink()
        path.write_bytes(data)

    return damage


def _linked(path: Path) -> None:
    path.rename(path.with_suffix(".moved"))
    path.symlink_to(path.with_suffix(".moved"))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "file").touch()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _swapped(path: Path) -> None:
    other = max(path.parent.iterdir())
    path.write_bytes(other.read_bytes())


DAMAGE: dict[str, Callable[[Path], None]] = {
    "gone": Path.unlink,
    "empty": _changed(lambda _: b""),
    "half": _changed(lambda data: data[: len(data) // 2]),
    "longer": _changed(lambda data: data + b"\0"),
    "one bit": _changed(lambda data: data[:-9] + bytes([data[-9] ^ 4]) + data[-8:]),
    "no shard": _changed(lambda _: b"Hello\n{}\n"),
    "a link": _linked,
    "a folder": _folder,
    "a pipe": _pipe,
    "another shard": _swapped,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_shard_is_made_again(
    site: Path, warm: dict[str, bytes], tmp_path: Path, damage: str
) -> None:
    """As if it had never been there."""
    own, cache = copied(site, tmp_path), cached(site, tmp_path)
    DAMAGE[damage](min((cache / "search").iterdir()))
    assert made(own, cache) == (warm, 1)


@pytest.mark.parametrize("link", [False, True])
def test_shards_have_a_folder_of_their_own(
    site: Path, warm: dict[str, bytes], tmp_path: Path, *, link: bool
) -> None:
    """In the place of a file, and of a link to a folder of somebody else, which stays as it is."""
    own, cache, other = copied(site, tmp_path), tmp_path / "cache", tmp_path / "mine"
    other.mkdir()
    (other / "mine.shard").touch()
    cache.mkdir()
    if link:
        (cache / "search").symlink_to(other)
    else:
        (cache / "search").touch()
    assert made(own, cache)[0] == warm
    assert [*other.iterdir()] == [other / "mine.shard"]


def test_shards_of_others_are_not_believed(
    site: Path, warm: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of another user or of other code are made again."""
    own, cache = copied(site, tmp_path), cached(site, tmp_path)
    counted, times = Counted(), len(deal(searched(own)))
    index(own, cache=cache, engine="other", run=counted)
    assert (files(own / search.FOLDER), counted.times) == (warm, times)
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    with pytest.raises(search.SearchError, match="changed while"):
        index(own, cache=cache, engine="other", run=counted)
    assert counted.times == 2 * times


@pytest.mark.usefixtures("warm")
def test_what_is_no_shard_stays(site: Path, tmp_path: Path) -> None:
    """Only old shards, and what was left of some, are cleared away."""
    folder = cached(site, tmp_path) / "search"
    for name in ("note", "old.shard", "old.shard.tmp"):
        (folder / name).touch()
    (folder / "folder.shard").mkdir()
    index(site, cache=tmp_path / "cache")
    names = {path.name for path in folder.iterdir()}
    assert {name for name in names if len(name) < 20} == {"note"}


def test_a_run_that_breaks_off_leaves_a_cache_that_is_right(site: Path, tmp_path: Path) -> None:
    """Shards that were made by then are there the next time."""
    own, cache = copied(site, tmp_path), tmp_path / "cache"
    shards = len(deal(searched(own)))
    counted = Counted()

    def run(*args: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        if counted.times == 3:
            raise KeyboardInterrupt
        return counted(*args, **options)

    with pytest.raises(KeyboardInterrupt):
        index(own, cache=cache, run=run)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
    assert made(own, cache) == (made(own)[0], shards - 3)


def test_shards_are_made_by_workers(site: Path, tmp_path: Path) -> None:
    """All that must be made at a time; a single one, and those of a run of one's own, are not."""
    own, handed = copied(site, tmp_path), list[int]()

    class Counting(Inline):
        def map(self, fn: Callable[..., Any], *iterables: Iterable[Any], **how: Any) -> Any:
            [jobs] = map(list, iterables)
            handed.append(len(jobs))
            return super().map(fn, jobs, **how)

    @contextmanager
    def workers() -> Iterator[Executor]:
        yield Counting()

    index(own, cache=tmp_path / "cache", workers=workers)
    wanted = files(own / search.FOLDER)
    write_account(own, 7, seed=1)
    index(own, cache=tmp_path / "cache", workers=workers)
    index(own, workers=workers, run=Counted())
    assert handed == [len(deal(searched(own)))]
    assert made(site)[0] == wanted


def test_fragments_of_one_name_get_others(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pagefind sees to it within a shard; names are short, so two shards may use the same."""
    index(site)
    wanted = meaning(site / search.FOLDER)
    monkeypatch.setattr(merging, "SHORT", 1)
    own = copied(site, tmp_path)
    index(own)
    names = [path.stem.partition("_")[2] for path in (own / search.FOLDER / "fragment").iterdir()]
    first = Counter(name[0] for name in names)
    assert len(names) == 33
    assert {len(name) for name in names if first[name[0]] > 1} == {merging.LONG}
    assert {len(name) for name in names if first[name[0]] == 1} <= {1}
    assert meaning(own / search.FOLDER) == wanted


def test_no_page_is_no_index(tmp_path: Path) -> None:
    """Neither without pages, nor when search covers none of them."""
    (tmp_path / "site").mkdir()
    with pytest.raises(search.SearchError, match="no page that search covers"):
        index(tmp_path / "site")
    write_page(tmp_path / "site", "one", "<p>Word</p>")
    with pytest.raises(search.SearchError, match="no page that search covers"):
        index(tmp_path / "site")


def test_one_page_is_an_index(tmp_path: Path) -> None:
    """And pages that search does not cover are not in it, even if they fill a shard."""
    write_page(tmp_path / "site", "one", "<div data-pagefind-body>Word</div>")
    for number in range(20):
        write_page(tmp_path / "site", f"accounts/{number}", "<p>Secret</p>")
    assert len(deal(searched(tmp_path / "site"))) > 2
    assert index(tmp_path / "site") == search.Index(1)
    found = meaning(tmp_path / "site" / search.FOLDER)
    assert [*found.words] == ["word"]


def test_pages_are_in_the_order_of_their_addresses(site: Path, tmp_path: Path) -> None:
    """Pagefind has them in that in which a disk tells of them; a word is read in any order."""
    write_lean(site, sorted(searched(site)), tmp_path / "lean")
    run_pagefind(tmp_path / "lean", tmp_path / "bundle")
    [path] = tmp_path.glob("bundle/*.pf_meta")
    _, pages, chunks, *_ = read(path)
    order = random.Random(3).sample(range(len(pages)), len(pages))
    for *_, name in chunks:
        data = raw(file(tmp_path / "bundle", CHUNK, name))
        [plain], _ = decode(data, 0)
        for old, (_, word) in zip(plain, words(data, order, [0, len(order)]), strict=True):
            found, _ = decode(entry(word.text, [(Numbers(0), word)]), 0)
            assert found[0] == old[0]
            assert placed(found[1]) == sorted(
                (order[page], *rest) for page, *rest in placed(old[1])
            )


def placed(postings: list[Any]) -> list[tuple[Any, ...]]:
    """Postings with numbers of pages in the place of steps."""
    page, found = 0, []
    for step, *places in postings:
        page += step
        found.append((page, *places))
    return found


@pytest.mark.parametrize(
    "data", [b"", b"\x81\x81\x84", b"\x81\x81\x83\x61a\x81\x83\x05\x80\x80\x80"]
)
def test_an_index_of_another_form_is_refused(tmp_path: Path, data: bytes) -> None:
    """It would be read wrongly."""
    with pytest.raises((ValueError, LookupError)):
        [*words(data, range(3), [0, 3])]


def test_the_entry_tells_of_all_pages(site: Path) -> None:
    """As Pagefind's own does; its file of pages is the one that is there."""
    index(site)
    bundle = site / search.FOLDER
    [path] = bundle.glob("*.pf_meta")
    told = search_entry(bundle)
    assert told["page_count"] == 33
    assert path == file(bundle, META, told["hash"])


def search_entry(bundle: Path) -> dict[str, Any]:
    """What the entry of a bundle tells of its one language."""
    [told] = json.loads((bundle / ENTRY).read_bytes())["languages"].values()
    return dict(told)


def test_a_page_is_dealt_with_those_above_it() -> None:
    """For its text may stand in theirs."""
    pages = {f"accounts/a{n}/index.html" for n in range(40)}
    below = {f"accounts/a{n}/{name}/index.html" for n in range(40) for name in ("x", "y", "x/z")}
    shards = deal(pages | below)
    assert len(shards) == 8
    assert {page for some in shards for page in some} == pages | below
    for some in shards:
        for page in some:
            assert "/".join(page.split("/")[:2]) + "/index.html" in some
            above = some[: some.index(page)]
            assert page.count("/") == 2 or page.rsplit("/", 2)[0] + "/index.html" in above


def test_pages_that_gather_are_dealt_together() -> None:
    """An edit changes many of them; accounts are one record each."""
    accounts = {f"accounts/a{n}/index.html" for n in range(11)}
    others = {f"{name}/{n}/index.html" for name in "abc" for n in range(4)} | {"index.html"}
    shards = deal(accounts | others)
    assert set(shards[0]) == others
    assert len(shards) == 5
    assert deal(accounts | others) == deal(sorted(accounts | others, reverse=True))


def test_shards_split_in_two() -> None:
    """Twice as many of them hold what one held: none is mixed anew."""
    few = deal({f"accounts/a{n}/index.html" for n in range(20)})
    many = deal({f"accounts/a{n}/index.html" for n in range(21)})
    assert len(few) == 4 < len(many) <= 8
    for some in many:
        assert sum(1 for one in few if set(some) & set(one)) == 1


def test_there_are_never_too_many_shards_to_be_open_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Very many accounts have larger shards instead of more of them."""
    monkeypatch.setattr(dealing, "MOST", 4)
    for count in (15, 20, 200):
        shards = deal([f"accounts/a{number}/index.html" for number in range(count)])
        assert len(shards) == 4
        assert sum(map(len, shards)) == count
