"""`set` changes one value in place, and `rename` one id with all that refers to it."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefbook.edit import values
from briefbook.edit.assign import assign
from briefbook.edit.change import removed
from briefbook.edit.files import Change, Changed, write
from briefbook.edit.problem import EditError
from briefbook.edit.rename import rename
from briefbook.files import Folder
from briefbook.load import load
from tests.samples import Path_, book, tree

FILE = "accounts/x.yml"
TEXT = """\
# yaml-language-server: $schema=../../.schema/account.json
name: X  # its name
industry: retail
aliases: [A, B]
profile:
  # who they are
  type: B2B
  employees: {value: 3200, source: report}  # many
  extra: {stores: 140}
health:
  is: amber
  because: >-
    It is late,
    and more.
risks:
  - risk: Budget moves  # soon
    owner: mai
    # why
  - {risk: Rival, likelihood: high}
# money
value_to_us:
  contribution: {2024: 6.1 m CNY, 2026: 10 m CNY}
  potential: 50 m CNY
  # investment: nobody knows
strategy: promote
sources:
  report: {title: Report}
"""


def now(path: str, typed: str, text: str = TEXT) -> list[str]:
    """The lines that differ once a value is set: `-` gone, `+` come."""
    at = values.path("account", path)
    made = values.assigned(text, FILE, {at: values.value("account", at, typed)})
    lines = difflib.unified_diff(text.splitlines(), made.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("path", "typed", "expected"),
    [
        ("name", "Y: a", ["-name: X  # its name", '+name: "Y: a"  # its name']),
        ("health.is", "red", ["-  is: amber", "+  is: red"]),
        ("health.because", "Done", ["-  because: >-", "-    It is late,", "-    and more.",
                                    "+  because: Done"]),
        ("value_to_us.contribution.2026", "12m CNY",
         ["-  contribution: {2024: 6.1 m CNY, 2026: 10 m CNY}",
          "+  contribution: {2024: 6.1 m CNY, 2026: 12 m CNY}"]),
        ("value_to_us.contribution.2025", "9,420 bn CNY",
         ["-  contribution: {2024: 6.1 m CNY, 2026: 10 m CNY}",
          '+  contribution: {2024: 6.1 m CNY, 2025: "9,420 bn CNY", 2026: 10 m CNY}']),
        ("value_to_us.investment.2025.days", "60",
         ["+  investment:", "+    2025:", "+      days: 60"]),
        ("profile.employees", "3300",
         ["-  employees: {value: 3200, source: report}  # many",
          "+  employees: {value: 3300, source: report}  # many"]),
        ("profile.employees.checked", "2026-09-01",
         ["-  employees: {value: 3200, source: report}  # many",
          "+  employees: {value: 3200, source: report, checked: 2026-09-01}  # many"]),
        ("profile.size", "large", ["+  size: large"]),
        ("profile.extra.cities", "3", ["-  extra: {stores: 140}",
                                       "+  extra: {stores: 140, cities: 3}"]),
        ("strategy", "retain", ["-strategy: promote", "+strategy: retain"]),
        ("strategy.because", "Agreed, so", ["-strategy: promote",
                                            '+strategy: {is: promote, because: "Agreed, so"}']),
        ("aliases", "[C]", ["-aliases: [A, B]", "+aliases: [C]"]),
        ("aliases.2", "C, D", ["-aliases: [A, B]", '+aliases: [A, B, "C, D"]']),
        ("risks.0.answer", "Meet", ["+    answer: Meet"]),
        ("risks.1.owner", "mai", ["-  - {risk: Rival, likelihood: high}",
                                  "+  - {risk: Rival, likelihood: high, owner: mai}"]),
        ("risks.2.risk", "Third", ["+  - risk: Third"]),
        ("contract.until", "2027-03-31", ["+contract:", "+  until: 2027-03-31"]),
        ("people.coo.title", "Chief\nof all", ["+people:", "+  coo:", "+    title: |-",
                                               "+      Chief", "+      of all"]),
        ("contacts.0.date", "2026-01-02", ["+contacts:", "+  - date: 2026-01-02"]),
        ("owner", "mai", ["+owner: mai"]),
        ("name", "X", []),
    ],
)  # fmt: skip
def test_only_the_value_changes(path: str, typed: str, expected: list[str]) -> None:
    """One line, or lines that are put in; every comment stays."""
    assert now(path, typed) == expected


@pytest.mark.parametrize(
    ("path", "line", "before"),
    [
        ("sample", "sample: yes", "industry: retail"),
        ("profile.size", "  size: large", "  employees:"),
        ("contract.until", "contract:", "health:"),
        ("value_to_us.investment.2025.days", "  investment:", "  # investment: nobody knows"),
        ("risks.2.risk", "  - risk: Third", "# money"),
        ("risks.0.answer", "    answer: z", "    owner: mai"),
    ],
)
def test_what_is_put_in_stands_in_the_order_of_the_model(path: str, line: str, before: str) -> None:
    """A new field comes before the one that follows it in the model."""
    typed = {"sample": "yes", "profile.size": "large", "contract.until": "2027-03-31",
             "risks.2.risk": "Third", "risks.0.answer": "z"}.get(path, "60")  # fmt: skip
    at = values.path("account", path)
    lines = values.assigned(TEXT, FILE, {at: values.value("account", at, typed)}).splitlines()
    following = lines[lines.index(line) + 1 :]
    assert any(one.startswith(before) for one in following)
    assert not any(one.startswith(before) for one in lines[: lines.index(line)])


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nme", "Did you mean `name`?"),
        ("profile.nope", "no field of `profile`"),
        ("name.x", "no field of `name`"),
        ("risks.x.risk", "by number"),
        ("risks.7.risk", "has 2 entries"),
        ("contacts.3.date", "begins with entry 0"),
        ("", "no field"),
        ("profile", "no text"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path: str, said: str) -> None:
    """With what is known there."""
    with pytest.raises(EditError) as bad:
        now(path, "x")
    assert said in str(bad.value)


def test_a_comment_that_would_be_lost_keeps_the_value() -> None:
    """Nobody's words are dropped by a tool."""
    text = "name: X\nindustry: retail\naliases:\n  - A  # first\n  - B\n"
    with pytest.raises(EditError, match="comment"):
        now("aliases", "[C]", text)
    assert now("aliases", "[C]", text.replace("  # first", "")) == [
        "-aliases:", "-  - A", "-  - B", "+aliases: [C]",
    ]  # fmt: skip


def test_several_values_are_set_at_once() -> None:
    """As an import does."""
    new: dict[Path_, Any] = {
        ("profile", "size"): "large",
        ("owner",): "mai",
        ("profile", "country"): "VN",
    }
    made = values.assigned(TEXT, FILE, new)
    data = tree(made, FILE).data
    assert (data["owner"], data["profile"]["size"], data["profile"]["country"]) == (
        "mai",
        "large",
        "VN",
    )


@pytest.mark.parametrize(
    "name", ["accounts/x", "account/x", "accounts/x.yml", "content/accounts/x.yml"]
)
def test_records_are_named_as_people_see_them(name: str) -> None:
    """By kind or by folder."""
    assert values.file(name) == FILE
    assert values.file("book") == "book.yml"


def test_line_ends_and_names_of_others_stay(tmp_path: Path) -> None:
    """Of a file from Windows too."""
    raw = ("\ufeff" + TEXT.replace("\n", "\r\n")).encode()
    folder = book(tmp_path, {FILE: raw})
    made = assign(Folder(folder), "accounts/x", "health.is", "red").change
    assert made.after == raw.replace(b"is: amber", b"is: red")


def test_evidence_beside_a_value_is_told(tmp_path: Path) -> None:
    """It was that of the value before."""
    folder = Folder(book(tmp_path, {FILE: TEXT}))
    assert assign(folder, "accounts/x", "profile.employees", "1").evidence == ("source",)
    assert assign(folder, "accounts/x", "profile.type", "C").evidence == ()


# Renaming

FILES: Mapping[str, str] = {
    "book.yml": "name: N\nteam:\n  mai: {name: Mai}\n",
    "industries/retail.yml": (
        "name: Retail\nvalue_chain:\n  stages: [sell]\n"
        "  nodes:\n    shops: {stage: sell, name: Shops}\n"
    ),
    "strategies/keep.yml": "name: Keep\ntactics:\n  talk: {name: Talk}\n",
    "companies/rival.yml": (
        "name: Rival\nindustry: retail\nroles: [competitor]\nstands_at: [retail/shops]\n"
        "finance: {peers: [account/lantern]}\n"
    ),
    "accounts/lantern.yml": "name: Lantern\nindustry: retail\nstands_at: [shops]\n",
    "accounts/lantern-two.yml": (
        "name: Two # lantern\nindustry: retail\nparent: 'lantern'\nstrategy: keep\n"
        "tactics:\n  - {tactic: keep/talk}\n"
        "health:\n  is: red\n  because: >-\n    Like [one](ref:account/lantern#health) and\n"
        "    [two](ref:account/lantern-two), see lantern.\n"
        "opportunities:\n  a: {name: lantern, competitors: [company/rival]}\n"
    ),
    "pages/guide.md": "# Guide\n\n"
    "[Lantern](ref:account/lantern), [other](ref:account/lantern-two)\n",
    "quiz.yml": (
        "q: {ask: {en: Who?}, answer: 'account/lantern#name', others: [industry/retail#name]}\n"
    ),
}


def renamed(folder: Path, kind: str, old: str, new: str) -> dict[str, str]:
    """What files hold afterwards, of those that changed."""
    made = rename(Folder(folder), kind, old, new)
    done = write(folder, made.changes)
    _, problems = load(folder)
    assert not problems
    return {name: (folder / name).read_text("utf-8") for name in done if (folder / name).exists()}


def test_every_reference_follows_an_account(tmp_path: Path) -> None:
    """Plain ids, ids with their kind, links in prose and pages, a quiz; nothing else."""
    folder = book(tmp_path, FILES)
    made = renamed(folder, "account", "lantern", "light")
    assert not (folder / "accounts/lantern.yml").exists()
    assert made == {
        "accounts/light.yml": FILES["accounts/lantern.yml"],
        "accounts/lantern-two.yml": FILES["accounts/lantern-two.yml"]
        .replace("'lantern'", "'light'").replace("ref:account/lantern#", "ref:account/light#"),
        "companies/rival.yml": FILES["companies/rival.yml"].replace("account/lantern",
         "account/light"),
        "pages/guide.md": FILES["pages/guide.md"].replace("account/lantern)", "account/light)"),
        "quiz.yml": FILES["quiz.yml"].replace("account/lantern#", "account/light#"),
        "redirects.yml": made["redirects.yml"],
    }  # fmt: skip
    assert tree(made["redirects.yml"]).data == {"account": {"lantern": "light"}}


@pytest.mark.parametrize(
    ("kind", "old", "file", "expected"),
    [
        ("industry", "retail", "companies/rival.yml", ("industry: new\nroles: [competitor]\n"
         "stands_at: [new/shops]")),
        ("industry", "retail", "quiz.yml", "others: [industry/new#name]"),
        ("strategy", "keep", "accounts/lantern-two.yml", ("strategy: new\ntactics:\n"
         "  - {tactic: new/talk}")),
        ("company", "rival", "accounts/lantern-two.yml", "competitors: [company/new]"),
        ("page", "guide", "pages/new.md", "# Guide"),
    ],
)  # fmt: skip
def test_every_kind_can_be_renamed(
    tmp_path: Path, kind: str, old: str, file: str, expected: str
) -> None:
    """With the references that are its own."""
    assert expected in renamed(book(tmp_path, FILES), kind, old, "new")[file]


def test_references_in_the_yaml_of_a_page_follow(tmp_path: Path) -> None:
    """By kind and id, or by `ref:`; an id alone, other words and other languages stay."""
    page = """\
# Guide

Not account/lantern here, but [this](ref:account/lantern).

```yaml
peers: [account/lantern, "account/lantern#value", account/lantern-two]
parent: lantern  # see ref:account/lantern and account/lantern.
file: content/account/lantern.yml, my-account/lantern
```

~~~ yml title
- account/lantern
~~~

```sh
briefbook set account/lantern owner mai
```

   ```yaml
   last: account/lantern
"""
    folder = book(tmp_path, {**FILES, "pages/guide.md": page})
    made = rename(Folder(folder), "account", "lantern", "light")
    change = made.changes["pages/guide.md"]
    assert change.after is not None
    lines = [f"-{one}" for one in page.splitlines()]
    told = [one for one in change.after.decode().splitlines() if f"-{one}" not in lines]
    assert told == [
        "Not account/lantern here, but [this](ref:account/light).",
        'peers: [account/light, "account/light#value", account/lantern-two]',
        "parent: lantern  # see ref:account/light and account/light.",
        "- account/light",
        "   last: account/light",
    ]
    others = rename(Folder(book(tmp_path / "b", FILES)), "account", "lantern", "light").references
    assert made.references == others - 1 + 7


def test_a_chain_of_names_leads_to_the_last(tmp_path: Path) -> None:
    """And back to where it began without a loop; comments of redirects.yml stay."""
    folder = book(tmp_path, FILES)
    renamed(folder, "account", "lantern", "b")
    path = folder / "redirects.yml"
    path.write_text(path.read_text("utf-8") + "# ours\n", "utf-8")
    made = renamed(folder, "account", "b", "c")["redirects.yml"]
    assert tree(made).data == {"account": {"lantern": "c", "b": "c"}}
    made = renamed(folder, "account", "c", "lantern")["redirects.yml"]
    assert tree(made).data == {"account": {"b": "lantern", "c": "lantern"}}
    assert made.endswith("# ours\n")
    renamed(folder, "company", "rival", "rival-two")
    assert tree(path.read_text("utf-8")).data["company"] == {"rival": "rival-two"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nobody", "x", "no record"),
        ("lantern", "lantern-two", "here already"),
        ("lantern", "Not an id", "cannot be an id"),
        ("lantern", "../x", "cannot be an id"),
        ("lantern", "404", "cannot be an id"),
    ],
)
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Before anything is planned."""
    with pytest.raises(EditError, match=said):
        rename(Folder(book(tmp_path, FILES)), "account", old, new)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a:\n  b: c\n  d: e # x\nf: g\n", ("a", "d"), "a:\n  b: c\nf: g\n"),
        ("a:\n  b: c\nf: g\n", ("a", "b"), "f: g\n"),
        ("a: {b: c, d: e}\n", ("a", "b"), "a: {d: e}\n"),
        ("a: {b: c, d: e}\n", ("a", "d"), "a: {b: c}\n"),
    ],
)
def test_a_key_is_removed_with_its_line(text: str, path: tuple[str, ...], expected: str) -> None:
    """And so is a parent that holds nothing else."""
    assert removed(text, path) == expected


# Writing


def test_files_are_written_whole_with_their_permissions(tmp_path: Path) -> None:
    """Nothing else is left behind."""
    folder = book(tmp_path, {FILE: "name: X\n"})
    path = folder / FILE
    path.chmod(0o640)
    assert write(folder, {FILE: Change(b"name: X\n", b"name: Y\n")}) == (FILE,)
    assert path.read_bytes() == b"name: Y\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(path.parent) == ["x.yml"]  # noqa: PTH208


def test_all_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk may be full at the second."""
    folder = book(tmp_path, {"accounts/a.yml": "a", "accounts/b.yml": "b"})
    replace = Path.replace
    count = []

    def fail(self: Path, target: Path) -> Path:
        count.append(target)
        if len(count) == 2:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    changes = {f"accounts/{name}.yml": Change(name.encode(), b"new") for name in "ab"}
    with pytest.raises(EditError, match="No space left"):
        write(folder, changes)
    assert [(folder / name).read_bytes() for name in changes] == [b"a", b"b"]
    assert sorted(os.listdir(folder / "accounts")) == ["a.yml", "b.yml"]  # noqa: PTH208


def test_links_and_files_of_others_are_left_alone(tmp_path: Path) -> None:
    """A link is not followed, a file that has changed meanwhile or may not be written stays."""
    folder = book(tmp_path / "c", {FILE: "now"})
    other = tmp_path / "other"
    other.write_text("x", "utf-8")
    (folder / "accounts/link.yml").symlink_to(other)
    (folder / "companies").symlink_to(tmp_path)
    (folder / "accounts/fixed.yml").write_text("x", "utf-8")
    (folder / "accounts/fixed.yml").chmod(0o444)
    for file, before in (
        ("accounts/link.yml", b"x"), (FILE, b"before"), ("companies/other", b"x"), (FILE, None),
        ("accounts/fixed.yml", b"x"), ("accounts/none.yml", b"x"),
    ):  # fmt: skip
        with pytest.raises(EditError):
            write(folder, {file: Change(before, b"new")})
    assert (other.read_text("utf-8"), (folder / FILE).read_text("utf-8")) == ("x", "now")


def test_content_can_be_read_as_it_would_be(tmp_path: Path) -> None:
    """Changed, new and gone files, without writing any."""
    folder = book(
        tmp_path, {"accounts/a.yml": "name: A\nindustry: r\n", "accounts/b.yml": "x: y\n"}
    )
    changes = {
        "accounts/a.yml": Change(b"", b"name: New\nindustry: r\n"),
        "accounts/b.yml": Change(b"", None),
        "accounts/c.yml": Change(None, b"name: C\nindustry: r\n"),
    }
    content, problems = load(Changed(Folder(folder), changes))
    assert content is not None
    assert not problems
    assert {id: one.name for id, one in content.accounts.items()} == {"a": "New", "c": "C"}
