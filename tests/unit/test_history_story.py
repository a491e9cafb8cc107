"""What git remembers is told exactly or not at all, and kept from build to build."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefbook import source
from briefbook.analyse.portfolio import analyse
from briefbook.history.story import Story, story
from briefbook.history.where import Where
from briefbook.load import Content, load
from briefbook.pages.here import Here, Site
from briefbook.pages.history import history
from briefbook.words import Words
from tests.repository import Repo, content, repository
from tests.shells.project import SMALL
from tests.small import html, page

TODAY = date(2026, 11, 22)
NAME = "accounts/lantern-fresh.yml"
LANTERN = SMALL[NAME]
HOSTILE = '"><img src=x onerror=alert(1)> \u202e \x1b[31m'


def edited(old: str, new: str, text: str = LANTERN) -> dict[str, str]:
    """The account after a replacement."""
    assert old in text
    return content({NAME: text.replace(old, new)})


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Four commits over a year: the potential falls, the file is renamed, the account rises."""
    made = repository(tmp_path / "repo")
    made.commit(content(SMALL), "Start", day="2025-11-05", author="Mai Tran")
    made.commit(edited("50 m", "8 m"), "Their budget fell", day="2026-02-05", author="Linh Vo")
    made.git("mv", "content/" + NAME, "content/accounts/lantern-two.yml")
    made.commit({}, "Another name", day="2026-05-05", author="Mai Tran")
    raised = LANTERN.replace("50 m", "8 m").replace("2025: 10 m", "2025: 12 m")
    made.commit(content({"accounts/lantern-two.yml": raised}), "Counted again\n\nReason: The audit",
                day="2026-08-05", author="x@evil.example")  # fmt: skip
    return made


def read(repo: Repo | Path) -> tuple[Content, Story]:
    """Content and story of a project."""
    folder = repo if isinstance(repo, Path) else repo.path
    found, _ = load(folder / "content")
    assert found is not None
    told = story(Where(folder, "HEAD", folder / ".cache/history.json", "test"), found, TODAY)
    assert told is not None
    return found, told


def site(found: Content, told: Story | None) -> Site:
    """The site that is made of them."""
    return Site(found, analyse(found, TODAY), Words("en"), None, told)


def test_the_last_change_names_day_and_author(repo: Repo) -> None:
    """Of each file; renames do not hide what was before, and addresses are no names."""
    _, told = read(repo)
    last = told.last["accounts/lantern-two.yml"]
    assert (last.day, last.author) == (date(2026, 8, 5), "")
    assert told.last["book.yml"].author == "Mai Tran"
    assert told.last["book.yml"].day == date(2025, 11, 5)


def test_the_timeline_follows_renames_and_gives_reasons(repo: Repo) -> None:
    """Newest first; a `Reason:` line goes before the subject."""
    _, told = read(repo)
    events = told.events["account", "lantern-two"]
    assert [(one.day.month, one.reason, one.changed.status) for one in events] == [
        (8, "The audit", "changed"),
        (5, "Another name", "renamed"),
        (2, "Their budget fell", "changed"),
        (11, "Start", "added"),
    ]
    assert "class-change" in {one.rule for one in events[2].changed.consequences}


def test_where_an_account_stood_at_the_end_of_each_quarter(repo: Repo) -> None:
    """From the first end of a quarter after it was there; by what was committed then."""
    _, told = read(repo)
    assert [(one.day, one.letter) for one in told.trails["lantern-two"]] == [
        (date(2025, 12, 31), None),
        (date(2026, 3, 31), "b"),
        (date(2026, 6, 30), "b"),
        (date(2026, 9, 30), "b"),
        (TODAY, "b"),
    ]


def test_a_merge_counts_on_the_day_it_reached_the_branch(repo: Repo) -> None:
    """Its commits keep their authors; the branch stood where it stood."""
    repo.git("checkout", "-q", "-b", "side")
    raised = LANTERN.replace("50 m", "60 m")
    repo.commit(
        content({"accounts/lantern-two.yml": raised}), "Side", day="2026-08-20", author="Ana"
    )
    repo.git("checkout", "-q", "main")
    when = "2026-10-05T12:00:00+00:00"
    who = ("-c", "user.name=Merger", "-c", "user.email=m@x")
    merge = (*who, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    repo.git(*merge, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    _, told = read(repo)
    assert told.last["accounts/lantern-two.yml"].author == "Ana"
    assert told.events["account", "lantern-two"][0].reason == "Side"
    letters = {one.day: one.potential_level for one in told.trails["lantern-two"]}
    assert letters[date(2026, 9, 30)] == "low"
    assert letters[TODAY] == "high"


def test_a_conflict_that_was_settled_is_told_of_the_merge(repo: Repo) -> None:
    """Only the values that neither side had; a merge without a conflict changed nothing itself."""
    name = "accounts/lantern-two.yml"
    text = (repo.path / "content" / name).read_text("utf-8")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(content({name: text.replace("8 m", "20 m")}), "Side", day="2026-08-20")
    repo.git("checkout", "-q", "main")
    main = text.replace("8 m", "30 m").replace("improve", "stable")
    repo.commit(content({name: main}), "Main", day="2026-08-21")
    who = ("-c", "user.name=Ana Silva", "-c", "user.email=a@x")
    with pytest.raises(subprocess.CalledProcessError):
        repo.git(*who, "merge", "-q", "side")
    repo.commit(content({name: main.replace("30 m", "25 m")}), "Met", day="2026-08-25", author="Al")
    for _ in range(2):  # read, and kept
        _, told = read(repo)
        events = told.events["account", "lantern-two"]
        assert events[0].reason == "Met"
        assert {one.reason for one in events[1:3]} == {"Main", "Side"}
        assert [(one.old, one.new) for one in events[0].changed.edits] == [("30 m CNY", "25 m CNY")]
        assert told.last[name].author == "Al"
        assert told.recent[0][0].reason == "Met"


def test_a_merge_of_one_file_without_a_conflict_settles_nothing(repo: Repo) -> None:
    """Both sides changed other lines of it: they are told, the merge is not."""
    name = "accounts/lantern-two.yml"
    text = "\n".join(["aliases: [L]", *["# x"] * 9, (repo.path / "content" / name).read_text()])
    repo.commit(content({name: text}), "More", day="2026-08-19")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(content({name: text.replace("[L]", "[L, M]")}), "Side", day="2026-08-20")
    repo.git("checkout", "-q", "main")
    main = text.replace("8 m", "30 m")
    repo.commit(content({name: main}), "Main", day="2026-08-21", author="Main Author")
    who = ("-c", "user.name=Merger", "-c", "user.email=a@x")
    repo.git(*who, "merge", "-q", "-m", "Merged", "side")
    _, told = read(repo)
    reasons = {one.reason for one in told.events["account", "lantern-two"]}
    assert {"Side", "Main"} < reasons
    assert "Merged" not in reasons
    assert told.last[name].author != "Merger"


def test_a_shallow_clone_gives_exact_dates_or_none(repo: Repo, tmp_path: Path) -> None:
    """The commit where it ends did not make everything."""
    at = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.path}", str(at))
    found, told = read(at)
    assert told.shallow
    assert set(told.last) == {"accounts/lantern-two.yml"}
    assert len(told.events["account", "lantern-two"]) == 1
    body = html(site(found, told), "/changes/")
    assert body.count("shallow clone") == 1


def test_without_git_the_same_pages_lack_these_parts(tmp_path: Path, repo: Repo) -> None:
    """No story, no page of changes, no history."""
    plain = tmp_path / "plain"
    for name, text in content(SMALL).items():
        (plain / name).parent.mkdir(parents=True, exist_ok=True)
        (plain / name).write_text(text, "utf-8")
    found, _ = load(plain / "content")
    assert found is not None
    where = Where(plain, "HEAD", plain / "kept.json", "test")
    assert story(where, found, TODAY) is None
    of = site(found, None)
    assert "History" not in html(of, "/accounts/lantern-fresh/")
    with pytest.raises(StopIteration):
        page(of, "/changes/")
    found, told = read(repo)
    assert "History" in html(site(found, told), "/accounts/lantern-two/")


def test_results_are_kept_and_damage_keeps_none(repo: Repo) -> None:
    """The second time nothing is read; a file that was touched counts for nothing."""
    found, told = read(repo)
    kept = repo.path / ".cache/history.json"
    raw = kept.read_bytes()
    assert read(repo)[1] == told
    assert kept.read_bytes() == raw
    wrong = json.loads(raw)
    wrong["results"] = dict.fromkeys(wrong["results"])
    for damage in (raw[: len(raw) // 2], b"", b"[]", b"\xff", json.dumps(wrong).encode()):
        kept.write_bytes(damage)
        assert read(repo)[1] == told
    kept.unlink()
    kept.mkdir()
    assert read(repo)[1] == told
    assert found.accounts


def test_hostile_names_are_text(repo: Repo) -> None:
    """Authors, subjects and file names; no address of e-mail is anywhere."""
    files = {
        "accounts/a\nb.yml": "x", "accounts/-rf.yml": "y", "accounts/\u202e.yml": "z",
        "accounts/yiwei-bistro.yml": SMALL["accounts/yiwei-bistro.yml"] + "owner: mai\n",
    }  # fmt: skip
    repo.commit(content(files), f"{HOSTILE} by me@example.com", day="2026-09-01", author=HOSTILE)
    for name in list(files)[:3]:
        (repo.path / "content" / name).unlink()
    found, told = read(repo)
    of = site(found, told)
    for address in ("/changes/", "/accounts/yiwei-bistro/"):
        body = html(of, address)
        assert "<img" not in body
        assert "&lt;img" not in body or "onerror" in body
        assert "me@example.com" not in body
        assert "secret@example.com" not in body
        assert "evil.example" not in body
    made = page(of, "/changes/").files["changes.atom"]
    assert "@" not in made.replace("changes.atom", "")
    root = ET.fromstring(made)  # noqa: S314  # our own
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == len(told.recent)


def test_the_page_of_changes(repo: Repo) -> None:
    """Lately, moves between classes, accounts that lie still, who knows which."""
    found, told = read(repo)
    data = page(site(found, told), "/changes/").data
    assert [one["reason"] for one in data["commits"]][:2] == ["The audit", "Another name"]
    moved = [one for period in data["periods"] for one in period["moved"]]
    assert [(one["old"], one["new"]) for one in moved] == [(None, "B")]
    assert {one["id"] for one in data["quiet"]["rows"]} == {
        "lantern-two", "truong-dien-luc", "yiwei-bistro",
    }  # fmt: skip
    assert [(one["name"], one["count"]) for one in data["known"]] == [
        ("someone", 1), ("Linh Vo", 1), ("Mai Tran", 1),
    ]  # fmt: skip


def test_a_commit_of_many_files_says_that_more_changed(repo: Repo) -> None:
    """Twelve records of a commit are told; the page and the feed say how many files come after."""
    some = {f"accounts/many-{n:02}.yml": LANTERN.replace("LF-0001", f"M-{n}") for n in range(15)}
    repo.commit(content(some), "Import", day="2026-09-05", author="Mai Tran")
    found, told = read(repo)
    made = page(site(found, told), "/changes/")
    commit = made.data["commits"][0]
    assert len(commit["records"]) + len(commit["rest"]) == 12
    assert commit["untold"] == "3 more files that it changed are not told of."
    assert "3 more files" in str(made.files["changes.atom"])
    assert made.data["commits"][1]["untold"] is None


def test_each_version_is_parsed_once(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Timeline, trail, plans and people of an account share what is parsed; today's is at hand."""
    parsed: list[bytes] = []
    real = source.read

    def noted(raw: bytes, *rest: Any) -> Any:
        parsed.append(raw)
        return real(raw, *rest)

    monkeypatch.setattr("briefbook.history.past.read", noted)
    read(repo)
    assert len(parsed) == len(set(parsed)) == 2


def test_the_way_through_the_nine_box_is_drawn_with_its_table(repo: Repo) -> None:
    """A mark for each stay, and a row for each end of a quarter."""
    repo.commit(
        content({"accounts/lantern-two.yml": LANTERN.replace("50 m", "31 m")}), day="2026-10-09"
    )
    found, told = read(repo)
    data = history(Here(site(found, told), "/accounts/lantern-two/"), "lantern-two")
    assert data is not None
    assert data["trail"]["drawing"].count("<circle") == 2
    assert [row["number"] for row in data["trail"]["rows"]] == [None, "1", "1", "1", "2"]
    ET.fromstring(data["trail"]["drawing"])  # noqa: S314  # our own
