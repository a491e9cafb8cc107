"""Work beside other work: its result comes, whatever becomes of the process that does it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from unittest.mock import Mock, patch

import pytest

from briefbook.examine import examine, examined
from briefbook.settings import Settings
from briefbook.shells.beside import beside
from tests.shells.project import TODAY, project
from tests.unit.test_findings import STALE

HERE = os.getpid()
forking = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")


@forking
def test_work_is_done_by_another_process_that_knows_what_this_one_does() -> None:
    """And what it changes there stays as it is here."""
    known = ["a"]

    def work() -> tuple[int, list[str]]:
        known.append("b")
        return os.getpid(), known

    with beside(work) as done:
        process, found = done()
    assert process != os.getpid()
    assert (found, known) == (["a", "b"], ["a"])


@forking
def test_a_result_may_be_large() -> None:
    """Larger than what a pipe holds: the process waits with the rest until it is asked."""
    with beside(lambda: bytes(1 << 22)) as done:
        assert len(done()) == 1 << 22


@forking
def test_work_is_done_here_if_the_process_is_ended() -> None:
    """By somebody else."""

    def work() -> int:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    with beside(work) as done:
        assert done() == HERE


@forking
def test_what_goes_wrong_there_is_said_once_and_here(capfd: pytest.CaptureFixture[str]) -> None:
    """As if the work had been done here in the first place."""

    def work() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"), beside(work) as done:
        done()
    assert capfd.readouterr() == ("", "")


@forking
@pytest.mark.parametrize("end", [KeyboardInterrupt, ValueError])
def test_no_process_outlives_what_it_was_begun_for(end: type[BaseException]) -> None:
    """However that ends, and whatever the process does."""
    with pytest.raises(end), beside(signal.pause):
        assert multiprocessing.active_children()
        raise end
    assert multiprocessing.active_children() == []


@forking
def test_work_is_done_here_where_no_process_may_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of processes is reached."""

    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    with beside(os.getpid) as done:
        assert done() == HERE


def test_elsewhere_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is asked for."""
    monkeypatch.setattr(sys, "platform", "darwin")
    with beside(os.getpid) as done:
        assert multiprocessing.active_children() == []
        assert done() == HERE


@forking
@patch("briefbook.examine.MANY", 0)
def test_many_files_are_checked_beside_the_analysis(tmp_path: Path) -> None:
    """What is found is the same, and the next run need not look for it again."""
    files = {**STALE, "accounts/d.yml": "name: D\nindustry: nowhere\n"}
    content = project(tmp_path, files) / "content"
    wanted = Settings(content, tmp_path, TODAY, engine="one", trees=tmp_path / "trees")
    apart, anew = Mock(side_effect=beside), examine(content, TODAY)
    assert {"stale-fact", "unknown-reference"} <= {one.rule for one in anew.problems}
    for _ in range(2):
        assert examined(wanted, beside=apart) == anew
        with patch("briefbook.checks.opened", side_effect=AssertionError):
            assert examined(wanted) == anew
    apart.assert_called_once()


@pytest.mark.parametrize("file", ["book.yml", "accounts/a.yml"])
@patch("briefbook.examine.MANY", 0)
def test_what_cannot_be_analysed_is_only_checked(tmp_path: Path, file: str) -> None:
    """A year that begins on no day: results would have to count in such years."""
    wrong = {"book.yml": "fiscal_year_starts: 02-31\n",
             "accounts/a.yml": "finance: {year_starts: 13-01}\n"}  # fmt: skip
    content = project(tmp_path, {**STALE, file: STALE[file] + wrong[file]}) / "content"
    wanted = Settings(content, tmp_path, TODAY, engine="one", trees=tmp_path / "trees")
    apart = Mock(side_effect=beside)
    made = examined(wanted, beside=apart)
    assert made == examine(content, TODAY)
    assert made.content is not None
    assert made.results is None
    apart.assert_not_called()
