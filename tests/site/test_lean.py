"""Search is made from lean copies of the pages: it is, byte by byte, that of the whole pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefbook import search
from briefbook.search.bundle import prune, settle
from tests.conftest import MakeOnce
from tests.site.project import Project
from tests.site.test_hostile import build


@pytest.fixture(scope="module")
def hostile(make_once: MakeOnce) -> Project:
    """Strings that look like markup, our own marks among them, in every kind of place."""
    return Project(make_once("site-hostile", lambda root: build(root, 13)))


def from_whole_pages(site: Path, folder: Path) -> Path:
    """The index that Pagefind makes of the pages as they are published."""
    pages, bundle = folder / "pages", folder / "pagefind"
    shutil.copytree(site.resolve(), pages, ignore=shutil.ignore_patterns("pagefind"))
    search.run_pagefind(pages, bundle)
    prune(bundle)
    settle(bundle)
    return bundle


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", ["sample", "small", "hostile"])
def test_the_index_is_that_of_the_whole_pages(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Addresses, titles, texts, anchors, filters, places of words: no file of it differs."""
    project: Project = request.getfixturevalue(name)
    wanted = files(from_whole_pages(project.site, tmp_path))
    made = files(project.site / search.FOLDER)
    assert sum(one.startswith("fragment/") for one in made) > 40
    assert [one for one in {*made, *wanted} if made.get(one) != wanted.get(one)] == []
