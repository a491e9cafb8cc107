"""Who follows the comments of `briefbook new industry` writes a brief without a warning."""

import re
from datetime import date
from pathlib import Path

import pytest

from briefbook.analyse.portfolio import analyse
from briefbook.checks import check
from briefbook.load import Content, load
from briefbook.model.isic import codes
from briefbook.scaffold import init, new

TODAY = date(2026, 11, 22)
"""The day of these checks: within two years of the dates that the template gives as examples."""
FILE = "industries/language-schools.yml"


def problems(project: Path) -> list[str]:
    """Every problem of a project on that day, of shape and of meaning."""
    content, found = load(project / "content")
    assert content, found
    return [str(one) for one in (*found, *check(content, analyse(content, TODAY)))]


def followed(project: Path) -> str:
    """The template of a new industry, each comment mark in front of a field taken away."""
    made = new(project / "content", "industry", "language-schools")
    assert made == project / "content" / FILE
    text = re.sub(r"(?m)^# (?!yaml-language-server)", "", made.read_text("utf-8"))
    made.write_text(text, "utf-8")
    return text


def loaded(project: Path) -> Content:
    """The project as read."""
    content, _ = load(project / "content")
    assert content
    return content


def test_following_the_comments_gives_no_problem(tmp_path: Path) -> None:
    """In a new project a brief with every field of the template adds no error and no warning."""
    init(tmp_path)
    before = problems(tmp_path)
    followed(tmp_path)
    assert problems(tmp_path) == before
    assert not [one for one in before if FILE in one]


def test_the_followed_brief_is_real_and_complete(tmp_path: Path) -> None:
    """It passes as a real industry, not as a sample, and each of its six parts is there."""
    init(tmp_path)
    followed(tmp_path)
    brief = loaded(tmp_path).industries["language-schools"].value
    assert not brief.sample
    assert brief.definition
    assert brief.isic in codes()
    assert brief.market
    assert {len(brief.market.size), len(brief.market.concentration)} == {2}
    assert all(pain.evidence and pain.answer for pain in brief.pains.values())
    assert [bool(one.account) for one in brief.benchmarks] == [False, True]
    assert brief.value_chain
    assert {flow.from_ for flow in brief.value_chain.flows} < set(brief.value_chain.nodes)
    assert brief.business_model
    assert brief.business_model.keeps_earning_by
    assert len({source.kind for source in brief.sources.values()}) == 5


@pytest.mark.parametrize(
    ("written", "changed", "rule"),
    [
        ("definition_source: trade-encyclopedia", "definition_source: trade-news", "source-kind"),
        ("isic: 8549 ", "isic: 8599 ", "isic"),
        ("source: trade-ranking", "source: trade-gossip", "unknown-reference"),
        ("checked: 2026-09-01", "checked: 2019-09-01", "stale-fact"),
        ("to: schools ", "to: scholars ", "unknown-reference"),
        ("applies: yes ", "applies: no ", "chain-set-aside"),
        ("    # account: ", "    account: ", "benchmark-name"),
    ],
)
def test_what_the_comments_say_matters(
    written: str, changed: str, rule: str, tmp_path: Path
) -> None:
    """Departing from one comment is told by its rule, so that silence means something."""
    init(tmp_path)
    before = problems(tmp_path)
    text = followed(tmp_path)
    assert written in text
    (tmp_path / "content" / FILE).write_text(text.replace(written, changed), "utf-8")
    added = [one for one in problems(tmp_path) if one not in before]
    assert added
    assert all(FILE in one and f" {rule}: " in one for one in added)
