"""Content is read from git's objects as from a folder, and what git cannot give is said."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefbook.examine import Examined, examine, examine_past
from briefbook.history.git import Change, GitError, open_repository
from briefbook.history.tree import blobs, git_files
from briefbook.load import load, load_book
from briefbook.settings import Past
from tests.repository import Repo, content, repository
from tests.shells.project import SMALL

TODAY = date(2026, 5, 28)
LANTERN = SMALL["accounts/lantern-fresh.yml"]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The small project, one commit, and a second one with another potential."""
    made = repository(tmp_path / "repo")
    made.commit(content(SMALL), "Start", day="2026-01-05")
    more = {"accounts/lantern-fresh.yml": LANTERN.replace("50 m", "60 m")}
    made.commit(content(more), "More", day="2026-03-05")
    return made


def told(folder: Path, commit: str, within: str = "") -> tuple[object, object]:
    """Content and problems of a commit, read from git."""
    found = open_repository(folder)
    with blobs(folder) as source:
        where = found.inside + within + "content/"
        return load(git_files(found, found.commit(commit).id, where, source))


def test_a_commit_reads_as_its_checkout(repo: Repo, tmp_path: Path) -> None:
    """The same records, places and problems, broken files and hostile names among them."""
    odd = {
        "accounts/a\nb.yml": "x", "accounts/-rf.yml": "name: A", "accounts/é ü.yml": "name: B",
        "accounts/broken.yml": "name: [", "companies/x.txt": "", "loose.txt": "",
        "pages/p.md": "no title",
    }  # fmt: skip
    (repo.path / "content/accounts/link.yml").symlink_to("lantern-fresh.yml")
    repo.commit(content(odd))
    out = tmp_path / "out"
    repo.git("worktree", "add", "-q", "--detach", str(out), "HEAD")
    assert told(repo.path, "HEAD") == load(out / "content")
    first = repo.git("rev-parse", "HEAD~2")
    repo.git("-C", str(out), "checkout", "-q", first)
    assert told(repo.path, "HEAD~2") == load(out / "content")


def test_nothing_is_checked_out_or_written(repo: Repo) -> None:
    """Reading the past leaves every file of the repository as it is."""

    def state() -> dict[str, bytes]:
        files = [one for one in repo.path.rglob("*") if one.is_file()]
        return {str(one): one.read_bytes() for one in files}

    before = state()
    told(repo.path, "HEAD~1")
    assert state() == before


def test_git_from_a_folder_below_the_top(repo: Repo) -> None:
    """The project may be one of many in its repository."""
    repo.commit(content(SMALL, "one/two/content/"))
    assert told(repo.path / "one/two", "HEAD") == load(repo.path / "one/two/content")


@pytest.mark.parametrize("ref", ["HEAD~1", "v1", "other", "HEAD^{/Start}"])
def test_what_names_a_commit(repo: Repo, ref: str) -> None:
    """Branches, annotated tags and git's own expressions."""
    first = repo.git("rev-parse", "HEAD~1")
    repo.git("-c", "user.name=x", "-c", "user.email=x", "tag", "-a", "-m", "x", "v1", first)
    repo.git("branch", "other", first)
    found = open_repository(repo.path).commit(ref)
    assert (found.id, found.day) == (first, date(2026, 1, 5))


@pytest.mark.parametrize("ref", ["nope", "-x", "--all", "HEAD:content", "a\nb", "a\0b", "", "1..2"])
def test_what_names_no_commit(repo: Repo, ref: str) -> None:
    """Whatever is typed: one clear error, and never taken for an option."""
    with pytest.raises(GitError, match="names no commit here"):
        open_repository(repo.path).commit(ref)


@pytest.mark.parametrize(
    ("day", "commit"), [("2026-01-05", 1), ("2026-03-04", 1), ("2026-03-05", 0), ("2030-01-01", 0)]
)
def test_the_commit_of_a_day(repo: Repo, day: str, commit: int) -> None:
    """The last one by the end of the day, in UTC."""
    found = open_repository(repo.path).on_day("HEAD", date.fromisoformat(day))
    assert found.id == repo.git("rev-parse", f"HEAD~{commit}")


def test_a_day_is_that_of_the_branch(repo: Repo) -> None:
    """What was merged later was not on the branch yet, however old its commits are."""
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    repo.commit({"content/pages/late.md": "# Late\n"}, day="2026-02-01")
    repo.git("checkout", "-q", "main")
    when = "2026-04-01T12:00:00+00:00"
    repo.git("-c", "user.name=x", "-c", "user.email=x", "merge", "-q", "--no-ff", "-m", "Merge",
             "side", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)  # fmt: skip
    found = open_repository(repo.path).on_day("main", date(2026, 3, 1))
    assert found.day == date(2026, 1, 5)


def bare(repo: Repo) -> Path:
    """A bare clone."""
    repo.git("clone", "-q", "--bare", ".", str(repo.path.parent / "bare.git"))
    return repo.path.parent / "bare.git"


def detached(repo: Repo) -> Path:
    """HEAD names no branch."""
    repo.git("checkout", "-q", "--detach", "HEAD")
    return repo.path


def merging(repo: Repo) -> Path:
    """A merge with conflicts, left as it is."""
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    repo.commit({"content/accounts/lantern-fresh.yml": LANTERN.replace("50 m", "70 m")})
    repo.git("checkout", "-q", "main")
    with pytest.raises(Exception, match="non-zero"):
        repo.git("-c", "user.name=x", "-c", "user.email=x", "merge", "-q", "side")
    assert "<<<<<<<" in (repo.path / "content/accounts/lantern-fresh.yml").read_text()
    return repo.path


def shallow(repo: Repo) -> Path:
    """A clone of the last commit alone."""
    at = repo.path.parent / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(at))
    return at


@pytest.mark.parametrize("state", [bare, detached, merging, shallow])
def test_any_state_gives_the_commit_whole(repo: Repo, state: Callable[[Repo], Path]) -> None:
    """Bare, detached, in the middle of a merge, shallow: never a mixture."""
    expected = load(repo.path / "content")
    assert told(state(repo), "HEAD") == expected


def test_a_shallow_clone_says_what_it_lacks(repo: Repo) -> None:
    """Older commits are not there, and the reason is told."""
    found = open_repository(shallow(repo))
    with pytest.raises(GitError, match="shallow: fetch more"):
        found.commit("HEAD~1")
    with pytest.raises(GitError, match="shallow: fetch more"):
        found.on_day("HEAD", date(2026, 2, 1))


def submodule(repo: Repo) -> None:
    other = repository(repo.path.parent / "other")
    other.commit({"book.yml": "name: X\n"})
    repo.git("rm", "-q", "-r", "content")
    repo.git("submodule", "-q", "add", str(other.path), "content")
    repo.commit({})


def gone(repo: Repo) -> None:
    repo.git("rm", "-q", "-r", "content")
    repo.commit({})


def linked(repo: Repo) -> None:
    repo.git("mv", "content", "elsewhere")
    (repo.path / "content").symlink_to("elsewhere")
    repo.commit({})


@pytest.mark.parametrize(
    ("make", "words"),
    [(submodule, "is a submodule"), (gone, "has no folder content/"), (linked, "a symbolic link")],
)
def test_content_that_is_no_folder(repo: Repo, make: Callable[[Repo], None], words: str) -> None:
    """A submodule, a link, or nothing: refused with its reason."""
    make(repo)
    with pytest.raises(GitError, match=words):
        told(repo.path, "HEAD")


def test_without_git_or_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are told apart."""
    with pytest.raises(GitError, match="in no git repository"):
        open_repository(tmp_path)
    empty = repository(tmp_path / "empty")
    with pytest.raises(GitError, match="There is no commit yet"):
        open_repository(empty.path).commit("HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="`git` is not there"):
        open_repository(tmp_path)


def test_the_environment_of_a_hook_leads_nowhere_else(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets these in hooks, for the repository of the hook."""
    other = repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.path / "index"))
    assert open_repository(repo.path).commit("HEAD").day == date(2026, 3, 5)


def test_changes_name_renamed_files_once(repo: Repo) -> None:
    """Renames, deletions, additions; names with line breaks and bytes that are no text."""
    names = [b"content/accounts/a\nb", b"content/accounts/\xff", b"content/accounts/-rf.yml"]
    files: dict[str, str | bytes | None] = {}
    for number, name in enumerate(names):
        files[name.decode("utf-8", "surrogateescape")] = f"{number}\n" * 30
    repo.git("mv", "content/accounts/yiwei-bistro.yml", "content/accounts/new-bistro.yml")
    repo.commit({**files, "content/pages/nine-box.md": None})
    found = open_repository(repo.path)
    told_ = set(found.changes("HEAD~1", "HEAD", "content/"))
    assert told_ == {
        Change("content/accounts/yiwei-bistro.yml", "content/accounts/new-bistro.yml"),
        Change("content/pages/nine-box.md", None),
        *(Change(None, name) for name in files),
    }


def test_changes_of_the_folder_hold_new_files(repo: Repo) -> None:
    """What is not committed yet, tracked or not; ignored files are none of it."""
    (repo.path / ".gitignore").write_text("*.bak\n")
    (repo.path / "content/accounts/new.yml").write_text("name: New\n")
    (repo.path / "content/accounts/old.bak").write_text("x")
    (repo.path / "content/accounts/lantern-fresh.yml").write_text("name: x\n")
    found = open_repository(repo.path).changes("HEAD", None, "content/")
    assert set(found) == {
        Change(None, "content/accounts/new.yml"),
        Change("content/accounts/lantern-fresh.yml", "content/accounts/lantern-fresh.yml"),
    }


def past(repo: Repo, ref: str = "HEAD") -> Examined:
    """What of a commit fits today's rules."""
    found = open_repository(repo.path)
    commit = found.commit(ref)
    with blobs(repo.path) as source:
        files = git_files(found, commit.id, "content/", source)
        return examine_past(Past(files, commit.id, TODAY), TODAY)


def test_a_past_without_mistakes_is_examined_as_today(repo: Repo) -> None:
    """Nothing is left out of what fits."""
    assert past(repo) == examine(repo.path / "content", TODAY)


def test_a_past_goes_to_another_process(repo: Repo) -> None:
    """As names: that process reads through a git of its own, while the first one goes on."""
    found = open_repository(repo.path)
    first = found.commit("HEAD~1")
    with blobs(repo.path) as source:
        files = git_files(found, first.id, "content/", source)
        here = examine_past(Past(files, first.id, TODAY, load_book(files)), TODAY)
        sent = pickle.dumps(Past(files, first.id, TODAY, load_book(files)))
        there = pickle.loads(sent)  # noqa: S301 - these very bytes were just written
        assert examine_past(there, TODAY) == here
        assert there.files.blobs is not source
        there.files.blobs.close()
        assert examine_past(Past(files, first.id, TODAY, load_book(files)), TODAY) == here


def test_what_git_does_not_have_is_told(repo: Repo) -> None:
    """A file that the commit lacks, and an object that is no file, are errors of reading."""
    found = open_repository(repo.path)
    commit = found.commit("HEAD").id
    with blobs(repo.path) as source:
        files = git_files(found, commit, "content/", source)
        with pytest.raises(FileNotFoundError):
            files.read("accounts/none.yml", 100)
        for wrong in ("0" * 40, commit):
            with pytest.raises(OSError, match="git does not have it"):
                source.read(wrong, 100)


def test_what_no_longer_fits_is_left_out_with_what_needs_it(repo: Repo) -> None:
    """A shape that is refused, and the accounts of an industry that goes with it."""
    repo.commit(
        content(
            {
                "industries/old.yml": "name: Old\nold_field: x\n",
                "accounts/of-old.yml": "name: Of old\nindustry: old\n",
                "accounts/below.yml": "name: Below\nindustry: e-commerce\nparent: of-old\n",
                "glossary.yml": "terms: 5\n",
            }
        )
    )
    found = past(repo)
    assert found.results is not None
    assert [(one.place.file, one.rule) for one in found.skipped] == [
        ("accounts/below.yml", "unknown-reference"),
        ("accounts/of-old.yml", "unknown-reference"),
        ("glossary.yml", "shape"),
        ("industries/old.yml", "unknown-field"),
    ]
    assert found.content is not None
    assert set(found.content.accounts) == {
        "lantern-fresh", "truong-dien-luc", "yiwei-bistro",
    }  # fmt: skip


def test_a_book_that_no_longer_fits_stops(repo: Repo) -> None:
    """Nothing can be said without its rules; another book may be used."""
    repo.commit({"content/book.yml": "name: X\nold_field: y\n"})
    assert past(repo).content is None


def test_the_book_alone(repo: Repo) -> None:
    """That of a commit, None where it does not read."""
    found = open_repository(repo.path)
    with blobs(repo.path) as source:
        files = git_files(found, found.commit("HEAD").id, "content/", source)
        read = load_book(files)
    assert read is not None
    assert read.name == "Northstar CRM"
