"""The pipeline: what is built is what was planned, for the smallest project too, or nothing is."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from briefbook.audit import SiteError, check_files
from briefbook.frames import Framed, Outline, outlines, slot
from briefbook.headers import script_hash
from briefbook.load import load
from briefbook.pages.all import Part
from briefbook.pages.all import parts as planned
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.pages.render import Renderer
from briefbook.prepare import Prepared
from briefbook.publish import MANIFEST, verify
from briefbook.scaffold import starter_files
from briefbook.searching import sample_words
from briefbook.settings import Settings
from briefbook.shells.drawing import SECTIONS
from briefbook.shells.frame import theme_folder
from briefbook.site import Draw, build
from briefbook.work import file_of
from tests.shells.project import SMALL, TODAY, pages, project, rebuilt

STARTER = {name: raw.decode() for name, raw in starter_files().items()}
BOOK = {"book.yml": "name: X\n"}
SPARSE: dict[str, Mapping[str, str]] = {
    "a book": BOOK,
    "a company": {**BOOK, "companies/b.yml": "name: B\n"},
    "an industry": {**BOOK, "industries/a.yml": "name: A\n"},
    "an account": {
        **BOOK, "industries/a.yml": "name: A\n", "accounts/b.yml": "name: B\nindustry: a\n",
    },
    "a strategy": {**BOOK, "strategies/static.yml": STARTER["strategies/static.yml"]},
    "a page": {**BOOK, "pages/a.md": "# A\n"},
    "no glossary": {k: v for k, v in STARTER.items() if k != "glossary.yml"},
    "no questions": {k: v for k, v in STARTER.items() if k != "questions.yml"},
    "no pages": {k: v for k, v in STARTER.items() if not k.startswith("pages/")},
}  # fmt: skip


NOTHING = "<html><body>Nothing</body></html>"
TABS = [f"/{url}".replace("/./", "/") for _, url in SECTIONS]


def framed(body: str) -> Draw:
    """Frames of almost nothing, in the place of MkDocs."""

    def draw(prepared: Prepared, staging: Path) -> Mapping[Outline, Framed]:
        (staging / "404.html").write_text(NOTHING, "utf-8")
        shutil.copytree(prepared.settings.theme / "assets", staging / "assets", dirs_exist_ok=True)
        return dict.fromkeys(outlines(TABS), Framed.of(f"<html><body>{body}</body></html>"))

    return draw


plain = framed(slot("body"))


def made(folder: Path, draw: Draw = plain) -> Prepared:
    """Build the small project in that frame."""
    settings = Settings(project(folder) / "content", theme_folder(), TODAY)
    return build(settings, folder / "site", folder / ".cache", draw)


@pytest.mark.parametrize("name", SPARSE)
def test_a_project_of_almost_nothing_is_a_site(tmp_path: Path, name: str) -> None:
    """Every link of it leads somewhere: the build itself sees to that."""
    rebuilt(project(tmp_path, SPARSE[name]))
    assert verify(tmp_path / "site") == ()


def test_every_page_and_its_data_are_there(tmp_path: Path) -> None:
    """Beside each record's page its index.json; the manifest says when and of what."""
    prepared = made(tmp_path)
    names = set(pages(tmp_path / "site"))
    for page in prepared.pages:
        assert file_of(page.address) in names
        data = file_of(page.address).removesuffix("html") + "json"
        assert (data in names) == (page.json is not None)
    assert "accounts/lantern-fresh/index.json" in names
    assert {"_headers", "nginx-headers.conf", "404.html"} <= names
    assert json.loads((tmp_path / "site" / MANIFEST).read_text("utf-8"))["built"] == str(TODAY)


def with_file(name: str, text: str) -> Draw:
    """The frames, and a file that should not have been written."""

    def draw(prepared: Prepared, staging: Path) -> Mapping[Outline, Framed]:
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return plain(prepared, staging)

    return draw


@pytest.mark.parametrize("name", ["secret.txt", "assets/a.yml", "assets/a.js.map", "sitemap.xml"])
def test_a_file_that_nobody_planned_is_not_published(tmp_path: Path, name: str) -> None:
    """Whoever is to blame: the theme, the engine, or we."""
    with pytest.raises(SiteError, match=f"nobody planned.*{name}"):
        made(tmp_path, with_file(name, "x"))
    assert not (tmp_path / "site").exists()


def test_a_site_has_all_that_was_planned_and_nothing_else(tmp_path: Path) -> None:
    """Links count as files; what the release says of itself is no page."""
    (tmp_path / "a").mkdir()
    for name in ("index.html", "a/b.yml", "build.json"):
        (tmp_path / name).touch()
    check_files(tmp_path, {"index.html", "a/b.yml"})
    (tmp_path / "link").symlink_to("a")
    with pytest.raises(
        SiteError, match=r"planned: \['a/b.yml', 'link'\]; missing: \['gone.html'\]"
    ):
        check_files(tmp_path, {"index.html", "gone.html"})


WRONG = [
    ('<a href="nowhere/">', "nowhere"),
    ('<a href="accounts/#nothing">', "accounts#nothing"),
    ('<img src="assets/none.png">', "assets/none.png"),
    ('<a href="../../../../../../etc/passwd">', "/etc/passwd"),
    ('<a href="javascript:x">', "javascript:x"),
    ("<script>steal()</script>", "/: script 'steal"),
    ('<script src="https://a.example/x.js"></script>', "/: script 'https"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_frame_with_a_dead_link_or_a_script_is_not_published(
    tmp_path: Path, text: str, said: str
) -> None:
    """It stands around every page."""
    with pytest.raises(SiteError, match=said):
        made(tmp_path, framed(text + slot("body")))
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_page_with_a_dead_link_or_a_script_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    """The page is named, and the link as it is written there."""

    def html(self: Renderer, page: Page) -> str:
        return text if page.address == "/" else ""

    monkeypatch.setattr(Renderer, "html", html)
    written = said if "script" in said else f"/: {text.split(chr(34))[1]}"
    with pytest.raises(SiteError, match=re.escape(written)):
        made(tmp_path)
    assert not (tmp_path / "site").exists()


def test_a_page_that_was_not_written_stops_the_build(tmp_path: Path) -> None:
    """A missing page is as bad as a wrong one."""

    def draw(prepared: Prepared, staging: Path) -> Mapping[Outline, Framed]:
        frames = plain(prepared, staging)
        (staging / "404.html").unlink()
        return frames

    with pytest.raises(OSError, match=r"404\.html"):
        made(tmp_path, draw)
    assert not (tmp_path / "site").exists()


def test_two_pages_of_one_address_stop_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one would be written over the other."""

    def twice(given: Site) -> list[Part]:
        return [*planned(given), *planned(given)]

    monkeypatch.setattr("briefbook.prepare.parts", twice)
    with pytest.raises(SiteError, match="same address"):
        made(tmp_path)


def test_scripts_of_the_frame_are_named_in_the_headers(tmp_path: Path) -> None:
    """Those that stand in the page without content, and no others."""
    script = "document.body.hidden = false"

    def draw(prepared: Prepared, staging: Path) -> Mapping[Outline, Framed]:
        frames = framed(f"<script>{script}</script>{slot('body')}")(prepared, staging)
        (staging / "404.html").write_text(f"<html><script>{script}</script></html>", "utf-8")
        return frames

    made(tmp_path, draw)
    for name in ("_headers", "nginx-headers.conf"):
        assert script_hash(script) in (tmp_path / "site" / name).read_text("utf-8")


def test_other_code_keeps_nothing(tmp_path: Path) -> None:
    """Another version of anything that shapes pages draws all frames again, and makes all pages."""
    drawn: list[str] = []

    def draw(prepared: Prepared, staging: Path) -> Mapping[Outline, Framed]:
        drawn.append(prepared.settings.engine)
        return plain(prepared, staging)

    settings = Settings(project(tmp_path) / "content", theme_folder(), TODAY)
    for engine in ("one", "one", "two"):
        build(replace(settings, engine=engine), tmp_path / "site", tmp_path / ".cache", draw)
    assert drawn == ["one", "two"]


def test_steps_are_told_as_they_come(tmp_path: Path) -> None:
    """What the progress bar shows."""
    told: list[tuple[str, int]] = []
    settings = Settings(project(tmp_path) / "content", theme_folder(), TODAY)
    build(settings, tmp_path / "site", tmp_path / ".cache", plain,
          tick=lambda step, done: told.append((step, done)))  # fmt: skip
    steps = list(dict.fromkeys(step for step, _ in told))
    assert steps == ["read", "render", "check", "search", "publish"]
    assert ("read", len(SMALL)) in told


def test_each_language_of_the_content_has_a_sample_word(tmp_path: Path) -> None:
    """With which the build proves that the index finds it."""
    content, problems = load(project(tmp_path) / "content")
    assert content
    assert not problems
    assert sample_words(content) == {"en": "Retail", "vi": "Điện", "zh": "一味小馆"}
