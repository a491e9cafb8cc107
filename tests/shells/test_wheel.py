"""The wheel alone, in an empty environment, starts and builds a project of content only."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from briefbook.publish import verify
from tests.browser import REPO
from tests.conftest import MakeOnce
from tests.shells.project import EPOCH, pages, rebuilt

VENV = "venv/bin"


def _run(*arguments: str | Path, cwd: Path) -> str:
    """Run with nothing of this checkout in reach, and with no index to download from."""
    unset = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    env = {key: value for key, value in os.environ.items() if key not in unset}
    env |= {"PIP_NO_INDEX": "1", "SOURCE_DATE_EPOCH": str(EPOCH)}
    done = subprocess.run(
        [str(one) for one in arguments], cwd=cwd, env=env, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _install(folder: Path) -> None:
    """Source archive, wheel of it, and an environment with that wheel and its dependencies.

    The dependencies are those that are installed here, found through a path file: what is tested
    is what stands in the wheel, not what a package index has today.
    """
    here = sys.executable
    _run(here, "-m", "build", "--no-isolation", "--outdir", folder / "dist", REPO, cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    _run(here, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / VENV / "python"
    _run(here, "-m", "pip", "--python", python, "install", "--no-deps", wheel, cwd=folder)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")


@pytest.fixture(scope="module")
def installed(make_once: MakeOnce) -> Path:
    """A folder with `dist/` and `venv/`."""
    return make_once("wheel", _install)


@pytest.fixture(scope="module")
def started(installed: Path, make_once: MakeOnce) -> Path:
    """A folder in which the installed command has started and built `books`."""

    def make(folder: Path) -> None:
        briefbook = installed / VENV / "briefbook"
        _run(briefbook, "init", "books", cwd=folder)
        _run(briefbook, "-C", "books", "build", cwd=folder)

    return make_once("wheel-project", make)


def test_the_installed_package_is_the_wheels(installed: Path) -> None:
    """Nothing of the checkout is imported."""
    code = "import briefbook; print(briefbook.__file__)"
    said = _run(installed / VENV / "python", "-c", code, cwd=installed)
    assert Path(said.strip()).is_relative_to(installed / "venv")


def test_a_project_has_content_and_schemas_only(started: Path) -> None:
    """A team keeps no code and no settings of the engine."""
    books = started / "books"
    tops = {path.name for path in books.iterdir()} - {".cache", "site"}
    assert tops == {".gitignore", ".schema", "README.md", "content"}


def test_the_installed_command_builds_the_same_site(started: Path, tmp_path: Path) -> None:
    """Byte for byte what this checkout makes of that content, save for its own fingerprint."""
    site = started / "books" / "site"
    assert verify(site) == ()
    shutil.copytree(started / "books" / "content", tmp_path / "content")
    rebuilt(tmp_path)
    assert pages(site) == pages(tmp_path / "site")


def test_it_builds_from_inside_too(installed: Path, started: Path) -> None:
    """Without -C, and by the module's name."""
    python = installed / VENV / "python"
    said = _run(python, "-m", "briefbook", "build", "--out", "public", "--copy",
                cwd=started / "books")  # fmt: skip
    assert "The site is in public" in said
    assert pages(started / "books" / "public") == pages(started / "books" / "site")


def test_the_archives_hold_nothing_but_the_project(installed: Path) -> None:
    """No caches, no tests, no site, no absolute path."""
    (wheel,) = (installed / "dist").glob("*.whl")
    (archive,) = (installed / "dist").glob("*.tar.gz")
    here = sys.executable
    names = _run(here, "-m", "zipfile", "-l", wheel, cwd=installed).splitlines()[1:]
    names += _run(here, "-m", "tarfile", "-l", archive, cwd=installed).splitlines()
    bad = (".cache", "__pycache__", ".pyc", "/tests/", "/site/")
    assert len(names) > 200
    assert not [name for name in names if any(part in name for part in bad)]
