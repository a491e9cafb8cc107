"""What the past tells of people and of reviews, and what it keeps to itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefbook.history.story import Event, Story, story
from briefbook.history.where import Where
from briefbook.load import Content, load
from briefbook.pages.here import Here
from briefbook.pages.history import event, history
from tests.repository import Repo, content, repository
from tests.shells.project import SMALL
from tests.small import html, page, whole
from tests.unit.test_history_story import LANTERN, NAME, TODAY, site

BAO = "  coo: {{name: {name}, relation: {{now: {now}, target: 4}}{more}}}\n"
TWO = "  cfo: {name: Ana Souza, relation: {now: 1, target: 4}, price: {now: 2, target: 3}}\n"


def people(*lines: str, rest: str = "") -> dict[str, str]:
    """The account with these people."""
    return content({NAME: LANTERN + "people:\n" + "".join(lines) + rest})


def bao(name: str = "Pham Quoc Bao", now: int = 2, more: str = "") -> str:
    """One person."""
    return BAO.format(name=name, now=now, more=more)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An account without people."""
    made = repository(tmp_path / "repo")
    made.commit(content(SMALL), "Start", day="2025-11-05")
    return made


def read(folder: Path, today: date = TODAY) -> tuple[Content, Story]:
    """Content and story of a project."""
    found, _ = load(folder / "content")
    assert found is not None
    told = story(Where(folder, "HEAD", folder / ".cache/history.json", "test"), found, today)
    assert told is not None
    return found, told


def told(repo: Repo) -> tuple[dict[str, Any], str]:
    """The history of the account as data, and the whole page."""
    found, past = read(repo.path)
    made = site(found, past)
    data = history(Here(made, "/accounts/lantern-fresh/"), "lantern-fresh")
    assert data is not None
    return data, whole(made, "/accounts/lantern-fresh/") + html(made, "/changes/")


def test_measures_are_told_of_those_who_moved(repo: Repo) -> None:
    """One row for each known measure; days without a change are left out; the others counted."""
    repo.commit(people(bao(now=2), TWO), day="2026-01-10")
    repo.commit(people(bao(now=4), TWO), day="2026-08-05")
    repo.commit(people(bao(now=3), TWO), day="2026-10-05")
    data, body = told(repo)
    table = data["people"]
    assert table["days"] == ["31 Dec 2025", "31 Mar 2026", "30 Sept 2026", "22 Nov 2026"]
    (row,) = table["rows"]
    assert (row["name"], row["href"]) == ("Pham Quoc Bao", "people/#person-coo")
    (measure,) = row["measures"]
    assert [(one["value"], one["turn"]) for one in measure["cells"]] == [
        (None, None), (2, None), (4, "up"), (3, "down"),
    ]  # fmt: skip
    assert "1 other person stayed" in table["same"]
    assert 'id="person-coo"' in body


def test_a_file_that_stayed_the_same_tells_no_course(repo: Repo) -> None:
    """No table where nothing moved."""
    repo.commit(people(bao(), TWO), day="2026-01-10")
    repo.commit({"content/book.yml": "name: Other\n"}, day="2026-08-10")
    data, _ = told(repo)
    assert data["people"] is None


def test_who_is_not_in_the_file_any_more_is_not_told_of(repo: Repo) -> None:
    """Neither the name nor the number; that somebody cooled is told without names."""
    repo.commit(people(bao(now=4), TWO), "Both", day="2026-01-10")
    repo.commit(people(bao(now=2), TWO), "Colder", day="2026-05-10")
    repo.commit(people(TWO), "As asked", day="2026-08-10")
    data, body = told(repo)
    assert "Pham Quoc Bao" not in body
    assert data["people"] is None
    assert "1 person cooled" in body
    assert "cooled (" not in body
    assert [one["reason"] for one in data["events"]][:2] == ["As asked", "Colder"]


def test_a_person_is_called_as_today(repo: Repo) -> None:
    """An earlier name was taken out, perhaps on purpose."""
    repo.commit(people(bao(now=1)), day="2026-01-10")
    repo.commit(people(bao(now=3)), "Closer", day="2026-05-10")
    repo.commit(people(bao(name="Contact 3", now=3)), "No names", day="2026-08-10")
    data, body = told(repo)
    assert "Pham Quoc Bao" not in body
    assert data["people"]["rows"][0]["name"] == "Contact 3"
    (values,) = [one["edits"] for one in data["events"] if one["reason"] == "Closer"]
    assert "Contact 3" in " ".join(values)


def test_personal_attributes_of_the_past_are_not_told(repo: Repo) -> None:
    """That they changed is told, their values never: a book may have forbidden them since."""
    for day, said in (("2026-01-10", "Choleric"), ("2026-05-10", "Phlegmatic")):
        personal = f", personal: {{age: 45, personality: {said}}}"
        repo.commit(people(bao(more=personal)), f"On {day}", day=day)
    repo.commit(people(bao(now=4)), "Not ours to keep", day="2026-08-10")
    data, body = told(repo)
    assert [len(one["edits"]) for one in data["events"]][:1] == [2]
    assert "Choleric" not in body
    assert "Phlegmatic" not in body


def test_what_became_confidential_is_not_told(repo: Repo) -> None:
    """A finding that was open once, and its words then."""
    research = "research:\n  budget: {{method: ask, finding: {said}{more}}}\n"
    for day, said, more in (
        ("2026-01-10", "Their budget is four million", ""),
        ("2026-05-10", "Their budget is five million", ""),
        ("2026-08-10", "Their budget is five million", ", confidential: yes"),
    ):
        files = content({NAME: LANTERN + research.format(said=said, more=more)})
        repo.commit(files, f"On {day}", day=day)
    found, past = read(repo.path)
    assert found.accounts["lantern-fresh"].value.research["budget"].confidential
    events: tuple[Event, ...] = past.events["account", "lantern-fresh"]
    here = Here(site(found, past), "/changes/")
    assert len(events) == 4
    assert "million" not in str([event(here, one) for one in events])


PLAN = "plan:\n  year: {year}\n{reviews}"
REVIEWS = "  reviews:\n"


def plan(year: int, *days: str) -> dict[str, str]:
    """The account with a plan and the reviews that were held."""
    held = REVIEWS + "".join(f"    - date: {day}\n" for day in days) if days else ""
    return content({NAME: LANTERN + PLAN.format(year=year, reviews=held)})


def test_reviews_of_two_years_are_owed_and_committed(repo: Repo) -> None:
    """A plan that made room for the next year's still counts; a review taken out was not held."""
    repo.commit(plan(2025, "2025-10-02"), day="2025-11-06")
    repo.commit(plan(2026), day="2026-02-01")
    repo.commit(plan(2026, "2026-03-25"), day="2026-03-30")
    repo.commit(plan(2026, "2026-03-25", "2026-06-28"), day="2026-08-30")
    _, past = read(repo.path)
    assert [(one.day, one.committed) for one in past.owed] == [
        (date(2025, 4, 1), None),
        (date(2025, 7, 1), None),
        (date(2025, 10, 1), date(2025, 11, 6)),
        (date(2025, 12, 31), None),
        (date(2026, 4, 1), date(2026, 3, 30)),
        (date(2026, 7, 1), date(2026, 8, 30)),
        (date(2026, 10, 1), None),
    ]
    repo.commit(plan(2026, "2026-03-25"), day="2026-09-30")
    _, past = read(repo.path)
    assert {one.day: one.committed for one in past.owed}[date(2026, 7, 1)] is None


def test_a_shallow_clone_tells_only_of_days_that_it_knows(repo: Repo, tmp_path: Path) -> None:
    """Plans that had been replaced where it ends are not there: nothing is said of their days."""
    repo.commit(plan(2025, "2025-10-02"), day="2025-11-06")
    repo.commit(plan(2026), day="2026-05-01")
    repo.commit(plan(2026, "2026-07-02"), day="2026-08-30")
    at = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.path}", str(at))
    _, past = read(at)
    assert [(one.day, one.committed) for one in past.owed] == [
        (date(2026, 7, 1), date(2026, 8, 30)),
        (date(2026, 10, 1), None),
    ]


def test_no_plan_owes_nothing_and_the_page_says_so(repo: Repo) -> None:
    """In words, not as an empty table."""
    found, past = read(repo.path)
    made = site(found, past)
    assert page(made, "/changes/").data["reviews"]["rows"] == []
    assert "No plan in git has owed a review yet" in html(made, "/changes/")
