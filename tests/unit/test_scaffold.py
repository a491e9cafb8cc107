"""Templates are valid whatever is uncommented; `init` and `new` overwrite nothing."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from briefbook.analyse.portfolio import analyse
from briefbook.checks import check_content, check_results
from briefbook.load import load
from briefbook.model import FOLDERS
from briefbook.model.schema import KINDS
from briefbook.reference import tree
from briefbook.scaffold import (
    NEW,
    ScaffoldError,
    init,
    new,
    schemas,
    stale_schemas,
    starter_files,
    template,
    write_schemas,
)
from briefbook.scaffold.starter import without_absent
from briefbook.shape import shape
from briefbook.source import read

TOP = re.compile(r"# ([a-z_]+):")


def blocks(kind: str) -> dict[str, tuple[int, int]]:
    """First and last line of each field that stands as comment."""
    lines = template(kind, "some-id").split("\n")
    starts = [(n, found[1]) for n, line in enumerate(lines) if n and (found := TOP.match(line))]
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return {name: (start, end) for (start, name), end in zip(starts, ends, strict=True)}


def uncommented(kind: str, *ranges: tuple[int, int]) -> bytes:
    """The template with the comment marks of some lines taken away."""
    lines = template(kind, "some-id").split("\n")
    for start, end in ranges:
        lines[start:end] = [line.removeprefix("# ") for line in lines[start:end]]
    return "\n".join(lines).encode()


def assert_has_shape(kind: str, text: bytes) -> dict[str, object]:
    """The text is a record of its kind, for us and for an editor."""
    parsed, problems = read(text, f"{kind}.yml")
    assert parsed, problems
    _, problems = shape(kind, FOLDERS[kind][1], parsed)
    assert not problems, [str(one) for one in problems]
    return parsed.data


@pytest.mark.parametrize("kind", FOLDERS)
def test_template_reads_as_it_is(kind: str) -> None:
    """What `new` writes has no problem, and names what is required only."""
    data = assert_has_shape(kind, template(kind, "lantern-fresh").encode())
    assert data["name"] == "Lantern Fresh"
    assert set(data) == {field.name for field in tree(kind) if field.required}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in FOLDERS for name in blocks(kind)]
)
def test_each_field_may_be_uncommented(kind: str, name: str) -> None:
    """Taking the marks of one field away gives that field in its right shape."""
    data = assert_has_shape(kind, uncommented(kind, blocks(kind)[name]))
    assert name in data


@pytest.mark.parametrize("kind", FOLDERS)
def test_all_fields_may_be_uncommented(kind: str) -> None:
    """With all marks away the record has every field of its kind."""
    data = assert_has_shape(kind, uncommented(kind, *blocks(kind).values()))
    assert set(data) == {field.name for field in tree(kind)}


@pytest.mark.parametrize("kind", NEW)
def test_new_writes_a_record_that_loads(kind: str, tmp_path: Path) -> None:
    """A new file of each kind keeps a project free of problems."""
    init(tmp_path)
    made = new(tmp_path / "content", kind, "quite-new")
    assert made.is_file()
    content, problems = load(tmp_path / "content")
    assert not problems
    assert content
    records = content.guides if kind == "page" else content.of(kind)
    assert "quite-new" in records


@pytest.mark.parametrize(
    ("kind", "id", "words"),
    [
        ("acount", "some-id", "Did you mean account"),
        ("account", "Some Id", "cannot be an id"),
        ("account", "../outside", "cannot be an id"),
        ("account", "con", "cannot be an id"),
        ("account", "a\n", "cannot be an id"),
        ("account", "example-school", "accounts/example-school.yml"),
        ("book", "book", "no kind of record"),
    ],
)
def test_new_refuses(kind: str, id: str, words: str, tmp_path: Path) -> None:
    """Unknown kinds, bad ids and files that exist are refused, and nothing changes."""
    init(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(ScaffoldError, match=words):
        new(tmp_path / "content", kind, id)
    assert contents(tmp_path) == before


def test_new_needs_a_content_folder(tmp_path: Path) -> None:
    """Without content there is a sentence that says what to do."""
    with pytest.raises(ScaffoldError, match="briefbook init"):
        new(tmp_path / "content", "account", "some-id")


def test_new_follows_no_link(tmp_path: Path) -> None:
    """A folder that is a symbolic link leads nowhere."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "accounts").symlink_to(outside)
    with pytest.raises(ScaffoldError, match="symbolic link"):
        new(tmp_path / "content", "account", "some-id")
    assert not list(outside.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder by path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_init_writes_a_project_without_problems(tmp_path: Path) -> None:
    """The starter has five strategies with 5, 3, 5, 4 and 3 tactics and one record of each kind."""
    made = init(tmp_path / "new", 'Ánh Dương: "CRM" # 1')
    assert {str(path.relative_to(tmp_path / "new")) for path in made} == set(
        contents(tmp_path / "new")
    )
    content, problems = load(tmp_path / "new" / "content")
    assert not problems
    assert content
    found = [*check_content(content), *check_results(content, analyse(content, date(2026, 7, 1)))]
    assert [str(one) for one in found if one.severity == "error"] == []
    assert content.book.value.name == 'Ánh Dương: "CRM" # 1'
    tactics = {id: len(one.value.tactics) for id, one in content.strategies.items()}
    assert tactics == {"acquire": 5, "promote": 3, "retain": 5, "win-back": 4, "static": 3}
    assert [one.value.sample for one in content.accounts.values()] == [True]
    assert content.glossary.value.of
    assert content.questions.value.before
    assert len(content.guides) == 13


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    """One file in the way and none is written; the message names it."""
    (tmp_path / "README.md").write_text("ours")
    with pytest.raises(ScaffoldError, match=r"README\.md"):
        init(tmp_path)
    assert contents(tmp_path) == {"README.md": b"ours"}


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 500])
def test_init_refuses_a_name_that_no_book_can_have(name: str, tmp_path: Path) -> None:
    """A name is checked as any other value before a file is written."""
    with pytest.raises(ScaffoldError, match="name cannot be used"):
        init(tmp_path / "new", name)
    assert not contents(tmp_path)


def test_init_takes_back_what_it_wrote_before_a_failure(tmp_path: Path) -> None:
    """All or nothing: a file where a folder must be leaves no half project."""
    (tmp_path / ".schema").write_text("in the way")
    with pytest.raises(ScaffoldError, match="cannot be written"):
        init(tmp_path)
    assert contents(tmp_path) == {".schema": b"in the way"}


def test_starter_refers_to_nothing_that_is_absent() -> None:
    """Every link of a starter page and every plain mention of a kind leads to a starter record."""
    files = starter_files()
    folders = {"page": "pages", **{kind: folder for kind, (folder, _) in FOLDERS.items()}}
    links = [
        found
        for path, raw in files.items()
        if path.startswith("pages/")
        for found in re.findall(r"\bref:([a-z]+)/([a-z0-9-]+)", raw.decode())
    ]
    assert {kind for kind, _ in links} >= {"source", "industry", "strategy"}
    for kind, id in links:
        if kind == "source":
            assert f"\n{id}:\n" in files["sources.yml"].decode()
            continue
        assert any(f"{folders[kind]}/{id}.{ending}" in files for ending in ("yml", "md"))


def test_a_sentence_about_an_absent_record_goes() -> None:
    """Absent companies become text; sentences about other absent records go, their bullet stays."""
    known = {"account/here"}
    text = (
        "# Title\n\nKeep this. See [There](ref:account/there#class).\n\n[There](ref:account/there)"
        " only.\n\n- Ask [Firm](ref:company/firm). Not [it](ref:industry/it).\n"
        "- [Here](ref:account/here) is known.\n"
    )
    expected = "# Title\n\nKeep this.\n\n- Ask Firm.\n- [Here](ref:account/here) is known.\n"
    assert without_absent(text, known) == expected


def test_schemas_are_draft_7_and_the_same_each_time(tmp_path: Path) -> None:
    """One schema per kind of file, sorted and valid; written only where it differs."""
    made = schemas()
    assert set(made) == {f"{kind}.json" for kind in (*KINDS, "sources")}
    for raw in made.values():
        parsed = json.loads(raw)
        jsonschema.Draft7Validator.check_schema(parsed)
        again = json.dumps(parsed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        assert raw == again.encode()
    assert set(stale_schemas(tmp_path)) == set(made)
    assert len(write_schemas(tmp_path)) == len(made)
    assert not stale_schemas(tmp_path)
    (tmp_path / ".schema" / "book.json").write_bytes(b"{}")
    assert stale_schemas(tmp_path) == ("book.json",)
    assert write_schemas(tmp_path) == (tmp_path / ".schema" / "book.json",)
    assert write_schemas(tmp_path) == ()
