"""A folder of content: what belongs there is read, all else is refused by name."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefbook.load import Content, load
from briefbook.problem import failed, ordered
from tests.samples import book, full, written

COMPANY = "name: x\n"
SOUND = {
    "sources.yml": "report: {title: Report, kind: media}\n",
    "glossary.yml": "crn: {en: Concentration ratio}\n",
    "questions.yml": "before: {business: [{id: introduce, en: Please introduce it.}]}\n",
    "industries/retail.yml": "name: Retail\n",
    "companies/jd.yml": "name: JD.com\n",
    "accounts/lantern.yml": "name: Lantern\nindustry: retail\n",
    "strategies/promote.yml": "name: Promote\n",
    "pages/nine-box.md": "# Nine-box\n\nText.\n",
}


def told(folder: Path) -> list[str]:
    """`file rule` of each problem."""
    return [f"{one.place.file} {one.rule}" for one in ordered(load(folder)[1])]


def sound(folder: Path) -> Content:
    """Content without a problem."""
    content, problems = load(folder)
    assert not problems
    assert content is not None
    return content


def test_every_kind_is_read(tmp_path: Path) -> None:
    """By kind and id, with its file; a page's title is its first heading."""
    content = sound(book(tmp_path, SOUND))
    assert [(one.kind, one.id, one.file) for one in content.records()] == [
        ("industry", "retail", "industries/retail.yml"),
        ("company", "jd", "companies/jd.yml"),
        ("account", "lantern", "accounts/lantern.yml"),
        ("strategy", "promote", "strategies/promote.yml"),
    ]
    assert content.book.value.name == "Northstar CRM"
    assert content.of("company")["jd"].name == "JD.com"
    assert content.sources["report"].title == "Report"
    assert list(content.glossary.value.of) == ["crn"]
    guide = content.guides["nine-box"]
    assert (guide.title, guide.text, guide.first_line) == ("Nine-box", "\nText.\n", 2)
    assert not content.broken


def test_a_book_alone_is_content(tmp_path: Path) -> None:
    """Everything else may be missing, and is empty then."""
    content = sound(book(tmp_path, {}))
    assert not list(content.records())
    assert not content.sources
    assert not content.glossary.value.of
    assert content.questions.value.before is None


def test_a_record_of_every_field_is_read(tmp_path: Path) -> None:
    """As large as the model allows."""
    files = {f"{folder}/x.yml": written(full(kind)) for kind, folder in (
        ("account", "accounts"), ("company", "companies"), ("industry", "industries"),
        ("strategy", "strategies"),
    )} | {f"{kind}.yml": written(full(kind)) for kind in (
        "book", "glossary", "questions", "quiz", "sources",
    )}  # fmt: skip
    assert len(list(sound(book(tmp_path, files)).records())) == 4


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda _: None, ["content no-content"]),
        (lambda path: path.mkdir(), ["book.yml no-book"]),
        (lambda path: path.write_text("name: x"), ["content no-content"]),
        (lambda path: path.symlink_to("nowhere"), ["content no-content"]),
    ],
    ids=["missing", "empty", "file", "dangling"],
)
def test_no_content_is_one_problem(tmp_path: Path, make: object, expected: list[str]) -> None:
    """A missing folder is not also a missing book."""
    assert callable(make)
    make(tmp_path / "content")
    content, _ = load(tmp_path / "content")
    assert content is None
    assert told(tmp_path / "content") == expected


UNEXPECTED = [
    "notes.txt", "readme.md", "account.yml", "BOOK.yml", "customers/x.yml", "accounts/x.txt",
    "accounts/x.yaml", "accounts/x", "accounts/x.yml~", "accounts/x.md", "accounts/deep/x.yml",
    "accounts/x.YML", "pages/x.yml", "pages/x.html", "accounts.yml", "mkdocs.yml", "glossary.yaml",
]  # fmt: skip


@pytest.mark.parametrize("name", UNEXPECTED)
def test_what_does_not_belong_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing is ignored in silence, and nothing unplanned is published."""
    head = name.split("/", maxsplit=1)[0]
    place = head if head not in {"accounts", "pages"} else "/".join(name.split("/")[:2])
    assert told(book(tmp_path, {name: COMPANY})) == [f"{place} unexpected-file"]


def test_a_book_with_the_wrong_ending_is_one_problem(tmp_path: Path) -> None:
    """`book.yaml` is told as such, not also as missing."""
    (tmp_path / "book.yaml").write_text("name: x\n")
    assert told(tmp_path) == ["book.yaml unexpected-file"]


BAD_IDS = ["Jd", "JD", "a_b", "-a", "a-", "a b", " a", "a.b", "ä", "京东", "a" * 64, "a\n", "-rf",
           "%2e%2e%2f", "a\\b", "index", "404", "assets", "search", "sitemap", "tags", "con", "nul",
           "aux", "prn", "com1", "lpt1", "pagefind", "..", "a\x1b[31m", "a\u202eb"]  # fmt: skip


@pytest.mark.parametrize("name", BAD_IDS, ids=ascii)
def test_what_is_no_id_is_no_name_of_a_file(tmp_path: Path, name: str) -> None:
    """Shape and reserved names; the name is printed without its controls."""
    folder = book(tmp_path, {f"companies/{name}.yml": COMPANY})
    content, (problem,) = load(folder)
    assert content is not None
    assert (problem.rule, problem.place.file) == ("id", f"companies/{name}.yml")
    assert str(problem).isprintable()
    assert not content.companies
    assert len(content.broken) == 1


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are no UTF-8."""
    folder = book(tmp_path, {"companies/a.yml": COMPANY})
    (folder / "companies/a.yml").rename(folder / os.fsdecode(b"companies/\xff.yml"))
    (problem,) = load(folder)[1]
    assert problem.rule == "id"
    assert str(problem).encode().isascii()


def test_dot_files_are_nobodys_business(tmp_path: Path) -> None:
    """What editors and desktops leave behind."""
    hidden: dict[str, str | bytes] = {
        ".gitkeep": "",
        ".DS_Store": b"\x00",
        "accounts/.x.yml.swp": b"\x00",
        ".git/x": "",
    }
    assert told(book(tmp_path, hidden)) == []


def test_links_are_refused(tmp_path: Path) -> None:
    """To a file, a folder, nothing, itself, a link; inside the content or outside."""
    folder = book(tmp_path / "content", {"companies/jd.yml": COMPANY})
    outside = book(tmp_path / "outside", {"x.yml": COMPANY})
    links = {
        "accounts": outside,
        "sources.yml": outside / "x.yml",
        "companies/file.yml": outside / "x.yml",
        "companies/inside.yml": folder / "companies/jd.yml",
        "companies/dangling.yml": outside / "nothing.yml",
        "companies/loop.yml": folder / "companies/loop.yml",
        "companies/chain.yml": folder / "companies/file.yml",
        "companies/folder": outside,
        "companies/hosts.yml": Path("/etc/hosts"),
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    assert told(folder) == [f"{name} symbolic-link" for name in sorted(links)]
    content, _ = load(folder)
    assert content is not None
    assert list(content.companies) == ["jd"]
    assert ("company", "dangling") in content.broken


def test_a_book_that_is_a_link_is_one_problem(tmp_path: Path) -> None:
    """It is there, so it is not missing."""
    book(tmp_path / "outside", {})
    (tmp_path / "content").mkdir()
    (tmp_path / "content/book.yml").symlink_to(tmp_path / "outside/book.yml")
    assert told(tmp_path / "content") == ["book.yml symbolic-link"]


def test_pipes_and_folders_are_no_files(tmp_path: Path) -> None:
    """Nothing blocks, nothing is opened that is no file."""
    folder = book(tmp_path, {})
    (folder / "accounts").mkdir()
    os.mkfifo(folder / "accounts/pipe.yml")
    (folder / "accounts/folder.yml").mkdir()
    os.mkfifo(folder / "sources.yml")
    (folder / "glossary.yml").mkdir()
    (folder / "industries").write_text("name: x\n")
    assert told(folder) == [
        "accounts/folder.yml unexpected-file",
        "accounts/pipe.yml unexpected-file",
        "glossary.yml unreadable",
        "industries unexpected-file",
        "sources.yml unreadable",
    ]


def test_what_the_system_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permissions and disk errors, of files and folders; the others are read."""
    folder = book(tmp_path, SOUND)
    opened, listed = os.open, os.scandir

    def refuse_open(path: str | Path, flags: int) -> int:
        if Path(path).name == "jd.yml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, flags)

    def refuse_list(path: Path) -> Iterator[os.DirEntry[str]]:
        if path.name == "accounts":
            raise OSError(errno.EIO, "Input/output error")
        return listed(path)

    monkeypatch.setattr("briefbook.files.os.open", refuse_open)
    monkeypatch.setattr("briefbook.files.os.scandir", refuse_list)
    content, problems = load(folder)
    assert content is not None
    assert list(content.industries) == ["retail"]
    assert ("company", "jd") in content.broken
    assert [one.message for one in ordered(problems)] == [
        "The folder cannot be read: Input/output error.",
        "The file cannot be read: Permission denied.",
    ]


def broken_folder(folder: Path) -> Path:
    """A hundred accounts, thirty of them broken in ten ways, and some files that do not belong."""
    good = "name: A {n}\nindustry: retail\n"
    bad = [
        "nam: A\nindustry: retail\n", "name: A\n", "name: [A]\nindustry: retail\n", "", "- A\n",
        "name: A\nname: B\nindustry: retail\n", "name: &a A\n", "name: 'A\n", "name: A\n\tb: c\n",
        "name: A\nindustry: Retail\n",
    ]  # fmt: skip
    files: dict[str, str | bytes] = {
        f"accounts/a{n:03}.yml": bad[n // 10] if n % 10 < 3 else good.format(n=n)
        for n in range(100)
    }
    return book(folder, {**SOUND, **files, "companies/B.yml": COMPANY, "z.txt": "", "a.txt": ""})


def test_all_broken_files_are_told_and_hide_no_other(tmp_path: Path) -> None:
    """Thirty of a hundred: thirty problems, seventy records."""
    content, problems = load(broken_folder(tmp_path))
    assert content is not None
    assert failed(problems)
    at_fault = [one.place.file for one in problems if one.place.file.startswith("accounts/")]
    assert sorted(at_fault) == [f"accounts/a{n:03}.yml" for n in range(100) if n % 10 < 3]
    assert len(content.accounts) == 71
    assert {id_ for kind, id_ in content.broken if kind == "account"} == {
        f"a{n:03}" for n in range(100) if n % 10 < 3
    }
    assert len(problems) == 33


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """The same records in the same order, the same problems in the same words."""
    folder = broken_folder(tmp_path)
    before, told_before = load(folder)
    listed, shuffle = os.scandir, random.Random(seed).shuffle

    def shuffled(path: Path) -> Iterator[os.DirEntry[str]]:
        entries = list(listed(path))
        shuffle(entries)
        return iter(entries)

    monkeypatch.setattr("briefbook.files.os.scandir", shuffled)
    after, told_after = load(folder)
    assert before is not None
    assert after is not None
    assert told_after == told_before
    assert list(after.records()) == list(before.records())
    assert after == before


def test_a_broken_book_is_told_with_all_else(tmp_path: Path) -> None:
    """There is no content without it, yet no other problem waits for it."""
    content, _ = load(book(tmp_path, {"book.yml": "nme: x\n", "companies/a.yml": "name: [x]\n"}))
    assert content is None
    assert told(tmp_path) == ["book.yml unknown-field", "companies/a.yml shape"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("Text.\n", 1), ("---\ntitle: x\n---\n# A\n", 1), ("\n\n## A\n", 3), ("#\n", 1),
     ("# \n", 1), ("#A\n", 1)],
)  # fmt: skip
def test_a_page_begins_with_its_title(tmp_path: Path, text: str, line: int) -> None:
    """No front matter, no other heading first."""
    content, problems = load(book(tmp_path, {"pages/x.md": text}))
    assert content is not None
    assert [(one.rule, one.place.line) for one in problems] == [("page-title", line)]
    assert ("page", "x") in content.broken


def test_industries_may_be_longer(tmp_path: Path) -> None:
    """2 MB there, 256 kB elsewhere; what is beyond is not read into memory."""
    detail = "definition: |\n" + "  words and words and words\n" * 12_000
    made = book(tmp_path, {"industries/x.yml": f"name: x\n{detail}", "companies/x.yml": detail})
    assert told(made) == ["companies/x.yml file-too-large"]


def test_each_file_is_told_as_it_is_read(tmp_path: Path) -> None:
    """For a progress bar."""
    seen: list[str] = []
    load(book(tmp_path, SOUND), seen.append)
    assert sorted(seen) == sorted(["book.yml", *SOUND])
