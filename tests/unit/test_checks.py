"""The table of rules is whole, and each check says what it should of content made for it."""

from __future__ import annotations

import ast
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from briefbook.analyse.portfolio import analyse
from briefbook.checks import check, check_content
from briefbook.checks.files import files, opened, references_known
from briefbook.checks.names import deceptive, skeleton
from briefbook.checks.personal import find
from briefbook.checks.references import FOLLOW
from briefbook.checks.rules import RULES, Rule
from briefbook.load import Content, load
from briefbook.model.schema import KINDS
from briefbook.model.types import Frozen
from briefbook.prose import links
from tests.browser import REPO
from tests.samples import book, full, written

PACKAGE = REPO / "generator" / "briefbook"
EMITTING = (
    *(
        PACKAGE / name
        for name in ("source.py", "decode.py", "shape.py", "walk.py", "load.py", "quantity.py")
    ),
    *sorted((PACKAGE / "model").glob("*.py")),
    *sorted(path for path in (PACKAGE / "checks").glob("*.py") if "rule" not in path.stem),
)
CALLS = {"error", "warning", "problem", "_refuse", "refuse", "QuantityError",
         "PydanticCustomError", "_loop"}  # fmt: skip
RULE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TODAY = date(2026, 11, 22)


def emitted(path: Path) -> Iterator[str]:
    """Ids of rules in the calls that make problems, and in pairs of an id and its sentence."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
            at = 2 if name == "refuse" else 0  # of walk.py
            if name in CALLS and len(given) > at and isinstance(given[at], str):
                yield str(given[at])
        elif isinstance(node, ast.Tuple):
            texts = [one.value for one in node.elts if isinstance(one, ast.Constant)]
            for first, second in pairwise(texts):
                if _is_pair(first, second):
                    yield str(first)


def _is_pair(first: object, second: object) -> bool:
    return (isinstance(first, str) and isinstance(second, str) and "-" in first
            and bool(RULE.fullmatch(first)) and " " in second)  # fmt: skip


def content(folder: Path, **files: str) -> Content:
    """The content of a book with these files; `accounts__x` is accounts/x.yml."""
    named = {name.replace("__", "/") + ".yml": text for name, text in files.items()}
    read, problems = load(book(folder, named))
    assert read is not None
    assert not problems
    return read


def test_table_has_exactly_the_rules_that_the_code_emits() -> None:
    """`briefbook explain` knows every rule, and none that has gone."""
    found = {rule for path in EMITTING for rule in emitted(path)}
    assert len(found) > 50
    assert found == set(RULES)


@pytest.mark.parametrize("known", RULES.values(), ids=lambda known: known.id)
def test_rule_is_told_in_whole_sentences(known: Rule) -> None:
    """Summary, reason and repair are sentences; the examples differ."""
    assert RULE.fullmatch(known.id)
    for text in (known.summary, known.why, known.fix):
        assert re.fullmatch(r"\S.+\.", text)
    assert known.bad
    assert known.good
    assert known.bad != known.good


def test_every_kind_of_reference_of_the_model_is_followed() -> None:
    """A new kind of reference without a check fails here."""
    named = {one for kind in (*KINDS, "sources") for one in references_known(kind)}
    assert named == set(FOLLOW)


def test_every_text_of_a_full_record_has_a_type(tmp_path: Path) -> None:
    """The walk beside the schema loses its way nowhere, short and long forms included."""
    read = content(tmp_path, accounts__x=written(full("account")))
    (account,) = (opened(file) for file in files(read) if file.kind == "account")
    untyped = {value.steps for value in account.values if not value.type and not value.refers_to}
    assert len(account.values) > 150
    assert not untyped


def test_reference_to_a_file_that_failed_is_not_told_again(tmp_path: Path) -> None:
    """One mistake is one problem, wherever the broken record is used."""
    named = {
        "accounts/x.yml": "name: X\nindustry: mine\nowner: mai\nstrategy: keep\n"
        "tactics: [{tactic: keep/on}]\nparent: y\nfinance: {peers: [company/z, account/y]}\n"
        "stands_at: [shops]\nsignals: [{date: 2026-10-01, source: web}]\n",
        "accounts/y.yml": "nme: Y\nindustry: mine\n", "industries/mine.yml": "nme: Mine\n",
        "companies/z.yml": "nme: Z\n", "strategies/keep.yml": "nme: Keep\n",
        "sources.yml": "web: {titel: Web, kind: other}\n",
        "book.yml": "name: N\nteam: {mai: {name: Mai}}\n",
    }  # fmt: skip
    read, problems = load(book(tmp_path, named))
    assert read is not None
    assert {problem.rule for problem in problems} == {"unknown-field"}
    assert not check_content(read)


def test_order_of_files_changes_nothing(tmp_path: Path) -> None:
    """Problems are the same for any order in which a file system lists the files."""
    named = {f"accounts__a{n}": f"name: A {n % 3}\nindustry: none-{n}\n" for n in range(9)}
    read = content(tmp_path, **named)
    found = check(read, analyse(read, TODAY))
    assert len(found) == 9 + 6
    shuffled = list(read.accounts.items())
    random.Random(7).shuffle(shuffled)
    other = replace(read, accounts=Frozen(shuffled))
    assert check(other, analyse(other, TODAY)) == found


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Call 0901234567 now", 5), ("+84 (0)28 3822-1234", 0), ("(028) 3822 1234", 0),
        ("212-555-0123", 0), ("(212) 555-0123", 0), ("电话13812345678。", 2), ("138 1234 5678", 0),
        ("Tel.: 090.123.4567", 6), ("+1-202-555-0143", 0), ("+8613812345678", 0),
        ("０９０１２３４５６７", 0), ("身份证11010519491231002X", 3), ("079085001234", 0),
        ("123-45-6789", 0), ("a.b+c@x-y.co.uk", 0), ("请发到 mai@例子.公司", 4),
        ("[write](mailto:bao@example.com)", 15),
    ],
)  # fmt: skip
def test_personal_data_is_found(text: str, start: int) -> None:
    """Addresses and numbers of persons, as three countries write them."""
    (found,) = find(text)
    assert found.start == start
    assert len(found.masked) == 4


@pytest.mark.parametrize(
    "text",
    [
        "257.3 bn CNY", "1,234,567,890", "2020-2021", "2022-01..2022-04", "10000000000 VND",
        "100 000 000 VND", "1 000 000 000 000", "138 000 000 00 units", "2026-11-22 10:00",
        "https://example.com/0901234567?a=b@c.de", "ISBN 978-3-16-148410-0", "0.000280000",
        "v1.2.3.4", "0015g00000", "CR5 15.2%, CR10 20.1%", "from 2019 to 2023", "@home",
        "ticket ABC-123-456-7890", "13800000000 CNY", "3.14159265358979", "+25 000 000 000 VND",
    ],
)  # fmt: skip
def test_figures_are_no_personal_data(text: str) -> None:
    """Quantities, years, codes and web addresses are left alone."""
    assert not list(find(text))


def test_codes_of_things_are_no_personal_data(tmp_path: Path) -> None:
    """A record's id in the CRM may look like a phone number."""
    read = content(tmp_path, accounts__x='name: X\nindustry: i\ncrm_id: "0901234567"\n',
                   industries__i="name: I\n")  # fmt: skip
    assert not check_content(read)


def test_column_in_a_page_is_exact(tmp_path: Path) -> None:
    """Pages of prose are shown as they are written, so the place can be precise."""
    folder = book(tmp_path, {"pages/a.md": "# A\n\nOne\nline, [b](ref:page/b) and a@b.example\n"})
    read, _ = load(folder)
    assert read is not None
    assert [str(one.place) for one in check_content(read)] == [
        "pages/a.md:4:11", "pages/a.md:4:27",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Аcme", "Acmе", "Ρayments", "Lаn-tern", "Beta Аcme", "ΑBC"])
def test_mixed_letters_are_seen(name: str) -> None:
    """A letter that only looks Latin stands in a word with Latin letters."""
    assert unicodedata.name(deceptive(name)).split()[0] in {"CYRILLIC", "GREEK"}


@pytest.mark.parametrize(
    "name", ["Acme", "Điện lực", "Công ty Cổ phần Sữa", "京东 JD", "Альфа CRM", "Ω Group", "Ñandú"]
)
def test_honest_names_are_left_alone(name: str) -> None:
    """Other scripts beside Latin words are how names are written in many countries."""
    assert not deceptive(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("АСМЕ", "ACME", True), ("Al Foods", "AI Foods", True), ("ＡＣＭＥ", "Acme", True),
        ("Điện", "Diện", False), ("Hòa Phát", "Hoà Phát", False), ("京东", "京東", False),
        ("Phase 1", "Phase 2", False),
    ],
)  # fmt: skip
def test_skeletons_are_equal_where_names_look_the_same(one: str, other: str, same: bool) -> None:
    """Marks of Vietnamese make another word, look-alikes do not."""
    assert (skeleton(one) == skeleton(other)) is same


def test_marks_of_living_languages_are_no_stack(tmp_path: Path) -> None:
    """Vietnamese in any form, Thai, Hebrew with points, and Devanagari are read as usual."""
    names = (unicodedata.normalize("NFD", "Công ty Cổ phần Hữu Nghị"), "ที่นี่ยิ้มได้",
             "בְּרֵאשִׁית", "क्षत्रिय")  # fmt: skip
    named = {f"industries__i{n}": f"name: {name}\n" for n, name in enumerate(names)}
    assert not check_content(content(tmp_path, **named))


def test_lines_of_links_follow_the_breaks_of_a_paragraph() -> None:
    """A link on the second line of a paragraph is told there."""
    text = "One\n[a](ref:page/a)\n\n- [b](ref:page/b)\n"
    assert links(text) == (("ref:page/a", 1), ("ref:page/b", 3))


def test_written_exception_silences_strategy_and_lifecycle(tmp_path: Path) -> None:
    """What somebody has decided, with the reason, is not told again at every build."""
    account = ("name: X\nindustry: i\nlifecycle: decline\nvalue_to_us:\n"
               "  contribution: {2025: 1 m CNY}\n  potential: 40 m CNY\nstrategy: ")  # fmt: skip
    named = {
        "industries__i": "name: I\n",
        "strategies__promote": "name: P\nfits: {classes: [c], lifecycles: [improve]}\n"
                               "tactics: {t: {name: T}}\n",
        "strategies__retain": "name: R\nfits: {classes: [a], lifecycles: [stable]}\n"
                              "tactics: {t: {name: T}}\n",
    }  # fmt: skip
    plain = content(tmp_path / "plain", accounts__x=f"{account}retain\n", **named)
    reason = f"{account}{{is: retain, because: The group decides}}\n"
    excused = content(tmp_path / "excused", accounts__x=reason, **named)
    assert [one.rule for one in check(plain, analyse(plain, TODAY))] == [
        "lifecycle-unusual", "strategy-misfit",
    ]  # fmt: skip
    assert not check(excused, analyse(excused, TODAY))
