"""Whatever state a repository is in: a clear error or a correct site, never a mixture."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repository import Repo, content, repository
from tests.shells.project import SMALL, pages
from tests.shells.warm import command

NAME = "content/accounts/lantern-fresh.yml"
LANTERN = SMALL["accounts/lantern-fresh.yml"]
WHO = ("-c", "user.name=Mai Tran", "-c", "user.email=secret@example.com")
HOSTILE = '"><img src=x onerror=alert(1)> \u202e \x1b[31m <me@example.com>'


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two branches that changed the same line of the same account."""
    made = repository(tmp_path / "repo")
    made.commit(content(SMALL), "Start", day="2026-01-05")
    made.git("checkout", "-q", "-b", "side")
    made.commit({NAME: LANTERN.replace("50 m", "70 m")}, "Side said", day="2026-02-05")
    made.git("checkout", "-q", "main")
    made.commit({NAME: LANTERN.replace("50 m", "60 m")}, "Main said", day="2026-03-05")
    return made


def fails(repo: Repo, *arguments: str) -> None:
    """Run git, which stops half-way."""
    with pytest.raises(subprocess.CalledProcessError):
        repo.git(*WHO, *arguments)


def rebasing(repo: Repo) -> None:
    """A rebase of `side` that stopped at a conflict: HEAD is detached."""
    repo.git("checkout", "-q", "side")
    fails(repo, "rebase", "main")
    assert (repo.path / ".git/rebase-merge").is_dir()


def merging(repo: Repo) -> None:
    """A merge that stopped at a conflict."""
    repo.git("checkout", "-q", "side")
    fails(repo, "merge", "main")


def deleted(repo: Repo) -> None:
    """One side deleted what the other changed: a conflict without marks."""
    repo.git("checkout", "-q", "-b", "less", "HEAD~1")
    repo.commit({NAME: None, "content/pages/nine-box.md": None}, day="2026-04-05")
    fails(repo, "merge", "main")


@pytest.mark.parametrize("stop", [rebasing, merging])
def test_a_conflict_stops_the_build_and_not_the_past(
    repo: Repo, stop: Callable[[Repo], None]
) -> None:
    """The files as they lie are refused; commits are whole, and the diff says what it cannot."""
    stop(repo)
    said = command("build", cwd=repo.path)
    assert said.code == 1
    assert "accounts/lantern-fresh.yml:8:1: error conflict-marker" in said.out
    assert not (repo.path / "site").exists()
    assert command("diff", cwd=repo.path).out.startswith("Lantern Fresh: does not fit the model")
    assert command("build", "--ref", "side", cwd=repo.path).code == 0
    page = (repo.path / "site/accounts/lantern-fresh/index.html").read_text("utf-8")
    assert "70 m CNY" in page
    assert "Side said" in page
    assert "Main said" not in page


def test_a_rebase_that_waits_is_built_from_where_it_is(repo: Repo) -> None:
    """The conflict is solved and not yet committed: today's files, history up to HEAD."""
    rebasing(repo)
    (repo.path / NAME).write_text(LANTERN.replace("50 m", "65 m"), "utf-8")
    said = command("build", cwd=repo.path)
    assert said.code == 0, said.out + said.err
    page = (repo.path / "site/accounts/lantern-fresh/index.html").read_text("utf-8")
    assert "65 m CNY" in page
    assert "Main said" in page
    assert "Side said" not in page
    record = json.loads((repo.path / "site/build.json").read_text("utf-8"))
    assert record["commit"] == repo.git("rev-parse", "main")


def test_a_file_in_conflict_is_one_change(repo: Repo) -> None:
    """However git lists it: deleted here, changed there."""
    deleted(repo)
    lines = command("diff", cwd=repo.path).out.splitlines()
    assert [line for line in lines if line.startswith("Lantern Fresh")] == ["Lantern Fresh: new"]


def test_marks_that_were_committed_leave_the_account_out(repo: Repo) -> None:
    """The past is built as far as it fits; the timeline says that it could not be read then."""
    marks = "<<<<<<< ours\n  potential: 1 m CNY\n=======\n  potential: 2 m CNY\n>>>>>>> theirs\n"
    repo.commit({NAME: LANTERN + marks}, "Oh no", day="2026-04-05")
    repo.commit({NAME: LANTERN}, "Repaired", day="2026-04-06")
    past = command("build", "--ref", "HEAD~1", cwd=repo.path)
    assert past.code == 0
    assert "conflict-marker" in past.out
    assert not (repo.path / "site/accounts/lantern-fresh").exists()
    assert command("build", cwd=repo.path).code == 0
    page = (repo.path / "site/accounts/lantern-fresh/index.html").read_text("utf-8")
    assert "Oh no" in page
    assert "Repaired" in page
    assert "&lt;&lt;&lt;" not in page


def test_a_branch_that_was_forced_elsewhere(repo: Repo, tmp_path: Path) -> None:
    """What is kept of commits that are gone is not shown; a range need not be a line."""
    assert command("build", "--ref", "side", cwd=repo.path).code == 0
    assert command("diff", "side..main", cwd=repo.path).out.startswith(
        "Lantern Fresh: potential 70 m CNY to 60 m CNY"
    )
    lost = repo.git("rev-parse", "side")
    repo.git("checkout", "-q", "-B", "side", "side~1")
    repo.commit({NAME: LANTERN.replace("50 m", "80 m")}, "Anew", day="2026-02-06")
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "-q", "--prune=now")
    said = command("diff", f"{lost}..side", cwd=repo.path)
    assert said.code == 2
    assert "names no commit here" in said.err
    assert command("build", "--ref", "side", cwd=repo.path).code == 0
    cold = tmp_path / "cold"
    repo.git("clone", "-q", "--branch", "side", f"file://{repo.path}", str(cold))
    assert command("build", "--ref", "side", cwd=cold).code == 0
    assert pages(repo.path / "site") == pages(cold / "site")
    assert b"Side said" not in pages(cold / "site")["accounts/lantern-fresh/index.html"]


def test_branches_without_a_common_past(repo: Repo) -> None:
    """Two commits can be compared, but nothing says what one brought since they parted."""
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit({NAME: LANTERN.replace("50 m", "90 m")}, "Another start")
    assert "potential 60 m CNY to 90 m CNY" in command("diff", "main..other", cwd=repo.path).out
    said = command("diff", "main...other", cwd=repo.path)
    assert (said.code, said.err) == (2, "briefbook: The two have no common history.\n")


def test_a_project_that_is_a_submodule_has_its_own_past(repo: Repo, tmp_path: Path) -> None:
    """Its `.git` is a file; a submodule inside the content is no record."""
    outer = repository(tmp_path / "outer")
    outer.git("submodule", "-q", "add", "-b", "main", f"file://{repo.path}", "book")
    outer.commit({"readme": "x\n"})
    book = outer.path / "book"
    assert (book / ".git").is_file()
    assert command("build", "--ref", "HEAD", cwd=book).code == 0
    page = (book / "site/accounts/lantern-fresh/index.html").read_text("utf-8")
    assert "Main said" in page
    said = command("build", "--ref", "HEAD", cwd=outer.path)
    assert said.code == 2
    assert "has no folder content/" in said.err


def test_a_submodule_among_the_records_is_refused(repo: Repo, tmp_path: Path) -> None:
    """In the folder and in the commit alike."""
    other = repository(tmp_path / "other")
    other.commit({"x.yml": "name: X\n"})
    repo.git("submodule", "-q", "add", f"file://{other.path}", "content/accounts/sub")
    repo.commit({}, "A submodule", day="2026-04-05")
    said = command("check", cwd=repo.path)
    assert said.code == 1
    assert "accounts/sub" in said.out
    past = command("build", "--ref", "HEAD", "--out", "past", cwd=repo.path)
    assert "accounts/sub" in past.out
    page = (repo.path / "past/accounts/lantern-fresh/index.html").read_text("utf-8")
    assert "Main said" in page


def test_git_that_is_deleted_takes_the_history_with_it(repo: Repo) -> None:
    """What the cache keeps is not shown then, no commit is named, and `diff` says why it fails."""
    assert command("build", cwd=repo.path).code == 0
    assert (repo.path / ".cache/history.json").is_file()
    shutil.rmtree(repo.path / ".git")
    assert command("build", cwd=repo.path).code == 0
    found = pages(repo.path / "site")
    assert "changes/index.html" not in found
    assert b"Main said" not in found["accounts/lantern-fresh/index.html"]
    assert json.loads((repo.path / "site/build.json").read_text("utf-8"))["commit"] == ""
    for arguments in (["diff"], ["build", "--ref", "main"]):
        said = command(*arguments, cwd=repo.path)
        assert (said.code, said.err) == (2, "briefbook: This folder is in no git repository.\n")


def test_git_that_is_damaged_is_told(repo: Repo) -> None:
    """A repository without its objects answers nothing; the files as they lie can be built."""
    shutil.rmtree(repo.path / ".git/objects")
    (repo.path / ".git/objects").mkdir()
    said = command("diff", cwd=repo.path)
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert command("build", cwd=repo.path).code == 0
    assert "changes/index.html" not in pages(repo.path / "site")


def test_git_that_does_not_answer_is_told(repo: Repo) -> None:
    """A repository that git refuses takes no history in silence: the build says so, and builds."""
    shutil.rmtree(repo.path / ".git")
    (repo.path / ".git").write_text("gitdir: nowhere\n")
    said = command("build", cwd=repo.path)
    assert said.code == 0
    assert "The site is built without its history." in said.err
    (repo.path / ".git").unlink()
    book = repo.path / "content/book.yml"
    book.write_text(f"{book.read_text('utf-8')}# again\n", "utf-8")
    assert "history" not in command("build", cwd=repo.path).err


def test_other_files_are_never_read(repo: Repo) -> None:
    """A repository may hold gigabytes beside the content: their objects are not even asked for."""
    big = {f"videos/{number}.bin": bytes([number]) * 3_000_000 for number in range(20)}
    repo.commit(dict(big), "Videos", day="2026-04-05")
    repo.commit({"videos/0.bin": None, NAME: LANTERN}, "Fewer", day="2026-04-06")
    for name in big:
        id = repo.git("rev-parse", f"HEAD~1:{name}")
        (repo.path / ".git/objects" / id[:2] / id[2:]).unlink()
    assert command("build", cwd=repo.path).code == 0
    page = (repo.path / "site/accounts/lantern-fresh/index.html").read_text("utf-8")
    assert "Fewer" in page
    assert "Main said" in page
    assert command("build", "--as-of", "2026-04-05", "--out", "past", cwd=repo.path).code == 0
    told = command("diff", "HEAD~2..HEAD", cwd=repo.path).out
    assert told.startswith("Lantern Fresh: potential 60 m CNY to 50 m CNY")
    assert "videos" not in told


def test_hostile_names_of_authors_and_files(repo: Repo) -> None:
    """In the past they are told escaped; no address of e-mail and no control character shows."""
    repo.commit({NAME: LANTERN}, HOSTILE, day="2026-04-05", author=HOSTILE)
    raw = os.fsencode(repo.path) + b"/content/accounts/\xff\x1b[31m.yml"
    Path(os.fsdecode(raw)).write_text("name: X\n")
    repo.commit({}, "Odd", day="2026-04-06")
    said = command("build", "--ref", "HEAD", cwd=repo.path)
    assert said.code == 0
    assert "\x1b" not in said.out + said.err
    for name, page in pages(repo.path / "site").items():
        if name.endswith((".html", ".atom")):
            assert b"<img src=x" not in page, name
            assert b"@example.com" not in page, name
            assert b"\x1b" not in page, name
    assert "\x1b" not in command("diff", "HEAD~2..HEAD", cwd=repo.path).out
