"""`format`, `set`, `rename` and `import` as people and programs call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shells import warm
from tests.shells.project import SMALL, Said, command, project, rebuilt, tree

ACCOUNT = "content/accounts/lantern-fresh.yml"
UNFORMED = "industry:   e-commerce\nname: 'Lantern Fresh' # its name\n"


def run(folder: Path, *arguments: str | Path) -> Said:
    """The command in a project."""
    return warm.command(*arguments, cwd=folder)


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the content."""
    return tree(folder / "content")


def test_format_and_its_check(tmp_path: Path) -> None:
    """`--check` names files and exits 1; after `format` both are quiet."""
    folder = project(tmp_path, {**SMALL, "accounts/lantern-fresh.yml": UNFORMED})
    before = state(folder)
    said = run(folder, "format", "--check")
    assert (said.code, said.out) == (1, f"Would format {ACCOUNT}\n")
    assert state(folder) == before
    assert run(folder, "format", "content/companies", "--check").code == 2
    assert run(folder, "format", "content/industries", "--check").code == 0
    said = run(folder, "format", ACCOUNT)
    assert (said.code, said.out) == (0, f"Formatted {ACCOUNT}\n")
    assert (folder / ACCOUNT).read_text("utf-8") == (
        "name: Lantern Fresh  # its name\nindustry: e-commerce\n"
    )
    said = run(folder, "format", "--check", "--json")
    assert (said.code, json.loads(said.out)) == (0, {"version": 1, "changed": [], "problems": []})


def test_format_leaves_files_with_errors(tmp_path: Path) -> None:
    """They are told, and all others are brought to form."""
    broken = "industry: e-commerce\nname: X\nnope: 1\n"
    folder = project(tmp_path, {**SMALL, "accounts/a.yml": broken, "accounts/b.yml": UNFORMED})
    said = run(folder, "format", "--json")
    found = json.loads(said.out)
    assert said.code == 1
    assert found["changed"] == ["accounts/b.yml"]
    assert [(one["file"], one["rule"]) for one in found["problems"]] == [
        ("accounts/a.yml", "unknown-field")
    ]
    assert (folder / "content/accounts/a.yml").read_text("utf-8") == broken


@pytest.mark.parametrize("path", ["nowhere", "../x", "..", "README.md"])
def test_format_of_what_is_no_content_is_wrong_usage(tmp_path: Path, path: str) -> None:
    """Nothing outside is ever written."""
    folder = project(tmp_path / "p")
    (tmp_path / "x").touch()
    (folder / "README.md").write_text("x  \n", "utf-8")
    assert run(folder, "format", path).code == 2
    assert (folder / "README.md").read_text("utf-8") == "x  \n"


def test_format_follows_no_link(tmp_path: Path) -> None:
    """What a link leads to is not content."""
    folder = project(tmp_path / "p")
    (tmp_path / "x.yml").write_text(UNFORMED, "utf-8")
    (folder / "content/accounts/x.yml").symlink_to(tmp_path / "x.yml")
    run(folder, "format")
    assert (tmp_path / "x.yml").read_text("utf-8") == UNFORMED
    (folder / "content").rename(tmp_path / "c")
    (folder / "content").symlink_to(tmp_path / "c")
    (tmp_path / "c/accounts/new.yml").write_text(UNFORMED, "utf-8")
    assert run(folder, "format").code == 2
    assert (tmp_path / "c/accounts/new.yml").read_text("utf-8") == UNFORMED


def test_set_changes_one_value(tmp_path: Path) -> None:
    """As the issue types it; a second time it is that already."""
    folder = project(tmp_path)
    arguments = ("set", "accounts/lantern-fresh", "value_to_us.contribution.2026", "5m CNY")
    said = run(folder, *arguments, "--dry-run")
    assert said.code == 0
    assert "\n+  contribution: {2025: 10 m CNY, 2026: 5 m CNY}\n" in said.out
    assert (folder / ACCOUNT).read_text("utf-8") == SMALL["accounts/lantern-fresh.yml"]
    assert run(folder, *arguments).code == 0
    text = SMALL["accounts/lantern-fresh.yml"].replace("10 m CNY}", "10 m CNY, 2026: 5 m CNY}")
    assert (folder / ACCOUNT).read_text("utf-8") == text
    assert "already" in run(folder, *arguments).out
    said = run(folder, "set", "account/lantern-fresh", "owner", "mai", "--json")
    found = json.loads(said.out)
    assert (found["old"], found["new"], found["changed"]) == (
        None, "mai", ["accounts/lantern-fresh.yml"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "code", "said"),
    [
        ("profile.growth", "1,5%", 1, "decimal-comma"),
        ("owner", "nobody", 1, "unknown-reference"),
        ("parent", "lantern-fresh", 1, "parent-loop"),
        ("nope", "x", 2, "no field"),
        ("aliases", "[", 2, "cannot be read"),
    ],
)
def test_set_refuses_what_would_not_hold(
    tmp_path: Path, path: str, value: str, code: int, said: str
) -> None:
    """Shape and meaning, with the words of `check`; nothing is written."""
    folder = project(tmp_path)
    before = state(folder)
    for more in ([], ["--dry-run"]):
        ended = run(folder, "set", "accounts/lantern-fresh", path, value, *more)
        assert ended.code == code
        assert said in ended.out + ended.err
    assert state(folder) == before


def test_set_minds_only_what_it_breaks_itself(tmp_path: Path) -> None:
    """Errors that stand elsewhere already are no reason to refuse."""
    folder = project(tmp_path, {**SMALL, "accounts/a.yml": "name: A\nindustry: nowhere\n"})
    assert run(folder, "set", "accounts/lantern-fresh", "owner", "mai").code == 0
    assert run(folder, "set", "accounts/a", "owner", "mai").code == 0
    assert run(folder, "set", "accounts/a", "industry", "elsewhere").code == 1


@pytest.mark.parametrize(
    ("id", "follow"),
    [("lantern-fresh", "1 reference follows"), ("yiwei-bistro", "0 references follow")],
)
def test_rename_says_how_many_references_follow(tmp_path: Path, id: str, follow: str) -> None:
    """In a sentence that is right for one as well."""
    said = run(project(tmp_path), "rename", f"accounts/{id}", "lantern")
    assert said.out == f"Renamed account/{id} to account/lantern; {follow}, and its old address.\n"


def test_rename_leaves_a_way_from_the_old_address(tmp_path: Path) -> None:
    """Its pages say where they are now, and no link is dead."""
    folder = project(tmp_path)
    said = run(folder, "rename", "accounts/lantern-fresh", "lantern", "--dry-run")
    assert "+account:\n+  lantern-fresh: lantern\n" in said.out
    assert (folder / ACCOUNT).exists()
    said = run(folder, "rename", "accounts/lantern-fresh", "lantern", "--json")
    assert json.loads(said.out)["references"] == 1
    assert "ref:account/lantern)" in (folder / "content/pages/nine-box.md").read_text("utf-8")
    assert run(folder, "check").code == 0
    rebuilt(folder)
    for page in ("", "call/", "handover/"):
        text = (folder / f"site/accounts/lantern-fresh/{page}index.html").read_text("utf-8")
        assert f'href="../{"../" if page else ""}lantern/{page}"' in text
        assert "Lantern Fresh has moved" in text
        assert "<script" not in text.partition("<article")[2].partition("</article")[0]
    assert run(folder, "rename", "accounts/lantern", "truong-dien-luc").code == 2
    assert run(folder, "rename", "book", "x").code == 2


MAP = """\
key: Id
create: yes
ids: {9: nine}
fixed: {industry: e-commerce}
columns: {Name: name, Owner: owner, Potential: {field: value_to_us.potential, currency: CNY}}
owns: [owner, value_to_us.potential]
"""


def test_import_writes_the_rows_that_fit(tmp_path: Path) -> None:
    """And tells the others, also where only the whole content shows it; twice is once."""
    account = SMALL["accounts/lantern-fresh.yml"] + "crm_id: 1\n"
    folder = project(tmp_path, {**SMALL, "accounts/lantern-fresh.yml": account})
    (folder / "map.yml").write_text(MAP, "utf-8")
    (folder / "a.csv").write_text(
        "Id,Name,Owner,Potential\n1,L,mai,60000000\n9,Nine,nobody,5\n", "utf-8"
    )
    before = state(folder)
    wanted = ["import", "a.csv", "--map", "map.yml"]
    said = run(folder, *wanted, "--dry-run")
    assert said.code == 1
    assert "lantern-fresh: value_to_us.potential: 50 m CNY -> 60 m CNY\n" in said.out
    assert "row 3, column Owner: unknown-reference: " in said.out
    assert state(folder) == before
    assert run(folder, *wanted, "--strict").code == 1
    assert state(folder) == before
    said = run(folder, *wanted, "--json")
    found = json.loads(said.out)
    assert (found["changed"], found["written"]) == (["accounts/lantern-fresh.yml"], True)
    assert [(one["row"], one["rule"]) for one in found["misfits"]] == [(3, "unknown-reference")]
    after = state(folder)
    assert after["accounts/lantern-fresh.yml"].decode() == account.replace("50 m", "60 m").replace(
        "lifecycle", "owner: mai\nlifecycle"
    )
    assert "accounts/nine.yml" not in after
    run(folder, *wanted)
    assert state(folder) == after
    (folder / "a.csv").write_text("Id,Name,Owner,Potential\n9,Nine,mai,5\n", "utf-8")
    assert run(folder, *wanted).code == 0
    assert "accounts/nine.yml" in state(folder)


def test_import_says_what_became_of_the_evidence(tmp_path: Path) -> None:
    """Each line names the source and dates that went, and those of the map that came."""
    old = "potential: {value: 50 m CNY, source: talk, as_of: 2025-12-31}"
    account = SMALL["accounts/lantern-fresh.yml"].replace("potential: 50 m CNY", old)
    sources = "talk: {title: A talk, kind: interview}\ncrm: {title: Our CRM, kind: other}\n"
    files = {"accounts/lantern-fresh.yml": account + "crm_id: 1\n", "sources.yml": sources}
    folder = project(tmp_path, {**SMALL, **files})
    (folder / "map.yml").write_text(MAP, "utf-8")
    (folder / "a.csv").write_text("Id,Name,Owner,Potential\n1,L,,60000000\n", "utf-8")
    said = run(folder, "import", "a.csv", "--map", "map.yml", "--dry-run").out
    assert said == ("accounts/lantern-fresh: value_to_us.potential: 50 m CNY -> 60 m CNY "
                    "(source and as_of of the old value dropped)\n")  # fmt: skip
    (folder / "map.yml").write_text(f"{MAP}source: nowhere\n", "utf-8")
    assert run(folder, "import", "a.csv", "--map", "map.yml").code == 1
    (folder / "map.yml").write_text(f"{MAP}source: crm\n", "utf-8")
    said = run(folder, "import", "a.csv", "--map", "map.yml").out
    assert said.endswith("60 m CNY (source crm; as_of of the old value dropped)\n")
    text = (folder / ACCOUNT).read_text("utf-8")
    assert "potential: {value: 60 m CNY, source: crm}\n" in text


def test_import_tells_what_it_cannot_use(tmp_path: Path) -> None:
    """A map with a mistake, a file that is none, no map at all."""
    folder = project(tmp_path)
    (folder / "a.csv").write_text("Id,Name\n1,x\n", "utf-8")
    (folder / "map.yml").write_text("key: Id\ncolumns: {Name: nme}\n", "utf-8")
    assert "unknown-field" in run(folder, "import", "a.csv", "--map", "map.yml").out
    assert run(folder, "import", "a.csv").code == 2
    assert run(folder, "import", "none.csv", "--suggest").code == 2
    assert run(folder, "import", "a.csv", "--suggest").out.startswith("# Proposed")


def test_nothing_is_left_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A disk that takes no byte leaves all files as they were."""
    folder = project(tmp_path, {**SMALL, "accounts/a.yml": UNFORMED})
    before = state(folder)
    said = command("format", cwd=folder, within=_no_space)
    assert said.code == 2
    assert state(folder) == before
    assert not list((folder / "content/accounts").glob(".*"))


def _no_space() -> None:
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
