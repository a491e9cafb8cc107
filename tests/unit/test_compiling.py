"""Templates compiled by a process beside this one: taken where they fit, done without elsewhere."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path

import pytest

from briefbook.pages.templates import compiled
from briefbook.shells import compiling as module
from briefbook.shells.compiling import compiling
from briefbook.words import Words

forking = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A theme with one template."""
    (tmp_path / "theme" / "briefbook").mkdir(parents=True)
    (tmp_path / "theme" / "briefbook" / "x.html").write_text("{{ t('nav.home') }}", "utf-8")
    return tmp_path / "theme"


def content(folder: Path, book: str) -> Path:
    """A folder of content with no more than a book."""
    (folder / "content").mkdir()
    (folder / "content" / "book.yml").write_text(book, "utf-8")
    return folder / "content"


@forking
@pytest.mark.parametrize(
    ("book", "language"),
    [("name: X\nlanguage: vi\n", "vi"), ("name: X\n", "en"), ("language: ../vi\n", "en")],
)
def test_templates_have_the_words_of_the_book(theme: Path, book: str, language: str) -> None:
    """Its language is read before anything else of the content is."""
    with compiling(theme, content(theme.parent, book)) as codes:
        assert codes(language) == compiled(theme / "briefbook", Words(language)) != {}


@forking
def test_templates_with_other_words_are_not_taken(theme: Path) -> None:
    """The book has changed since its language was read, or is another one."""
    with compiling(theme, content(theme.parent, "language: vi\n")) as codes:
        assert codes("zh") == {}


@forking
@pytest.mark.parametrize("book", ["language: [vi]\n", "a: {", None])
def test_a_book_that_does_not_read_costs_no_more_than_the_code(
    theme: Path, book: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    """Who reads it for the site says what is wrong; here nothing is said."""
    folder = theme.parent / "nowhere" if book is None else content(theme.parent, book)
    with compiling(theme, folder) as codes:
        assert codes("vi") == {}
    assert capfd.readouterr() == ("", "")


@forking
def test_a_template_that_does_not_compile_is_left_to_who_needs_it(
    theme: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """As above."""
    (theme / "briefbook" / "y.html").write_text("{% if %}", "utf-8")
    with compiling(theme, content(theme.parent, "")) as codes:
        assert codes("en") == {}
    assert capfd.readouterr() == ("", "")


@forking
def test_a_process_that_is_ended_is_not_waited_for(theme: Path) -> None:
    """By somebody else, before it has sent anything, or in the middle."""
    with compiling(theme, content(theme.parent, "")) as codes:
        (child,) = multiprocessing.active_children()
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert codes("en") in ({}, compiled(theme / "briefbook", Words("en")))


@forking
def test_a_process_that_stands_still_is_not_waited_for(
    theme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it outlive what it was started for."""
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    monkeypatch.setattr(module, "_send", _stand_still)
    with compiling(theme, content(theme.parent, "")) as codes:
        assert codes("en") == {}
        assert multiprocessing.active_children()
    assert multiprocessing.active_children() == []


def _stand_still(*_: object) -> None:
    signal.pause()


@forking
def test_no_process_is_left_by_a_build_that_fails(theme: Path) -> None:
    """However it ends."""
    with pytest.raises(KeyboardInterrupt), compiling(theme, theme.parent / "content"):
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []


@forking
def test_where_no_process_may_be_started_nothing_is_compiled(
    theme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit of processes is reached."""

    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    with compiling(theme, content(theme.parent, "")) as codes:
        assert codes("en") == {}


def test_elsewhere_nothing_is_forked(theme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates are compiled where they are needed."""
    monkeypatch.setattr(sys, "platform", "darwin")
    with compiling(theme, content(theme.parent, "")) as codes:
        assert multiprocessing.active_children() == []
        assert codes("en") == {}
