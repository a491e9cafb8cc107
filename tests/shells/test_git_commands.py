"""What git adds to the command: sites of the past, differences, workflows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.repository import Repo, content, repository
from tests.shells.project import SMALL, Said, pages, tree
from tests.shells.warm import command

LANTERN = SMALL["accounts/lantern-fresh.yml"]
LABEL = re.compile(rb'<p class="bb-past"[^\n]*</p>')


def run(repo: Repo, *arguments: str | Path, epoch: str | None = None) -> Said:
    """The command in a repository; at an empty epoch there is no fixed date."""
    if epoch is None:
        return command(*arguments, cwd=repo.path)
    return command(*arguments, cwd=repo.path, SOURCE_DATE_EPOCH=epoch)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The small project, and a second commit that names another company in the book."""
    made = repository(tmp_path / "repo")
    made.commit(content(SMALL), "Start", day="2026-01-05")
    other = SMALL["book.yml"].replace("Northstar", "Southstar").replace("mai:", "linh:")
    owned = {"book.yml": other, "accounts/lantern-fresh.yml": LANTERN + "owner: linh\n"}
    made.commit(content(owned), "More", day="2026-03-05")
    return made


def unlabelled(site: Path) -> dict[str, bytes]:
    """The site without the line that says of which day it is."""
    found = pages(site)
    return {name: LABEL.sub(b"", raw) if name.endswith(".html") else raw
            for name, raw in found.items()}  # fmt: skip


def test_a_commit_gives_the_site_of_its_checkout(repo: Repo, tmp_path: Path) -> None:
    """The same bytes but for the label, which every page has, with the commit's date.

    `build.json` says the same of both; built from git in two places, no byte differs at all.
    """
    made = run(repo, "build", "--ref", "HEAD~1", "--out", "past", epoch="")
    assert made.code == 0, made.err
    out = tmp_path / "checkout"
    repo.git("worktree", "add", "-q", "--detach", str(out), "HEAD~1")
    day = repo.git("log", "-1", "--format=%ct", "HEAD~1")
    assert command("build", cwd=out, SOURCE_DATE_EPOCH=day).code == 0
    found = pages(repo.path / "past")
    framed = {name: raw for name, raw in found.items()
              if name.endswith(".html") and not name.startswith("assets/")}  # fmt: skip
    assert len(framed) > 10
    assert all(raw.count(b"5 Jan 2026, commit ") == 1 for raw in framed.values())
    assert unlabelled(repo.path / "past") == unlabelled(out / "site")
    again = command("build", "--ref", "HEAD", "--out", "same", cwd=out, SOURCE_DATE_EPOCH="")
    assert again.code == 0
    assert tree(out / "same") == tree(repo.path / "past")
    told, other = (json.loads((one / "build.json").read_text("utf-8"))
                   for one in (repo.path / "past", out / "site"))  # fmt: skip
    for record in (told, other):
        record["files"] = {name: sum for name, sum in record["files"].items() if name not in framed}
    assert told == other
    assert told["commit"] == repo.git("rev-parse", "HEAD~1")


def test_a_day_with_the_book_of_today(repo: Repo) -> None:
    """Today's rules count; whom the book of the day named is still known."""
    owned = {"accounts/lantern-fresh.yml": LANTERN + "owner: mai\n"}
    repo.git("checkout", "-q", "--detach", "HEAD~1")
    repo.commit(content(owned), day="2026-01-06")
    third = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-q", "main")
    made = run(repo, "build", "--ref", third, "--book", "today", "--out", "past")
    assert made.code == 0, made.out + made.err
    page = (repo.path / "past/accounts/lantern-fresh/index.html").read_text("utf-8")
    assert "Southstar CRM" in page
    assert "Mai Trần" in page
    made = run(repo, "build", "--as-of", "2026-02-01", "--out", "past")
    assert made.code == 0
    assert "Northstar CRM" in (repo.path / "past/index.html").read_text("utf-8")


def test_what_no_longer_fits_is_listed(repo: Repo) -> None:
    """In the output and, as a count, on every page; all else is there."""
    repo.commit(content({"industries/old.yml": "name: Old\nold_field: x\n"}))
    made = run(repo, "build", "--ref", "HEAD", "--out", "past")
    assert made.code == 0, made.err
    assert "industries/old.yml:2:1: error unknown-field" in made.out
    page = (repo.path / "past/accounts/index.html").read_text("utf-8")
    assert page.count("1 file that today&#39;s rules refuse is left out.") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--ref", "nope"], "`nope` names no commit here."),
        (["--ref", "-x"], "names no commit here."),
        (["--as-of", "2020-01-01"], "has no commit by 2020-01-01."),
        (["--as-of", "lately"], "is no day"),
    ],
)
def test_wrong_refs_are_wrong_usage(repo: Repo, arguments: list[str], words: str) -> None:
    """One line, exit 2, and no site."""
    made = run(repo, "build", *arguments)
    assert made.code == 2
    assert words in made.err
    assert not (repo.path / "site").exists()


def test_a_bare_repository_can_be_built(repo: Repo, tmp_path: Path) -> None:
    """Nothing is checked out anywhere."""
    bare = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", ".", str(bare))
    made = command("build", "--ref", "main", "--book", "today", "--out", tmp_path / "out", cwd=bare)
    assert made.code == 0, made.err
    assert "Southstar CRM" in (tmp_path / "out/index.html").read_text("utf-8")


def test_without_a_repository(tmp_path: Path) -> None:
    """Said in one line; a plain build needs none."""
    for name, text in content(SMALL).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    made = command("build", "--ref", "HEAD", cwd=tmp_path)
    assert made.code == 2
    assert "no git repository" in made.err
    assert command("build", cwd=tmp_path).code == 0


def test_diff_speaks_three_ways_and_judges(repo: Repo) -> None:
    """Text, markdown and JSON say the same; the gate ends with 1 where a reason is missing."""
    asked = SMALL["book.yml"] + "review: {class_change: {reason: yes}}\n"
    repo.commit(content({"book.yml": asked, "accounts/lantern-fresh.yml": LANTERN}))
    richer = LANTERN.replace("50 m", "12 m").replace("Lantern Fresh", "Lantern | <b>")
    repo.commit(content({"accounts/lantern-fresh.yml": richer}))
    said = run(repo, "diff", "HEAD~1..HEAD")
    assert said.code == 0
    told = "Lantern | <b>: potential 50 m CNY to 12 m CNY, level medium to high"
    assert said.out.startswith(told)
    marked = run(repo, "diff", "HEAD~1...", "--format", "markdown").out
    assert "&lt;" not in marked
    assert "Lantern &#124; &#60;b&#62;" in marked
    made = json.loads(run(repo, "diff", "HEAD~1..", "--format", "json").out)
    assert [one["sentence"] for one in made["records"]] == [said.out.splitlines()[0]]
    gate = run(repo, "diff", "HEAD~1..HEAD", "--gate")
    assert gate.code == 1
    assert "no commit gives a reason" in gate.out
    repo.git("-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "--amend", "-m",
             "Change\n\nTheir budget fell.")  # fmt: skip
    assert run(repo, "diff", "HEAD~1..HEAD", "--gate").code == 0
    assert run(repo, "diff", "HEAD", "--gate").code == 2


def test_diff_of_what_lies_here(repo: Repo) -> None:
    """Without a range the last commit is compared with the files, new ones among them."""
    assert "Nothing changed" in run(repo, "diff").out
    (repo.path / "content/accounts/new-one.yml").write_text("name: New one\nindustry: retail\n")
    (repo.path / "content/accounts/yiwei-bistro.yml").write_text("name: [\n")
    lines = run(repo, "diff").out.splitlines()
    assert lines[:2] == [
        "New one: new",
        "一味小馆: does not fit the model, so nothing can be said of what changed",
    ]
    assert lines[2].startswith("accounts/yiwei-bistro.yml:")
    assert run(repo, "diff", "nope..HEAD").code == 2
