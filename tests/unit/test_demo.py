"""A made-up project is whole, of the promised size, and the same for the same seed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from briefbook.analyse.portfolio import analyse
from briefbook.checks import check_content, check_results
from briefbook.demo import write_demo
from briefbook.demo.setting import SECTORS, setting
from briefbook.demo.text import Flow, document
from briefbook.load import Content, load
from briefbook.model import FOLDERS
from briefbook.model.schema import KINDS
from briefbook.reference import Field, tree
from briefbook.scaffold import ScaffoldError
from briefbook.source import read

ACCOUNTS = 120


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of some accounts."""
    folder = tmp_path_factory.mktemp("demo") / "project"
    write_demo(folder, ACCOUNTS, 1)
    return folder


@pytest.fixture(scope="module")
def content(project: Path) -> Content:
    """Its records, read without a problem."""
    found, problems = load(project / "content")
    assert [str(one) for one in problems] == []
    assert found
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder by path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """Nothing but the number and the seed decides what is written."""
    for name, seed in (("one", 7), ("same", 7), ("other", 8)):
        write_demo(tmp_path / name, 40, seed)
    one, same, other = (contents(tmp_path / name) for name in ("one", "same", "other"))
    assert one == same
    assert one != other
    assert len(one) == len(other)


def test_size(project: Path, content: Content) -> None:
    """About 190 lines an account, an industry and a colleague for each 40, 3 to 30 people."""
    lines = [
        len(path.read_text().splitlines()) for path in (project / "content/accounts").iterdir()
    ]
    assert len(lines) == ACCOUNTS == len(content.accounts)
    assert 150 <= mean(lines) <= 230
    leaves = {one.value.industry for one in content.accounts.values()}
    assert len(leaves) == ACCOUNTS / 40 == len(content.book.value.team)
    assert {content.industries[leaf].value.parent for leaf in leaves} <= set(SECTORS)
    people = [len(one.value.people) for one in content.accounts.values()]
    assert min(people) >= 3
    assert max(people) <= 30
    assert {one.value.language for one in content.accounts.values()} == {"en", "vi", "zh"}
    assert all(one.value.sample for one in content.accounts.values())


def test_every_field_occurs(tmp_path: Path) -> None:
    """In a small project too, all kinds of file and all fields of all their parts are used."""
    write_demo(tmp_path / "new", 40, 1)
    seen: set[tuple[str, str]] = set()
    for path, raw in contents(tmp_path / "new" / "content").items():
        if kind := _kind(path):
            parsed, problems = read(raw, path)
            assert parsed, problems
            by_id = kind in {"sources", "glossary", "quiz"}
            for values in parsed.data.values() if by_id else (parsed.data,):
                seen.update(_used(kind, tree(kind), values))
    kinds = {*KINDS, "sources"} - {"redirects"}  # nothing of a demo was ever renamed
    expected = {one for kind in kinds for one in _fields(kind, tree(kind))}
    # The kits that every project begins with leave the reason for a question out.
    assert expected - seen <= {("Question", "because")}


def _kind(path: str) -> str:
    folder, _, file = path.rpartition("/")
    kinds = {folder: kind for kind, (folder, _) in FOLDERS.items()}
    return {**kinds, "": file.removesuffix(".yml")}.get(folder, "")


def _fields(owner: str, fields: tuple[Field, ...]) -> Iterator[tuple[str, str]]:
    for field in fields:
        yield owner, field.name
        yield from _fields(field.part, field.fields)


def _used(owner: str, fields: tuple[Field, ...], values: Any) -> Iterator[tuple[str, str]]:
    for field in fields:
        if isinstance(values, dict) and field.name in values:
            yield owner, field.name
            value = values[field.name]
            inner = {"map": list(value.values()) if field.many == "map" else (), "list": value}
            for one in inner.get(field.many, (value,)):
                yield from _used(field.part, field.fields, one)


def test_checks_find_no_error(content: Content) -> None:
    """What is checked of meaning holds too; figures may be old, as in a real project."""
    results = analyse(content, date(2026, 10, 15))
    found = [*check_content(content), *check_results(content, results)]
    assert [str(one) for one in found if one.severity == "error"] == []
    assert {one.rule for one in found} <= {"stale-fact"}


def test_references_lead_somewhere(content: Content) -> None:
    """What an account refers to is there: colleague, leaf, nodes, pains, needs, people, tactics."""
    for record in content.accounts.values():
        account = record.value
        industry = content.industries[account.industry].value
        assert account.owner in content.book.value.team
        chain = industry.value_chain
        assert set(account.stands_at) <= set(chain.nodes if chain else ())
        assert {need.pain for need in account.needs.values()} <= set(industry.pains)
        for person in account.people.values():
            assert person.reports_to is None or person.reports_to in account.people
        for deal in account.opportunities.values():
            assert set(deal.answers) <= set(account.needs)
            assert set(deal.offers) <= set(content.book.value.capabilities)
        for used in account.tactics:
            strategy, tactic = used.tactic.split("/")
            assert tactic in content.strategies[strategy].value.tactics
        assert account.parent is None or account.parent in content.accounts


def test_reporting_lines_are_trees(content: Content) -> None:
    """Whoever goes up from a person arrives at the one at the top."""
    for record in content.accounts.values():
        people = record.value.people
        for id in people:
            steps, above = 0, people[id].reports_to
            while above:
                steps, above = steps + 1, people[above].reports_to
                assert steps <= len(people)


def test_figures_agree(content: Content) -> None:
    """Return on equity is net income by average equity; shares of a level sum to the whole."""
    checked = 0
    for record in content.accounts.values():
        finance: Any = record.value.finance
        if finance is None:
            continue
        for year in finance.statements:
            roe = 100 * year.net_income.value.number / year.average_equity.value.number
            assert abs(roe - year.reported_roe.value.number) < 0.1
            checked += 1
        for split in finance.segments:
            assert sum(part.share.value.number for part in split.parts.values()) == 100
            inner = split.parts["core"].parts.values()
            assert sum(part.share.value.number for part in inner) == 100
    assert checked


def test_all_cells_are_taken(content: Content) -> None:
    """Contribution and potential fall into all nine cells of the book's thresholds."""
    book = content.book.value.nine_box
    cells = set()
    for record in content.accounts.values():
        value: Any = record.value.value_to_us
        if value is None:
            continue
        brought, most = value.contribution["2025"].value.number, value.potential.value.number
        level = _level(brought, book.contribution)
        if brought / most * 100 < book.relative_share.number:
            level = max(0, level - 1)
        cells.add((level, _level(most, book.potential)))
    assert len(cells) == 9


def _level(amount: Any, thresholds: Any) -> int:
    return int(amount >= thresholds.medium.number) + int(amount >= thresholds.high.number)


def test_industries_of_a_large_project_have_names_of_their_own() -> None:
    """No industry of 40,000 accounts repeats an id, or that of a sector."""
    leaves = [leaf.id for leaf in setting(40_000, 1).leaves]
    assert len(set(leaves)) == 1000
    assert not set(leaves) & set(SECTORS)


def test_names_do_not_repeat() -> None:
    """Ids and names of accounts are different, in number and without their marks."""
    world = setting(0, 3)
    assert len({world.account(index) for index in range(60_000)}) == 60_000


def test_each_file_is_told(tmp_path: Path) -> None:
    """`tick` hears of every file of the content."""
    told: list[str] = []
    write_demo(tmp_path / "new", 3, 1, told.append)
    assert sorted(told) == sorted(contents(tmp_path / "new" / "content"))


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    """Nothing is written beside what is there."""
    (tmp_path / "mine").write_text("ours")
    with pytest.raises(ScaffoldError, match="not an empty folder"):
        write_demo(tmp_path, 1)
    assert contents(tmp_path) == {"mine": b"ours"}


def test_text_is_quoted_where_yaml_would_read_it_otherwise() -> None:
    """What is written reads back equal, with commas, colons, marks and line ends in it."""
    hard = [
        "a, b",
        "a: b",
        "a #b",
        "- a",
        "#a",
        "{a",
        "[a]",
        '"a"',
        "a\nb",
        "*a",
        "!a",
        "-5%",
        "'",
        "~",
    ]
    data = {
        "block": "x",
        "list": [{"a": one} for one in hard],
        "flow": Flow(a=tuple(hard), b="x, y"),
    }
    parsed, problems = read(document("account", data), "made.yml")
    assert parsed, problems
    assert parsed.data == {
        "block": "x",
        "list": [{"a": one} for one in hard],
        "flow": {"a": hard, "b": "x, y"},
    }
