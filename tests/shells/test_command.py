"""The command as a process: signals, pipes, terminals."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefbook.publish import verify
from tests.shells import warm
from tests.shells.project import (
    PATIENCE,
    SMALL,
    command,
    environment,
    leftovers,
    project,
    start,
    tree,
)

MANY = {f"accounts/a{number}.yml": "nope: 1\n" for number in range(900)}
"""More problems than a pipe holds."""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"]
)
@pytest.mark.parametrize("step", ["Reading", "Rendering", "Indexing"])
def test_a_build_that_is_stopped_leaves_nothing(
    tmp_path: Path, number: int, code: int, step: str
) -> None:
    """Neither a site nor a part of one; the code says what stopped it."""
    process = start("build", cwd=project(tmp_path))
    assert process.stderr
    said = ""
    while step not in said:
        said = process.stderr.readline()
        assert said, "it ended before"
    os.killpg(process.pid, number)
    _, rest = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert "Traceback" not in rest
    assert not (tmp_path / "site").exists()
    assert leftovers(tmp_path) == []
    assert warm.command("build", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--format", "json"], ["explain"]], ids=" ".join
)
def test_a_reader_that_goes_away_is_no_crash(tmp_path: Path, arguments: list[str]) -> None:
    """As in `briefbook check | head`."""
    process = start(*arguments, cwd=project(tmp_path, {**SMALL, **MANY}))
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(PATIENCE) in (0, 1)
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_elsewhere_than_on_a_terminal_lines_are_plain(tmp_path: Path) -> None:
    """No colours, no bar, nothing that moves a cursor: a log of a CI job."""
    said = command("build", cwd=project(tmp_path), TERM="xterm-256color")
    assert said.code == 0
    assert said.out == "The site is in site\n"
    assert said.err.splitlines() == [
        "Reading...", "Rendering...", "Checking the site...", "Indexing for search...",
        "Publishing...",
    ]  # fmt: skip
    assert (said.out + said.err).replace("\n", "").isprintable()


def test_on_a_terminal_a_bar_moves(tmp_path: Path) -> None:
    """And it is gone when the build is done."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "briefbook", "build"], cwd=project(tmp_path),
        env=environment(TERM="xterm"), stdout=subprocess.PIPE, stderr=slave,
    )  # fmt: skip
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 4096):
            shown += chunk
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(master)
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert b"Reading" in shown
    assert b"\x1b[" in shown
    assert out == b"The site is in site\n"


def test_c_is_where_every_path_begins(tmp_path: Path) -> None:
    """As with git: content, the link to the site, and `--out`."""
    project(tmp_path / "books")
    said = warm.command("-C", "books", "build", "--out", "../public", cwd=tmp_path)
    assert said.code == 0, said.err
    assert verify(tmp_path / "public") == ()
    assert not (tmp_path / "books" / "site").exists()


def test_copy_makes_a_folder_of_its_own(tmp_path: Path) -> None:
    """For hosts that do not follow links; a second build replaces it."""
    project(tmp_path)
    for _ in range(2):
        assert warm.command("build", "--out", "public", "--copy", cwd=tmp_path).code == 0
    assert not (tmp_path / "public").is_symlink()
    assert verify(tmp_path / "public") == ()


def test_output_is_utf_8_in_any_locale(tmp_path: Path) -> None:
    """Problems quote names in three languages."""
    project(tmp_path, {**SMALL, "accounts/x.yml": "name: 一味小馆\nindustry: 零售\n"})
    said = command("check", cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert said.code == 1
    assert "零售" in said.out


def test_content_errors_stop_a_build_with_all_of_them(tmp_path: Path) -> None:
    """As `check` tells them, and the site stays."""
    assert warm.command("build", cwd=project(tmp_path)).code == 0
    before = tree(tmp_path / "site")
    project(tmp_path, {"accounts/x.yml": "nope: 1\n", "companies/y.yml": "[\n"})
    checked, built = (warm.command(one, cwd=tmp_path) for one in ("check", "build"))
    assert (checked.code, built.code) == (1, 1)
    assert built.out == checked.out
    assert built.err.endswith("in 2 files. Nothing was written.\n")
    assert tree(tmp_path / "site") == before
