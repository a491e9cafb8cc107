"""The search index: what was planned, in every language, the same bytes each time."""

import json
import random
import shutil
import subprocess
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from briefbook import search, spelling
from briefbook.search.bundle import ENTRY, FACETS, SCRIPTS, read
from briefbook.search.chunks import chunks
from tests.meaning import index

PAGES = {
    "en": ("Value chain", "Suppliers, banks and renewals. Banking."),
    "vi": ("Ngân hàng Điện lực", "Khách hàng lớn ở miền Bắc."),
    "zh": ("供应链管理", "制造业的供应链很长。"),
}
WORDS = {"en": "Renewals", "vi": "ngân hàng", "zh": "供应链"}


def write_site(site: Path, copies: int = 1) -> None:
    for number in range(copies):
        for language, (title, text) in PAGES.items():
            facets = "".join(
                f'<span data-pagefind-filter="{name}">{name} {(number + n) % 5}</span>'
                for name in ("kind", "industry", "owner")
                for n in range(2)
            )
            also = spelling.also_spelled(f"{title} {text}")
            write_page(
                site / f"{language}-{number}",
                f"<h1>{title}</h1><div hidden>{facets}</div><p>{text}</p>"
                f'<span data-pagefind-meta="also[data-also]" data-also="{also}"></span>',
                language,
            )


def write_page(folder: Path, body: str, language: str, mark: str = "data-pagefind-body") -> None:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="{language}"><title>x</title><main {mark}>{body}</main></html>',
        "utf-8",
    )


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages in three languages, indexed."""
    folder = tmp_path_factory.mktemp("search") / "site"
    write_site(folder)
    index(folder)
    return folder


def test_every_marked_page_is_in_one_index(tmp_path: Path) -> None:
    """And no other page, whatever its language."""
    write_site(tmp_path)
    write_page(tmp_path / "hidden", "secret", "en", mark="")
    assert index(tmp_path) == search.Index(3)
    assert not any(b"secret" in data for data in content(tmp_path / "pagefind").values())


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    """Pagefind orders filters by chance, and pages as the disk does; other place, later run."""
    write_site(tmp_path / "one", copies=7)
    folders = sorted((tmp_path / "one").iterdir())
    random.Random(7).shuffle(folders)
    for folder in folders:
        shutil.copytree(folder, tmp_path / "elsewhere" / "two" / folder.name)
    results = []
    for name in ("one", "elsewhere/two", "one"):
        index(tmp_path / name)
        results.append(content(tmp_path / name / "pagefind"))
    assert results[0] == results[1] == results[2]


def test_settled_files_are_whole(site: Path) -> None:
    """Every name that a file of the index mentions is there, and nothing else is."""
    bundle = site / "pagefind"
    name = json.loads((bundle / "pagefind-entry.json").read_bytes())["languages"]["zh"]["hash"]
    _, pages, chunks, filters, _, _ = read(bundle / f"pagefind.{name}.pf_meta")
    assert set(content(bundle)) == {
        *SCRIPTS,
        ENTRY,
        FACETS,
        f"pagefind.{name}.pf_meta",
        *(f"fragment/{page}.pf_fragment" for page, _ in pages),
        *(f"index/{chunk}.pf_index" for _, _, chunk in chunks),
        *(f"filter/{facet}.pf_filter" for _, facet in filters),
    }
    assert [facet for facet, _ in filters] == ["industry", "kind", "owner"]
    facet, values = read(bundle / "filter" / f"{filters[1][1]}.pf_filter")
    assert (facet, [value for value, _ in values]) == ("kind", ["kind 0", "kind 1"])


def test_an_old_index_goes_first(tmp_path: Path) -> None:
    """Nothing of it stays."""
    write_site(tmp_path)
    (tmp_path / "pagefind").mkdir()
    (tmp_path / "pagefind" / "zh_old.pf_meta").write_bytes(b"")
    index(tmp_path)
    assert "zh_old.pf_meta" not in content(tmp_path / "pagefind")


def test_the_number_of_pages_is_held_against_the_plan() -> None:
    """A template that lost its mark shows here."""
    search.check_index(search.Index(3), 3)
    with pytest.raises(search.SearchError, match=r"holds 3 pages, but 4 were planned"):
        search.check_index(search.Index(3), 4)


@pytest.mark.parametrize(
    "text",
    [
        "Renewals",
        "ngân hàng",
        "ngan hang",
        "NGÂN HÀNG",
        "điện lực",
        "dien luc",
        "供应链",
        "供应链 管理",
    ],
)
def test_words_that_are_found(site: Path, text: str) -> None:
    """With marks and without, in any case, a Chinese word in a longer one."""
    search.proves(site, {"xx": text})


@pytest.mark.parametrize("text", ["renewalx", "ngân renewals", "銀行", "供应银行", "", "..."])
def test_words_that_are_not_found(site: Path, text: str) -> None:
    """Not there at all, or on no page together."""
    with pytest.raises(search.SearchError, match="does not find"):
        search.proves(site, {"xx": text})


def test_every_language_that_is_missing_is_named(site: Path) -> None:
    """One sentence for all of them."""
    with pytest.raises(search.SearchError, match=r"find 'qq' \(en\), '水' \(zh\)\.$"):
        search.proves(site, {**WORDS, "en": "qq", "zh": "水"})


def test_proof_over_many_chunks(tmp_path: Path) -> None:
    """A large index is cut in pieces; each word is looked for in the right one."""
    rng = random.Random(1)
    words = ["".join(rng.choices("abcdefghij", k=rng.randint(3, 9))) for _ in range(2500)]
    for number in range(40):
        text = " ".join(rng.choices(words, k=700))
        write_page(tmp_path / str(number), f"<p>{text}</p>", "en")
    write_page(tmp_path / "all", f"<p>{' '.join(words)}</p>", "en")
    index(tmp_path)
    assert len(list((tmp_path / "pagefind" / "index").iterdir())) > 2
    search.proves(tmp_path, {word: word for word in words[::10]})


def words_of(site: Path) -> tuple[list[tuple[str, str, list[str]]], dict[str, Any]]:
    """Chunks with their first and last words as told and their own; each word with its places."""
    bundle = site / "pagefind"
    parts: list[tuple[str, str, list[str]]] = []
    words: dict[str, Any] = {}
    [meta] = bundle.glob("*.pf_meta")
    for first, last, name in read(meta)[2]:
        [some] = read(bundle / "index" / f"{name}.pf_index")
        parts.append((first, last, [word for word, *_ in some]))
        words |= {word: places for word, *places in some}
    return parts, words


def test_chunks_are_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that stand everywhere stand alone; every word is found where it was before."""
    for number in range(60):
        rare = f"rare{'abcdefghij'[number % 10]}{number}"
        common = "zone " * 400 + "zoom " * 400 + "quán quản quan " * (number + 1)
        write_page(tmp_path / str(number), f"<p>{rare} {common}</p>", "en")
    index(tmp_path)
    whole, wanted = words_of(tmp_path)
    monkeypatch.setattr("briefbook.search.merging.chunks", partial(chunks, most=300))
    index(tmp_path)
    parts, words = words_of(tmp_path)
    assert words == wanted
    assert len(whole) < len(parts)
    assert ["zone"] in [own for *_, own in parts]
    for first, last, own in parts:
        assert first <= own[0] <= own[-1]
        assert own[0].startswith(first)
        assert own[-1].startswith(last)
        assert first <= last
    for before, after in pairwise(parts):
        assert before[2][-1] < after[0] <= after[2][0]
        assert before[1] < after[0]
    search.proves(tmp_path, {word: word for word in words})
    names = {path.name for path in (tmp_path / "pagefind" / "index").iterdir()}
    assert len(names) == len(parts)


def test_facets_are_counted(tmp_path: Path) -> None:
    """The values of every filter, and how many pages have each, stand in one small file."""
    write_site(tmp_path, copies=7)
    index(tmp_path)
    told = json.loads((tmp_path / "pagefind" / "facets.json").read_bytes())
    assert list(told) == ["industry", "kind", "owner"]
    assert told["kind"] == {"kind 0": 9, "kind 1": 12, "kind 2": 9, "kind 3": 6, "kind 4": 6}


def test_the_letter_that_pagefind_does_not_fold() -> None:
    """Words with đ are given a second spelling."""
    assert spelling.also_spelled("Điện lực, đơn hàng; Điện <b>Bank</b>") == "dien don"
    assert spelling.also_spelled("Khách hàng") == ""


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (subprocess.CompletedProcess([], 1, "", "out of memory"), "status 1: out of memory"),
        (subprocess.CompletedProcess([], 0, "", ""), "wrote no index"),
        (FileNotFoundError("pagefind_extended"), "cannot be started"),
    ],
)
def test_a_binary_that_fails_is_told(
    tmp_path: Path, result: subprocess.CompletedProcess[str] | Exception, why: str
) -> None:
    """With what it said."""

    def run(*args: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        assert options["env"] == {}
        assert tmp_path.parent in options["cwd"].parents
        assert tmp_path not in options["cwd"].parents
        if isinstance(result, Exception):
            raise result
        return result

    write_site(tmp_path)
    with pytest.raises(search.SearchError, match=why):
        index(tmp_path, run=run)


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b broken", b"plain"])
def test_a_damaged_index_is_told(site: Path, tmp_path: Path, data: bytes) -> None:
    """By the name of the file."""
    shutil.copytree(site, tmp_path / "site")
    [meta] = (tmp_path / "site" / "pagefind").glob("*.pf_meta")
    meta.write_bytes(data)
    with pytest.raises(search.SearchError, match=meta.name):
        search.proves(tmp_path / "site", WORDS)


def test_pages_that_are_sorted_are_refused(tmp_path: Path) -> None:
    """Their order among pages of other shards is not known; no page of ours has any."""
    write_page(tmp_path / "one", '<p>Word</p><i data-pagefind-sort="a">1</i>', "en")
    with pytest.raises(search.SearchError, match="sorted"):
        index(tmp_path)
