"""What a site says to its readers is another thing exactly when it is found to be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from briefbook.analyse.portfolio import analyse
from briefbook.demo import write_demo
from briefbook.load import Content, load
from briefbook.model.types import Frozen
from briefbook.pages.all import parts
from briefbook.pages.answers import OWN, Answers
from briefbook.pages.gists import GISTS
from briefbook.pages.here import Site
from briefbook.pages.seen import RECORDS, Read, entry_of, shortened, value, watched
from tests.edits import edited
from tests.shells.project import TODAY
from tests.small import site


@cache
def demo(folder: Path, accounts: int = 16) -> Site:
    """A site of some accounts in each of some industries, who know each other."""
    write_demo(folder, accounts, 5)
    return of(folder)


def of(folder: Path) -> Site:
    """The site of a folder."""
    found, _ = load(folder / "content")
    assert found is not None
    return site(found, TODAY)


def reads(of: Site) -> set[Read]:
    """All that the pages and tables of a site read of it."""
    found: set[Read] = set()
    for part in parts(of):
        own: set[Read] = set()
        seen = watched(of, own)
        if part.table:
            assert [*part.table(seen).files()]
        assert all(page.address for page in part.pages(seen))
        found |= {*shortened(of, own)}
    return found


def own(of: Site, id: str) -> dict[Read, str]:
    """What results say of an account, as it must follow from its own file."""
    names = {id, f"account/{id}"}
    there = (entry_of(path, key) for path in {*OWN, *GISTS} for key in value(of, path))
    entries = {read for read in there if names & {*read[1:]}}
    says = Answers(of)
    return {read: says.of(read) for read in entries | {(path, id) for path in OWN}}


def alone(content: Content, id: str) -> Content:
    """The same as if there were no other account."""
    return replace(content, accounts=Frozen({id: content.accounts[id]}))


def test_what_is_own_follows_from_no_other_account(tmp_path: Path) -> None:
    """Or it would be taken for the same when that other account has changed."""
    whole = demo(tmp_path, 30)
    for id in whole.content.accounts:
        single = alone(whole.content, id)
        other = replace(whole, content=single, results=analyse(single, TODAY), shared={})
        assert own(whole, id) == own(other, id), id


def test_all_that_is_own_is_read(tmp_path: Path) -> None:
    """A name that no page reads any more is none to be known."""
    assert {read[0] for read in reads(demo(tmp_path))} >= {*OWN, *GISTS}


def assert_told_apart(folder: Path, seeds: range) -> None:
    """After each of some edits, what is other is what is found when all is asked."""
    before = demo(folder)
    asked = reads(before)
    for seed in seeds:
        says = Answers(before)
        said = {read: says.of(read) for read in asked}
        done, now = edited(folder / "content", seed), of(folder)
        anew = Answers(now)
        other = {read for read in asked if anew.of(read) != said[read]}
        quick = Answers(now)
        assert quick.other(said, says.told(asked)) == other, done
        assert quick.told(asked) == anew.told(asked), done
        before = now


@pytest.mark.soak
def test_all_that_is_other_is_found_after_many_edits(tmp_path: Path) -> None:
    """Whatever was edited."""
    assert_told_apart(tmp_path, range(700, 800))


def test_all_that_is_other_is_found_after_edits(tmp_path: Path) -> None:
    """The same, shorter."""
    assert_told_apart(tmp_path, range(800, 804))


def test_no_file_is_opened_for_what_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of files that are the same nobody looks at what they say."""
    before = demo(tmp_path)
    says, asked = Answers(before), reads(before)
    said, told = {read: says.of(read) for read in asked}, says.told(asked)
    files = {**told.files, "accounts/other.yml": ""}
    monkeypatch.setattr("briefbook.source._unpacked", pytest.fail)
    assert Answers(before).other(said, replace(told, files=files)) == set()
    assert {read[0].removesuffix("[]") for read in asked} > RECORDS


@pytest.mark.parametrize("file", ["book.yml", "sources.yml", "strategies/retain.yml"])
def test_all_is_asked_when_a_file_of_many_is_another(tmp_path: Path, file: str) -> None:
    """Whatever it said of accounts may follow from it."""
    before = demo(tmp_path)
    says, id = Answers(before), min(before.content.accounts)
    read = ("results.standings", id)
    assert says.other({read: "then"}, says.told(())) == set()
    told = says.told(())
    others = replace(told, files={**told.files, file: "then"})
    assert Answers(before).other({read: "then"}, others) == {read}
