"""What changed is told by meaning, with what follows from it, and the book may ask for more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from briefbook.files import Entry
from briefbook.history.compare import Edit, Step, edits
from briefbook.history.consequences import Consequence
from briefbook.history.difference import Changed, Difference, difference
from briefbook.history.gate import missing
from briefbook.history.git import Change
from briefbook.history.log import Logged, Touched
from briefbook.model import Account
from briefbook.model.types import Part
from briefbook.pages.change_words import Telling, plain
from briefbook.words import Words
from tests.samples import tree

TODAY = date(2026, 11, 22)
BOOK = """\
name: Northstar CRM
team:
  mai: {name: Mai Tran, handle: "@mai"}
  linh: {name: Linh Vo}
  priya: {name: Priya Nair}
review:
  class_change: {reason: yes}
  target_lowered: {reason: yes}
  owner_changed: {reviewer: [priya]}
"""
LANTERN = """\
name: Lantern Fresh
industry: retail
owner: mai
strategy: promote
value_to_us:
  contribution: {2025: 9.2 m CNY}
  potential: {value: 15 m CNY, source: talk, as_of: 2026-09-30}
people:
  coo: {name: Pham Quoc Bao, relation: {now: 3}, source: talk}
  cfo: {name: Le Van Cuong, relation: {now: 3}, source: talk}
opportunities:
  crm: {name: CRM for members, stage: captured}
plan:
  year: 2026
  targets: {year: {incubate: 4, sign: 6 m CNY}}
sources:
  talk: {title: A talk, kind: interview, published: 2026-10}
"""
FILES = {
    "book.yml": BOOK,
    "industries/retail.yml": "name: Retail\n",
    "strategies/promote.yml": "name: Promote\nfits: {classes: [c], lifecycles: [improve]}\n",
    "strategies/retain.yml": "name: Retain\nfits: {classes: [a, b], lifecycles: [stable]}\n",
    "accounts/lantern-fresh.yml": LANTERN,
    "accounts/other.yml": LANTERN.replace("Lantern Fresh", "Other"),
}
NAME = "accounts/lantern-fresh.yml"


@dataclass(frozen=True, slots=True)
class InHand:
    """Files in memory; it remembers which were read."""

    texts: Mapping[str, str]
    seen: list[str] = field(default_factory=list)

    def entries(self, folder: str) -> Sequence[Entry]:
        """Names in a folder."""
        below = [name for name in self.texts if name.rpartition("/")[0] == folder]
        folders = (
            [] if folder else sorted({name.split("/")[0] for name in self.texts if "/" in name})
        )
        return [*(Entry(name.rpartition("/")[2], "file") for name in below),
                *(Entry(name, "folder") for name in folders)]  # fmt: skip

    def read(self, file: str, limit: int) -> bytes:
        """The text of a file."""
        self.seen.append(file)
        return self.texts[file].encode()


def compared(after: Mapping[str, str | None], *, old: Mapping[str, str] = FILES) -> Difference:
    """The difference that these texts make."""
    new = {name: text for name, text in {**old, **after}.items() if text is not None}
    changes = [
        Change(name if name in old else None, None if text is None else name)
        for name, text in after.items()
    ]
    return difference(InHand(old), InHand(new), changes, TODAY)


def lantern(*edits: tuple[str, str]) -> Difference:
    """The difference of replacements in one account."""
    text = LANTERN
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return compared({NAME: text})


def headlines(found: Difference) -> list[str]:
    """Each record in one sentence."""
    telling = Telling(Words("en"), found.content)
    return [telling.headline(one) for one in found.changed]


@pytest.mark.parametrize(
    ("language", "told", "who"),
    [("en", "15.125 m CNY to 31 m CNY", "Bao, Le Van"),
     ("vi", "15,125 triệu CNY thành 31 triệu CNY", "Bao, Le Van"),
     ("zh", "1,512.5 万 CNY 变为 3,100 万 CNY", "Bao、Le Van")],
)  # fmt: skip
def test_values_are_told_in_the_language_of_the_reader(language: str, told: str, who: str) -> None:
    """With every decimal that was written; names in a row have the mark of the language."""
    telling = Telling(Words(language), None)
    path = (Step("value_to_us"), Step("potential"))
    assert telling.edit(Edit(path, "15.125 m CNY", "31 m CNY")).endswith(told)
    answer = telling.edit(Edit((Step("sample"),), "no", "yes"))
    assert all(telling.words(one) in answer for one in ("word.no", "word.yes"))
    day = telling.edit(Edit((Step("plan"), Step("x", "2026-04-01")), None, "2026-04-01"))
    assert day.count(telling.words.day(date(2026, 4, 1))) == 2
    assert who in telling.follows(Consequence("cooled", {"n": 2, "who": "Bao, Le Van"}))


def test_the_sentence_of_the_issue() -> None:
    """A record in one sentence: figures, levels, class, strategy, people, facts."""
    found = lantern(
        ("9.2 m", "10.4 m"), ("15 m CNY", "31 m CNY"), ("now: 3", "now: 2"),
        ("2026-09-30", "2024-01"),
    )  # fmt: skip
    (said,) = headlines(found)
    assert said == (
        "Lantern Fresh: contribution 2025 9.2 m CNY to 10.4 m CNY, potential 15 m CNY to 31 m CNY, "
        "potential level medium to high; now important; "
        "2 people cooled (Pham Quoc Bao, Le Van Cuong); 1 fact went stale"
    )
    (said,) = headlines(lantern(("9.2 m", "10.4 m")))
    assert said == (
        "Lantern Fresh: contribution 2025 9.2 m CNY to 10.4 m CNY, level medium to high, "
        "class C to B; strategy Promote no longer fits"
    )


CASES: dict[str, tuple[tuple[str, str], str]] = {
    "a figure": (("9.2 m CNY", "9.3 m CNY"), "contribution 2025 9.2 m CNY to 9.3 m CNY"),
    "a figure gone": (("contribution: {2025: 9.2 m CNY}", "contribution: {}"),
                      ("contribution 2025 9.2 m CNY to unknown, level medium to unknown, "
                       "class C to unknown")),
    "owner": (("owner: mai", "owner: linh"), "owner Mai Tran to Linh Vo"),
    "no owner": (("owner: mai\n", ""), "owner Mai Tran to nobody"),
    "a count": (("incubate: 4", "incubate: 3"), "target lowered: Incubate, Year, 4 to 3"),
    "money": (("sign: 6 m CNY", "sign: 5 m CNY"), "target lowered: Sign, Year, 6 m CNY to 5 m CNY"),
    "a target gone": ((", sign: 6 m CNY", ""), "target lowered: Sign, Year, 6 m CNY to unknown"),
    "a deal": (("stage: captured", "stage: signed, signed: 2026-01-01"),
               "deal CRM for members captured to signed"),
    "a deal gone": (("opportunities:\n  crm: {name: CRM for members, stage: captured}\n", ""),
                    "deal CRM for members is gone"),
    "closer": (("Pham Quoc Bao, relation: {now: 3}", "Pham Quoc Bao, relation: {now: 5}"),
               "1 person came closer (Pham Quoc Bao)"),
    "left": (("coo: {name: Pham Quoc Bao,", "coo: {name: Pham Quoc Bao, left: 2026-03,"),
             "1 person left (Pham Quoc Bao)"),
    "important": (("strategy:", "important: {because: x}\nstrategy:"), "now important"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_follows(case: str) -> None:
    """Each consequence in its words, and nothing beside it."""
    edit, words = CASES[case]
    assert headlines(lantern(edit)) == [f"Lantern Fresh: {words}"]


QUIET: dict[str, tuple[str, str]] = {
    "another target is no lower one": ("incubate: 4", "incubate: 5"),
    "a new year sets targets of its own": ("year: 2026\n  targets: {year: {incubate: 4",
                                          "year: 2027\n  targets: {year: {incubate: 1"),
    "a fact that was stale stays it": ("title: A talk", "title: The talk"),
}  # fmt: skip


@pytest.mark.parametrize("case", QUIET)
def test_what_does_not_follow(case: str) -> None:
    """A change that moves nothing has no consequence."""
    (one,) = lantern(QUIET[case]).changed
    assert one.edits
    assert not one.consequences


SAME = {
    "an amount": ("9.2 m CNY", "9200 k CNY"),
    "the short form": ("strategy: promote", "strategy: {is: promote}"),
    "a fact": ("{2025: 9.2 m CNY}", "{2025: {value: 9.2 m CNY}}"),
    "order and comments": ("owner: mai\nstrategy: promote", "strategy: promote # x\nowner: mai"),
}


@pytest.mark.parametrize("case", SAME)
def test_how_it_is_written_does_not_count(case: str) -> None:
    """Nothing changed in what it means."""
    assert lantern(SAME[case]).changed == ()


def account(text: str) -> Account:
    """An account of some lines."""
    return Account.model_validate(tree("name: A\nindustry: retail\n" + text).data)


LISTS: dict[str, tuple[str, str, list[tuple[str, str | None, str | None]]]] = {
    "added": ("aliases: [A]", "aliases: [B, A]", [("aliases", None, "B")]),
    "order": ("aliases: [A, B]", "aliases: [B, A]", []),
    "by its date": (
        "contacts: [{date: 2026-01-01, what: x}, {date: 2026-02-01, what: y}]",
        """contacts: [{date: 2026-03-01, what: z}, {date: 2026-02-01, what: w},
        {date: 2026-01-01, what: x}]""",
        [("contacts.2026-02-01.what", "y", "w"), ("contacts.2026-03-01", None, "z")],
    ),
    "the only one": ("risks: [{risk: x, likelihood: low}]", "risks: [{risk: y, likelihood: low}]",
                     [("risks.y.risk", "x", "y")]),
    "a part": ("", "people: {coo: {title: COO}}", [("people.coo", None, "COO")]),
    "evidence": ("value_to_us: {potential: {value: 5 m CNY, checked: 2026-01-01}}",
                 "value_to_us: {potential: {value: 5 m CNY, checked: 2026-02-01}}",
                 [("value_to_us.potential.checked", "2026-01-01", "2026-02-01")]),
    "confidential": ("research: {a: {method: ask, finding: secret, confidential: yes}}",
                     "research: {a: {method: ask, finding: other, confidential: yes}}",
                     [("research", None, None)]),
    "no longer secret": ("research: {a: {method: ask, finding: secret, confidential: yes}}",
                         "research: {a: {method: ask, finding: told}}",
                         [("research", None, None)]),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_entries_are_the_same_by_what_identifies_them(case: str) -> None:
    """Lists by date or name, maps by id; what is confidential is not told."""
    old, new, told = LISTS[case]
    found = [(".".join(step.key for step in one.path), one.old, one.new)
             for one in edits(account(old), account(new))]  # fmt: skip
    assert found == told


def test_nothing_differs_from_itself() -> None:
    """Whatever it holds."""
    assert list(edits(account(LANTERN.partition("\n")[2].partition("\n")[2]), account(""))) != []
    whole = account(LANTERN.partition("\n")[2].partition("\n")[2])
    assert isinstance(whole, Part)
    assert list(edits(whole, whole)) == []


def test_only_what_is_needed_is_read() -> None:
    """The file that changed, the book, the sources and the strategies; never the other account."""
    old, new = InHand(FILES), InHand({**FILES, NAME: LANTERN.replace("9.2 m", "9.3 m")})
    difference(old, new, [Change(NAME, NAME)], TODAY)
    needed = ["book.yml", "strategies/promote.yml", "strategies/retain.yml", NAME]
    assert sorted(old.seen) == sorted(new.seen) == sorted(needed)


def test_a_rule_of_the_book_moves_accounts() -> None:
    """Accounts whose own file is the same are told where something follows for them."""
    boxed = BOOK + "nine_box: {contribution: {medium: 5 m CNY, high: 9 m CNY}}\n"
    assert headlines(compared({"book.yml": boxed})) == [
        "Lantern Fresh: level medium to high, class C to B; strategy Promote no longer fits",
        "Other: level medium to high, class C to B; strategy Promote no longer fits",
        "book.yml: Nine box, Contribution, High: 10 m CNY to 9 m CNY",
    ]


def test_added_removed_renamed_and_unreadable() -> None:
    """Each is one record; a file that does not fit is told with its problem."""
    new = "accounts/new-lantern.yml"
    files = {name: text for name, text in FILES.items() if name != NAME}
    after = {**files, new: LANTERN, "accounts/more.yml": "name: More\nindustry: retail\n",
             "pages/p.md": "# P\n\nx\n", "companies/bad.yml": "nope: x\n"}  # fmt: skip
    del after["accounts/other.yml"]
    changes = [Change(NAME, new), Change(None, "accounts/more.yml"), Change(None, "pages/p.md"),
               Change("accounts/other.yml", None), Change(None, "companies/bad.yml")]  # fmt: skip
    found = difference(InHand(FILES), InHand(after), changes, TODAY)
    assert headlines(found) == [
        "Lantern Fresh: renamed from accounts/lantern-fresh.yml",
        "More: new",
        "Other: removed",
        "bad: does not fit the model, so nothing can be said of what changed",
        "P: new",
    ]
    assert {one.place.file for one in found.problems} == {"companies/bad.yml"}
    assert plain(found.changed[0])["status"] == "renamed"


def test_a_project_that_begins() -> None:
    """Nothing was there before: all is new."""
    found = difference(None, InHand(FILES), [Change(None, name) for name in FILES], TODAY)
    assert {one.status for one in found.changed} == {"added"}
    assert len(found.changed) == len(FILES)


def commit(body: str = "", author: str = "Mai Tran", **trailers: str) -> Logged:
    """A commit that touched the account."""
    named = tuple((key.replace("_", "-"), value) for key, value in trailers.items())
    touched = (Touched("content/" + NAME, "content/" + NAME, "a", "b"),)
    return Logged("c" * 40, (), TODAY, author, "Change", body, named, touched)


def lacks(found: Difference, *commits: Logged) -> list[str]:
    """What the gate misses, in words."""
    assert found.rules is not None
    telling = Telling(Words("en"), found.content)
    gone = missing(found.changed, found.rules, commits, "content/")
    return [line for one in gone for line in telling.missing(one)]


REASON = "and no commit gives a reason. Write a line `Reason: ...` or a text below the subject."
NOBODY = ("and nobody of Priya Nair has reviewed it. "
          "Add the line `Reviewed-by: ...` to a commit.")  # fmt: skip


def test_the_gate_asks_for_what_the_book_says() -> None:
    """Class, target and owner, each by its own rule; other changes need nothing."""
    raised = lantern(("9.2 m", "10.4 m"))
    assert lacks(raised, commit()) == [f"Lantern Fresh: the class changed, {REASON}"]
    lowered = lantern(("incubate: 4", "incubate: 3"))
    assert lacks(lowered, commit()) == [f"Lantern Fresh: a target is lowered, {REASON}"]
    moved = lantern(("owner: mai", "owner: linh"))
    assert lacks(moved, commit("why")) == [f"Lantern Fresh: the owner changed, {NOBODY}"]
    assert lacks(lantern(("now: 3", "now: 1")), commit()) == []


GIVEN: dict[str, Callable[[], Logged]] = {
    "text": lambda: commit("The board agreed."),
    "trailer": lambda: commit(Reason="The board agreed"),
    "lower case": lambda: commit(reason="The board agreed"),
}


@pytest.mark.parametrize("how", GIVEN)
def test_a_reason_is_text_or_a_trailer(how: str) -> None:
    """Of any commit that touched the file; that of another file is none."""
    raised = lantern(("9.2 m", "10.4 m"))
    assert lacks(raised, commit(), GIVEN[how]()) == []
    other = Logged(
        "d" * 40, (), TODAY, "x", "x", "why", (), (Touched("", "content/x.yml", "", ""),)
    )
    assert lacks(raised, commit(), other) != []


@pytest.mark.parametrize(
    ("who", "author", "enough"),
    [("Priya Nair <p@example.com>", "Mai Tran", True), ("priya", "Mai Tran", True),
     ("Mai Tran", "Linh Vo", False), ("Priya Nair", "Priya Nair", False), ("", "Mai Tran", False)],
)  # fmt: skip
def test_a_reviewer_is_one_of_those_named_and_not_the_author(
    who: str, author: str, enough: bool
) -> None:
    """By id or name; the address does not count."""
    moved = lantern(("owner: mai", "owner: linh"))
    assert (lacks(moved, commit(author=author, Reviewed_by=who)) == []) == enough


def test_nobody_lifts_a_rule_by_the_way() -> None:
    """The book before the change judges it."""
    without = BOOK.partition("review:")[0]
    found = compared({"book.yml": without, NAME: LANTERN.replace("9.2 m", "10.4 m")})
    assert lacks(found, commit()) == [f"Lantern Fresh: the class changed, {REASON}"]


def test_what_moves_through_the_book_needs_a_reason_there() -> None:
    """The commit that changed the rule gives it."""
    boxed = BOOK + "nine_box: {contribution: {medium: 5 m CNY, high: 9 m CNY}}\n"
    found = compared({"book.yml": boxed})
    assert len(lacks(found, commit("x"))) == 2
    touched = (Touched("content/book.yml", "content/book.yml", "a", "b"),)
    assert lacks(found, Logged("c" * 40, (), TODAY, "x", "x", "why", (), touched)) == []


def test_changes_are_values() -> None:
    """For programs: paths, texts, rules and numbers."""
    (one,) = lantern(("9.2 m", "9.3 m")).changed
    assert isinstance(one, Changed)
    assert plain(one) == {
        "kind": "account", "id": "lantern-fresh", "name": "Lantern Fresh", "status": "changed",
        "file": NAME, "old_file": NAME,
        "changes": [{"path": ["value_to_us", "contribution", "2025"], "old": "9.2 m CNY",
                     "new": "9.3 m CNY"}],
        "consequences": [{"rule": "contribution", "year": "2025", "old": "9200000.0",
                          "new": "9300000.0"}],
    }  # fmt: skip
