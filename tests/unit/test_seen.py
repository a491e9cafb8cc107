"""What pages read of the site, and that nothing else shows on them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefbook.demo import write_demo
from briefbook.load import load
from briefbook.pages.all import parts
from briefbook.pages.answers import Answers
from briefbook.pages.here import Site
from briefbook.pages.seen import ENTRIES, FIELDS, Read, shared, shortened, watched
from briefbook.pages.start_steps import account_minutes
from briefbook.prepare import Prepared, prepare
from briefbook.settings import Settings
from briefbook.shells.frame import draw, theme_folder
from briefbook.work import Piece, made
from tests.browser import REPO
from tests.edits import edited
from tests.shells.project import TODAY
from tests.small import content, site

FILES = {
    "book.yml": "name: X\ncapabilities: {crm: {name: CRM}}\n",
    "industries/retail.yml": "name: Retail\n",
    "industries/bank.yml": "name: Bank\n",
    "accounts/a.yml": "name: A\nindustry: retail\nparent: c\n",
    "accounts/b.yml": "name: B\nindustry: retail\n",
    "accounts/c.yml": "name: C\nindustry: bank\n",
    "accounts/d.yml": "name: D\nindustry: bank\n",
    "pages/x.md": "# X\n\nSee [D](ref:account/d).\n",
}


def reads(of: Site, name: str) -> set[Read]:
    """What the pages of a part read of a site."""
    found: set[Read] = set()
    part = next(one for one in parts(of) if one.name == name)
    for page in part.pages(watched(of, found)):
        assert page.address
    return found


def stale(of: Site, other: Site, name: str) -> set[Read]:
    """Reads of a part that another site answers otherwise."""
    said, says = Answers(of), Answers(other)
    return {read for read in reads(of, name) if said.of(read) != says.of(read)}


def test_what_is_looked_up_is_noted_by_its_entry_also_in_vain() -> None:
    """The names of attributes, then the entry, then the field of a record."""
    found: set[Read] = set()
    seen = watched(site(content(FILES)), found)
    assert seen.content.accounts["a"].name == "A"
    assert seen.content.accounts["a"].value.owner is None
    assert seen.content.accounts["b"].written("parent") is None
    assert seen.content.accounts["c"].tree.file == "accounts/c.yml"
    assert seen.content.accounts["d"].id == "d"
    assert seen.content.accounts.get("z") is None
    assert "retail" in seen.content.industries
    assert "b" not in seen.results.important
    assert seen.results.source_uses.get(("", "x"), ()) == ()
    assert set(shortened(site(content(FILES)), found)) == {
        ("content.accounts", "a", "name"), ("content.accounts", "a", "owner"),
        ("content.accounts", "b", "parent"), ("content.accounts", "c"),
        ("content.accounts", "d", ""), ("content.accounts", "z", ""),
        ("content.industries", "retail", ""), ("results.important", "b"),
        ("results.source_uses", "", "x"),
    }  # fmt: skip


def test_keys_whole_values_and_what_is_computed_are_noted_as_such() -> None:
    """A list of keys says nothing of what stands there."""
    found: set[Read] = set()
    seen = watched(site(content(FILES)), found)
    assert list(seen.content.accounts) == ["a", "b", "c", "d"]
    assert len(seen.results.important) == 0
    assert seen.results.stale == ()
    assert seen.results.team.employees is not None
    assert seen.sample is None
    assert seen.content.of("industry")["bank"].name == "Bank"
    assert set(shortened(site(content(FILES)), found)) == {
        ("content.accounts[]",), ("results.important",), ("results.stale",), ("sample",),
        ("content.industries", "bank", "name"),
    }  # fmt: skip


def test_what_is_found_once_has_been_read_by_all_who_need_it() -> None:
    """It is found once for a site, by whoever asks first, and noted for each that asks."""
    asked = []

    @shared
    def names(of: Site) -> list[str]:
        asked.append(of)
        return [of.content.accounts[id].name for id in ("a", "b")]

    of, other = site(content(FILES)), site(content(FILES))
    found, again = set[Read](), set[Read]()
    assert names(of) == names(watched(of, found)) == names(watched(of, again)) == ["A", "B"]
    assert len(asked) == 1
    assert found == again == {("content.accounts", id, "name") for id in ("a", "b")}
    assert names(other) == ["A", "B"]
    assert len(asked) == 2


def test_of_a_gist_nothing_is_read_but_what_it_says() -> None:
    """So who shows the minutes of some texts is as it was when a word of them is another."""
    found = set[Read]()
    of = site(content(FILES))
    assert account_minutes(watched(of, found), "a") == account_minutes(of, "a") == 1
    read, gone = ("gists.account_minutes", "a"), ("gists.account_minutes", "none")
    assert found == {read}
    for words, minutes in ((9, "1"), (600, "3")):
        file = f"name: A\nindustry: retail\nin_short: {{earns: {'word ' * words}}}\n"
        other = Answers(site(content({**FILES, "accounts/a.yml": file})))
        assert other.of(read) == minutes
        assert other.of(gone) == ""


def test_a_gist_is_not_found_again_where_its_files_are_the_same() -> None:
    """It is taken over from what was said before, unless a file that many follow from is other."""
    of = site(content(FILES))
    read, then = ("gists.account_minutes", "a"), Answers(of).told(())
    for file, known in (("accounts/b.yml", 7), ("accounts/a.yml", 1), ("industries/bank.yml", 1)):
        other = site(content({**FILES, file: FILES[file] + "sample: yes\n"}))
        stale = Answers(other).other({read: "7"}, then)
        assert stale == (set() if known == 7 else {read})
        assert account_minutes(other, "a") == known


def test_a_watched_site_is_the_site() -> None:
    """Its words are those of the reader, its methods see what is watched."""
    of = site(content(FILES))
    found: set[Read] = set()
    seen = watched(of, found)
    assert seen.words is of.words
    assert [one.id for one in seen.content.records()] == [one.id for one in of.content.records()]
    assert ("content.accounts", "d", "") in found
    assert dict(seen.results.standings) == dict(of.results.standings)
    assert set(seen.results.important) == set(of.results.important)
    assert seen.results.tree.under("retail") == of.results.tree.under("retail")


@pytest.mark.parametrize(
    ("file", "text", "again"),
    [
        ("accounts/b.yml", "name: Bee\nindustry: retail\n", {"a", "b"}),
        ("accounts/e.yml", "name: E\nindustry: bank\n", {"c", "d"}),
        ("accounts/c.yml", "name: C\nindustry: bank\nin_short: {earns: More}\n", {"c"}),
        ("accounts/c.yml", "name: See\nindustry: bank\n", {"a", "c", "d"}),
        ("accounts/c.yml", "name: C\nindustry: bank\nlanguage: vi\n", {"c", "d"}),
        ("industries/bank.yml", "name: Banks\n", {"c", "d"}),
    ],
    ids=[
        "a neighbour",
        "one more",
        "what others do not show",
        "the parent",
        "its language",
        "an industry",
    ],
)
def test_only_what_an_edit_reaches_is_stale(file: str, text: str, again: set[str]) -> None:
    """A and B are of one industry, C and D of another; C is the parent of A."""
    of, other = site(content(FILES)), site(content({**FILES, file: text}))
    assert {id for id in "abcd" if stale(of, other, f"account/{id}")} == again


MANY = {f"accounts/m{at}.yml": f"name: M {at}\nindustry: retail\n" for at in range(2 * ENTRIES)}
EARNS = "name: M 1\nindustry: retail\nvalue_to_us: {contribution: {2025: 1 m USD}}\n"
BOOK = {name: text for name, text in FILES.items() if not name.startswith("accounts/")}
BOOK["book.yml"] += "currency: USD\n"


def listed(of: Site, count: int = 2 * ENTRIES) -> tuple[Read, ...]:
    """Reads of what lists some accounts."""
    found: set[Read] = set()
    seen = watched(of, found)
    for at in range(count):
        assert seen.content.accounts[f"m{at}"].name == f"M {at}"
        assert seen.results.standings[f"m{at}"].letter is None
    return shortened(of, found)


def test_reads_of_most_of_many_are_one() -> None:
    """Half of them are few enough to be told one by one."""
    of = site(content({**BOOK, **MANY}))
    assert listed(of) == (
        ("content.accounts[]",), ("content.accounts[]", "name"), ("results.standings",)
    )  # fmt: skip
    assert len(listed(of, ENTRIES + 1)) == 3
    assert len(listed(of, ENTRIES)) == 2 * ENTRIES


@pytest.mark.parametrize(
    ("file", "text", "other"),
    [
        ("accounts/m1.yml", "name: M 1\nindustry: retail\nowner: mai\n", set()),
        ("accounts/m1.yml", "name: N\nindustry: retail\n", {("content.accounts[]", "name")}),
        ("accounts/m1.yml", None, {
            ("content.accounts[]",), ("content.accounts[]", "name"), ("results.standings",),
        }),
        ("accounts/m1.yml", EARNS, {("results.standings",)}),
    ],
    ids=["another field", "the field", "gone", "a result"],
)  # fmt: skip
def test_a_table_answers_otherwise_when_any_entry_does(
    file: str, text: str | None, other: set[Read]
) -> None:
    """Of a field of all records, when that field of one is another."""
    of = site(content({**BOOK, **MANY}))
    files = {**BOOK, **MANY, **({file: text} if text else {})}
    left = {name: one for name, one in files.items() if text or name != file}
    says = Answers(site(content(left)))
    assert {read for read in listed(of) if Answers(of).of(read) != says.of(read)} == other


def test_a_record_of_which_much_is_read_is_read_whole() -> None:
    """So its own pages name it, not forty fields."""
    of = site(content(FILES))
    of_a = {read for read in reads(of, "account/a") if read[:2] == ("content.accounts", "a")}
    assert len(of_a) > FIELDS
    assert shortened(of, of_a) == (("content.accounts", "a"),)


def test_a_site_that_cannot_be_asked_answers_otherwise() -> None:
    """What was read may be gone, with the table that it stood in."""
    of = site(content(FILES))
    says = Answers(of)
    for gone in (("story.last", "a.yml"), ("results.none", "a"), ("results.none[]",), ("",)):
        assert says.of(gone) != says.of(("content.accounts", "a"))
    assert says.of(("story",)) != Answers(replace(of, story=None, forge=None)).of(("words",))


def _hidden(value: Any) -> set[str]:
    """Fields that are not told when a value is printed."""
    if is_dataclass(value) and not isinstance(value, type):
        own = {f"{type(value).__name__}.{one.name}" for one in fields(value) if not one.repr}
        text = repr(value).startswith(f"{type(value).__qualname__}(")
        own |= set() if text else {type(value).__name__}
        return own.union(*(_hidden(getattr(value, one.name)) for one in fields(value)))
    if isinstance(value, Mapping):
        return set().union(*map(_hidden, value), *map(_hidden, value.values()))
    if isinstance(value, (tuple, list, Set)):
        return set().union(*map(_hidden, value))
    return {type(value).__name__} if " at 0x" in repr(value) else set()


def test_every_result_tells_all_of_itself_when_it_is_printed() -> None:
    """By that it is seen whether an answer is another."""
    found, _ = load(REPO / "content")
    assert found is not None
    assert _hidden(site(found, date(2026, 11, 22)).results) == set()


def _pieces(folder: Path, staging: Path) -> tuple[Prepared, dict[str, Piece]]:
    """Every part of a site as it is made now."""
    prepared = prepare(Settings(folder, theme_folder(), TODAY, engine="test"))
    staging.mkdir(exist_ok=True)
    frames = draw(prepared, staging)
    return prepared, {one.name: made(prepared, one, frames, staging) for one in prepared.parts}


def assert_kept_parts_are_right(folder: Path, seeds: range) -> None:
    """After each of some edits, parts that were told the same are made of the same bytes."""
    write_demo(folder / "demo", 8, 5)
    then, before = _pieces(folder / "demo" / "content", folder / "site")
    for seed in seeds:
        done = edited(folder / "demo" / "content", seed)
        now, after = _pieces(folder / "demo" / "content", folder / "site")
        kept = [
            name for name, one in before.items()
            if name in after and now.key == then.key
            and all(then.answers.of(read) == now.answers.of(read) for read in one.reads)
        ]  # fmt: skip
        told = {name: (one.files, one.named) for name, one in after.items()}
        assert [n for n in kept if told[n] != (before[n].files, before[n].named)] == [], done
        assert kept or now.key != then.key, done  # all pages show the name of the book
        then, before = now, after


def test_parts_that_were_told_the_same_are_the_same(tmp_path: Path) -> None:
    """After a few edits, as people make them."""
    assert_kept_parts_are_right(tmp_path, range(3, 6))


@pytest.mark.soak
def test_parts_that_were_told_the_same_are_the_same_for_long(tmp_path: Path) -> None:
    """After a hundred."""
    assert_kept_parts_are_right(tmp_path, range(100, 200))
