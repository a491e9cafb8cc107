"""`mkdocs build --strict` and `mkdocs serve` in this repository, without our own command."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from briefbook.publish import release, verify
from tests.browser import REPO
from tests.conftest import MakeOnce
from tests.shells.project import (
    PATIENCE,
    SMALL,
    Said,
    environment,
    leftovers,
    pages,
    project,
    tree,
)
from tests.shells.warm import command

HOOK = """\
import logging
from mkdocs.exceptions import PluginError

def on_env(env, config, **_):
    {}
"""
WARN = 'logging.getLogger("mkdocs.hook").warning("A warning")'
FAIL = 'raise PluginError("A plugin that fails")'


def repository(folder: Path) -> Path:
    """What MkDocs needs of the repository, with the content given or of its own."""
    shutil.copy(REPO / "mkdocs.yml", folder)
    shutil.copytree(REPO / "theme", folder / "theme")
    docs = "generator/briefbook/shells/docs"
    shutil.copytree(REPO / docs, folder / docs)
    return folder


def mkdocs(folder: Path, *arguments: str) -> Said:
    """Run MkDocs there; it never shows a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments], cwd=folder, env=environment(),
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def real(make_once: MakeOnce) -> Path:
    """The repository with its own content, built in strict mode."""

    def make(folder: Path) -> None:
        repository(folder)
        shutil.copytree(REPO / "content", folder / "content")
        said = mkdocs(folder, "build", "--strict")
        assert said.code == 0, said.err

    return make_once("mkdocs-real", make)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The repository with a small content instead of its own."""
    return project(repository(tmp_path))


def with_hook(folder: Path, body: str) -> Path:
    """The same with a hook of MkDocs between our steps."""
    (folder / "hook.py").write_text(HOOK.format(body), "utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    return folder


def test_the_sample_content_builds_in_strict_mode(real: Path) -> None:
    """Stale sample facts notwithstanding; published by a link, whole and as planned."""
    assert (real / "site").is_symlink()
    assert verify(real / "site") == ()
    assert leftovers(real) == []


def test_findings_about_content_are_said_and_do_not_count(small: Path) -> None:
    """Strict mode is about the site, `check --fail-on warning` about content."""
    pain = "name: Retail\npains:\n  late: {pain: Goods come late}\n"
    project(small, {"industries/retail.yml": pain})
    said = mkdocs(small, "build", "--strict")
    assert said.code == 0, said.err
    assert "warning no-evidence" in said.err


def test_both_ways_make_the_same_pages(small: Path) -> None:
    """The command brings the configuration that mkdocs.yml spells out here."""
    assert mkdocs(small, "build", "--strict").code == 0
    by_mkdocs = pages(small / "site")
    assert command("build", cwd=small).code == 0
    assert pages(small / "site") == by_mkdocs


def test_what_mkdocs_dressed_is_not_kept_by_the_command(small: Path) -> None:
    """mkdocs.yml may dress pages in another way."""
    with_hook(small, 'config.site_name = "Dressed otherwise"')
    assert mkdocs(small, "build").code == 0
    assert b"Dressed otherwise" in pages(small / "site")["404.html"]
    assert command("build", cwd=small).code == 0
    assert b"Dressed otherwise" not in pages(small / "site")["404.html"]


def test_broken_content_leaves_the_site_as_it_is(small: Path) -> None:
    """Every problem is said, once; nothing is published, nothing is left."""
    assert mkdocs(small, "build").code == 0
    before = tree(small / "site")
    project(small, {"accounts/bad.yml": "name: Bad\nnope: 1\n", "accounts/worse.yml": "[\n"})
    said = mkdocs(small, "build", "--strict")
    assert said.code != 0
    assert said.err.count("unknown-field") == 1
    assert "accounts/worse.yml" in said.err
    assert "Nothing was published" in said.err
    assert tree(small / "site") == before
    assert leftovers(small) == []


def test_a_warning_of_mkdocs_stops_a_strict_build_before_it_publishes(small: Path) -> None:
    """MkDocs itself looks at its warnings when the site stands already."""
    with_hook(small, WARN)
    said = mkdocs(small, "build", "--strict")
    assert said.code != 0
    assert not (small / "site").exists()
    assert leftovers(small) == []
    assert mkdocs(small, "build").code == 0
    assert (small / "site").is_symlink()


def test_a_plugin_that_fails_leaves_nothing(small: Path) -> None:
    """In the middle of a build, with the lock held."""
    said = mkdocs(with_hook(small, FAIL), "build")
    assert said.code != 0
    assert "A plugin that fails" in said.err
    assert not (small / "site").exists()
    assert leftovers(small) == []


def test_a_second_build_is_told_that_it_is_one(small: Path) -> None:
    """In a line, as everything that is expected to go wrong."""
    with release(small / "site", small / ".cache"):
        said = mkdocs(small, "build")
    assert said.code != 0
    assert "Another build" in said.err


def test_a_target_that_is_none_is_refused(small: Path) -> None:
    """`mkdocs build -d` empties what it is given; ours is asked first."""
    said = mkdocs(small, "build", "-d", "content")
    assert said.code != 0
    assert (small / "content" / "book.yml").is_file()
    assert not (small / ".cache").exists()


def _fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def _awaited(url: str, pattern: str) -> bool:
    """Whether the page says so within the time that a slow machine needs."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if re.search(pattern, _fetched(url)):
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def test_serve_shows_the_site_and_follows_an_edit(small: Path) -> None:
    """As the README of MkDocs says; the published site is not touched by it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = small / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--strict", "-a", f"127.0.0.1:{port}"],
            cwd=small, env=environment(), stdout=out, stderr=out,
        )  # fmt: skip
        try:
            page = f"http://127.0.0.1:{port}/accounts/lantern-fresh/"
            assert _awaited(page, "<title>Lantern Fresh"), log.read_text("utf-8")
            text = SMALL["accounts/lantern-fresh.yml"].replace("Lantern Fresh", "Lantern Two")
            project(small, {"accounts/lantern-fresh.yml": text})
            assert _awaited(page, "<title>Lantern Two"), log.read_text("utf-8")
        finally:
            os.kill(process.pid, signal.SIGINT)
            process.wait(PATIENCE)
    assert "Traceback" not in log.read_text("utf-8")
    assert not (small / "site").exists()
    assert not (small / ".cache").exists()
