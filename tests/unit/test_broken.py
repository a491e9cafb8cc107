"""Every mistake that has a rule is made once in a sample, and is told once, in these words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from briefbook.analyse.portfolio import analyse
from briefbook.checks import check_content, check_results
from briefbook.checks.rules import RULES
from briefbook.checks.rules_shape import SHAPE
from briefbook.examine import examine
from briefbook.files import Entry, Folder
from briefbook.load import load
from briefbook.model.schema import schema
from briefbook.problem import Problem, failed, ordered
from tests.browser import REPO
from tests.conftest import Golden

BROKEN = REPO / "tests" / "broken"
BASE = BROKEN / "_base"
TODAY = date(2026, 11, 22)
SAMPLES = tuple(sorted(path for path in BROKEN.iterdir() if path != BASE))
NOT_CONTENT = ("expected.txt", "remove.txt")
SHAPE_RULES = {rule.id for rule in SHAPE}
NAMES_OF_FILES = {"id.file", "id.reserved"}
"""Samples of shape whose mistake is the file's name: an editor reads what is in the file."""
KINDS = {"industries": "industry", "companies": "company", "accounts": "account",
         "strategies": "strategy"}  # fmt: skip


def rule_of(sample: Path) -> str:
    """The rule that a sample breaks: `period.order` is a second sample of `period`."""
    return sample.name.partition(".")[0]


def problems(folder: Path) -> tuple[Problem, ...]:
    """All problems of a content folder, in the order in which they are told."""
    content, found = load(folder)
    if content is not None:
        found = (*found, *check_content(content))
        if not failed(found):
            found = (*found, *check_results(content, analyse(content, TODAY)))
    return ordered(found)


def made(sample: Path, folder: Path) -> Path:
    """The base with the files of a sample over it."""
    shutil.copytree(BASE, folder)
    shutil.copytree(sample, folder, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns(*NOT_CONTENT))  # fmt: skip
    removed = sample / "remove.txt"
    for name in removed.read_text("utf-8").split() if removed.is_file() else ():
        (folder / name).unlink()
    return folder


def test_base_is_sound(tmp_path: Path) -> None:
    """What the samples lie over has no problem of its own."""
    shutil.copytree(BASE, tmp_path / "content")
    assert not problems(tmp_path / "content")
    assert len(list(BASE.rglob("*.yml"))) >= 8


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_sample_is_told_once_in_these_words(sample: Path, tmp_path: Path, golden: Golden) -> None:
    """One mistake gives one problem, of the rule that the sample is named after."""
    found = problems(made(sample, tmp_path / "content"))
    assert [problem.rule for problem in found] == [rule_of(sample)]
    assert found[0].severity == RULES[found[0].rule].severity
    assert found[0].hint
    golden(sample / "expected.txt", "".join(f"{problem}\n" for problem in found))


BEYOND_SCHEMA = {
    "period.order": "no pattern compares two months",
}
"""Samples of shape that an editor does not underline, each with the reason."""
SHAPED = [
    path for path in SAMPLES if rule_of(path) in SHAPE_RULES and path.name not in NAMES_OF_FILES
]


class EditorConstructor(SafeConstructor):
    """Builds what YAML 1.2 knows; a date is text there."""


EditorConstructor.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda maker, node: maker.construct_scalar(node)
)


def seen_by_editor(path: Path) -> Any:
    """A file as an editor that follows YAML 1.2 reads it; keys are text in JSON."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = EditorConstructor
    return _json(yaml.load(path.read_bytes()))


def _json(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _json(value) for key, value in data.items()}
    return [_json(value) for value in data] if isinstance(data, list) else data


def kind_of(file: str) -> str:
    """The kind of a file by its place in the content."""
    return KINDS.get(file.partition("/")[0], file.removesuffix(".yml"))


@pytest.mark.parametrize("sample", SHAPED, ids=lambda path: path.name)
def test_editor_underlines_what_the_shape_refuses(sample: Path) -> None:
    """The JSON Schema refuses the file too, so that an editor shows the mistake as one types."""
    file = (sample / "expected.txt").read_text("utf-8").partition(":")[0]
    checker = jsonschema.Draft7Validator(schema(kind_of(file)))
    underlined = bool(list(checker.iter_errors(seen_by_editor(sample / file))))
    assert underlined == (sample.name not in BEYOND_SCHEMA)


@pytest.mark.parametrize("file", sorted(BASE.rglob("*.yml")), ids=lambda path: path.stem)
def test_editor_underlines_nothing_sound(file: Path) -> None:
    """The same schema takes every file of the base, or the test above would prove nothing."""
    checker = jsonschema.Draft7Validator(schema(kind_of(file.relative_to(BASE).as_posix())))
    assert not [error.message for error in checker.iter_errors(seen_by_editor(file))]


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _link(folder: Path) -> None:
    (folder / "accounts" / "other.yml").symlink_to(folder / "accounts" / "lantern-fresh.yml")


def _large(folder: Path) -> None:
    text = "name: Other\nindustry: instant-retail\n# " + "x" * 256_000
    (folder / "accounts" / "other.yml").write_text(text, "utf-8")


def _many(folder: Path) -> None:
    text = "name: Other\nindustry: instant-retail\naliases: [" + "a," * 20_000 + "]\n"
    (folder / "accounts" / "other.yml").write_text(text, "utf-8")


MADE: dict[str, tuple[Callable[[Path], None], str]] = {
    "no-content": (_gone, "content:1:1: error no-content: The content folder cannot be read: "),
    "symbolic-link": (_link, "accounts/other.yml:1:1: error symbolic-link: A symbolic link. ("),
    "file-too-large": (_large, "accounts/other.yml:1:1: error file-too-large: The file has "),
    "too-many-values": (_many, "accounts/other.yml:3:39997: error too-many-values: More than "),
}
"""Rules whose sample cannot lie in the repository: how it is made, and how its line begins."""


@pytest.mark.parametrize("rule", sorted(MADE))
def test_what_no_sample_can_hold_is_told_too(rule: str, tmp_path: Path) -> None:
    """Links, missing folders and files beyond the limits are made here."""
    folder = tmp_path / "content"
    shutil.copytree(BASE, folder)
    make, beginning = MADE[rule]
    make(folder)
    (line,) = (str(problem) for problem in problems(folder))
    assert line.startswith(beginning)


def test_unreadable_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses is one problem; whoever runs the tests may read them all."""
    folder = tmp_path / "content"
    shutil.copytree(BASE, folder)
    opened = os.open

    def refusing(path: Path, flags: int) -> int:
        if Path(path).name == "retain.yml":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr("briefbook.files.os.open", refusing)
    (line,) = (str(problem) for problem in problems(folder))
    assert line.startswith("strategies/retain.yml:1:1: error unreadable: The file cannot be read: ")


def test_every_rule_has_a_sample() -> None:
    """A rule that nothing breaks may be dead or wrong."""
    assert {rule_of(sample) for sample in SAMPLES} | {*MADE, "unreadable"} == set(RULES)
    assert not {rule_of(sample) for sample in SAMPLES} & set(MADE)


@dataclass(frozen=True, slots=True)
class OneBroken:
    """Files, with a field that nobody knows at the end of one."""

    of: Folder
    name: str

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds."""
        return self.of.entries(folder)

    def read(self, file: str, limit: int) -> bytes:
        """The bytes of a file."""
        return self.of.read(file, limit) + b"\nno_field: 1\n" * (file == self.name)


@pytest.mark.parametrize(("file", "refers"), [
    ("accounts/c-bank.yml", ()), ("book.yml", ()), ("companies/citigroup.yml", ()),
    ("glossary.yml", ()), ("industries/banking.yml", ()), ("industries/finance.yml", ()),
    ("questions.yml", ("pages/three-questions.md",)), ("quiz.yml", ()), ("sources.yml", ()),
    ("strategies/retain.yml", ()),
])  # fmt: skip
def test_what_refers_to_a_broken_file_is_examined_without_it(
    file: str, refers: tuple[str, ...]
) -> None:
    """Accounts and briefs are compared with each other: one that is left out stops none."""
    told = examine(OneBroken(Folder(REPO / "content"), file), TODAY).problems
    assert {one.place.file for one in told if failed([one])} == {file, *refers}


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """A broken file hides no other, and references to it are not told again."""
    folder = tmp_path / "content"
    shutil.copytree(BASE, folder)
    for name in ("unknown-field", "unknown-reference.company", "no-book"):
        sample = BROKEN / name
        shutil.copytree(sample, folder, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns(*NOT_CONTENT))  # fmt: skip
    (folder / "companies" / "city-basket.yml").write_text("nme: City Basket\n", "utf-8")
    assert [problem.rule for problem in problems(folder)] == [
        "unknown-field", "unknown-field", "unknown-reference",
    ]  # fmt: skip
