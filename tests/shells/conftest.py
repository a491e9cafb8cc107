"""The small project as it is built once, and a copy that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import MakeOnce
from tests.shells.project import project, rebuilt


@pytest.fixture(scope="module")
def built(make_once: MakeOnce) -> Path:
    """The small project with its site, to be copied before it is changed."""

    def make(folder: Path) -> None:
        rebuilt(project(folder))

    return make_once("small-built", make)


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of it with its releases: the link to the site is relative, so it holds."""
    shutil.copytree(built, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"
